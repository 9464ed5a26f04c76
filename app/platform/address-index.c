/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/address-index.h"

#include <malloc.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "core/street-words.h"
#include "core/wipe.h"

G_DEFINE_QUARK (pv_address_error, pv_address_error)

enum {
  CACHE_KB = 2000,
  MAX_HEAP_BYTES = 32 * 1024 * 1024,
  MAX_CANDIDATES = 300, /* streets or crossings that are looked at */
  MAX_NEAR = 12,        /* words that a slip may have meant */
  OPCODES_A_LOOK = 500, /* of SQLite, between two looks at the clock */
  MIN_LETTERS = 2,
  MIN_BEGINNING_CHARS = 5,
};

typedef enum { STREET_BY_ID, MATCH_STREETS, MATCH_CROSSINGS, NUMBERS, NEAREST, ALL_WORDS, N_QUERIES } Query;

static const char *const queries[N_QUERIES] = {
  [STREET_BY_ID] = "SELECT name, postcode, commune, insee, lat, lon FROM street WHERE id = ?1",
  [MATCH_STREETS] = "SELECT s.id, s.name, s.commune FROM street_words w JOIN street s ON s.id = w.rowid"
                    " WHERE street_words MATCH ?1 ORDER BY w.rowid LIMIT ?2",
  [MATCH_CROSSINGS] = "SELECT c.id, a.name || ' ' || b.name, a.commune, c.a, c.b, c.lat, c.lon FROM crossing_words w"
                      " JOIN crossing c ON c.id = w.rowid JOIN street a ON a.id = c.a JOIN street b ON b.id = c.b"
                      " WHERE crossing_words MATCH ?1 ORDER BY w.rowid LIMIT ?2",
  [NUMBERS] = "SELECT repetition, lat, lon FROM number WHERE street = ?1 AND number = ?2 ORDER BY repetition",
  [NEAREST] = "SELECT lat, lon FROM number WHERE street = ?1 ORDER BY abs (number - ?2), number, repetition LIMIT 1",
  [ALL_WORDS] = "SELECT word FROM word",
};

struct PvAddressIndex {
  sqlite3 *db;
  sqlite3_stmt *statements[N_QUERIES];
  gint64 deadline_us; /* monotonic */
};

/* SQLite's own allocator leaves what was typed in the heap. */
static void *
allocate_cb (int size)
{
  return malloc ((size_t) size);
}

static int
size_cb (void *memory)
{
  return memory != NULL ? (int) malloc_usable_size (memory) : 0;
}

static void
wipe_cb (void *memory)
{
  if (memory != NULL)
    pv_wipe_bytes (memory, malloc_usable_size (memory));
  free (memory);
}

static void *
reallocate_cb (void *memory, int size)
{
  void *moved = malloc ((size_t) size);

  if (moved == NULL)
    return NULL;
  memcpy (moved, memory, MIN (malloc_usable_size (memory), (size_t) size));
  wipe_cb (memory);
  return moved;
}

static int
round_cb (int size)
{
  return (size + 7) & ~7;
}

static int
start_cb (void *data)
{
  (void) data;
  return SQLITE_OK;
}

static void
stop_cb (void *data)
{
  (void) data;
}

/* Before the first connection of the process. */
static void
prepare_sqlite (void)
{
  static gsize is_prepared = 0;

  if (g_once_init_enter (&is_prepared)) {
    sqlite3_mem_methods methods = { allocate_cb, wipe_cb, reallocate_cb, size_cb, round_cb, start_cb, stop_cb, NULL };

    sqlite3_config (SQLITE_CONFIG_MALLOC, &methods);
    g_once_init_leave (&is_prepared, 1);
  }
}

static int
look_at_clock_cb (void *data)
{
  const PvAddressIndex *self = data;

  return g_get_monotonic_time () > self->deadline_us;
}

static gboolean
is_late (const PvAddressIndex *self)
{
  return g_get_monotonic_time () > self->deadline_us;
}

static int
read_pragma (PvAddressIndex *self, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  int value = -1;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step (statement) == SQLITE_ROW)
    value = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return value;
}

/* "immutable": no locks, no journal, and nobody looks whether it changed. */
static gboolean
open_file (PvAddressIndex *self, const char *path, GError **error)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_autofree char *uri = g_filename_to_uri (full, NULL, NULL);
  g_autofree char *with_mode = g_strconcat (uri != NULL ? uri : "", "?immutable=1", NULL);

  if (!g_file_test (full, G_FILE_TEST_IS_REGULAR)
      || sqlite3_open_v2 (with_mode, &self->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL)
           != SQLITE_OK) {
    g_set_error (error, PV_ADDRESS_ERROR, PV_ADDRESS_ERROR_FAILED, "%s: cannot be opened", path);
    return FALSE;
  }
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_limit (self->db, SQLITE_LIMIT_LENGTH, 4 * 1024 * 1024);
  sqlite3_hard_heap_limit64 (MAX_HEAP_BYTES);
  if (read_pragma (self, "PRAGMA application_id") != PV_ADDRESS_APPLICATION
      || read_pragma (self, "PRAGMA user_version") != PV_ADDRESS_VERSION) {
    g_set_error (error, PV_ADDRESS_ERROR, PV_ADDRESS_ERROR_OTHER,
                 "%s: no index of addresses of version %d; see parvisctl addresses build", path, PV_ADDRESS_VERSION);
    return FALSE;
  }
  return TRUE;
}

PvAddressIndex *
pv_address_index_open (const char *path, GError **error)
{
  g_autoptr (PvAddressIndex) self = NULL;
  g_autofree char *cache = g_strdup_printf ("PRAGMA cache_size = -%d; PRAGMA temp_store = MEMORY;", CACHE_KB);

  prepare_sqlite ();
  self = g_new0 (PvAddressIndex, 1);
  if (!open_file (self, path, error))
    return NULL;
  sqlite3_exec (self->db, cache, NULL, NULL, NULL);
  for (guint i = 0; i < N_QUERIES; i++)
    if (sqlite3_prepare_v2 (self->db, queries[i], -1, &self->statements[i], NULL) != SQLITE_OK) {
      g_set_error (error, PV_ADDRESS_ERROR, PV_ADDRESS_ERROR_OTHER, "%s: a table is missing, or damaged", path);
      return NULL;
    }
  sqlite3_progress_handler (self->db, OPCODES_A_LOOK, look_at_clock_cb, self);
  return g_steal_pointer (&self);
}

void
pv_address_index_free (PvAddressIndex *index)
{
  if (index == NULL)
    return;
  for (guint i = 0; i < N_QUERIES; i++)
    sqlite3_finalize (index->statements[i]);
  sqlite3_close (index->db);
  g_free (index);
}

void
pv_address_index_count (PvAddressIndex *index, guint *ret_streets, guint *ret_numbers, guint *ret_crossings)
{
  index->deadline_us = G_MAXINT64;
  *ret_streets = (guint) MAX (0, read_pragma (index, "SELECT count (*) FROM street"));
  *ret_numbers = (guint) MAX (0, read_pragma (index, "SELECT count (*) FROM number"));
  *ret_crossings = (guint) MAX (0, read_pragma (index, "SELECT count (*) FROM crossing"));
}

/* A street or a crossing whose words are those that were typed. */
typedef struct {
  gint64 id, a, b; /* a, b: of a crossing */
  double latitude, longitude;
  int score;
} Candidate;

typedef struct {
  PvAddressIndex *index;
  const PvStreetQuery *query;
  gboolean forgives_slips, forgives_kind;
  GPtrArray *found;
} Search;

static gboolean
counts (const Search *search, const char *word)
{
  return !search->forgives_kind || !pv_street_is_kind (word);
}

static const char *
column_text (sqlite3_stmt *statement, int column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? text : "";
}

/* Words of the index that may have been meant. */
static void
add_near (const Search *search, const char *typed, GString *match)
{
  sqlite3_stmt *statement = search->index->statements[ALL_WORDS];
  guint slips = pv_word_slips (typed), n = 0;

  while (slips > 0 && n < MAX_NEAR && sqlite3_step (statement) == SQLITE_ROW) {
    const char *word = column_text (statement, 0);

    if (strlen (word) > PV_WORDS_MAX_BYTES
        || (pv_word_distance (typed, word, slips) > slips
            && (strlen (typed) < MIN_BEGINNING_CHARS || pv_word_prefix_distance (typed, word, slips) > slips)))
      continue;
    g_string_append_printf (match, " OR \"%s\"", word);
    n++;
  }
  sqlite3_reset (statement);
}

/* ("st"* OR "saint"*) AND ("ecoles"*): the words are letters and digits only. (transfer full): to be wiped */
static char *
make_match (const Search *search)
{
  const PvWords *words = search->query->words;
  GString *match = g_string_sized_new (8 * 1024);

  for (guint i = 0; i < words->n; i++) {
    const char *word = words->items[i];
    const char *full = pv_street_expand (word);

    if (!counts (search, word))
      continue;
    g_string_append_printf (match, "%s(\"%s\" *", match->len > 0 ? " AND " : "", word);
    if (full != NULL)
      g_string_append_printf (match, " OR \"%s\" *", full);
    if (search->forgives_slips)
      add_near (search, word, match);
    g_string_append_c (match, ')');
  }
  return g_string_free (match, FALSE);
}

/* Of one typed word: as it stands, unfinished, or neither, which is elsewhere, or a slip. */
static int
judge (const char *typed, const PvWords *name)
{
  const char *full = pv_street_expand (typed);
  int best = 0;

  for (guint i = 0; i < name->n; i++) {
    const char *word = name->items[i];

    if (g_str_equal (word, typed) || g_strcmp0 (word, full) == 0)
      return 4;
    if (g_str_has_prefix (word, typed))
      best = MAX (best, 3);
    else if (pv_word_slips (typed) > 0
             && pv_word_distance (typed, word, pv_word_slips (typed)) <= pv_word_slips (typed))
      best = MAX (best, 2);
  }
  return best;
}

/* The more of the name was typed, the better; then the shorter name. */
static int
score_name (const Search *search, const char *name)
{
  g_autoptr (PvWords) words = pv_street_words (name);
  int score = 0;

  for (guint i = 0; i < search->query->words->n; i++)
    score += 100 * judge (search->query->words->items[i], words);
  return score - 10 * (int) words->n;
}

static int
compare_candidates (gconstpointer left, gconstpointer right)
{
  const Candidate *a = left, *b = right;

  if (a->score != b->score)
    return a->score > b->score ? -1 : 1;
  return a->id < b->id ? -1 : a->id > b->id;
}

static GArray *
match (const Search *search, Query which)
{
  sqlite3_stmt *statement = search->index->statements[which];
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (PvSecretStr) text = make_match (search);

  if (text[0] == '\0' || is_late (search->index))
    return candidates;
  sqlite3_bind_text (statement, 1, text, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 2, MAX_CANDIDATES);
  while (sqlite3_step (statement) == SQLITE_ROW) {
    Candidate candidate = { .id = sqlite3_column_int64 (statement, 0) };

    candidate.score = score_name (search, column_text (statement, 1));
    if (which == MATCH_CROSSINGS) {
      candidate.a = sqlite3_column_int64 (statement, 3);
      candidate.b = sqlite3_column_int64 (statement, 4);
      candidate.latitude = sqlite3_column_double (statement, 5);
      candidate.longitude = sqlite3_column_double (statement, 6);
    }
    g_array_append_val (candidates, candidate);
  }
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  g_array_sort (candidates, compare_candidates);
  return candidates;
}

static gboolean
is_full (const Search *search)
{
  return search->found->len >= PV_ADDRESS_MAX_FOUND || is_late (search->index);
}

/* With its commune; without a place of its own yet. NULL: there is no such street. (transfer full) */
static PvAddress *
read_street (const Search *search, gint64 id)
{
  sqlite3_stmt *statement = search->index->statements[STREET_BY_ID];
  g_autofree char *text = g_strdup_printf ("s%" G_GINT64_FORMAT, id);
  PvAddress *address = NULL;

  sqlite3_bind_int64 (statement, 1, id);
  if (sqlite3_step (statement) == SQLITE_ROW) {
    const char *name = column_text (statement, 0);

    address = pv_address_new (text, name);
    address->street = g_strdup (name);
    address->postcode = g_strdup (column_text (statement, 1));
    address->commune = g_strdup (column_text (statement, 2));
    address->insee = g_strdup (column_text (statement, 3));
    address->latitude = sqlite3_column_double (statement, 4);
    address->longitude = sqlite3_column_double (statement, 5);
  }
  sqlite3_reset (statement);
  return address;
}

static void
add_number (Search *search, gint64 street, const char *repetition, double latitude, double longitude)
{
  PvAddress *address = read_street (search, street);
  g_autofree char *id = NULL;

  if (address == NULL)
    return;
  address->number = pv_street_format_number (search->query->number, repetition);
  id = g_strdup_printf ("%s:%u:%s", address->id, search->query->number, repetition);
  g_free (address->id);
  address->id = g_steal_pointer (&id);
  pv_wipe_str (address->label);
  address->label = pv_street_label (address->number, address->street);
  address->latitude = latitude;
  address->longitude = longitude;
  g_ptr_array_add (search->found, address);
}

/* @is_exact: with the repetition that was typed, or none; else the other ones of that number. */
static guint
add_numbers (Search *search, gint64 street, gboolean is_exact)
{
  sqlite3_stmt *statement = search->index->statements[NUMBERS];
  const PvStreetQuery *query = search->query;
  guint n = 0;

  sqlite3_bind_int64 (statement, 1, street);
  sqlite3_bind_int64 (statement, 2, query->number);
  while (!is_full (search) && sqlite3_step (statement) == SQLITE_ROW) {
    const char *repetition = column_text (statement, 0);

    if (pv_street_is_same_repetition (repetition, query->repetition) != is_exact
        || strlen (repetition) > PV_STREET_MAX_REPETITION_BYTES)
      continue;
    add_number (search, street, repetition, sqlite3_column_double (statement, 1), sqlite3_column_double (statement, 2));
    n++;
  }
  sqlite3_reset (statement);
  return n;
}

static void
add_unknown_number (Search *search, gint64 street)
{
  sqlite3_stmt *statement = search->index->statements[NEAREST];

  sqlite3_bind_int64 (statement, 1, street);
  sqlite3_bind_int64 (statement, 2, search->query->number);
  if (sqlite3_step (statement) == SQLITE_ROW)
    add_number (search, street, search->query->repetition, sqlite3_column_double (statement, 0),
                sqlite3_column_double (statement, 1));
  sqlite3_reset (statement);
}

/* Numbers that are known, in each street; then the same with "bis"; then as it was typed. */
static void
add_streets (Search *search, const GArray *streets)
{
  gboolean has_exact[MAX_CANDIDATES] = { FALSE };

  for (guint i = 0; i < streets->len && !is_full (search); i++) {
    const Candidate *street = &g_array_index (streets, Candidate, i);

    if (search->query->number != 0) {
      has_exact[i] = add_numbers (search, street->id, TRUE) > 0;
    } else {
      PvAddress *address = read_street (search, street->id);

      if (address != NULL)
        g_ptr_array_add (search->found, address);
    }
  }
  if (search->query->number == 0)
    return;
  for (guint i = 0; i < streets->len && !is_full (search); i++) {
    const Candidate *street = &g_array_index (streets, Candidate, i);

    if (!has_exact[i])
      add_unknown_number (search, street->id);
    if (!is_full (search))
      add_numbers (search, street->id, FALSE);
  }
}

static void
add_crossings (Search *search, const GArray *crossings)
{
  for (guint i = 0; i < crossings->len && !is_full (search); i++) {
    const Candidate *crossing = &g_array_index (crossings, Candidate, i);
    PvAddress *address = read_street (search, crossing->a);
    g_autoptr (PvAddress) other = read_street (search, crossing->b);

    if (address == NULL || other == NULL) {
      g_clear_pointer (&address, pv_address_free);
      continue;
    }
    g_free (address->id);
    address->id = g_strdup_printf ("x%" G_GINT64_FORMAT, crossing->id);
    pv_wipe_str (address->label);
    address->label = pv_street_crossing_label (address->street, other->street);
    address->is_crossing = TRUE;
    address->latitude = crossing->latitude;
    address->longitude = crossing->longitude;
    g_ptr_array_add (search->found, address);
  }
}

/* Half of the room is for crossings, if there are any. */
static void
try (Search *search, gboolean has_crossings)
{
  g_autoptr (GArray) streets = match (search, MATCH_STREETS);
  g_autoptr (GArray) crossings = has_crossings && search->query->number == 0 ? match (search, MATCH_CROSSINGS) : NULL;

  if (crossings != NULL && crossings->len > 0)
    g_array_set_size (
      streets, MIN (streets->len,
                    MAX (PV_ADDRESS_MAX_FOUND / 2, PV_ADDRESS_MAX_FOUND - MIN (crossings->len, PV_ADDRESS_MAX_FOUND))));
  add_streets (search, streets);
  if (crossings != NULL)
    add_crossings (search, crossings);
}

static gboolean
has_enough_letters (const PvStreetQuery *query)
{
  gsize n = 0;

  for (guint i = 0; i < query->words->n; i++)
    n += strlen (query->words->items[i]);
  return n >= MIN_LETTERS && query->words->n <= PV_STREET_MAX_TYPED;
}

static void
search_query (Search *search, gboolean has_crossings)
{
  for (guint way = 0; way < 4 && search->found->len == 0; way++) {
    search->forgives_slips = (way & 1) != 0;
    search->forgives_kind = (way & 2) != 0;
    try (search, has_crossings);
  }
}

GPtrArray *
pv_address_index_find (PvAddressIndex *index, const char *words, gboolean has_crossings, guint limit_ms)
{
  g_autoptr (PvStreetQuery) query = pv_street_query_parse (words);
  Search search = { .index = index, .query = query };

  search.found = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_address_free);
  index->deadline_us = g_get_monotonic_time () + (gint64) limit_ms * 1000;
  if (has_enough_letters (query))
    search_query (&search, has_crossings);
  if (search.found->len == 0 && pv_street_query_take_last_number (query) && has_enough_letters (query))
    search_query (&search, has_crossings);
  return search.found;
}

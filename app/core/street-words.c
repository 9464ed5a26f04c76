/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/street-words.h"

#include <string.h>

#include "core/wipe.h"

/* In use on letters and signs; those that begin the word itself ("imp", "pl") need no row when they are typed, but a
 * name in the index is written in full. */
static const struct {
  const char *word, *full;
} abbreviations[] = {
  { "all", "allee" },      { "av", "avenue" },      { "ave", "avenue" },      { "bd", "boulevard" },
  { "bld", "boulevard" },  { "blvd", "boulevard" }, { "bvd", "boulevard" },   { "cap", "capitaine" },
  { "cdt", "commandant" }, { "che", "chemin" },     { "chem", "chemin" },     { "chm", "chemin" },
  { "cne", "capitaine" },  { "col", "colonel" },    { "crs", "cours" },       { "dr", "docteur" },
  { "espl", "esplanade" }, { "fbg", "faubourg" },   { "fg", "faubourg" },     { "gal", "general" },
  { "gen", "general" },    { "ham", "hameau" },     { "imp", "impasse" },     { "lot", "lotissement" },
  { "lt", "lieutenant" },  { "mal", "marechal" },   { "pass", "passage" },    { "pdt", "president" },
  { "pl", "place" },       { "pres", "president" }, { "prof", "professeur" }, { "prom", "promenade" },
  { "pte", "porte" },      { "qu", "quai" },        { "r", "rue" },           { "res", "residence" },
  { "rte", "route" },      { "rle", "ruelle" },     { "sgt", "sergent" },     { "sq", "square" },
  { "st", "saint" },       { "ste", "sainte" },     { "vla", "villa" },
};

static const char *
write_in_full (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (abbreviations); i++)
    if (g_str_equal (abbreviations[i].word, word))
      return abbreviations[i].full;
  return NULL;
}

const char *
pv_street_expand (const char *word)
{
  const char *full = write_in_full (word);

  return full != NULL && !g_str_has_prefix (full, word) ? full : NULL;
}

gboolean
pv_street_is_kind (const char *word)
{
  static const char *const kinds[] = {
    "allee",     "avenue",   "boulevard", "chaussee",  "chemin",      "cite",      "clos",   "cour",   "cours",
    "esplanade", "faubourg", "hameau",    "impasse",   "lotissement", "mail",      "montee", "parvis", "passage",
    "place",     "pont",     "porte",     "promenade", "quai",        "residence", "rond",   "route",  "rue",
    "ruelle",    "sente",    "sentier",   "square",    "traverse",    "venelle",   "villa",  "voie",   NULL,
  };
  const char *full = write_in_full (word);

  return g_strv_contains (kinds, full != NULL ? full : word);
}

static gboolean
is_article (const char *word)
{
  static const char *const articles[] = { "a",  "au", "aux", "d",  "de",  "des",  "du",  "en",
                                          "et", "l",  "la",  "le", "les", "sous", "sur", NULL };

  return g_strv_contains (articles, word);
}

/* Between two streets. */
static gboolean
is_joint (const char *word)
{
  static const char *const joints[] = { "angle", "carrefour", "coin", "croisement", "entre", "intersection", NULL };

  return g_strv_contains (joints, word);
}

/* A name of nothing but articles ("Rue de La") keeps them. */
static void
drop (PvWords *words, gboolean (*is_small) (const char *))
{
  guint n = 0, n_small = 0;

  for (guint i = 0; i < words->n; i++)
    n_small += is_small (words->items[i]) ? 1 : 0;
  if (n_small == words->n)
    return;
  for (guint i = 0; i < words->n; i++)
    if (is_small (words->items[i]))
      pv_wipe_str (words->items[i]);
    else
      words->items[n++] = words->items[i];
  words->items[n] = NULL;
  words->n = n;
}

PvWords *
pv_street_words (const char *name)
{
  PvWords *words = pv_words_fold (name);

  for (guint i = 0; i < words->n; i++) {
    const char *full = write_in_full (words->items[i]);

    if (full != NULL) {
      g_free (words->items[i]);
      words->items[i] = g_strdup (full);
    }
  }
  drop (words, is_article);
  return words;
}

static void
remove_first (PvWords *words)
{
  pv_wipe_str (words->items[0]);
  memmove (words->items, words->items + 1, words->n * sizeof *words->items);
  words->n--;
}

/* "r" and the like begin a street far more often than they are a house's letter. */
static gboolean
is_repetition (const char *word)
{
  static const char *const known[] = { "bis", "ter", "quater", "quinquies", "sexies", NULL };

  return g_strv_contains (known, word)
         || (g_ascii_isalpha (word[0]) && word[1] == '\0' && strchr ("cdlrv", word[0]) == NULL);
}

/* "12", "12bis". FALSE: no number of a house. */
static gboolean
read_number (const char *word, guint *ret_number, const char **ret_rest)
{
  gsize n_digits = strspn (word, G_CSET_DIGITS);
  guint number = 0;

  if (n_digits == 0 || n_digits > 4)
    return FALSE;
  for (gsize i = 0; i < n_digits; i++)
    number = number * 10 + (guint) (word[i] - '0');
  *ret_number = number;
  *ret_rest = word + n_digits;
  return number > 0;
}

static void
take_number (PvStreetQuery *query)
{
  const char *rest;
  guint number;

  if (query->words->n == 0 || !read_number (query->words->items[0], &number, &rest)
      || strlen (rest) > PV_STREET_MAX_REPETITION_BYTES)
    return;
  query->number = number;
  g_strlcpy (query->repetition, rest, sizeof query->repetition);
  remove_first (query->words);
  if (query->repetition[0] == '\0' && query->words->n > 0 && is_repetition (query->words->items[0])) {
    g_strlcpy (query->repetition, query->words->items[0], sizeof query->repetition);
    remove_first (query->words);
  }
}

PvStreetQuery *
pv_street_query_parse (const char *typed)
{
  PvStreetQuery *query = g_new0 (PvStreetQuery, 1);

  query->words = pv_words_fold (typed);
  take_number (query);
  drop (query->words, is_article);
  drop (query->words, is_joint);
  return query;
}

gboolean
pv_street_query_take_last_number (PvStreetQuery *query)
{
  PvWords *words = query->words;
  const char *rest;
  guint number;

  if (query->number != 0 || words->n < 2 || !read_number (words->items[words->n - 1], &number, &rest)
      || strlen (rest) > PV_STREET_MAX_REPETITION_BYTES)
    return FALSE;
  query->number = number;
  g_strlcpy (query->repetition, rest, sizeof query->repetition);
  words->n--;
  g_clear_pointer (&words->items[words->n], pv_wipe_str);
  return TRUE;
}

void
pv_street_query_free (PvStreetQuery *query)
{
  if (query == NULL)
    return;
  pv_words_free (query->words);
  pv_wipe_bytes (query, sizeof *query);
  g_free (query);
}

static char
initial_of (const char *repetition)
{
  static const char *const counted[] = { "bis", "ter", "quater", NULL };

  if (repetition[0] != '\0' && repetition[1] == '\0')
    return repetition[0];
  return g_strv_contains (counted, repetition) ? repetition[0] : '\0';
}

gboolean
pv_street_is_same_repetition (const char *a, const char *b)
{
  return g_str_equal (a, b) || (initial_of (a) != '\0' && initial_of (a) == initial_of (b));
}

char *
pv_street_format_number (guint number, const char *repetition)
{
  if (repetition == NULL || repetition[0] == '\0')
    return g_strdup_printf ("%u", number);
  if (repetition[1] == '\0')
    return g_strdup_printf ("%u %c", number, g_ascii_toupper (repetition[0]));
  return g_strdup_printf ("%u %s", number, repetition);
}

/* "rue des Écoles" within a sentence. */
static char *
begin_small (const char *name)
{
  g_autoptr (PvWords) words = pv_words_fold (name);
  g_autofree char *first = NULL;

  if (words->n == 0 || !pv_street_is_kind (words->items[0]))
    return g_strdup (name);
  first = g_utf8_strdown (name, (gssize) (g_utf8_next_char (name) - name));
  return g_strconcat (first, g_utf8_next_char (name), NULL);
}

char *
pv_street_label (const char *number, const char *name)
{
  g_autofree char *small = number != NULL ? begin_small (name) : NULL;

  return number != NULL ? g_strdup_printf ("%s %s", number, small) : g_strdup (name);
}

char *
pv_street_crossing_label (const char *a, const char *b)
{
  g_autofree char *small = begin_small (b);

  return g_strdup_printf ("%s, angle %s", a, small);
}

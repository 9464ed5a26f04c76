/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "assist/presence.h"

#include <string.h>

#include "assist/record.h"
#include "assist/wire.h"

enum { PRESENCE_VERSION = 1 };

static const char purpose[] = "Parvis assist presence 1";

struct PvPresenceBoard {
  char **communes;
  const PvCertificateRoot *roots; /* borrowed */
  gsize n_roots;
  gboolean has_self;
  guint8 self[PV_CERTIFICATE_ID_BYTES];
  GPtrArray *entries; /* (element-type PvPresenceEntry): also those that hold no more, so that none comes again */
};

static gboolean
is_short_lived (const PvPresenceWord *word)
{
  return word->presence < PV_N_PRESENCES && word->expires >= word->created
         && word->expires - word->created <= PV_PRESENCE_MAX_SECONDS;
}

GBytes *
pv_presence_sign (const PvPresenceWord *word, GBytes *certificate, const guint8 *secret)
{
  g_autoptr (PvWireWriter) bytes = NULL;
  guint8 signature[PV_CERTIFICATE_SIGNATURE_BYTES];
  gsize size;
  const guint8 *data = g_bytes_get_data (certificate, &size);

  if (!is_short_lived (word) || size > PV_CERTIFICATE_MAX_BYTES)
    return NULL;
  bytes = pv_wire_writer_new ();
  pv_wire_write_u8 (bytes, PV_WIRE_PRESENCE);
  pv_wire_write_u8 (bytes, PRESENCE_VERSION);
  pv_wire_write_u8 (bytes, word->presence);
  pv_wire_write_u64 (bytes, word->created);
  pv_wire_write_u64 (bytes, word->expires);
  pv_wire_write_block (bytes, data, size);
  pv_assist_sign (purpose, (const guint8 *) bytes->str, bytes->len, secret, signature);
  pv_wire_write_bytes (bytes, signature, sizeof signature);
  return pv_wire_writer_finish (bytes);
}

static PvCertificate *
parse (PvWireReader *reader, PvPresenceWord *ret_word, GError **error)
{
  guint type = pv_wire_read_u8 (reader), version = pv_wire_read_u8 (reader);
  const guint8 *certificate;
  gsize size = 0;

  ret_word->presence = pv_wire_read_enum (reader, PV_N_PRESENCES);
  ret_word->created = pv_wire_read_u64 (reader);
  ret_word->expires = pv_wire_read_u64 (reader);
  certificate = pv_wire_read_block (reader, PV_CERTIFICATE_MAX_BYTES, &size);
  if (reader->has_failed || reader->left != PV_CERTIFICATE_SIGNATURE_BYTES || type != PV_WIRE_PRESENCE
      || version != PRESENCE_VERSION || !is_short_lived (ret_word)) {
    g_set_error_literal (error, PV_ASSIST_ERROR, PV_ASSIST_ERROR_BAD_DATA, "not a presence");
    return NULL;
  }
  return pv_certificate_parse (certificate, size, error);
}

/* For one commune that both have, and that the root may speak for. */
static gboolean
is_one_of_ours (const PvCertificate *mediator, const char *const *communes, const PvCertificateRoot *roots,
                gsize n_roots, guint64 now)
{
  for (guint i = 0; communes[i] != NULL; i++)
    if (pv_certificate_verify (mediator, roots, n_roots, PV_CERTIFICATE_MEDIATOR, communes[i], now, NULL))
      return TRUE;
  return FALSE;
}

static gboolean
untrusted (GError **error, const char *what)
{
  g_set_error_literal (error, PV_ASSIST_ERROR, PV_ASSIST_ERROR_UNTRUSTED, what);
  return FALSE;
}

gboolean
pv_presence_open (const guint8 *bytes, gsize size, const char *const *communes, const PvCertificateRoot *roots,
                  gsize n_roots, guint64 now, PvPresenceWord *ret_word, PvCertificate **ret_mediator, GError **error)
{
  /* What is too long reads as nothing. */
  PvWireReader reader = pv_wire_reader (bytes, size <= PV_PRESENCE_MAX_BYTES ? size : 0);
  PvPresenceWord word = { 0 };
  g_autoptr (PvCertificate) mediator = parse (&reader, &word, error);

  if (mediator == NULL)
    return FALSE;
  if (!is_one_of_ours (mediator, communes, roots, n_roots, now))
    return untrusted (error, "a presence of nobody that we know");
  if (!pv_assist_is_signed (purpose, bytes, (gsize) (reader.at - bytes), mediator->key, reader.at))
    return untrusted (error, "a presence that its mediator did not sign");
  if (now > word.expires + PV_PRESENCE_SLACK_SECONDS || now + PV_PRESENCE_SLACK_SECONDS < word.created)
    return untrusted (error, "a presence that is over");
  *ret_word = word;
  if (ret_mediator != NULL)
    *ret_mediator = g_steal_pointer (&mediator);
  return TRUE;
}

/* The board */

static void
free_entry (gpointer data)
{
  PvPresenceEntry *entry = data;

  pv_certificate_free (entry->mediator);
  g_free (entry);
}

PvPresenceBoard *
pv_presence_board_new (const char *const *communes, const PvCertificateRoot *roots, gsize n_roots, const guint8 *self)
{
  PvPresenceBoard *board = g_new0 (PvPresenceBoard, 1);

  board->communes = g_strdupv ((char **) communes);
  board->roots = roots;
  board->n_roots = n_roots;
  board->has_self = self != NULL;
  if (self != NULL)
    memcpy (board->self, self, sizeof board->self);
  board->entries = g_ptr_array_new_with_free_func (free_entry);
  return board;
}

void
pv_presence_board_free (PvPresenceBoard *board)
{
  if (board == NULL)
    return;
  g_strfreev (board->communes);
  g_ptr_array_unref (board->entries);
  g_free (board);
}

static gboolean
is_shown (const PvPresenceEntry *entry, gint64 now_ms)
{
  return entry->presence != PV_PRESENCE_OFF && now_ms < entry->until_ms;
}

static PvPresenceEntry *
find_entry (const PvPresenceBoard *board, const guint8 *id)
{
  for (guint i = 0; i < board->entries->len; i++) {
    PvPresenceEntry *entry = board->entries->pdata[i];

    if (memcmp (entry->mediator->id, id, PV_CERTIFICATE_ID_BYTES) == 0)
      return entry;
  }
  return NULL;
}

/* An entry for @mediator, whom it takes; NULL: the board is full. */
static PvPresenceEntry *
place_entry (PvPresenceBoard *board, PvCertificate *mediator)
{
  PvPresenceEntry *entry = find_entry (board, mediator->id);

  if (entry != NULL) {
    pv_certificate_free (entry->mediator);
  } else if (board->entries->len < PV_PRESENCE_MAX_ON_BOARD) {
    entry = g_new0 (PvPresenceEntry, 1);
    g_ptr_array_add (board->entries, entry);
  } else {
    pv_certificate_free (mediator);
    return NULL;
  }
  entry->mediator = mediator;
  return entry;
}

gboolean
pv_presence_board_add (PvPresenceBoard *board, const guint8 *bytes, gsize size, PvAssistTime now)
{
  gboolean has_changed = pv_presence_board_expire (board, now), was_shown;
  g_autoptr (PvCertificate) mediator = NULL;
  PvPresenceEntry *entry;
  PvPresence before;
  PvPresenceWord word;

  if (!pv_presence_open (bytes, size, (const char *const *) board->communes, board->roots, board->n_roots, now.utc,
                         &word, &mediator, NULL)
      || (board->has_self && memcmp (mediator->id, board->self, sizeof board->self) == 0))
    return has_changed;
  entry = find_entry (board, mediator->id);
  if (entry != NULL && word.created <= entry->created)
    return has_changed; /* late, or played again */
  was_shown = entry != NULL && is_shown (entry, now.mono_ms);
  before = was_shown ? entry->presence : PV_PRESENCE_OFF;
  entry = place_entry (board, g_steal_pointer (&mediator));
  if (entry == NULL)
    return has_changed;
  entry->presence = word.presence;
  entry->created = word.created;
  /* Clocks differ: how long it holds is told from when it came. */
  entry->until_ms = now.mono_ms + (gint64) (word.expires - word.created) * 1000;
  entry->forget_after = MAX (word.expires + PV_PRESENCE_SLACK_SECONDS, now.utc + PV_PRESENCE_MAX_SECONDS);
  return has_changed || before != (is_shown (entry, now.mono_ms) ? entry->presence : PV_PRESENCE_OFF);
}

gboolean
pv_presence_board_expire (PvPresenceBoard *board, PvAssistTime now)
{
  gboolean has_changed = FALSE;

  for (guint i = board->entries->len; i > 0; i--) {
    PvPresenceEntry *entry = board->entries->pdata[i - 1];

    if (entry->presence != PV_PRESENCE_OFF && now.mono_ms >= entry->until_ms) {
      entry->presence = PV_PRESENCE_OFF;
      has_changed = TRUE;
    }
    if (entry->presence == PV_PRESENCE_OFF && now.utc > entry->forget_after)
      g_ptr_array_remove_index (board->entries, i - 1);
  }
  return has_changed;
}

gint64
pv_presence_board_next_deadline_ms (const PvPresenceBoard *board)
{
  gint64 next = G_MAXINT64;

  for (guint i = 0; i < board->entries->len; i++) {
    const PvPresenceEntry *entry = board->entries->pdata[i];

    if (entry->presence != PV_PRESENCE_OFF)
      next = MIN (next, entry->until_ms);
  }
  return next;
}

gboolean
pv_presence_board_forget (PvPresenceBoard *board)
{
  gboolean has_changed = FALSE;

  for (guint i = 0; i < board->entries->len; i++) {
    PvPresenceEntry *entry = board->entries->pdata[i];

    has_changed = has_changed || entry->presence != PV_PRESENCE_OFF;
    entry->presence = PV_PRESENCE_OFF;
  }
  return has_changed;
}

guint
pv_presence_board_count_free (const PvPresenceBoard *board, PvAssistTime now)
{
  guint n = 0;

  for (guint i = 0; i < board->entries->len; i++) {
    const PvPresenceEntry *entry = board->entries->pdata[i];

    if (is_shown (entry, now.mono_ms)
        && (entry->presence == PV_PRESENCE_FREE || entry->presence == PV_PRESENCE_ON_SITE))
      n++;
  }
  return n;
}

static gint
compare_names (gconstpointer one, gconstpointer other)
{
  const PvPresenceEntry *const *a = one, *const *b = other;
  gint by_name = g_utf8_collate ((*a)->mediator->name, (*b)->mediator->name);

  return by_name != 0 ? by_name : memcmp ((*a)->mediator->id, (*b)->mediator->id, PV_CERTIFICATE_ID_BYTES);
}

GPtrArray *
pv_presence_board_list (const PvPresenceBoard *board, PvAssistTime now)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < board->entries->len; i++)
    if (is_shown (board->entries->pdata[i], now.mono_ms))
      g_ptr_array_add (list, board->entries->pdata[i]);
  g_ptr_array_sort (list, compare_names);
  return list;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/transport-script.h"

#include <string.h>

#include "eid/memory.h"

typedef struct Line {
  guint number;
  char kind;        /* '>', '<', '!' or '*' */
  const char *text; /* behind the kind; '!' and '*': the word */
  guint8 *bytes;
  gsize length;
} Line;

typedef struct Player {
  PvCardTransport base;
  GArray *lines; /* of Line; owned */
  guint next;
  gint is_aborted; /* atomic */
} Player;

typedef struct Recorder {
  PvCardTransport base;
  PvCardTransport *inner; /* owned */
  GString *record;        /* borrowed */
} Recorder;

static void
clear_line (gpointer data)
{
  Line *line = data;

  if (line->bytes != NULL)
    pv_card_free (line->bytes);
}

static gboolean
read_hex (const char *text, gsize length, Line *line)
{
  guint8 *bytes = pv_card_alloc (length / 2);
  gsize digits = 0;

  line->bytes = bytes;
  for (gsize i = 0; i < length; i++) {
    int value = g_ascii_xdigit_value (text[i]);

    if (g_ascii_isspace (text[i]))
      continue;
    if (value < 0)
      return FALSE;
    bytes[digits / 2] = (guint8) (bytes[digits / 2] << 4 | value);
    digits++;
  }
  line->length = digits / 2;
  return digits > 0 && digits % 2 == 0;
}

/* One line of text; @ret_line->kind stays 0 for a comment. */
static gboolean
read_line (const char *text, gsize length, Line *ret_line)
{
  static const char *const words[] = { "lost", "reader", "short", "long" };

  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  if (length == 0 || text[0] == '#')
    return TRUE;
  if (length < 3 || text[1] != ' ')
    return FALSE;
  ret_line->kind = text[0];
  if (text[0] == '>' || text[0] == '<')
    return read_hex (text + 2, length - 2, ret_line);
  if (text[0] != '!' && text[0] != '*')
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i]) == length - 2 && strncmp (words[i], text + 2, length - 2) == 0)
      ret_line->text = words[i];
  return ret_line->text != NULL && (text[0] == '!') == (ret_line->text == words[0] || ret_line->text == words[1]);
}

static GArray *
read_lines (const char *text, GError **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, TRUE, sizeof (Line));
  guint number = 0;

  g_array_set_clear_func (lines, clear_line);
  if (strlen (text) > PV_SCRIPT_MAX_BYTES) {
    g_set_error_literal (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA, "the script is too long");
    return NULL;
  }
  for (const char *p = text; *p != '\0';) {
    gsize length = strcspn (p, "\n");
    Line line = { .number = ++number };
    gboolean is_good = read_line (p, length, &line);

    if (line.kind != 0)
      g_array_append_val (lines, line);
    if (!is_good) {
      g_set_error (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA, "line %u of the script is none", number);
      return NULL;
    }
    p += length + (p[length] == '\n' ? 1 : 0);
  }
  return g_steal_pointer (&lines);
}

static const Line *
take_line (Player *player)
{
  return player->next < player->lines->len ? &g_array_index (player->lines, Line, player->next++) : NULL;
}

static gboolean
differ (const Line *line, GError **error)
{
  if (line == NULL)
    g_set_error_literal (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA, "the script is over");
  else
    g_set_error (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA, "line %u of the script has something else",
                 line->number);
  return FALSE;
}

static gboolean
check_abort (Player *player, GError **error)
{
  if (g_atomic_int_get (&player->is_aborted) == 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the reading was ended");
  return FALSE;
}

static gboolean
play (PvCardTransport *transport, const guint8 *command, gsize command_length, guint8 *answer, gsize answer_size,
      gsize *ret_length, guint timeout_ms, GError **error)
{
  Player *player = (Player *) transport;
  const Line *line;

  (void) timeout_ms;
  if (!check_abort (player, error))
    return FALSE;
  line = take_line (player);
  if (line == NULL || line->kind != '>' || line->length != command_length
      || memcmp (line->bytes, command, command_length) != 0)
    return differ (line, error);
  line = take_line (player);
  if (line != NULL && line->kind == '!') {
    gboolean is_lost = strcmp (line->text, "lost") == 0;

    g_set_error (error, PV_CARD_ERROR, is_lost ? PV_CARD_ERROR_LOST : PV_CARD_ERROR_READER,
                 "line %u of the script: no answer", line->number);
    return FALSE;
  }
  if (line == NULL || line->kind != '<' || line->length < 2 || line->length > answer_size)
    return differ (line, error);
  memcpy (answer, line->bytes, line->length);
  *ret_length = line->length;
  return TRUE;
}

static gboolean
play_reset (PvCardTransport *transport, gboolean is_long, guint timeout_ms, GError **error)
{
  Player *player = (Player *) transport;
  const Line *line;

  (void) timeout_ms;
  if (!check_abort (player, error))
    return FALSE;
  line = take_line (player);
  if (line == NULL || line->kind != '*' || (strcmp (line->text, "long") == 0) != (is_long != FALSE))
    return differ (line, error);
  return TRUE;
}

static void
play_abort (PvCardTransport *transport)
{
  g_atomic_int_set (&((Player *) transport)->is_aborted, 1);
}

static void
play_free (PvCardTransport *transport)
{
  g_array_unref (((Player *) transport)->lines);
  g_free (transport);
}

static const PvCardTransportOps play_ops = { play, play_reset, play_abort, play_free };

PvCardTransport *
pv_card_script_play (const char *text, GError **error)
{
  GArray *lines = read_lines (text, error);
  Player *player;

  if (lines == NULL)
    return NULL;
  player = g_new0 (Player, 1);
  player->base.ops = &play_ops;
  player->base.max_command = PV_APDU_MAX_COMMAND_BYTES;
  player->base.max_answer = PV_APDU_MAX_ANSWER_BYTES;
  player->lines = lines;
  return &player->base;
}

gboolean
pv_card_script_is_done (PvCardTransport *script)
{
  Player *player = (Player *) script;

  g_return_val_if_fail (script->ops == &play_ops, FALSE);
  return player->next == player->lines->len;
}

static void
write_line (GString *record, char kind, const guint8 *bytes, gsize length)
{
  g_string_append_printf (record, "%c ", kind);
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (record, "%02X", bytes[i]);
  g_string_append_c (record, '\n');
}

static gboolean
record_exchange (PvCardTransport *transport, const guint8 *command, gsize command_length, guint8 *answer,
                 gsize answer_size, gsize *ret_length, guint timeout_ms, GError **error)
{
  Recorder *recorder = (Recorder *) transport;
  GError *inner_error = NULL;

  write_line (recorder->record, '>', command, command_length);
  if (!recorder->inner->ops->transceive (recorder->inner, command, command_length, answer, answer_size, ret_length,
                                         timeout_ms, &inner_error)) {
    g_string_append (recorder->record,
                     g_error_matches (inner_error, PV_CARD_ERROR, PV_CARD_ERROR_READER) ? "! reader\n" : "! lost\n");
    g_propagate_error (error, inner_error);
    return FALSE;
  }
  write_line (recorder->record, '<', answer, *ret_length);
  return TRUE;
}

static void
copy_limits (Recorder *recorder)
{
  const PvCardTransportOps *ops = recorder->base.ops;

  recorder->base = *recorder->inner;
  recorder->base.ops = ops;
}

static gboolean
record_reset (PvCardTransport *transport, gboolean is_long, guint timeout_ms, GError **error)
{
  Recorder *recorder = (Recorder *) transport;

  if (recorder->inner->ops->reset == NULL) {
    g_set_error_literal (error, PV_CARD_ERROR, PV_CARD_ERROR_READER, "this transport has no reset");
    return FALSE;
  }
  g_string_append (recorder->record, is_long ? "* long\n" : "* short\n");
  if (!recorder->inner->ops->reset (recorder->inner, is_long, timeout_ms, error))
    return FALSE;
  copy_limits (recorder);
  return TRUE;
}

static void
record_abort (PvCardTransport *transport)
{
  Recorder *recorder = (Recorder *) transport;

  recorder->inner->ops->abort (recorder->inner);
}

static void
record_free (PvCardTransport *transport)
{
  pv_card_transport_free (((Recorder *) transport)->inner);
  g_free (transport);
}

static const PvCardTransportOps record_ops = { record_exchange, record_reset, record_abort, record_free };

PvCardTransport *
pv_card_script_record (PvCardTransport *inner, GString *record)
{
  Recorder *recorder = g_new0 (Recorder, 1);

  recorder->base.ops = &record_ops;
  recorder->inner = inner;
  recorder->record = record;
  copy_limits (recorder);
  return &recorder->base;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/door-link.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>

#include "core/wipe.h"
#include "platform/json.h"

enum { TOKEN_DIGITS = 32, MAX_TEXT_BYTES = 4000, MAX_CHECKS = 40, MAX_FINDINGS = 200, CHUNK_BYTES = 16384 };

typedef struct Ask {
  PvServiceEffectKind kind;
  char *words; /* of the request, behind the token; of TRY_PIN the whole line; wiped */
} Ask;

struct PvDoorLink {
  char *socket_path;
  PvDoorEvents events;
  gpointer user_data;
  char *token; /* (nullable): wiped */
  GQueue asks; /* (element-type Ask): the first one is being asked */
  GSocketConnection *connection;
  GCancellable *cancellable; /* of the one that is being asked */
  GString *answer;
  char *line; /* (nullable): wiped */
  guint late_source, next_source;
};

static void begin (PvDoorLink *link);

static void
ask_free (Ask *ask)
{
  pv_wipe_str (ask->words);
  g_free (ask);
}

/* Findings ----------------------------------------------------------------------------------------------------------- */

static PvServiceHealth
read_health (const char *word)
{
  static const char *const words[] = { "ok", "notice", "unknown", "wrong" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (word, words[i]) == 0)
      return (PvServiceHealth) i;
  return PV_SERVICE_UNSEEN; /* of another release */
}

static gboolean
read_finding (const PvJson *json, const char *title, GPtrArray *findings)
{
  g_autofree char *health = NULL, *text = NULL, *to_do = NULL;

  if (!pv_json_read_text (json, "health", MAX_TEXT_BYTES, &health, NULL)
      || !pv_json_read_text (json, "text", MAX_TEXT_BYTES, &text, NULL)
      || !pv_json_find_text (json, "to_do", MAX_TEXT_BYTES, &to_do, NULL))
    return FALSE;
  g_ptr_array_add (findings, pv_service_finding_new (read_health (health), title, text, to_do));
  return TRUE;
}

static gboolean
read_check (const PvJson *json, GPtrArray *findings)
{
  g_autofree char *title = NULL;
  g_autoptr (PvJson) list = NULL;

  if (!pv_json_read_text (json, "title", MAX_TEXT_BYTES, &title, NULL)
      || !pv_json_read_array (json, "findings", MAX_FINDINGS, &list, NULL))
    return FALSE;
  for (gsize i = 0; i < pv_json_get_length (list); i++) {
    g_autoptr (PvJson) item = pv_json_get_item (list, i);

    if (!read_finding (item, title, findings))
      return FALSE;
  }
  return TRUE;
}

GPtrArray *
pv_door_link_read_findings (const char *text, gsize length)
{
  g_autoptr (PvJson) json = pv_json_parse_within (text, length, PV_DOOR_LINK_MAX_BYTES, NULL);
  g_autoptr (PvJson) checks = NULL;
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_service_finding_free);

  if (json == NULL || !pv_json_read_array (json, "checks", MAX_CHECKS, &checks, NULL))
    return NULL;
  for (gsize i = 0; i < pv_json_get_length (checks); i++) {
    g_autoptr (PvJson) check = pv_json_get_item (checks, i);

    if (!read_check (check, findings))
      return NULL;
  }
  return g_steal_pointer (&findings);
}

/* Answers ------------------------------------------------------------------------------------------------------------ */

static void
tell_opened (PvDoorLink *link, const char *answer)
{
  PvServiceVerdict verdict = PV_SERVICE_AWAY;
  guint64 tries = 0;
  gint64 until_s = 0;

  if (g_str_has_prefix (answer, "ok ") && strlen (answer) == 3 + TOKEN_DIGITS) {
    pv_wipe_str (link->token);
    link->token = g_strdup (answer + 3);
    verdict = PV_SERVICE_OPEN;
  } else if (g_str_has_prefix (answer, "wrong ")
             && g_ascii_string_to_unsigned (answer + strlen ("wrong "), 10, 0, G_MAXUINT, &tries, NULL))
    verdict = PV_SERVICE_WRONG_PIN;
  else if (g_str_has_prefix (answer, "locked ")
           && g_ascii_string_to_signed (answer + strlen ("locked "), 10, 0, G_MAXINT64 / G_USEC_PER_SEC, &until_s,
                                        NULL))
    verdict = PV_SERVICE_LOCKED;
  else if (strcmp (answer, "refused") == 0)
    verdict = PV_SERVICE_KEY_REFUSED;
  link->events.opened (verdict, (guint) tries, until_s * G_USEC_PER_SEC, link->user_data);
}

static void
tell_counted (PvDoorLink *link, const char *answer)
{
  guint64 n = 0;
  gboolean is_known =
    g_str_has_prefix (answer, "ok ") && g_ascii_string_to_unsigned (answer + 3, 10, 0, G_MAXINT, &n, NULL);

  link->events.counted (is_known ? (int) n : -1, link->user_data);
}

/* @answer: "" where none came. The link is not looked at any more: whoever is told may free it. */
static void
tell (PvDoorLink *link, PvServiceEffectKind kind, const char *answer)
{
  if (kind == PV_SERVICE_TRY_PIN)
    tell_opened (link, answer);
  else if (kind == PV_SERVICE_LOOK)
    link->events.found (g_str_has_prefix (answer, "ok\n") ? pv_door_link_read_findings (answer + 3, strlen (answer + 3))
                                                          : NULL,
                        link->user_data);
  else if (kind == PV_SERVICE_COUNT)
    tell_counted (link, answer);
  else if (kind != PV_SERVICE_NOTE_PAPER && kind != PV_SERVICE_LEAVE)
    link->events.done (kind, strcmp (answer, "ok") == 0, link->user_data);
}

static gboolean
next_cb (gpointer user_data)
{
  PvDoorLink *link = user_data;

  link->next_source = 0;
  begin (link);
  return G_SOURCE_REMOVE;
}

static void
end_asking (PvDoorLink *link)
{
  g_clear_handle_id (&link->late_source, g_source_remove);
  if (link->cancellable != NULL)
    g_cancellable_cancel (link->cancellable);
  g_clear_object (&link->cancellable);
  if (link->connection != NULL)
    g_io_stream_close_async (G_IO_STREAM (link->connection), G_PRIORITY_LOW, NULL, NULL, NULL);
  g_clear_object (&link->connection);
  g_clear_pointer (&link->line, pv_wipe_str);
}

static void
finish (PvDoorLink *link, gboolean is_answered)
{
  Ask *ask = g_queue_pop_head (&link->asks);
  g_autofree char *answer = g_strdup (is_answered ? link->answer->str : "");
  PvServiceEffectKind kind = ask->kind;

  ask_free (ask);
  end_asking (link);
  pv_wipe_bytes (link->answer->str, link->answer->len);
  g_string_truncate (link->answer, 0);
  if (!g_queue_is_empty (&link->asks) && link->next_source == 0)
    link->next_source = g_idle_add (next_cb, link);
  tell (link, kind, answer);
  pv_wipe_bytes (answer, strlen (answer));
}

static gboolean
late_cb (gpointer user_data)
{
  PvDoorLink *link = user_data;

  link->late_source = 0;
  finish (link, FALSE);
  return G_SOURCE_REMOVE;
}

static void read_on (PvDoorLink *link);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  PvDoorLink *link = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (bytes == NULL) {
    finish (link, FALSE);
    return;
  }
  if (g_bytes_get_size (bytes) == 0) {
    finish (link, TRUE);
    return;
  }
  if (link->answer->len + g_bytes_get_size (bytes) > PV_DOOR_LINK_MAX_BYTES) {
    finish (link, FALSE);
    return;
  }
  g_string_append_len (link->answer, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  read_on (link);
}

static void
read_on (PvDoorLink *link)
{
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (G_IO_STREAM (link->connection)), CHUNK_BYTES,
                                   G_PRIORITY_DEFAULT, link->cancellable, read_cb, link);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean is_written = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error);
  PvDoorLink *link = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (is_written)
    read_on (link);
  else
    finish (link, FALSE);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);
  PvDoorLink *link = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (connection == NULL) {
    finish (link, FALSE);
    return;
  }
  link->connection = g_steal_pointer (&connection);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (link->connection)), link->line,
                                   strlen (link->line), G_PRIORITY_DEFAULT, link->cancellable, written_cb, link);
}

/* (transfer full) (nullable): there is no token yet. */
static char *
make_line (const PvDoorLink *link, const Ask *ask)
{
  static const char *const verbs[] = {
    [PV_SERVICE_LOOK] = "look",   [PV_SERVICE_COUNT] = "count",   [PV_SERVICE_NOTE_PAPER] = "paper",
    [PV_SERVICE_CLOSE] = "close", [PV_SERVICE_REOPEN] = "reopen", [PV_SERVICE_RESTART] = "restart",
    [PV_SERVICE_SAVE] = "save",   [PV_SERVICE_LEAVE] = "end",
  };

  if (ask->kind == PV_SERVICE_TRY_PIN)
    return g_strdup_printf ("open %s\n", ask->words);
  if (link->token == NULL)
    return NULL;
  return g_strdup_printf ("%s %s%s%s\n", verbs[ask->kind], link->token, ask->words != NULL ? " " : "",
                          ask->words != NULL ? ask->words : "");
}

static void
begin (PvDoorLink *link)
{
  const Ask *ask = g_queue_peek_head (&link->asks);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (link->socket_path);

  if (ask == NULL || link->cancellable != NULL)
    return;
  link->line = make_line (link, ask);
  if (link->line == NULL) {
    finish (link, FALSE);
    return;
  }
  link->cancellable = g_cancellable_new ();
  link->late_source =
    g_timeout_add (ask->kind == PV_SERVICE_SAVE ? PV_DOOR_LINK_SAVE_MS : PV_DOOR_LINK_MS, late_cb, link);
  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (address), link->cancellable, connected_cb, link);
}

PvDoorLink *
pv_door_link_new (const char *socket_path, const PvDoorEvents *events, gpointer user_data)
{
  PvDoorLink *link = g_new0 (PvDoorLink, 1);

  link->socket_path = g_strdup (socket_path);
  link->events = *events;
  link->user_data = user_data;
  link->answer = g_string_new (NULL);
  g_queue_init (&link->asks);
  return link;
}

void
pv_door_link_free (PvDoorLink *link)
{
  if (link == NULL)
    return;
  g_clear_handle_id (&link->next_source, g_source_remove);
  end_asking (link);
  g_queue_clear_full (&link->asks, (GDestroyNotify) ask_free);
  pv_wipe_gstring (link->answer);
  pv_wipe_str (link->token);
  g_free (link->socket_path);
  g_free (link);
}

static gboolean
is_for_the_door (PvServiceEffectKind kind)
{
  return kind == PV_SERVICE_TRY_PIN || kind == PV_SERVICE_LOOK || kind == PV_SERVICE_COUNT
         || kind == PV_SERVICE_NOTE_PAPER || kind == PV_SERVICE_CLOSE || kind == PV_SERVICE_REOPEN
         || kind == PV_SERVICE_RESTART || kind == PV_SERVICE_SAVE || kind == PV_SERVICE_LEAVE;
}

void
pv_door_link_ask (PvDoorLink *link, const PvServiceEffect *effect)
{
  Ask *ask;

  if (!is_for_the_door (effect->kind))
    return;
  if (g_queue_get_length (&link->asks) >= PV_DOOR_LINK_MAX_REQUESTS) {
    tell (link, effect->kind, "");
    return;
  }
  ask = g_new0 (Ask, 1);
  ask->kind = effect->kind;
  ask->words = effect->kind == PV_SERVICE_CLOSE
                 ? g_strdup_printf ("%" G_GINT64_FORMAT, effect->until_us / G_USEC_PER_SEC)
                 : g_strdup (effect->text);
  g_queue_push_tail (&link->asks, ask);
  if (g_queue_get_length (&link->asks) == 1 && link->next_source == 0)
    link->next_source = g_idle_add (next_cb, link);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/provision-link.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>

#include "core/wipe.h"

enum { CHUNK_BYTES = 16384 };

typedef struct Ask {
  PvSetupVerb verb;
  char *line; /* wiped */
} Ask;

struct PvProvisionLink {
  char *socket_path;
  PvProvisionReplied replied;
  PvProvisionProgress progress;
  gpointer user_data;
  GQueue asks; /* (element-type Ask): the first one is being asked */
  GSocketConnection *connection;
  GCancellable *cancellable; /* of the one that is being asked */
  GString *reply;
  guint late_source, next_source;
};

static void begin (PvProvisionLink *link);

static void
ask_free (Ask *ask)
{
  pv_wipe_str (ask->line);
  g_free (ask);
}

static gboolean
next_cb (gpointer user_data)
{
  PvProvisionLink *link = user_data;

  link->next_source = 0;
  begin (link);
  return G_SOURCE_REMOVE;
}

static void
end_asking (PvProvisionLink *link)
{
  g_clear_handle_id (&link->late_source, g_source_remove);
  if (link->cancellable != NULL)
    g_cancellable_cancel (link->cancellable);
  g_clear_object (&link->cancellable);
  if (link->connection != NULL)
    g_io_stream_close_async (G_IO_STREAM (link->connection), G_PRIORITY_LOW, NULL, NULL, NULL);
  g_clear_object (&link->connection);
}

/* The link is not looked at any more after it told: whoever is told may free it. */
static void
finish (PvProvisionLink *link, gboolean is_answered)
{
  Ask *ask = g_queue_pop_head (&link->asks);
  PvSetupVerb verb = ask->verb;
  g_auto (GStrv) texts = NULL;
  PvSetupReason reason = pv_setup_reply_parse (is_answered ? link->reply->str : "", &texts);

  ask_free (ask);
  end_asking (link);
  g_string_truncate (link->reply, 0);
  if (!g_queue_is_empty (&link->asks) && link->next_source == 0)
    link->next_source = g_idle_add (next_cb, link);
  link->replied (verb, reason, (const char *const *) texts, link->user_data);
}

static gboolean
late_cb (gpointer user_data)
{
  PvProvisionLink *link = user_data;

  link->late_source = 0;
  finish (link, FALSE);
  return G_SOURCE_REMOVE;
}

static void read_on (PvProvisionLink *link);

/* Lines that tell how far it is, as they come; they do not belong to the reply. */
static void
take_progress (PvProvisionLink *link)
{
  const Ask *ask = g_queue_peek_head (&link->asks);
  const char *end;

  while ((end = memchr (link->reply->str, '\n', link->reply->len)) != NULL) {
    g_autofree char *line = g_strndup (link->reply->str, (gsize) (end - link->reply->str));
    guint percent;

    if (!pv_setup_reply_read_progress (line, &percent))
      return;
    g_string_erase (link->reply, 0, (gssize) (end - link->reply->str) + 1);
    link->progress (ask->verb, percent, link->user_data);
  }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  PvProvisionLink *link = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (bytes == NULL || link->reply->len + g_bytes_get_size (bytes) > PV_SETUP_MAX_ANSWER_BYTES) {
    finish (link, FALSE);
    return;
  }
  if (g_bytes_get_size (bytes) == 0) {
    finish (link, TRUE);
    return;
  }
  g_string_append_len (link->reply, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  take_progress (link);
  read_on (link);
}

static void
read_on (PvProvisionLink *link)
{
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (G_IO_STREAM (link->connection)), CHUNK_BYTES,
                                   G_PRIORITY_DEFAULT, link->cancellable, read_cb, link);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean is_written = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error);
  PvProvisionLink *link = user_data;

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
  PvProvisionLink *link = user_data;
  const Ask *ask;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (connection == NULL) {
    finish (link, FALSE);
    return;
  }
  ask = g_queue_peek_head (&link->asks);
  link->connection = g_steal_pointer (&connection);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (link->connection)), ask->line,
                                   strlen (ask->line), G_PRIORITY_DEFAULT, link->cancellable, written_cb, link);
}

static void
begin (PvProvisionLink *link)
{
  g_autoptr (GSocketClient) client = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  const Ask *ask;

  if (g_queue_is_empty (&link->asks) || link->cancellable != NULL)
    return;
  client = g_socket_client_new ();
  address = g_unix_socket_address_new (link->socket_path);
  link->cancellable = g_cancellable_new ();
  ask = g_queue_peek_head (&link->asks);
  link->late_source =
    g_timeout_add (ask->verb == PV_SETUP_WRITE_DISK ? PV_PROVISION_LINK_WRITE_MS : PV_PROVISION_LINK_MS, late_cb, link);
  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (address), link->cancellable, connected_cb, link);
}

PvProvisionLink *
pv_provision_link_new (const char *socket_path, PvProvisionReplied replied, PvProvisionProgress progress,
                       gpointer user_data)
{
  PvProvisionLink *link = g_new0 (PvProvisionLink, 1);

  link->socket_path = g_strdup (socket_path);
  link->replied = replied;
  link->progress = progress;
  link->user_data = user_data;
  link->reply = g_string_new (NULL);
  g_queue_init (&link->asks);
  return link;
}

void
pv_provision_link_free (PvProvisionLink *link)
{
  if (link == NULL)
    return;
  g_clear_handle_id (&link->next_source, g_source_remove);
  end_asking (link);
  g_queue_clear_full (&link->asks, (GDestroyNotify) ask_free);
  g_string_free (link->reply, TRUE);
  g_free (link->socket_path);
  g_free (link);
}

void
pv_provision_link_ask (PvProvisionLink *link, PvSetupVerb verb, const char *line)
{
  Ask *ask;

  if (g_queue_get_length (&link->asks) >= PV_PROVISION_LINK_MAX_REQUESTS) {
    const char *const none[] = { NULL };

    link->replied (verb, PV_SETUP_BECAUSE_AWAY, none, link->user_data);
    return;
  }
  ask = g_new0 (Ask, 1);
  ask->verb = verb;
  ask->line = g_strdup (line);
  g_queue_push_tail (&link->asks, ask);
  if (g_queue_get_length (&link->asks) == 1 && link->next_source == 0)
    link->next_source = g_idle_add (next_cb, link);
}

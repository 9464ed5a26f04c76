/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "link/line.h"

#include "link/peer.h"

struct PvLine {
  /* owned */
  char *socket_path, *object_path, *interface;
  GCancellable *cancellable; /* of what is under way */
  GDBusProxy *proxy;         /* NULL while it is down */
  /* handles */
  guint retry_id;
  /* borrowed */
  PvLineEvents events;
  gpointer user_data;

  GType proxy_type;
  guint retry_ms;
  gboolean was_told_down;
};

static void connect_later (PvLine *line);

static void
hang_up (PvLine *line)
{
  if (line->proxy == NULL)
    return;
  g_signal_handlers_disconnect_by_data (g_dbus_proxy_get_connection (line->proxy), line);
  g_signal_handlers_disconnect_by_data (line->proxy, line->user_data);
  g_clear_object (&line->proxy);
}

static void
go_down (PvLine *line)
{
  hang_up (line);
  connect_later (line);
  if (line->was_told_down)
    return;
  line->was_told_down = TRUE;
  line->events.down (line->user_data);
}

static void
closed_cb (GDBusConnection *connection, gboolean remote_vanished, GError *error, gpointer user_data)
{
  (void) connection;
  (void) remote_vanished;
  (void) error;
  go_down (user_data);
}

static void
proxy_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GObject *proxy = g_async_initable_new_finish (G_ASYNC_INITABLE (source), result, &error);
  PvLine *line = user_data;
  GDBusConnection *connection;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (proxy == NULL) {
    go_down (line);
    return;
  }
  line->proxy = G_DBUS_PROXY (proxy);
  connection = g_dbus_proxy_get_connection (line->proxy);
  g_signal_connect (connection, "closed", G_CALLBACK (closed_cb), line);
  if (g_dbus_connection_is_closed (connection)) {
    go_down (line);
    return;
  }
  line->was_told_down = FALSE;
  line->events.up (line->proxy, line->user_data);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = pv_peer_connect_finish (result, &error);
  PvLine *line = user_data;

  (void) source;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (connection == NULL)
    go_down (line);
  else
    g_async_initable_new_async (line->proxy_type, G_PRIORITY_DEFAULT, line->cancellable, proxy_cb, line, "g-connection",
                                connection, "g-object-path", line->object_path, "g-interface-name", line->interface,
                                NULL);
}

static gboolean
connect_cb (gpointer user_data)
{
  PvLine *line = user_data;

  line->retry_id = 0;
  pv_peer_connect_async (line->socket_path, PV_PEER_HANDSHAKE_MS, line->cancellable, connected_cb, line);
  return G_SOURCE_REMOVE;
}

static void
connect_later (PvLine *line)
{
  if (line->retry_id == 0)
    line->retry_id = g_timeout_add (line->retry_ms, connect_cb, line);
}

PvLine *
pv_line_new (const PvLineTarget *target, const PvLineEvents *events, gpointer user_data)
{
  PvLine *line = g_new0 (PvLine, 1);

  line->socket_path = g_strdup (target->socket_path);
  line->object_path = g_strdup (target->object_path);
  line->interface = g_strdup (target->interface);
  line->proxy_type = target->proxy_type;
  line->retry_ms = target->retry_ms;
  line->events = *events;
  line->user_data = user_data;
  line->cancellable = g_cancellable_new ();
  connect_cb (line);
  return line;
}

void
pv_line_free (PvLine *line)
{
  if (line == NULL)
    return;
  g_cancellable_cancel (line->cancellable);
  g_clear_handle_id (&line->retry_id, g_source_remove);
  hang_up (line);
  g_object_unref (line->cancellable);
  g_free (line->socket_path);
  g_free (line->object_path);
  g_free (line->interface);
  g_free (line);
}

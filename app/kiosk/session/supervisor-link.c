/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/supervisor-link.h"

#include "link/peer.h"
#include "pv-link-session1.h"

struct PvSupervisorLink {
  PvSupervisorEvents events;
  gpointer user_data;
  GCancellable *cancellable;
  GDBusConnection *connection; /* NULL until it is up */
  PvLinkSession1 *skeleton;
  gboolean is_ready; /* was said before the line was up */
};

static gboolean
show_cb (PvLinkSession1 *skeleton, GDBusMethodInvocation *invocation, gpointer user_data)
{
  PvSupervisorLink *link = user_data;

  link->events.show (link->user_data);
  pv_link_session1_complete_show (skeleton, invocation);
  return TRUE;
}

static gboolean
ping_cb (PvLinkSession1 *skeleton, GDBusMethodInvocation *invocation, gpointer user_data)
{
  PvSupervisorLink *link = user_data;

  pv_link_session1_complete_ping (skeleton, invocation, link->events.ping (link->user_data));
  return TRUE;
}

static gboolean
finish_cb (PvLinkSession1 *skeleton, GDBusMethodInvocation *invocation, gpointer user_data)
{
  PvSupervisorLink *link = user_data;

  pv_link_session1_complete_finish (skeleton, invocation);
  link->events.finish (link->user_data);
  return TRUE;
}

static gboolean
out_of_order_cb (PvLinkSession1 *skeleton, GDBusMethodInvocation *invocation, gpointer user_data)
{
  PvSupervisorLink *link = user_data;

  link->events.out_of_order (link->user_data);
  pv_link_session1_complete_show_out_of_order (skeleton, invocation);
  return TRUE;
}

/* Without a supervisor there is nobody to show the next session: a session never outlives it. */
static void
closed_cb (GDBusConnection *connection, gboolean remote_peer_vanished, GError *error, gpointer user_data)
{
  PvSupervisorLink *link = user_data;

  (void) connection;
  (void) remote_peer_vanished;
  (void) error;
  link->events.finish (link->user_data);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = pv_peer_connect_finish (result, &error);
  PvSupervisorLink *link = user_data;

  (void) source;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (connection == NULL
      || !g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (link->skeleton), connection,
                                            "/org/parvis/Session1", NULL)) {
    g_clear_object (&connection);
    link->events.finish (link->user_data);
    return;
  }
  link->connection = connection;
  g_signal_connect (connection, "closed", G_CALLBACK (closed_cb), link);
  g_dbus_connection_start_message_processing (connection);
  if (link->is_ready)
    pv_link_session1_emit_ready (link->skeleton);
}

PvSupervisorLink *
pv_supervisor_link_new (int fd, const PvSupervisorEvents *events, gpointer user_data)
{
  PvSupervisorLink *link = g_new0 (PvSupervisorLink, 1);

  link->events = *events;
  link->user_data = user_data;
  link->cancellable = g_cancellable_new ();
  link->skeleton = pv_link_session1_skeleton_new ();
  g_signal_connect (link->skeleton, "handle-show", G_CALLBACK (show_cb), link);
  g_signal_connect (link->skeleton, "handle-ping", G_CALLBACK (ping_cb), link);
  g_signal_connect (link->skeleton, "handle-finish", G_CALLBACK (finish_cb), link);
  g_signal_connect (link->skeleton, "handle-show-out-of-order", G_CALLBACK (out_of_order_cb), link);
  pv_peer_connect_fd_async (fd, PV_PEER_SERVER, PV_PEER_HANDSHAKE_MS, link->cancellable, connected_cb, link);
  return link;
}

void
pv_supervisor_link_free (PvSupervisorLink *link)
{
  if (link == NULL)
    return;
  g_cancellable_cancel (link->cancellable);
  g_object_unref (link->cancellable);
  if (link->connection != NULL) {
    g_signal_handlers_disconnect_by_data (link->connection, link);
    /* The last words must be on their way before the process ends. */
    g_dbus_connection_flush_sync (link->connection, NULL, NULL);
    g_object_unref (link->connection);
  }
  g_object_unref (link->skeleton);
  g_free (link);
}

void
pv_supervisor_link_ready (PvSupervisorLink *link)
{
  link->is_ready = TRUE;
  if (link->connection != NULL)
    pv_link_session1_emit_ready (link->skeleton);
}

void
pv_supervisor_link_shown (PvSupervisorLink *link)
{
  pv_link_session1_emit_shown (link->skeleton);
}

void
pv_supervisor_link_touched (PvSupervisorLink *link)
{
  pv_link_session1_emit_touched (link->skeleton);
}

void
pv_supervisor_link_deadline (PvSupervisorLink *link, guint seconds)
{
  pv_link_session1_emit_deadline (link->skeleton, seconds);
}

void
pv_supervisor_link_goodbye (PvSupervisorLink *link)
{
  pv_link_session1_emit_goodbye (link->skeleton);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/printer-link.h"

#include <gio/gunixfdlist.h>

#include "link/memfd.h"
#include "link/peer.h"
#include "pv-link-printer1.h"

struct PvPrinterLink {
  char *path, *session;
  PvPrinterEvents events;
  gpointer user_data;
  GCancellable *cancellable;
  PvLinkPrinter1 *proxy; /* NULL while the line is down */
  guint retry_source;
  guint job; /* 0: none; its states are of interest */
  gboolean is_asking;
};

static void connect_later (PvPrinterLink *link);

static void
tell_available (PvPrinterLink *link)
{
  if (link->proxy == NULL)
    link->events.available (FALSE, PV_PRINT_REASON_OFFLINE, link->user_data);
  else
    link->events.available (pv_link_printer1_get_is_available (link->proxy),
                            MIN (pv_link_printer1_get_reason (link->proxy), PV_PRINT_REASON_OTHER), link->user_data);
}

static void
properties_cb (GDBusProxy *proxy, GVariant *changed, GStrv invalidated, gpointer user_data)
{
  (void) proxy;
  (void) changed;
  (void) invalidated;
  tell_available (user_data);
}

static void
job_state_cb (PvLinkPrinter1 *proxy, guint job, guint state, guint reason, gpointer user_data)
{
  PvPrinterLink *link = user_data;

  (void) proxy;
  /* The first words about a job may overtake the answer that names it. */
  if ((job != link->job && !link->is_asking) || state > PV_PRINT_UNKNOWN)
    return;
  link->events.job (state, MIN (reason, PV_PRINT_REASON_OTHER), link->user_data);
}

static void
closed_cb (GDBusConnection *connection, gboolean remote_peer_vanished, GError *error, gpointer user_data)
{
  PvPrinterLink *link = user_data;

  (void) connection;
  (void) remote_peer_vanished;
  (void) error;
  if (link->proxy == NULL)
    return;
  g_signal_handlers_disconnect_by_data (link->proxy, link);
  g_clear_object (&link->proxy);
  if (link->job != 0)
    link->events.job (PV_PRINT_UNKNOWN, PV_PRINT_REASON_OFFLINE, link->user_data);
  link->job = 0;
  tell_available (link);
  connect_later (link);
}

static void
proxy_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  PvLinkPrinter1 *proxy = pv_link_printer1_proxy_new_finish (result, &error);
  PvPrinterLink *link = user_data;
  GDBusConnection *connection;

  (void) source;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (proxy == NULL) {
    connect_later (link);
    return;
  }
  connection = g_dbus_proxy_get_connection (G_DBUS_PROXY (proxy));
  link->proxy = proxy;
  g_signal_connect (proxy, "job-state", G_CALLBACK (job_state_cb), link);
  g_signal_connect (proxy, "g-properties-changed", G_CALLBACK (properties_cb), link);
  g_signal_connect (connection, "closed", G_CALLBACK (closed_cb), link);
  if (g_dbus_connection_is_closed (connection))
    closed_cb (connection, TRUE, NULL, link);
  else
    tell_available (link);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = pv_peer_connect_finish (result, &error);
  PvPrinterLink *link = user_data;

  (void) source;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (connection == NULL)
    connect_later (link);
  else
    pv_link_printer1_proxy_new (connection, G_DBUS_PROXY_FLAGS_NONE, NULL, "/org/parvis/Printer1", link->cancellable,
                                proxy_cb, link);
}

static gboolean
connect_cb (gpointer user_data)
{
  PvPrinterLink *link = user_data;

  link->retry_source = 0;
  pv_peer_connect_async (link->path, PV_PEER_HANDSHAKE_MS, link->cancellable, connected_cb, link);
  return G_SOURCE_REMOVE;
}

static void
connect_later (PvPrinterLink *link)
{
  if (link->retry_source == 0)
    link->retry_source = g_timeout_add (PV_PRINTER_RETRY_MS, connect_cb, link);
}

PvPrinterLink *
pv_printer_link_new (const char *socket_path, const char *session, const PvPrinterEvents *events, gpointer user_data)
{
  PvPrinterLink *link = g_new0 (PvPrinterLink, 1);

  link->path = g_strdup (socket_path);
  link->session = g_strdup (session);
  link->events = *events;
  link->user_data = user_data;
  link->cancellable = g_cancellable_new ();
  connect_cb (link);
  return link;
}

void
pv_printer_link_free (PvPrinterLink *link)
{
  if (link == NULL)
    return;
  g_cancellable_cancel (link->cancellable);
  g_clear_handle_id (&link->retry_source, g_source_remove);
  if (link->proxy != NULL) {
    g_signal_handlers_disconnect_by_data (g_dbus_proxy_get_connection (G_DBUS_PROXY (link->proxy)), link);
    g_signal_handlers_disconnect_by_data (link->proxy, link);
    g_clear_object (&link->proxy);
  }
  g_object_unref (link->cancellable);
  g_free (link->path);
  g_free (link->session);
  g_free (link);
}

PvPrintMedia
pv_printer_link_get_media (const PvPrinterLink *link)
{
  PvPrintMedia media = PV_PRINT_MEDIA_ROLL_80MM;
  const char *word = link->proxy != NULL ? pv_link_printer1_get_media (link->proxy) : NULL;

  if (word != NULL)
    pv_print_media_from_string (word, &media);
  return media;
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUnixFDList) list = NULL;
  PvPrinterLink *link = user_data;
  guint job = 0;

  pv_link_printer1_call_print_finish (PV_LINK_PRINTER1 (source), &job, &list, result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  link->is_asking = FALSE;
  if (error == NULL)
    link->job = job;
  else
    link->events.job (PV_PRINT_FAILED, PV_PRINT_REASON_OFFLINE, link->user_data);
}

void
pv_printer_link_print (PvPrinterLink *link, GBytes *pdf)
{
  g_autoptr (GUnixFDList) list = NULL;
  int fd = link->proxy != NULL ? pv_memfd_from_bytes (pdf, NULL) : -1;

  if (fd < 0) {
    link->events.job (PV_PRINT_FAILED, PV_PRINT_REASON_OFFLINE, link->user_data);
    return;
  }
  list = g_unix_fd_list_new_from_array (&fd, 1); /* takes it */
  link->job = 0;
  link->is_asking = TRUE;
  pv_link_printer1_call_print (link->proxy, link->session, g_variant_new_handle (0), G_DBUS_CALL_FLAGS_NONE,
                               PV_PRINTER_CALL_MS, list, link->cancellable, printed_cb, link);
}

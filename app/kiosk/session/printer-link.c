/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/printer-link.h"

#include <gio/gunixfdlist.h>

#include "link/line.h"
#include "link/memfd.h"
#include "pv-link-printer1.h"

struct PvPrinterLink {
  char *session;
  PvPrinterEvents events;
  gpointer user_data;
  GCancellable *cancellable;
  PvLine *line;
  PvLinkPrinter1 *proxy; /* borrowed; NULL while the line is down */
  guint job;             /* 0: none; its states are of interest */
  gboolean is_asking;
};

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
up_cb (GDBusProxy *proxy, gpointer user_data)
{
  PvPrinterLink *link = user_data;

  link->proxy = PV_LINK_PRINTER1 (proxy);
  g_signal_connect (proxy, "job-state", G_CALLBACK (job_state_cb), link);
  g_signal_connect (proxy, "g-properties-changed", G_CALLBACK (properties_cb), link);
  tell_available (link);
}

static void
down_cb (gpointer user_data)
{
  PvPrinterLink *link = user_data;

  link->proxy = NULL;
  if (link->job != 0)
    link->events.job (PV_PRINT_UNKNOWN, PV_PRINT_REASON_OFFLINE, link->user_data);
  link->job = 0;
  tell_available (link);
}

PvPrinterLink *
pv_printer_link_new (const char *socket_path, const char *session, const PvPrinterEvents *events, gpointer user_data)
{
  static const PvLineEvents line_events = { up_cb, down_cb };
  const PvLineTarget target = {
    .socket_path = socket_path,
    .object_path = "/org/parvis/Printer1",
    .interface = "org.parvis.Printer1",
    .proxy_type = PV_LINK_TYPE_PRINTER1_PROXY,
    .retry_ms = PV_PRINTER_RETRY_MS,
  };
  PvPrinterLink *link = g_new0 (PvPrinterLink, 1);

  link->session = g_strdup (session);
  link->events = *events;
  link->user_data = user_data;
  link->cancellable = g_cancellable_new ();
  link->line = pv_line_new (&target, &line_events, link);
  return link;
}

void
pv_printer_link_free (PvPrinterLink *link)
{
  if (link == NULL)
    return;
  g_cancellable_cancel (link->cancellable);
  pv_line_free (link->line);
  g_object_unref (link->cancellable);
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

guint
pv_printer_link_get_longest_mm (const PvPrinterLink *link)
{
  return link->proxy != NULL ? pv_link_printer1_get_longest (link->proxy) : 0;
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
    /* Without an answer of the service nobody knows. */
    link->events.job (g_dbus_error_is_remote_error (error) ? PV_PRINT_FAILED : PV_PRINT_UNKNOWN,
                      PV_PRINT_REASON_OFFLINE, link->user_data);
}

void
pv_printer_link_print (PvPrinterLink *link, GBytes *pdf, const char *language)
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
  pv_link_printer1_call_print (link->proxy, link->session, language, g_variant_new_handle (0), G_DBUS_CALL_FLAGS_NONE,
                               PV_PRINTER_CALL_MS, list, link->cancellable, printed_cb, link);
}

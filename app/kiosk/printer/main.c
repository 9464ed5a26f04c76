/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis-printer --config DIR: the service that owns the printer. With --job, --status or --sweep: one of its children. */

#include "kiosk/printer/child.h"
#include "kiosk/printer/service.h"
#include "platform/harden.h"
#include "platform/log.h"
#include "platform/renewal.h"
#include "platform/settings.h"

#include <glib-unix.h>
#include <stdlib.h>
#include <systemd/sd-daemon.h>

typedef struct {
  char *folder; /* owned */
  gboolean is_job, is_status, is_sweep, is_renewing;
} Options;

static gboolean
parse_options (int *argc, char ***argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &options->folder, "Folder of the settings", "DIR" },
    { "renew", 0, 0, G_OPTION_ARG_NONE, &options->is_renewing,
      "End, to be started again, when the settings have changed and nobody is at the kiosk", NULL },
    { "job", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &options->is_job, NULL, NULL },
    { "status", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &options->is_status, NULL, NULL },
    { "sweep", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &options->is_sweep, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (options->folder == NULL)
    options->folder = g_strdup (PV_SETTINGS_DEFAULT_FOLDER);
  return TRUE;
}

typedef struct {
  GMainLoop *loop;
  PvPrinterService *service;
} Run;

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;

  (void) source;
  (void) result;
  g_main_loop_quit (run->loop);
}

static gboolean
terminate_cb (gpointer user_data)
{
  Run *run = user_data;

  sd_notify (0, "STOPPING=1");
  pv_printer_service_stop_async (run->service, stopped_cb, run);
  return G_SOURCE_REMOVE;
}

static gboolean
is_idle_cb (gpointer user_data)
{
  Run *run = user_data;

  return pv_printer_service_is_idle (run->service);
}

static void
renew_cb (gpointer user_data)
{
  terminate_cb (user_data);
}

/* @renewal: (nullable) */
static int
serve (Run *run, const PvSettings *settings, const char *folder, PvRenewal *renewal)
{
  const char *const child_arguments[] = { "--config", folder, NULL };
  gboolean has_printer = pv_settings_get_bool (settings, PV_SETTING_PRINTER_ENABLED)
                         && (pv_settings_get_text (settings, PV_SETTING_PRINTER_URI) != NULL
                             || pv_settings_get_text (settings, PV_SETTING_PRINTER_QUEUE) != NULL);
  g_autofree char *socket =
    g_build_filename (pv_settings_get_text (settings, PV_SETTING_PATHS_RUNTIME), "printer.sock", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (PvPrinterService) service = NULL;

  run->loop = loop;
  /* Before there is a socket: who sees it may already send a signal. */
  g_unix_signal_add (SIGTERM, terminate_cb, run);
  g_unix_signal_add (SIGINT, terminate_cb, run);
  service = pv_printer_service_new (socket, pv_settings_get_text (settings, PV_SETTING_SESSION_USER),
                                    pv_settings_get_text (settings, PV_SETTING_PRINTER_MEDIA),
                                    has_printer ? child_arguments : NULL, &error);
  if (service == NULL) {
    pv_log_event (PV_LOG_ERROR, "no-socket", PV_LOG_CAUSE (error));
    return EXIT_FAILURE;
  }
  run->service = service;
  if (renewal != NULL)
    pv_renewal_aim (renewal, pv_settings_get_text (settings, PV_SETTING_PATHS_RUNTIME));
  pv_log_event (PV_LOG_INFO, "ready", PV_LOG_INT ("printer", has_printer));
  sd_notify (0, "READY=1");
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}

static int
wait_and_print (const char *folder, const PvSettings *settings)
{
  g_autoptr (PvSettings) newest = NULL;
  PvPrinterOrder order;
  int document_fd;

  pv_printer_child_prepare (settings);
  if (!pv_printer_child_wait (&order, &document_fd))
    return EXIT_SUCCESS;
  /* They may have changed while we waited. */
  newest = pv_settings_load (folder, NULL);
  return pv_printer_child_run (PV_PRINTER_TASK_JOB, &order, document_fd, newest != NULL ? newest : settings);
}

int
main (int argc, char **argv)
{
  Options options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (PvRenewal) renewal = NULL;
  g_autoptr (PvSettings) settings = NULL;
  Run run = { 0 };
  int status;

  g_set_prgname ("parvis-printer");
  pv_log_silence_libraries ();
  if (!pv_harden_process (&error) || !parse_options (&argc, &argv, &options, &error)) {
    pv_log_event (PV_LOG_ERROR, "cannot-start", PV_LOG_CAUSE (error));
    return EXIT_FAILURE;
  }
  /* Before the settings are read: what changes from here on is not missed. */
  if (options.is_renewing)
    renewal = pv_renewal_new (options.folder, pv_clock_get_system (), &(PvRenewalHooks){ is_idle_cb, renew_cb }, &run);
  settings = pv_settings_load (options.folder, &error);
  if (settings == NULL) {
    pv_log_bad_settings (error);
    status = EXIT_FAILURE;
  } else if (options.is_job) {
    status = wait_and_print (options.folder, settings);
  } else if (options.is_status) {
    status = pv_printer_child_run (PV_PRINTER_TASK_STATUS, NULL, -1, settings);
  } else if (options.is_sweep) {
    status = pv_printer_child_run (PV_PRINTER_TASK_SWEEP, NULL, -1, settings);
  } else {
    status = serve (&run, settings, options.folder, renewal);
  }
  g_free (options.folder);
  return status;
}

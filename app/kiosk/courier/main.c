/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis-courier: carries filings to the portal and the portal's offers to the sessions. */

#include <gio/gio.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/courier/ask-worker.h"
#include "kiosk/courier/courier.h"
#include "kiosk/courier/worker.h"
#include "link/outbox-format.h"
#include "link/release.h"
#include "platform/clock.h"
#include "platform/harden.h"
#include "platform/log.h"
#include "platform/language.h"
#include "platform/renewal.h"
#include "platform/settings.h"

enum { EXIT_USAGE = 2 };

typedef struct Options {
  char *config;
  char *worker; /* (nullable): task of a child */
  int parent;
  int time_scale;
  gboolean is_renewing;
} Options;

static gboolean
parse_options (int *argc, char ***argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &options->config, "Folder of the settings", "DIR" },
    { "renew", 0, 0, G_OPTION_ARG_NONE, &options->is_renewing,
      "End, to be started again, when the settings have changed and nobody is at the kiosk", NULL },
    { "worker", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &options->worker, NULL, NULL },
    { "parent", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, &options->parent, NULL, NULL },
    { "time-scale", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, &options->time_scale, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, "Carries filings to the portal, and the portal's offers to the sessions.");
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, error);
}

/* What an administrator has to mend before it can start: files and settings, nothing of a citizen. */
static int
complain (const char *what, const GError *error)
{
  g_autofree char *text = g_strdup_printf ("parvis-courier: %s: %s\n", what, error->message);

  return write (STDERR_FILENO, text, strlen (text)) < 0 ? EXIT_USAGE : EXIT_FAILURE;
}

static int
run_worker (const Options *options)
{
  g_autoptr (PvSettings) settings = NULL;
  gboolean is_asking = g_str_equal (options->worker, "ask");
  PvWorkerTask task = PV_N_WORKER_TASKS;

  pv_worker_follow (options->parent);
  if (!is_asking && !pv_worker_task_from_name (options->worker, &task))
    return EXIT_USAGE;
  settings = pv_settings_load (options->config, NULL);
  if (settings == NULL)
    return EXIT_FAILURE;
  if (is_asking)
    return pv_ask_worker_run (settings, STDIN_FILENO, PV_ASK_ANSWER_FD, STDOUT_FILENO);
  return pv_worker_run (settings, task, STDIN_FILENO, STDOUT_FILENO);
}

typedef struct Program {
  GMainLoop *loop;
  PvCourier *courier;
} Program;

static void
stopped_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
}

static gboolean
signal_cb (gpointer user_data)
{
  Program *program = user_data;

  pv_courier_stop (program->courier, stopped_cb, program->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
is_idle_cb (gpointer user_data)
{
  Program *program = user_data;

  return pv_courier_is_idle (program->courier);
}

static void
renew_cb (gpointer user_data)
{
  Program *program = user_data;

  pv_courier_stop (program->courier, stopped_cb, program->loop);
}

static int
serve (const Options *options)
{
  static const PvRenewalHooks hooks = { is_idle_cb, renew_cb };
  g_autoptr (GError) error = NULL;
  Program program = { 0 };
  /* Before the settings are read: what changes from here on is not missed. */
  g_autoptr (PvRenewal) renewal =
    options->is_renewing ? pv_renewal_new (options->config, pv_clock_get_system (), &hooks, &program) : NULL;
  g_autoptr (PvSettings) settings = pv_settings_load (options->config, &error);

  if (settings == NULL) {
    pv_log_bad_settings (error);
    return EXIT_FAILURE;
  }
  pv_clock_trust_system (pv_settings_get_bool (settings, PV_SETTING_CLOCK_TRUSTED));
  pv_release_read_confirmed (pv_settings_get_text (settings, PV_SETTING_PATHS_STATE));
  program.courier = pv_courier_new (settings, options->config, (guint) CLAMP (options->time_scale, 1, 1000), &error);
  if (program.courier == NULL)
    return complain ("start", error);
  program.loop = g_main_loop_new (NULL, FALSE);
  if (renewal != NULL)
    pv_renewal_aim (renewal, pv_settings_get_text (settings, PV_SETTING_PATHS_RUNTIME));
  g_unix_signal_add (SIGTERM, signal_cb, &program);
  g_unix_signal_add (SIGINT, signal_cb, &program);
  g_main_loop_run (program.loop);
  pv_courier_free (program.courier);
  g_main_loop_unref (program.loop);
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  g_autofree char *config = NULL, *worker = NULL;
  Options options = { .time_scale = 1 };
  g_autoptr (GError) error = NULL;
  gboolean is_parsed;

  signal (SIGPIPE, SIG_IGN);
  pv_language_start (); /* a worker writes to the agents */
  g_set_prgname ("parvis-courier");
  /* Standard output is a worker's report; nothing else goes there. */
  g_log_writer_default_set_use_stderr (TRUE);
  if (!pv_harden_process (&error))
    return complain ("start", error);
  pv_log_silence_libraries ();
  is_parsed = parse_options (&argc, &argv, &options, &error);
  config = options.config != NULL ? options.config : g_strdup (PV_SETTINGS_DEFAULT_FOLDER);
  worker = options.worker;
  options.config = config;
  if (!is_parsed || !pv_outbox_init (&error)) {
    complain ("start", error);
    return EXIT_USAGE;
  }
  return worker != NULL ? run_worker (&options) : serve (&options);
}

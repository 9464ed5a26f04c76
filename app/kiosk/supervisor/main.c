/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis: the program that the compositor starts. Shows one session, keeps the next one warm, and watches. */

#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>

#include "kiosk/supervisor/supervisor.h"
#include "platform/harden.h"
#include "platform/log.h"
#include "platform/settings.h"

enum { EXIT_USAGE = 2 };

static char *config_folder;
static char *session_program, *service_program, *setup_program;
static int time_scale = 1;

static const GOptionEntry options[] = {
  { "config", 0, 0, G_OPTION_ARG_FILENAME, &config_folder, "Folder of the settings", "DIR" },
  { "session-program", 0, 0, G_OPTION_ARG_FILENAME, &session_program, "Instead of the installed parvis-session",
    "PATH" },
  { "service-program", 0, 0, G_OPTION_ARG_FILENAME, &service_program, "Instead of the installed parvis-service",
    "PATH" },
  { "setup-program", 0, 0, G_OPTION_ARG_FILENAME, &setup_program, "Instead of the installed parvis-setup", "PATH" },
  { "time-scale", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, &time_scale, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

static gboolean
parse_options (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, "Shows one session after the other, and watches them.");
  g_option_context_add_main_entries (context, options, NULL);
  return g_option_context_parse (context, &argc, &argv, NULL) && argc == 1 && time_scale >= 1
         && time_scale <= PV_SUPERVISOR_MAX_TIME_SCALE;
}

/* Beside this program, or where it is installed. */
static char *
find_program (const char *name)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *beside = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;

  if (beside != NULL && g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  return g_build_filename (PV_LIBEXECDIR, name, NULL);
}

static gboolean
signal_cb (gpointer user_data)
{
  pv_supervisor_stop (user_data);
  return G_SOURCE_CONTINUE;
}

static void
ended_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = NULL;
  g_autoptr (PvSupervisor) supervisor = NULL;

  pv_log_silence_libraries ();
  signal (SIGPIPE, SIG_IGN);
  if (!parse_options (argc, argv)) {
    pv_log_event (PV_LOG_ERROR, "bad-options");
    return EXIT_USAGE;
  }
  if (!pv_harden_process (&error) || !pv_forbid_internet (&error)) {
    pv_log_event (PV_LOG_ERROR, "not-hardened", PV_LOG_CAUSE (error));
    return EXIT_FAILURE;
  }
  if (config_folder == NULL)
    config_folder = g_strdup (PV_SETTINGS_DEFAULT_FOLDER);
  if (session_program == NULL)
    session_program = find_program ("parvis-session");
  if (service_program == NULL)
    service_program = find_program ("parvis-service");
  if (setup_program == NULL)
    setup_program = find_program ("parvis-setup");
  loop = g_main_loop_new (NULL, FALSE);
  supervisor = pv_supervisor_new (&(PvSupervisorOptions){ .config = config_folder,
                                                          .session_program = session_program,
                                                          .service_program = service_program,
                                                          .setup_program = setup_program,
                                                          .time_scale = (guint) time_scale },
                                  ended_cb, loop);
  g_unix_signal_add (SIGTERM, signal_cb, supervisor);
  g_unix_signal_add (SIGINT, signal_cb, supervisor);
  g_main_loop_run (loop);
  g_free (config_folder);
  g_free (session_program);
  g_free (service_program);
  g_free (setup_program);
  return EXIT_SUCCESS;
}

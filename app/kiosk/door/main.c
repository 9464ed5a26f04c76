/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis-door: what is done for the service screen by somebody who may.
 *
 *   parvis-door key DEVICE     a stick is plugged in          parvis-door gone       it is gone
 *   parvis-door answer         one request on standard input, one answer on standard output: a socket of systemd's
 */

#include <glib-unix.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/wipe.h"
#include "kiosk/door/door.h"
#include "kiosk/door/request.h"
#include "platform/clock.h"
#include "platform/harden.h"
#include "platform/line-io.h"
#include "platform/log.h"
#include "platform/service-files.h"

enum { EXIT_USAGE = 2 };

static char *config_folder, *ctl_program, *restart_program;

static const GOptionEntry options[] = {
  { "config", 0, 0, G_OPTION_ARG_FILENAME, &config_folder, "Folder of the settings", "DIR" },
  { "ctl-program", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &ctl_program, NULL, NULL },
  { "restart-program", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &restart_program, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

static int
answer_one (PvDoor *door)
{
  char line[PV_DOOR_MAX_LINE_BYTES + 1] = { 0 };
  g_autofree char *answer = NULL;

  if (!pv_line_read (STDIN_FILENO, line, sizeof line))
    return EXIT_FAILURE;
  answer = pv_door_answer (door, line);
  pv_wipe_bytes (line, sizeof line);
  pv_line_say (STDOUT_FILENO, answer);
  pv_wipe_bytes (answer, strlen (answer));
  return EXIT_SUCCESS;
}

static int
run (PvDoor *door, char **words)
{
  if (g_strcmp0 (words[0], "answer") == 0 && words[1] == NULL)
    return answer_one (door);
  if (g_strcmp0 (words[0], "key") == 0 && words[1] != NULL && words[2] == NULL)
    return pv_door_take_key (door, words[1]) ? EXIT_SUCCESS : EXIT_FAILURE;
  if (g_strcmp0 (words[0], "gone") == 0 && words[1] == NULL) {
    pv_door_drop_key (door);
    return EXIT_SUCCESS;
  }
  return EXIT_USAGE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("key DEVICE|gone|answer");
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSettings) settings = NULL;
  PvDoor door = { 0 };
  int status = EXIT_USAGE;

  g_set_prgname ("parvis-door");
  pv_log_silence_libraries ();
  g_option_context_add_main_entries (context, options, NULL);
  if (!pv_harden_process (&error) || !g_option_context_parse (context, &argc, &argv, &error)) {
    pv_log_event (PV_LOG_ERROR, "cannot-start", PV_LOG_CAUSE (error));
    return EXIT_USAGE;
  }
  umask (0022); /* what others may see says so: that a key is there, that the kiosk is closed */
  door.config = config_folder != NULL ? config_folder : PV_SETTINGS_DEFAULT_FOLDER;
  /* A kiosk whose settings are wrong is one that needs service. */
  settings = pv_settings_load_what_is_right (door.config);
  door.settings = settings;
  door.ctl_program = ctl_program != NULL ? ctl_program : PV_BINDIR "/parvisctl";
  door.restart_program = restart_program != NULL ? restart_program : "/usr/bin/systemctl";
  door.runtime = pv_service_files_runtime (settings);
  door.state = pv_service_files_state (settings);
  door.now_s = pv_clock_get_wall_us (pv_clock_get_system ()) / G_USEC_PER_SEC;
  if (argc > 1)
    status = run (&door, argv + 1);
  g_free (door.runtime);
  g_free (door.state);
  g_free (config_folder);
  g_free (ctl_program);
  g_free (restart_program);
  return status;
}

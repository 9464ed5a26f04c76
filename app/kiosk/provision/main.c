/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis-provision: what is done for the first-start assistant by somebody who may.
 *
 *   parvis-provision begin     at the start of the machine: is a first start wanted?
 *   parvis-provision answer    one request on standard input, one reply on standard output: a socket of systemd's
 */

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/wipe.h"
#include "kiosk/provision/provision.h"
#include "platform/harden.h"
#include "platform/line-io.h"
#include "platform/log.h"
#include "platform/setup-files.h"

enum { EXIT_USAGE = 2 };

static char *config_folder, *ctl_program, *systemctl_program, *credstore, *network_folder, *firewall_folder,
  *install_flag, *install_program;

static const GOptionEntry options[] = {
  { "config", 0, 0, G_OPTION_ARG_FILENAME, &config_folder, "Folder of the settings", "DIR" },
  { "ctl-program", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &ctl_program, NULL, NULL },
  { "systemctl-program", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &systemctl_program, NULL, NULL },
  { "credstore", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &credstore, NULL, NULL },
  { "network-folder", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &network_folder, NULL, NULL },
  { "firewall-folder", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &firewall_folder, NULL, NULL },
  { "install-flag", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &install_flag, NULL, NULL },
  { "install-program", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &install_program, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

static void
progress_cb (guint percent, gpointer user_data)
{
  g_autofree char *line = pv_setup_reply_make_progress (percent);

  (void) user_data;
  pv_line_say (STDOUT_FILENO, line);
}

static int
answer_one (PvProvision *provision)
{
  char line[PV_SETUP_MAX_LINE_BYTES + 1] = { 0 };
  g_autofree char *reply = NULL;

  if (!pv_line_read (STDIN_FILENO, line, sizeof line))
    return EXIT_FAILURE;
  reply = pv_provision_answer (provision, line);
  pv_wipe_bytes (line, sizeof line);
  pv_line_say (STDOUT_FILENO, reply);
  return EXIT_SUCCESS;
}

static int
run (PvProvision *provision, char **words)
{
  if (g_strcmp0 (words[0], "answer") == 0 && words[1] == NULL)
    return answer_one (provision);
  if (g_strcmp0 (words[0], "begin") == 0 && words[1] == NULL)
    return pv_provision_begin (provision) ? EXIT_SUCCESS : EXIT_FAILURE;
  return EXIT_USAGE;
}

static const char *
or_usual (const char *given, const char *usual)
{
  return given != NULL ? given : usual;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("begin|answer");
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSettings) settings = NULL;
  PvProvision provision = { 0 };
  int status = EXIT_USAGE;

  g_set_prgname ("parvis-provision");
  pv_log_silence_libraries ();
  g_option_context_add_main_entries (context, options, NULL);
  if (!pv_harden_process (&error) || !g_option_context_parse (context, &argc, &argv, &error)) {
    pv_log_event (PV_LOG_ERROR, "cannot-start", PV_LOG_CAUSE (error));
    return EXIT_USAGE;
  }
  umask (0022); /* what others may see says so: that a first start is wanted, and the settings */
  provision.config = or_usual (config_folder, PV_SETTINGS_DEFAULT_FOLDER);
  settings = pv_settings_load_what_is_right (provision.config);
  provision.ctl_program = or_usual (ctl_program, PV_BINDIR "/parvisctl");
  provision.systemctl_program = or_usual (systemctl_program, "/usr/bin/systemctl");
  provision.credstore = or_usual (credstore, "/etc/credstore");
  provision.network_folder = or_usual (network_folder, "/etc/systemd/network");
  provision.firewall_folder = or_usual (firewall_folder, "/etc/parvis/firewall.d");
  provision.install_flag = or_usual (install_flag, PV_SETUP_INSTALL);
  provision.install_program = or_usual (install_program, "/usr/lib/parvis/image/install");
  provision.progress = progress_cb;
  provision.runtime = pv_setup_files_runtime (settings);
  provision.state = pv_setup_files_state (settings);
  if (argc > 1)
    status = run (&provision, argv + 1);
  g_free (provision.runtime);
  g_free (provision.state);
  g_free (config_folder);
  g_free (ctl_program);
  g_free (systemctl_program);
  g_free (credstore);
  g_free (network_folder);
  g_free (firewall_folder);
  g_free (install_flag);
  g_free (install_program);
  return status;
}

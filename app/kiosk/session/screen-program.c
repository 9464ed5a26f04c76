/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/screen-program.h"

#include <gtk/gtk.h>
#include <malloc.h>

#include "platform/clock.h"
#include "platform/harden.h"
#include "platform/language.h"
#include "platform/log.h"
#include "view/emblem.h"
#include "view/theme.h"

static char *config_folder;
static char *session_id;
static int supervisor_fd = -1;

static const GOptionEntry options[] = {
  { "config", 0, 0, G_OPTION_ARG_FILENAME, &config_folder, "Folder of the settings", "DIR" },
  { "supervisor-fd", 0, 0, G_OPTION_ARG_INT, &supervisor_fd, "Socket of the supervisor", "FD" },
  { "session-id", 0, 0, G_OPTION_ARG_STRING, &session_id, "Name at the printer", "HEX" },
  G_OPTION_ENTRY_NULL,
};

static gboolean
parse_options (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, options, NULL);
  return g_option_context_parse (context, &argc, &argv, NULL) && argc == 1;
}

/* With something to mend: what is right of them, and a screen that says so. Whoever mends it gets another session. */
static PvSettings *
load_settings (const char *folder, gboolean *ret_are_right)
{
  g_autoptr (GError) error = NULL;
  PvSettings *settings = pv_settings_load (folder, &error);

  *ret_are_right = settings != NULL;
  if (settings != NULL)
    return settings;
  pv_log_bad_settings (error);
  return pv_settings_load_what_is_right (folder);
}

int
pv_screen_program_start (PvScreenProgram *program, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  mallopt (M_ARENA_MAX, 1); /* the few threads of the libraries allocate little: an arena each is waste */
  pv_log_silence_libraries ();
  pv_language_start ();
  gtk_disable_setlocale ();
  if (!parse_options (argc, argv)) {
    pv_log_event (PV_LOG_ERROR, "bad-options");
    return 2;
  }
  if (!pv_harden_process (&error) || !pv_forbid_internet (&error)) {
    pv_log_event (PV_LOG_ERROR, "not-hardened", PV_LOG_CAUSE (error));
    return 1;
  }
  program->folder = config_folder != NULL ? config_folder : PV_SETTINGS_DEFAULT_FOLDER;
  program->supervisor_fd = supervisor_fd;
  program->session_id = session_id != NULL ? session_id : "alone";
  program->settings = load_settings (program->folder, &program->are_settings_right);
  pv_clock_trust_system (pv_settings_get_bool (program->settings, PV_SETTING_CLOCK_TRUSTED));
  if (!pv_settings_get_bool (program->settings, PV_SETTING_ACCESSIBILITY_BUS))
    pv_forbid_accessibility_bus ();
  pv_emblem_prefetch (pv_settings_get_text (program->settings, PV_SETTING_COMMUNE_EMBLEM));
  pv_theme_prepare ();
  if (!gtk_init_check ()) {
    pv_log_event (PV_LOG_ERROR, "no-display");
    return 3;
  }
  return 0;
}

void
pv_screen_program_end (PvScreenProgram *program)
{
  g_clear_pointer (&program->settings, pv_settings_free);
  g_clear_pointer (&config_folder, g_free);
  g_clear_pointer (&session_id, g_free);
}

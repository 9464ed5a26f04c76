/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis-session: one citizen's process. Started by the supervisor; exits when the citizen has left. */

#include <gtk/gtk.h>
#include <malloc.h>

#include "kiosk/session/session.h"
#include "link/release.h"
#include "platform/clock.h"
#include "platform/harden.h"
#include "platform/language.h"
#include "platform/log.h"
#include "platform/maintenance-file.h"
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

static void
ended_cb (gpointer loop)
{
  g_main_loop_quit (loop);
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
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSettings) settings = NULL;
  g_autoptr (GMainLoop) loop = NULL;
  const char *folder;
  gboolean are_right;
  gint64 until_us;
  PvSession *session;

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
  folder = config_folder != NULL ? config_folder : PV_SETTINGS_DEFAULT_FOLDER;
  settings = load_settings (folder, &are_right);
  pv_clock_trust_system (pv_settings_get_bool (settings, PV_SETTING_CLOCK_TRUSTED));
  pv_release_read_confirmed (pv_settings_get_text (settings, PV_SETTING_PATHS_STATE));
  if (!pv_settings_get_bool (settings, PV_SETTING_ACCESSIBILITY_BUS))
    pv_forbid_accessibility_bus ();
  pv_emblem_prefetch (pv_settings_get_text (settings, PV_SETTING_COMMUNE_EMBLEM));
  pv_theme_prepare ();
  if (!gtk_init_check ()) {
    pv_log_event (PV_LOG_ERROR, "no-display");
    return 3;
  }
  loop = g_main_loop_new (NULL, FALSE);
  session = pv_session_new (settings, folder, supervisor_fd, session_id != NULL ? session_id : "alone", ended_cb, loop);
  if (!are_right)
    pv_session_show_out_of_order (session);
  else if (pv_maintenance_file_read (folder, pv_clock_get_wall_us (pv_clock_get_system ()), &until_us))
    pv_session_show_maintenance (session, until_us);
  g_main_loop_run (loop);
  pv_session_free (session);
  g_free (config_folder);
  g_free (session_id);
  return 0;
}

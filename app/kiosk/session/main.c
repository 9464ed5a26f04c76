/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis-session: one citizen's process. Started by the supervisor; exits when the citizen has left. */

#include "kiosk/session/screen-program.h"
#include "kiosk/session/session.h"
#include "link/release.h"
#include "platform/clock.h"
#include "platform/maintenance-file.h"

static void
ended_cb (gpointer loop)
{
  g_main_loop_quit (loop);
}

int
main (int argc, char **argv)
{
  PvScreenProgram program = { 0 };
  g_autoptr (GMainLoop) loop = NULL;
  gint64 until_us;
  PvSession *session;
  int status = pv_screen_program_start (&program, argc, argv);

  if (status != 0)
    return status;
  pv_release_read_confirmed (pv_settings_get_text (program.settings, PV_SETTING_PATHS_STATE));
  loop = g_main_loop_new (NULL, FALSE);
  session =
    pv_session_new (program.settings, program.folder, program.supervisor_fd, program.session_id, ended_cb, loop);
  if (!program.are_settings_right)
    pv_session_show_out_of_order (session);
  else if (pv_maintenance_file_read (program.folder, pv_clock_get_wall_us (pv_clock_get_system ()), &until_us))
    pv_session_show_maintenance (session, until_us);
  g_main_loop_run (loop);
  pv_session_free (session);
  pv_screen_program_end (&program);
  return 0;
}

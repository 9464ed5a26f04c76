/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis-service: the service screen. Started by the supervisor when a key is plugged in and no session lives; exits when whoever
 * looks after the kiosk has finished, or is gone. */

#include "kiosk/session/screen-program.h"
#include "kiosk/session/service-screen.h"

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
  PvServiceScreen *screen;
  int status = pv_screen_program_start (&program, argc, argv);

  if (status != 0)
    return status;
  loop = g_main_loop_new (NULL, FALSE);
  screen =
    pv_service_screen_new (program.settings, program.folder, program.supervisor_fd, program.session_id, ended_cb, loop);
  g_main_loop_run (loop);
  pv_service_screen_free (screen);
  pv_screen_program_end (&program);
  return 0;
}

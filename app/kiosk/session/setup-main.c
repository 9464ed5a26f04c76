/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis-setup: the first-start assistant. Started by the supervisor instead of sessions for as long as parvis-provision says that a
 * first start is wanted; the supervisor ends it. */

#include "kiosk/session/screen-program.h"
#include "kiosk/session/setup-screen.h"

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
  PvSetupScreen *screen;
  int status = pv_screen_program_start (&program, argc, argv);

  if (status != 0)
    return status;
  loop = g_main_loop_new (NULL, FALSE);
  screen = pv_setup_screen_new (program.settings, program.folder, program.supervisor_fd, ended_cb, loop);
  g_main_loop_run (loop);
  pv_setup_screen_free (screen);
  pv_screen_program_end (&program);
  return 0;
}

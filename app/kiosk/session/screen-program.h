/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* screen-program.h: how a program begins that the supervisor shows: options, walls, settings, GTK. */
#pragma once

#include "platform/settings.h"

typedef struct PvScreenProgram {
  const char *folder; /* of the settings */
  PvSettings *settings;
  gboolean are_settings_right; /* FALSE: what is right of them */
  int supervisor_fd;           /* -1: alone */
  const char *session_id;      /* name at the printer */
} PvScreenProgram;

/* First in main(). 0, or the status to end with, after having said why. Without an Internet socket from here on. */
int pv_screen_program_start (PvScreenProgram *program, int argc, char **argv);
void pv_screen_program_end (PvScreenProgram *program);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* find-program.h: where the programs are that a session starts as its children. */
#pragma once

#include <glib.h>

/* What @variable of the environment names, @name beside this program, or where it is installed. (transfer full) (nullable) */
char *pv_find_program (const char *variable, const char *name) G_GNUC_WARN_UNUSED_RESULT;

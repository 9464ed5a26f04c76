/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bounded-run.h: what another program says, within a time and a size. */
#pragma once

#include <glib.h>

/**
 * pv_run_bounded:
 * @argv: a program of the path and its arguments; no shell sees them
 * @seconds: then it is killed
 * @max_bytes: more is cut off, at its beginning
 *
 * Its standard error is thrown away. Blocks. GLib has a thread from here on: whoever forks, as doctor.h does, forks before.
 *
 * Returns: (transfer full) (nullable): valid UTF-8, also where it was late; NULL: it could not be started, or failed and said
 * nothing
 */
char *pv_run_bounded (const char *const *argv, guint seconds, gsize max_bytes) G_GNUC_WARN_UNUSED_RESULT;

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* release.h: whether the update that this program came with was confirmed, or may still be taken back (core/stored-format.h). */
#pragma once

#include <glib.h>

/**
 * pv_release_read_confirmed:
 * @state_folder: [paths] state
 *
 * To be called in main(), before any thread, and again by the one thread that writes stored formats, as an update is confirmed while
 * the program runs. A file that is there and cannot be read says that the update is on trial.
 */
void pv_release_read_confirmed (const char *state_folder);
/* FALSE until pv_release_read_confirmed(). The same thread. */
gboolean pv_release_is_confirmed (void);
/* That of this program, as the file names it (transfer none). */
const char *pv_release_get_name (void);

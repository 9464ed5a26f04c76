/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* served.h: whether somebody stands at the kiosk, for whoever waits until nobody does.
 *
 * A file in the folder of the setting [paths] runtime, on which the supervisor holds a shared lock of flock(2) from the first
 * touch of a session until its goodbye. The kernel lets go of it however the supervisor ends. What is to happen between two
 * citizens takes the exclusive one; an upgrade does it with flock(1). */
#pragma once

#include <glib.h>

#define PV_SERVED_FILE "served.lock"

/* The lock, held until the descriptor is closed. -1: not now, as somebody else has it for themselves, if only to look; to be tried
 * again. */
int pv_served_hold (const char *runtime) G_GNUC_WARN_UNUSED_RESULT;
/* FALSE also where there is no such file. */
gboolean pv_served_is_held (const char *runtime);

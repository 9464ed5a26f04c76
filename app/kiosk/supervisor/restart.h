/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* restart.h: when the machine is restarted by itself, and how that is asked for.
 *
 * At the set hour, or as soon after as nobody uses the kiosk, for three hours; then not before the next day. Who has just been
 * restarted is not again: the machine must have run for longer than that. The supervisor may not restart anything; it puts a file
 * into its runtime folder, and parvis-restart.path has systemd do it.
 */
#pragma once

#include <glib.h>

#define PV_RESTART_FILE "restart-wanted"

enum {
  PV_RESTART_WINDOW_MINUTES = 180,
  PV_RESTART_MIN_UP_MINUTES =
    PV_RESTART_WINDOW_MINUTES + 30, /* so that one window has one restart, whatever it takes */
};

/**
 * pv_restart_is_due:
 * @set_minute: after midnight; -1: never
 * @now_minute: likewise, by the same clock
 * @up_ms: since the machine was started
 * @is_idle: nobody uses it
 */
gboolean pv_restart_is_due (int set_minute, guint now_minute, gint64 up_ms, gboolean is_idle);
/* @folder: (nullable): NULL: there is none. FALSE: nobody will hear of it. Errors: G_FILE_ERROR. */
gboolean pv_restart_ask (const char *folder, GError **error);

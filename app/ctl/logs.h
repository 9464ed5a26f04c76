/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* logs.h: what the journal has of Parvis' own units, and of nothing else. */
#pragma once

#include <glib.h>

enum {
  PV_LOGS_MAX_LINES = 2000,
  PV_LOGS_MAX_BYTES = 1024 * 1024,
  PV_LOGS_S = 10,
};

/* "2026-12-01", "2026-12-01 14:30", "today", "yesterday", "2h", "30min", "3d": what systemd.time(7) makes of "-2h" and the
 * like. (transfer full) (nullable): NULL: nothing of these */
char *pv_logs_parse_since (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* @since: (nullable): of pv_logs_parse_since(). (transfer full) (nullable): NULL: there is no journal */
char *pv_logs_read (const char *since) G_GNUC_WARN_UNUSED_RESULT;

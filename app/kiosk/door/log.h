/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* log.h: the log of what was done on the service screen: time, verb, number of the key; no name, no PIN.
 *
 * Lines as assist/audit.h writes them, so that `parvisctl audit verify FOLDER` and `audit show FOLDER` read it: one file a month,
 * each line with the hash of all before it, the last hash in the head as well. A line of a verb that cannot be written is a deed
 * that is not done. Months that are over for more than PV_DOOR_LOG_MONTHS are removed. */
#pragma once

#include <gio/gio.h>

enum {
  PV_DOOR_LOG_MONTHS = 12,                  /* CNIL, recommendation on logs (2021): 6 to 12 months */
  PV_DOOR_LOG_MAX_FILE_BYTES = 1024 * 1024, /* ten thousand lines a month */
};

/* Returns once the disk has it. @now_s: seconds UTC. Errors: G_IO_ERROR. */
gboolean pv_door_log_note (const char *folder, const char *verb, const char *subject, gint64 now_s, GError **error);

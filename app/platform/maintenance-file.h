/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* maintenance-file.h: that the kiosk is being serviced: a small file in the folder of the settings.
 *
 * There, because it is the one folder that an administrator writes, each session may read, the supervisor watches and a
 * restart does not empty. Its name is not that of a file of settings. "parvis-maintenance 1", and perhaps a line "until" with
 * seconds since 1970. Whatever else it says, and of whatever release: that it is there means that somebody services the kiosk. */
#pragma once

#include <glib.h>

#define PV_MAINTENANCE_FILE "maintenance"

enum { PV_MAINTENANCE_MAX_BYTES = 4096 };

/* FALSE: no maintenance, or it is over at @now_us. @ret_until_us: UTC; 0: until somebody ends it. */
gboolean pv_maintenance_file_read (const char *settings_folder, gint64 now_us, gint64 *ret_until_us);
/* Replaced whole, readable by everybody. Errors: G_FILE_ERROR. */
gboolean pv_maintenance_file_write (const char *settings_folder, gint64 until_us, GError **error);
/* TRUE also where there is none. Errors: G_FILE_ERROR. */
gboolean pv_maintenance_file_remove (const char *settings_folder, GError **error);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service-stick.h: the bytes of a key's stick: a block device, or a file. Nothing is mounted. service-key.h says what stands where.
 * Blocks. Errors: G_FILE_ERROR. */
#pragma once

#include <glib.h>

/* The first PV_SERVICE_KEY_BLOCK_BYTES, or what there is of them. (transfer full) */
GBytes *pv_service_stick_read (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The key, and zeros behind it; what else stood there is gone. */
gboolean pv_service_stick_write (const char *path, GBytes *key, GError **error);
/* Behind the key, and read again: TRUE: it stands there. */
gboolean pv_service_stick_write_file (const char *path, GBytes *file, GError **error);
/* What pv_service_stick_write_file() wrote, whole. (transfer full) */
GBytes *pv_service_stick_read_file (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

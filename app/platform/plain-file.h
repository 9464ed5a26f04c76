/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plain-file.h: a text of the settings, read whole, never from a device, a pipe or a folder. */
#pragma once

#include <glib.h>

/**
 * pv_plain_file_read:
 * @max: bytes; one more may come, which tells whoever parses it that there are too many
 *
 * Blocks while it reads.
 *
 * Returns: (transfer full) (nullable): @ret_length bytes, without a zero after them; NULL with a G_FILE_ERROR, which does not
 * name @path
 */
char *pv_plain_file_read (const char *path, gsize max, gsize *ret_length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

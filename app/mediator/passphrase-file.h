/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* passphrase-file.h: a passphrase that is not typed, for demonstrations and tests. */
#pragma once

#include <gio/gio.h>

enum { PV_PASSPHRASE_FILE_MAX_BYTES = 1024 };

/**
 * pv_passphrase_file_read:
 * @path: a plain file of ours that nobody else may read, or a pipe ("/dev/fd/3")
 *
 * Returns: (transfer full): its first line; wipe it with pv_wipe_str()
 */
char *pv_passphrase_file_read (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

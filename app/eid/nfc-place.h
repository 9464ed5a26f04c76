/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* nfc-place.h: which reader, and whose: the names that libnfc can take, what their drivers can carry, and the lock. */
#pragma once

#include "eid/error.h"

#define PV_NFC_LOCK_NAME "card-reader.lock"

/* READER, with what to write instead, for a name that libnfc would misread. */
gboolean pv_nfc_check_name (const char *name, GError **error);

typedef struct PvNfcLimits {
  gsize max_command, max_answer; /* when the reader does the blocks */
  guint8 frame_code;             /* FSDI, FSCI: the largest raw frame; 8 is 256 bytes, 7 is 128 */
} PvNfcLimits;

/* By the connection string of an open reader. */
PvNfcLimits pv_nfc_find_limits (const char *connection);

/* The lock in @folder, held until the descriptor is closed or the process ends. -1 with BUSY: another one holds it, READER:
 * it cannot be made. */
int pv_nfc_take_lock (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;

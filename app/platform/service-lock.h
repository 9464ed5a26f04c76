/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service-lock.h: how many wrong PINs were typed, and until when none is tried: a file that a restart does not empty.
 *
 * A try is counted before it is made and on the disk before its answer is known, so that pulling the plug is no way around it.
 * After five wrong ones nothing is tried for a quarter of an hour, and from then on one each quarter of an hour, until a right one.
 * 10^8 PINs then take more than a thousand years. A clock that was put back does not make it longer than that quarter of an hour. */
#pragma once

#include <glib.h>

enum {
  PV_SERVICE_LOCK_TRIES = 5,
  PV_SERVICE_LOCK_S = 15 * 60,
  PV_SERVICE_LOCK_MAX_BYTES = 256,
};

typedef struct PvServiceLock {
  guint n_wrong;  /* since the last right one */
  gint64 until_s; /* seconds UTC; 0: not locked */
} PvServiceLock;

/* What the file says at @now_s; none: nothing was wrong so far. One that cannot be read counts as locked from now on. */
void pv_service_lock_read (const char *path, gint64 now_s, PvServiceLock *ret_lock);
/* Counts a try; of several processes one after the other, for as long as a file takes to be written. FALSE: it is locked
 * (ret_lock->until_s), or with an error, G_FILE_ERROR: it could not be written down: no try may be made. */
gboolean pv_service_lock_begin (const char *path, gint64 now_s, PvServiceLock *ret_lock, GError **error);
/* The try was right. Errors: G_FILE_ERROR. */
gboolean pv_service_lock_clear (const char *path, GError **error);

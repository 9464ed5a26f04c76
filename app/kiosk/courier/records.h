/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* records.h: the follow records, kept for those who have a kiosk reference.
 *
 * Files named and sealed as link/follow.h says; whoever keeps them can neither read them nor tell whose they are.
 * Main thread.
 */
#pragma once

#include "link/disk.h"

enum {
  PV_RECORDS_DAYS = 30, /* from the newest state on */
  PV_RECORDS_MAX_BYTES = 16 * 1024,
};

typedef struct PvRecords PvRecords;

/* @disk: borrowed. NULL with G_IO_ERROR. */
PvRecords *pv_records_open (const char *folder, PvDisk *disk, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_records_free (PvRecords *records);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvRecords, pv_records_free)

/* Replaces the record of that name. */
gboolean pv_records_put (PvRecords *records, const char *name, GBytes *record, GError **error);
/* (transfer full) (nullable): NULL if there is none, or @name is no name of a record. */
GBytes *pv_records_get (PvRecords *records, const char *name) G_GNUC_WARN_UNUSED_RESULT;
void pv_records_tidy (PvRecords *records, gint64 now_us);

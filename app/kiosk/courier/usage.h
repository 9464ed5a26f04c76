/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* usage.h: how often each procedure was filed on a day, until it is told.
 *
 * One file in a folder of the courier's own: a line "2026-12-01 slug 3" for each. The numbers are exact there and nowhere else:
 * what is told of a day has a floor (core/kiosk-health.h), and then the day is removed. Main thread. */
#pragma once

#include "link/disk.h"

enum {
  PV_USAGE_KEEP_DAYS = 35, /* without a broker to tell */
  PV_USAGE_MAX_ROWS = 5000,
  PV_USAGE_MAX_BYTES = 512 * 1024,
};

typedef struct PvUsage PvUsage;

/* @folder: made if need be; a file that is none of ours is begun anew, one of a later release kept and not counted in.
 * @zone_name: in which days begin. @disk: borrowed.
 * Errors: G_IO_ERROR */
PvUsage *pv_usage_open (const char *folder, const char *zone_name, PvDisk *disk,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_usage_free (PvUsage *usage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvUsage, pv_usage_free)

/* One more filing that the portal has. A day older than is kept is removed. FALSE: not on the disk, and not counted; a power cut
 * between the filing and this loses one. */
gboolean pv_usage_count (PvUsage *usage, const char *slug, gint64 now_us, GError **error);

/* The oldest day that is over, "2026-11-30"; NULL: none. (transfer full) */
char *pv_usage_find_day (const PvUsage *usage, gint64 now_us) G_GNUC_WARN_UNUSED_RESULT;
guint pv_usage_get (const PvUsage *usage, const char *day, const char *slug);
/* Slugs of that day, sorted. (transfer full) (element-type utf8) */
GPtrArray *pv_usage_list (const PvUsage *usage, const char *day) G_GNUC_WARN_UNUSED_RESULT;
/* It was told. */
gboolean pv_usage_remove_day (PvUsage *usage, const char *day, GError **error);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* page-count.h: how much was printed on each day: for paper to be ordered in time. Nothing of who printed, what or at
 * which hour.
 *
 * A text file, "2026-11-30;4;2" for a day with four sheets in two jobs, the oldest first. Replaced whole, so that a power
 * cut leaves the old one or the new one. A file of a later version begins with "#" and its number: it is left as it is. One writer at a time. Blocks for a write.
 */
#pragma once

#include <glib.h>

/* Below the folder of the setting [paths] state. */
#define PV_PAGE_COUNT_FILE "printer/pages"

enum {
  PV_PAGE_COUNT_DAYS = 366, /* kept; older ones are forgotten */
  PV_PAGE_COUNT_MAX_BYTES = 64 * 1024,
};

typedef struct PvPageDay {
  char date[11]; /* "2026-11-30" */
  guint n_pages, n_jobs;
} PvPageDay;

/**
 * pv_page_count_read:
 *
 * Lines that are none are left out: a count is not worth a printer that does not print.
 *
 * Returns: (transfer full) (element-type PvPageDay): sorted by date; empty if there is no such file; NULL with @error set
 * if it cannot be read, or is of a later version (G_IO_ERROR_NOT_SUPPORTED)
 */
GArray *pv_page_count_read (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_page_count_add:
 * @date: "2026-11-30", the kiosk's own day
 * @n_pages: of one job
 *
 * Makes the file's folder if it is missing. Forgets the days that are more than PV_PAGE_COUNT_DAYS before @date.
 */
gboolean pv_page_count_add (const char *path, const char *date, guint n_pages, GError **error);

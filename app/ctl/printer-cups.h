/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* printer-cups.h: what is wrong with the settings of CUPS on a kiosk. Pure: the texts of its files go in. Any thread. */
#pragma once

#include <glib.h>

/* (nullable) each: NULL was not read, and nothing is said about it; empty text has CUPS' own values. */
typedef struct PvCupsFiles {
  const char *cupsd;    /* cupsd.conf */
  const char *files;    /* cups-files.conf */
  const char *printers; /* printers.conf */
} PvCupsFiles;

/**
 * pv_cups_judge:
 * @queue: (nullable): the one that the kiosk prints to
 *
 * Returns: (transfer full) (element-type utf8): one sentence for each thing that is wrong, with what to write instead
 */
GPtrArray *pv_cups_judge (const PvCupsFiles *files, const char *queue) G_GNUC_WARN_UNUSED_RESULT;

/* RequestRoot or CacheDir, as the file says, or CUPS' own value. (transfer full) */
char *pv_cups_get_folder (const char *files, const char *directive) G_GNUC_WARN_UNUSED_RESULT;

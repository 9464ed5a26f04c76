/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* activity-csv.h: lines of the activity file, and what a spreadsheet makes of them.
 *
 * RFC 4180 with a header, UTF-8, commas, line ends CR LF:
 *
 *     date,time,minutes,place,kiosk,themes,autonomy,redirected_to,age_band,used_hand
 *     2026-11-24,14:05:30,12,remote,Borne 1,papers housing,partly,counter,,yes
 *
 * Dates and times are local; themes are parted by blanks.  Read as well: semicolons or tabs, columns in another order, columns
 * of somebody's own (kept), "24/11/2026", "14:05", a byte order mark, Windows-1252.  Pure. Private to activity*.c. */
#pragma once

#include "mediator/activity.h"

enum {
  PV_ACTIVITY_MAX_CELLS = 64,
  PV_ACTIVITY_MAX_LINE_BYTES = 16 * 1024,
  PV_ACTIVITY_MAX_KIOSK_BYTES = 256,
  PV_ACTIVITY_MAX_WORD_BYTES = 64, /* of what is redirected to, and of an age band */
};

typedef enum {
  PV_COLUMN_DATE,
  PV_COLUMN_TIME,
  PV_COLUMN_MINUTES,
  PV_COLUMN_PLACE,
  PV_COLUMN_KIOSK,
  PV_COLUMN_THEMES,
  PV_COLUMN_AUTONOMY,
  PV_COLUMN_REDIRECTED_TO,
  PV_COLUMN_AGE_BAND,
  PV_COLUMN_USED_HAND,
  PV_N_COLUMNS
} PvActivityColumn;

/* How one file is laid out. */
typedef struct PvActivityLayout {
  char separator;
  guint n_cells;
  gint at[PV_N_COLUMNS]; /* position of each column; -1: it has none */
} PvActivityLayout;

/* The layout of a file of our own. */
void pv_activity_layout_init (PvActivityLayout *layout);
/* The header of such a file, its end included. (transfer full) */
char *pv_activity_header (void);
/* FALSE: no header of ours; date, time and minutes are the least. */
gboolean pv_activity_layout_read (PvActivityLayout *layout, const char *header);
/* Bytes of the first line of @text, its end included; quoted line ends do not count. */
gsize pv_activity_line_size (const char *text, gsize size);
/* NULL if it cannot be read. */
PvActivityLine *pv_activity_line_read (const PvActivityLayout *layout, const char *bytes, gsize size);
/* @old: (nullable): the line that it replaces; cells that are not ours are taken from there. (transfer full) */
char *pv_activity_line_write (const PvActivityLayout *layout, const PvActivityLine *line, const char *old);

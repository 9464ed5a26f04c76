/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* paint.h: how long a window takes from a change to the frame that shows it. */
#pragma once

#include <gtk/gtk.h>

/* Another side: NAME of its figures, and the most that ours may be of its p99, or BENCH_NO_GOAL. */
typedef struct {
  const char *name;
  double goal;
} PaintSide;

/**
 * paint_measure:
 * @change: makes the change number 0, 1, ...; what it does itself counts
 * @name: of the figures
 * @others: (nullable): ended by one without a name; with the first the figures are compared under @name, with each
 * further one under "@name, against NAME"
 *
 * Two figures for p50 and p99 each: "wait" is what a person waits, with the pace of the screen; "work" is the time that
 * this program was computing, with the change and the whole frame, whoever else uses the machine. The first changes of
 * all are for warming up.
 */
gboolean paint_measure (GtkWindow *window, guint n, void (*change) (guint turn, gpointer user_data), gpointer user_data,
                        const char *name, const PaintSide *others);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* paint.h: how long a window takes from a change to the frame that shows it. */
#pragma once

#include <gtk/gtk.h>

/**
 * paint_measure:
 * @change: makes the change number 0, 1, ...; what it does itself counts
 * @name: of the figures
 * @ratio_to: (nullable): name of the other side
 *
 * Two figures for p50 and p99 each: "wait" is what a person waits, with the pace of the screen; "work" is without it: the
 * change itself, and the frame from its beginning to its end. The first change of all is for warming up.
 */
gboolean paint_measure (GtkWindow *window, guint n, void (*change) (guint turn, gpointer user_data), gpointer user_data,
                        const char *name, const char *ratio_to, double goal);

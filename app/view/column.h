/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* column.h: parts one below the other, whose height always depends on the width.
 *
 * A GtkBox asks its parts which way they are measured, and keeps the answer; an empty one is "of constant size". GTK 4.8
 * forgets the answer only when a part that was measured changes. A box that was asked while it was empty and not shown
 * keeps it when it is filled: it is measured for no width at all, and texts of several lines count as one. A column needs
 * not ask. Nor is it ever narrower because it is high: a GtkBox tries a dozen widths to find that out. */
#pragma once

#include <gtk/gtk.h>

#define PV_TYPE_COLUMN (pv_column_get_type ())
G_DECLARE_DERIVABLE_TYPE (PvColumn, pv_column, PV, COLUMN, GtkBox)

struct _PvColumnClass {
  GtkBoxClass parent_class;
};

/* Its spacing is that of the style sheet (border-spacing); it is filled with gtk_box_append(). */
GtkWidget *pv_column_new (void);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* text-layout.h: a label whose width never depends on its height.
 *
 * GTK 4.8 asks a label that wraps how narrow it may be at a height, and the label answers by having Pango break and shape
 * its text a dozen times. On these screens heights follow widths, so the answer is that for any height. */
#pragma once

#include <gtk/gtk.h>

#define PV_TYPE_TEXT_LAYOUT (pv_text_layout_get_type ())
G_DECLARE_FINAL_TYPE (PvTextLayout, pv_text_layout, PV, TEXT_LAYOUT, GtkLayoutManager)

/* For gtk_widget_set_layout_manager() of a GtkLabel, which draws itself as ever. */
GtkLayoutManager *pv_text_layout_new (void);

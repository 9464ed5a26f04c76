/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* text-layout.h: how much room the words of a label need.
 *
 * GTK 4.8 asks a label that wraps for the least width at each of many heights, and the label answers by having Pango break
 * and shape its text a dozen times for each. This layout has the text shaped once, keeps where it may break and how wide
 * its letters are, and counts. What cannot be counted (several fonts, and so lines of several heights) is left to GTK, and
 * so is a text of which Pango, when it is drawn, makes more lines. The label draws itself as ever. */
#pragma once

#include <gtk/gtk.h>

#define PV_TYPE_TEXT_LAYOUT (pv_text_layout_get_type ())
G_DECLARE_FINAL_TYPE (PvTextLayout, pv_text_layout, PV, TEXT_LAYOUT, GtkLayoutManager)

/* For gtk_widget_set_layout_manager() of a GtkLabel. */
GtkLayoutManager *pv_text_layout_new (void);

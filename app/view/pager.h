/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pager.h: what does not fit becomes a further page, never a surface to drag.
 *
 * Holds one box. Where it gets less height than the box needs, it shows as much as fits without cutting a line or a
 * control, and under it "Page 1 of 2" with a button each way; where height is what lacks, beside it. The focus takes its page along. */
#pragma once

#include <gtk/gtk.h>

#define PV_TYPE_PAGER (pv_pager_get_type ())
G_DECLARE_FINAL_TYPE (PvPager, pv_pager, PV, PAGER, GtkWidget)

/* @content: taken */
GtkWidget *pv_pager_new (GtkWidget *content);
/* Back to the first page, for another screen. */
void pv_pager_reset (PvPager *pager);
/* The buttons that turn the page: under it, or beside it. */
void pv_pager_set_side (PvPager *pager, gboolean is_side);
/* In device pixels, what a page needs to hold the highest control of it, @width wide, and the buttons that turn it. */
int pv_pager_get_least_height (PvPager *pager, int width);
/* What of it shows the page: what lies outside is not seen. */
GtkWidget *pv_pager_get_window (PvPager *pager);
/* Turns to the page that has @widget, if it is inside. */
void pv_pager_reveal (PvPager *pager, GtkWidget *widget);
/* Likewise once it is known which page that is: @widget is new. */
void pv_pager_reveal_later (PvPager *pager, GtkWidget *widget);
/* The focus, without anything selected; where @widget stands in a pager, its page is turned to, once pages are divided. */
void pv_pager_focus (GtkWidget *widget);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* icon.h: a line drawing of resources/icons in the text colour of where it stands. */
#pragma once

#include <gtk/gtk.h>

#define PV_TYPE_ICON (pv_icon_get_type ())
G_DECLARE_FINAL_TYPE (PvIcon, pv_icon, PV, ICON, GtkWidget)

/**
 * pv_icon_new:
 * @name: (nullable): "printer" for icons/pv-printer-symbolic.svg; an unknown name draws nothing
 *
 * The size follows the font where it stands (CSS classes "large" and "huge").   Arrows that mean "back" and "onward" change places
 * in a script read from the right.  An icon stands beside its word, so it is hidden from the accessibility tree.
 */
GtkWidget *pv_icon_new (const char *name);
void pv_icon_set_name (PvIcon *icon, const char *name);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portrait.h: the photo of a document, beside what is to be compared; an empty frame of the same size until it is there. */
#pragma once

#include <gtk/gtk.h>

#define PV_TYPE_PORTRAIT (pv_portrait_get_type ())
G_DECLARE_FINAL_TYPE (PvPortrait, pv_portrait, PV, PORTRAIT, GtkWidget)

/* With the style class "small" half as large. */
GtkWidget *pv_portrait_new (void);
/* @texture: (nullable): shown whole, whatever its proportions */
void pv_portrait_set_texture (PvPortrait *portrait, GdkTexture *texture);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* scan-picture.h: a page of a document, whole, whatever its proportions; an empty frame of the same size until it is there.
 * Its size is style.css's: smaller where the screen asks for it. */
#pragma once

#include <gtk/gtk.h>

#define PV_TYPE_SCAN_PICTURE (pv_scan_picture_get_type ())
G_DECLARE_FINAL_TYPE (PvScanPicture, pv_scan_picture, PV, SCAN_PICTURE, GtkWidget)

GtkWidget *pv_scan_picture_new (void);
/* Instead of a page: the glass, and how a page is laid on it. To be called once. */
GtkWidget *pv_scan_picture_new_glass (void);
/* @texture: (nullable) */
void pv_scan_picture_set_texture (PvScanPicture *picture, GdkTexture *texture);

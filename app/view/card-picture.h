/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* card-picture.h: an identity card, and where its six digits are. */
#pragma once

#include <gtk/gtk.h>

#define PV_TYPE_CARD_PICTURE (pv_card_picture_get_type ())
G_DECLARE_FINAL_TYPE (PvCardPicture, pv_card_picture, PV, CARD_PICTURE, GtkWidget)

/* What it shows is said beside it. */
GtkWidget *pv_card_picture_new (void);
/* The outline of a bank card, so many pixels of the panel wide: a real one is laid on it. */
void pv_card_picture_set_width_px (PvCardPicture *picture, guint width_px);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* card-picture.h: an identity card, and where its six digits are. */
#pragma once

#include <gtk/gtk.h>

#define PV_TYPE_CARD_PICTURE (pv_card_picture_get_type ())
G_DECLARE_FINAL_TYPE (PvCardPicture, pv_card_picture, PV, CARD_PICTURE, GtkWidget)

/* What it shows is said beside it. */
GtkWidget *pv_card_picture_new (void);

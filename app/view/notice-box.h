/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* notice-box.h: something to know: ground, icon and words, never the colour alone. */
#pragma once

#include <gtk/gtk.h>

#include "core/screen-state.h"

#define PV_TYPE_NOTICE_BOX (pv_notice_box_get_type ())
G_DECLARE_FINAL_TYPE (PvNoticeBox, pv_notice_box, PV, NOTICE_BOX, GtkBox)

GtkWidget *pv_notice_box_new (const PvNotice *notice);
/* Its icon stands beside the first line: what is divided into pages begins with it, and is not cut above it. */
void pv_notice_box_begin_with_icon (PvNoticeBox *box);

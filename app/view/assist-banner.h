/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* assist-banner.h: who helps and what they may do, under the top band for as long as they help. Nothing to touch. */
#pragma once

#include <gtk/gtk.h>

#include "view/controls.h"

#define PV_TYPE_ASSIST_BANNER (pv_assist_banner_get_type ())
G_DECLARE_FINAL_TYPE (PvAssistBanner, pv_assist_banner, PV, ASSIST_BANNER, GtkBox)

GtkWidget *pv_assist_banner_new (void);
/* @banner: (nullable): hidden */
void pv_assist_banner_update (PvAssistBanner *self, const PvBanner *banner, const PvPlan *plan);

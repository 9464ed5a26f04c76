/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* flow.h: children of equal size in as many columns as their longest words allow. */
#pragma once

#include <gtk/gtk.h>

#define PV_TYPE_FLOW (pv_flow_get_type ())
G_DECLARE_FINAL_TYPE (PvFlow, pv_flow, PV, FLOW, GtkWidget)

/* @gap: in reference pixels */
GtkWidget *pv_flow_new (guint max_columns, guint gap);
void pv_flow_append (PvFlow *flow, GtkWidget *child);
/* The children of a last row that is not full share its width. */
void pv_flow_set_stretch_last (PvFlow *flow, gboolean stretches);
/* None is higher than wide beside another: rather fewer columns. A page may be lower than words one below the other. */
void pv_flow_set_squat (PvFlow *flow, gboolean is_squat);
/* In device pixels, how wide each child is where the flow is @width wide; those of a last row may be wider. */
int pv_flow_get_cell_width (PvFlow *flow, int width);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mediator-activity-row.h: the activity line of one call, and its few fields to be corrected in one place. */
#pragma once

#include <adwaita.h>

#include "mediator/activity.h"

#define PV_TYPE_MEDIATOR_ACTIVITY_ROW (pv_mediator_activity_row_get_type ())
G_DECLARE_FINAL_TYPE (PvMediatorActivityRow, pv_mediator_activity_row, PV, MEDIATOR_ACTIVITY_ROW, AdwExpanderRow)

/* Signal "edited" (): pv_mediator_activity_row_get_line() is to be kept. */
GtkWidget *pv_mediator_activity_row_new (const PvActivityLine *line);
const PvActivityLine *pv_mediator_activity_row_get_line (PvMediatorActivityRow *row);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* privacy-line.h: what a mediator does not see of a field, and a small button to show it, where that is possible. */
#pragma once

#include <gtk/gtk.h>

#include "view/controls.h"

#define PV_TYPE_PRIVACY_LINE (pv_privacy_line_get_type ())
G_DECLARE_FINAL_TYPE (PvPrivacyLine, pv_privacy_line, PV, PRIVACY_LINE, GtkBox)

GtkWidget *pv_privacy_line_new (const char *field_id);
/* Shows what @field says of it, or nothing. */
void pv_privacy_line_update (PvPrivacyLine *line, const PvField *field);

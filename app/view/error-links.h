/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* error-links.h: the fields that are to be mended, by name, under the summary of errors: a touch leads to each. */
#pragma once

#include "view/controls.h"

/* Empty and hidden. */
GtkWidget *pv_error_links_new (void);
/* The actions JUMP of @state; hidden where it has none. Buttons that stay the same stay, and so does the focus. */
void pv_error_links_update (GtkWidget *links, const PvScreenState *state, const PvPlan *plan);
/* Tells a screen reader which of @fields each leads to, where it stands on this screen. */
void pv_error_links_relate (GtkWidget *links, GtkWidget *fields);

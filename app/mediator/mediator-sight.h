/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mediator-sight.h: the mirror in the window of the console: the citizen's screen as the kiosk draws it, smaller.
 *
 * Signal "picked" (char *name): somebody clicked on what a mediator calls so. */
#pragma once

#include <gtk/gtk.h>

#include "core/screen-state.h"

GtkWidget *pv_mediator_sight_new (void);
/* @state: (nullable): nothing is drawn, and nothing kept of what was */
void pv_mediator_sight_show (GtkWidget *sight, const PvScreenState *state);
/* @name: (nullable): of what is outlined */
void pv_mediator_sight_set_target (GtkWidget *sight, const char *name);

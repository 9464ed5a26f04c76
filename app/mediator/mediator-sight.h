/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mediator-sight.h: the mirror in the window of the console. */
#pragma once

#include <gtk/gtk.h>

#include "core/screen-state.h"

GtkWidget *pv_mediator_sight_new (void);
void pv_mediator_sight_show (GtkWidget *sight, const PvScreenState *state);
void pv_mediator_sight_set_target (GtkWidget *sight, const char *name);

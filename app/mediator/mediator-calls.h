/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mediator-calls.h: the side of the window: my presence, who waits, which colleagues are there.
 *
 * Signal "chosen" (char *): the id of the call to be answered. */
#pragma once

#include <adwaita.h>

#include "mediator/desk.h"

#define PV_TYPE_MEDIATOR_CALLS (pv_mediator_calls_get_type ())
G_DECLARE_FINAL_TYPE (PvMediatorCalls, pv_mediator_calls, PV, MEDIATOR_CALLS, GtkBox)

void pv_mediator_calls_set_desk (PvMediatorCalls *calls, PvDesk *desk);
/* Shows all of it anew. */
void pv_mediator_calls_refresh (PvMediatorCalls *calls);
/* The focus goes to the call that waits longest. */
void pv_mediator_calls_focus (PvMediatorCalls *calls);
/* Names of PvPresence as actions have them: "free". */
const char *pv_presence_name (PvPresence presence);
/* PV_N_PRESENCES: none has this name. */
PvPresence pv_presence_find (const char *name);

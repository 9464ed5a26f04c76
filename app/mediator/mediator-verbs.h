/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mediator-verbs.h: show, explain, propose, take the hand: one at a time, each with the right that it needs, and the
 * reason why it is not possible now.
 *
 * Its verbs are the actions "session.verb", ".do", ".ask", ".give-back", ".act" of the group that it fills. */
#pragma once

#include <adwaita.h>

#include "mediator/desk.h"

#define PV_TYPE_MEDIATOR_VERBS (pv_mediator_verbs_get_type ())
G_DECLARE_FINAL_TYPE (PvMediatorVerbs, pv_mediator_verbs, PV, MEDIATOR_VERBS, GtkBox)

void pv_mediator_verbs_set_desk (PvMediatorVerbs *verbs, PvDesk *desk, GSimpleActionGroup *actions);
/* What is chosen on the screen: @name as a command has it, its words, its field if it is one; all (nullable), borrowed. */
void pv_mediator_verbs_set_target (PvMediatorVerbs *verbs, const char *name, const char *label, const PvField *field);
/* The actions that the screen has now. */
void pv_mediator_verbs_set_screen (PvMediatorVerbs *verbs, const PvScreenState *state);
/* After any change of state or rights, and each second while the hand is lent. */
void pv_mediator_verbs_refresh (PvMediatorVerbs *verbs);
/* A new session: the first verb, nothing typed. */
void pv_mediator_verbs_reset (PvMediatorVerbs *verbs);

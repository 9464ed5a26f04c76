/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mediator-targets.h: what is on the citizen's screen as a list, in reading order, for keys and screen readers.
 *
 * Signal "picked" (char *): the name of what is chosen now, as a command has it: a field's id, or "action:next". */
#pragma once

#include <adwaita.h>

#include "core/screen-state.h"

#define PV_TYPE_MEDIATOR_TARGETS (pv_mediator_targets_get_type ())
G_DECLARE_FINAL_TYPE (PvMediatorTargets, pv_mediator_targets, PV, MEDIATOR_TARGETS, GtkBox)

/* @state: (nullable). What was chosen stays so if it is still there. */
void pv_mediator_targets_show (PvMediatorTargets *targets, const PvScreenState *state);
/* (nullable) (transfer none) */
const char *pv_mediator_targets_get_chosen (PvMediatorTargets *targets);
/* Its words. (nullable) (transfer none) */
const char *pv_mediator_targets_get_label (PvMediatorTargets *targets);
/* Nothing happens if it is not in the list. */
void pv_mediator_targets_choose (PvMediatorTargets *targets, const char *name);
void pv_mediator_targets_focus (PvMediatorTargets *targets);

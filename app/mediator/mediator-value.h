/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mediator-value.h: a value for one field of the citizen's screen, with the control that fits the kind of the field.
 *
 * Signal "activate" (): Enter. What is typed is wiped when the field goes. */
#pragma once

#include <adwaita.h>

#include "core/screen-state.h"

#define PV_TYPE_MEDIATOR_VALUE (pv_mediator_value_get_type ())
G_DECLARE_FINAL_TYPE (PvMediatorValue, pv_mediator_value, PV, MEDIATOR_VALUE, GtkBox)

/* Nobody but the citizen answers some fields. */
gboolean pv_mediator_value_is_possible (const PvField *field);
/* @field: (nullable): what is typed stays while it is the same field. */
void pv_mediator_value_set_field (PvMediatorValue *value, const PvField *field);
/* As a command has it: text, "13/7/2020", or the id of a choice; NULL if nothing is there. Wipe it. (transfer full) */
char *pv_mediator_value_get (PvMediatorValue *value) G_GNUC_WARN_UNUSED_RESULT;
void pv_mediator_value_clear (PvMediatorValue *value);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* samples-assist.h: samples of what is on the screen while a mediator helps, or is asked to. */
#pragma once

#include "core/screen-state.h"

void fill_assist_input (PvScreenState *state);
void fill_assist_date (PvScreenState *state);
void fill_assist_long (PvScreenState *state);
void fill_assist_choice (PvScreenState *state);
void fill_assist_choices (PvScreenState *state);
void fill_pointed_field (PvScreenState *state);
void fill_pointed_choice (PvScreenState *state);
void fill_pointed_next (PvScreenState *state);
void fill_pointed_help (PvScreenState *state);
void fill_pointed_option (PvScreenState *state);
void fill_pointed_done (PvScreenState *state);
void fill_private_typing (PvScreenState *state);
void fill_private_hidden (PvScreenState *state);
void fill_private_lifted (PvScreenState *state);
void fill_private_check (PvScreenState *state);
void fill_lent (PvScreenState *state);
void fill_lost (PvScreenState *state);
void fill_unanswered (PvScreenState *state);
void fill_mediator (PvScreenState *state);
void fill_call (PvScreenState *state);
void fill_no_answer (PvScreenState *state);
void fill_consent (PvScreenState *state);
void fill_reply (PvScreenState *state);
void fill_helped (PvScreenState *state);
/* Others that begin with another sample. */
void fill_appointment_taken (PvScreenState *state);
void fill_appointment_none (PvScreenState *state);

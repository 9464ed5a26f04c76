/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* samples-official.h: samples of what the portal says, in another language, with its French under it. */
#pragma once

#include "core/screen-state.h"

void fill_official_choice (PvScreenState *state);
void fill_official_group (PvScreenState *state);
void fill_official_check (PvScreenState *state);
void fill_official_procedure (PvScreenState *state);
void fill_official_list (PvScreenState *state);

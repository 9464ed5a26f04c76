/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* samples-end.h: samples of what comes once a request is sent, and of what asks to stay or to leave. */
#pragma once

#include "core/screen-state.h"

void fill_sending (PvScreenState *state);
void fill_received (PvScreenState *state);
void fill_registered (PvScreenState *state);
void fill_phone (PvScreenState *state);
void fill_paper (PvScreenState *state);
void fill_papers (PvScreenState *state);
void fill_still_there (PvScreenState *state);
void fill_need_time (PvScreenState *state);
void fill_quit (PvScreenState *state);
void fill_goodbye (PvScreenState *state);
void fill_out_of_order (PvScreenState *state);
void fill_maintenance (PvScreenState *state);
void fill_closed (PvScreenState *state);
void fill_closing (PvScreenState *state);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* console.h: what the mediator does at the console, where somebody who sees nothing is helped. */
#pragma once

#include "walk.h"

/* Takes the call of the kiosk, with the code that the citizen was told. */
void tour_console_join (TourWalk *console, const char *code);
void tour_console_explain (TourWalk *console, const char *words);
/* Asks whether an answer to @field may be proposed. */
void tour_console_ask_to_propose (TourWalk *console, const char *field);
void tour_console_propose (TourWalk *console, const char *answer);

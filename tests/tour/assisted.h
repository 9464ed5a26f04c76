/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* assisted.h: a citizen calls a mediator, who sees, shows, explains, proposes and takes the hand; both as people do it,
 * each at their own screen. */
#pragma once

#include "walk.h"

/* From the first question to the second: the kiosk then holds what the mediator proposed and filled in. */
void tour_be_helped (TourWalk *kiosk, TourWalk *console);

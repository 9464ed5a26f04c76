/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* blind-help.h: a mediator helps somebody who sees nothing. */
#pragma once

#include "pad.h"

/* From the first question on, and back to it. Who is heard says yes with the key for it, and ends it with another. */
void tour_be_helped_by_ear (TourPad *pad, TourWalk *console);

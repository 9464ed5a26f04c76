/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chosen.h: what a person chooses on the first screen to be able to use the kiosk, and that it lasts. */
#pragma once

#include "walk.h"

/* Chooses what walk->person needs on the first screen, and looks whether it took effect. */
void tour_choose_own (TourWalk *walk);
/* Fails if the screen is no longer as it was chosen: dark, or all that is touched within reach. walk->expect from then on. */
void tour_expect_own (TourWalk *walk);

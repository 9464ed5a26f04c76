/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* roll.h: what the thermal printer of the demo has put out: dots, which no program but a reader of squares reads. */
#pragma once

#include "walk.h"

/**
 * tour_prove_roll:
 * @name: ending in ".pdf", for which ".png" is set: how the sheet is kept beside the pictures
 * @words: (nullable): what a square on the sheet must say
 *
 * Another sheet must have come out than the last time.
 */
void tour_prove_roll (TourWalk *walk, const char *name, const char *words);

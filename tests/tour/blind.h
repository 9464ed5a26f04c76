/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* blind.h: the whole tour by somebody who sees nothing: a headset, and the keys of the pad. */
#pragma once

#include "walk.h"

/* @console: (nullable): of a mediator; @voice: socket that tells what is said; @plug: as long as this file is there, a headset is.
 * Returns: (transfer full): the number that the citizen hears */
char *tour_do_blind (TourWalk *walk, TourWalk *console, const char *voice, const char *plug);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* finish.h: from the check to goodbye, which is the same for every procedure. */
#pragma once

#include "walk.h"

/* To the next page of what is in @things, which must have one. */
void tour_turn_page (TourWalk *walk, const GPtrArray *things);
/* Not: other answers, of which the first follow the last. */
gboolean tour_has_next_page (const TourWalk *walk, const GPtrArray *things);
/* To the page with something of that name, places of which may be filled in: "Change: %s". @ret_things: (transfer container):
 * they hold it. */
const TourThing *tour_leaf_to (TourWalk *walk, int role, const char *word, GPtrArray **ret_things);
/* To the last page of the check, where the statements are ticked, and off. */
void tour_tick_and_send (TourWalk *walk);
/* Returns: (transfer full): the number that the citizen is told */
char *tour_receive_and_print (TourWalk *walk);
void tour_leave (TourWalk *walk);

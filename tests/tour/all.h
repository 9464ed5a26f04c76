/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* all.h: the ten procedures that a commune is asked for, each to its receipt. */
#pragma once

#include "walk.h"

typedef struct TourPlaces {
  const char *forms; /* folder of the schemas */
  const char *demo_program, *demo_state, *printer_folder;
  const char *control; /* (nullable): of the demo; an invoice is then seen, too */
  const char *only;    /* (nullable): slug of the one to do */
} TourPlaces;

/* Does them all; the portal must then hold exactly what was answered, and nothing else. */
void tour_do_all (TourWalk *walk, const TourPlaces *places);

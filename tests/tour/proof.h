/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* proof.h: what the town hall and the person hold after the tour. */
#pragma once

#include "walk.h"

/* The newest filing of the portal's database must bear @number and hold every answer. */
void tour_prove_filing (TourWalk *walk, const char *demo_program, const char *demo_state, const char *number);
/* What the printer received last must bear @number too; it is kept as receipt.pdf. */
/* The agents must be told of an e-mail address, or a telephone, that there is none. */
void tour_prove_note (TourWalk *walk, const char *demo_program, const char *demo_state);
/* What was not answered must not be there. */
void tour_prove_nothing_else (TourWalk *walk, const char *demo_program, const char *demo_state);
/* The newest paper says @words. It is kept as @name beside the pictures. */
void tour_prove_paper (TourWalk *walk, const char *printer_folder, const char *name, const char *words);
/* What happens next stands on that paper in the language of the walk, and in French. */
void tour_prove_languages (TourWalk *walk, const char *name);

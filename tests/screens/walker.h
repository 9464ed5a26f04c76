/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* walker.h: leads the real journey through every screen, as a person would who answers whatever is asked. */
#pragma once

#include "core/journey.h"

/* @name: of the screen, unique within a walk. May not keep @state. */
typedef void (*WalkShown) (const PvScreenState *state, const char *name, gpointer user_data);

typedef struct Walk {
  PvCapacity capacity; /* of the window that draws */
  gboolean has_ends;   /* also everything that is not a question: home, help, done, goodbye */
  const char *only;    /* (nullable): screens whose key has this in it are shown; several with commas */
  WalkShown shown;
  gpointer user_data;
  gboolean has_help; /* also all of a mediator's help, on the first question */
  PvTexts *texts;    /* (nullable): what the portal says, in another language, which the journey is then led in */
  /* (nullable): does it by other means, with the same effect on @journey. FALSE: it was not done */
  gboolean (*hands) (PvJourney *journey, const PvMoment *now, PvIntentionKind kind, const char *target,
                     const char *value, gpointer user_data);
} Walk;

/* A form of the demo, read as the courier reads it. @slug: "inscription-scolaire". (transfer full) */
PvProcedure *walker_read_form (const char *folder, const char *slug);

/* What an index of addresses would find. (transfer full) (element-type PvAddress) */
GPtrArray *walker_list_addresses (void);

/* FALSE, with a line on standard output, if the form cannot be filled to its end. */
gboolean walker_run (const Walk *walk, PvProcedure *procedure);

/* The form practised, kept for later, and what is done on another site or not at all; likewise. */
gboolean walker_run_elsewhere (const Walk *walk, PvProcedure *procedure);

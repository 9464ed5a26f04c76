/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* walker-private.h: what the files walker*.c share; nobody else includes it. */
#pragma once

#include "walker.h"

typedef struct Walker {
  const Walk *walk;
  PvJourney *journey;
  PvProcedure *procedure;
  PvMoment now;
  GHashTable *seen;      /* names that were shown */
  guint first_year;      /* some forms are for children, some for adults */
  gboolean has_document; /* all of it was seen */
  char *stuck;           /* (nullable): the question that has no answer */
} Walker;

const PvScreenState *walker_screen (Walker *walker);
void walker_act (Walker *walker, PvIntentionKind kind, const char *target, const char *value);
/* Answers what the journey wants to know, and shows its screen; @suffix: of its name */
void walker_show (Walker *walker, const char *suffix);
/* The further pages of a screen too, up to three. */
void walker_show_pages (Walker *walker, const char *suffix);

/* walker-document.c: all of a document, at the first question that asks for one; nothing is attached afterwards */
void walker_walk_document (Walker *walker);
/* Where one is asked for */
void walker_attach_document (Walker *walker);

/* walker-identity.c: from the card to "this is me" */
void walker_walk_identity (Walker *walker);

/* walker-help.c: from a question, back to it */
void walker_walk_help (Walker *walker);

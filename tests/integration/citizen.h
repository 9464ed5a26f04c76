/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* citizen.h: one citizen's journey with the session's own line to a real courier, without a window. */
#pragma once

#include "core/journey.h"
#include "kiosk/session/courier-link.h"
#include "rig.h"

typedef struct Citizen {
  PvJourney *journey;
  PvCourierLink *courier;
  PvCatalogue *catalogue; /* (nullable): as it came last */
  PvReceipt *receipt;     /* (nullable): printed last */
  char *ref;              /* (nullable): of what was sent last */
  guint n_stores;
  gint64 ahead_ms; /* of the clock: what a person would wait */
  GTimeZone *zone;
  Rig *rig;
  void (*perform_other) (const PvEffect *effect,
                         gpointer user_data); /* (nullable): what the line to the courier is not for */
  gpointer user_data;
} Citizen;

/* The rig's courier runs. @rig is borrowed. */
Citizen *citizen_new (Rig *rig, const PvJourneyConfig *config);
void citizen_free (Citizen *citizen);

PvMoment citizen_now (const Citizen *citizen);
const PvScreenState *citizen_screen (Citizen *citizen);
/* Does what the journey wants done so far. */
void citizen_perform (Citizen *citizen);
void citizen_act (Citizen *citizen, PvIntentionKind kind, const char *target, const char *value);

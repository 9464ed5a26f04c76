/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* walker-lookup.h: from Home through "follow" and "pay", and back to Home. */
#pragma once

#include "core/journey.h"

typedef struct WalkLookUp {
  PvJourney *journey;
  const PvMoment *now;
  void (*show) (const char *suffix, gpointer user_data);
  void (*act) (PvIntentionKind kind, const char *target, const char *value, gpointer user_data);
  gpointer user_data;
} WalkLookUp;

void walk_look_ups (const WalkLookUp *walk);

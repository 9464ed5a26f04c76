/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Being helped by a mediator: what the citizen touches becomes effects, what the mediator does becomes part of a screen. */

#include "core/journey-private.h"

void
pv_journey_follow_assistance (PvJourney *journey, const PvAssistance *assistance)
{
  pv_assistance_copy (&journey->assistance, assistance);
}

const PvScreenState *
pv_journey_get_shared (PvJourney *journey)
{
  return pv_journey_get_state (journey);
}

void
pv_journey_handle_assistance (PvJourney *journey, const PvIntention *intention)
{
  (void) journey;
  (void) intention;
}

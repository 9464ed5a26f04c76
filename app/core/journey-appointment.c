/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Days and times of an agenda; moving and cancelling. */

#include "core/journey-private.h"
#include "core/wipe.h"

void
pv_journey_handle_appointment (PvJourney *journey, const PvIntention *intention)
{
  (void) journey;
  (void) intention;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Practising; going on at home, or on the phone. */

#include "core/journey-private.h"
#include "core/wipe.h"

void
pv_journey_handle_elsewhere (PvJourney *journey, const PvIntention *intention)
{
  (void) journey;
  (void) intention;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Follow, and pay. */

#include "core/journey-private.h"
#include "core/wipe.h"

PvScreenState *
pv_screen_follow (PvJourney *journey)
{
  return pv_journey_new_screen (journey, PV_SCREEN_FOLLOW, "follow", NULL);
}

PvScreenState *
pv_screen_pay (PvJourney *journey)
{
  return pv_journey_new_screen (journey, PV_SCREEN_PAY, "pay", NULL);
}

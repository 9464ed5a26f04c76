/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scanning a document, looking at it, waiting for the phone. */

#include "core/journey-private.h"
#include "core/wipe.h"

PvScreenState *
pv_screen_document (PvJourney *journey)
{
  return pv_journey_new_screen (journey, PV_SCREEN_DOCUMENT, "document", NULL);
}

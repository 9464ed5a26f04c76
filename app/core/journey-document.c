/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A document of a question: by the scanner, or by the phone. */

#include "core/journey-private.h"
#include "core/wipe.h"

void
pv_journey_handle_document (PvJourney *journey, const PvIntention *intention)
{
  (void) journey;
  (void) intention;
}

void
pv_journey_follow_capture (PvJourney *journey, const PvCaptureReport *report)
{
  (void) journey;
  (void) report;
}

void
pv_journey_take_document (PvJourney *journey, const PvDocument *document)
{
  (void) journey;
  (void) document;
}

void
pv_journey_forget_document (PvJourney *journey)
{
  g_clear_pointer (&journey->making.path, g_free);
  g_clear_pointer (&journey->making.url, pv_wipe_str);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where is my request, what do I owe, where are my documents. */

#include "core/journey-private.h"
#include "core/wipe.h"

void
pv_journey_handle_look_up (PvJourney *journey, const PvIntention *intention)
{
  (void) journey;
  (void) intention;
}

void
pv_journey_followed (PvJourney *journey, const PvFollowed *followed, const PvMoment *now)
{
  (void) followed;
  pv_journey_set_now (journey, now);
}

void
pv_journey_invoice_came (PvJourney *journey, const PvInvoice *invoice, const PvMoment *now)
{
  (void) invoice;
  pv_journey_set_now (journey, now);
}

void
pv_journey_forget_look_up (PvJourney *journey)
{
  g_clear_pointer (&journey->look_up.code, pv_wipe_str);
  g_clear_pointer (&journey->look_up.amount, pv_wipe_str);
  g_clear_pointer (&journey->look_up.followed, pv_followed_free);
  g_clear_pointer (&journey->look_up.invoice, pv_invoice_free);
  journey->look_up.is_asked = journey->look_up.has_failed = FALSE;
}

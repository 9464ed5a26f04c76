/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Requests and invoices that are looked up. */

#include "kiosk/session/session-private.h"

static void
followed_cb (const PvFollowed *followed, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  pv_journey_followed (session->journey, followed, &moment);
  pv_session_refresh_soon (session);
}

static void
invoice_cb (const PvInvoice *invoice, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  pv_journey_invoice_came (session->journey, invoice, &moment);
  pv_session_refresh_soon (session);
}

/* Without a document the printer is not at fault: no reason of its own is told. */
static void
paper_cb (GBytes *pdf, gpointer user_data)
{
  PvSession *session = user_data;
  PvMoment moment = pv_session_now (session);

  if (pdf != NULL)
    pv_printer_link_print (session->printer, pdf, "fr");
  else
    pv_journey_print_state (session->journey, PV_PRINT_FAILED, PV_PRINT_REASON_NONE, &moment);
  pv_session_refresh_soon (session);
}

PvLookUpLink *
pv_session_make_look_up (PvSession *session, const char *decode_program)
{
  static const PvLookUpEvents events = { followed_cb, invoice_cb, paper_cb };

  return pv_look_up_link_new (session->courier, decode_program, &events, session);
}

void
pv_session_perform_look_up (PvSession *session, const PvEffect *effect)
{
  if (effect->kind == PV_EFFECT_FOLLOW)
    pv_look_up_link_follow (session->look_up, effect->text);
  else if (effect->kind == PV_EFFECT_FIND_INVOICE)
    pv_look_up_link_find_invoice (session->look_up, effect->text, effect->number);
  else if (effect->kind == PV_EFFECT_PRINT_INVOICE)
    pv_look_up_link_get_paper (session->look_up, effect->text, effect->number);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where is my request, what do I owe, where are my documents. */

#include <glib/gi18n-lib.h>

#include "core/journey-private.h"
#include "core/lookup-code.h"
#include "core/wipe.h"

static void
set_error (PvLookUp *look_up, char *error)
{
  g_free (look_up->error);
  look_up->error = error;
}

/* What was said about the last try goes with the next touch. */
static void
forget_trouble (PvLookUp *look_up)
{
  g_clear_pointer (&look_up->error, g_free);
  look_up->has_failed = look_up->may_be_draft = FALSE;
  look_up->retry_after_s = 0;
}

void
pv_journey_forget_look_up (PvJourney *journey)
{
  PvLookUp *look_up = &journey->look_up;

  if (look_up->invoice != NULL || look_up->followed != NULL) /* its paper is not the receipt's */
    journey->is_print_asked = FALSE;
  g_clear_pointer (&look_up->code, pv_wipe_str);
  g_clear_pointer (&look_up->amount, pv_wipe_str);
  g_clear_pointer (&look_up->uuid, pv_wipe_str);
  g_clear_pointer (&look_up->followed, pv_followed_free);
  g_clear_pointer (&look_up->invoice, pv_invoice_free);
  forget_trouble (look_up);
  look_up->cents = 0;
  look_up->is_asked = look_up->has_nothing = FALSE;
}

const PvBooking *
pv_journey_get_booking (const PvJourney *journey)
{
  const PvFollowed *followed = journey->look_up.followed;
  const PvBooking *booking = followed != NULL ? followed->booking : NULL;

  if (journey->stage != PV_AT_FOLLOW || !journey->can_store || booking == NULL || !booking->may_cancel
      || booking->ref == NULL || booking->slug == NULL || booking->starts_us <= journey->now.utc_us)
    return NULL;
  return booking;
}

/* Typing ----------------------------------------------------------------------------------------------------------- */

static void
type (PvJourney *journey, const PvIntention *intention)
{
  PvLookUp *look_up = &journey->look_up;
  gboolean is_amount = g_strcmp0 (intention->target, "amount") == 0;
  PvSecretStr **text = is_amount ? &look_up->amount : &look_up->code;

  if (intention->value == NULL || look_up->is_asked || look_up->followed != NULL || look_up->invoice != NULL)
    return;
  forget_trouble (look_up);
  pv_wipe_str (*text);
  *text = journey->stage == PV_AT_FOLLOW ? pv_code_tidy (intention->value) : g_strdup (intention->value);
}

/* Asking ----------------------------------------------------------------------------------------------------------- */

static char *
bad_length_sentence (guint length)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "A code has 8 or 10 letters. Here is %u.",
                                       "A code has 8 or 10 letters. Here are %u.", length),
                          length);
}

static void
follow (PvJourney *journey)
{
  PvLookUp *look_up = &journey->look_up;
  g_autoptr (PvSecretStr) code = NULL;
  guint length;

  if (look_up->followed != NULL)
    return;
  switch (pv_code_read (look_up->code, &code, &length)) {
  case PV_CODE_TRACKING:
    if (!journey->can_follow) {
      set_error (look_up, g_strdup (_ ("Only references of this kiosk can be looked up here. They have 10 letters.")));
      return;
    }
    break;
  case PV_CODE_REFERENCE:
    break;
  case PV_CODE_EMPTY:
    set_error (look_up, g_strdup (_ ("Write the code that is on your receipt.")));
    return;
  case PV_CODE_BAD_LENGTH:
    set_error (look_up, bad_length_sentence (length));
    return;
  case PV_CODE_BAD_CHARACTER:
    set_error (look_up, g_strdup (_ ("This is not such a code. It has consonants only, no vowel and no digit.")));
    return;
  }
  look_up->is_asked = TRUE;
  pv_journey_queue (journey, PV_EFFECT_FOLLOW, code);
}

static void
take_square (PvLookUp *look_up)
{
  if (pv_uuid_find (look_up->code, &look_up->uuid))
    return;
  if (look_up->code == NULL || look_up->code[0] == '\0')
    set_error (look_up, g_strdup (_ ("Hold the square of the invoice under the scanner.")));
  else
    set_error (look_up, g_strdup (_ ("This is not the square of an invoice of the town hall.")));
  g_clear_pointer (&look_up->code, pv_wipe_str); /* the next scan begins anew */
}

static void
ask_invoice (PvJourney *journey)
{
  PvLookUp *look_up = &journey->look_up;
  PvEffect *effect;

  if (look_up->invoice != NULL)
    return;
  if (look_up->uuid == NULL) {
    take_square (look_up);
    return;
  }
  if (!pv_cents_read (look_up->amount, &look_up->cents)) {
    set_error (look_up, g_strdup (_ ("Write the amount in euros, as it is printed: 42,50.")));
    return;
  }
  look_up->is_asked = TRUE;
  effect = pv_journey_queue (journey, PV_EFFECT_FIND_INVOICE, look_up->uuid);
  effect->number = look_up->cents;
}

static void
look_up_now (PvJourney *journey)
{
  if (journey->look_up.is_asked)
    return;
  forget_trouble (&journey->look_up);
  if (journey->stage == PV_AT_FOLLOW)
    follow (journey);
  else if (journey->stage == PV_AT_PAY)
    ask_invoice (journey);
}

/* Answers ---------------------------------------------------------------------------------------------------------- */

/* The portal knows nothing of drafts whose time is over. */
static void
take_nothing (PvLookUp *look_up)
{
  g_autoptr (PvSecretStr) code = NULL;
  guint length;

  set_error (look_up, g_strdup (_ ("No request is known here by this code. Check each letter.")));
  look_up->may_be_draft = pv_code_read (look_up->code, &code, &length) == PV_CODE_TRACKING;
}

void
pv_journey_followed (PvJourney *journey, const PvFollowed *followed, const PvMoment *now)
{
  PvLookUp *look_up = &journey->look_up;

  pv_journey_set_now (journey, now);
  if (journey->stage != PV_AT_FOLLOW || !look_up->is_asked)
    return;
  look_up->is_asked = FALSE;
  if (followed == NULL)
    look_up->has_failed = TRUE;
  else if (followed->kind == PV_FOLLOWED_LIMITED)
    look_up->retry_after_s = MAX (followed->retry_after_s, 1);
  else if (followed->kind == PV_FOLLOWED_NONE)
    take_nothing (look_up);
  else
    look_up->followed = pv_followed_copy (followed);
}

void
pv_journey_invoice_came (PvJourney *journey, const PvInvoice *invoice, const PvMoment *now)
{
  PvLookUp *look_up = &journey->look_up;

  pv_journey_set_now (journey, now);
  if (journey->stage != PV_AT_PAY || !look_up->is_asked)
    return;
  look_up->is_asked = FALSE;
  if (invoice == NULL)
    look_up->has_failed = TRUE;
  else if (invoice->kind == PV_INVOICE_LIMITED)
    look_up->retry_after_s = MAX (invoice->retry_after_s, 1);
  else if (invoice->kind == PV_INVOICE_NONE) /* which of the two is wrong is not told: it would help to guess */
    set_error (look_up, g_strdup (_ ("No invoice has this square and this amount. Check the amount.")));
  else
    look_up->invoice = pv_invoice_copy (invoice);
}

gboolean
pv_journey_prints_invoice (const PvJourney *journey)
{
  return journey->prints_pages && journey->look_up.invoice != NULL && journey->look_up.invoice->has_pdf;
}

void
pv_journey_prints_pages (PvJourney *journey, gboolean prints_pages, const PvMoment *now)
{
  pv_journey_set_now (journey, now);
  journey->prints_pages = prints_pages;
}

/* Acting on what was found ----------------------------------------------------------------------------------------- */

static void
print_invoice (PvJourney *journey)
{
  PvLookUp *look_up = &journey->look_up;
  PvEffect *effect;

  if (journey->stage != PV_AT_PAY || look_up->invoice == NULL || !journey->is_printer_enabled
      || (journey->is_print_asked && journey->print_state < PV_PRINT_DONE))
    return;
  journey->is_print_asked = TRUE;
  journey->print_state = PV_PRINT_PREPARING;
  journey->print_reason = PV_PRINT_REASON_NONE;
  if (!pv_journey_prints_invoice (journey)) {
    pv_journey_queue (journey, PV_EFFECT_PRINT_SLIP, NULL)->slip = pv_journey_make_slip (journey);
    return;
  }
  effect = pv_journey_queue (journey, PV_EFFECT_PRINT_INVOICE, look_up->invoice->uuid);
  effect->number = look_up->cents;
}

static void
show_qr (PvJourney *journey, PvQrPurpose purpose)
{
  journey->phone_from = journey->stage;
  pv_journey_go (journey, PV_AT_PHONE);
  journey->look_up.qr = purpose;
}

static gboolean
may_show_safe (const PvJourney *journey)
{
  return journey->safe_url != NULL
         && (journey->stage == PV_AT_DONE || journey->stage == PV_AT_FOLLOW || journey->stage == PV_AT_LIST);
}

static void
open (PvJourney *journey, PvStage stage)
{
  gboolean is_again = journey->stage == PV_AT_FOLLOW || journey->stage == PV_AT_PAY;

  /* Who practises is shown nothing that is real. */
  if ((journey->stage != PV_AT_HOME && !is_again) || journey->filing != NULL || journey->is_practising
      || (stage == PV_AT_PAY && !journey->can_pay))
    return;
  pv_journey_forget_look_up (journey);
  pv_journey_go (journey, stage);
}

/* One step back: from what was found, or from the amount, to the first question; from there to Home. Nothing that was
 * found stays behind. */
static void
back (PvJourney *journey)
{
  const PvLookUp *look_up = &journey->look_up;
  gboolean is_first = look_up->followed == NULL && look_up->uuid == NULL && !look_up->has_nothing && !look_up->is_asked;

  if (journey->page > 0) {
    journey->page--;
    return;
  }
  pv_journey_forget_look_up (journey);
  if (is_first)
    pv_journey_go (journey, PV_AT_HOME);
}

void
pv_journey_handle_look_up (PvJourney *journey, const PvIntention *intention)
{
  switch ((gint) intention->kind) {
  case PV_DO_OPEN_FOLLOW:
    open (journey, PV_AT_FOLLOW);
    break;
  case PV_DO_OPEN_PAY:
    open (journey, PV_AT_PAY);
    break;
  case PV_DO_TYPE:
    type (journey, intention);
    break;
  case PV_DO_DECLINE:
    journey->look_up.has_nothing = journey->stage == PV_AT_PAY && journey->look_up.uuid == NULL;
    break;
  case PV_DO_LOOK_UP:
    look_up_now (journey);
    break;
  case PV_DO_PRINT_INVOICE:
    print_invoice (journey);
    break;
  case PV_DO_SHOW_PAYMENT:
    if (journey->stage == PV_AT_PAY && journey->look_up.invoice != NULL
        && journey->look_up.invoice->payment_url != NULL)
      show_qr (journey, PV_QR_PAYMENT);
    break;
  case PV_DO_SHOW_SAFE:
    if (may_show_safe (journey))
      show_qr (journey, PV_QR_SAFE);
    break;
  case PV_DO_BACK:
    back (journey);
    break;
  default:
    break;
  }
}

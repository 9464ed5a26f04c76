/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/receipt.h"

#include <glib/gi18n-lib.h>

#include "core/wipe.h"

PvReceipt *
pv_receipt_new (PvReceiptKind kind)
{
  PvReceipt *receipt = g_new0 (PvReceipt, 1);

  receipt->kind = kind;
  receipt->text_percent = 100;
  receipt->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_receipt_line_free);
  receipt->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_receipt_line_free);
  return receipt;
}

void
pv_receipt_free (PvReceipt *receipt)
{
  if (receipt == NULL)
    return;
  g_free (receipt->title);
  g_free (receipt->commune);
  g_free (receipt->place);
  g_free (receipt->service);
  g_free (receipt->address);
  g_free (receipt->email);
  g_free (receipt->phone);
  g_free (receipt->procedure);
  g_free (receipt->procedure_version);
  g_free (receipt->reference_label);
  pv_wipe_str (receipt->reference);
  pv_wipe_str (receipt->tracking_code);
  pv_wipe_str (receipt->qr_text);
  pv_wipe_str (receipt->proof);
  g_free (receipt->datetime);
  g_ptr_array_unref (receipt->lines);
  g_ptr_array_unref (receipt->documents);
  g_free (receipt->next);
  pv_wipe_str (receipt->appointment);
  g_free (receipt->meeting_place);
  g_free (receipt->bring);
  g_free (receipt->to_confirm);
  pv_wipe_str (receipt->calendar);
  g_free (receipt->silence);
  g_free (receipt->appeal);
  g_free (receipt->privacy);
  g_free (receipt->official_title);
  g_free (receipt->official_procedure);
  g_free (receipt->official_next);
  g_free (receipt->official_silence);
  g_free (receipt->official_appeal);
  g_free (receipt->language);
  g_free (receipt);
}

PvReceiptLine *
pv_receipt_line_new (const char *label, const char *value)
{
  PvReceiptLine *line = g_new0 (PvReceiptLine, 1);

  line->label = g_strdup (label);
  line->value = g_strdup (value);
  return line;
}

void
pv_receipt_line_free (PvReceiptLine *line)
{
  if (line == NULL)
    return;
  pv_wipe_str (line->label);
  pv_wipe_str (line->value);
  g_free (line);
}

/* CRPA R112-11-1 wants, on an acknowledgement of receipt: the service with its phone number and an e-mail or postal
 * address; for a request also what silence will mean and when; after a silent refusal the ways of appeal.  Without one
 * of them the paper may not bear that title. */
static gboolean
has_legal_facts (const PvLegalFacts *facts)
{
  gboolean has_service =
    facts->service != NULL && facts->phone != NULL && (facts->address != NULL || facts->email != NULL);
  gboolean has_delay = facts->delay_months > 0 || facts->delay_days > 0;

  switch (facts->silence) {
  case PV_SILENCE_NOT_A_REQUEST:
    return has_service;
  case PV_SILENCE_ACCEPT:
    return has_service && has_delay;
  case PV_SILENCE_REFUSE:
    return has_service && has_delay && facts->appeal != NULL;
  case PV_SILENCE_UNKNOWN:
    return FALSE;
  }
  return FALSE;
}

PvReceiptKind
pv_receipt_kind_for (const PvOutcome *outcome, const PvLegalFacts *facts)
{
  switch (outcome->kind) {
  case PV_OUTCOME_RECEIVED:
    return has_legal_facts (facts) ? PV_RECEIPT_RECEIVED : PV_RECEIPT_REGISTERED;
  case PV_OUTCOME_PENDING:
    return PV_RECEIPT_REGISTERED;
  case PV_OUTCOME_UNKNOWN:
  case PV_OUTCOME_REFUSED:
    return PV_RECEIPT_TO_CHECK;
  case PV_OUTCOME_DRAFT:
  case PV_OUTCOME_SLOT_TAKEN: /* nothing is printed of these */
  case PV_OUTCOME_GIVEN_UP:
    return PV_RECEIPT_TICKET;
  }
  return PV_RECEIPT_TO_CHECK;
}

const char *
pv_receipt_title (PvReceiptKind kind)
{
  switch (kind) {
  case PV_RECEIPT_RECEIVED:
    return _ ("Electronic acknowledgement of receipt");
  case PV_RECEIPT_REGISTERED:
    return _ ("Acknowledgement of registration");
  case PV_RECEIPT_TO_CHECK:
    return _ ("Acknowledgement of registration, to be checked");
  case PV_RECEIPT_TICKET:
    return _ ("Ticket to carry on later");
  }
  return "";
}

gboolean
pv_silence_date (const PvLegalFacts *facts, const GDate *received, GDate *ret_date)
{
  GDate date = *received;

  if (facts->silence != PV_SILENCE_ACCEPT && facts->silence != PV_SILENCE_REFUSE)
    return FALSE;
  if (facts->delay_months == 0 && facts->delay_days == 0)
    return FALSE;
  g_date_add_months (&date, facts->delay_months); /* stays within a shorter month, as wanted */
  g_date_add_days (&date, facts->delay_days);
  *ret_date = date;
  return TRUE;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the citizen leaves with: never more than is proven (see pv_receipt_kind_for()). */

#include <glib/gi18n-lib.h>

#include "core/date.h"
#include "core/document.h"
#include "core/journey-private.h"
#include "core/wipe.h"

static const PvOutcome *
outcome_or_pending (const PvJourney *journey, PvOutcome *pending)
{
  if (journey->outcome != NULL)
    return journey->outcome;
  *pending = (PvOutcome){ .kind = PV_OUTCOME_PENDING };
  return pending;
}

static const char *
first_of (const char *a, const char *b)
{
  return a != NULL && a[0] != '\0' ? a : b;
}

char *
pv_journey_silence_sentence (const PvJourney *journey, char **ret_strong)
{
  const PvLegalFacts *facts = &journey->procedure->facts;
  g_autofree char *day = NULL;
  GDate received, date;

  if (journey->outcome == NULL || journey->outcome->kind != PV_OUTCOME_RECEIVED
      || !pv_moment_get_date (journey->outcome->received_us, journey->now.zone, &received)
      || !pv_silence_date (facts, &received, &date))
    return NULL;
  day = pv_date_display (&date);
  if (ret_strong != NULL)
    *ret_strong = g_strdup (facts->silence == PV_SILENCE_ACCEPT
                              /* Translators: follows "Without an answer on ..., it is considered as". */
                              ? C_ ("request", "accepted.")
                              : C_ ("request", "refused."));
  /* Translators: %s is a date; "accepted." or "refused." follows. */
  return g_strdup_printf (_ ("Without an answer on %s, it is considered as"), day);
}

/* Each with what it can be recognised by (procedures-fr 4.3). */
static void
add_documents (PvReceipt *receipt, const char *label, const PvValue *files)
{
  for (guint i = 0; i < pv_value_get_n (files); i++) {
    GBytes *content = pv_value_get_content (files, i);
    g_autofree char *name = pv_value_get_n (files) > 1 ? g_strdup_printf ("%s %u", label, i + 1) : g_strdup (label);
    g_autofree char *what = pv_document_display (pv_value_get_n_pages (files, i), g_bytes_get_size (content));
    g_autofree char *digest = pv_document_digest (content);
    /* Translators: pages and size of a document, and digits by which it can be recognised. */
    g_autofree char *value = g_strdup_printf (_ ("%s, SHA-256 %s…"), what, digest);

    g_ptr_array_add (receipt->documents, pv_receipt_line_new (name, value));
  }
}

/* A row of a table is one line of the paper. */
static void
add_table_row (const PvJourney *journey, PvReceipt *receipt, const PvStep *step)
{
  g_autofree char *label = pv_screen_table_title (NULL, step);
  g_autoptr (PvSecretStr) value = pv_screen_join_cells (journey, step->block, step->row, step, TRUE);

  if (value[0] != '\0')
    g_ptr_array_add (receipt->lines, pv_receipt_line_new (label, value));
}

static void
add_summary (const PvJourney *journey, PvReceipt *receipt)
{
  g_autoptr (GPtrArray) steps = pv_journey_list_steps (journey, NULL);

  for (guint i = 0; i < steps->len; i++) {
    const PvStep *step = steps->pdata[i];

    if (step->kind == PV_STEP_QUESTIONS && pv_step_is_of_table (step)) {
      add_table_row (journey, receipt, step);
      continue;
    }
    for (guint k = 0; step->kind == PV_STEP_QUESTIONS && k < step->questions->len; k++) {
      const PvQuestion *question = step->questions->pdata[k];
      const PvValue *answer = pv_filing_get (journey->filing, step->paths->pdata[k]);
      g_autoptr (PvSecretStr) value = pv_filing_display_masked (journey->filing, step->paths->pdata[k]);
      g_autofree char *label = pv_screen_name_row (NULL, step, question->label);

      if (question->kind == PV_QUESTION_INFO || value[0] == '\0')
        continue;
      if (answer != NULL && pv_value_get_type (answer) == PV_VALUE_FILES) {
        add_documents (receipt, question->label, answer);
        continue;
      }
      g_ptr_array_add (question->kind == PV_QUESTION_FILE ? receipt->documents : receipt->lines,
                       pv_receipt_line_new (label, value));
    }
  }
}

/* Tracking codes have 8 letters: two groups of four. */
static char *
display_tracking_code (const char *code)
{
  return g_utf8_strlen (code, -1) == 8 ? g_strdup_printf ("%.4s\xc2\xa0%s", code, code + 4) : g_strdup (code);
}

char *
pv_journey_reference (const PvJourney *journey, const char **ret_label)
{
  const PvOutcome *outcome = journey->outcome;

  if (outcome != NULL && outcome->kind == PV_OUTCOME_RECEIVED && outcome->number != NULL
      && journey->purpose < PV_SUBMISSION_BOOK) {
    *ret_label = _ ("Number of the request");
    return g_strdup (outcome->number);
  }
  if (outcome != NULL && outcome->kind == PV_OUTCOME_DRAFT && outcome->tracking_code != NULL) {
    *ret_label = _ ("Code to carry on");
    return display_tracking_code (outcome->tracking_code);
  }
  if (outcome != NULL && outcome->kind == PV_OUTCOME_DRAFT && outcome->number != NULL) {
    *ret_label = _ ("Number of the form");
    return g_strdup (outcome->number);
  }
  /* To move or to cancel it here, this is what is asked for. */
  *ret_label = _ ("Reference of the kiosk");
  return pv_ref_display (pv_filing_get_ref (journey->filing));
}

char *
pv_journey_tracking_code (const PvJourney *journey)
{
  if (journey->outcome == NULL || journey->outcome->tracking_code == NULL || journey->outcome->kind == PV_OUTCOME_DRAFT)
    return NULL;
  return display_tracking_code (journey->outcome->tracking_code);
}

char *
pv_journey_qr_text (const PvJourney *journey)
{
  const PvOutcome *outcome = journey->outcome;

  if (outcome != NULL && outcome->resume_url != NULL)
    return g_strdup (outcome->resume_url);
  if (outcome != NULL && outcome->tracking_code != NULL && journey->tracking_url != NULL)
    return g_strdup_printf ("%s%s", journey->tracking_url, outcome->tracking_code);
  if (outcome != NULL && outcome->tracking_code != NULL)
    return g_strdup (outcome->tracking_code);
  /* The other site did not answer: its empty form is better than a reference that it does not know. */
  if (journey->procedure->is_handover)
    return g_strdup (pv_journey_page_url (journey));
  return g_strdup (pv_filing_get_ref (journey->filing));
}

/* Where a draft goes on, and until when. (transfer full) */
static char *
ticket_sentences (const PvJourney *journey)
{
  g_autofree char *end = pv_journey_draft_end (journey);
  const char *what =
    journey->procedure->is_handover
      ? _ ("Nothing is sent yet. Open this code on a phone or a computer. Fill in the rest, and send it there.")
    : end != NULL
      ? _ ("Your request is not sent. Open this code on a phone or a computer to go on. A kiosk cannot open it.")
      : _ ("Your request is not sent. You can carry on with this code, at home or with an agent.");
  g_autofree char *until = end != NULL ? g_strdup_printf (_ ("Valid until %s."), end) : NULL;

  return until != NULL ? g_strdup_printf ("%s %s", what, until) : g_strdup (what);
}

static const char *
next_of_booking (const PvJourney *journey, const PvOutcome *outcome)
{
  if (journey->purpose == PV_SUBMISSION_CANCEL)
    return outcome->kind == PV_OUTCOME_RECEIVED
             ? _ ("The appointment is cancelled. You have nothing more to do.")
             : _ ("The town hall will receive your cancellation. If nobody confirms it, call before that day.");
  if (outcome->kind == PV_OUTCOME_RECEIVED && outcome->booking == NULL)
    return _ ("You are on the waiting list. The town hall calls you when a place is free.");
  if (outcome->kind == PV_OUTCOME_RECEIVED)
    return _ ("Your appointment is booked. To move or cancel it, use the kiosk’s reference here, or call.");
  return _ ("Your appointment is not booked yet. The town hall will confirm it, or call you.");
}

static const char *
next_sentences (const PvJourney *journey, const PvReceipt *receipt, const PvOutcome *outcome)
{
  if (journey->purpose >= PV_SUBMISSION_BOOK)
    return next_of_booking (journey, outcome);
  switch (receipt->kind) {
  case PV_RECEIPT_RECEIVED:
    return _ ("The town hall has received your request. You have nothing more to do.");
  case PV_RECEIPT_REGISTERED:
    if (outcome->kind == PV_OUTCOME_RECEIVED)
      return _ ("The town hall has received your request. You have nothing more to do.");
    return _ ("The town hall will receive your request as soon as the network is back. You have nothing to do again.");
  case PV_RECEIPT_TO_CHECK:
    if (outcome->kind == PV_OUTCOME_REFUSED)
      return _ ("The portal did not take the request. It is kept here. An agent will look at it.");
    return _ ("To be checked: the town hall may have it already. An agent will look. Do not file it again.");
  case PV_RECEIPT_TICKET:
    break; /* see ticket_sentences() */
  }
  return "";
}

/* What the person comes back with. */
static void
add_reference (const PvJourney *journey, PvReceipt *receipt)
{
  const char *label;

  receipt->reference = pv_journey_reference (journey, &label);
  receipt->reference_label = g_strdup (label);
  receipt->tracking_code = pv_journey_tracking_code (journey);
  receipt->qr_text = pv_journey_qr_text (journey);
  if (receipt->kind != PV_RECEIPT_TICKET)
    receipt->proof = g_strdup (journey->proof);
}

static void
add_appointment (const PvJourney *journey, PvReceipt *receipt)
{
  if (journey->appointment == NULL || receipt->practice)
    return;
  receipt->appointment = pv_journey_appointment_time (journey);
  receipt->meeting_place = g_strdup (journey->appointment->place);
  if (journey->purpose == PV_SUBMISSION_CANCEL)
    return;
  receipt->bring = g_strdup (pv_journey_say (journey, NULL, journey->appointment->bring));
  receipt->to_confirm = pv_journey_appointment_note (journey);
  receipt->calendar = pv_journey_calendar (journey);
}

PvReceipt *
pv_journey_make_receipt (const PvJourney *journey)
{
  const PvProcedure *procedure = journey->procedure;
  const PvLegalFacts *facts = &procedure->facts;
  PvOutcome pending;
  const PvOutcome *outcome = outcome_or_pending (journey, &pending);
  gboolean is_practice = pv_filing_is_practice (journey->filing);
  PvReceiptKind kind =
    journey->purpose == PV_SUBMISSION_DRAFT || is_practice ? PV_RECEIPT_TICKET : pv_receipt_kind_for (outcome, facts);
  PvReceipt *receipt = pv_receipt_new (kind);
  gboolean is_received = outcome->kind == PV_OUTCOME_RECEIVED;
  gint64 when_us = is_received ? outcome->received_us : is_practice ? journey->now.utc_us : journey->stored_us;
  g_autofree char *strong = NULL, *silence = pv_journey_silence_sentence (journey, &strong);

  receipt->practice = is_practice;
  receipt->title = g_strdup (is_practice ? C_ ("receipt", "Practice paper") : pv_receipt_title (kind));
  receipt->commune = g_strdup (journey->commune);
  receipt->place = pv_journey_place (journey);
  receipt->service = g_strdup (first_of (facts->service, journey->service));
  receipt->address = g_strdup (first_of (facts->address, journey->address));
  receipt->email = g_strdup (first_of (facts->email, journey->email));
  receipt->phone = g_strdup (first_of (facts->phone, journey->phone));
  receipt->procedure = g_strdup (pv_journey_say (journey, NULL, procedure->title));
  receipt->procedure_version = g_strdup (procedure->version);
  if (!is_practice)
    add_reference (journey, receipt);
  /* The portal's clock says when it received; the kiosk's own word is worth what its clock is. */
  receipt->datetime = pv_moment_display (when_us, journey->now.zone, is_received || journey->is_clock_verified);
  add_appointment (journey, receipt);
  receipt->next = is_practice ? g_strdup (_ ("Nothing was sent. To make a real request, begin it again at a kiosk."))
                  : kind == PV_RECEIPT_TICKET ? ticket_sentences (journey)
                                              : g_strdup (next_sentences (journey, receipt, outcome));
  if (kind == PV_RECEIPT_RECEIVED && silence != NULL) {
    receipt->silence = g_strdup_printf ("%s %s", silence, strong);
    if (facts->silence == PV_SILENCE_ACCEPT) {
      g_autofree char *sentence = g_steal_pointer (&receipt->silence);

      receipt->silence = g_strdup_printf ("%s %s", sentence, _ ("You can then ask the town hall for a certificate."));
    } else {
      receipt->appeal = g_strdup (pv_journey_say (journey, NULL, facts->appeal));
    }
  }
  if (journey->dpo != NULL)
    receipt->privacy =
      g_strdup_printf (_ ("Your data serve this request only. Questions about your data: %s"), journey->dpo);
  receipt->language = g_strdup (journey->look.language);
  receipt->text_percent = pv_journey_paper_percent (journey);
  if (kind != PV_RECEIPT_TICKET || is_practice)
    add_summary (journey, receipt);
  return receipt;
}

/* What is the same in both is not printed twice. (transfer full) (nullable) */
static char *
other_than (const char *official, const char *text)
{
  return official != NULL && g_strcmp0 (official, text) != 0 ? g_strdup (official) : NULL;
}

void
pv_journey_complete_receipt (const PvJourney *journey, PvReceipt *receipt)
{
  const PvLegalFacts *facts;
  g_autoptr (PvReceipt) official = NULL;

  if (journey->filing == NULL || journey->procedure == NULL)
    return;
  facts = &journey->procedure->facts;
  official = pv_journey_make_receipt (journey);
  g_free (receipt->official_title);
  g_free (receipt->official_procedure);
  g_free (receipt->official_next);
  g_free (receipt->official_silence);
  g_free (receipt->official_appeal);
  receipt->official_title = other_than (official->title, receipt->title);
  receipt->official_procedure = other_than (journey->procedure->title, receipt->procedure);
  receipt->official_next = other_than (official->next, receipt->next);
  receipt->official_silence = other_than (official->silence, receipt->silence);
  receipt->official_appeal = receipt->appeal != NULL ? other_than (facts->appeal, receipt->appeal) : NULL;
}

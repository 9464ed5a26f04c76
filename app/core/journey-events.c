/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes back from whoever performs the effects: catalogue, options, outbox, printer, reader, assistance. */

#include <string.h>

#include "core/journey-private.h"
#include "core/receipt-code.h"
#include "core/wipe.h"

void
pv_journey_card_report (PvJourney *journey, const PvCardReport *report, const PvMoment *now)
{
  pv_journey_set_now (journey, now);
  pv_journey_follow_card (journey, report);
  pv_journey_watch_card (journey);
}

void
pv_journey_assistance_changed (PvJourney *journey, const PvAssistance *assistance, const PvMoment *now)
{
  pv_journey_set_now (journey, now);
  pv_journey_follow_assistance (journey, assistance);
}

void
pv_journey_pointed (PvJourney *journey, const char *target, const PvMoment *now)
{
  pv_journey_set_now (journey, now);
  pv_journey_follow_pointing (journey, target);
}

void
pv_journey_explained (PvJourney *journey, const char *text, const PvMoment *now)
{
  pv_journey_set_now (journey, now);
  pv_journey_follow_explanation (journey, text);
}

void
pv_journey_assistance_noted (PvJourney *journey, const char *verb, const char *field, const PvMoment *now)
{
  pv_journey_set_now (journey, now);
  pv_journey_follow_deed (journey, verb, field);
}

gboolean
pv_journey_portrait_came (PvJourney *journey, const PvMoment *now)
{
  pv_journey_set_now (journey, now);
  journey->has_portrait = pv_journey_has_portrait_place (journey);
  return journey->has_portrait;
}

void
pv_journey_portrait_failed (PvJourney *journey, const PvMoment *now)
{
  pv_journey_set_now (journey, now);
  journey->has_portrait = FALSE;
}

void
pv_journey_catalogue_loaded (PvJourney *journey, PvCatalogue *catalogue, const PvMoment *now)
{
  pv_journey_set_now (journey, now);
  g_clear_pointer (&journey->catalogue, pv_catalogue_unref);
  g_clear_pointer (&journey->translated, pv_catalogue_unref);
  journey->is_catalogue_missing = catalogue == NULL;
  if (catalogue != NULL)
    journey->catalogue = pv_catalogue_ref (catalogue);
}

void
pv_journey_procedure_loaded (PvJourney *journey, const char *slug, PvProcedure *procedure, const PvMoment *now)
{
  pv_journey_set_now (journey, now);
  if (journey->stage != PV_AT_PROCEDURE || g_strcmp0 (journey->slug, slug) != 0 || journey->procedure != NULL)
    return;
  journey->is_procedure_missing = procedure == NULL;
  if (procedure != NULL)
    journey->procedure = pv_procedure_ref (procedure);
}

void
pv_journey_options_loaded (PvJourney *journey, const char *path, GPtrArray *options, const PvMoment *now)
{
  const char *last = strrchr (path, '/');
  const char *id = last != NULL ? last + 1 : path;
  const PvQuestion *question =
    journey->filing != NULL ? pv_procedure_find_question (pv_filing_get_procedure (journey->filing), id) : NULL;
  gboolean is_there = options != NULL;

  pv_journey_set_now (journey, now);
  if (options != NULL && journey->filing != NULL)
    pv_filing_set_options (journey->filing, path, options);
  else
    g_clear_pointer (&options, g_ptr_array_unref);
  if (g_hash_table_contains (journey->asked_options, id) && journey->filing != NULL)
    g_hash_table_insert (journey->asked_options, g_strdup (id),
                         GUINT_TO_POINTER (pv_filing_get_options (journey->filing, path) != NULL ? 1 : 2));
  if (question != NULL && (question->flags & PV_QUESTION_SLOT) != 0)
    pv_journey_slots_came (journey, path, is_there);
}

void
pv_journey_stored (PvJourney *journey, gboolean is_stored, const PvMoment *now)
{
  pv_journey_set_now (journey, now);
  if (journey->stage != PV_AT_SENDING || journey->is_stored || pv_filing_is_practice (journey->filing))
    return;
  if (is_stored) {
    journey->is_stored = TRUE;
    journey->stored_us = now->utc_us;
  } else {
    pv_journey_go (journey, PV_AT_CHECK);
    journey->has_store_failed = TRUE;
  }
}

void
pv_journey_set_proof (PvJourney *journey, const char *ref, const char *code)
{
  if (journey->filing == NULL || g_strcmp0 (ref, pv_filing_get_ref (journey->filing)) != 0
      || strlen (code) > PV_RECEIPT_CODE_MAX_BYTES)
    return;
  pv_wipe_str (journey->proof);
  journey->proof = g_strdup (code);
}

void
pv_journey_outcome (PvJourney *journey, const PvOutcome *outcome, const PvMoment *now)
{
  pv_journey_set_now (journey, now);
  if (journey->filing == NULL || g_strcmp0 (outcome->ref, pv_filing_get_ref (journey->filing)) != 0
      || (journey->stage != PV_AT_SENDING && journey->stage != PV_AT_DONE && journey->stage != PV_AT_PHONE))
    return;
  /* Told wherever the citizen is by now: nothing was sent, so nothing may stay on the screen that says it was. */
  if (outcome->kind == PV_OUTCOME_SLOT_TAKEN) {
    if (journey->outcome == NULL || journey->outcome->kind == PV_OUTCOME_PENDING)
      pv_journey_slot_is_taken (journey);
    return;
  }
  /* What was proven stays: a later word cannot make it less. */
  if (journey->outcome != NULL
      && (journey->outcome->kind == PV_OUTCOME_RECEIVED || journey->outcome->kind == PV_OUTCOME_DRAFT))
    return;
  g_clear_pointer (&journey->outcome, pv_outcome_free);
  journey->outcome = pv_outcome_copy (outcome);
  if (journey->stage == PV_AT_SENDING && outcome->kind != PV_OUTCOME_PENDING)
    pv_journey_go (journey, PV_AT_DONE);
}

void
pv_journey_print_state (PvJourney *journey, PvPrintState state, PvPrintReason reason, const PvMoment *now)
{
  pv_journey_set_now (journey, now);
  if (!journey->is_print_asked)
    return;
  journey->print_state = state;
  journey->print_reason = reason;
  journey->has_paper_or_phone |= state == PV_PRINT_DONE;
  /* Half a sheet, or one of which nobody knows, lies in the tray as well. */
  journey->has_printed |= state >= PV_PRINT_PRINTING && state != PV_PRINT_FAILED;
}

void
pv_journey_printer_available (PvJourney *journey, gboolean is_available, PvPrintReason reason, const PvMoment *now)
{
  pv_journey_set_now (journey, now);
  journey->is_printer_available = is_available;
  journey->printer_reason = reason;
}

void
pv_journey_service_state (PvJourney *journey, gboolean has_courier, gboolean can_store, const PvMoment *now)
{
  pv_journey_set_now (journey, now);
  journey->has_courier = has_courier;
  journey->can_store = can_store;
}

void
pv_journey_show_out_of_order (PvJourney *journey, const PvMoment *now)
{
  pv_journey_set_now (journey, now);
  pv_journey_go (journey, PV_AT_OUT_OF_ORDER);
  journey->is_in_maintenance = FALSE;
  pv_journey_forget_closed (journey);
  pv_journey_watch_card (journey);
}

void
pv_journey_capture_report (PvJourney *journey, const PvCaptureReport *report, const PvMoment *now)
{
  pv_journey_set_now (journey, now);
  pv_journey_follow_capture (journey, report);
}

void
pv_journey_document_came (PvJourney *journey, const PvDocument *document, const PvMoment *now)
{
  pv_journey_set_now (journey, now);
  pv_journey_take_document (journey, document);
}

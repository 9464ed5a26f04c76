/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/journey.h"

#include <glib/gi18n-lib.h>

#include "core/date.h"
#include "core/journey-private.h"
#include "core/wipe.h"

void
pv_effect_free (PvEffect *effect)
{
  if (effect == NULL)
    return;
  pv_wipe_str (effect->text);
  g_free (effect->path);
  pv_submission_free (effect->submission);
  pv_capture_rules_free (effect->capture);
  pv_receipt_free (effect->receipt);
  pv_assist_sheet_free (effect->sheet);
  pv_invoice_slip_free (effect->slip);
  pv_summary_sheet_free (effect->summary);
  pv_appointment_sheet_free (effect->appointment);
  g_free (effect);
}

PvJourney *
pv_journey_new (const PvJourneyConfig *config)
{
  PvJourney *journey = g_new0 (PvJourney, 1);

  journey->commune = g_strdup (config->commune);
  journey->place = g_strdup (config->place);
  journey->service = g_strdup (config->service);
  journey->address = g_strdup (config->address);
  journey->email = g_strdup (config->email);
  journey->phone = g_strdup (config->phone);
  journey->dpo = g_strdup (config->dpo);
  journey->hours = g_strdup (config->hours);
  journey->directions = g_strdupv ((char **) config->directions);
  journey->tracking_url = g_strdup (config->tracking_url);
  journey->languages = g_strdupv ((char **) config->languages);
  journey->idle_seconds = config->idle_seconds;
  journey->warn_seconds = config->warn_seconds;
  journey->is_printer_enabled = config->is_printer_enabled;
  journey->is_clock_verified = config->is_clock_verified;
  journey->can_speak = config->can_speak;
  journey->speaks_in_headset_only = config->speaks_in_headset_only;
  journey->echo = "echo-letters";
  journey->is_card_enabled = config->is_card_enabled;
  journey->has_scanner = config->has_scanner;
  journey->has_drop = config->has_drop;
  journey->can_pay = config->can_pay;
  journey->can_follow = config->can_follow;
  journey->has_addresses = config->has_addresses;
  journey->safe_url = g_strdup (config->safe_url);
  journey->login_url = g_strdup (config->login_url);
  journey->is_post = config->is_post;
  journey->glossary = config->glossary != NULL ? pv_glossary_ref (config->glossary) : NULL;
  journey->post = g_strdup (config->post);
  journey->closing.opening = config->opening != NULL ? pv_opening_ref (config->opening) : NULL;
  journey->closing.warn_minutes = config->closing_minutes;
  journey->closing.dark_minutes = config->dark_minutes;
  journey->card_state = PV_CARD_WAITING;
  journey->look =
    (PvLook){ PV_LOOK_USUAL, .is_low = config->starts_low && !config->is_post, .language = journey->languages[0] };
  journey->capacity = (PvCapacity){ 20, 40 };
  journey->asked_options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  journey->can_store = TRUE;
  journey->has_courier = TRUE;
  pv_journey_init_help (journey, config);
  g_queue_init (&journey->effects);
  pv_journey_queue (journey, PV_EFFECT_FETCH_CATALOGUE, NULL);
  return journey;
}

void
pv_journey_forget_filing (PvJourney *journey)
{
  g_clear_pointer (&journey->filing, pv_filing_free);
  g_clear_pointer (&journey->procedure, pv_procedure_unref);
  g_clear_pointer (&journey->outcome, pv_outcome_free);
  g_clear_pointer (&journey->proof, pv_wipe_str);
  g_clear_pointer (&journey->slug, g_free);
  g_clear_pointer (&journey->step_key, g_free);
  g_clear_pointer (&journey->page_error, pv_wipe_str);
  g_clear_pointer (&journey->jumped, g_free);
  g_clear_pointer (&journey->option_words, pv_wipe_str);
  g_clear_pointer (&journey->words, pv_wipe_str);
  pv_journey_forget_identity (journey);
  pv_journey_forget_document (journey);
  pv_journey_forget_look_up (journey);
  pv_journey_forget_finding (journey);
  pv_journey_forget_slots (journey);
  g_hash_table_remove_all (journey->asked_options);
  journey->is_procedure_missing = journey->shows_errors = journey->is_from_check = FALSE;
  journey->has_store_failed = journey->is_stored = FALSE;
  journey->has_paper_or_phone = journey->is_print_asked = journey->is_large_print = FALSE;
  journey->sent_ms = journey->stored_us = 0;
}

void
pv_journey_free (PvJourney *journey)
{
  if (journey == NULL)
    return;
  pv_journey_forget_filing (journey);
  pv_journey_clear_help (journey);
  g_clear_pointer (&journey->catalogue, pv_catalogue_unref);
  pv_journey_forget_texts (journey);
  g_clear_pointer (&journey->explained, g_ptr_array_unref);
  g_clear_pointer (&journey->glossary, pv_glossary_unref);
  g_hash_table_unref (journey->asked_options);
  g_free (journey->commune);
  g_free (journey->place);
  g_free (journey->service);
  g_free (journey->address);
  g_free (journey->email);
  g_free (journey->phone);
  g_free (journey->dpo);
  g_free (journey->hours);
  g_strfreev (journey->directions);
  g_free (journey->tracking_url);
  g_strfreev (journey->languages);
  g_free (journey->maintenance_others);
  g_free (journey->closing.others);
  pv_opening_unref (journey->closing.opening);
  g_free (journey->category);
  g_free (journey->safe_url);
  g_free (journey->login_url);
  g_free (journey->post);
  g_free (journey->next_ref);
  g_clear_pointer (&journey->now.zone, g_time_zone_unref);
  g_queue_clear_full (&journey->effects, (GDestroyNotify) pv_effect_free);
  pv_journey_forget_screens (journey);
  g_clear_pointer (&journey->telling.decided, g_array_unref);
  g_free (journey);
}

PvEffect *
pv_journey_queue (PvJourney *journey, PvEffectKind kind, const char *text)
{
  PvEffect *effect = g_new0 (PvEffect, 1);

  effect->kind = kind;
  effect->text = g_strdup (text);
  g_queue_push_tail (&journey->effects, effect);
  return effect;
}

PvEffect *
pv_journey_pop_effect (PvJourney *journey)
{
  return g_queue_pop_head (&journey->effects);
}

void
pv_journey_forget_screens (PvJourney *journey)
{
  g_clear_pointer (&journey->state, pv_screen_state_free);
  g_clear_pointer (&journey->shared, pv_screen_state_free);
}

void
pv_journey_set_now (PvJourney *journey, const PvMoment *now)
{
  GTimeZone *zone = g_time_zone_ref (now->zone);

  g_clear_pointer (&journey->now.zone, g_time_zone_unref);
  journey->now = *now;
  journey->now.zone = zone;
  pv_journey_forget_screens (journey);
}

void
pv_journey_today (const PvJourney *journey, GDate *ret_today)
{
  g_date_clear (ret_today, 1);
  if (journey->now.zone == NULL || !pv_moment_get_date (journey->now.utc_us, journey->now.zone, ret_today))
    g_date_set_dmy (ret_today, 1, 1, 2000);
}

void
pv_journey_go (PvJourney *journey, PvStage stage)
{
  journey->stage = stage;
  journey->page = 0;
  journey->is_jumping = FALSE;
  g_clear_pointer (&journey->jumped, g_free);
  if (stage != PV_AT_DOCUMENT)
    pv_journey_forget_document (journey);
  g_clear_pointer (&journey->slots.path, g_free); /* what is not on the screen is not kept fresh */
  journey->shows_errors = FALSE;
  g_clear_pointer (&journey->option_words, pv_wipe_str);
  journey->look_up.qr = PV_QR_OTHER;
  if (stage == PV_AT_HOME) /* what was looked up is for who looked */
    pv_journey_forget_look_up (journey);
  if (stage == PV_AT_GOODBYE || stage == PV_AT_OUT_OF_ORDER) {
    pv_journey_drop_help (journey);
    pv_journey_lift_curtain (journey); /* nothing of anybody is behind it any more */
  }
  if (stage == PV_AT_GOODBYE) {
    journey->is_practising = FALSE;
    pv_journey_forget_filing (journey);
    journey->overlay = PV_OVER_NONE;
    pv_journey_queue (journey, PV_EFFECT_GOODBYE, NULL);
  }
}

void
pv_journey_set_ref (PvJourney *journey, const char *ref)
{
  g_free (journey->next_ref);
  journey->next_ref = g_strdup (ref);
}

void
pv_journey_set_capacity (PvJourney *journey, const PvCapacity *capacity)
{
  journey->capacity.lines = MAX (capacity->lines, 4);
  journey->capacity.chars_per_line = MAX (capacity->chars_per_line, 12);
  pv_journey_forget_screens (journey);
}

/* A document that can be neither made here nor brought later. */
static gboolean
must_have_document (const GPtrArray *questions)
{
  for (guint i = 0; questions != NULL && i < questions->len; i++) {
    const PvQuestion *question = questions->pdata[i];

    if ((question->kind == PV_QUESTION_FILE && !pv_question_may_come_later (question))
        || must_have_document (question->questions))
      return TRUE;
  }
  return FALSE;
}

gboolean
pv_journey_may_scan (const PvJourney *journey)
{
  return journey->has_scanner || journey->is_practising;
}

gboolean
pv_journey_is_fillable (const PvJourney *journey, const PvProcedure *procedure)
{
  if (procedure->fillable != PV_FILLABLE)
    return FALSE;
  for (guint p = 0; p < procedure->pages->len && !pv_journey_may_scan (journey) && !journey->has_drop; p++)
    if (must_have_document (((const PvPage *) procedure->pages->pdata[p])->questions))
      return FALSE;
  return TRUE;
}

void
pv_journey_language_changed (PvJourney *journey)
{
  pv_journey_forget_screens (journey);
}

PvLook
pv_journey_get_look (const PvJourney *journey)
{
  return journey->look;
}

static PvScreenState *
make_screen (PvJourney *journey)
{
  switch (journey->stage) {
  case PV_AT_WELCOME:
    return pv_screen_welcome (journey);
  case PV_AT_HOME:
    return pv_screen_home (journey);
  case PV_AT_LIST:
    return pv_screen_list (journey);
  case PV_AT_PROCEDURE:
    return pv_screen_procedure (journey);
  case PV_AT_IDENTITY:
    return pv_screen_identity (journey);
  case PV_AT_QUESTION:
    return pv_screen_question (journey);
  case PV_AT_DOCUMENT:
    return pv_screen_document (journey);
  case PV_AT_FOLLOW:
    return pv_screen_follow (journey);
  case PV_AT_PAY:
    return pv_screen_pay (journey);
  case PV_AT_CHECK:
    return pv_screen_check (journey);
  case PV_AT_SENDING:
    return pv_screen_sending (journey);
  case PV_AT_DONE:
    return pv_screen_done (journey);
  case PV_AT_PHONE:
    return pv_screen_phone (journey);
  case PV_AT_GOODBYE:
    return pv_screen_goodbye (journey);
  case PV_AT_OUT_OF_ORDER:
    if (journey->closing.is_closed)
      return pv_screen_closed (journey);
    return journey->is_in_maintenance ? pv_screen_maintenance (journey) : pv_screen_out_of_order (journey);
  }
  return pv_screen_out_of_order (journey);
}

/* Where a keyboard leaves so little room that the mark gives way to the question, the title bears it. */
static PvScreenState *
mark_practice (const PvJourney *journey, PvScreenState *state)
{
  g_autofree char *title = NULL;

  if (!state->is_practice || state->is_overlay || journey->capacity.lines >= PV_LOW_LINES || state->title == NULL)
    return state;
  title = g_steal_pointer (&state->title);
  state->title = g_strdup_printf ("%s · %s", _ ("Practice"), title);
  return state;
}

PvScreenState *
pv_journey_make_state (PvJourney *journey, PvOverlay overlay)
{
  PvScreenState *state = overlay != PV_OVER_NONE ? pv_screen_overlay (journey, overlay) : make_screen (journey);

  pv_screen_offer_words (journey, state);
  state->n_jumps = journey->n_jumps;
  state->language = g_strdup (journey->look.language);
  state->read_language = g_strdup (pv_journey_get_read_language (journey));
  pv_screen_state_sort_actions (state);
  return mark_practice (journey, state);
}

const PvScreenState *
pv_journey_get_state (PvJourney *journey)
{
  if (journey->state == NULL) {
    PvOverlay overlay = pv_journey_get_overlay (journey);

    pv_journey_settle_help (journey);
    journey->state = pv_journey_make_state (journey, overlay);
    pv_journey_show_help (journey, journey->state, overlay);
    pv_screen_state_sort_actions (journey->state); /* help adds some */
    journey->state->revision = ++journey->revision;
  }
  return journey->state;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/journey.h"

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
  pv_receipt_free (effect->receipt);
  pv_assist_sheet_free (effect->sheet);
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
  journey->tracking_url = g_strdup (config->tracking_url);
  journey->languages = g_strdupv ((char **) config->languages);
  journey->idle_seconds = config->idle_seconds;
  journey->warn_seconds = config->warn_seconds;
  journey->is_printer_enabled = config->is_printer_enabled;
  journey->is_clock_verified = config->is_clock_verified;
  journey->can_speak = config->can_speak;
  journey->is_card_enabled = config->is_card_enabled;
  journey->card_state = PV_CARD_WAITING;
  journey->look = (PvLook){ 100, "light", config->starts_low, journey->languages[0] };
  journey->capacity = (PvCapacity){ 20, 40 };
  journey->asked_options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  journey->can_store = TRUE;
  journey->has_courier = TRUE;
  pv_journey_init_help (journey, config);
  g_queue_init (&journey->effects);
  pv_journey_queue (journey, PV_EFFECT_FETCH_CATALOGUE, NULL);
  return journey;
}

static void
forget_filing (PvJourney *journey)
{
  g_clear_pointer (&journey->filing, pv_filing_free);
  g_clear_pointer (&journey->procedure, pv_procedure_unref);
  g_clear_pointer (&journey->outcome, pv_outcome_free);
  g_clear_pointer (&journey->slug, g_free);
  g_clear_pointer (&journey->step_key, g_free);
  g_clear_pointer (&journey->page_error, pv_wipe_str);
  g_clear_pointer (&journey->option_words, pv_wipe_str);
  g_clear_pointer (&journey->words, pv_wipe_str);
  pv_journey_forget_identity (journey);
  g_hash_table_remove_all (journey->asked_options);
  journey->is_procedure_missing = journey->shows_errors = journey->is_from_check = FALSE;
  journey->has_store_failed = journey->is_stored = FALSE;
  journey->has_paper_or_phone = journey->is_print_asked = FALSE;
  journey->sent_ms = journey->stored_us = 0;
}

void
pv_journey_free (PvJourney *journey)
{
  if (journey == NULL)
    return;
  forget_filing (journey);
  pv_journey_clear_help (journey);
  g_clear_pointer (&journey->catalogue, pv_catalogue_unref);
  g_hash_table_unref (journey->asked_options);
  g_free (journey->commune);
  g_free (journey->place);
  g_free (journey->service);
  g_free (journey->address);
  g_free (journey->email);
  g_free (journey->phone);
  g_free (journey->dpo);
  g_free (journey->hours);
  g_free (journey->tracking_url);
  g_strfreev (journey->languages);
  g_free (journey->category);
  g_free (journey->next_ref);
  g_clear_pointer (&journey->now.zone, g_time_zone_unref);
  g_queue_clear_full (&journey->effects, (GDestroyNotify) pv_effect_free);
  pv_journey_forget_screens (journey);
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
  journey->shows_errors = FALSE;
  g_clear_pointer (&journey->option_words, pv_wipe_str);
  if (stage == PV_AT_GOODBYE || stage == PV_AT_OUT_OF_ORDER)
    pv_journey_drop_help (journey);
  if (stage == PV_AT_GOODBYE) {
    forget_filing (journey);
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

/* A form that asks for a document which can neither be taken here nor brought later cannot be finished here. */
gboolean
pv_journey_is_fillable (const PvProcedure *procedure)
{
  if (procedure->fillable != PV_FILLABLE)
    return FALSE;
  for (guint p = 0; p < procedure->pages->len; p++) {
    const PvPage *page = procedure->pages->pdata[p];

    for (guint i = 0; i < page->questions->len; i++) {
      const PvQuestion *question = page->questions->pdata[i];

      if (question->kind == PV_QUESTION_FILE && !pv_question_may_come_later (question))
        return FALSE;
    }
  }
  return TRUE;
}

static void
open_procedure (PvJourney *journey, const char *slug)
{
  g_autofree char *wanted = g_strdup (slug); /* may be our own */

  forget_filing (journey);
  journey->slug = g_steal_pointer (&wanted);
  pv_journey_go (journey, PV_AT_PROCEDURE);
  pv_journey_queue (journey, PV_EFFECT_FETCH_PROCEDURE, journey->slug);
}

static void
begin (PvJourney *journey)
{
  g_autoptr (GPtrArray) steps = NULL;

  if (journey->stage != PV_AT_PROCEDURE || journey->procedure == NULL
      || (journey->filing == NULL && journey->next_ref == NULL) || !journey->can_store
      || !pv_journey_is_fillable (journey->procedure))
    return;
  if (journey->filing == NULL) {
    journey->filing = pv_filing_new (journey->procedure, PV_FILING_REAL, journey->next_ref);
    g_clear_pointer (&journey->next_ref, g_free);
  }
  if (pv_journey_offers_identity (journey) && (!journey->is_identity_decided || journey->identity != NULL)) {
    pv_journey_open_identity (journey);
    return;
  }
  steps = pv_journey_list_steps (journey, NULL);
  if (steps->len == 0)
    pv_journey_go (journey, PV_AT_CHECK);
  else
    pv_journey_open_step (journey, ((const PvStep *) steps->pdata[0])->key);
}

static void
open_list (PvJourney *journey, const char *category, gboolean is_searching)
{
  g_free (journey->category);
  journey->category = g_strdup (category);
  journey->is_searching = is_searching;
  g_clear_pointer (&journey->words, pv_wipe_str);
  pv_journey_go (journey, PV_AT_LIST);
}

static void
go_back (PvJourney *journey)
{
  if (journey->page > 0) {
    journey->page--;
    return;
  }
  switch (journey->stage) {
  case PV_AT_LIST:
    pv_journey_go (journey, PV_AT_HOME);
    break;
  case PV_AT_PROCEDURE:
    if (journey->filing != NULL) { /* answers are never lost without a question */
      pv_journey_set_overlay (journey, PV_OVER_QUIT);
      break;
    }
    forget_filing (journey);
    pv_journey_go (journey, journey->category != NULL || journey->is_searching ? PV_AT_LIST : PV_AT_HOME);
    break;
  case PV_AT_IDENTITY:
    pv_journey_identity_back (journey);
    break;
  case PV_AT_QUESTION:
    pv_journey_previous_step (journey);
    break;
  case PV_AT_CHECK: {
    g_autoptr (GPtrArray) steps = pv_journey_list_steps (journey, NULL);

    if (steps->len > 0)
      pv_journey_open_step (journey, ((const PvStep *) steps->pdata[steps->len - 1])->key);
    else
      pv_journey_go (journey, PV_AT_PROCEDURE);
    break;
  }
  case PV_AT_PHONE:
    pv_journey_go (journey, journey->phone_from);
    break;
  case PV_AT_HOME:
  case PV_AT_WELCOME:
  case PV_AT_SENDING:
  case PV_AT_DONE:
  case PV_AT_GOODBYE:
  case PV_AT_OUT_OF_ORDER:
    break;
  }
}

static void
print_receipt (PvJourney *journey)
{
  PvEffect *effect;

  if (journey->stage != PV_AT_DONE || !journey->is_printer_enabled
      || (journey->is_print_asked && journey->print_state < PV_PRINT_DONE))
    return;
  journey->is_print_asked = TRUE;
  journey->print_state = PV_PRINT_PREPARING;
  journey->print_reason = PV_PRINT_REASON_NONE;
  effect = pv_journey_queue (journey, PV_EFFECT_PRINT, NULL);
  effect->receipt = pv_journey_make_receipt (journey);
}

static void
show_qr (PvJourney *journey)
{
  if (journey->stage != PV_AT_PROCEDURE && journey->stage != PV_AT_DONE)
    return;
  journey->phone_from = journey->stage;
  journey->has_paper_or_phone |= journey->stage == PV_AT_DONE;
  pv_journey_go (journey, PV_AT_PHONE);
}

/* What was done by somebody else is read before. */
static void
leave (PvJourney *journey)
{
  journey->overlay = PV_OVER_NONE;
  if (pv_journey_finish_help (journey))
    journey->help.is_leaving = TRUE;
  else
    pv_journey_go (journey, PV_AT_GOODBYE);
}

static void
finish (PvJourney *journey)
{
  if (journey->stage != PV_AT_DONE)
    return;
  if (!journey->has_paper_or_phone && !journey->is_print_asked && journey->overlay != PV_OVER_PAPER
      && journey->is_printer_enabled && journey->is_printer_available)
    pv_journey_set_overlay (journey, PV_OVER_PAPER);
  else
    leave (journey);
}

static void
set_look (PvJourney *journey, const PvIntention *intention)
{
  static const char *const themes[] = { "light", "dark", "contrast" };
  guint64 percent;

  if (intention->kind == PV_DO_SET_TEXT_SIZE && intention->value != NULL
      && g_ascii_string_to_unsigned (intention->value, 10, 100, 200, &percent, NULL))
    journey->look.text_percent = (guint) percent;
  for (guint i = 0; intention->kind == PV_DO_SET_THEME && i < G_N_ELEMENTS (themes); i++)
    if (g_strcmp0 (intention->value, themes[i]) == 0)
      journey->look.theme = themes[i];
  if (intention->kind == PV_DO_LOWER || intention->kind == PV_DO_RAISE)
    journey->look.is_low = intention->kind == PV_DO_LOWER;
  pv_journey_queue (journey, PV_EFFECT_SET_LOOK, NULL);
}

static void
set_language (PvJourney *journey, const PvIntention *intention)
{
  const char *code = intention->value != NULL ? intention->value : intention->target;

  for (guint i = 0; journey->languages[i] != NULL; i++) {
    if (g_strcmp0 (journey->languages[i], code) != 0)
      continue;
    journey->look.language = journey->languages[i];
    journey->overlay = PV_OVER_NONE;
    pv_journey_queue (journey, PV_EFFECT_SET_LANGUAGE, code);
  }
}

static void
quit (PvJourney *journey)
{
  gboolean is_unsent = journey->filing != NULL && journey->stage != PV_AT_DONE && journey->stage != PV_AT_SENDING;

  if (journey->stage == PV_AT_SENDING)
    return;
  if (is_unsent)
    pv_journey_set_overlay (journey, PV_OVER_QUIT);
  else
    pv_journey_go (journey, PV_AT_GOODBYE);
}

static void
start (PvJourney *journey)
{
  if (journey->stage == PV_AT_WELCOME)
    pv_journey_go (journey, PV_AT_HOME);
}

/* While something is asked over the screen, only its own answers count. */
static gboolean
handle_overlay (PvJourney *journey, const PvIntention *intention)
{
  gboolean is_quit = journey->overlay == PV_OVER_QUIT, is_paper = journey->overlay == PV_OVER_PAPER;

  switch ((gint) intention->kind) {
  case PV_DO_STAY:
  case PV_DO_CLOSE:
  case PV_DO_BACK:
  case PV_DO_STILL_HERE:
    pv_journey_set_overlay (journey, PV_OVER_NONE);
    return TRUE;
  case PV_DO_MORE_TIME:
    pv_journey_set_overlay (journey, PV_OVER_NEED_TIME);
    return TRUE;
  case PV_DO_ERASE:
    if (is_quit)
      pv_journey_go (journey, PV_AT_GOODBYE);
    return TRUE;
  case PV_DO_KEEP:
    if (is_quit && pv_journey_may_keep (journey)) {
      journey->overlay = PV_OVER_NONE;
      pv_journey_send (journey, PV_SUBMISSION_DRAFT);
    }
    return TRUE;
  case PV_DO_PRINT:
    if (is_paper) {
      journey->overlay = PV_OVER_NONE;
      print_receipt (journey);
    }
    return TRUE;
  case PV_DO_NO_PAPER:
    if (is_paper)
      leave (journey);
    return TRUE;
  case PV_DO_SET_LANGUAGE:
  case PV_DO_SET_TEXT_SIZE:
  case PV_DO_SET_THEME:
  case PV_DO_LOWER:
  case PV_DO_RAISE:
  case PV_DO_LISTEN:
    return FALSE;
  default:
    /* Any touch says that somebody is there. */
    if (journey->overlay == PV_OVER_STILL_THERE)
      journey->overlay = PV_OVER_NONE;
    return TRUE;
  }
}

static void
handle_screen (PvJourney *journey, const PvIntention *intention)
{
  gboolean has_filing = journey->filing != NULL;

  switch (intention->kind) {
  case PV_DO_START:
    start (journey);
    break;
  case PV_DO_HOME:
    if (!has_filing && journey->stage != PV_AT_WELCOME)
      pv_journey_go (journey, PV_AT_HOME);
    break;
  case PV_DO_OPEN_CATEGORY:
    if (journey->stage == PV_AT_HOME)
      open_list (journey, intention->target, FALSE);
    break;
  case PV_DO_OPEN_SEARCH:
    if (journey->stage == PV_AT_HOME)
      open_list (journey, NULL, TRUE);
    break;
  case PV_DO_SEARCH:
    journey->page = 0;
    if (journey->stage == PV_AT_LIST) {
      pv_wipe_str (journey->words);
      journey->words = g_strdup (intention->value);
    } else if (journey->stage == PV_AT_QUESTION) {
      pv_wipe_str (journey->option_words);
      journey->option_words = g_strdup (intention->value);
    }
    break;
  case PV_DO_OPEN_PROCEDURE:
    if ((journey->stage == PV_AT_LIST || journey->stage == PV_AT_HOME) && intention->target != NULL)
      open_procedure (journey, intention->target);
    break;
  case PV_DO_BEGIN:
    begin (journey);
    break;
  case PV_DO_NEXT:
    if (journey->stage == PV_AT_QUESTION)
      pv_journey_next_step (journey);
    else
      pv_journey_handle_identity (journey, intention);
    break;
  case PV_DO_BACK:
    go_back (journey);
    break;
  case PV_DO_NEXT_PAGE:
    journey->page++; /* the screen corrects it */
    break;
  case PV_DO_PREVIOUS_PAGE:
    journey->page -= MIN (journey->page, 1);
    break;
  case PV_DO_EDIT:
    if ((journey->stage == PV_AT_CHECK || journey->stage == PV_AT_QUESTION) && intention->target != NULL) {
      if (journey->stage == PV_AT_CHECK) {
        journey->is_from_check = TRUE;
        journey->check_page = journey->page;
      }
      pv_journey_open_step (journey, intention->target);
    }
    break;
  case PV_DO_TYPE:
  case PV_DO_TYPE_PART:
  case PV_DO_CHOOSE:
  case PV_DO_TOGGLE:
  case PV_DO_DECLINE:
  case PV_DO_LATER:
  case PV_DO_UNKNOWN_DAY:
  case PV_DO_ADD_ROW:
  case PV_DO_REMOVE_ROW:
    if (has_filing && (journey->stage == PV_AT_QUESTION || journey->stage == PV_AT_CHECK))
      pv_journey_answer (journey, intention);
    else
      pv_journey_handle_identity (journey, intention);
    break;
  case PV_DO_WITHOUT_CARD:
  case PV_DO_OTHER_DOCUMENT:
  case PV_DO_OPEN_DOCUMENT:
  case PV_DO_CONFIRM_IDENTITY:
    pv_journey_handle_identity (journey, intention);
    break;
  case PV_DO_SEND:
    if (journey->stage == PV_AT_CHECK)
      pv_journey_send (journey, PV_SUBMISSION_FILE);
    break;
  case PV_DO_PRINT:
    print_receipt (journey);
    break;
  case PV_DO_SHOW_QR:
  case PV_DO_CONTINUE_ON_PHONE:
    show_qr (journey);
    break;
  case PV_DO_ANOTHER:
    if (journey->stage == PV_AT_DONE) {
      pv_journey_finish_help (journey);
      forget_filing (journey);
      pv_journey_go (journey, PV_AT_HOME);
    }
    break;
  case PV_DO_FINISH:
    finish (journey);
    break;
  case PV_DO_QUIT:
    quit (journey);
    break;
  case PV_DO_OPEN_LANGUAGES:
    pv_journey_set_overlay (journey, PV_OVER_LANGUAGES);
    break;
  case PV_DO_OPEN_LOOK:
    pv_journey_set_overlay (journey, PV_OVER_LOOK);
    break;
  case PV_DO_SET_LANGUAGE:
    set_language (journey, intention);
    break;
  case PV_DO_SET_TEXT_SIZE:
  case PV_DO_SET_THEME:
  case PV_DO_LOWER:
  case PV_DO_RAISE:
    set_look (journey, intention);
    break;
  case PV_DO_LISTEN:
    pv_journey_queue (journey, PV_EFFECT_SPEAK, NULL);
    break;
  case PV_DO_CALL_MEDIATOR:
  case PV_DO_CALL_HERE:
  case PV_DO_CALL_AFAR:
  case PV_DO_STOP_CALLING:
  case PV_DO_GRANT:
  case PV_DO_REFUSE:
  case PV_DO_RENEW_HAND:
  case PV_DO_STEP_DOWN:
  case PV_DO_STOP_HELP:
  case PV_DO_ACCEPT:
  case PV_DO_KEEP_MINE:
  case PV_DO_LIFT:
  case PV_DO_OPEN_REPLY:
  case PV_DO_QUICK:
  case PV_DO_PRINT_SHEET:
    pv_journey_handle_assistance (journey, intention);
    break;
  case PV_DO_NOTHING:
  case PV_DO_NO_PAPER:
  case PV_DO_STAY:
  case PV_DO_KEEP:
  case PV_DO_ERASE:
  case PV_DO_STILL_HERE:
  case PV_DO_MORE_TIME:
  case PV_DO_CLOSE:
  case PV_N_INTENTIONS:
    break;
  }
}

void
pv_journey_handle (PvJourney *journey, const PvIntention *intention, const PvMoment *now)
{
  pv_journey_set_now (journey, now);
  if (!pv_intention_is_allowed (intention) || journey->stage == PV_AT_GOODBYE || journey->stage == PV_AT_OUT_OF_ORDER)
    return;
  if (intention->actor == PV_ACTOR_CITIZEN) {
    pv_journey_touch (journey);
    pv_journey_note_touch (journey, intention);
  } else if (!pv_journey_mediator_may (journey, intention)) {
    return;
  }
  if (pv_journey_get_overlay (journey) == PV_OVER_NONE
      || (!pv_journey_handle_help_sheet (journey, intention) && !handle_overlay (journey, intention)))
    handle_screen (journey, intention);
  pv_journey_watch_card (journey);
  pv_journey_forget_screens (journey); /* some was perhaps made on the way */
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
make_state (PvJourney *journey, PvOverlay overlay)
{
  if (overlay != PV_OVER_NONE)
    return pv_screen_overlay (journey, overlay);
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
    return pv_screen_out_of_order (journey);
  }
  return pv_screen_out_of_order (journey);
}

const PvScreenState *
pv_journey_get_state (PvJourney *journey)
{
  if (journey->state == NULL) {
    PvOverlay overlay = pv_journey_get_overlay (journey);

    pv_journey_settle_help (journey);
    journey->state = make_state (journey, overlay);
    pv_journey_show_help (journey, journey->state, overlay);
    journey->state->revision = ++journey->revision;
  }
  return journey->state;
}

const PvScreenState *
pv_journey_get_shared (PvJourney *journey)
{
  if (journey->shared == NULL) {
    pv_journey_settle_help (journey);
    journey->shared =
      make_state (journey, pv_overlay_is_about_help (journey->overlay) ? PV_OVER_NONE : journey->overlay);
    journey->shared->revision = pv_journey_get_state (journey)->revision;
  }
  return journey->shared;
}

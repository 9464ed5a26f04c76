/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What each intention does, by where the citizen is. */

#include "core/journey-private.h"
#include "core/wipe.h"

void
pv_journey_open_procedure (PvJourney *journey, const char *slug)
{
  g_autofree char *wanted = g_strdup (slug); /* may be our own */

  pv_journey_forget_filing (journey);
  journey->slug = g_steal_pointer (&wanted);
  pv_journey_go (journey, PV_AT_PROCEDURE);
  pv_journey_queue (journey, PV_EFFECT_FETCH_PROCEDURE, journey->slug);
}

static void
begin (PvJourney *journey)
{
  g_autoptr (GPtrArray) steps = NULL;

  if (journey->stage != PV_AT_PROCEDURE || journey->procedure == NULL
      || !pv_journey_is_fillable (journey, journey->procedure)
      || (!journey->is_practising && ((journey->filing == NULL && journey->next_ref == NULL) || !journey->can_store)))
    return;
  if (journey->filing == NULL && journey->is_practising) {
    journey->filing = pv_filing_new (journey->procedure, PV_FILING_PRACTICE, NULL);
  } else if (journey->filing == NULL) {
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
  if (journey->stage == PV_AT_DOCUMENT) {
    pv_journey_handle_document (journey, &(PvIntention){ .kind = PV_DO_BACK });
    return;
  }
  if (journey->stage == PV_AT_FOLLOW || journey->stage == PV_AT_PAY) {
    pv_journey_handle_look_up (journey, &(PvIntention){ .kind = PV_DO_BACK });
    return;
  }
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
    pv_journey_forget_filing (journey);
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
  case PV_AT_DOCUMENT:
  case PV_AT_FOLLOW:
  case PV_AT_PAY:
    break; /* handled before */
  case PV_AT_PHONE:
    pv_journey_go (journey, journey->phone_from);
    break;
  case PV_AT_HOME:
    pv_journey_leave_practice (journey);
    break;
  case PV_AT_WELCOME:
  case PV_AT_SENDING:
  case PV_AT_DONE:
  case PV_AT_GOODBYE:
  case PV_AT_OUT_OF_ORDER:
    break;
  }
}

static void
show_qr (PvJourney *journey)
{
  if ((journey->stage != PV_AT_PROCEDURE && journey->stage != PV_AT_DONE) || journey->is_practising)
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
  if (journey->stage == PV_AT_FOLLOW || journey->stage == PV_AT_PAY)
    leave (journey);
  if (journey->stage != PV_AT_DONE)
    return;
  if (!journey->is_practising && !journey->has_paper_or_phone && !journey->is_print_asked
      && journey->overlay != PV_OVER_PAPER && journey->is_printer_enabled && journey->is_printer_available)
    pv_journey_set_overlay (journey, PV_OVER_PAPER);
  else
    leave (journey);
}

static gboolean
is (const PvIntention *intention, const char *value)
{
  return g_strcmp0 (intention->value, value) == 0;
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
  if (intention->kind == PV_DO_SET_HAND && (is (intention, "left") || is (intention, "right")))
    journey->look.is_left_handed = is (intention, "left");
  if (intention->kind == PV_DO_SLOW_TOUCH)
    journey->look.is_slow = !journey->look.is_slow;
  if (intention->kind == PV_DO_RESET_LOOK)
    journey->look = (PvLook){ PV_LOOK_USUAL, .is_low = journey->look.is_low, .language = journey->look.language };
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
    pv_journey_forget_texts (journey); /* of another language */
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

  if (journey->overlay == PV_OVER_WORDS && pv_journey_handle_words (journey, intention))
    return TRUE;
  if (journey->overlay == PV_OVER_PAPERS && pv_journey_handle_papers (journey, intention))
    return TRUE;
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
  case PV_DO_HOME:
    if (is_quit)
      pv_journey_leave_practice (journey);
    return TRUE;
  case PV_DO_KEEP:
    if ((is_quit || journey->overlay == PV_OVER_CLOSING) && pv_journey_may_keep (journey)) {
      pv_journey_note_closing (journey);
      journey->overlay = PV_OVER_NONE;
      pv_journey_send (journey, PV_SUBMISSION_DRAFT);
    }
    return TRUE;
  case PV_DO_PRINT:
    if (is_paper) {
      journey->overlay = PV_OVER_NONE;
      pv_journey_print_receipt (journey);
    }
    return TRUE;
  case PV_DO_NO_PAPER:
    if (is_paper)
      leave (journey);
    return TRUE;
  case PV_DO_CANCEL_APPOINTMENT:
    if (journey->overlay == PV_OVER_CANCEL)
      pv_journey_handle_appointment (journey, intention);
    return TRUE;
  case PV_DO_OPEN_LANGUAGES: /* where nothing speaks the one that was chosen */
    return journey->overlay != PV_OVER_LISTEN;
  case PV_DO_SET_LANGUAGE:
  case PV_DO_SET_TEXT_SIZE:
  case PV_DO_SET_THEME:
  case PV_DO_SET_HAND:
  case PV_DO_SLOW_TOUCH:
  case PV_DO_RESET_LOOK:
  case PV_DO_LOWER:
  case PV_DO_RAISE:
    return FALSE;
  case PV_DO_LISTEN:
  case PV_DO_SPEECH:
    if (journey->overlay == PV_OVER_STILL_THERE) /* to hear the question again takes its time */
      pv_journey_set_overlay (journey, PV_OVER_STILL_THERE);
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
    if (journey->is_practising && (!has_filing || journey->stage == PV_AT_DONE))
      pv_journey_leave_practice (journey);
    else if (!has_filing && journey->stage != PV_AT_WELCOME)
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
      pv_journey_open_procedure (journey, intention->target);
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
    if (journey->stage == PV_AT_DOCUMENT)
      pv_journey_handle_document (journey, intention);
    else
      journey->page++; /* the screen corrects it */
    break;
  case PV_DO_PREVIOUS_PAGE:
    if (journey->stage == PV_AT_DOCUMENT)
      pv_journey_handle_document (journey, intention);
    else
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
    if (journey->stage == PV_AT_DOCUMENT)
      pv_journey_handle_document (journey, intention);
    else if (has_filing && (journey->stage == PV_AT_QUESTION || journey->stage == PV_AT_CHECK))
      pv_journey_answer (journey, intention);
    else if (journey->stage == PV_AT_FOLLOW || journey->stage == PV_AT_PAY)
      pv_journey_handle_look_up (journey, intention);
    else
      pv_journey_handle_identity (journey, intention);
    break;
  case PV_DO_WITHOUT_CARD:
  case PV_DO_OTHER_DOCUMENT:
  case PV_DO_OPEN_DOCUMENT:
  case PV_DO_CONFIRM_IDENTITY:
    pv_journey_handle_identity (journey, intention);
    break;
  case PV_DO_SCAN:
  case PV_DO_SEND_FROM_PHONE:
  case PV_DO_SCAN_PAGE:
  case PV_DO_TURN_PAGE:
  case PV_DO_DROP_PAGE:
  case PV_DO_USE_DOCUMENT:
  case PV_DO_REMOVE_DOCUMENT:
  case PV_DO_KEEP: /* the page as it is; of "Quitter ?": see handle_overlay() */
    pv_journey_handle_document (journey, intention);
    break;
  case PV_DO_CHOOSE_DAY:
  case PV_DO_MOVE_APPOINTMENT:
  case PV_DO_CANCEL_APPOINTMENT:
    pv_journey_handle_appointment (journey, intention);
    break;
  case PV_DO_OPEN_FOLLOW:
  case PV_DO_OPEN_PAY:
  case PV_DO_LOOK_UP:
  case PV_DO_PRINT_INVOICE:
  case PV_DO_SHOW_PAYMENT:
  case PV_DO_SHOW_SAFE:
    pv_journey_handle_look_up (journey, intention);
    break;
  case PV_DO_OPEN_PRACTICE:
  case PV_DO_USE_SAMPLE:
  case PV_DO_HAND_OVER:
    pv_journey_handle_elsewhere (journey, intention);
    break;
  case PV_DO_SEND:
    if (journey->stage == PV_AT_CHECK)
      pv_journey_send (journey, journey->procedure->is_handover ? PV_SUBMISSION_DRAFT : PV_SUBMISSION_FILE);
    break;
  case PV_DO_PRINT:
    pv_journey_print_receipt (journey);
    break;
  case PV_DO_OPEN_PAPERS:
    pv_journey_open_papers (journey);
    break;
  case PV_DO_PRINT_PAPER: /* the others on their own sheet */
    if (is (intention, PV_PAPER_APPOINTMENT))
      pv_journey_print_followed (journey);
    break;
  case PV_DO_SHOW_QR:
  case PV_DO_CONTINUE_ON_PHONE:
    show_qr (journey);
    break;
  case PV_DO_ANOTHER:
    if (journey->stage == PV_AT_DONE) {
      pv_journey_finish_help (journey);
      pv_journey_forget_filing (journey);
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
  case PV_DO_SET_HAND:
  case PV_DO_SLOW_TOUCH:
  case PV_DO_RESET_LOOK:
  case PV_DO_LOWER:
  case PV_DO_RAISE:
    set_look (journey, intention);
    break;
  case PV_DO_OPEN_WORDS:
    pv_journey_open_words (journey);
    break;
  case PV_DO_JUMP:
    pv_journey_handle_jump (journey, intention->target);
    break;
  case PV_DO_LISTEN:
    pv_journey_listen (journey, intention);
    break;
  case PV_DO_SPEECH:
    pv_journey_handle_speech (journey, intention);
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
  case PV_DO_ERASE:
  case PV_DO_STILL_HERE:
  case PV_DO_MORE_TIME:
  case PV_DO_CLOSE:
  case PV_DO_SERVICE:
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
  if (intention->actor != PV_ACTOR_CITIZEN)
    pv_journey_point_at_answer (journey, intention);
  pv_journey_watch_card (journey);
  pv_journey_forget_screens (journey); /* some was perhaps made on the way */
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the citizen touches about the help, what a mediator's hand may do, and how help ends when the citizen leaves. */

#include "core/journey-private.h"
#include "core/wipe.h"

/* ---- what the citizen does ---- */

static void
call (PvJourney *journey, gboolean is_here)
{
  PvAssistanceState state = journey->help.now.state;

  if (state == PV_ASSISTANCE_OFF || state == PV_ASSISTANCE_AWAY || pv_journey_is_helped (journey)
      || (is_here && !journey->has_mediator_here))
    return;
  journey->help.has_sheet = journey->help.is_call_stuck = FALSE;
  pv_journey_set_overlay (journey, PV_OVER_CALL);
  pv_journey_queue (journey, PV_EFFECT_ASSIST_CALL, is_here ? "here" : "afar");
}

static void
open_help (PvJourney *journey)
{
  PvAssistanceState state = journey->help.now.state;

  if (pv_journey_is_helped (journey)) {
    pv_journey_set_overlay (journey, PV_OVER_REPLY);
  } else if (state == PV_ASSISTANCE_CALLING || state == PV_ASSISTANCE_NO_ANSWER) {
    journey->help.has_seen_no_answer |= state == PV_ASSISTANCE_NO_ANSWER;
    pv_journey_set_overlay (journey, PV_OVER_CALL);
  } else {
    journey->help.is_call_stuck = FALSE; /* it may be tried again */
    pv_journey_set_overlay (journey, PV_OVER_MEDIATOR);
  }
}

static void
say_quickly (PvJourney *journey, const char *id)
{
  static const char *const ids[] = { "yes", "no", "not-understood", "repeat", "wait" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    if (g_strcmp0 (ids[i], id) != 0)
      continue;
    pv_help_forget_explanation (&journey->help);
    journey->help.said = ids[i];
    journey->help.said_until_ms = journey->now.monotonic_ms + (gint64) PV_SAID_SECONDS * 1000;
    if (journey->overlay == PV_OVER_REPLY)
      pv_journey_set_overlay (journey, PV_OVER_NONE);
    pv_journey_queue (journey, PV_EFFECT_ASSIST_QUICK, ids[i]);
  }
}

static void
lift (PvJourney *journey, const char *id)
{
  const PvField *field = id != NULL ? pv_screen_state_find_field (pv_journey_get_shared (journey), id) : NULL;

  if (field == NULL || pv_field_assist_class (field, NULL) != PV_ASSIST_TYPING)
    return;
  g_hash_table_add (journey->help.lifted, g_strdup (id));
  pv_journey_queue (journey, PV_EFFECT_ASSIST_LIFT, id);
}

static void
decide (PvJourney *journey, const PvIntention *intention)
{
  if (journey->help.now.proposal_field == NULL || g_strcmp0 (intention->target, journey->help.now.proposal_field) != 0)
    return;
  pv_journey_queue (journey, intention->kind == PV_DO_ACCEPT ? PV_EFFECT_ASSIST_ACCEPT : PV_EFFECT_ASSIST_DECLINE,
                    NULL);
}

static void
print_sheet (PvJourney *journey)
{
  if (!journey->help.has_sheet || journey->help.is_sheet_printed || !journey->is_printer_enabled
      || !journey->is_printer_available)
    return;
  journey->help.is_sheet_printed = TRUE;
  pv_journey_queue (journey, PV_EFFECT_PRINT_SHEET, NULL)->sheet = pv_journey_make_sheet (journey);
}

static void
handle_helped (PvJourney *journey, const PvIntention *intention)
{
  switch ((gint) intention->kind) {
  case PV_DO_STEP_DOWN:
    if (journey->overlay == PV_OVER_REPLY)
      pv_journey_set_overlay (journey, PV_OVER_NONE);
    pv_journey_queue (journey, PV_EFFECT_ASSIST_STEP_DOWN, NULL);
    break;
  case PV_DO_STOP_HELP:
    pv_journey_queue (journey, PV_EFFECT_ASSIST_STOP, NULL);
    break;
  case PV_DO_RENEW_HAND:
    if (journey->help.now.has_hand)
      pv_journey_queue (journey, PV_EFFECT_ASSIST_RENEW, NULL);
    break;
  case PV_DO_ACCEPT:
  case PV_DO_KEEP_MINE:
    decide (journey, intention);
    break;
  case PV_DO_LIFT:
    lift (journey, intention->target);
    break;
  case PV_DO_OPEN_REPLY:
    pv_journey_set_overlay (journey, PV_OVER_REPLY);
    break;
  case PV_DO_QUICK:
    say_quickly (journey, intention->value != NULL ? intention->value : intention->target);
    break;
  default: /* a question is answered where it is asked */
    break;
  }
}

void
pv_journey_handle_assistance (PvJourney *journey, const PvIntention *intention)
{
  PvAssistanceState state = journey->help.now.state;

  switch ((gint) intention->kind) {
  case PV_DO_CALL_MEDIATOR:
    open_help (journey);
    break;
  case PV_DO_CALL_HERE:
  case PV_DO_CALL_AFAR:
    call (journey, intention->kind == PV_DO_CALL_HERE);
    break;
  case PV_DO_STOP_CALLING:
    if (state == PV_ASSISTANCE_CALLING || state == PV_ASSISTANCE_NO_ANSWER)
      pv_journey_queue (journey, PV_EFFECT_ASSIST_WITHDRAW, NULL);
    if (journey->overlay == PV_OVER_CALL)
      pv_journey_set_overlay (journey, PV_OVER_NONE);
    break;
  default:
    if (pv_journey_is_helped (journey))
      handle_helped (journey, intention);
    break;
  }
}

static const char *const question_names[PV_N_ASSISTANCE_QUESTIONS] = { "nothing", "show", "propose", "hand",
                                                                       "handover" };

const char *
pv_help_question_name (PvAssistanceQuestion question)
{
  return question_names[question];
}

/* To go back, or to close, is no yes. */
static void
answer_question (PvJourney *journey, const PvIntention *intention)
{
  const char *name = question_names[pv_journey_get_question (journey)];
  gboolean is_yes = intention->kind == PV_DO_GRANT;

  /* What was touched is what is asked: the screen may have changed under the finger. */
  if (is_yes && intention->target != NULL && !g_str_equal (intention->target, name))
    return;
  pv_journey_queue (journey, is_yes ? PV_EFFECT_ASSIST_GRANT : PV_EFFECT_ASSIST_REFUSE, NULL);
  journey->help.now.question = PV_ASKS_NOTHING; /* one touch, one answer */
}

static void
close_sheet (PvJourney *journey)
{
  gboolean is_leaving = journey->help.is_leaving;

  pv_help_forget_deeds (&journey->help);
  if (is_leaving)
    pv_journey_go (journey, PV_AT_GOODBYE);
}

static gboolean
handle_helped_sheet (PvJourney *journey, const PvIntention *intention)
{
  switch ((gint) intention->kind) {
  case PV_DO_CLOSE:
  case PV_DO_BACK:
  case PV_DO_NEXT:
    close_sheet (journey);
    break;
  case PV_DO_NEXT_PAGE:
    journey->help.sheet_page++; /* the screen corrects it */
    break;
  case PV_DO_PREVIOUS_PAGE:
    journey->help.sheet_page -= MIN (journey->help.sheet_page, 1);
    break;
  case PV_DO_PRINT_SHEET:
    print_sheet (journey);
    break;
  default:
    break;
  }
  return TRUE;
}

static gboolean
is_answer (PvIntentionKind kind)
{
  return kind == PV_DO_GRANT || kind == PV_DO_REFUSE || kind == PV_DO_BACK || kind == PV_DO_CLOSE;
}

gboolean
pv_journey_handle_help_sheet (PvJourney *journey, const PvIntention *intention)
{
  PvOverlay overlay = pv_journey_get_overlay (journey);
  PvIntentionKind kind = intention->kind;

  if (!pv_overlay_is_about_help (overlay) || kind == PV_DO_LISTEN || kind == PV_DO_SPEECH)
    return FALSE;
  if (kind == PV_DO_STOP_HELP) {
    pv_journey_handle_assistance (journey, intention);
    return TRUE;
  }
  if (overlay == PV_OVER_CONSENT) {
    if (is_answer (kind))
      answer_question (journey, intention);
    return TRUE;
  }
  if (overlay == PV_OVER_HELPED)
    return handle_helped_sheet (journey, intention);
  if (kind == PV_DO_CLOSE || kind == PV_DO_BACK) {
    pv_journey_set_overlay (journey, PV_OVER_NONE);
  } else if (kind == PV_DO_KEEP && overlay != PV_OVER_REPLY) {
    if (pv_journey_may_keep (journey)) {
      pv_journey_set_overlay (journey, PV_OVER_NONE);
      pv_journey_send (journey, PV_SUBMISSION_DRAFT);
    }
  } else {
    pv_journey_handle_assistance (journey, intention);
  }
  return TRUE;
}

/* These have effects of their own, which take the hand back as well; the renewal alone does not. */
void
pv_journey_note_touch (PvJourney *journey, const PvIntention *intention)
{
  switch ((gint) intention->kind) {
  case PV_DO_GRANT:
  case PV_DO_REFUSE:
  case PV_DO_RENEW_HAND:
  case PV_DO_STEP_DOWN:
  case PV_DO_STOP_HELP:
  case PV_DO_ACCEPT:
  case PV_DO_KEEP_MINE:
  case PV_DO_LIFT:
  case PV_DO_QUICK:
    return;
  default:
    if (pv_journey_is_helped (journey))
      pv_journey_queue (journey, PV_EFFECT_ASSIST_ELSEWHERE, NULL);
  }
}

/* ---- what the mediator's hand may do ---- */

/* One step back would be where the citizen says who they are. */
static gboolean
is_after_identity (const PvJourney *journey)
{
  guint index;
  g_autoptr (GPtrArray) steps = NULL;

  if (journey->stage != PV_AT_QUESTION || journey->is_from_check || !pv_journey_offers_identity (journey))
    return FALSE;
  steps = pv_journey_list_steps (journey, &index);
  return index == 0;
}

/* Nothing without the hand, nothing on a sheet or a private screen, and no way out of the procedure. */
gboolean
pv_journey_mediator_may (const PvJourney *journey, const PvIntention *intention)
{
  gboolean is_inside = journey->stage == PV_AT_QUESTION || journey->stage == PV_AT_CHECK;

  if (journey->help.now.state != PV_ASSISTANCE_JOINED || !journey->help.now.has_hand
      || pv_journey_get_overlay (journey) != PV_OVER_NONE)
    return FALSE;
  if (!is_inside && journey->stage != PV_AT_LIST && journey->stage != PV_AT_PROCEDURE)
    return FALSE;
  if (intention->kind != PV_DO_BACK || journey->page > 0)
    return TRUE;
  return is_inside && !is_after_identity (journey);
}

/* ---- leaving ---- */

gboolean
pv_journey_finish_help (PvJourney *journey)
{
  if (!pv_journey_is_helped (journey))
    return journey->help.has_sheet;
  pv_journey_queue (journey, PV_EFFECT_ASSIST_FINISH, NULL);
  pv_assistance_clear (&journey->help.now);
  journey->help.now.state = PV_ASSISTANCE_ENDED;
  journey->help.now.end = PV_ENDED_PROCEDURE;
  pv_journey_end_help (journey, PV_ENDED_PROCEDURE);
  return TRUE;
}

void
pv_journey_drop_help (PvJourney *journey)
{
  PvAssistanceState state = journey->help.now.state;

  if (pv_journey_is_helped (journey))
    pv_journey_queue (journey, PV_EFFECT_ASSIST_FINISH, NULL);
  else if (state == PV_ASSISTANCE_CALLING || state == PV_ASSISTANCE_NO_ANSWER)
    pv_journey_queue (journey, PV_EFFECT_ASSIST_WITHDRAW, NULL);
  pv_assistance_clear (&journey->help.now);
  pv_help_forget_presence (&journey->help);
  pv_help_forget_deeds (&journey->help);
}

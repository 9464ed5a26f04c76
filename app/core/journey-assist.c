/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Being helped by a mediator: what the citizen touches becomes effects, what the mediator does becomes part of a screen.
 *
 * Whoever runs the protocol decides; here stands what the citizen is asked, and what a mediator's hand may do even if
 * everything else were wrong. */

#include <string.h>

#include "core/journey-private.h"
#include "core/wipe.h"

enum { NAME_MAX_CHARS = 80, SECOND_MS = 1000, HAND_STEP_MS = 10 * 1000 };

void
pv_journey_init_help (PvJourney *journey, const PvJourneyConfig *config)
{
  journey->assist_phone = g_strdup (config->assist_phone);
  /* The settings were judged when they were read; what is wrong all the same closes nobody's door. */
  journey->assist_hours = config->assist_hours != NULL ? pv_opening_hours_parse (config->assist_hours, NULL) : NULL;
  journey->assist_minutes = config->assist_minutes;
  journey->has_mediator_here = config->has_mediator_here;
  journey->help.deeds = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_deed_free);
  journey->help.lifted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
forget_pointing (PvHelp *help)
{
  g_clear_pointer (&help->pointed, g_free);
  g_clear_pointer (&help->pointed_where, g_free);
}

void
pv_help_forget_explanation (PvHelp *help)
{
  g_clear_pointer (&help->explanation, pv_wipe_str);
  g_clear_pointer (&help->explained_where, g_free);
}

/* What goes with the mediator. */
void
pv_help_forget_presence (PvHelp *help)
{
  forget_pointing (help);
  pv_help_forget_explanation (help);
  help->said = NULL;
  g_hash_table_remove_all (help->lifted);
}

void
pv_help_forget_deeds (PvHelp *help)
{
  g_ptr_array_set_size (help->deeds, 0);
  g_clear_pointer (&help->mediator, g_free);
  g_clear_pointer (&help->place, g_free);
  help->has_sheet = help->is_sheet_printed = help->is_leaving = help->is_handed_over = FALSE;
  help->sheet_page = 0;
}

void
pv_journey_clear_help (PvJourney *journey)
{
  pv_help_forget_presence (&journey->help);
  pv_help_forget_deeds (&journey->help);
  pv_assistance_clear (&journey->help.now);
  g_ptr_array_unref (journey->help.deeds);
  g_hash_table_unref (journey->help.lifted);
  g_clear_pointer (&journey->assist_hours, pv_opening_hours_free);
  g_free (journey->assist_phone);
}

/* ---- what is on top ---- */

gboolean
pv_journey_is_helped (const PvJourney *journey)
{
  return pv_assistance_is_on (&journey->help.now);
}

static gboolean
has_left (const PvJourney *journey)
{
  return journey->stage == PV_AT_GOODBYE || journey->stage == PV_AT_OUT_OF_ORDER;
}

/* A question whose time is over is refused, whatever anybody says later. */
PvAssistanceQuestion
pv_journey_get_question (const PvJourney *journey)
{
  const PvAssistance *now = &journey->help.now;
  gboolean is_over = now->question_until_ms != 0 && journey->now.monotonic_ms >= now->question_until_ms;

  return now->state == PV_ASSISTANCE_JOINED && !is_over && !has_left (journey) ? now->question : PV_ASKS_NOTHING;
}

gboolean
pv_overlay_is_about_help (PvOverlay overlay)
{
  return overlay == PV_OVER_MEDIATOR || overlay == PV_OVER_CALL || overlay == PV_OVER_CONSENT
         || overlay == PV_OVER_REPLY || overlay == PV_OVER_HELPED;
}

/* "Are you still there?" and "Do you want to quit?" go before a mediator's question; all else waits below it. */
PvOverlay
pv_journey_get_overlay (const PvJourney *journey)
{
  switch (journey->overlay) {
  case PV_OVER_STILL_THERE:
  case PV_OVER_NEED_TIME:
  case PV_OVER_QUIT:
  case PV_OVER_CLOSING:
  case PV_OVER_PAPER:
  case PV_OVER_PAPERS:
  case PV_OVER_CANCEL:
    return journey->overlay;
  case PV_OVER_NONE:
  case PV_OVER_LANGUAGES:
  case PV_OVER_LOOK:
  case PV_OVER_LISTEN:
  case PV_OVER_WORDS:
  case PV_OVER_MEDIATOR:
  case PV_OVER_CALL:
  case PV_OVER_CONSENT:
  case PV_OVER_REPLY:
  case PV_OVER_HELPED:
    break;
  }
  if (pv_journey_get_question (journey) != PV_ASKS_NOTHING)
    return PV_OVER_CONSENT;
  if (journey->help.has_sheet && !has_left (journey))
    return PV_OVER_HELPED;
  return journey->overlay;
}

char *
pv_journey_where (const PvJourney *journey)
{
  return g_strdup_printf ("%u/%u/%s", (guint) journey->stage, (guint) journey->identity_view,
                          journey->stage == PV_AT_QUESTION && journey->step_key != NULL ? journey->step_key : "");
}

/* As "Quitter ?" offers it: a request that is not on its way, and a code to find it by. */
gboolean
pv_journey_may_keep (const PvJourney *journey)
{
  return journey->filing != NULL && journey->stage != PV_AT_SENDING && journey->stage != PV_AT_DONE
         && journey->stage != PV_AT_PHONE && journey->procedure->has_tracking_code && journey->can_store
         && !pv_filing_is_practice (journey->filing);
}

/* ---- what is told ---- */

static void
begin_help (PvJourney *journey)
{
  PvHelp *help = &journey->help;

  if (!help->is_handed_over) {
    pv_help_forget_deeds (help);
    help->began_us = journey->now.utc_us;
  }
  help->is_handed_over = FALSE;
  help->has_sheet = FALSE;
  g_free (help->mediator);
  g_free (help->place);
  help->mediator =
    g_utf8_substring (help->now.mediator != NULL ? help->now.mediator : "", 0,
                      MIN (g_utf8_strlen (help->now.mediator != NULL ? help->now.mediator : "", -1), NAME_MAX_CHARS));
  help->place = g_strdup (help->now.place);
  pv_help_forget_presence (help);
  if (journey->overlay == PV_OVER_MEDIATOR || journey->overlay == PV_OVER_CALL)
    journey->overlay = PV_OVER_NONE;
  journey->active_ms = journey->now.monotonic_ms; /* the citizen told the code */
}

static void
note (PvJourney *journey, const char *verb, char *label)
{
  PvHelp *help = &journey->help;
  PvDeed *deed;

  for (guint i = 0; i < help->deeds->len; i++) {
    deed = help->deeds->pdata[i];
    if (g_str_equal (deed->verb, verb) && g_strcmp0 (deed->label, label) == 0
        && g_strcmp0 (deed->mediator, help->mediator) == 0) {
      deed->n++;
      if (deed->times->len < PV_DEED_MAX_TIMES)
        g_array_append_val (deed->times, journey->now.utc_us);
      g_free (label);
      return;
    }
  }
  if (help->deeds->len >= PV_ASSIST_SHEET_MAX_LINES) {
    g_free (label);
    return;
  }
  deed = g_new0 (PvDeed, 1);
  deed->verb = g_strdup (verb);
  deed->label = label;
  deed->mediator = g_strdup (help->mediator);
  deed->n = 1;
  deed->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (deed->times, journey->now.utc_us);
  g_ptr_array_add (help->deeds, deed);
}

void
pv_journey_end_help (PvJourney *journey, PvAssistanceEnd end)
{
  PvHelp *help = &journey->help;

  pv_help_forget_presence (help);
  help->end = end;
  help->ended_us = journey->now.utc_us;
  help->sheet_page = 0;
  journey->active_ms = journey->now.monotonic_ms; /* there is something to read */
  if (journey->overlay == PV_OVER_REPLY)
    journey->overlay = PV_OVER_NONE;
  if (has_left (journey))
    return;
  if (end == PV_ENDED_HANDOVER) {
    note (journey, "handover", NULL);
    help->is_handed_over = TRUE;
    if (journey->overlay == PV_OVER_NONE || pv_overlay_is_about_help (journey->overlay))
      pv_journey_set_overlay (journey, PV_OVER_CALL);
    return;
  }
  help->has_sheet = TRUE;
}

/* The call sheet goes where the call goes. */
static void
follow_call (PvJourney *journey, PvAssistanceState before)
{
  PvHelp *help = &journey->help;
  gboolean was_calling = before == PV_ASSISTANCE_CALLING || before == PV_ASSISTANCE_NO_ANSWER;

  switch (help->now.state) {
  case PV_ASSISTANCE_CALLING:
    help->has_sheet = help->is_call_stuck = help->has_seen_no_answer = FALSE;
    break;
  case PV_ASSISTANCE_NO_ANSWER:
    help->has_seen_no_answer |= journey->overlay == PV_OVER_CALL;
    if (before != PV_ASSISTANCE_NO_ANSWER)
      journey->active_ms = journey->now.monotonic_ms;
    break;
  case PV_ASSISTANCE_READY:
    if (was_calling && journey->overlay == PV_OVER_CALL)
      pv_journey_set_overlay (journey, PV_OVER_NONE);
    break;
  case PV_ASSISTANCE_OFF:
  case PV_ASSISTANCE_AWAY:
    if (journey->overlay == PV_OVER_CALL)
      pv_journey_set_overlay (journey, PV_OVER_MEDIATOR);
    break;
  case PV_ASSISTANCE_JOINED:
  case PV_ASSISTANCE_LOST:
  case PV_ASSISTANCE_ENDED:
  case PV_N_ASSISTANCE_STATES:
    break;
  }
}

void
pv_journey_follow_assistance (PvJourney *journey, const PvAssistance *assistance)
{
  PvAssistanceState before = journey->help.now.state;
  gboolean was_helped = pv_journey_is_helped (journey);

  if (has_left (journey))
    return;
  pv_assistance_copy (&journey->help.now, assistance);
  if (before == PV_ASSISTANCE_CALLING && assistance->state != before)
    journey->active_ms = journey->now.monotonic_ms; /* the wait is over, and has not used the citizen's time up */
  if (!was_helped && pv_journey_is_helped (journey))
    begin_help (journey);
  else if (was_helped && !pv_journey_is_helped (journey))
    pv_journey_end_help (journey, journey->help.now.end);
  if (!assistance->may_show) {
    forget_pointing (&journey->help);
    pv_help_forget_explanation (&journey->help);
  }
  follow_call (journey, before);
}

void
pv_journey_follow_pointing (PvJourney *journey, const char *target)
{
  PvHelp *help = &journey->help;

  forget_pointing (help);
  if (target == NULL || !pv_journey_is_helped (journey) || !help->now.may_show)
    return;
  help->pointed = g_strdup (target);
  help->pointed_where = pv_journey_where (journey);
  help->pointed_until_ms = journey->now.monotonic_ms + (gint64) PV_POINTED_SECONDS * SECOND_MS;
}

void
pv_journey_point_at_answer (PvJourney *journey, const PvIntention *intention)
{
  gboolean is_part = intention->kind == PV_DO_TYPE_PART && intention->target != NULL; /* "field/day" */
  const char *end = is_part ? strrchr (intention->target, '/') : NULL;
  g_autofree char *field = end != NULL ? g_strndup (intention->target, (gsize) (end - intention->target)) : NULL;

  if (is_part || intention->kind == PV_DO_TYPE || intention->kind == PV_DO_CHOOSE || intention->kind == PV_DO_TOGGLE)
    pv_journey_follow_pointing (journey, field != NULL ? field : intention->target);
}

/* One paragraph, whatever its blanks were. */
void
pv_journey_follow_explanation (PvJourney *journey, const char *text)
{
  PvHelp *help = &journey->help;
  g_autoptr (PvSecretStr) valid = NULL;
  glong length;

  pv_help_forget_explanation (help);
  if (text == NULL || !pv_journey_is_helped (journey) || !help->now.may_show)
    return;
  valid = g_utf8_make_valid (text, -1);
  for (char *p = valid; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  g_strstrip (valid);
  if (valid[0] == '\0')
    return;
  length = MIN (g_utf8_strlen (valid, -1), PV_EXPLANATION_MAX_CHARS);
  help->explanation = g_utf8_substring (valid, 0, length);
  help->explained_where = pv_journey_where (journey);
}

static const PvQuestion *
find_question (const PvJourney *journey, const char *path)
{
  const char *last = strrchr (path, '/');

  return journey->procedure != NULL ? pv_procedure_find_question (journey->procedure, last != NULL ? last + 1 : path)
                                    : NULL;
}

/* What the citizen read on the field or the button. (transfer full) (nullable) */
static char *
name_target (PvJourney *journey, const char *target)
{
  const PvScreenState *state = pv_journey_get_shared (journey);
  const PvField *field = pv_screen_state_find_field (state, target);
  const PvQuestion *question = find_question (journey, target);
  const PvAction *action = pv_screen_state_find_action_named (
    state, g_str_has_prefix (target, "action:") ? target + strlen ("action:") : target);
  const char *label = question != NULL ? pv_journey_say (journey, question, question->label)
                      : field != NULL  ? (field->label != NULL ? field->label : field->spoken_label)
                      : action != NULL ? action->label
                                       : NULL;

  if (label == NULL)
    return NULL;
  return g_utf8_substring (label, 0, MIN (g_utf8_strlen (label, -1), NAME_MAX_CHARS));
}

void
pv_journey_follow_deed (PvJourney *journey, const char *verb, const char *target)
{
  if (journey->help.mediator == NULL || has_left (journey) || !pv_deed_is_told (verb))
    return;
  note (journey, verb, target != NULL ? name_target (journey, target) : NULL);
  pv_journey_forget_screens (journey); /* one was made, to see how it names this */
}

/* ---- time ---- */

/* The next moment at which the tens of seconds that are left are fewer. */
static gint64
hand_deadline (const PvJourney *journey)
{
  const PvAssistance *now = &journey->help.now;
  gint64 left_ms = now->hand_until_ms - journey->now.monotonic_ms;

  if (!now->has_hand || left_ms <= 0)
    return G_MAXINT64;
  return now->hand_until_ms - (left_ms - 1) / HAND_STEP_MS * HAND_STEP_MS;
}

static gint64
call_deadline (const PvJourney *journey)
{
  PvAssistanceState state = journey->help.now.state;

  if (journey->overlay != PV_OVER_CALL || state == PV_ASSISTANCE_CALLING || state == PV_ASSISTANCE_NO_ANSWER)
    return G_MAXINT64;
  return journey->overlay_ms + (gint64) PV_CALL_PATIENCE_SECONDS * SECOND_MS;
}

gint64
pv_journey_help_deadline_ms (const PvJourney *journey)
{
  const PvHelp *help = &journey->help;
  gint64 deadline = MIN (hand_deadline (journey), call_deadline (journey));

  if (help->pointed != NULL)
    deadline = MIN (deadline, help->pointed_until_ms);
  if (help->said != NULL)
    deadline = MIN (deadline, help->said_until_ms);
  if (pv_journey_get_question (journey) != PV_ASKS_NOTHING && help->now.question_until_ms != 0)
    deadline = MIN (deadline, help->now.question_until_ms);
  return deadline;
}

void
pv_journey_settle_help (PvJourney *journey)
{
  PvHelp *help = &journey->help;
  g_autofree char *where = pv_journey_where (journey);

  if (help->pointed != NULL && !g_str_equal (help->pointed_where, where))
    forget_pointing (help);
  if (help->explanation != NULL && !g_str_equal (help->explained_where, where))
    pv_help_forget_explanation (help);
}

void
pv_journey_tick_help (PvJourney *journey)
{
  PvHelp *help = &journey->help;
  gint64 now_ms = journey->now.monotonic_ms;

  if (help->pointed != NULL && now_ms >= help->pointed_until_ms)
    forget_pointing (help);
  if (help->said != NULL && now_ms >= help->said_until_ms)
    help->said = NULL;
  if (now_ms >= call_deadline (journey)) {
    help->is_call_stuck = TRUE;
    pv_journey_set_overlay (journey, PV_OVER_MEDIATOR);
  }
}

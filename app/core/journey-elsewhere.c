/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Practising; going on at home, or on the phone. */

#include <glib/gi18n-lib.h>

#include "core/date.h"
#include "core/journey-private.h"
#include "core/practice.h"
#include "core/wipe.h"

/* ---- practising ---- */

static void
open_practice (PvJourney *journey)
{
  if (journey->stage != PV_AT_HOME || journey->is_practising)
    return;
  pv_journey_forget_filing (journey);
  journey->is_practising = TRUE;
  pv_journey_queue (journey, PV_EFFECT_PRACTICE, NULL)->number = 1; /* before anything of it can be written */
  pv_journey_go (journey, PV_AT_HOME);
}

void
pv_journey_leave_practice (PvJourney *journey)
{
  if (!journey->is_practising || journey->stage == PV_AT_SENDING)
    return;
  pv_journey_finish_help (journey);
  pv_journey_forget_filing (journey); /* nothing of it may go on into a real request */
  journey->is_practising = FALSE;
  journey->overlay = PV_OVER_NONE;
  pv_journey_queue (journey, PV_EFFECT_PRACTICE, NULL)->number = 0;
  pv_journey_go (journey, PV_AT_HOME);
}

/* All that the screen asks, so that one touch is enough for a name or an address. */
static void
use_sample_answers (PvJourney *journey)
{
  guint index;
  g_autoptr (GPtrArray) steps = pv_journey_list_steps (journey, &index);
  const PvStep *step = index < steps->len ? steps->pdata[index] : NULL;
  GDate today;

  pv_journey_today (journey, &today);
  for (guint i = 0; step != NULL && i < step->paths->len; i++) {
    g_autoptr (PvValue) value = pv_practice_new_answer (journey->filing, step->paths->pdata[i], &today);

    if (value != NULL)
      pv_filing_set (journey->filing, step->paths->pdata[i], value, PV_ACTOR_CITIZEN, NULL);
  }
  g_clear_pointer (&journey->page_error, pv_wipe_str);
}

static void
use_sample (PvJourney *journey)
{
  if (!journey->is_practising || journey->filing == NULL)
    return;
  if (journey->stage == PV_AT_QUESTION)
    use_sample_answers (journey);
  else if (journey->stage == PV_AT_IDENTITY)
    pv_journey_take_sample_identity (journey);
}

gboolean
pv_journey_offers_sample (const PvJourney *journey, const PvStep *step)
{
  GDate today;

  pv_journey_today (journey, &today);
  for (guint i = 0; journey->is_practising && i < step->questions->len; i++) {
    const PvQuestion *question = step->questions->pdata[i];
    g_autoptr (PvValue) value = NULL;

    /* What is chosen is one touch already. */
    if (question->kind == PV_QUESTION_YES_NO || question->kind == PV_QUESTION_CHOICE
        || question->kind == PV_QUESTION_CHOICES)
      continue;
    value = pv_practice_new_answer (journey->filing, step->paths->pdata[i], &today);
    if (value != NULL)
      return TRUE;
  }
  return FALSE;
}

/* ---- at home, or on the phone ---- */

static void
hand_over (PvJourney *journey)
{
  if (!pv_journey_may_keep (journey))
    return;
  pv_journey_forget_document (journey);
  pv_journey_send (journey, PV_SUBMISSION_DRAFT);
}

void
pv_journey_handle_elsewhere (PvJourney *journey, const PvIntention *intention)
{
  switch ((gint) intention->kind) {
  case PV_DO_OPEN_PRACTICE:
    open_practice (journey);
    break;
  case PV_DO_USE_SAMPLE:
    use_sample (journey);
    break;
  case PV_DO_HAND_OVER:
    hand_over (journey);
    break;
  default:
    break;
  }
}

const char *
pv_journey_beyond_sentence (PvBeyond beyond)
{
  switch (beyond) {
  case PV_BEYOND_ELSEWHERE:
    return _ ("This procedure is on another site. This kiosk does not fill it in.");
  case PV_BEYOND_LOGIN:
    return _ ("It needs an account, for example FranceConnect. Nobody logs in on this screen.");
  case PV_BEYOND_CAPTCHA:
    return _ ("It checks that you are not a robot. Only its own page can do that.");
  case PV_BEYOND_QUESTION:
    return _ ("It asks something that this kiosk cannot show.");
  case PV_BEYOND_OPTIONS:
    return _ ("Its answers to choose from are not known on this kiosk.");
  case PV_BEYOND_DOCUMENT:
    return _ ("It wants a document that cannot be made on this kiosk.");
  case PV_BEYOND_NOTHING:
  case PV_N_BEYONDS:
    break;
  }
  return _ ("This procedure is done on a phone or a computer.");
}

const char *
pv_journey_draft_gone_sentence (void)
{
  return _ ("This draft no longer exists: too much time has passed. Begin the request again.");
}

/* Counted from when the kiosk kept the answers: the portal does so a moment later. */
char *
pv_journey_draft_end (const PvJourney *journey)
{
  guint days = journey->procedure->draft_days > 0 ? journey->procedure->draft_days : PV_PROCEDURE_DRAFT_DAYS;
  GDate end;

  if (journey->outcome == NULL || journey->outcome->kind != PV_OUTCOME_DRAFT
      || !pv_moment_get_date (journey->stored_us, journey->now.zone, &end))
    return NULL;
  g_date_add_days (&end, days);
  return pv_date_display (&end);
}

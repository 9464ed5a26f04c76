/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answering and walking through the steps of a filing. */

#include <string.h>

#include "core/journey-private.h"
#include "core/wipe.h"

GPtrArray *
pv_journey_list_steps (const PvJourney *journey, guint *ret_index)
{
  GPtrArray *steps;
  GDate today;

  pv_journey_today (journey, &today);
  steps = pv_filing_list_steps (journey->filing, &today);
  if (ret_index != NULL)
    *ret_index = 0;
  for (guint i = 0; ret_index != NULL && i < steps->len; i++)
    if (g_strcmp0 (((const PvStep *) steps->pdata[i])->key, journey->step_key) == 0)
      *ret_index = i;
  return steps;
}

void
pv_journey_open_step (PvJourney *journey, const char *key)
{
  g_autofree char *wanted = g_strdup (key); /* may be our own */

  g_free (journey->step_key);
  journey->step_key = g_steal_pointer (&wanted);
  g_clear_pointer (&journey->page_error, pv_wipe_str);
  pv_journey_go (journey, PV_AT_QUESTION);
  pv_journey_forget_finding (journey);
  pv_journey_fetch_step_options (journey);
}

void
pv_journey_fetch_step_options (PvJourney *journey)
{
  guint index;
  g_autoptr (GPtrArray) steps = pv_journey_list_steps (journey, &index);
  const PvStep *step;
  GDate today;

  if (index >= steps->len)
    return;
  pv_journey_today (journey, &today);
  step = steps->pdata[index];
  pv_journey_look_for_addresses (journey, step);
  for (guint i = 0; i < step->questions->len; i++) {
    const PvQuestion *question = step->questions->pdata[i];
    PvEffect *effect;

    pv_filing_prefill (journey->filing, step->paths->pdata[i], &today);
    if (question->option_source != NULL && (question->flags & PV_QUESTION_SLOT) != 0) {
      pv_journey_ask_slots (journey, question, step->paths->pdata[i]);
      continue;
    }
    if (question->option_source == NULL || pv_filing_get_options (journey->filing, step->paths->pdata[i]) != NULL
        || GPOINTER_TO_UINT (g_hash_table_lookup (journey->asked_options, question->id)) == 1)
      continue;
    g_hash_table_insert (journey->asked_options, g_strdup (question->id), GUINT_TO_POINTER (1));
    effect = pv_journey_queue (journey, PV_EFFECT_FETCH_OPTIONS, journey->slug);
    effect->path = g_strdup (step->paths->pdata[i]);
  }
}

static gboolean
is_step_answered (const PvJourney *journey, const PvStep *step)
{
  GDate today;

  pv_journey_today (journey, &today);
  if (step->kind == PV_STEP_ROWS)
    return step->row > 0 || (step->block->flags & PV_QUESTION_REQUIRED) == 0;
  for (guint i = 0; i < step->paths->len; i++) {
    g_autofree char *sentence = pv_filing_check_path (journey->filing, step->paths->pdata[i], &today);

    if (sentence != NULL)
      return FALSE;
  }
  return TRUE;
}

static gboolean
leaves_page (const GPtrArray *steps, guint index)
{
  const PvStep *step = steps->pdata[index];
  const PvStep *next = index + 1 < steps->len ? steps->pdata[index + 1] : NULL;

  return next == NULL || next->page != step->page;
}

/* To the page of it where "Modifier" was touched. */
static void
go_back_to_check (PvJourney *journey)
{
  journey->is_from_check = FALSE;
  pv_journey_go (journey, PV_AT_CHECK);
  journey->page = journey->check_page;
}

/* From the check, "Modifier" comes back to it as soon as nothing is missing; a changed answer may have asked for more. */
static void
go_after (PvJourney *journey, const GPtrArray *steps, guint index)
{
  g_autofree char *problem = NULL;
  GDate today;

  pv_journey_today (journey, &today);
  if (journey->is_from_check) {
    problem = pv_filing_find_problem (journey->filing, &today);
    for (guint i = 0; problem != NULL && i < steps->len; i++)
      if (g_str_equal (((const PvStep *) steps->pdata[i])->key, problem)) {
        pv_journey_open_step (journey, problem);
        return;
      }
  } else if (index + 1 < steps->len) {
    pv_journey_open_step (journey, ((const PvStep *) steps->pdata[index + 1])->key);
    return;
  } else {
    journey->check_page = 0;
  }
  go_back_to_check (journey);
}

void
pv_journey_next_step (PvJourney *journey)
{
  guint index;
  g_autoptr (GPtrArray) steps = pv_journey_list_steps (journey, &index);
  GDate today;

  if (index >= steps->len)
    return;
  g_clear_pointer (&journey->page_error, pv_wipe_str);
  if (!is_step_answered (journey, steps->pdata[index])) {
    pv_journey_show_errors (journey);
    pv_journey_fetch_step_options (journey); /* "Continuer" tries again what could not be loaded */
    return;
  }
  pv_journey_today (journey, &today);
  if (pv_steps_end_rows (steps, index)) {
    journey->page_error = pv_filing_check_table (journey->filing, steps->pdata[index]);
    if (journey->page_error != NULL)
      return;
  }
  if (leaves_page (steps, index)) {
    journey->page_error = pv_filing_check_page (journey->filing, ((const PvStep *) steps->pdata[index])->page, &today);
    if (journey->page_error != NULL)
      return;
  }
  go_after (journey, steps, index);
}

void
pv_journey_previous_step (PvJourney *journey)
{
  guint index;
  g_autoptr (GPtrArray) steps = pv_journey_list_steps (journey, &index);

  if (journey->is_from_check) {
    go_back_to_check (journey);
  } else if (index > 0 && index < steps->len) {
    pv_journey_open_step (journey, ((const PvStep *) steps->pdata[index - 1])->key);
  } else if (pv_journey_offers_identity (journey)) {
    pv_journey_open_identity (journey);
  } else {
    pv_journey_go (journey, PV_AT_PROCEDURE); /* the answers stay: "Commencer" comes back to them */
  }
}

static const PvQuestion *
find_question (const PvJourney *journey, const char *path)
{
  const char *last = strrchr (path, '/');

  return pv_procedure_find_question (journey->procedure, last != NULL ? last + 1 : path);
}

/* What a mediator never sees, a mediator never writes. */
static gboolean
may_answer (const PvJourney *journey, PvActor actor, const char *path)
{
  const PvQuestion *question = find_question (journey, path);

  return actor == PV_ACTOR_CITIZEN
         || (question != NULL && question->assist != PV_ASSIST_HIDDEN && question->kind != PV_QUESTION_FILE);
}

void
pv_journey_set_answer (PvJourney *journey, const PvIntention *intention, const char *path, PvValue *value)
{
  if (may_answer (journey, intention->actor, path)
      && pv_filing_set (journey->filing, path, value, intention->actor, NULL)) {
    g_clear_pointer (&journey->page_error, pv_wipe_str);
    journey->has_store_failed = FALSE;
  }
  pv_value_unref (value);
}

static const char *
find_label (const PvJourney *journey, const char *path, const char *id)
{
  const GPtrArray *options = pv_filing_get_options (journey->filing, path);

  for (guint i = 0; options != NULL && i < options->len; i++) {
    const PvOption *option = options->pdata[i];

    if (g_str_equal (option->id, id))
      return option->disabled ? NULL : option->label;
  }
  return NULL;
}

static void
choose (PvJourney *journey, const PvIntention *intention)
{
  const PvQuestion *question = find_question (journey, intention->target);
  const char *label;

  if (question == NULL || intention->value == NULL)
    return;
  if (question->kind == PV_QUESTION_YES_NO) {
    pv_journey_set_answer (journey, intention, intention->target,
                           pv_value_new_bool (g_str_equal (intention->value, "yes")));
    return;
  }
  label = find_label (journey, intention->target, intention->value);
  if (label != NULL && (question->flags & PV_QUESTION_SLOT) != 0)
    journey->slots.was_taken = FALSE;
  if (label != NULL)
    pv_journey_set_answer (
      journey, intention, intention->target,
      pv_value_new_options ((const char *[]){ intention->value, NULL }, (const char *[]){ label, NULL }));
}

/* One box more or less, in the order of the options. */
static void
toggle (PvJourney *journey, const PvIntention *intention)
{
  const PvQuestion *question = find_question (journey, intention->target);
  const PvValue *before = pv_filing_get (journey->filing, intention->target);
  const GPtrArray *options;
  g_autoptr (GPtrArray) ids = g_ptr_array_new (), labels = g_ptr_array_new ();

  if (question == NULL)
    return;
  if (question->kind == PV_QUESTION_STATEMENT) {
    pv_journey_set_answer (journey, intention, intention->target,
                           pv_value_new_bool (before == NULL || !pv_value_get_bool (before)));
    return;
  }
  options = pv_filing_get_options (journey->filing, intention->target);
  for (guint i = 0; options != NULL && intention->value != NULL && i < options->len; i++) {
    const PvOption *option = options->pdata[i];
    gboolean was_chosen = before != NULL && pv_value_has_id (before, option->id);

    if (g_str_equal (option->id, intention->value) ? was_chosen || option->disabled : !was_chosen)
      continue;
    g_ptr_array_add (ids, option->id);
    g_ptr_array_add (labels, option->label);
  }
  g_ptr_array_add (ids, NULL);
  g_ptr_array_add (labels, NULL);
  pv_journey_set_answer (journey, intention, intention->target,
                         pv_value_new_options ((const char *const *) ids->pdata, (const char *const *) labels->pdata));
}

/* A date is kept as it is typed: "day/month/year". */
static void
type_part (PvJourney *journey, const PvIntention *intention)
{
  static const char *const names[] = { "day", "month", "year" };
  const char *last = strrchr (intention->target, '/');
  g_autofree char *path = NULL;
  g_autoptr (PvSecretStr) joined = NULL;
  const PvValue *before;
  PvSecretStr *parts[3] = { NULL, NULL, NULL };

  if (last == NULL || intention->value == NULL || strchr (intention->value, '/') != NULL)
    return;
  path = g_strndup (intention->target, (gsize) (last - intention->target));
  before = pv_filing_get (journey->filing, path);
  pv_journey_split_date (before != NULL ? pv_value_get_text (before) : NULL, parts);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (last + 1, names[i])) {
      pv_wipe_str (parts[i]);
      parts[i] = g_strdup (intention->value);
    }
  joined = g_strdup_printf ("%s/%s/%s", parts[0], parts[1], parts[2]);
  pv_journey_set_answer (journey, intention, path, pv_value_new_text (joined));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    pv_wipe_str (parts[i]);
}

void
pv_journey_split_date (const char *text, char **ret_parts)
{
  g_auto (GStrv) boxes = g_strsplit (text != NULL ? text : "", "/", 4);
  g_auto (GStrv) sent = g_strsplit (text != NULL ? text : "", "-", 4);

  for (guint i = 0; i < 3; i++) {
    if (g_strv_length (boxes) == 3)
      ret_parts[i] = g_strdup (boxes[i]);
    else if (g_strv_length (sent) == 3) /* a prefill: YYYY-MM-DD */
      ret_parts[i] = g_strdup (sent[2 - i]);
    else
      ret_parts[i] = g_strdup ("");
  }
}

static void
change_rows (PvJourney *journey, const PvIntention *intention)
{
  g_auto (GStrv) parts = g_strsplit (intention->target, "/", 3);
  guint n_rows = pv_filing_get_n_rows (journey->filing, parts[0]);
  gboolean is_removed = FALSE;
  guint64 row;

  if (intention->kind == PV_DO_REMOVE_ROW) {
    if (parts[1] != NULL && g_ascii_string_to_unsigned (parts[1], 10, 0, PV_PROCEDURE_MAX_ROWS, &row, NULL))
      is_removed = pv_filing_remove_row (journey->filing, parts[0], (guint) row);
    /* The screen of that row is gone, or is the next one's by now. */
    if (is_removed) {
      g_autofree char *key = g_strdup_printf ("%s/+", parts[0]);

      pv_journey_open_step (journey, key);
    }
    return;
  }
  if (pv_filing_add_row (journey->filing, parts[0])) {
    g_autofree char *first = g_strdup_printf ("%s/%u/", parts[0], n_rows);
    g_autoptr (GPtrArray) steps = pv_journey_list_steps (journey, NULL);

    for (guint i = 0; i < steps->len; i++)
      if (g_str_has_prefix (((const PvStep *) steps->pdata[i])->key, first)) {
        pv_journey_open_step (journey, ((const PvStep *) steps->pdata[i])->key);
        return;
      }
  }
}

void
pv_journey_answer (PvJourney *journey, const PvIntention *intention)
{
  if (intention->target == NULL || pv_journey_answer_address (journey, intention))
    return;
  switch ((gint) intention->kind) {
  case PV_DO_TYPE:
    pv_journey_type_elsewhere (journey, intention->target);
    if (intention->value != NULL)
      pv_journey_set_answer (journey, intention, intention->target, pv_value_new_text (intention->value));
    break;
  case PV_DO_TYPE_PART:
    type_part (journey, intention);
    break;
  case PV_DO_CHOOSE:
    choose (journey, intention);
    break;
  case PV_DO_TOGGLE:
    toggle (journey, intention);
    break;
  case PV_DO_DECLINE:
  case PV_DO_LATER:
    pv_journey_set_answer (journey, intention, intention->target, pv_value_new_declined ());
    if (journey->stage == PV_AT_QUESTION)
      pv_journey_next_step (journey);
    break;
  case PV_DO_ADD_ROW:
  case PV_DO_REMOVE_ROW:
    change_rows (journey, intention);
    break;
  default:
    break;
  }
}

/* NULL: it cannot be sent so. */
static PvSubmission *
build_submission (PvJourney *journey, PvSubmissionPurpose purpose, const GDate *today)
{
  g_autoptr (PvSubmission) submission = NULL;

  if (!pv_journey_take_new_ref (journey)) {
    journey->has_store_failed = TRUE;
    return NULL;
  }
  submission = pv_filing_build_submission (journey->filing, purpose, today, journey->now.utc_us, NULL);
  if (submission == NULL)
    return NULL;
  submission->appointment = purpose == PV_SUBMISSION_CANCEL  ? pv_journey_make_cancellation (journey)
                            : purpose == PV_SUBMISSION_DRAFT ? NULL
                                                             : pv_journey_make_appointment (journey);
  if (submission->appointment == NULL && purpose >= PV_SUBMISSION_BOOK)
    return NULL;
  if (purpose >= PV_SUBMISSION_BOOK && submission->ref_field == NULL)
    submission->ref_field = g_strdup (PV_BOOKING_REF_FIELD);
  g_clear_pointer (&journey->appointment, pv_appointment_free);
  if (submission->appointment != NULL)
    journey->appointment = pv_appointment_copy (submission->appointment);
  return g_steal_pointer (&submission);
}

void
pv_journey_send (PvJourney *journey, PvSubmissionPurpose purpose)
{
  g_autoptr (PvSubmission) submission = NULL;
  g_autofree char *problem = NULL;
  PvEffect *effect;
  GDate today;

  pv_journey_today (journey, &today);
  if (purpose == PV_SUBMISSION_FILE && journey->procedure->is_booking)
    purpose = PV_SUBMISSION_BOOK;
  /* Another site takes only what is right, and drops the rest without a word. */
  if (purpose == PV_SUBMISSION_FILE || purpose == PV_SUBMISSION_BOOK || journey->procedure->is_handover)
    problem = pv_filing_find_problem (journey->filing, &today);
  if (problem != NULL) {
    const PvQuestion *question = find_question (journey, problem);

    if (question == NULL || question->kind != PV_QUESTION_STATEMENT) {
      journey->is_from_check = TRUE;
      journey->check_page = 0;
      pv_journey_open_step (journey, problem);
    }
    pv_journey_show_errors (journey);
    return;
  }
  if (!pv_filing_is_practice (journey->filing)) {
    submission = build_submission (journey, purpose, &today);
    if (submission == NULL)
      return;
  }
  journey->purpose = purpose;
  journey->has_store_failed = journey->is_stored = FALSE;
  journey->sent_ms = journey->now.monotonic_ms;
  pv_journey_go (journey, PV_AT_SENDING);
  if (submission == NULL)
    return; /* it only shows what would happen */
  effect = pv_journey_queue (journey, PV_EFFECT_STORE, NULL);
  effect->submission = g_steal_pointer (&submission);
}

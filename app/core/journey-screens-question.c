/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One question a screen, or a tight group. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/assist-class.h"
#include "core/journey-private.h"
#include "core/slot.h"
#include "core/wipe.h"

enum {
  DETAIL_HEIGHT = 2, /* half-lines */
  MAX_TYPED_CHARS = 500,
  MAX_LONG_CHARS = 5000,
  MAX_STEP_CHARS = 40,
};

typedef struct {
  PvJourney *journey;
  PvScreenState *state;
  const PvStep *step;
  guint n_asked;              /* questions of the step that are not a mere text */
  const PvQuestion *question; /* that is being added */
  GDate today;
} Page;

static PvFieldKind
field_kind (PvQuestionKind kind)
{
  switch (kind) {
  case PV_QUESTION_LONG_TEXT:
    return PV_FIELD_LONG_INPUT;
  case PV_QUESTION_DATE:
    return PV_FIELD_DATE;
  case PV_QUESTION_YES_NO:
  case PV_QUESTION_CHOICE:
    return PV_FIELD_CHOICE;
  case PV_QUESTION_CHOICES:
    return PV_FIELD_CHOICES;
  case PV_QUESTION_FILE:
    return PV_FIELD_FILE;
  case PV_QUESTION_INFO:
    return PV_FIELD_TEXT;
  case PV_QUESTION_STATEMENT:
    return PV_FIELD_STATEMENT;
  case PV_QUESTION_TEXT:
  case PV_QUESTION_EMAIL:
  case PV_QUESTION_PHONE:
  case PV_QUESTION_NUMBER:
  case PV_QUESTION_AMOUNT:
  case PV_QUESTION_BLOCK:
  case PV_QUESTION_PLACE:
  case PV_N_QUESTION_KINDS:
    return PV_FIELD_INPUT;
  }
  return PV_FIELD_INPUT;
}

static PvInput
field_input (const PvQuestion *question)
{
  switch (question->kind) {
  case PV_QUESTION_EMAIL:
    return PV_INPUT_EMAIL;
  case PV_QUESTION_PHONE:
    return PV_INPUT_PHONE;
  case PV_QUESTION_DATE:
    return PV_INPUT_DATE;
  case PV_QUESTION_AMOUNT:
    return PV_INPUT_DECIMAL;
  case PV_QUESTION_NUMBER:
    return (question->flags & PV_QUESTION_INTEGER) != 0 ? PV_INPUT_DIGITS : PV_INPUT_DECIMAL;
  case PV_QUESTION_TEXT:
  case PV_QUESTION_LONG_TEXT:
  case PV_QUESTION_YES_NO:
  case PV_QUESTION_CHOICE:
  case PV_QUESTION_CHOICES:
  case PV_QUESTION_FILE:
  case PV_QUESTION_INFO:
  case PV_QUESTION_STATEMENT:
  case PV_QUESTION_BLOCK:
  case PV_QUESTION_PLACE:
  case PV_N_QUESTION_KINDS:
    return pv_format_input (question->format);
  }
  return PV_INPUT_LETTERS;
}

static guint
field_max_chars (const PvQuestion *question)
{
  guint by_format = pv_format_max_chars (question->format);

  if (question->max_chars > 0)
    return question->max_chars;
  if (by_format > 0)
    return by_format;
  return question->kind == PV_QUESTION_LONG_TEXT ? MAX_LONG_CHARS : MAX_TYPED_CHARS;
}

static void
fill_value (PvField *field, const PvQuestion *question, const PvValue *value)
{
  const char *text = value != NULL && pv_value_get_type (value) == PV_VALUE_TEXT ? pv_value_get_text (value) : NULL;

  if (question->kind == PV_QUESTION_DATE) {
    pv_journey_split_date (text, field->parts);
    field->part_labels[0] = g_strdup (_ ("Day"));
    field->part_labels[1] = g_strdup (_ ("Month"));
    field->part_labels[2] = g_strdup (_ ("Year"));
  } else if (text != NULL) {
    field->value = g_strdup (text);
  } else if (question->kind == PV_QUESTION_PLACE && value != NULL) {
    field->value = g_strdup (pv_value_get_label (value, 0));
  }
}

static void
add_yes_no (PvField *field, const PvValue *value)
{
  gboolean is_given = value != NULL && pv_value_get_type (value) == PV_VALUE_BOOL;
  PvChoice *yes = pv_field_add_choice (field, "yes", C_ ("answer", "Yes"));
  PvChoice *no = pv_field_add_choice (field, "no", C_ ("answer", "No"));

  yes->selected = is_given && pv_value_get_bool (value);
  no->selected = is_given && !pv_value_get_bool (value);
}

static gboolean
matches (const char *label, const char *words)
{
  return words == NULL || words[0] == '\0' || g_str_match_string (words, label, TRUE);
}

static void
add_choice (const Page *page, PvField *field, const PvOption *option, const PvValue *value)
{
  PvChoice *choice =
    pv_field_add_choice (field, option->id, pv_journey_say (page->journey, page->question, option->label));

  choice->official = pv_journey_official (page->journey, page->question, option->label);
  choice->detail = g_strdup (pv_journey_say (page->journey, page->question, option->detail));
  choice->enabled = !option->disabled;
  choice->selected = value != NULL && pv_value_has_id (value, option->id);
}

/* The search brings the keyboard along, which leaves little of the list: with few lines, pages are read sooner. */
static gboolean
is_searched (const PvJourney *journey, const GPtrArray *options)
{
  if (journey->capacity.lines < PV_FEW_LINES)
    return options->len > PV_VERY_MANY_OPTIONS && journey->capacity.lines >= PV_LOW_LINES;
  return options->len > PV_MANY_OPTIONS;
}

/* Half-lines of a choice: its letters are larger than those of a text, and its mark stands beside them. */
static guint
choice_height (const PvJourney *journey, const PvQuestion *question, const PvOption *option)
{
  /* Of very large letters those of a choice are as large as the others, and the mark takes no more than before. */
  gboolean is_large = journey->look.text_percent >= PV_LARGE_TEXT_PERCENT;
  guint width = MAX (journey->capacity.chars_per_line * (is_large ? 18 : 13) / 20, 1);
  const char *label = pv_journey_say (journey, question, option->label);
  guint height = pv_journey_choice_height (journey) + (option->detail != NULL ? DETAIL_HEIGHT : 0)
                 + 2 * ((guint) g_utf8_strlen (label, -1) / width);

  /* With few lines the French is left out before anything becomes a further page. */
  if (label != option->label && journey->capacity.lines >= PV_FEW_LINES)
    height += DETAIL_HEIGHT
              + 2 * ((guint) g_utf8_strlen (option->label, -1) / MAX (journey->capacity.chars_per_line * 16 / 20, 1));
  return height;
}

/* Of the French under title and help. */
static guint
official_height (const Page *page)
{
  const PvScreenState *state = page->state;
  const char *title = pv_official_beside (state->title, state->official_title);
  const char *help = state->help != NULL ? pv_official_beside (state->help, state->official_help) : NULL;
  guint height = title != NULL ? pv_journey_text_height (page->journey, title) : 0;

  if (help != NULL && page->journey->capacity.lines >= PV_FEW_LINES)
    height += pv_journey_text_height (page->journey, help);
  return height;
}

/* A long list is searched; what does not fit becomes a further page. */
static void
add_options (Page *page, PvField *field, const GPtrArray *options, const PvValue *value)
{
  PvJourney *journey = page->journey;
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();
  g_autofree guint *heights = g_new0 (guint, options->len + 1);
  gboolean is_long = is_searched (journey, options);
  guint first, end, n_pages, total = 0;
  guint reserved = pv_journey_text_height (journey, page->state->help) + official_height (page);

  for (guint i = 0; i < options->len; i++) {
    const PvOption *option = options->pdata[i];

    if (!is_long || matches (option->label, journey->option_words)
        || matches (pv_journey_say_read (journey, page->question, option->label), journey->option_words)) {
      heights[shown->len] = choice_height (journey, page->question, option);
      total += heights[shown->len];
      g_ptr_array_add (shown, (gpointer) option);
    }
  }
  if (is_long)
    reserved += journey->capacity.lines < PV_FEW_LINES ? 18 : 16 + pv_journey_choice_height (journey);
  else if (reserved + total > 2 * journey->capacity.lines) /* "Other answers" needs its place, too */
    reserved += pv_journey_choice_height (journey);
  n_pages = pv_journey_paginate (journey, heights, shown->len, reserved, &first, &end);
  for (guint i = first; i < end; i++)
    add_choice (page, field, shown->pdata[i], value);
  if (shown->len == 0)
    pv_screen_state_add_notice (page->state, PV_TONE_INFO, "info", _ ("Nothing was found. Try another word."));
  if (n_pages > 1) {
    page->state->page_text = pv_journey_page_text (journey, n_pages);
    pv_screen_state_add_action (page->state, PV_ROLE_OPTION, PV_DO_NEXT_PAGE, _ ("Other answers"));
  }
}

static void
add_search (Page *page, const PvQuestion *question)
{
  PvField *search;

  if (page->n_asked != 1 || (question->kind != PV_QUESTION_CHOICE && question->kind != PV_QUESTION_CHOICES))
    return;
  search = pv_screen_state_add_field (page->state, PV_FIELD_SEARCH, "search", _ ("Search in the list"));
  search->value = g_strdup (page->journey->option_words);
  search->max_chars = 40;
}

static void
add_options_or_wait (Page *page, PvField *field, const PvQuestion *question, const char *path)
{
  const GPtrArray *options = pv_filing_get_options (page->journey->filing, path);
  guint asked = GPOINTER_TO_UINT (g_hash_table_lookup (page->journey->asked_options, question->id));

  if (options != NULL)
    add_options (page, field, options, pv_filing_get (page->journey->filing, path));
  else if (asked == 2)
    pv_screen_state_add_notice (page->state, PV_TONE_WARNING, "warning-triangle",
                                _ ("The answers could not be loaded. Touch “Continue” to try again."));
  else
    pv_screen_state_add_field (page->state, PV_FIELD_PROGRESS, "loading", _ ("One moment, please."));
}

static const char *
latin_hint (void)
{
  return _ ("In Latin letters, as in the passport.");
}

static char *
join_help (const PvJourney *journey, const PvQuestion *question, gboolean is_alone)
{
  gboolean may_be_partial = question->kind == PV_QUESTION_DATE && (question->flags & PV_QUESTION_UNKNOWN_DAY) != 0;
  const char *ours = may_be_partial                        ? _ ("If you do not know the day, leave its box empty.")
                     : question->kind == PV_QUESTION_PLACE ? _ ("Write an address, or two streets that meet.")
                     : is_alone && pv_journey_wants_latin_name (journey, question) ? latin_hint ()
                                                                                   : NULL;
  const char *help = pv_journey_say (journey, question, question->help);

  if (ours == NULL || help == NULL)
    return g_strdup (ours != NULL ? ours : help);
  return g_strdup_printf ("%s\n%s", help, ours);
}

static gboolean
is_optional (const PvQuestion *question)
{
  return (question->flags & PV_QUESTION_REQUIRED) == 0 && question->kind != PV_QUESTION_INFO;
}

static void
add_question (Page *page, guint index)
{
  const PvQuestion *question = page->step->questions->pdata[index];
  const char *path = page->step->paths->pdata[index];
  const PvValue *value = pv_filing_get (page->journey->filing, path);
  const GPtrArray *options = pv_filing_get_options (page->journey->filing, path);
  gboolean is_alone = page->n_asked == 1;
  gboolean is_slot = (question->flags & PV_QUESTION_SLOT) != 0 && (options == NULL || pv_slots_are_readable (options));
  /* The title of a group of one does not say it all: "How can we reach you?", and then "Phone". */
  const char *label = pv_journey_say (page->journey, question, question->label);
  gboolean is_title = is_alone && g_strcmp0 (page->state->title, label) == 0;
  PvField *field;

  page->question = question;
  if (question->kind == PV_QUESTION_INFO && page->n_asked == 0 && g_strcmp0 (page->state->title, label) == 0)
    return; /* it is the title; under a title of the form it is a text of its own */
  if (is_slot) {
    pv_screen_add_slots (page->journey, page->state, question, path);
    return;
  }
  if (options != NULL && is_searched (page->journey, options))
    add_search (page, question);
  field = pv_screen_state_add_field (page->state, field_kind (question->kind), path, is_title ? NULL : label);
  field->official_label = is_title ? NULL : pv_journey_official (page->journey, question, question->label);
  g_free (field->spoken_label);
  field->spoken_label = g_strdup (label);
  field->input = field_input (question);
  field->max_chars = field_max_chars (question);
  field->assist = question->assist;
  field->is_personal = question->kind != PV_QUESTION_INFO;
  if (!is_alone) {
    field->help = join_help (page->journey, question, FALSE);
    field->official_help = pv_journey_official (page->journey, question, question->help);
  }
  fill_value (field, question, value);
  if (question->kind == PV_QUESTION_FILE)
    pv_screen_add_documents (page->journey, page->state, field, path);
  if (question->kind == PV_QUESTION_YES_NO)
    add_yes_no (field, value);
  if (question->kind == PV_QUESTION_CHOICE || question->kind == PV_QUESTION_CHOICES)
    add_options_or_wait (page, field, question, path);
  if (question->kind == PV_QUESTION_PLACE || (question->flags & PV_QUESTION_ADDRESS) != 0) {
    pv_screen_add_found (page->journey, field, question, path);
    pv_screen_add_place_notice (page->journey, page->state, question, path);
  }
  if (page->journey->shows_errors)
    field->error =
      pv_journey_say_lines (page->journey, question, pv_filing_check_path (page->journey->filing, path, &page->today));
}

static void
add_decline (Page *page)
{
  for (guint i = 0; i < page->step->questions->len; i++) {
    const PvQuestion *question = page->step->questions->pdata[i];
    gboolean is_contact = question->kind == PV_QUESTION_EMAIL || question->kind == PV_QUESTION_PHONE;
    PvAction *action = NULL;

    if (is_contact && (question->flags & PV_QUESTION_REQUIRED) != 0
        && (question->flags & PV_QUESTION_NOT_DECLINABLE) == 0)
      action = pv_screen_state_add_action (page->state, PV_ROLE_OPTION, PV_DO_DECLINE, _ ("I have none"));
    else if (question->kind == PV_QUESTION_FILE)
      pv_screen_add_ways (page->journey, page->state, question, page->step->paths->pdata[i], page->n_asked == 1);
    if (action == NULL)
      continue;
    action->target = g_strdup (page->step->paths->pdata[i]);
    if (page->n_asked > 1)
      action->spoken =
        g_strdup_printf ("%s: %s", action->label, pv_journey_say (page->journey, question, question->label));
  }
}

/* One touch answers all of the screen. */
static void
add_sample (Page *page)
{
  if (pv_journey_offers_sample (page->journey, page->step))
    pv_screen_state_add_action (page->state, PV_ROLE_OPTION, PV_DO_USE_SAMPLE, _ ("Use a made-up answer"));
}

static guint
count_pages (const GPtrArray *steps, guint index, guint *ret_number)
{
  guint n = 0;

  for (guint i = 0; i < steps->len; i++) {
    const PvStep *step = steps->pdata[i];

    if (i == 0 || ((const PvStep *) steps->pdata[i - 1])->page != step->page)
      n++;
    if (i == index)
      *ret_number = n;
  }
  return n;
}

void
pv_screen_set_progress (PvJourney *journey, PvScreenState *state, gboolean is_check)
{
  guint before = pv_journey_offers_identity (journey) ? 1 : 0; /* who is this, is the first step */
  guint index, number = 0, n_pages;
  g_autoptr (GPtrArray) steps = pv_journey_list_steps (journey, &index);

  n_pages = count_pages (steps, index, &number);
  number += before;
  index += before;
  if (is_check) {
    number = n_pages + 1 + before;
    index = steps->len + before;
  } else if (state->id == PV_SCREEN_IDENTITY) {
    number = 1;
    index = 0;
  }
  state->step_text = g_strdup_printf (_ ("Step %u of %u"), number, n_pages + 1 + before);
  /* Not full before it is sent. */
  state->progress = (double) (index + 1) / (double) (steps->len + 2 + before);
}

guint
pv_step_count_asked (const PvStep *step)
{
  guint n = 0;

  for (guint i = 0; i < step->questions->len; i++)
    n += ((const PvQuestion *) step->questions->pdata[i])->kind != PV_QUESTION_INFO ? 1 : 0;
  return n;
}

static const char *
find_title (const PvStep *step, guint n_asked, const PvQuestion **ret_question)
{
  const PvQuestion *first = step->questions->pdata[0];

  for (guint i = 0; i < step->questions->len; i++) {
    const PvQuestion *question = step->questions->pdata[i];

    *ret_question = question;
    if (question->group_title != NULL)
      return question->group_title;
    if (n_asked == 1 && question->kind != PV_QUESTION_INFO)
      return question->label;
  }
  *ret_question = n_asked > 1 && step->page->label != NULL && step->page->label[0] != '\0' ? NULL : first;
  return *ret_question == NULL ? step->page->label : first->label;
}

/* What the last row, or the row on the screen, may be taken back with. */
static void
add_remove (const PvJourney *journey, PvScreenState *state, const PvQuestion *block, guint row)
{
  g_autofree char *title = pv_screen_row_title (journey, block, row);
  g_autofree char *label = g_strdup_printf (_ ("Remove: %s"), title);
  PvAction *remove = pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_REMOVE_ROW, label);

  remove->target = g_strdup_printf ("%s/%u", block->id, row);
  remove->icon = g_strdup ("minus");
}

static void
add_rows (PvJourney *journey, PvScreenState *state, const PvStep *step)
{
  const PvQuestion *block = step->block;
  guint n_rows = pv_filing_get_n_rows (journey->filing, block->id);
  PvField *summary;

  if (n_rows > 0) {
    summary = pv_screen_state_add_field (state, PV_FIELD_SUMMARY, block->id, NULL);
    summary->is_personal = TRUE;
    for (guint row = 0; row < n_rows; row++) {
      g_autofree char *title = pv_screen_row_title (journey, block, row);
      const PvQuestion *question = block->questions->pdata[0];
      g_autofree char *path = g_strdup_printf ("%s/%u/%s", block->id, row, question->id);
      gboolean is_table = (block->flags & PV_QUESTION_TABLE) != 0;
      g_autoptr (PvSecretStr) value = is_table ? pv_screen_join_cells (journey, block, row, NULL, FALSE)
                                               : pv_journey_display (journey, question, path, FALSE);
      PvSummaryRow *item = pv_field_add_row (summary, title, value);

      item->assist = is_table ? pv_assist_class_of_all (block->questions) : question->assist;
      item->edit_target = g_strdup (path);
      item->edit_spoken = g_strdup_printf (_ ("Change: %s"), title);
    }
  }
  if (n_rows < block->max_rows) {
    PvAction *add =
      pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_ADD_ROW,
                                  block->add_label != NULL ? pv_journey_say (journey, block, block->add_label)
                                  : (block->flags & PV_QUESTION_TABLE) != 0 ? _ ("Add a line")
                                                                            : _ ("Add another one"));

    add->target = g_strdup (block->id);
    add->icon = g_strdup ("plus");
  }
  if (pv_filing_may_remove_row (journey->filing, block->id))
    add_remove (journey, state, block, n_rows - 1);
}

static void
set_title (Page *page)
{
  const PvQuestion *question = NULL;
  const char *title = find_title (page->step, page->n_asked, &question);

  page->state->title = g_strdup (pv_journey_say (page->journey, question, title));
  page->state->official_title = pv_journey_official (page->journey, question, title);
  for (guint i = 0; page->n_asked > 1 && i < page->step->questions->len; i++)
    if (page->state->help == NULL && pv_journey_wants_latin_name (page->journey, page->step->questions->pdata[i])) {
      page->state->help = g_strdup (latin_hint ());
      page->state->is_help_vital = TRUE;
    }
}

static void
set_table_title (Page *page)
{
  const PvQuestion *block = page->step->block;

  page->state->title = pv_screen_table_title (page->journey, page->step);
  if (pv_journey_say (page->journey, block, block->label) != block->label)
    page->state->official_title = pv_screen_table_title (NULL, page->step);
  page->state->help = g_strdup (block->help != NULL ? pv_journey_say (page->journey, block, block->help)
                                                    : _ ("Leave empty what does not concern you."));
  page->state->official_help = pv_journey_official (page->journey, block, block->help);
}

static void
fill_page (Page *page)
{
  gboolean is_table = pv_step_is_of_table (page->step);

  page->n_asked = pv_step_count_asked (page->step);
  g_free (page->state->title);
  if (is_table)
    set_table_title (page);
  else
    set_title (page);
  for (guint i = 0; page->n_asked <= 1 && i < page->step->questions->len; i++) {
    const PvQuestion *question = page->step->questions->pdata[i];

    if (question->kind != PV_QUESTION_INFO && page->state->help == NULL) {
      page->state->help = join_help (page->journey, question, TRUE);
      page->state->is_help_vital = pv_journey_wants_latin_name (page->journey, question);
      page->state->official_help = pv_journey_official (page->journey, question, question->help);
      if (is_optional (question) && page->state->help == NULL)
        page->state->help = g_strdup (_ ("You may leave this empty."));
    }
  }
  for (guint i = 0; i < page->step->questions->len; i++)
    add_question (page, i);
  pv_screen_summarise_errors (page->journey, page->state, page->n_asked > 1);
  pv_screen_choose_focus (page->journey, page->state);
  add_sample (page);
  add_decline (page);
}

static gboolean
is_first_of_row (const GPtrArray *steps, guint index)
{
  const PvStep *step = steps->pdata[index];
  const PvStep *before = index > 0 ? steps->pdata[index - 1] : NULL;

  return before == NULL || before->block != step->block || before->row != step->row;
}

PvScreenState *
pv_screen_question (PvJourney *journey)
{
  guint index;
  g_autoptr (GPtrArray) steps = pv_journey_list_steps (journey, &index);
  const PvStep *step = steps->pdata[index];
  g_autofree char *key = g_strdup_printf ("question-%s", step->key);
  PvScreenState *state = pv_journey_new_screen (journey, PV_SCREEN_QUESTION, key, NULL);
  Page page = { .journey = journey, .state = state, .step = step };

  pv_journey_today (journey, &page.today);
  pv_screen_set_progress (journey, state, FALSE);
  pv_screen_add_back (state);
  if (step->kind == PV_STEP_ROWS) {
    g_free (state->title);
    state->title = g_strdup (pv_journey_say (journey, step->block, step->block->label));
    state->official_title = pv_journey_official (journey, step->block, step->block->label);
    add_rows (journey, state, step);
    pv_screen_summarise_errors (journey, state, FALSE);
  } else {
    fill_page (&page);
    /* A row that was added by mistake, or is not wanted any more, need not be filled in to be taken back. */
    if (step->block != NULL && is_first_of_row (steps, index)
        && pv_filing_may_remove_row (journey->filing, step->block->id))
      add_remove (journey, state, step->block, step->row);
    if (step->block != NULL && step->block->max_rows > 1 && !pv_step_is_of_table (step)) {
      g_autofree char *row = pv_screen_row_title (journey, step->block, step->row);
      g_autofree char *step_text = g_steal_pointer (&state->step_text);

      /* Both stand beside the commune's name: of two long ones the row says more. */
      state->step_text = g_utf8_strlen (step_text, -1) + g_utf8_strlen (row, -1) > MAX_STEP_CHARS
                           ? g_strdup (row)
                           : g_strdup_printf ("%s · %s", step_text, row);
    }
  }
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, _ ("Continue"));
  pv_screen_add_help_band (journey, state, TRUE);
  return state;
}

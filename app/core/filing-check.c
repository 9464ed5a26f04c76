/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong with an answer, and how to mend it. The portal checks nothing on filing: these rules are the gate. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/address.h"
#include "core/date.h"
#include "core/filing-private.h"
#include "core/wipe.h"

enum { MAX_NUMBER_DIGITS = 15 };

/* The work of one pattern of a form is bounded: a bad one must not stop the kiosk. */
#define PATTERN_LIMITS "(*LIMIT_MATCH=100000)(*LIMIT_DEPTH=1000)"

typedef struct {
  const PvFiling *filing;
  const PvPlace *place;
  const PvQuestion *question;
  const GDate *today;
  char *error; /* the first sentence */
} Check;

static PvValue *
wrong (Check *check, const char *sentence)
{
  g_free (check->error);
  check->error = g_strdup (sentence);
  return NULL;
}

/* The form's own sentence, if it has one, says best what it expects. */
static PvValue *
wrong_by_form (Check *check, const char *sentence)
{
  return wrong (check, check->question->error_text != NULL ? check->question->error_text : sentence);
}

static const char *
missing_sentence (const PvQuestion *question)
{
  switch (question->kind) {
  case PV_QUESTION_YES_NO:
  case PV_QUESTION_CHOICE:
    return _ ("Choose one answer.");
  case PV_QUESTION_PLACE:
    return _ ("Write an address, then touch it in the list.");
  case PV_QUESTION_CHOICES:
    return _ ("Choose at least one answer.");
  case PV_QUESTION_EMAIL:
    return (question->flags & PV_QUESTION_NOT_DECLINABLE) != 0
             ? _ ("Write your e-mail address.")
             : _ ("Write your e-mail address, or choose “I have none”.");
  case PV_QUESTION_PHONE:
    return (question->flags & PV_QUESTION_NOT_DECLINABLE) != 0
             ? _ ("Write your phone number.")
             : _ ("Write your phone number, or choose “I have none”.");
  case PV_QUESTION_NUMBER:
  case PV_QUESTION_AMOUNT:
    return _ ("Write a number.");
  case PV_QUESTION_DATE:
    return _ ("Write a date.");
  case PV_QUESTION_FILE:
    return _ ("Add a document.");
  case PV_QUESTION_STATEMENT:
    return _ ("Tick this box to send your request.");
  case PV_QUESTION_TEXT:
  case PV_QUESTION_LONG_TEXT:
  case PV_QUESTION_INFO:
  case PV_QUESTION_BLOCK:
  case PV_N_QUESTION_KINDS:
    return _ ("Write your answer.");
  }
  return "";
}

/* (transfer full): without the blanks around. */
static char *
trimmed (const char *text)
{
  return g_strstrip (g_strdup (text));
}

static gboolean
matches_pattern (const char *pattern, const char *text)
{
  g_autofree char *anchored = g_strdup_printf (PATTERN_LIMITS "^(?:%s)$", pattern);
  g_autoptr (GRegex) regex = g_regex_new (anchored, G_REGEX_DOLLAR_ENDONLY, 0, NULL);

  return regex != NULL && g_regex_match (regex, text, 0, NULL);
}

static PvValue *
check_text (Check *check, const char *typed)
{
  const PvQuestion *question = check->question;
  g_autoptr (PvSecretStr) text = trimmed (typed);
  PvSecretStr *normalised = NULL;
  PvValue *value;
  guint count = 0, n_chars = (guint) g_utf8_strlen (text, -1);
  PvFormatVerdict verdict;

  if (question->max_chars > 0 && n_chars > question->max_chars) {
    g_autofree char *sentence =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "This is %u character too long.",
                                    "This is %u characters too long.", n_chars - question->max_chars),
                       n_chars - question->max_chars);

    return wrong (check, sentence);
  }
  verdict = pv_format_check (question->format, text, &normalised, &count);
  if (verdict != PV_FORMAT_OK) {
    g_autofree char *sentence = pv_format_error_sentence (question->format, verdict, count);

    return wrong_by_form (check, sentence);
  }
  if (question->pattern != NULL && !matches_pattern (question->pattern, normalised))
    wrong_by_form (check, _ ("This does not have the expected form."));
  value = check->error == NULL ? pv_value_new_text (normalised) : NULL;
  pv_wipe_str (normalised);
  return value;
}

/* Decimal text with a point, without needless zeros in front; NULL if it is not a number. Exact: no floats. */
static char *
parse_number (const char *typed, guint max_decimals)
{
  GString *number = g_string_new (NULL);
  guint n_digits = 0, n_decimals = 0;
  gboolean has_point = FALSE, is_bad = FALSE;

  for (const char *p = typed; *p != '\0' && !is_bad; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c == ' ' || c == 0xa0 || c == 0x202f) /* between thousands */
      continue;
    if (g_unichar_isdigit (c) && c < 0x80) {
      g_string_append_unichar (number, c);
      n_digits++;
      n_decimals += has_point ? 1 : 0;
    } else if ((c == ',' || c == '.') && !has_point && n_digits > 0) {
      g_string_append_c (number, '.');
      has_point = TRUE;
    } else if (c == '-' && number->len == 0) {
      g_string_append_c (number, '-');
    } else {
      is_bad = TRUE;
    }
  }
  if (is_bad || n_digits == 0 || n_digits > MAX_NUMBER_DIGITS || n_decimals > max_decimals
      || (has_point && n_decimals == 0)) {
    pv_wipe_gstring (number);
    return NULL;
  }
  return g_string_free (number, FALSE);
}

/* Numbers as text, compared exactly, in millionths. */
static gboolean
to_millionths (const char *number, gint64 *ret_value)
{
  gboolean is_negative = number[0] == '-';
  const char *p = number + (is_negative ? 1 : 0);
  gint64 value = 0;
  int n_decimals = -1;

  for (; *p != '\0' && n_decimals < 6; p++) {
    if (*p == '.' || *p == ',') {
      n_decimals = 0;
    } else if (!g_ascii_isdigit (*p) || value > G_MAXINT64 / 100) {
      return FALSE;
    } else {
      value = value * 10 + (*p - '0');
      n_decimals += n_decimals >= 0 ? 1 : 0;
    }
  }
  for (n_decimals = MAX (n_decimals, 0); n_decimals < 6; n_decimals++) {
    if (value > G_MAXINT64 / 100)
      return FALSE;
    value *= 10;
  }
  *ret_value = is_negative ? -value : value;
  return TRUE;
}

static PvValue *
check_number (Check *check, const char *typed)
{
  const PvQuestion *question = check->question;
  gboolean is_integer = (question->flags & PV_QUESTION_INTEGER) != 0;
  guint max_decimals = is_integer ? 0 : question->kind == PV_QUESTION_AMOUNT ? 2 : 6;
  g_autoptr (PvSecretStr) number = parse_number (typed, max_decimals);
  gint64 value, bound;

  if (number == NULL || !to_millionths (number, &value)) {
    if (is_integer)
      return wrong_by_form (check, _ ("Write a whole number, with digits only."));
    if (question->kind == PV_QUESTION_AMOUNT)
      return wrong_by_form (check, _ ("Write an amount in euros, for example 12,50."));
    return wrong_by_form (check, _ ("Write a number, with digits only."));
  }
  if (question->min != NULL && to_millionths (question->min, &bound) && value < bound) {
    g_autofree char *sentence = g_strdup_printf (_ ("The smallest number possible is %s."), question->min);

    return wrong (check, sentence);
  }
  if (question->max != NULL && to_millionths (question->max, &bound) && value > bound) {
    g_autofree char *sentence = g_strdup_printf (_ ("The largest number possible is %s."), question->max);

    return wrong (check, sentence);
  }
  return pv_value_new_text (number);
}

static PvValue *
check_date_bounds (Check *check, const char *text)
{
  const PvQuestion *question = check->question;
  gboolean is_today_fine = (question->flags & PV_QUESTION_TODAY_TOO) != 0;
  GDate date, bound;
  int order;

  if (!pv_date_parse (text, &date)) /* partial */
    return pv_value_new_text (text);
  order = g_date_compare (&date, check->today);
  if ((question->flags & PV_QUESTION_PAST_ONLY) != 0 && (is_today_fine ? order > 0 : order >= 0))
    return wrong_by_form (check, _ ("This date must be in the past."));
  if ((question->flags & PV_QUESTION_FUTURE_ONLY) != 0 && (is_today_fine ? order < 0 : order <= 0))
    return wrong_by_form (check, _ ("This date must be in the future."));
  if (question->min != NULL && pv_date_parse (question->min, &bound) && g_date_compare (&date, &bound) < 0) {
    g_autofree char *day = pv_date_display (&bound);
    g_autofree char *sentence = g_strdup_printf (_ ("This date must be %s or later."), day);

    return wrong (check, sentence);
  }
  if (question->max != NULL && pv_date_parse (question->max, &bound) && g_date_compare (&date, &bound) > 0) {
    g_autofree char *day = pv_date_display (&bound);
    g_autofree char *sentence = g_strdup_printf (_ ("This date must be %s or earlier."), day);

    return wrong (check, sentence);
  }
  return pv_value_new_text (text);
}

/* As typed: "day/month/year", any of them empty; or YYYY-MM-DD from a prefill. */
static PvValue *
check_date (Check *check, const char *typed)
{
  gboolean may_be_partial = (check->question->flags & PV_QUESTION_UNKNOWN_DAY) != 0;
  g_auto (GStrv) boxes = g_strsplit (typed, "/", 4);
  PvSecretStr *text = NULL;
  PvDateVerdict verdict;
  PvValue *value;
  GDate date;

  if (pv_date_parse (typed, &date))
    return check_date_bounds (check, typed);
  if (g_strv_length (boxes) != 3)
    return wrong_by_form (check, missing_sentence (check->question));
  verdict = pv_date_check_boxes (boxes[0], boxes[1], boxes[2], may_be_partial, &text);
  if (verdict != PV_DATE_OK) {
    g_autofree char *sentence = pv_date_error_sentence (verdict);

    return wrong (check, sentence);
  }
  value = check_date_bounds (check, text);
  pv_wipe_str (text);
  return value;
}

static const PvOption *
find_option (const GPtrArray *options, const char *id)
{
  for (guint i = 0; options != NULL && i < options->len; i++) {
    const PvOption *option = options->pdata[i];

    if (g_str_equal (option->id, id))
      return option;
  }
  return NULL;
}

static PvValue *
check_options (Check *check, const PvValue *value)
{
  const PvQuestion *question = check->question;
  g_autofree char *path = pv_filing_path (question, check->place->block, check->place->row);
  const GPtrArray *options = pv_filing_get_options (check->filing, path);
  guint n = pv_value_get_n (value);

  for (guint i = 0; i < n; i++) {
    const PvOption *option = find_option (options, pv_value_get_id (value, i));

    if (option == NULL || option->disabled)
      return wrong (check, _ ("This choice is no longer possible. Choose another one."));
  }
  if (question->kind == PV_QUESTION_CHOICE)
    return n == 1 ? pv_value_ref ((PvValue *) value) : wrong (check, missing_sentence (question));
  if (question->min_choices > 0 && n < question->min_choices) {
    g_autofree char *sentence = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "Choose at least %u answer.", "Choose at least %u answers.", question->min_choices),
      question->min_choices);

    return wrong (check, sentence);
  }
  if (question->max_choices > 0 && n > question->max_choices) {
    g_autofree char *sentence = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "Choose %u answer at most.", "Choose %u answers at most.", question->max_choices),
      question->max_choices);

    return wrong (check, sentence);
  }
  return pv_value_ref ((PvValue *) value);
}

/* Where it is must be known as the portal wants it: only what was found in the index has that. */
static PvValue *
check_location (Check *check, const PvValue *value)
{
  double latitude, longitude;

  if (pv_value_get_type (value) == PV_VALUE_OPTIONS && pv_value_get_n (value) == 1
      && pv_location_parse (pv_value_get_id (value, 0), &latitude, &longitude))
    return pv_value_ref ((PvValue *) value);
  return wrong (check, _ ("Touch the right place in the list, under what you wrote."));
}

static PvValue *
check_files (Check *check, const PvValue *value)
{
  const PvQuestion *question = check->question;

  if (pv_value_get_n (value) > MAX (question->max_files, 1))
    return wrong (check, _ ("Too many documents."));
  for (guint i = 0; i < pv_value_get_n (value); i++) {
    if (g_bytes_get_size (pv_value_get_content (value, i)) > pv_question_max_bytes (question))
      return wrong (check, _ ("This document is too large."));
    if (!pv_question_accepts_type (question, pv_value_get_content_type (value, i)))
      return wrong (check, _ ("A document of this kind is not accepted here."));
  }
  if (pv_filing_get_document_bytes (check->filing) > PV_FILING_MAX_DOCUMENT_BYTES)
    return wrong (check, _ ("All documents together are too large. Remove one."));
  return pv_value_ref ((PvValue *) value);
}

static gboolean
is_empty (const PvQuestion *question, const PvValue *value)
{
  if (value == NULL)
    return TRUE;
  switch (pv_value_get_type (value)) {
  case PV_VALUE_TEXT: {
    const char *text = pv_value_get_text (value);

    return text[strspn (text, question->kind == PV_QUESTION_DATE ? " \t\n/" : " \t\n")] == '\0';
  }
  case PV_VALUE_BOOL: /* a statement that is not ticked is not given */
    return question->kind == PV_QUESTION_STATEMENT && !pv_value_get_bool (value);
  case PV_VALUE_OPTIONS:
  case PV_VALUE_FILES:
    return pv_value_get_n (value) == 0;
  case PV_VALUE_ROWS:
  case PV_VALUE_DECLINED:
    return FALSE;
  }
  return TRUE;
}

static PvValue *
check_by_kind (Check *check, const PvValue *value)
{
  switch (check->question->kind) {
  case PV_QUESTION_TEXT:
  case PV_QUESTION_LONG_TEXT:
  case PV_QUESTION_EMAIL:
  case PV_QUESTION_PHONE:
    return check_text (check, pv_value_get_text (value));
  case PV_QUESTION_NUMBER:
  case PV_QUESTION_AMOUNT:
    return check_number (check, pv_value_get_text (value));
  case PV_QUESTION_DATE:
    return check_date (check, pv_value_get_text (value));
  case PV_QUESTION_CHOICE:
  case PV_QUESTION_CHOICES:
    return check_options (check, value);
  case PV_QUESTION_PLACE:
    return check_location (check, value);
  case PV_QUESTION_FILE:
    return check_files (check, value);
  case PV_QUESTION_YES_NO:
  case PV_QUESTION_STATEMENT:
    return pv_value_ref ((PvValue *) value);
  case PV_QUESTION_INFO:
  case PV_QUESTION_BLOCK:
  case PV_N_QUESTION_KINDS:
    return NULL;
  }
  return NULL;
}

PvValue *
pv_filing_normalise (const PvFiling *filing, const PvPlace *place, const PvValue *value, const GDate *today,
                     char **ret_error)
{
  Check check = { filing, place, place->question, today, NULL };
  PvValue *normalised = NULL;

  if (is_empty (place->question, value)) {
    if ((place->question->flags & PV_QUESTION_REQUIRED) != 0 && place->question->kind != PV_QUESTION_INFO)
      wrong (&check, missing_sentence (place->question));
  } else if (pv_value_get_type (value) == PV_VALUE_DECLINED) {
    normalised = pv_value_ref ((PvValue *) value);
  } else {
    normalised = check_by_kind (&check, value);
  }
  if (ret_error != NULL && check.error != NULL)
    *ret_error = g_steal_pointer (&check.error);
  g_free (check.error);
  return normalised;
}

static char *
check_place (const PvFiling *filing, PvVisibility *visibility, const PvPlace *place, const GDate *today)
{
  const PvQuestion *question = place->question;
  g_autoptr (PvValue) value = NULL;
  char *sentence = NULL;

  value = pv_filing_normalise (filing, place, pv_filing_get_at (filing, place), today, &sentence);
  if (sentence == NULL && value != NULL && question->check != NULL && pv_value_get_type (value) != PV_VALUE_DECLINED
      && !pv_visibility_evaluate (visibility, question->check, place, value))
    sentence = g_strdup (question->error_text != NULL ? question->error_text : _ ("This answer is not possible here."));
  return sentence;
}

char *
pv_filing_check_path (const PvFiling *filing, const char *path, const GDate *today)
{
  g_autoptr (PvVisibility) visibility = pv_visibility_new (filing, today);
  PvPlace place;

  return pv_filing_find_place (filing, path, &place) ? check_place (filing, visibility, &place, today) : NULL;
}

gboolean
pv_filing_is_table_empty (const PvFiling *filing, const PvQuestion *table)
{
  for (guint row = 0; row < pv_filing_get_n_rows (filing, table->id); row++)
    for (guint i = 0; i < table->questions->len; i++) {
      PvPlace place = { table->questions->pdata[i], table, row };

      if (!is_empty (place.question, pv_filing_get_at (filing, &place)))
        return FALSE;
    }
  return TRUE;
}

char *
pv_filing_check_table (const PvFiling *filing, const PvStep *step)
{
  PvQuestionFlags flags = PV_QUESTION_TABLE | PV_QUESTION_REQUIRED;

  if (step->block == NULL || (step->block->flags & flags) != flags || !pv_filing_is_table_empty (filing, step->block))
    return NULL;
  /* Translators: %s is the title of a table. */
  return g_strdup_printf (_ ("Fill in at least one box of “%s”."), step->block->label);
}

gboolean
pv_steps_end_rows (const GPtrArray *steps, guint index)
{
  const PvStep *step = steps->pdata[index];
  const PvStep *next = index + 1 < steps->len ? steps->pdata[index + 1] : NULL;

  return step->block != NULL && step->kind == PV_STEP_QUESTIONS
         && (next == NULL || next->block != step->block || next->kind == PV_STEP_ROWS);
}

char *
pv_filing_check_page (const PvFiling *filing, const PvPage *page, const GDate *today)
{
  g_autoptr (PvVisibility) visibility = pv_visibility_new (filing, today);
  GString *messages = g_string_new (NULL);

  for (guint i = 0; i < page->post_conditions->len; i++) {
    const PvPostCondition *post = page->post_conditions->pdata[i];

    if (!pv_visibility_evaluate (visibility, post->condition, NULL, NULL))
      g_string_append_printf (messages, "%s%s", messages->len > 0 ? "\n" : "", post->message);
  }
  return g_string_free (messages, messages->len == 0);
}

static gboolean
is_step_in_order (const PvFiling *filing, PvVisibility *visibility, const PvStep *step, const GDate *today)
{
  if (step->kind == PV_STEP_ROWS)
    return step->row >= step->block->min_rows && (step->row > 0 || (step->block->flags & PV_QUESTION_REQUIRED) == 0);
  for (guint i = 0; i < step->questions->len; i++) {
    PvPlace place = { step->questions->pdata[i], step->block, step->row };
    g_autofree char *sentence = check_place (filing, visibility, &place, today);

    if (sentence != NULL)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_table_in_order (const PvFiling *filing, const GPtrArray *steps, guint index)
{
  g_autofree char *sentence =
    pv_steps_end_rows (steps, index) ? pv_filing_check_table (filing, steps->pdata[index]) : NULL;

  return sentence == NULL;
}

/* The last step of each page also answers for the page's post-conditions. */
static gboolean
is_page_in_order (const PvFiling *filing, const GPtrArray *steps, guint index, const GDate *today)
{
  const PvStep *step = steps->pdata[index];
  const PvStep *next = index + 1 < steps->len ? steps->pdata[index + 1] : NULL;
  g_autofree char *messages = NULL;

  if (next != NULL && next->page == step->page)
    return TRUE;
  messages = pv_filing_check_page (filing, step->page, today);
  return messages == NULL;
}

char *
pv_filing_find_problem (const PvFiling *filing, const GDate *today)
{
  g_autoptr (PvVisibility) visibility = pv_visibility_new (filing, today);
  g_autoptr (GPtrArray) steps = pv_filing_list_steps (filing, today);
  g_autoptr (GPtrArray) statements = pv_filing_list_statements (filing, today);

  for (guint i = 0; i < steps->len; i++) {
    const PvStep *step = steps->pdata[i];

    if (!is_step_in_order (filing, visibility, step, today) || !is_table_in_order (filing, steps, i)
        || !is_page_in_order (filing, steps, i, today))
      return g_strdup (step->key);
  }
  for (guint i = 0; i < statements->len; i++) {
    PvPlace place = { statements->pdata[i], NULL, 0 };
    g_autofree char *sentence = check_place (filing, visibility, &place, today);

    if (sentence != NULL)
      return g_strdup (place.question->id);
  }
  return NULL;
}

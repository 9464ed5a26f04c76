/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/expression-private.h"

#include "core/wipe.h"

#include <string.h>

/* Days that |add_days may move a date by: beyond it the portal fails as well (year 1 to 9999). */
enum { ADD_DAYS_MAX = 3660000 };

/* Fields of the form keep their own rules of comparison; what hangs on a field (_raw, _structured) is a plain value. */
static gboolean
is_field_name (const char *name)
{
  if (!g_str_has_prefix (name, "var_") && !g_str_has_prefix (name, "block_var_")
      && !g_str_has_prefix (name, "form_option_"))
    return FALSE;
  return !g_str_has_suffix (name, "_raw");
}

static PvExprValue *
resolve_today (const PvExprContext *context, gboolean is_now)
{
  PvExprValue *value = pv_expr_value_new_date (context->today);

  value->is_known = TRUE;
  value->is_now = is_now;
  return value;
}

static PvExprValue *
resolve_name (const PvExprContext *context, const char *name)
{
  PvExprValue *value;

  if (g_str_equal (name, "today") || g_str_equal (name, "now"))
    return resolve_today (context, name[0] == 'n');
  value = context->resolver (name, context->user_data);
  if (value == NULL)
    return pv_expr_value_new_null ();
  value->is_known = TRUE;
  value->is_field = is_field_name (name);
  return value;
}

/* An argument that the form does not know is an error in Django, unlike the value in front of the filters. */
static PvExprValue *
resolve_argument (const PvExprContext *context, const PvExprAtom *atom)
{
  PvExprValue *value;

  if (atom->constant != NULL)
    return pv_expr_value_copy (atom->constant);
  value = resolve_name (context, atom->name);
  if (value->type == PV_EXPR_NULL && !value->is_known)
    g_clear_pointer (&value, pv_expr_value_free);
  return value;
}

static PvExprValue *
resolve_atom (const PvExprContext *context, const PvExprAtom *atom)
{
  return atom->constant != NULL ? pv_expr_value_copy (atom->constant) : resolve_name (context, atom->name);
}

/* Takes @text. */
static PvExprValue *
text_value (char *text)
{
  PvExprValue *value;

  if (text == NULL)
    return NULL;
  value = pv_expr_value_new_text (text);
  pv_wipe_str (text);
  return value;
}

static PvExprValue *
integer_value (gint64 number)
{
  return pv_expr_value_new_decimal ((PvDecimal) number * PV_DECIMAL_ONE);
}

/* What is no number counts as 0, as the filters of the portal have it. */
static PvDecimal
decimal_or_zero (const PvExprValue *value)
{
  PvDecimal number = 0;

  pv_expr_value_to_decimal (value, &number);
  return number;
}

static glong
count_chars (const PvExprValue *value)
{
  return g_utf8_strlen (value->text, -1);
}

static PvExprValue *
filter_length (const PvExprValue *value, gboolean strict)
{
  switch (value->type) {
  case PV_EXPR_TEXT:
  case PV_EXPR_OPTION:
    return integer_value (count_chars (value));
  case PV_EXPR_LIST:
    return integer_value (value->items->len);
  case PV_EXPR_NULL:
    return integer_value (0);
  case PV_EXPR_BOOL:
  case PV_EXPR_NUMBER:
    return strict && value->is_field ? NULL : integer_value (0);
  case PV_EXPR_DATE:
  default:
    return NULL;
  }
}

static PvExprValue *
filter_integer (const PvExprValue *value)
{
  PvDecimal number = decimal_or_zero (value);

  return pv_expr_value_new_decimal (number - number % PV_DECIMAL_ONE);
}

static PvExprValue *
filter_boolean (const PvExprValue *value)
{
  switch (value->type) {
  case PV_EXPR_TEXT:
  case PV_EXPR_OPTION:
    return pv_expr_value_new_bool (value->text[0] != '\0' && !g_str_equal (value->text, "false")
                                   && !g_str_equal (value->text, "False"));
  case PV_EXPR_LIST:
    /* A field with several choices is the text of its labels here; an empty list is none of the listed false values. */
    return pv_expr_value_new_bool (!value->is_field || value->items->len > 0);
  case PV_EXPR_NULL:
  case PV_EXPR_BOOL:
  case PV_EXPR_NUMBER:
  case PV_EXPR_DATE:
  default:
    return pv_expr_value_new_bool (pv_expr_value_is_true (value));
  }
}

static PvExprValue *
filter_is_empty (const PvExprValue *value)
{
  gboolean can_be = value->type != PV_EXPR_BOOL && value->type != PV_EXPR_NUMBER;

  return pv_expr_value_new_bool (can_be && !pv_expr_value_is_true (value));
}

/* Values that are false go through both filters unchanged. */
static PvExprValue *
filter_starts_or_ends (const PvExprValue *value, const PvExprValue *argument, gboolean starts)
{
  g_autoptr (PvSecretStr) text = pv_expr_value_to_text (value);
  g_autoptr (PvSecretStr) part = pv_expr_value_to_text (argument);

  if (!pv_expr_value_is_true (value))
    return pv_expr_value_copy (value);
  if (text == NULL || part == NULL)
    return NULL;
  return pv_expr_value_new_bool (starts ? g_str_has_prefix (text, part) : g_str_has_suffix (text, part));
}

static PvExprValue *
filter_case (const PvExprValue *value, char *(*change) (const char *, gssize))
{
  g_autoptr (PvSecretStr) text = pv_expr_value_to_text (value);

  return text != NULL ? text_value (change (text, -1)) : NULL;
}

static PvExprValue *
filter_strip (const PvExprValue *value)
{
  g_autoptr (PvSecretStr) text = pv_expr_value_to_text (value);
  const char *start = text, *end;

  if (!pv_expr_value_is_true (value))
    return pv_expr_value_new_text ("");
  if (text == NULL)
    return NULL;
  while (g_unichar_isspace (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  for (end = start + strlen (start); end > start; end = g_utf8_prev_char (end))
    if (!g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
      break;
  return text_value (g_strndup (start, (gsize) (end - start)));
}

static void
append_part (PvExprValue *list, const char *start, const char *end)
{
  pv_expr_value_append (list, text_value (g_strndup (start, (gsize) (end - start))));
}

static void
split_at_spaces (PvExprValue *list, const char *text)
{
  while (*text != '\0') {
    const char *start = text;

    while (*text != '\0' && !g_unichar_isspace (g_utf8_get_char (text)))
      text = g_utf8_next_char (text);
    if (text > start)
      append_part (list, start, text);
    else
      text = g_utf8_next_char (text);
  }
}

static PvExprValue *
filter_split (const PvExprValue *value, const PvExprValue *argument)
{
  g_autoptr (PvSecretStr) text = pv_expr_value_to_text (value);
  g_autoptr (PvSecretStr) separator =
    argument != NULL && argument->type != PV_EXPR_NULL ? pv_expr_value_to_text (argument) : NULL;
  g_autoptr (PvExprValue) list = pv_expr_value_new_list ();
  const char *at = text, *found;

  if (!pv_expr_value_is_true (value))
    return g_steal_pointer (&list);
  if (text == NULL || (argument != NULL && argument->type != PV_EXPR_NULL && separator == NULL)
      || (separator != NULL && *separator == '\0'))
    return NULL;
  if (separator == NULL)
    split_at_spaces (list, text);
  else {
    for (; (found = strstr (at, separator)) != NULL; at = found + strlen (separator))
      append_part (list, at, found);
    append_part (list, at, at + strlen (at));
  }
  return g_steal_pointer (&list);
}

/* The first or last item of a list; of a text, and of the text of a field, its first or last letter. */
static PvExprValue *
filter_end (const PvExprValue *value, gboolean first)
{
  g_autoptr (PvSecretStr) text = NULL;
  const char *letter;

  if (value->type == PV_EXPR_LIST && !value->is_field) {
    if (value->items->len == 0)
      return pv_expr_value_new_text ("");
    return pv_expr_value_copy (value->items->pdata[first ? 0 : value->items->len - 1]);
  }
  if (value->type != PV_EXPR_TEXT && value->type != PV_EXPR_OPTION && value->type != PV_EXPR_LIST)
    return NULL;
  text = pv_expr_value_to_text (value);
  if (text == NULL)
    return NULL;
  if (*text == '\0')
    return pv_expr_value_new_text ("");
  letter = first ? text : g_utf8_prev_char (text + strlen (text));
  return text_value (g_strndup (letter, (gsize) (g_utf8_next_char (letter) - letter)));
}

/* FALSE if @value is no date. The day only, whatever the hour. */
static gboolean
read_day (const PvExprValue *value, GDate *ret_date)
{
  guint64 moment;

  if (!pv_expr_value_to_moment (value, &moment))
    return FALSE;
  g_date_clear (ret_date, 1);
  g_date_set_julian (ret_date, (guint32) (moment / 2));
  return TRUE;
}

static PvExprValue *
filter_date (const PvExprValue *value)
{
  GDate date;

  return read_day (value, &date) ? pv_expr_value_new_date (&date) : pv_expr_value_new_text ("");
}

static gint
whole_months (const GDate *born, const GDate *when)
{
  gint months = ((gint) g_date_get_year (when) - (gint) g_date_get_year (born)) * 12 + (gint) g_date_get_month (when)
                - (gint) g_date_get_month (born);

  return months - (g_date_get_day (when) < g_date_get_day (born));
}

/* The portal rounds down also before the birth: one day before is the age of -1 month, -1 year. */
static gint
whole_years (const GDate *born, const GDate *when)
{
  gint months = whole_months (born, when);

  return months >= 0 ? months / 12 : -((11 - months) / 12);
}

static PvExprValue *
filter_age (const PvExprContext *context, PvExprFilter filter, const PvExprValue *value, const PvExprValue *argument)
{
  GDate born, when = *context->today;

  if (!read_day (value, &born))
    return pv_expr_value_new_text ("");
  if (argument != NULL && (argument->type != PV_EXPR_NULL || argument->is_field) && !read_day (argument, &when))
    return pv_expr_value_new_text ("");
  if (filter == PV_EXPR_FILTER_AGE_IN_DAYS)
    return integer_value (g_date_days_between (&born, &when));
  return integer_value (filter == PV_EXPR_FILTER_AGE_IN_MONTHS ? whole_months (&born, &when)
                                                               : whole_years (&born, &when));
}

static PvExprValue *
filter_add_days (const PvExprValue *value, const PvExprValue *argument)
{
  PvDecimal days = decimal_or_zero (argument);
  PvDecimal julian;
  PvExprValue *moved;
  GDate date;

  if (!read_day (value, &date))
    return pv_expr_value_new_text ("");
  if (days % PV_DECIMAL_ONE != 0)
    return NULL; /* half a day would be a moment, and the kiosk knows days */
  julian = (PvDecimal) g_date_get_julian (&date) + days / PV_DECIMAL_ONE;
  if (julian < 1 || julian > ADD_DAYS_MAX)
    return NULL;
  g_date_set_julian (&date, (guint32) julian);
  if (g_date_get_year (&date) > 9999)
    return NULL;
  moved = pv_expr_value_new_date (&date);
  moved->is_now = value->type == PV_EXPR_DATE && value->is_now;
  return moved;
}

static gboolean
is_blank (const PvExprValue *value)
{
  return value->type == PV_EXPR_NULL
         || ((value->type == PV_EXPR_TEXT || value->type == PV_EXPR_OPTION) && value->text[0] == '\0');
}

/* Numbers are added, an empty side gives the other one, two texts are put together. */
static PvExprValue *
filter_add (const PvExprValue *value, const PvExprValue *argument)
{
  PvDecimal left, right;
  gboolean has_left = pv_expr_value_to_decimal (value, &left);
  gboolean has_right = pv_expr_value_to_decimal (argument, &right);
  g_autoptr (PvSecretStr) left_text = NULL, right_text = NULL;

  if (value->type == PV_EXPR_LIST || value->type == PV_EXPR_DATE || argument->type == PV_EXPR_LIST
      || argument->type == PV_EXPR_DATE)
    return NULL;
  if (is_blank (value) && has_right)
    return pv_expr_value_new_decimal (right);
  if (is_blank (argument) && has_left)
    return pv_expr_value_new_decimal (left);
  if (has_left && has_right)
    return pv_expr_value_new_decimal (left + right);
  if ((value->type == PV_EXPR_NUMBER || value->type == PV_EXPR_BOOL)
      || (argument->type == PV_EXPR_NUMBER || argument->type == PV_EXPR_BOOL))
    return pv_expr_value_new_text ("");
  left_text = value->type == PV_EXPR_NULL ? g_strdup ("") : pv_expr_value_to_text (value);
  right_text = argument->type == PV_EXPR_NULL ? g_strdup ("") : pv_expr_value_to_text (argument);
  return text_value (g_strconcat (left_text, right_text, NULL));
}

static PvExprValue *
filter_sum (const PvExprValue *value)
{
  PvDecimal sum = 0;

  if (value->type == PV_EXPR_DATE)
    return NULL;
  if (value->type != PV_EXPR_LIST || value->is_field)
    return pv_expr_value_new_text ("");
  for (guint i = 0; i < value->items->len; i++)
    sum += decimal_or_zero (value->items->pdata[i]);
  return pv_expr_value_new_decimal (sum);
}

/* The answers of one question in all rows of a block: "var_children" tells how many rows, "var_children_0_name" ... are
 * asked for. Of a field with several choices: their ids or labels. */
static PvExprValue *
filter_getlist (const PvExprContext *context, const PvExprAtom *block, const PvExprValue *value, const char *inner)
{
  g_autoptr (PvExprValue) list = pv_expr_value_new_list ();
  gboolean ids = g_str_equal (inner, "id");

  if (value->type == PV_EXPR_NULL)
    return g_steal_pointer (&list);
  if (value->type != PV_EXPR_LIST)
    return NULL;
  for (guint i = 0; i < value->items->len; i++) {
    const PvExprValue *item = value->items->pdata[i];

    if (item->type == PV_EXPR_OPTION) {
      if (!ids && !g_str_equal (inner, "text"))
        return NULL;
      pv_expr_value_append (list, pv_expr_value_new_text (ids ? item->id : item->text));
    } else {
      g_autofree char *name = g_strdup_printf ("%s_%u_%s", block->name, i, inner);
      PvExprValue *answer = resolve_name (context, name);

      answer->is_field = FALSE;
      pv_expr_value_append (list, answer);
    }
  }
  return g_steal_pointer (&list);
}

static PvExprValue *
apply (const PvExprContext *context, const PvExprAtom *atom, const PvExprStage *stage, const PvExprValue *value,
       const PvExprValue *argument)
{
  switch (stage->filter) {
  case PV_EXPR_FILTER_ADD:
    return filter_add (value, argument);
  case PV_EXPR_FILTER_ADD_DAYS:
    return filter_add_days (value, argument);
  case PV_EXPR_FILTER_AGE_IN_DAYS:
  case PV_EXPR_FILTER_AGE_IN_MONTHS:
  case PV_EXPR_FILTER_AGE_IN_YEARS:
    return filter_age (context, stage->filter, value, argument);
  case PV_EXPR_FILTER_BOOLEAN:
    return filter_boolean (value);
  case PV_EXPR_FILTER_COUNT:
    return filter_length (value, TRUE);
  case PV_EXPR_FILTER_DATE:
    return filter_date (value);
  case PV_EXPR_FILTER_DECIMAL:
    return pv_expr_value_new_decimal (decimal_or_zero (value));
  case PV_EXPR_FILTER_DEFAULT:
    return pv_expr_value_copy (pv_expr_value_is_true (value) ? value : argument);
  case PV_EXPR_FILTER_STARTSWITH:
  case PV_EXPR_FILTER_ENDSWITH:
    return filter_starts_or_ends (value, argument, stage->filter == PV_EXPR_FILTER_STARTSWITH);
  case PV_EXPR_FILTER_FIRST:
  case PV_EXPR_FILTER_LAST:
    return filter_end (value, stage->filter == PV_EXPR_FILTER_FIRST);
  case PV_EXPR_FILTER_GETLIST:
    return filter_getlist (context, atom, value, argument->text);
  case PV_EXPR_FILTER_INTEGER:
    return filter_integer (value);
  case PV_EXPR_FILTER_IS_EMPTY:
    return filter_is_empty (value);
  case PV_EXPR_FILTER_LENGTH:
    return filter_length (value, FALSE);
  case PV_EXPR_FILTER_LOWER:
    return filter_case (value, g_utf8_strdown);
  case PV_EXPR_FILTER_SPLIT:
    return filter_split (value, argument);
  case PV_EXPR_FILTER_STRIP:
    return filter_strip (value);
  case PV_EXPR_FILTER_SUBTRACT:
    return pv_expr_value_new_decimal (decimal_or_zero (value) - decimal_or_zero (argument));
  case PV_EXPR_FILTER_SUM:
    return filter_sum (value);
  case PV_EXPR_FILTER_UPPER:
    return filter_case (value, g_utf8_strup);
  case PV_EXPR_N_FILTERS:
  default:
    return NULL;
  }
}

PvExprValue *
pv_expr_operand_evaluate (PvExprContext *context, const PvExprOperand *operand)
{
  g_autoptr (PvExprValue) value = resolve_atom (context, &operand->atom);

  if (context->null_is_empty && value->type == PV_EXPR_NULL) {
    pv_expr_value_free (value);
    value = pv_expr_value_new_text ("");
  }
  for (guint i = 0; value != NULL && i < operand->stages->len; i++) {
    const PvExprStage *stage = &g_array_index (operand->stages, PvExprStage, i);
    gboolean has_argument = stage->argument.constant != NULL || stage->argument.name != NULL;
    g_autoptr (PvExprValue) argument = has_argument ? resolve_argument (context, &stage->argument) : NULL;
    PvExprValue *next = NULL;

    if (!has_argument || argument != NULL)
      next = apply (context, &operand->atom, stage, value, argument);

    pv_expr_value_free (value);
    value = next;
  }
  return g_steal_pointer (&value);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/expression-private.h"

#include <string.h>

/* One row for each filter of level 2, in the order of PvExprFilter. */
static const struct {
  const char *name;
  enum { NO_ARGUMENT, MAY_HAVE, MUST_HAVE, BEYOND } argument; /* BEYOND: the portal knows one, the kiosk does not */
} filters[PV_EXPR_N_FILTERS] = {
  [PV_EXPR_FILTER_ADD] = { "add", MUST_HAVE },
  [PV_EXPR_FILTER_ADD_DAYS] = { "add_days", MUST_HAVE },
  [PV_EXPR_FILTER_AGE_IN_DAYS] = { "age_in_days", MAY_HAVE },
  [PV_EXPR_FILTER_AGE_IN_MONTHS] = { "age_in_months", MAY_HAVE },
  [PV_EXPR_FILTER_AGE_IN_YEARS] = { "age_in_years", MAY_HAVE },
  [PV_EXPR_FILTER_BOOLEAN] = { "boolean", NO_ARGUMENT },
  [PV_EXPR_FILTER_COUNT] = { "count", NO_ARGUMENT },
  [PV_EXPR_FILTER_DATE] = { "date", BEYOND },
  [PV_EXPR_FILTER_DECIMAL] = { "decimal", BEYOND },
  [PV_EXPR_FILTER_DEFAULT] = { "default", MUST_HAVE },
  [PV_EXPR_FILTER_ENDSWITH] = { "endswith", MUST_HAVE },
  [PV_EXPR_FILTER_FIRST] = { "first", NO_ARGUMENT },
  [PV_EXPR_FILTER_GETLIST] = { "getlist", MUST_HAVE },
  [PV_EXPR_FILTER_INTEGER] = { "integer", NO_ARGUMENT },
  [PV_EXPR_FILTER_IS_EMPTY] = { "is_empty", NO_ARGUMENT },
  [PV_EXPR_FILTER_LAST] = { "last", NO_ARGUMENT },
  [PV_EXPR_FILTER_LENGTH] = { "length", NO_ARGUMENT },
  [PV_EXPR_FILTER_LOWER] = { "lower", NO_ARGUMENT },
  [PV_EXPR_FILTER_SPLIT] = { "split", MAY_HAVE },
  [PV_EXPR_FILTER_STARTSWITH] = { "startswith", MUST_HAVE },
  [PV_EXPR_FILTER_STRIP] = { "strip", BEYOND },
  [PV_EXPR_FILTER_SUBTRACT] = { "subtract", MUST_HAVE },
  [PV_EXPR_FILTER_SUM] = { "sum", NO_ARGUMENT },
  [PV_EXPR_FILTER_UPPER] = { "upper", NO_ARGUMENT },
};

/* Where the quoted text that begins at @start ends (after its quote), or NULL if it does not. */
static const char *
skip_quoted (const char *start)
{
  const char *at = start + 1;

  while (*at != '\0' && *at != *start) {
    if (*at == '\\' && at[1] != '\0')
      at++;
    at++;
  }
  return *at == *start ? at + 1 : NULL;
}

GPtrArray *
pv_expr_split (const char *text, GError **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  while (*text != '\0') {
    const char *start = text;

    if (g_unichar_isspace (g_utf8_get_char (text))) {
      text = g_utf8_next_char (text);
      continue;
    }
    while (text != NULL && *text != '\0' && !g_unichar_isspace (g_utf8_get_char (text)))
      text = *text == '"' || *text == '\'' ? skip_quoted (text) : g_utf8_next_char (text);
    if (text == NULL) {
      g_set_error (error, PV_EXPRESSION_ERROR, PV_EXPRESSION_ERROR_SYNTAX, "a quote is not closed: %s", start);
      return NULL;
    }
    g_ptr_array_add (words, g_strndup (start, (gsize) (text - start)));
  }
  return g_steal_pointer (&words);
}

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '.';
}

static gboolean
fail (GError **error, PvExpressionError code, const char *what, const char *text, gsize size)
{
  g_autofree char *quoted = g_strndup (text, size);

  g_set_error (error, PV_EXPRESSION_ERROR, code, "%s: %s", what, quoted);
  return FALSE;
}

/* A quoted text, its quotes and backslashes removed as Django does: only \" (or \') and \\ mean something. */
static PvExprValue *
read_text (const char *start, const char *end)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *at = start + 1; at < end - 1; at++) {
    if (*at == '\\' && at + 1 < end - 1 && (at[1] == *start || at[1] == '\\'))
      at++;
    g_string_append_c (plain, *at);
  }
  return pv_expr_value_new_text (plain->str);
}

/* Python prints 3.10 as "3.1" and 3.0 as "3.0"; where it would use an exponent or lose digits, we do not follow. */
static PvExprValue *
read_number (const char *start, gsize size)
{
  g_autofree char *text = g_strndup (start, size);
  const char *point = strchr (text, '.');
  const char *digits = text + strspn (text, "+-");
  gsize n_digits = strspn (digits, "0123456789");
  PvExprValue *value;

  if (point != NULL && (point[1] == '\0' || strlen (point + 1) > PV_DECIMAL_PLACES || point > digits + 9))
    return NULL;
  if (point == NULL && (n_digits > PV_DECIMAL_MAX_DIGITS || digits[n_digits] != '\0'))
    return NULL;
  if (point != NULL && point[1 + strspn (point + 1, "0123456789")] != '\0')
    return NULL;
  value = pv_expr_value_new_number (text);
  if (value->type == PV_EXPR_NUMBER && point != NULL) {
    if (value->number != 0 && value->number < PV_DECIMAL_ONE / 10000 && value->number > -PV_DECIMAL_ONE / 10000)
      g_clear_pointer (&value, pv_expr_value_free);
    else if (value->number % PV_DECIMAL_ONE == 0) {
      char *whole = value->text;

      value->text = g_strconcat (whole, ".0", NULL);
      g_free (whole);
    }
  }
  return value;
}

/* TRUE for the attributes of dates and other objects, which the resolver has no name for. */
static gboolean
is_object_attribute (const char *name)
{
  static const char *const attributes[] = { "year", "month", "day", "hour", "minute", "second", "date", "time" };
  const char *last = strrchr (name, '.');

  for (gsize i = 0; last != NULL && i < G_N_ELEMENTS (attributes); i++)
    if (g_str_equal (last + 1, attributes[i]) && !g_str_has_prefix (name, "form.var.")
        && !g_str_has_prefix (name, "var."))
      return TRUE;
  return FALSE;
}

/* The variable as the resolver is asked for it; NULL if it is none of levels 1 and 2. */
static char *
read_name (const char *start, gsize size)
{
  static const char *const whole[] = {
    "today", "now", "value", "is_in_backoffice", "form_submission_channel", "block_counter_index"
  };
  static const char *const prefixes[] = { "var_", "block_var_", "form_option_" };
  g_autofree char *name = g_strndup (start, size);

  if (strstr (name, "..") != NULL || g_str_has_suffix (name, ".") || is_object_attribute (name))
    return NULL;
  g_strdelimit (name, ".", '_');
  if (g_str_has_prefix (name, "form_var_"))
    memmove (name, name + strlen ("form_"), strlen (name) - strlen ("form_") + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (whole); i++)
    if (g_str_equal (name, whole[i]))
      return g_steal_pointer (&name);
  /* A card's live value is read on the portal, at the moment of asking. */
  if (strstr (name, "_live_") != NULL || g_str_has_suffix (name, "_live"))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (name, prefixes[i]) && name[strlen (prefixes[i])] != '\0')
      return g_steal_pointer (&name);
  return NULL;
}

static PvExprValue *
read_keyword (const char *start, gsize size)
{
  if (size == 4 && strncmp (start, "True", size) == 0)
    return pv_expr_value_new_bool (TRUE);
  if (size == 5 && strncmp (start, "False", size) == 0)
    return pv_expr_value_new_bool (FALSE);
  if (size == 4 && strncmp (start, "None", size) == 0)
    return pv_expr_value_new_null ();
  return NULL;
}

/* A literal or a variable; @text moves behind it. */
static gboolean
read_atom (const char **text, PvExprAtom *atom, GError **error)
{
  const char *start = *text, *end = start;
  gsize size;

  if (*start == '"' || *start == '\'') {
    end = skip_quoted (start);
    if (end == NULL)
      return fail (error, PV_EXPRESSION_ERROR_SYNTAX, "a quote is not closed", start, strlen (start));
    atom->constant = read_text (start, end);
    *text = end;
    return TRUE;
  }
  if (start[0] == '_' && start[1] == '(')
    return fail (error, PV_EXPRESSION_ERROR_UNSUPPORTED, "translated text", start, strlen (start));
  if (*end == '+' || *end == '-')
    end++;
  while (is_name_char (*end))
    end++;
  size = (gsize) (end - start);
  if ((guchar) *end >= 0x80)
    return fail (error, PV_EXPRESSION_ERROR_UNSUPPORTED, "name with other letters", start, strlen (start));
  if (size == 0 || *start == '_' || g_strstr_len (start, (gssize) size, "._") != NULL)
    return fail (error, PV_EXPRESSION_ERROR_SYNTAX, "neither a value nor a name", start, strlen (start));
  *text = end;
  if (strchr ("+-.0123456789", *start) != NULL) {
    if (strchr ("+-", *start) != NULL && (size == 1 || strchr (".0123456789", start[1]) == NULL))
      return fail (error, PV_EXPRESSION_ERROR_SYNTAX, "not a number", start, size);
    atom->constant = read_number (start, size);
    if (atom->constant == NULL || atom->constant->type != PV_EXPR_NUMBER) {
      g_clear_pointer (&atom->constant, pv_expr_value_free);
      return fail (error, PV_EXPRESSION_ERROR_UNSUPPORTED, "not a plain decimal number", start, size);
    }
    return TRUE;
  }
  atom->constant = read_keyword (start, size);
  if (atom->constant == NULL)
    atom->name = read_name (start, size);
  if (atom->constant == NULL && atom->name == NULL)
    return fail (error, PV_EXPRESSION_ERROR_UNSUPPORTED, "variable that only the portal knows", start, size);
  return TRUE;
}

/* The inner name that |getlist asks for: it becomes a part of a variable's name. */
static gboolean
is_inner_name (const PvExprAtom *argument)
{
  const PvExprValue *value = argument->constant;

  if (value == NULL || value->type != PV_EXPR_TEXT || value->text[0] == '\0')
    return FALSE;
  for (const char *at = value->text; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && *at != '_')
      return FALSE;
  return TRUE;
}

static gboolean
read_stage (const char **text, PvExprOperand *operand, GError **error)
{
  PvExprStage stage = { PV_EXPR_N_FILTERS, { NULL, NULL } };
  const char *start = *text, *end = start;
  gsize size;
  gboolean has_argument;

  while (g_ascii_isalnum (*end) || *end == '_')
    end++;
  size = (gsize) (end - start);
  if (size == 0)
    return fail (error, PV_EXPRESSION_ERROR_SYNTAX, "no filter after |", start, strlen (start));
  for (guint i = 0; i < PV_EXPR_N_FILTERS; i++)
    if (strlen (filters[i].name) == size && strncmp (filters[i].name, start, size) == 0)
      stage.filter = (PvExprFilter) i;
  if (stage.filter == PV_EXPR_N_FILTERS)
    return fail (error, PV_EXPRESSION_ERROR_UNSUPPORTED, "filter that only the portal knows", start, size);
  has_argument = *end == ':';
  if (has_argument && filters[stage.filter].argument == BEYOND)
    return fail (error, PV_EXPRESSION_ERROR_UNSUPPORTED, "filter with an argument", start, strlen (start));
  if (has_argument ? filters[stage.filter].argument == NO_ARGUMENT : filters[stage.filter].argument == MUST_HAVE)
    return fail (error, PV_EXPRESSION_ERROR_SYNTAX, "wrong arguments of the filter", start, strlen (start));
  *text = end + has_argument;
  if (has_argument && !read_atom (text, &stage.argument, error))
    return FALSE;
  g_array_append_val (operand->stages, stage);
  if (stage.filter == PV_EXPR_FILTER_GETLIST
      && (operand->stages->len > 1 || operand->atom.name == NULL || !is_inner_name (&stage.argument)))
    return fail (error, PV_EXPRESSION_ERROR_UNSUPPORTED, "getlist on something else than a block", start, size);
  return TRUE;
}

static void
clear_atom (PvExprAtom *atom)
{
  g_clear_pointer (&atom->constant, pv_expr_value_free);
  g_clear_pointer (&atom->name, g_free);
}

void
pv_expr_operand_free (PvExprOperand *operand)
{
  if (operand == NULL)
    return;
  clear_atom (&operand->atom);
  for (guint i = 0; i < operand->stages->len; i++)
    clear_atom (&g_array_index (operand->stages, PvExprStage, i).argument);
  g_array_unref (operand->stages);
  g_free (operand);
}

static const char *
skip_blanks (const char *text, gboolean spaces)
{
  while (spaces && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return text;
}

PvExprOperand *
pv_expr_operand_parse (const char *text, gboolean spaces, GError **error)
{
  g_autoptr (PvExprOperand) operand = g_new0 (PvExprOperand, 1);

  operand->stages = g_array_new (FALSE, FALSE, sizeof (PvExprStage));
  text = skip_blanks (text, spaces);
  if (!read_atom (&text, &operand->atom, error))
    return NULL;
  for (text = skip_blanks (text, spaces); *text == '|'; text = skip_blanks (text, spaces)) {
    text = skip_blanks (text + 1, spaces);
    if (operand->stages->len >= PV_EXPRESSION_MAX_NODES) {
      g_set_error (error, PV_EXPRESSION_ERROR, PV_EXPRESSION_ERROR_TOO_LARGE, "more than %d filters",
                   PV_EXPRESSION_MAX_NODES);
      return NULL;
    }
    if (!read_stage (&text, operand, error))
      return NULL;
  }
  if (*text != '\0') {
    fail (error, PV_EXPRESSION_ERROR_SYNTAX, "cannot be read", text, strlen (text));
    return NULL;
  }
  return g_steal_pointer (&operand);
}

guint
pv_expr_operand_count (const PvExprOperand *operand)
{
  guint count = 1 + operand->stages->len;

  for (guint i = 0; i < operand->stages->len; i++) {
    const PvExprAtom *argument = &g_array_index (operand->stages, PvExprStage, i).argument;

    count += argument->constant != NULL || argument->name != NULL;
  }
  return count;
}

static void
collect_name (GPtrArray *names, const char *name)
{
  if (name == NULL || g_str_equal (name, "today") || g_str_equal (name, "now"))
    return;
  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (name));
}

void
pv_expr_operand_collect (const PvExprOperand *operand, GPtrArray *names)
{
  collect_name (names, operand->atom.name);
  for (guint i = 0; i < operand->stages->len; i++) {
    const PvExprStage *stage = &g_array_index (operand->stages, PvExprStage, i);

    collect_name (names, stage->argument.name);
    if (stage->filter == PV_EXPR_FILTER_GETLIST) {
      g_autofree char *inner = g_strdup_printf ("%s_0_%s", operand->atom.name, stage->argument.constant->text);

      collect_name (names, inner);
    }
  }
}

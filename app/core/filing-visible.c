/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a procedure is to be asked now: conditions, and the screens that follow from them. */

#include <string.h>

#include "core/filing-private.h"
#include "core/template.h"
#include "core/wipe.h"

typedef enum { LOOKED_AT_NOW = 1, IS_VISIBLE, IS_HIDDEN } Looked;

struct PvVisibility {
  const PvFiling *filing;
  GDate today;
  GHashTable *looked; /* PvQuestion or PvPage -> Looked */
};

/* What a condition is about. */
typedef struct {
  PvVisibility *visibility;
  const PvPlace *place; /* (nullable) */
  const PvValue *value; /* (nullable): the variable `value` */
} Scope;

PvVisibility *
pv_visibility_new (const PvFiling *filing, const GDate *today)
{
  PvVisibility *visibility = g_new0 (PvVisibility, 1);

  visibility->filing = filing;
  visibility->today = *today;
  visibility->looked = g_hash_table_new (NULL, NULL);
  pv_filing_compute_locked (filing, visibility);
  /* What was looked at meanwhile may depend on what was computed after it. */
  g_hash_table_remove_all (visibility->looked);
  return visibility;
}

void
pv_visibility_free (PvVisibility *visibility)
{
  g_hash_table_unref (visibility->looked);
  g_free (visibility);
}

gboolean
pv_question_is_asked (const PvQuestion *question)
{
  return (question->flags & (PV_QUESTION_HIDDEN | PV_QUESTION_LOCKED)) == 0 && question->kind != PV_QUESTION_STATEMENT;
}

static PvExprValue *
date_value (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", 4);
  GDate date;

  if (g_strv_length (parts) != 3)
    return NULL;
  g_date_clear (&date, 1);
  /* A partial date, with an unknown day, is no date in a condition. */
  if (g_date_valid_dmy ((GDateDay) g_ascii_strtoull (parts[2], NULL, 10),
                        (GDateMonth) g_ascii_strtoull (parts[1], NULL, 10),
                        (GDateYear) g_ascii_strtoull (parts[0], NULL, 10)))
    g_date_set_dmy (&date, (GDateDay) g_ascii_strtoull (parts[2], NULL, 10),
                    (GDateMonth) g_ascii_strtoull (parts[1], NULL, 10),
                    (GDateYear) g_ascii_strtoull (parts[0], NULL, 10));
  return g_date_valid (&date) ? pv_expr_value_new_date (&date) : NULL;
}

static PvExprValue *
text_value (const PvQuestion *question, const char *text)
{
  switch (question->kind) {
  case PV_QUESTION_NUMBER:
  case PV_QUESTION_AMOUNT:
    return pv_expr_value_new_number (text);
  case PV_QUESTION_DATE:
    return date_value (text);
  case PV_QUESTION_TEXT:
  case PV_QUESTION_LONG_TEXT:
  case PV_QUESTION_EMAIL:
  case PV_QUESTION_PHONE:
  case PV_QUESTION_YES_NO:
  case PV_QUESTION_CHOICE:
  case PV_QUESTION_PLACE:
  case PV_QUESTION_CHOICES:
  case PV_QUESTION_FILE:
  case PV_QUESTION_INFO:
  case PV_QUESTION_STATEMENT:
  case PV_QUESTION_BLOCK:
  case PV_N_QUESTION_KINDS:
    /* publik-api 2.8, rule 1: an emptied field is null, not "". */
    return text[0] != '\0' ? pv_expr_value_new_text (text) : NULL;
  }
  return NULL;
}

static PvExprValue *
option_value (const PvQuestion *question, const PvValue *value)
{
  PvExprValue *list;

  if (pv_value_get_n (value) == 0)
    return NULL;
  if (question->kind == PV_QUESTION_CHOICE)
    return pv_expr_value_new_option (pv_value_get_id (value, 0), pv_value_get_label (value, 0));
  list = pv_expr_value_new_list ();
  for (guint i = 0; i < pv_value_get_n (value); i++)
    pv_expr_value_append (list, pv_expr_value_new_option (pv_value_get_id (value, i), pv_value_get_label (value, i)));
  return list;
}

/* publik-api 2.8, rules 1 to 5. NULL is the portal's null. */
static PvExprValue *
to_expr_value (const PvQuestion *question, const PvValue *value)
{
  if (value == NULL)
    return NULL;
  switch (pv_value_get_type (value)) {
  case PV_VALUE_TEXT:
    return text_value (question, pv_value_get_text (value));
  case PV_VALUE_BOOL:
    return pv_expr_value_new_bool (pv_value_get_bool (value));
  case PV_VALUE_OPTIONS:
    return option_value (question, value);
  case PV_VALUE_FILES:
    return pv_value_get_n (value) > 0 ? pv_expr_value_new_text (pv_value_get_filename (value, 0)) : NULL;
  case PV_VALUE_ROWS:
  case PV_VALUE_DECLINED:
    return NULL;
  }
  return NULL;
}

static PvExprValue *
raw_value (const PvQuestion *question, const PvValue *value)
{
  PvExprValue *list;

  if (value == NULL || pv_value_get_type (value) != PV_VALUE_OPTIONS || pv_value_get_n (value) == 0)
    return to_expr_value (question, value);
  if (question->kind == PV_QUESTION_CHOICE)
    return pv_expr_value_new_text (pv_value_get_id (value, 0));
  list = pv_expr_value_new_list ();
  for (guint i = 0; i < pv_value_get_n (value); i++)
    pv_expr_value_append (list, pv_expr_value_new_text (pv_value_get_id (value, i)));
  return list;
}

static PvExprValue *
attribute_value (const PvFiling *filing, const PvQuestion *question, const PvValue *value, const char *attribute)
{
  const GPtrArray *options = question->options;

  if (value == NULL || pv_value_get_type (value) != PV_VALUE_OPTIONS || pv_value_get_n (value) == 0)
    return NULL;
  if (question->option_source != NULL)
    options = g_hash_table_lookup (filing->options, question->id);
  for (guint i = 0; options != NULL && i < options->len; i++) {
    const PvOption *option = options->pdata[i];

    if (!g_str_equal (option->id, pv_value_get_id (value, 0)))
      continue;
    for (guint k = 0; option->attributes != NULL && option->attributes[k] != NULL; k += 2)
      if (g_str_equal (option->attributes[k], attribute))
        return pv_expr_value_new_text (option->attributes[k + 1]);
  }
  return NULL;
}

/* The value as it would be sent: normalised if it is in order, else as typed. */
static PvValue *
current_value (const PvFiling *filing, const PvPlace *place, const GDate *today)
{
  const PvValue *value = pv_filing_get_at (filing, place);
  PvValue *normalised;

  if (value == NULL)
    return NULL;
  if (pv_value_get_type (value) != PV_VALUE_TEXT)
    return pv_value_ref ((PvValue *) value);
  normalised = pv_filing_normalise (filing, place, value, today, NULL);
  return normalised != NULL ? normalised : pv_value_ref ((PvValue *) value);
}

/* @rest: what follows the question's name: "", "_raw", "_structured_k" or "_k". */
static gboolean
resolve_rest (const PvFiling *filing, const PvPlace *place, const char *rest, const GDate *today,
              PvExprValue **ret_value)
{
  g_autoptr (PvValue) value = current_value (filing, place, today);

  if (rest[0] == '\0')
    *ret_value = to_expr_value (place->question, value);
  else if (g_str_equal (rest, "_raw"))
    *ret_value = raw_value (place->question, value);
  else if (g_str_has_prefix (rest, "_structured_"))
    *ret_value = attribute_value (filing, place->question, value, rest + strlen ("_structured_"));
  else if (rest[0] == '_' && place->question->kind == PV_QUESTION_CHOICE)
    *ret_value = attribute_value (filing, place->question, value, rest + 1);
  else
    return FALSE;
  return TRUE;
}

/* The portal reads a box that was never ticked, or never shown, as False and not as null. */
static gboolean
is_tick_box (const PvQuestion *question, const char *rest)
{
  return (question->kind == PV_QUESTION_YES_NO || question->kind == PV_QUESTION_STATEMENT)
         && (rest[0] == '\0' || g_str_equal (rest, "_raw"));
}

static PvExprValue *
resolve_in (const PvFiling *filing, const PvQuestion *block, guint row, const char *name, const GDate *today)
{
  for (guint i = 0; i < block->questions->len; i++) {
    const PvQuestion *question = block->questions->pdata[i];
    PvPlace place = { question, block, row };
    gsize length = question->name != NULL ? strlen (question->name) : 0;
    PvExprValue *value = NULL;

    if (length > 0 && strncmp (name, question->name, length) == 0
        && resolve_rest (filing, &place, name + length, today, &value))
      return value != NULL || !is_tick_box (question, name + length) ? value : pv_expr_value_new_bool (FALSE);
  }
  return NULL;
}

/* For |count, and for |getlist, which then asks for the answers by "block_0_name" and so on. */
static PvExprValue *
list_rows (const PvFiling *filing, const PvQuestion *block)
{
  PvExprValue *rows = pv_expr_value_new_list ();

  for (guint row = 0; row < pv_filing_get_n_rows (filing, block->id); row++)
    pv_expr_value_append (rows, pv_expr_value_new_null ());
  return rows;
}

/* "block_0_name", and "block_var_name" for a single row; the bare block is its list of rows. */
static PvExprValue *
resolve_block (const PvFiling *filing, const PvQuestion *block, const char *rest, const GDate *today)
{
  char *end = NULL;
  guint64 row;

  if (rest[0] == '\0')
    return list_rows (filing, block);
  if (g_str_has_prefix (rest, "_var_"))
    return resolve_in (filing, block, 0, rest + strlen ("_var_"), today);
  if (rest[0] != '_' || !g_ascii_isdigit (rest[1]))
    return NULL;
  row = g_ascii_strtoull (rest + 1, &end, 10);
  if (*end != '_' || row >= pv_filing_get_n_rows (filing, block->id))
    return NULL;
  return resolve_in (filing, block, (guint) row, end + 1, today);
}

/* publik-api 2.8, rule 7: of two fields with one name the first with a value wins. */
static PvExprValue *
resolve_var (Scope *scope, const char *name)
{
  const PvFiling *filing = scope->visibility->filing;
  const GDate *today = &scope->visibility->today;
  gboolean is_box = FALSE;

  for (guint p = 0; p < filing->procedure->pages->len; p++) {
    const PvPage *page = filing->procedure->pages->pdata[p];

    for (guint i = 0; i < page->questions->len; i++) {
      const PvQuestion *question = page->questions->pdata[i];
      PvPlace place = { question, NULL, 0 };
      gsize length = question->name != NULL ? strlen (question->name) : 0;
      PvExprValue *value = NULL;

      if (length == 0 || strncmp (name, question->name, length) != 0 || (name[length] != '\0' && name[length] != '_'))
        continue;
      is_box = is_box || is_tick_box (question, name + length);
      /* What is hidden is not sent: for the portal it has no value. */
      if (!pv_visibility_page (scope->visibility, page) || !pv_visibility_question (scope->visibility, &place))
        continue;
      if (question->kind == PV_QUESTION_BLOCK)
        value = resolve_block (filing, question, name + length, today);
      else
        resolve_rest (filing, &place, name + length, today, &value);
      if (value != NULL)
        return value;
    }
  }
  return is_box ? pv_expr_value_new_bool (FALSE) : NULL;
}

static PvExprValue *
number_value (guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  return pv_expr_value_new_number (text);
}

static PvExprValue *
resolve_cb (const char *name, gpointer user_data)
{
  Scope *scope = user_data;
  const PvPlace *place = scope->place;

  if (g_str_equal (name, "value"))
    return scope->value != NULL && place != NULL ? to_expr_value (place->question, scope->value) : NULL;
  if (g_str_equal (name, "is_in_backoffice"))
    return pv_expr_value_new_bool (FALSE);
  if (g_str_equal (name, "form_submission_channel")) /* what the driver sends as context.channel */
    return pv_expr_value_new_text ("counter");
  if (g_str_equal (name, "block_counter_index")) /* from 1 */
    return place != NULL && place->block != NULL ? number_value (place->row + 1) : NULL;
  if (g_str_has_prefix (name, "block_var_"))
    return place != NULL && place->block != NULL ? resolve_in (scope->visibility->filing, place->block, place->row,
                                                               name + strlen ("block_var_"), &scope->visibility->today)
                                                 : NULL;
  if (g_str_has_prefix (name, "var_"))
    return resolve_var (scope, name + strlen ("var_"));
  return NULL;
}

gboolean
pv_visibility_evaluate (PvVisibility *visibility, const PvExpression *expression, const PvPlace *place,
                        const PvValue *value)
{
  Scope scope = { visibility, place, value };
  gboolean has_failed = FALSE;
  gboolean result = pv_expression_evaluate (expression, resolve_cb, &scope, &visibility->today, &has_failed);

  return result && !has_failed;
}

char *
pv_visibility_render (PvVisibility *visibility, const char *template, const PvPlace *place)
{
  Scope scope = { visibility, place, NULL };
  g_autoptr (PvTemplate) parsed = pv_template_parse (template, NULL);

  return parsed != NULL ? pv_template_render (parsed, resolve_cb, &scope, &visibility->today, PV_TEMPLATE_TO_SEND)
                        : NULL;
}

static gboolean
look_at (PvVisibility *visibility, gconstpointer what, const PvExpression *condition, const PvPlace *place)
{
  Looked looked = GPOINTER_TO_UINT (g_hash_table_lookup (visibility->looked, what));

  if (condition == NULL)
    return TRUE;
  /* A condition that asks for itself: the value counts as it stands. */
  if (looked == LOOKED_AT_NOW)
    return TRUE;
  if (looked == 0) {
    g_hash_table_insert (visibility->looked, (gpointer) what, GUINT_TO_POINTER (LOOKED_AT_NOW));
    looked = pv_visibility_evaluate (visibility, condition, place, NULL) ? IS_VISIBLE : IS_HIDDEN;
    g_hash_table_insert (visibility->looked, (gpointer) what, GUINT_TO_POINTER (looked));
  }
  return looked == IS_VISIBLE;
}

gboolean
pv_visibility_page (PvVisibility *visibility, const PvPage *page)
{
  return look_at (visibility, page, page->condition, NULL);
}

gboolean
pv_visibility_question (PvVisibility *visibility, const PvPlace *place)
{
  /* A row's question has one answer for each row: it is not remembered. */
  if (place->block != NULL)
    return place->question->condition == NULL
           || pv_visibility_evaluate (visibility, place->question->condition, place, NULL);
  return look_at (visibility, place->question, place->question->condition, place);
}

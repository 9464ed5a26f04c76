/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/filing.h"

#include <string.h>

#include "core/filing-private.h"
#include "core/wipe.h"

G_DEFINE_QUARK (pv_filing_error, pv_filing_error)

PvValue *
pv_question_read_prefill (const PvQuestion *question, const char *text)
{
  switch (question->kind) {
  case PV_QUESTION_YES_NO:
    return g_str_equal (text, "True") ? pv_value_new_bool (TRUE) : NULL;
  case PV_QUESTION_CHOICE:
    for (guint i = 0; i < question->options->len; i++) {
      const PvOption *option = question->options->pdata[i];

      if (g_str_equal (option->id, text) || g_str_equal (option->label, text))
        return pv_value_new_options ((const char *[]){ option->id, NULL }, (const char *[]){ option->label, NULL });
    }
    return NULL;
  case PV_QUESTION_TEXT:
  case PV_QUESTION_LONG_TEXT:
  case PV_QUESTION_EMAIL:
  case PV_QUESTION_PHONE:
  case PV_QUESTION_NUMBER:
  case PV_QUESTION_AMOUNT:
  case PV_QUESTION_DATE:
    return pv_value_new_text (text);
  case PV_QUESTION_CHOICES:
  case PV_QUESTION_FILE:
  case PV_QUESTION_INFO:
  case PV_QUESTION_STATEMENT:
  case PV_QUESTION_BLOCK:
  case PV_QUESTION_PLACE:
  case PV_N_QUESTION_KINDS:
    return NULL;
  }
  return NULL;
}

static void
prefill (PvAnswers *answers, const GPtrArray *questions)
{
  for (guint i = 0; i < questions->len; i++) {
    const PvQuestion *question = questions->pdata[i];
    g_autoptr (PvValue) value = NULL;

    /* Templates wait until the question comes up: what they need is not answered yet. */
    if (question->prefill != NULL && !pv_question_has_template (question))
      value = pv_question_read_prefill (question, question->prefill);
    if (value != NULL)
      pv_answers_set (answers, question->id, value);
  }
}

static PvAnswers *
new_row (const PvQuestion *block)
{
  PvAnswers *row = pv_answers_new ();

  prefill (row, block->questions);
  return row;
}

static void
start_blocks (PvFiling *filing, const GPtrArray *questions)
{
  for (guint i = 0; i < questions->len; i++) {
    const PvQuestion *block = questions->pdata[i];
    gboolean is_required = (block->flags & PV_QUESTION_REQUIRED) != 0;
    guint n_rows = MIN (MAX (MAX (block->min_rows, block->first_rows), is_required ? 1 : 0), PV_PROCEDURE_MAX_ROWS);
    GPtrArray *rows;

    if (block->kind != PV_QUESTION_BLOCK)
      continue;
    rows = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_answers_free);
    for (guint row = 0; row < n_rows; row++)
      g_ptr_array_add (rows, new_row (block));
    g_hash_table_insert (filing->blocks, g_strdup (block->id), rows);
  }
}

PvFiling *
pv_filing_new (PvProcedure *procedure, PvFilingMode mode, const char *ref)
{
  PvFiling *filing = g_new0 (PvFiling, 1);

  filing->procedure = pv_procedure_ref (procedure);
  filing->mode = mode;
  filing->ref = mode == PV_FILING_REAL ? g_strdup (ref) : NULL;
  filing->answers = pv_answers_new ();
  filing->blocks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  filing->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  filing->prefilled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  filing->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) pv_value_unref);
  for (guint i = 0; i < procedure->pages->len; i++) {
    const PvPage *page = procedure->pages->pdata[i];

    prefill (filing->answers, page->questions);
    start_blocks (filing, page->questions);
  }
  return filing;
}

void
pv_filing_free (PvFiling *filing)
{
  if (filing == NULL)
    return;
  pv_answers_free (filing->answers);
  g_hash_table_unref (filing->blocks);
  g_hash_table_unref (filing->options);
  g_hash_table_unref (filing->prefilled);
  g_hash_table_unref (filing->taken);
  pv_identity_free (filing->identity);
  pv_procedure_unref (filing->procedure);
  g_free (filing->ref);
  g_free (filing);
}

const PvProcedure *
pv_filing_get_procedure (const PvFiling *filing)
{
  return filing->procedure;
}

const char *
pv_filing_get_ref (const PvFiling *filing)
{
  return filing->ref;
}

void
pv_filing_set_ref (PvFiling *filing, const char *ref)
{
  char *copy = g_strdup (ref); /* may be our own */

  g_free (filing->ref);
  filing->ref = copy;
}

gboolean
pv_filing_is_practice (const PvFiling *filing)
{
  return filing->mode == PV_FILING_PRACTICE;
}

const GPtrArray *
pv_filing_get_rows (const PvFiling *filing, const char *block)
{
  return g_hash_table_lookup (filing->blocks, block);
}

static const PvQuestion *
find_inner (const PvQuestion *block, const char *id)
{
  for (guint i = 0; i < block->questions->len; i++) {
    const PvQuestion *question = block->questions->pdata[i];

    if (g_str_equal (question->id, id))
      return question;
  }
  return NULL;
}

gboolean
pv_filing_find_place (const PvFiling *filing, const char *path, PvPlace *ret_place)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 4);
  guint n_parts = g_strv_length (parts);
  PvPlace place = { NULL, NULL, 0 };
  guint64 row;

  if (n_parts == 1) {
    place.question = pv_procedure_find_question (filing->procedure, parts[0]);
  } else if (n_parts == 3) {
    place.block = pv_procedure_find_question (filing->procedure, parts[0]);
    if (place.block == NULL || place.block->kind != PV_QUESTION_BLOCK
        || !g_ascii_string_to_unsigned (parts[1], 10, 0, PV_PROCEDURE_MAX_ROWS, &row, NULL)
        || row >= pv_filing_get_n_rows (filing, parts[0]))
      return FALSE;
    place.row = (guint) row;
    place.question = find_inner (place.block, parts[2]);
  }
  if (place.question == NULL)
    return FALSE;
  *ret_place = place;
  return TRUE;
}

char *
pv_filing_path (const PvQuestion *question, const PvQuestion *block, guint row)
{
  if (block == NULL)
    return g_strdup (question->id);
  return g_strdup_printf ("%s/%u/%s", block->id, row, question->id);
}

PvAnswers *
pv_filing_answers_at (const PvFiling *filing, const PvPlace *place)
{
  const GPtrArray *rows;

  if (place->block == NULL)
    return filing->answers;
  rows = pv_filing_get_rows (filing, place->block->id);
  return rows != NULL && place->row < rows->len ? rows->pdata[place->row] : NULL;
}

const PvValue *
pv_filing_get_at (const PvFiling *filing, const PvPlace *place)
{
  const PvAnswers *answers = pv_filing_answers_at (filing, place);

  return answers != NULL ? pv_answers_get (answers, place->question->id) : NULL;
}

const PvValue *
pv_filing_get (const PvFiling *filing, const char *path)
{
  PvPlace place;

  return pv_filing_find_place (filing, path, &place) ? pv_filing_get_at (filing, &place) : NULL;
}

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, PV_FILING_ERROR, PV_FILING_ERROR_REFUSED, why);
  return FALSE;
}

/* The type of value that a question takes; DECLINED is looked at apart. */
static gboolean
takes_type (const PvQuestion *question, PvValueType type)
{
  switch (question->kind) {
  case PV_QUESTION_TEXT:
  case PV_QUESTION_LONG_TEXT:
  case PV_QUESTION_EMAIL:
  case PV_QUESTION_PHONE:
  case PV_QUESTION_NUMBER:
  case PV_QUESTION_AMOUNT:
  case PV_QUESTION_DATE:
    return type == PV_VALUE_TEXT;
  case PV_QUESTION_YES_NO:
  case PV_QUESTION_STATEMENT:
    return type == PV_VALUE_BOOL;
  case PV_QUESTION_CHOICE:
  case PV_QUESTION_CHOICES:
    return type == PV_VALUE_OPTIONS;
  case PV_QUESTION_PLACE: /* words are no answer yet, but they are not lost either */
    return type == PV_VALUE_OPTIONS || type == PV_VALUE_TEXT;
  case PV_QUESTION_FILE:
    return type == PV_VALUE_FILES;
  case PV_QUESTION_INFO:
  case PV_QUESTION_BLOCK:
  case PV_N_QUESTION_KINDS:
    return FALSE;
  }
  return FALSE;
}

static gboolean
may_decline (const PvQuestion *question)
{
  if (question->kind == PV_QUESTION_FILE)
    return pv_question_may_come_later (question);
  return (question->kind == PV_QUESTION_EMAIL || question->kind == PV_QUESTION_PHONE)
         && (question->flags & PV_QUESTION_NOT_DECLINABLE) == 0;
}

gboolean
pv_filing_set (PvFiling *filing, const char *path, PvValue *value, PvActor actor, GError **error)
{
  PvPlace place;

  if (!pv_filing_find_place (filing, path, &place))
    return refuse (error, "no such question");
  if ((place.question->flags & (PV_QUESTION_LOCKED | PV_QUESTION_HIDDEN)) != 0)
    return refuse (error, "not to be changed");
  /* A statement is a signature: what must never happen, 4. */
  if (place.question->kind == PV_QUESTION_STATEMENT && actor != PV_ACTOR_CITIZEN)
    return refuse (error, "only the citizen declares");
  if (place.question->kind == PV_QUESTION_FILE && actor != PV_ACTOR_CITIZEN)
    return refuse (error, "only the citizen adds a document");
  if (value != NULL) {
    PvValueType type = pv_value_get_type (value);

    if (type == PV_VALUE_DECLINED ? !may_decline (place.question) : !takes_type (place.question, type))
      return refuse (error, "not a value for this question");
  }
  pv_answers_set (pv_filing_answers_at (filing, &place), place.question->id, value);
  return TRUE;
}

void
pv_filing_set_options (PvFiling *filing, const char *path, GPtrArray *options)
{
  PvPlace place;

  if (pv_filing_find_place (filing, path, &place))
    g_hash_table_replace (filing->options, g_strdup (place.question->id), options);
  else
    g_ptr_array_unref (options);
}

const GPtrArray *
pv_filing_get_options (const PvFiling *filing, const char *path)
{
  PvPlace place;

  if (!pv_filing_find_place (filing, path, &place))
    return NULL;
  if (place.question->option_source == NULL)
    return place.question->options;
  return g_hash_table_lookup (filing->options, place.question->id);
}

guint
pv_filing_get_n_rows (const PvFiling *filing, const char *block)
{
  const GPtrArray *rows = pv_filing_get_rows (filing, block);

  return rows != NULL ? rows->len : 0;
}

gboolean
pv_filing_add_row (PvFiling *filing, const char *block)
{
  const PvQuestion *question = pv_procedure_find_question (filing->procedure, block);
  GPtrArray *rows = g_hash_table_lookup (filing->blocks, block);

  if (rows == NULL || rows->len >= MIN (MAX (question->max_rows, 1), PV_PROCEDURE_MAX_ROWS))
    return FALSE;
  g_ptr_array_add (rows, new_row (question));
  return TRUE;
}

gboolean
pv_filing_may_remove_row (const PvFiling *filing, const char *block)
{
  const PvQuestion *question = pv_procedure_find_question (filing->procedure, block);
  guint n_rows = pv_filing_get_n_rows (filing, block);

  return question != NULL && n_rows > question->min_rows
         && (n_rows > 1 || (question->flags & PV_QUESTION_REQUIRED) == 0);
}

gboolean
pv_filing_remove_row (PvFiling *filing, const char *block, guint row)
{
  GPtrArray *rows = g_hash_table_lookup (filing->blocks, block);

  if (rows == NULL || row >= rows->len || !pv_filing_may_remove_row (filing, block))
    return FALSE;
  pv_filing_forget_taken (filing, block);
  g_ptr_array_remove_index (rows, row);
  return TRUE;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One question a screen; small groups that belong together stay together. */

#include "core/filing-private.h"

/* An information this short is read with the question that follows it; a longer one has a screen of its own. */
enum { SHORT_INFO_CHARS = 120 };

void
pv_step_free (PvStep *step)
{
  if (step == NULL)
    return;
  g_free (step->key);
  g_ptr_array_unref (step->questions);
  g_ptr_array_unref (step->paths);
  g_free (step);
}

typedef struct {
  const PvFiling *filing;
  PvVisibility *visibility;
  GPtrArray *steps;
  const PvPage *page;
  PvStep *open; /* may still take the next question */
} Walk;

static PvStep *
new_step (Walk *walk, PvStepKind kind, const PvQuestion *block, guint row)
{
  PvStep *step = g_new0 (PvStep, 1);

  step->kind = kind;
  step->page = walk->page;
  step->block = block;
  step->row = row;
  step->questions = g_ptr_array_new ();
  step->paths = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (walk->steps, step);
  return step;
}

static gboolean
is_short_info (const PvQuestion *question)
{
  return question->kind == PV_QUESTION_INFO && g_utf8_strlen (question->label, -1) <= SHORT_INFO_CHARS;
}

/* TRUE if @question goes on the screen that is open. */
static gboolean
joins (const PvStep *step, const PvQuestion *question)
{
  const PvQuestion *first, *last;

  if (step == NULL)
    return FALSE;
  first = step->questions->pdata[0];
  last = step->questions->pdata[step->questions->len - 1];
  if (is_short_info (last))
    return TRUE;
  return first->group != NULL && g_strcmp0 (last->group, question->group) == 0;
}

static void
add_question (Walk *walk, const PvQuestion *question, const PvQuestion *block, guint row)
{
  PvPlace place = { question, block, row };

  if (!pv_question_is_asked (question) || !pv_visibility_question (walk->visibility, &place))
    return;
  if (!joins (walk->open, question))
    walk->open = new_step (walk, PV_STEP_QUESTIONS, block, row);
  g_ptr_array_add (walk->open->questions, (gpointer) question);
  g_ptr_array_add (walk->open->paths, pv_filing_path (question, block, row));
  if (walk->open->key == NULL)
    walk->open->key = pv_filing_path (question, block, row);
}

static void
add_block (Walk *walk, const PvQuestion *block)
{
  PvPlace place = { block, NULL, 0 };
  guint n_rows = pv_filing_get_n_rows (walk->filing, block->id);
  PvStep *step;

  if (!pv_question_is_asked (block) || !pv_visibility_question (walk->visibility, &place))
    return;
  for (guint row = 0; row < n_rows; row++) {
    walk->open = NULL;
    for (guint i = 0; i < block->questions->len; i++)
      add_question (walk, block->questions->pdata[i], block, row);
  }
  walk->open = NULL;
  if (block->row_labels != NULL || (block->max_rows <= 1 && n_rows >= 1))
    return; /* there is nothing to add or to take away */
  step = new_step (walk, PV_STEP_ROWS, block, n_rows);
  step->key = g_strdup_printf ("%s/+", block->id);
}

GPtrArray *
pv_filing_list_steps (const PvFiling *filing, const GDate *today)
{
  g_autoptr (PvVisibility) visibility = pv_visibility_new (filing, today);
  Walk walk = { filing, visibility, g_ptr_array_new_with_free_func ((GDestroyNotify) pv_step_free), NULL, NULL };

  for (guint p = 0; p < filing->procedure->pages->len; p++) {
    walk.page = filing->procedure->pages->pdata[p];
    walk.open = NULL;
    if (!pv_visibility_page (visibility, walk.page))
      continue;
    for (guint i = 0; i < walk.page->questions->len; i++) {
      const PvQuestion *question = walk.page->questions->pdata[i];

      if (question->kind == PV_QUESTION_BLOCK)
        add_block (&walk, question);
      else
        add_question (&walk, question, NULL, 0);
    }
  }
  return walk.steps;
}

GPtrArray *
pv_filing_list_statements (const PvFiling *filing, const GDate *today)
{
  g_autoptr (PvVisibility) visibility = pv_visibility_new (filing, today);
  GPtrArray *statements = g_ptr_array_new ();

  for (guint p = 0; p < filing->procedure->pages->len; p++) {
    const PvPage *page = filing->procedure->pages->pdata[p];

    if (!pv_visibility_page (visibility, page))
      continue;
    for (guint i = 0; i < page->questions->len; i++) {
      PvPlace place = { page->questions->pdata[i], NULL, 0 };

      if (place.question->kind == PV_QUESTION_STATEMENT && (place.question->flags & PV_QUESTION_HIDDEN) == 0
          && pv_visibility_question (visibility, &place))
        g_ptr_array_add (statements, (gpointer) place.question);
    }
  }
  return statements;
}

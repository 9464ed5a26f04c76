/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the form proposes or fixes by a template: computed from the answers, when they are there. */

#include "core/filing-private.h"

#include <string.h>

#include "core/wipe.h"

gboolean
pv_question_has_template (const PvQuestion *question)
{
  return question->prefill != NULL
         && (strstr (question->prefill, "{{") != NULL || strstr (question->prefill, "{%") != NULL);
}

static PvValue *
compute (PvVisibility *visibility, const PvPlace *place)
{
  g_autoptr (PvSecretStr) text = pv_visibility_render (visibility, place->question->prefill, place);

  return text != NULL && text[0] != '\0' ? pv_question_read_prefill (place->question, text) : NULL;
}

/* @visibility NULL: clears. */
static void
answer_locked (const PvFiling *filing, PvVisibility *visibility, const PvPlace *place)
{
  PvAnswers *answers = pv_filing_answers_at (filing, place);
  g_autoptr (PvValue) value = NULL;

  if (answers == NULL || (place->question->flags & PV_QUESTION_LOCKED) == 0
      || !pv_question_has_template (place->question))
    return;
  value = visibility != NULL ? compute (visibility, place) : NULL;
  pv_answers_set (answers, place->question->id, value);
}

static void
answer_all_locked (const PvFiling *filing, PvVisibility *visibility)
{
  for (guint p = 0; p < filing->procedure->pages->len; p++) {
    const PvPage *page = filing->procedure->pages->pdata[p];

    for (guint i = 0; i < page->questions->len; i++) {
      const PvQuestion *question = page->questions->pdata[i];

      answer_locked (filing, visibility, &(PvPlace){ question, NULL, 0 });
      if (question->kind != PV_QUESTION_BLOCK)
        continue;
      for (guint row = 0; row < pv_filing_get_n_rows (filing, question->id); row++)
        for (guint k = 0; k < question->questions->len; k++)
          answer_locked (filing, visibility, &(PvPlace){ question->questions->pdata[k], question, row });
    }
  }
}

/* Cleared first: one that asks for itself, or for a later one, would otherwise grow with each look. */
void
pv_filing_compute_locked (const PvFiling *filing, PvVisibility *visibility)
{
  answer_all_locked (filing, NULL);
  answer_all_locked (filing, visibility);
}

void
pv_filing_prefill (PvFiling *filing, const char *path, const GDate *today)
{
  g_autoptr (PvVisibility) visibility = NULL;
  g_autoptr (PvValue) value = NULL;
  gboolean is_taken;
  PvPlace place;

  if (!pv_filing_find_place (filing, path, &place)
      || (!pv_question_has_template (place.question) && place.question->identity == 0)
      || !pv_question_is_asked (place.question) || pv_filing_get_at (filing, &place) != NULL
      || g_hash_table_contains (filing->prefilled, path))
    return;
  visibility = pv_visibility_new (filing, today);
  value = pv_filing_read_identity (visibility, filing, &place);
  is_taken = value != NULL;
  if (value == NULL && pv_question_has_template (place.question))
    value = compute (visibility, &place);
  if (value == NULL)
    return;
  pv_answers_set (pv_filing_answers_at (filing, &place), place.question->id, value);
  g_hash_table_add (filing->prefilled, g_strdup (path));
  if (is_taken)
    pv_filing_note_taken (filing, path, &place);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a document answers in the person's place, and whether it still stands as the document says. */

#include <string.h>

#include "core/filing-private.h"
#include "core/identity-rule.h"

static gboolean
is_same (const PvValue *a, const PvValue *b)
{
  if (a == NULL || b == NULL || pv_value_get_type (a) != pv_value_get_type (b))
    return FALSE;
  if (pv_value_get_type (a) == PV_VALUE_OPTIONS)
    return pv_value_get_n (a) == 1 && pv_value_get_n (b) == 1
           && g_str_equal (pv_value_get_id (a, 0), pv_value_get_id (b, 0));
  return pv_value_get_type (a) == PV_VALUE_TEXT && g_str_equal (pv_value_get_text (a), pv_value_get_text (b));
}

/* As it would be sent: "14/3/1980" in three boxes is the day that was read. The day itself plays no part. */
static PvValue *
normalise_at (const PvFiling *filing, const PvPlace *place)
{
  GDate any;

  g_date_clear (&any, 1);
  g_date_set_dmy (&any, 1, 1, 2999);
  return pv_filing_normalise (filing, place, pv_filing_get_at (filing, place), &any, NULL);
}

static gboolean
is_unchanged (const PvFiling *filing, const char *path, PvPlace *ret_place)
{
  const PvValue *taken = g_hash_table_lookup (filing->taken, path);
  g_autoptr (PvValue) value = NULL;

  if (taken == NULL || !pv_filing_find_place (filing, path, ret_place))
    return FALSE;
  value = normalise_at (filing, ret_place);
  return is_same (value, taken);
}

PvValue *
pv_filing_read_identity (PvVisibility *visibility, const PvFiling *filing, const PvPlace *place)
{
  const PvQuestion *question = place->question;

  /* Another person of the block is not the one who stands here. */
  if (filing->identity == NULL || question->identity == 0 || place->row > 0
      || (question->identity_condition != NULL
          && !pv_visibility_evaluate (visibility, question->identity_condition, place, NULL)))
    return NULL;
  return pv_question_read_identity (question, filing->identity);
}

void
pv_filing_note_taken (PvFiling *filing, const char *path, const PvPlace *place)
{
  PvValue *taken = normalise_at (filing, place);

  if (taken != NULL) /* else the form does not accept what the document says: the person will change it */
    g_hash_table_replace (filing->taken, g_strdup (path), taken);
}

void
pv_filing_forget_taken (PvFiling *filing, const char *block)
{
  g_autofree char *prefix = g_strconcat (block, "/", NULL);
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, filing->taken);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (g_str_has_prefix (path, prefix))
      g_hash_table_iter_remove (&iter);
}

/* Another document, or none: what the one before answered is not this person's word. */
static void
take_back (PvFiling *filing)
{
  GHashTableIter iter;
  gpointer path;
  PvPlace place;

  g_hash_table_iter_init (&iter, filing->taken);
  while (g_hash_table_iter_next (&iter, &path, NULL)) {
    if (is_unchanged (filing, path, &place)) {
      pv_answers_set (pv_filing_answers_at (filing, &place), place.question->id, NULL);
      g_hash_table_remove (filing->prefilled, path);
    }
    g_hash_table_iter_remove (&iter);
  }
}

void
pv_filing_set_identity (PvFiling *filing, const PvIdentity *identity)
{
  take_back (filing);
  g_clear_pointer (&filing->identity, pv_identity_free);
  if (identity != NULL && identity->verdict != PV_VERDICT_REFUSED)
    filing->identity = pv_identity_copy (identity);
}

const PvIdentity *
pv_filing_get_identity (const PvFiling *filing)
{
  return filing->identity;
}

static PvProof
proof_of (const PvIdentity *identity)
{
  if (identity == NULL)
    return PV_PROOF_NONE;
  switch (identity->verdict) {
  case PV_VERDICT_GENUINE:
    return PV_PROOF_GENUINE;
  case PV_VERDICT_NOT_PROVEN:
    return identity->reason == PV_REASON_TYPED ? PV_PROOF_TYPED : PV_PROOF_READ;
  case PV_VERDICT_REFUSED:
    return PV_PROOF_NONE;
  }
  return PV_PROOF_NONE;
}

PvProof
pv_filing_get_proof (const PvFiling *filing, const char *path)
{
  PvPlace place;

  return is_unchanged (filing, path, &place) ? proof_of (filing->identity) : PV_PROOF_NONE;
}

static void
add_proof (const PvFiling *filing, PvSubmission *submission, PvVisibility *visibility, const PvPlace *place)
{
  g_autofree char *path = pv_filing_path (place->question, place->block, place->row);
  PvPlace unused;

  if (!is_unchanged (filing, path, &unused) || !pv_visibility_question (visibility, place))
    return;
  if (place->block == NULL)
    g_ptr_array_add (submission->proven, g_strdup (place->question->label));
  else
    g_ptr_array_add (submission->proven,
                     g_strdup_printf ("%s %u, %s",
                                      place->block->row_label != NULL ? place->block->row_label : place->block->label,
                                      place->row + 1, place->question->label));
}

/* In the order of the form; what is hidden is not sent, and not told. */
void
pv_filing_add_proofs (const PvFiling *filing, PvSubmission *submission, const GDate *today)
{
  g_autoptr (PvVisibility) visibility = NULL;

  if (proof_of (filing->identity) == PV_PROOF_NONE || g_hash_table_size (filing->taken) == 0)
    return;
  visibility = pv_visibility_new (filing, today);
  for (guint p = 0; p < filing->procedure->pages->len; p++) {
    const PvPage *page = filing->procedure->pages->pdata[p];

    if (!pv_visibility_page (visibility, page))
      continue;
    for (guint i = 0; i < page->questions->len; i++) {
      PvPlace place = { page->questions->pdata[i], NULL, 0 };

      if (place.question->kind != PV_QUESTION_BLOCK) {
        add_proof (filing, submission, visibility, &place);
        continue;
      }
      if (!pv_visibility_question (visibility, &place) || pv_filing_get_n_rows (filing, place.question->id) == 0)
        continue;
      for (guint k = 0; k < place.question->questions->len; k++)
        add_proof (filing, submission, visibility,
                   &(PvPlace){ place.question->questions->pdata[k], place.question, 0 });
    }
  }
  submission->proof = submission->proven->len > 0 ? proof_of (filing->identity) : PV_PROOF_NONE;
}

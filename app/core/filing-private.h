/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* filing-private.h: what the files filing*.c share; nobody else includes it. */
#pragma once

#include "core/filing.h"

struct PvFiling {
  PvProcedure *procedure;
  PvFilingMode mode;
  char *ref;
  PvAnswers *answers;    /* of questions outside blocks */
  GHashTable *blocks;    /* block id -> GPtrArray of PvAnswers, one for each row */
  GHashTable *options;   /* question id -> GPtrArray of PvOption that came from a source */
  GHashTable *prefilled; /* set of paths: what was proposed once is not proposed again */
  PvIdentity *identity;  /* (nullable) */
  GHashTable *taken;     /* path -> PvValue, normalised: what the identity answered */
};

/* Where a path leads. */
typedef struct {
  const PvQuestion *question;
  const PvQuestion *block; /* (nullable) */
  guint row;
} PvPlace;

gboolean pv_filing_find_place (const PvFiling *filing, const char *path, PvPlace *ret_place);
const GPtrArray *pv_filing_get_rows (const PvFiling *filing, const char *block);
const PvValue *pv_filing_get_at (const PvFiling *filing, const PvPlace *place);
/* (nullable): NULL for a row that is not there */
PvAnswers *pv_filing_answers_at (const PvFiling *filing, const PvPlace *place);
char *pv_filing_path (const PvQuestion *question, const PvQuestion *block, guint row);

/* filing-visible.c */
typedef struct PvVisibility PvVisibility;
PvVisibility *pv_visibility_new (const PvFiling *filing, const GDate *today);
void pv_visibility_free (PvVisibility *visibility);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvVisibility, pv_visibility_free)
gboolean pv_visibility_page (PvVisibility *visibility, const PvPage *page);
gboolean pv_visibility_question (PvVisibility *visibility, const PvPlace *place);
/* A condition about the page or the place (nullable); @value is the variable `value`, else NULL. */
gboolean pv_visibility_evaluate (PvVisibility *visibility, const PvExpression *expression, const PvPlace *place,
                                 const PvValue *value);
/* @template rendered with the answers, as it would be sent; NULL if it cannot be. Wipe. */
char *pv_visibility_render (PvVisibility *visibility, const char *template, const PvPlace *place);
/* TRUE if the citizen answers it: not technical, not computed, not a mere text. */
gboolean pv_question_is_asked (const PvQuestion *question);

/* filing.c */

/* The answer that the text of a prefill stands for; NULL if it is none for this question. */
PvValue *pv_question_read_prefill (const PvQuestion *question, const char *text);

/* filing-prefill.c */
gboolean pv_question_has_template (const PvQuestion *question);
/* Answers the locked questions whose prefill is a template; they change with what they are computed from. */
void pv_filing_compute_locked (const PvFiling *filing, PvVisibility *visibility);

/* filing-identity.c */

/* What the identity answers there; NULL if the question is not about the person at the kiosk. */
PvValue *pv_filing_read_identity (PvVisibility *visibility, const PvFiling *filing, const PvPlace *place);
/* The answer at @path was taken from the identity. */
void pv_filing_note_taken (PvFiling *filing, const char *path, const PvPlace *place);
/* Its rows are no longer where they were. */
void pv_filing_forget_taken (PvFiling *filing, const char *block);
/* Tells in the submission which of the answers in it are the document's. */
void pv_filing_add_proofs (const PvFiling *filing, PvSubmission *submission, const GDate *today);

/* filing-check.c */

/* Whether no cell of it has anything in it. */
gboolean pv_filing_is_table_empty (const PvFiling *filing, const PvQuestion *table);

/**
 * pv_filing_normalise:
 * @value: (nullable): as typed or chosen
 * @ret_error: (out) (optional): the sentence, wipe
 *
 * Returns: (transfer full) (nullable): the value to send; NULL with *ret_error if it is wrong, NULL without if there is
 * nothing to send.
 */
PvValue *pv_filing_normalise (const PvFiling *filing, const PvPlace *place, const PvValue *value, const GDate *today,
                              char **ret_error);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* filing.h: one citizen's run through one procedure.
 *
 * Holds the answers; tells what is to be asked (visible steps), what is wrong, and whether it is complete.  Pure: no
 * I/O, no clock ("today" is an argument), no display.  Practice is fixed at creation.
 *
 * A question is addressed by its path: its id, or "block/row/id" inside a repeated block.
 */
#pragma once

#include "core/capture.h"
#include "core/identity.h"
#include "core/intention.h"
#include "core/outcome.h"
#include "core/procedure.h"
#include "core/submission.h"

#define PV_FILING_ERROR (pv_filing_error_quark ())
GQuark pv_filing_error_quark (void);
typedef enum {
  PV_FILING_ERROR_REFUSED,    /* this actor may not, or the question is locked or absent */
  PV_FILING_ERROR_INCOMPLETE, /* something is missing or wrong */
} PvFilingError;

typedef enum { PV_FILING_REAL, PV_FILING_PRACTICE } PvFilingMode;

typedef struct PvFiling PvFiling;

/* One screen's worth of questions. */
typedef enum {
  PV_STEP_QUESTIONS, /* one question, or a tight group */
  PV_STEP_ROWS,      /* "another one?" after the rows of a block */
} PvStepKind;

typedef struct PvStep {
  PvStepKind kind;
  char *key;               /* path of its first question; "block/+" for ROWS */
  const PvPage *page;      /* borrowed from the procedure */
  const PvQuestion *block; /* (nullable): the repeated block it belongs to */
  guint row;
  GPtrArray *questions; /* (element-type PvQuestion), borrowed */
  GPtrArray *paths;     /* (element-type utf8), same length */
} PvStep;

void pv_step_free (PvStep *step);

/* Takes a reference on @procedure. @ref: kiosk reference, NULL in practice. */
PvFiling *pv_filing_new (PvProcedure *procedure, PvFilingMode mode, const char *ref);
void pv_filing_free (PvFiling *filing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvFiling, pv_filing_free)

const PvProcedure *pv_filing_get_procedure (const PvFiling *filing);
const char *pv_filing_get_ref (const PvFiling *filing);
/* Another one, before it is sent once more: the first one did not come about. */
void pv_filing_set_ref (PvFiling *filing, const char *ref);
gboolean pv_filing_is_practice (const PvFiling *filing);

/**
 * pv_filing_list_steps:
 *
 * The screens that are to be walked through now, conditions applied; statements are not among them (they are on the
 * check). Questions that are hidden or locked with a computed value are left out.
 *
 * Returns: (transfer full) (element-type PvStep)
 */
GPtrArray *pv_filing_list_steps (const PvFiling *filing, const GDate *today) G_GNUC_WARN_UNUSED_RESULT;
/* Statements that are visible now, as PvQuestion, borrowed. (transfer container) */
GPtrArray *pv_filing_list_statements (const PvFiling *filing, const GDate *today) G_GNUC_WARN_UNUSED_RESULT;

/* What was typed or chosen, kept even while it is wrong. @value NULL clears. */
gboolean pv_filing_set (PvFiling *filing, const char *path, PvValue *value, PvActor actor, GError **error);
const PvValue *pv_filing_get (const PvFiling *filing, const char *path);
/* What the form proposes by a template, once, if nothing is answered; when the question comes up. */
void pv_filing_prefill (PvFiling *filing, const char *path, const GDate *today);
/**
 * pv_filing_set_identity:
 * @identity: (nullable): copied; of a document that was not REFUSED
 *
 * From now on the questions about the person at the kiosk are answered from it, as by a prefill: once, when they come up
 * and are blank. What an identity before it answered, and nobody changed, is taken back.
 */
void pv_filing_set_identity (PvFiling *filing, const PvIdentity *identity);
/* NULL: none. (transfer none) */
const PvIdentity *pv_filing_get_identity (const PvFiling *filing);
/* How far the answer is proven: what a document said, and is unchanged. */
PvProof pv_filing_get_proof (const PvFiling *filing, const char *path);
/* Options that came from their source. Takes @options (element-type PvOption). */
void pv_filing_set_options (PvFiling *filing, const char *path, GPtrArray *options);
/* Own options or those that came; NULL = still unknown. (transfer none) */
const GPtrArray *pv_filing_get_options (const PvFiling *filing, const char *path);
/* ---- documents: see filing-documents.c ---- */

enum {
  PV_FILING_MAX_DOCUMENT_BYTES = PV_SUBMISSION_MAX_BYTES - 1024 * 1024, /* of all; the rest is for the other answers */
  PV_FILING_MIN_DOCUMENT_BYTES = 200 * 1000, /* with less room left, a page would not be readable */
};

typedef enum {
  PV_DOCUMENT_ROOM,
  PV_DOCUMENT_ROOM_NO_MORE, /* the question takes no further one */
  PV_DOCUMENT_ROOM_FULL,    /* all documents together are as large as can be sent */
} PvDocumentRoom;

gboolean pv_question_accepts_type (const PvQuestion *question, const char *content_type);
/* Of one document; never 0. */
guint64 pv_question_max_bytes (const PvQuestion *question);
guint64 pv_filing_get_document_bytes (const PvFiling *filing);
guint pv_filing_count_documents (const PvFiling *filing, const char *path);
PvDocumentRoom pv_filing_get_document_room (const PvFiling *filing, const char *path);
/* What one more may be; NULL: there is no room for one. (transfer full) (nullable) */
PvCaptureRules *pv_filing_make_capture_rules (const PvFiling *filing, const char *path) G_GNUC_WARN_UNUSED_RESULT;
/* References the content, and names it. FALSE, and nothing is changed: it is against the rules. */
gboolean pv_filing_add_document (PvFiling *filing, const char *path, const PvDocument *document, PvActor actor);
gboolean pv_filing_remove_document (PvFiling *filing, const char *path, guint index, PvActor actor);

guint pv_filing_get_n_rows (const PvFiling *filing, const char *block);
/* Path of the visible question whose answer is a time of an agenda, and the option that was chosen; NULL: none is. (transfer
 * full) @ret_option: (out) (optional) (nullable): nothing is chosen, or it is not among the options; borrowed */
char *pv_filing_find_slot (const PvFiling *filing, const GDate *today, const PvQuestion **ret_question,
                           const PvOption **ret_option) G_GNUC_WARN_UNUSED_RESULT;
gboolean pv_filing_add_row (PvFiling *filing, const char *block);
/* Whether there are more rows than the form wants at least. */
gboolean pv_filing_may_remove_row (const PvFiling *filing, const char *block);
gboolean pv_filing_remove_row (PvFiling *filing, const char *block, guint row);

/* NULL if fine, else what is wrong and how to mend it, translated. (transfer full) */
char *pv_filing_check_path (const PvFiling *filing, const char *path, const GDate *today) G_GNUC_WARN_UNUSED_RESULT;
/* A table that must be filled in wants one cell, whichever it is: that is all that w.c.s. checks. NULL if it is fine, or @step is
 * of none; asked at the end of its last row. (transfer full) */
char *pv_filing_check_table (const PvFiling *filing, const PvStep *step) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the step at @index asks for the end of the last row of its block. @steps: (element-type PvStep) */
gboolean pv_steps_end_rows (const GPtrArray *steps, guint index);
/* The failing post-conditions' messages when leaving @page, joined by newlines; NULL if none. (transfer full) */
char *pv_filing_check_page (const PvFiling *filing, const PvPage *page, const GDate *today) G_GNUC_WARN_UNUSED_RESULT;
/* Key of the first step that is not in order; NULL if all are. Statements: their path. (transfer full) */
char *pv_filing_find_problem (const PvFiling *filing, const GDate *today) G_GNUC_WARN_UNUSED_RESULT;

/* The value as the citizen reads it: label of the option, long date, grouped number, "Je n'en ai pas". (transfer full) */
char *pv_filing_display (const PvFiling *filing, const char *path) G_GNUC_WARN_UNUSED_RESULT;
/* As above for the check and the paper: IBAN and NIR masked. (transfer full) */
char *pv_filing_display_masked (const PvFiling *filing, const char *path) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_filing_build_submission:
 * @created_us: now, UTC
 *
 * Only what is visible is sent; a false condition's value never is. Refused in practice and while incomplete (a DRAFT
 * may be incomplete).
 */
PvSubmission *pv_filing_build_submission (const PvFiling *filing, PvSubmissionPurpose purpose, const GDate *today,
                                          gint64 created_us, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* value.h: one answer of a citizen.
 *
 * Immutable, reference-counted, wiped when the last reference goes.  An unanswered question has no value (NULL).
 */
#pragma once

#include <glib.h>

typedef enum {
  PV_VALUE_TEXT, /* text, number ("12.5"), date ("2020-07-13"), in the form that is sent */
  PV_VALUE_BOOL,
  PV_VALUE_OPTIONS,  /* one or several chosen options: id and label */
  PV_VALUE_FILES,    /* documents, in memory */
  PV_VALUE_ROWS,     /* rows of a repeated block: each a PvAnswers keyed by the inner question's id */
  PV_VALUE_DECLINED, /* "Je n'en ai pas": nothing is sent, the agents are told */
} PvValueType;

typedef struct PvValue PvValue;
typedef struct PvAnswers PvAnswers;

PvValue *pv_value_new_text (const char *text);
PvValue *pv_value_new_bool (gboolean value);
/* @ids, @labels: same length, NULL-terminated, copied */
PvValue *pv_value_new_options (const char *const *ids, const char *const *labels);
PvValue *pv_value_new_files (void);
PvValue *pv_value_new_rows (void);
PvValue *pv_value_new_declined (void);
PvValue *pv_value_ref (PvValue *value);
void pv_value_unref (PvValue *value);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvValue, pv_value_unref)

/* Only while building, before the value is shared. */
void pv_value_add_file (PvValue *files, const char *filename, const char *content_type, GBytes *content);
/* Of the file that was added last. Not told on the wire: the portal does not ask for it. */
void pv_value_set_n_pages (PvValue *files, guint n_pages);
/* Takes @row. */
void pv_value_add_row (PvValue *rows, PvAnswers *row);

PvValueType pv_value_get_type (const PvValue *value);
const char *pv_value_get_text (const PvValue *value); /* TEXT, else NULL */
gboolean pv_value_get_bool (const PvValue *value);
guint pv_value_get_n (const PvValue *value);                               /* options, files or rows */
const char *pv_value_get_id (const PvValue *value, guint index);           /* OPTIONS */
const char *pv_value_get_label (const PvValue *value, guint index);        /* OPTIONS */
const char *pv_value_get_filename (const PvValue *value, guint index);     /* FILES */
const char *pv_value_get_content_type (const PvValue *value, guint index); /* FILES */
GBytes *pv_value_get_content (const PvValue *value, guint index);          /* FILES, (transfer none) */
guint pv_value_get_n_pages (const PvValue *value, guint index);            /* FILES, 0 = not told */
const PvAnswers *pv_value_get_row (const PvValue *value, guint index);     /* ROWS */
gboolean pv_value_has_id (const PvValue *value, const char *id);           /* OPTIONS */

/* A form for the wire and back; NULL and no error text beyond "bad value" when the variant is not one. */
GVariant *pv_value_to_variant (const PvValue *value);
PvValue *pv_value_from_variant (GVariant *variant) G_GNUC_WARN_UNUSED_RESULT;

/* Answers by question id, in the order of setting. */
PvAnswers *pv_answers_new (void);
void pv_answers_free (PvAnswers *answers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvAnswers, pv_answers_free)
/* @value: (transfer none) (nullable): NULL removes */
void pv_answers_set (PvAnswers *answers, const char *id, PvValue *value);
const PvValue *pv_answers_get (const PvAnswers *answers, const char *id);
guint pv_answers_get_n (const PvAnswers *answers);
const char *pv_answers_get_id (const PvAnswers *answers, guint index);
GVariant *pv_answers_to_variant (const PvAnswers *answers);
PvAnswers *pv_answers_from_variant (GVariant *variant) G_GNUC_WARN_UNUSED_RESULT;

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A filing as the citizen reads it, and as it leaves for the portal. */

#include <glib/gi18n-lib.h>

#include "core/date.h"
#include "core/document.h"
#include "core/filing-private.h"
#include "core/wipe.h"

static char *
display_options (const PvValue *value)
{
  GString *labels = g_string_new (NULL);

  for (guint i = 0; i < pv_value_get_n (value); i++)
    g_string_append_printf (labels, "%s%s", i > 0 ? ", " : "", pv_value_get_label (value, i));
  return g_string_free (labels, FALSE);
}

static char *
display_text (const PvQuestion *question, const char *text, gboolean is_masked)
{
  switch (question->kind) {
  case PV_QUESTION_DATE:
    return pv_date_display_text (text);
  case PV_QUESTION_AMOUNT: {
    g_auto (GStrv) parts = g_strsplit (text, ".", 2);

    /* Translators: an amount in euros: whole part, cents. */
    return g_strdup_printf (_ ("€%s.%s"), parts[0], parts[0] != NULL && parts[1] != NULL ? parts[1] : "00");
  }
  case PV_QUESTION_NUMBER: {
    char *number = g_strdup (text);

    return g_strdelimit (number, ".", C_ ("decimal mark", ".")[0]);
  }
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
    return is_masked ? pv_format_display_masked (question->format, text) : pv_format_display (question->format, text);
  }
  return g_strdup (text);
}

/* "2 pages, 340 kB"; of several also how many there are. */
static char *
display_files (const PvValue *value)
{
  guint n = pv_value_get_n (value), n_pages = 0;
  gboolean is_known = TRUE;
  guint64 n_bytes = 0;
  g_autofree char *all = NULL, *documents = NULL;

  for (guint i = 0; i < n; i++) {
    n_pages += pv_value_get_n_pages (value, i);
    is_known &= pv_value_get_n_pages (value, i) > 0;
    n_bytes += g_bytes_get_size (pv_value_get_content (value, i));
  }
  all = pv_document_display (is_known ? n_pages : 0, n_bytes);
  if (n == 1)
    return g_steal_pointer (&all);
  documents = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u document", "%u documents", n), n);
  return g_strdup_printf ("%s, %s", documents, all);
}

static char *
display_value (const PvQuestion *question, const PvValue *value, gboolean is_masked)
{
  switch (pv_value_get_type (value)) {
  case PV_VALUE_TEXT:
    return display_text (question, pv_value_get_text (value), is_masked);
  case PV_VALUE_BOOL:
    return g_strdup (pv_value_get_bool (value) ? C_ ("answer", "Yes") : C_ ("answer", "No"));
  case PV_VALUE_OPTIONS:
    return display_options (value);
  case PV_VALUE_FILES:
    return display_files (value);
  case PV_VALUE_ROWS:
    return g_strdup ("");
  case PV_VALUE_DECLINED:
    return g_strdup (question->kind == PV_QUESTION_FILE ? _ ("To be brought later") : _ ("I have none"));
  }
  return g_strdup ("");
}

/* A date that is in order is normalised without knowing the day; the bounds play no part here. */
static char *
display (const PvFiling *filing, const char *path, gboolean is_masked)
{
  g_autoptr (PvValue) normalised = NULL;
  const PvValue *value;
  PvPlace place;
  GDate any;

  if (!pv_filing_find_place (filing, path, &place) || (value = pv_filing_get_at (filing, &place)) == NULL)
    return g_strdup ("");
  g_date_clear (&any, 1);
  g_date_set_dmy (&any, 1, 1, 2000);
  normalised = pv_filing_normalise (filing, &place, value, &any, NULL);
  if (normalised == NULL && place.question->kind == PV_QUESTION_DATE) {
    g_auto (GStrv) boxes = g_strsplit (pv_value_get_text (value), "/", 4);
    PvSecretStr *text = NULL;
    char *shown;

    if (g_strv_length (boxes) != 3 || pv_date_check_boxes (boxes[0], boxes[1], boxes[2], TRUE, &text) != PV_DATE_OK)
      return g_strdup (pv_value_get_text (value));
    shown = pv_date_display_text (text);
    pv_wipe_str (text);
    return shown;
  }
  if (normalised == NULL)
    return pv_value_get_type (value) == PV_VALUE_TEXT ? g_strdup (pv_value_get_text (value)) : g_strdup ("");
  return display_value (place.question, normalised, is_masked);
}

char *
pv_filing_display (const PvFiling *filing, const char *path)
{
  return display (filing, path, FALSE);
}

char *
pv_filing_display_masked (const PvFiling *filing, const char *path)
{
  return display (filing, path, TRUE);
}

/* What cannot be sent as a value is told to the agents in words: an unknown day. */
static PvValue *
without_unknown_day (PvSubmissionEntry *entry, const PvQuestion *question, PvValue *value)
{
  GDate date;

  if (question->kind != PV_QUESTION_DATE || pv_value_get_type (value) != PV_VALUE_TEXT
      || pv_date_parse (pv_value_get_text (value), &date))
    return value;
  entry->told = g_strdup (pv_value_get_text (value));
  pv_value_unref (value);
  return pv_value_new_declined ();
}

static PvSubmissionEntry *
make_entry (const PvFiling *filing, const PvPlace *place, const GDate *today)
{
  const PvQuestion *question = place->question;
  PvValue *value = NULL;
  PvSubmissionEntry *entry;

  if ((question->flags & PV_QUESTION_REF) != 0 && filing->ref != NULL)
    value = pv_value_new_text (filing->ref);
  else
    value = pv_filing_normalise (filing, place, pv_filing_get_at (filing, place), today, NULL);
  if (value == NULL)
    return NULL;
  entry = pv_submission_entry_new (question->id, question->name, question->kind);
  entry->is_integer = (question->flags & PV_QUESTION_INTEGER) != 0;
  entry->label = g_strdup (question->label);
  entry->value = without_unknown_day (entry, question, value);
  return entry;
}

static PvAnswers *
normalise_row (const PvFiling *filing, PvVisibility *visibility, const PvQuestion *block, guint row, const GDate *today)
{
  PvAnswers *answers = pv_answers_new ();

  for (guint i = 0; i < block->questions->len; i++) {
    PvPlace place = { block->questions->pdata[i], block, row };
    g_autoptr (PvValue) value = NULL;

    if (!pv_visibility_question (visibility, &place))
      continue;
    value = pv_filing_normalise (filing, &place, pv_filing_get_at (filing, &place), today, NULL);
    if (value != NULL && pv_value_get_type (value) != PV_VALUE_DECLINED)
      pv_answers_set (answers, place.question->id, value);
  }
  return answers;
}

/* A row sends nothing for what was declined: the note tells it, and which row it is about. */
static void
add_declined_in_row (const PvFiling *filing, PvVisibility *visibility, PvSubmission *submission,
                     const PvQuestion *block, guint row)
{
  for (guint i = 0; i < block->questions->len; i++) {
    PvPlace place = { block->questions->pdata[i], block, row };
    const PvValue *value = pv_filing_get_at (filing, &place);
    PvSubmissionEntry *entry;

    if (value == NULL || pv_value_get_type (value) != PV_VALUE_DECLINED || !pv_visibility_question (visibility, &place))
      continue;
    entry = pv_submission_entry_new (place.question->id, NULL, place.question->kind);
    entry->value = pv_value_new_declined ();
    entry->label = g_strdup_printf ("%s %u, %s", block->row_label != NULL ? block->row_label : block->label, row + 1,
                                    place.question->label);
    entry->is_in_row = TRUE;
    g_ptr_array_add (submission->entries, entry);
  }
}

/* Lines that were left empty are not sent; rows that the form itself has stand where they are. */
static void
add_row (PvSubmissionEntry *entry, const PvQuestion *block, PvAnswers *answers)
{
  gboolean is_free_line = (block->flags & PV_QUESTION_TABLE) != 0 && block->row_labels == NULL;

  if (is_free_line && pv_answers_get_n (answers) == 0)
    pv_answers_free (answers);
  else
    pv_value_add_row (entry->value, answers);
}

static PvSubmissionEntry *
make_block_entry (const PvFiling *filing, PvVisibility *visibility, const PvQuestion *block, const GDate *today)
{
  guint n_rows = pv_filing_get_n_rows (filing, block->id);
  PvSubmissionEntry *entry;

  if (n_rows == 0 || ((block->flags & PV_QUESTION_TABLE) != 0 && pv_filing_is_table_empty (filing, block)))
    return NULL;
  entry = pv_submission_entry_new (block->id, block->name, PV_QUESTION_BLOCK);
  entry->value = pv_value_new_rows ();
  entry->label = g_strdup (block->label);
  entry->is_table = (block->flags & PV_QUESTION_TABLE) != 0;
  for (guint row = 0; row < n_rows; row++)
    add_row (entry, block, normalise_row (filing, visibility, block, row, today));
  entry->inner = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_submission_entry_free);
  for (guint i = 0; i < block->questions->len; i++) {
    const PvQuestion *question = block->questions->pdata[i];
    PvSubmissionEntry *inner = pv_submission_entry_new (question->id, question->name, question->kind);

    inner->is_integer = (question->flags & PV_QUESTION_INTEGER) != 0;
    g_ptr_array_add (entry->inner, inner);
  }
  return entry;
}

static void
add_entries (const PvFiling *filing, PvSubmission *submission, const GDate *today)
{
  g_autoptr (PvVisibility) visibility = pv_visibility_new (filing, today);

  for (guint p = 0; p < filing->procedure->pages->len; p++) {
    const PvPage *page = filing->procedure->pages->pdata[p];

    if (!pv_visibility_page (visibility, page))
      continue;
    for (guint i = 0; i < page->questions->len; i++) {
      PvPlace place = { page->questions->pdata[i], NULL, 0 };
      PvSubmissionEntry *entry;

      if (!pv_visibility_question (visibility, &place))
        continue;
      entry = place.question->kind == PV_QUESTION_BLOCK ? make_block_entry (filing, visibility, place.question, today)
                                                        : make_entry (filing, &place, today);
      if (entry != NULL)
        g_ptr_array_add (submission->entries, entry);
      for (guint row = 0;
           place.question->kind == PV_QUESTION_BLOCK && row < pv_filing_get_n_rows (filing, place.question->id); row++)
        add_declined_in_row (filing, visibility, submission, place.question, row);
    }
  }
}

static const PvOption *
find_chosen (const PvFiling *filing, const char *path)
{
  const PvValue *value = pv_filing_get (filing, path);
  const GPtrArray *options = pv_filing_get_options (filing, path);

  for (guint i = 0; value != NULL && options != NULL && i < options->len; i++)
    if (pv_value_has_id (value, ((const PvOption *) options->pdata[i])->id))
      return options->pdata[i];
  return NULL;
}

char *
pv_filing_find_slot (const PvFiling *filing, const GDate *today, const PvQuestion **ret_question,
                     const PvOption **ret_option)
{
  g_autoptr (PvVisibility) visibility = pv_visibility_new (filing, today);

  for (guint p = 0; p < filing->procedure->pages->len; p++) {
    const PvPage *page = filing->procedure->pages->pdata[p];

    for (guint i = 0; pv_visibility_page (visibility, page) && i < page->questions->len; i++) {
      PvPlace place = { page->questions->pdata[i], NULL, 0 };

      if ((place.question->flags & PV_QUESTION_SLOT) == 0 || !pv_visibility_question (visibility, &place))
        continue;
      if (ret_question != NULL)
        *ret_question = place.question;
      if (ret_option != NULL)
        *ret_option = find_chosen (filing, place.question->id);
      return g_strdup (place.question->id);
    }
  }
  return NULL;
}

PvSubmission *
pv_filing_build_submission (const PvFiling *filing, PvSubmissionPurpose purpose, const GDate *today, gint64 created_us,
                            GError **error)
{
  const PvProcedure *procedure = filing->procedure;
  const PvQuestion *ref_question = pv_procedure_find_ref (procedure);
  g_autofree char *problem =
    purpose == PV_SUBMISSION_FILE || purpose == PV_SUBMISSION_BOOK ? pv_filing_find_problem (filing, today) : NULL;
  PvSubmission *submission;

  if (filing->mode == PV_FILING_PRACTICE || filing->ref == NULL) {
    g_set_error_literal (error, PV_FILING_ERROR, PV_FILING_ERROR_REFUSED, "a practice is never sent");
    return NULL;
  }
  if (problem != NULL) {
    g_set_error_literal (error, PV_FILING_ERROR, PV_FILING_ERROR_INCOMPLETE, "something is missing or wrong");
    return NULL;
  }
  submission = pv_submission_new ();
  submission->purpose = purpose;
  submission->slug = g_strdup (procedure->slug);
  submission->form_id = g_strdup (procedure->form_id);
  submission->version = g_strdup (procedure->version);
  submission->ref = g_strdup (filing->ref);
  if (ref_question != NULL)
    submission->ref_field = g_strdup (ref_question->name != NULL ? ref_question->name : ref_question->id);
  submission->created_us = created_us;
  add_entries (filing, submission, today);
  pv_filing_add_proofs (filing, submission, today);
  return submission;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The documents of a filing: how many, how large, of which kind, and what they are called. */

#include <string.h>

#include "core/document.h"
#include "core/filing-private.h"

static guint64
count_bytes (const PvValue *value)
{
  guint64 n_bytes = 0;

  if (value == NULL || pv_value_get_type (value) != PV_VALUE_FILES)
    return 0;
  for (guint i = 0; i < pv_value_get_n (value); i++)
    n_bytes += g_bytes_get_size (pv_value_get_content (value, i));
  return n_bytes;
}

static guint64
count_answers (const PvAnswers *answers)
{
  guint64 n_bytes = 0;

  for (guint i = 0; i < pv_answers_get_n (answers); i++)
    n_bytes += count_bytes (pv_answers_get (answers, pv_answers_get_id (answers, i)));
  return n_bytes;
}

/* Also of what is not visible now: it may be again. */
guint64
pv_filing_get_document_bytes (const PvFiling *filing)
{
  guint64 n_bytes = count_answers (filing->answers);
  GHashTableIter iter;
  gpointer rows;

  g_hash_table_iter_init (&iter, filing->blocks);
  while (g_hash_table_iter_next (&iter, NULL, &rows))
    for (guint i = 0; i < ((GPtrArray *) rows)->len; i++)
      n_bytes += count_answers (((GPtrArray *) rows)->pdata[i]);
  return n_bytes;
}

/* @type: one of ours; the form may say "image/ *" for several. */
static gboolean
covers (const char *accepted, const char *type)
{
  gsize length = strlen (accepted);

  if (g_str_equal (accepted, "*/*") || g_ascii_strcasecmp (accepted, type) == 0)
    return TRUE;
  return length > 2 && g_str_has_suffix (accepted, "/*") && g_ascii_strncasecmp (accepted, type, length - 1) == 0;
}

gboolean
pv_question_accepts_type (const PvQuestion *question, const char *content_type)
{
  if (question->mime_types == NULL || question->mime_types[0] == NULL)
    return g_strv_contains (pv_document_types, content_type);
  for (guint i = 0; question->mime_types[i] != NULL; i++)
    if (covers (question->mime_types[i], content_type))
      return TRUE;
  return FALSE;
}

guint64
pv_question_max_bytes (const PvQuestion *question)
{
  return question->max_bytes > 0 ? question->max_bytes : PV_CAPTURE_MAX_BYTES;
}

static char **
list_types (const PvQuestion *question)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; pv_document_types[i] != NULL; i++)
    if (pv_question_accepts_type (question, pv_document_types[i]))
      g_strv_builder_add (builder, pv_document_types[i]);
  return g_strv_builder_end (builder);
}

guint
pv_filing_count_documents (const PvFiling *filing, const char *path)
{
  const PvValue *value = pv_filing_get (filing, path);

  return value != NULL && pv_value_get_type (value) == PV_VALUE_FILES ? pv_value_get_n (value) : 0;
}

PvDocumentRoom
pv_filing_get_document_room (const PvFiling *filing, const char *path)
{
  PvPlace place;

  if (!pv_filing_find_place (filing, path, &place) || place.question->kind != PV_QUESTION_FILE
      || pv_filing_count_documents (filing, path) >= MAX (place.question->max_files, 1))
    return PV_DOCUMENT_ROOM_NO_MORE;
  if (pv_filing_get_document_bytes (filing) + PV_FILING_MIN_DOCUMENT_BYTES > PV_FILING_MAX_DOCUMENT_BYTES)
    return PV_DOCUMENT_ROOM_FULL;
  return PV_DOCUMENT_ROOM;
}

PvCaptureRules *
pv_filing_make_capture_rules (const PvFiling *filing, const char *path)
{
  PvCaptureRules *rules;
  PvPlace place;
  guint64 left;

  if (pv_filing_get_document_room (filing, path) != PV_DOCUMENT_ROOM || !pv_filing_find_place (filing, path, &place))
    return NULL;
  left = PV_FILING_MAX_DOCUMENT_BYTES - pv_filing_get_document_bytes (filing);
  rules = pv_capture_rules_new (path);
  rules->mime_types = list_types (place.question);
  rules->max_bytes = MIN (pv_question_max_bytes (place.question), left);
  if (!pv_question_accepts_type (place.question, "application/pdf"))
    rules->max_pages = 1; /* a picture is one */
  rules->is_sample = filing->mode == PV_FILING_PRACTICE;
  return rules;
}

static gboolean
is_taken (const PvValue *files, const char *filename)
{
  for (guint i = 0; i < pv_value_get_n (files); i++)
    if (g_str_equal (pv_value_get_filename (files, i), filename))
      return TRUE;
  return FALSE;
}

/* (transfer full): "document-2.pdf": nothing of the person, and no other one of this answer (formats-fr 8) */
static char *
name_document (const PvValue *files, const char *content_type)
{
  const char *suffix = g_str_equal (content_type, "application/pdf") ? "pdf"
                       : g_str_equal (content_type, "image/png")     ? "png"
                                                                     : "jpg";

  for (guint i = 1;; i++) {
    g_autofree char *name = g_strdup_printf ("document-%u.%s", i, suffix);

    if (!is_taken (files, name))
      return g_steal_pointer (&name);
  }
}

static void
copy_file (PvValue *files, const PvValue *from, guint index)
{
  pv_value_add_file (files, pv_value_get_filename (from, index), pv_value_get_content_type (from, index),
                     pv_value_get_content (from, index));
  pv_value_set_n_pages (files, pv_value_get_n_pages (from, index));
}

gboolean
pv_filing_add_document (PvFiling *filing, const char *path, const PvDocument *document, PvActor actor)
{
  const PvValue *before = pv_filing_get (filing, path);
  guint n_before = pv_filing_count_documents (filing, path);
  g_autoptr (PvCaptureRules) rules = pv_filing_make_capture_rules (filing, path);
  g_autoptr (PvValue) files = pv_value_new_files ();
  g_autofree char *name = NULL;

  if (rules == NULL || g_bytes_get_size (document->content) > rules->max_bytes
      || !g_strv_contains ((const char *const *) rules->mime_types, document->content_type))
    return FALSE;
  for (guint i = 0; i < n_before; i++)
    copy_file (files, before, i);
  name = name_document (files, document->content_type);
  pv_value_add_file (files, name, document->content_type, document->content);
  pv_value_set_n_pages (files, document->n_pages);
  return pv_filing_set (filing, path, files, actor, NULL);
}

gboolean
pv_filing_remove_document (PvFiling *filing, const char *path, guint index, PvActor actor)
{
  const PvValue *before = pv_filing_get (filing, path);
  guint n_before = pv_filing_count_documents (filing, path);
  g_autoptr (PvValue) files = pv_value_new_files ();

  if (index >= n_before)
    return FALSE;
  for (guint i = 0; i < n_before; i++)
    if (i != index)
      copy_file (files, before, i);
  return pv_filing_set (filing, path, n_before > 1 ? files : NULL, actor, NULL);
}

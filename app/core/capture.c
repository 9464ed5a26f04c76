/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/capture.h"

PvCaptureRules *
pv_capture_rules_new (const char *path)
{
  PvCaptureRules *rules = g_new0 (PvCaptureRules, 1);

  rules->path = g_strdup (path);
  rules->max_bytes = PV_CAPTURE_MAX_BYTES;
  rules->max_pages = PV_CAPTURE_MAX_PAGES;
  return rules;
}

PvCaptureRules *
pv_capture_rules_copy (const PvCaptureRules *rules)
{
  PvCaptureRules *copy = pv_capture_rules_new (rules->path);

  copy->mime_types = g_strdupv (rules->mime_types);
  copy->max_bytes = rules->max_bytes;
  copy->max_pages = rules->max_pages;
  copy->is_sample = rules->is_sample;
  return copy;
}

void
pv_capture_rules_free (PvCaptureRules *rules)
{
  if (rules == NULL)
    return;
  g_free (rules->path);
  g_strfreev (rules->mime_types);
  g_free (rules);
}

PvDocument *
pv_document_new (const char *filename, const char *content_type, GBytes *content, guint n_pages)
{
  PvDocument *document = g_new0 (PvDocument, 1);

  g_atomic_ref_count_init (&document->refs);
  document->filename = g_strdup (filename);
  document->content_type = g_strdup (content_type);
  document->content = g_bytes_ref (content);
  document->n_pages = n_pages;
  return document;
}

PvDocument *
pv_document_ref (PvDocument *document)
{
  g_atomic_ref_count_inc (&document->refs);
  return document;
}

void
pv_document_unref (PvDocument *document)
{
  if (document == NULL || !g_atomic_ref_count_dec (&document->refs))
    return;
  g_free (document->filename);
  g_free (document->content_type);
  g_bytes_unref (document->content);
  g_free (document);
}

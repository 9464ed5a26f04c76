/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/publik/body.h"

#include <string.h>

#include "core/address.h"
#include "portal/portal.h"

const char *
pv_publik_field_id (const char *id)
{
  const char *colon = strrchr (id, ':');
  const char *field = colon != NULL ? colon + 1 : id;

  return *field == '#' ? field + 1 : field;
}

gboolean
pv_publik_is_sent_by_id (const char *id)
{
  const char *colon = strrchr (id, ':');

  return (colon != NULL ? colon[1] : id[0]) == '#';
}

static gboolean
has_own_name (const PvSubmissionEntry *entry)
{
  return entry->name != NULL && *entry->name != '\0' && !pv_publik_is_sent_by_id (entry->id);
}

static gboolean
is_location (const PvValue *value)
{
  double latitude, longitude;

  return pv_value_get_type (value) == PV_VALUE_OPTIONS && pv_value_get_n (value) == 1
         && pv_location_parse (pv_value_get_id (value, 0), &latitude, &longitude);
}

static gboolean
is_sent (const PvSubmissionEntry *entry, const PvValue *value)
{
  if (value == NULL || pv_value_get_type (value) == PV_VALUE_DECLINED || entry->kind == PV_QUESTION_INFO)
    return FALSE;
  if (entry->kind == PV_QUESTION_PLACE) /* out of an outbox, which may hold anything */
    return is_location (value);
  switch (pv_value_get_type (value)) {
  case PV_VALUE_TEXT:
    return *pv_value_get_text (value) != '\0';
  case PV_VALUE_OPTIONS:
  case PV_VALUE_FILES:
    return pv_value_get_n (value) > 0;
  case PV_VALUE_BOOL:
  case PV_VALUE_ROWS:
  case PV_VALUE_DECLINED:
    break;
  }
  return TRUE;
}

/* A whole number as such; any other text, decimal numbers included, as text: w.c.s. reads both, and no digit is lost. */
static void
write_text (PvJsonWriter *writer, const char *key, const PvSubmissionEntry *entry, const char *text)
{
  gint64 number;

  if (entry->kind == PV_QUESTION_NUMBER && entry->is_integer
      && g_ascii_string_to_signed (text, 10, -G_MAXINT64, G_MAXINT64, &number, NULL))
    pv_json_writer_int (writer, key, number);
  else
    pv_json_writer_text (writer, key, text);
}

/* publik-api, 2.4: {"lat": 48.2, "lon": 3.28}, digit by digit as it was chosen. */
static void
write_location (PvJsonWriter *writer, const char *key, const PvValue *value)
{
  g_auto (GStrv) degrees = g_strsplit (pv_value_get_id (value, 0), ";", 2);

  pv_json_writer_begin_object (writer, key);
  pv_json_writer_decimal (writer, "lat", degrees[0]);
  pv_json_writer_decimal (writer, "lon", degrees[1]);
  pv_json_writer_end_object (writer);
}

static void
write_options (PvJsonWriter *writer, const char *key, const PvSubmissionEntry *entry, const PvValue *value)
{
  if (entry->kind == PV_QUESTION_PLACE) {
    write_location (writer, key, value);
    return;
  }
  if (entry->kind != PV_QUESTION_CHOICES) {
    pv_json_writer_text (writer, key, pv_value_get_id (value, 0));
    return;
  }
  pv_json_writer_begin_array (writer, key);
  for (guint i = 0; i < pv_value_get_n (value); i++)
    pv_json_writer_text (writer, NULL, pv_value_get_id (value, i));
  pv_json_writer_end_array (writer);
}

static gboolean
write_file (PvJsonWriter *writer, const char *key, const PvValue *value, GError **error)
{
  const guint8 *data;
  gsize size;

  if (pv_value_get_n (value) != 1) {
    g_set_error (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_DENIED, "%u files for one field, the portal takes one",
                 pv_value_get_n (value));
    return FALSE;
  }
  data = g_bytes_get_data (pv_value_get_content (value, 0), &size);
  pv_json_writer_begin_object (writer, key);
  pv_json_writer_text (writer, "filename", pv_value_get_filename (value, 0));
  pv_json_writer_text (writer, "content_type", pv_value_get_content_type (value, 0));
  pv_json_writer_base64 (writer, "content", data, size);
  pv_json_writer_end_object (writer);
  return TRUE;
}

static gboolean write_value (PvJsonWriter *writer, const char *key, const PvSubmissionEntry *entry,
                             const PvValue *value, GError **error);

/* A list of lists of texts; a cell with nothing in it holds its place. */
static void
write_table (PvJsonWriter *writer, const char *key, const PvSubmissionEntry *entry, const PvValue *value)
{
  pv_json_writer_begin_array (writer, key);
  for (guint row = 0; row < pv_value_get_n (value); row++) {
    const PvAnswers *answers = pv_value_get_row (value, row);

    pv_json_writer_begin_array (writer, NULL);
    for (guint i = 0; entry->inner != NULL && i < entry->inner->len; i++) {
      const PvSubmissionEntry *inner = g_ptr_array_index (entry->inner, i);
      const PvValue *cell = pv_answers_get (answers, inner->id);
      const char *text = "";

      if (is_sent (inner, cell) && pv_value_get_type (cell) == PV_VALUE_TEXT)
        text = pv_value_get_text (cell);
      else if (is_sent (inner, cell) && pv_value_get_type (cell) == PV_VALUE_OPTIONS)
        text = pv_value_get_id (cell, 0);
      pv_json_writer_text (writer, NULL, text);
    }
    pv_json_writer_end_array (writer);
  }
  pv_json_writer_end_array (writer);
}

static gboolean
write_rows (PvJsonWriter *writer, const char *key, const PvSubmissionEntry *entry, const PvValue *value, GError **error)
{
  pv_json_writer_begin_array (writer, key);
  for (guint row = 0; row < pv_value_get_n (value); row++) {
    const PvAnswers *answers = pv_value_get_row (value, row);

    pv_json_writer_begin_object (writer, NULL);
    for (guint i = 0; entry->inner != NULL && i < entry->inner->len; i++) {
      const PvSubmissionEntry *inner = g_ptr_array_index (entry->inner, i);
      const PvValue *cell = pv_answers_get (answers, inner->id);

      if (is_sent (inner, cell)
          && !write_value (writer, has_own_name (inner) ? inner->name : pv_publik_field_id (inner->id), inner, cell,
                           error))
        return FALSE;
    }
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_end_array (writer);
  return TRUE;
}

static gboolean
write_value (PvJsonWriter *writer, const char *key, const PvSubmissionEntry *entry, const PvValue *value,
             GError **error)
{
  switch (pv_value_get_type (value)) {
  case PV_VALUE_TEXT:
    write_text (writer, key, entry, pv_value_get_text (value));
    break;
  case PV_VALUE_BOOL:
    pv_json_writer_bool (writer, key, pv_value_get_bool (value));
    break;
  case PV_VALUE_OPTIONS:
    write_options (writer, key, entry, value);
    break;
  case PV_VALUE_FILES:
    return write_file (writer, key, value, error);
  case PV_VALUE_ROWS:
    if (!entry->is_table)
      return write_rows (writer, key, entry, value, error);
    write_table (writer, key, entry, value);
    break;
  case PV_VALUE_DECLINED:
    break;
  }
  return TRUE;
}

/* The entries that travel by name, or those that travel by id. */
static gboolean
write_entries (PvJsonWriter *writer, const PvSubmission *submission, gboolean by_name, GError **error)
{
  for (guint i = 0; i < submission->entries->len; i++) {
    const PvSubmissionEntry *entry = g_ptr_array_index (submission->entries, i);
    const char *key = by_name ? entry->name : pv_publik_field_id (entry->id);

    if (has_own_name (entry) == by_name && is_sent (entry, entry->value)
        && !write_value (writer, key, entry, entry->value, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
has_entries_by_id (const PvSubmission *submission)
{
  for (guint i = 0; i < submission->entries->len; i++) {
    const PvSubmissionEntry *entry = g_ptr_array_index (submission->entries, i);

    if (!has_own_name (entry) && is_sent (entry, entry->value))
      return TRUE;
  }
  return FALSE;
}

/* Whether the field of the reference is already among the entries. */
static gboolean
has_ref (const PvSubmission *submission)
{
  for (guint i = 0; i < submission->entries->len; i++) {
    const PvSubmissionEntry *entry = g_ptr_array_index (submission->entries, i);

    if (is_sent (entry, entry->value)
        && (g_strcmp0 (entry->name, submission->ref_field) == 0 || g_str_equal (entry->id, submission->ref_field)))
      return TRUE;
  }
  return FALSE;
}

static gboolean
write_data (PvJsonWriter *writer, const PvSubmission *submission, GError **error)
{
  pv_json_writer_begin_object (writer, "data");
  if (!write_entries (writer, submission, TRUE, error))
    return FALSE;
  if (submission->ref_field != NULL && !has_ref (submission))
    pv_json_writer_text (writer, pv_publik_field_id (submission->ref_field), submission->ref);
  if (has_entries_by_id (submission)) {
    pv_json_writer_begin_object (writer, "_unnamed");
    if (!write_entries (writer, submission, FALSE, error))
      return FALSE;
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_end_object (writer);
  return TRUE;
}

PvJsonWriter *
pv_publik_build_body (const PvSubmission *submission, GError **error)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();

  pv_json_writer_begin_object (writer, NULL);
  if (!write_data (writer, submission, error))
    return NULL;
  pv_json_writer_begin_object (writer, "meta");
  pv_json_writer_bool (writer, "draft", submission->purpose == PV_SUBMISSION_DRAFT);
  pv_json_writer_end_object (writer);
  /* A context without user_id leaves the filing without an owner, which is what a kiosk's filing is (publik-api, 3.1). */
  pv_json_writer_begin_object (writer, "context");
  pv_json_writer_text (writer, "channel", "counter");
  if (submission->note != NULL && *submission->note != '\0') {
    g_autofree char *note = g_utf8_substring (
      submission->note, 0, MIN (g_utf8_strlen (submission->note, -1), PV_PUBLIK_MAX_COMMENT_BYTES / 4));

    pv_json_writer_text (writer, "comments", note);
  }
  pv_json_writer_end_object (writer);
  pv_json_writer_end_object (writer);
  return g_steal_pointer (&writer);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* schema-text.c: what bounds a text, a number, a date, a file. */

#include <string.h>

#include "portal/publik/schema-reader.h"

/* Validation types of w.c.s., publik-api 2.7. */
static void
read_validation (PvPublikReader *reader, const PvJson *field, PvQuestion *question)
{
  g_autoptr (PvJson) validation = pv_json_get_member (field, "validation");
  g_autofree char *type = NULL;
  g_autofree char *value = NULL;

  if (validation == NULL || pv_json_get_type (validation) != PV_JSON_OBJECT)
    return;
  type = pv_publik_read_text (validation, "type", PV_PUBLIK_MAX_ID_BYTES);
  if (type == NULL || g_str_equal (type, "none"))
    return;
  value = pv_publik_read_text (validation, "value", PV_PROCEDURE_MAX_TEXT_BYTES);
  question->error_text = pv_publik_read_plain (validation, "error_message");
  if (pv_publik_is_template (question->error_text))
    g_clear_pointer (&question->error_text, g_free);
  if (g_str_equal (type, "regex")) {
    g_autoptr (GRegex) regex = value != NULL ? g_regex_new (value, G_REGEX_ANCHORED, 0, NULL) : NULL;

    if (regex == NULL)
      pv_publik_refuse (reader, field, "a regular expression that the kiosk cannot read");
    else
      question->pattern = g_steal_pointer (&value);
  } else if (g_str_equal (type, "django")) {
    if (value != NULL)
      question->check = pv_publik_parse_expression (reader, field, value);
  } else if (!pv_format_from_publik (type, &question->format)) {
    pv_publik_refuse (reader, field, "an unknown type of validation");
  }
}

void
pv_publik_read_string (PvPublikReader *reader, const PvJson *field, PvQuestion *question)
{
  pv_publik_read_count (field, "maxlength", G_MAXINT, &question->max_chars);
  read_validation (reader, field, question);
  if (question->format == PV_FORMAT_EMAIL)
    question->kind = PV_QUESTION_EMAIL;
  if (question->format == PV_FORMAT_PHONE || question->format == PV_FORMAT_PHONE_FR
      || question->format == PV_FORMAT_MOBILE_FR)
    question->kind = PV_QUESTION_PHONE;
  /* A data source only suggests while typing, any other text is as good: it is not read. */
}

/* A decimal number with a point, or NULL. */
static char *
read_decimal (PvPublikReader *reader, const PvJson *field, const char *key)
{
  g_autofree char *text = pv_publik_read_text (field, key, PV_PUBLIK_MAX_ID_BYTES);

  if (text == NULL)
    return NULL;
  g_strstrip (text);
  g_strdelimit (text, ",", '.');
  if (!g_regex_match_simple ("^-?[0-9]{1,15}(\\.[0-9]{1,6})?$", text, G_REGEX_DOLLAR_ENDONLY, 0)) {
    pv_publik_refuse (reader, field, "a limit that is not a number");
    return NULL;
  }
  return g_steal_pointer (&text);
}

void
pv_publik_read_number (PvPublikReader *reader, const PvJson *field, PvQuestion *question)
{
  if (pv_publik_read_flag (field, "restrict_to_integers", TRUE))
    question->flags |= PV_QUESTION_INTEGER;
  question->min = read_decimal (reader, field, "min_value");
  question->max = read_decimal (reader, field, "max_value");
}

/* YYYY-MM-DD or DD/MM/YYYY, as YYYY-MM-DD; NULL if it is none. */
static char *
parse_date (const char *text)
{
  g_autoptr (GRegex) iso = g_regex_new ("^(\\d{4})-(\\d{2})-(\\d{2})$", G_REGEX_DOLLAR_ENDONLY, 0, NULL);
  g_autoptr (GRegex) french = g_regex_new ("^(\\d{2})/(\\d{2})/(\\d{4})$", G_REGEX_DOLLAR_ENDONLY, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *day = NULL;
  g_autofree char *month = NULL;
  g_autofree char *year = NULL;
  gboolean is_iso = g_regex_match (iso, text, 0, &match);

  if (!is_iso) {
    g_clear_pointer (&match, g_match_info_free);
    if (!g_regex_match (french, text, 0, &match))
      return NULL;
  }
  day = g_match_info_fetch (match, is_iso ? 3 : 1);
  month = g_match_info_fetch (match, 2);
  year = g_match_info_fetch (match, is_iso ? 1 : 3);
  if (!g_date_valid_dmy ((GDateDay) g_ascii_strtoull (day, NULL, 10), (GDateMonth) g_ascii_strtoull (month, NULL, 10),
                         (GDateYear) g_ascii_strtoull (year, NULL, 10)))
    return NULL;
  return g_strdup_printf ("%s-%s-%s", year, month, day);
}

/* "{{ today|add_days:15 }}" as the right side of a comparison; NULL if it is anything else. */
static char *
unwrap_template (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  gsize length = strlen (stripped);

  if (!g_str_has_prefix (stripped, "{{") || !g_str_has_suffix (stripped, "}}") || length < 5)
    return NULL;
  stripped[length - 2] = '\0';
  if (pv_publik_is_template (stripped + 2) || strstr (stripped + 2, "}}") != NULL)
    return NULL;
  return g_strdup (g_strstrip (stripped + 2));
}

/* A fixed limit goes to @ret_limit; a computed one becomes a part of the check. */
static void
read_date_limit (PvPublikReader *reader, const PvJson *field, const char *key, const char *operator, char ** ret_limit,
                 GString *check)
{
  g_autofree char *text = pv_publik_read_text (field, key, PV_PROCEDURE_MAX_TEXT_BYTES);
  g_autofree char *inner = NULL;

  if (text == NULL)
    return;
  *ret_limit = parse_date (text);
  if (*ret_limit != NULL)
    return;
  inner = unwrap_template (text);
  if (inner == NULL) {
    pv_publik_refuse (reader, field, "a limit that is not a date");
    return;
  }
  g_string_append_printf (check, "%svalue|date %s %s", check->len > 0 ? " and " : "", operator, inner);
}

void
pv_publik_read_date (PvPublikReader *reader, const PvJson *field, PvQuestion *question)
{
  g_autoptr (GString) check = g_string_new (NULL);

  read_date_limit (reader, field, "minimum_date", ">=", &question->min, check);
  read_date_limit (reader, field, "maximum_date", "<=", &question->max, check);
  if (check->len > 0)
    question->check = pv_publik_parse_expression (reader, field, check->str);
  if (pv_publik_read_flag (field, "minimum_is_future", FALSE))
    question->flags |= PV_QUESTION_FUTURE_ONLY;
  if (pv_publik_read_flag (field, "date_in_the_past", FALSE))
    question->flags |= PV_QUESTION_PAST_ONLY;
  if (pv_publik_read_flag (field, "date_can_be_today", FALSE))
    question->flags |= PV_QUESTION_TODAY_TOO;
}

/* "3Mo": publik-api, 2.7. FALSE if it is no size. */
static gboolean
parse_size (const char *text, guint64 *ret_bytes)
{
  g_autoptr (GRegex) regex = g_regex_new ("^\\s*(\\d{1,9})\\s*([MKk]i?)?[oB]?\\s*$", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *number = NULL;
  g_autofree char *unit = NULL;
  guint64 factor = 1;

  if (!g_regex_match (regex, text, 0, &match))
    return FALSE;
  number = g_match_info_fetch (match, 1);
  unit = g_match_info_fetch (match, 2);
  if (unit != NULL && *unit != '\0') {
    gboolean is_binary = unit[1] == 'i';

    factor = is_binary ? 1024 : 1000;
    if (unit[0] == 'M')
      factor *= factor;
  }
  *ret_bytes = g_ascii_strtoull (number, NULL, 10) * factor;
  return TRUE;
}

/* Some sites write several types into one entry, with commas. */
static char **
read_mime_types (const PvJson *document_type)
{
  g_autoptr (PvJson) list = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gsize n_items;

  if (!pv_json_find_array (document_type, "mimetypes", PV_PUBLIK_MAX_FIELDS, &list, NULL) || list == NULL)
    return NULL;
  n_items = pv_json_get_length (list);
  for (gsize i = 0; i < n_items; i++) {
    g_autoptr (PvJson) item = pv_json_get_item (list, i);
    g_auto (GStrv) parts = g_strsplit (pv_json_get_text (item) != NULL ? pv_json_get_text (item) : "", ",", -1);

    for (guint j = 0; parts[j] != NULL; j++)
      if (*g_strstrip (parts[j]) != '\0')
        g_strv_builder_add (builder, parts[j]);
  }
  return g_strv_builder_end (builder);
}

/* What a scanner or a phone at the kiosk makes. */
static gboolean
accepts_scans (char **mime_types)
{
  static const char *const ours[] = { "application/pdf", "image/jpeg", "image/png", "image/*", "*/*", NULL };

  if (mime_types == NULL || *mime_types == NULL)
    return TRUE;
  for (guint i = 0; mime_types[i] != NULL; i++)
    if (g_strv_contains (ours, mime_types[i]))
      return TRUE;
  return FALSE;
}

void
pv_publik_read_file (PvPublikReader *reader, const PvJson *field, PvQuestion *question)
{
  g_autoptr (PvJson) document_type = pv_json_get_member (field, "document_type");
  g_autofree char *size = pv_publik_read_text (field, "max_file_size", PV_PUBLIK_MAX_ID_BYTES);

  question->max_files = 1;
  if (size != NULL && !parse_size (size, &question->max_bytes))
    pv_publik_refuse_for (reader, PV_BEYOND_DOCUMENT, field, "a size that cannot be read");
  if (document_type == NULL || pv_json_get_type (document_type) != PV_JSON_OBJECT)
    return;
  question->mime_types = read_mime_types (document_type);
  if (!accepts_scans (question->mime_types))
    pv_publik_refuse_for (reader, PV_BEYOND_DOCUMENT, field, "a kind of file that a kiosk does not make");
}

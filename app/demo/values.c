/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/values.h"

#include <string.h>

typedef struct Keeping {
  const PvDemoSite *site;
  PvJsonWriter *writer;
  gint64 now_us;
} Keeping;

typedef enum {
  KEEP_ALL, /* by name, else by id: a row of a block */
  KEEP_NAMED,
  KEEP_UNNAMED, /* by id */
} Which;

static void keep_some (Keeping *keeping, const PvJson *fields, const PvJson *data, Which which);

/* A value within a value, this deep at most: it is copied into deeper answers later. */
enum { MAX_DEPTH = 8 };

/* Types of fields that hold no value of the citizen's. */
static gboolean
is_display (const char *type)
{
  static const char *const types[] = { "page", "title", "subtitle", "comment", "computed", NULL };

  return g_strv_contains (types, type);
}

static gboolean
is_truthy (const PvJson *value)
{
  const char *text = pv_json_get_text (value);
  gint64 number = 1;

  switch (pv_json_get_type (value)) {
  case PV_JSON_NULL:
    return FALSE;
  case PV_JSON_BOOL:
    return pv_json_get_bool (value);
  case PV_JSON_INTEGER:
    pv_json_get_int (value, &number);
    return number != 0;
  case PV_JSON_TEXT:
    return text != NULL && *text != '\0'; /* "false" too: that is what w.c.s. does */
  case PV_JSON_ARRAY:
  case PV_JSON_OBJECT:
    return pv_json_get_length (value) > 0;
  case PV_JSON_REAL:
    break;
  }
  return TRUE;
}

/* Python's str() */
static char *
as_text (const PvJson *value)
{
  if (pv_json_get_type (value) == PV_JSON_BOOL)
    return g_strdup (pv_json_get_bool (value) ? "True" : "False");
  if (pv_json_get_type (value) == PV_JSON_ARRAY || pv_json_get_type (value) == PV_JSON_OBJECT)
    return pv_json_to_text (value);
  return pv_json_as_text (value);
}

static gboolean
is_shallow (const PvJson *value, guint depth)
{
  g_auto (GStrv) keys = NULL;

  if (depth == 0)
    return FALSE;
  if (pv_json_get_type (value) == PV_JSON_OBJECT)
    keys = pv_json_list_keys (value);
  for (gsize i = 0; i < pv_json_get_length (value); i++) {
    g_autoptr (PvJson) inner = keys != NULL ? pv_json_get_member (value, keys[i]) : pv_json_get_item (value, i);

    if (!is_shallow (inner, depth - 1))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_number (const char *text)
{
  return text != NULL && g_regex_match_simple ("^-?\\d{1,15}([.,]\\d{1,9})?$", text, G_REGEX_DOLLAR_ENDONLY, 0);
}

static gboolean
is_date (const char *text)
{
  g_autofree char *midnight = NULL;
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  if (text == NULL || strlen (text) != strlen ("YYYY-MM-DD"))
    return FALSE;
  midnight = g_strconcat (text, "T00:00:00", NULL);
  time = g_date_time_new_from_iso8601 (midnight, utc);
  return time != NULL;
}

static void
keep_file (Keeping *keeping, const char *key, const PvJson *value)
{
  g_autofree char *filename = NULL;
  g_autofree char *type = NULL;
  g_autoptr (PvJson) content = NULL;
  const char *base64;

  if (pv_json_get_type (value) == PV_JSON_OBJECT) {
    pv_json_find_text (value, "filename", PV_DEMO_MAX_NAME_BYTES, &filename, NULL);
    pv_json_find_text (value, "content_type", PV_DEMO_MAX_NAME_BYTES, &type, NULL);
    content = pv_json_get_member (value, "content");
  }
  base64 = content != NULL ? pv_json_get_text (content) : NULL;
  if (filename == NULL || base64 == NULL || strlen (base64) % 4 != 0
      || base64[strspn (base64, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")] != '\0') {
    pv_json_writer_null (keeping->writer, key);
    return;
  }
  pv_json_writer_begin_object (keeping->writer, key);
  pv_json_writer_text (keeping->writer, "filename", filename);
  pv_json_writer_text (keeping->writer, "content_type", type != NULL ? type : "application/octet-stream");
  pv_json_writer_text (keeping->writer, "content", base64);
  pv_json_writer_end_object (keeping->writer);
}

/* The row of @options with that id.  (transfer full) (nullable) */
static PvJson *
find_option (const PvJson *options, const char *id)
{
  for (gsize i = 0; options != NULL && id != NULL && i < pv_json_get_length (options); i++) {
    g_autoptr (PvJson) row = pv_json_get_item (options, i);
    g_autofree char *its_id = pv_demo_text (row, "id");

    if (g_str_equal (its_id, id))
      return g_steal_pointer (&row);
  }
  return NULL;
}

static void
keep_item (Keeping *keeping, const char *key, const PvJson *field, const PvJson *value)
{
  g_autoptr (PvJson) options = pv_demo_site_get_options (keeping->site, field, keeping->now_us);
  g_autofree char *id = as_text (value);
  g_autoptr (PvJson) row = find_option (options, id);
  g_autofree char *label = row != NULL ? pv_demo_text (row, "text") : g_strdup (id);

  pv_json_writer_text (keeping->writer, key, label);
  if (options != NULL) {
    g_autofree char *raw = g_strconcat (key, "_raw", NULL);

    pv_json_writer_text (keeping->writer, raw, id);
  }
  if (row != NULL) {
    g_autofree char *structured = g_strconcat (key, "_structured", NULL);

    pv_json_writer_value (keeping->writer, structured, row);
  }
}

static void
keep_items (Keeping *keeping, const char *key, const PvJson *field, const PvJson *value)
{
  g_autoptr (PvJson) options = pv_demo_site_get_options (keeping->site, field, keeping->now_us);
  gsize count = pv_json_get_type (value) == PV_JSON_ARRAY ? pv_json_get_length (value) : 0;

  pv_json_writer_begin_array (keeping->writer, key);
  for (gsize i = 0; i < count; i++) {
    g_autoptr (PvJson) item = pv_json_get_item (value, i);
    g_autofree char *id = as_text (item);
    g_autoptr (PvJson) row = find_option (options, id);
    g_autofree char *label = row != NULL ? pv_demo_text (row, "text") : g_strdup (id);

    pv_json_writer_text (keeping->writer, NULL, label);
  }
  pv_json_writer_end_array (keeping->writer);
  if (options != NULL && count > 0 && is_shallow (value, 2)) {
    g_autofree char *raw = g_strconcat (key, "_raw", NULL);

    pv_json_writer_value (keeping->writer, raw, value);
  }
}

/* Blocks do not nest in w.c.s. */
static void
keep_block (Keeping *keeping, const char *key, const PvJson *field, const PvJson *value)
{
  g_autoptr (PvJson) schema = pv_json_get_member (field, "schema");
  g_autoptr (PvJson) fields = schema != NULL ? pv_json_get_member (schema, "fields") : NULL;
  gsize count = pv_json_get_type (value) == PV_JSON_ARRAY ? pv_json_get_length (value) : 0;

  pv_json_writer_begin_array (keeping->writer, key);
  for (gsize i = 0; i < count; i++) {
    g_autoptr (PvJson) row = pv_json_get_item (value, i);

    pv_json_writer_begin_object (keeping->writer, NULL);
    if (fields != NULL && pv_json_get_type (row) == PV_JSON_OBJECT)
      keep_some (keeping, fields, row, KEEP_ALL);
    pv_json_writer_end_object (keeping->writer);
  }
  pv_json_writer_end_array (keeping->writer);
}

static void
keep_value (Keeping *keeping, const char *key, const char *type, const PvJson *field, const PvJson *value)
{
  g_autofree char *text = as_text (value);

  if (g_str_equal (type, "bool"))
    pv_json_writer_bool (keeping->writer, key, is_truthy (value));
  else if (g_str_equal (type, "numeric"))
    pv_json_writer_text (keeping->writer, key, is_number (text) ? text : NULL);
  else if (g_str_equal (type, "date"))
    pv_json_writer_text (keeping->writer, key, is_date (text) ? text : NULL);
  else if (g_str_equal (type, "file"))
    keep_file (keeping, key, value);
  else if (g_str_equal (type, "item"))
    keep_item (keeping, key, field, value);
  else if (g_str_equal (type, "items"))
    keep_items (keeping, key, field, value);
  else if (g_str_equal (type, "block"))
    keep_block (keeping, key, field, value);
  else if (g_str_equal (type, "string") || g_str_equal (type, "text") || g_str_equal (type, "email"))
    pv_json_writer_text (keeping->writer, key, text);
  else if (is_shallow (value, MAX_DEPTH))
    pv_json_writer_value (keeping->writer, key, value);
  else
    pv_json_writer_null (keeping->writer, key);
}

/* What was sent for a field: by its name, else by its id.  (transfer full) (nullable) */
static PvJson *
find_sent (const PvJson *data, const char *varname, const char *id)
{
  g_autoptr (PvJson) unnamed = pv_json_get_member (data, "_unnamed");
  PvJson *value = *varname != '\0' ? pv_json_get_member (data, varname) : NULL;

  if (value == NULL && *id != '\0')
    value = pv_json_get_member (data, id);
  if (value == NULL && *id != '\0' && unnamed != NULL && pv_json_get_type (unnamed) == PV_JSON_OBJECT)
    value = pv_json_get_member (unnamed, id);
  return value;
}

static void
keep_some (Keeping *keeping, const PvJson *fields, const PvJson *data, Which which)
{
  g_autoptr (GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < pv_json_get_length (fields); i++) {
    g_autoptr (PvJson) field = pv_json_get_item (fields, i);
    g_autofree char *type = pv_demo_text (field, "type");
    g_autofree char *varname = pv_demo_text (field, "varname");
    g_autofree char *id = pv_demo_text (field, "id");
    gboolean is_named = *varname != '\0';
    const char *key = is_named ? varname : id;
    g_autoptr (PvJson) value = NULL;

    if (is_display (type) || (which == KEEP_NAMED && !is_named) || (which == KEEP_UNNAMED && is_named)
        || g_hash_table_contains (done, key))
      continue;
    value = find_sent (data, varname, id);
    if (value == NULL)
      continue;
    keep_value (keeping, key, type, field, value);
    g_hash_table_add (done, g_strdup (key));
  }
}

char *
pv_demo_values_keep (const PvDemoSite *site, const PvJson *form, const PvJson *data, gint64 now_us)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autoptr (PvJson) fields = pv_json_get_member (form, "fields");
  Keeping keeping = { .site = site, .writer = writer, .now_us = now_us };

  pv_json_writer_begin_object (writer, NULL);
  if (fields != NULL && pv_json_get_type (fields) == PV_JSON_ARRAY)
    keep_some (&keeping, fields, data, KEEP_NAMED);
  pv_json_writer_begin_object (writer, "_unnamed");
  if (fields != NULL && pv_json_get_type (fields) == PV_JSON_ARRAY)
    keep_some (&keeping, fields, data, KEEP_UNNAMED);
  pv_json_writer_end_object (writer);
  pv_json_writer_end_object (writer);
  return g_strdup (pv_json_writer_get_text (writer, NULL));
}

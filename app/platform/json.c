/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/json.h"

#include <jansson.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "core/wipe.h"
#include "platform/json-private.h"

G_DEFINE_QUARK (pv_json_error, pv_json_error)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

enum {
  MAX_VALUES = 250000,    /* of the whole document; jansson takes about 100 bytes for each */
  PATH_KEY_MAX_BYTES = 64 /* longer keys are not named in a path */
};

/* What the portal answers may be a citizen's, and jansson has no notion of that: every block is wiped as it goes. */
static void
wipe_and_free (void *block)
{
  if (block != NULL)
    pv_wipe_bytes (block, malloc_usable_size (block));
  free (block);
}

static void
wipe_what_jansson_frees (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done)) {
    json_set_alloc_funcs (malloc, wipe_and_free);
    g_once_init_leave (&done, 1);
  }
}

static PvJson *
reference (json_t *value, char *path)
{
  PvJson *self = g_new0 (PvJson, 1);

  g_atomic_ref_count_init (&self->refs);
  self->value = json_incref (value);
  self->path = path;
  return self;
}

PvJson *
pv_json_ref (PvJson *json)
{
  g_return_val_if_fail (json != NULL, NULL);

  g_atomic_ref_count_inc (&json->refs);
  return json;
}

void
pv_json_unref (PvJson *json)
{
  if (json == NULL || !g_atomic_ref_count_dec (&json->refs))
    return;
  json_decref (json->value);
  g_free (json->path);
  g_free (json);
}

/* Parsing ---------------------------------------------------------------------------------------------------------- */

/* Behind the closing quote of the text that begins at text[at]. */
static gsize
skip_text (const char *text, gsize length, gsize at)
{
  for (at++; at < length && text[at] != '"'; at++)
    if (text[at] == '\\')
      at++;
  return at + 1;
}

/* Counts before jansson builds anything: 8 MB of "[[],[]," would make 200 MB of values. What is counted wrongly is not
 * JSON, and refused by jansson. */
static gboolean
is_within_limits (const char *text, gsize length, GError **error)
{
  gsize commas[PV_JSON_MAX_DEPTH + 1] = { 0 };
  gsize depth = 0, values = 1;

  for (gsize i = 0; i < length; i++) {
    switch (text[i]) {
    case '"':
      i = skip_text (text, length, i) - 1;
      break;
    case '[':
    case '{':
      if (++depth > PV_JSON_MAX_DEPTH) {
        g_set_error (error, PV_JSON_ERROR, PV_JSON_ERROR_TOO_LARGE, "JSON deeper than %d", PV_JSON_MAX_DEPTH);
        return FALSE;
      }
      commas[depth] = 0;
      values++;
      break;
    case ']':
    case '}':
      depth -= depth > 0 ? 1 : 0;
      break;
    case ',':
      values++;
      if (++commas[depth] >= PV_JSON_MAX_ITEMS || values > MAX_VALUES) {
        g_set_error (error, PV_JSON_ERROR, PV_JSON_ERROR_TOO_LARGE, "JSON with more than %d members or %d values",
                     PV_JSON_MAX_ITEMS, MAX_VALUES);
        return FALSE;
      }
      break;
    default:
      break;
    }
  }
  return TRUE;
}

/**
 * pv_json_parse:
 *
 * An array or object and nothing after it (RFC 8259); white space around it is allowed. Refused beyond RFC 8259:
 * duplicate keys, U+0000 in a text, integers that 64 bits do not hold.
 *
 * Returns: (transfer full): the document, or NULL with a PV_JSON_ERROR whose message says where, not what
 */
PvJson *
pv_json_parse (const char *text, gsize length, GError **error)
{
  return pv_json_parse_within (text, length, PV_JSON_MAX_BYTES, error);
}

PvJson *
pv_json_parse_within (const char *text, gsize length, gsize max_bytes, GError **error)
{
  g_autoptr (json_t) root = NULL;
  json_error_t where;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  if (length > max_bytes) {
    g_set_error (error, PV_JSON_ERROR, PV_JSON_ERROR_TOO_LARGE,
                 "JSON of %" G_GSIZE_FORMAT " bytes, limit %" G_GSIZE_FORMAT, length, max_bytes);
    return NULL;
  }
  if (!is_within_limits (text, length, error))
    return NULL;

  wipe_what_jansson_frees ();
  root = json_loadb (text != NULL ? text : "", length, JSON_REJECT_DUPLICATES, &where);
  if (root == NULL) {
    g_set_error (error, PV_JSON_ERROR, PV_JSON_ERROR_BAD_TEXT, "not JSON: line %d, column %d, code %d", where.line,
                 where.column, (int) json_error_code (&where));
    /* jansson's message quotes the text. */
    pv_wipe_bytes (&where, sizeof where);
    return NULL;
  }
  return reference (root, g_strdup ("/"));
}

/* The tree --------------------------------------------------------------------------------------------------------- */

PvJsonType
pv_json_get_type (const PvJson *json)
{
  g_return_val_if_fail (json != NULL, PV_JSON_NULL);

  switch (json_typeof (json->value)) {
  case JSON_TRUE:
  case JSON_FALSE:
    return PV_JSON_BOOL;
  case JSON_INTEGER:
    return PV_JSON_INTEGER;
  case JSON_REAL:
    return PV_JSON_REAL;
  case JSON_STRING:
    return PV_JSON_TEXT;
  case JSON_ARRAY:
    return PV_JSON_ARRAY;
  case JSON_OBJECT:
    return PV_JSON_OBJECT;
  case JSON_NULL:
  default:
    return PV_JSON_NULL;
  }
}

const char *
pv_json_get_path (const PvJson *json)
{
  g_return_val_if_fail (json != NULL, NULL);

  return json->path;
}

gsize
pv_json_get_length (const PvJson *json)
{
  g_return_val_if_fail (json != NULL, 0);

  return json_is_array (json->value) ? json_array_size (json->value) : json_object_size (json->value);
}

/* A key is named in a path, and so in a log, only if it looks like an identifier. */
static char *
path_of_member (const PvJson *object, const char *key)
{
  gboolean is_plain = *key != '\0' && strlen (key) <= PATH_KEY_MAX_BYTES;

  for (const char *c = key; *c != '\0' && is_plain; c++)
    is_plain = g_ascii_isalnum (*c) || strchr ("_-.", *c) != NULL;
  return g_strconcat (strcmp (object->path, "/") == 0 ? "" : object->path, "/", is_plain ? key : "?", NULL);
}

PvJson *
pv_json_get_member (const PvJson *object, const char *key)
{
  json_t *value;

  g_return_val_if_fail (object != NULL && key != NULL, NULL);

  value = json_object_get (object->value, key);
  return value != NULL ? reference (value, path_of_member (object, key)) : NULL;
}

/* NULL beyond the end, and if this is no array. */
PvJson *
pv_json_get_item (const PvJson *array, gsize index)
{
  json_t *value;
  char number[24];

  g_return_val_if_fail (array != NULL, NULL);

  value = json_array_get (array->value, index);
  if (value == NULL)
    return NULL;
  g_snprintf (number, sizeof number, "%" G_GSIZE_FORMAT, index);
  return reference (value, path_of_member (array, number));
}

/* Empty if this is no object. */
char **
pv_json_list_keys (const PvJson *object)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();

  g_return_val_if_fail (object != NULL, NULL);

  for (void *i = json_object_iter (object->value); i != NULL; i = json_object_iter_next (object->value, i))
    g_strv_builder_add (keys, json_object_iter_key (i));
  return g_strv_builder_end (keys);
}

/* Typed readers ---------------------------------------------------------------------------------------------------- */

typedef enum {
  FOUND,
  ABSENT, /* and that is allowed */
  WRONG,  /* error is set */
} Finding;

static gboolean
refuse (const PvJson *object, const char *key, PvJsonError code, const char *complaint, GError **error)
{
  g_autofree char *path = path_of_member (object, key);

  g_set_error (error, PV_JSON_ERROR, code, "%s: %s", path, complaint);
  return FALSE;
}

static gboolean
has_type (const json_t *value, PvJsonType type)
{
  const PvJson view = { .value = (json_t *) value };

  return pv_json_get_type (&view) == type;
}

static Finding
find_member (const PvJson *object, const char *key, PvJsonType type, gboolean is_required, json_t **ret_value,
             GError **error)
{
  static const char *const complaints[] = {
    [PV_JSON_NULL] = "expected null",          [PV_JSON_BOOL] = "expected true or false",
    [PV_JSON_INTEGER] = "expected an integer", [PV_JSON_REAL] = "expected a number",
    [PV_JSON_TEXT] = "expected a text",        [PV_JSON_ARRAY] = "expected an array",
    [PV_JSON_OBJECT] = "expected an object",
  };
  json_t *value;

  if (!json_is_object (object->value)) {
    g_set_error (error, PV_JSON_ERROR, PV_JSON_ERROR_BAD_DATA, "%s: expected an object", object->path);
    return WRONG;
  }
  value = json_object_get (object->value, key);
  if (!is_required && (value == NULL || json_is_null (value)))
    return ABSENT;
  if (value == NULL || !has_type (value, type)) {
    refuse (object, key, PV_JSON_ERROR_BAD_DATA, complaints[type], error);
    return WRONG;
  }
  *ret_value = value;
  return FOUND;
}

static gboolean
read_text (const PvJson *object, const char *key, gboolean is_required, gsize max_bytes, char **ret_text,
           GError **error)
{
  json_t *value = NULL;
  Finding finding = find_member (object, key, PV_JSON_TEXT, is_required, &value, error);

  if (finding != FOUND)
    return finding == ABSENT;
  if (json_string_length (value) > max_bytes)
    return refuse (object, key, PV_JSON_ERROR_TOO_LARGE, "text too long", error);
  *ret_text = g_strdup (json_string_value (value));
  return TRUE;
}

static gboolean
read_int (const PvJson *object, const char *key, gboolean is_required, gint64 min, gint64 max, gint64 *ret_value,
          GError **error)
{
  json_t *value = NULL;
  Finding finding = find_member (object, key, PV_JSON_INTEGER, is_required, &value, error);

  if (finding != FOUND)
    return finding == ABSENT;
  if (json_integer_value (value) < min || json_integer_value (value) > max)
    return refuse (object, key, PV_JSON_ERROR_BAD_DATA, "out of range", error);
  *ret_value = json_integer_value (value);
  return TRUE;
}

static gboolean
read_bool (const PvJson *object, const char *key, gboolean is_required, gboolean *ret_value, GError **error)
{
  json_t *value = NULL;
  Finding finding = find_member (object, key, PV_JSON_BOOL, is_required, &value, error);

  if (finding != FOUND)
    return finding == ABSENT;
  *ret_value = json_is_true (value);
  return TRUE;
}

static gboolean
read_array (const PvJson *object, const char *key, gboolean is_required, gsize max_items, PvJson **ret_array,
            GError **error)
{
  json_t *value = NULL;
  Finding finding = find_member (object, key, PV_JSON_ARRAY, is_required, &value, error);

  if (finding != FOUND)
    return finding == ABSENT;
  if (json_array_size (value) > max_items)
    return refuse (object, key, PV_JSON_ERROR_TOO_LARGE, "too many items", error);
  *ret_array = reference (value, path_of_member (object, key));
  return TRUE;
}

static gboolean
read_object (const PvJson *object, const char *key, gboolean is_required, PvJson **ret_object, GError **error)
{
  json_t *value = NULL;
  Finding finding = find_member (object, key, PV_JSON_OBJECT, is_required, &value, error);

  if (finding != FOUND)
    return finding == ABSENT;
  *ret_object = reference (value, path_of_member (object, key));
  return TRUE;
}

gboolean
pv_json_read_text (const PvJson *object, const char *key, gsize max_bytes, char **ret_text, GError **error)
{
  g_return_val_if_fail (object != NULL && key != NULL && ret_text != NULL, FALSE);
  return read_text (object, key, TRUE, max_bytes, ret_text, error);
}

gboolean
pv_json_find_text (const PvJson *object, const char *key, gsize max_bytes, char **ret_text, GError **error)
{
  g_return_val_if_fail (object != NULL && key != NULL && ret_text != NULL, FALSE);
  return read_text (object, key, FALSE, max_bytes, ret_text, error);
}

gboolean
pv_json_read_int (const PvJson *object, const char *key, gint64 min, gint64 max, gint64 *ret_value, GError **error)
{
  g_return_val_if_fail (object != NULL && key != NULL && ret_value != NULL, FALSE);
  return read_int (object, key, TRUE, min, max, ret_value, error);
}

gboolean
pv_json_find_int (const PvJson *object, const char *key, gint64 min, gint64 max, gint64 *ret_value, GError **error)
{
  g_return_val_if_fail (object != NULL && key != NULL && ret_value != NULL, FALSE);
  return read_int (object, key, FALSE, min, max, ret_value, error);
}

gboolean
pv_json_read_bool (const PvJson *object, const char *key, gboolean *ret_value, GError **error)
{
  g_return_val_if_fail (object != NULL && key != NULL && ret_value != NULL, FALSE);
  return read_bool (object, key, TRUE, ret_value, error);
}

gboolean
pv_json_find_bool (const PvJson *object, const char *key, gboolean *ret_value, GError **error)
{
  g_return_val_if_fail (object != NULL && key != NULL && ret_value != NULL, FALSE);
  return read_bool (object, key, FALSE, ret_value, error);
}

gboolean
pv_json_read_array (const PvJson *object, const char *key, gsize max_items, PvJson **ret_array, GError **error)
{
  g_return_val_if_fail (object != NULL && key != NULL && ret_array != NULL, FALSE);
  return read_array (object, key, TRUE, max_items, ret_array, error);
}

gboolean
pv_json_find_array (const PvJson *object, const char *key, gsize max_items, PvJson **ret_array, GError **error)
{
  g_return_val_if_fail (object != NULL && key != NULL && ret_array != NULL, FALSE);
  return read_array (object, key, FALSE, max_items, ret_array, error);
}

gboolean
pv_json_read_object (const PvJson *object, const char *key, PvJson **ret_object, GError **error)
{
  g_return_val_if_fail (object != NULL && key != NULL && ret_object != NULL, FALSE);
  return read_object (object, key, TRUE, ret_object, error);
}

gboolean
pv_json_find_object (const PvJson *object, const char *key, PvJson **ret_object, GError **error)
{
  g_return_val_if_fail (object != NULL && key != NULL && ret_object != NULL, FALSE);
  return read_object (object, key, FALSE, ret_object, error);
}

/* The value itself ------------------------------------------------------------------------------------------------- */

const char *
pv_json_get_text (const PvJson *json)
{
  g_return_val_if_fail (json != NULL, NULL);

  return json_string_value (json->value);
}

gboolean
pv_json_get_bool (const PvJson *json)
{
  g_return_val_if_fail (json != NULL, FALSE);

  return json_is_true (json->value);
}

gboolean
pv_json_get_int (const PvJson *json, gint64 *ret_value)
{
  g_return_val_if_fail (json != NULL && ret_value != NULL, FALSE);

  if (!json_is_integer (json->value))
    return FALSE;
  *ret_value = json_integer_value (json->value);
  return TRUE;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* json.h: the only door to JSON.
 *
 * A read-only tree with typed readers, and a writer.  Text over a named limit, too deep, with duplicate keys, or with
 * anything after the document is refused; errors name the place (`/data/3/slug: expected a text`) and never quote the
 * input.  No other file includes jansson.
 */
#pragma once

#include <glib.h>

#define PV_JSON_ERROR (pv_json_error_quark ())
GQuark pv_json_error_quark (void);

typedef enum {
  PV_JSON_ERROR_TOO_LARGE, /* over a limit */
  PV_JSON_ERROR_BAD_TEXT,  /* not JSON */
  PV_JSON_ERROR_BAD_DATA,  /* JSON, but not what was asked for */
} PvJsonError;

enum {
  PV_JSON_MAX_BYTES = 8 * 1024 * 1024, /* a catalogue of a large town is about 300 kB */
  PV_JSON_MAX_DEPTH = 24,
  PV_JSON_MAX_ITEMS = 20000, /* members of one array or object */
};

typedef enum {
  PV_JSON_NULL,
  PV_JSON_BOOL,
  PV_JSON_INTEGER,
  PV_JSON_REAL,
  PV_JSON_TEXT,
  PV_JSON_ARRAY,
  PV_JSON_OBJECT,
} PvJsonType;

/* A reference to one value of a parsed document, with the path that led there.  Immutable. */
typedef struct PvJson PvJson;

PvJson *pv_json_parse (const char *text, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same with another limit than PV_JSON_MAX_BYTES: a filing with its documents is larger than any answer. */
PvJson *pv_json_parse_within (const char *text, gsize length, gsize max_bytes,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
PvJson *pv_json_ref (PvJson *json);
void pv_json_unref (PvJson *json);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvJson, pv_json_unref)

PvJsonType pv_json_get_type (const PvJson *json);
const char *pv_json_get_path (const PvJson *json);
gsize pv_json_get_length (const PvJson *json); /* members of an array or object, else 0 */

/* Children. Missing member: NULL without error. (transfer full) */
PvJson *pv_json_get_member (const PvJson *object, const char *key) G_GNUC_WARN_UNUSED_RESULT;
PvJson *pv_json_get_item (const PvJson *array, gsize index) G_GNUC_WARN_UNUSED_RESULT;
/* Keys of an object, in document order. (transfer full) */
char **pv_json_list_keys (const PvJson *object) G_GNUC_WARN_UNUSED_RESULT;

/* Typed member readers. "read" = must be there; "find" = absent or null leaves *ret untouched and succeeds.
 * Text is valid UTF-8 without NUL, at most @max_bytes; (transfer full). */
gboolean pv_json_read_text (const PvJson *object, const char *key, gsize max_bytes, char **ret_text, GError **error);
gboolean pv_json_find_text (const PvJson *object, const char *key, gsize max_bytes, char **ret_text, GError **error);
gboolean pv_json_read_int (const PvJson *object, const char *key, gint64 min, gint64 max, gint64 *ret_value,
                           GError **error);
gboolean pv_json_find_int (const PvJson *object, const char *key, gint64 min, gint64 max, gint64 *ret_value,
                           GError **error);
gboolean pv_json_read_bool (const PvJson *object, const char *key, gboolean *ret_value, GError **error);
gboolean pv_json_find_bool (const PvJson *object, const char *key, gboolean *ret_value, GError **error);
gboolean pv_json_read_array (const PvJson *object, const char *key, gsize max_items, PvJson **ret_array,
                             GError **error);
gboolean pv_json_find_array (const PvJson *object, const char *key, gsize max_items, PvJson **ret_array,
                             GError **error);
gboolean pv_json_read_object (const PvJson *object, const char *key, PvJson **ret_object, GError **error);
gboolean pv_json_find_object (const PvJson *object, const char *key, PvJson **ret_object, GError **error);

/* The value itself. get_text: NULL unless text (transfer none). as_text: text, or a number or boolean in its JSON
 * spelling, NULL for other types (transfer full). */
const char *pv_json_get_text (const PvJson *json);
gboolean pv_json_get_bool (const PvJson *json); /* FALSE unless true */
gboolean pv_json_get_int (const PvJson *json, gint64 *ret_value);
char *pv_json_as_text (const PvJson *json) G_GNUC_WARN_UNUSED_RESULT;
/* Canonical text of the value (sorted keys, compact). (transfer full) */
char *pv_json_to_text (const PvJson *json) G_GNUC_WARN_UNUSED_RESULT;

/* Writer: builds text directly into one buffer that is wiped when freed, because what Parvis writes is a citizen's. */
typedef struct PvJsonWriter PvJsonWriter;

PvJsonWriter *pv_json_writer_new (void) G_GNUC_WARN_UNUSED_RESULT;
void pv_json_writer_free (PvJsonWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvJsonWriter, pv_json_writer_free)
/* @key: NULL inside an array or for the document itself. Misuse (unbalanced, key where none may be) is a programming
 * error and aborts. */
void pv_json_writer_begin_object (PvJsonWriter *writer, const char *key);
void pv_json_writer_end_object (PvJsonWriter *writer);
void pv_json_writer_begin_array (PvJsonWriter *writer, const char *key);
void pv_json_writer_end_array (PvJsonWriter *writer);
void pv_json_writer_text (PvJsonWriter *writer, const char *key, const char *text); /* NULL writes null */
void pv_json_writer_int (PvJsonWriter *writer, const char *key, gint64 value);
/* A plain decimal, "-48.2", written as it stands; anything else writes null. */
void pv_json_writer_decimal (PvJsonWriter *writer, const char *key, const char *decimal);
void pv_json_writer_bool (PvJsonWriter *writer, const char *key, gboolean value);
void pv_json_writer_null (PvJsonWriter *writer, const char *key);
/* Bytes as standard base64, straight into the buffer. */
void pv_json_writer_base64 (PvJsonWriter *writer, const char *key, const guint8 *data, gsize size);
/* A value copied from a parsed document. */
void pv_json_writer_value (PvJsonWriter *writer, const char *key, const PvJson *value);
/* Borrowed: the finished document, valid until the writer is freed. */
const char *pv_json_writer_get_text (PvJsonWriter *writer, gsize *ret_length);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <jansson.h>
#include <string.h>

#include "platform/buffer.h"
#include "platform/json-private.h"

typedef enum {
  IN_DOCUMENT,
  IN_ARRAY,
  IN_OBJECT,
} Place;

struct PvJsonWriter {
  PvBuffer buffer;
  Place places[PV_JSON_MAX_DEPTH + 1];
  gboolean has_members[PV_JSON_MAX_DEPTH + 1];
  guint depth;
};

static void
buffer_add_str (PvBuffer *buffer, const char *text)
{
  pv_buffer_add (buffer, text, strlen (text));
}

static void
buffer_add_int (PvBuffer *buffer, gint64 value)
{
  char digits[24];

  g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, value);
  buffer_add_str (buffer, digits);
}

/* With 15 digits if they give the same number back, so that 0.1 stays 0.1; and never as an integer. */
static void
buffer_add_real (PvBuffer *buffer, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (digits, sizeof digits, "%.15g", value);
  if (g_ascii_strtod (digits, NULL) < value || g_ascii_strtod (digits, NULL) > value)
    g_ascii_dtostr (digits, sizeof digits, value);
  buffer_add_str (buffer, digits);
  if (strpbrk (digits, ".e") == NULL)
    buffer_add_str (buffer, ".0");
}

/* In quotes. A byte that is no UTF-8 becomes U+FFFD: what comes in was validated, and a document must go out valid. */
static void
buffer_add_quoted (PvBuffer *buffer, const char *text)
{
  const char *end = text + strlen (text);

  pv_buffer_add (buffer, "\"", 1);
  while (text < end) {
    gunichar c = g_utf8_get_char_validated (text, end - text);
    char escape[8];

    if (c == (gunichar) -1 || c == (gunichar) -2) {
      buffer_add_str (buffer, "\xef\xbf\xbd");
      text++;
      continue;
    }
    if (c == '"' || c == '\\') {
      g_snprintf (escape, sizeof escape, "\\%c", (int) c);
      buffer_add_str (buffer, escape);
    } else if (c < 0x20 || c == 0x7f) {
      g_snprintf (escape, sizeof escape, "\\u%04x", c);
      buffer_add_str (buffer, escape);
    } else {
      pv_buffer_add (buffer, text, (gsize) (g_utf8_next_char (text) - text));
    }
    text = g_utf8_next_char (text);
  }
  pv_buffer_add (buffer, "\"", 1);
}

static int
compare_keys_cb (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void buffer_add_value (PvBuffer *buffer, const json_t *value);

static void
buffer_add_members (PvBuffer *buffer, json_t *object)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  for (void *i = json_object_iter (object); i != NULL; i = json_object_iter_next (object, i))
    g_ptr_array_add (keys, (gpointer) json_object_iter_key (i));
  g_ptr_array_sort (keys, compare_keys_cb);
  pv_buffer_add (buffer, "{", 1);
  for (guint i = 0; i < keys->len; i++) {
    const char *key = g_ptr_array_index (keys, i);

    if (i > 0)
      pv_buffer_add (buffer, ",", 1);
    buffer_add_quoted (buffer, key);
    pv_buffer_add (buffer, ":", 1);
    buffer_add_value (buffer, json_object_get (object, key));
  }
  pv_buffer_add (buffer, "}", 1);
}

/* Recursion ends at PV_JSON_MAX_DEPTH: the value was parsed here. */
static void
buffer_add_value (PvBuffer *buffer, const json_t *value)
{
  switch (json_typeof (value)) {
  case JSON_OBJECT:
    buffer_add_members (buffer, (json_t *) value);
    break;
  case JSON_ARRAY:
    pv_buffer_add (buffer, "[", 1);
    for (gsize i = 0; i < json_array_size (value); i++) {
      if (i > 0)
        pv_buffer_add (buffer, ",", 1);
      buffer_add_value (buffer, json_array_get (value, i));
    }
    pv_buffer_add (buffer, "]", 1);
    break;
  case JSON_STRING:
    buffer_add_quoted (buffer, json_string_value (value));
    break;
  case JSON_INTEGER:
    buffer_add_int (buffer, json_integer_value (value));
    break;
  case JSON_REAL:
    buffer_add_real (buffer, json_real_value (value));
    break;
  case JSON_TRUE:
    buffer_add_str (buffer, "true");
    break;
  case JSON_FALSE:
    buffer_add_str (buffer, "false");
    break;
  case JSON_NULL:
  default:
    buffer_add_str (buffer, "null");
    break;
  }
}

char *
pv_json_to_text (const PvJson *json)
{
  PvBuffer buffer = { 0 };

  g_return_val_if_fail (json != NULL, NULL);

  buffer_add_value (&buffer, json->value);
  return buffer.data;
}

char *
pv_json_as_text (const PvJson *json)
{
  g_return_val_if_fail (json != NULL, NULL);

  if (json_is_string (json->value))
    return g_strdup (json_string_value (json->value));
  if (json_is_number (json->value) || json_is_boolean (json->value))
    return pv_json_to_text (json);
  return NULL;
}

/* The writer ------------------------------------------------------------------------------------------------------- */

PvJsonWriter *
pv_json_writer_new (void)
{
  return g_new0 (PvJsonWriter, 1);
}

void
pv_json_writer_free (PvJsonWriter *writer)
{
  if (writer == NULL)
    return;
  pv_buffer_clear (&writer->buffer);
  g_free (writer);
}

/* The comma and the key; aborts where no value may stand. */
static void
begin_value (PvJsonWriter *writer, const char *key)
{
  g_assert (writer != NULL);
  g_assert ((key != NULL) == (writer->places[writer->depth] == IN_OBJECT));
  g_assert (writer->depth > 0 || writer->buffer.length == 0);

  if (writer->has_members[writer->depth])
    pv_buffer_add (&writer->buffer, ",", 1);
  writer->has_members[writer->depth] = TRUE;
  if (key != NULL) {
    buffer_add_quoted (&writer->buffer, key);
    pv_buffer_add (&writer->buffer, ":", 1);
  }
}

static void
begin_container (PvJsonWriter *writer, const char *key, Place place)
{
  begin_value (writer, key);
  g_assert (writer->depth < PV_JSON_MAX_DEPTH);
  pv_buffer_add (&writer->buffer, place == IN_OBJECT ? "{" : "[", 1);
  writer->depth++;
  writer->places[writer->depth] = place;
  writer->has_members[writer->depth] = FALSE;
}

static void
end_container (PvJsonWriter *writer, Place place)
{
  g_assert (writer != NULL && writer->places[writer->depth] == place);
  pv_buffer_add (&writer->buffer, place == IN_OBJECT ? "}" : "]", 1);
  writer->depth--;
}

void
pv_json_writer_begin_object (PvJsonWriter *writer, const char *key)
{
  begin_container (writer, key, IN_OBJECT);
}

void
pv_json_writer_end_object (PvJsonWriter *writer)
{
  end_container (writer, IN_OBJECT);
}

void
pv_json_writer_begin_array (PvJsonWriter *writer, const char *key)
{
  begin_container (writer, key, IN_ARRAY);
}

void
pv_json_writer_end_array (PvJsonWriter *writer)
{
  end_container (writer, IN_ARRAY);
}

void
pv_json_writer_text (PvJsonWriter *writer, const char *key, const char *text)
{
  begin_value (writer, key);
  if (text != NULL)
    buffer_add_quoted (&writer->buffer, text);
  else
    buffer_add_str (&writer->buffer, "null");
}

void
pv_json_writer_int (PvJsonWriter *writer, const char *key, gint64 value)
{
  begin_value (writer, key);
  buffer_add_int (&writer->buffer, value);
}

static gboolean
is_decimal (const char *text)
{
  const char *digits = text + (text[0] == '-' ? 1 : 0);
  gsize n_whole = strspn (digits, G_CSET_DIGITS);
  const char *rest = digits + n_whole;

  if (n_whole == 0 || (n_whole > 1 && digits[0] == '0'))
    return FALSE;
  if (*rest == '\0')
    return TRUE;
  return *rest == '.' && rest[1] != '\0' && strspn (rest + 1, G_CSET_DIGITS) == strlen (rest + 1);
}

void
pv_json_writer_decimal (PvJsonWriter *writer, const char *key, const char *decimal)
{
  begin_value (writer, key);
  buffer_add_str (&writer->buffer, decimal != NULL && is_decimal (decimal) ? decimal : "null");
}

void
pv_json_writer_bool (PvJsonWriter *writer, const char *key, gboolean value)
{
  begin_value (writer, key);
  buffer_add_str (&writer->buffer, value ? "true" : "false");
}

void
pv_json_writer_null (PvJsonWriter *writer, const char *key)
{
  begin_value (writer, key);
  buffer_add_str (&writer->buffer, "null");
}

void
pv_json_writer_base64 (PvJsonWriter *writer, const char *key, const guint8 *data, gsize size)
{
  PvBuffer *buffer = &writer->buffer;
  int state = 0, save = 0;

  g_assert (data != NULL || size == 0);
  g_assert (size < G_MAXSIZE / 8);
  begin_value (writer, key);
  /* g_base64_encode_step(): "(len / 3 + 1) * 4 + 4 bytes", g_base64_encode_close(): "at least 4". */
  pv_buffer_reserve (buffer, (size / 3 + 1) * 4 + 4 + 4 + 2);
  pv_buffer_add (buffer, "\"", 1);
  if (size > 0)
    buffer->length += g_base64_encode_step (data, size, FALSE, buffer->data + buffer->length, &state, &save);
  buffer->length += g_base64_encode_close (FALSE, buffer->data + buffer->length, &state, &save);
  pv_buffer_add (buffer, "\"", 1);
}

void
pv_json_writer_value (PvJsonWriter *writer, const char *key, const PvJson *value)
{
  g_assert (value != NULL);
  begin_value (writer, key);
  buffer_add_value (&writer->buffer, value->value);
}

const char *
pv_json_writer_get_text (PvJsonWriter *writer, gsize *ret_length)
{
  g_assert (writer != NULL && writer->depth == 0 && writer->buffer.length > 0);

  if (ret_length != NULL)
    *ret_length = writer->buffer.length;
  return writer->buffer.data;
}

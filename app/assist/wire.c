/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "assist/wire.h"

#include <string.h>

#include "core/wipe.h"

enum { WRITER_START_BYTES = 1024 };

PvWireReader
pv_wire_reader (const guint8 *bytes, gsize size)
{
  return (PvWireReader){ .at = bytes, .left = size };
}

const guint8 *
pv_wire_read_bytes (PvWireReader *reader, gsize size)
{
  const guint8 *bytes = reader->at;

  if (reader->has_failed || size > reader->left) {
    reader->has_failed = TRUE;
    return NULL;
  }
  reader->at += size;
  reader->left -= size;
  return bytes;
}

static guint64
read_number (PvWireReader *reader, gsize size)
{
  const guint8 *bytes = pv_wire_read_bytes (reader, size);
  guint64 value = 0;

  for (gsize i = 0; bytes != NULL && i < size; i++)
    value = value << 8 | bytes[i];
  return value;
}

guint8
pv_wire_read_u8 (PvWireReader *reader)
{
  return (guint8) read_number (reader, 1);
}

guint16
pv_wire_read_u16 (PvWireReader *reader)
{
  return (guint16) read_number (reader, 2);
}

guint32
pv_wire_read_u32 (PvWireReader *reader)
{
  return (guint32) read_number (reader, 4);
}

guint64
pv_wire_read_u64 (PvWireReader *reader)
{
  return read_number (reader, 8);
}

guint
pv_wire_read_enum (PvWireReader *reader, guint n)
{
  guint value = pv_wire_read_u8 (reader);

  if (value < n)
    return value;
  reader->has_failed = TRUE;
  return 0;
}

gboolean
pv_wire_read_flag (PvWireReader *reader)
{
  return pv_wire_read_enum (reader, 2) == 1;
}

void
pv_wire_copy_bytes (PvWireReader *reader, guint8 *to, gsize size)
{
  const guint8 *bytes = pv_wire_read_bytes (reader, size);

  if (bytes != NULL)
    memcpy (to, bytes, size);
  else
    memset (to, 0, size);
}

const guint8 *
pv_wire_read_block (PvWireReader *reader, gsize max, gsize *ret_size)
{
  gsize size = pv_wire_read_u16 (reader);
  const guint8 *bytes;

  if (size > max)
    reader->has_failed = TRUE;
  bytes = pv_wire_read_bytes (reader, size);
  *ret_size = bytes != NULL ? size : 0;
  return bytes;
}

static gboolean
is_text (const char *text, gsize size)
{
  if (!g_utf8_validate_len (text, size, NULL))
    return FALSE;
  for (gsize i = 0; i < size; i++)
    if ((guint8) text[i] < 0x20 && text[i] != '\n')
      return FALSE;
  return TRUE;
}

char *
pv_wire_read_text (PvWireReader *reader, gsize max)
{
  gsize size;
  const char *text = (const char *) pv_wire_read_block (reader, max, &size);

  if (text == NULL)
    return NULL;
  if (is_text (text, size))
    return g_strndup (text, size);
  reader->has_failed = TRUE;
  return NULL;
}

char *
pv_wire_read_optional (PvWireReader *reader, gsize max)
{
  char *text = pv_wire_read_text (reader, max);

  if (text != NULL && text[0] == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

gboolean
pv_wire_is_done (const PvWireReader *reader)
{
  return !reader->has_failed && reader->left == 0;
}

PvWireWriter *
pv_wire_writer_new (void)
{
  return g_string_sized_new (WRITER_START_BYTES);
}

void
pv_wire_writer_free (PvWireWriter *writer)
{
  pv_wipe_gstring (writer);
}

/* As g_string_append_len(), but what a larger buffer replaces is wiped: GString would leave it in the heap. */
void
pv_wire_write_bytes (PvWireWriter *writer, const guint8 *bytes, gsize size)
{
  if (writer->len + size + 1 > writer->allocated_len) {
    GString *larger = g_string_sized_new (2 * (writer->len + size));
    GString old;

    g_string_append_len (larger, writer->str, (gssize) writer->len);
    old = *writer;
    *writer = *larger;
    *larger = old;
    pv_wipe_gstring (larger);
  }
  g_string_append_len (writer, (const char *) bytes, (gssize) size);
}

static void
write_number (PvWireWriter *writer, guint64 value, gsize size)
{
  guint8 bytes[8];

  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) (value >> 8 * (size - 1 - i));
  pv_wire_write_bytes (writer, bytes, size);
}

void
pv_wire_write_u8 (PvWireWriter *writer, guint value)
{
  write_number (writer, value, 1);
}

void
pv_wire_write_u16 (PvWireWriter *writer, gsize value)
{
  write_number (writer, value, 2);
}

void
pv_wire_write_u32 (PvWireWriter *writer, guint32 value)
{
  write_number (writer, value, 4);
}

void
pv_wire_write_u64 (PvWireWriter *writer, guint64 value)
{
  write_number (writer, value, 8);
}

void
pv_wire_write_block (PvWireWriter *writer, const guint8 *bytes, gsize size)
{
  g_return_if_fail (size <= G_MAXUINT16);
  pv_wire_write_u16 (writer, size);
  pv_wire_write_bytes (writer, bytes, size);
}

/* Control characters, which a reader refuses, become spaces. */
void
pv_wire_write_text (PvWireWriter *writer, const char *text, gsize max)
{
  gsize size = text != NULL ? strlen (text) : 0, start;
  const char *end;

  if (size > max)
    for (size = max; size > 0 && ((guint8) text[size] & 0xc0) == 0x80;)
      size--;
  if (text != NULL && !g_utf8_validate_len (text, size, &end))
    size = (gsize) (end - text);
  start = writer->len + 2;
  pv_wire_write_block (writer, (const guint8 *) text, size);
  for (gsize i = start; i < writer->len; i++)
    if ((guint8) writer->str[i] < 0x20 && writer->str[i] != '\n')
      writer->str[i] = ' ';
}

GBytes *
pv_wire_writer_finish (PvWireWriter *writer)
{
  PvWireWriter *kept = pv_wire_writer_new ();

  pv_wire_write_bytes (kept, (const guint8 *) writer->str, writer->len);
  return g_bytes_new_with_free_func (kept->str, kept->len, (GDestroyNotify) pv_wire_writer_free, kept);
}

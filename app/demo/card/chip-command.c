/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/chip-command.h"

#include <string.h>

#include "eid/tlv.h"

void
pv_chip_command_clear (PvChipCommand *command)
{
  g_clear_pointer (&command->data, g_byte_array_unref);
}

void
pv_chip_answer_clear (PvChipAnswer *answer)
{
  g_clear_pointer (&answer->data, g_byte_array_unref);
}

static guint
expected_short (guint8 byte)
{
  return byte == 0 ? 256 : byte;
}

static guint
expected_long (const guint8 *bytes)
{
  guint value = (guint) bytes[0] << 8 | bytes[1];

  return value == 0 ? 65536 : value;
}

/* @body: behind the header. ISO/IEC 7816-3, section 12.1.3. */
static gboolean
parse_short (const guint8 *body, gsize length, PvChipCommand *command)
{
  gsize data = body[0];

  if (length == 1) {
    command->expected = expected_short (body[0]);
    return TRUE;
  }
  if (data == 0 || (length != 1 + data && length != 2 + data))
    return FALSE;
  g_byte_array_append (command->data, body + 1, (guint) data);
  if (length == 2 + data)
    command->expected = expected_short (body[length - 1]);
  return TRUE;
}

static gboolean
parse_extended (const guint8 *body, gsize length, PvChipCommand *command)
{
  gsize data;

  command->is_extended = TRUE;
  if (length == 3) {
    command->expected = expected_long (body + 1);
    return TRUE;
  }
  data = (gsize) body[1] << 8 | body[2];
  if (data == 0 || (length != 3 + data && length != 5 + data))
    return FALSE;
  g_byte_array_append (command->data, body + 3, (guint) data);
  if (length == 5 + data)
    command->expected = expected_long (body + length - 2);
  return TRUE;
}

gboolean
pv_chip_command_parse (const guint8 *bytes, gsize length, PvChipCommand *ret_command)
{
  if (length < 4)
    return FALSE;
  *ret_command = (PvChipCommand){ bytes[0], bytes[1], bytes[2], bytes[3], g_byte_array_new (), 0, FALSE };
  if (length == 4)
    return TRUE;
  if (bytes[4] == 0 && length >= 7)
    return parse_extended (bytes + 4, length - 4, ret_command);
  return parse_short (bytes + 4, length - 4, ret_command);
}

static void
add_header (GByteArray *bytes, guint tag, gsize length)
{
  guint8 header[8];
  guint used = 0;

  for (int shift = 16; shift >= 0; shift -= 8)
    if (tag >> shift != 0)
      header[used++] = (guint8) (tag >> shift);
  if (length > 0xFFFF)
    header[used++] = 0x83;
  else if (length > 0xFF)
    header[used++] = 0x82;
  else if (length > 0x7F)
    header[used++] = 0x81;
  for (int shift = 16; shift > 0; shift -= 8)
    if (length >> shift != 0)
      header[used++] = (guint8) (length >> shift);
  header[used++] = (guint8) length;
  g_byte_array_append (bytes, header, used);
}

void
pv_chip_add_tlv (GByteArray *bytes, guint tag, const guint8 *value, gsize length)
{
  add_header (bytes, tag, length);
  if (length > 0)
    g_byte_array_append (bytes, value, (guint) length);
}

void
pv_chip_add_tlv_of (GByteArray *bytes, guint tag, GByteArray *inner)
{
  pv_chip_add_tlv (bytes, tag, inner->data, inner->len);
  g_byte_array_unref (inner);
}

void
pv_chip_add_tlv_text (GByteArray *bytes, guint tag, const char *text)
{
  pv_chip_add_tlv (bytes, tag, (const guint8 *) text, strlen (text));
}

const guint8 *
pv_chip_find_tlv (const guint8 *data, gsize length, guint tag, gsize *ret_length)
{
  PvTlv tlv;

  if (!pv_tlv_find (data, length, tag, &tlv))
    return NULL;
  *ret_length = tlv.length;
  return tlv.value;
}

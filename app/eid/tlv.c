/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/tlv.h"

enum {
  MAX_TAG_BYTES = 3,
  MAX_LENGTH_BYTES = 3, /* 16 MB: more than any file of a card */
};

static gboolean
read_tag (const guint8 *data, gsize length, guint32 *ret_tag, gsize *ret_used)
{
  guint32 tag;
  gsize used = 1;

  if (length == 0)
    return FALSE;
  tag = data[0];
  if ((data[0] & 0x1F) == 0x1F) {
    do {
      if (used >= MAX_TAG_BYTES || used >= length)
        return FALSE;
      tag = tag << 8 | data[used];
    } while ((data[used++] & 0x80) != 0);
  }
  *ret_tag = tag;
  *ret_used = used;
  return TRUE;
}

static gboolean
read_length (const guint8 *data, gsize length, gsize *ret_value, gsize *ret_used)
{
  gsize count, value = 0;

  if (length == 0)
    return FALSE;
  if (data[0] < 0x80) {
    *ret_value = data[0];
    *ret_used = 1;
    return TRUE;
  }
  count = data[0] & 0x7F;
  if (count == 0 || count > MAX_LENGTH_BYTES || count >= length)
    return FALSE;
  for (gsize i = 1; i <= count; i++)
    value = value << 8 | data[i];
  *ret_value = value;
  *ret_used = count + 1;
  return TRUE;
}

gboolean
pv_tlv_peek (const guint8 *data, gsize length, guint32 *ret_tag, gsize *ret_header, gsize *ret_whole)
{
  guint32 tag;
  gsize of_tag, of_length, value;

  if (!read_tag (data, length, &tag, &of_tag) || !read_length (data + of_tag, length - of_tag, &value, &of_length))
    return FALSE;
  *ret_tag = tag;
  *ret_header = of_tag + of_length;
  *ret_whole = of_tag + of_length + value;
  return TRUE;
}

gboolean
pv_tlv_next (PvTlvReader *reader, PvTlv *ret_tlv)
{
  PvTlv tlv = { .whole = reader->data };
  gsize header;

  if (!pv_tlv_peek (reader->data, reader->length, &tlv.tag, &header, &tlv.whole_length)
      || tlv.whole_length > reader->length)
    return FALSE;
  tlv.value = reader->data + header;
  tlv.length = tlv.whole_length - header;
  reader->data += tlv.whole_length;
  reader->length -= tlv.whole_length;
  *ret_tlv = tlv;
  return TRUE;
}

gboolean
pv_tlv_is_done (const PvTlvReader *reader)
{
  return reader->length == 0;
}

gboolean
pv_tlv_expect (PvTlvReader *reader, guint32 tag, PvTlv *ret_tlv)
{
  PvTlvReader ahead = *reader;
  PvTlv tlv;

  if (!pv_tlv_next (&ahead, &tlv) || tlv.tag != tag)
    return FALSE;
  *reader = ahead;
  *ret_tlv = tlv;
  return TRUE;
}

gboolean
pv_tlv_find (const guint8 *data, gsize length, guint32 tag, PvTlv *ret_tlv)
{
  PvTlvReader reader = { data, length };
  PvTlv tlv;

  while (pv_tlv_next (&reader, &tlv))
    if (tlv.tag == tag) {
      *ret_tlv = tlv;
      return TRUE;
    }
  return FALSE;
}

PvTlvReader
pv_tlv_enter (const PvTlv *tlv)
{
  return (PvTlvReader){ tlv->value, tlv->length };
}

static void
add_number (PvCardBytes *bytes, guint32 number)
{
  guint8 coded[4] = { (guint8) (number >> 24), (guint8) (number >> 16), (guint8) (number >> 8), (guint8) number };
  gsize skip = 0;

  while (skip < 3 && coded[skip] == 0)
    skip++;
  pv_card_bytes_add (bytes, coded + skip, 4 - skip);
}

void
pv_tlv_add (PvCardBytes *bytes, guint32 tag, const guint8 *value, gsize length)
{
  g_return_if_fail (length <= 0xFFFFFF);

  add_number (bytes, tag);
  if (length >= 0x80) {
    guint8 first = length > 0xFFFF ? 0x83 : length > 0xFF ? 0x82 : 0x81;

    pv_card_bytes_add (bytes, &first, 1);
  }
  add_number (bytes, (guint32) length);
  pv_card_bytes_add (bytes, value, length);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* DG2: the portrait, as it is in the file; nothing is decoded here. */

#include "eid/groups-private.h"

#include <string.h>

enum {
  TAG_TEMPLATES = 0x7F61,
  TAG_TEMPLATE = 0x7F60,
  TAG_COUNT = 0x02,
  TAG_HEADER = 0xA1,
  TAG_RECORD = 0x5F2E,
  TAG_RECORD_OF_OBJECTS = 0x7F2E,
};

/* ISO/IEC 19794-5:2005, clause 5. */
enum {
  RECORD_HEADER_BYTES = 14,
  FACE_HEADER_BYTES = 20,
  FEATURE_BYTES = 8,
  IMAGE_HEADER_BYTES = 12,
};

static guint
read_2 (const guint8 *data)
{
  return (guint) data[0] << 8 | data[1];
}

static gsize
read_4 (const guint8 *data)
{
  return (gsize) read_2 (data) << 16 | read_2 (data + 2);
}

/* By what the picture is, not by what the record calls it: the flag is wrong in the field. */
static gboolean
sniff (PvFace *face)
{
  static const struct {
    const char *magic;
    gsize length;
    PvFaceKind kind;
  } kinds[] = {
    { "\xFF\xD8\xFF", 3, PV_FACE_JPEG },
    { "\0\0\0\x0CjP  ", 8, PV_FACE_JPEG2000 },
    { "\xFF\x4F\xFF\x51", 4, PV_FACE_JPEG2000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (face->length > kinds[i].length && memcmp (face->data, kinds[i].magic, kinds[i].length) == 0) {
      face->kind = kinds[i].kind;
      return TRUE;
    }
  return FALSE;
}

static gboolean
read_19794 (const guint8 *data, gsize length, PvFace *ret_face)
{
  gsize block, before;

  if (length < RECORD_HEADER_BYTES + FACE_HEADER_BYTES + IMAGE_HEADER_BYTES || memcmp (data + 4, "010", 4) != 0
      || read_4 (data + 8) > length || read_2 (data + 12) == 0)
    return FALSE;
  data += RECORD_HEADER_BYTES;
  length -= RECORD_HEADER_BYTES;
  block = read_4 (data);
  before = FACE_HEADER_BYTES + (gsize) read_2 (data + 4) * FEATURE_BYTES + IMAGE_HEADER_BYTES;
  if (block > length || block <= before)
    return FALSE;
  ret_face->width = read_2 (data + before - IMAGE_HEADER_BYTES + 2);
  ret_face->height = read_2 (data + before - IMAGE_HEADER_BYTES + 4);
  ret_face->data = data + before;
  ret_face->length = block - before;
  return TRUE;
}

/* ISO/IEC 39794-5: FaceImageDataBlock, representationBlocks, the first, imageRepresentation, base,
 * imageRepresentation2DBlock, representationData2D. */
static gboolean
read_39794 (const guint8 *data, gsize length, PvFace *ret_face)
{
  static const guint32 path[] = { 0x65, 0xA1, 0x30, 0xA1, 0xA0, 0xA0, 0x80 };
  PvTlv tlv = { .value = data, .length = length };
  PvTlv inner;

  /* Doc 9303-10 puts it into a [1]. */
  if (pv_tlv_find (data, length, 0xA1, &inner))
    tlv = inner;
  for (guint i = 0; i < G_N_ELEMENTS (path); i++) {
    if (!pv_tlv_find (tlv.value, tlv.length, path[i], &inner))
      return FALSE;
    tlv = inner;
  }
  *ret_face = (PvFace){ .data = tlv.value, .length = tlv.length };
  return TRUE;
}

/* The record of the first template; the count before it decides nothing. */
static gboolean
find_record (const guint8 *file, gsize length, PvTlv *ret_record)
{
  PvTlvReader reader;
  PvTlv templates, template, header, count;

  if (!pv_group_open (file, length, 0x75, &reader) || !pv_tlv_expect (&reader, TAG_TEMPLATES, &templates)
      || !pv_tlv_is_done (&reader))
    return FALSE;
  reader = pv_tlv_enter (&templates);
  if (!pv_tlv_expect (&reader, TAG_COUNT, &count) || !pv_tlv_expect (&reader, TAG_TEMPLATE, &template))
    return FALSE;
  reader = pv_tlv_enter (&template);
  return pv_tlv_expect (&reader, TAG_HEADER, &header)
         && (pv_tlv_expect (&reader, TAG_RECORD, ret_record)
             || pv_tlv_expect (&reader, TAG_RECORD_OF_OBJECTS, ret_record))
         && pv_tlv_is_done (&reader);
}

gboolean
pv_group_read_dg2 (const guint8 *file, gsize length, PvFace *ret_face, GError **error)
{
  PvFace face = { 0 };
  PvTlv record;

  if (!find_record (file, length, &record))
    return pv_group_fail (error, "DG2 is none");
  if (record.length >= 4 && memcmp (record.value, "FAC", 4) == 0) {
    if (!read_19794 (record.value, record.length, &face))
      return pv_group_fail (error, "DG2: face record");
  } else if (!read_39794 (record.value, record.length, &face)) {
    return pv_group_fail (error, "DG2: face block");
  }
  if (face.length > PV_GROUP_MAX_FACE_BYTES)
    return pv_group_fail (error, "DG2: picture over the limit");
  if (!sniff (&face)) {
    g_set_error_literal (error, PV_CARD_ERROR, PV_CARD_ERROR_UNSUPPORTED, "DG2: neither JPEG nor JPEG 2000");
    return FALSE;
  }
  *ret_face = face;
  return TRUE;
}

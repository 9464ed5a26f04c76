/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The small files, and what all of them are opened with. */

#include "eid/groups-private.h"

#include "core/wipe.h"

enum {
  TAG_SET = 0x31,
  TAG_SEQUENCE = 0x30,
  TAG_LIST = 0x5C,
  TAG_LDS_VERSION = 0x5F01,
  TAG_UNICODE_VERSION = 0x5F36,
  TAG_ISSUED = 0x5F26,
};

gboolean
pv_group_fail (GError **error, const char *what)
{
  g_set_error_literal (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA, what);
  return FALSE;
}

gboolean
pv_group_open (const guint8 *file, gsize length, guint32 tag, PvTlvReader *ret_inside)
{
  PvTlvReader reader = { file, length };
  PvTlv tlv;

  if (length > PV_GROUP_MAX_FILE_BYTES || !pv_tlv_expect (&reader, tag, &tlv) || !pv_tlv_is_done (&reader))
    return FALSE;
  *ret_inside = pv_tlv_enter (&tlv);
  return TRUE;
}

static gboolean
is_well_formed (PvTlvReader reader)
{
  PvTlv tlv;

  for (guint i = 0; i < PV_GROUP_MAX_OBJECTS && !pv_tlv_is_done (&reader); i++)
    if (!pv_tlv_next (&reader, &tlv))
      return FALSE;
  return pv_tlv_is_done (&reader);
}

gboolean
pv_group_open_listed (const guint8 *file, gsize length, guint32 tag, PvTlvReader *ret_inside)
{
  PvTlvReader reader;
  PvTlv list;

  if (!pv_group_open (file, length, tag, &reader) || !pv_tlv_expect (&reader, TAG_LIST, &list)
      || !is_well_formed (reader))
    return FALSE;
  *ret_inside = reader;
  return TRUE;
}

/* The outer tag of a group in the list of EF.COM (Doc 9303-10, table 34). Returns: its number; 0: none. */
static guint
number_of_tag (guint8 tag)
{
  static const guint8 tags[] = { 0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68,
                                 0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70 };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (tags[i] == tag)
      return i + 1;
  return 0;
}

static gboolean
is_version (const PvTlv *tlv, gsize length)
{
  if (tlv->length != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (tlv->value[i]))
      return FALSE;
  return TRUE;
}

gboolean
pv_group_read_com (const guint8 *file, gsize length, guint32 *ret_groups, GError **error)
{
  PvTlvReader reader;
  PvTlv lds, unicode, list;
  guint32 groups = 0;

  if (!pv_group_open (file, length, 0x60, &reader) || !pv_tlv_expect (&reader, TAG_LDS_VERSION, &lds)
      || !is_version (&lds, 4) || !pv_tlv_expect (&reader, TAG_UNICODE_VERSION, &unicode) || !is_version (&unicode, 6)
      || !pv_tlv_expect (&reader, TAG_LIST, &list) || !is_well_formed (reader))
    return pv_group_fail (error, "EF.COM is none");
  for (gsize i = 0; i < list.length; i++) {
    guint number = number_of_tag (list.value[i]);

    if (number > 0)
      groups |= 1u << number;
  }
  *ret_groups = groups;
  return TRUE;
}

static gboolean
read_digit (guint8 byte, guint *ret_digit)
{
  *ret_digit = byte == '<' ? 0 : byte - (guint) '0';
  return *ret_digit <= 9;
}

/* Eight digits, one in each byte; FALSE if one is none. */
static gboolean
spread_digits (const PvTlv *tlv, guint ret_digits[8])
{
  if (tlv->length == 8) {
    for (guint i = 0; i < 8; i++)
      if (!read_digit (tlv->value[i], &ret_digits[i]))
        return FALSE;
    return TRUE;
  }
  for (guint i = 0; i < 8 && tlv->length == 4; i++) {
    ret_digits[i] = i % 2 == 0 ? tlv->value[i / 2] >> 4 : tlv->value[i / 2] & 0x0F;
    if (ret_digits[i] > 9)
      return FALSE;
  }
  return tlv->length == 4;
}

gboolean
pv_group_read_date (const PvTlv *tlv, PvPartialDate *ret_date)
{
  char text[sizeof "YYYY-MM-DD"];
  guint d[8];
  gboolean is_read = FALSE;

  if (spread_digits (tlv, d)) {
    g_snprintf (text, sizeof text, "%u%u%u%u-%u%u-%u%u", d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7]);
    is_read = pv_date_parse_partial (text, ret_date);
    pv_wipe_bytes (text, sizeof text);
  }
  pv_wipe_bytes (d, sizeof d);
  return is_read;
}

gboolean
pv_group_read_dg12 (const guint8 *file, gsize length, GDate *ret_issued, GError **error)
{
  PvTlvReader reader;
  PvPartialDate date;
  PvTlv tlv;

  if (!pv_group_open_listed (file, length, 0x6C, &reader))
    return pv_group_fail (error, "DG12 is none");
  if (!pv_tlv_find (reader.data, reader.length, TAG_ISSUED, &tlv))
    return FALSE;
  if (!pv_group_read_date (&tlv, &date) || date.day == 0)
    return pv_group_fail (error, "DG12: date of issue");
  g_date_set_dmy (ret_issued, date.day, (GDateMonth) date.month, date.year);
  return TRUE;
}

/* The one object of @inner_tag that the file holds, whole. */
static gboolean
read_only_object (const guint8 *file, gsize length, guint32 tag, guint32 inner_tag, PvTlv *ret_inner)
{
  PvTlvReader reader;

  return pv_group_open (file, length, tag, &reader) && pv_tlv_expect (&reader, inner_tag, ret_inner)
         && pv_tlv_is_done (&reader);
}

gboolean
pv_group_read_dg14 (const guint8 *file, gsize length, const guint8 **ret_infos, gsize *ret_length, GError **error)
{
  PvTlv infos;

  if (!read_only_object (file, length, 0x6E, TAG_SET, &infos))
    return pv_group_fail (error, "DG14 is none");
  *ret_infos = infos.whole;
  *ret_length = infos.whole_length;
  return TRUE;
}

gboolean
pv_group_read_dg15 (const guint8 *file, gsize length, const guint8 **ret_key, gsize *ret_length, GError **error)
{
  PvTlv key;

  if (!read_only_object (file, length, 0x6F, TAG_SEQUENCE, &key))
    return pv_group_fail (error, "DG15 is none");
  *ret_key = key.whole;
  *ret_length = key.whole_length;
  return TRUE;
}

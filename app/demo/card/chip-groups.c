/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/chip-groups.h"

#include <string.h>

#include "demo/card/chip-command.h"
#include "demo/card/chip-mrz.h"
#include "demo/card/chip-photo.h"

enum { PHOTO_WIDTH = 240, PHOTO_HEIGHT = 320, PHOTO_BYTES = 12000 };

/* Outer tags of DG1 to DG16. */
static const guint8 tags[17] = { 0,    0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68,
                                 0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70 };

static GBytes *
whole (guint tag, GByteArray *inner)
{
  GByteArray *file = g_byte_array_new ();

  pv_chip_add_tlv_of (file, tag, inner);
  return g_byte_array_free_to_bytes (file);
}

GBytes *
pv_chip_group_dg1 (const PvChipText *text, GError **error)
{
  g_autofree char *zone = pv_chip_mrz_new (text);
  GByteArray *inner;

  if (zone == NULL) {
    g_set_error_literal (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
                         "[card]: a word does not fit into the machine-readable zone");
    return NULL;
  }
  inner = g_byte_array_new ();
  pv_chip_add_tlv_text (inner, 0x5F1F, zone);
  return whole (tags[1], inner);
}

static void
add_number (GByteArray *bytes, guint64 number, guint length)
{
  while (length-- > 0) {
    guint8 byte = (guint8) (number >> (8 * length));

    g_byte_array_append (bytes, &byte, 1);
  }
}

/* ISO/IEC 19794-5: header of the record, of the face, of the picture. */
static GByteArray *
make_record (GBytes *photo, guint width, guint height, gboolean is_jpeg)
{
  GByteArray *record = g_byte_array_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (photo, &length);

  g_byte_array_append (record,
                       (const guint8 *) "FAC\0"
                                        "010\0",
                       8);
  add_number (record, 14 + 20 + 12 + length, 4);
  add_number (record, 1, 2);
  add_number (record, 20 + 12 + length, 4); /* facial information: no points, no description */
  for (guint i = 0; i < 4; i++)
    add_number (record, 0, 4);
  add_number (record, 1, 1); /* full frontal */
  add_number (record, is_jpeg ? 0 : 1, 1);
  add_number (record, width, 2);
  add_number (record, height, 2);
  add_number (record, 1, 1); /* sRGB */
  add_number (record, 0, 5);
  g_byte_array_append (record, data, (guint) length);
  return record;
}

static gboolean
read_format (const PvChipText *text, PvChipPhotoFormat *ret_format)
{
  static const char *const names[] = { "jpeg", "jp2", "j2k" };
  g_autofree char *word = pv_chip_text_get (text, "photo", "format");

  *ret_format = PV_CHIP_PHOTO_JPEG;
  for (gsize i = 0; word != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (word, names[i])) {
      *ret_format = (PvChipPhotoFormat) i;
      return TRUE;
    }
  return word == NULL;
}

GBytes *
pv_chip_group_dg2 (const PvChipText *text, GError **error)
{
  /* version, type of the picture (face), product: CBEFF, Doc 9303-10, table 39 */
  static const guint8 header[] = { 0x80, 0x02, 0x01, 0x01, 0x87, 0x02, 0x01, 0x01, 0x88, 0x02, 0x00, 0x08 };
  static const guint8 one = 1;
  guint width = (guint) pv_chip_text_get_number (text, "photo", "width", PHOTO_WIDTH);
  guint height = (guint) pv_chip_text_get_number (text, "photo", "height", PHOTO_HEIGHT);
  gsize size = pv_chip_text_get_number (text, "photo", "size", PHOTO_BYTES);
  PvChipPhotoFormat format;
  g_autoptr (GBytes) photo = NULL;
  GByteArray *template, *group;

  if (size > PV_CHIP_MAX_PHOTO_BYTES || !read_format (text, &format)) {
    g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
                 "[photo]: format is jpeg, jp2 or j2k, size at most %d", PV_CHIP_MAX_PHOTO_BYTES);
    return NULL;
  }
  photo = pv_chip_photo_new (format, width, height, size, error);
  if (photo == NULL)
    return NULL;
  template = g_byte_array_new ();
  pv_chip_add_tlv (template, 0xA1, header, sizeof header);
  pv_chip_add_tlv_of (template, 0x5F2E, make_record (photo, width, height, format == PV_CHIP_PHOTO_JPEG));
  group = g_byte_array_new ();
  pv_chip_add_tlv (group, 0x02, &one, 1);
  pv_chip_add_tlv_of (group, 0x7F60, template);
  template = g_byte_array_new ();
  pv_chip_add_tlv_of (template, 0x7F61, group);
  return whole (tags[2], template);
}

GBytes *
pv_chip_group_dg3 (void)
{
  GByteArray *group = g_byte_array_new ();
  static const guint8 none[] = { 0x7F, 0x61, 0x03, 0x02, 0x01, 0x00 };

  g_byte_array_append (group, none, sizeof none);
  return whole (tags[3], group);
}

/* "[group] key" as an object with @tag, noted in the list of tags. */
static void
add_word (const PvChipText *text, const char *group, const char *key, guint tag, GByteArray *list, GByteArray *objects)
{
  g_autofree char *word = pv_chip_text_get (text, group, key);
  const guint8 coded[2] = { (guint8) (tag >> 8), (guint8) tag };

  if (word == NULL)
    return;
  g_byte_array_append (list, coded, sizeof coded);
  pv_chip_add_tlv_text (objects, tag, word);
}

/* A date without its dashes. */
static void
add_date (const PvChipText *text, const char *group, const char *key, guint tag, GByteArray *list, GByteArray *objects)
{
  g_autofree char *word = pv_chip_text_get (text, group, key);
  const guint8 coded[2] = { (guint8) (tag >> 8), (guint8) tag };
  g_auto (GStrv) parts = NULL;
  g_autofree char *digits = NULL;

  if (word == NULL)
    return;
  parts = g_strsplit (word, "-", 0);
  digits = g_strjoinv ("", parts);
  g_byte_array_append (list, coded, sizeof coded);
  pv_chip_add_tlv_text (objects, tag, digits);
}

/* "Other names": a count and that many 5F0F in A0 (Doc 9303-10, table 60). */
static void
add_other_name (const PvChipText *text, GByteArray *list, GByteArray *objects)
{
  g_autofree char *name = pv_chip_text_get (text, "dg11", "other-name");
  static const guint8 tag = 0xA0, one = 1;
  GByteArray *inner;

  if (name == NULL)
    return;
  inner = g_byte_array_new ();
  pv_chip_add_tlv (inner, 0x02, &one, 1);
  pv_chip_add_tlv_text (inner, 0x5F0F, name);
  g_byte_array_append (list, &tag, 1);
  pv_chip_add_tlv_of (objects, 0xA0, inner);
}

/* The list of tags, then what it names. NULL: nothing. Takes both. */
static GBytes *
finish (guint tag, GByteArray *list, GByteArray *objects)
{
  GByteArray *inner = g_byte_array_new ();
  gboolean is_empty = list->len == 0;

  pv_chip_add_tlv_of (inner, 0x5C, list);
  g_byte_array_append (inner, objects->data, objects->len);
  g_byte_array_unref (objects);
  if (is_empty) {
    g_byte_array_unref (inner);
    return NULL;
  }
  return whole (tag, inner);
}

GBytes *
pv_chip_group_dg11 (const PvChipText *text)
{
  GByteArray *list = g_byte_array_new ();
  GByteArray *objects = g_byte_array_new ();

  add_word (text, "dg11", "full-name", 0x5F0E, list, objects);
  add_other_name (text, list, objects);
  add_word (text, "dg11", "personal-number", 0x5F10, list, objects);
  add_date (text, "dg11", "birth-date", 0x5F2B, list, objects);
  add_word (text, "dg11", "birth-place", 0x5F11, list, objects);
  add_word (text, "dg11", "address", 0x5F42, list, objects);
  add_word (text, "dg11", "telephone", 0x5F12, list, objects);
  add_word (text, "dg11", "profession", 0x5F13, list, objects);
  return finish (tags[11], list, objects);
}

GBytes *
pv_chip_group_dg12 (const PvChipText *text)
{
  GByteArray *list = g_byte_array_new ();
  GByteArray *objects = g_byte_array_new ();

  add_word (text, "dg12", "authority", 0x5F19, list, objects);
  add_date (text, "dg12", "issued", 0x5F26, list, objects);
  return finish (tags[12], list, objects);
}

GBytes *
pv_chip_group_com (const GPtrArray *groups)
{
  GByteArray *inner = g_byte_array_new ();
  GByteArray *list = g_byte_array_new ();

  pv_chip_add_tlv_text (inner, 0x5F01, "0107");
  pv_chip_add_tlv_text (inner, 0x5F36, "040000");
  for (guint i = 1; i < groups->len; i++)
    if (g_ptr_array_index (groups, i) != NULL)
      g_byte_array_append (list, &tags[i], 1);
  pv_chip_add_tlv_of (inner, 0x5C, list);
  return whole (0x60, inner);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* CIPA DC-008 (EXIF 2.32), 4.6: a TIFF file in the segment APP1 of a JPEG. */

#include "kiosk/decode/exif.h"

#include <string.h>

enum {
  MARKER_SOS = 0xDA, /* the picture begins: no EXIF behind it */
  MARKER_EOI = 0xD9,
  MARKER_APP1 = 0xE1,
  MAX_SEGMENTS = 100,
  MAX_ENTRIES = 200, /* of a directory */
  ENTRY_BYTES = 12,
  TAG_ORIENTATION = 0x0112,
  TYPE_SHORT = 3,
};

/* A TIFF file in either order of bytes. */
typedef struct Tiff {
  const guint8 *data;
  gsize length;
  gboolean is_little;
} Tiff;

/* 0 beyond its end. */
static guint
get16 (const Tiff *tiff, gsize at)
{
  if (at > tiff->length || tiff->length - at < 2)
    return 0;
  return tiff->is_little ? tiff->data[at] | (guint) tiff->data[at + 1] << 8
                         : (guint) tiff->data[at] << 8 | tiff->data[at + 1];
}

static gsize
get32 (const Tiff *tiff, gsize at)
{
  const gsize first = get16 (tiff, at), second = get16 (tiff, at + 2);

  return tiff->is_little ? second << 16 | first : first << 16 | second;
}

/* 0: not told. */
static guint
read_orientation (Tiff tiff)
{
  gsize directory;
  guint n;

  if (tiff.length < 8 || (memcmp (tiff.data, "II*\0", 4) != 0 && memcmp (tiff.data, "MM\0*", 4) != 0))
    return 0;
  tiff.is_little = tiff.data[0] == 'I';
  directory = get32 (&tiff, 4);
  n = MIN (get16 (&tiff, directory), MAX_ENTRIES);
  for (guint i = 0; i < n; i++) {
    const gsize entry = directory + 2 + (gsize) i * ENTRY_BYTES;

    if (get16 (&tiff, entry) == TAG_ORIENTATION && get16 (&tiff, entry + 2) == TYPE_SHORT)
      return get16 (&tiff, entry + 8);
  }
  return 0;
}

/* The first EXIF of a JPEG. */
static guint
find_orientation (const guint8 *data, gsize length)
{
  static const char name[] = "Exif\0"; /* and a zero */
  gsize at = 2;

  for (guint i = 0; i < MAX_SEGMENTS && at + 4 <= length && data[at] == 0xFF; i++) {
    const guint marker = data[at + 1];
    const gsize size = (gsize) data[at + 2] << 8 | data[at + 3]; /* with its own two bytes */

    if (marker == MARKER_SOS || marker == MARKER_EOI || size < 2 || size > length - at - 2)
      return 0;
    if (marker == MARKER_APP1 && size > 2 + sizeof name && memcmp (data + at + 4, name, sizeof name) == 0)
      return read_orientation ((Tiff){ data + at + 4 + sizeof name, size - 2 - sizeof name, FALSE });
    at += 2 + size;
  }
  return 0;
}

PvExifTurn
pv_exif_read_turn (const guint8 *data, gsize length)
{
  static const PvExifTurn turns[] = {
    { FALSE, 0 }, { FALSE, 0 }, { TRUE, 0 }, { FALSE, 2 }, { TRUE, 2 },
    { TRUE, 3 },  { FALSE, 1 }, { TRUE, 1 }, { FALSE, 3 },
  };
  const guint orientation = find_orientation (data, length);

  return turns[orientation < G_N_ELEMENTS (turns) ? orientation : 0];
}

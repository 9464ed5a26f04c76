/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/decode/jpeg-strip.h"

#include <string.h>

enum {
  MARKER_SOS = 0xDA,
  MARKER_APP0 = 0xE0,
  MARKER_APP2 = 0xE2,
  MARKER_APP14 = 0xEE,
  MARKER_APP15 = 0xEF,
  MARKER_COM = 0xFE,
};

/* APP0 has the density, APP14 the transform of colours (Adobe), APP2 their profile, or other pictures. */
static gboolean
is_kept (guint marker, const guint8 *content, gsize length)
{
  static const char profile[] = "ICC_PROFILE"; /* and a zero */

  if (marker == MARKER_APP2)
    return length > sizeof profile && memcmp (content, profile, sizeof profile) == 0;
  return (marker < MARKER_APP0 || marker > MARKER_APP15 || marker == MARKER_APP0 || marker == MARKER_APP14)
         && marker != MARKER_COM;
}

gboolean
pv_jpeg_strip (const guint8 *data, gsize length, GByteArray *out)
{
  const guint before = out->len;
  gsize at = 2;

  if (length < 4 || data[0] != 0xFF || data[1] != 0xD8)
    return FALSE;
  g_byte_array_append (out, data, 2);
  while (length - at >= 4 && data[at] == 0xFF) {
    const guint marker = data[at + 1];
    const gsize size = (gsize) data[at + 2] << 8 | data[at + 3];

    if (marker == MARKER_SOS) {
      g_byte_array_append (out, data + at, (guint) (length - at));
      return TRUE;
    }
    if (size < 2 || size > length - at - 2)
      break;
    if (is_kept (marker, data + at + 4, size - 2))
      g_byte_array_append (out, data + at, (guint) (size + 2));
    at += size + 2;
  }
  g_byte_array_set_size (out, before);
  return FALSE;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/decode/picture-private.h"

#include <string.h>

void
pv_pixels_clear (PvPixels *pixels)
{
  g_clear_pointer (&pixels->data, g_free);
  pixels->width = pixels->height = 0;
}

gboolean
pv_picture_is_within (guint64 width, guint64 height, guint64 max_pixels, gsize length)
{
  return width >= 1 && height >= 1 && width <= PV_PICTURE_MAX_SIDE && height <= PV_PICTURE_MAX_SIDE
         && width * height <= max_pixels && width * height / PV_PICTURE_MAX_PIXELS_A_BYTE <= length;
}

gboolean
pv_picture_decode (const guint8 *data, gsize length, guint max_side, PvPixels *ret_pixels)
{
  static const struct {
    const char *magic;
    gsize length;
    gboolean (*decode) (const guint8 *, gsize, guint, PvPixels *);
  } kinds[] = {
    { "\xFF\xD8\xFF", 3, pv_picture_decode_jpeg },
    { "\0\0\0\x0CjP  \x0D\x0A\x87\x0A", 12, pv_picture_decode_jpeg2000 },
    { "\xFF\x4F\xFF\x51", 4, pv_picture_decode_jpeg2000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (length > kinds[i].length && memcmp (data, kinds[i].magic, kinds[i].length) == 0)
      return kinds[i].decode (data, length, max_side, ret_pixels);
  return FALSE;
}

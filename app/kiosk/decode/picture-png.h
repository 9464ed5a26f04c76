/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* picture-png.h: PNG, by libpng, in both directions. Pure; no text, no time and no profile is read or written. */
#pragma once

#include "kiosk/decode/picture.h"

enum {
  PV_PNG_MAX_CHUNK_BYTES = 1024 * 1024, /* of what is not the picture */
  PV_PNG_MAX_CHUNKS = 100,
};

/* As pv_picture_decode(); what can be seen through lies on white. */
gboolean pv_picture_decode_png (const guint8 *data, gsize length, guint max_side, PvPixels *ret_pixels);
/* Appends to @out. FALSE: larger than @max_bytes, and @out as before. */
gboolean pv_png_write (const PvPixels *pixels, gsize max_bytes, GByteArray *out);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* picture.h: the bytes of a picture as pixels. Pure; what parvis-decode does in its sandbox, and the fuzzer without one. */
#pragma once

#include <glib.h>

enum {
  PV_PICTURE_MAX_SIDE = 8192,
  PV_PICTURE_MAX_PIXELS = 64 * 1000 * 1000,         /* JPEG, PNG: phones of today make 12, 24 or 50 */
  PV_PICTURE_MAX_JPEG2000_PIXELS = 4 * 1000 * 1000, /* decoded whole, with four bytes for each sample */
  PV_PICTURE_MAX_PIXELS_A_BYTE = 1000,              /* a blank page has 300; beyond it is a bomb */
  PV_PICTURE_MAX_SCANS = 64,                        /* of a progressive JPEG; encoders make ten */
  PV_PICTURE_MAX_COMPONENTS = 4,
  PV_PICTURE_MAX_TILES = 256,
  PV_PICTURE_MAX_BITS = 16, /* of a sample */
};

typedef struct PvPixels {
  guint width, height;
  guint32 *data; /* 0x00RRGGBB; owned */
} PvPixels;

void pv_pixels_clear (PvPixels *pixels);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvPixels, pv_pixels_clear)

/* Quarter turns to the right. FALSE: no memory; they are as before, or turned round. */
gboolean pv_pixels_turn (PvPixels *pixels, guint turns);
/* Left is right. */
void pv_pixels_mirror (PvPixels *pixels);

/**
 * pv_picture_decode:
 * @max_side: at least 1: the longer side of what comes back is no longer
 *
 * JPEG, JP2, JPEG 2000 codestream, known by their first bytes. FALSE and nothing set: none of them, broken, cut short, or
 * over a limit; also when there is no memory for it.
 */
gboolean pv_picture_decode (const guint8 *data, gsize length, guint max_side, PvPixels *ret_pixels);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* picture-private.h: what the decoders share. */
#pragma once

#include "kiosk/decode/picture.h"

/* Takes the rows of a picture, from the top, and keeps a smaller one: each pixel is the mean of those it covers. */
typedef struct PvReducer {
  guint width, height; /* of what comes in */
  guint row;           /* the next one */
  PvPixels pixels;
  guint64 *sums;   /* of the row that is being made, three for each pixel */
  guint32 *counts; /* of pixels in each */
} PvReducer;

/* FALSE: no memory. */
gboolean pv_reducer_begin (PvReducer *reducer, guint width, guint height, guint max_side);
/* @rgb: three bytes for each pixel. */
void pv_reducer_add (PvReducer *reducer, const guint8 *rgb);
/* All rows are there: the picture. */
gboolean pv_reducer_end (PvReducer *reducer, PvPixels *ret_pixels);
void pv_reducer_clear (PvReducer *reducer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvReducer, pv_reducer_clear)

/* The sides are there, and within the limits that hold for a file of @length bytes. */
gboolean pv_picture_is_within (guint64 width, guint64 height, guint64 max_pixels, gsize length);

gboolean pv_picture_decode_jpeg (const guint8 *data, gsize length, guint max_side, PvPixels *ret_pixels);
gboolean pv_picture_decode_jpeg2000 (const guint8 *data, gsize length, guint max_side, PvPixels *ret_pixels);

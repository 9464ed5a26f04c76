/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* jpeg-write.h: pictures as JPEG, and JPEG made smaller. Pure; nothing is in the files but the picture and its density. */
#pragma once

#include "kiosk/decode/page.h"
#include "kiosk/decode/picture.h"

/* Bytes that libjpeg allocated. */
typedef struct PvJpeg {
  unsigned char *data; /* owned (malloc) */
  unsigned long size;
} PvJpeg;

void pv_jpeg_clear (PvJpeg *jpeg);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvJpeg, pv_jpeg_clear)

/* FALSE: no memory. */
gboolean pv_jpeg_write_page (const PvPage *page, guint quality, PvJpeg *ret_jpeg);
/* @dpi: 0: not known. Grey if all of it is. */
gboolean pv_jpeg_write_pixels (const PvPixels *pixels, guint dpi, guint quality, PvJpeg *ret_jpeg);

/* What a page's file says about itself; held to the limits of picture.h. FALSE: no JPEG that is read here. */
typedef struct PvJpegHead {
  guint width, height, dpi; /* dpi: 0: not known */
  gboolean is_grey;
} PvJpegHead;

gboolean pv_jpeg_read_head (const guint8 *data, gsize length, PvJpegHead *ret_head);

/**
 * pv_jpeg_shrink:
 * @eighths: 1 to 8: of its sides
 *
 * Row by row: a page is never whole in memory.
 */
gboolean pv_jpeg_shrink (const guint8 *data, gsize length, guint eighths, guint quality, PvJpeg *ret_jpeg);

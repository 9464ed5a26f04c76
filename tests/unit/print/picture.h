/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* picture.h: a page as the dots of a receipt printer, and what differs between two of them. */
#pragma once

#include "sample.h"

#include <stdlib.h>

/* 203 dpi, as makers call it: 8 dots a millimetre. */
#define PICTURE_DPI "203.2"
enum { PICTURE_DOTS_PER_MM = 8, PICTURE_INK = 128 /* darker than this is a dot */ };

typedef struct {
  guint width, height;
  const guint8 *pixels; /* of @file: 0 = black */
  GBytes *file;         /* owned */
} Picture;

/* In dots; right and bottom are beyond the last one. All 0 on a blank page. */
typedef struct {
  guint left, top, right, bottom;
} PictureBox;

/* Takes a portable graymap, as netpbm describes it: "P5", width, height, 255, then the pixels. */
static inline gboolean
picture_parse (GBytes *file, Picture *ret_picture)
{
  const char *data = g_bytes_get_data (file, NULL);
  Picture picture = { .file = file };
  char *end;

  if (g_bytes_get_size (file) < 10 || strncmp (data, "P5", 2) != 0)
    return FALSE;
  picture.width = (guint) strtoul (data + 2, &end, 10);
  picture.height = (guint) strtoul (end, &end, 10);
  if (strtoul (end, &end, 10) != 255
      || g_bytes_get_size (file) != (gsize) (end + 1 - data) + (gsize) picture.width * picture.height)
    return FALSE;
  picture.pixels = (const guint8 *) end + 1;
  *ret_picture = picture;
  return TRUE;
}

/* @page: from 1. Free with picture_clear(). */
static inline gboolean
picture_render (GBytes *pdf, guint page, Picture *ret_picture)
{
  g_autofree char *number = g_strdup_printf ("%u", page);
  const char *const argv[] = { "pdftoppm", "-gray", "-r", PICTURE_DPI, "-f", number, "-l", number, "-", NULL };
  GBytes *file = sample_run (argv, pdf);

  return file != NULL && picture_parse (file, ret_picture);
}

static inline void
picture_clear (Picture *picture)
{
  g_clear_pointer (&picture->file, g_bytes_unref);
}

/* Beyond the edge there is no ink: pictures of pages of almost the same size can be compared. */
static inline gboolean
picture_has_ink (const Picture *picture, int x, int y)
{
  return x >= 0 && y >= 0 && x < (int) picture->width && y < (int) picture->height
         && picture->pixels[(gsize) y * picture->width + (gsize) x] < PICTURE_INK;
}

static inline PictureBox
picture_get_ink (const Picture *picture)
{
  PictureBox box = { G_MAXUINT, G_MAXUINT, 0, 0 };

  for (guint y = 0; y < picture->height; y++) {
    for (guint x = 0; x < picture->width; x++) {
      if (!picture_has_ink (picture, (int) x, (int) y))
        continue;
      box.left = MIN (box.left, x);
      box.top = MIN (box.top, y);
      box.right = MAX (box.right, x + 1);
      box.bottom = MAX (box.bottom, y + 1);
    }
  }
  return box.right == 0 ? (PictureBox){ 0 } : box;
}

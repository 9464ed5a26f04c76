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

/* @page: from 1; @dpi: as a text. Free with picture_clear(). */
static inline gboolean
picture_render_at (GBytes *pdf, guint page, const char *dpi, Picture *ret_picture)
{
  g_autofree char *number = g_strdup_printf ("%u", page);
  const char *const argv[] = { "pdftoppm", "-gray", "-r", dpi, "-f", number, "-l", number, "-", NULL };
  GBytes *file = sample_run (argv, pdf);

  return file != NULL && picture_parse (file, ret_picture);
}

static inline gboolean
picture_render (GBytes *pdf, guint page, Picture *ret_picture)
{
  return picture_render_at (pdf, page, PICTURE_DPI, ret_picture);
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

/* Of an edge of the ink from the same edge of the page, in mm: what arrived minus what was intended. */
typedef struct {
  double width, height;            /* of the page */
  double left, top, right, bottom; /* ink, all from the left and upper edge */
  double share;                    /* of the dots of ink that are in one of them only */
} PictureDifference;

/* A picture with a light border, as 1 where there is ink; @near: and one dot around it, because two programs do not round
 * a slope alike. */
typedef struct {
  gsize width, height;
  guint8 *ink, *near; /* owned */
  guint n_ink;
} PictureMask;

enum { PICTURE_BORDER = 8, PICTURE_SHIFT = 1 };

static inline PictureMask
picture_make_mask (const Picture *picture)
{
  PictureMask mask = { picture->width + 2 * PICTURE_BORDER, picture->height + 2 * PICTURE_BORDER, NULL, NULL, 0 };

  mask.ink = g_malloc0 (mask.width * mask.height);
  mask.near = g_malloc0 (mask.width * mask.height);
  for (gsize y = 0; y < picture->height; y++) {
    for (gsize x = 0; x < picture->width; x++) {
      gsize at = (y + PICTURE_BORDER) * mask.width + x + PICTURE_BORDER;

      if (picture->pixels[y * picture->width + x] >= PICTURE_INK)
        continue;
      mask.ink[at] = 1;
      mask.n_ink++;
      for (gsize row = at - mask.width; row <= at + mask.width; row += mask.width)
        memset (mask.near + row - 1, 1, 3);
    }
  }
  return mask;
}

/* Dots of @one that are not in @other, which lies @dx and @dy further. */
static inline guint
picture_count_missing (const PictureMask *one, const PictureMask *other, int dx, int dy)
{
  guint n_missing = 0;

  for (int y = PICTURE_BORDER; y < (int) one->height - PICTURE_BORDER; y++) {
    gboolean is_row = y + dy >= 0 && y + dy < (int) other->height;
    const guint8 *ink = one->ink + (gsize) y * one->width;
    const guint8 *near = is_row ? other->near + (gsize) (y + dy) * other->width : NULL;

    for (int x = PICTURE_BORDER; x < (int) one->width - PICTURE_BORDER; x++)
      if (ink[x] != 0)
        n_missing += near == NULL || x + dx < 0 || x + dx >= (int) other->width || near[x + dx] == 0;
  }
  return n_missing;
}

/* With the one upon the other as well as it goes: a line's edge may fall on this dot or the next. */
static inline double
picture_get_share (const Picture *intended, const Picture *arrived, int dx, int dy)
{
  PictureMask one = picture_make_mask (intended), two = picture_make_mask (arrived);
  guint least = G_MAXUINT;

  for (int y = dy - PICTURE_SHIFT; y <= dy + PICTURE_SHIFT; y++)
    for (int x = dx - PICTURE_SHIFT; x <= dx + PICTURE_SHIFT; x++) {
      guint n = picture_count_missing (&one, &two, x, y);
      least = MIN (least, n < least ? n + picture_count_missing (&two, &one, -x, -y) : n);
    }
  g_free (one.ink);
  g_free (one.near);
  g_free (two.ink);
  g_free (two.near);
  return one.n_ink + two.n_ink > 0 ? (double) least / (one.n_ink + two.n_ink) : 1;
}

static inline PictureDifference
picture_compare (const Picture *intended, const Picture *arrived, double dpi)
{
  PictureBox one = picture_get_ink (intended), two = picture_get_ink (arrived);
  int dx = (int) two.left - (int) one.left, dy = (int) two.top - (int) one.top;
  double mm = 25.4 / dpi;

  return (PictureDifference){
    .width = ((double) arrived->width - intended->width) * mm,
    .height = ((double) arrived->height - intended->height) * mm,
    .left = dx * mm,
    .top = dy * mm,
    .right = ((double) two.right - one.right) * mm,
    .bottom = ((double) two.bottom - one.bottom) * mm,
    .share = picture_get_share (intended, arrived, dx, dy),
  };
}

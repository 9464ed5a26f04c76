/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/decode/page.h"

#include <string.h>

enum {
  LEVELS = 256,
  /* Noise of a scanner stays within 8 levels; a faint pencil line is 30 away from its paper. */
  SAME_LEVELS = 16,
  LIGHT_LEVEL = 160,  /* an edge that is lighter is a white lid, or the paper itself */
  MIN_SIDE = 32,      /* of what is cut out, in pixels: less is dust */
  AIR_MM = 5,         /* around what is cut out on a white lid */
  USUAL_DPI = 200,    /* where it is not known */
  SMALL_PERCENT = 50, /* of the glass: what fills more of a white lid is a sheet */
  INK_LEVELS = 40,    /* from the ground: print and pencil, not the texture of paper */
  EDGE_LEVELS = 40,   /* across two pixels and down two: noise alone has 32 at most */
};

/* A sheet with one line of 12 pt across a third of it has 0.1 %; dust on a clean glass has 0.005 %. */
#define EMPTY_INK 0.0004
/* White paper under a failing lamp is at 100; a photo in a dark room is below 60, and a black card is rare. */
#define DARK_MEAN 60.0
/* Sharp print at 200 dpi is above 0.1; a Gaussian of three pixels (0.4 mm), where letters run together, leaves 0.015. */
#define BLURRED_SHARPNESS 0.025

void
pv_page_clear (PvPage *page)
{
  g_clear_pointer (&page->data, g_free);
  page->width = page->height = 0;
}

/* ITU-R BT.601. */
static guint
brightness (const PvPage *page, guint x, guint y)
{
  const guint8 *p = page->data + ((gsize) y * page->width + x) * page->channels;

  return page->channels == 1 ? p[0] : (p[0] * 299u + p[1] * 587u + p[2] * 114u) / 1000u;
}

static guint
find_median (const guint64 counts[LEVELS], guint64 n)
{
  guint64 below = 0;

  for (guint level = 0; level < LEVELS; level++) {
    below += counts[level];
    if (below * 2 >= n)
      return level;
  }
  return LEVELS - 1;
}

/* The edge is a frame of one pixel. */
static guint
find_edge_level (const PvPage *page)
{
  guint64 counts[LEVELS] = { 0 };
  guint64 n = 0;

  for (guint x = 0; x < page->width; x++, n += 2) {
    counts[brightness (page, x, 0)]++;
    counts[brightness (page, x, page->height - 1)]++;
  }
  for (guint y = 0; y < page->height; y++, n += 2) {
    counts[brightness (page, 0, y)]++;
    counts[brightness (page, page->width - 1, y)]++;
  }
  return find_median (counts, n);
}

static gboolean
is_same (guint level, guint other)
{
  return MAX (level, other) - MIN (level, other) <= SAME_LEVELS;
}

/* All of the row; its ends only as far as @box goes. */
static gboolean
is_row_plain (const PvPage *page, const PvPageBox *box, guint y, guint level)
{
  for (guint x = box->x; x < box->x + box->width; x++)
    if (!is_same (brightness (page, x, y), level))
      return FALSE;
  return TRUE;
}

static gboolean
is_column_plain (const PvPage *page, const PvPageBox *box, guint x, guint level)
{
  for (guint y = box->y; y < box->y + box->height; y++)
    if (!is_same (brightness (page, x, y), level))
      return FALSE;
  return TRUE;
}

static PvPageBox
trim (const PvPage *page, guint level)
{
  PvPageBox box = { 0, 0, page->width, page->height };

  while (box.height > 0 && is_row_plain (page, &box, box.y, level)) {
    box.y++;
    box.height--;
  }
  while (box.height > 0 && is_row_plain (page, &box, box.y + box.height - 1, level))
    box.height--;
  while (box.height > 0 && box.width > 0 && is_column_plain (page, &box, box.x, level)) {
    box.x++;
    box.width--;
  }
  while (box.height > 0 && box.width > 0 && is_column_plain (page, &box, box.x + box.width - 1, level))
    box.width--;
  return box;
}

static PvPageBox
widen (const PvPage *page, const PvPageBox *box, guint by)
{
  const guint left = MIN (box->x, by), top = MIN (box->y, by);

  return (PvPageBox){ box->x - left, box->y - top, MIN (box->width + left + by, page->width - box->x + left),
                      MIN (box->height + top + by, page->height - box->y + top) };
}

PvPageBox
pv_page_find_box (const PvPage *page)
{
  const PvPageBox whole = { 0, 0, page->width, page->height };
  const guint level = find_edge_level (page);
  const guint air = (page->dpi > 0 ? page->dpi : USUAL_DPI) * AIR_MM * 10 / 254;
  PvPageBox box = trim (page, level);

  if (box.width < MIN_SIDE || box.height < MIN_SIDE)
    return whole;
  if (level < LIGHT_LEVEL)
    return box;
  box = widen (page, &box, air);
  return (guint64) box.width * box.height * 100 < (guint64) page->width * page->height * SMALL_PERCENT ? box : whole;
}

void
pv_page_crop (PvPage *page, const PvPageBox *box)
{
  const gsize from = (gsize) page->width * page->channels, to = (gsize) box->width * page->channels;

  for (guint y = 0; y < box->height; y++)
    memmove (page->data + y * to, page->data + (box->y + y) * from + (gsize) box->x * page->channels, to);
  page->width = box->width;
  page->height = box->height;
}

/* --- Can it be read --- */

static void
count_levels (const PvPage *page, guint64 counts[LEVELS])
{
  for (guint y = 0; y < page->height; y++)
    for (guint x = 0; x < page->width; x++)
      counts[brightness (page, x, y)]++;
}

/* What is summed over the pixels of a page. */
typedef struct Edges {
  guint64 bends, slopes, n; /* where there is an edge */
  guint64 noise, n_plain;   /* bends where there is none */
} Edges;

static void
add_pixel (const PvPage *page, guint x, guint y, Edges *edges)
{
  const int here = (int) brightness (page, x, y);
  const int left = (int) brightness (page, x - 1, y), right = (int) brightness (page, x + 1, y);
  const int up = (int) brightness (page, x, y - 1), down = (int) brightness (page, x, y + 1);
  const int bend = left + right + up + down - 4 * here;
  const int across = right - left, along = down - up;

  if (ABS (across) + ABS (along) >= EDGE_LEVELS) {
    edges->bends += (guint64) (bend * bend);
    edges->slopes += (guint64) (across * across + along * along);
    edges->n++;
  } else if (ABS (bend) < EDGE_LEVELS) {
    edges->noise += (guint64) (bend * bend);
    edges->n_plain++;
  }
}

/* The second derivative against the first, where there is an edge: a blurred edge rises slowly, so its bend is small.
 * Paper without an edge does not count, so that a short letter is as sharp as a long one; but its noise, which bends every
 * edge too, is taken off. */
static double
measure_sharpness (const PvPage *page)
{
  Edges edges = { 0 };
  double noise;

  for (guint y = 1; y + 1 < page->height; y++)
    for (guint x = 1; x + 1 < page->width; x++)
      add_pixel (page, x, y, &edges);
  noise = edges.n_plain > 0 ? (double) edges.noise / (double) edges.n_plain : 0;
  return edges.slopes > 0 ? MAX ((double) edges.bends - noise * (double) edges.n, 0) / (double) edges.slopes : 0;
}

PvPageLook
pv_page_look (const PvPage *page)
{
  const guint64 n = (guint64) page->width * page->height;
  guint64 counts[LEVELS] = { 0 };
  guint64 sum = 0, ink = 0;
  guint ground;

  count_levels (page, counts);
  ground = find_median (counts, n);
  for (guint level = 0; level < LEVELS; level++) {
    sum += counts[level] * level;
    if (MAX (level, ground) - MIN (level, ground) > INK_LEVELS)
      ink += counts[level];
  }
  return (PvPageLook){ (double) sum / (double) n, (double) ink / (double) n, measure_sharpness (page) };
}

PvCaptureHint
pv_page_judge (const PvPage *page)
{
  const PvPageLook look = pv_page_look (page);

  if (look.mean < DARK_MEAN)
    return PV_CAPTURE_DARK;
  if (look.ink < EMPTY_INK)
    return PV_CAPTURE_EMPTY;
  return look.sharpness < BLURRED_SHARPNESS ? PV_CAPTURE_BLURRED : PV_CAPTURE_CLEAR;
}

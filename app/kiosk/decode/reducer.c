/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/decode/picture-private.h"

#include <string.h>

enum { CHANNELS = 3 };

gboolean
pv_reducer_begin (PvReducer *reducer, guint width, guint height, guint max_side)
{
  guint longer = MAX (width, height);
  PvPixels *pixels = &reducer->pixels;

  *reducer = (PvReducer){ .width = width, .height = height };
  pixels->width = longer <= max_side ? width : MAX ((guint) ((guint64) width * max_side / longer), 1);
  pixels->height = longer <= max_side ? height : MAX ((guint) ((guint64) height * max_side / longer), 1);
  pixels->data = g_try_malloc0_n ((gsize) pixels->width * pixels->height, sizeof *pixels->data);
  reducer->sums = g_try_malloc0_n ((gsize) pixels->width * CHANNELS, sizeof *reducer->sums);
  reducer->counts = g_try_malloc0_n (pixels->width, sizeof *reducer->counts);
  return pixels->data != NULL && reducer->sums != NULL && reducer->counts != NULL;
}

/* In which of @to places the one at @at of @from lies. */
static guint
place (guint at, guint from, guint to)
{
  return (guint) ((guint64) at * to / from);
}

static void
write_row (PvReducer *reducer, guint row)
{
  guint32 *pixel = reducer->pixels.data + (gsize) row * reducer->pixels.width;
  const guint64 *sum = reducer->sums;

  for (guint x = 0; x < reducer->pixels.width; x++, sum += CHANNELS) {
    guint64 count = reducer->counts[x];

    pixel[x] = (guint32) (sum[0] / count) << 16 | (guint32) (sum[1] / count) << 8 | (guint32) (sum[2] / count);
  }
  memset (reducer->sums, 0, (gsize) reducer->pixels.width * CHANNELS * sizeof *reducer->sums);
  memset (reducer->counts, 0, reducer->pixels.width * sizeof *reducer->counts);
}

void
pv_reducer_add (PvReducer *reducer, const guint8 *rgb)
{
  guint row = place (reducer->row, reducer->height, reducer->pixels.height);

  g_return_if_fail (reducer->row < reducer->height);
  for (guint x = 0; x < reducer->width; x++, rgb += CHANNELS) {
    guint to = place (x, reducer->width, reducer->pixels.width);

    for (guint i = 0; i < CHANNELS; i++)
      reducer->sums[to * CHANNELS + i] += rgb[i];
    reducer->counts[to]++;
  }
  reducer->row++;
  if (reducer->row == reducer->height || place (reducer->row, reducer->height, reducer->pixels.height) != row)
    write_row (reducer, row);
}

gboolean
pv_reducer_end (PvReducer *reducer, PvPixels *ret_pixels)
{
  if (reducer->row < reducer->height)
    return FALSE;
  *ret_pixels = reducer->pixels;
  reducer->pixels = (PvPixels){ 0 };
  return TRUE;
}

void
pv_reducer_clear (PvReducer *reducer)
{
  pv_pixels_clear (&reducer->pixels);
  g_clear_pointer (&reducer->sums, g_free);
  g_clear_pointer (&reducer->counts, g_free);
}

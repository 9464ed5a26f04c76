/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/decode/picture.h"

static void
turn_round (PvPixels *pixels)
{
  const gsize n = (gsize) pixels->width * pixels->height;

  for (gsize i = 0; i < n / 2; i++) {
    const guint32 pixel = pixels->data[i];

    pixels->data[i] = pixels->data[n - 1 - i];
    pixels->data[n - 1 - i] = pixel;
  }
}

static gboolean
turn_right (PvPixels *pixels)
{
  PvPixels turned = { pixels->height, pixels->width, NULL };

  turned.data = g_try_malloc_n ((gsize) turned.width * turned.height, sizeof *turned.data);
  if (turned.data == NULL)
    return FALSE;
  for (guint y = 0; y < turned.height; y++)
    for (guint x = 0; x < turned.width; x++)
      turned.data[(gsize) y * turned.width + x] = pixels->data[(gsize) (pixels->height - 1 - x) * pixels->width + y];
  pv_pixels_clear (pixels);
  *pixels = turned;
  return TRUE;
}

gboolean
pv_pixels_turn (PvPixels *pixels, guint turns)
{
  if (turns % 4 >= 2)
    turn_round (pixels);
  return turns % 2 == 0 || turn_right (pixels);
}

void
pv_pixels_mirror (PvPixels *pixels)
{
  for (guint y = 0; y < pixels->height; y++) {
    guint32 *row = pixels->data + (gsize) y * pixels->width;

    for (guint x = 0; x < pixels->width / 2; x++) {
      const guint32 pixel = row[x];

      row[x] = row[pixels->width - 1 - x];
      row[pixels->width - 1 - x] = pixel;
    }
  }
}

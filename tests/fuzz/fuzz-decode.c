/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fuzz-decode.c: what parvis-decode does, without its sandbox: any bytes give pixels within the size that was asked for, or
 * nothing. */

#include <stdint.h>
#include <stdlib.h>

#include "kiosk/decode/picture.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean is_true)
{
  if (!is_true)
    abort ();
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  enum { MAX_SIDE = 64 };
  g_auto (PvPixels) pixels = { 0 };

  if (!pv_picture_decode (data, size, MAX_SIDE, &pixels)) {
    check (pixels.data == NULL && pixels.width == 0 && pixels.height == 0);
    return 0;
  }
  check (pixels.width >= 1 && pixels.width <= MAX_SIDE && pixels.height >= 1 && pixels.height <= MAX_SIDE);
  for (guint i = 0; i < pixels.width * pixels.height; i++)
    check (pixels.data[i] <= 0xFFFFFF);
  return 0;
}

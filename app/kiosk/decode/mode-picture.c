/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One picture, from the sealed memory file at descriptor 3 to the memory file at descriptor 4; started by link/decode.c. */

#include "kiosk/decode/modes.h"
#include "kiosk/decode/output.h"
#include "kiosk/decode/picture.h"
#include "kiosk/decode/sandbox.h"
#include "link/memfd.h"

#include <stdlib.h>
#include <unistd.h>

static gboolean
write_pixels (const PvPixels *pixels)
{
  const PvDecodeTrailer trailer = { pixels->width, pixels->height };

  return pv_output_write (PV_DECODE_OUTPUT_FD, pixels->data,
                          (gsize) pixels->width * pixels->height * sizeof *pixels->data)
         && pv_output_write (PV_DECODE_OUTPUT_FD, &trailer, sizeof trailer);
}

void
pv_mode_picture (int argc, char **argv)
{
  const gsize max_bytes = (gsize) PV_DECODE_MAX_SIDE * PV_DECODE_MAX_SIDE * 4 + sizeof (PvDecodeTrailer);
  guint64 max_side, turns = 0;
  GBytes *picture;
  PvPixels pixels = { 0 };
  const guint8 *data;
  gsize length;

  if (argc < 1 || argc > 2 || !g_ascii_string_to_unsigned (argv[0], 10, 1, PV_DECODE_MAX_SIDE, &max_side, NULL)
      || (argc == 2 && !g_ascii_string_to_unsigned (argv[1], 10, 0, 3, &turns, NULL)))
    return;
  picture = pv_memfd_map (PV_DECODE_INPUT_FD, PV_DECODE_MAX_BYTES, NULL);
  if (picture == NULL || !pv_sandbox_enter (PV_DECODE_OUTPUT_FD, max_bytes))
    return;
  data = g_bytes_get_data (picture, &length);
  if (!pv_picture_decode (data, length, (guint) max_side, &pixels) || !pv_pixels_turn (&pixels, (guint) turns))
    _exit (PV_DECODE_EXIT_BAD_DATA);
  _exit (write_pixels (&pixels) ? PV_DECODE_EXIT_DONE : EXIT_FAILURE);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis-decode MAX-SIDE: one picture, from the sealed memory file at descriptor 3 to the memory file at descriptor 4, and
 * the end; started by link/decode.c. */

#include "kiosk/decode/picture.h"
#include "kiosk/decode/sandbox.h"
#include "link/decode-private.h"
#include "link/memfd.h"
#include "platform/harden.h"

#include <stdlib.h>
#include <unistd.h>

static gboolean
write_all (const void *data, gsize length)
{
  const guint8 *p = data;

  while (length > 0) {
    ssize_t written = write (PV_DECODE_OUTPUT_FD, p, length);

    if (written <= 0)
      return FALSE;
    p += written;
    length -= (gsize) written;
  }
  return TRUE;
}

static gboolean
write_pixels (const PvPixels *pixels)
{
  const PvDecodeTrailer trailer = { pixels->width, pixels->height };

  return write_all (pixels->data, (gsize) pixels->width * pixels->height * sizeof *pixels->data)
         && write_all (&trailer, sizeof trailer);
}

int
main (int argc, char **argv)
{
  const gsize max_bytes = (gsize) PV_DECODE_MAX_SIDE * PV_DECODE_MAX_SIDE * 4 + sizeof (PvDecodeTrailer);
  guint64 max_side;
  GBytes *picture;
  PvPixels pixels = { 0 };
  const guint8 *data;
  gsize length;

  if (!pv_harden_process (NULL) || argc != 2
      || !g_ascii_string_to_unsigned (argv[1], 10, 1, PV_DECODE_MAX_SIDE, &max_side, NULL))
    return EXIT_FAILURE;
  picture = pv_memfd_map (PV_DECODE_INPUT_FD, PV_DECODE_MAX_BYTES, NULL);
  if (picture == NULL || !pv_sandbox_enter (PV_DECODE_OUTPUT_FD, max_bytes))
    return EXIT_FAILURE;
  data = g_bytes_get_data (picture, &length);
  /* Nothing is freed and nothing runs at the end: the kernel takes all of it. */
  if (!pv_picture_decode (data, length, (guint) max_side, &pixels))
    _exit (PV_DECODE_EXIT_BAD_DATA);
  _exit (write_pixels (&pixels) ? PV_DECODE_EXIT_DONE : EXIT_FAILURE);
}

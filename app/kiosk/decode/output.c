/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/decode/output.h"

#include <stdlib.h>
#include <unistd.h>

gboolean
pv_output_write (int fd, const void *data, gsize length)
{
  const guint8 *p = data;

  while (length > 0) {
    ssize_t written = write (fd, p, length);

    if (written <= 0)
      return FALSE;
    p += written;
    length -= (gsize) written;
  }
  return TRUE;
}

int
pv_output_put (const void *content, gsize length, PvScanFacts facts)
{
  facts.magic = PV_SCAN_FACTS_MAGIC;
  return pv_output_write (PV_SCAN_OUTPUT_FD, content, length)
             && pv_output_write (PV_SCAN_OUTPUT_FD, &facts, sizeof facts)
           ? PV_DECODE_EXIT_DONE
           : EXIT_FAILURE;
}

void
pv_output_end (const void *content, gsize length, PvScanFacts facts)
{
  _exit (pv_output_put (content, length, facts));
}

void
pv_output_end_in_trouble (PvCaptureTrouble trouble)
{
  _exit (PV_SCAN_EXIT_TROUBLE + (int) trouble);
}

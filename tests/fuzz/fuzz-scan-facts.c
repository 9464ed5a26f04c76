/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fuzz-scan-facts.c: what a child tells of its work. Whatever it is, what is believed of it is within the limits, so that a
 * preview is never read beyond its end, and a page is never longer than what was written. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "link/scan-private.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean is_true)
{
  if (!is_true)
    abort ();
}

static void
try_facts (const uint8_t *data, size_t size)
{
  for (PvScanKind kind = PV_SCAN_NAME; kind < PV_N_SCAN_KINDS; kind++) {
    PvScanFacts facts;
    gsize content_size = 0;

    if (!pv_scan_facts_read (data, size, kind, PV_CAPTURE_MAX_PAGES, &facts, &content_size))
      continue;
    check (content_size > 0 && content_size == size - sizeof facts);
    check (facts.kind == (guint32) kind && facts.hint <= PV_CAPTURE_EMPTY && facts.n_pages <= PV_CAPTURE_MAX_PAGES);
    if (kind == PV_SCAN_NAME && pv_scan_is_name ((const char *) data, content_size))
      check (data[0] != '-' && memchr (data, '\0', content_size) == NULL && content_size <= PV_SCAN_MAX_NAME_BYTES);
  }
}

static void
try_steps (const uint8_t *data, size_t size)
{
  PvScanStep before = { 0 };

  for (; size >= sizeof before; data += sizeof before, size -= sizeof before) {
    PvScanStep step;

    memcpy (&step, data, sizeof step);
    if (!pv_scan_step_is_right (&step, &before))
      return;
    check (step.width <= PV_SCAN_PICTURE_SIDE && step.height <= PV_SCAN_PICTURE_SIDE && step.rows <= step.height);
    check (step.percent <= 100 && (before.width == 0 || (step.rows >= before.rows && step.width == before.width)));
    before = step;
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  try_facts (data, size);
  try_steps (data, size);
  return 0;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fuzz-import.c: what a phone sends, without the sandbox: any bytes become a page, a PDF within its limits, or a reason.
 * What came out goes in again, and through pv_join(). */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/decode/import.h"
#include "kiosk/decode/join.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

enum { MAX_BYTES = 300 * 1000, MAX_PAGES = 3 };

static void
check (gboolean is_true)
{
  if (!is_true)
    abort ();
}

static void
check_page (const GByteArray *page)
{
  static const PvScanKind kinds[] = { PV_SCAN_PDF, PV_SCAN_JPEG, PV_SCAN_PNG };

  check (page->len <= PV_SCAN_MAX_PAGE_BYTES);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const PvJoinPage joined = { page->data, page->len, i };
    g_autoptr (GByteArray) document = g_byte_array_new ();

    if (pv_join (&joined, 1, kinds[i], MAX_BYTES, document) == PV_CAPTURE_TROUBLE_NONE)
      check (document->len > 0 && document->len <= MAX_BYTES);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const PvImportRules rules = { { FALSE, TRUE, TRUE, TRUE }, MAX_BYTES, MAX_PAGES };
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GByteArray) again = g_byte_array_new ();
  PvScanFacts facts = { 0 };

  if (pv_import (data, size, &rules, out, &facts) != PV_CAPTURE_TROUBLE_NONE)
    return 0;
  check (out->len > 0 && facts.hint <= PV_CAPTURE_EMPTY && facts.n_pages >= 1);
  if (facts.kind == PV_SCAN_JPEG) {
    check_page (out);
  } else {
    check (facts.kind == PV_SCAN_PDF && facts.n_pages <= MAX_PAGES && out->len <= MAX_BYTES);
  }
  pv_import (out->data, out->len, &rules, again, &facts);
  return 0;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fuzz-receipt-code.c: what is scanned from a paper that may be forged, and a file that is said to be a key. What is read as a code is
 * written the same again. */

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>

#include "link/receipt-key.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size), *again = NULL, *stripped = NULL;
  guint8 signature[PV_RECEIPT_SIGNATURE_BYTES];
  g_autoptr (PvReceiptFacts) facts = pv_receipt_code_parse (text, signature);
  PvReceiptKey key;

  if (pv_receipt_key_parse (text, &key) && facts != NULL)
    abort (); /* both at once */
  if (facts == NULL)
    return 0;
  again = pv_receipt_code_make (facts, signature);
  stripped = g_strstrip (g_strdup (text));
  if (!g_str_equal (again, stripped))
    abort ();
  return 0;
}

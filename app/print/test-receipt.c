/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/test-receipt.h"

PvReceipt *
pv_test_receipt_new (const char *commune, const char *origin, PvPrintMedia media)
{
  PvReceipt *receipt = pv_receipt_new (PV_RECEIPT_TICKET);

  receipt->practice = TRUE;
  receipt->title = g_strdup ("Essai de l’imprimante");
  receipt->commune = g_strdup (commune);
  receipt->place = g_strdup (origin);
  receipt->procedure = g_strdup ("àâçéèêëîïôœùûüÿ ÀÇÉÈŒ « € » – ’ …");
  receipt->language = g_strdup ("fr");
  receipt->text_percent = 100;
  g_ptr_array_add (receipt->lines, pv_receipt_line_new ("Largeur", pv_print_media_to_string (media)));
  g_ptr_array_add (receipt->lines, pv_receipt_line_new ("العربية", "إيصال"));
  receipt->next = g_strdup ("Les deux bords sont lisibles, et la fin du papier dit que c’est la fin.");
  return receipt;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/invoice-slip.h"

#include "core/wipe.h"

PvInvoiceSlip *
pv_invoice_slip_new (void)
{
  PvInvoiceSlip *slip = g_new0 (PvInvoiceSlip, 1);

  slip->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_receipt_line_free);
  return slip;
}

void
pv_invoice_slip_free (PvInvoiceSlip *slip)
{
  if (slip == NULL)
    return;
  g_free (slip->language);
  g_free (slip->commune);
  g_free (slip->place);
  g_free (slip->title);
  g_free (slip->looked_up);
  pv_wipe_str (slip->payment_url);
  g_ptr_array_unref (slip->rows);
  g_free (slip);
}

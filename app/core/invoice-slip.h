/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* invoice-slip.h: what is due on an invoice, for a printer whose paper is too narrow for the invoice itself. */
#pragma once

#include "core/receipt.h"

typedef struct PvInvoiceSlip {
  char *language; /* (nullable) */
  char *commune, *place;
  char *title;       /* as on the screen */
  char *looked_up;   /* when, as words: what is due may have changed since */
  char *payment_url; /* (nullable): the portal's page to pay it on */
  GPtrArray *rows;   /* (element-type PvReceiptLine) */
} PvInvoiceSlip;

PvInvoiceSlip *pv_invoice_slip_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* Wipes what it says. */
void pv_invoice_slip_free (PvInvoiceSlip *slip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvInvoiceSlip, pv_invoice_slip_free)

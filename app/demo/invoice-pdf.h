/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* invoice-pdf.h: an invoice on paper, with the square that a kiosk reads: one page A4. */
#pragma once

#include "demo/invoices.h"

/* NULL with PV_PRINT_ERROR. (transfer full) */
GBytes *pv_demo_invoice_make_pdf (const PvDemoInvoice *invoice, const PvDemoSite *site,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* "42,50 €": as it is printed. (transfer full) */
char *pv_demo_format_cents (gint64 cents) G_GNUC_WARN_UNUSED_RESULT;

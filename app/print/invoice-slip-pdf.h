/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* invoice-slip-pdf.h: what is due on an invoice, on paper, where the invoice itself does not fit on it. */
#pragma once

#include "core/invoice-slip.h"
#include "print/media.h"

/**
 * pv_invoice_slip_render_pdf:
 * @text_percent: as chosen on the screen
 *
 * As pv_receipt_render_pdf() in all else.
 *
 * Returns: (transfer full): a PDF; NULL with PV_PRINT_ERROR_TOO_LARGE or BROKEN
 */
GBytes *pv_invoice_slip_render_pdf (const PvInvoiceSlip *slip, PvPrintMedia media, guint text_percent,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

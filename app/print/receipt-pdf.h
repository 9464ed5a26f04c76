/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* receipt-pdf.h: the receipt on paper. */
#pragma once

#include "core/receipt.h"
#include "print/media.h"

enum { PV_RECEIPT_MAX_LINES = 600 }; /* of summary and documents together */

/**
 * pv_receipt_render_pdf:
 *
 * Black on white, texts in the present language of gettext, personal data in the receipt's lines only. Roll: 10 pt or
 * more, as long as needed, in whole millimetres. A4: 12 pt or more, numbered pages. The text size that was chosen on
 * the screen is carried to the paper. Nothing is written to a disk. Main thread only. What prints the file passes it
 * through pv_pdf_file_finish().
 *
 * Returns: (transfer full): a PDF, wiped when freed; NULL with PV_PRINT_ERROR_TOO_LARGE or BROKEN
 */
GBytes *pv_receipt_render_pdf (const PvReceipt *receipt, PvPrintMedia media, GError **error) G_GNUC_WARN_UNUSED_RESULT;

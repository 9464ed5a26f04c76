/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* summary-pdf.h: the citizen's own answers on paper, for who asks for them. */
#pragma once

#include "core/summary-sheet.h"
#include "print/media.h"

enum { PV_SUMMARY_MAX_LINES = 600 };

/**
 * pv_summary_render_pdf:
 *
 * As pv_receipt_render_pdf() in all else. Personal data, and said to be.
 *
 * Returns: (transfer full): a PDF, wiped when freed; NULL with PV_PRINT_ERROR_TOO_LARGE or BROKEN
 */
GBytes *pv_summary_render_pdf (const PvSummarySheet *sheet, PvPrintMedia media,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

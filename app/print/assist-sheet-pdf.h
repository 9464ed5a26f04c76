/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* assist-sheet-pdf.h: what was done in an assistance, on paper, for a citizen who asks for it. */
#pragma once

#include "core/assist-sheet.h"
#include "print/media.h"

/**
 * pv_assist_sheet_render_pdf:
 * @text_percent: as chosen on the screen
 *
 * As pv_receipt_render_pdf() in all else. Nothing of the citizen is on it; who helped is.
 *
 * Returns: (transfer full): a PDF; NULL with PV_PRINT_ERROR_TOO_LARGE or BROKEN
 */
GBytes *pv_assist_sheet_render_pdf (const PvAssistSheet *sheet, PvPrintMedia media, guint text_percent,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

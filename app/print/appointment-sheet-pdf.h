/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* appointment-sheet-pdf.h: an appointment on paper, with the way there. */
#pragma once

#include "core/appointment-sheet.h"
#include "print/media.h"

/**
 * pv_appointment_sheet_render_pdf:
 *
 * As pv_receipt_render_pdf() in all else.
 *
 * Returns: (transfer full): a PDF, wiped when freed; NULL with PV_PRINT_ERROR_TOO_LARGE or BROKEN
 */
GBytes *pv_appointment_sheet_render_pdf (const PvAppointmentSheet *sheet, PvPrintMedia media,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pdf-file.h: what is said about a PDF in the file itself (libqpdf), in memory only.
 *
 * For the process that prints: libqpdf and what it needs would make every session start later and weigh more. */
#pragma once

#include "print/media.h"

/**
 * pv_pdf_file_finish:
 * @pdf: as pv_receipt_render_pdf() made it, with its title
 * @language: "fr"
 *
 * Sets the language, what is said instead of the codes, and that a viewer's window shows the title; removes program,
 * version and times, so that equal receipts are equal files.
 *
 * Returns: (transfer full): wiped when freed; NULL with PV_PRINT_ERROR_BAD_DATA if it is no PDF, or BROKEN
 */
GBytes *pv_pdf_file_finish (GBytes *pdf, const char *language, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct PvPdfSize {
  guint n_pages;
  double width_mm, height_mm; /* of every page */
} PvPdfSize;

/* @ret_size untouched and PV_PRINT_ERROR_BAD_DATA or TOO_LARGE set if it is no PDF with pages of one size. */
gboolean pv_pdf_file_measure (GBytes *pdf, PvPdfSize *ret_size, GError **error);

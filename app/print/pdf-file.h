/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pdf-file.h: what is said about a PDF in the file itself (libqpdf), in memory only. */
#pragma once

#include "print/media.h"

/* A receipt is below 200 kB; org.parvis.Printer1 promises the same limit. */
enum { PV_PDF_MAX_BYTES = 8 * 1024 * 1024 };
enum { PV_PDF_MAX_PAGES = 40 };

/**
 * pv_pdf_file_finish:
 * @pdf: as cairo wrote it
 * @title: generic: it is what a viewer's window shows
 * @language: "fr"
 *
 * Sets title and language; removes program, version and times, so that equal receipts are equal files.
 *
 * Returns: (transfer full): wiped when freed; NULL with PV_PRINT_ERROR_BROKEN
 */
GBytes *pv_pdf_file_finish (const GByteArray *pdf, const char *title, const char *language,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct PvPdfSize {
  guint n_pages;
  double width_mm, height_mm; /* of every page */
} PvPdfSize;

/* @ret_size untouched and PV_PRINT_ERROR_BAD_DATA or TOO_LARGE set if it is no PDF with pages of one size. */
gboolean pv_pdf_file_measure (GBytes *pdf, PvPdfSize *ret_size, GError **error);

/* Bytes that are wiped when the last reference goes; copies @data. */
GBytes *pv_pdf_file_bytes_new (gconstpointer data, gsize size) G_GNUC_WARN_UNUSED_RESULT;

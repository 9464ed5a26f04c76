/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pdf-write.h: pages that are JPEG as one PDF (ISO 32000-1), each as large as it was on paper. Equal pages are an equal file:
 * no time, no name, nothing but a fixed producer. */
#pragma once

#include "kiosk/decode/jpeg-write.h"

enum {
  PV_PDF_FRAME_BYTES = 512, /* at most of a PDF, */
  PV_PDF_PAGE_BYTES = 640,  /* and of each page, besides the JPEG */
};

typedef struct PvPdfPage {
  const guint8 *jpeg;
  gsize length;
  PvJpegHead head;
  guint turns; /* quarters to the right */
} PvPdfPage;

void pv_pdf_write (const PvPdfPage *pages, guint n_pages, GByteArray *out);

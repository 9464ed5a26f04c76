/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* documents.h: what people send from their phones, and what others would: made when a test runs. */
#pragma once

#include <glib.h>

typedef enum {
  FAKE_PDF_PLAIN,      /* "Bonjour" on each page */
  FAKE_PDF_JAVASCRIPT, /* runs on opening, on a page, on a field; and a file is attached */
  FAKE_PDF_FORM,       /* a field with the word REMPLI in it, a note that is hidden, a link */
  FAKE_PDF_METADATA,   /* author, XMP, page pieces; a photo with EXIF in it */
  FAKE_PDF_ENCRYPTED,  /* with a password */
  FAKE_PDF_LOCKED,     /* encrypted, but anybody may read it */
  FAKE_N_PDFS
} FakePdf;

GBytes *fake_pdf_new (FakePdf kind, guint n_pages);

typedef enum {
  FAKE_PNG_RGB,
  FAKE_PNG_GREY,
  FAKE_PNG_PALETTE,
  FAKE_PNG_ALPHA, /* the lower right quarter cannot be seen */
  FAKE_PNG_DEEP,  /* 16 bits */
  FAKE_PNG_BITS,  /* one bit of grey */
  FAKE_PNG_INTERLACED,
  FAKE_N_PNGS
} FakePng;

/* The four quarters of pictures.h. */
GBytes *fake_png_new (FakePng kind, guint width, guint height);
/* A few bytes that say: so many pixels. */
GBytes *fake_png_bomb_new (guint width, guint height);
/* @jpeg with an EXIF segment: an orientation, and a place where it was taken: "48.1975N". */
GBytes *fake_exif_new (GBytes *jpeg, guint orientation, gboolean is_little);
/* The first bytes of a photo of an iPhone. */
GBytes *fake_heic_new (void);

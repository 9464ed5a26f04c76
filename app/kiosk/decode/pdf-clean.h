/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pdf-clean.h: a PDF from outside, written anew by libqpdf with what is printed of it and nothing else. Pure.
 *
 * A new file gets the pages; of each page its content, its resources and its size. What lies on a page (the fields of a
 * form that was filled in, notes, signatures) becomes part of it, as it looks. What runs, what is embedded, and what tells
 * of people and programs stays behind: scripts, actions, attachments, links, outlines, metadata of the file, of its parts
 * and of the photos in it. */
#pragma once

#include "core/capture.h"

enum {
  PV_PDF_CLEAN_MAX_OBJECTS = 200 * 1000, /* that are looked at */
  PV_PDF_CLEAN_MAX_DEPTH = 60,           /* of what lies in each other */
  PV_PDF_CLEAN_MAX_NOTES = 1000,         /* on a page */
};

/* UNREADABLE: broken, cut, encrypted; TOO_MANY_PAGES; TOO_LARGE: the new one. Recovery is not tried: what it would bring
 * back may be a part. */
PvCaptureTrouble pv_pdf_clean (const guint8 *data, gsize length, guint max_pages, gsize max_bytes, GByteArray *out,
                               guint *ret_n_pages);

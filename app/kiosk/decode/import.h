/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* import.h: what a phone sent, as what the form takes. Pure.
 *
 * Of a picture, what can be seen; of a PDF, what is printed: nothing that tells where or with what it was made, nothing
 * that runs. */
#pragma once

#include "link/scan-private.h"

enum {
  PV_IMPORT_MAX_SIDE = 2500, /* of a picture, in pixels: A4 at 210 dpi */
  PV_IMPORT_QUALITY = 82,    /* of JPEG */
};

typedef struct PvImportRules {
  gboolean takes[PV_N_SCAN_KINDS];
  gsize max_bytes; /* of a PDF; pictures are made to fit by pv_join() */
  guint max_pages;
} PvImportRules;

/**
 * pv_import:
 * @out: empty: a picture becomes a page (PV_SCAN_JPEG), a PDF a PDF
 *
 * Returns: NONE; TYPE: something else, or not for this form; UNREADABLE: broken, cut, locked, over a limit of pictures;
 *   TOO_MANY_PAGES, TOO_LARGE: of a PDF
 */
PvCaptureTrouble pv_import (const guint8 *data, gsize length, const PvImportRules *rules, GByteArray *out,
                            PvScanFacts *ret_facts);

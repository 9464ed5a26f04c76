/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* join.h: pages as one document that is not too large. Pure. */
#pragma once

#include "link/scan-private.h"

typedef struct PvJoinPage {
  const guint8 *jpeg;
  gsize length;
  guint turns;
} PvJoinPage;

/**
 * pv_join:
 * @kind: PV_SCAN_PDF; or JPEG, PNG of one page
 * @out: empty
 *
 * As they are if they fit, else of less and less quality and resolution, down to what can just be read (100 dpi).
 *
 * Returns: NONE; TOO_LARGE; UNREADABLE: a page is no JPEG
 */
PvCaptureTrouble pv_join (const PvJoinPage *pages, guint n_pages, PvScanKind kind, gsize max_bytes, GByteArray *out);

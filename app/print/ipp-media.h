/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ipp-media.h: which size of paper to ask a printer for. Hundredths of a millimetre (PWG 5100.7). Any thread. */
#pragma once

#include <cups/ipp.h>
#include <glib.h>

/* Makers call the same roll 79.5 or 80 mm; names differ even more, so sizes are compared and never names. */
enum { PV_IPP_SIZE_TOLERANCE = 100 };

typedef struct PvIppSize {
  int min_x, max_x, min_y, max_y; /* equal for a fixed dimension */
} PvIppSize;

/* media-size-supported; empty if the printer tells none. (transfer full) (element-type PvIppSize) */
GArray *pv_ipp_media_list_sizes (ipp_t *attributes) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_ipp_media_choose:
 * @x: of the document, as @y
 * @can_be_longer: a roll: a sheet that is a little longer than the document does as well
 * @ret_x: what to ask for, as @ret_y
 *
 * Returns: FALSE if the printer has no such paper. What tells no sizes is asked for the document's own.
 */
gboolean pv_ipp_media_choose (const GArray *sizes, int x, int y, gboolean can_be_longer, int *ret_x, int *ret_y);

/* Adds media-col with the size and no margins, which have been left in the document. */
void pv_ipp_media_add_col (ipp_t *request, int x, int y);

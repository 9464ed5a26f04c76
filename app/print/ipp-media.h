/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ipp-media.h: which paper to ask a printer for. Hundredths of a millimetre (PWG 5100.7). Any thread. */
#pragma once

#include "print/media.h"
#include "print/pdf-file.h"

#include <cups/ipp.h>

enum {
  /* Makers call the same roll 79.5 or 80 mm; names differ even more, so sizes are compared and never names. */
  PV_IPP_SIZE_TOLERANCE = 100,
  /* Margins are told in rounded points or inches. */
  PV_IPP_MARGIN_TOLERANCE = 25,
};

typedef struct PvIppSize {
  int min_x, max_x, min_y, max_y; /* equal for a fixed dimension */
} PvIppSize;

/* What pv_ipp_media_add() needs to know of the printer: requested-attributes. */
enum { PV_IPP_MEDIA_N_WANTED = 6 };
extern const char *const pv_ipp_media_wanted[PV_IPP_MEDIA_N_WANTED];

/* media-size-supported; empty if the printer tells none. (transfer full) (element-type PvIppSize) */
GArray *pv_ipp_media_list_sizes (ipp_t *attributes) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_ipp_media_choose:
 * @x: of the document, as @y
 * @can_be_longer: a roll: a sheet that is a little longer than the document does as well
 * @ret_size: what the printer has: a size or a range
 * @ret_x: what of it to ask for, as @ret_y
 *
 * Returns: FALSE if the printer has no such paper. What tells no sizes is asked for the document's own.
 */
gboolean pv_ipp_media_choose (const GArray *sizes, int x, int y, gboolean can_be_longer, PvIppSize *ret_size,
                              int *ret_x, int *ret_y);

/* The least that the printer leaves blank at an edge ("left"), if a document that leaves @own is whole on it. FALSE: not. */
gboolean pv_ipp_media_choose_margin (ipp_t *attributes, const char *edge, int own, int *ret_margin);

/* CUPS makes whole points of a size, rounding down. Returns: what becomes the points that hold @length; if the range does
 * not, the points below. */
int pv_ipp_media_to_whole_points (int length, int min, int max);

/* Of a sheet of @media, in millimetres; 0: the printer tells no sizes. FALSE with PV_PRINT_ERROR_MEDIA: it has none. */
gboolean pv_ipp_media_read_longest (ipp_t *attributes, PvPrintMedia media, guint *ret_longest_mm, GError **error);

/**
 * pv_ipp_media_add:
 * @attributes: what the printer says of pv_ipp_media_wanted
 * @size: of the document
 * @is_queue: of CUPS, which takes names and rounds sizes
 *
 * Adds the paper, its margins, and print-scaling "none" where that is known. Always: without it a printer takes its
 * default, centres a short receipt on a long sheet, or cuts off both ends of a long one.
 *
 * Returns: FALSE with PV_PRINT_ERROR_MEDIA if something would be cut or scaled
 */
gboolean pv_ipp_media_add (ipp_t *job, ipp_t *attributes, const PvPdfSize *size, PvPrintMedia media, gboolean is_queue,
                           GError **error);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* page.h: a page as a scanner gives it: where its borders are, and whether it can be read. Pure. */
#pragma once

#include "core/capture.h"

enum {
  PV_PAGE_MAX_SIDE = 8192,
  PV_PAGE_MAX_BYTES = 40 * 1000 * 1000, /* A4 in colour at 300 dpi has 26 MB */
};

typedef struct PvPage {
  guint width, height;
  guint channels; /* 1: grey; 3: red, green, blue */
  guint dpi;      /* 0: not known */
  guint8 *data;   /* rows without gaps, from the top; owned (g_malloc) */
} PvPage;

void pv_page_clear (PvPage *page);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvPage, pv_page_clear)

typedef struct PvPageBox {
  guint x, y, width, height;
} PvPageBox;

/**
 * pv_page_find_box:
 *
 * The page without what of the scanner is around it. What is left out is of one colour, that of the edge, in whole rows
 * and columns: nothing that is written can be lost. On a white lid a sheet ends nowhere: only what is much smaller than
 * the glass (a card, a receipt) is cut out there, with some air around it.
 */
PvPageBox pv_page_find_box (const PvPage *page);
/* Moves the rows to the front. */
void pv_page_crop (PvPage *page, const PvPageBox *box);

/* What to tell the citizen: one of them, the first that holds of DARK, EMPTY, BLURRED. */
PvCaptureHint pv_page_judge (const PvPage *page);

/* What it is judged by; for tests. */
typedef struct PvPageLook {
  double mean;      /* brightness, 0 to 255 */
  double ink;       /* share of the pixels that differ from the ground, 0 to 1 */
  double sharpness; /* squares of bends by squares of slopes, at edges: 1 for a step, 1/(8 s2) for a Gaussian of s */
} PvPageLook;

PvPageLook pv_page_look (const PvPage *page);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* reach.h: how high above the floor what is touched stands on a mounted panel, and how high it may stand. Pure.
 *
 * The limits are those of EN 301 549, 8.3.2 (from the front) and 8.3.3 (from the side), for a person in a wheelchair. The layout
 * is measured in millimetres: what view draws is as large on each panel. tests/screens/test-reach.c measures what is drawn
 * against PV_REACH_TOP_MM and PV_REACH_LOW_MM. */
#pragma once

#include <glib.h>

/* Of a pixel that the sizes of the screens are written in: 24", 1080 x 1920. */
#define PV_REACH_REFERENCE_MM_PER_PX 0.277

enum {
  PV_REACH_LOWEST_MM = 380, /* 8.3.2.2, 8.3.3.2: nothing that is touched is lower */
  PV_REACH_TOP_MM = 33,     /* at the upper edge of the panel: the top band, which has no control */
  PV_REACH_LOW_MM = 430,    /* in the low layout no control is higher above the lower edge */
};

typedef enum { PV_APPROACH_FRONT, PV_APPROACH_SIDE } PvApproach;

typedef struct PvMounting {
  int width_px, height_px; /* as it is looked at */
  int diagonal_mm;         /* 0: not told: its pixels are those of the reference */
  int lower_edge_mm;       /* of what is lit, above the floor */
  int obstruction_mm;      /* depth of what one reaches over: a shelf, a desk; 0: none */
  PvApproach approach;
  int wish_mm; /* the commune's own limit; 0: the standard's */
} PvMounting;

/* Millimetres of a pixel. */
double pv_reach_mm_per_px (const PvMounting *mounting);
/* Nothing that is touched may stand higher; 0: too deep an obstruction, no height would do. */
int pv_reach_limit_mm (const PvMounting *mounting);
/* Of the highest control, above the floor. */
int pv_reach_highest_mm (const PvMounting *mounting, gboolean is_low);
/* In the usual layout something stands too high: the screen begins in the low one by itself. */
gboolean pv_reach_starts_low (const PvMounting *mounting);

typedef enum {
  PV_REACH_FINE,
  PV_REACH_TOO_HIGH, /* even in the low layout */
  PV_REACH_TOO_LOW,
  PV_REACH_TOO_DEEP, /* the obstruction */
} PvReachVerdict;

/* @ret_lowest_mm, @ret_highest_mm: (optional): between which the lower edge would do; 0, 0 where none would */
PvReachVerdict pv_reach_judge (const PvMounting *mounting, int *ret_lowest_mm, int *ret_highest_mm);

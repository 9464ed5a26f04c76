/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/reach.h"

#include <math.h>

double
pv_reach_mm_per_px (const PvMounting *mounting)
{
  if (mounting->diagonal_mm <= 0 || mounting->width_px <= 0 || mounting->height_px <= 0)
    return PV_REACH_REFERENCE_MM_PER_PX;
  return mounting->diagonal_mm / hypot (mounting->width_px, mounting->height_px);
}

int
pv_reach_limit_mm (const PvMounting *mounting)
{
  /* EN 301 549 V3.2.1: depth of the obstruction, and the height up to which one reaches over it. */
  static const struct {
    PvApproach approach;
    int depth_mm, limit_mm;
  } rules[] = {
    { PV_APPROACH_FRONT, 510, 1220 }, /* 8.3.2.1, 8.3.2.3.2 */
    { PV_APPROACH_FRONT, 635, 1120 }, /* 8.3.2.3.2 */
    { PV_APPROACH_SIDE, 255, 1220 },  /* 8.3.3.1, 8.3.3.3.1 */
    { PV_APPROACH_SIDE, 610, 1170 },  /* 8.3.3.3.2 */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i].approach == mounting->approach && mounting->obstruction_mm <= rules[i].depth_mm)
      return mounting->wish_mm > 0 ? MIN (mounting->wish_mm, rules[i].limit_mm) : rules[i].limit_mm;
  return 0;
}

/* Above the lower edge, rounded up. */
static int
highest_above_edge_mm (const PvMounting *mounting, gboolean is_low)
{
  int highest_mm = (int) ceil (mounting->height_px * pv_reach_mm_per_px (mounting)) - PV_REACH_TOP_MM;

  return is_low ? MIN (highest_mm, PV_REACH_LOW_MM) : highest_mm;
}

int
pv_reach_highest_mm (const PvMounting *mounting, gboolean is_low)
{
  return mounting->lower_edge_mm + highest_above_edge_mm (mounting, is_low);
}

gboolean
pv_reach_starts_low (const PvMounting *mounting)
{
  return pv_reach_highest_mm (mounting, FALSE) > pv_reach_limit_mm (mounting);
}

PvReachVerdict
pv_reach_judge (const PvMounting *mounting, int *ret_lowest_mm, int *ret_highest_mm)
{
  int limit_mm = pv_reach_limit_mm (mounting);
  int highest_mm = limit_mm - highest_above_edge_mm (mounting, TRUE);
  gboolean is_possible = limit_mm > 0 && highest_mm >= PV_REACH_LOWEST_MM;

  if (ret_lowest_mm != NULL)
    *ret_lowest_mm = is_possible ? PV_REACH_LOWEST_MM : 0;
  if (ret_highest_mm != NULL)
    *ret_highest_mm = is_possible ? highest_mm : 0;
  if (limit_mm == 0)
    return PV_REACH_TOO_DEEP;
  if (mounting->lower_edge_mm > highest_mm)
    return PV_REACH_TOO_HIGH;
  return mounting->lower_edge_mm < PV_REACH_LOWEST_MM ? PV_REACH_TOO_LOW : PV_REACH_FINE;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/mounting.h"

PvMounting
pv_mounting_from_settings (const PvSettings *settings)
{
  const char *approach = pv_settings_get_text (settings, PV_SETTING_SCREEN_APPROACH);

  return (PvMounting){
    .width_px = 1080,
    .height_px = 1920,
    .diagonal_mm = pv_settings_get_int (settings, PV_SETTING_SCREEN_DIAGONAL_MM),
    .lower_edge_mm = pv_settings_get_int (settings, PV_SETTING_SCREEN_LOWER_EDGE_MM),
    .obstruction_mm = pv_settings_get_int (settings, PV_SETTING_SCREEN_OBSTRUCTION_MM),
    .approach = g_str_equal (approach, "side") ? PV_APPROACH_SIDE : PV_APPROACH_FRONT,
    .wish_mm = pv_settings_get_int (settings, PV_SETTING_SCREEN_REACH_MM),
  };
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip-groups.h: the files of the travel application that hold the holder: EF.COM, DG1, DG2, DG3, DG11, DG12 (ICAO Doc
 * 9303-10, section 4). Pure. */
#pragma once

#include "demo/card/chip-text.h"

/* (transfer full): whole files. NULL of DG11, DG12: nothing of it is in the text (no error set). */
GBytes *pv_chip_group_dg1 (const PvChipText *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *pv_chip_group_dg2 (const PvChipText *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *pv_chip_group_dg3 (void) G_GNUC_WARN_UNUSED_RESULT;
GBytes *pv_chip_group_dg11 (const PvChipText *text) G_GNUC_WARN_UNUSED_RESULT;
GBytes *pv_chip_group_dg12 (const PvChipText *text) G_GNUC_WARN_UNUSED_RESULT;
/* @groups: (element-type GBytes): index 1 to 16. */
GBytes *pv_chip_group_com (const GPtrArray *groups) G_GNUC_WARN_UNUSED_RESULT;

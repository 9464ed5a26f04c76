/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip-damage.h: what is done to the files of a card before its issuer signs ("misprint") and after ("damage"). */
#pragma once

#include "demo/card/chip-files.h"

enum { PV_CHIP_MAX_DAMAGED_BYTES = 4 * 1024 * 1024 };

/* Every word of section @group; those that are no change of a file are only checked. */
gboolean pv_chip_damage (PvChipFiles *files, const PvChipText *text, const char *group, GError **error);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip-mapping.h: how the nonce of PACE makes a new generator (ICAO Doc 9303-11, section 4.4.3.3). libeac has the generic
 * mapping alone, so the other two are computed here; tested by the worked examples of appendices G to I. Pure. */
#pragma once

#include "demo/card/chip-cipher.h"
#include "demo/card/chip-group.h"

/* s * G + sk * PK, or g ^ s * PK ^ sk. NULL: @public is none of the group. */
GBytes *pv_chip_map_generic (const PvChipGroup *group, GBytes *nonce, const BIGNUM *secret, GBytes *public);
/* R_p (s, t): the pseudo-random number below p. */
BIGNUM *pv_chip_map_random (const PvChipGroup *group, PvChipCipher cipher, GBytes *nonce, GBytes *other);
/* @other: the nonce of the terminal. NULL: no such point (a chance of nothing), or a prime without this mapping. */
GBytes *pv_chip_map_integrated (const PvChipGroup *group, PvChipCipher cipher, GBytes *nonce, GBytes *other);
/* Bytes of the chip's nonce s and the terminal's t. */
gsize pv_chip_nonce_bytes (PvChipCipher cipher, gboolean is_integrated);
gsize pv_chip_other_nonce_bytes (PvChipCipher cipher);

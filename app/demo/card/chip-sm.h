/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip-sm.h: the chip's side of secure messaging (ICAO Doc 9303-11, section 9.8). Ciphers and MACs are libeac's. */
#pragma once

#include "demo/card/chip-cipher.h"
#include "demo/card/chip-command.h"
#include "demo/card/chip.h"

typedef struct PvChipSm PvChipSm;

/* @ssc: the last eight bytes of the counter; 0 after PACE and chip authentication. NULL: libeac refuses. */
PvChipSm *pv_chip_sm_new (PvChipCipher cipher, const guint8 *encryption_key, const guint8 *mac_key, guint64 ssc);
void pv_chip_sm_free (PvChipSm *sm);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvChipSm, pv_chip_sm_free)

const guint8 *pv_chip_sm_get_key (const PvChipSm *sm, gsize *ret_length);
/* Replaces the data objects of @command by what they hold. 9000, or the status word that ends the session. */
guint16 pv_chip_sm_unwrap (PvChipSm *sm, PvChipCommand *command);
/* @fault: those of secure messaging. Data and objects of @answer are replaced; @is_odd: the instruction was. */
void pv_chip_sm_wrap (PvChipSm *sm, gboolean is_odd, PvChipFault fault, PvChipAnswer *answer);

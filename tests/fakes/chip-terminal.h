/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip-terminal.h: the plainest reader there can be, to look at a chip of the demo from outside: straight from ICAO Doc
 * 9303-11, in few words, without any defence. Not what Parvis reads with. */
#pragma once

#include "demo/card/chip-pace.h"
#include "demo/card/chip.h"

typedef struct ChipTerminal {
  PvChip *chip; /* borrowed */
  gboolean is_secured;
  PvChipCipher cipher;
  guint8 encryption_key[PV_CHIP_MAX_KEY_BYTES], mac_key[PV_CHIP_MAX_KEY_BYTES];
  guint8 ssc[PV_CHIP_MAX_BLOCK_BYTES];
  /* of the last answer */
  guint8 data[70000];
  gsize length;
  guint16 sw;
  /* of the last PACE */
  guint8 cam[256]; /* DO 8A, decrypted, padded */
  gsize cam_length;
  guint8 chip_mapping_key[256];
  gsize chip_mapping_key_length;
} ChipTerminal;

/* As it is, no secure messaging. */
guint16 chip_terminal_send_plain (ChipTerminal *self, const guint8 *command, gsize length);
/* @hex: header, body and so on. */
guint16 chip_terminal_send_hex (ChipTerminal *self, const char *hex);
/* Secured if there is a session: 0 if the answer is not in order. @expected: as in PvChipCommand. */
guint16 chip_terminal_send (ChipTerminal *self, const guint8 header[4], const guint8 *data, gsize length,
                            guint expected);
guint16 chip_terminal_select_application (ChipTerminal *self);
/* The whole of a file by its short identifier, @step bytes at a time: length of data. */
guint16 chip_terminal_read (ChipTerminal *self, guint short_id, guint step);
/* Status word of the last step. @secret: K; @is_can: the reference sent. */
guint16 chip_terminal_pace (ChipTerminal *self, const PvChipPaceOffer *offer, gboolean with_parameter, gboolean is_can,
                            GBytes *secret);
guint16 chip_terminal_bac (ChipTerminal *self, const char *mrz_information);
/* Chip authentication of version 1 with a key of @group; @by_kat: MSE:Set KAT. */
guint16 chip_terminal_chip_authentication (ChipTerminal *self, const guint8 *oid, PvChipCipher cipher, int parameter_id,
                                           GBytes *chip_key, gboolean by_kat);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip-cipher.h: the symmetric side of the chip (ICAO Doc 9303-11, section 9.7 and 9.8), over the oldest calls of
 * OpenSSL: nothing of it is shared with app/eid, whose answers it judges. Pure. */
#pragma once

#include <glib.h>

typedef enum { PV_CHIP_3DES, PV_CHIP_AES128, PV_CHIP_AES192, PV_CHIP_AES256, PV_N_CHIP_CIPHERS } PvChipCipher;

enum { PV_CHIP_MAX_KEY_BYTES = 32, PV_CHIP_MAX_BLOCK_BYTES = 16, PV_CHIP_MAC_BYTES = 8 };

gsize pv_chip_key_bytes (PvChipCipher cipher);
gsize pv_chip_block_bytes (PvChipCipher cipher);
/* KDF (secret, counter). */
void pv_chip_kdf (PvChipCipher cipher, const guint8 *secret, gsize length, guint8 counter, guint8 *ret_key);
/* CBC with a zero vector (@iv NULL), no padding. */
void pv_chip_encrypt (PvChipCipher cipher, const guint8 *key, const guint8 *iv, const guint8 *data, gsize length,
                      guint8 *ret_data);
void pv_chip_decrypt (PvChipCipher cipher, const guint8 *key, const guint8 *iv, const guint8 *data, gsize length,
                      guint8 *ret_data);
/* CMAC cut to eight bytes, or the retail MAC after padding method 2. */
void pv_chip_mac (PvChipCipher cipher, const guint8 *key, const guint8 *data, gsize length,
                  guint8 ret_mac[PV_CHIP_MAC_BYTES]);

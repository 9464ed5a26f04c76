/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* crypto.h: the ciphers, MACs and key derivation of ICAO Doc 9303-11, over OpenSSL. Pure; keys belong to the caller. */
#pragma once

#include <glib.h>

typedef enum {
  PV_CIPHER_3DES, /* two keys; retail MAC (ISO/IEC 9797-1, algorithm 3) */
  PV_CIPHER_AES128,
  PV_CIPHER_AES192,
  PV_CIPHER_AES256,
  PV_N_CIPHERS
} PvCipher;

enum {
  PV_CIPHER_MAX_KEY_BYTES = 32,
  PV_CIPHER_MAX_BLOCK_BYTES = 16,
  PV_MAC_BYTES = 8,
};

/* 16, 16, 24, 32. */
gsize pv_cipher_key_bytes (PvCipher cipher);
/* 8 or 16. */
gsize pv_cipher_block_bytes (PvCipher cipher);

/* KDF(K, c) of Doc 9303-11, section 9.7.1: c = 1 encryption, 2 MAC, 3 password. @ret_key: pv_cipher_key_bytes(). */
void pv_kdf (PvCipher cipher, const guint8 *secret, gsize length, guint32 counter, guint8 *ret_key);

/* CBC without padding: @length is a multiple of the block. @iv: NULL is zero. In place is allowed. */
void pv_cipher_encrypt (PvCipher cipher, const guint8 *key, const guint8 *iv, const guint8 *data, gsize length,
                        guint8 *ret_data);
void pv_cipher_decrypt (PvCipher cipher, const guint8 *key, const guint8 *iv, const guint8 *data, gsize length,
                        guint8 *ret_data);
/* One block in ECB: the initial vector of secure messaging with AES. */
void pv_cipher_encrypt_block (PvCipher cipher, const guint8 *key, const guint8 *block, guint8 *ret_block);

/* First eight bytes of the MAC over @data, which is any length: CMAC, or the retail MAC after padding method 2. */
void pv_mac (PvCipher cipher, const guint8 *key, const guint8 *data, gsize length, guint8 ret_mac[PV_MAC_BYTES]);

/* SHA-1 (20 bytes). */
void pv_sha1 (const guint8 *data, gsize length, guint8 ret_hash[20]);
/* In constant time. */
gboolean pv_bytes_equal (const guint8 *a, const guint8 *b, gsize length);

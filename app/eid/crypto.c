/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/crypto.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <string.h>

#include "core/wipe.h"

enum { DES_BLOCK = 8, AES_BLOCK = 16 };

static const struct {
  gsize key_bytes, block_bytes;
  const EVP_CIPHER *(*cbc) (void);
  const EVP_CIPHER *(*ecb) (void);
  const EVP_MD *(*hash) (void);
  const char *cmac;
} ciphers[PV_N_CIPHERS] = {
  [PV_CIPHER_3DES] = { 16, DES_BLOCK, EVP_des_ede_cbc, EVP_des_ede, EVP_sha1, NULL },
  [PV_CIPHER_AES128] = { 16, AES_BLOCK, EVP_aes_128_cbc, EVP_aes_128_ecb, EVP_sha1, "AES-128-CBC" },
  [PV_CIPHER_AES192] = { 24, AES_BLOCK, EVP_aes_192_cbc, EVP_aes_192_ecb, EVP_sha256, "AES-192-CBC" },
  [PV_CIPHER_AES256] = { 32, AES_BLOCK, EVP_aes_256_cbc, EVP_aes_256_ecb, EVP_sha256, "AES-256-CBC" },
};

gsize
pv_cipher_key_bytes (PvCipher cipher)
{
  return ciphers[cipher].key_bytes;
}

gsize
pv_cipher_block_bytes (PvCipher cipher)
{
  return ciphers[cipher].block_bytes;
}

void
pv_kdf (PvCipher cipher, const guint8 *secret, gsize length, guint32 counter, guint8 *ret_key)
{
  const guint8 coded[4] = { (guint8) (counter >> 24), (guint8) (counter >> 16), (guint8) (counter >> 8),
                            (guint8) counter };
  guint8 hash[EVP_MAX_MD_SIZE];
  EVP_MD_CTX *context = EVP_MD_CTX_new ();

  gboolean is_broken = context == NULL || EVP_DigestInit_ex (context, ciphers[cipher].hash (), NULL) != 1
                       || EVP_DigestUpdate (context, secret, length) != 1
                       || EVP_DigestUpdate (context, coded, sizeof coded) != 1
                       || EVP_DigestFinal_ex (context, hash, NULL) != 1;

  g_assert (!is_broken);
  EVP_MD_CTX_free (context);
  memcpy (ret_key, hash, ciphers[cipher].key_bytes);
  pv_wipe_bytes (hash, sizeof hash);
}

static void
run (const EVP_CIPHER *kind, gboolean is_encryption, const guint8 *key, const guint8 *iv, const guint8 *data,
     gsize length, guint8 *ret_data)
{
  static const guint8 zero[PV_CIPHER_MAX_BLOCK_BYTES];
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new ();
  int used = 0;

  g_assert (length <= G_MAXINT && length % (gsize) EVP_CIPHER_get_block_size (kind) == 0);
  gboolean is_broken =
    context == NULL || EVP_CipherInit_ex (context, kind, NULL, key, iv != NULL ? iv : zero, is_encryption ? 1 : 0) != 1
    || EVP_CIPHER_CTX_set_padding (context, 0) != 1
    || (length > 0 && EVP_CipherUpdate (context, ret_data, &used, data, (int) length) != 1) || used != (int) length;

  g_assert (!is_broken);
  EVP_CIPHER_CTX_free (context);
}

void
pv_cipher_encrypt (PvCipher cipher, const guint8 *key, const guint8 *iv, const guint8 *data, gsize length,
                   guint8 *ret_data)
{
  run (ciphers[cipher].cbc (), TRUE, key, iv, data, length, ret_data);
}

void
pv_cipher_decrypt (PvCipher cipher, const guint8 *key, const guint8 *iv, const guint8 *data, gsize length,
                   guint8 *ret_data)
{
  run (ciphers[cipher].cbc (), FALSE, key, iv, data, length, ret_data);
}

void
pv_cipher_encrypt_block (PvCipher cipher, const guint8 *key, const guint8 *block, guint8 *ret_block)
{
  run (ciphers[cipher].ecb (), TRUE, key, NULL, block, ciphers[cipher].block_bytes, ret_block);
}

static void
cmac (PvCipher cipher, const guint8 *key, const guint8 *data, gsize length, guint8 *ret_mac)
{
  static gsize once;
  static EVP_MAC *method;
  OSSL_PARAM parameters[2] = { OSSL_PARAM_construct_utf8_string (OSSL_MAC_PARAM_CIPHER, (char *) ciphers[cipher].cmac,
                                                                 0),
                               OSSL_PARAM_construct_end () };
  guint8 whole[AES_BLOCK];
  gsize used = 0;
  EVP_MAC_CTX *context;

  if (g_once_init_enter (&once)) {
    method = EVP_MAC_fetch (NULL, "CMAC", NULL);
    g_once_init_leave (&once, 1);
  }
  context = method != NULL ? EVP_MAC_CTX_new (method) : NULL;
  gboolean is_broken = context == NULL || EVP_MAC_init (context, key, ciphers[cipher].key_bytes, parameters) != 1
                       || EVP_MAC_update (context, data, length) != 1
                       || EVP_MAC_final (context, whole, &used, sizeof whole) != 1;

  g_assert (!is_broken);
  EVP_MAC_CTX_free (context);
  memcpy (ret_mac, whole, PV_MAC_BYTES);
  pv_wipe_bytes (whole, sizeof whole);
}

/* Single DES is not in OpenSSL's default provider; three times with one key is the same. */
static void
retail_mac (const guint8 *key, const guint8 *data, gsize length, guint8 *ret_mac)
{
  guint8 first_twice[16];
  guint8 state[DES_BLOCK] = { 0 };
  guint8 block[DES_BLOCK];
  gsize blocks = length / DES_BLOCK + 1; /* padding method 2 always adds a byte */

  memcpy (first_twice, key, DES_BLOCK);
  memcpy (first_twice + DES_BLOCK, key, DES_BLOCK);
  for (gsize i = 0; i < blocks; i++) {
    gsize from = i * DES_BLOCK;

    memset (block, 0, sizeof block);
    if (length > from)
      memcpy (block, data + from, MIN (length - from, DES_BLOCK));
    if (i + 1 == blocks)
      block[length - from] = 0x80;
    for (gsize k = 0; k < DES_BLOCK; k++)
      state[k] ^= block[k];
    run (EVP_des_ede (), TRUE, i + 1 == blocks ? key : first_twice, NULL, state, DES_BLOCK, state);
  }
  memcpy (ret_mac, state, PV_MAC_BYTES);
  pv_wipe_bytes (first_twice, sizeof first_twice);
  pv_wipe_bytes (state, sizeof state);
  pv_wipe_bytes (block, sizeof block);
}

void
pv_mac (PvCipher cipher, const guint8 *key, const guint8 *data, gsize length, guint8 ret_mac[PV_MAC_BYTES])
{
  if (cipher == PV_CIPHER_3DES)
    retail_mac (key, data, length, ret_mac);
  else
    cmac (cipher, key, data, length, ret_mac);
}

void
pv_sha1 (const guint8 *data, gsize length, guint8 ret_hash[20])
{
  gboolean is_broken = EVP_Digest (data, length, ret_hash, NULL, EVP_sha1 (), NULL) != 1;

  g_assert (!is_broken);
}

gboolean
pv_bytes_equal (const guint8 *a, const guint8 *b, gsize length)
{
  return CRYPTO_memcmp (a, b, length) == 0;
}

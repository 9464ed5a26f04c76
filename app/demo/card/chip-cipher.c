/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define OPENSSL_SUPPRESS_DEPRECATED

#include "demo/card/chip-cipher.h"

#include <openssl/aes.h>
#include <openssl/cmac.h>
#include <openssl/des.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <string.h>

static const gsize key_bytes[PV_N_CHIP_CIPHERS] = { 16, 16, 24, 32 };

gsize
pv_chip_key_bytes (PvChipCipher cipher)
{
  return key_bytes[cipher];
}

gsize
pv_chip_block_bytes (PvChipCipher cipher)
{
  return cipher == PV_CHIP_3DES ? 8 : 16;
}

void
pv_chip_kdf (PvChipCipher cipher, const guint8 *secret, gsize length, guint8 counter, guint8 *ret_key)
{
  g_autoptr (GByteArray) input = g_byte_array_new ();
  const guint8 coded[4] = { 0, 0, 0, counter };
  guint8 hash[SHA256_DIGEST_LENGTH];

  g_byte_array_append (input, secret, (guint) length);
  g_byte_array_append (input, coded, sizeof coded);
  if (cipher == PV_CHIP_AES192 || cipher == PV_CHIP_AES256)
    SHA256 (input->data, input->len, hash);
  else
    SHA1 (input->data, input->len, hash);
  memcpy (ret_key, hash, key_bytes[cipher]);
}

static void
run_des (const guint8 *key, const guint8 *iv, const guint8 *data, gsize length, int direction, guint8 *ret_data)
{
  DES_key_schedule first, second;
  DES_cblock vector = { 0 };

  if (iv != NULL)
    memcpy (vector, iv, sizeof vector);
  DES_set_key_unchecked ((const_DES_cblock *) key, &first);
  DES_set_key_unchecked ((const_DES_cblock *) (key + 8), &second);
  DES_ede2_cbc_encrypt (data, ret_data, (long) length, &first, &second, &vector, direction);
}

static void
run_aes (PvChipCipher cipher, const guint8 *key, const guint8 *iv, const guint8 *data, gsize length, int direction,
         guint8 *ret_data)
{
  guint8 vector[16] = { 0 };
  AES_KEY schedule;
  int bits = (int) key_bytes[cipher] * 8;

  if (iv != NULL)
    memcpy (vector, iv, sizeof vector);
  if (direction == AES_ENCRYPT)
    AES_set_encrypt_key (key, bits, &schedule);
  else
    AES_set_decrypt_key (key, bits, &schedule);
  AES_cbc_encrypt (data, ret_data, length, &schedule, vector, direction);
}

void
pv_chip_encrypt (PvChipCipher cipher, const guint8 *key, const guint8 *iv, const guint8 *data, gsize length,
                 guint8 *ret_data)
{
  if (cipher == PV_CHIP_3DES)
    run_des (key, iv, data, length, DES_ENCRYPT, ret_data);
  else
    run_aes (cipher, key, iv, data, length, AES_ENCRYPT, ret_data);
}

void
pv_chip_decrypt (PvChipCipher cipher, const guint8 *key, const guint8 *iv, const guint8 *data, gsize length,
                 guint8 *ret_data)
{
  if (cipher == PV_CHIP_3DES)
    run_des (key, iv, data, length, DES_DECRYPT, ret_data);
  else
    run_aes (cipher, key, iv, data, length, AES_DECRYPT, ret_data);
}

/* ISO/IEC 9797-1, MAC algorithm 3. */
static void
retail_mac (const guint8 *key, const guint8 *data, gsize length, guint8 *ret_mac)
{
  gsize padded = (length / 8 + 1) * 8;
  g_autofree guint8 *input = g_malloc0 (padded);
  DES_cblock vector = { 0 };
  DES_key_schedule first, second;

  memcpy (input, data, length);
  input[length] = 0x80;
  DES_set_key_unchecked ((const_DES_cblock *) key, &first);
  DES_set_key_unchecked ((const_DES_cblock *) (key + 8), &second);
  DES_ncbc_encrypt (input, input, (long) padded, &first, &vector, DES_ENCRYPT);
  DES_ecb_encrypt (&vector, &vector, &second, DES_DECRYPT);
  DES_ecb_encrypt (&vector, (DES_cblock *) ret_mac, &first, DES_ENCRYPT);
}

void
pv_chip_mac (PvChipCipher cipher, const guint8 *key, const guint8 *data, gsize length,
             guint8 ret_mac[PV_CHIP_MAC_BYTES])
{
  const EVP_CIPHER *kinds[] = { NULL, EVP_aes_128_cbc (), EVP_aes_192_cbc (), EVP_aes_256_cbc () };
  CMAC_CTX *context;
  guint8 whole[16];
  gsize used = sizeof whole;
  gboolean is_done;

  if (cipher == PV_CHIP_3DES) {
    retail_mac (key, data, length, ret_mac);
    return;
  }
  context = CMAC_CTX_new ();
  is_done = CMAC_Init (context, key, key_bytes[cipher], kinds[cipher], NULL) == 1
            && CMAC_Update (context, data, length) == 1 && CMAC_Final (context, whole, &used) == 1;
  g_assert (is_done);
  CMAC_CTX_free (context);
  memcpy (ret_mac, whole, PV_CHIP_MAC_BYTES);
}

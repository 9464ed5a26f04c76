/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/chip-parts.h"

#include <openssl/ecdsa.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <string.h>

/* Chip authentication and active authentication (ICAO Doc 9303-11, sections 6.1 and 6.2). */

enum { CHALLENGE_BYTES = 8, AA_SCALAR_BYTES = 32, RSA_MAX_BYTES = 256 };

/* DO 84 of MSE, where there are several keys. */
static gboolean
is_key_meant (const PvChip *chip, const PvChipCommand *command, guint offer)
{
  gsize length;
  const guint8 *id = pv_chip_find_tlv (command->data->data, command->data->len, 0x84, &length);

  if (id == NULL)
    return chip->text->n_ca == 1 || offer == 0;
  return length == 1 && (chip->text->n_ca == 1 || *id == offer + 1);
}

guint16
pv_chip_set_chip_authentication (PvChip *chip, const PvChipCommand *command)
{
  gsize length;
  const guint8 *oid = pv_chip_find_tlv (command->data->data, command->data->len, 0x80, &length);

  if (chip->sm == NULL)
    return 0x6982;
  for (guint i = 0; oid != NULL && i < chip->text->n_ca; i++) {
    guint8 own[PV_CHIP_CA_OID_BYTES];

    pv_chip_ca_oid (&chip->text->ca[i], own);
    if (length == sizeof own && memcmp (oid, own, sizeof own) == 0 && is_key_meant (chip, command, i)) {
      chip->ca = (int) i;
      return 0x9000;
    }
  }
  return 0x6A80;
}

guint16
pv_chip_agree_key (PvChip *chip, const guint8 *key, gsize length)
{
  const PvChipCaKey *own = &chip->keys->ca[chip->ca];
  PvChipCipher cipher = chip->text->ca[chip->ca].cipher;
  g_autoptr (GBytes) theirs = g_bytes_new (key, length);
  g_autoptr (GBytes) shared = pv_chip_group_agree (own->group, own->secret, theirs);
  guint8 encryption_key[PV_CHIP_MAX_KEY_BYTES], mac_key[PV_CHIP_MAX_KEY_BYTES];
  gsize shared_length;
  const guint8 *secret;

  if (shared == NULL)
    return 0x6300;
  secret = g_bytes_get_data (shared, &shared_length);
  pv_chip_kdf (cipher, secret, shared_length, 1, encryption_key);
  pv_chip_kdf (cipher, secret, shared_length, 2, mac_key);
  chip->next_sm = pv_chip_sm_new (cipher, encryption_key, mac_key, 0);
  chip->ca = -1;
  return chip->next_sm != NULL ? 0x9000 : 0x6F00;
}

/* MSE:Set KAT: the key comes at once, the cipher is 3DES. */
guint16
pv_chip_set_key_agreement (PvChip *chip, const PvChipCommand *command)
{
  gsize length;
  const guint8 *key = pv_chip_find_tlv (command->data->data, command->data->len, 0x91, &length);

  if (chip->sm == NULL)
    return 0x6982;
  for (guint i = 0; key != NULL && i < chip->text->n_ca; i++)
    if (chip->text->ca[i].cipher == PV_CHIP_3DES && is_key_meant (chip, command, i)) {
      chip->ca = (int) i;
      return pv_chip_agree_key (chip, key, length);
    }
  return 0x6A80;
}

static void
hash (gboolean is_long, const guint8 *bytes, gsize length, guint8 *ret_hash)
{
  if (is_long)
    SHA256 (bytes, length, ret_hash);
  else
    SHA1 (bytes, length, ret_hash);
}

/* ISO/IEC 9796-2, scheme 1: 6A, random M1, hash of M1 and the challenge, trailer; SHA-1 with 1024 bits, SHA-256 with more. */
static gboolean
sign_rsa (EVP_PKEY *key, const guint8 *challenge, GByteArray *data)
{
  gsize length = (gsize) EVP_PKEY_get_size (key);
  gboolean is_long = length > 128;
  gsize hash_length = is_long ? SHA256_DIGEST_LENGTH : SHA_DIGEST_LENGTH;
  gsize m1_length = length - 1 - hash_length - (is_long ? 2 : 1);
  guint8 message[RSA_MAX_BYTES], input[RSA_MAX_BYTES + CHALLENGE_BYTES], signature[RSA_MAX_BYTES];
  gsize signature_length = sizeof signature;
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new (key, NULL);
  gboolean is_done;

  message[0] = 0x6A;
  RAND_bytes (message + 1, (int) m1_length);
  memcpy (input, message + 1, m1_length);
  memcpy (input + m1_length, challenge, CHALLENGE_BYTES);
  hash (is_long, input, m1_length + CHALLENGE_BYTES, message + 1 + m1_length);
  if (is_long)
    message[length - 2] = 0x34;
  message[length - 1] = is_long ? 0xCC : 0xBC;
  is_done = EVP_PKEY_sign_init (context) == 1 && EVP_PKEY_CTX_set_rsa_padding (context, RSA_NO_PADDING) == 1
            && EVP_PKEY_sign (context, signature, &signature_length, message, length) == 1;
  EVP_PKEY_CTX_free (context);
  if (is_done)
    g_byte_array_append (data, signature, (guint) signature_length);
  return is_done;
}

static void
add_plain_signature (const guint8 *der, gsize length, GByteArray *data)
{
  ECDSA_SIG *signature = d2i_ECDSA_SIG (NULL, &der, (long) length);
  guint8 plain[2 * AA_SCALAR_BYTES];

  BN_bn2binpad (ECDSA_SIG_get0_r (signature), plain, AA_SCALAR_BYTES);
  BN_bn2binpad (ECDSA_SIG_get0_s (signature), plain + AA_SCALAR_BYTES, AA_SCALAR_BYTES);
  g_byte_array_append (data, plain, sizeof plain);
  ECDSA_SIG_free (signature);
}

static gboolean
sign_ecdsa (const PvChip *chip, const guint8 *challenge, GByteArray *data)
{
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  guint8 der[2 * AA_SCALAR_BYTES + 16];
  gsize length = sizeof der;
  gboolean is_done = EVP_DigestSignInit (context, NULL, EVP_sha256 (), NULL, chip->keys->active_used) == 1
                     && EVP_DigestSign (context, der, &length, challenge, CHALLENGE_BYTES) == 1;

  EVP_MD_CTX_free (context);
  if (!is_done)
    return FALSE;
  if (pv_chip_has_quirk (chip, PV_CHIP_QUIRK_DER_SIGNATURE))
    g_byte_array_append (data, der, (guint) length);
  else
    add_plain_signature (der, length, data);
  return TRUE;
}

guint16
pv_chip_internal_authenticate (PvChip *chip, const PvChipCommand *command, GByteArray *data)
{
  gboolean is_done;

  if (chip->text->active == PV_CHIP_AA_NONE)
    return 0x6D00;
  if (chip->sm == NULL)
    return 0x6982;
  if (command->data->len != CHALLENGE_BYTES)
    return 0x6700;
  if (chip->text->active == PV_CHIP_AA_ECDSA)
    is_done = sign_ecdsa (chip, command->data->data, data);
  else
    is_done = sign_rsa (chip->keys->active_used, command->data->data, data);
  return is_done ? 0x9000 : 0x6F00;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/chip-mapping.h"

#include <string.h>

/* The constants of section 4.4.3.3.2, for 128 and 256 bits. */
static const guint8 constants[2][2][32] = {
  { { 0xA6, 0x68, 0x89, 0x2A, 0x7C, 0x41, 0xE3, 0xCA, 0x73, 0x9F, 0x40, 0xB0, 0x57, 0xD8, 0x59, 0x04 },
    { 0xA4, 0xE1, 0x36, 0xAC, 0x72, 0x5F, 0x73, 0x8B, 0x01, 0xC1, 0xF6, 0x02, 0x17, 0xC1, 0x88, 0xAD } },
  { { 0xD4, 0x63, 0xD6, 0x52, 0x34, 0x12, 0x4E, 0xF7, 0x89, 0x70, 0x54, 0x98, 0x6D, 0xCA, 0x0A, 0x17,
      0x4E, 0x28, 0xDF, 0x75, 0x8C, 0xBA, 0xA0, 0x3F, 0x24, 0x06, 0x16, 0x41, 0x4D, 0x5A, 0x16, 0x76 },
    { 0x54, 0xBD, 0x72, 0x55, 0xF0, 0xAA, 0xF8, 0x31, 0xBE, 0xC3, 0x42, 0x3F, 0xCF, 0x39, 0xD6, 0x9B,
      0x6C, 0xBF, 0x06, 0x66, 0x77, 0xD0, 0xFA, 0xAE, 0x5A, 0xAD, 0xD9, 0x9D, 0xF8, 0xE5, 0x35, 0x17 } },
};

static gsize
block_bytes (PvChipCipher cipher)
{
  return cipher == PV_CHIP_AES192 || cipher == PV_CHIP_AES256 ? 32 : 16;
}

gsize
pv_chip_nonce_bytes (PvChipCipher cipher, gboolean is_integrated)
{
  if (is_integrated)
    return block_bytes (cipher);
  return cipher == PV_CHIP_3DES ? 8 : 16;
}

gsize
pv_chip_other_nonce_bytes (PvChipCipher cipher)
{
  return pv_chip_key_bytes (cipher);
}

static BIGNUM *
number_of (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return BN_bin2bn (data, (int) length, NULL);
}

GBytes *
pv_chip_map_generic (const PvChipGroup *group, GBytes *nonce, const BIGNUM *secret, GBytes *public)
{
  BIGNUM *factor = number_of (nonce);
  g_autoptr (GBytes) shared = pv_chip_group_power (group, public, secret);
  g_autoptr (GBytes) own = pv_chip_group_power (group, NULL, factor);

  BN_clear_free (factor);
  return shared != NULL && own != NULL ? pv_chip_group_combine (group, own, shared) : NULL;
}

BIGNUM *
pv_chip_map_random (const PvChipGroup *group, PvChipCipher cipher, GBytes *nonce, GBytes *other)
{
  gsize length = block_bytes (cipher);
  const guint8 (*c)[32] = constants[length == 32];
  gsize count = ((gsize) BN_num_bits (group->p) + 64 + length * 8 - 1) / (length * 8);
  g_autoptr (GByteArray) random = g_byte_array_new ();
  BN_CTX *context = BN_CTX_new ();
  guint8 key[32], part[32];
  BIGNUM *number;

  pv_chip_encrypt (cipher, g_bytes_get_data (other, NULL), NULL, g_bytes_get_data (nonce, NULL), length, key);
  for (gsize i = 0; i < count; i++) {
    guint8 next[32];

    pv_chip_encrypt (cipher, key, NULL, c[1], length, part);
    g_byte_array_append (random, part, (guint) length);
    pv_chip_encrypt (cipher, key, NULL, c[0], length, next);
    memcpy (key, next, length);
  }
  number = BN_bin2bn (random->data, (int) random->len, NULL);
  BN_nnmod (number, number, group->p, context);
  BN_CTX_free (context);
  return number;
}

/* Section 4.4.3.3.2, in affine coordinates, for p = 3 mod 4 (all curves but P-224). */
static GBytes *
point_of (const PvChipGroup *group, const BIGNUM *t)
{
  BN_CTX *c = BN_CTX_new ();
  const BIGNUM *p = group->p, *a = group->a, *b = group->b;
  EC_POINT *point = EC_POINT_new (group->curve);
  BIGNUM *alpha, *x2, *x3, *h2, *root, *test, *y, *work;
  GBytes *result = NULL;

  BN_CTX_start (c);
  alpha = BN_CTX_get (c);
  x2 = BN_CTX_get (c);
  x3 = BN_CTX_get (c);
  h2 = BN_CTX_get (c);
  root = BN_CTX_get (c);
  test = BN_CTX_get (c);
  y = BN_CTX_get (c);
  work = BN_CTX_get (c);

  BN_mod_sqr (alpha, t, p, c); /* alpha = -t^2 */
  BN_sub (alpha, p, alpha);
  BN_mod_sqr (work, alpha, p, c); /* x2 = -b/a * (1 + 1 / (alpha + alpha^2)) */
  BN_mod_add (work, work, alpha, p, c);
  if (!BN_is_zero (work) && BN_mod_inverse (work, work, p, c) != NULL) {
    BN_add_word (work, 1);
    BN_mod_mul (x2, work, b, p, c);
    BN_mod_inverse (work, a, p, c);
    BN_mod_mul (x2, x2, work, p, c);
    BN_mod_sub (x2, p, x2, p, c);
    BN_mod_mul (x3, alpha, x2, p, c);
    BN_mod_sqr (h2, x2, p, c); /* h2 = x2^3 + a * x2 + b */
    BN_mod_add (h2, h2, a, p, c);
    BN_mod_mul (h2, h2, x2, p, c);
    BN_mod_add (h2, h2, b, p, c);
    BN_copy (work, p); /* root = h2 ^ (p - 1 - (p + 1) / 4) */
    BN_add_word (work, 1);
    BN_rshift (work, work, 2);
    BN_sub (work, p, work);
    BN_sub_word (work, 1);
    BN_mod_exp (root, h2, work, p, c);
    BN_mod_sqr (test, root, p, c);
    BN_mod_mul (test, test, h2, p, c);
    BN_mod_mul (y, root, h2, p, c);
    if (!BN_is_one (test)) { /* the other candidate: y = root * t^3 * h2 */
      BN_copy (x2, x3);
      BN_mod_sqr (work, t, p, c);
      BN_mod_mul (work, work, t, p, c);
      BN_mod_mul (y, y, work, p, c);
    }
    if (EC_POINT_set_affine_coordinates (group->curve, point, x2, y, c) == 1)
      result = pv_chip_group_code (group, point, NULL);
  }
  BN_CTX_end (c);
  BN_CTX_free (c);
  EC_POINT_clear_free (point);
  return result;
}

static GBytes *
number_in_subgroup (const PvChipGroup *group, const BIGNUM *random)
{
  BN_CTX *context = BN_CTX_new ();
  BIGNUM *cofactor = BN_dup (group->p);
  BIGNUM *generator = BN_new ();
  GBytes *result = NULL;

  BN_sub_word (cofactor, 1);
  if (BN_div (cofactor, NULL, cofactor, group->q, context) == 1
      && BN_mod_exp (generator, random, cofactor, group->p, context) == 1 && !BN_is_one (generator))
    result = pv_chip_group_code (group, NULL, generator);
  BN_free (cofactor);
  BN_clear_free (generator);
  BN_CTX_free (context);
  return result;
}

GBytes *
pv_chip_map_integrated (const PvChipGroup *group, PvChipCipher cipher, GBytes *nonce, GBytes *other)
{
  BIGNUM *random;
  GBytes *generator = NULL;

  if (g_bytes_get_size (other) != pv_chip_other_nonce_bytes (cipher)
      || g_bytes_get_size (nonce) != pv_chip_nonce_bytes (cipher, TRUE))
    return NULL;
  random = pv_chip_map_random (group, cipher, nonce, other);
  if (group->curve == NULL)
    generator = number_in_subgroup (group, random);
  else if (BN_mod_word (group->p, 4) == 3)
    generator = point_of (group, random);
  BN_clear_free (random);
  return generator;
}

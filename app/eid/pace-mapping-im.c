/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/wipe.h"
#include "eid/pace-internal.h"

enum {
  MARGIN_BITS = 64, /* R has so many more than p: hardly any bias */
  MAX_RANDOM_BYTES = PV_DOMAIN_MAX_KEY_BYTES + MARGIN_BITS / 8 + PV_PACE_MAX_NONCE_BYTES,
};

/* The constants of section 4.4.3.3.2: c0 makes the next key, c1 the output. */
static const guint8 c0_128[] = { 0xA6, 0x68, 0x89, 0x2A, 0x7C, 0x41, 0xE3, 0xCA,
                                 0x73, 0x9F, 0x40, 0xB0, 0x57, 0xD8, 0x59, 0x04 };
static const guint8 c1_128[] = { 0xA4, 0xE1, 0x36, 0xAC, 0x72, 0x5F, 0x73, 0x8B,
                                 0x01, 0xC1, 0xF6, 0x02, 0x17, 0xC1, 0x88, 0xAD };
static const guint8 c0_256[] = { 0xD4, 0x63, 0xD6, 0x52, 0x34, 0x12, 0x4E, 0xF7, 0x89, 0x70, 0x54,
                                 0x98, 0x6D, 0xCA, 0x0A, 0x17, 0x4E, 0x28, 0xDF, 0x75, 0x8C, 0xBA,
                                 0xA0, 0x3F, 0x24, 0x06, 0x16, 0x41, 0x4D, 0x5A, 0x16, 0x76 };
static const guint8 c1_256[] = { 0x54, 0xBD, 0x72, 0x55, 0xF0, 0xAA, 0xF8, 0x31, 0xBE, 0xC3, 0x42,
                                 0x3F, 0xCF, 0x39, 0xD6, 0x9B, 0x6C, 0xBF, 0x06, 0x66, 0x77, 0xD0,
                                 0xFA, 0xAE, 0x5A, 0xAD, 0xD9, 0x9D, 0xF8, 0xE5, 0x35, 0x17 };

gsize
pv_pace_nonce_bytes (PvCipher cipher)
{
  return cipher == PV_CIPHER_AES192 || cipher == PV_CIPHER_AES256 ? 32 : 16;
}

/* The first octets of a longer output are the key of AES-192. */
BIGNUM *
pv_pace_integrated_number (const PvDomain *domain, PvCipher cipher, const guint8 *s, const guint8 *t)
{
  gsize piece = pv_pace_nonce_bytes (cipher), length = 0;
  gsize needed = ((gsize) BN_num_bits (domain->prime) + MARGIN_BITS + 7) / 8;
  const guint8 *c0 = piece == 32 ? c0_256 : c0_128, *c1 = piece == 32 ? c1_256 : c1_128;
  guint8 key[PV_PACE_MAX_NONCE_BYTES], next[PV_PACE_MAX_NONCE_BYTES], random[MAX_RANDOM_BYTES];
  g_autoptr (BIGNUM) number = BN_secure_new ();
  gboolean is_done;

  pv_cipher_encrypt (cipher, t, NULL, s, piece, key);
  while (length < needed) {
    pv_cipher_encrypt (cipher, key, NULL, c1, piece, random + length);
    pv_cipher_encrypt (cipher, key, NULL, c0, piece, next);
    memcpy (key, next, piece);
    length += piece;
  }
  is_done = number != NULL && BN_bin2bn (random, (int) length, number) != NULL
            && BN_nnmod (number, number, domain->prime, domain->context) == 1;
  pv_wipe_bytes (key, sizeof key);
  pv_wipe_bytes (next, sizeof next);
  pv_wipe_bytes (random, sizeof random);
  return is_done ? g_steal_pointer (&number) : NULL;
}

/* The numbers of the encoding, all modulo p. */
typedef struct Encoding {
  BIGNUM *a, *b, *alpha, *x2, *x3, *h2, *root, *t, *exponent, *scratch;
} Encoding;

static gboolean
get_numbers (BN_CTX *context, Encoding *e)
{
  BIGNUM **each[] = { &e->a, &e->b, &e->alpha, &e->x2, &e->x3, &e->h2, &e->root, &e->t, &e->exponent, &e->scratch };

  for (gsize i = 0; i < G_N_ELEMENTS (each); i++)
    if ((*each[i] = BN_CTX_get (context)) == NULL)
      return FALSE;
  return TRUE;
}

/* alpha = -t^2; X2 = -b/a * (1 + 1/(alpha + alpha^2)); X3 = alpha * X2; h2 = X2^3 + a*X2 + b. */
static gboolean
find_candidates (Encoding *e, const BIGNUM *p, BN_CTX *context)
{
  return BN_mod_sqr (e->alpha, e->t, p, context) && BN_sub (e->alpha, p, e->alpha)
         && BN_nnmod (e->alpha, e->alpha, p, context) && BN_mod_sqr (e->scratch, e->alpha, p, context)
         && BN_mod_add (e->scratch, e->scratch, e->alpha, p, context)
         && BN_mod_inverse (e->scratch, e->scratch, p, context) != NULL /* NULL: alpha is 0 or -1 */
         && BN_add_word (e->scratch, 1) && BN_mod_inverse (e->x2, e->a, p, context) != NULL
         && BN_mod_mul (e->x2, e->x2, e->b, p, context) && BN_mod_mul (e->x2, e->x2, e->scratch, p, context)
         && BN_sub (e->x2, p, e->x2) && BN_nnmod (e->x2, e->x2, p, context)
         && BN_mod_mul (e->x3, e->alpha, e->x2, p, context) && BN_mod_sqr (e->h2, e->x2, p, context)
         && BN_mod_add (e->h2, e->h2, e->a, p, context) && BN_mod_mul (e->h2, e->h2, e->x2, p, context)
         && BN_mod_add (e->h2, e->h2, e->b, p, context);
}

/* A = h2^(p - 1 - (p+1)/4): the inverse of the square root of h2, if it has one. */
static gboolean
find_root (Encoding *e, const BIGNUM *p, BN_CTX *context)
{
  return BN_copy (e->exponent, p) != NULL && BN_add_word (e->exponent, 1) && BN_rshift (e->exponent, e->exponent, 2)
         && BN_sub (e->exponent, p, e->exponent) && BN_sub_word (e->exponent, 1)
         && BN_mod_exp (e->root, e->h2, e->exponent, p, context);
}

/* (X2, A*h2) if A^2 * h2 = 1, else (X3, A * t^3 * h2). */
static gboolean
choose_point (const PvDomain *domain, Encoding *e, EC_POINT *point)
{
  const BIGNUM *p = domain->prime;
  BN_CTX *context = domain->context;
  gboolean is_first;

  if (!BN_mod_sqr (e->scratch, e->root, p, context) || !BN_mod_mul (e->scratch, e->scratch, e->h2, p, context))
    return FALSE;
  is_first = BN_is_one (e->scratch) != 0;
  if (!BN_mod_mul (e->root, e->root, e->h2, p, context))
    return FALSE;
  if (!is_first
      && (!BN_mod_sqr (e->scratch, e->t, p, context) || !BN_mod_mul (e->scratch, e->scratch, e->t, p, context)
          || !BN_mod_mul (e->root, e->root, e->scratch, p, context)))
    return FALSE;
  /* Refuses what is not on the curve. */
  return EC_POINT_set_affine_coordinates (domain->curve, point, is_first ? e->x2 : e->x3, e->root, context) == 1;
}

/* Doc 9303-11, appendix B; needs p = 3 mod 4, which all curves but P-224 have. */
static gboolean
encode_point (const PvDomain *domain, const BIGNUM *number, EC_POINT *point)
{
  Encoding e;
  gboolean is_done;

  if (BN_mod_word (domain->prime, 4) != 3)
    return FALSE;
  BN_CTX_start (domain->context);
  is_done = get_numbers (domain->context, &e) && BN_copy (e.t, number) != NULL
            && EC_GROUP_get_curve (domain->curve, NULL, e.a, e.b, domain->context) == 1
            && find_candidates (&e, domain->prime, domain->context) && find_root (&e, domain->prime, domain->context)
            && choose_point (domain, &e, point);
  BN_CTX_end (domain->context);
  return is_done;
}

/* R^((p-1)/q): into the subgroup. */
static gboolean
encode_number (const PvDomain *domain, const BIGNUM *number, BIGNUM *ret_number)
{
  g_autoptr (BIGNUM) exponent = BN_dup (domain->prime);

  return exponent != NULL && BN_sub_word (exponent, 1)
         && BN_div (exponent, NULL, exponent, domain->order, domain->context)
         && BN_mod_exp (ret_number, number, exponent, domain->prime, domain->context) && !BN_is_zero (ret_number);
}

PvElement *
pv_pace_map_integrated (const PvDomain *domain, PvCipher cipher, const guint8 *s, const guint8 *t)
{
  g_autoptr (BIGNUM) number = pv_pace_integrated_number (domain, cipher, s, t);
  g_autoptr (PvElement) mapped = pv_element_new_generator (domain);

  if (number == NULL || mapped == NULL)
    return NULL;
  if (domain->is_ec ? !encode_point (domain, number, mapped->point) : !encode_number (domain, number, mapped->number))
    return NULL;
  return pv_element_is_neutral (domain, mapped) ? NULL : g_steal_pointer (&mapped);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/chip-group.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <string.h>

static const struct {
  int parameter_id;
  const char *name;
} names[] = {
  { 0, "dh_1024_160" },      { 1, "dh_2048_224" },      { 2, "dh_2048_256" },      { 8, "prime192v1" },
  { 9, "brainpoolP192r1" },  { 10, "secp224r1" },       { 11, "brainpoolP224r1" }, { 12, "prime256v1" },
  { 13, "brainpoolP256r1" }, { 14, "brainpoolP320r1" }, { 15, "secp384r1" },       { 16, "brainpoolP384r1" },
  { 17, "brainpoolP512r1" }, { 18, "secp521r1" },
};

enum { FIRST_CURVE = 8 };

void
pv_chip_key_clear (PvChipKey *key)
{
  BN_clear_free (key->secret);
  g_clear_pointer (&key->public, g_bytes_unref);
  key->secret = NULL;
}

const char *
pv_chip_group_name (int parameter_id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].parameter_id == parameter_id)
      return names[i].name;
  return NULL;
}

static gboolean
load_field (PvChipGroup *group, const char *name)
{
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name (NULL, "DHX", NULL);
  EVP_PKEY *parameters = NULL;
  gboolean is_done = context != NULL && EVP_PKEY_paramgen_init (context) == 1
                     && EVP_PKEY_CTX_set_group_name (context, name) == 1
                     && EVP_PKEY_paramgen (context, &parameters) == 1
                     && EVP_PKEY_get_bn_param (parameters, OSSL_PKEY_PARAM_FFC_P, &group->p) == 1
                     && EVP_PKEY_get_bn_param (parameters, OSSL_PKEY_PARAM_FFC_Q, &group->q) == 1
                     && EVP_PKEY_get_bn_param (parameters, OSSL_PKEY_PARAM_FFC_G, &group->g) == 1;

  EVP_PKEY_free (parameters);
  EVP_PKEY_CTX_free (context);
  return is_done;
}

static gboolean
load_curve (PvChipGroup *group, const char *name)
{
  group->curve = EC_GROUP_new_by_curve_name (OBJ_txt2nid (name));
  group->p = BN_new ();
  group->a = BN_new ();
  group->b = BN_new ();
  if (group->curve == NULL || EC_GROUP_get_curve (group->curve, group->p, group->a, group->b, NULL) != 1)
    return FALSE;
  group->q = BN_dup (EC_GROUP_get0_order (group->curve));
  return group->q != NULL;
}

PvChipGroup *
pv_chip_group_new (int parameter_id)
{
  g_autoptr (PvChipGroup) group = g_new0 (PvChipGroup, 1);
  const char *name = pv_chip_group_name (parameter_id);

  group->parameter_id = parameter_id;
  if (name == NULL || !(parameter_id < FIRST_CURVE ? load_field (group, name) : load_curve (group, name)))
    return NULL;
  return g_steal_pointer (&group);
}

void
pv_chip_group_free (PvChipGroup *group)
{
  if (group == NULL)
    return;
  EC_GROUP_free (group->curve);
  BN_free (group->p);
  BN_free (group->q);
  BN_free (group->g);
  BN_free (group->a);
  BN_free (group->b);
  g_free (group);
}

gsize
pv_chip_group_bytes (const PvChipGroup *group)
{
  return (gsize) BN_num_bytes (group->p);
}

GBytes *
pv_chip_group_code (const PvChipGroup *group, const EC_POINT *point, const BIGNUM *number)
{
  gsize length = group->curve != NULL ? 2 * pv_chip_group_bytes (group) + 1 : pv_chip_group_bytes (group);
  guint8 *bytes = g_malloc (length);

  if (group->curve != NULL)
    EC_POINT_point2oct (group->curve, point, POINT_CONVERSION_UNCOMPRESSED, bytes, length, NULL);
  else
    BN_bn2binpad (number, bytes, (int) length);
  return g_bytes_new_take (bytes, length);
}

/* A point of the curve that is not at infinity; @bytes NULL: the generator. Free the result. */
static EC_POINT *
read_point (const PvChipGroup *group, GBytes *bytes)
{
  EC_POINT *point;
  gsize length;
  const guint8 *data;

  if (bytes == NULL)
    return EC_POINT_dup (EC_GROUP_get0_generator (group->curve), group->curve);
  data = g_bytes_get_data (bytes, &length);
  if (length != 2 * pv_chip_group_bytes (group) + 1 || data[0] != 4)
    return NULL;
  point = EC_POINT_new (group->curve);
  if (EC_POINT_oct2point (group->curve, point, data, length, NULL) != 1) {
    EC_POINT_free (point);
    return NULL;
  }
  return point;
}

/* A number between 1 and p - 1; NULL: the generator. Free the result. */
static BIGNUM *
read_number (const PvChipGroup *group, GBytes *bytes)
{
  BIGNUM *number;
  gsize length;
  const guint8 *data;

  if (bytes == NULL)
    return BN_dup (group->g);
  data = g_bytes_get_data (bytes, &length);
  number = BN_bin2bn (data, (int) length, NULL);
  if (BN_is_zero (number) || BN_is_one (number) || BN_cmp (number, group->p) >= 0) {
    BN_free (number);
    return NULL;
  }
  return number;
}

static GBytes *
multiply_point (const PvChipGroup *group, GBytes *element, const BIGNUM *factor, gboolean only_x)
{
  EC_POINT *point = read_point (group, element);
  EC_POINT *product = EC_POINT_new (group->curve);
  BIGNUM *x = BN_new ();
  GBytes *result = NULL;

  if (point != NULL && EC_POINT_mul (group->curve, product, NULL, point, factor, NULL) == 1
      && !EC_POINT_is_at_infinity (group->curve, product)) {
    if (!only_x) {
      result = pv_chip_group_code (group, product, NULL);
    } else if (EC_POINT_get_affine_coordinates (group->curve, product, x, NULL, NULL) == 1) {
      gsize length = pv_chip_group_bytes (group);
      guint8 *bytes = g_malloc (length);

      BN_bn2binpad (x, bytes, (int) length);
      result = g_bytes_new_take (bytes, length);
    }
  }
  BN_clear_free (x);
  EC_POINT_clear_free (product);
  EC_POINT_free (point);
  return result;
}

static GBytes *
raise_number (const PvChipGroup *group, GBytes *element, const BIGNUM *factor)
{
  BN_CTX *context = BN_CTX_new ();
  BIGNUM *number = read_number (group, element);
  BIGNUM *power = BN_new ();
  GBytes *result = NULL;

  if (number != NULL && BN_mod_exp (power, number, factor, group->p, context) == 1 && !BN_is_one (power))
    result = pv_chip_group_code (group, NULL, power);
  BN_clear_free (power);
  BN_free (number);
  BN_CTX_free (context);
  return result;
}

GBytes *
pv_chip_group_power (const PvChipGroup *group, GBytes *element, const BIGNUM *factor)
{
  return group->curve != NULL ? multiply_point (group, element, factor, FALSE) : raise_number (group, element, factor);
}

GBytes *
pv_chip_group_agree (const PvChipGroup *group, const BIGNUM *secret, GBytes *public)
{
  return group->curve != NULL ? multiply_point (group, public, secret, TRUE) : raise_number (group, public, secret);
}

static GBytes *
add_points (const PvChipGroup *group, GBytes *a, GBytes *b)
{
  EC_POINT *first = read_point (group, a);
  EC_POINT *second = read_point (group, b);
  GBytes *result = NULL;

  if (first != NULL && second != NULL && EC_POINT_add (group->curve, first, first, second, NULL) == 1
      && !EC_POINT_is_at_infinity (group->curve, first))
    result = pv_chip_group_code (group, first, NULL);
  EC_POINT_clear_free (first);
  EC_POINT_clear_free (second);
  return result;
}

static GBytes *
multiply_numbers (const PvChipGroup *group, GBytes *a, GBytes *b)
{
  BN_CTX *context = BN_CTX_new ();
  BIGNUM *first = read_number (group, a);
  BIGNUM *second = read_number (group, b);
  GBytes *result = NULL;

  if (first != NULL && second != NULL && BN_mod_mul (first, first, second, group->p, context) == 1
      && !BN_is_one (first))
    result = pv_chip_group_code (group, NULL, first);
  BN_clear_free (first);
  BN_clear_free (second);
  BN_CTX_free (context);
  return result;
}

GBytes *
pv_chip_group_combine (const PvChipGroup *group, GBytes *a, GBytes *b)
{
  return group->curve != NULL ? add_points (group, a, b) : multiply_numbers (group, a, b);
}

gboolean
pv_chip_group_make_key (const PvChipGroup *group, GBytes *generator, PvChipKey *ret_key)
{
  g_auto (PvChipKey) key = { .secret = BN_new () };

  do
    if (BN_priv_rand_range (key.secret, group->q) != 1)
      return FALSE;
  while (BN_is_zero (key.secret));
  key.public = pv_chip_group_power (group, generator, key.secret);
  if (key.public == NULL)
    return FALSE;
  *ret_key = key;
  key = (PvChipKey){ 0 };
  return TRUE;
}

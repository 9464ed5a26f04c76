/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/domain-groups.h"

void
pv_element_free (PvElement *element)
{
  if (element == NULL)
    return;
  EC_POINT_clear_free (element->point);
  BN_clear_free (element->number);
  g_free (element);
}

static PvElement *
new_element (const PvDomain *domain)
{
  g_autoptr (PvElement) element = g_new0 (PvElement, 1);

  if (domain->is_ec)
    element->point = EC_POINT_new (domain->curve);
  else
    element->number = BN_secure_new ();
  return element->point != NULL || element->number != NULL ? g_steal_pointer (&element) : NULL;
}

PvElement *
pv_element_new_generator (const PvDomain *domain)
{
  g_autoptr (PvElement) element = new_element (domain);
  gboolean is_done;

  if (element == NULL)
    return NULL;
  if (domain->is_ec)
    is_done = EC_POINT_copy (element->point, EC_GROUP_get0_generator (domain->curve)) == 1;
  else
    is_done = BN_copy (element->number, domain->generator) != NULL;
  return is_done ? g_steal_pointer (&element) : NULL;
}

static gboolean
read_point (const PvDomain *domain, const guint8 *bytes, gsize length, EC_POINT *point)
{
  return length == domain->key_bytes && bytes[0] == POINT_CONVERSION_UNCOMPRESSED
         && EC_POINT_oct2point (domain->curve, point, bytes, length, domain->context) == 1
         && EC_POINT_is_on_curve (domain->curve, point, domain->context) == 1
         && EC_POINT_is_at_infinity (domain->curve, point) == 0;
}

/* From 2 to p - 2, and in the subgroup of order q: others would tell a private key bit by bit. */
static gboolean
read_number (const PvDomain *domain, const guint8 *bytes, gsize length, BIGNUM *number)
{
  g_autoptr (BIGNUM) highest = BN_dup (domain->prime);
  g_autoptr (BIGNUM) raised = BN_new ();

  /* Some chips leave leading zeros out. */
  if (length == 0 || length > domain->key_bytes || highest == NULL || raised == NULL
      || BN_bin2bn (bytes, (int) length, number) == NULL || BN_sub_word (highest, 2) != 1 || BN_is_zero (number)
      || BN_is_one (number) || BN_cmp (number, highest) > 0)
    return FALSE;
  return BN_mod_exp (raised, number, domain->order, domain->prime, domain->context) == 1 && BN_is_one (raised);
}

PvElement *
pv_element_read (const PvDomain *domain, const guint8 *bytes, gsize length)
{
  g_autoptr (PvElement) element = new_element (domain);

  if (element == NULL)
    return NULL;
  if (domain->is_ec ? !read_point (domain, bytes, length, element->point)
                    : !read_number (domain, bytes, length, element->number))
    return NULL;
  return g_steal_pointer (&element);
}

gboolean
pv_element_write (const PvDomain *domain, const PvElement *element, guint8 *ret_bytes)
{
  if (!domain->is_ec)
    return BN_bn2binpad (element->number, ret_bytes, (int) domain->key_bytes) == (int) domain->key_bytes;
  return EC_POINT_point2oct (domain->curve, element->point, POINT_CONVERSION_UNCOMPRESSED, ret_bytes, domain->key_bytes,
                             domain->context)
         == domain->key_bytes;
}

gboolean
pv_element_write_secret (const PvDomain *domain, const PvElement *element, guint8 *ret_bytes)
{
  g_autoptr (BIGNUM) x = NULL;

  if (!domain->is_ec)
    return pv_element_write (domain, element, ret_bytes);
  x = BN_secure_new ();
  return x != NULL && EC_POINT_get_affine_coordinates (domain->curve, element->point, x, NULL, domain->context) == 1
         && BN_bn2binpad (x, ret_bytes, (int) domain->field_bytes) == (int) domain->field_bytes;
}

PvElement *
pv_element_raise (const PvDomain *domain, const PvElement *base, const BIGNUM *exponent)
{
  g_autoptr (PvElement) result = new_element (domain);
  gboolean is_done;

  if (result == NULL)
    return NULL;
  /* One point and one number: OpenSSL climbs the Montgomery ladder, in constant time. */
  if (domain->is_ec)
    is_done = EC_POINT_mul (domain->curve, result->point, NULL, base->point, exponent, domain->context) == 1;
  else
    is_done =
      BN_mod_exp_mont_consttime (result->number, base->number, exponent, domain->prime, domain->context, NULL) == 1;
  return is_done ? g_steal_pointer (&result) : NULL;
}

PvElement *
pv_element_join (const PvDomain *domain, const PvElement *a, const PvElement *b)
{
  g_autoptr (PvElement) result = new_element (domain);
  gboolean is_done;

  if (result == NULL)
    return NULL;
  if (domain->is_ec)
    is_done = EC_POINT_add (domain->curve, result->point, a->point, b->point, domain->context) == 1;
  else
    is_done = BN_mod_mul (result->number, a->number, b->number, domain->prime, domain->context) == 1;
  return is_done ? g_steal_pointer (&result) : NULL;
}

gboolean
pv_element_is_neutral (const PvDomain *domain, const PvElement *element)
{
  return domain->is_ec ? EC_POINT_is_at_infinity (domain->curve, element->point) != 0 : BN_is_one (element->number);
}

gboolean
pv_element_equal (const PvDomain *domain, const PvElement *a, const PvElement *b)
{
  return domain->is_ec ? EC_POINT_cmp (domain->curve, a->point, b->point, domain->context) == 0
                       : BN_cmp (a->number, b->number) == 0;
}

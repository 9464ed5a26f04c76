/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/domain-groups.h"

#include <string.h>

#include "eid/tlv.h"

enum {
  DER_INTEGER = 0x02,
  DER_BIT_STRING = 0x03,
  DER_OID = 0x06,
  DER_SEQUENCE = 0x30,
  MAX_KEY_BYTES = 2048, /* the modulus, order and generator of a 2048-bit group, and the key: 1.1 kB */
};

static const guint8 oid_ec[] = { 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01 };                   /* id-ecPublicKey */
static const guint8 oid_dh[] = { 0x2A, 0x86, 0x48, 0xCE, 0x3E, 0x02, 0x01 };                   /* dhpublicnumber */
static const guint8 oid_dh_pkcs3[] = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x03, 0x01 }; /* dhKeyAgreement */
static const guint8 oid_standard[] = { 0x04, 0x00, 0x7F, 0x00, 0x07, 0x01, 0x02 }; /* standardizedDomainParameters */

#define IS_OID(tlv, oid) ((tlv)->length == sizeof (oid) && memcmp ((tlv)->value, (oid), sizeof (oid)) == 0)

/* Named, or written out: OpenSSL finds the name of what is written out, if it has one. */
static PvDomain *
read_curve (const PvTlv *parameters)
{
  const guint8 *at = parameters->whole;
  EC_GROUP *curve = d2i_ECPKParameters (NULL, &at, (long) parameters->whole_length);
  PvDomain *domain = NULL;

  if (curve != NULL && at == parameters->whole + parameters->whole_length)
    domain = pv_domain_new_for_curve (EC_GROUP_get_curve_name (curve));
  EC_GROUP_free (curve);
  return domain;
}

/* p and g come first in both forms. */
static PvDomain *
read_dh (const PvTlv *parameters)
{
  PvTlvReader inside = pv_tlv_enter (parameters);
  g_autoptr (BIGNUM) prime = NULL;
  g_autoptr (BIGNUM) generator = NULL;
  PvTlv p, g;

  if (!pv_tlv_expect (&inside, DER_INTEGER, &p) || !pv_tlv_expect (&inside, DER_INTEGER, &g))
    return NULL;
  prime = BN_bin2bn (p.value, (int) p.length, NULL);
  generator = BN_bin2bn (g.value, (int) g.length, NULL);
  return prime != NULL && generator != NULL ? pv_domain_new_for_dh (prime, generator) : NULL;
}

static PvDomain *
read_domain (const PvTlv *algorithm)
{
  PvTlvReader inside = pv_tlv_enter (algorithm);
  PvTlv oid, parameters;

  if (!pv_tlv_expect (&inside, DER_OID, &oid) || !pv_tlv_next (&inside, &parameters) || !pv_tlv_is_done (&inside))
    return NULL;
  if (IS_OID (&oid, oid_ec))
    return read_curve (&parameters);
  if (IS_OID (&oid, oid_standard) && parameters.tag == DER_INTEGER && parameters.length == 1)
    return pv_domain_new (parameters.value[0]);
  if ((IS_OID (&oid, oid_dh) || IS_OID (&oid, oid_dh_pkcs3)) && parameters.tag == DER_SEQUENCE)
    return read_dh (&parameters);
  return NULL;
}

/* @bits: of the key: a point, or an INTEGER of DER. */
static PvElement *
read_element (const PvDomain *domain, PvTlvReader bits)
{
  PvTlv number;

  if (domain->is_ec)
    return pv_element_read (domain, bits.data, bits.length);
  if (!pv_tlv_expect (&bits, DER_INTEGER, &number) || !pv_tlv_is_done (&bits))
    return NULL;
  if (number.length > 0 && number.value[0] == 0) {
    number.value++;
    number.length--;
  }
  return pv_element_read (domain, number.value, number.length);
}

gboolean
pv_public_key_read (const guint8 *key, gsize length, PvDomain **ret_domain, PvElement **ret_key)
{
  PvTlvReader reader = { key, length };
  PvTlv whole, algorithm, bits;
  g_autoptr (PvDomain) domain = NULL;
  PvElement *element;

  if (length > MAX_KEY_BYTES || !pv_tlv_expect (&reader, DER_SEQUENCE, &whole) || !pv_tlv_is_done (&reader))
    return FALSE;
  reader = pv_tlv_enter (&whole);
  if (!pv_tlv_expect (&reader, DER_SEQUENCE, &algorithm) || !pv_tlv_expect (&reader, DER_BIT_STRING, &bits)
      || !pv_tlv_is_done (&reader) || bits.length < 2 || bits.value[0] != 0)
    return FALSE;
  domain = read_domain (&algorithm);
  if (domain == NULL)
    return FALSE;
  element = read_element (domain, (PvTlvReader){ bits.value + 1, bits.length - 1 });
  if (element == NULL)
    return FALSE;
  *ret_key = element;
  *ret_domain = g_steal_pointer (&domain);
  return TRUE;
}

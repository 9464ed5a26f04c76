/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/public-key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>
#include <string.h>

#include "eid/tlv.h"

enum { MIN_RSA_BITS = 1024, MIN_EC_BITS = 160, MAX_FIELD_BYTES = 80 };

static const guint8 oid_rsa[] = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01 };
static const guint8 oid_pss[] = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0A };
static const guint8 oid_ec[] = { 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01 };
static const guint8 oid_prime_field[] = { 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x01, 0x01 };

static const struct {
  int nid;
  guint bits;
  const char *name;     /* as people know it */
  const char *internal; /* as OpenSSL does */
} curves[] = {
  { NID_X9_62_prime192v1, 192, "P-192", SN_X9_62_prime192v1 },
  { NID_secp224r1, 224, "P-224", SN_secp224r1 },
  { NID_X9_62_prime256v1, 256, "P-256", SN_X9_62_prime256v1 },
  { NID_secp384r1, 384, "P-384", SN_secp384r1 },
  { NID_secp521r1, 521, "P-521", SN_secp521r1 },
  { NID_brainpoolP192r1, 192, "brainpoolP192r1", SN_brainpoolP192r1 },
  { NID_brainpoolP224r1, 224, "brainpoolP224r1", SN_brainpoolP224r1 },
  { NID_brainpoolP256r1, 256, "brainpoolP256r1", SN_brainpoolP256r1 },
  { NID_brainpoolP320r1, 320, "brainpoolP320r1", SN_brainpoolP320r1 },
  { NID_brainpoolP384r1, 384, "brainpoolP384r1", SN_brainpoolP384r1 },
  { NID_brainpoolP512r1, 512, "brainpoolP512r1", SN_brainpoolP512r1 },
};

#define NO_CURVE G_N_ELEMENTS (curves)

static gboolean
is_oid (const PvTlv *tlv, const guint8 *oid, gsize length)
{
  return tlv->tag == 0x06 && tlv->length == length && memcmp (tlv->value, oid, length) == 0;
}

static gsize
find_named (const PvTlv *oid)
{
  for (gsize i = 0; i < G_N_ELEMENTS (curves); i++) {
    const ASN1_OBJECT *object = OBJ_nid2obj (curves[i].nid);

    if (is_oid (oid, OBJ_get0_data (object), OBJ_length (object)))
      return i;
  }
  return NO_CURVE;
}

/* ECParameters of X9.62, unread. */
typedef struct Parameters {
  PvTlv p, a, b, base, order, cofactor;
  gboolean has_cofactor;
} Parameters;

static gboolean
read_parameters (const PvTlv *sequence, Parameters *ret)
{
  PvTlvReader reader = pv_tlv_enter (sequence), inner;
  PvTlv version, field, curve, kind, seed;

  if (!pv_tlv_expect (&reader, 0x02, &version) || !pv_tlv_expect (&reader, 0x30, &field)
      || !pv_tlv_expect (&reader, 0x30, &curve) || !pv_tlv_expect (&reader, 0x04, &ret->base)
      || !pv_tlv_expect (&reader, 0x02, &ret->order))
    return FALSE;
  ret->has_cofactor = pv_tlv_expect (&reader, 0x02, &ret->cofactor);
  inner = pv_tlv_enter (&field);
  if (!pv_tlv_expect (&inner, 0x06, &kind) || !is_oid (&kind, oid_prime_field, sizeof oid_prime_field)
      || !pv_tlv_expect (&inner, 0x02, &ret->p) || !pv_tlv_is_done (&inner))
    return FALSE;
  inner = pv_tlv_enter (&curve);
  if (!pv_tlv_expect (&inner, 0x04, &ret->a) || !pv_tlv_expect (&inner, 0x04, &ret->b))
    return FALSE;
  (void) pv_tlv_expect (&inner, 0x03, &seed);
  return pv_tlv_is_done (&inner) && ret->p.length <= MAX_FIELD_BYTES && ret->a.length <= MAX_FIELD_BYTES
         && ret->b.length <= MAX_FIELD_BYTES && ret->order.length <= MAX_FIELD_BYTES
         && ret->base.length <= 2 * MAX_FIELD_BYTES + 1 && (!ret->has_cofactor || ret->cofactor.length <= 2);
}

static gboolean
is_number (const PvTlv *tlv, const BIGNUM *number)
{
  BIGNUM *read = BN_bin2bn (tlv->value, (int) tlv->length, NULL);
  gboolean is_same = read != NULL && BN_cmp (read, number) == 0;

  BN_free (read);
  return is_same;
}

static gboolean
is_point (const PvTlv *tlv, const EC_GROUP *group)
{
  EC_POINT *read = EC_POINT_new (group);
  gboolean is_same = read != NULL && EC_POINT_oct2point (group, read, tlv->value, tlv->length, NULL) == 1
                     && EC_POINT_cmp (group, read, EC_GROUP_get0_generator (group), NULL) == 0;

  EC_POINT_free (read);
  return is_same;
}

/* Made once: making one takes longer than comparing it. (transfer none); NULL: this OpenSSL does not have it. */
static const EC_GROUP *
get_group (gsize curve)
{
  static gsize once[G_N_ELEMENTS (curves)];
  static EC_GROUP *groups[G_N_ELEMENTS (curves)];

  if (g_once_init_enter (&once[curve])) {
    groups[curve] = EC_GROUP_new_by_curve_name (curves[curve].nid);
    g_once_init_leave (&once[curve], 1);
  }
  return groups[curve];
}

static gboolean
is_curve (const Parameters *parameters, const EC_GROUP *group)
{
  BIGNUM *p = BN_new (), *a = BN_new (), *b = BN_new ();
  gboolean is_same =
    group != NULL && EC_GROUP_get_curve (group, p, a, b, NULL) == 1 && is_number (&parameters->p, p)
    && is_number (&parameters->a, a) && is_number (&parameters->b, b)
    && is_number (&parameters->order, EC_GROUP_get0_order (group)) && is_point (&parameters->base, group)
    && (!parameters->has_cofactor || is_number (&parameters->cofactor, EC_GROUP_get0_cofactor (group)));

  BN_free (p);
  BN_free (a);
  BN_free (b);
  return is_same;
}

static gsize
find_explicit (const PvTlv *sequence)
{
  Parameters parameters = { 0 };
  BIGNUM *p;
  guint bits;

  if (!read_parameters (sequence, &parameters))
    return NO_CURVE;
  p = BN_bin2bn (parameters.p.value, (int) parameters.p.length, NULL);
  bits = (guint) BN_num_bits (p);
  BN_free (p);
  for (gsize i = 0; i < G_N_ELEMENTS (curves); i++)
    if (curves[i].bits == bits && is_curve (&parameters, get_group (i)))
      return i;
  return NO_CURVE;
}

/* The point is checked to be on the curve, and not to be infinity. */
static EVP_PKEY *
load_point (const char *curve, const guint8 *point, gsize length)
{
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name (NULL, "EC", NULL);
  OSSL_PARAM parameters[] = {
    OSSL_PARAM_construct_utf8_string (OSSL_PKEY_PARAM_GROUP_NAME, (char *) curve, 0),
    OSSL_PARAM_construct_octet_string (OSSL_PKEY_PARAM_PUB_KEY, (void *) point, length),
    OSSL_PARAM_construct_end (),
  };
  EVP_PKEY *key = NULL;

  if (length < 2 || context == NULL || EVP_PKEY_fromdata_init (context) != 1
      || EVP_PKEY_fromdata (context, &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1)
    key = NULL;
  EVP_PKEY_CTX_free (context);
  return key;
}

static void
parse_ec (PvTlvReader parameters, const PvTlv *point, PvPublicKey *key)
{
  PvTlv choice;
  gsize curve;

  key->is_ec = TRUE;
  key->fate = PV_KEY_UNKNOWN_CURVE;
  g_strlcpy (key->name, "EC (unknown curve)", sizeof key->name);
  if (!pv_tlv_next (&parameters, &choice) || !pv_tlv_is_done (&parameters))
    return;
  key->is_explicit = choice.tag == 0x30;
  curve = choice.tag == 0x30 ? find_explicit (&choice) : choice.tag == 0x06 ? find_named (&choice) : NO_CURVE;
  if (curve == NO_CURVE)
    return;
  key->bits = curves[curve].bits;
  g_snprintf (key->name, sizeof key->name, "EC %s%s", curves[curve].name, key->is_explicit ? " (explicit)" : "");
  key->key = load_point (curves[curve].internal, point->value + 1, point->length - 1);
  key->fate = key->key != NULL ? PV_KEY_USABLE : PV_KEY_MALFORMED;
}

/* Of RSASSA-PSS, with the limits that its parameters may set. */
static EVP_PKEY *
load_pss (const guint8 *info, gsize length)
{
  const guint8 *at = info;
  EVP_PKEY *key = d2i_PUBKEY (NULL, &at, (long) length);

  if (key != NULL && at == info + length)
    return key;
  EVP_PKEY_free (key);
  return NULL;
}

/* RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }. By its numbers: OpenSSL's reader of whole keys takes
 * ten times as long, for each of hundreds of roots. */
static EVP_PKEY *
load_rsa (const PvTlv *bits)
{
  PvTlvReader reader = { bits->value + 1, bits->length - 1 }, inner;
  PvTlv sequence, modulus, exponent;
  EVP_PKEY_CTX *context;
  OSSL_PARAM_BLD *builder;
  OSSL_PARAM *parameters;
  BIGNUM *n, *e;
  EVP_PKEY *key = NULL;

  if (!pv_tlv_expect (&reader, 0x30, &sequence) || !pv_tlv_is_done (&reader))
    return NULL;
  inner = pv_tlv_enter (&sequence);
  if (!pv_tlv_expect (&inner, 0x02, &modulus) || !pv_tlv_expect (&inner, 0x02, &exponent) || !pv_tlv_is_done (&inner)
      || modulus.length == 0 || exponent.length == 0 || ((modulus.value[0] | exponent.value[0]) & 0x80) != 0)
    return NULL;
  n = BN_bin2bn (modulus.value, (int) modulus.length, NULL);
  e = BN_bin2bn (exponent.value, (int) exponent.length, NULL);
  builder = OSSL_PARAM_BLD_new ();
  context = EVP_PKEY_CTX_new_from_name (NULL, "RSA", NULL);
  parameters = OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_RSA_N, n) == 1
                   && OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_RSA_E, e) == 1
                 ? OSSL_PARAM_BLD_to_param (builder)
                 : NULL;
  if (parameters == NULL || EVP_PKEY_fromdata_init (context) != 1
      || EVP_PKEY_fromdata (context, &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1)
    key = NULL;
  OSSL_PARAM_free (parameters);
  OSSL_PARAM_BLD_free (builder);
  EVP_PKEY_CTX_free (context);
  BN_free (n);
  BN_free (e);
  return key;
}

static void
take_rsa (EVP_PKEY *rsa, PvPublicKey *key)
{
  if (rsa == NULL)
    return;
  key->bits = (guint) EVP_PKEY_get_bits (rsa);
  g_snprintf (key->name, sizeof key->name, "RSA-%u", key->bits);
  key->fate = key->bits <= PV_PUBLIC_KEY_MAX_RSA_BITS ? PV_KEY_USABLE : PV_KEY_UNSUPPORTED;
  if (key->fate == PV_KEY_USABLE)
    key->key = rsa;
  else
    EVP_PKEY_free (rsa);
}

void
pv_public_key_parse (const guint8 *info, gsize length, PvPublicKey *ret_key)
{
  PvTlvReader reader = { info, length }, inner, algorithm_reader;
  PvTlv whole, algorithm, oid, bits;
  PvPublicKey key = { .fate = PV_KEY_MALFORMED, .name = "malformed" };

  if (pv_tlv_expect (&reader, 0x30, &whole) && pv_tlv_is_done (&reader) && (inner = pv_tlv_enter (&whole), TRUE)
      && pv_tlv_expect (&inner, 0x30, &algorithm) && pv_tlv_expect (&inner, 0x03, &bits) && pv_tlv_is_done (&inner)
      && bits.length > 1 && bits.value[0] == 0 && (algorithm_reader = pv_tlv_enter (&algorithm), TRUE)
      && pv_tlv_expect (&algorithm_reader, 0x06, &oid)) {
    if (is_oid (&oid, oid_ec, sizeof oid_ec)) {
      parse_ec (algorithm_reader, &bits, &key);
    } else if (is_oid (&oid, oid_rsa, sizeof oid_rsa)) {
      take_rsa (load_rsa (&bits), &key);
    } else if (is_oid (&oid, oid_pss, sizeof oid_pss)) {
      take_rsa (load_pss (info, length), &key);
    } else {
      key.fate = PV_KEY_UNSUPPORTED;
      g_strlcpy (key.name, "unknown", sizeof key.name);
    }
  }
  *ret_key = key;
}

void
pv_public_key_clear (PvPublicKey *key)
{
  EVP_PKEY_free (key->key);
  *key = (PvPublicKey){ 0 };
}

gboolean
pv_public_key_is_weak (const PvPublicKey *key)
{
  return key->fate == PV_KEY_USABLE && key->bits < (key->is_ec ? MIN_EC_BITS : MIN_RSA_BITS);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/certificate.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "demo/card/need.h"

enum { SERIAL_BYTES = 12, PUBLIC_POINT_MAX = 133 };

EVP_PKEY *
pv_key_new_rsa (guint bits)
{
  EVP_PKEY *key = EVP_RSA_gen (bits);

  pv_need (key != NULL, "RSA key");
  return key;
}

EVP_PKEY *
pv_key_new_ec (const char *curve, gboolean is_explicit)
{
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name (NULL, "EC", NULL);
  OSSL_PARAM parameters[] = {
    OSSL_PARAM_construct_utf8_string (OSSL_PKEY_PARAM_GROUP_NAME, (char *) curve, 0),
    OSSL_PARAM_construct_utf8_string (OSSL_PKEY_PARAM_EC_ENCODING, (char *) (is_explicit ? "explicit" : "named_curve"),
                                      0),
    OSSL_PARAM_construct_end (),
  };
  EVP_PKEY *key = NULL;

  pv_need (context != NULL && EVP_PKEY_keygen_init (context) == 1 && EVP_PKEY_CTX_set_params (context, parameters) == 1
             && EVP_PKEY_generate (context, &key) == 1,
           curve);
  EVP_PKEY_CTX_free (context);
  return key;
}

static void
push_number (OSSL_PARAM_BLD *builder, const char *name, const BIGNUM *number)
{
  pv_need (OSSL_PARAM_BLD_push_BN (builder, name, number) == 1, name);
}

/* The builder borrows numbers: those of @numbers live as long as it does. */
static void
push_curve (OSSL_PARAM_BLD *builder, const EC_GROUP *group, BN_CTX *numbers)
{
  BIGNUM *p = BN_CTX_get (numbers), *a = BN_CTX_get (numbers), *b = BN_CTX_get (numbers);

  pv_need (b != NULL && EC_GROUP_get_curve (group, p, a, b, NULL) == 1, "curve");
  pv_need (OSSL_PARAM_BLD_push_utf8_string (builder, OSSL_PKEY_PARAM_EC_FIELD_TYPE, SN_X9_62_prime_field, 0) == 1,
           "field");
  push_number (builder, OSSL_PKEY_PARAM_EC_P, p);
  push_number (builder, OSSL_PKEY_PARAM_EC_A, a);
  push_number (builder, OSSL_PKEY_PARAM_EC_B, b);
  push_number (builder, OSSL_PKEY_PARAM_EC_ORDER, EC_GROUP_get0_order (group));
  push_number (builder, OSSL_PKEY_PARAM_EC_COFACTOR, EC_GROUP_get0_cofactor (group));
}

/* G' = Q * d^-1 for any d: then Q = d * G'. */
EVP_PKEY *
pv_key_new_made_up_curve (EVP_PKEY *victim)
{
  g_autoptr (EVP_PKEY) own = victim == NULL ? pv_key_new_ec ("P-256", FALSE) : NULL;
  EC_GROUP *group = EC_GROUP_new_by_curve_name (NID_X9_62_prime256v1);
  EC_POINT *q = EC_POINT_new (group), *generator = EC_POINT_new (group);
  BIGNUM *d = BN_new (), *inverse = BN_new ();
  BN_CTX *numbers = BN_CTX_new ();
  guint8 point[PUBLIC_POINT_MAX], coded[PUBLIC_POINT_MAX];
  gsize point_length = 0, coded_length;
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name (NULL, "EC", NULL);
  OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new ();
  OSSL_PARAM *parameters;
  EVP_PKEY *key = NULL;

  pv_need (EVP_PKEY_get_octet_string_param (victim != NULL ? victim : own, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point,
                                            &point_length)
               == 1
             && EC_POINT_oct2point (group, q, point, point_length, numbers) == 1
             && BN_rand_range (d, EC_GROUP_get0_order (group)) == 1
             && BN_mod_inverse (inverse, d, EC_GROUP_get0_order (group), numbers) != NULL
             && EC_POINT_mul (group, generator, NULL, q, inverse, numbers) == 1,
           "made-up curve");
  coded_length = EC_POINT_point2oct (group, generator, POINT_CONVERSION_UNCOMPRESSED, coded, sizeof coded, numbers);
  BN_CTX_start (numbers);
  push_curve (builder, group, numbers);
  push_number (builder, OSSL_PKEY_PARAM_PRIV_KEY, d);
  pv_need (OSSL_PARAM_BLD_push_octet_string (builder, OSSL_PKEY_PARAM_EC_GENERATOR, coded, coded_length) == 1
             && OSSL_PARAM_BLD_push_octet_string (builder, OSSL_PKEY_PARAM_PUB_KEY, point, point_length) == 1,
           "made-up curve");
  parameters = OSSL_PARAM_BLD_to_param (builder);
  pv_need (EVP_PKEY_fromdata_init (context) == 1
             && EVP_PKEY_fromdata (context, &key, EVP_PKEY_KEYPAIR, parameters) == 1,
           "made-up curve");
  OSSL_PARAM_free (parameters);
  OSSL_PARAM_BLD_free (builder);
  BN_CTX_end (numbers);
  EVP_PKEY_CTX_free (context);
  BN_CTX_free (numbers);
  BN_clear_free (inverse);
  BN_clear_free (d);
  EC_POINT_free (generator);
  EC_POINT_free (q);
  EC_GROUP_free (group);
  return key;
}

static EVP_MD_CTX *
begin_signing (const PvSigning *signing)
{
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  EVP_PKEY_CTX *options = NULL;

  pv_need (EVP_DigestSignInit_ex (context, &options, signing->hash, NULL, NULL, signing->key, NULL) == 1, "signing");
  if (signing->is_pss)
    pv_need (EVP_PKEY_CTX_set_rsa_padding (options, RSA_PKCS1_PSS_PADDING) == 1
               && EVP_PKEY_CTX_set_rsa_pss_saltlen (options, RSA_PSS_SALTLEN_DIGEST) == 1,
             "RSA-PSS");
  return context;
}

GBytes *
pv_signing_sign (const PvSigning *signing, const guint8 *data, gsize length)
{
  EVP_MD_CTX *context = begin_signing (signing);
  gsize size = 0;
  guint8 *signature;

  pv_need (EVP_DigestSign (context, NULL, &size, data, length) == 1, "signing");
  signature = g_malloc (size);
  pv_need (EVP_DigestSign (context, signature, &size, data, length) == 1, "signing");
  EVP_MD_CTX_free (context);
  return g_bytes_new_take (signature, size);
}

static void
name_subject (X509 *certificate, const PvCertificateSpec *spec)
{
  X509_NAME *name = X509_get_subject_name (certificate);

  if (spec->country != NULL)
    pv_need (X509_NAME_add_entry_by_txt (name, "C", MBSTRING_ASC, (const guint8 *) spec->country, -1, -1, 0) == 1,
             "name");
  pv_need (
    X509_NAME_add_entry_by_txt (name, "O", MBSTRING_UTF8, (const guint8 *) "Parvis demo, no real State", -1, -1, 0) == 1
      && X509_NAME_add_entry_by_txt (name, "CN", MBSTRING_UTF8, (const guint8 *) spec->name, -1, -1, 0) == 1,
    "name");
}

static void
add_extension (X509 *certificate, X509 *issuer, int nid, const char *value)
{
  X509V3_CTX context;
  X509_EXTENSION *extension;

  X509V3_set_ctx (&context, issuer, certificate, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  pv_need (extension != NULL && X509_add_ext (certificate, extension, -1) == 1, value);
  X509_EXTENSION_free (extension);
}

static void
add_extensions (X509 *certificate, const PvCertificateSpec *spec)
{
  X509 *issuer = spec->issuer != NULL ? spec->issuer : certificate;
  gboolean is_ca = (spec->flags & PV_CERTIFICATE_CA) != 0;

  if ((spec->flags & PV_CERTIFICATE_NO_KEY_IDS) == 0) {
    add_extension (certificate, issuer, NID_subject_key_identifier, "hash");
    add_extension (certificate, issuer, NID_authority_key_identifier, "keyid");
  }
  if (is_ca)
    add_extension (certificate, issuer, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  if ((spec->flags & PV_CERTIFICATE_NO_USAGE) == 0)
    add_extension (certificate, issuer, NID_key_usage,
                   is_ca ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature");
  if (spec->purpose != NULL) {
    g_autofree char *value = g_strdup_printf ("critical,%s", spec->purpose);

    add_extension (certificate, issuer, NID_ext_key_usage, value);
  }
}

static void
number_it (X509 *certificate)
{
  guint8 serial[SERIAL_BYTES];
  BIGNUM *number;

  pv_need (RAND_bytes (serial, sizeof serial) == 1, "serial number");
  serial[0] = (serial[0] & 0x7F) | 0x40;
  number = BN_bin2bn (serial, sizeof serial, NULL);
  pv_need (BN_to_ASN1_INTEGER (number, X509_get_serialNumber (certificate)) != NULL, "serial number");
  BN_free (number);
}

X509 *
pv_certificate_new (const PvCertificateSpec *spec)
{
  X509 *certificate = X509_new ();
  EVP_MD_CTX *context = begin_signing (&spec->signing);

  pv_need (X509_set_version (certificate, X509_VERSION_3) == 1, "version");
  number_it (certificate);
  name_subject (certificate, spec);
  pv_need (X509_set_issuer_name (certificate, X509_get_subject_name (spec->issuer != NULL ? spec->issuer : certificate))
               == 1
             && X509_set_pubkey (certificate, spec->key) == 1
             && ASN1_TIME_set (X509_getm_notBefore (certificate), (time_t) spec->not_before) != NULL
             && ASN1_TIME_set (X509_getm_notAfter (certificate), (time_t) spec->not_after) != NULL,
           "certificate");
  add_extensions (certificate, spec);
  pv_need (X509_sign_ctx (certificate, context) > 0, "certificate");
  EVP_MD_CTX_free (context);
  return certificate;
}

GBytes *
pv_certificate_to_der (X509 *certificate)
{
  guint8 *der = NULL;
  int length = i2d_X509 (certificate, &der);
  GBytes *bytes;

  pv_need (length > 0, "certificate");
  bytes = g_bytes_new (der, (gsize) length);
  OPENSSL_free (der);
  return bytes;
}

GBytes *
pv_certificate_make_crl (X509 *issuer, const PvSigning *signing, const GPtrArray *revoked, gint64 now)
{
  X509_CRL *crl = X509_CRL_new ();
  ASN1_TIME *from = ASN1_TIME_set (NULL, (time_t) now), *to = ASN1_TIME_adj (NULL, (time_t) now, 90, 0);
  EVP_MD_CTX *context = begin_signing (signing);
  guint8 *der = NULL;
  int length = 0;
  GBytes *bytes;

  pv_need (X509_CRL_set_version (crl, X509_CRL_VERSION_2) == 1
             && X509_CRL_set_issuer_name (crl, X509_get_subject_name (issuer)) == 1
             && X509_CRL_set1_lastUpdate (crl, from) == 1 && X509_CRL_set1_nextUpdate (crl, to) == 1,
           "CRL");
  for (guint i = 0; i < revoked->len; i++) {
    X509_REVOKED *entry = X509_REVOKED_new ();

    pv_need (X509_REVOKED_set_serialNumber (entry, X509_get_serialNumber (revoked->pdata[i])) == 1
               && X509_REVOKED_set_revocationDate (entry, from) == 1 && X509_CRL_add0_revoked (crl, entry) == 1,
             "CRL");
  }
  pv_need (X509_CRL_sort (crl) == 1 && X509_CRL_sign_ctx (crl, context) > 0, "CRL");
  length = i2d_X509_CRL (crl, &der);
  pv_need (length > 0, "CRL");
  bytes = g_bytes_new (der, (gsize) length);
  OPENSSL_free (der);
  EVP_MD_CTX_free (context);
  ASN1_TIME_free (from);
  ASN1_TIME_free (to);
  X509_CRL_free (crl);
  return bytes;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/signature.h"

#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/rsa.h>
#include <string.h>

enum { MAX_SALT_BYTES = 256, SHA1_BYTES = 20 };

static const struct {
  int nid; /* of the AlgorithmIdentifier */
  PvScheme scheme;
  const char *hash;
  const char *name;
} kinds[] = {
  { NID_md5WithRSAEncryption, PV_SCHEME_RSA, "MD5", "RSA-MD5" },
  { NID_sha1WithRSAEncryption, PV_SCHEME_RSA, "SHA1", "RSA-SHA1" },
  { NID_sha224WithRSAEncryption, PV_SCHEME_RSA, "SHA224", "RSA-SHA224" },
  { NID_sha256WithRSAEncryption, PV_SCHEME_RSA, "SHA256", "RSA-SHA256" },
  { NID_sha384WithRSAEncryption, PV_SCHEME_RSA, "SHA384", "RSA-SHA384" },
  { NID_sha512WithRSAEncryption, PV_SCHEME_RSA, "SHA512", "RSA-SHA512" },
  { NID_rsaEncryption, PV_SCHEME_RSA, NULL, "RSA" },
  { NID_rsassaPss, PV_SCHEME_RSA_PSS, NULL, "RSA-PSS" },
  { NID_ecdsa_with_SHA1, PV_SCHEME_ECDSA, "SHA1", "ECDSA-SHA1" },
  { NID_ecdsa_with_SHA224, PV_SCHEME_ECDSA, "SHA224", "ECDSA-SHA224" },
  { NID_ecdsa_with_SHA256, PV_SCHEME_ECDSA, "SHA256", "ECDSA-SHA256" },
  { NID_ecdsa_with_SHA384, PV_SCHEME_ECDSA, "SHA384", "ECDSA-SHA384" },
  { NID_ecdsa_with_SHA512, PV_SCHEME_ECDSA, "SHA512", "ECDSA-SHA512" },
  { NID_X9_62_id_ecPublicKey, PV_SCHEME_ECDSA, NULL, "ECDSA" },
};

static const struct {
  int nid;
  const char *name;
} hashes[] = {
  { NID_md5, "MD5" },       { NID_sha1, "SHA1" },     { NID_sha224, "SHA224" },
  { NID_sha256, "SHA256" }, { NID_sha384, "SHA384" }, { NID_sha512, "SHA512" },
};

static gboolean
is_nid (const PvTlv *oid, int nid)
{
  const ASN1_OBJECT *object = OBJ_nid2obj (nid);

  return oid->length == OBJ_length (object) && memcmp (oid->value, OBJ_get0_data (object), oid->length) == 0;
}

/* Parameters of a hash are absent or NULL. */
static gboolean
has_no_parameters (PvTlvReader *reader)
{
  PvTlv null;

  return pv_tlv_is_done (reader)
         || (pv_tlv_expect (reader, 0x05, &null) && null.length == 0 && pv_tlv_is_done (reader));
}

const char *
pv_hash_parse (const PvTlv *algorithm)
{
  PvTlvReader reader = pv_tlv_enter (algorithm);
  PvTlv oid;

  if (algorithm->tag != 0x30 || !pv_tlv_expect (&reader, 0x06, &oid) || !has_no_parameters (&reader))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (hashes); i++)
    if (is_nid (&oid, hashes[i].nid))
      return hashes[i].name;
  return NULL;
}

gboolean
pv_hash_is_weak (const char *hash)
{
  return hash != NULL && strcmp (hash, "MD5") == 0;
}

static gboolean
read_mask (const PvTlv *explicit, PvSignatureKind *kind)
{
  PvTlvReader reader = pv_tlv_enter (explicit), inner;
  PvTlv algorithm, oid, hash;

  if (!pv_tlv_expect (&reader, 0x30, &algorithm) || !pv_tlv_is_done (&reader))
    return FALSE;
  inner = pv_tlv_enter (&algorithm);
  if (!pv_tlv_expect (&inner, 0x06, &oid) || !is_nid (&oid, NID_mgf1) || !pv_tlv_expect (&inner, 0x30, &hash)
      || !pv_tlv_is_done (&inner))
    return FALSE;
  kind->mask_hash = pv_hash_parse (&hash);
  return TRUE;
}

/* A small number, explicitly tagged. */
static gboolean
read_number (const PvTlv *explicit, int *ret)
{
  PvTlvReader reader = pv_tlv_enter (explicit);
  PvTlv number;
  int value = 0;

  if (!pv_tlv_expect (&reader, 0x02, &number) || !pv_tlv_is_done (&reader) || number.length == 0 || number.length > 2
      || (number.value[0] & 0x80) != 0)
    return FALSE;
  for (gsize i = 0; i < number.length; i++)
    value = value << 8 | number.value[i];
  *ret = value;
  return TRUE;
}

/* RSASSA-PSS-params (RFC 4055, section 3.1); what is absent has the defaults of SHA-1. */
static gboolean
read_pss (PvTlvReader *reader, PvSignatureKind *kind)
{
  PvTlv sequence, part, hash;
  PvTlvReader inner, one;
  int trailer = 1;

  kind->hash = "SHA1";
  kind->mask_hash = "SHA1";
  kind->salt_bytes = SHA1_BYTES;
  if (!pv_tlv_expect (reader, 0x30, &sequence) || !pv_tlv_is_done (reader))
    return FALSE;
  inner = pv_tlv_enter (&sequence);
  if (pv_tlv_expect (&inner, 0xA0, &part)) {
    one = pv_tlv_enter (&part);
    if (!pv_tlv_expect (&one, 0x30, &hash) || !pv_tlv_is_done (&one))
      return FALSE;
    kind->hash = pv_hash_parse (&hash);
  }
  if (pv_tlv_expect (&inner, 0xA1, &part) && !read_mask (&part, kind))
    return FALSE;
  if (pv_tlv_expect (&inner, 0xA2, &part) && !read_number (&part, &kind->salt_bytes))
    return FALSE;
  if (pv_tlv_expect (&inner, 0xA3, &part) && !read_number (&part, &trailer))
    return FALSE;
  if (!pv_tlv_is_done (&inner) || kind->salt_bytes > MAX_SALT_BYTES || trailer != 1)
    return FALSE;
  if (kind->hash == NULL || kind->mask_hash == NULL)
    kind->scheme = PV_SCHEME_UNKNOWN;
  return TRUE;
}

gboolean
pv_signature_parse (const PvTlv *algorithm, PvSignatureKind *ret_kind)
{
  PvTlvReader reader = pv_tlv_enter (algorithm);
  PvSignatureKind kind = { 0 };
  PvTlv oid;

  if (algorithm->tag != 0x30 || !pv_tlv_expect (&reader, 0x06, &oid))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (is_nid (&oid, kinds[i].nid)) {
      kind.scheme = kinds[i].scheme;
      kind.hash = kinds[i].hash;
    }
  if (kind.scheme == PV_SCHEME_RSA_PSS && !read_pss (&reader, &kind))
    return FALSE;
  *ret_kind = kind;
  return TRUE;
}

static gboolean
set_padding (EVP_PKEY_CTX *options, const PvSignatureKind *kind)
{
  if (kind->scheme == PV_SCHEME_ECDSA)
    return TRUE;
  if (kind->scheme == PV_SCHEME_RSA)
    return EVP_PKEY_CTX_set_rsa_padding (options, RSA_PKCS1_PADDING) == 1;
  return EVP_PKEY_CTX_set_rsa_padding (options, RSA_PKCS1_PSS_PADDING) == 1
         && EVP_PKEY_CTX_set_rsa_mgf1_md_name (options, kind->mask_hash, NULL) == 1
         && EVP_PKEY_CTX_set_rsa_pss_saltlen (options, kind->salt_bytes) == 1;
}

gboolean
pv_signature_verify (const PvSignatureKind *kind, const PvPublicKey *key, const guint8 *data, gsize length,
                     const guint8 *signature, gsize signature_length)
{
  EVP_MD_CTX *context;
  EVP_PKEY_CTX *options = NULL;
  gboolean is_right;

  if (key->key == NULL || kind->scheme == PV_SCHEME_UNKNOWN || kind->hash == NULL || signature_length == 0
      || key->is_ec != (kind->scheme == PV_SCHEME_ECDSA))
    return FALSE;
  context = EVP_MD_CTX_new ();
  is_right = context != NULL && EVP_DigestVerifyInit_ex (context, &options, kind->hash, NULL, NULL, key->key, NULL) == 1
             && set_padding (options, kind)
             && EVP_DigestVerify (context, signature, signature_length, data, length) == 1;
  EVP_MD_CTX_free (context);
  ERR_clear_error ();
  return is_right;
}

const char *
pv_signature_name (const PvSignatureKind *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].scheme == kind->scheme
        && (kind->scheme == PV_SCHEME_RSA_PSS || g_strcmp0 (kinds[i].hash, kind->hash) == 0))
      return kinds[i].name;
  return "unknown";
}

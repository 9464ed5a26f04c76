/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/cms.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <string.h>

#include "eid/crypto.h"

enum { MAX_ATTRIBUTES = 32, OID_TEXT_BYTES = 80 };

static const guint8 oid_signed_data[] = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02 };
static const guint8 oid_content_type[] = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x03 };
static const guint8 oid_message_digest[] = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x04 };
static const guint8 oid_signing_time[] = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x05 };

static gboolean
is_oid (const PvTlv *tlv, const guint8 *oid, gsize length)
{
  return tlv->tag == 0x06 && tlv->length == length && memcmp (tlv->value, oid, length) == 0;
}

/* The value of the attribute, which must be there once, with one value. */
static gboolean
find_attribute (const PvTlv *attributes, const guint8 *oid, gsize length, PvTlv *ret_value)
{
  PvTlvReader reader = pv_tlv_enter (attributes), inner, values;
  PvTlv attribute, name, set, value = { 0 };
  guint n_found = 0, n_seen = 0;

  while (pv_tlv_expect (&reader, 0x30, &attribute)) {
    inner = pv_tlv_enter (&attribute);
    if (n_seen++ >= MAX_ATTRIBUTES || !pv_tlv_expect (&inner, 0x06, &name) || !pv_tlv_expect (&inner, 0x31, &set)
        || !pv_tlv_is_done (&inner))
      return FALSE;
    if (!is_oid (&name, oid, length))
      continue;
    values = pv_tlv_enter (&set);
    if (n_found++ > 0 || !pv_tlv_next (&values, &value) || !pv_tlv_is_done (&values))
      return FALSE;
  }
  if (n_found != 1 || !pv_tlv_is_done (&reader))
    return FALSE;
  *ret_value = value;
  return TRUE;
}

static gint64
read_signing_time (const PvTlv *attributes)
{
  PvTlv value;
  gint64 seconds = 0;
  const guint8 *at;
  ASN1_TIME *time;

  if (!find_attribute (attributes, oid_signing_time, sizeof oid_signing_time, &value))
    return 0;
  at = value.whole;
  time = d2i_ASN1_TIME (NULL, &at, (long) value.whole_length);
  if (!pv_asn1_time_read (time, &seconds))
    seconds = 0;
  ASN1_TIME_free (time);
  ERR_clear_error ();
  return seconds;
}

/* Either the issuer's name and a serial number, or a key identifier. */
static gboolean
parse_signer_name (PvTlvReader *reader, PvCms *cms)
{
  PvTlv name;
  PvTlvReader inner;

  if (pv_tlv_expect (reader, 0x80, &cms->key_id))
    return cms->key_id.length > 0;
  if (!pv_tlv_expect (reader, 0x30, &name))
    return FALSE;
  inner = pv_tlv_enter (&name);
  return pv_tlv_expect (&inner, 0x30, &cms->issuer) && pv_tlv_expect (&inner, 0x02, &cms->serial)
         && pv_tlv_is_done (&inner);
}

static gboolean
parse_signer (const PvTlv *signer, PvCms *cms)
{
  PvTlvReader reader = pv_tlv_enter (signer);
  PvTlv version, hash, algorithm, unsigned_attributes;

  if (!pv_tlv_expect (&reader, 0x02, &version) || !parse_signer_name (&reader, cms)
      || !pv_tlv_expect (&reader, 0x30, &hash))
    return FALSE;
  (void) pv_tlv_expect (&reader, 0xA0, &cms->attributes);
  if (!pv_tlv_expect (&reader, 0x30, &algorithm) || !pv_signature_parse (&algorithm, &cms->kind)
      || !pv_tlv_expect (&reader, 0x04, &cms->signature))
    return FALSE;
  (void) pv_tlv_expect (&reader, 0xA1, &unsigned_attributes);
  cms->hash = pv_hash_parse (&hash);
  if (cms->kind.hash == NULL && cms->kind.scheme != PV_SCHEME_RSA_PSS)
    cms->kind.hash = cms->hash;
  if (cms->attributes.length > 0)
    cms->signing_time = read_signing_time (&cms->attributes);
  return pv_tlv_is_done (&reader);
}

static gboolean
parse_content (const PvTlv *encapsulated, PvCms *cms)
{
  PvTlvReader reader = pv_tlv_enter (encapsulated), inner;
  PvTlv explicit;

  if (!pv_tlv_expect (&reader, 0x06, &cms->type) || !pv_tlv_expect (&reader, 0xA0, &explicit)
      || !pv_tlv_is_done (&reader))
    return FALSE;
  inner = pv_tlv_enter (&explicit);
  return pv_tlv_expect (&inner, 0x04, &cms->content) && pv_tlv_is_done (&inner);
}

static gboolean
parse_signers (const PvTlv *signers, PvCms *cms)
{
  PvTlvReader reader = pv_tlv_enter (signers);
  PvTlv signer;

  while (pv_tlv_expect (&reader, 0x30, &signer))
    if (cms->n_signers++ == 0 && !parse_signer (&signer, cms))
      return FALSE;
  return pv_tlv_is_done (&reader);
}

static gboolean
parse_signed_data (const PvTlv *sequence, PvCms *cms)
{
  PvTlvReader reader = pv_tlv_enter (sequence);
  PvTlv version, hashes, content, lists, signers;

  if (!pv_tlv_expect (&reader, 0x02, &version) || !pv_tlv_expect (&reader, 0x31, &hashes)
      || !pv_tlv_expect (&reader, 0x30, &content) || !parse_content (&content, cms))
    return FALSE;
  (void) pv_tlv_expect (&reader, 0xA0, &cms->certificates);
  (void) pv_tlv_expect (&reader, 0xA1, &lists);
  return pv_tlv_expect (&reader, 0x31, &signers) && pv_tlv_is_done (&reader) && parse_signers (&signers, cms);
}

gboolean
pv_cms_parse (const guint8 *data, gsize length, PvCms *ret_cms, GError **error)
{
  PvTlvReader reader = { data, length }, inner, explicit_reader;
  PvTlv whole, type, explicit, sequence;
  PvCms cms = { 0 };

  if (pv_tlv_expect (&reader, 0x30, &whole) && pv_tlv_is_done (&reader) && (inner = pv_tlv_enter (&whole), TRUE)
      && pv_tlv_expect (&inner, 0x06, &type) && is_oid (&type, oid_signed_data, sizeof oid_signed_data)
      && pv_tlv_expect (&inner, 0xA0, &explicit) && pv_tlv_is_done (&inner)
      && (explicit_reader = pv_tlv_enter (&explicit), TRUE) && pv_tlv_expect (&explicit_reader, 0x30, &sequence)
      && pv_tlv_is_done (&explicit_reader) && parse_signed_data (&sequence, &cms)) {
    *ret_cms = cms;
    return TRUE;
  }
  g_set_error_literal (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA, "not a signed object");
  return FALSE;
}

gboolean
pv_cms_has_type (const PvCms *cms, const char *oid)
{
  const guint8 *at = cms->type.whole;
  ASN1_OBJECT *object = d2i_ASN1_OBJECT (NULL, &at, (long) cms->type.whole_length);
  char text[OID_TEXT_BYTES] = "";

  if (object != NULL)
    OBJ_obj2txt (text, sizeof text, object, 1);
  ASN1_OBJECT_free (object);
  ERR_clear_error ();
  return strcmp (text, oid) == 0;
}

static gboolean
is_named (const PvCms *cms, const PvCert *cert)
{
  const guint8 *at;
  X509_NAME *name;
  ASN1_INTEGER *serial;
  gboolean is_same;

  if (cms->key_id.length > 0)
    return cert->key_id != NULL && (gsize) ASN1_STRING_length (cert->key_id) == cms->key_id.length
           && memcmp (ASN1_STRING_get0_data (cert->key_id), cms->key_id.value, cms->key_id.length) == 0;
  at = cms->issuer.whole;
  name = d2i_X509_NAME (NULL, &at, (long) cms->issuer.whole_length);
  at = cms->serial.whole;
  serial = d2i_ASN1_INTEGER (NULL, &at, (long) cms->serial.whole_length);
  is_same = name != NULL && serial != NULL && X509_NAME_cmp (name, X509_get_issuer_name (cert->x509)) == 0
            && ASN1_INTEGER_cmp (serial, X509_get0_serialNumber (cert->x509)) == 0;
  X509_NAME_free (name);
  ASN1_INTEGER_free (serial);
  ERR_clear_error ();
  return is_same;
}

PvCert *
pv_cms_find_signer (const PvCms *cms)
{
  PvTlvReader reader = pv_tlv_enter (&cms->certificates);
  PvTlv one;

  if (cms->n_signers == 0)
    return NULL;
  for (guint i = 0; i < PV_CMS_MAX_CERTIFICATES && pv_tlv_next (&reader, &one); i++) {
    g_autoptr (PvCert) cert = one.tag == 0x30 ? pv_cert_parse (one.whole, one.whole_length) : NULL;

    if (cert != NULL && is_named (cms, cert))
      return g_steal_pointer (&cert);
  }
  return NULL;
}

static gboolean
is_digest (const PvCms *cms, const PvTlv *value)
{
  guint8 digest[EVP_MAX_MD_SIZE];
  gsize length = 0;

  return value->tag == 0x04
         && EVP_Q_digest (NULL, cms->hash, NULL, cms->content.value, cms->content.length, digest, &length) == 1
         && value->length == length && pv_bytes_equal (digest, value->value, length);
}

/* Both attributes are there once (RFC 5652, section 11), and say what is inside. */
static gboolean
are_attributes_right (const PvCms *cms)
{
  PvTlv value;

  return find_attribute (&cms->attributes, oid_content_type, sizeof oid_content_type, &value) && value.tag == 0x06
         && value.length == cms->type.length && memcmp (value.value, cms->type.value, value.length) == 0
         && find_attribute (&cms->attributes, oid_message_digest, sizeof oid_message_digest, &value)
         && is_digest (cms, &value);
}

/* Signed is the set with its own tag, not the one that it has inside (RFC 5652, section 5.4). */
static gboolean
is_signature_right (const PvCms *cms, const PvCert *signer)
{
  g_autofree guint8 *set = g_memdup2 (cms->attributes.whole, cms->attributes.whole_length);

  set[0] = 0x31;
  return pv_signature_verify (&cms->kind, &signer->key, set, cms->attributes.whole_length, cms->signature.value,
                              cms->signature.length);
}

static gboolean
is_known (const PvCms *cms, const PvCert *signer)
{
  return cms->hash != NULL && cms->kind.scheme != PV_SCHEME_UNKNOWN && cms->kind.hash != NULL
         && signer->key.fate != PV_KEY_UNKNOWN_CURVE && signer->key.fate != PV_KEY_UNSUPPORTED;
}

PvReason
pv_cms_check (const PvCms *cms, const PvCert *signer)
{
  if (cms->n_signers == 0 || signer == NULL || cms->attributes.length == 0)
    return PV_REASON_BAD_SIGNATURE;
  if (cms->hash != NULL && !are_attributes_right (cms))
    return PV_REASON_BAD_SIGNATURE;
  if (!is_known (cms, signer))
    return PV_REASON_UNSUPPORTED;
  if (!is_signature_right (cms, signer))
    return PV_REASON_BAD_SIGNATURE;
  /* Only the first one was looked at. */
  if (cms->n_signers != 1)
    return PV_REASON_UNSUPPORTED;
  return pv_hash_is_weak (cms->hash) || pv_hash_is_weak (cms->kind.hash) || pv_public_key_is_weak (&signer->key)
           ? PV_REASON_WEAK
           : PV_REASON_NONE;
}

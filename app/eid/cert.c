/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/cert.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <string.h>

#define OID_DOC_9303    "2.23.136.1.1."
#define OID_LIST_SIGNER "2.23.136.1.1.3"
/* Kinds of documents that the signer is for; told, not decided upon. */
#define OID_DOCUMENT_TYPES "2.23.136.1.1.6.2"

enum { OID_TEXT_BYTES = 80, MAX_PURPOSES = 20 };

/* tbs, algorithm and signature as they were signed, not as OpenSSL would write them again. */
static gboolean
split (PvCert *cert)
{
  PvTlvReader reader = { g_bytes_get_data (cert->der, NULL), g_bytes_get_size (cert->der) }, inner;
  PvTlv whole, tbs, algorithm, signature;

  if (!pv_tlv_expect (&reader, 0x30, &whole) || !pv_tlv_is_done (&reader))
    return FALSE;
  inner = pv_tlv_enter (&whole);
  if (!pv_tlv_expect (&inner, 0x30, &tbs) || !pv_tlv_expect (&inner, 0x30, &algorithm)
      || !pv_tlv_expect (&inner, 0x03, &signature) || !pv_tlv_is_done (&inner) || signature.length < 2
      || signature.value[0] != 0 || !pv_signature_parse (&algorithm, &cert->kind))
    return FALSE;
  cert->tbs = tbs.whole;
  cert->tbs_length = tbs.whole_length;
  cert->signature = signature.value + 1;
  cert->signature_length = signature.length - 1;
  return TRUE;
}

gboolean
pv_asn1_time_read (const ASN1_TIME *time, gint64 *ret_seconds)
{
  struct tm parts;
  g_autoptr (GDateTime) date = NULL;

  if (time == NULL || ASN1_TIME_to_tm (time, &parts) != 1)
    return FALSE;
  date = g_date_time_new_utc (parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min,
                              parts.tm_sec);
  if (date == NULL)
    return FALSE;
  *ret_seconds = g_date_time_to_unix (date);
  return TRUE;
}

/* Two letters as a rule; some are in lower case. */
static void
read_country (PvCert *cert)
{
  const X509_NAME *name = X509_get_subject_name (cert->x509);
  int index = X509_NAME_get_index_by_NID (name, NID_countryName, -1);
  const ASN1_STRING *text = index >= 0 ? X509_NAME_ENTRY_get_data (X509_NAME_get_entry (name, index)) : NULL;
  int length = text != NULL ? ASN1_STRING_length (text) : 0;

  if (length < 2 || length > 3)
    return;
  for (int i = 0; i < length; i++) {
    char letter = (char) ASN1_STRING_get0_data (text)[i];

    if (!g_ascii_isalpha (letter)) {
      cert->country[0] = '\0';
      return;
    }
    cert->country[i] = g_ascii_toupper (letter);
  }
}

/* NULL if it is not there; malformed ones and doubles are marked. */
static gpointer
get_extension (PvCert *cert, int nid)
{
  int place = -1;
  gpointer value = X509_get_ext_d2i (cert->x509, nid, &place, NULL);

  if (value == NULL && place != -1)
    cert->flags |= PV_CERT_MALFORMED;
  return value;
}

static void
read_constraints (PvCert *cert)
{
  BASIC_CONSTRAINTS *constraints = get_extension (cert, NID_basic_constraints);

  if (constraints != NULL && constraints->ca != 0)
    cert->flags |= PV_CERT_IS_CA;
  BASIC_CONSTRAINTS_free (constraints);
}

static void
read_usage (PvCert *cert)
{
  static const struct {
    int bit; /* RFC 5280, section 4.2.1.3 */
    PvCertFlags flag;
  } usages[] = { { 0, PV_CERT_MAY_SIGN }, { 5, PV_CERT_MAY_CERTIFY }, { 6, PV_CERT_MAY_SIGN_CRLS } };
  ASN1_BIT_STRING *bits = get_extension (cert, NID_key_usage);

  for (gsize i = 0; i < G_N_ELEMENTS (usages); i++)
    if (bits == NULL || ASN1_BIT_STRING_get_bit (bits, usages[i].bit) != 0)
      cert->flags |= usages[i].flag;
  ASN1_BIT_STRING_free (bits);
}

static void
read_purposes (PvCert *cert)
{
  EXTENDED_KEY_USAGE *purposes = get_extension (cert, NID_ext_key_usage);

  for (int i = 0; purposes != NULL && i < MIN (sk_ASN1_OBJECT_num (purposes), MAX_PURPOSES); i++) {
    char text[OID_TEXT_BYTES] = "";

    OBJ_obj2txt (text, sizeof text, sk_ASN1_OBJECT_value (purposes, i), 1);
    if (strcmp (text, OID_LIST_SIGNER) == 0)
      cert->flags |= PV_CERT_SIGNS_LISTS;
    if (g_str_has_prefix (text, OID_DOC_9303))
      cert->flags |= PV_CERT_OTHER_PURPOSE;
  }
  EXTENDED_KEY_USAGE_free (purposes);
}

static void
read_key_ids (PvCert *cert)
{
  AUTHORITY_KEYID *authority = get_extension (cert, NID_authority_key_identifier);

  cert->key_id = get_extension (cert, NID_subject_key_identifier);
  if (authority != NULL)
    cert->issuer_key_id = g_steal_pointer (&authority->keyid);
  AUTHORITY_KEYID_free (authority);
}

static void
read_criticals (PvCert *cert)
{
  for (int i = 0; i < X509_get_ext_count (cert->x509); i++) {
    X509_EXTENSION *extension = X509_get_ext (cert->x509, i);
    char text[OID_TEXT_BYTES] = "";

    if (X509_EXTENSION_get_critical (extension) == 0 || X509_supported_extension (extension) != 0)
      continue;
    OBJ_obj2txt (text, sizeof text, X509_EXTENSION_get_object (extension), 1);
    if (OBJ_obj2nid (X509_EXTENSION_get_object (extension)) != NID_private_key_usage_period
        && OBJ_obj2nid (X509_EXTENSION_get_object (extension)) != NID_subject_key_identifier
        && OBJ_obj2nid (X509_EXTENSION_get_object (extension)) != NID_authority_key_identifier
        && strcmp (text, OID_DOCUMENT_TYPES) != 0)
      cert->flags |= PV_CERT_UNKNOWN_RULE;
  }
}

static void
read_key (PvCert *cert)
{
  X509_PUBKEY *info = X509_get_X509_PUBKEY (cert->x509);
  guint8 *der = NULL;
  int length = i2d_X509_PUBKEY (info, &der);

  if (length > 0)
    pv_public_key_parse (der, (gsize) length, &cert->key);
  else
    cert->key.fate = PV_KEY_MALFORMED;
  OPENSSL_free (der);
}

static gboolean
read_all (PvCert *cert, const guint8 *der, gsize length)
{
  const guint8 *at = der;
  const X509_ALGOR *outer;

  cert->x509 = d2i_X509 (NULL, &at, (long) length);
  if (cert->x509 == NULL || at != der + length || !split (cert)
      || !pv_asn1_time_read (X509_get0_notBefore (cert->x509), &cert->not_before)
      || !pv_asn1_time_read (X509_get0_notAfter (cert->x509), &cert->not_after))
    return FALSE;
  X509_get0_signature (NULL, &outer, cert->x509);
  if (X509_ALGOR_cmp (outer, X509_get0_tbs_sigalg (cert->x509)) != 0)
    return FALSE;
  read_country (cert);
  read_constraints (cert);
  read_usage (cert);
  read_purposes (cert);
  read_key_ids (cert);
  read_criticals (cert);
  read_key (cert);
  return TRUE;
}

PvCert *
pv_cert_parse (const guint8 *der, gsize length)
{
  g_autoptr (PvCert) cert = NULL;
  gboolean is_read;

  if (length == 0 || length > PV_CERT_MAX_BYTES)
    return NULL;
  cert = g_new0 (PvCert, 1);
  cert->der = g_bytes_new (der, length);
  is_read = read_all (cert, g_bytes_get_data (cert->der, NULL), length);
  ERR_clear_error ();
  return is_read ? g_steal_pointer (&cert) : NULL;
}

void
pv_cert_free (PvCert *cert)
{
  if (cert == NULL)
    return;
  g_bytes_unref (cert->der);
  pv_public_key_clear (&cert->key);
  X509_free (cert->x509);
  ASN1_OCTET_STRING_free (cert->key_id);
  ASN1_OCTET_STRING_free (cert->issuer_key_id);
  g_free (cert);
}

gboolean
pv_cert_is_signed_by (const PvCert *cert, const PvPublicKey *key)
{
  return pv_signature_verify (&cert->kind, key, cert->tbs, cert->tbs_length, cert->signature, cert->signature_length);
}

gboolean
pv_cert_has_issuer_name (const PvCert *cert, const PvCert *issuer)
{
  return X509_NAME_cmp (X509_get_issuer_name (cert->x509), X509_get_subject_name (issuer->x509)) == 0;
}

gboolean
pv_cert_has_issuer_key_id (const PvCert *cert, const PvCert *issuer)
{
  return cert->issuer_key_id != NULL && issuer->key_id != NULL
         && ASN1_OCTET_STRING_cmp (cert->issuer_key_id, issuer->key_id) == 0;
}

gboolean
pv_cert_is_same (const PvCert *a, const PvCert *b)
{
  return g_bytes_equal (a->der, b->der);
}

char *
pv_cert_describe_subject (const PvCert *cert)
{
  BIO *sink = BIO_new (BIO_s_mem ());
  char *text = NULL, *valid;
  g_autofree char *copy = NULL;
  long length;

  /* Control characters are escaped: it is printed on an administrator's terminal. */
  X509_NAME_print_ex (sink, X509_get_subject_name (cert->x509), 0,
                      (XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB) | ASN1_STRFLGS_UTF8_CONVERT);
  length = BIO_get_mem_data (sink, &text);
  copy = g_strndup (text, (gsize) length);
  valid = g_utf8_make_valid (copy, -1);
  BIO_free (sink);
  return valid;
}

char *
pv_cert_get_fingerprint (const PvCert *cert)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, cert->der);
}

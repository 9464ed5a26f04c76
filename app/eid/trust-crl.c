/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Revocation lists of the States. */

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "eid/trust-private.h"

void
pv_crl_free (PvCrl *crl)
{
  if (crl == NULL)
    return;
  X509_CRL_free (crl->crl);
  g_free (crl);
}

static void
refuse (PvTrust *trust, const char *name, const char *why)
{
  g_ptr_array_insert (trust->refused_crls, (int) trust->refused_crls->len - 1, g_strdup_printf ("%s: %s", name, why));
}

/* DER as it is, or out of PEM. (transfer full) (nullable) */
static GBytes *
to_der (GBytes *file)
{
  gsize length;
  const char *data = g_bytes_get_data (file, &length);
  BIO *source;
  char *name = NULL, *header = NULL;
  unsigned char *der = NULL;
  long der_length = 0;
  GBytes *bytes = NULL;

  if (length > 0 && data[0] == 0x30)
    return g_bytes_ref (file);
  source = BIO_new_mem_buf (data, (int) length);
  if (PEM_read_bio (source, &name, &header, &der, &der_length) == 1) {
    if (strcmp (name, PEM_STRING_X509_CRL) == 0)
      bytes = g_bytes_new (der, (gsize) der_length);
    OPENSSL_free (name);
    OPENSSL_free (header);
    OPENSSL_free (der);
  }
  BIO_free (source);
  return bytes;
}

/* CertificateList ::= SEQUENCE { what is signed, algorithm, signature } */
typedef struct Parts {
  PvTlv tbs, signature;
  PvSignatureKind kind;
} Parts;

static gboolean
split (GBytes *der, Parts *ret)
{
  PvTlvReader reader = { g_bytes_get_data (der, NULL), g_bytes_get_size (der) }, inner;
  PvTlv whole, algorithm;

  if (!pv_tlv_expect (&reader, 0x30, &whole) || !pv_tlv_is_done (&reader))
    return FALSE;
  inner = pv_tlv_enter (&whole);
  return pv_tlv_expect (&inner, 0x30, &ret->tbs) && pv_tlv_expect (&inner, 0x30, &algorithm)
         && pv_tlv_expect (&inner, 0x03, &ret->signature) && pv_tlv_is_done (&inner) && ret->signature.length > 1
         && ret->signature.value[0] == 0 && pv_signature_parse (&algorithm, &ret->kind);
}

static gboolean
is_named (X509_CRL *crl, const AUTHORITY_KEYID *authority, const PvCert *root)
{
  if (authority != NULL && authority->keyid != NULL && root->key_id != NULL
      && ASN1_OCTET_STRING_cmp (authority->keyid, root->key_id) == 0)
    return TRUE;
  return X509_NAME_cmp (X509_CRL_get_issuer (crl), X509_get_subject_name (root->x509)) == 0;
}

static const PvCert *
find_root (const PvTrust *trust, X509_CRL *crl, const Parts *parts)
{
  AUTHORITY_KEYID *authority = X509_CRL_get_ext_d2i (crl, NID_authority_key_identifier, NULL, NULL);
  const PvCert *found = NULL;

  for (guint i = 0; found == NULL && i < trust->certs->len; i++) {
    const PvCert *root = trust->certs->pdata[i];

    if (pv_trust_is_root (trust, i) && (root->flags & PV_CERT_MAY_SIGN_CRLS) != 0 && is_named (crl, authority, root)
        && pv_signature_verify (&parts->kind, &root->key, parts->tbs.whole, parts->tbs.whole_length,
                                parts->signature.value + 1, parts->signature.length - 1))
      found = root;
  }
  AUTHORITY_KEYID_free (authority);
  return found;
}

void
pv_trust_add_crl (PvTrust *trust, const char *name, GBytes *file)
{
  g_autoptr (GBytes) der = to_der (file);
  const guint8 *at = der != NULL ? g_bytes_get_data (der, NULL) : NULL;
  X509_CRL *crl = der != NULL ? d2i_X509_CRL (NULL, &at, (long) g_bytes_get_size (der)) : NULL;
  const PvCert *root = NULL;
  Parts parts;

  if (crl == NULL || !split (der, &parts)) {
    refuse (trust, name, "not a revocation list");
  } else if ((root = find_root (trust, crl, &parts)) == NULL) {
    refuse (trust, name, "not signed by a root of the master list");
  } else {
    PvCrl *entry = g_new0 (PvCrl, 1);

    entry->crl = g_steal_pointer (&crl);
    entry->root = root;
    g_ptr_array_add (trust->crls, entry);
  }
  X509_CRL_free (crl);
  ERR_clear_error ();
}

static void
load_one (PvTrust *trust, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GBytes) file = pv_trust_read_file (path, PV_TRUST_MAX_CRL_BYTES, NULL);

  if (file == NULL)
    refuse (trust, name, "cannot be read, or is too long");
  else
    pv_trust_add_crl (trust, name, file);
}

void
pv_trust_load_crls (PvTrust *trust, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (dir == NULL) {
    refuse (trust, folder, "no such folder, or not for us");
    return;
  }
  while ((name = g_dir_read_name (dir)) != NULL) {
    if (!g_str_has_suffix (name, ".crl"))
      continue;
    if (trust->crls->len >= PV_TRUST_MAX_CRLS) {
      refuse (trust, name, "too many revocation lists");
      return;
    }
    load_one (trust, folder, name);
  }
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the signer of a document to a root of its State. */

#include <openssl/x509.h>
#include <string.h>

#include "eid/trust-private.h"

/* Certificates are made at some hour of a day. */
#define DAY G_GINT64_CONSTANT (86400)

/* Random serial numbers have eight bytes and more: they meet by themselves only where one certificate is meant. */
enum { UNIQUE_SERIAL_BYTES = 8 };

void
pv_reason_add (PvReason *reason, PvReason more)
{
  gboolean is_refusal = pv_reason_verdict (more) == PV_VERDICT_REFUSED;

  if (*reason == PV_REASON_NONE || (is_refusal && pv_reason_verdict (*reason) != PV_VERDICT_REFUSED))
    *reason = more;
}

static gboolean
is_of_state (const PvTrust *trust, guint index, const PvCert *cert)
{
  const PvCert *root = trust->certs->pdata[index];

  return root != NULL && cert->country[0] != '\0' && strcmp (root->country, cert->country) == 0;
}

typedef enum { BY_KEY_ID, BY_NAME, N_WAYS } Way;

static gboolean
is_candidate (const PvCert *cert, const PvCert *root, Way way)
{
  gboolean has_key_id = pv_cert_has_issuer_key_id (cert, root);

  return way == BY_KEY_ID ? has_key_id : !has_key_id && pv_cert_has_issuer_name (cert, root);
}

/* The next root at or behind *@at that signed @cert. *@at counts through all roots, once for each way. */
static const PvCert *
next_issuer (const PvTrust *trust, const PvCert *cert, guint *at)
{
  guint n = trust->certs->len;

  for (; *at < N_WAYS * n; (*at)++) {
    guint index = *at % n;
    const PvCert *root = trust->certs->pdata[index];

    if (pv_trust_is_root (trust, index) && is_of_state (trust, index, cert)
        && is_candidate (cert, root, (Way) (*at / n)) && pv_cert_is_signed_by (cert, &root->key)) {
      (*at)++;
      return root;
    }
  }
  return NULL;
}

const PvCert *
pv_trust_find_issuer (const PvTrust *trust, const PvCert *cert)
{
  guint at = 0;

  return next_issuer (trust, cert, &at);
}

/* Whether one entry of a list means @cert. States changed their names, and went on listing old serial numbers under the new
 * one: such an entry counts if the number is long enough to be no accident. */
static gboolean
is_listed (const PvCrl *crl, const PvCert *cert, const PvCert *root)
{
  const ASN1_INTEGER *serial = X509_get0_serialNumber (cert->x509);
  X509_REVOKED *entry = NULL;

  if (strcmp (crl->root->country, cert->country) != 0
      || X509_CRL_get0_by_serial (crl->crl, &entry, (ASN1_INTEGER *) serial) != 1)
    return FALSE;
  return X509_NAME_cmp (X509_CRL_get_issuer (crl->crl), X509_get_issuer_name (cert->x509)) == 0
         || EVP_PKEY_eq (crl->root->key.key, root->key.key) == 1 || ASN1_STRING_length (serial) >= UNIQUE_SERIAL_BYTES;
}

static gboolean
is_revoked (const PvTrust *trust, const PvCert *cert, const PvCert *root)
{
  for (guint i = 0; i < trust->crls->len; i++)
    if (is_listed (trust->crls->pdata[i], cert, root))
      return TRUE;
  return FALSE;
}

/* What speaks against this root as the issuer of @signer. */
static PvReason
check_issuer (const PvTrust *trust, const PvCert *signer, const PvCert *root)
{
  if (signer->not_before < root->not_before - DAY || signer->not_before > root->not_after + DAY)
    return PV_REASON_SIGNER_NOT_VALID;
  if (is_revoked (trust, signer, root) || is_revoked (trust, root, root))
    return PV_REASON_REVOKED;
  if (pv_hash_is_weak (signer->kind.hash) || pv_public_key_is_weak (&root->key))
    return PV_REASON_WEAK;
  return PV_REASON_NONE;
}

/* A root of that State is in the list, but with a curve or algorithm that is not known here. */
static gboolean
has_unusable_issuer (const PvTrust *trust, const PvCert *signer)
{
  for (guint i = 0; i < trust->certs->len; i++) {
    const PvCert *root = trust->certs->pdata[i];
    const PvRootNote *note = trust->notes->pdata[i];

    if ((note->verdict == PV_ROOT_UNKNOWN_CURVE || note->verdict == PV_ROOT_UNSUPPORTED)
        && is_of_state (trust, i, signer) && pv_cert_has_issuer_key_id (signer, root))
      return TRUE;
  }
  return FALSE;
}

static PvReason
check_chain (const PvTrust *trust, const PvCert *signer)
{
  const PvCert *root;
  PvReason reason = PV_REASON_NONE;
  guint at = 0;

  while ((root = next_issuer (trust, signer, &at)) != NULL) {
    PvReason of_root = check_issuer (trust, signer, root);

    if (of_root == PV_REASON_NONE || of_root == PV_REASON_REVOKED)
      return of_root;
    pv_reason_add (&reason, of_root);
  }
  if (reason != PV_REASON_NONE)
    return reason;
  return signer->kind.scheme == PV_SCHEME_UNKNOWN || signer->kind.hash == NULL || has_unusable_issuer (trust, signer)
           ? PV_REASON_UNSUPPORTED
           : PV_REASON_WRONG_SIGNER;
}

/* What a signer of documents is (Doc 9303-12, section 7.1). */
static PvReason
check_form (const PvCert *signer)
{
  if ((signer->flags & (PV_CERT_IS_CA | PV_CERT_MALFORMED | PV_CERT_OTHER_PURPOSE)) != 0
      || (signer->flags & PV_CERT_MAY_SIGN) == 0 || signer->country[0] == '\0')
    return PV_REASON_WRONG_SIGNER;
  return (signer->flags & PV_CERT_UNKNOWN_RULE) != 0 ? PV_REASON_UNSUPPORTED : PV_REASON_NONE;
}

PvReason
pv_trust_check_time (const PvCert *signer, const PvSignerTime *time)
{
  if (signer->not_before > signer->not_after
      || (time->signed_at != 0
          && (time->signed_at < signer->not_before - time->slack || time->signed_at > signer->not_after + time->slack)))
    return PV_REASON_SIGNER_NOT_VALID;
  return PV_REASON_NONE;
}

static PvReason
check_roots (const PvTrust *trust, const PvCert *signer)
{
  gboolean has_any = FALSE;

  for (guint i = 0; trust != NULL && i < trust->certs->len; i++) {
    has_any = has_any || pv_trust_is_root (trust, i);
    /* One that cannot be used is one, too: check_chain() says why. */
    if (is_of_state (trust, i, signer))
      return check_chain (trust, signer);
  }
  return has_any ? PV_REASON_UNKNOWN_ISSUER : PV_REASON_NO_ROOTS;
}

PvReason
pv_trust_check_signer (const PvTrust *trust, const PvCert *signer)
{
  PvReason reason = check_form (signer);

  pv_reason_add (&reason, check_roots (trust, signer));
  return reason;
}

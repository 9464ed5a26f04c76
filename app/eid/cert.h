/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* cert.h: a certificate of the public key infrastructure for travel documents (ICAO Doc 9303-12): a root, a link, a signer.
 * Only read here: nothing is decided. Immutable. */
#pragma once

#include <openssl/x509.h>

#include "eid/error.h"
#include "eid/signature.h"

enum { PV_CERT_MAX_BYTES = 16 * 1024 };

typedef enum {
  PV_CERT_IS_CA = 1 << 0,         /* basicConstraints say so */
  PV_CERT_MAY_CERTIFY = 1 << 1,   /* keyUsage, or none is told */
  PV_CERT_MAY_SIGN_CRLS = 1 << 2, /* the same */
  PV_CERT_MAY_SIGN = 1 << 3,      /* the same: digitalSignature */
  PV_CERT_MALFORMED = 1 << 4,     /* an extension is not what it should be, or is there twice */
  PV_CERT_UNKNOWN_RULE = 1 << 5,  /* an unknown extension is critical */
  PV_CERT_SIGNS_LISTS = 1 << 6,   /* extended key usage: master lists */
  PV_CERT_OTHER_PURPOSE = 1 << 7, /* extended key usage: something of Doc 9303, but not documents */
} PvCertFlags;

typedef struct PvCert {
  GBytes *der; /* owned, like all but @tbs and @signature, which point into it */
  const guint8 *tbs, *signature;
  gsize tbs_length, signature_length;
  PvSignatureKind kind;
  PvPublicKey key;
  X509 *x509;
  ASN1_OCTET_STRING *key_id;        /* (nullable) */
  ASN1_OCTET_STRING *issuer_key_id; /* (nullable) */
  char country[4];                  /* of the subject, upper case; "" unknown */
  gint64 not_before, not_after;     /* seconds, UTC */
  PvCertFlags flags;
} PvCert;

/* @der: the whole of it. NULL: no certificate. */
PvCert *pv_cert_parse (const guint8 *der, gsize length) G_GNUC_WARN_UNUSED_RESULT;
void pv_cert_free (PvCert *cert);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvCert, pv_cert_free)

/* Its signature was made with @key. */
gboolean pv_cert_is_signed_by (const PvCert *cert, const PvPublicKey *key);
gboolean pv_cert_has_issuer_name (const PvCert *cert, const PvCert *issuer);
/* It tells a key of its issuer, and that is @issuer's. */
gboolean pv_cert_has_issuer_key_id (const PvCert *cert, const PvCert *issuer);
gboolean pv_cert_is_same (const PvCert *a, const PvCert *b);
/* (transfer full): one line. */
char *pv_cert_describe_subject (const PvCert *cert) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): SHA-256, hexadecimal. */
char *pv_cert_get_fingerprint (const PvCert *cert) G_GNUC_WARN_UNUSED_RESULT;
/* Seconds, UTC; FALSE: no time. */
gboolean pv_asn1_time_read (const ASN1_TIME *time, gint64 *ret_seconds);

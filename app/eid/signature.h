/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* signature.h: signatures of certificates, revocation lists and CMS: RSA (PKCS #1 v1.5 and PSS) and ECDSA with MD5, SHA-1
 * and SHA-2. Pure. */
#pragma once

#include "eid/public-key.h"
#include "eid/tlv.h"

typedef enum {
  PV_SCHEME_UNKNOWN,
  PV_SCHEME_RSA,
  PV_SCHEME_RSA_PSS,
  PV_SCHEME_ECDSA,
} PvScheme;

/* Zero-initialized is unknown. */
typedef struct PvSignatureKind {
  PvScheme scheme;
  const char *hash;      /* of OpenSSL: "SHA256"; NULL: told elsewhere, in CMS by the digest algorithm */
  const char *mask_hash; /* PSS */
  int salt_bytes;        /* PSS */
} PvSignatureKind;

/* @algorithm: the AlgorithmIdentifier, a SEQUENCE. FALSE: malformed; unknown ones are well-formed. */
gboolean pv_signature_parse (const PvTlv *algorithm, PvSignatureKind *ret_kind);
/* The hash that an AlgorithmIdentifier names; NULL: unknown or malformed. */
const char *pv_hash_parse (const PvTlv *algorithm);
gboolean pv_hash_is_weak (const char *hash);
/* A key of another kind than the signature verifies nothing. */
gboolean pv_signature_verify (const PvSignatureKind *kind, const PvPublicKey *key, const guint8 *data, gsize length,
                              const guint8 *signature, gsize signature_length);
/* "RSA-PSS", "RSA-SHA256", "ECDSA-SHA1", "unknown". */
const char *pv_signature_name (const PvSignatureKind *kind);

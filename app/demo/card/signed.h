/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* signed.h: CMS SignedData (RFC 5652) and security objects, written by hand so that each part can be wrong. */
#pragma once

#include "demo/card/certificate.h"

#define PV_OID_LDS           "2.23.136.1.1.1"
#define PV_OID_MASTER_LIST   "2.23.136.1.1.2"
#define PV_OID_LIST_SIGNER   "2.23.136.1.1.3"
#define PV_OID_CARD_SECURITY "0.4.0.127.0.7.3.2.1"

typedef enum {
  PV_SIGNED_BY_KEY_ID = 1 << 0, /* right: the signer is named by subject key identifier */
  PV_SIGNED_PLAIN_RSA = 1 << 1, /* right: the algorithm is rsaEncryption without NULL */
  /* wrong */
  PV_SIGNED_NO_CERTIFICATE = 1 << 2,
  PV_SIGNED_NO_SIGNER_INFO = 1 << 3,
  PV_SIGNED_TWO_SIGNER_INFOS = 1 << 4,
  PV_SIGNED_WRONG_DIGEST = 1 << 5,  /* messageDigest of something else, signed */
  PV_SIGNED_BAD_SIGNATURE = 1 << 6, /* one bit */
  PV_SIGNED_NO_ATTRIBUTES = 1 << 7, /* the content itself is signed */
  PV_SIGNED_WRONG_TYPE = 1 << 8,    /* attribute contentType is another's */
  PV_SIGNED_NO_TYPE = 1 << 9,       /* no attribute contentType */
  PV_SIGNED_DIGEST_TWICE = 1 << 10, /* attribute messageDigest two times, the second is another's */
  PV_SIGNED_TRAILING = 1 << 11,     /* bytes behind the object */
  PV_SIGNED_OTHER_SIGNER = 1 << 12, /* issuer and serial number name nobody here */
  PV_SIGNED_HASH_DIFFERS = 1 << 13, /* SignerInfo names another hash than the one that signed */
  PV_SIGNED_DETACHED = 1 << 14,     /* no content inside */
  PV_SIGNED_INDEFINITE = 1 << 15,   /* the outermost length is BER's indefinite one */
  PV_SIGNED_EMPTY_SIGNATURE = 1 << 16,
} PvSignedFlags;

typedef struct PvSignedSpec {
  const char *type; /* eContentType */
  GBytes *content;
  X509 *signer;
  PvSigning signing;
  const GPtrArray *extra; /* (nullable) (element-type X509): certificates beside the signer's */
  gint64 time;            /* attribute signingTime, seconds, UTC; 0: none */
  PvSignedFlags flags;
} PvSignedSpec;

/* (transfer full): the ContentInfo. */
GBytes *pv_signed_new (const PvSignedSpec *spec) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer full): LDSSecurityObject; @groups as in pv_issuer_sign(); @version 0 or 1. */
GBytes *pv_signed_new_lds (const GPtrArray *groups, const char *hash, guint8 version) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): @content in an object with @tag: 0x77 makes a security object an EF.SOD. */
GBytes *pv_signed_wrap (GBytes *content, guint8 tag) G_GNUC_WARN_UNUSED_RESULT;

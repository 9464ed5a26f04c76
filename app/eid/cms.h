/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* cms.h: signed objects (CMS SignedData, RFC 5652) as Doc 9303 uses them: security objects, master lists. DER, content
 * inside, signed attributes. Whether the signer may sign is decided elsewhere. Pure. */
#pragma once

#include "core/identity.h"
#include "eid/cert.h"

enum { PV_CMS_MAX_CERTIFICATES = 16 };

/* Borrows the bytes it was read from. */
typedef struct PvCms {
  PvTlv type;         /* eContentType, an object identifier */
  PvTlv content;      /* its value is what was signed */
  PvTlv certificates; /* its value is a row of certificates; length 0: none */
  guint n_signers;
  /* of the first signer */
  PvTlv issuer, serial; /* or */
  PvTlv key_id;         /* length 0: named by issuer and serial number */
  const char *hash;     /* (nullable): unknown */
  PvTlv attributes;     /* length 0: none */
  PvSignatureKind kind;
  PvTlv signature;
  gint64 signing_time; /* seconds, UTC; 0: not told */
} PvCms;

/* FALSE with PV_CARD_ERROR_BAD_DATA: no such object, or something stands behind it. */
gboolean pv_cms_parse (const guint8 *data, gsize length, PvCms *ret_cms, GError **error);
gboolean pv_cms_has_type (const PvCms *cms, const char *oid);
/* The certificate of the signer; NULL: not inside. (transfer full) */
PvCert *pv_cms_find_signer (const PvCms *cms) G_GNUC_WARN_UNUSED_RESULT;
/* Attributes and signature: NONE, BAD_SIGNATURE, UNSUPPORTED or WEAK. More or fewer than one signer is never NONE.
 * @signer: (nullable) */
PvReason pv_cms_check (const PvCms *cms, const PvCert *signer);

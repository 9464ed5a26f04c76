/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* certificate.h: who may answer for whom: certificates of kiosks and mediators under a commune's root, and the short
 * life that a kiosk lends to the key of one session.
 *
 * Ed25519 throughout.  These certificates are checked from end to end and have nothing to do with those of TLS: the
 * carrier of the records cannot make one.  PROTOCOL.md, section 3, has the bytes.
 */
#pragma once

#include "assist/error.h"

enum {
  PV_CERTIFICATE_VERSION = 1,
  PV_CERTIFICATE_ID_BYTES = 8,
  PV_CERTIFICATE_KEY_BYTES = 32,    /* public */
  PV_CERTIFICATE_SECRET_BYTES = 64, /* as libsodium keeps it */
  PV_CERTIFICATE_SIGNATURE_BYTES = 64,
  PV_CERTIFICATE_MAX_NAME_BYTES = 64,
  PV_CERTIFICATE_MAX_COMMUNE_BYTES = 16, /* INSEE code, or another code of the operator */
  PV_CERTIFICATE_MAX_COMMUNES = 64,
  PV_CERTIFICATE_MAX_BYTES = 1536,
  PV_DELEGATION_BYTES = 4 + 1 + 8 + 8 + 8 + 32 + 64,
  PV_DELEGATION_MAX_SECONDS = 12 * 3600,
};

typedef enum { PV_CERTIFICATE_KIOSK, PV_CERTIFICATE_MEDIATOR, PV_N_CERTIFICATE_ROLES } PvCertificateRole;

typedef struct PvCertificate {
  PvCertificateRole role;
  guint8 id[PV_CERTIFICATE_ID_BYTES]; /* opaque: the carrier sees it */
  guint64 not_before, not_after;      /* seconds UTC, both included */
  guint8 key[PV_CERTIFICATE_KEY_BYTES];
  char *name;                           /* shown: "Claire M.", or the kiosk's name */
  char *place;                          /* shown: town hall */
  char **communes;                      /* sorted, without repetition; a kiosk has one */
  guint8 root[PV_CERTIFICATE_ID_BYTES]; /* first bytes of the BLAKE2b-256 of the root's key */
  guint8 signature[PV_CERTIFICATE_SIGNATURE_BYTES];
} PvCertificate;

void pv_certificate_free (PvCertificate *certificate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvCertificate, pv_certificate_free)

/* A root that the settings name. */
typedef struct PvCertificateRoot {
  guint8 key[PV_CERTIFICATE_KEY_BYTES];
  const char *const *communes; /* (nullable): for which it may speak; NULL: any */
} PvCertificateRoot;

/**
 * pv_certificate_sign:
 * @certificate: root and signature are filled in
 *
 * Returns: (transfer full): the bytes; NULL if a member is over its limit
 */
GBytes *pv_certificate_sign (PvCertificate *certificate, const guint8 *root_secret,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Only the form; see pv_certificate_verify(). There is one encoding of a certificate: others are refused. */
PvCertificate *pv_certificate_parse (const guint8 *bytes, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_certificate_verify:
 * @commune: for which it must speak
 * @now: seconds UTC
 *
 * Signature of one of @roots, role, commune and validity.
 */
gboolean pv_certificate_verify (const PvCertificate *certificate, const PvCertificateRoot *roots, gsize n_roots,
                                PvCertificateRole role, const char *commune, guint64 now, GError **error);
gboolean pv_certificate_has_commune (const PvCertificate *certificate, const char *commune);

/* A kiosk's long key stays in the courier; it lends its name to a session's own key for at most 12 hours. */
typedef struct PvDelegation {
  guint8 kiosk[PV_CERTIFICATE_ID_BYTES];
  guint64 not_before, not_after;
  guint8 key[PV_CERTIFICATE_KEY_BYTES];
  guint8 signature[PV_CERTIFICATE_SIGNATURE_BYTES];
} PvDelegation;

void pv_delegation_sign (PvDelegation *delegation, const guint8 *kiosk_secret, guint8 ret_bytes[PV_DELEGATION_BYTES]);
gboolean pv_delegation_parse (const guint8 *bytes, gsize size, PvDelegation *ret_delegation, GError **error);
/* @kiosk must have been verified. */
gboolean pv_delegation_verify (const PvDelegation *delegation, const PvCertificate *kiosk, guint64 now, GError **error);

/* Signatures of one purpose never pass for another: @purpose, with its zero, is signed before the bytes. */
void pv_assist_sign (const char *purpose, const guint8 *bytes, gsize size, const guint8 *secret,
                     guint8 ret_signature[PV_CERTIFICATE_SIGNATURE_BYTES]);
gboolean pv_assist_is_signed (const char *purpose, const guint8 *bytes, gsize size, const guint8 *key,
                              const guint8 *signature);

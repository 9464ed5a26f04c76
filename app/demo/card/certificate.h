/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* certificate.h: keys and certificates of a fictional State, right or wrong on purpose. Errors of OpenSSL abort: this is
 * for the demo and the tests. */
#pragma once

#include <glib.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

/* How somebody signs. */
typedef struct PvSigning {
  EVP_PKEY *key;
  const char *hash; /* "SHA256" */
  gboolean is_pss;  /* of RSA */
} PvSigning;

typedef enum {
  PV_CERTIFICATE_CA = 1 << 0,
  PV_CERTIFICATE_NO_KEY_IDS = 1 << 1,
  PV_CERTIFICATE_NO_USAGE = 1 << 2, /* no keyUsage */
} PvCertificateFlags;

typedef struct PvCertificateSpec {
  const char *country, *name; /* of the subject */
  EVP_PKEY *key;
  X509 *issuer; /* (nullable): self-signed */
  PvSigning signing;
  gint64 not_before, not_after; /* seconds, UTC */
  PvCertificateFlags flags;
  const char *purpose; /* (nullable): extended key usage, "2.23.136.1.1.3" */
} PvCertificateSpec;

/* (transfer full) */
X509 *pv_certificate_new (const PvCertificateSpec *spec) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): whole DER. */
GBytes *pv_certificate_to_der (X509 *certificate) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): signed with @signing by @issuer; @revoked: (element-type X509). */
GBytes *pv_certificate_make_crl (X509 *issuer, const PvSigning *signing, const GPtrArray *revoked,
                                 gint64 now) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer full) */
EVP_PKEY *pv_key_new_rsa (guint bits) G_GNUC_WARN_UNUSED_RESULT;
/* @is_explicit: the parameters are written out in certificates. */
EVP_PKEY *pv_key_new_ec (const char *curve, gboolean is_explicit) G_GNUC_WARN_UNUSED_RESULT;
/* P-256 but for its generator, so that @victim's public key belongs to a private key that is known (CVE-2020-0601);
 * @victim: (nullable): any key. */
EVP_PKEY *pv_key_new_made_up_curve (EVP_PKEY *victim) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full) */
GBytes *pv_signing_sign (const PvSigning *signing, const guint8 *data, gsize length) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* trust.h: the roots that documents are held against: country signing certificates (CSCA) of a master list, and
 * revocation lists (ICAO Doc 9303-12). Immutable once made; any thread. */
#pragma once

#include <gio/gio.h>

#include "platform/settings.h"

#define PV_TRUST_ERROR (pv_trust_error_quark ())
GQuark pv_trust_error_quark (void);

typedef enum {
  PV_TRUST_ERROR_UNREADABLE,    /* no such file, or not for us */
  PV_TRUST_ERROR_BAD_DATA,      /* not a master list, over a limit */
  PV_TRUST_ERROR_BAD_SIGNATURE, /* its own signature does not verify, or its signer is not who it must be */
} PvTrustError;

enum {
  PV_TRUST_MAX_LIST_BYTES = 8 * 1024 * 1024, /* the German list of May 2026 has about 0.7 MB */
  PV_TRUST_MAX_CERTIFICATES = 4000,
  PV_TRUST_MAX_CRL_BYTES = 4 * 1024 * 1024,
  PV_TRUST_MAX_CRLS = 500,
};

typedef enum {
  PV_ROOT_ACCEPTED,     /* self-signed, and its signature verifies: an anchor */
  PV_ROOT_LINK,         /* signed by another root of its State in the list, verified: takes part in chains */
  PV_ROOT_LINK_UNKNOWN, /* a link whose issuer is not in the list */
  PV_ROOT_OTHER_STATE,  /* signed by a root of another State: takes no part */
  PV_ROOT_BAD_SIGNATURE,
  PV_ROOT_BAD_FORM,      /* no certificate, no country, an extension that is none */
  PV_ROOT_NOT_A_CA,      /* says itself that it certifies nobody, or does not say that it does */
  PV_ROOT_UNKNOWN_CURVE, /* explicit EC parameters of no known curve */
  PV_ROOT_UNSUPPORTED,   /* an algorithm not known here */
  PV_ROOT_DUPLICATE,
  PV_N_ROOT_VERDICTS
} PvRootVerdict;

/* One certificate of the list, as the administrator is told. */
typedef struct PvRootNote {
  PvRootVerdict verdict;
  char country[4];              /* upper case; "" unknown */
  char *subject;                /* one line */
  char *fingerprint;            /* SHA-256, hex */
  char *key;                    /* "RSA-4096", "EC brainpoolP384r1 (explicit)" */
  char *signature;              /* "RSA-PSS", "RSA-SHA256", "ECDSA-SHA1" */
  gint64 not_before, not_after; /* seconds, UTC */
  gboolean is_expired;          /* at the time that was given */
  gboolean has_explicit_parameters;
} PvRootNote;

typedef struct PvTrust PvTrust;

/**
 * pv_trust_load:
 * @list: file of a CMS master list (2.23.136.1.1.2)
 * @signer_roots: (nullable): file of PEM certificates: who may have signed it; NULL: a root of the list's own State that
 *   is in the list (then the administrator must compare the fingerprint, see pv_trust_get_signer())
 * @crl_folder: (nullable): *.crl, DER or PEM; one that is not signed by a root of the list is not used, see
 *   pv_trust_list_refused_crls()
 * @now: seconds, UTC
 */
PvTrust *pv_trust_load (const char *list, const char *signer_roots, const char *crl_folder, gint64 now,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same of a list in memory, without revocation lists. */
PvTrust *pv_trust_load_bytes (GBytes *list, const char *signer_roots, gint64 now,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* As the settings say ([card] master-list and so on). NULL without error: they name no list. */
PvTrust *pv_trust_load_configured (const PvSettings *settings, gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;
PvTrust *pv_trust_ref (PvTrust *trust);
void pv_trust_unref (PvTrust *trust);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvTrust, pv_trust_unref)

/* (element-type PvRootNote), in the order of the list; borrowed. */
const GPtrArray *pv_trust_list_roots (const PvTrust *trust);
/* Of the list's signer: one line with subject and SHA-256 fingerprint of the root that it leads to; borrowed. */
const char *pv_trust_get_signer (const PvTrust *trust);
/* SHA-256 of that root's certificate, hexadecimal; borrowed. */
const char *pv_trust_get_signer_fingerprint (const PvTrust *trust);
gint64 pv_trust_get_signing_time (const PvTrust *trust); /* 0: not told */
guint pv_trust_count_crls (const PvTrust *trust);
/* "NAME: why" of each revocation list that is not used; NULL-terminated, borrowed. */
const char *const *pv_trust_list_refused_crls (const PvTrust *trust);
const char *pv_root_verdict_name (PvRootVerdict verdict);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* trust-private.h: what trust*.c share, and what the check of signers needs (sod*.c). */
#pragma once

#include "core/identity.h"
#include "eid/cert.h"
#include "eid/trust.h"

typedef struct PvCrl {
  X509_CRL *crl;
  const PvCert *root; /* whose key signed it; borrowed from the list */
} PvCrl;

struct PvTrust {
  gatomicrefcount references;
  GPtrArray *certs;        /* (element-type PvCert), in the order of the list; NULL: no certificate */
  GPtrArray *notes;        /* (element-type PvRootNote), one for each */
  GPtrArray *crls;         /* (element-type PvCrl) */
  GPtrArray *refused_crls; /* (element-type utf8); the last is NULL */
  char *signer;
  char *signer_fingerprint;
  gint64 signing_time;
};

/* Fills in the certificates of a list, each with its verdict. @set: SET OF Certificate.
 * FALSE: more than there may be, or no certificates. */
gboolean pv_trust_judge (PvTrust *trust, const PvTlv *set, gint64 now);
/* FALSE with PV_TRUST_ERROR: not there, no file, or longer. (transfer full) */
GBytes *pv_trust_read_file (const char *path, gsize max_bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Adds what is signed by a root, and notes what is not. */
void pv_trust_load_crls (PvTrust *trust, const char *folder);
/* One of them. @name: as it is noted. */
void pv_trust_add_crl (PvTrust *trust, const char *name, GBytes *file);
void pv_crl_free (PvCrl *crl);
/* An anchor, or a link that leads to one. */
gboolean pv_trust_is_root (const PvTrust *trust, guint index);

typedef struct PvSignerTime {
  gint64 signed_at; /* seconds, UTC; 0: not known */
  gint64 slack;     /* seconds on both sides */
} PvSignerTime;

/**
 * pv_trust_check_signer:
 * @signer: of a document
 *
 * Whether a root of the State of @signer issued it. The first refusal, else the first thing that is missing for the proof,
 * else NONE.
 */
PvReason pv_trust_check_signer (const PvTrust *trust, const PvCert *signer);
/* Whether it might sign at that time, NONE or SIGNER_NOT_VALID. */
PvReason pv_trust_check_time (const PvCert *signer, const PvSignerTime *time);
/* The first refusal, else the first thing that is missing, else NONE. */
void pv_reason_add (PvReason *reason, PvReason more);
/* The root (of the same State) whose key signed @cert, tried in the order key identifier, name, State; NULL: none. */
const PvCert *pv_trust_find_issuer (const PvTrust *trust, const PvCert *cert);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* issuer.h: a fictional State: its signing root (CSCA), document signers, the security objects of its documents, and the
 * master list in which its root stands. Keys are made when first needed and kept in a folder of the demo. */
#pragma once

#include <gio/gio.h>

typedef enum {
  PV_ISSUE_RIGHT,
  PV_ISSUE_OTHER_ROOT,     /* signer of a root that is in no list, with the same name */
  PV_ISSUE_SELF_SIGNED,    /* signer is its own root */
  PV_ISSUE_BAD_SIGNATURE,  /* one bit of the signature */
  PV_ISSUE_WRONG_DIGEST,   /* messageDigest attribute is another's */
  PV_ISSUE_SIGNER_EXPIRED, /* signed after the signer's time */
  PV_ISSUE_SIGNER_TOO_EARLY,
  PV_ISSUE_REVOKED,
  PV_ISSUE_OTHER_STATE, /* signer of another State that is in the list */
  PV_ISSUE_NO_SIGNER,   /* the certificate is not in the object */
  PV_ISSUE_WRONG_CONTENT_TYPE,
  PV_ISSUE_UNSIGNED,      /* no SignerInfo */
  PV_ISSUE_WEAK,          /* RSA with 512 bits, MD5 */
  PV_ISSUE_NOT_A_CA,      /* issuer of the signer is another document signer */
  PV_ISSUE_UNKNOWN_CURVE, /* explicit EC parameters of a made-up curve */
  PV_ISSUE_NO_ATTRIBUTES, /* signature over the content, without signed attributes, and a content type of the LDS */
  PV_N_ISSUES
} PvIssue;

typedef enum {
  PV_ISSUER_RSA_SHA256,
  PV_ISSUER_RSA_PSS,
  PV_ISSUER_ECDSA_P256,
  PV_ISSUER_ECDSA_BRAINPOOL_EXPLICIT, /* brainpoolP256r1 written out */
  PV_ISSUER_ECDSA_P521,
  PV_N_ISSUER_KINDS
} PvIssuerKind;

typedef struct PvIssuer PvIssuer;

/* @country: two letters, "UT" for Utopia; made with all it needs, or read, below @folder. */
PvIssuer *pv_issuer_open (const char *folder, const char *country, PvIssuerKind kind,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_issuer_free (PvIssuer *issuer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvIssuer, pv_issuer_free)

/**
 * pv_issuer_sign:
 * @groups: (element-type GBytes): index 1 to 16 the whole file of that data group, NULL where there is none; length 17
 * @issued: seconds, UTC
 *
 * Returns: (transfer full): EF.SOD
 */
GBytes *pv_issuer_sign (PvIssuer *issuer, const GPtrArray *groups, PvIssue issue, gint64 issued,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* EF.CardSecurity over @infos. */
GBytes *pv_issuer_sign_card_security (PvIssuer *issuer, GBytes *infos, PvIssue issue, gint64 issued,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A master list of the roots of all issuers below @folder, with a link certificate, signed by the first; and
 * @folder/crl/COUNTRY-KIND.crl of each. Paths: @folder/masterlist.ml, @folder/masterlist-signer.pem. */
gboolean pv_issuer_write_master_list (const char *folder, GError **error);

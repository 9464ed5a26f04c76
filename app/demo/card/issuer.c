/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/issuer.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "demo/card/issuer-private.h"

enum { FOLDER_MODE = 0700, WEAK_RSA_BITS = 512 };

#define DAY G_GINT64_CONSTANT (86400)

/* Whose signers sign for us in PV_ISSUE_OTHER_STATE; codes from QM to QZ are nobody's (ISO 3166-1, section 8.1.3). */
#define OTHER_STATE "QX"

PvIssuer *
pv_issuer_open (const char *folder, const char *country, PvIssuerKind kind, GError **error)
{
  g_autoptr (PvIssuer) issuer = g_new0 (PvIssuer, 1);
  g_autofree char *name = NULL, *path = NULL;

  g_return_val_if_fail (strlen (country) == 2 && kind < PV_N_ISSUER_KINDS, NULL);

  issuer->folder = g_strdup (folder);
  issuer->country = g_strdup (country);
  issuer->kind = kind;
  name = pv_issuer_name_folder (country, kind);
  path = g_build_filename (folder, name, NULL);
  if (g_mkdir_with_parents (path, FOLDER_MODE) != 0) {
    int reason = errno;

    g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (reason), "%s: %s", path, g_strerror (reason));
    return NULL;
  }
  return pv_issuer_load_keys (issuer, error) ? g_steal_pointer (&issuer) : NULL;
}

void
pv_issuer_free (PvIssuer *issuer)
{
  if (issuer == NULL)
    return;
  pv_holder_clear (&issuer->root);
  pv_holder_clear (&issuer->old_root);
  pv_holder_clear (&issuer->link);
  pv_holder_clear (&issuer->signer);
  pv_holder_clear (&issuer->revoked);
  g_free (issuer->folder);
  g_free (issuer->country);
  g_free (issuer);
}

/* What a fault makes of the signer. */
typedef struct Signer {
  EVP_PKEY *key;
  X509 *certificate;
  X509 *between;     /* (nullable): who certified it, where that is not the root; goes along */
  PvSigning signing; /* of the object */
} Signer;

static void
signer_clear (Signer *signer)
{
  EVP_PKEY_free (signer->key);
  X509_free (signer->certificate);
  X509_free (signer->between);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Signer, signer_clear)

static void
take (Signer *signer, const PvHolder *holder)
{
  EVP_PKEY_up_ref (holder->key);
  X509_up_ref (holder->certificate);
  signer->key = holder->key;
  signer->certificate = holder->certificate;
}

/* A signer with a key of its own, certified by somebody who may not. @by: (nullable): itself. */
static void
certify_wrongly (Signer *signer, PvIssuer *issuer, X509 *by, EVP_PKEY *by_key)
{
  PvCertificateSpec spec = { .country = issuer->country,
                             .name = "Document Signer",
                             .issuer = by,
                             .not_before = PV_ROOT_FROM,
                             .not_after = PV_ROOT_TO };

  signer->key = pv_issuer_new_key (issuer->kind);
  spec.key = signer->key;
  spec.signing = pv_issuer_signing (issuer->kind, by_key != NULL ? by_key : signer->key);
  signer->certificate = pv_certificate_new (&spec);
}

static void
certify_by_namesake (Signer *signer, PvIssuer *issuer)
{
  g_autoptr (EVP_PKEY) key = pv_issuer_new_key (issuer->kind);
  PvCertificateSpec spec = { .country = issuer->country,
                             .name = "CSCA",
                             .key = key,
                             .signing = pv_issuer_signing (issuer->kind, key),
                             .not_before = PV_ROOT_FROM,
                             .not_after = PV_ROOT_TO,
                             .flags = PV_CERTIFICATE_CA };

  signer->between = pv_certificate_new (&spec);
  certify_wrongly (signer, issuer, signer->between, key);
}

static void
certify_key (Signer *signer, PvIssuer *issuer, EVP_PKEY *key)
{
  signer->key = key;
  signer->certificate = pv_issuer_certify (issuer, key, PV_ROOT_FROM, PV_ROOT_TO);
}

static gboolean
take_other_state (Signer *signer, PvIssuer *issuer, GError **error)
{
  g_autoptr (PvIssuer) other = pv_issuer_open (issuer->folder, OTHER_STATE, issuer->kind, error);

  if (other != NULL)
    take (signer, &other->signer);
  return other != NULL;
}

static gboolean
choose_signer (Signer *signer, PvIssuer *issuer, PvIssue issue, gint64 issued, GError **error)
{
  switch (issue) {
  case PV_ISSUE_OTHER_ROOT:
    certify_by_namesake (signer, issuer);
    break;
  case PV_ISSUE_SELF_SIGNED:
    certify_wrongly (signer, issuer, NULL, NULL);
    break;
  case PV_ISSUE_NOT_A_CA:
    certify_wrongly (signer, issuer, issuer->signer.certificate, issuer->signer.key);
    X509_up_ref (issuer->signer.certificate);
    signer->between = issuer->signer.certificate;
    break;
  case PV_ISSUE_SIGNER_EXPIRED:
  case PV_ISSUE_SIGNER_TOO_EARLY:
    EVP_PKEY_up_ref (issuer->signer.key);
    signer->key = issuer->signer.key;
    signer->certificate = issue == PV_ISSUE_SIGNER_EXPIRED
                            ? pv_issuer_certify (issuer, signer->key, issued - 400 * DAY, issued - 30 * DAY)
                            : pv_issuer_certify (issuer, signer->key, issued + 30 * DAY, issued + 400 * DAY);
    break;
  case PV_ISSUE_REVOKED:
    take (signer, &issuer->revoked);
    break;
  case PV_ISSUE_OTHER_STATE:
    if (!take_other_state (signer, issuer, error))
      return FALSE;
    break;
  case PV_ISSUE_WEAK:
    certify_key (signer, issuer, pv_key_new_rsa (WEAK_RSA_BITS));
    break;
  case PV_ISSUE_UNKNOWN_CURVE:
    certify_key (signer, issuer, pv_key_new_made_up_curve (NULL));
    break;
  case PV_ISSUE_RIGHT:
  case PV_ISSUE_BAD_SIGNATURE:
  case PV_ISSUE_WRONG_DIGEST:
  case PV_ISSUE_NO_SIGNER:
  case PV_ISSUE_WRONG_CONTENT_TYPE:
  case PV_ISSUE_UNSIGNED:
  case PV_ISSUE_NO_ATTRIBUTES:
  case PV_N_ISSUES:
    take (signer, &issuer->signer);
    break;
  }
  signer->signing = pv_issuer_signing (issuer->kind, signer->key);
  if (issue == PV_ISSUE_WEAK)
    signer->signing = (PvSigning){ .key = signer->key, .hash = "MD5" };
  else if (issue == PV_ISSUE_UNKNOWN_CURVE)
    signer->signing = (PvSigning){ .key = signer->key, .hash = "SHA256" };
  return TRUE;
}

/* Faults of the object itself. */
static const PvSignedFlags flags[PV_N_ISSUES] = {
  [PV_ISSUE_BAD_SIGNATURE] = PV_SIGNED_BAD_SIGNATURE, [PV_ISSUE_WRONG_DIGEST] = PV_SIGNED_WRONG_DIGEST,
  [PV_ISSUE_NO_SIGNER] = PV_SIGNED_NO_CERTIFICATE,    [PV_ISSUE_UNSIGNED] = PV_SIGNED_NO_SIGNER_INFO,
  [PV_ISSUE_NO_ATTRIBUTES] = PV_SIGNED_NO_ATTRIBUTES,
};

static GBytes *
sign_content (PvIssuer *issuer, const char *type, GBytes *content, PvIssue issue, gint64 issued, GError **error)
{
  g_auto (Signer) signer = { 0 };
  g_autoptr (GPtrArray) extra = g_ptr_array_new ();
  PvSignedSpec spec = { .content = content, .time = issued, .flags = flags[issue] };

  if (!choose_signer (&signer, issuer, issue, issued, error))
    return NULL;
  if (signer.between != NULL)
    g_ptr_array_add (extra, signer.between);
  spec.type = issue == PV_ISSUE_WRONG_CONTENT_TYPE ? "1.2.840.113549.1.7.1" : type;
  spec.signer = signer.certificate;
  spec.signing = signer.signing;
  spec.extra = extra;
  return pv_signed_new (&spec);
}

GBytes *
pv_issuer_sign (PvIssuer *issuer, const GPtrArray *groups, PvIssue issue, gint64 issued, GError **error)
{
  const char *hash = issue == PV_ISSUE_WEAK ? "MD5" : pv_issuer_signing (issuer->kind, NULL).hash;
  g_autoptr (GBytes) content = pv_signed_new_lds (groups, hash, 0);
  g_autoptr (GBytes) object = sign_content (issuer, PV_OID_LDS, content, issue, issued, error);

  return object != NULL ? pv_signed_wrap (object, 0x77) : NULL;
}

GBytes *
pv_issuer_sign_card_security (PvIssuer *issuer, GBytes *infos, PvIssue issue, gint64 issued, GError **error)
{
  return sign_content (issuer, PV_OID_CARD_SECURITY, infos, issue, issued, error);
}

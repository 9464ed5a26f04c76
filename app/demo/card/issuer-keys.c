/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <openssl/pem.h>
#include <string.h>

#include "demo/card/issuer-private.h"
#include "demo/card/need.h"

enum { RSA_BITS = 2048, FILE_MODE = 0600 };

/* 2006 */
#define OLD_ROOT_FROM G_GINT64_CONSTANT (1136073600)

static const struct {
  const char *name, *curve, *hash;
  gboolean is_explicit, is_pss;
} kinds[PV_N_ISSUER_KINDS] = {
  [PV_ISSUER_RSA_SHA256] = { "rsa-sha256", NULL, "SHA256", FALSE, FALSE },
  [PV_ISSUER_RSA_PSS] = { "rsa-pss", NULL, "SHA256", FALSE, TRUE },
  [PV_ISSUER_ECDSA_P256] = { "ecdsa-p256", "P-256", "SHA256", FALSE, FALSE },
  [PV_ISSUER_ECDSA_BRAINPOOL_EXPLICIT] = { "ecdsa-brainpool", "brainpoolP256r1", "SHA256", TRUE, FALSE },
  [PV_ISSUER_ECDSA_P521] = { "ecdsa-p521", "P-521", "SHA512", FALSE, FALSE },
};

char *
pv_issuer_name_folder (const char *country, PvIssuerKind kind)
{
  return g_strdup_printf ("%s-%s", country, kinds[kind].name);
}

gboolean
pv_issuer_parse_folder (const char *name, char ret_country[3], PvIssuerKind *ret_kind)
{
  if (strlen (name) < 4 || name[2] != '-')
    return FALSE;
  for (guint i = 0; i < PV_N_ISSUER_KINDS; i++)
    if (strcmp (name + 3, kinds[i].name) == 0) {
      memcpy (ret_country, name, 2);
      ret_country[2] = '\0';
      *ret_kind = (PvIssuerKind) i;
      return TRUE;
    }
  return FALSE;
}

PvSigning
pv_issuer_signing (PvIssuerKind kind, EVP_PKEY *key)
{
  return (PvSigning){ .key = key, .hash = kinds[kind].hash, .is_pss = kinds[kind].is_pss };
}

EVP_PKEY *
pv_issuer_new_key (PvIssuerKind kind)
{
  return kinds[kind].curve != NULL ? pv_key_new_ec (kinds[kind].curve, kinds[kind].is_explicit)
                                   : pv_key_new_rsa (RSA_BITS);
}

void
pv_holder_clear (PvHolder *holder)
{
  EVP_PKEY_free (holder->key);
  X509_free (holder->certificate);
  *holder = (PvHolder){ 0 };
}

/* Both in one file, PEM. */
static gboolean
read_holder (const char *path, PvHolder *ret_holder)
{
  g_autofree char *text = NULL;
  BIO *source;
  PvHolder holder = { 0 };

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  source = BIO_new_mem_buf (text, -1);
  holder.key = PEM_read_bio_PrivateKey (source, NULL, NULL, NULL);
  holder.certificate = PEM_read_bio_X509 (source, NULL, NULL, NULL);
  BIO_free (source);
  if (holder.key == NULL || holder.certificate == NULL) {
    pv_holder_clear (&holder);
    return FALSE;
  }
  *ret_holder = holder;
  return TRUE;
}

static gboolean
write_holder (const char *path, const PvHolder *holder, GError **error)
{
  BIO *sink = BIO_new (BIO_s_mem ());
  char *text = NULL;
  long length;
  gboolean is_written;

  pv_need (PEM_write_bio_PrivateKey (sink, holder->key, NULL, NULL, 0, NULL, NULL) == 1
             && PEM_write_bio_X509 (sink, holder->certificate) == 1,
           "a key as text");
  length = BIO_get_mem_data (sink, &text);
  is_written = g_file_set_contents_full (path, text, length, G_FILE_SET_CONTENTS_CONSISTENT, FILE_MODE, error);
  BIO_free (sink);
  return is_written;
}

static X509 *
certify_root (PvIssuer *issuer, EVP_PKEY *key, const PvHolder *by, gint64 from)
{
  PvCertificateSpec spec = {
    .country = issuer->country,
    .name = "CSCA",
    .key = key,
    .issuer = by != NULL ? by->certificate : NULL,
    .signing = pv_issuer_signing (issuer->kind, by != NULL ? by->key : key),
    .not_before = from,
    .not_after = PV_ROOT_TO,
    .flags = PV_CERTIFICATE_CA,
  };

  return pv_certificate_new (&spec);
}

X509 *
pv_issuer_certify (PvIssuer *issuer, EVP_PKEY *key, gint64 not_before, gint64 not_after)
{
  PvCertificateSpec spec = {
    .country = issuer->country,
    .name = "Document Signer",
    .key = key,
    .issuer = issuer->root.certificate,
    .signing = pv_issuer_signing (issuer->kind, issuer->root.key),
    .not_before = not_before,
    .not_after = not_after,
  };

  return pv_certificate_new (&spec);
}

typedef enum { ROOT, OLD_ROOT, LINK, SIGNER, REVOKED } Role;

static PvHolder
make_holder (PvIssuer *issuer, Role role)
{
  PvHolder holder = { 0 };

  if (role == LINK) {
    EVP_PKEY_up_ref (issuer->root.key);
    holder.key = issuer->root.key;
  } else {
    holder.key = pv_issuer_new_key (issuer->kind);
  }
  if (role == SIGNER || role == REVOKED)
    holder.certificate = pv_issuer_certify (issuer, holder.key, PV_ROOT_FROM, PV_ROOT_TO);
  else
    holder.certificate = certify_root (issuer, holder.key, role == LINK ? &issuer->old_root : NULL,
                                       role == OLD_ROOT ? OLD_ROOT_FROM : PV_ROOT_FROM);
  return holder;
}

gboolean
pv_issuer_load_keys (PvIssuer *issuer, GError **error)
{
  const struct {
    const char *name;
    PvHolder *holder;
    Role role;
  } rows[] = {
    { "root.pem", &issuer->root, ROOT },          { "old-root.pem", &issuer->old_root, OLD_ROOT },
    { "link.pem", &issuer->link, LINK },          { "signer.pem", &issuer->signer, SIGNER },
    { "revoked.pem", &issuer->revoked, REVOKED },
  };
  g_autofree char *name = pv_issuer_name_folder (issuer->country, issuer->kind);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_build_filename (issuer->folder, name, rows[i].name, NULL);

    if (read_holder (path, rows[i].holder))
      continue;
    *rows[i].holder = make_holder (issuer, rows[i].role);
    if (!write_holder (path, rows[i].holder, error))
      return FALSE;
  }
  return TRUE;
}

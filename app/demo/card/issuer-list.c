/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <glib/gstdio.h>
#include <openssl/pem.h>

#include "demo/card/der.h"
#include "demo/card/issuer-private.h"
#include "demo/card/need.h"

enum { FOLDER_MODE = 0700 };

static int
compare_names_cb (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* In the order of their folders' names. (transfer full) (nullable) */
static GPtrArray *
open_issuers (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) issuers = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_issuer_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names_cb);
  for (guint i = 0; i < names->len; i++) {
    char country[3];
    PvIssuerKind kind;
    PvIssuer *issuer;

    if (!pv_issuer_parse_folder (names->pdata[i], country, &kind))
      continue;
    issuer = pv_issuer_open (folder, country, kind, error);
    if (issuer == NULL)
      return NULL;
    g_ptr_array_add (issuers, issuer);
  }
  if (issuers->len == 0) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s: no issuer", folder);
    return NULL;
  }
  return g_steal_pointer (&issuers);
}

static void
add_certificate (GByteArray *out, X509 *certificate)
{
  g_autoptr (GBytes) der = pv_certificate_to_der (certificate);

  pv_der_add_raw (out, g_bytes_get_data (der, NULL), g_bytes_get_size (der));
}

/* CscaMasterList ::= SEQUENCE { version 0, SET OF Certificate } (Doc 9303-12, section 9.2) */
static GBytes *
list_roots (const GPtrArray *issuers)
{
  GByteArray *out = g_byte_array_new ();
  guint set;

  pv_der_add_number (out, 0);
  set = out->len;
  for (guint i = 0; i < issuers->len; i++) {
    const PvIssuer *issuer = issuers->pdata[i];

    add_certificate (out, issuer->root.certificate);
    add_certificate (out, issuer->old_root.certificate);
    add_certificate (out, issuer->link.certificate);
  }
  pv_der_wrap (out, 0x31, set);
  pv_der_wrap (out, 0x30, 0);
  return g_byte_array_free_to_bytes (out);
}

static GBytes *
sign_list (PvIssuer *by, GBytes *content, gint64 now)
{
  g_autoptr (EVP_PKEY) key = pv_issuer_new_key (by->kind);
  PvCertificateSpec spec = { .country = by->country,
                             .name = "Master List Signer",
                             .key = key,
                             .issuer = by->root.certificate,
                             .signing = pv_issuer_signing (by->kind, by->root.key),
                             .not_before = now - 86400,
                             .not_after = now + 366 * G_GINT64_CONSTANT (86400),
                             .purpose = PV_OID_LIST_SIGNER };
  g_autoptr (X509) signer = pv_certificate_new (&spec);
  g_autoptr (GPtrArray) extra = g_ptr_array_new ();
  PvSignedSpec object = { .type = PV_OID_MASTER_LIST,
                          .content = content,
                          .signer = signer,
                          .signing = pv_issuer_signing (by->kind, key),
                          .extra = extra,
                          .time = now };

  g_ptr_array_add (extra, by->root.certificate);
  return pv_signed_new (&object);
}

static gboolean
write_bytes (const char *path, GBytes *bytes, GError **error)
{
  return g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), error);
}

static gboolean
write_signer (const char *folder, PvIssuer *by, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "masterlist-signer.pem", NULL);
  BIO *sink = BIO_new (BIO_s_mem ());
  char *text = NULL;
  long length;
  gboolean is_written;

  pv_need (PEM_write_bio_X509 (sink, by->root.certificate) == 1, "a certificate as text");
  length = BIO_get_mem_data (sink, &text);
  is_written = g_file_set_contents (path, text, length, error);
  BIO_free (sink);
  return is_written;
}

static gboolean
write_crls (const char *folder, const GPtrArray *issuers, gint64 now, GError **error)
{
  g_autofree char *crls = g_build_filename (folder, "crl", NULL);

  if (g_mkdir_with_parents (crls, FOLDER_MODE) != 0) {
    int reason = errno;

    g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (reason), "%s: %s", crls, g_strerror (reason));
    return FALSE;
  }
  for (guint i = 0; i < issuers->len; i++) {
    const PvIssuer *issuer = issuers->pdata[i];
    PvSigning signing = pv_issuer_signing (issuer->kind, issuer->root.key);
    g_autoptr (GPtrArray) revoked = g_ptr_array_new ();
    g_autofree char *name = pv_issuer_name_folder (issuer->country, issuer->kind);
    g_autofree char *file = g_strconcat (name, ".crl", NULL), *path = g_build_filename (crls, file, NULL);
    g_autoptr (GBytes) crl = NULL;

    g_ptr_array_add (revoked, issuer->revoked.certificate);
    crl = pv_certificate_make_crl (issuer->root.certificate, &signing, revoked, now);
    if (!write_bytes (path, crl, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
pv_issuer_write_master_list (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) issuers = open_issuers (folder, error);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *path = g_build_filename (folder, "masterlist.ml", NULL);
  g_autoptr (GBytes) content = NULL, list = NULL;

  if (issuers == NULL)
    return FALSE;
  content = list_roots (issuers);
  list = sign_list (issuers->pdata[0], content, now);
  return write_bytes (path, list, error) && write_signer (folder, issuers->pdata[0], error)
         && write_crls (folder, issuers, now, error);
}

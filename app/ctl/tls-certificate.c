/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/tls-certificate.h"

#include <gio/gio.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "core/wipe.h"

enum {
  SERIAL_BITS = 127,
  BACKDATED_S = 300, /* clocks differ */
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIGNUM, BN_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_EXTENSION, X509_EXTENSION_free)

void
pv_tls_pair_free (PvTlsPair *pair)
{
  if (pair == NULL)
    return;
  if (pair->key != NULL)
    pv_wipe_bytes (pair->key, strlen (pair->key));
  g_free (pair->key);
  g_free (pair->certificate);
  g_free (pair);
}

static gboolean
add_extension (X509 *certificate, X509 *issuer, int nid, const char *value)
{
  X509V3_CTX context;
  g_autoptr (X509_EXTENSION) extension = NULL;

  X509V3_set_ctx (&context, issuer, certificate, NULL, NULL, 0);
  X509V3_set_ctx_nodb (&context);
  extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  return extension != NULL && X509_add_ext (certificate, extension, -1) == 1;
}

static gboolean
add_extensions (X509 *certificate, X509 *issuer, PvTlsKind kind, const char *name)
{
  gboolean is_authority = kind == PV_TLS_AUTHORITY;
  g_autofree char *alt_name = g_strdup_printf ("%s:%s", g_hostname_is_ip_address (name) ? "IP" : "DNS", name);

  return add_extension (certificate, issuer, NID_basic_constraints,
                        is_authority ? "critical,CA:TRUE,pathlen:0" : "critical,CA:FALSE")
         && add_extension (certificate, issuer, NID_key_usage,
                           is_authority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature")
         && add_extension (certificate, issuer, NID_subject_key_identifier, "hash")
         && add_extension (certificate, issuer, NID_authority_key_identifier, "keyid")
         && (is_authority
             || add_extension (certificate, issuer, NID_ext_key_usage,
                               kind == PV_TLS_SERVER ? "serverAuth" : "clientAuth"))
         && (kind != PV_TLS_SERVER || add_extension (certificate, issuer, NID_subject_alt_name, alt_name));
}

static gboolean
set_subject (X509 *certificate, const char *name, const char *commune)
{
  X509_NAME *subject = X509_get_subject_name (certificate);

  return (commune == NULL
          || X509_NAME_add_entry_by_NID (subject, NID_organizationName, MBSTRING_UTF8, (const guchar *) commune, -1, -1,
                                         0)
               == 1)
         && X509_NAME_add_entry_by_NID (subject, NID_commonName, MBSTRING_UTF8, (const guchar *) name, -1, -1, 0) == 1;
}

static gboolean
set_basics (X509 *certificate, EVP_PKEY *key, guint days)
{
  g_autoptr (BIGNUM) serial = BN_new ();

  return serial != NULL && BN_rand (serial, SERIAL_BITS, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1
         && BN_to_ASN1_INTEGER (serial, X509_get_serialNumber (certificate)) != NULL
         && X509_set_version (certificate, X509_VERSION_3) == 1
         && X509_gmtime_adj (X509_getm_notBefore (certificate), -BACKDATED_S) != NULL
         && X509_time_adj_ex (X509_getm_notAfter (certificate), (int) days, 0, NULL) != NULL
         && X509_set_pubkey (certificate, key) == 1;
}

/* No passphrase: it is a file of ours, or none. */
static int
no_passphrase (char *buffer, int size, int is_writing, void *data)
{
  (void) buffer;
  (void) size;
  (void) is_writing;
  (void) data;
  return -1;
}

static gboolean
read_signer (const PvTlsPair *signer, X509 **ret_certificate, EVP_PKEY **ret_key)
{
  g_autoptr (BIO) certificate = BIO_new_mem_buf (signer->certificate, -1);
  g_autoptr (BIO) key = BIO_new_mem_buf (signer->key, -1);

  *ret_certificate = PEM_read_bio_X509 (certificate, NULL, no_passphrase, NULL);
  *ret_key = PEM_read_bio_PrivateKey (key, NULL, no_passphrase, NULL);
  return *ret_certificate != NULL && *ret_key != NULL && X509_check_private_key (*ret_certificate, *ret_key) == 1;
}

static char *
take_text (BIO *bio)
{
  char *data = NULL;
  long size = BIO_get_mem_data (bio, &data);

  return size > 0 ? g_strndup (data, (gsize) size) : NULL;
}

static PvTlsPair *
write_pair (X509 *certificate, EVP_PKEY *key)
{
  /* Of OpenSSL's secure kind, which is wiped. */
  g_autoptr (BIO) key_text = BIO_new (BIO_s_secmem ());
  g_autoptr (BIO) certificate_text = BIO_new (BIO_s_mem ());
  PvTlsPair *pair;

  if (PEM_write_bio_PKCS8PrivateKey (key_text, key, NULL, NULL, 0, NULL, NULL) != 1
      || PEM_write_bio_X509 (certificate_text, certificate) != 1)
    return NULL;
  pair = g_new0 (PvTlsPair, 1);
  pair->key = take_text (key_text);
  pair->certificate = take_text (certificate_text);
  return pair;
}

PvTlsPair *
pv_tls_pair_new (PvTlsKind kind, const char *name, const char *commune, const PvTlsPair *signer, guint days)
{
  g_autoptr (EVP_PKEY) key = EVP_EC_gen ("P-256");
  g_autoptr (EVP_PKEY) signer_key = NULL;
  g_autoptr (X509) certificate = X509_new ();
  g_autoptr (X509) signer_certificate = NULL;
  X509 *issuer;

  if (key == NULL || certificate == NULL || strlen (name) > PV_TLS_MAX_NAME_BYTES
      || (signer != NULL && !read_signer (signer, &signer_certificate, &signer_key))
      || !set_subject (certificate, name, commune) || !set_basics (certificate, key, days))
    return NULL;
  issuer = signer != NULL ? signer_certificate : certificate;
  if (X509_set_issuer_name (certificate, X509_get_subject_name (issuer)) != 1
      || !add_extensions (certificate, issuer, kind, name)
      || X509_sign (certificate, signer != NULL ? signer_key : key, EVP_sha256 ()) == 0)
    return NULL;
  return write_pair (certificate, key);
}

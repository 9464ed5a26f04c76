/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/tls-revocation.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

enum { CRL_V2 = 1, BACKDATED_S = 300, SECONDS_OF_DAY = 24 * 60 * 60 };

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ASN1_INTEGER, ASN1_INTEGER_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ASN1_TIME, ASN1_TIME_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_CRL, X509_CRL_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_REVOKED, X509_REVOKED_free)

static X509 *
read_certificate (const char *pem)
{
  g_autoptr (BIO) bio = BIO_new_mem_buf (pem, -1);

  return bio != NULL ? PEM_read_bio_X509 (bio, NULL, NULL, NULL) : NULL;
}

static gboolean
read_authority (const PvTlsPair *pair, X509 **ret_certificate, EVP_PKEY **ret_key)
{
  g_autoptr (BIO) bio = BIO_new_mem_buf (pair->key, -1);

  *ret_certificate = read_certificate (pair->certificate);
  *ret_key = bio != NULL ? PEM_read_bio_PrivateKey (bio, NULL, NULL, (void *) "") : NULL;
  return *ret_certificate != NULL && *ret_key != NULL && X509_check_private_key (*ret_certificate, *ret_key) == 1;
}

gboolean
pv_tls_is_of (const PvTlsPair *authority, const char *certificate)
{
  g_autoptr (X509) issuer = read_certificate (authority->certificate);
  g_autoptr (X509) subject = read_certificate (certificate);

  return issuer != NULL && subject != NULL && X509_verify (subject, X509_get0_pubkey (issuer)) == 1;
}

/* The list so far, checked, or a new one. */
static X509_CRL *
begin_list (X509 *issuer, const char *list)
{
  g_autoptr (BIO) bio = list != NULL ? BIO_new_mem_buf (list, -1) : NULL;
  g_autoptr (X509_CRL) crl = bio != NULL ? PEM_read_bio_X509_CRL (bio, NULL, NULL, NULL) : NULL;

  if (list != NULL)
    return crl != NULL && X509_CRL_verify (crl, X509_get0_pubkey (issuer)) == 1 ? g_steal_pointer (&crl) : NULL;
  crl = X509_CRL_new ();
  return crl != NULL && X509_CRL_set_version (crl, CRL_V2) == 1
             && X509_CRL_set_issuer_name (crl, X509_get_subject_name (issuer)) == 1
           ? g_steal_pointer (&crl)
           : NULL;
}

static gboolean
add_certificate (X509_CRL *crl, X509 *certificate, const ASN1_TIME *now)
{
  g_autoptr (X509_REVOKED) entry = NULL;
  X509_REVOKED *old;

  if (X509_CRL_get0_by_cert (crl, &old, certificate) == 1)
    return TRUE;
  entry = X509_REVOKED_new ();
  if (entry == NULL || X509_REVOKED_set_serialNumber (entry, X509_get_serialNumber (certificate)) != 1
      || X509_REVOKED_set_revocationDate (entry, (ASN1_TIME *) now) != 1 || X509_CRL_add0_revoked (crl, entry) != 1)
    return FALSE;
  (void) g_steal_pointer (&entry);
  return TRUE;
}

/* One more than before; RFC 5280, 5.2.3. */
static gboolean
count_up (X509_CRL *crl)
{
  g_autoptr (ASN1_INTEGER) number = X509_CRL_get_ext_d2i (crl, NID_crl_number, NULL, NULL);
  gint64 value = number != NULL ? ASN1_INTEGER_get (number) : 0;
  g_autoptr (ASN1_INTEGER) next = ASN1_INTEGER_new ();

  return next != NULL && value >= 0 && ASN1_INTEGER_set_int64 (next, value + 1) == 1
         && X509_CRL_add1_ext_i2d (crl, NID_crl_number, next, 0, X509V3_ADD_REPLACE) == 1;
}

static gboolean
set_times (X509_CRL *crl, guint days)
{
  g_autoptr (ASN1_TIME) last = X509_gmtime_adj (NULL, -BACKDATED_S);
  g_autoptr (ASN1_TIME) next = X509_time_adj_ex (NULL, (int) days, 0, NULL);

  return last != NULL && next != NULL && X509_CRL_set1_lastUpdate (crl, last) == 1
         && X509_CRL_set1_nextUpdate (crl, next) == 1;
}

static char *
write_list (X509_CRL *crl)
{
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());
  char *data = NULL;
  long size;

  if (bio == NULL || PEM_write_bio_X509_CRL (bio, crl) != 1)
    return NULL;
  size = BIO_get_mem_data (bio, &data);
  return size > 0 ? g_strndup (data, (gsize) size) : NULL;
}

char *
pv_tls_revoke (const PvTlsPair *authority, const char *list, const char *certificate, guint days)
{
  g_autoptr (X509) issuer = NULL;
  g_autoptr (EVP_PKEY) key = NULL;
  g_autoptr (X509) subject = certificate != NULL ? read_certificate (certificate) : NULL;
  g_autoptr (ASN1_TIME) now = X509_gmtime_adj (NULL, 0);
  g_autoptr (X509_CRL) crl = NULL;

  if (!read_authority (authority, &issuer, &key) || now == NULL
      || (certificate != NULL && (subject == NULL || !pv_tls_is_of (authority, certificate))))
    return NULL;
  crl = begin_list (issuer, list);
  if (crl == NULL || !set_times (crl, days) || (subject != NULL && !add_certificate (crl, subject, now))
      || !count_up (crl) || X509_CRL_sort (crl) != 1 || X509_CRL_sign (crl, key, EVP_sha256 ()) == 0)
    return NULL;
  return write_list (crl);
}

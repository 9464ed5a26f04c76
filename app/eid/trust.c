/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/trust.h"

#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>

#include "eid/cms.h"
#include "eid/trust-private.h"

#define OID_MASTER_LIST "2.23.136.1.1.2"

/* Clocks of who signs lists. */
#define DAY G_GINT64_CONSTANT (86400)

enum { MAX_SIGNER_ROOTS = 50, MAX_SIGNER_FILE_BYTES = 1024 * 1024 };

G_DEFINE_QUARK (pv_trust_error, pv_trust_error)

const char *
pv_root_verdict_name (PvRootVerdict verdict)
{
  static const char *const names[PV_N_ROOT_VERDICTS] = {
    [PV_ROOT_ACCEPTED] = "accepted",           [PV_ROOT_LINK] = "link",
    [PV_ROOT_LINK_UNKNOWN] = "link-unknown",   [PV_ROOT_OTHER_STATE] = "other-state",
    [PV_ROOT_BAD_SIGNATURE] = "bad-signature", [PV_ROOT_BAD_FORM] = "bad-form",
    [PV_ROOT_NOT_A_CA] = "not-a-ca",           [PV_ROOT_UNKNOWN_CURVE] = "unknown-curve",
    [PV_ROOT_UNSUPPORTED] = "unsupported",     [PV_ROOT_DUPLICATE] = "duplicate",
  };

  g_return_val_if_fail (verdict < PV_N_ROOT_VERDICTS, "");

  return names[verdict];
}

static void
note_free (PvRootNote *note)
{
  g_free (note->subject);
  g_free (note->fingerprint);
  g_free (note->key);
  g_free (note->signature);
  g_free (note);
}

static void
cert_free_cb (gpointer cert)
{
  pv_cert_free (cert);
}

static PvTrust *
trust_new (void)
{
  PvTrust *trust = g_new0 (PvTrust, 1);

  g_atomic_ref_count_init (&trust->references);
  trust->certs = g_ptr_array_new_with_free_func (cert_free_cb);
  trust->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) note_free);
  trust->crls = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_crl_free);
  trust->refused_crls = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (trust->refused_crls, NULL);
  return trust;
}

PvTrust *
pv_trust_ref (PvTrust *trust)
{
  g_atomic_ref_count_inc (&trust->references);
  return trust;
}

void
pv_trust_unref (PvTrust *trust)
{
  if (trust == NULL || !g_atomic_ref_count_dec (&trust->references))
    return;
  g_ptr_array_unref (trust->crls);
  g_ptr_array_unref (trust->certs);
  g_ptr_array_unref (trust->notes);
  g_ptr_array_unref (trust->refused_crls);
  g_free (trust->signer);
  g_free (trust->signer_fingerprint);
  g_free (trust);
}

GBytes *
pv_trust_read_file (const char *path, gsize max_bytes, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  struct stat status;
  g_autofree guint8 *data = NULL;
  gsize done = 0;
  gssize got = 1;

  if (fd < 0 || fstat (fd, &status) != 0 || !S_ISREG (status.st_mode)) {
    g_set_error (error, PV_TRUST_ERROR, PV_TRUST_ERROR_UNREADABLE, "%s: no such file, or not for us", path);
    if (fd >= 0)
      close (fd);
    return NULL;
  }
  if (status.st_size < 0 || (guint64) status.st_size > max_bytes) {
    g_set_error (error, PV_TRUST_ERROR, PV_TRUST_ERROR_BAD_DATA, "%s: more than %" G_GSIZE_FORMAT " bytes", path,
                 max_bytes);
    close (fd);
    return NULL;
  }
  data = g_malloc ((gsize) status.st_size + 1);
  while (done < (gsize) status.st_size && (got = read (fd, data + done, (gsize) status.st_size - done)) > 0)
    done += (gsize) got;
  close (fd);
  if (got < 0) {
    g_set_error (error, PV_TRUST_ERROR, PV_TRUST_ERROR_UNREADABLE, "%s: cannot be read", path);
    return NULL;
  }
  return g_bytes_new_take (g_steal_pointer (&data), done);
}

/* (element-type PvCert), from PEM. */
static GPtrArray *
read_signer_roots (const char *path, GError **error)
{
  g_autoptr (GBytes) text = pv_trust_read_file (path, MAX_SIGNER_FILE_BYTES, error);
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func (cert_free_cb);
  BIO *source;
  char *name = NULL, *header = NULL;
  unsigned char *der = NULL;
  long length = 0;

  if (text == NULL)
    return NULL;
  source = BIO_new_mem_buf (g_bytes_get_data (text, NULL), (int) g_bytes_get_size (text));
  while (roots->len < MAX_SIGNER_ROOTS && PEM_read_bio (source, &name, &header, &der, &length) == 1) {
    PvCert *cert = g_strcmp0 (name, PEM_STRING_X509) == 0 ? pv_cert_parse (der, (gsize) length) : NULL;

    if (cert != NULL)
      g_ptr_array_add (roots, cert);
    OPENSSL_free (name);
    OPENSSL_free (header);
    OPENSSL_free (der);
  }
  BIO_free (source);
  ERR_clear_error ();
  if (roots->len == 0) {
    g_set_error (error, PV_TRUST_ERROR, PV_TRUST_ERROR_BAD_DATA, "%s: no certificate in it", path);
    return NULL;
  }
  return g_steal_pointer (&roots);
}

/* CscaMasterList ::= SEQUENCE { version INTEGER (0), certList SET OF Certificate }; the value of the set. */
static gboolean
parse_list (const PvTlv *content, PvTlv *ret_set)
{
  PvTlvReader reader = pv_tlv_enter (content), inner;
  PvTlv sequence, version;

  if (!pv_tlv_expect (&reader, 0x30, &sequence) || !pv_tlv_is_done (&reader))
    return FALSE;
  inner = pv_tlv_enter (&sequence);
  return pv_tlv_expect (&inner, 0x02, &version) && version.length == 1 && version.value[0] == 0
         && pv_tlv_expect (&inner, 0x31, ret_set) && pv_tlv_is_done (&inner);
}

/* One of those that were given: it is the signer, or it issued the signer. */
static const PvCert *
find_given_root (const GPtrArray *roots, const PvCert *signer)
{
  for (guint i = 0; i < roots->len; i++)
    if (pv_cert_is_same (roots->pdata[i], signer) || pv_cert_is_signed_by (signer, &((PvCert *) roots->pdata[i])->key))
      return roots->pdata[i];
  return NULL;
}

/* Who signs lists has a certificate for that alone, valid when it signed. */
static gboolean
may_sign_lists (const PvCert *signer, gint64 signed_at)
{
  return (signer->flags & PV_CERT_SIGNS_LISTS) != 0 && (signer->flags & (PV_CERT_IS_CA | PV_CERT_MALFORMED)) == 0
         && (signer->flags & PV_CERT_MAY_SIGN) != 0
         && (signed_at == 0 || (signed_at >= signer->not_before - DAY && signed_at <= signer->not_after + DAY));
}

static gboolean
fail_signature (GError **error, const char *what)
{
  g_set_error (error, PV_TRUST_ERROR, PV_TRUST_ERROR_BAD_SIGNATURE, "master list: %s", what);
  return FALSE;
}

static void
note_signer (PvTrust *trust, const PvCert *root)
{
  g_autofree char *subject = pv_cert_describe_subject (root);

  trust->signer_fingerprint = pv_cert_get_fingerprint (root);
  trust->signer = g_strdup_printf ("%s, SHA-256 %s", subject, trust->signer_fingerprint);
}

static gboolean
check_list_signer (PvTrust *trust, const PvCert *signer, const GPtrArray *roots, GError **error)
{
  const PvCert *root;

  if (!may_sign_lists (signer, trust->signing_time))
    return fail_signature (error, "its signer may not sign master lists");
  root = roots != NULL ? find_given_root (roots, signer) : pv_trust_find_issuer (trust, signer);
  if (root == NULL)
    return fail_signature (error, roots != NULL ? "its signer was not issued by one of those that may sign it"
                                                : "its signer was not issued by a root of its State in the list");
  note_signer (trust, root);
  return TRUE;
}

static PvTrust *
read_list (GBytes *file, const GPtrArray *roots, gint64 now, GError **error)
{
  g_autoptr (PvTrust) trust = trust_new ();
  g_autoptr (PvCert) signer = NULL;
  PvCms cms;
  PvTlv set;

  if (!pv_cms_parse (g_bytes_get_data (file, NULL), g_bytes_get_size (file), &cms, NULL)
      || !pv_cms_has_type (&cms, OID_MASTER_LIST) || !parse_list (&cms.content, &set)) {
    g_set_error_literal (error, PV_TRUST_ERROR, PV_TRUST_ERROR_BAD_DATA, "not a master list");
    return NULL;
  }
  signer = pv_cms_find_signer (&cms);
  if (pv_cms_check (&cms, signer) != PV_REASON_NONE) {
    fail_signature (error, "its signature does not verify");
    return NULL;
  }
  trust->signing_time = cms.signing_time;
  if (!pv_trust_judge (trust, &set, now)) {
    g_set_error (error, PV_TRUST_ERROR, PV_TRUST_ERROR_BAD_DATA, "master list: no certificates, or more than %d",
                 PV_TRUST_MAX_CERTIFICATES);
    return NULL;
  }
  return check_list_signer (trust, signer, roots, error) ? g_steal_pointer (&trust) : NULL;
}

PvTrust *
pv_trust_load_bytes (GBytes *list, const char *signer_roots, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) roots = NULL;

  if (g_bytes_get_size (list) > PV_TRUST_MAX_LIST_BYTES) {
    g_set_error_literal (error, PV_TRUST_ERROR, PV_TRUST_ERROR_BAD_DATA, "master list: too long");
    return NULL;
  }
  if (signer_roots != NULL && (roots = read_signer_roots (signer_roots, error)) == NULL)
    return NULL;
  return read_list (list, roots, now, error);
}

PvTrust *
pv_trust_load (const char *list, const char *signer_roots, const char *crl_folder, gint64 now, GError **error)
{
  g_autoptr (GBytes) file = pv_trust_read_file (list, PV_TRUST_MAX_LIST_BYTES, error);
  g_autoptr (PvTrust) trust = file != NULL ? pv_trust_load_bytes (file, signer_roots, now, error) : NULL;

  if (trust == NULL)
    return NULL;
  if (crl_folder != NULL)
    pv_trust_load_crls (trust, crl_folder);
  return g_steal_pointer (&trust);
}

const GPtrArray *
pv_trust_list_roots (const PvTrust *trust)
{
  return trust->notes;
}

const char *
pv_trust_get_signer (const PvTrust *trust)
{
  return trust->signer;
}

const char *
pv_trust_get_signer_fingerprint (const PvTrust *trust)
{
  return trust->signer_fingerprint;
}

gint64
pv_trust_get_signing_time (const PvTrust *trust)
{
  return trust->signing_time;
}

guint
pv_trust_count_crls (const PvTrust *trust)
{
  return trust->crls->len;
}

const char *const *
pv_trust_list_refused_crls (const PvTrust *trust)
{
  return (const char *const *) trust->refused_crls->pdata;
}

PvTrust *
pv_trust_load_configured (const PvSettings *settings, gint64 now, GError **error)
{
  const char *list = pv_settings_get_text (settings, PV_SETTING_CARD_MASTER_LIST);

  if (list == NULL)
    return NULL;
  return pv_trust_load (list, pv_settings_get_text (settings, PV_SETTING_CARD_MASTER_LIST_SIGNER),
                        pv_settings_get_text (settings, PV_SETTING_CARD_CRL_FOLDER), now, error);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* enrol.c: the keys and certificates of one broker, kiosk or mediator, under a root of enrol-root.c.
 *
 * Two kinds that have nothing to do with one another: X.509 for TLS, which the broker checks, and the certificates of
 * app/assist, which kiosk and mediator check of each other. Only the name is the same: 64 random bits. */

#include "ctl/enrol.h"

#include <sodium.h>
#include <string.h>

#include "assist/certificate.h"
#include "core/wipe.h"
#include "platform/carrier-name.h"
#include "platform/clock.h"
#include "platform/secret.h"

enum { SECONDS_OF_DAY = 24 * 60 * 60, BACKDATED_S = 300 };

static char *
read_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error))
    pv_ctl_fail ("%s", error->message);
  return text;
}

PvTlsPair *
pv_enrol_read_authority (const char *root, const char *name)
{
  g_autofree char *key = g_strconcat (name, ".key", NULL), *certificate = g_strconcat (name, ".pem", NULL);
  g_autoptr (PvTlsPair) pair = g_new0 (PvTlsPair, 1);

  pair->key = read_file (root, key);
  pair->certificate = pair->key != NULL ? read_file (root, certificate) : NULL;
  return pair->certificate != NULL ? g_steal_pointer (&pair) : NULL;
}

/* From an authority of @root: NAME.key, NAME.pem. */
static gboolean
write_tls (PvEnrolFiles *files, const char *root, const char *authority, PvTlsKind kind, const char *subject,
           guint days, const char *name)
{
  g_autoptr (PvTlsPair) signer = pv_enrol_read_authority (root, authority);
  g_autoptr (PvTlsPair) pair = signer != NULL ? pv_tls_pair_new (kind, subject, signer, days) : NULL;

  if (signer != NULL && pair == NULL)
    pv_ctl_fail ("no certificate can be made for \"%s\" under %s/%s.pem", subject, root, authority);
  return pair != NULL && (kind != PV_TLS_CLIENT || pv_enrol_note_issued (root, subject, pair->certificate))
         && pv_enrol_write_pair (files, name, pair);
}

static gboolean
copy_file (PvEnrolFiles *files, const char *root, const char *name)
{
  g_autofree char *text = read_file (root, name);

  return text != NULL && pv_enrol_write (files, name, text);
}

static gboolean
read_root (const char *root, guint8 *ret_secret)
{
  g_autofree char *path = g_build_filename (root, "root.key", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSecret) text = pv_secret_read_text (path, &error);
  gsize size = 0;
  guchar *bytes = text != NULL ? g_base64_decode (pv_secret_get_text (text), &size) : NULL;
  gboolean is_key = bytes != NULL && size == PV_CERTIFICATE_SECRET_BYTES;

  if (is_key)
    memcpy (ret_secret, bytes, size);
  else
    pv_ctl_fail ("%s", error != NULL ? error->message : "root.key: no key of a root");
  pv_wipe_bytes (bytes, size);
  g_free (bytes);
  return is_key;
}

static gboolean
are_communes (char **communes)
{
  guint n = g_strv_length (communes);

  for (guint i = 0; i < n; i++)
    if (!pv_carrier_is_commune (communes[i]))
      return FALSE;
  return n > 0 && n <= PV_CERTIFICATE_MAX_COMMUNES;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* assist.key and assist.cert */
static gboolean
write_assist (PvEnrolFiles *files, const char *root, PvCertificate *certificate)
{
  guint8 root_secret[PV_CERTIFICATE_SECRET_BYTES], secret[PV_CERTIFICATE_SECRET_BYTES];
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_written;

  if (!read_root (root, root_secret))
    return FALSE;
  crypto_sign_keypair (certificate->key, secret);
  bytes = pv_certificate_sign (certificate, root_secret, &error);
  if (bytes == NULL)
    pv_ctl_fail ("no certificate can be made: %s", error->message);
  is_written = bytes != NULL && pv_enrol_write_bytes (files, "assist.key", secret, sizeof secret)
               && pv_enrol_write_bytes (files, "assist.cert", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  pv_wipe_bytes (root_secret, sizeof root_secret);
  pv_wipe_bytes (secret, sizeof secret);
  return is_written;
}

/* @words: root, communes, name, place, folder. @ret_id: PV_CARRIER_ID_CHARS + 1 */
static int
enrol (PvCertificateRole role, char **words, char *ret_id, char ***ret_communes)
{
  gboolean is_kiosk = role == PV_CERTIFICATE_KIOSK;
  guint days = is_kiosk ? PV_ENROL_KIOSK_DAYS : PV_ENROL_MEDIATOR_DAYS;
  guint64 now = (guint64) (pv_clock_get_wall_us (pv_clock_get_system ()) / G_USEC_PER_SEC);
  g_autoptr (PvCertificate) certificate = g_new0 (PvCertificate, 1);
  PvEnrolFiles files = { 0 };

  certificate->role = role;
  certificate->communes = g_strsplit (words[1], ",", -1);
  if (!are_communes (certificate->communes) || (is_kiosk && certificate->communes[1] != NULL))
    return pv_ctl_fail ("%s: expected codes of communes, of letters, digits and -", words[1]);
  qsort (certificate->communes, g_strv_length (certificate->communes), sizeof (char *), compare_texts);
  randombytes_buf (certificate->id, sizeof certificate->id);
  sodium_bin2hex (ret_id, PV_CARRIER_ID_CHARS + 1, certificate->id, sizeof certificate->id);
  certificate->not_before = now - BACKDATED_S;
  certificate->not_after = now + (guint64) days * SECONDS_OF_DAY;
  certificate->name = g_strdup (words[2]);
  certificate->place = g_strdup (words[3]);
  *ret_communes = g_strdupv (certificate->communes);
  return pv_enrol_close (&files, pv_enrol_open (&files, words[4]) && write_assist (&files, words[0], certificate)
                                   && write_tls (&files, words[0], is_kiosk ? "kiosks" : "mediators", PV_TLS_CLIENT,
                                                 ret_id, days, "broker-client")
                                   && copy_file (&files, words[0], "brokers.pem")
                                   && copy_file (&files, words[0], "root.pub"));
}

static gboolean
has_words (char **arguments, guint n, const char *usage)
{
  if (g_strv_length (arguments) == n)
    return pv_assist_init ();
  pv_ctl_fail ("use: parvisctl enrol %s", usage);
  return FALSE;
}

int
pv_ctl_enrol_kiosk (const PvCtl *ctl, char **arguments)
{
  char id[PV_CARRIER_ID_CHARS + 1];
  g_auto (GStrv) communes = NULL;
  int status;

  (void) ctl;
  if (!has_words (arguments, 5, "kiosk ROOT COMMUNE NAME PLACE TO"))
    return PV_CTL_USAGE;
  status = enrol (PV_CERTIFICATE_KIOSK, arguments, id, &communes);
  if (status == PV_CTL_OK)
    g_print ("\nIts id, should it have to be revoked: %s\n", id);
  return status;
}

int
pv_ctl_enrol_mediator (const PvCtl *ctl, char **arguments)
{
  char id[PV_CARRIER_ID_CHARS + 1];
  g_auto (GStrv) communes = NULL;
  int status;

  (void) ctl;
  if (!has_words (arguments, 5, "mediator ROOT COMMUNE[,COMMUNE...] NAME PLACE TO"))
    return PV_CTL_USAGE;
  status = enrol (PV_CERTIFICATE_MEDIATOR, arguments, id, &communes);
  if (status != PV_CTL_OK)
    return status;
  g_print ("\nFor acl.mediators of the broker:\nuser %s\n", id);
  for (guint i = 0; communes[i] != NULL; i++)
    g_print ("topic read q/%s/+\n", communes[i]);
  return PV_CTL_OK;
}

int
pv_ctl_enrol_broker (const PvCtl *ctl, char **arguments)
{
  PvEnrolFiles files = { 0 };

  (void) ctl;
  if (!has_words (arguments, 3, "broker ROOT HOST TO"))
    return PV_CTL_USAGE;
  return pv_enrol_close (
    &files,
    pv_enrol_open (&files, arguments[2]) && pv_enrol_make_lists (arguments[0])
      && write_tls (&files, arguments[0], "brokers", PV_TLS_SERVER, arguments[1], PV_ENROL_BROKER_DAYS, "broker")
      && copy_file (&files, arguments[0], "kiosks.pem") && copy_file (&files, arguments[0], "mediators.pem")
      && copy_file (&files, arguments[0], "kiosks.crl") && copy_file (&files, arguments[0], "mediators.crl"));
}

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
#include "ctl/passphrase.h"
#include "platform/carrier-name.h"
#include "platform/clock.h"
#include "platform/sealed-key.h"

enum { SECONDS_OF_DAY = 24 * 60 * 60, BACKDATED_S = 300, MAX_HOST_BYTES = 253, MAX_PORT = 65535 };

static const char mediators_port[] = "8884";

/* What is wanted. */
typedef struct Enrolment {
  PvCertificateRole role;
  const char *words[6]; /* root, communes, name, place, folder */
  const char *broker;   /* (nullable): HOST, or HOST:PORT; of a mediator, like the next */
  const char *passphrase_file;
  PvSecret *passphrase;
} Enrolment;

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

/* From an authority of @root: NAME.key, NAME.pem. @commune: (nullable) */
static gboolean
write_tls (PvEnrolFiles *files, const char *root, const char *authority, PvTlsKind kind, const char *subject,
           const char *commune, guint days, const char *name)
{
  g_autoptr (PvTlsPair) signer = pv_enrol_read_authority (root, authority);
  g_autoptr (PvTlsPair) pair = signer != NULL ? pv_tls_pair_new (kind, subject, commune, signer, days) : NULL;

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

/* A kiosk's key is a credential of its service; a mediator's is sealed by what the mediator knows. */
static gboolean
write_key (PvEnrolFiles *files, const Enrolment *enrolment, const guint8 *secret)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sealed = NULL;

  if (enrolment->passphrase == NULL)
    return pv_enrol_write_bytes (files, "assist.key", secret, PV_CERTIFICATE_SECRET_BYTES);
  sealed = pv_sealed_key_seal (secret, PV_CERTIFICATE_SECRET_BYTES, pv_secret_get_text (enrolment->passphrase), &error);
  if (sealed == NULL)
    pv_ctl_fail ("%s", error->message);
  return sealed != NULL && pv_enrol_write (files, "mediator.key", sealed);
}

/* assist.key or mediator.key, and assist.cert */
static gboolean
write_assist (PvEnrolFiles *files, const Enrolment *enrolment, PvCertificate *certificate)
{
  guint8 root_secret[PV_CERTIFICATE_SECRET_BYTES], secret[PV_CERTIFICATE_SECRET_BYTES];
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_written;

  if (!read_root (enrolment->words[0], root_secret))
    return FALSE;
  crypto_sign_keypair (certificate->key, secret);
  bytes = pv_certificate_sign (certificate, root_secret, &error);
  if (bytes == NULL)
    pv_ctl_fail ("no certificate can be made: %s", error->message);
  is_written = bytes != NULL && write_key (files, enrolment, secret)
               && pv_enrol_write_bytes (files, "assist.cert", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  pv_wipe_bytes (root_secret, sizeof root_secret);
  pv_wipe_bytes (secret, sizeof secret);
  return is_written;
}

/* The settings of parvis-mediator; all other keys have their defaults in that folder. */
static gboolean
write_console (PvEnrolFiles *files, const Enrolment *enrolment)
{
  g_autofree char *key = read_file (enrolment->words[0], "root.pub"), *text = NULL;
  const char *host = enrolment->broker != NULL ? enrolment->broker : "";
  const char *colon = strchr (host, ':');

  if (key == NULL)
    return FALSE;
  text = g_strdup_printf ("# kiosk-config/mediator/mediator.conf of Parvis explains every key.\n"
                          "[console]\n"
                          "broker-host=%.*s\n"
                          "broker-port=%s\n"
                          "roots=%s;\n",
                          colon != NULL ? (int) (colon - host) : MAX_HOST_BYTES, host,
                          colon != NULL ? colon + 1 : mediators_port, g_strstrip (key));
  return pv_enrol_write (files, "mediator.conf", text);
}

/* @ret_id: PV_CARRIER_ID_CHARS + 1 */
static int
enrol (const Enrolment *enrolment, char *ret_id, char ***ret_communes)
{
  const char *const *words = enrolment->words;
  gboolean is_kiosk = enrolment->role == PV_CERTIFICATE_KIOSK;
  guint days = is_kiosk ? PV_ENROL_KIOSK_DAYS : PV_ENROL_MEDIATOR_DAYS;
  guint64 now = (guint64) (pv_clock_get_wall_us (pv_clock_get_system ()) / G_USEC_PER_SEC);
  g_autoptr (PvCertificate) certificate = g_new0 (PvCertificate, 1);
  PvEnrolFiles files = { 0 };

  certificate->role = enrolment->role;
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
  return pv_enrol_close (&files, pv_enrol_open (&files, words[4]) && write_assist (&files, enrolment, certificate)
                                   && write_tls (&files, words[0], is_kiosk ? "kiosks" : "mediators", PV_TLS_CLIENT,
                                                 ret_id, is_kiosk ? words[1] : NULL, days, "broker-client")
                                   && copy_file (&files, words[0], "brokers.pem")
                                   && copy_file (&files, words[0], "root.pub")
                                   && (is_kiosk || write_console (&files, enrolment)));
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
  Enrolment enrolment = { .role = PV_CERTIFICATE_KIOSK };
  char id[PV_CARRIER_ID_CHARS + 1];
  g_auto (GStrv) communes = NULL;
  int status;

  (void) ctl;
  if (!has_words (arguments, 5, "kiosk ROOT COMMUNE NAME PLACE TO"))
    return PV_CTL_USAGE;
  for (guint i = 0; i < 5; i++)
    enrolment.words[i] = arguments[i];
  status = enrol (&enrolment, id, &communes);
  if (status == PV_CTL_OK)
    g_print ("\nFor acl.kiosks of the broker:\nuser %s\ntopic read p/%s/+\n", id, communes[0]);
  return status;
}

/* HOST or HOST:PORT; it goes into a file of settings. */
static gboolean
is_broker (const char *broker)
{
  gsize host = strspn (broker, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-");
  guint64 port;

  if (host == 0 || host > MAX_HOST_BYTES)
    return FALSE;
  return broker[host] == '\0'
         || (broker[host] == ':' && g_ascii_string_to_unsigned (broker + host + 1, 10, 1, MAX_PORT, &port, NULL));
}

/* Options stand before the words. */
static gboolean
take_mediator (Enrolment *enrolment, char **arguments)
{
  for (; arguments[0] != NULL && arguments[1] != NULL && g_str_has_prefix (arguments[0], "--"); arguments += 2) {
    if (strcmp (arguments[0], "--broker") == 0)
      enrolment->broker = arguments[1];
    else if (strcmp (arguments[0], "--passphrase-file") == 0)
      enrolment->passphrase_file = arguments[1];
    else
      break;
  }
  if (!has_words (arguments, 5,
                  "mediator [--broker HOST[:PORT]] [--passphrase-file FILE|-] ROOT COMMUNE[,COMMUNE...] NAME PLACE TO"))
    return FALSE;
  for (guint i = 0; i < 5; i++)
    enrolment->words[i] = arguments[i];
  if (enrolment->broker == NULL || is_broker (enrolment->broker))
    return TRUE;
  pv_ctl_fail ("%s: expected HOST or HOST:PORT", enrolment->broker);
  return FALSE;
}

int
pv_ctl_enrol_mediator (const PvCtl *ctl, char **arguments)
{
  Enrolment enrolment = { .role = PV_CERTIFICATE_MEDIATOR };
  char id[PV_CARRIER_ID_CHARS + 1];
  g_auto (GStrv) communes = NULL;
  int status;

  (void) ctl;
  if (!take_mediator (&enrolment, arguments))
    return PV_CTL_USAGE;
  enrolment.passphrase = pv_ctl_read_passphrase (enrolment.passphrase_file);
  if (enrolment.passphrase == NULL)
    return PV_CTL_FAILED;
  status = enrol (&enrolment, id, &communes);
  pv_secret_free (enrolment.passphrase);
  if (status != PV_CTL_OK)
    return status;
  g_print ("\nFor acl.mediators of the broker:\nuser %s\n", id);
  for (guint i = 0; communes[i] != NULL; i++)
    g_print ("topic read q/%s/+\ntopic read p/%s/+\n", communes[i], communes[i]);
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
      && write_tls (&files, arguments[0], "brokers", PV_TLS_SERVER, arguments[1], NULL, PV_ENROL_BROKER_DAYS, "broker")
      && copy_file (&files, arguments[0], "kiosks.pem") && copy_file (&files, arguments[0], "mediators.pem")
      && copy_file (&files, arguments[0], "kiosks.crl") && copy_file (&files, arguments[0], "mediators.crl"));
}

/* An authority of its own, made with the first of them, also under a root from before there were any: neither a kiosk's nor a
 * mediator's certificate opens the readers' door. */
static gboolean
make_readers (const char *root)
{
  g_autofree char *path = g_build_filename (root, "readers.key", NULL);
  PvEnrolFiles files = { 0 };

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  return pv_enrol_close (&files, pv_enrol_open (&files, root) && pv_enrol_write_authority (&files, "readers", "Parvis"))
         == PV_CTL_OK;
}

int
pv_ctl_enrol_reader (const PvCtl *ctl, char **arguments)
{
  PvEnrolFiles files = { 0 };
  guint8 bytes[PV_CARRIER_ID_CHARS / 2];
  char id[PV_CARRIER_ID_CHARS + 1];

  (void) ctl;
  if (!has_words (arguments, 2, "reader ROOT TO"))
    return PV_CTL_USAGE;
  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2hex (id, sizeof id, bytes, sizeof bytes);
  if (!make_readers (arguments[0]))
    return PV_CTL_FAILED;
  return pv_enrol_close (
    &files, pv_enrol_open (&files, arguments[1])
              && write_tls (&files, arguments[0], "readers", PV_TLS_CLIENT, id, NULL, PV_ENROL_READER_DAYS, "reader")
              && copy_file (&files, arguments[0], "brokers.pem") && copy_file (&files, arguments[0], "readers.pem"));
}

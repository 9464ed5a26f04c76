/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/service-key.h"

#include <sodium.h>
#include <string.h>

#include "core/wipe.h"
#include "platform/bundle.h"
#include "platform/signed-text.h"

#define MAGIC      "parvis-service-key "
#define PIN        "pin "
#define SIGNATURE  "signature "
#define FILE_MAGIC "parvis-support-file "

enum {
  SECRET_DIGITS = 2 * crypto_sign_SEEDBYTES,
  MAX_TEXT_BYTES = 1024,
  SHA256_DIGITS = 64,
  /* Argon2id: 64 MiB, three passes: a fifth of a second. Who copies a stick and tries its 10^8 PINs needs months on one machine. */
  PIN_PASSES = 3,
  PIN_MEMORY = 64 * 1024 * 1024,
};
/* Twelve digits. */
#define MAX_SERIAL G_GINT64_CONSTANT (999999999999)

G_DEFINE_QUARK (pv_service_key_error, pv_service_key_error)

static void
set_bad (GError **error, const char *what)
{
  g_set_error (error, PV_SERVICE_KEY_ERROR, PV_SERVICE_KEY_ERROR_BAD, "no key of the service screen: %s", what);
}

gboolean
pv_service_key_is_scope (const char *text)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
  g_auto (GStrv) parts = g_strsplit (text, "/", 2);
  gsize length;

  if (parts[0] == NULL || parts[1] == NULL)
    return pv_bundle_is_scope (text);
  length = strlen (parts[1]);
  return pv_bundle_is_commune (parts[0]) && length >= 1 && length <= PV_SERVICE_KEY_MAX_NAME_BYTES
         && strspn (parts[1], letters) == length;
}

gboolean
pv_service_key_is_pin (const char *text)
{
  return strlen (text) == PV_SERVICE_PIN_LENGTH && strspn (text, "0123456789") == PV_SERVICE_PIN_LENGTH;
}

void
pv_service_key_free (PvServiceKey *key)
{
  if (key == NULL)
    return;
  g_free (key->scope);
  g_free (key->expires);
  pv_wipe_str (key->pin);
  g_free (key);
}

gboolean
pv_service_key_is_one (GBytes *block)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (block, &size);

  return size >= strlen (MAGIC) && memcmp (data, MAGIC, strlen (MAGIC)) == 0;
}

/* The text in front of the zeros, whose every line ends. (transfer full) (nullable) */
static char *
take_text (GBytes *block, GError **error)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (block, &size);
  const char *end = data != NULL ? memchr (data, '\0', size) : NULL;
  gsize length = end != NULL ? (gsize) (end - data) : size;

  if (size > PV_SERVICE_KEY_BLOCK_BYTES || length == 0 || length > MAX_TEXT_BYTES || data[length - 1] != '\n') {
    set_bad (error, "too long, too short, or cut off");
    return NULL;
  }
  for (gsize i = length; i < size; i++)
    if (data[i] != '\0') {
      set_bad (error, "there is more behind it");
      return NULL;
    }
  return g_strndup (data, length);
}

static gboolean
check_format (char **words, GError **error)
{
  gint64 format = 0;

  if (g_strv_length (words) != 5 || !pv_signed_read_number (words[1], MAX_SERIAL, &format)) {
    set_bad (error, "its first line is not right");
    return FALSE;
  }
  if (format != PV_SERVICE_KEY_FORMAT) {
    g_set_error (error, PV_SERVICE_KEY_ERROR, PV_SERVICE_KEY_ERROR_FORMAT,
                 "the key is of format %" G_GINT64_FORMAT ", and this program knows format %d", format,
                 PV_SERVICE_KEY_FORMAT);
    return FALSE;
  }
  return TRUE;
}

static gboolean
is_signed (const char *text, const char *line, const char *const *keys)
{
  guint8 signature[crypto_sign_BYTES], key[PV_BUNDLE_KEY_BYTES];

  if (!g_str_has_prefix (line, SIGNATURE)
      || !pv_signed_decode (line + strlen (SIGNATURE), PV_SIGNED_SIGNATURE_LETTERS, signature, sizeof signature))
    return FALSE;
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (pv_bundle_key_parse (keys[i], key)
        && crypto_sign_verify_detached (signature, (const guint8 *) text, strlen (text) - strlen (line) - 1, key) == 0)
      return TRUE;
  return FALSE;
}

static PvServiceKey *
read_key (char **words, const char *pin_line, GError **error)
{
  g_autoptr (PvServiceKey) key = g_new0 (PvServiceKey, 1);

  if (!pv_signed_read_number (words[2], MAX_SERIAL, &key->serial) || key->serial == 0
      || !pv_service_key_is_scope (words[3]) || !pv_signed_read_day (words[4], &key->end_s)
      || !g_str_has_prefix (pin_line, PIN) || strlen (pin_line) >= strlen (PIN) + crypto_pwhash_STRBYTES) {
    set_bad (error, "a line of it is not right");
    return NULL;
  }
  key->scope = g_strdup (words[3]);
  key->expires = g_strdup (words[4]);
  key->pin = g_strdup (pin_line + strlen (PIN));
  return g_steal_pointer (&key);
}

static gboolean
fits (const PvServiceKey *key, const PvServiceLockPlate *plate)
{
  g_autofree char *own =
    plate->commune != NULL && plate->kiosk != NULL ? g_strdup_printf ("%s/%s", plate->commune, plate->kiosk) : NULL;

  return strcmp (key->scope, PV_BUNDLE_SCOPE_PLATFORM) == 0 || g_strcmp0 (key->scope, plate->commune) == 0
         || g_strcmp0 (key->scope, own) == 0;
}

static gboolean
check (const PvServiceKey *key, const PvServiceLockPlate *plate, gint64 now_s, GError **error)
{
  g_autofree char *serial = g_strdup_printf ("%" G_GINT64_FORMAT, key->serial);

  if (!fits (key, plate))
    g_set_error (error, PV_SERVICE_KEY_ERROR, PV_SERVICE_KEY_ERROR_SCOPE, "the key is for %s", key->scope);
  else if (plate->revoked != NULL && g_strv_contains (plate->revoked, serial))
    g_set_error (error, PV_SERVICE_KEY_ERROR, PV_SERVICE_KEY_ERROR_REVOKED, "the key %s is revoked", serial);
  else if (now_s >= key->end_s)
    g_set_error (error, PV_SERVICE_KEY_ERROR, PV_SERVICE_KEY_ERROR_TIME, "the key expired after %s", key->expires);
  else if (key->end_s - now_s > (gint64) (PV_SERVICE_KEY_MAX_DAYS + 1) * PV_SIGNED_SECONDS_A_DAY)
    g_set_error (error, PV_SERVICE_KEY_ERROR, PV_SERVICE_KEY_ERROR_TIME,
                 "the key would be good until %s, more than %d days", key->expires, PV_SERVICE_KEY_MAX_DAYS);
  else
    return TRUE;
  return FALSE;
}

PvServiceKey *
pv_service_key_open (GBytes *block, const PvServiceLockPlate *plate, gint64 now_s, GError **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (PvServiceKey) key = NULL;

  g_return_val_if_fail (block != NULL && plate != NULL, NULL);

  if (sodium_init () < 0 || !pv_service_key_is_one (block)) {
    set_bad (error, "it does not begin like one");
    return NULL;
  }
  text = take_text (block, error);
  if (text == NULL)
    return NULL;
  lines = g_strsplit (text, "\n", 5);
  if (g_strv_length (lines) != 4 || *lines[3] != '\0') {
    set_bad (error, "it has not three lines");
    return NULL;
  }
  words = g_strsplit (lines[0], " ", 6);
  if (!check_format (words, error))
    return NULL;
  if (!is_signed (text, lines[2], plate->keys)) {
    g_set_error_literal (error, PV_SERVICE_KEY_ERROR, PV_SERVICE_KEY_ERROR_SIGNATURE,
                         "the key was changed, or signed by nobody who may sign it");
    return NULL;
  }
  key = read_key (words, lines[1], error);
  return key != NULL && check (key, plate, now_s, error) ? g_steal_pointer (&key) : NULL;
}

gboolean
pv_service_key_check_pin (const PvServiceKey *key, const char *pin)
{
  return sodium_init () >= 0 && pv_service_key_is_pin (pin)
         && crypto_pwhash_str_verify (key->pin, pin, strlen (pin)) == 0;
}

static gboolean
read_secret (const char *secret, guint8 ret_pair[crypto_sign_SECRETKEYBYTES], char *ret_public)
{
  guint8 key[crypto_sign_PUBLICKEYBYTES], seed[crypto_sign_SEEDBYTES];
  gsize size = 0;

  if (strlen (secret) != SECRET_DIGITS
      || sodium_hex2bin (seed, sizeof seed, secret, SECRET_DIGITS, NULL, &size, NULL) != 0 || size != sizeof seed)
    return FALSE;
  crypto_sign_seed_keypair (key, ret_pair, seed);
  sodium_memzero (seed, sizeof seed);
  sodium_bin2base64 (ret_public, PV_SIGNED_KEY_LETTERS + 1, key, sizeof key, sodium_base64_VARIANT_ORIGINAL);
  return TRUE;
}

/* Who would take it: for the last look before it is given away. */
static gboolean
is_taken (GBytes *bytes, const char *scope, const char *public_key, gint64 now_s, GError **error)
{
  const char *keys[] = { public_key, NULL };
  g_auto (GStrv) parts = g_strsplit (scope, "/", 2);
  const PvServiceLockPlate plate = { .keys = keys,
                                     .commune = parts[0],
                                     .kiosk = parts[0] != NULL && parts[1] != NULL ? parts[1] : NULL };
  g_autoptr (PvServiceKey) key = pv_service_key_open (bytes, &plate, now_s, error);

  return key != NULL;
}

GBytes *
pv_service_key_sign (gint64 serial, const char *scope, const char *expires, const char *pin, const char *secret,
                     gint64 now_s, GError **error)
{
  guint8 pair[crypto_sign_SECRETKEYBYTES], signature[crypto_sign_BYTES];
  char hash[crypto_pwhash_STRBYTES], encoded[PV_SIGNED_SIGNATURE_LETTERS + 1], public_key[PV_SIGNED_KEY_LETTERS + 1];
  g_autofree char *text = NULL, *whole = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (scope != NULL && expires != NULL && pin != NULL && secret != NULL, NULL);

  if (!pv_service_key_is_scope (scope) || !pv_service_key_is_pin (pin)) {
    set_bad (error, "for nobody, or with a PIN that is not of eight digits");
    return NULL;
  }
  if (sodium_init () < 0 || !read_secret (secret, pair, public_key)
      || crypto_pwhash_str_alg (hash, pin, strlen (pin), PIN_PASSES, PIN_MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    set_bad (error, "no private key to sign it with, or no memory");
    return NULL;
  }
  text = g_strdup_printf (MAGIC "%d %" G_GINT64_FORMAT " %s %s\n" PIN "%s\n", PV_SERVICE_KEY_FORMAT, serial, scope,
                          expires, hash);
  crypto_sign_detached (signature, NULL, (const guint8 *) text, strlen (text), pair);
  sodium_memzero (pair, sizeof pair);
  sodium_bin2base64 (encoded, sizeof encoded, signature, sizeof signature, sodium_base64_VARIANT_ORIGINAL);
  whole = g_strdup_printf ("%s" SIGNATURE "%s\n", text, encoded);
  bytes = g_bytes_new (whole, strlen (whole));
  return is_taken (bytes, scope, public_key, now_s, error) ? g_steal_pointer (&bytes) : NULL;
}

/* Files for support ------------------------------------------------------------------------------------------------- */

GBytes *
pv_service_file_head (GBytes *file)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);
  char *head = g_malloc0 (PV_SERVICE_FILE_HEAD_BYTES);

  g_snprintf (head, PV_SERVICE_FILE_HEAD_BYTES, FILE_MAGIC "%d %zu %s\n", PV_SERVICE_FILE_FORMAT,
              g_bytes_get_size (file), sha256);
  return g_bytes_new_take (head, PV_SERVICE_FILE_HEAD_BYTES);
}

gboolean
pv_service_file_read_head (GBytes *head, gsize *ret_length, char **ret_sha256)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (head, &size);
  g_autofree char *text = size >= PV_SERVICE_FILE_HEAD_BYTES ? g_strndup (data, PV_SERVICE_FILE_HEAD_BYTES - 1) : NULL;
  char *end = text != NULL ? strchr (text, '\n') : NULL;
  g_auto (GStrv) words = NULL;
  gint64 format = 0, length = 0;

  if (end == NULL || end[1] != '\0')
    return FALSE;
  *end = '\0';
  words = g_strsplit (text, " ", 5);
  if (!g_str_has_prefix (text, FILE_MAGIC) || g_strv_length (words) != 4
      || !pv_signed_read_number (words[1], PV_SERVICE_FILE_FORMAT, &format) || format != PV_SERVICE_FILE_FORMAT
      || !pv_signed_read_number (words[2], PV_SERVICE_FILE_MAX_BYTES, &length) || strlen (words[3]) != SHA256_DIGITS
      || strspn (words[3], "0123456789abcdef") != SHA256_DIGITS)
    return FALSE;
  *ret_length = (gsize) length;
  *ret_sha256 = g_strdup (words[3]);
  return TRUE;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/bundle.h"

#include <sodium.h>
#include <string.h>

#include "platform/signed-text.h"

#define MAGIC     "parvis-settings-bundle "
#define SIGNATURE "signature "

enum {
  SECRET_DIGITS = 2 * crypto_sign_SEEDBYTES,
  KEY_LETTERS = PV_SIGNED_KEY_LETTERS,
  SIGNATURE_LETTERS = PV_SIGNED_SIGNATURE_LETTERS,
  SIGNATURE_LINE_BYTES = sizeof SIGNATURE - 1 + SIGNATURE_LETTERS + 1,
};
G_STATIC_ASSERT (crypto_sign_PUBLICKEYBYTES == PV_BUNDLE_KEY_BYTES);

G_DEFINE_QUARK (pv_bundle_error, pv_bundle_error)

static void
set_bad (GError **error, const char *what)
{
  g_set_error (error, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_BAD, "no bundle of settings: %s", what);
}

/* Keys and codes ------------------------------------------------------------------------------------------------- */

gboolean
pv_bundle_key_parse (const char *text, guint8 ret_key[PV_BUNDLE_KEY_BYTES])
{
  return pv_signed_decode (text, KEY_LETTERS, ret_key, PV_BUNDLE_KEY_BYTES);
}

gboolean
pv_bundle_is_commune (const char *text)
{
  gboolean is_corse = g_str_has_prefix (text, "2A") || g_str_has_prefix (text, "2B");
  const char *digits = is_corse ? text + 2 : text;

  return strlen (text) == 5 && strspn (digits, "0123456789") == strlen (digits);
}

gboolean
pv_bundle_is_scope (const char *text)
{
  return strcmp (text, PV_BUNDLE_SCOPE_PLATFORM) == 0 || pv_bundle_is_commune (text);
}

gboolean
pv_bundle_is_name (const char *text)
{
  gsize length = strlen (text);

  return length <= PV_BUNDLE_MAX_NAME_BYTES && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-.") == length
         && text[0] != '.' && g_str_has_suffix (text, ".conf");
}

void
pv_bundle_keys_new (char **ret_secret, char **ret_public)
{
  guint8 key[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES], seed[crypto_sign_SEEDBYTES];

  if (sodium_init () < 0)
    abort ();
  randombytes_buf (seed, sizeof seed);
  crypto_sign_seed_keypair (key, secret, seed);
  *ret_secret = g_malloc (SECRET_DIGITS + 1);
  sodium_bin2hex (*ret_secret, SECRET_DIGITS + 1, seed, sizeof seed);
  *ret_public = g_malloc (KEY_LETTERS + 1);
  sodium_bin2base64 (*ret_public, KEY_LETTERS + 1, key, sizeof key, sodium_base64_VARIANT_ORIGINAL);
  sodium_memzero (secret, sizeof secret);
  sodium_memzero (seed, sizeof seed);
}

/* Reading the form ------------------------------------------------------------------------------------------------ */

typedef struct {
  const char *at, *end;
} Cursor;

/* One line without its end; NULL: there is none, or it is too long or no text. (transfer full) */
static char *
read_line (Cursor *cursor)
{
  gsize left = MIN ((gsize) (cursor->end - cursor->at), PV_BUNDLE_MAX_LINE_BYTES + 1);
  const char *stop = memchr (cursor->at, '\n', left);
  char *line;

  if (stop == NULL || memchr (cursor->at, '\0', (gsize) (stop - cursor->at)) != NULL)
    return NULL;
  line = g_strndup (cursor->at, (gsize) (stop - cursor->at));
  cursor->at = stop + 1;
  return line;
}

/* Only what tells how to read the rest: it comes before the signature. */
static gboolean
check_format (Cursor cursor, GError **error)
{
  g_autofree char *line = read_line (&cursor);
  g_auto (GStrv) words = line != NULL ? g_strsplit (line, " ", 3) : NULL;
  gint64 format = 0;

  if (line == NULL || !g_str_has_prefix (line, MAGIC) || words[1] == NULL
      || !pv_signed_read_number (words[1], PV_BUNDLE_MAX_SERIAL, &format)) {
    set_bad (error, "it does not begin like one");
    return FALSE;
  }
  if (format != PV_BUNDLE_FORMAT) {
    g_set_error (error, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_FORMAT,
                 "the bundle is of format %" G_GINT64_FORMAT ", and this program knows format %d", format,
                 PV_BUNDLE_FORMAT);
    return FALSE;
  }
  return TRUE;
}

/* *ret_count: how many files are announced. */
static gboolean
read_header (PvBundle *self, Cursor *cursor, gint64 *ret_count, GError **error)
{
  g_autofree char *line = read_line (cursor);
  g_auto (GStrv) words = line != NULL ? g_strsplit (line, " ", 8) : NULL;
  gint64 format = 0;

  if (line == NULL || g_strv_length (words) != 6 || !pv_signed_read_number (words[1], PV_BUNDLE_FORMAT, &format)
      || !pv_signed_read_number (words[2], PV_BUNDLE_MAX_SERIAL, &self->serial) || self->serial == 0
      || !pv_bundle_is_scope (words[3]) || !pv_signed_read_day (words[4], &self->end_s)
      || !pv_signed_read_number (words[5], PV_BUNDLE_MAX_FILES, ret_count) || *ret_count == 0) {
    set_bad (error, "its first line is not right");
    return FALSE;
  }
  self->format = (guint) format;
  self->scope = g_strdup (words[3]);
  self->expires = g_strdup (words[4]);
  return TRUE;
}

static gboolean
read_file (PvBundle *self, Cursor *cursor, GError **error)
{
  g_autofree char *line = read_line (cursor);
  g_auto (GStrv) words = line != NULL ? g_strsplit (line, " ", 4) : NULL;
  const PvBundleFile *last = self->files->len > 0 ? self->files->pdata[self->files->len - 1] : NULL;
  g_autoptr (GBytes) bytes = NULL;
  gint64 length = 0;

  if (line == NULL || g_strv_length (words) != 3 || strcmp (words[0], "file") != 0
      || !pv_signed_read_number (words[2], PV_BUNDLE_MAX_BYTES, &length))
    set_bad (error, "the line before a file is not right");
  else if (!pv_bundle_is_name (words[1]))
    set_bad (error, "the name of a file is not of small letters, digits, hyphens and dots, with .conf at its end");
  else if (last != NULL && strcmp (last->name, words[1]) >= 0)
    set_bad (error, "a file is there twice, or out of order");
  else if (cursor->end - cursor->at <= length || cursor->at[length] != '\n')
    set_bad (error, "a file is not as long as it should be");
  else if (memchr (cursor->at, '\0', (gsize) length) != NULL || !g_utf8_validate (cursor->at, (gssize) length, NULL))
    set_bad (error, "a file is not text");
  else
    bytes = g_bytes_new (cursor->at, (gsize) length);
  if (bytes == NULL)
    return FALSE;
  g_ptr_array_add (self->files, pv_bundle_file_new (words[1], bytes));
  cursor->at += length + 1;
  return TRUE;
}

/* *ret_signed: what the signature is over; *ret_signature: the base64, not 0-terminated. */
static gboolean
find_signature (GBytes *bytes, Cursor *ret_signed, char ret_signature[SIGNATURE_LETTERS + 1], GError **error)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *line;

  if (size > PV_BUNDLE_MAX_BYTES) {
    set_bad (error, "it is larger than 1 MB");
    return FALSE;
  }
  if (size <= SIGNATURE_LINE_BYTES) {
    set_bad (error, "it is too short");
    return FALSE;
  }
  line = data + size - SIGNATURE_LINE_BYTES;
  if (memcmp (line, SIGNATURE, strlen (SIGNATURE)) != 0 || data[size - 1] != '\n' || line[-1] != '\n') {
    set_bad (error, "its last line is no signature");
    return FALSE;
  }
  *ret_signed = (Cursor){ data, line };
  memcpy (ret_signature, line + strlen (SIGNATURE), SIGNATURE_LETTERS);
  ret_signature[SIGNATURE_LETTERS] = '\0';
  return TRUE;
}

static PvBundle *
read_all (Cursor cursor, GError **error)
{
  g_autoptr (PvBundle) self = g_new0 (PvBundle, 1);
  gint64 count = 0;

  self->files = g_ptr_array_new_with_free_func (pv_bundle_file_free);
  self->digest =
    g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guint8 *) cursor.at, (gsize) (cursor.end - cursor.at));
  if (!read_header (self, &cursor, &count, error))
    return NULL;
  for (gint64 i = 0; i < count; i++)
    if (!read_file (self, &cursor, error))
      return NULL;
  if (cursor.at != cursor.end) {
    set_bad (error, "there is more behind its last file");
    return NULL;
  }
  return g_steal_pointer (&self);
}

PvBundle *
pv_bundle_parse (GBytes *bytes, GError **error)
{
  char signature[SIGNATURE_LETTERS + 1];
  guint8 decoded[crypto_sign_BYTES];
  Cursor cursor = { 0 };

  g_return_val_if_fail (bytes != NULL, NULL);

  if (!find_signature (bytes, &cursor, signature, error) || !check_format (cursor, error))
    return NULL;
  if (!pv_signed_decode (signature, SIGNATURE_LETTERS, decoded, sizeof decoded)) {
    set_bad (error, "its last line is no signature");
    return NULL;
  }
  return read_all (cursor, error);
}

/* Whether it counts ------------------------------------------------------------------------------------------------ */

static gboolean
is_signed (Cursor cursor, const char *signature, const char *const *keys)
{
  guint8 decoded[crypto_sign_BYTES], key[PV_BUNDLE_KEY_BYTES];

  if (!pv_signed_decode (signature, SIGNATURE_LETTERS, decoded, sizeof decoded))
    return FALSE;
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (pv_bundle_key_parse (keys[i], key)
        && crypto_sign_verify_detached (decoded, (const guint8 *) cursor.at, (gsize) (cursor.end - cursor.at), key)
             == 0)
      return TRUE;
  return FALSE;
}

static gboolean
check_time (const PvBundle *self, gint64 now_s, GError **error)
{
  if (now_s >= self->end_s) {
    g_set_error (error, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_TIME, "the bundle expired after %s", self->expires);
    return FALSE;
  }
  if (self->end_s - now_s > (gint64) (PV_BUNDLE_MAX_DAYS + 1) * PV_SIGNED_SECONDS_A_DAY) {
    g_set_error (error, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_TIME,
                 "the bundle would be good until %s, more than %d days: sign it for less, and look at this clock",
                 self->expires, PV_BUNDLE_MAX_DAYS);
    return FALSE;
  }
  return TRUE;
}

PvBundle *
pv_bundle_open (GBytes *bytes, const char *const *keys, const char *scope, gint64 now_s, GError **error)
{
  g_autoptr (PvBundle) self = NULL;
  char signature[SIGNATURE_LETTERS + 1];
  Cursor cursor = { 0 };

  g_return_val_if_fail (bytes != NULL && scope != NULL, NULL);

  if (sodium_init () < 0 || !find_signature (bytes, &cursor, signature, error) || !check_format (cursor, error))
    return NULL;
  if (!is_signed (cursor, signature, keys)) {
    g_set_error_literal (error, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_SIGNATURE,
                         "the bundle was changed, or signed by nobody who may sign it");
    return NULL;
  }
  self = read_all (cursor, error);
  if (self == NULL)
    return NULL;
  if (strcmp (self->scope, scope) != 0) {
    g_set_error (error, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_SCOPE, "the bundle is for %s, and not for %s", self->scope,
                 scope);
    return NULL;
  }
  return check_time (self, now_s, error) ? g_steal_pointer (&self) : NULL;
}

void
pv_bundle_free (PvBundle *bundle)
{
  if (bundle == NULL)
    return;
  g_free (bundle->scope);
  g_free (bundle->expires);
  g_free (bundle->digest);
  g_ptr_array_unref (bundle->files);
  g_free (bundle);
}

PvBundleFile *
pv_bundle_file_new (const char *name, GBytes *bytes)
{
  PvBundleFile *file = g_new0 (PvBundleFile, 1);

  file->name = g_strdup (name);
  file->bytes = g_bytes_ref (bytes);
  return file;
}

void
pv_bundle_file_free (gpointer data)
{
  PvBundleFile *file = data;

  g_free (file->name);
  g_bytes_unref (file->bytes);
  g_free (file);
}

/* Signing --------------------------------------------------------------------------------------------------------- */

static int
compare_files_cb (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(PvBundleFile *const *) a)->name, (*(PvBundleFile *const *) b)->name);
}

static char *
write_files (const GPtrArray *files, const char *scope, gint64 serial, const char *expires, gsize *ret_length)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy ((GPtrArray *) files, NULL, NULL);
  GString *text = g_string_new (NULL);

  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, compare_files_cb);
  g_string_append_printf (text, MAGIC "%d %" G_GINT64_FORMAT " %s %s %u\n", PV_BUNDLE_FORMAT, serial, scope, expires,
                          sorted->len);
  for (guint i = 0; i < sorted->len; i++) {
    const PvBundleFile *file = sorted->pdata[i];
    gsize size = 0;
    const char *data = g_bytes_get_data (file->bytes, &size);

    g_string_append_printf (text, "file %s %zu\n", file->name, size);
    g_string_append_len (text, data, (gssize) size);
    g_string_append_c (text, '\n');
  }
  *ret_length = text->len;
  return g_string_free (text, FALSE);
}

GBytes *
pv_bundle_sign (const GPtrArray *files, const char *scope, gint64 serial, const char *expires, const char *secret,
                gint64 now_s, GError **error)
{
  guint8 key[crypto_sign_PUBLICKEYBYTES], pair[crypto_sign_SECRETKEYBYTES], seed[crypto_sign_SEEDBYTES];
  guint8 signature[crypto_sign_BYTES];
  char encoded[SIGNATURE_LETTERS + 1], public_text[KEY_LETTERS + 1];
  const char *keys[] = { public_text, NULL };
  g_autofree char *text = NULL;
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (PvBundle) opened = NULL;
  gsize length = 0, seed_size = 0;

  g_return_val_if_fail (files != NULL && scope != NULL && expires != NULL && secret != NULL, NULL);

  if (sodium_init () < 0 || strlen (secret) != SECRET_DIGITS
      || sodium_hex2bin (seed, sizeof seed, secret, SECRET_DIGITS, NULL, &seed_size, NULL) != 0
      || seed_size != sizeof seed) {
    g_set_error_literal (error, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_BAD, "no private key of settings");
    return NULL;
  }
  crypto_sign_seed_keypair (key, pair, seed);
  sodium_memzero (seed, sizeof seed);
  text = write_files (files, scope, serial, expires, &length);
  crypto_sign_detached (signature, NULL, (const guint8 *) text, length, pair);
  sodium_memzero (pair, sizeof pair);
  sodium_bin2base64 (encoded, sizeof encoded, signature, sizeof signature, sodium_base64_VARIANT_ORIGINAL);
  sodium_bin2base64 (public_text, sizeof public_text, key, sizeof key, sodium_base64_VARIANT_ORIGINAL);
  g_byte_array_append (all, (const guint8 *) text, (guint) length);
  g_byte_array_append (all, (const guint8 *) SIGNATURE, strlen (SIGNATURE));
  g_byte_array_append (all, (const guint8 *) encoded, SIGNATURE_LETTERS);
  g_byte_array_append (all, (const guint8 *) "\n", 1);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&all));
  /* What no kiosk would take is not made. */
  opened = pv_bundle_open (bytes, keys, scope, now_s, error);
  return opened != NULL ? g_steal_pointer (&bytes) : NULL;
}

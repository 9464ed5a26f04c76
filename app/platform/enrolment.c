/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/enrolment.h"

#include <sodium.h>
#include <string.h>

#include "core/setup-code.h"
#include "core/wipe.h"

G_DEFINE_QUARK (pv_enrolment_error, pv_enrolment_error)

#define HEAD          "parvis-enrolment 1\n"
#define ANY_HEAD      "parvis-enrolment "
#define SECONDS_A_DAY G_GINT64_CONSTANT (86400)

enum {
  HEAD_BYTES = sizeof HEAD - 1,
  NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
  TAG_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
  PASSES = 4,
  MEMORY_BYTES = 64 * 1024 * 1024,
  MAX_LINE_BYTES = 64,
};

/* Of the format: another one has another salt. */
static const guint8 salt[crypto_pwhash_argon2id_SALTBYTES] = { 'p', 'a', 'r', 'v', 'i', 's', '-', 'e',
                                                               'n', 'r', 'o', 'l', '-', '1', 0,   0 };

static const struct {
  const char *name;
  PvEnrolmentKind kind;
} table[] = {
  { PV_ENROLMENT_SETTINGS, PV_ENROLMENT_SETTINGS_FILE },
  { "portal-ca.pem", PV_ENROLMENT_PUBLIC },
  { "settings-ca.pem", PV_ENROLMENT_PUBLIC },
  { "brokers.pem", PV_ENROLMENT_PUBLIC },
  { "assist.cert", PV_ENROLMENT_PUBLIC },
  { "commune.pub", PV_ENROLMENT_PUBLIC },
  { "kiosk.pem", PV_ENROLMENT_SECRET },
  { "kiosk.key", PV_ENROLMENT_SECRET },
  { "broker-client.pem", PV_ENROLMENT_SECRET },
  { "broker-client.key", PV_ENROLMENT_SECRET },
  { "assist.key", PV_ENROLMENT_SECRET },
};

static void *
fail (GError **error, PvEnrolmentError code, const char *words)
{
  g_set_error_literal (error, PV_ENROLMENT_ERROR, code, words);
  return NULL;
}

const char *const *
pv_enrolment_list_names (void)
{
  static const char *names[G_N_ELEMENTS (table) + 1];

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    names[i] = table[i].name;
  return names;
}

char *
pv_enrolment_new_code (void)
{
  char code[PV_SETUP_CODE_LETTERS + 1] = "";
  char *copy;

  for (guint i = 0; sodium_init () >= 0 && i < PV_SETUP_CODE_LETTERS - 1; i++)
    code[i] = pv_setup_code_letter (randombytes_uniform (20));
  code[PV_SETUP_CODE_LETTERS - 1] = pv_setup_code_last (code);
  copy = g_strdup (code);
  pv_wipe_bytes (code, sizeof code);
  return copy;
}

gboolean
pv_enrolment_derive (const char *code, PvEnrolmentLock *ret_lock, GError **error)
{
  guint8 both[PV_ENROLMENT_KEY_BYTES + PV_ENROLMENT_NAME_BYTES];

  if (sodium_init () < 0
      || crypto_pwhash_argon2id (both, sizeof both, code, strlen (code), salt, PASSES, MEMORY_BYTES,
                                 crypto_pwhash_argon2id_ALG_ARGON2ID13)
           != 0) {
    fail (error, PV_ENROLMENT_ERROR_MEMORY, "not enough memory for the code");
    return FALSE;
  }
  memcpy (ret_lock->key, both, PV_ENROLMENT_KEY_BYTES);
  sodium_bin2hex (ret_lock->name, 2 * PV_ENROLMENT_NAME_BYTES + 1, both + PV_ENROLMENT_KEY_BYTES,
                  PV_ENROLMENT_NAME_BYTES);
  memcpy (ret_lock->name + 2 * PV_ENROLMENT_NAME_BYTES, PV_ENROLMENT_SUFFIX, sizeof PV_ENROLMENT_SUFFIX);
  pv_wipe_bytes (both, sizeof both);
  return TRUE;
}

static void
file_free (gpointer data)
{
  PvEnrolmentFile *file = data;

  g_bytes_unref (file->bytes);
  g_free (file);
}

PvEnrolment *
pv_enrolment_new (gint64 end_s)
{
  PvEnrolment *enrolment = g_new0 (PvEnrolment, 1);

  enrolment->end_s = end_s;
  enrolment->files = g_ptr_array_new_with_free_func (file_free);
  return enrolment;
}

void
pv_enrolment_free (PvEnrolment *enrolment)
{
  if (enrolment == NULL)
    return;
  g_ptr_array_unref (enrolment->files);
  g_free (enrolment);
}

const PvEnrolmentFile *
pv_enrolment_find (const PvEnrolment *enrolment, const char *name)
{
  for (guint i = 0; i < enrolment->files->len; i++) {
    const PvEnrolmentFile *file = enrolment->files->pdata[i];

    if (strcmp (file->name, name) == 0)
      return file;
  }
  return NULL;
}

gboolean
pv_enrolment_add (PvEnrolment *enrolment, const char *name, GBytes *bytes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].name, name) == 0 && pv_enrolment_find (enrolment, name) == NULL) {
      PvEnrolmentFile *file = g_new0 (PvEnrolmentFile, 1);

      file->name = table[i].name;
      file->kind = table[i].kind;
      file->bytes = g_bytes_ref (bytes);
      g_ptr_array_add (enrolment->files, file);
      return TRUE;
    }
  return FALSE;
}

/* Sealing --------------------------------------------------------------------------------------------------------------- */

GBytes *
pv_enrolment_seal (const PvEnrolment *enrolment, const PvEnrolmentLock *lock, GError **error)
{
  g_autoptr (GByteArray) clear = g_byte_array_new ();
  g_autofree char *head = g_strdup_printf ("expires %" G_GINT64_FORMAT "\n", enrolment->end_s);
  guint8 *sealed;
  gsize size;

  if (pv_enrolment_find (enrolment, PV_ENROLMENT_SETTINGS) == NULL)
    return fail (error, PV_ENROLMENT_ERROR_BAD, "there are no settings");
  g_byte_array_append (clear, (const guint8 *) head, (guint) strlen (head));
  for (guint i = 0; i < enrolment->files->len; i++) {
    const PvEnrolmentFile *file = enrolment->files->pdata[i];
    const guint8 *bytes = g_bytes_get_data (file->bytes, &size);
    g_autofree char *line = g_strdup_printf ("file %s %" G_GSIZE_FORMAT "\n", file->name, size);

    g_byte_array_append (clear, (const guint8 *) line, (guint) strlen (line));
    g_byte_array_append (clear, bytes, (guint) size);
    g_byte_array_append (clear, (const guint8 *) "\n", 1);
  }
  size = HEAD_BYTES + NONCE_BYTES + clear->len + TAG_BYTES;
  if (size > PV_ENROLMENT_MAX_BYTES) {
    pv_wipe_bytes (clear->data, clear->len);
    return fail (error, PV_ENROLMENT_ERROR_BAD, "it is too large");
  }
  sealed = g_malloc (size);
  memcpy (sealed, HEAD, HEAD_BYTES);
  randombytes_buf (sealed + HEAD_BYTES, NONCE_BYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + HEAD_BYTES + NONCE_BYTES, NULL, clear->data, clear->len,
                                              (const guint8 *) HEAD, HEAD_BYTES, NULL, sealed + HEAD_BYTES, lock->key);
  pv_wipe_bytes (clear->data, clear->len);
  return g_bytes_new_take (sealed, size);
}

/* Opening --------------------------------------------------------------------------------------------------------------- */

/* The line at *at, without its end; moves behind it. NULL: there is none of a sensible length. (transfer full) */
static char *
take_line (const char **at, const char *end)
{
  const char *line = *at, *newline = memchr (line, '\n', MIN ((gsize) (end - line), MAX_LINE_BYTES));

  if (newline == NULL)
    return NULL;
  *at = newline + 1;
  return g_strndup (line, (gsize) (newline - line));
}

static gboolean
take_file (const char **at, const char *end, PvEnrolment *enrolment)
{
  g_autofree char *line = take_line (at, end);
  g_auto (GStrv) words = line != NULL ? g_strsplit (line, " ", 4) : NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint64 size = 0;

  if (words == NULL || g_strv_length (words) != 3 || strcmp (words[0], "file") != 0
      || !g_ascii_string_to_unsigned (words[2], 10, 0, PV_ENROLMENT_MAX_BYTES, &size, NULL)
      || (guint64) (end - *at) < size + 1 || (*at)[size] != '\n')
    return FALSE;
  bytes = g_bytes_new (*at, size);
  *at += size + 1;
  return pv_enrolment_add (enrolment, words[1], bytes);
}

PvEnrolment *
pv_enrolment_parse (const char *text, gsize size, gint64 now_s, GError **error)
{
  const char *at = text, *end = text + size;
  g_autofree char *first = size <= PV_ENROLMENT_MAX_BYTES ? take_line (&at, end) : NULL;
  g_autoptr (PvEnrolment) enrolment = NULL;
  gint64 end_s = 0;

  if (first == NULL || !g_str_has_prefix (first, "expires ")
      || !g_ascii_string_to_signed (first + strlen ("expires "), 10, 1, G_MAXINT64 / G_USEC_PER_SEC, &end_s, NULL))
    return fail (error, PV_ENROLMENT_ERROR_BAD, "it does not say when it expires");
  if (now_s >= end_s || end_s - now_s > PV_ENROLMENT_MAX_DAYS * SECONDS_A_DAY)
    return fail (error, PV_ENROLMENT_ERROR_EXPIRED, "it has expired, or is good for too long");
  enrolment = pv_enrolment_new (end_s);
  while (at < end)
    if (enrolment->files->len == PV_ENROLMENT_MAX_FILES || !take_file (&at, end, enrolment))
      return fail (error, PV_ENROLMENT_ERROR_BAD, "a file of it is none that a kiosk takes");
  if (pv_enrolment_find (enrolment, PV_ENROLMENT_SETTINGS) == NULL)
    return fail (error, PV_ENROLMENT_ERROR_BAD, "there are no settings");
  return g_steal_pointer (&enrolment);
}

PvEnrolment *
pv_enrolment_open (GBytes *sealed, const PvEnrolmentLock *lock, gint64 now_s, GError **error)
{
  gsize size, clear_size;
  const guint8 *bytes = g_bytes_get_data (sealed, &size);
  guint8 *clear;
  PvEnrolment *enrolment = NULL;

  if (size > PV_ENROLMENT_MAX_BYTES || size < HEAD_BYTES + NONCE_BYTES + TAG_BYTES
      || memcmp (bytes, ANY_HEAD, strlen (ANY_HEAD)) != 0)
    return fail (error, PV_ENROLMENT_ERROR_BAD, "it is no enrolment");
  if (memcmp (bytes, HEAD, HEAD_BYTES) != 0)
    return fail (error, PV_ENROLMENT_ERROR_FORMAT, "it is of a format that this program does not know");
  clear_size = size - HEAD_BYTES - NONCE_BYTES - TAG_BYTES;
  clear = g_malloc (MAX (clear_size, 1));
  if (sodium_init () >= 0
      && crypto_aead_xchacha20poly1305_ietf_decrypt (clear, NULL, NULL, bytes + HEAD_BYTES + NONCE_BYTES,
                                                     clear_size + TAG_BYTES, (const guint8 *) HEAD, HEAD_BYTES,
                                                     bytes + HEAD_BYTES, lock->key)
           == 0)
    enrolment = pv_enrolment_parse ((const char *) clear, clear_size, now_s, error);
  else
    fail (error, PV_ENROLMENT_ERROR_BAD, "it was changed, or is of another code");
  pv_wipe_bytes (clear, clear_size);
  g_free (clear);
  return enrolment;
}

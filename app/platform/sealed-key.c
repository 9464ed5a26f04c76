/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/sealed-key.h"

#include <sodium.h>
#include <string.h>

enum {
  VERSION = 1,
  AT_PASSES = 5,
  AT_MEMORY = 9,
  AT_SALT = 13,
  AT_NONCE = AT_SALT + crypto_pwhash_argon2id_SALTBYTES,
  HEAD_BYTES = AT_NONCE + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
  TAG_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
  SEALING_KEY_BYTES = crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
};

static const guint8 magic[4] = { 'P', 'V', 'S', 'K' };

G_DEFINE_QUARK (pv_sealed_key_error, pv_sealed_key_error)

static void
write_u32 (guint8 *to, guint32 value)
{
  value = GUINT32_TO_BE (value);
  memcpy (to, &value, sizeof value);
}

static guint32
read_u32 (const guint8 *from)
{
  guint32 value;

  memcpy (&value, from, sizeof value);
  return GUINT32_FROM_BE (value);
}

gboolean
pv_sealed_key_is_passphrase (const char *passphrase)
{
  gsize size = strlen (passphrase);

  return size <= PV_SEALED_KEY_MAX_PASSPHRASE_BYTES && g_utf8_validate (passphrase, (gssize) size, NULL)
         && g_utf8_strlen (passphrase, -1) >= PV_SEALED_KEY_MIN_PASSPHRASE;
}

/* From sodium_malloc(): the caller frees. NULL: the machine has not enough memory. */
static guint8 *
derive (const guint8 *head, const char *passphrase, GError **error)
{
  guint8 *key = sodium_malloc (SEALING_KEY_BYTES);

  if (key != NULL
      && crypto_pwhash_argon2id (key, SEALING_KEY_BYTES, passphrase, strlen (passphrase), head + AT_SALT,
                                 read_u32 (head + AT_PASSES), (gsize) read_u32 (head + AT_MEMORY) * 1024,
                                 crypto_pwhash_argon2id_ALG_ARGON2ID13)
           == 0)
    return key;
  sodium_free (key);
  g_set_error_literal (error, PV_SEALED_KEY_ERROR, PV_SEALED_KEY_ERROR_MEMORY, "not enough memory for the passphrase");
  return NULL;
}

static gboolean
prepare (GError **error)
{
  if (sodium_init () >= 0)
    return TRUE;
  g_set_error_literal (error, PV_SEALED_KEY_ERROR, PV_SEALED_KEY_ERROR_MEMORY, "no randomness");
  return FALSE;
}

char *
pv_sealed_key_seal (const guint8 *key, gsize size, const char *passphrase, GError **error)
{
  guint8 sealed[HEAD_BYTES + PV_SEALED_KEY_MAX_BYTES + TAG_BYTES];
  g_autofree char *text = NULL;
  guint8 *sealing_key;

  g_return_val_if_fail (key != NULL && size > 0 && size <= PV_SEALED_KEY_MAX_BYTES, NULL);

  if (!prepare (error))
    return NULL;
  if (!pv_sealed_key_is_passphrase (passphrase)) {
    g_set_error (error, PV_SEALED_KEY_ERROR, PV_SEALED_KEY_ERROR_WEAK, "a passphrase has at least %d characters",
                 PV_SEALED_KEY_MIN_PASSPHRASE);
    return NULL;
  }
  memcpy (sealed, magic, sizeof magic);
  sealed[sizeof magic] = VERSION;
  write_u32 (sealed + AT_PASSES, crypto_pwhash_argon2id_OPSLIMIT_MODERATE);
  write_u32 (sealed + AT_MEMORY, crypto_pwhash_argon2id_MEMLIMIT_MODERATE / 1024);
  randombytes_buf (sealed + AT_SALT, HEAD_BYTES - AT_SALT);
  sealing_key = derive (sealed, passphrase, error);
  if (sealing_key == NULL)
    return NULL;
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + HEAD_BYTES, NULL, key, size, sealed, HEAD_BYTES, NULL,
                                              sealed + AT_NONCE, sealing_key);
  sodium_free (sealing_key);
  text = g_base64_encode (sealed, HEAD_BYTES + size + TAG_BYTES);
  return g_strconcat (text, "\n", NULL);
}

/* What a stranger could have written into it. */
static gboolean
is_acceptable (const guint8 *sealed, gsize length, gsize size)
{
  guint32 passes, memory;

  if (length != HEAD_BYTES + size + TAG_BYTES || memcmp (sealed, magic, sizeof magic) != 0
      || sealed[sizeof magic] != VERSION)
    return FALSE;
  passes = read_u32 (sealed + AT_PASSES);
  memory = read_u32 (sealed + AT_MEMORY);
  return passes >= crypto_pwhash_argon2id_OPSLIMIT_MIN && passes <= PV_SEALED_KEY_MAX_PASSES
         && memory >= PV_SEALED_KEY_MIN_MEMORY_KIB && memory <= PV_SEALED_KEY_MAX_MEMORY_KIB;
}

static PvSecret *
unseal (const guint8 *sealed, gsize length, const char *passphrase, GError **error)
{
  gsize size = length - HEAD_BYTES - TAG_BYTES;
  guint8 *sealing_key = derive (sealed, passphrase, error), *key = NULL;
  PvSecret *secret = NULL;

  if (sealing_key != NULL)
    key = sodium_malloc (size);
  if (sealing_key != NULL && key == NULL)
    g_set_error_literal (error, PV_SEALED_KEY_ERROR, PV_SEALED_KEY_ERROR_MEMORY, "not enough memory for the key");
  if (key != NULL
      && crypto_aead_xchacha20poly1305_ietf_decrypt (key, NULL, NULL, sealed + HEAD_BYTES, size + TAG_BYTES, sealed,
                                                     HEAD_BYTES, sealed + AT_NONCE, sealing_key)
           == 0)
    secret = pv_secret_new (key, size);
  else if (key != NULL)
    g_set_error_literal (error, PV_SEALED_KEY_ERROR, PV_SEALED_KEY_ERROR_PASSPHRASE, "not the passphrase of this key");
  sodium_free (key); /* and wiped */
  sodium_free (sealing_key);
  return secret;
}

PvSecret *
pv_sealed_key_open (const char *text, gsize size, const char *passphrase, GError **error)
{
  g_autofree guchar *sealed = NULL;
  gsize length = 0;

  g_return_val_if_fail (size > 0 && size <= PV_SEALED_KEY_MAX_BYTES, NULL);

  if (!prepare (error))
    return NULL;
  if (strlen (text) <= PV_SEALED_KEY_MAX_FILE_BYTES)
    sealed = g_base64_decode (text, &length);
  if (sealed != NULL && length > sizeof magic && memcmp (sealed, magic, sizeof magic) == 0
      && sealed[sizeof magic] != VERSION) {
    g_set_error (error, PV_SEALED_KEY_ERROR, PV_SEALED_KEY_ERROR_BAD, "a sealed key of version %u, we are %d",
                 sealed[sizeof magic], VERSION);
    return NULL;
  }
  if (sealed == NULL || !is_acceptable (sealed, length, size)) {
    g_set_error_literal (error, PV_SEALED_KEY_ERROR, PV_SEALED_KEY_ERROR_BAD, "no sealed key");
    return NULL;
  }
  /* Longer than any that a key was sealed with. */
  if (strlen (passphrase) > PV_SEALED_KEY_MAX_PASSPHRASE_BYTES) {
    g_set_error_literal (error, PV_SEALED_KEY_ERROR, PV_SEALED_KEY_ERROR_PASSPHRASE, "not the passphrase of this key");
    return NULL;
  }
  return unseal (sealed, length, passphrase, error);
}

PvSecret *
pv_sealed_key_read (const char *path, gsize size, const char *passphrase, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (PvSecret) text = pv_secret_read_text (path, &cause);
  PvSecret *secret;

  if (text == NULL) {
    g_set_error_literal (error, PV_SEALED_KEY_ERROR,
                         g_error_matches (cause, PV_SECRET_ERROR, PV_SECRET_ERROR_BAD) ? PV_SEALED_KEY_ERROR_BAD
                                                                                       : PV_SEALED_KEY_ERROR_UNREADABLE,
                         cause->message);
    return NULL;
  }
  secret = pv_sealed_key_open (pv_secret_get_text (text), size, passphrase, error);
  if (secret == NULL)
    g_prefix_error (error, "%s: ", path);
  return secret;
}

gboolean
pv_sealed_key_write (const char *path, const guint8 *key, gsize size, const char *passphrase, GError **error)
{
  g_autofree char *text = pv_sealed_key_seal (key, size, passphrase, error);

  return text != NULL
         && g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                      0600, error);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "link/follow.h"

#include <sodium.h>
#include <string.h>

#include "core/wipe.h"
#include "link/secret.h"

enum {
  NAME_BYTES = 16,
  /* OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB of memory, 2 passes, 1 lane. */
  PASSES = 2,
  MEMORY_BYTES = 19 * 1024 * 1024,
};

/* What the records of later releases begin with, and then their version; a record of version 1 begins with its nonce. */
static const guint8 mark[4] = { 'P', 'V', 'F', 'R' };

struct PvFollowKey {
  char name[2 * NAME_BYTES + 1];
  guint8 key[crypto_secretbox_KEYBYTES];
};

PvFollowKey *
pv_follow_key_new (const char *ref, const guint8 *outbox_key)
{
  g_autoptr (PvFollowKey) key = g_new0 (PvFollowKey, 1);
  guint8 derived[NAME_BYTES + crypto_secretbox_KEYBYTES], salt[crypto_pwhash_SALTBYTES];

  if (!pv_outbox_init (NULL))
    return NULL;
  crypto_generichash (salt, sizeof salt, outbox_key, PV_OUTBOX_KEY_BYTES, NULL, 0);
  if (crypto_pwhash (derived, sizeof derived, ref, strlen (ref), salt, PASSES, MEMORY_BYTES,
                     crypto_pwhash_ALG_ARGON2ID13)
      != 0)
    return NULL;
  sodium_bin2hex (key->name, sizeof key->name, derived, NAME_BYTES);
  memcpy (key->key, derived + NAME_BYTES, sizeof key->key);
  pv_wipe_bytes (derived, sizeof derived);
  return g_steal_pointer (&key);
}

void
pv_follow_key_free (PvFollowKey *key)
{
  if (key == NULL)
    return;
  pv_wipe_bytes (key, sizeof *key);
  g_free (key);
}

const char *
pv_follow_key_get_name (const PvFollowKey *key)
{
  return key->name;
}

gboolean
pv_follow_name_is_valid (const char *name)
{
  return strlen (name) == 2 * NAME_BYTES && strspn (name, "0123456789abcdef") == 2 * NAME_BYTES;
}

GBytes *
pv_follow_seal (const PvFollowKey *key, GVariant *outcome)
{
  g_autoptr (PvLinkSecret) secret = pv_link_secret_from_variant (outcome);
  gsize total = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + secret->size;
  guint8 *record = g_malloc (total);

  do
    randombytes_buf (record, crypto_secretbox_NONCEBYTES);
  while (memcmp (record, mark, sizeof mark) == 0);
  crypto_secretbox_easy (record + crypto_secretbox_NONCEBYTES, secret->data, secret->size, record, key->key);
  return g_bytes_new_take (record, total);
}

GVariant *
pv_follow_open (const PvFollowKey *key, GBytes *record, GError **error)
{
  g_autoptr (PvLinkSecret) secret = NULL;
  const guint8 *data;
  gsize size;

  data = g_bytes_get_data (record, &size);
  if (size < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES || size > PV_OUTBOX_MAX_REPLY_BYTES) {
    g_set_error_literal (error, PV_LINK_ERROR, PV_LINK_ERROR_BAD_DATA, "not a follow record");
    return NULL;
  }
  if (memcmp (data, mark, sizeof mark) == 0) {
    g_set_error (error, PV_LINK_ERROR, PV_LINK_ERROR_VERSION, "follow record of version %u, we are 1",
                 data[sizeof mark]);
    return NULL;
  }
  size -= crypto_secretbox_NONCEBYTES;
  secret = pv_link_secret_new (size - crypto_secretbox_MACBYTES);
  if (crypto_secretbox_open_easy (secret->data, data + crypto_secretbox_NONCEBYTES, size, data, key->key) != 0) {
    g_set_error_literal (error, PV_LINK_ERROR, PV_LINK_ERROR_BAD_DATA, "not the record of this reference");
    return NULL;
  }
  return pv_link_secret_to_variant (g_steal_pointer (&secret), 0, error);
}

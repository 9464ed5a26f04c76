/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/session/drop-open.h"

#include <openssl/evp.h>
#include <string.h>

#include "core/wipe.h"

typedef struct {
  guint8 *data;
  gsize size;
} Plain;

static void
plain_free (gpointer data)
{
  Plain *plain = data;

  pv_wipe_bytes (plain->data, plain->size);
  g_free (plain->data);
  g_free (plain);
}

/* Writes @size bytes to @plain; they mean nothing unless it returns TRUE. */
static gboolean
decrypt (const guint8 *sealed, gsize size, const char *associated, const guint8 *key, guint8 *plain)
{
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new ();
  const guint8 *text = sealed + PV_DROP_NONCE_BYTES;
  guint8 tag[PV_DROP_TAG_BYTES];
  int length = 0;
  gboolean is_right;

  memcpy (tag, text + size, sizeof tag);
  is_right = context != NULL && EVP_DecryptInit_ex (context, EVP_aes_256_gcm (), NULL, key, sealed) == 1
             && EVP_DecryptUpdate (context, NULL, &length, (const guint8 *) associated, (int) strlen (associated)) == 1
             && EVP_DecryptUpdate (context, plain, &length, text, (int) size) == 1
             && EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_AEAD_SET_TAG, sizeof tag, tag) == 1
             && EVP_DecryptFinal_ex (context, plain + length, &length) == 1;
  EVP_CIPHER_CTX_free (context); /* wipes its key */
  return is_right;
}

GBytes *
pv_drop_open (GBytes *sealed, const char *id, const guint8 *key)
{
  gsize sealed_size, offset, content_size;
  const guint8 *data = g_bytes_get_data (sealed, &sealed_size);
  g_autofree char *associated = pv_drop_make_associated (id);
  PvDropType type;
  Plain *plain;

  if (sealed_size > PV_DROP_MAX_SEALED_BYTES
      || sealed_size < PV_DROP_NONCE_BYTES + PV_DROP_STEP_BYTES + PV_DROP_TAG_BYTES)
    return NULL;
  plain = g_new0 (Plain, 1);
  plain->size = sealed_size - PV_DROP_NONCE_BYTES - PV_DROP_TAG_BYTES;
  plain->data = g_malloc (plain->size);
  if (!decrypt (data, plain->size, associated, key, plain->data)
      || !pv_drop_find_content (plain->data, plain->size, &type, &offset, &content_size)) {
    plain_free (plain);
    return NULL;
  }
  return g_bytes_new_with_free_func (plain->data + offset, content_size, plain_free, plain);
}

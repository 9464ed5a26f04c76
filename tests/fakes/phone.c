/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <string.h>

enum { NONCE = 12, TAG = 16, HEADER = 6, STEP = 65536 };

void
fake_phone_free (FakePhone *phone)
{
  g_free (phone->page);
  g_free (phone->id);
  g_strfreev (phone->types);
  g_free (phone);
}

FakePhone *
fake_phone_new (const char *url)
{
  g_auto (GStrv) halves = g_strsplit (url, "#", 2);
  g_auto (GStrv) parts = halves[0] != NULL && halves[1] != NULL ? g_strsplit (halves[1], ".", -1) : NULL;
  g_autofree char *text = NULL;
  g_autofree guint8 *key = NULL;
  FakePhone *phone;
  gsize size;

  if (parts == NULL || g_strv_length (parts) != 5 || !g_str_equal (parts[0], "v1") || strlen (parts[2]) != 43)
    return NULL;
  text = g_strconcat (parts[2], "=", NULL);
  g_strdelimit (text, "-", '+');
  g_strdelimit (text, "_", '/');
  key = g_base64_decode (text, &size);
  if (size != sizeof phone->key)
    return NULL;
  phone = g_new0 (FakePhone, 1);
  phone->page = g_strdup (halves[0]);
  phone->id = g_strdup (parts[1]);
  memcpy (phone->key, key, sizeof phone->key);
  phone->max_bytes = g_ascii_strtoull (parts[3], NULL, 10);
  phone->types = g_strsplit (parts[4], "-", -1);
  return phone;
}

GBytes *
fake_phone_wrap (guint8 type, gconstpointer data, gsize size)
{
  gsize whole = (HEADER + size + STEP - 1) / STEP * STEP;
  guint8 *plain = g_malloc0 (whole);

  plain[0] = 1;
  plain[1] = type;
  for (guint i = 0; i < 4; i++)
    plain[2 + i] = (guint8) (size >> (24 - 8 * i));
  memcpy (plain + HEADER, data, size);
  return g_bytes_new_take (plain, whole);
}

GBytes *
fake_phone_encrypt (const FakePhone *phone, GBytes *plain)
{
  g_autofree char *associated = g_strconcat ("v1.", phone->id, NULL);
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (plain, &size);
  guint8 *sealed = g_malloc (NONCE + size + TAG);
  int length;

  g_assert (RAND_bytes (sealed, NONCE) == 1);
  g_assert (EVP_EncryptInit_ex (context, EVP_aes_256_gcm (), NULL, phone->key, sealed) == 1);
  g_assert (EVP_EncryptUpdate (context, NULL, &length, (const guint8 *) associated, (int) strlen (associated)) == 1);
  g_assert (EVP_EncryptUpdate (context, sealed + NONCE, &length, data, (int) size) == 1);
  g_assert (EVP_EncryptFinal_ex (context, sealed + NONCE + length, &length) == 1);
  g_assert (EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_AEAD_GET_TAG, TAG, sealed + NONCE + size) == 1);
  EVP_CIPHER_CTX_free (context);
  return g_bytes_new_take (sealed, NONCE + size + TAG);
}

GBytes *
fake_phone_seal (const FakePhone *phone, guint8 type, gconstpointer data, gsize size)
{
  g_autoptr (GBytes) plain = fake_phone_wrap (type, data, size);

  return fake_phone_encrypt (phone, plain);
}

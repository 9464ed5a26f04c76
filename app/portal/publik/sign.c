/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/publik/sign.h"

#include <string.h>
#include <sys/random.h>

static char *
sign (const char *text, const char *key)
{
  enum { DIGEST_BYTES = 32 };
  GHmac *hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) key, strlen (key));
  guint8 digest[DIGEST_BYTES];
  gsize size = sizeof digest;

  g_hmac_update (hmac, (const guchar *) text, -1);
  g_hmac_get_digest (hmac, digest, &size);
  g_hmac_unref (hmac);
  return g_base64_encode (digest, size);
}

char *
pv_publik_sign_query (const char *query, const char *key, gint64 now_us, const char *nonce)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC);
  g_autofree char *timestamp = g_date_time_format (now, "%Y-%m-%dT%H%%3A%M%%3A%SZ");
  g_autofree char *text =
    g_strdup_printf ("%s%salgo=sha256&timestamp=%s&nonce=%s", query, *query != '\0' ? "&" : "", timestamp, nonce);
  g_autofree char *signature = sign (text, key);
  g_autofree char *escaped = g_uri_escape_string (signature, "/", FALSE);

  return g_strconcat (text, "&signature=", escaped, NULL);
}

char *
pv_publik_new_nonce (void)
{
  guint8 bytes[PV_PUBLIK_NONCE_BYTES];
  GString *nonce = g_string_sized_new (2 * sizeof bytes);

  /* Up to 256 bytes getrandom() neither fails nor gives less, once the kernel's pool is filled (getrandom(2)). */
  if (getrandom (bytes, sizeof bytes, 0) != (gssize) sizeof bytes)
    for (gsize i = 0; i < sizeof bytes; i++)
      bytes[i] = (guint8) g_random_int_range (0, 256);
  for (gsize i = 0; i < sizeof bytes; i++)
    g_string_append_printf (nonce, "%02x", bytes[i]);
  return g_string_free (nonce, FALSE);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "signer.h"

#include <string.h>

#define KEY "1234"

char *
signer_sign (const char *query)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) KEY, strlen (KEY));
  g_autofree char *base64 = NULL;
  g_autofree char *escaped = NULL;
  guint8 digest[32];
  gsize size = sizeof digest;

  g_hmac_update (hmac, (const guchar *) query, -1);
  g_hmac_get_digest (hmac, digest, &size);
  base64 = g_base64_encode (digest, size);
  escaped = g_uri_escape_string (base64, NULL, FALSE);
  return g_strconcat (query, "&signature=", escaped, NULL);
}

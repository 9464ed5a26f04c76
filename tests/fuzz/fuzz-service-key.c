/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first bytes of any stick, and what stands before a file for support. The key is the one of RFC 8032, 7.1, test 1, whose
 * secret everybody has: what stands behind the signature is read, too. */

#include <stdint.h>
#include <string.h>

#include "platform/service-key.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const keys[] = { "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", NULL };
  const PvServiceLockPlate plate = { .keys = keys, .commune = "58194", .kiosk = "hall" };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (PvServiceKey) key = pv_service_key_open (bytes, &plate, 1796097600, NULL);
  g_autofree char *sha256 = NULL;
  gsize length = 0;

  if (key != NULL) {
    g_assert (pv_service_key_is_one (bytes) && key->serial >= 1 && key->end_s > 1796097600);
    g_assert (pv_service_key_is_scope (key->scope));
    g_assert (strcmp (key->scope, "platform") == 0 || g_str_has_prefix (key->scope, "58194"));
  }
  if (pv_service_file_read_head (bytes, &length, &sha256))
    g_assert (length <= PV_SERVICE_FILE_MAX_BYTES && strlen (sha256) == 64);
  return 0;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/wipe.h"
#include "eid/pace-internal.h"
#include "eid/tlv.h"

enum {
  PUBLIC_KEY = 0x7F49,
  OID = 0x06,
  NUMBER = 0x84,
  POINT = 0x86,
};

void
pv_pace_decrypt_nonce (PvCipher cipher, const guint8 *secret, gsize secret_length, const guint8 *z, gsize length,
                       guint8 *ret_s)
{
  guint8 key[PV_CIPHER_MAX_KEY_BYTES];

  pv_kdf (cipher, secret, secret_length, 3, key);
  pv_cipher_decrypt (cipher, key, NULL, z, length, ret_s);
  pv_wipe_bytes (key, sizeof key);
}

/* MAC (KS_MAC, 7F49 { 06 oid, 84 or 86 key }): the MACs pad by themselves where they need it. */
void
pv_pace_token (const PvPaceInfo *info, gboolean is_ec, const guint8 *mac_key, const guint8 *public_key, gsize length,
               guint8 ret_token[PV_MAC_BYTES])
{
  g_auto (PvCardBytes) inner = { 0 };
  g_auto (PvCardBytes) whole = { 0 };

  pv_tlv_add (&inner, OID, info->oid, info->oid_length);
  pv_tlv_add (&inner, is_ec ? POINT : NUMBER, public_key, length);
  pv_tlv_add (&whole, PUBLIC_KEY, inner.data, inner.length);
  pv_mac (info->cipher, mac_key, whole.data, whole.length, ret_token);
}

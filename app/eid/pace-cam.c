/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/wipe.h"
#include "eid/pace-internal.h"

gboolean
pv_pace_decrypt_cam (PvCipher cipher, const guint8 *encryption_key, const guint8 *data, gsize length,
                     PvCardBytes *ret_ca)
{
  gsize block = pv_cipher_block_bytes (cipher), end;
  guint8 iv[PV_CIPHER_MAX_BLOCK_BYTES];
  guint8 *plain;

  if (length == 0 || length % block != 0 || length > PV_DOMAIN_MAX_KEY_BYTES)
    return FALSE;
  memset (iv, 0xFF, sizeof iv);
  pv_cipher_encrypt_block (cipher, encryption_key, iv, iv);
  plain = pv_card_bytes_reserve (ret_ca, length);
  pv_cipher_decrypt (cipher, encryption_key, iv, data, length, plain);
  for (end = length; end > length - block && plain[end - 1] == 0;)
    end--;
  if (end == length - block || plain[end - 1] != 0x80)
    return FALSE;
  ret_ca->length += end - 1;
  return end > 1;
}

/* Section 4.4.3.5.2. */
gboolean
pv_pace_check_cam (const PvPaceResult *result, const guint8 *key, gsize key_length)
{
  g_autoptr (PvDomain) domain = NULL;
  g_autoptr (PvElement) static_key = NULL;
  g_autoptr (PvElement) mapping_key = NULL;
  g_autoptr (PvElement) raised = NULL;
  g_autoptr (BIGNUM) ca = NULL;

  if (result->cam_data.length == 0 || result->mapping_key.length == 0
      || !pv_public_key_read (key, key_length, &domain, &static_key))
    return FALSE;
  if (!domain->is_ec || domain->id != result->parameter_id)
    return FALSE;
  mapping_key = pv_element_read (domain, result->mapping_key.data, result->mapping_key.length);
  ca = BN_bin2bn (result->cam_data.data, (int) result->cam_data.length, NULL);
  if (mapping_key == NULL || ca == NULL || BN_is_zero (ca) || BN_cmp (ca, domain->order) >= 0)
    return FALSE;
  raised = pv_element_raise (domain, static_key, ca);
  return raised != NULL && pv_element_equal (domain, raised, mapping_key);
}

void
pv_pace_result_clear (PvPaceResult *result)
{
  pv_card_bytes_clear (&result->cam_data);
  pv_card_bytes_clear (&result->mapping_key);
}

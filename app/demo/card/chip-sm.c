/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define OPENSSL_SUPPRESS_DEPRECATED

#include "demo/card/chip-sm.h"

#include <eac/eac.h>
#include <eac/objects.h>
#include <openssl/buffer.h>
#include <openssl/crypto.h>
#include <string.h>

#include "core/wipe.h"

struct PvChipSm {
  PvChipCipher cipher;
  EAC_CTX *eac;
  guint8 key[PV_CHIP_MAX_KEY_BYTES];
};

static BUF_MEM *
buffer (const guint8 *bytes, gsize length)
{
  BUF_MEM *memory = BUF_MEM_new ();

  BUF_MEM_grow (memory, length);
  if (length > 0)
    memcpy (memory->data, bytes, length);
  return memory;
}

PvChipSm *
pv_chip_sm_new (PvChipCipher cipher, const guint8 *encryption_key, const guint8 *mac_key, guint64 ssc)
{
  const int protocols[PV_N_CHIP_CIPHERS] = { NID_id_PACE_ECDH_GM_3DES_CBC_CBC, NID_id_PACE_ECDH_GM_AES_CBC_CMAC_128,
                                             NID_id_PACE_ECDH_GM_AES_CBC_CMAC_192,
                                             NID_id_PACE_ECDH_GM_AES_CBC_CMAC_256 };
  g_autoptr (PvChipSm) sm = g_new0 (PvChipSm, 1);

  sm->cipher = cipher;
  sm->eac = EAC_CTX_new ();
  memcpy (sm->key, encryption_key, pv_chip_key_bytes (cipher));
  /* The keys come from elsewhere: the context of a protocol of the same cipher takes them in. */
  if (sm->eac == NULL || EAC_CTX_init_pace (sm->eac, protocols[cipher], 12) != 1)
    return NULL;
  sm->eac->key_ctx = sm->eac->pace_ctx->ka_ctx;
  sm->eac->key_ctx->k_enc = buffer (encryption_key, pv_chip_key_bytes (cipher));
  sm->eac->key_ctx->k_mac = buffer (mac_key, pv_chip_key_bytes (cipher));
  if (EAC_set_ssc (sm->eac, ssc) != 1)
    return NULL;
  return g_steal_pointer (&sm);
}

void
pv_chip_sm_free (PvChipSm *sm)
{
  if (sm == NULL)
    return;
  if (sm->eac != NULL)
    sm->eac->key_ctx = NULL; /* it is the other context's, which is freed */
  EAC_CTX_clear_free (sm->eac);
  pv_wipe_bytes (sm->key, sizeof sm->key);
  g_free (sm);
}

const guint8 *
pv_chip_sm_get_key (const PvChipSm *sm, gsize *ret_length)
{
  *ret_length = pv_chip_key_bytes (sm->cipher);
  return sm->key;
}

static void
pad (const PvChipSm *sm, GByteArray *bytes)
{
  const guint8 mark = 0x80, zero = 0;

  g_byte_array_append (bytes, &mark, 1);
  while (bytes->len % pv_chip_block_bytes (sm->cipher) != 0)
    g_byte_array_append (bytes, &zero, 1);
}

static void
authenticate (PvChipSm *sm, const GByteArray *bytes, guint8 ret_mac[PV_CHIP_MAC_BYTES])
{
  BUF_MEM *input = buffer (bytes->data, bytes->len);
  BUF_MEM *mac = EAC_authenticate (sm->eac, input);

  memset (ret_mac, 0, PV_CHIP_MAC_BYTES);
  if (mac != NULL && mac->length == PV_CHIP_MAC_BYTES)
    memcpy (ret_mac, mac->data, PV_CHIP_MAC_BYTES);
  BUF_MEM_free (mac);
  BUF_MEM_free (input);
}

static gboolean
is_mac_right (PvChipSm *sm, const PvChipCommand *command, gsize objects_length, const guint8 *mac)
{
  const guint8 header[4] = { command->cla, command->ins, command->p1, command->p2 };
  g_autoptr (GByteArray) input = g_byte_array_new ();
  guint8 expected[PV_CHIP_MAC_BYTES];

  g_byte_array_append (input, header, sizeof header);
  pad (sm, input);
  if (objects_length > 0) {
    g_byte_array_append (input, command->data->data, (guint) objects_length);
    pad (sm, input);
  }
  authenticate (sm, input, expected);
  return CRYPTO_memcmp (expected, mac, sizeof expected) == 0;
}

/* Without the padding of method 2; FALSE: there is none. */
static gboolean
decrypt (PvChipSm *sm, const guint8 *cryptogram, gsize length, GByteArray *plain)
{
  BUF_MEM *input;
  BUF_MEM *padded;
  gsize end;
  gboolean is_right;

  if (length == 0 || length % pv_chip_block_bytes (sm->cipher) != 0)
    return FALSE;
  input = buffer (cryptogram, length);
  padded = EAC_decrypt (sm->eac, input);
  end = padded != NULL ? padded->length : 0;
  while (end > 0 && padded->data[end - 1] == 0)
    end--;
  is_right = end > 0 && (guint8) padded->data[end - 1] == 0x80;
  if (is_right)
    g_byte_array_append (plain, (const guint8 *) padded->data, (guint) end - 1);
  BUF_MEM_free (padded);
  BUF_MEM_free (input);
  return is_right;
}

static gboolean
read_expected (const guint8 *value, gsize length, guint *ret_expected)
{
  guint expected = 0;

  if (length != 1 && length != 2)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    expected = expected << 8 | value[i];
  *ret_expected = expected != 0 ? expected : length == 1 ? 256 : 65536;
  return TRUE;
}

guint16
pv_chip_sm_unwrap (PvChipSm *sm, PvChipCommand *command)
{
  const guint8 *objects = command->data->data;
  gsize length = command->data->len, value_length;
  gboolean is_odd = command->ins % 2 == 1;
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  const guint8 *mac, *value;
  guint expected = 0;

  EAC_increment_ssc (sm->eac);
  mac = pv_chip_find_tlv (objects, length, 0x8E, &value_length);
  if (mac == NULL || value_length != PV_CHIP_MAC_BYTES || mac + value_length != objects + length)
    return 0x6987;
  if (!is_mac_right (sm, command, (gsize) (mac - 2 - objects), mac))
    return 0x6988;
  value = pv_chip_find_tlv (objects, length, is_odd ? 0x85 : 0x87, &value_length);
  if (value != NULL) {
    gsize skipped = is_odd ? 0 : 1;

    if (value_length <= skipped || (!is_odd && value[0] != 1)
        || !decrypt (sm, value + skipped, value_length - skipped, plain))
      return 0x6988;
  }
  value = pv_chip_find_tlv (objects, length, 0x97, &value_length);
  if (value != NULL && !read_expected (value, value_length, &expected))
    return 0x6988;
  command->cla &= 0xF3;
  command->expected = expected;
  g_byte_array_unref (command->data);
  command->data = g_steal_pointer (&plain);
  return 0x9000;
}

static void
add_cryptogram (PvChipSm *sm, gboolean is_odd, PvChipFault fault, GByteArray *plain, GByteArray *objects)
{
  g_autoptr (GByteArray) value = g_byte_array_new ();
  const guint8 padding_mark = 1;
  BUF_MEM *input, *cryptogram;

  pad (sm, plain);
  if (fault == PV_CHIP_FAULT_BAD_PADDING) {
    memset (plain->data, 0, plain->len);
    plain->data[plain->len - 1] = 0x7F;
  }
  input = buffer (plain->data, plain->len);
  cryptogram = EAC_encrypt (sm->eac, input);
  g_assert (cryptogram != NULL);
  if (!is_odd)
    g_byte_array_append (value, &padding_mark, 1);
  g_byte_array_append (value, (const guint8 *) cryptogram->data, (guint) cryptogram->length);
  pv_chip_add_tlv (objects, is_odd ? 0x85 : 0x87, value->data, value->len);
  BUF_MEM_free (cryptogram);
  BUF_MEM_free (input);
}

void
pv_chip_sm_wrap (PvChipSm *sm, gboolean is_odd, PvChipFault fault, PvChipAnswer *answer)
{
  g_autoptr (GByteArray) objects = g_byte_array_new ();
  g_autoptr (GByteArray) input = g_byte_array_new ();
  guint8 sw[2] = { (guint8) (answer->sw >> 8), (guint8) answer->sw };
  guint8 mac[PV_CHIP_MAC_BYTES];

  EAC_increment_ssc (sm->eac);
  if (answer->data->len > 0)
    add_cryptogram (sm, is_odd, fault, answer->data, objects);
  if (fault == PV_CHIP_FAULT_SW_DIFFERS)
    sw[1] ^= 1;
  if (fault != PV_CHIP_FAULT_NO_DO99)
    pv_chip_add_tlv (objects, 0x99, sw, sizeof sw);
  g_byte_array_append (input, objects->data, objects->len);
  pad (sm, input);
  authenticate (sm, input, mac);
  if (fault == PV_CHIP_FAULT_WRONG_MAC)
    mac[0] ^= 1;
  pv_chip_add_tlv (objects, 0x8E, mac, sizeof mac);
  g_byte_array_unref (answer->data);
  answer->data = g_steal_pointer (&objects);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/sm.h"

#include <string.h>

#include "core/wipe.h"
#include "eid/error.h"
#include "eid/tlv.h"

enum {
  DO_CRYPTOGRAM_EVEN = 0x87, /* a first byte 01 says that it is padded */
  DO_CRYPTOGRAM_ODD = 0x85,
  DO_STATUS = 0x99,
  DO_EXPECTED = 0x97,
  DO_MAC = 0x8E,
  CLA_SECURED = 0x0C,
  HEADER = 4,
  MAC_OBJECT = 2 + PV_MAC_BYTES,
  STATUS_OBJECT = 4,
  /* counter, header, objects and padding of the longest message either way */
  WORK_BYTES = PV_APDU_MAX_ANSWER_BYTES + 4 * PV_CIPHER_MAX_BLOCK_BYTES,
};

struct PvSm {
  guint8 encryption_key[PV_CIPHER_MAX_KEY_BYTES];
  guint8 mac_key[PV_CIPHER_MAX_KEY_BYTES];
  guint8 counter[PV_CIPHER_MAX_BLOCK_BYTES];
  PvCipher cipher;
  gboolean is_over;
  guint8 work[WORK_BYTES];
};

PvSm *
pv_sm_new (PvCipher cipher, const guint8 *encryption_key, const guint8 *mac_key, const guint8 *ssc)
{
  PvSm *sm = (PvSm *) (void *) pv_card_alloc (sizeof (PvSm));

  sm->cipher = cipher;
  memcpy (sm->encryption_key, encryption_key, pv_cipher_key_bytes (cipher));
  memcpy (sm->mac_key, mac_key, pv_cipher_key_bytes (cipher));
  if (ssc != NULL)
    memcpy (sm->counter, ssc, pv_cipher_block_bytes (cipher));
  return sm;
}

void
pv_sm_free (PvSm *sm)
{
  if (sm != NULL)
    pv_card_free ((guint8 *) sm);
}

PvCipher
pv_sm_get_cipher (const PvSm *sm)
{
  return sm->cipher;
}

/* Whatever went wrong, nothing more is said under these keys. */
static gboolean
end (PvSm *sm, PvCardError code, const char *message, GError **error)
{
  pv_wipe_bytes (sm->encryption_key, sizeof sm->encryption_key);
  pv_wipe_bytes (sm->mac_key, sizeof sm->mac_key);
  pv_wipe_bytes (sm->counter, sizeof sm->counter);
  pv_wipe_bytes (sm->work, sizeof sm->work);
  sm->is_over = TRUE;
  g_set_error_literal (error, PV_CARD_ERROR, (gint) code, message);
  return FALSE;
}

static void
count (PvSm *sm)
{
  for (gsize i = pv_cipher_block_bytes (sm->cipher); i > 0 && ++sm->counter[i - 1] == 0; i--)
    ;
}

static gsize
padded (PvCipher cipher, gsize length)
{
  gsize block = pv_cipher_block_bytes (cipher);

  return (length / block + 1) * block;
}

/* Padding method 2 of ISO/IEC 9797-1. @data has room for one more block. */
static void
pad (PvCipher cipher, guint8 *data, gsize length)
{
  data[length] = 0x80;
  memset (data + length + 1, 0, padded (cipher, length) - length - 1);
}

/* Over the first @length bytes of work, which begin with the counter. The retail MAC pads by itself, CMAC does not. */
static void
sign (PvSm *sm, gsize length, guint8 ret_mac[PV_MAC_BYTES])
{
  if (sm->cipher != PV_CIPHER_3DES) {
    pad (sm->cipher, sm->work, length);
    length = padded (sm->cipher, length);
  }
  pv_mac (sm->cipher, sm->mac_key, sm->work, length, ret_mac);
}

static void
run_cipher (PvSm *sm, gboolean is_encryption, const guint8 *data, gsize length, guint8 *ret_data)
{
  guint8 iv[PV_CIPHER_MAX_BLOCK_BYTES] = { 0 }; /* 3DES: zero */

  if (sm->cipher != PV_CIPHER_3DES)
    pv_cipher_encrypt_block (sm->cipher, sm->encryption_key, sm->counter, iv);
  if (is_encryption)
    pv_cipher_encrypt (sm->cipher, sm->encryption_key, iv, data, length, ret_data);
  else
    pv_cipher_decrypt (sm->cipher, sm->encryption_key, iv, data, length, ret_data);
  pv_wipe_bytes (iv, sizeof iv);
}

static gsize
put_length (guint8 *at, gsize length)
{
  if (length < 0x80) {
    at[0] = (guint8) length;
    return 1;
  }
  if (length <= 0xFF) {
    at[0] = 0x81;
    at[1] = (guint8) length;
    return 2;
  }
  at[0] = 0x82;
  at[1] = (guint8) (length >> 8);
  at[2] = (guint8) length;
  return 3;
}

/* The data of @apdu as an object at @at; returns its length. */
static gsize
put_cryptogram (PvSm *sm, const PvApdu *apdu, guint8 *at)
{
  gboolean is_odd = (apdu->ins & 1) != 0;
  gsize length = padded (sm->cipher, apdu->length), used = 1;

  at[0] = is_odd ? DO_CRYPTOGRAM_ODD : DO_CRYPTOGRAM_EVEN;
  used += put_length (at + used, length + (is_odd ? 0 : 1));
  if (!is_odd)
    at[used++] = 0x01;
  memcpy (at + used, apdu->data, apdu->length);
  pad (sm->cipher, at + used, apdu->length);
  run_cipher (sm, TRUE, at + used, length, at + used);
  return used + length;
}

static gsize
put_expected (const PvApdu *apdu, guint8 *at)
{
  gsize bytes = apdu->expected > 256 ? 2 : 1;

  at[0] = DO_EXPECTED;
  at[1] = (guint8) bytes;
  if (bytes == 2)
    at[2] = (guint8) (apdu->expected >> 8);
  at[1 + bytes] = (guint8) apdu->expected;
  return 2 + bytes;
}

gboolean
pv_sm_wrap (PvSm *sm, const PvApdu *apdu, guint8 *ret_command, gsize size, gsize *ret_length, GError **error)
{
  gsize block = pv_cipher_block_bytes (sm->cipher);
  guint8 *header = sm->work + block, *body = header + block;
  guint8 mac[PV_MAC_BYTES];
  gsize length = 0;
  PvApdu secured;

  if (sm->is_over)
    return end (sm, PV_CARD_ERROR_BAD_DATA, "the secured channel is over", error);
  if (apdu->length > PV_APDU_MAX_COMMAND_BYTES || apdu->expected > 65536)
    return end (sm, PV_CARD_ERROR_BAD_DATA, "a command is too long to be secured", error);
  count (sm);
  secured = (PvApdu){ (guint8) (apdu->cla | CLA_SECURED), apdu->ins, apdu->p1, apdu->p2, body, 0, 0 };
  memcpy (sm->work, sm->counter, block);
  memcpy (header, (const guint8[]){ secured.cla, secured.ins, secured.p1, secured.p2 }, HEADER);
  pad (sm->cipher, header, HEADER);
  if (apdu->length > 0)
    length += put_cryptogram (sm, apdu, body);
  if (apdu->expected > 0)
    length += put_expected (apdu, body + length);
  sign (sm, length > 0 ? 2 * block + length : block + HEADER, mac);
  memcpy (body + length, (const guint8[]){ DO_MAC, PV_MAC_BYTES }, 2);
  memcpy (body + length + 2, mac, PV_MAC_BYTES);
  secured.length = length + MAC_OBJECT;
  secured.expected = secured.length > 255 || apdu->expected > 256 ? 65536 : 256;
  if (!pv_apdu_encode (&secured, ret_command, size, ret_length))
    return end (sm, PV_CARD_ERROR_BAD_DATA, "no room for a secured command", error);
  pv_wipe_bytes (sm->work, sizeof sm->work);
  return TRUE;
}

/* A bare status word. Some say that the card lost the keys, as after a short loss of power. */
static gboolean
end_for_plain (PvSm *sm, const guint8 *answer, gsize length, GError **error)
{
  guint16 sw = length == 2 ? (guint16) (answer[0] << 8 | answer[1]) : 0;

  if (sw == PV_SW_SM_MISSING || sw == PV_SW_SM_WRONG || sw == PV_SW_SM_UNSUPPORTED)
    return end (sm, PV_CARD_ERROR_LOST, "the card lost the secured channel", error);
  return end (sm, PV_CARD_ERROR_BAD_DATA, "the card answers outside the secured channel", error);
}

/* @objects: in front of the MAC, which was right. */
static gboolean
read_objects (PvTlvReader objects, gboolean is_odd, PvTlv *ret_cryptogram, PvTlv *ret_status)
{
  *ret_cryptogram = (PvTlv){ 0 };
  (void) pv_tlv_expect (&objects, is_odd ? DO_CRYPTOGRAM_ODD : DO_CRYPTOGRAM_EVEN, ret_cryptogram);
  return pv_tlv_expect (&objects, DO_STATUS, ret_status) && ret_status->length == 2 && pv_tlv_is_done (&objects);
}

/* Into work; its length without the padding. */
static gboolean
decrypt (PvSm *sm, gboolean is_odd, const PvTlv *cryptogram, gsize *ret_length)
{
  gsize block = pv_cipher_block_bytes (sm->cipher);
  gsize skip = is_odd ? 0 : 1, length, end_of_data;

  if (cryptogram->length <= skip || (skip == 1 && cryptogram->value[0] != 0x01))
    return FALSE;
  length = cryptogram->length - skip;
  if (length % block != 0)
    return FALSE;
  run_cipher (sm, FALSE, cryptogram->value + skip, length, sm->work);
  for (end_of_data = length; end_of_data > length - block && sm->work[end_of_data - 1] == 0;)
    end_of_data--;
  if (end_of_data == length - block || sm->work[end_of_data - 1] != 0x80)
    return FALSE;
  *ret_length = end_of_data - 1;
  return TRUE;
}

gboolean
pv_sm_unwrap (PvSm *sm, gboolean is_odd, const guint8 *answer, gsize length, guint8 *ret_data, gsize size,
              gsize *ret_length, guint16 *ret_sw, GError **error)
{
  gsize block = pv_cipher_block_bytes (sm->cipher), objects, plain = 0;
  PvTlv cryptogram, status;
  guint8 mac[PV_MAC_BYTES];

  if (sm->is_over)
    return end (sm, PV_CARD_ERROR_BAD_DATA, "the secured channel is over", error);
  if (length < STATUS_OBJECT + MAC_OBJECT + 2 || length > PV_APDU_MAX_ANSWER_BYTES)
    return end_for_plain (sm, answer, length, error);
  count (sm);
  objects = length - 2 - MAC_OBJECT;
  memcpy (sm->work, sm->counter, block);
  memcpy (sm->work + block, answer, objects);
  sign (sm, block + objects, mac);
  if (answer[objects] != DO_MAC || answer[objects + 1] != PV_MAC_BYTES
      || !pv_bytes_equal (answer + objects + 2, mac, PV_MAC_BYTES))
    return end (sm, PV_CARD_ERROR_BAD_DATA, "an answer of the card is not signed right", error);
  if (!read_objects ((PvTlvReader){ answer, objects }, is_odd, &cryptogram, &status)
      || memcmp (status.value, answer + length - 2, 2) != 0)
    return end (sm, PV_CARD_ERROR_BAD_DATA, "a secured answer of the card is malformed", error);
  if (cryptogram.tag != 0 && !decrypt (sm, is_odd, &cryptogram, &plain))
    return end (sm, PV_CARD_ERROR_BAD_DATA, "a secured answer of the card is padded wrong", error);
  if (plain > size)
    return end (sm, PV_CARD_ERROR_BAD_DATA, "an answer of the card is longer than asked for", error);
  if (plain > 0)
    memcpy (ret_data, sm->work, plain);
  *ret_length = plain;
  *ret_sw = (guint16) (status.value[0] << 8 | status.value[1]);
  pv_wipe_bytes (sm->work, sizeof sm->work);
  return TRUE;
}

gsize
pv_sm_max_data_in_answer (PvCipher cipher, gsize answer_bytes)
{
  gsize block = pv_cipher_block_bytes (cipher), best = 0;
  guint8 unused[4];

  for (gsize cryptogram = block;; cryptogram += block) {
    gsize whole = 1 + put_length (unused, cryptogram + 1) + 1 + cryptogram + STATUS_OBJECT + MAC_OBJECT + 2;

    if (whole > answer_bytes || cryptogram > 0xFF00)
      return best;
    best = cryptogram - 1; /* one byte of padding at least */
  }
}

gsize
pv_sm_max_data_in_command (PvCipher cipher, gsize command_bytes)
{
  gsize block = pv_cipher_block_bytes (cipher), best = 0;
  guint8 unused[4];

  for (gsize cryptogram = block;; cryptogram += block) {
    gsize body = 1 + put_length (unused, cryptogram + 1) + 1 + cryptogram + 4 + MAC_OBJECT;
    gsize whole = HEADER + (body > 255 ? 3 + 2 : 1 + 1) + body;

    if (whole > command_bytes || cryptogram > 0xFF00)
      return best;
    best = cryptogram - 1;
  }
}

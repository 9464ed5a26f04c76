/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chip-terminal.h"

#include <openssl/rand.h>
#include <string.h>

#include "demo/card/chip-command.h"

guint16
chip_terminal_send_plain (ChipTerminal *self, const guint8 *command, gsize length)
{
  gsize answer_length = pv_chip_transmit (self->chip, command, length, self->data, sizeof self->data);

  self->length = answer_length - 2;
  self->sw = (guint16) (self->data[answer_length - 2] << 8 | self->data[answer_length - 1]);
  return self->sw;
}

guint16
chip_terminal_send_hex (ChipTerminal *self, const char *hex)
{
  guint8 command[4096];
  gsize length = strlen (hex) / 2;

  g_assert (length <= sizeof command);
  for (gsize i = 0; i < length; i++)
    command[i] = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  return chip_terminal_send_plain (self, command, length);
}

static void
add_body (GByteArray *command, const guint8 *data, gsize length, guint expected, gboolean is_extended)
{
  const guint8 lengths[3] = { 0, (guint8) (length >> 8), (guint8) length };
  const guint8 wanted[3] = { 0, (guint8) (expected >> 8), (guint8) expected };

  if (length > 0) {
    g_byte_array_append (command, is_extended ? lengths : lengths + 2, is_extended ? 3 : 1);
    g_byte_array_append (command, data, (guint) length);
  }
  if (expected > 0 && is_extended)
    g_byte_array_append (command, length > 0 ? wanted + 1 : wanted, length > 0 ? 2 : 3);
  else if (expected > 0)
    g_byte_array_append (command, wanted + 2, 1);
}

static void
count (ChipTerminal *self)
{
  for (gsize i = pv_chip_block_bytes (self->cipher); i-- > 0 && ++self->ssc[i] == 0;)
    ;
}

static void
pad (const ChipTerminal *self, GByteArray *bytes)
{
  const guint8 mark = 0x80, zero = 0;

  g_byte_array_append (bytes, &mark, 1);
  while (bytes->len % pv_chip_block_bytes (self->cipher) != 0)
    g_byte_array_append (bytes, &zero, 1);
}

static const guint8 *
vector (const ChipTerminal *self, guint8 *store)
{
  if (self->cipher == PV_CHIP_3DES)
    return NULL;
  pv_chip_encrypt (self->cipher, self->encryption_key, NULL, self->ssc, 16, store);
  return store;
}

/* Over what is already padded but for the last block, where the retail MAC pads by itself. */
static void
authenticate (const ChipTerminal *self, const GByteArray *header, const GByteArray *objects, guint8 *ret_mac)
{
  g_autoptr (GByteArray) input = g_byte_array_new ();

  g_byte_array_append (input, self->ssc, (guint) pv_chip_block_bytes (self->cipher));
  if (header != NULL) {
    g_byte_array_append (input, header->data, header->len);
    if (objects->len > 0 || self->cipher != PV_CHIP_3DES)
      pad (self, input);
  }
  if (objects->len > 0 || header == NULL) {
    g_byte_array_append (input, objects->data, objects->len);
    if (self->cipher != PV_CHIP_3DES)
      pad (self, input);
  }
  pv_chip_mac (self->cipher, self->mac_key, input->data, input->len, ret_mac);
}

static void
add_cryptogram (const ChipTerminal *self, gboolean is_odd, const guint8 *data, gsize length, GByteArray *objects)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autoptr (GByteArray) value = g_byte_array_new ();
  const guint8 mark = 1;
  guint8 iv[16];
  const guint8 *v = vector (self, iv);

  g_byte_array_append (plain, data, (guint) length);
  pad (self, plain);
  pv_chip_encrypt (self->cipher, self->encryption_key, v, plain->data, plain->len, plain->data);
  if (!is_odd)
    g_byte_array_append (value, &mark, 1);
  g_byte_array_append (value, plain->data, plain->len);
  pv_chip_add_tlv (objects, is_odd ? 0x85 : 0x87, value->data, value->len);
}

/* 0: something is wrong with it. */
static guint16
open_answer (ChipTerminal *self, gboolean is_odd)
{
  g_autoptr (GByteArray) signed_objects = g_byte_array_new ();
  guint8 mac[8], iv[16];
  gsize length, mac_length, sw_length, skipped = is_odd ? 0 : 1;
  const guint8 *their_mac = pv_chip_find_tlv (self->data, self->length, 0x8E, &mac_length);
  const guint8 *sw = pv_chip_find_tlv (self->data, self->length, 0x99, &sw_length);
  const guint8 *value = pv_chip_find_tlv (self->data, self->length, is_odd ? 0x85 : 0x87, &length);

  count (self);
  if (their_mac == NULL || mac_length != 8 || sw == NULL || sw_length != 2 || (sw[0] << 8 | sw[1]) != self->sw)
    return 0;
  g_byte_array_append (signed_objects, self->data, (guint) (their_mac - 2 - self->data));
  authenticate (self, NULL, signed_objects, mac);
  if (memcmp (mac, their_mac, sizeof mac) != 0)
    return 0;
  if (value == NULL) {
    self->length = 0;
    return self->sw;
  }
  length -= skipped;
  pv_chip_decrypt (self->cipher, self->encryption_key, vector (self, iv), value + skipped, length, self->data);
  while (length > 0 && self->data[length - 1] == 0)
    length--;
  if (length == 0 || self->data[length - 1] != 0x80)
    return 0;
  self->length = length - 1;
  return self->sw;
}

guint16
chip_terminal_send (ChipTerminal *self, const guint8 header[4], const guint8 *data, gsize length, guint expected)
{
  g_autoptr (GByteArray) command = g_byte_array_new ();
  g_autoptr (GByteArray) objects = g_byte_array_new ();
  gboolean is_odd = header[1] % 2 == 1, is_extended = length > 255 || expected > 256;
  const guint8 wanted[2] = { (guint8) (expected >> 8), (guint8) expected };
  guint8 mac[8];

  g_byte_array_append (command, header, 4);
  if (!self->is_secured) {
    add_body (command, data, length, expected, is_extended);
    return chip_terminal_send_plain (self, command->data, command->len);
  }
  command->data[0] |= 0x0C;
  count (self);
  if (length > 0)
    add_cryptogram (self, is_odd, data, length, objects);
  if (expected > 0)
    pv_chip_add_tlv (objects, 0x97, is_extended ? wanted : wanted + 1, is_extended ? 2 : 1);
  authenticate (self, command, objects, mac);
  pv_chip_add_tlv (objects, 0x8E, mac, sizeof mac);
  is_extended = is_extended || objects->len > 255;
  add_body (command, objects->data, objects->len, is_extended ? 65536 : 256, is_extended);
  chip_terminal_send_plain (self, command->data, command->len);
  return open_answer (self, is_odd);
}

guint16
chip_terminal_select_application (ChipTerminal *self)
{
  static const guint8 header[4] = { 0x00, 0xA4, 0x04, 0x0C };
  static const guint8 id[] = { 0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01 };

  return chip_terminal_send (self, header, id, sizeof id, 0);
}

guint16
chip_terminal_read (ChipTerminal *self, guint short_id, guint step)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  guint8 header[4] = { 0x00, 0xB0, (guint8) (0x80 | short_id), 0x00 };
  guint16 sw = chip_terminal_send (self, header, NULL, 0, step);

  while (sw == 0x9000 && self->length == step && file->len < 0x7FFF - step) {
    g_byte_array_append (file, self->data, (guint) self->length);
    header[2] = (guint8) (file->len >> 8);
    header[3] = (guint8) file->len;
    sw = chip_terminal_send (self, header, NULL, 0, step);
  }
  if (sw != 0x9000 && sw != 0x6282 && !(sw == 0x6B00 && file->len > 0))
    return sw;
  if (sw != 0x6B00)
    g_byte_array_append (file, self->data, (guint) self->length);
  if (file->len > 0)
    memcpy (self->data, file->data, file->len);
  self->length = file->len;
  return 0x9000;
}

/* GENERAL AUTHENTICATE with one object in DO 7C; the value of the answer's object @answer_tag, NULL: none. */
static GBytes *
authenticate_step (ChipTerminal *self, gboolean is_last, guint tag, GBytes *value, guint answer_tag)
{
  const guint8 header[4] = { is_last ? 0x00 : 0x10, 0x86, 0x00, 0x00 };
  g_autoptr (GByteArray) data = g_byte_array_new ();
  GByteArray *inner = g_byte_array_new ();
  gsize length;
  const guint8 *content;

  if (value != NULL)
    pv_chip_add_tlv (inner, tag, g_bytes_get_data (value, NULL), g_bytes_get_size (value));
  pv_chip_add_tlv_of (data, 0x7C, inner);
  if (chip_terminal_send (self, header, data->data, data->len, data->len > 255 ? 65536 : 256) != 0x9000)
    return NULL;
  content = pv_chip_find_tlv (self->data, self->length, 0x7C, &length);
  if (content == NULL || answer_tag == 0)
    return content != NULL ? g_bytes_new (content, length) : NULL;
  content = pv_chip_find_tlv (content, length, answer_tag, &length);
  return content != NULL ? g_bytes_new (content, length) : g_bytes_new (NULL, 0);
}

static guint16
set_pace (ChipTerminal *self, const PvChipPaceOffer *offer, gboolean with_parameter, gboolean is_can)
{
  static const guint8 header[4] = { 0x00, 0x22, 0xC1, 0xA4 };
  g_autoptr (GByteArray) data = g_byte_array_new ();
  const guint8 reference = is_can ? 2 : 1, parameter = (guint8) offer->parameter_id;
  guint8 oid[PV_CHIP_PACE_OID_BYTES];

  pv_chip_pace_oid (offer, oid);
  pv_chip_add_tlv (data, 0x80, oid, sizeof oid);
  pv_chip_add_tlv (data, 0x83, &reference, 1);
  if (with_parameter)
    pv_chip_add_tlv (data, 0x84, &parameter, 1);
  return chip_terminal_send (self, header, data->data, data->len, 0);
}

static void
begin_session (ChipTerminal *self, PvChipCipher cipher, GBytes *shared)
{
  gsize length;
  const guint8 *secret = g_bytes_get_data (shared, &length);

  self->cipher = cipher;
  pv_chip_kdf (cipher, secret, length, 1, self->encryption_key);
  pv_chip_kdf (cipher, secret, length, 2, self->mac_key);
  memset (self->ssc, 0, sizeof self->ssc);
}

static GBytes *
token_over (const ChipTerminal *self, const PvChipPaceOffer *offer, GBytes *key)
{
  g_autoptr (GByteArray) input = g_byte_array_new ();
  GByteArray *inner = g_byte_array_new ();
  guint8 oid[PV_CHIP_PACE_OID_BYTES], token[8];

  pv_chip_pace_oid (offer, oid);
  pv_chip_add_tlv (inner, 0x06, oid, sizeof oid);
  pv_chip_add_tlv (inner, offer->parameter_id >= 8 ? 0x86 : 0x84, g_bytes_get_data (key, NULL), g_bytes_get_size (key));
  pv_chip_add_tlv_of (input, 0x7F49, inner);
  pv_chip_mac (offer->cipher, self->mac_key, input->data, input->len, token);
  return g_bytes_new (token, sizeof token);
}

static GBytes *
decrypt_nonce (const PvChipPaceOffer *offer, GBytes *secret, GBytes *cryptogram)
{
  guint8 key[PV_CHIP_MAX_KEY_BYTES], nonce[32];
  gsize length = g_bytes_get_size (cryptogram);

  g_assert (length <= sizeof nonce);
  pv_chip_kdf (offer->cipher, g_bytes_get_data (secret, NULL), g_bytes_get_size (secret), 3, key);
  pv_chip_decrypt (offer->cipher, key, NULL, g_bytes_get_data (cryptogram, NULL), length, nonce);
  return g_bytes_new (nonce, length);
}

/* The new generator. */
static GBytes *
map (ChipTerminal *self, const PvChipPaceOffer *offer, const PvChipGroup *group, GBytes *nonce)
{
  g_auto (PvChipKey) key = { 0 };
  g_autoptr (GBytes) theirs = NULL;

  if (offer->mapping == PV_CHIP_DH_IM || offer->mapping == PV_CHIP_ECDH_IM) {
    guint8 other[PV_CHIP_MAX_KEY_BYTES];
    g_autoptr (GBytes) own = NULL;

    RAND_bytes (other, (int) pv_chip_other_nonce_bytes (offer->cipher));
    own = g_bytes_new (other, pv_chip_other_nonce_bytes (offer->cipher));
    theirs = authenticate_step (self, FALSE, 0x81, own, 0x82);
    return theirs != NULL ? pv_chip_map_integrated (group, offer->cipher, nonce, own) : NULL;
  }
  if (!pv_chip_group_make_key (group, NULL, &key))
    return NULL;
  theirs = authenticate_step (self, FALSE, 0x81, key.public, 0x82);
  if (theirs == NULL)
    return NULL;
  self->chip_mapping_key_length = MIN (g_bytes_get_size (theirs), sizeof self->chip_mapping_key);
  memcpy (self->chip_mapping_key, g_bytes_get_data (theirs, NULL), self->chip_mapping_key_length);
  return pv_chip_map_generic (group, nonce, key.secret, theirs);
}

static void
keep_cam (ChipTerminal *self)
{
  gsize length, content_length;
  const guint8 *content = pv_chip_find_tlv (self->data, self->length, 0x7C, &content_length);
  const guint8 *value = pv_chip_find_tlv (content, content_length, 0x8A, &length);
  guint8 iv[16];

  if (value == NULL || length > sizeof self->cam)
    return;
  memset (iv, 0xFF, sizeof iv);
  pv_chip_encrypt (self->cipher, self->encryption_key, NULL, iv, sizeof iv, iv);
  pv_chip_decrypt (self->cipher, self->encryption_key, iv, value, length, self->cam);
  self->cam_length = length;
}

static guint16
agree (ChipTerminal *self, const PvChipPaceOffer *offer, const PvChipGroup *group, GBytes *generator)
{
  g_auto (PvChipKey) key = { 0 };
  g_autoptr (GBytes) theirs = NULL;
  g_autoptr (GBytes) shared = NULL;
  g_autoptr (GBytes) token = NULL;
  g_autoptr (GBytes) expected = NULL;
  g_autoptr (GBytes) answer = NULL;

  if (!pv_chip_group_make_key (group, generator, &key))
    return 0;
  theirs = authenticate_step (self, FALSE, 0x83, key.public, 0x84);
  shared = theirs != NULL ? pv_chip_group_agree (group, key.secret, theirs) : NULL;
  if (shared == NULL)
    return 0;
  begin_session (self, offer->cipher, shared);
  token = token_over (self, offer, theirs);
  expected = token_over (self, offer, key.public);
  answer = authenticate_step (self, TRUE, 0x85, token, 0x86);
  if (answer == NULL)
    return self->sw;
  if (!g_bytes_equal (answer, expected))
    return 0;
  keep_cam (self);
  self->is_secured = TRUE;
  return self->sw;
}

guint16
chip_terminal_pace (ChipTerminal *self, const PvChipPaceOffer *offer, gboolean with_parameter, gboolean is_can,
                    GBytes *secret)
{
  g_autoptr (PvChipGroup) group = pv_chip_group_new (offer->parameter_id);
  g_autoptr (GBytes) cryptogram = NULL;
  g_autoptr (GBytes) nonce = NULL;
  g_autoptr (GBytes) generator = NULL;

  self->cam_length = 0;
  if (set_pace (self, offer, with_parameter, is_can) != 0x9000 && (self->sw & 0xFFF0) != 0x63C0)
    return self->sw;
  cryptogram = authenticate_step (self, FALSE, 0, NULL, 0x80);
  if (cryptogram == NULL)
    return self->sw;
  nonce = decrypt_nonce (offer, secret, cryptogram);
  generator = map (self, offer, group, nonce);
  return generator != NULL ? agree (self, offer, group, generator) : self->sw;
}

guint16
chip_terminal_bac (ChipTerminal *self, const char *mrz_information)
{
  static const guint8 get_challenge[4] = { 0x00, 0x84, 0x00, 0x00 };
  static const guint8 external_authenticate[4] = { 0x00, 0x82, 0x00, 0x00 };
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 hash[20], encryption_key[32], mac_key[32], body[40], seed[16], answer[32];
  gsize length = sizeof hash;
  g_autoptr (GBytes) shared = NULL;

  g_checksum_update (sum, (const guint8 *) mrz_information, -1);
  g_checksum_get_digest (sum, hash, &length);
  pv_chip_kdf (PV_CHIP_3DES, hash, 16, 1, encryption_key);
  pv_chip_kdf (PV_CHIP_3DES, hash, 16, 2, mac_key);
  if (chip_terminal_send (self, get_challenge, NULL, 0, 8) != 0x9000)
    return self->sw;
  RAND_bytes (body, 32);
  memcpy (body + 8, self->data, 8);
  memcpy (seed, body + 16, 16);
  memcpy (self->ssc, body + 8 + 4, 4);
  memcpy (self->ssc + 4, body + 4, 4);
  pv_chip_encrypt (PV_CHIP_3DES, encryption_key, NULL, body, 32, body);
  pv_chip_mac (PV_CHIP_3DES, mac_key, body, 32, body + 32);
  if (chip_terminal_send (self, external_authenticate, body, sizeof body, 40) != 0x9000)
    return self->sw;
  pv_chip_decrypt (PV_CHIP_3DES, encryption_key, NULL, self->data, 32, answer);
  for (gsize i = 0; i < sizeof seed; i++)
    seed[i] ^= answer[16 + i];
  self->cipher = PV_CHIP_3DES;
  pv_chip_kdf (PV_CHIP_3DES, seed, sizeof seed, 1, self->encryption_key);
  pv_chip_kdf (PV_CHIP_3DES, seed, sizeof seed, 2, self->mac_key);
  self->is_secured = TRUE;
  return self->sw;
}

guint16
chip_terminal_chip_authentication (ChipTerminal *self, const guint8 *oid, PvChipCipher cipher, int parameter_id,
                                   GBytes *chip_key, gboolean by_kat)
{
  const guint8 header[4] = { 0x00, 0x22, 0x41, by_kat ? 0xA6 : 0xA4 };
  g_autoptr (PvChipGroup) group = pv_chip_group_new (parameter_id);
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_auto (PvChipKey) key = { 0 };
  g_autoptr (GBytes) shared = NULL;
  g_autoptr (GBytes) answer = NULL;

  pv_chip_group_make_key (group, NULL, &key);
  if (by_kat)
    pv_chip_add_tlv (data, 0x91, g_bytes_get_data (key.public, NULL), g_bytes_get_size (key.public));
  else
    pv_chip_add_tlv (data, 0x80, oid, 10);
  if (chip_terminal_send (self, header, data->data, data->len, 0) != 0x9000)
    return self->sw;
  if (!by_kat) {
    answer = authenticate_step (self, TRUE, 0x80, key.public, 0);
    if (answer == NULL)
      return self->sw;
  }
  shared = pv_chip_group_agree (group, key.secret, chip_key);
  if (shared == NULL)
    return 0;
  begin_session (self, cipher, shared);
  return self->sw;
}

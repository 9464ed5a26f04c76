/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/chip-parts.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <string.h>

#include "core/wipe.h"

/* BAC and PACE, as APDUs (ICAO Doc 9303-11, sections 4.3 and 4.4.4). */

enum {
  BAC_KEY_SHARE = 16,
  BAC_BODY = 32,
  BAC_DATA = BAC_BODY + PV_CHIP_MAC_BYTES,
  REFERENCE_MRZ = 1,
  REFERENCE_CAN = 2,
  P1_PACE = 0xC1,
  P1_COMPUTE = 0x41,
  P2_AUTHENTICATE = 0xA4,
  P2_KEY_AGREEMENT = 0xA6,
};

guint16
pv_chip_note_wrong_code (PvChip *chip)
{
  chip->n_wrong++;
  chip->n_wrong_in_row++;
  if (chip->text->tries == 0)
    return 0x6300;
  return (guint16) (0x63C0 | (MAX (chip->text->tries, chip->n_wrong_in_row) - chip->n_wrong_in_row));
}

static gboolean
is_blocked (const PvChip *chip)
{
  return chip->text->tries > 0 && chip->n_wrong_in_row >= chip->text->tries;
}

guint16
pv_chip_get_challenge (PvChip *chip, const PvChipCommand *command, GByteArray *data)
{
  if (!chip->is_in_application || !chip->text->has_bac)
    return 0x6D00;
  if (command->expected != PV_CHIP_BAC_RANDOM && command->expected != 256)
    return 0x6700;
  if (RAND_bytes (chip->challenge, sizeof chip->challenge) != 1)
    return 0x6F00;
  chip->has_challenge = TRUE;
  g_byte_array_append (data, chip->challenge, sizeof chip->challenge);
  return 0x9000;
}

static void
bac_keys (const PvChip *chip, guint8 *ret_encryption_key, guint8 *ret_mac_key)
{
  const guint8 *seed = g_bytes_get_data (chip->mrz_secret, NULL);

  pv_chip_kdf (PV_CHIP_3DES, seed, BAC_KEY_SHARE, 1, ret_encryption_key);
  pv_chip_kdf (PV_CHIP_3DES, seed, BAC_KEY_SHARE, 2, ret_mac_key);
}

/* @theirs: RND.IFD, RND.IC, K.IFD. The session of secure messaging begins after the answer. */
static guint16
agree_bac (PvChip *chip, const guint8 theirs[BAC_BODY], GByteArray *data)
{
  guint8 encryption_key[PV_CHIP_MAX_KEY_BYTES], mac_key[PV_CHIP_MAX_KEY_BYTES];
  guint8 body[BAC_BODY], seed[BAC_KEY_SHARE], mac[PV_CHIP_MAC_BYTES];
  guint64 ssc = 0;

  memcpy (body, chip->challenge, 8);
  memcpy (body + 8, theirs, 8);
  if (RAND_bytes (body + 16, BAC_KEY_SHARE) != 1)
    return 0x6F00;
  for (gsize i = 0; i < sizeof seed; i++)
    seed[i] = body[16 + i] ^ theirs[16 + i];
  for (gsize i = 4; i < 8; i++)
    ssc = ssc << 8 | chip->challenge[i];
  for (gsize i = 4; i < 8; i++)
    ssc = ssc << 8 | theirs[i];
  bac_keys (chip, encryption_key, mac_key);
  pv_chip_encrypt (PV_CHIP_3DES, encryption_key, NULL, body, sizeof body, body);
  pv_chip_mac (PV_CHIP_3DES, mac_key, body, sizeof body, mac);
  g_byte_array_append (data, body, sizeof body);
  g_byte_array_append (data, mac, sizeof mac);
  pv_chip_kdf (PV_CHIP_3DES, seed, sizeof seed, 1, encryption_key);
  pv_chip_kdf (PV_CHIP_3DES, seed, sizeof seed, 2, mac_key);
  chip->next_sm = pv_chip_sm_new (PV_CHIP_3DES, encryption_key, mac_key, ssc);
  pv_wipe_bytes (seed, sizeof seed);
  pv_wipe_bytes (encryption_key, sizeof encryption_key);
  pv_wipe_bytes (mac_key, sizeof mac_key);
  return chip->next_sm != NULL ? 0x9000 : 0x6F00;
}

guint16
pv_chip_external_authenticate (PvChip *chip, const PvChipCommand *command, GByteArray *data)
{
  guint8 encryption_key[PV_CHIP_MAX_KEY_BYTES], mac_key[PV_CHIP_MAX_KEY_BYTES];
  guint8 body[BAC_BODY], mac[PV_CHIP_MAC_BYTES];

  if (!chip->is_in_application || !chip->text->has_bac)
    return 0x6D00;
  if (!chip->has_challenge)
    return 0x6985;
  if (command->data->len != BAC_DATA)
    return 0x6700;
  chip->has_challenge = FALSE;
  bac_keys (chip, encryption_key, mac_key);
  pv_chip_mac (PV_CHIP_3DES, mac_key, command->data->data, BAC_BODY, mac);
  pv_chip_decrypt (PV_CHIP_3DES, encryption_key, NULL, command->data->data, BAC_BODY, body);
  if (CRYPTO_memcmp (mac, command->data->data + BAC_BODY, sizeof mac) != 0
      || CRYPTO_memcmp (body + 8, chip->challenge, sizeof chip->challenge) != 0)
    return pv_chip_note_wrong_code (chip);
  chip->n_wrong_in_row = 0;
  return agree_bac (chip, body, data);
}

/* The offer that MSE:Set AT names; -1: none, -2: several, and it does not say which. */
static int
find_offer (const PvChip *chip, const guint8 *oid, gsize length, const guint8 *parameter_id)
{
  int found = -1;

  for (guint i = 0; i < chip->text->n_pace; i++) {
    guint8 own[PV_CHIP_PACE_OID_BYTES];

    pv_chip_pace_oid (&chip->text->pace[i], own);
    if (length != sizeof own || memcmp (own, oid, sizeof own) != 0
        || (parameter_id != NULL && *parameter_id != chip->text->pace[i].parameter_id))
      continue;
    if (found >= 0)
      return -2;
    found = (int) i;
  }
  return found;
}

static guint16
set_pace (PvChip *chip, const PvChipCommand *command)
{
  const guint8 *bytes = command->data->data;
  gsize length = command->data->len, oid_length = 0, reference_length = 0, parameter_length = 0;
  const guint8 *oid = pv_chip_find_tlv (bytes, length, 0x80, &oid_length);
  const guint8 *reference = pv_chip_find_tlv (bytes, length, 0x83, &reference_length);
  const guint8 *parameter_id = pv_chip_find_tlv (bytes, length, 0x84, &parameter_length);
  GBytes *secret;
  int offer;

  g_clear_pointer (&chip->pace, pv_chip_pace_free);
  if (oid == NULL || reference == NULL || reference_length != 1)
    return 0x6A80;
  if (parameter_id != NULL ? pv_chip_has_quirk (chip, PV_CHIP_QUIRK_NO_DO84) || parameter_length != 1
                           : pv_chip_has_quirk (chip, PV_CHIP_QUIRK_NEEDS_DO84))
    return 0x6A80;
  offer = find_offer (chip, oid, oid_length, parameter_id);
  if (offer < 0)
    return 0x6A80;
  secret = *reference == REFERENCE_CAN                            ? chip->can_secret
           : *reference == REFERENCE_MRZ && chip->text->takes_mrz ? chip->mrz_secret
                                                                  : NULL;
  if (secret == NULL)
    return 0x6A88;
  if (is_blocked (chip))
    return 0x6983;
  chip->pace = pv_chip_pace_new (&chip->text->pace[offer], secret);
  if (chip->pace == NULL)
    return 0x6A80;
  if (chip->text->tries > 0 && chip->n_wrong_in_row > 0)
    return (guint16) (0x63C0 | (chip->text->tries - chip->n_wrong_in_row));
  return 0x9000;
}

guint16
pv_chip_manage_environment (PvChip *chip, const PvChipCommand *command)
{
  if (command->expected != 0 && pv_chip_has_quirk (chip, PV_CHIP_QUIRK_NO_LE_AT_SELECT))
    return 0x6700;
  if (command->p1 == P1_PACE && command->p2 == P2_AUTHENTICATE)
    return set_pace (chip, command);
  if (command->p1 == P1_COMPUTE && command->p2 == P2_AUTHENTICATE)
    return pv_chip_set_chip_authentication (chip, command);
  if (command->p1 == P1_COMPUTE && command->p2 == P2_KEY_AGREEMENT)
    return pv_chip_set_key_agreement (chip, command);
  return 0x6A86;
}

/* What a hostile chip sends instead of its @own key. */
static GBytes *
forge_key (const PvChip *chip, GBytes *theirs, GBytes *own)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (own, &length);
  guint8 *forged;

  if (chip->fault_now == PV_CHIP_FAULT_REFLECT_KEY)
    return g_bytes_ref (theirs);
  if ((chip->fault_now != PV_CHIP_FAULT_OFF_CURVE && chip->fault_now != PV_CHIP_FAULT_INFINITY) || length == 0)
    return g_bytes_ref (own);
  if (chip->fault_now == PV_CHIP_FAULT_INFINITY && chip->pace->offer.parameter_id >= 8)
    return g_bytes_new ("\0", 1);
  forged = g_memdup2 (bytes, length);
  if (chip->fault_now == PV_CHIP_FAULT_INFINITY) { /* of a field: 1 */
    memset (forged, 0, length);
    forged[length - 1] = 1;
  } else if (chip->pace->offer.parameter_id >= 8) {
    forged[length - 1] ^= 1;
  } else { /* of a field: beyond the prime */
    memset (forged, 0xFF, length);
  }
  return g_bytes_new_take (forged, length);
}

static void
add_answer (GByteArray *data, guint tag, GBytes *value)
{
  GByteArray *inner = g_byte_array_new ();
  gsize length = 0;
  const guint8 *bytes = value != NULL ? g_bytes_get_data (value, &length) : NULL;

  if (length > 0)
    pv_chip_add_tlv (inner, tag, bytes, length);
  pv_chip_add_tlv_of (data, 0x7C, inner);
}

/* Mapping, and the agreement: both take a key and give one. */
static guint16
exchange (PvChip *chip, guint tag, const guint8 *value, gsize length, GByteArray *data)
{
  g_autoptr (GBytes) theirs = g_bytes_new (value, length);
  g_autoptr (GBytes) own =
    tag == 0x82 ? chip->pace->ops->map (chip->pace, theirs) : chip->pace->ops->agree (chip->pace, theirs);
  g_autoptr (GBytes) sent = NULL;

  if (own == NULL)
    return 0x6A80;
  sent = forge_key (chip, theirs, own);
  add_answer (data, tag, sent);
  chip->pace->step++;
  return 0x9000;
}

static guint16
finish_pace (PvChip *chip, const guint8 *value, gsize length, GByteArray *data)
{
  GByteArray *inner;
  guint8 token[PV_CHIP_MAC_BYTES];
  g_autoptr (GBytes) cam = NULL;

  if (length != sizeof token)
    return 0x6A80;
  if (!chip->pace->ops->check_token (chip->pace, value))
    return pv_chip_note_wrong_code (chip);
  chip->n_wrong_in_row = 0;
  chip->pace->ops->make_token (chip->pace, token);
  if (chip->fault_now == PV_CHIP_FAULT_WRONG_TOKEN)
    token[0] ^= 1;
  inner = g_byte_array_new ();
  pv_chip_add_tlv (inner, 0x86, token, sizeof token);
  cam = chip->keys->cam_secret != NULL ? pv_chip_pace_make_cam (chip->pace, chip->keys->cam_secret) : NULL;
  if (cam != NULL)
    pv_chip_add_tlv (inner, 0x8A, g_bytes_get_data (cam, NULL), g_bytes_get_size (cam));
  pv_chip_add_tlv_of (data, 0x7C, inner);
  chip->next_sm = pv_chip_sm_new (chip->pace->offer.cipher, chip->pace->encryption_key, chip->pace->mac_key, 0);
  return chip->next_sm != NULL ? 0x9000 : 0x6F00;
}

/* The object @tag of DO 7C, if the step is @step. */
static const guint8 *
find_step (const PvChip *chip, guint step, const guint8 *content, gsize length, guint tag, gsize *ret_length)
{
  return chip->pace->step == step ? pv_chip_find_tlv (content, length, tag, ret_length) : NULL;
}

static guint16
run_pace_step (PvChip *chip, const guint8 *content, gsize length, GByteArray *data)
{
  const guint8 *value;
  gsize value_length;

  if (chip->pace->step == 0 && length == 0) {
    g_autoptr (GBytes) nonce = chip->pace->ops->nonce (chip->pace);

    add_answer (data, 0x80, nonce);
    chip->pace->step++;
    return 0x9000;
  }
  if ((value = find_step (chip, 1, content, length, 0x81, &value_length)) != NULL)
    return exchange (chip, 0x82, value, value_length, data);
  if ((value = find_step (chip, 2, content, length, 0x83, &value_length)) != NULL)
    return exchange (chip, 0x84, value, value_length, data);
  if ((value = find_step (chip, 3, content, length, 0x85, &value_length)) != NULL)
    return finish_pace (chip, value, value_length, data);
  return 0x6A80;
}

guint16
pv_chip_general_authenticate (PvChip *chip, const PvChipCommand *command, GByteArray *data)
{
  gsize length = 0, key_length;
  const guint8 *content = pv_chip_find_tlv (command->data->data, command->data->len, 0x7C, &length);
  const guint8 *key;
  guint16 sw;

  if (content == NULL)
    return 0x6A80;
  if (chip->pace == NULL) {
    key = pv_chip_find_tlv (content, length, 0x80, &key_length);
    if (chip->ca < 0 || key == NULL)
      return 0x6985;
    sw = pv_chip_agree_key (chip, key, key_length);
    if (sw == 0x9000)
      add_answer (data, 0, NULL);
    return sw;
  }
  sw = run_pace_step (chip, content, length, data);
  /* A step that fails, and the last one, end the run. */
  if (sw != 0x9000 || chip->next_sm != NULL)
    g_clear_pointer (&chip->pace, pv_chip_pace_free);
  return sw;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/wipe.h"
#include "eid/chip-auth-internal.h"

enum {
  INS_MANAGE = 0x22,
  INS_AUTHENTICATE = 0x86,
  INS_READ = 0xB0,
  P1_SET_FOR_COMPUTING = 0x41,
  P2_KEY_AGREEMENT = 0xA6,
  P2_AUTHENTICATION = 0xA4,
  P1_SFI_DG14 = 0x80 | 0x0E,
  DO_MECHANISM = 0x80,
  DO_KEY_ID = 0x84,
  DO_EPHEMERAL = 0x91, /* of MSE:Set KAT; DO 80 in GENERAL AUTHENTICATE */
  DO_EPHEMERAL_DYNAMIC = 0x80,
  DYNAMIC_DATA = 0x7C,
  CA_VERSION = 1,
  MAX_ANSWER = 64,
};

/* A key of the chip, and how it is used. */
typedef struct Offer {
  const PvChipAuthInfo *info; /* (nullable): not announced, 3DES */
  const PvChipKeyInfo *key;
  PvCipher cipher;
} Offer;

/* One run, in locked memory. */
typedef struct Run {
  PvChannel *channel;
  Offer offer;
  PvDomain *domain;
  PvElement *its_key;
  guint8 our_key[PV_DOMAIN_MAX_KEY_BYTES];
  guint8 secret[PV_DOMAIN_MAX_KEY_BYTES];
  guint8 encryption_key[PV_CIPHER_MAX_KEY_BYTES];
  guint8 mac_key[PV_CIPHER_MAX_KEY_BYTES];
} Run;

/* By identifier; where one of the two has none, it can only be meant for the single key of its kind. */
static gboolean
belong_together (const PvSecurityInfos *infos, const PvChipAuthInfo *info, const PvChipKeyInfo *key)
{
  guint same = 0;

  if (info->version != CA_VERSION || info->is_ecdh != key->is_ecdh)
    return FALSE;
  if (info->key_id >= 0 && key->key_id >= 0)
    return info->key_id == key->key_id;
  for (guint i = 0; i < infos->n_keys; i++)
    same += infos->keys[i].is_ecdh == key->is_ecdh ? 1 : 0;
  return same == 1;
}

/* Curves before numbers, the stronger cipher first. */
static guint
rank (const Offer *offer)
{
  return (offer->key->is_ecdh ? PV_N_CIPHERS : 0u) + (guint) offer->cipher + 1;
}

static gboolean
take_if_usable (Run *run, const Offer *offer)
{
  PvDomain *domain;
  PvElement *key;

  if (!pv_public_key_read (offer->key->key, offer->key->key_length, &domain, &key))
    return FALSE;
  if (domain->is_ec != offer->key->is_ecdh || (run->offer.key != NULL && rank (offer) <= rank (&run->offer))) {
    pv_element_free (key);
    pv_domain_free (domain);
    return FALSE;
  }
  pv_element_free (run->its_key);
  pv_domain_free (run->domain);
  run->its_key = key;
  run->domain = domain;
  run->offer = *offer;
  return TRUE;
}

static void
choose (Run *run, const PvSecurityInfos *infos)
{
  for (guint k = 0; k < infos->n_keys; k++) {
    const PvChipKeyInfo *key = &infos->keys[k];

    if (infos->n_chip == 0)
      (void) take_if_usable (run, &(Offer){ NULL, key, PV_CIPHER_3DES });
    for (guint i = 0; i < infos->n_chip; i++)
      if (belong_together (infos, &infos->chip[i], key))
        (void) take_if_usable (run, &(Offer){ &infos->chip[i], key, infos->chip[i].cipher });
  }
}

static gboolean
agree (Run *run, const BIGNUM *given)
{
  g_autoptr (BIGNUM) key = given != NULL ? BN_dup (given) : pv_domain_random (run->domain);
  g_autoptr (PvElement) generator = pv_element_new_generator (run->domain);
  g_autoptr (PvElement) ours = NULL;
  g_autoptr (PvElement) shared = NULL;

  if (key == NULL || generator == NULL)
    return FALSE;
  ours = pv_element_raise (run->domain, generator, key);
  shared = pv_element_raise (run->domain, run->its_key, key);
  if (ours == NULL || shared == NULL || pv_element_is_neutral (run->domain, shared)
      || !pv_element_write (run->domain, ours, run->our_key)
      || !pv_element_write_secret (run->domain, shared, run->secret))
    return FALSE;
  pv_kdf (run->offer.cipher, run->secret, run->domain->field_bytes, 1, run->encryption_key);
  pv_kdf (run->offer.cipher, run->secret, run->domain->field_bytes, 2, run->mac_key);
  return TRUE;
}

static gboolean
send (Run *run, guint8 ins, guint8 p1, guint8 p2, const PvCardBytes *data, guint16 *ret_sw, GError **error)
{
  const PvApdu apdu = { 0x00, ins, p1, p2, data->data, data->length, ins == INS_AUTHENTICATE ? 256 : 0 };
  guint8 answer[MAX_ANSWER];
  gsize length;

  return pv_channel_send (run->channel, &apdu, answer, sizeof answer, &length, ret_sw, PV_CARD_SLOW_TIMEOUT_MS, error);
}

static void
add_key_id (const Run *run, PvCardBytes *data)
{
  gint id = run->offer.key->key_id;
  guint8 coded[3] = { (guint8) (id >> 16), (guint8) (id >> 8), (guint8) id };
  gsize skip = id > 0xFFFF ? 0 : id > 0xFF ? 1 : 2;

  if (id >= 0)
    pv_tlv_add (data, DO_KEY_ID, coded + skip, sizeof coded - skip);
}

/* Section 6.2.4: one command; only 3DES. */
static gboolean
send_key_agreement (Run *run, guint16 *ret_sw, GError **error)
{
  g_auto (PvCardBytes) data = { 0 };

  pv_tlv_add (&data, DO_EPHEMERAL, run->our_key, run->domain->key_bytes);
  add_key_id (run, &data);
  return send (run, INS_MANAGE, P1_SET_FOR_COMPUTING, P2_KEY_AGREEMENT, &data, ret_sw, error);
}

/* Section 6.2.4: two commands. */
static gboolean
send_authentication (Run *run, guint16 *ret_sw, GError **error)
{
  /* id-CA-(EC)DH-3DES-CBC-CBC, where nothing was announced */
  const guint8 inferred[] = { 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x03, run->domain->is_ec ? 2 : 1, 0x01 };
  const PvChipAuthInfo *info = run->offer.info;
  g_auto (PvCardBytes) data = { 0 };
  g_auto (PvCardBytes) inner = { 0 };
  g_auto (PvCardBytes) whole = { 0 };

  pv_tlv_add (&data, DO_MECHANISM, info != NULL ? info->oid : inferred,
              info != NULL ? info->oid_length : sizeof inferred);
  add_key_id (run, &data);
  if (!send (run, INS_MANAGE, P1_SET_FOR_COMPUTING, P2_AUTHENTICATION, &data, ret_sw, error))
    return FALSE;
  if (*ret_sw != PV_SW_OK)
    return TRUE;
  pv_tlv_add (&inner, DO_EPHEMERAL_DYNAMIC, run->our_key, run->domain->key_bytes);
  pv_tlv_add (&whole, DYNAMIC_DATA, inner.data, inner.length);
  return send (run, INS_AUTHENTICATE, 0x00, 0x00, &whole, ret_sw, error);
}

/* A chip of 3DES may know only one of the two ways. */
static gboolean
send_our_key (Run *run, guint16 *ret_sw, GError **error)
{
  if (run->offer.cipher != PV_CIPHER_3DES)
    return send_authentication (run, ret_sw, error);
  return send_key_agreement (run, ret_sw, error) && (*ret_sw == PV_SW_OK || send_authentication (run, ret_sw, error));
}

/* Whoever answers under the new keys holds the private key. What is asked for does not matter: a byte of DG14, which
 * the keys came from. */
static gboolean
try_new_keys (Run *run, PvChipProof *ret_proof, GError **error)
{
  static const PvApdu apdu = { 0x00, INS_READ, P1_SFI_DG14, 0x00, NULL, 0, 1 };
  GError *inner_error = NULL;
  guint8 answer[MAX_ANSWER];
  gsize length;
  guint16 sw;

  pv_channel_set_sm (run->channel, pv_sm_new (run->offer.cipher, run->encryption_key, run->mac_key, NULL));
  if (pv_channel_send (run->channel, &apdu, answer, sizeof answer, &length, &sw, PV_CARD_SLOW_TIMEOUT_MS,
                       &inner_error)) {
    *ret_proof = PV_CHIP_PROVEN;
    return TRUE;
  }
  if (!pv_channel_was_dropped (run->channel) && !g_error_matches (inner_error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA)) {
    g_propagate_error (error, inner_error);
    return FALSE;
  }
  g_clear_error (&inner_error);
  *ret_proof = PV_CHIP_FAILED;
  return TRUE;
}

static gboolean
prove (Run *run, const BIGNUM *given, PvChipProof *ret_proof, GError **error)
{
  guint16 sw;

  if (!agree (run, given)) {
    *ret_proof = PV_CHIP_UNKNOWN;
    return TRUE;
  }
  if (!send_our_key (run, &sw, error))
    return FALSE;
  if (sw == PV_SW_OK)
    return try_new_keys (run, ret_proof, error);
  /* A chip that does not do what its signed data announce hides something. */
  *ret_proof = run->offer.info != NULL ? PV_CHIP_FAILED : PV_CHIP_UNKNOWN;
  return TRUE;
}

gboolean
pv_chip_auth_run_with (PvChannel *channel, const PvSecurityInfos *infos, const BIGNUM *key, PvChipProof *ret_proof,
                       GError **error)
{
  gboolean is_done = TRUE;
  Run *run;

  if (infos->n_keys == 0) {
    *ret_proof = infos->n_chip > 0 ? PV_CHIP_UNKNOWN : PV_CHIP_ABSENT;
    return TRUE;
  }
  run = (Run *) (void *) pv_card_alloc (sizeof (Run));
  run->channel = channel;
  choose (run, infos);
  if (run->offer.key != NULL)
    is_done = prove (run, key, ret_proof, error);
  else
    *ret_proof = PV_CHIP_UNKNOWN;
  pv_element_free (run->its_key);
  pv_domain_free (run->domain);
  pv_card_free ((guint8 *) run);
  return is_done;
}

gboolean
pv_chip_auth_run (PvChannel *channel, const PvSecurityInfos *infos, PvChipProof *ret_proof, GError **error)
{
  return pv_chip_auth_run_with (channel, infos, NULL, ret_proof, error);
}

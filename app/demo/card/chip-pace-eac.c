/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define OPENSSL_SUPPRESS_DEPRECATED

#include <eac/eac.h>
#include <eac/objects.h>
#include <eac/pace.h>
#include <openssl/buffer.h>
#include <openssl/crypto.h>
#include <string.h>

#include "core/wipe.h"
#include "demo/card/chip-pace.h"

/* libeac cuts the leading zeros of the numbers of a field, where Doc 9303-11 (section 9.4.5) wants the length of the prime:
 * one key in 256 would not be understood. So keys and secret of a field are filled again, and session keys and tokens made
 * of them here. */
typedef struct EacPace {
  PvChipPace parent;
  EAC_CTX *eac;
  PACE_SEC *secret;
  BUF_MEM *their_key;
  GBytes *own_key;
  gsize field_bytes; /* 0: a curve */
} EacPace;

static BUF_MEM *
buffer (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  BUF_MEM *memory = BUF_MEM_new ();

  BUF_MEM_grow (memory, length);
  if (length > 0)
    memcpy (memory->data, data, length);
  return memory;
}

/* Takes @memory; NULL gives NULL. */
static GBytes *
bytes_of (BUF_MEM *memory)
{
  GBytes *bytes = memory != NULL ? g_bytes_new (memory->data, memory->length) : NULL;

  BUF_MEM_free (memory);
  return bytes;
}

static GBytes *
filled (const EacPace *self, const BUF_MEM *memory)
{
  guint8 *bytes;

  if (memory->length >= self->field_bytes)
    return g_bytes_new (memory->data, memory->length);
  bytes = g_malloc0 (self->field_bytes);
  memcpy (bytes + self->field_bytes - memory->length, memory->data, memory->length);
  return g_bytes_new_take (bytes, self->field_bytes);
}

/* Of what libeac made. Takes @memory; NULL gives NULL. */
static GBytes *
key_of (const EacPace *self, BUF_MEM *memory)
{
  GBytes *bytes = memory != NULL ? filled (self, memory) : NULL;

  BUF_MEM_free (memory);
  return bytes;
}

static GBytes *
eac_nonce (PvChipPace *pace)
{
  EacPace *self = (EacPace *) pace;

  return bytes_of (PACE_STEP1_enc_nonce (self->eac, self->secret));
}

static GBytes *
eac_map (PvChipPace *pace, GBytes *theirs)
{
  EacPace *self = (EacPace *) pace;
  BUF_MEM *input = buffer (theirs);
  g_autoptr (GBytes) own = key_of (self, PACE_STEP3A_generate_mapping_data (self->eac));
  gboolean is_mapped = own != NULL && PACE_STEP3A_map_generator (self->eac, input) == 1;

  BUF_MEM_free (input);
  return is_mapped ? g_steal_pointer (&own) : NULL;
}

static void
derive_again (EacPace *self)
{
  g_autoptr (GBytes) secret = filled (self, self->eac->pace_ctx->ka_ctx->shared_secret);
  PvChipCipher cipher = self->parent.offer.cipher;

  pv_chip_kdf (cipher, g_bytes_get_data (secret, NULL), g_bytes_get_size (secret), 1, self->parent.encryption_key);
  pv_chip_kdf (cipher, g_bytes_get_data (secret, NULL), g_bytes_get_size (secret), 2, self->parent.mac_key);
}

static GBytes *
eac_agree (PvChipPace *pace, GBytes *theirs)
{
  EacPace *self = (EacPace *) pace;
  g_autoptr (GBytes) own = key_of (self, PACE_STEP3B_generate_ephemeral_key (self->eac));
  const KA_CTX *keys = self->eac->pace_ctx->ka_ctx;

  g_clear_pointer (&self->their_key, BUF_MEM_free);
  self->their_key = buffer (theirs);
  if (own == NULL || PACE_STEP3B_compute_shared_secret (self->eac, self->their_key) != 1
      || PACE_STEP3C_derive_keys (self->eac) != 1)
    return NULL;
  g_assert (keys->k_enc->length == pv_chip_key_bytes (pace->offer.cipher)
            && keys->k_mac->length == pv_chip_key_bytes (pace->offer.cipher));
  memcpy (pace->encryption_key, keys->k_enc->data, keys->k_enc->length);
  memcpy (pace->mac_key, keys->k_mac->data, keys->k_mac->length);
  g_clear_pointer (&self->own_key, g_bytes_unref);
  self->own_key = g_bytes_ref (own);
  if (self->field_bytes > 0)
    derive_again (self);
  return g_steal_pointer (&own);
}

static gboolean
eac_check_token (PvChipPace *pace, const guint8 token[PV_CHIP_MAC_BYTES])
{
  EacPace *self = (EacPace *) pace;
  g_autoptr (GBytes) bytes = g_bytes_new (token, PV_CHIP_MAC_BYTES);
  BUF_MEM *input;
  gboolean is_right;

  if (self->field_bytes > 0) {
    guint8 expected[PV_CHIP_MAC_BYTES];

    pv_chip_pace_token (&pace->offer, pace->mac_key, self->own_key, expected);
    return CRYPTO_memcmp (expected, token, sizeof expected) == 0;
  }
  input = buffer (bytes);
  is_right = PACE_STEP3D_verify_authentication_token (self->eac, input) == 1;
  BUF_MEM_free (input);
  return is_right;
}

static void
eac_make_token (PvChipPace *pace, guint8 ret_token[PV_CHIP_MAC_BYTES])
{
  EacPace *self = (EacPace *) pace;
  BUF_MEM *token;

  if (self->field_bytes > 0) {
    g_autoptr (GBytes) theirs = filled (self, self->their_key);

    pv_chip_pace_token (&pace->offer, pace->mac_key, theirs, ret_token);
    return;
  }
  token = PACE_STEP3D_compute_authentication_token (self->eac, self->their_key);
  memset (ret_token, 0, PV_CHIP_MAC_BYTES);
  if (token != NULL && token->length == PV_CHIP_MAC_BYTES)
    memcpy (ret_token, token->data, PV_CHIP_MAC_BYTES);
  BUF_MEM_free (token);
}

static void
eac_free (PvChipPace *pace)
{
  EacPace *self = (EacPace *) pace;

  BUF_MEM_free (self->their_key);
  g_clear_pointer (&self->own_key, g_bytes_unref);
  PACE_SEC_clear_free (self->secret);
  EAC_CTX_clear_free (self->eac);
  pv_wipe_bytes (self, sizeof *self);
  g_free (self);
}

static const PvChipPaceOps eac_ops = { eac_nonce, eac_map, eac_agree, eac_check_token, eac_make_token, eac_free };

PvChipPace *
pv_chip_pace_new_eac (const PvChipPaceOffer *offer, GBytes *secret)
{
  const int protocols[2][PV_N_CHIP_CIPHERS] = {
    { NID_id_PACE_DH_GM_3DES_CBC_CBC, NID_id_PACE_DH_GM_AES_CBC_CMAC_128, NID_id_PACE_DH_GM_AES_CBC_CMAC_192,
      NID_id_PACE_DH_GM_AES_CBC_CMAC_256 },
    { NID_id_PACE_ECDH_GM_3DES_CBC_CBC, NID_id_PACE_ECDH_GM_AES_CBC_CMAC_128, NID_id_PACE_ECDH_GM_AES_CBC_CMAC_192,
      NID_id_PACE_ECDH_GM_AES_CBC_CMAC_256 },
  };
  EacPace *self;
  gsize length;
  const char *text = g_bytes_get_data (secret, &length);

  if (offer->mapping != PV_CHIP_DH_GM && offer->mapping != PV_CHIP_ECDH_GM)
    return NULL;
  self = g_new0 (EacPace, 1);
  self->parent.ops = &eac_ops;
  self->parent.offer = *offer;
  self->eac = EAC_CTX_new ();
  self->secret = PACE_SEC_new (text, length, PACE_RAW); /* K is made: its kind no longer matters */
  if (self->eac == NULL || self->secret == NULL
      || EAC_CTX_init_pace (self->eac, protocols[offer->mapping - 1][offer->cipher], offer->parameter_id) != 1) {
    eac_free (&self->parent);
    return NULL;
  }
  if (offer->mapping == PV_CHIP_DH_GM)
    self->field_bytes = offer->parameter_id == 0 ? 128 : 256;
  return &self->parent;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/chip-pace.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <string.h>

#include "core/wipe.h"
#include "demo/card/chip-command.h"

typedef struct OwnPace {
  PvChipPace parent;
  PvChipGroup *group;
  guint8 password_key[PV_CHIP_MAX_KEY_BYTES];
  GBytes *nonce;
  PvChipKey mapping_key, key;
  GBytes *generator;
  GBytes *their_key;
  BIGNUM *forced_mapping_secret, *forced_secret; /* (nullable) */
} OwnPace;

void
pv_chip_pace_oid (const PvChipPaceOffer *offer, guint8 ret_oid[PV_CHIP_PACE_OID_BYTES])
{
  const guint8 oid[PV_CHIP_PACE_OID_BYTES] = {
    0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x04, (guint8) offer->mapping, (guint8) (offer->cipher + 1),
  };

  memcpy (ret_oid, oid, sizeof oid);
}

static gboolean
is_integrated (const PvChipPaceOffer *offer)
{
  return offer->mapping == PV_CHIP_DH_IM || offer->mapping == PV_CHIP_ECDH_IM;
}

static GBytes *
own_nonce (PvChipPace *pace)
{
  OwnPace *self = (OwnPace *) pace;
  gsize length = pv_chip_nonce_bytes (pace->offer.cipher, is_integrated (&pace->offer));
  guint8 cryptogram[32];

  if (self->nonce == NULL) {
    guint8 fresh[32];

    if (RAND_bytes (fresh, (int) length) != 1)
      return NULL;
    self->nonce = g_bytes_new (fresh, length);
  }
  pv_chip_encrypt (pace->offer.cipher, self->password_key, NULL, g_bytes_get_data (self->nonce, NULL), length,
                   cryptogram);
  return g_bytes_new (cryptogram, length);
}

/* A key pair, or the one of a worked example. */
static gboolean
make_key (OwnPace *self, GBytes *generator, const BIGNUM *forced, PvChipKey *key)
{
  pv_chip_key_clear (key);
  if (forced == NULL)
    return pv_chip_group_make_key (self->group, generator, key);
  key->secret = BN_dup (forced);
  key->public = pv_chip_group_power (self->group, generator, forced);
  return key->public != NULL;
}

static GBytes *
own_map (PvChipPace *pace, GBytes *theirs)
{
  OwnPace *self = (OwnPace *) pace;

  g_clear_pointer (&self->generator, g_bytes_unref);
  if (is_integrated (&pace->offer)) {
    self->generator = pv_chip_map_integrated (self->group, pace->offer.cipher, self->nonce, theirs);
    return self->generator != NULL ? g_bytes_new (NULL, 0) : NULL;
  }
  if (!make_key (self, NULL, self->forced_mapping_secret, &self->mapping_key)
      || g_bytes_equal (self->mapping_key.public, theirs))
    return NULL;
  self->generator = pv_chip_map_generic (self->group, self->nonce, self->mapping_key.secret, theirs);
  return self->generator != NULL ? g_bytes_ref (self->mapping_key.public) : NULL;
}

static GBytes *
own_agree (PvChipPace *pace, GBytes *theirs)
{
  OwnPace *self = (OwnPace *) pace;
  g_autoptr (GBytes) shared = NULL;
  gsize length;
  const guint8 *data;

  if (!make_key (self, self->generator, self->forced_secret, &self->key) || g_bytes_equal (self->key.public, theirs))
    return NULL;
  shared = pv_chip_group_agree (self->group, self->key.secret, theirs);
  if (shared == NULL)
    return NULL;
  g_clear_pointer (&self->their_key, g_bytes_unref);
  self->their_key = g_bytes_ref (theirs);
  data = g_bytes_get_data (shared, &length);
  pv_chip_kdf (pace->offer.cipher, data, length, 1, pace->encryption_key);
  pv_chip_kdf (pace->offer.cipher, data, length, 2, pace->mac_key);
  return g_bytes_ref (self->key.public);
}

void
pv_chip_pace_token (const PvChipPaceOffer *offer, const guint8 *mac_key, GBytes *public,
                    guint8 ret_token[PV_CHIP_MAC_BYTES])
{
  g_autoptr (GByteArray) input = g_byte_array_new ();
  GByteArray *inner = g_byte_array_new ();
  guint8 oid[PV_CHIP_PACE_OID_BYTES];
  gsize length;
  const guint8 *data = g_bytes_get_data (public, &length);
  gboolean is_dh = offer->mapping == PV_CHIP_DH_GM || offer->mapping == PV_CHIP_DH_IM;

  pv_chip_pace_oid (offer, oid);
  pv_chip_add_tlv (inner, 0x06, oid, sizeof oid);
  pv_chip_add_tlv (inner, is_dh ? 0x84 : 0x86, data, length);
  pv_chip_add_tlv_of (input, 0x7F49, inner);
  pv_chip_mac (offer->cipher, mac_key, input->data, input->len, ret_token);
}

static gboolean
own_check_token (PvChipPace *pace, const guint8 token[PV_CHIP_MAC_BYTES])
{
  OwnPace *self = (OwnPace *) pace;
  guint8 expected[PV_CHIP_MAC_BYTES];

  pv_chip_pace_token (&pace->offer, pace->mac_key, self->key.public, expected);
  return CRYPTO_memcmp (expected, token, sizeof expected) == 0;
}

static void
own_make_token (PvChipPace *pace, guint8 ret_token[PV_CHIP_MAC_BYTES])
{
  OwnPace *self = (OwnPace *) pace;

  pv_chip_pace_token (&pace->offer, pace->mac_key, self->their_key, ret_token);
}

static void
own_free (PvChipPace *pace)
{
  OwnPace *self = (OwnPace *) pace;

  pv_chip_group_free (self->group);
  pv_chip_key_clear (&self->mapping_key);
  pv_chip_key_clear (&self->key);
  g_clear_pointer (&self->nonce, g_bytes_unref);
  g_clear_pointer (&self->generator, g_bytes_unref);
  g_clear_pointer (&self->their_key, g_bytes_unref);
  BN_clear_free (self->forced_mapping_secret);
  BN_clear_free (self->forced_secret);
  pv_wipe_bytes (self, sizeof *self);
  g_free (self);
}

static const PvChipPaceOps own_ops = { own_nonce, own_map, own_agree, own_check_token, own_make_token, own_free };

PvChipPace *
pv_chip_pace_new_own (const PvChipPaceOffer *offer, GBytes *secret)
{
  OwnPace *self = g_new0 (OwnPace, 1);
  gsize length;
  const guint8 *data = g_bytes_get_data (secret, &length);

  self->parent.ops = &own_ops;
  self->parent.offer = *offer;
  self->group = pv_chip_group_new (offer->parameter_id);
  pv_chip_kdf (offer->cipher, data, length, 3, self->password_key);
  if (self->group == NULL) {
    own_free (&self->parent);
    return NULL;
  }
  return &self->parent;
}

PvChipPace *
pv_chip_pace_new (const PvChipPaceOffer *offer, GBytes *secret)
{
  if (offer->mapping == PV_CHIP_DH_GM || offer->mapping == PV_CHIP_ECDH_GM)
    return pv_chip_pace_new_eac (offer, secret);
  return pv_chip_pace_new_own (offer, secret);
}

void
pv_chip_pace_free (PvChipPace *pace)
{
  if (pace != NULL)
    pace->ops->free (pace);
}

GBytes *
pv_chip_pace_make_cam (PvChipPace *pace, const BIGNUM *secret)
{
  OwnPace *self = (OwnPace *) pace;
  guint8 vector[16], data[PV_CHIP_MAX_BLOCK_BYTES * 8] = { 0 };
  gsize length, padded;
  BN_CTX *context;
  BIGNUM *quotient;

  if (pace->ops != &own_ops || pace->offer.mapping != PV_CHIP_ECDH_CAM)
    return NULL;
  context = BN_CTX_new ();
  quotient = BN_new ();
  length = (gsize) BN_num_bytes (self->group->q);
  padded = (length / 16 + 1) * 16;
  /* CA_IC = SK_IC^-1 * SKmap_IC mod order (section 4.4.3.3.3) */
  BN_mod_inverse (quotient, secret, self->group->q, context);
  BN_mod_mul (quotient, quotient, self->mapping_key.secret, self->group->q, context);
  BN_bn2binpad (quotient, data, (int) length);
  data[length] = 0x80;
  memset (vector, 0xFF, sizeof vector);
  pv_chip_encrypt (pace->offer.cipher, pace->encryption_key, NULL, vector, sizeof vector, vector);
  pv_chip_encrypt (pace->offer.cipher, pace->encryption_key, vector, data, padded, data);
  BN_clear_free (quotient);
  BN_CTX_free (context);
  return g_bytes_new (data, padded);
}

void
pv_chip_pace_force_nonce (PvChipPace *pace, GBytes *nonce)
{
  OwnPace *self = (OwnPace *) pace;

  g_assert (pace->ops == &own_ops);
  g_clear_pointer (&self->nonce, g_bytes_unref);
  self->nonce = g_bytes_ref (nonce);
}

void
pv_chip_pace_force_mapping_key (PvChipPace *pace, const BIGNUM *secret)
{
  OwnPace *self = (OwnPace *) pace;

  g_assert (pace->ops == &own_ops);
  self->forced_mapping_secret = BN_dup (secret);
}

void
pv_chip_pace_force_key (PvChipPace *pace, const BIGNUM *secret)
{
  OwnPace *self = (OwnPace *) pace;

  g_assert (pace->ops == &own_ops);
  self->forced_secret = BN_dup (secret);
}

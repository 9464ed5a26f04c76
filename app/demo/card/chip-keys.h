/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip-keys.h: the secret keys of a chip, and the SecurityInfos that speak of them (ICAO Doc 9303-11, section 9.2). */
#pragma once

#include <openssl/evp.h>

#include "demo/card/chip-text.h"

typedef struct PvChipCaKey {
  EVP_PKEY *key;
  PvChipGroup *group;
  BIGNUM *secret; /* of @key, or of another where the chip is a clone */
} PvChipCaKey;

typedef struct PvChipKeys {
  PvChipCaKey ca[PV_CHIP_MAX_OFFERS];
  guint n_ca;
  EVP_PKEY *active;       /* (nullable): for active authentication, in DG15 */
  EVP_PKEY *active_used;  /* (nullable): what it signs with; another than @active where the chip is a clone */
  PvChipGroup *cam_group; /* (nullable) */
  PvChipKey cam;          /* static key of chip-authentication mapping, in EF.CardSecurity */
  BIGNUM *cam_secret;     /* used; another where the chip is a clone */
} PvChipKeys;

/* @folder: keys that take long to make are kept there. @clones: words "ca", "aa", "cam" (nullable). */
PvChipKeys *pv_chip_keys_new (const PvChipText *text, const char *folder, const char *const *clones,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_chip_keys_free (PvChipKeys *keys);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvChipKeys, pv_chip_keys_free)

/* EF.CardAccess: the PACE offers. NULL: none. */
GBytes *pv_chip_keys_card_access (const PvChipPaceOffer *offers, guint n_offers) G_GNUC_WARN_UNUSED_RESULT;
/* The content of EF.CardSecurity. NULL: no CAM. */
GBytes *pv_chip_keys_card_security (const PvChipKeys *keys, const PvChipText *text) G_GNUC_WARN_UNUSED_RESULT;
/* NULL: nothing to say. */
GBytes *pv_chip_keys_dg14 (const PvChipKeys *keys, const PvChipText *text) G_GNUC_WARN_UNUSED_RESULT;
GBytes *pv_chip_keys_dg15 (const PvChipKeys *keys) G_GNUC_WARN_UNUSED_RESULT;
/* Value bytes of 0.4.0.127.0.7.2.2.3.{1,2}.cipher. */
enum { PV_CHIP_CA_OID_BYTES = 10 };
void pv_chip_ca_oid (const PvChipCaOffer *offer, guint8 ret_oid[PV_CHIP_CA_OID_BYTES]);

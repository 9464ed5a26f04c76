/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip-pace.h: one run of PACE on the chip's side, without APDUs (ICAO Doc 9303-11, section 4.4).
 *
 * Two hands behind one face: libeac for generic mapping, own arithmetic for integrated and chip-authentication mapping,
 * which libeac has not. The leading zeros that libeac drops from the numbers of a field are put back (chip-pace-eac.c).
 */
#pragma once

#include "demo/card/chip-mapping.h"

typedef enum {
  PV_CHIP_DH_GM = 1, /* the numbers of the object identifiers */
  PV_CHIP_ECDH_GM = 2,
  PV_CHIP_DH_IM = 3,
  PV_CHIP_ECDH_IM = 4,
  PV_CHIP_ECDH_CAM = 6,
} PvChipMapping;

typedef struct PvChipPaceOffer {
  PvChipMapping mapping;
  PvChipCipher cipher;
  int parameter_id;
} PvChipPaceOffer;

enum { PV_CHIP_PACE_OID_BYTES = 10 };

/* Value bytes of 0.4.0.127.0.7.2.2.4.mapping.cipher. */
void pv_chip_pace_oid (const PvChipPaceOffer *offer, guint8 ret_oid[PV_CHIP_PACE_OID_BYTES]);

/* The authentication token over @public, the key of who will check it (section 9.4.6). */
void pv_chip_pace_token (const PvChipPaceOffer *offer, const guint8 *mac_key, GBytes *public,
                         guint8 ret_token[PV_CHIP_MAC_BYTES]);

typedef struct PvChipPace PvChipPace;

typedef struct PvChipPaceOps {
  /* NULL, FALSE: what the terminal sent is wrong, or the step cannot be done. Results are the caller's. */
  GBytes *(*nonce) (PvChipPace *pace);
  GBytes *(*map) (PvChipPace *pace, GBytes *theirs); /* of integrated mapping: no bytes */
  GBytes *(*agree) (PvChipPace *pace, GBytes *theirs);
  gboolean (*check_token) (PvChipPace *pace, const guint8 token[PV_CHIP_MAC_BYTES]);
  void (*make_token) (PvChipPace *pace, guint8 ret_token[PV_CHIP_MAC_BYTES]);
  void (*free) (PvChipPace *pace);
} PvChipPaceOps;

/* First member of both. */
struct PvChipPace {
  const PvChipPaceOps *ops;
  PvChipPaceOffer offer;
  guint step; /* that comes next: 0 nonce, 1 map, 2 agree, 3 token */
  /* after the agreement */
  guint8 encryption_key[PV_CHIP_MAX_KEY_BYTES];
  guint8 mac_key[PV_CHIP_MAX_KEY_BYTES];
};

/* @secret: K, the digits of the CAN or the SHA-1 of the MRZ. NULL: not to be had. */
PvChipPace *pv_chip_pace_new_eac (const PvChipPaceOffer *offer, GBytes *secret);
PvChipPace *pv_chip_pace_new_own (const PvChipPaceOffer *offer, GBytes *secret);
/* By the hand that has it. */
PvChipPace *pv_chip_pace_new (const PvChipPaceOffer *offer, GBytes *secret);
void pv_chip_pace_free (PvChipPace *pace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvChipPace, pv_chip_pace_free)

/* CAM, after the agreement: DO 8A, with the static key @secret of EF.CardSecurity. NULL: no CAM. */
GBytes *pv_chip_pace_make_cam (PvChipPace *pace, const BIGNUM *secret);

/* For the worked examples: instead of random ones. @public is computed. */
void pv_chip_pace_force_nonce (PvChipPace *pace, GBytes *nonce);
void pv_chip_pace_force_mapping_key (PvChipPace *pace, const BIGNUM *secret);
void pv_chip_pace_force_key (PvChipPace *pace, const BIGNUM *secret);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pace-internal.h: the steps of PACE one by one, for pace.c, the chip of the demo and the tests that hold them against
 * worked examples. Nobody else's business. */
#pragma once

#include "eid/domain-groups.h"
#include "eid/pace.h"

enum { PV_PACE_MAX_NONCE_BYTES = 32 };

/* What the terminal chooses by chance. */
typedef struct PvPaceSecrets {
  BIGNUM *map_key;                       /* SKmap_IFD of generic mapping */
  BIGNUM *key;                           /* SK_IFD */
  guint8 nonce[PV_PACE_MAX_NONCE_BYTES]; /* t of integrated mapping: as long as a key of the cipher */
} PvPaceSecrets;

void pv_pace_secrets_clear (PvPaceSecrets *secrets);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PvPaceSecrets, pv_pace_secrets_clear)
gboolean pv_pace_secrets_fill (PvPaceSecrets *secrets, const PvDomain *domain);
/* pv_pace_run() with what is chosen given. */
gboolean pv_pace_run_with (PvChannel *channel, const PvPaceInfo *info, gboolean is_ambiguous,
                           const PvCardPassword *password, const PvPaceSecrets *secrets, PvPaceResult *ret_result,
                           GError **error);

/* Section 4.4.3.3: how many bytes the nonce s of the chip has with integrated mapping. */
gsize pv_pace_nonce_bytes (PvCipher cipher);
/* s = D(KDF(password, 3), z). @length: a multiple of the block. */
void pv_pace_decrypt_nonce (PvCipher cipher, const guint8 *secret, gsize secret_length, const guint8 *z, gsize length,
                            guint8 *ret_s);

/* Section 4.4.3.3.1: g^s * h, with h from the two mapping keys. NULL: it maps to nothing usable. */
PvElement *pv_pace_map_generic (const PvDomain *domain, const guint8 *s, gsize s_length, const BIGNUM *map_key,
                                const PvElement *map_peer) G_GNUC_WARN_UNUSED_RESULT;
/* Section 4.4.3.3.2: the pseudo-random number R_p (s, t), and the element that it is mapped to. */
BIGNUM *pv_pace_integrated_number (const PvDomain *domain, PvCipher cipher, const guint8 *s,
                                   const guint8 *t) G_GNUC_WARN_UNUSED_RESULT;
PvElement *pv_pace_map_integrated (const PvDomain *domain, PvCipher cipher, const guint8 *s,
                                   const guint8 *t) G_GNUC_WARN_UNUSED_RESULT;

/* Section 4.4.3.4: over the other side's public key. */
void pv_pace_token (const PvPaceInfo *info, gboolean is_ec, const guint8 *mac_key, const guint8 *public_key,
                    gsize length, guint8 ret_token[PV_MAC_BYTES]);

/* Section 4.4.3.5: CA_IC of DO 8A. FALSE: wrong length or padding. */
gboolean pv_pace_decrypt_cam (PvCipher cipher, const guint8 *encryption_key, const guint8 *data, gsize length,
                              PvCardBytes *ret_ca);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip-auth.h: that the chip is the one its signed data speak of: chip authentication, version 1 (ICAO Doc 9303-11,
 * section 6.2), and active authentication (section 6.1). Both compare with keys of DG14 and DG15: passive
 * authentication of these groups is the caller's. */
#pragma once

#include "eid/channel.h"
#include "eid/security-info.h"

typedef enum {
  PV_CHIP_PROVEN,
  PV_CHIP_FAILED,  /* the chip does not hold the key */
  PV_CHIP_ABSENT,  /* nothing is offered */
  PV_CHIP_UNKNOWN, /* offered in a way that is not supported here */
} PvChipProof;

/**
 * pv_chip_auth_run:
 *
 * Section 6.2. Matches the info to the key by id; without an info, 3DES, as French passports mean it. New keys replace
 * those of the channel; the first answer under them proves the chip, so one byte of DG14 is read. After FAILED by a
 * wrong key the channel is over. A chip that refuses what its signed data announce has FAILED too, and one that refuses
 * what was only inferred is UNKNOWN; the channel lives then. FALSE: the channel is over for another reason than a wrong
 * key (lost, reader).
 */
gboolean pv_chip_auth_run (PvChannel *channel, const PvSecurityInfos *infos, PvChipProof *ret_proof, GError **error);

/**
 * pv_active_auth_run:
 * @key: SubjectPublicKeyInfo of DG15, DER
 *
 * Section 6.1. A fresh challenge; RSA by ISO/IEC 9796-2 scheme 1, ECDSA plain or in DER. Keys under 1024 bits (RSA) or
 * 192 (EC) prove nothing: UNKNOWN. @infos: (nullable): of DG14, for the hash of ECDSA; without, each of SHA-1 to
 * SHA-512 is tried.
 */
gboolean pv_active_auth_run (PvChannel *channel, const guint8 *key, gsize key_length, const PvSecurityInfos *infos,
                             PvChipProof *ret_proof, GError **error);
/* The pure part, for tests. @hash_nid: of OpenSSL; NID_undef: unknown. RSA names its hash itself. */
PvChipProof pv_active_auth_check (const guint8 *key, gsize key_length, int hash_nid, const guint8 challenge[8],
                                  const guint8 *signature, gsize signature_length);
/* Whether its answer needs a long transport: RSA above 1784 bits, whose signature does not fit in 223 bytes. */
gboolean pv_active_auth_needs_long (const guint8 *key, gsize key_length);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip-auth.h: that the chip is the one its signed data speak of: chip authentication, version 1 (ICAO Doc 9303-11,
 * section 6.2), and active authentication (section 6.1). Both compare with keys of DG14 and DG15: passive authentication
 * of these groups is the caller's. */
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
 * Matches the info to the key by id; without an info, 3DES (French passports, `eid.md` 3.2). New keys replace those of the
 * channel; the first answer under them proves the chip, so a harmless command is sent. FALSE: the channel is over for
 * another reason than a wrong key (lost, reader).
 */
gboolean pv_chip_auth_run (PvChannel *channel, const PvSecurityInfos *infos, PvChipProof *ret_proof, GError **error);

/**
 * pv_active_auth_run:
 * @key: SubjectPublicKeyInfo of DG15, DER
 *
 * A fresh challenge; RSA by ISO/IEC 9796-2 scheme 1, ECDSA plain or in DER. Keys under 1024 bits (RSA) or 192 (EC) prove
 * nothing: UNKNOWN.
 */
gboolean pv_active_auth_run (PvChannel *channel, const guint8 *key, gsize key_length, const PvSecurityInfos *infos,
                             PvChipProof *ret_proof, GError **error);
/* The pure part, for tests. */
PvChipProof pv_active_auth_check (const guint8 *key, gsize key_length, int hash_nid, const guint8 challenge[8],
                                  const guint8 *signature, gsize signature_length);
/* Whether its answer needs a long transport: RSA above 1024 bits. */
gboolean pv_active_auth_needs_long (const guint8 *key, gsize key_length);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip-auth-internal.h: the proofs of a chip with what is chosen by chance given, for chip-auth.c, active-auth.c and
 * their tests. */
#pragma once

#include "eid/chip-auth.h"
#include "eid/domain-groups.h"

/* @key: (nullable): of the terminal; NULL: by chance. */
gboolean pv_chip_auth_run_with (PvChannel *channel, const PvSecurityInfos *infos, const BIGNUM *key,
                                PvChipProof *ret_proof, GError **error);
gboolean pv_active_auth_run_with (PvChannel *channel, const guint8 *key, gsize key_length, const PvSecurityInfos *infos,
                                  const guint8 challenge[8], PvChipProof *ret_proof, GError **error);

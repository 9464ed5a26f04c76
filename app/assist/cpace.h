/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* cpace.h: CPace, a password-authenticated key exchange: two parties that know the same short code get the same key,
 * and an attacker gets one guess for each run.
 *
 * Suite CPACE-RISTR255-SHA512 of draft-irtf-cfrg-cpace-21, initiator and responder; its appendix B.3 is the test.
 * The result is not a key: derive keys from it, and confirm them, before anything is trusted.
 */
#pragma once

#include <glib.h>

enum {
  PV_CPACE_POINT_BYTES = 32,
  PV_CPACE_SCALAR_BYTES = 32,
  PV_CPACE_SEED_BYTES = 64, /* uniform: reduced to a scalar */
  PV_CPACE_ISK_BYTES = 64,
  PV_CPACE_MAX_INPUT_BYTES = 8192, /* each of code, channel, session id, associated data */
};

typedef struct PvCpaceBytes {
  const guint8 *data;
  gsize size;
} PvCpaceBytes;

/* One run, never used twice; wiped by pv_cpace_clear(). */
typedef struct PvCpace {
  guint8 scalar[PV_CPACE_SCALAR_BYTES];
  guint8 share[PV_CPACE_POINT_BYTES]; /* to be sent */
} PvCpace;

/* The bytes that are hashed to the generator, for the tests. (transfer full) */
GBytes *pv_cpace_generator_string (PvCpaceBytes code, PvCpaceBytes channel, PvCpaceBytes session);

/**
 * pv_cpace_start:
 * @code: the shared secret
 * @channel: who speaks with whom (CI)
 * @session: a value fresh on both sides (sid)
 * @seed: PV_CPACE_SEED_BYTES of randomness; the caller wipes them
 *
 * Returns: FALSE if an input is over its limit
 */
gboolean pv_cpace_start (PvCpace *cpace, PvCpaceBytes code, PvCpaceBytes channel, PvCpaceBytes session,
                         const guint8 *seed);

/* scalar_mult_vfy: FALSE if @point is no encoding of an element, or the result is the neutral one. */
gboolean pv_cpace_multiply (const guint8 *scalar, const guint8 *point, guint8 ret_point[PV_CPACE_POINT_BYTES]);

/**
 * pv_cpace_finish:
 * @is_initiator: which share of the two is ours
 * @ret_isk: (out): set only on success
 *
 * Returns: FALSE if the other share is not acceptable: abort
 */
gboolean pv_cpace_finish (const PvCpace *cpace, gboolean is_initiator, PvCpaceBytes session, PvCpaceBytes our_data,
                          const guint8 *their_share, PvCpaceBytes their_data, guint8 ret_isk[PV_CPACE_ISK_BYTES]);

void pv_cpace_clear (PvCpace *cpace);

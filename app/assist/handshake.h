/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* handshake.h: how a kiosk and a mediator become sure of one another.
 *
 * Four messages.  It takes both: the certified keys of the two, and the six digits that the citizen's kiosk shows and
 * the mediator types.  A carrier that knows the code has no certificate; a mediator who was not told the code has two
 * guesses.  Everything said before is in what both sign: versions and the catalogue of screens cannot be exchanged on
 * the way, and there is no "go on without".  PROTOCOL.md, section 4.
 *
 * Pure: randomness and time are arguments.
 */
#pragma once

#include "assist/call.h"
#include "assist/cpace.h"
#include "assist/record.h"

enum {
  PV_CODE_DIGITS = 6,
  PV_CODE_LIFE_SECONDS = 120,
  PV_CODE_MAX_FAILURES = 2,
  PV_HANDSHAKE_LIFE_SECONDS = 10,
  PV_HANDSHAKE_RANDOM_BYTES = PV_CPACE_SEED_BYTES + 32 + PV_CALL_RANDOM_BYTES,
  PV_HANDSHAKE_MAX_BYTES = 4096,
};

/* Told to the other side, and only ever shown: it is not authenticated. */
typedef enum {
  PV_REFUSAL_VERSION,
  PV_REFUSAL_CATALOGUE,
  PV_REFUSAL_UNTRUSTED,
  PV_REFUSAL_CODE, /* wrong, used or expired */
  PV_REFUSAL_BUSY,
  PV_N_REFUSALS
} PvRefusal;

/* The six digits: two guesses, one use, two minutes. */
typedef struct PvPairingCode {
  char digits[PV_CODE_DIGITS + 1];
  gint64 until_ms;
  guint failures;
  gboolean is_used;
} PvPairingCode;

/* FALSE: those eight random bytes would favour some codes; try others. */
gboolean pv_pairing_code_make (PvPairingCode *code, const guint8 random[8], gint64 now_ms);
gboolean pv_pairing_code_is_usable (const PvPairingCode *code, gint64 now_ms);
gboolean pv_pairing_code_is_digits (const char *text);
void pv_pairing_code_clear (PvPairingCode *code);

/* Who we are; borrowed. */
typedef struct PvAssistIdentity {
  PvAssistSide side;
  GBytes *certificate;
  GBytes *delegation;   /* kiosk */
  const guint8 *secret; /* the mediator's, or that of the kiosk's session */
  const PvCertificateRoot *roots;
  gsize n_roots;
  const char *const *revoked; /* (nullable): ids, hexadecimal, of certificates that no longer count */
  guint8 newest, oldest;      /* versions */
  /* The kiosk's own catalogue of screens; the mediator's present and last one. */
  guint8 catalogues[2][PV_ASSIST_CATALOGUE_BYTES];
  guint n_catalogues;
} PvAssistIdentity;

typedef struct PvHandshake PvHandshake;

void pv_handshake_free (PvHandshake *handshake);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvHandshake, pv_handshake_free)

/**
 * pv_handshake_join:
 * @call: the bytes of a call
 * @digits: as the mediator typed them
 * @random: PV_HANDSHAKE_RANDOM_BYTES
 * @ret_join: (out): for the kiosk
 *
 * The mediator's first step.
 */
PvHandshake *pv_handshake_join (const PvAssistIdentity *identity, GBytes *call, const char *digits,
                                const guint8 *random, guint64 now, GBytes **ret_join,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The kiosk's first step: @call is the one it made. */
PvHandshake *pv_handshake_answer (const PvAssistIdentity *identity, GBytes *call, const char *digits,
                                  const guint8 *join, gsize join_size, const guint8 *random, guint64 now,
                                  GBytes **ret_answer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The mediator's second step. */
GBytes *pv_handshake_prove (PvHandshake *handshake, const guint8 *answer, gsize size, guint64 now,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The kiosk's last: PV_ASSIST_ERROR_CODE only when a certified mediator had the wrong code; other faults are noise. */
GBytes *pv_handshake_confirm (PvHandshake *handshake, const guint8 *proof, gsize size, PvRecord **ret_record,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The mediator's last. */
PvRecord *pv_handshake_finish (PvHandshake *handshake, const guint8 *done, gsize size,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer none): who the other is: for the mediator from the start, for the kiosk from its first step. */
const PvCertificate *pv_handshake_get_peer (const PvHandshake *handshake);
/* The random of the call that it answers. */
const guint8 *pv_handshake_get_random (const PvHandshake *handshake);
/* The key that signs for the other side (that of the kiosk's session, or the mediator's). */
const guint8 *pv_handshake_get_peer_key (const PvHandshake *handshake);
/* Taken as seen on the wire: @bytes belong to the call with this random. */
gboolean pv_handshake_is_for (const guint8 *bytes, gsize size, const guint8 *call_random);

GBytes *pv_refusal_write (const guint8 *call_random, PvRefusal reason) G_GNUC_WARN_UNUSED_RESULT;
gboolean pv_refusal_read (const guint8 *bytes, gsize size, const guint8 *call_random, PvRefusal *ret_reason);

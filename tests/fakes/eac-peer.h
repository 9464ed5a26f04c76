/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* eac-peer.h: the other side of PACE and chip authentication, with the cryptography of libeac: what agrees with it was
 * written twice by strangers. As a transport, it is a chip that knows no files: GENERAL AUTHENTICATE, MSE, and under
 * secure messaging any other command, answered with its own INS. */
#pragma once

#include "eid/crypto.h"
#include "eid/password.h"
#include "eid/transport.h"

/**
 * pv_eac_peer_new:
 * @parameter_id: 0 to 2 numbers, 8 to 18 curves; generic mapping
 * @secret: the digits of a CAN, or the lines of a zone without newlines
 */
PvCardTransport *pv_eac_peer_new (PvCipher cipher, gint parameter_id, PvPasswordKind kind,
                                  const char *secret) G_GNUC_WARN_UNUSED_RESULT;

/* From now on it proves itself with a new key of this group. */
void pv_eac_peer_offer_chip_auth (PvCardTransport *peer, PvCipher cipher, gint parameter_id);
/* SecurityInfos with that key and its protocol, as of DG14. */
GBytes *pv_eac_peer_make_infos (PvCardTransport *peer, gboolean with_protocol) G_GNUC_WARN_UNUSED_RESULT;
/* It keeps the public key and forgets the private one: a copy of a chip. */
void pv_eac_peer_lose_key (PvCardTransport *peer);

/* A number of this run began with a zero byte. libeac 1.1 cuts such numbers short where ICAO Doc 9303-11, section
 * 9.7.1, wants them whole, so that one run in about a hundred of those over numbers cannot agree. */
gboolean pv_eac_peer_has_short_number (PvCardTransport *peer);
guint pv_eac_peer_count_commands (PvCardTransport *peer);

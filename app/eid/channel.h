/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* channel.h: what the protocols speak to: a transport, and secure messaging once there is some.
 *
 * Chains long commands (CLA bit 0x10) where the transport is short, collects 61xx answers, and counts. One thread.
 */
#pragma once

#include "eid/sm.h"

typedef struct PvChannelTally {
  guint commands;     /* APDUs sent */
  guint reads;        /* of them READ BINARY */
  guint selects;      /* SELECT of a file by its identifier, not of an application */
  guint64 sent_bytes; /* APDU bytes, secured */
  guint64 received_bytes;
} PvChannelTally;

typedef struct PvChannel PvChannel;

/* Borrows @transport. */
PvChannel *pv_channel_new (PvCardTransport *transport) G_GNUC_WARN_UNUSED_RESULT;
void pv_channel_free (PvChannel *channel);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvChannel, pv_channel_free)

/* Takes @sm; NULL: plain again. */
void pv_channel_set_sm (PvChannel *channel, PvSm *sm);
gboolean pv_channel_is_secured (const PvChannel *channel);
/* The end came because the chip said so, with a bare 6987, 6988 or 6882: it has other keys, or none. */
gboolean pv_channel_was_dropped (const PvChannel *channel);
PvCardTransport *pv_channel_get_transport (PvChannel *channel);
const PvChannelTally *pv_channel_get_tally (const PvChannel *channel);
/* The most that one READ BINARY can bring, given the transport and the cipher. */
gsize pv_channel_max_read (const PvChannel *channel);

/**
 * pv_channel_send:
 * @ret_data: plain answer without status word
 * @timeout_ms: of each exchange
 *
 * TRUE with any status word that came back whole. After FALSE the channel is over.
 */
gboolean pv_channel_send (PvChannel *channel, const PvApdu *apdu, guint8 *ret_data, gsize size, gsize *ret_length,
                          guint16 *ret_sw, guint timeout_ms, GError **error);

enum {
  PV_CARD_TIMEOUT_MS = 1500,      /* a read, a select */
  PV_CARD_SLOW_TIMEOUT_MS = 2700, /* a step of PACE or a signature of the chip; a typed error comes within 3 s */
};

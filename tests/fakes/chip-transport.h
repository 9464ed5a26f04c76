/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* chip-transport.h: a card transport straight into a chip of the demo, without any reader. */
#pragma once

#include "demo/card/chip.h"
#include "eid/transport.h"

/* Sizes of the simple path through libnfc, and of any length. */
enum {
  CHIP_TRANSPORT_SHORT_COMMAND = 262,
  CHIP_TRANSPORT_SHORT_ANSWER = 263,
};

/* Borrows @chip, and resets it. Begins short; @can_be_long: a reset may make it long. */
PvCardTransport *chip_transport_new (PvChip *chip, gboolean can_be_long) G_GNUC_WARN_UNUSED_RESULT;
/* Other sizes of the short state. */
void chip_transport_set_short (PvCardTransport *transport, gsize max_command, gsize max_answer);
/* The card goes before the APDU @index, counted from now, and every call fails until it is laid again. */
void chip_transport_lose_at (PvCardTransport *transport, guint index);
void chip_transport_lay (PvCardTransport *transport);
guint chip_transport_count_resets (const PvCardTransport *transport);

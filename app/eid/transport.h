/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* transport.h: the seam to a card: one APDU goes out, one answer comes back. Not a reader: a transport lives as long as
 * one card lies there. Called from one thread, which it may block up to the time given; abort() from any thread.
 *
 * Behind it: libnfc (transport-nfc.h), a script (transport-script.h), in tests a chip in the process or fuzz bytes.
 */
#pragma once

#include "eid/error.h"

enum {
  PV_APDU_MAX_COMMAND_BYTES = 4096, /* the longest is a key of a 2048-bit group under secure messaging */
  PV_APDU_MAX_ANSWER_BYTES = 4352,  /* with SW: a read of 4096 bytes under secure messaging */
};

typedef struct PvCardTransport PvCardTransport;

typedef struct PvCardTransportOps {
  /**
   * transceive:
   * @ret_length: with the status word; at least 2
   *
   * LOST if there was no answer in @timeout_ms or the card went; READER if the reader went; G_IO_ERROR_CANCELLED after
   * abort(), for good. After any error the secured channel is over.
   */
  gboolean (*transceive) (PvCardTransport *transport, const guint8 *command, gsize command_length, guint8 *answer,
                          gsize answer_size, gsize *ret_length, guint timeout_ms, GError **error);
  /**
   * reset: (nullable)
   * @is_long: from now on with commands and answers of any length
   *
   * Power off and on: the card forgets everything. Changes max_command, max_answer and historical. LOST if the same
   * card is not found again.
   */
  gboolean (*reset) (PvCardTransport *transport, gboolean is_long, guint timeout_ms, GError **error);
  void (*abort) (PvCardTransport *transport);
  void (*free) (PvCardTransport *transport);
} PvCardTransportOps;

/* First member of each implementation. */
struct PvCardTransport {
  const PvCardTransportOps *ops;
  gsize max_command;     /* bytes of an APDU that it can send */
  gsize max_answer;      /* bytes of an answer that it can take, with SW */
  gboolean can_be_long;  /* reset (TRUE) would lift both */
  guint8 historical[32]; /* of the card's ATS */
  gsize historical_length;
};

void pv_card_transport_free (PvCardTransport *transport);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvCardTransport, pv_card_transport_free)

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pn532-frame.h: the frames between a host and a PN532 (NXP UM0701-02, section 6.2.1). Pure. */
#pragma once

#include <glib.h>

enum {
  PV_PN532_MAX_PAYLOAD_BYTES = 265, /* with its code, without TFI; all that libnfc can make or take */
  PV_PN532_MAX_FRAME_BYTES = PV_PN532_MAX_PAYLOAD_BYTES + 16,
};

typedef enum {
  PV_PN532_EVENT_NONE,    /* more bytes are needed */
  PV_PN532_EVENT_COMMAND, /* a whole, right frame */
  PV_PN532_EVENT_BAD,     /* wrong checksum, too long, or not from a host: answered with NACK */
  PV_PN532_EVENT_ABORT,   /* an ACK of the host: it waits no longer */
  PV_PN532_EVENT_REPEAT,  /* a NACK of the host: the last answer again */
} PvPn532Event;

/* Bytes of the host that are not understood yet. Zero-initialized is empty. */
typedef struct PvPn532Input {
  guint8 data[2 * PV_PN532_MAX_FRAME_BYTES];
  gsize length;
} PvPn532Input;

/* Takes as many of @data as there is room for; the number of them. Step until NONE, then feed the rest. */
gsize pv_pn532_input_feed (PvPn532Input *input, const guint8 *data, gsize length);
/* The next event; what came before it (wake-up bytes, noise) is dropped. @ret_command has PV_PN532_MAX_PAYLOAD_BYTES. */
PvPn532Event pv_pn532_input_step (PvPn532Input *input, guint8 *ret_command, gsize *ret_length);

extern const guint8 pv_pn532_ack[6], pv_pn532_nack[6], pv_pn532_error[8];

/* An answer of the chip, @payload beginning with the command's code + 1. Returns the length, at most
 * PV_PN532_MAX_FRAME_BYTES. @is_damaged: its checksum is wrong. */
gsize pv_pn532_frame_build (const guint8 *payload, gsize length, gboolean is_damaged, guint8 *ret_frame);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* record.h: the sealed records of one session, whatever carries them.
 *
 * One XChaCha20-Poly1305 operation for each record, with an explicit counter: a record that is lost, repeated or late
 * harms no other.  What is not newer than the last accepted record is dropped, so each is delivered at most once.
 * After a cut the two sides change to a new epoch, with new keys from a new X25519 exchange that only they can make;
 * nobody types a code again.  A killed session has no keys: nothing opens or resumes it.  PROTOCOL.md, section 5.
 *
 * One owner, any thread.
 */
#pragma once

#include "assist/error.h"

enum {
  PV_RECORD_SESSION_BYTES = 16,
  PV_RECORD_KEY_BYTES = 32,
  PV_RECORD_HEADER_BYTES = 1 + 4 + 8, /* type, epoch, counter */
  PV_RECORD_TAG_BYTES = 16,
  PV_RECORD_MIN_CLASS = 64,
  PV_RECORD_MAX_CLASS = 32768,
  PV_RECORD_MAX_PAYLOAD_BYTES = PV_RECORD_MAX_CLASS - 2,
  PV_RECORD_MAX_BYTES = PV_RECORD_HEADER_BYTES + PV_RECORD_MAX_CLASS + PV_RECORD_TAG_BYTES,
  PV_RECORD_RESUME_BYTES = 1 + PV_RECORD_SESSION_BYTES + 4 + 4 + 32 + 32,
  PV_RECORD_MAX_EPOCH = 10000,
};

/* First byte of what the carrier sees. */
typedef enum {
  PV_WIRE_CALL = 0x01,
  PV_WIRE_JOIN = 0x02,   /* mediator to kiosk */
  PV_WIRE_ANSWER = 0x03, /* kiosk to mediator */
  PV_WIRE_PROOF = 0x04,  /* mediator to kiosk */
  PV_WIRE_DONE = 0x05,   /* kiosk to mediator */
  PV_WIRE_REFUSAL = 0x06,
  PV_WIRE_PRESENCE = 0x07, /* mediator to kiosks and mediators */
  PV_WIRE_RECORD = 0x10,
  PV_WIRE_RESUME = 0x11,  /* mediator to kiosk */
  PV_WIRE_RESUMED = 0x12, /* kiosk to mediator */
  PV_WIRE_ENDED = 0x13,   /* the end was heard */
} PvWireType;

typedef enum { PV_SIDE_KIOSK, PV_SIDE_MEDIATOR } PvAssistSide;

typedef struct PvRecord PvRecord;

/* @master: PV_RECORD_KEY_BYTES of the handshake; the caller wipes them. */
PvRecord *pv_record_new (PvAssistSide side, const guint8 *session, const guint8 *master) G_GNUC_WARN_UNUSED_RESULT;
void pv_record_free (PvRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvRecord, pv_record_free)

/* Bytes of the smallest class that holds @payload_size, length prefix included. */
gsize pv_record_padded_size (gsize payload_size);
/* (transfer full); NULL if the session is dead or the payload over its limit. */
GBytes *pv_record_seal (PvRecord *record, const guint8 *payload, gsize size) G_GNUC_WARN_UNUSED_RESULT;
/* The payload, in memory that is wiped; NULL: not from the other side, or not new. */
GBytes *pv_record_open (PvRecord *record, const guint8 *bytes, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* How many records were skipped before the last opened one: their contents are lost. */
guint64 pv_record_last_gap (const PvRecord *record);
guint32 pv_record_get_epoch (const PvRecord *record);
const guint8 *pv_record_get_session (const PvRecord *record);

/* The mediator asks for a new epoch. @seed: 32 random bytes; an earlier unanswered request is void. */
GBytes *pv_record_resume (PvRecord *record, const guint8 *seed) G_GNUC_WARN_UNUSED_RESULT;
/* The kiosk answers. The old epoch stays until a record of the new one comes: the answer may be lost. */
GBytes *pv_record_answer_resume (PvRecord *record, const guint8 *bytes, gsize size, const guint8 *seed,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The mediator takes the answer: it is in the new epoch. */
gboolean pv_record_take_resumed (PvRecord *record, const guint8 *bytes, gsize size, GError **error);

/* Wipes all keys. */
void pv_record_kill (PvRecord *record);
gboolean pv_record_is_alive (const PvRecord *record);

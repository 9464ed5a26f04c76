/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* isodep.h: the block protocol of ISO/IEC 14443-4, seen from the reader: I-blocks with chaining, R-blocks, S(WTX),
 * S(DESELECT). Pure: hands out frames to send and takes those that came; whoever drives it keeps the time. */
#pragma once

#include <glib.h>

enum {
  PV_ISODEP_MAX_FRAME_BYTES = 256,
  PV_ISODEP_MAX_REPEATS = 2, /* of a block after an error on the air */
};

typedef struct PvIsoDep PvIsoDep;

typedef enum {
  PV_ISODEP_SEND,   /* send the frame in ret_frame, wait, and step again */
  PV_ISODEP_DONE,   /* the answer is whole */
  PV_ISODEP_BROKEN, /* the card broke the protocol, or too many repeats */
} PvIsoDepStep;

/* @ats: without its CRC, length byte first. FSC and FWT come from it. */
PvIsoDep *pv_isodep_new (const guint8 *ats, gsize length) G_GNUC_WARN_UNUSED_RESULT;
void pv_isodep_free (PvIsoDep *isodep);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvIsoDep, pv_isodep_free)

/* Begins an exchange. Borrows @apdu until DONE or BROKEN; the answer is put in @answer. */
PvIsoDepStep pv_isodep_start (PvIsoDep *isodep, const guint8 *apdu, gsize length, guint8 *answer, gsize answer_size,
                              const guint8 **ret_frame, gsize *ret_length, guint *ret_wait_ms);
/* @frame NULL: nothing, or nothing whole, came in the time. */
PvIsoDepStep pv_isodep_step (PvIsoDep *isodep, const guint8 *frame, gsize length, const guint8 **ret_frame,
                             gsize *ret_length, guint *ret_wait_ms);
gsize pv_isodep_get_answer_length (const PvIsoDep *isodep);

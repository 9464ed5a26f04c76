/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* isodep.h: the block protocol of ISO/IEC 14443-4, seen from the reader: I-blocks with chaining, R-blocks, S(WTX). Pure:
 * hands out frames to send and takes those that came; whoever drives it keeps the time. Frames are without CRC. */
#pragma once

#include <glib.h>

enum {
  PV_ISODEP_MAX_FRAME_BYTES = 256, /* with CRC */
  PV_ISODEP_MAX_REPEATS = 2,       /* of a block after an error on the air */
  PV_ISODEP_MAX_EXTENSIONS = 64,   /* S(WTX) in one exchange */
  PV_ISODEP_MAX_EXTENDED_MS = 20000,
  PV_ISODEP_MAX_HISTORICAL_BYTES = 32, /* more are ignored */
};

/* What an ATS says (section 5.2), with the defaults of the standard for what it leaves out. */
typedef struct PvIsoDepAts {
  gsize frame_bytes; /* FSC: the largest frame that the card takes, with CRC */
  guint wait_ms;     /* FWT, rounded up */
  guint guard_ms;    /* SFGT: before the first block */
  guint8 speeds;     /* TA(1); 0: 106 kbit/s only */
  const guint8 *historical;
  gsize historical_length;
} PvIsoDepAts;

/* @ats: length byte first. FALSE: its length byte or its interface bytes do not fit. Borrows. */
gboolean pv_isodep_parse_ats (const guint8 *ats, gsize length, PvIsoDepAts *ret_ats);

typedef struct PvIsoDep PvIsoDep;

typedef enum {
  PV_ISODEP_SEND,   /* send the frame in ret_frame, wait, and step again */
  PV_ISODEP_DONE,   /* the answer is whole */
  PV_ISODEP_BROKEN, /* see pv_isodep_get_fault(); for good */
} PvIsoDepStep;

typedef enum {
  PV_ISODEP_FAULT_NONE,
  PV_ISODEP_FAULT_SILENT,   /* nothing came, too often */
  PV_ISODEP_FAULT_RULES,    /* what came broke the rules, too often */
  PV_ISODEP_FAULT_TOO_LONG, /* more than the answer has room for */
} PvIsoDepFault;

/* @ats: without its CRC, length byte first. FSC and FWT come from it. NULL: see pv_isodep_parse_ats(). */
PvIsoDep *pv_isodep_new (const guint8 *ats, gsize length) G_GNUC_WARN_UNUSED_RESULT;
void pv_isodep_free (PvIsoDep *isodep);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvIsoDep, pv_isodep_free)

/* Begins an exchange. Borrows @apdu and @answer until DONE or BROKEN. */
PvIsoDepStep pv_isodep_start (PvIsoDep *isodep, const guint8 *apdu, gsize length, guint8 *answer, gsize answer_size,
                              const guint8 **ret_frame, gsize *ret_length, guint *ret_wait_ms);
/* @frame NULL: nothing, or nothing whole, came in the time. */
PvIsoDepStep pv_isodep_step (PvIsoDep *isodep, const guint8 *frame, gsize length, const guint8 **ret_frame,
                             gsize *ret_length, guint *ret_wait_ms);
gsize pv_isodep_get_answer_length (const PvIsoDep *isodep);
PvIsoDepFault pv_isodep_get_fault (const PvIsoDep *isodep);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* farewell.h: the last word of a session, said until it is heard, by a side that has wiped its keys.
 *
 * Kept are the sealed bytes of the end, which can be sent again without a key, and the name of the session. The other
 * side says in clear that it has ended: who forges that could as well have dropped the end. PROTOCOL.md, section 6.3. */
#pragma once

#include "assist/output.h"
#include "assist/record.h"

enum {
  PV_FAREWELL_RETRY_MS = 1000,
  PV_FAREWELL_LIFE_MS = 120 * 1000, /* by then the other side has given up as well */
  PV_FAREWELL_ENDED_BYTES = 1 + PV_RECORD_SESSION_BYTES,
};

typedef struct PvFarewell {
  GBytes *end; /* (nullable): sealed; NULL: heard, or the other side said it */
  guint8 session[PV_RECORD_SESSION_BYTES];
  guint8 peer[PV_CERTIFICATE_ID_BYTES];
  gint64 retry_ms, until_ms; /* until_ms 0: there is none */
} PvFarewell;

/* Says it for the first time. @end: (transfer full) (nullable): NULL: the other side ended it, and is told so. */
void pv_farewell_start (PvFarewell *farewell, GBytes *end, const guint8 *session, const guint8 *peer, GQueue *outputs,
                        gint64 now_ms);
void pv_farewell_clear (PvFarewell *farewell);
/* @bytes: what came and belongs to no session that lives: a word that the end was heard, or a record of the session that
 * is over, which is answered. */
void pv_farewell_take (PvFarewell *farewell, const guint8 *bytes, gsize size, GQueue *outputs, gint64 now_ms);
void pv_farewell_tick (PvFarewell *farewell, GQueue *outputs, gint64 now_ms);
/* G_MAXINT64: never. */
gint64 pv_farewell_next_deadline_ms (const PvFarewell *farewell);

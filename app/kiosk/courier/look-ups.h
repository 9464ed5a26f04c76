/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* look-ups.h: Follow, FindInvoice and GetInvoicePdf of Courier1, for one session, and how often it may be wrong. Main thread.
 */
#pragma once

#include "kiosk/courier/asker.h"
#include "kiosk/courier/limiter.h"
#include "platform/clock.h"
#include "pv-link-courier1.h"

/* What all sessions share; outlives them. */
typedef struct PvLookUpDesk {
  PvAsker *asker; /* owned */
  PvClock *clock; /* borrowed */
  PvLimiter limiter;
} PvLookUpDesk;

typedef struct PvLookUps PvLookUps;

/* @arguments: of the workers, see pv_asker_new() */
PvLookUpDesk *pv_look_up_desk_new (const char *const *arguments, PvClock *clock) G_GNUC_WARN_UNUSED_RESULT;
void pv_look_up_desk_free (PvLookUpDesk *desk);

/* Handles the three calls of @skeleton until it is freed. @desk: (nullable): everything is answered "Busy" */
PvLookUps *pv_look_ups_new (PvLinkCourier1 *skeleton, PvLookUpDesk *desk) G_GNUC_WARN_UNUSED_RESULT;
void pv_look_ups_free (PvLookUps *look_ups);

/* For what is looked up without the portal: seconds to wait, 0 = none; and that it was wrong. */
guint pv_look_ups_get_wait_s (const PvLookUps *look_ups);
void pv_look_ups_note_wrong (PvLookUps *look_ups);

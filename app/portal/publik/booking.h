/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* booking.h: a time booked with Chrono itself, without a form (publik-api, 5).
 *
 * Chrono has no key against double bookings; the kiosk reference goes along as user_external_id and once more as
 * parvis_ref, and whether a booking came about is asked by it.
 */
#pragma once

#include "core/submission.h"
#include "platform/json.h"
#include "portal/portal.h"

enum {
  PV_PUBLIK_MAX_SLOT_BYTES = 128,
  PV_PUBLIK_MAX_BOOKINGS = 50, /* under one kiosk reference, given up ones included */
};

/* Path of the call that books the slot of an option source; NULL if it is none of an agenda, or the slot no slot. */
char *pv_publik_make_fillslot_path (const char *source, const char *slot) G_GNUC_WARN_UNUSED_RESULT;
/* Path of the call that gives a booking up; NULL if that is no number of a booking. */
char *pv_publik_make_cancel_path (const char *booking) G_GNUC_WARN_UNUSED_RESULT;
/* It has times, which others may take meanwhile. */
gboolean pv_publik_is_agenda (const char *source);

/* Body of fillslot; (transfer full), wiped when freed. */
PvJsonWriter *pv_publik_build_booking (const PvSubmission *submission) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_publik_read_booked:
 * @json: the positive answer to fillslot
 *
 * On a waiting list nothing is booked: then the outcome has no booking.
 *
 * Returns: (transfer full): NULL with AMBIGUOUS if the answer has no number
 */
PvOutcome *pv_publik_read_booked (const PvJson *json, const PvSubmission *submission, gint64 received_us,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_publik_read_bookings:
 * @json: answer of /api/bookings/, filtered by the reference
 *
 * Each row is compared once more: if the agenda ignored the filter, absence is not proven (BAD_ANSWER). PvFound.number is
 * the number of the booking; what was given up counts as absent.
 */
PvFound *pv_publik_read_bookings (const PvJson *json, const char *ref, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* worker-booking.h: what a worker decides about a filing with a time of an agenda. Pure. */
#pragma once

#include "portal/portal.h"

/* The session waits 15 s for an outcome; within less, whoever sent it surely stands there, and was promised nothing. */
enum { PV_WORKER_RETURN_MS = 10 * 1000 };

/* TRUE: a time that is gone goes back to the citizen; else nobody is there any more to choose another one. */
gboolean pv_worker_may_return (const PvSubmission *submission, gint64 now_us);
/* It is among them, and free. @options: (element-type PvOption) */
gboolean pv_worker_has_slot (const GPtrArray *options, const char *slot);
/* Tells the agents that the time was gone when it was sent: they call. In the language that is set. */
void pv_worker_note_taken (PvSubmission *submission);
/* The reference under which a booking, or the one that is given up, would be. (transfer none) */
const char *pv_worker_get_searched_ref (const PvSubmission *submission);
/* What was found says that it was done: booked, or given up. */
gboolean pv_worker_is_done (const PvSubmission *submission, const PvFound *found);
/* Of what a search showed to be done; an agenda does not tell when. (transfer full) */
PvOutcome *pv_worker_make_outcome (const PvSubmission *submission, const PvFound *found,
                                   gint64 now_us) G_GNUC_WARN_UNUSED_RESULT;
/* @outcome as it is kept for whoever has the reference. @ret_old_ref: (transfer none) (nullable): that of an appointment
 * which was moved or given up with it. (transfer full) */
PvOutcome *pv_worker_make_kept (const PvSubmission *submission, const PvOutcome *outcome,
                                const char **ret_old_ref) G_GNUC_WARN_UNUSED_RESULT;

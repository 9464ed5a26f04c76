/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/worker-booking.h"

#include <glib/gi18n-lib.h>

#include "core/wipe.h"

gboolean
pv_worker_may_return (const PvSubmission *submission, gint64 now_us)
{
  gint64 age_us = now_us - submission->created_us;

  return age_us >= 0 && age_us < PV_WORKER_RETURN_MS * G_TIME_SPAN_MILLISECOND;
}

gboolean
pv_worker_has_slot (const GPtrArray *options, const char *slot)
{
  for (guint i = 0; i < options->len; i++) {
    const PvOption *option = options->pdata[i];

    if (g_str_equal (option->id, slot))
      return !option->disabled;
  }
  return FALSE;
}

void
pv_worker_note_taken (PvSubmission *submission)
{
  g_autoptr (PvSecretStr) before = g_steal_pointer (&submission->note);

  submission->note =
    g_strdup_printf ("%s\n%s", before != NULL ? before : "",
                     _ ("The chosen time was no longer free when this was sent. Please call the person."));
}

const char *
pv_worker_get_searched_ref (const PvSubmission *submission)
{
  const char *old = submission->appointment->cancels_ref;

  return submission->purpose == PV_SUBMISSION_CANCEL && old != NULL ? old : submission->ref;
}

gboolean
pv_worker_is_done (const PvSubmission *submission, const PvFound *found)
{
  if (submission->purpose != PV_SUBMISSION_CANCEL)
    return found->found;
  return !found->found || g_strcmp0 (found->number, submission->appointment->cancels) != 0;
}

PvOutcome *
pv_worker_make_kept (const PvSubmission *submission, const PvOutcome *outcome, const char **ret_old_ref)
{
  const PvAppointment *appointment = submission->appointment;
  PvOutcome *kept = pv_outcome_copy (outcome);

  *ret_old_ref = NULL;
  if (outcome->kind != PV_OUTCOME_RECEIVED || appointment == NULL || !pv_ref_is_valid (appointment->cancels_ref))
    return kept;
  *ret_old_ref = appointment->cancels_ref;
  if (submission->purpose == PV_SUBMISSION_CANCEL)
    kept->kind = PV_OUTCOME_GIVEN_UP;
  return kept;
}

PvOutcome *
pv_worker_make_outcome (const PvSubmission *submission, const PvFound *found, gint64 now_us)
{
  PvOutcome *outcome = pv_outcome_new (PV_OUTCOME_RECEIVED, submission->ref);

  outcome->received_us = found->received_us > 0 ? found->received_us : now_us;
  if (submission->purpose != PV_SUBMISSION_BOOK || found->number == NULL)
    return outcome;
  outcome->number = g_strdup (found->number);
  outcome->booking = pv_submission_make_booking (submission, found->number);
  return outcome;
}

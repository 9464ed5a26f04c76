/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/worker.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "core/outcome.h"
#include "core/receipt-code.h"
#include "core/submission.h"
#include "core/wipe.h"
#include "kiosk/courier/connection.h"
#include "kiosk/courier/worker-booking.h"
#include "link/follow.h"
#include "platform/clock.h"
#include "platform/language.h"
#include "platform/secret.h"

typedef struct Worker {
  /* owned */
  PvPortal *portal;
  PvOutboxHeader *header;
  PvSubmission *submission;
  GMainLoop *loop;
  PvWorkerReport *report;
  PvOutcome *outcome; /* what is sealed into the report */
  /* borrowed */
  const PvSettings *settings;
  PvOutboxKeys *keys;
  guint8 reply_key[PV_OUTBOX_KEY_BYTES];
  PvWorkerTask task;
  gboolean has_learnt_clock;
} Worker;

static void search (Worker *worker);
static void begin_to_send (Worker *worker);
static void send_filing (Worker *worker);

void
pv_worker_follow (int parent)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  /* It may have gone before we asked. */
  if (getppid () != parent)
    _exit (EXIT_FAILURE);
}

/* A search does not find drafts. */
static gboolean
can_search (const Worker *worker)
{
  return worker->header->has_ref_field && worker->header->purpose == PV_OUTBOX_FILE;
}

static void
end (Worker *worker, PvDeliveryEvent event, const char *reason)
{
  worker->report = pv_worker_report_new (event, reason);
  g_main_loop_quit (worker->loop);
}

static const char *
reason_of (const GError *error)
{
  if (error->domain != PV_PORTAL_ERROR)
    return "ambiguous";
  switch ((PvPortalError) error->code) {
  case PV_PORTAL_ERROR_OFFLINE:
    return "offline";
  case PV_PORTAL_ERROR_AMBIGUOUS:
    return "ambiguous";
  case PV_PORTAL_ERROR_DENIED:
    return "denied";
  case PV_PORTAL_ERROR_CLOCK:
    return "clock";
  case PV_PORTAL_ERROR_GONE:
    return "gone";
  case PV_PORTAL_ERROR_BAD_ANSWER:
    return "bad-answer";
  case PV_PORTAL_ERROR_BUSY:
    return "busy";
  case PV_PORTAL_ERROR_CONFIGURATION:
    return "configuration";
  case PV_PORTAL_ERROR_UNSUPPORTED:
    return "unsupported";
  case PV_PORTAL_ERROR_TAKEN:
    return "slot-taken";
  }
  return "ambiguous";
}

/* What an error of a submission means for the delivery. Whatever is not surely one thing is ambiguous. */
static PvDeliveryEvent
event_of (const GError *error)
{
  if (error->domain != PV_PORTAL_ERROR)
    return PV_DELIVERY_AMBIGUOUS;
  switch ((PvPortalError) error->code) {
  case PV_PORTAL_ERROR_OFFLINE:
  case PV_PORTAL_ERROR_CLOCK:
  case PV_PORTAL_ERROR_BUSY:
  case PV_PORTAL_ERROR_CONFIGURATION:
    return PV_DELIVERY_NOT_SENT;
  case PV_PORTAL_ERROR_DENIED:
  case PV_PORTAL_ERROR_GONE:
  case PV_PORTAL_ERROR_UNSUPPORTED:
  case PV_PORTAL_ERROR_TAKEN:
    return PV_DELIVERY_REJECTED;
  case PV_PORTAL_ERROR_AMBIGUOUS:
  case PV_PORTAL_ERROR_BAD_ANSWER:
    return PV_DELIVERY_AMBIGUOUS;
  }
  return PV_DELIVERY_AMBIGUOUS;
}

/* Whether filings can reach the portal at present: what the screens tell. */
static gboolean
is_reachable_after (const GError *error)
{
  return !g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_OFFLINE)
         && !g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_CONFIGURATION)
         && !g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_CLOCK);
}

static void
end_by_error (Worker *worker, PvDeliveryEvent event, const GError *error)
{
  end (worker, event, reason_of (error));
  worker->report->is_reachable = is_reachable_after (error);
  worker->report->retry_after_s = pv_portal_error_get_retry_after_s (error);
}

/* Once in a worker's life the clock may be corrected and the call repeated: it was surely refused. */
static gboolean
learns_clock (Worker *worker, const GError *error)
{
  if (worker->has_learnt_clock || !pv_connection_learn_clock (error))
    return FALSE;
  worker->has_learnt_clock = TRUE;
  return TRUE;
}

static void
end_accepted (Worker *worker)
{
  end (worker, worker->outcome->kind == PV_OUTCOME_DRAFT ? PV_DELIVERY_DRAFT_KEPT : PV_DELIVERY_ACCEPTED, NULL);
  worker->report->is_reachable = TRUE;
}

/* The time is gone. Whoever just touched "send" is told and chooses again; nobody else could be. */
static void
end_taken (Worker *worker)
{
  gboolean is_told = pv_worker_may_return (worker->submission, pv_clock_get_wall_us (pv_clock_get_system ()));

  end (worker, is_told ? PV_DELIVERY_SLOT_TAKEN : PV_DELIVERY_REJECTED, "slot-taken");
  worker->report->is_reachable = TRUE;
}

/* Without it, or without an answer, the appointment is "to be confirmed"; the filing is the portal's either way. */
static void
seen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Worker *worker = user_data;
  g_autoptr (PvFound) found = pv_portal_find_booking_finish (PV_PORTAL (source), result, NULL);

  if (found != NULL && found->found && found->number != NULL)
    worker->outcome->booking = pv_submission_make_booking (worker->submission, found->number);
  end_accepted (worker);
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Worker *worker = user_data;
  g_autoptr (GError) error = NULL;

  worker->outcome = pv_portal_submit_finish (PV_PORTAL (source), result, &error);
  if (worker->outcome == NULL && learns_clock (worker, error))
    send_filing (worker);
  else if (worker->outcome == NULL && g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_TAKEN))
    end_taken (worker);
  else if (worker->outcome == NULL)
    end_by_error (worker, event_of (error), error);
  else if (worker->submission->purpose == PV_SUBMISSION_FILE && worker->submission->appointment != NULL)
    pv_portal_find_booking_async (worker->portal, worker->header->ref, NULL, seen_cb, worker);
  else
    end_accepted (worker);
}

static void
slots_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Worker *worker = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) options = pv_portal_options_finish (PV_PORTAL (source), result, &error);
  gboolean is_form = worker->submission->purpose == PV_SUBMISSION_FILE;

  if (options == NULL && learns_clock (worker, error)) {
    begin_to_send (worker);
  } else if (options == NULL && g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_OFFLINE)) {
    end_by_error (worker, PV_DELIVERY_NOT_SENT, error);
  } else if (options == NULL || pv_worker_has_slot (options, worker->submission->appointment->slot)) {
    /* An agenda that does not answer is no reason to keep a request: it stays "to be confirmed". */
    send_filing (worker);
  } else if (is_form && !pv_worker_may_return (worker->submission, pv_clock_get_wall_us (pv_clock_get_system ()))) {
    pv_worker_note_taken (worker->submission);
    send_filing (worker);
  } else {
    end_taken (worker);
  }
}

/* A time may have gone while it was on the screen, or while the filing waited here. */
static void
begin_to_send (Worker *worker)
{
  const PvSubmission *submission = worker->submission;

  if (submission->appointment != NULL && *submission->appointment->slot != '\0')
    pv_portal_options_async (worker->portal, submission->slug, submission->appointment->source, NULL, NULL, slots_cb,
                             worker);
  else
    send_filing (worker);
}

static void
send_filing (Worker *worker)
{
  pv_portal_submit_async (worker->portal, worker->submission, NULL, submitted_cb, worker);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Worker *worker = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PvFound) found = pv_portal_find_finish (PV_PORTAL (source), result, &error);

  if (found == NULL && learns_clock (worker, error))
    search (worker);
  else if (found == NULL)
    end_by_error (worker, PV_DELIVERY_SEARCH_FAILED, error);
  else if (found->found) {
    worker->outcome = pv_outcome_new (PV_OUTCOME_RECEIVED, worker->header->ref);
    worker->outcome->number = g_strdup (found->number);
    worker->outcome->tracking_code = g_strdup (found->tracking_code);
    worker->outcome->received_us = found->received_us;
    end (worker, PV_DELIVERY_FOUND, NULL);
    worker->report->is_reachable = TRUE;
  } else if (worker->task == PV_WORKER_SEARCH_AND_SEND)
    begin_to_send (worker);
  else {
    end (worker, PV_DELIVERY_ABSENT, "ambiguous");
    worker->report->is_reachable = TRUE;
  }
}

/* Of a booking; of the end of one, which is there when the booking is not. */
static void
booking_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Worker *worker = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PvFound) found = pv_portal_find_booking_finish (PV_PORTAL (source), result, &error);

  if (found == NULL && learns_clock (worker, error))
    search (worker);
  else if (found == NULL)
    end_by_error (worker, PV_DELIVERY_SEARCH_FAILED, error);
  else if (pv_worker_is_done (worker->submission, found)) {
    worker->outcome = pv_worker_make_outcome (worker->submission, found, pv_clock_get_wall_us (pv_clock_get_system ()));
    end (worker, PV_DELIVERY_FOUND, NULL);
    worker->report->is_reachable = TRUE;
  } else if (worker->task == PV_WORKER_SEARCH_AND_SEND)
    begin_to_send (worker);
  else {
    end (worker, PV_DELIVERY_ABSENT, "ambiguous");
    worker->report->is_reachable = TRUE;
  }
}

static void
search (Worker *worker)
{
  if (worker->submission->purpose >= PV_SUBMISSION_BOOK)
    pv_portal_find_booking_async (worker->portal, pv_worker_get_searched_ref (worker->submission), NULL,
                                  booking_found_cb, worker);
  else if (worker->submission->ref_field == NULL)
    end (worker, PV_DELIVERY_SEARCH_FAILED, "unsupported");
  else
    pv_portal_find_async (worker->portal, worker->submission->slug, worker->submission->ref_field, worker->header->ref,
                          NULL, found_cb, worker);
}

static gboolean
start_cb (gpointer user_data)
{
  Worker *worker = user_data;

  switch (worker->task) {
  case PV_WORKER_SEND:
    begin_to_send (worker);
    break;
  case PV_WORKER_SEARCH:
  case PV_WORKER_SEARCH_AND_SEND:
    search (worker);
    break;
  case PV_WORKER_TELL_UNKNOWN:
  case PV_N_WORKER_TASKS:
    end (worker, PV_DELIVERY_AMBIGUOUS, "ambiguous");
    break;
  }
  return G_SOURCE_REMOVE;
}

static PvOutcomeKind
kind_of (const Worker *worker)
{
  switch (worker->report->event) {
  case PV_DELIVERY_REJECTED:
    return PV_OUTCOME_REFUSED;
  case PV_DELIVERY_SLOT_TAKEN:
    return PV_OUTCOME_SLOT_TAKEN;
  case PV_DELIVERY_AMBIGUOUS:
    return can_search (worker) ? PV_OUTCOME_PENDING : PV_OUTCOME_UNKNOWN;
  case PV_DELIVERY_START:
  case PV_DELIVERY_NOT_SENT:
  case PV_DELIVERY_ACCEPTED:
  case PV_DELIVERY_DRAFT_KEPT:
  case PV_DELIVERY_WORKER_LOST:
  case PV_DELIVERY_FOUND:
  case PV_DELIVERY_ABSENT:
  case PV_DELIVERY_SEARCH_FAILED:
  case PV_N_DELIVERY_EVENTS:
    break;
  }
  return PV_OUTCOME_PENDING;
}

/* For whoever has the reference later. @ret_name: NULL if there is no memory for it */
static void
seal_record (Worker *worker, const char *ref, GVariant *outcome, char **ret_name, GBytes **ret_record)
{
  g_autoptr (PvFollowKey) follow = pv_follow_key_new (ref, worker->keys->public_key);

  if (follow == NULL)
    return;
  *ret_name = g_strdup (pv_follow_key_get_name (follow));
  *ret_record = pv_follow_seal (follow, outcome);
}

/* The courier signs it without learning what it is of. (transfer full) (nullable) */
static GBytes *
make_receipt_digest (const Worker *worker)
{
  g_autoptr (PvReceiptFacts) facts = pv_receipt_facts_of_outcome (worker->outcome, worker->header->slug);
  guint8 digest[PV_RECEIPT_DIGEST_BYTES];

  if (facts == NULL)
    return NULL;
  pv_receipt_facts_to_digest (facts, digest);
  return g_bytes_new (digest, sizeof digest);
}

/* For the session, which alone can open it, and for whoever has the reference later; also that of an appointment which is
 * no more: it leads to the newer one, or says so. */
static void
seal_outcome (Worker *worker)
{
  g_autoptr (GVariant) variant = NULL, record = NULL;
  g_autoptr (PvOutcome) kept = NULL;
  const char *old_ref;

  if (worker->outcome == NULL)
    worker->outcome = pv_outcome_new (kind_of (worker), worker->header->ref);
  variant = g_variant_ref_sink (pv_outcome_to_variant (worker->outcome));
  worker->report->outcome = pv_outbox_seal_reply (variant, worker->reply_key, NULL);
  worker->report->receipt_digest = make_receipt_digest (worker);
  /* Nobody was given a reference of what did not come about. */
  if (worker->outcome->kind == PV_OUTCOME_SLOT_TAKEN)
    return;
  kept = pv_worker_make_kept (worker->submission, worker->outcome, &old_ref);
  record = g_variant_ref_sink (pv_outcome_to_variant (kept));
  seal_record (worker, worker->header->ref, record, &worker->report->record_name, &worker->report->record);
  if (old_ref != NULL)
    seal_record (worker, old_ref, record, &worker->report->old_record_name, &worker->report->old_record);
}

static PvOutboxKeys *
read_keys (const PvSettings *settings)
{
  const char *path = pv_settings_get_text (settings, PV_SETTING_OUTBOX_PRIVATE_KEY_FILE);
  g_autoptr (PvSecret) text = path != NULL ? pv_secret_read_text (path, NULL) : NULL;
  guint8 secret[PV_OUTBOX_KEY_BYTES];
  PvOutboxKeys *keys;

  if (text == NULL || !pv_outbox_key_from_text (pv_secret_get_text (text), secret))
    return NULL;
  keys = pv_outbox_keys_from_secret (secret);
  pv_wipe_bytes (secret, sizeof secret);
  return keys;
}

/* FALSE: it cannot be opened here and now. */
static gboolean
open_filing (Worker *worker, int filing_fd)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new_from_fd (filing_fd, FALSE, NULL);
  g_autoptr (GBytes) container = file != NULL ? g_mapped_file_get_bytes (file) : NULL;
  g_autoptr (GVariant) variant = NULL;

  worker->keys = read_keys (worker->settings);
  if (container == NULL || worker->keys == NULL)
    return FALSE;
  worker->header = pv_outbox_parse (container, NULL);
  variant = pv_outbox_open (container, worker->keys, worker->reply_key, NULL);
  if (worker->header == NULL || variant == NULL)
    return FALSE;
  worker->submission = pv_submission_from_variant (variant, NULL);
  if (worker->submission == NULL || strcmp (worker->submission->ref, worker->header->ref) != 0)
    return FALSE;
  /* The agents read it in the commune's language, whatever the citizen chose. */
  pv_language_set (pv_settings_get_list (worker->settings, PV_SETTING_COMMUNE_LANGUAGES)[0]);
  if (worker->submission->note == NULL)
    worker->submission->note = pv_submission_build_note (worker->submission);
  return TRUE;
}

static gboolean
write_report (const PvWorkerReport *report, int report_fd)
{
  g_autoptr (GBytes) bytes = pv_worker_report_to_bytes (report);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  while (size > 0) {
    ssize_t written = write (report_fd, data, size);

    if (written <= 0)
      return FALSE;
    data += written;
    size -= (gsize) written;
  }
  return TRUE;
}

static void
worker_clear (Worker *worker)
{
  g_clear_object (&worker->portal);
  g_clear_pointer (&worker->header, pv_outbox_header_free);
  g_clear_pointer (&worker->submission, pv_submission_free);
  g_clear_pointer (&worker->outcome, pv_outcome_free);
  g_clear_pointer (&worker->report, pv_worker_report_free);
  g_clear_pointer (&worker->keys, pv_outbox_keys_free);
  g_clear_pointer (&worker->loop, g_main_loop_unref);
}

int
pv_worker_run (const PvSettings *settings, PvWorkerTask task, int filing_fd, int report_fd)
{
  PvDeliveryEvent nothing_done = task == PV_WORKER_SEND ? PV_DELIVERY_NOT_SENT : PV_DELIVERY_SEARCH_FAILED;
  Worker worker = { .settings = settings, .task = task, .loop = g_main_loop_new (NULL, FALSE) };
  gboolean is_written;

  if (!open_filing (&worker, filing_fd))
    worker.report = pv_worker_report_new (nothing_done, "key");
  else {
    worker.portal = pv_connection_open (settings, NULL);
    if (worker.portal == NULL)
      worker.report = pv_worker_report_new (nothing_done, "configuration");
    else {
      g_idle_add (start_cb, &worker);
      g_main_loop_run (worker.loop);
    }
    seal_outcome (&worker);
  }
  is_written = write_report (worker.report, report_fd);
  worker_clear (&worker);
  return is_written ? EXIT_SUCCESS : EXIT_FAILURE;
}

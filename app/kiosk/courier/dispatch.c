/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/dispatch.h"

#include <unistd.h>

#include "platform/log.h"

enum {
  SPREAD_MS = 20 * 1000, /* over which waiting filings go out once the portal answers again */
  TIDY_EVERY_MS = 3600 * 1000,
};

/* One attempt: a worker that runs, or its result that the disk would not take. */
typedef struct Job {
  PvDispatch *dispatch; /* NULL once that is gone */
  PvOutboxItem *item;
  PvWorkerTask task;
  PvWorkerReport *report; /* (nullable): as it came; NULL while running, or lost */
  PvDeliveryState state;  /* before, with: */
  char *reason;           /* (nullable) */
  gboolean is_running;
  gint64 save_again_ms;
} Job;

struct PvDispatch {
  /* owned */
  GPtrArray *jobs;    /* (element-type Job) */
  GHashTable *tells;  /* (element-type utf8 guint): how often an unknown one was to be told */
  GHashTable *raised; /* (element-type utf8): ids whose alarm is in the log */
  /* borrowed */
  PvOutboxStore *store;
  PvRecords *records;
  PvRunner *runner;
  PvClock *clock;
  const PvDispatchHooks *hooks;
  guint keep_days;
  gint64 tidy_ms;
  gboolean is_portal_away, is_stopping;
};

static void
job_free (gpointer data)
{
  Job *job = data;

  pv_worker_report_free (job->report);
  g_free (job->reason);
  g_free (job);
}

static gint64
now_us (const PvDispatch *dispatch)
{
  return pv_clock_get_wall_us (dispatch->clock);
}

static gint64
now_ms (const PvDispatch *dispatch)
{
  return pv_clock_get_monotonic_ms (dispatch->clock);
}

PvDispatch *
pv_dispatch_new (PvOutboxStore *store, PvRecords *records, PvRunner *runner, PvClock *clock,
                 const PvDispatchHooks *hooks, guint keep_days)
{
  PvDispatch *dispatch = g_new0 (PvDispatch, 1);

  dispatch->jobs = g_ptr_array_new ();
  dispatch->tells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  dispatch->raised = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  dispatch->store = store;
  dispatch->records = records;
  dispatch->runner = runner;
  dispatch->clock = clock;
  dispatch->hooks = hooks;
  dispatch->keep_days = keep_days;
  dispatch->tidy_ms = now_ms (dispatch);
  return dispatch;
}

void
pv_dispatch_free (PvDispatch *dispatch)
{
  if (dispatch == NULL)
    return;
  for (guint i = 0; i < dispatch->jobs->len; i++) {
    Job *job = dispatch->jobs->pdata[i];

    job->dispatch = NULL;
    if (!job->is_running)
      job_free (job);
  }
  g_ptr_array_unref (dispatch->jobs);
  g_hash_table_unref (dispatch->tells);
  g_hash_table_unref (dispatch->raised);
  g_free (dispatch);
}

static Job *
find_job (const PvDispatch *dispatch, const PvOutboxItem *item)
{
  for (guint i = 0; i < dispatch->jobs->len; i++) {
    Job *job = dispatch->jobs->pdata[i];

    if (job->item == item)
      return job;
  }
  return NULL;
}

guint
pv_dispatch_get_n_running (const PvDispatch *dispatch)
{
  guint count = 0;

  for (guint i = 0; i < dispatch->jobs->len; i++)
    count += ((Job *) dispatch->jobs->pdata[i])->is_running ? 1 : 0;
  return count;
}

guint
pv_dispatch_get_n_raised (const PvDispatch *dispatch)
{
  const GPtrArray *items = pv_outbox_store_get_items (dispatch->store);
  guint count = pv_outbox_store_get_n_unreadable (dispatch->store);

  for (guint i = 0; i < items->len; i++) {
    const PvOutboxItem *item = items->pdata[i];

    count += pv_delivery_is_raised (&item->delivery, now_us (dispatch)) && !item->is_exported ? 1 : 0;
  }
  return count;
}

void
pv_dispatch_stop (PvDispatch *dispatch)
{
  dispatch->is_stopping = TRUE;
}

gboolean
pv_dispatch_store (PvDispatch *dispatch, const char *ref, GBytes *container, GError **error)
{
  PvOutboxItem *item = NULL;

  if (!pv_outbox_store_add (dispatch->store, ref, container, now_us (dispatch), now_ms (dispatch), &item, error))
    return FALSE;
  if (item != NULL && item->outcome != NULL)
    dispatch->hooks->outcome (ref, item->outcome, NULL, dispatch->hooks->data);
  dispatch->hooks->changed (dispatch->hooks->data);
  return TRUE;
}

/* The others learn from one attempt whether the portal is there. */
static void
tell_others (PvDispatch *dispatch, const PvOutboxItem *tried, gboolean is_reachable)
{
  const GPtrArray *items = pv_outbox_store_get_items (dispatch->store);

  if (is_reachable && !dispatch->is_portal_away)
    return;
  dispatch->is_portal_away = !is_reachable;
  for (guint i = 0; i < items->len; i++) {
    PvOutboxItem *item = items->pdata[i];

    if (item == tried || pv_delivery_get_action (&item->delivery) == PV_DELIVERY_REST)
      continue;
    if (!is_reachable)
      pv_delivery_postpone (&item->delivery, tried->delivery.due_ms);
    else if (item->delivery.state == PV_DELIVERY_QUEUED)
      pv_delivery_hurry (&item->delivery, now_ms (dispatch) + g_random_int_range (0, SPREAD_MS));
  }
}

/* Who and where by words of our own only; slugs of a portal may be no such words, and then are withheld. */
#define log_filing(dispatch, level, event, item)                                                                       \
  pv_log_event (level, event, PV_LOG_WORD ("filing", pv_outbox_store_get_id ((dispatch)->store, item)),                \
                PV_LOG_WORD ("form", (item)->header->slug),                                                            \
                PV_LOG_WORD ("state", pv_delivery_state_name ((item)->delivery.state)),                                \
                PV_LOG_WORD ("reason", (item)->reason != NULL ? (item)->reason : ""))

static void
log_if_raised (PvDispatch *dispatch, PvOutboxItem *item)
{
  const char *id;

  if (!pv_delivery_is_raised (&item->delivery, now_us (dispatch)) || item->is_exported)
    return;
  id = pv_outbox_store_get_id (dispatch->store, item);
  if (g_hash_table_add (dispatch->raised, g_strdup (id)))
    log_filing (dispatch, PV_LOG_WARNING, "filing-needs-an-agent", item);
}

/* @record: (nullable) */
static void
keep_record (PvDispatch *dispatch, const char *name, GBytes *record)
{
  g_autoptr (GError) error = NULL;

  if (record != NULL && !pv_records_put (dispatch->records, name, record, &error))
    pv_log_event (PV_LOG_WARNING, "record-not-written", PV_LOG_CAUSE (error));
}

/* Takes the result of @job to the disk. FALSE: it would not have it; nothing is lost, it is tried again. */
static gboolean
save_result (PvDispatch *dispatch, Job *job)
{
  const PvWorkerReport *report = job->report;
  PvDelivery next = job->item->delivery;
  PvDeliveryEvent event = report != NULL ? report->event : PV_DELIVERY_WORKER_LOST;
  const char *reason = report != NULL ? report->reason : "lost";
  g_autoptr (GError) error = NULL;

  if (job->task == PV_WORKER_TELL_UNKNOWN)
    reason = report != NULL && report->outcome != NULL ? "ambiguous" : "lost";
  else if (!pv_delivery_step (&next, event, now_ms (dispatch), g_random_int ())) {
    pv_log_event (PV_LOG_ERROR, "worker-report-impossible");
    pv_delivery_step (&next, PV_DELIVERY_WORKER_LOST, now_ms (dispatch), g_random_int ());
    reason = "lost";
  }
  if (report != NULL && report->retry_after_s > 0)
    pv_delivery_postpone (&next, now_ms (dispatch) + (gint64) MIN (report->retry_after_s, 3600) * 1000);
  /* Before the state: what is noted as delivered can also be followed. */
  if (report != NULL) {
    keep_record (dispatch, report->record_name, report->record);
    keep_record (dispatch, report->old_record_name, report->old_record);
  }
  if (!pv_outbox_store_update (dispatch->store, job->item, &next, reason, report != NULL ? report->outcome : NULL,
                               now_us (dispatch), &error)) {
    pv_log_event (PV_LOG_ERROR, "outbox-not-written", PV_LOG_CAUSE (error));
    return FALSE;
  }
  return TRUE;
}

static void
end_job (PvDispatch *dispatch, Job *job)
{
  PvOutboxItem *item = job->item;
  /* Weeks without a portal are thousands of attempts, and one line. */
  gboolean is_news = item->delivery.state != job->state || g_strcmp0 (item->reason, job->reason) != 0;

  if (is_news)
    log_filing (dispatch, PV_LOG_INFO, "filing-state", item);
  log_if_raised (dispatch, item);
  if (item->delivery.state == PV_DELIVERY_RECEIVED && job->state != PV_DELIVERY_RECEIVED
      && dispatch->hooks->received != NULL)
    dispatch->hooks->received (item->header->slug, dispatch->hooks->data);
  /* What is wrong with one form, or with our own settings, says nothing about the others. */
  if (job->report != NULL && (job->report->is_reachable || g_strcmp0 (job->report->reason, "offline") == 0)) {
    tell_others (dispatch, item, job->report->is_reachable);
    dispatch->hooks->reachable (job->report->is_reachable, dispatch->hooks->data);
  }
  g_ptr_array_remove (dispatch->jobs, job);
  job_free (job);
}

static void
worker_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;
  PvDispatch *dispatch = job->dispatch;

  (void) source;
  if (dispatch == NULL) {
    job_free (job);
    return;
  }
  job->report = dispatch->runner->finish (dispatch->runner, result);
  job->is_running = FALSE;
  /* The citizen may be waiting: told first. It is true, whatever the disk says. */
  if (job->report != NULL && job->report->outcome != NULL)
    dispatch->hooks->outcome (job->item->header->ref, job->report->outcome, job->report->receipt_digest,
                              dispatch->hooks->data);
  if (save_result (dispatch, job))
    end_job (dispatch, job);
  else
    job->save_again_ms = now_ms (dispatch) + PV_DISPATCH_SAVE_AGAIN_MS;
  dispatch->hooks->changed (dispatch->hooks->data);
}

/* Takes @filing_fd. */
static void
start_worker (PvDispatch *dispatch, PvOutboxItem *item, PvWorkerTask task, int filing_fd)
{
  Job *job = g_new0 (Job, 1);

  job->dispatch = dispatch;
  job->item = item;
  job->task = task;
  /* SENDING is only for the time of the attempt. */
  job->state = item->delivery.state == PV_DELIVERY_SENDING ? PV_DELIVERY_QUEUED : item->delivery.state;
  job->reason = g_strdup (item->reason);
  job->is_running = TRUE;
  g_ptr_array_add (dispatch->jobs, job);
  dispatch->runner->run (dispatch->runner, filing_fd, task, worker_ended_cb, job);
}

/* The disk knows that something may be sent before anything can be. FALSE: it must not be, now. */
static gboolean
save_start (PvDispatch *dispatch, PvOutboxItem *item)
{
  PvDelivery before = item->delivery, next = before;
  g_autoptr (GError) error = NULL;

  pv_delivery_step (&next, PV_DELIVERY_START, now_ms (dispatch), 0);
  if (pv_outbox_store_update (dispatch->store, item, &next, item->reason, NULL, now_us (dispatch), &error)) {
    /* Only now: see pv_outbox_store_claim(). */
    if (!pv_outbox_store_check_exported (dispatch->store, item))
      return TRUE;
    /* If the disk keeps saying "sending", what stays in memory must not be better than that. */
    if (!pv_outbox_store_update (dispatch->store, item, &before, item->reason, NULL, now_us (dispatch), NULL))
      pv_delivery_step (&item->delivery, PV_DELIVERY_WORKER_LOST, now_ms (dispatch), 0);
    return FALSE;
  }
  pv_log_event (PV_LOG_ERROR, "outbox-not-written", PV_LOG_CAUSE (error));
  return FALSE;
}

static void
begin (PvDispatch *dispatch, PvOutboxItem *item)
{
  PvDeliveryAction action = pv_delivery_get_action (&item->delivery);
  int fd = pv_outbox_store_open_filing (dispatch->store, item);

  if (fd < 0 || (action != PV_DELIVERY_SEARCH && !save_start (dispatch, item))) {
    pv_delivery_postpone (&item->delivery, now_ms (dispatch) + PV_DISPATCH_SAVE_AGAIN_MS);
    if (fd >= 0)
      close (fd);
    else
      pv_log_event (PV_LOG_ERROR, "filing-not-opened",
                    PV_LOG_WORD ("filing", pv_outbox_store_get_id (dispatch->store, item)));
    return;
  }
  start_worker (dispatch, item,
                action == PV_DELIVERY_SEARCH ? PV_WORKER_SEARCH
                : action == PV_DELIVERY_SEND ? PV_WORKER_SEND
                                             : PV_WORKER_SEARCH_AND_SEND,
                fd);
}

/* An unknown one whose worker died: nobody has told the session yet, and only a worker can seal to it. */
static gboolean
wants_telling (const PvDispatch *dispatch, PvOutboxItem *item)
{
  return item->delivery.state == PV_DELIVERY_UNKNOWN && g_strcmp0 (item->reason, "lost") == 0
         && GPOINTER_TO_UINT (g_hash_table_lookup (dispatch->tells, item->header->ref)) < PV_DISPATCH_MAX_TELLS;
}

static void
tell_unknown (PvDispatch *dispatch, PvOutboxItem *item)
{
  guint tells = GPOINTER_TO_UINT (g_hash_table_lookup (dispatch->tells, item->header->ref));

  int fd = pv_outbox_store_open_filing (dispatch->store, item);

  g_hash_table_insert (dispatch->tells, g_strdup (item->header->ref), GUINT_TO_POINTER (tells + 1));
  if (fd >= 0)
    start_worker (dispatch, item, PV_WORKER_TELL_UNKNOWN, fd);
}

/* TRUE: the item is gone. */
static gboolean
remove_if_old (PvDispatch *dispatch, PvOutboxItem *item)
{
  gint64 now = now_us (dispatch), told_us = now - item->changed_us;
  g_autoptr (GError) error = NULL;
  gboolean is_gone = FALSE;

  if (item->delivery.state == PV_DELIVERY_RECEIVED || item->delivery.state == PV_DELIVERY_DRAFTED
      || item->delivery.state == PV_DELIVERY_RETURNED) {
    /* A clock that was set back must not keep it for ever. */
    if (told_us >= 0 && told_us < PV_DISPATCH_KEEP_TOLD_MINUTES * G_TIME_SPAN_MINUTE)
      return FALSE;
    is_gone = pv_outbox_store_finish (dispatch->store, item, &error);
  } else if (pv_delivery_has_expired (&item->delivery, dispatch->keep_days, now)
             && pv_clock_is_synchronised (dispatch->clock)) {
    log_filing (dispatch, PV_LOG_ERROR, "filing-too-old-removed", item);
    is_gone = pv_outbox_store_forget (dispatch->store, item, &error);
  }
  if (error != NULL)
    pv_log_event (PV_LOG_ERROR, "filing-not-removed", PV_LOG_CAUSE (error));
  return is_gone;
}

static void
save_again (PvDispatch *dispatch)
{
  for (guint i = dispatch->jobs->len; i > 0; i--) {
    Job *job = dispatch->jobs->pdata[i - 1];

    if (job->is_running || job->save_again_ms > now_ms (dispatch))
      continue;
    if (save_result (dispatch, job))
      end_job (dispatch, job);
    else
      job->save_again_ms = now_ms (dispatch) + PV_DISPATCH_SAVE_AGAIN_MS;
  }
}

static void
tidy (PvDispatch *dispatch)
{
  if (now_ms (dispatch) < dispatch->tidy_ms)
    return;
  dispatch->tidy_ms = now_ms (dispatch) + TIDY_EVERY_MS;
  /* An export that did not come about gives it back. */
  for (guint i = 0; i < pv_outbox_store_get_items (dispatch->store)->len; i++)
    pv_outbox_store_check_exported (dispatch->store, pv_outbox_store_get_items (dispatch->store)->pdata[i]);
  if (!pv_clock_is_synchronised (dispatch->clock))
    return;
  pv_outbox_store_tidy (dispatch->store, now_us (dispatch));
  pv_records_tidy (dispatch->records, now_us (dispatch));
}

/* What an agent has taken is still searched for, which changes nothing, but never sent. */
static gboolean
is_to_be_done (const PvOutboxItem *item)
{
  PvDeliveryAction action = pv_delivery_get_action (&item->delivery);

  return action == PV_DELIVERY_SEARCH || (action != PV_DELIVERY_REST && !item->is_exported);
}

static gboolean
can_begin (const PvDispatch *dispatch)
{
  return !dispatch->is_stopping
         && pv_dispatch_get_n_running (dispatch) < (dispatch->is_portal_away ? 1 : PV_DISPATCH_MAX_WORKERS);
}

/* When the next call is useful. What only waits for a worker to end is begun by the call after that. */
static gint64
next_time (const PvDispatch *dispatch)
{
  const GPtrArray *items = pv_outbox_store_get_items (dispatch->store);
  gint64 next = G_MAXINT64;

  for (guint i = 0; i < items->len; i++) {
    const PvOutboxItem *item = items->pdata[i];
    const Job *job = find_job (dispatch, item);

    if (job != NULL && !job->is_running)
      next = MIN (next, job->save_again_ms);
    else if (job == NULL && !is_to_be_done (item))
      next = MIN (next, dispatch->tidy_ms);
    else if (job == NULL && can_begin (dispatch))
      next = MIN (next, item->delivery.due_ms);
  }
  return next;
}

gint64
pv_dispatch_run (PvDispatch *dispatch)
{
  const GPtrArray *items = pv_outbox_store_get_items (dispatch->store);

  save_again (dispatch);
  tidy (dispatch);
  for (guint i = items->len; i > 0; i--)
    if (find_job (dispatch, items->pdata[i - 1]) == NULL)
      remove_if_old (dispatch, items->pdata[i - 1]);
  for (guint i = 0; i < items->len; i++) {
    PvOutboxItem *item = items->pdata[i];

    log_if_raised (dispatch, item);
    if (find_job (dispatch, item) != NULL || !can_begin (dispatch))
      continue;
    if (wants_telling (dispatch, item))
      tell_unknown (dispatch, item);
    else if (is_to_be_done (item) && item->delivery.due_ms <= now_ms (dispatch))
      begin (dispatch, item);
  }
  return next_time (dispatch);
}

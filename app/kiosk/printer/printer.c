/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/printer/printer.h"

#include "kiosk/printer/pseudonym.h"
#include "kiosk/printer/task.h"

#include <string.h>

enum {
  MAX_ENDED = 16,
  /* A printer may read a document that nobody waits for any more, and list its job only then. */
  UNDER_WAY_MS = 4000,
};

typedef enum {
  READY,    /* for a job, or at one */
  STOPPING, /* a session ends, its job is being cancelled */
  SWEEPING, /* looks what is left */
} Phase;

struct PvPrinter {
  /* owned */
  char **arguments;             /* (nullable): NULL = no printer */
  char *session;                /* (nullable): the one that has printed and not ended */
  GQueue ended;                 /* (element-type utf8): the last ones */
  GPtrArray *waiting;           /* (element-type GTask): who waits for the end of the session */
  PvTask *job, *status, *sweep; /* (nullable) */
  PvTask *next_job;             /* (nullable): waits for its order, so that no citizen waits for its start */
  /* handles */
  guint check_id; /* next look or sweep */
  /* borrowed */
  PvPrinterEvents events;
  gpointer user_data;

  Phase phase;
  gint64 ending_since_us;
  gint64 under_way_until_us; /* monotonic: a sweep that finds nothing proves nothing yet; 0 = no */
  gboolean was_clean;        /* when the session began to end: each of its jobs had been swept by its child */
  gboolean is_dirty;         /* something may be left: nothing is accepted until a sweep finds nothing */
  gboolean is_available;
  PvPrintReason reason;
  guint longest_mm;
  guint job_number, n_jobs; /* of the last job; of the session */
  PvPrintState job_state;
};

G_DEFINE_QUARK (pv_printer_error, pv_printer_error)

static void job_reported_cb (PvTask *task, const PvPrinterReport *report, gpointer user_data);
static void start_sweep (PvPrinter *self, guint max_ms);
static void check (PvPrinter *self);

static PvTask *
start_task (PvPrinter *self, const char *task, guint max_ms, PvTaskReported reported, GError **error)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();

  for (guint i = 0; self->arguments[i] != NULL; i++)
    g_ptr_array_add (arguments, self->arguments[i]);
  g_ptr_array_add (arguments, (char *) task);
  g_ptr_array_add (arguments, NULL);
  return pv_task_new ((const char *const *) arguments->pdata, max_ms, reported, self, error);
}

static gboolean
check_cb (gpointer user_data)
{
  PvPrinter *self = user_data;

  self->check_id = 0;
  check (self);
  return G_SOURCE_REMOVE;
}

/* In whole seconds, so that the kernel may wake us together with others. */
static void
check_later (PvPrinter *self, guint seconds)
{
  g_clear_handle_id (&self->check_id, g_source_remove);
  self->check_id = g_timeout_add_seconds (seconds, check_cb, self);
}

static void
set_status (PvPrinter *self, gboolean is_available, PvPrintReason reason)
{
  if (self->is_available == is_available && self->reason == reason)
    return;
  self->is_available = is_available;
  self->reason = reason;
  self->events.changed (self->user_data);
}

static void
status_reported_cb (PvTask *task, const PvPrinterReport *report, gpointer user_data)
{
  PvPrinter *self = user_data;
  guint longest_mm = MIN (report->longest_mm, PV_PRINTER_MAX_SHEET_MM);
  gboolean is_other;

  (void) task;
  if (!report->is_last)
    return;
  g_clear_pointer (&self->status, pv_task_free);
  /* A printer that does not answer has not changed its paper. */
  is_other = report->is_fine && longest_mm != self->longest_mm;
  if (is_other)
    self->longest_mm = longest_mm;
  if (is_other && self->is_available)
    self->events.changed (self->user_data);
  if (!self->is_dirty)
    set_status (self, report->is_fine != 0, (PvPrintReason) report->reason);
  if (report->is_fine && self->next_job == NULL)
    self->next_job = start_task (self, "--job", PV_PRINTER_WAITING_MAX_MS, job_reported_cb, NULL);
  check_later (self, report->is_fine ? PV_PRINTER_CHECK_S : PV_PRINTER_RECHECK_S);
}

/* Sweeps if something may be left, else looks how the printer is; not beside a job, which tells by itself. */
static void
check (PvPrinter *self)
{
  if (self->job != NULL || self->status != NULL || self->sweep != NULL)
    return;
  if (self->is_dirty) {
    start_sweep (self, PV_PRINTER_END_MAX_MS);
    return;
  }
  self->status = start_task (self, "--status", PV_PRINTER_STATUS_MAX_MS, status_reported_cb, NULL);
  if (self->status == NULL)
    check_later (self, PV_PRINTER_RECHECK_S);
}

static void
finish_session (PvPrinter *self, gboolean is_clean)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->phase = READY;
  self->is_dirty = !is_clean;
  if (self->session != NULL) {
    g_queue_push_tail (&self->ended, g_steal_pointer (&self->session));
    if (self->ended.length > MAX_ENDED)
      g_free (g_queue_pop_head (&self->ended));
  }
  self->n_jobs = 0;
  if (self->is_dirty) {
    set_status (self, FALSE, PV_PRINT_REASON_OTHER);
    check_later (self, PV_PRINTER_RESWEEP_S);
  } else {
    check (self);
  }
  for (guint i = 0; i < waiting->len; i++)
    g_task_return_boolean (g_ptr_array_index (waiting, i), is_clean);
}

static gboolean
was_not_asked (PvPrintReason reason)
{
  return reason == PV_PRINT_REASON_OFFLINE || reason == PV_PRINT_REASON_CERTIFICATE;
}

static void
sweep_reported_cb (PvTask *task, const PvPrinterReport *report, gpointer user_data)
{
  PvPrinter *self = user_data;
  gboolean is_fine = report->is_fine != 0 && g_get_monotonic_time () >= self->under_way_until_us;
  PvPrintReason reason = report->is_fine != 0 ? PV_PRINT_REASON_OTHER : (PvPrintReason) report->reason;

  (void) task;
  if (!report->is_last)
    return;
  g_clear_pointer (&self->sweep, pv_task_free);
  if (self->phase == SWEEPING) {
    /* Switched off after its last job: nothing can have come since. */
    finish_session (self, is_fine || (self->was_clean && was_not_asked (reason)));
    return;
  }
  self->is_dirty = !is_fine;
  if (is_fine) {
    check (self);
  } else {
    set_status (self, FALSE, reason);
    check_later (self, PV_PRINTER_RESWEEP_S);
  }
}

static void
start_sweep (PvPrinter *self, guint max_ms)
{
  g_clear_pointer (&self->sweep, pv_task_free);
  self->sweep = start_task (self, "--sweep", max_ms, sweep_reported_cb, NULL);
  if (self->sweep != NULL)
    return;
  if (self->phase == SWEEPING)
    finish_session (self, FALSE);
  else
    check_later (self, PV_PRINTER_RESWEEP_S);
}

static guint
get_remaining_ms (const PvPrinter *self)
{
  gint64 elapsed_ms = (g_get_monotonic_time () - self->ending_since_us) / G_TIME_SPAN_MILLISECOND;

  return (guint) CLAMP (PV_PRINTER_END_MAX_MS - elapsed_ms, 1, PV_PRINTER_END_MAX_MS);
}

/* How a job ended whose child could not say so: before it was sent nothing can be at the printer. */
static PvPrintState
get_final_state (PvPrintState state)
{
  switch (state) {
  case PV_PRINT_PREPARING:
    return PV_PRINT_FAILED;
  case PV_PRINT_SENDING:
  case PV_PRINT_PRINTING:
  case PV_PRINT_ATTENTION:
    return PV_PRINT_UNKNOWN;
  case PV_PRINT_DONE:
  case PV_PRINT_FAILED:
  case PV_PRINT_UNKNOWN:
    break;
  }
  return state;
}

static void
job_reported_cb (PvTask *task, const PvPrinterReport *report, gpointer user_data)
{
  PvPrinter *self = user_data;
  gboolean is_fine = report->is_fine != 0;

  if (task == self->next_job) {
    /* It waited long enough, or ended by itself: the next look makes another one. */
    if (report->is_last)
      g_clear_pointer (&self->next_job, pv_task_free);
    return;
  }
  if (report->is_last && !is_fine && (self->job_state == PV_PRINT_SENDING || report->state == PV_PRINT_SENDING))
    self->under_way_until_us = g_get_monotonic_time () + UNDER_WAY_MS * G_TIME_SPAN_MILLISECOND;
  self->job_state = report->is_last ? get_final_state ((PvPrintState) report->state) : (PvPrintState) report->state;
  if (report->is_last) {
    g_clear_pointer (&self->job, pv_task_free);
    self->is_dirty = self->is_dirty || !is_fine;
  }
  self->events.job_state (self->job_number, self->job_state, (PvPrintReason) report->reason, self->user_data);
  if (!report->is_last)
    return;
  if (self->phase == READY) {
    check (self);
  } else if (is_fine) {
    finish_session (self, TRUE);
  } else {
    self->phase = SWEEPING;
    start_sweep (self, get_remaining_ms (self));
  }
}

PvPrinter *
pv_printer_new (const char *const *child_arguments, const PvPrinterEvents *events, gpointer user_data)
{
  PvPrinter *self = g_new0 (PvPrinter, 1);

  self->arguments = g_strdupv ((char **) child_arguments);
  self->events = *events;
  self->user_data = user_data;
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->reason = PV_PRINT_REASON_OFFLINE;
  g_queue_init (&self->ended);
  /* A service before us may have crashed in the middle of a job. */
  self->is_dirty = self->arguments != NULL;
  if (self->arguments != NULL)
    check (self);
  return self;
}

void
pv_printer_free (PvPrinter *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->check_id, g_source_remove);
  pv_task_free (self->job);
  pv_task_free (self->next_job);
  pv_task_free (self->status);
  pv_task_free (self->sweep);
  for (guint i = 0; i < self->waiting->len; i++)
    g_task_return_boolean (g_ptr_array_index (self->waiting, i), FALSE);
  g_ptr_array_unref (self->waiting);
  g_queue_clear_full (&self->ended, g_free);
  g_free (self->session);
  g_strfreev (self->arguments);
  g_free (self);
}

gboolean
pv_printer_is_available (const PvPrinter *self)
{
  return self->is_available;
}

guint
pv_printer_get_longest_mm (const PvPrinter *self)
{
  return self->longest_mm;
}

PvPrintReason
pv_printer_get_reason (const PvPrinter *self)
{
  return self->reason;
}

const char *
pv_printer_get_session (const PvPrinter *self)
{
  return self->session;
}

static gboolean
has_ended (const PvPrinter *self, const char *session)
{
  return g_queue_find_custom ((GQueue *) &self->ended, session, (GCompareFunc) g_strcmp0) != NULL;
}

static gboolean
may_print (const PvPrinter *self, const char *session, GError **error)
{
  if (*session == '\0' || strlen (session) > PV_PRINTER_MAX_SESSION_BYTES || has_ended (self, session))
    g_set_error (error, PV_PRINTER_ERROR, PV_PRINTER_ERROR_DENIED, "not a session that may print");
  else if (self->arguments == NULL)
    g_set_error (error, PV_PRINTER_ERROR, PV_PRINTER_ERROR_OFFLINE, "no printer");
  else if (self->is_dirty || self->phase != READY)
    g_set_error (error, PV_PRINTER_ERROR, PV_PRINTER_ERROR_BUSY, "still cleaning up");
  else if (self->job != NULL || (self->session != NULL && strcmp (self->session, session) != 0))
    g_set_error (error, PV_PRINTER_ERROR, PV_PRINTER_ERROR_BUSY, "another job or session");
  else if (self->n_jobs >= PV_PRINTER_MAX_JOBS)
    g_set_error (error, PV_PRINTER_ERROR, PV_PRINTER_ERROR_FULL, "too many jobs of one session");
  else
    return TRUE;
  return FALSE;
}

/* BCP 47, in its outlines. */
static gboolean
is_language (const char *language, GError **error)
{
  gsize length = strspn (language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

  if (length >= 2 && length <= PV_PRINTER_MAX_LANGUAGE_BYTES && language[length] == '\0')
    return TRUE;
  g_set_error (error, PV_PRINTER_ERROR, PV_PRINTER_ERROR_DENIED, "not a language");
  return FALSE;
}

/* To the child that waits; to a new one if there is none, or if it cannot be told. */
static PvTask *
start_job (PvPrinter *self, const char *session, const char *language, int pdf_fd, GError **error)
{
  g_autofree char *user = pv_pseudonym_of_session (session);
  g_autoptr (PvTask) task = g_steal_pointer (&self->next_job);
  PvPrinterOrder order = { .language = "" };

  g_strlcpy (order.language, language, sizeof order.language);
  g_strlcpy (order.user, user, sizeof order.user);
  if (task != NULL && pv_task_order (task, &order, pdf_fd, PV_PRINTER_JOB_MAX_MS))
    return g_steal_pointer (&task);
  g_clear_pointer (&task, pv_task_free);
  task = start_task (self, "--job", PV_PRINTER_JOB_MAX_MS, job_reported_cb, error);
  if (task == NULL || pv_task_order (task, &order, pdf_fd, PV_PRINTER_JOB_MAX_MS))
    return g_steal_pointer (&task);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the job's child takes no order");
  return NULL;
}

gboolean
pv_printer_print (PvPrinter *self, const char *session, const char *language, int pdf_fd, guint *ret_job,
                  GError **error)
{
  if (!may_print (self, session, error) || !is_language (language, error))
    return FALSE;
  self->job = start_job (self, session, language, pdf_fd, error);
  if (self->job == NULL)
    return FALSE;
  /* The job tells how the printer is. */
  g_clear_pointer (&self->status, pv_task_free);
  if (self->session == NULL)
    self->session = g_strdup (session);
  self->n_jobs++;
  self->job_number++;
  self->job_state = PV_PRINT_PREPARING;
  *ret_job = self->job_number;
  return TRUE;
}

void
pv_printer_end_session_async (PvPrinter *self, const char *session, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  if (g_strcmp0 (self->session, session) != 0) {
    /* It has printed nothing, or has ended already. */
    g_task_return_boolean (task, !self->is_dirty);
    g_object_unref (task);
    return;
  }
  g_ptr_array_add (self->waiting, task);
  if (self->phase != READY)
    return;
  self->ending_since_us = g_get_monotonic_time ();
  self->was_clean = self->job == NULL && !self->is_dirty;
  g_clear_pointer (&self->status, pv_task_free);
  if (self->job != NULL) {
    self->phase = STOPPING;
    pv_task_cancel (self->job, PV_PRINTER_STOP_MAX_MS);
  } else {
    self->phase = SWEEPING;
    start_sweep (self, PV_PRINTER_END_MAX_MS);
  }
}

gboolean
pv_printer_end_session_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/printer/child.h"

#include "kiosk/printer/pseudonym.h"
#include "link/memfd.h"
#include "print/ipp.h"
#include "print/page-count.h"
#include "print/pdf-file.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Between two questions to the printer: 4 a second cost it nothing, and feel immediate. */
enum { POLL_MS = 250, RETRY_MS = 500, DEVICE_POLL_MS = 1000, DEVICE_TRIES = 4, END_SILENT_MS = 3000 };

/* One job, from the document to its last sheet. */
typedef struct {
  PvIpp *ipp;
  PvPrintMedia media;
  GStrv before; /* reasons of the printer before the job */
  int number;   /* at the printer; 0 = not there yet */
  int impressions;
  PvPrintState state;
  PvPrintReason reason;
  gint64 state_since_us; /* monotonic: of the state, or of the last sheet */
  gint64 answered_us;    /* monotonic: last answer of the printer */
  gboolean was_told;
  /* Behind the queue, asked beside CUPS. */
  gboolean is_device_known;  /* it has answered at work: it talks to two at a time */
  guint n_device_tries;      /* before that */
  gint64 device_asked_us;    /* monotonic */
  gint64 device_answered_us; /* monotonic */
  gint64 end_silent_us; /* monotonic: it does not say whether it has printed what CUPS calls completed; 0 = it did */
} Job;

static gint64
elapsed_ms (gint64 since_us)
{
  return (g_get_monotonic_time () - since_us) / G_TIME_SPAN_MILLISECOND;
}

/* Of a sheet, as the printer said. */
static guint32 longest_mm;

/* FALSE: the service has closed its end. */
static gboolean
tell (gboolean is_last, guint32 state, guint32 reason, gboolean is_fine)
{
  PvPrinterReport report = { (guint32) is_last, state, reason, (guint32) is_fine, longest_mm };

  return send (PV_PRINTER_REPORT_FD, &report, sizeof report, MSG_NOSIGNAL) == (ssize_t) sizeof report;
}

/* Waits, but no longer than the service wants us to live. Returns: TRUE if it closed its end. */
static gboolean
wait_or_cancelled (int timeout_ms)
{
  struct pollfd end = { .fd = PV_PRINTER_REPORT_FD, .events = POLLIN };

  return poll (&end, 1, timeout_ms) > 0;
}

static void
enter (Job *job, PvPrintState state, PvPrintReason reason)
{
  if (job->was_told && job->state == state && job->reason == reason)
    return;
  if (!job->was_told || job->state != state)
    job->state_since_us = g_get_monotonic_time ();
  job->was_told = TRUE;
  job->state = state;
  job->reason = reason;
  tell (FALSE, state, reason, FALSE);
}

/* Cancels what the printer may have of it. Returns: whether nothing is left; if not, *ret_reason says why it could
 * not be asked, and is else untouched. */
static gboolean
clean_up (Job *job, guint max_ms, PvPrintReason *ret_reason)
{
  gint64 start = g_get_monotonic_time ();
  guint n_left = 1;

  do {
    g_autoptr (GError) error = NULL;

    if (!pv_ipp_sweep (job->ipp, &n_left, &error)) {
      *ret_reason = pv_ipp_judge_error (error);
      return FALSE;
    }
    if (n_left > 0)
      poll (NULL, 0, RETRY_MS / 5);
  } while (n_left > 0 && elapsed_ms (start) < max_ms);
  return n_left == 0;
}

static void
finish (Job *job, PvPrintState state, PvPrintReason reason)
{
  PvPrintReason why_not;
  gboolean is_clean = clean_up (job, PV_PRINTER_CANCEL_MAX_MS, &why_not);

  job->state = state;
  tell (TRUE, state, reason, is_clean);
}

/* Until the printer would take a job. FALSE: it did not in time, or we were cancelled; the last report is sent. */
static gboolean
wait_until_ready (Job *job)
{
  PvPrintReason reason = PV_PRINT_REASON_NONE;

  job->answered_us = g_get_monotonic_time ();
  for (;;) {
    g_autoptr (GError) error = NULL;
    gint64 limit = PV_PRINTER_OFFLINE_MAX_MS;

    if (pv_ipp_check_ready (job->ipp, &reason, &job->before, &error))
      return TRUE;
    if (error == NULL) {
      g_clear_pointer (&job->before, g_strfreev);
      job->answered_us = g_get_monotonic_time ();
      enter (job, PV_PRINT_ATTENTION, reason);
    } else if (!g_error_matches (error, PV_PRINT_ERROR, PV_PRINT_ERROR_OFFLINE)) {
      limit = 0; /* it answered, and will say the same again */
    }
    if (job->state == PV_PRINT_ATTENTION && elapsed_ms (job->state_since_us) > PV_PRINTER_ATTENTION_MAX_MS)
      limit = 0;
    if (limit == 0 || elapsed_ms (job->answered_us) > limit || wait_or_cancelled (RETRY_MS)) {
      tell (TRUE, PV_PRINT_FAILED, reason, TRUE);
      return FALSE;
    }
  }
}

/* FALSE: the last report is sent. */
static gboolean
submit (Job *job, GBytes *pdf)
{
  gint64 start = g_get_monotonic_time ();

  enter (job, PV_PRINT_SENDING, PV_PRINT_REASON_NONE);
  for (;;) {
    g_autoptr (GError) error = NULL;

    if (pv_ipp_submit (job->ipp, pdf, job->media, &job->number, &error))
      return TRUE;
    if (g_error_matches (error, PV_PRINT_ERROR, PV_PRINT_ERROR_LOST)) {
      /* It may have it, and may have printed it; or read it only later, so that nobody can say that nothing is left. */
      PvPrintReason why_not;
      clean_up (job, PV_PRINTER_CANCEL_MAX_MS, &why_not);
      job->state = PV_PRINT_UNKNOWN;
      tell (TRUE, PV_PRINT_UNKNOWN, PV_PRINT_REASON_OFFLINE, FALSE);
      return FALSE;
    }
    if (g_error_matches (error, PV_PRINT_ERROR, PV_PRINT_ERROR_OFFLINE)) {
      finish (job, PV_PRINT_FAILED, PV_PRINT_REASON_OFFLINE);
      return FALSE;
    }
    if (!g_error_matches (error, PV_PRINT_ERROR, PV_PRINT_ERROR_BUSY) || elapsed_ms (start) > PV_PRINTER_SENDING_MAX_MS
        || wait_or_cancelled (RETRY_MS)) {
      tell (TRUE, PV_PRINT_FAILED, pv_ipp_judge_error (error), TRUE);
      return FALSE;
    }
  }
}

static gint64
get_limit_ms (PvPrintState state)
{
  switch (state) {
  case PV_PRINT_PRINTING:
    return PV_PRINTER_PRINTING_MAX_MS;
  case PV_PRINT_ATTENTION:
    return PV_PRINTER_ATTENTION_MAX_MS;
  case PV_PRINT_PREPARING:
  case PV_PRINT_SENDING:
  case PV_PRINT_DONE:
  case PV_PRINT_FAILED:
  case PV_PRINT_UNKNOWN:
    break;
  }
  return PV_PRINTER_SENDING_MAX_MS;
}

/* Whether the printer behind a queue has gone while CUPS prints, which does not notice for minutes. */
static gboolean
is_device_gone (Job *job)
{
  gboolean is_at_work = FALSE;

  if (job->is_device_known ? elapsed_ms (job->device_asked_us) < DEVICE_POLL_MS : job->n_device_tries >= DEVICE_TRIES)
    return FALSE;
  job->device_asked_us = g_get_monotonic_time ();
  if (pv_ipp_ask_device (job->ipp, &is_at_work)) {
    job->is_device_known = job->is_device_known || is_at_work;
    job->device_answered_us = g_get_monotonic_time ();
    job->n_device_tries = 0;
  } else {
    job->n_device_tries++;
  }
  return job->is_device_known && elapsed_ms (job->device_answered_us) > PV_PRINTER_DEVICE_MAX_MS;
}

/* What is left of "completed" when the printer behind the queue was asked. Returns: whether it is over */
static gboolean
confirm_end (Job *job, PvPrintState *state, PvPrintReason *reason)
{
  switch (pv_ipp_confirm_end (job->ipp)) {
  case PV_IPP_END_AT_WORK:
    *state = PV_PRINT_PRINTING;
    return FALSE;
  case PV_IPP_END_GAVE_UP:
    *state = PV_PRINT_FAILED;
    *reason = PV_PRINT_REASON_OTHER;
    return TRUE;
  case PV_IPP_END_RESTARTED:
    *state = PV_PRINT_UNKNOWN;
    return TRUE;
  case PV_IPP_END_SILENT:
    if (job->end_silent_us == 0)
      job->end_silent_us = g_get_monotonic_time ();
    /* It may have to get rid of CUPS first. */
    if (elapsed_ms (job->end_silent_us) < END_SILENT_MS) {
      *state = PV_PRINT_PRINTING;
      return FALSE;
    }
    *state = PV_PRINT_UNKNOWN;
    *reason = PV_PRINT_REASON_OFFLINE;
    return TRUE;
  case PV_IPP_END_BELIEVED:
    break;
  }
  return TRUE;
}

/* One look at job and printer. TRUE: it is over, and the last report is sent. */
static gboolean
look (Job *job)
{
  g_auto (PvIppJob) now = { 0 };
  g_auto (PvIppPrinter) printer = { 0 };
  g_autoptr (GError) error = NULL;
  PvPrintReason reason = PV_PRINT_REASON_NONE;
  PvPrintState state;
  gboolean is_over;

  if (!pv_ipp_read_job (job->ipp, job->number, &now, &error)) {
    if (g_error_matches (error, PV_PRINT_ERROR, PV_PRINT_ERROR_OFFLINE)
        && elapsed_ms (job->answered_us) < PV_PRINTER_OFFLINE_MAX_MS)
      return FALSE;
    finish (job, PV_PRINT_UNKNOWN, PV_PRINT_REASON_OFFLINE);
    return TRUE;
  }
  job->answered_us = g_get_monotonic_time ();
  if (now.impressions > job->impressions) {
    job->impressions = now.impressions;
    job->state_since_us = job->answered_us;
  }
  state = pv_ipp_judge_job (&now, pv_ipp_read_printer (job->ipp, &printer, NULL) ? &printer : NULL,
                            (const char *const *) job->before, &reason);
  is_over = pv_ipp_job_is_over (&now);
  if (state == PV_PRINT_DONE)
    is_over = confirm_end (job, &state, &reason);
  if (is_over) {
    finish (job, state, reason);
    return TRUE;
  }
  enter (job, state, reason);
  if (state == PV_PRINT_PRINTING && is_device_gone (job)) {
    finish (job, PV_PRINT_UNKNOWN, PV_PRINT_REASON_OFFLINE);
    return TRUE;
  }
  if (elapsed_ms (job->state_since_us) <= get_limit_ms (state))
    return FALSE;
  /* What stood still with a reason has failed; what seemed to print may lie in the tray. */
  finish (job, state == PV_PRINT_PRINTING ? PV_PRINT_UNKNOWN : PV_PRINT_FAILED,
          reason != PV_PRINT_REASON_NONE ? reason : PV_PRINT_REASON_OTHER);
  return TRUE;
}

static void
print (Job *job, GBytes *pdf)
{
  if (!wait_until_ready (job) || !submit (job, pdf))
    return;
  job->answered_us = g_get_monotonic_time ();
  while (!look (job)) {
    if (wait_or_cancelled (POLL_MS)) {
      pv_ipp_cancel (job->ipp, job->number, NULL);
      finish (job, PV_PRINT_FAILED, PV_PRINT_REASON_NONE);
      return;
    }
  }
}

/* For paper to be ordered in time; that it cannot be counted is no reason to say that it was not printed. */
static void
count_pages (const Job *job, GBytes *pdf, const char *state_folder)
{
  g_autofree char *path = g_build_filename (state_folder, PV_PAGE_COUNT_FILE, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%F");
  /* CUPS counts a page when it has sent it. */
  guint n_pages = pv_ipp_is_queue (job->ipp) ? 0 : (guint) MAX (job->impressions, 0);
  PvPdfSize size;

  if (job->state == PV_PRINT_DONE && pv_pdf_file_measure (pdf, &size, NULL))
    n_pages = MAX (n_pages, size.n_pages);
  if (n_pages > 0)
    pv_page_count_add (path, date, n_pages, NULL);
}

static void
run_job (PvIpp *ipp, PvPrintMedia media, const char *language, int document_fd, const char *state_folder)
{
  Job job = { .ipp = ipp, .media = media, .state = PV_PRINT_PREPARING };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) drawn = pv_memfd_map (document_fd, PV_PDF_MAX_BYTES, &error);
  g_autoptr (GBytes) pdf = drawn != NULL ? pv_pdf_file_finish (drawn, language, &error) : NULL;

  if (pdf == NULL) {
    tell (TRUE, PV_PRINT_FAILED, PV_PRINT_REASON_OTHER, TRUE);
    return;
  }
  enter (&job, PV_PRINT_PREPARING, PV_PRINT_REASON_NONE);
  print (&job, pdf);
  count_pages (&job, pdf, state_folder);
  g_strfreev (job.before);
}

static void
run_status (PvIpp *ipp, PvPrintMedia media)
{
  PvPrintReason reason;
  gboolean is_available = pv_ipp_check_ready (ipp, &reason, NULL, NULL);
  g_autoptr (GError) error = NULL;

  /* What is not there cannot be printed on: better known before somebody wishes it. */
  if (is_available && !pv_ipp_read_longest (ipp, media, &longest_mm, &error)) {
    is_available = FALSE;
    reason = pv_ipp_judge_error (error);
  }
  tell (TRUE, 0, reason, is_available);
}

static void
run_sweep (PvIpp *ipp)
{
  Job job = { .ipp = ipp };
  PvPrintReason why_not = PV_PRINT_REASON_OTHER;
  gboolean is_clean = clean_up (&job, PV_PRINTER_SWEEP_MAX_MS, &why_not);

  tell (TRUE, 0, is_clean ? PV_PRINT_REASON_NONE : why_not, is_clean);
}

char *
pv_printer_child_job_name (void)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *machine = NULL;
  g_autofree char *start = NULL;

  /* machine-id(5): not to be told to others as it is. */
  if (!g_file_get_contents ("/etc/machine-id", &machine, NULL, NULL))
    machine = g_strdup (g_get_host_name ());
  g_checksum_update (checksum, (const guchar *) "parvis-printer:", -1);
  g_checksum_update (checksum, (const guchar *) machine, -1);
  start = g_strndup (g_checksum_get_string (checksum), 8);
  return g_strconcat ("Parvis-", start, NULL);
}

void
pv_printer_child_prepare (const PvSettings *settings)
{
  PvIppTarget target = { .uri = pv_settings_get_text (settings, PV_SETTING_PRINTER_URI),
                         .queue = pv_settings_get_text (settings, PV_SETTING_PRINTER_QUEUE),
                         .job_name = "" };
  g_autoptr (PvIpp) ipp = pv_ipp_new (&target, NULL);

  if (ipp != NULL)
    pv_ipp_prepare (ipp);
}

gboolean
pv_printer_child_wait (PvPrinterOrder *ret_order, int *ret_document_fd)
{
  union {
    struct cmsghdr align;
    char bytes[CMSG_SPACE (sizeof (int))];
  } control;
  struct iovec data = { ret_order, sizeof *ret_order };
  struct msghdr message = {
    .msg_iov = &data, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes
  };
  ssize_t size = recvmsg (PV_PRINTER_REPORT_FD, &message, MSG_CMSG_CLOEXEC);
  struct cmsghdr *rights = size == (ssize_t) sizeof *ret_order ? CMSG_FIRSTHDR (&message) : NULL;

  if (rights == NULL || rights->cmsg_level != SOL_SOCKET || rights->cmsg_type != SCM_RIGHTS
      || rights->cmsg_len != CMSG_LEN (sizeof (int)))
    return FALSE;
  memcpy (ret_document_fd, CMSG_DATA (rights), sizeof *ret_document_fd);
  return TRUE;
}

int
pv_printer_child_run (PvPrinterTask task, const PvPrinterOrder *order, int document_fd, const PvSettings *settings)
{
  const char *state_folder = pv_settings_get_text (settings, PV_SETTING_PATHS_STATE);
  g_autofree char *last_user = NULL;
  g_autofree char *name = pv_printer_child_job_name ();
  PvIppTarget target = {
    .uri = pv_settings_get_text (settings, PV_SETTING_PRINTER_URI),
    .queue = pv_settings_get_text (settings, PV_SETTING_PRINTER_QUEUE),
    .fingerprint = pv_settings_get_text (settings, PV_SETTING_PRINTER_CERTIFICATE),
    .job_name = name,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (PvIpp) ipp = pv_ipp_new (&target, &error);
  PvPrintMedia media = PV_PRINT_MEDIA_ROLL_80MM;

  if (ipp == NULL)
    return 1;
  pv_print_media_from_string (pv_settings_get_text (settings, PV_SETTING_PRINTER_MEDIA), &media);
  switch (task) {
  case PV_PRINTER_TASK_JOB:
    if (pv_pseudonym_remember (state_folder, order->user))
      pv_ipp_set_user (ipp, order->user);
    run_job (ipp, media, order->language, document_fd, state_folder);
    break;
  case PV_PRINTER_TASK_STATUS:
    run_status (ipp, media);
    break;
  case PV_PRINTER_TASK_SWEEP:
    last_user = pv_pseudonym_recall (state_folder);
    pv_ipp_set_user (ipp, last_user);
    run_sweep (ipp);
    break;
  }
  return 0;
}

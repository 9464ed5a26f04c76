/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/ipp-reasons.h"

#include "print/media.h"

#include "tst.h"

typedef struct {
  int state;
  gboolean is_accepting;
  const char *reasons; /* separated by blanks */
  gboolean is_available;
  PvPrintReason reason;
} PrinterRow;

static void
judges_printers_by_reasons_and_state_not_by_suffix (void **state)
{
  static const PrinterRow rows[] = {
    { 3, TRUE, "", TRUE, PV_PRINT_REASON_NONE },
    { 4, TRUE, "", TRUE, PV_PRINT_REASON_NONE },
    { 3, TRUE, "media-empty-report", FALSE, PV_PRINT_REASON_NO_PAPER },
    { 4, TRUE, "media-empty-warning", FALSE, PV_PRINT_REASON_NO_PAPER },
    { 5, TRUE, "media-empty-error", FALSE, PV_PRINT_REASON_NO_PAPER },
    { 5, TRUE, "media-needed", FALSE, PV_PRINT_REASON_NO_PAPER },
    { 3, TRUE, "media-low-warning", TRUE, PV_PRINT_REASON_PAPER_LOW },
    { 5, TRUE, "media-jam-error", FALSE, PV_PRINT_REASON_JAM },
    { 5, TRUE, "cover-open", FALSE, PV_PRINT_REASON_OPEN },
    { 5, TRUE, "door-open-report", FALSE, PV_PRINT_REASON_OPEN },
    { 3, TRUE, "input-tray-missing", FALSE, PV_PRINT_REASON_OPEN },
    { 3, TRUE, "output-area-full-warning", FALSE, PV_PRINT_REASON_TAKE_PAPER },
    { 3, TRUE, "output-area-almost-full", TRUE, PV_PRINT_REASON_TAKE_PAPER },
    { 3, TRUE, "toner-empty-report", FALSE, PV_PRINT_REASON_INK },
    { 3, TRUE, "toner-low-report marker-waste-almost-full-report", TRUE, PV_PRINT_REASON_INK },
    { 3, TRUE, "marker-supply-empty-error", FALSE, PV_PRINT_REASON_INK },
    { 3, TRUE, "marker-supply-low-warning", TRUE, PV_PRINT_REASON_INK },
    { 3, TRUE, "marker-waste-full", FALSE, PV_PRINT_REASON_OTHER },
    { 3, TRUE, "marker-waste-almost-full-warning", TRUE, PV_PRINT_REASON_OTHER },
    { 3, TRUE, "interlock-open", FALSE, PV_PRINT_REASON_OPEN },
    { 3, TRUE, "spool-area-full", FALSE, PV_PRINT_REASON_SERVICE },
    { 4, TRUE, "moving-to-paused", FALSE, PV_PRINT_REASON_SERVICE },
    { 5, TRUE, "shutdown", FALSE, PV_PRINT_REASON_SERVICE },
    { 4, TRUE, "offline-report", FALSE, PV_PRINT_REASON_OFFLINE },
    { 4, TRUE, "timed-out", FALSE, PV_PRINT_REASON_OFFLINE },
    { 4, TRUE, "connecting-to-device", TRUE, PV_PRINT_REASON_OFFLINE },
    { 3, TRUE, "other-warning", FALSE, PV_PRINT_REASON_OTHER },
    { 5, TRUE, "paused", FALSE, PV_PRINT_REASON_SERVICE },
    { 5, TRUE, "", FALSE, PV_PRINT_REASON_SERVICE },
    { 3, FALSE, "", FALSE, PV_PRINT_REASON_SERVICE },
    { 3, TRUE, "cups-waiting-for-job-completed", TRUE, PV_PRINT_REASON_NONE },
    { 3, TRUE, "cups-ipp-missing-job-history cups-ipp-conformance-failure-report", TRUE, PV_PRINT_REASON_NONE },
    { 3, TRUE, "cups-missing-filter-warning", FALSE, PV_PRINT_REASON_SERVICE },
    { 3, TRUE, "cups-insecure-filter-warning", TRUE, PV_PRINT_REASON_SERVICE },
    { 3, TRUE, "cups-certificate-error", TRUE, PV_PRINT_REASON_CERTIFICATE },
    { 5, TRUE, "cups-pki-changed", FALSE, PV_PRINT_REASON_CERTIFICATE },
    { 3, TRUE, "com.example.mood", TRUE, PV_PRINT_REASON_NONE },
    { 3, TRUE, "com.example.smoke-error", FALSE, PV_PRINT_REASON_OTHER },
    { 3, TRUE, "-error", FALSE, PV_PRINT_REASON_OTHER },
    { 3, TRUE, "other cover-open media-jam", FALSE, PV_PRINT_REASON_JAM },
    { 3, TRUE, "toner-low media-low", TRUE, PV_PRINT_REASON_INK },
    { 3, TRUE, "toner-low media-empty", FALSE, PV_PRINT_REASON_NO_PAPER },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (PvIppPrinter) printer = { .state = rows[i].state,
                                      .is_accepting = rows[i].is_accepting,
                                      .reasons = *rows[i].reasons ? g_strsplit (rows[i].reasons, " ", -1) : NULL };
    gboolean is_available = 7;
    PvPrintReason reason = pv_ipp_judge_printer (&printer, &is_available);
    if (is_available != rows[i].is_available || reason != rows[i].reason)
      fail_msg ("row %u, \"%s\": available %d, reason %d", (guint) i, rows[i].reasons, is_available, (int) reason);
  }
}

typedef struct {
  int state;
  const char *job_reasons, *cups_reasons; /* (nullable) */
  int printer_state;
  const char *printer_reasons, *before; /* (nullable) */
  PvPrintState verdict;
  PvPrintReason reason;
} JobRow;

static GStrv
split (const char *words)
{
  return words != NULL ? g_strsplit (words, " ", -1) : NULL;
}

static void
judges_jobs (void **state)
{
  static const JobRow rows[] = {
    { 3, NULL, NULL, 3, NULL, NULL, PV_PRINT_SENDING, PV_PRINT_REASON_NONE },
    { 5, "job-printing", NULL, 4, NULL, NULL, PV_PRINT_PRINTING, PV_PRINT_REASON_NONE },
    { 5, NULL, NULL, 4, "media-low", NULL, PV_PRINT_PRINTING, PV_PRINT_REASON_NONE },
    { 5, NULL, NULL, 4, "toner-low", NULL, PV_PRINT_PRINTING, PV_PRINT_REASON_NONE },
    { 5, NULL, NULL, 4, "media-empty-warning", NULL, PV_PRINT_ATTENTION, PV_PRINT_REASON_NO_PAPER },
    { 5, NULL, "media-jam", 4, NULL, NULL, PV_PRINT_ATTENTION, PV_PRINT_REASON_JAM },
    { 3, NULL, NULL, 5, NULL, NULL, PV_PRINT_ATTENTION, PV_PRINT_REASON_SERVICE },
    { 3, "printer-stopped", NULL, 5, "cover-open", NULL, PV_PRINT_ATTENTION, PV_PRINT_REASON_OPEN },
    { 4, NULL, NULL, 3, NULL, NULL, PV_PRINT_ATTENTION, PV_PRINT_REASON_SERVICE },
    { 6, NULL, NULL, 5, "media-needed", NULL, PV_PRINT_ATTENTION, PV_PRINT_REASON_NO_PAPER },
    { 7, "job-canceled-at-device", NULL, 3, NULL, NULL, PV_PRINT_FAILED, PV_PRINT_REASON_OTHER },
    { 8, "aborted-by-system", NULL, 3, NULL, NULL, PV_PRINT_FAILED, PV_PRINT_REASON_OTHER },
    { 8, NULL, "cups-pki-changed", 3, NULL, NULL, PV_PRINT_FAILED, PV_PRINT_REASON_CERTIFICATE },
    { 5, NULL, "cups-pki-changed", 4, NULL, NULL, PV_PRINT_PRINTING, PV_PRINT_REASON_NONE },
    { 8, NULL, NULL, 5, "media-jam", NULL, PV_PRINT_FAILED, PV_PRINT_REASON_JAM },
    { 9, "job-completed-successfully", NULL, 3, NULL, NULL, PV_PRINT_DONE, PV_PRINT_REASON_NONE },
    { 9, NULL, NULL, 3, "media-empty-report", NULL, PV_PRINT_DONE, PV_PRINT_REASON_NONE },
    { 9, "job-completed-with-errors", NULL, 3, NULL, NULL, PV_PRINT_UNKNOWN, PV_PRINT_REASON_NONE },
    { 9, NULL, "cups-ipp-missing-job-history", 3, NULL, NULL, PV_PRINT_UNKNOWN, PV_PRINT_REASON_NONE },
    { 9, NULL, NULL, 3, "cups-ipp-missing-job-history", NULL, PV_PRINT_UNKNOWN, PV_PRINT_REASON_NONE },
    { 9, NULL, NULL, 3, "cups-ipp-missing-job-history", "cups-ipp-missing-job-history", PV_PRINT_DONE,
      PV_PRINT_REASON_NONE },
    { 99, NULL, NULL, 3, NULL, NULL, PV_PRINT_PRINTING, PV_PRINT_REASON_NONE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const JobRow *row = &rows[i];
    g_auto (PvIppJob) job = { row->state, split (row->job_reasons), split (row->cups_reasons), 0 };
    g_auto (PvIppPrinter)
      printer = { .state = row->printer_state, .is_accepting = TRUE, .reasons = split (row->printer_reasons) };
    g_auto (GStrv) before = split (row->before);
    PvPrintReason reason = PV_PRINT_REASON_NONE;
    PvPrintState verdict = pv_ipp_judge_job (&job, &printer, (const char *const *) before, &reason);
    if (verdict != row->verdict || reason != row->reason)
      fail_msg ("row %u: state %d, reason %d", (guint) i, (int) verdict, (int) reason);
  }
}

static void
judges_a_job_without_its_printer (void **state)
{
  PvIppJob job = { PV_IPP_JOB_PROCESSING, NULL, NULL, 0 };
  PvPrintReason reason = PV_PRINT_REASON_JAM;

  (void) state;
  assert_int_equal (pv_ipp_judge_job (&job, NULL, NULL, &reason), PV_PRINT_PRINTING);
  assert_int_equal (reason, PV_PRINT_REASON_NONE);
}

static void
judges_a_paper_that_is_not_there_as_out_of_service (void **state)
{
  static const struct {
    PvPrintError code;
    PvPrintReason reason;
  } rows[] = {
    { PV_PRINT_ERROR_OFFLINE, PV_PRINT_REASON_OFFLINE }, { PV_PRINT_ERROR_LOST, PV_PRINT_REASON_OFFLINE },
    { PV_PRINT_ERROR_BUSY, PV_PRINT_REASON_BUSY },       { PV_PRINT_ERROR_STRANGER, PV_PRINT_REASON_CERTIFICATE },
    { PV_PRINT_ERROR_REFUSED, PV_PRINT_REASON_SERVICE }, { PV_PRINT_ERROR_MEDIA, PV_PRINT_REASON_SERVICE },
    { PV_PRINT_ERROR_BAD_DATA, PV_PRINT_REASON_OTHER },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = g_error_new_literal (PV_PRINT_ERROR, rows[i].code, "");
    assert_int_equal (pv_ipp_judge_error (error), rows[i].reason);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (judges_printers_by_reasons_and_state_not_by_suffix),
    cmocka_unit_test (judges_jobs),
    cmocka_unit_test (judges_a_job_without_its_printer),
    cmocka_unit_test (judges_a_paper_that_is_not_there_as_out_of_service),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

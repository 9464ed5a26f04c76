/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "kiosk/courier/report.h"

static PvWorkerReport *
through_a_pipe (const PvWorkerReport *report)
{
  g_autoptr (GBytes) sent = pv_worker_report_to_bytes (report);

  return pv_worker_report_from_bytes (sent);
}

static void
a_report_comes_back_as_it_was (void **state)
{
  g_autoptr (PvWorkerReport) report = pv_worker_report_new (PV_DELIVERY_NOT_SENT, "busy"), read = NULL;

  (void) state;
  report->retry_after_s = 30;
  report->is_reachable = TRUE;
  report->outcome = g_bytes_new_static ("a\0b", 3);
  report->record_name = g_strdup ("0123456789abcdef0123456789abcdef");
  report->record = g_bytes_new_static ("r", 1);
  report->old_record_name = g_strdup ("fedcba98765432100123456789abcdef");
  report->old_record = g_bytes_new_static ("old", 3);
  read = through_a_pipe (report);
  assert_non_null (read);
  assert_int_equal (read->event, PV_DELIVERY_NOT_SENT);
  assert_string_equal (read->reason, "busy");
  assert_int_equal (read->retry_after_s, 30);
  assert_true (read->is_reachable);
  assert_true (g_bytes_equal (read->outcome, report->outcome));
  assert_string_equal (read->record_name, report->record_name);
  assert_true (g_bytes_equal (read->record, report->record));
  assert_string_equal (read->old_record_name, report->old_record_name);
  assert_true (g_bytes_equal (read->old_record, report->old_record));
}

static void
only_words_of_our_own_are_reasons (void **state)
{
  g_autoptr (PvWorkerReport) report = pv_worker_report_new (PV_DELIVERY_REJECTED, "Quémener");

  (void) state;
  assert_null (report->reason);
}

static void
what_a_dying_worker_left_is_no_report (void **state)
{
  g_autoptr (PvWorkerReport) report = pv_worker_report_new (PV_DELIVERY_ACCEPTED, NULL);
  g_autoptr (GBytes) whole = NULL;

  (void) state;
  report->outcome = g_bytes_new_static ("sealed", 6);
  whole = pv_worker_report_to_bytes (report);
  for (gsize size = 0; size < g_bytes_get_size (whole); size++) {
    g_autoptr (GBytes) cut = g_bytes_new (g_bytes_get_data (whole, NULL), size);
    g_autoptr (PvWorkerReport) read = pv_worker_report_from_bytes (cut);

    assert_null (read);
  }
}

static void
tasks_have_names_and_nothing_else_has (void **state)
{
  PvWorkerTask task = PV_N_WORKER_TASKS;

  (void) state;
  for (guint i = 0; i < PV_N_WORKER_TASKS; i++) {
    assert_true (pv_worker_task_from_name (pv_worker_task_name (i), &task));
    assert_int_equal (task, i);
  }
  assert_false (pv_worker_task_from_name ("none", &task));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_report_comes_back_as_it_was),
    cmocka_unit_test (only_words_of_our_own_are_reasons),
    cmocka_unit_test (what_a_dying_worker_left_is_no_report),
    cmocka_unit_test (tasks_have_names_and_nothing_else_has),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

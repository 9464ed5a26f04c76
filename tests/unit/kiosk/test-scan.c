/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages from a scanner, through parvis-decode and libsane with its test backend. */

#include "scan-rig.h"

#include <string.h>

static void
finds_the_first_scanner (void **state)
{
  Rig *rig = *state;

  rig_open (rig, "auto");
  rig_expect_state (rig, PV_CAPTURE_READY);
  rig_open (rig, "test:0");
  rig_expect_state (rig, PV_CAPTURE_READY);
}

static void
shows_a_page_while_it_grows (void **state)
{
  Rig *rig = *state;
  guint percent = 0;
  guint n_scanning = 0;

  rig_open (rig, "auto");
  rig_take (rig);
  rig_expect_state (rig, PV_CAPTURE_PAGE);
  assert_int_equal (rig_last (rig)->n_pages, 1);
  assert_int_equal (rig_last (rig)->page, 0);
  assert_int_equal (rig_last (rig)->hint, PV_CAPTURE_CLEAR);
  assert_true (rig->n_growing >= 3);
  for (guint i = 0; i < rig->reports->len; i++) {
    const PvCaptureReport *report = &g_array_index (rig->reports, PvCaptureReport, i);

    if (report->state != PV_CAPTURE_SCANNING)
      continue;
    assert_true (report->percent >= percent);
    percent = report->percent;
    n_scanning++;
  }
  assert_int_equal (percent, 100);
  assert_true (n_scanning >= 3);
  assert_int_equal (rig->picture->height, PV_SCAN_PICTURE_SIDE);
  assert_true (rig->picture->width > 700 && rig->picture->width < 712); /* A4 */
}

static void
joins_five_pages_into_one_pdf (void **state)
{
  static const char *const info[] = { "pdfinfo", "{}", NULL };
  Rig *rig = *state;
  g_autofree char *told = NULL;

  rig_open (rig, "auto");
  for (guint i = 0; i < 5; i++)
    rig_take (rig);
  assert_int_equal (rig_last (rig)->n_pages, 5);
  rig->is_settled = FALSE;
  pv_scan_finish (rig->scan);
  rig_wait (rig);
  assert_non_null (rig->document);
  assert_string_equal (rig->document->filename, "document-1.pdf");
  assert_string_equal (rig->document->content_type, "application/pdf");
  assert_int_equal (rig->document->n_pages, 5);
  told = rig_ask (rig, info);
  assert_non_null (strstr (told, "Pages:           5\n"));
  assert_non_null (strstr (told, "Producer:        Parvis\n"));
  assert_non_null (strstr (told, "(A4)"));
  assert_null (strstr (told, "Date:"));
  assert_null (strstr (told, "Author:"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (finds_the_first_scanner, rig_set_up, rig_tear_down),
    cmocka_unit_test_setup_teardown (shows_a_page_while_it_grows, rig_set_up, rig_tear_down),
    cmocka_unit_test_setup_teardown (joins_five_pages_into_one_pdf, rig_set_up, rig_tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

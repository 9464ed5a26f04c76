/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The printer service through a queue of a real CUPS, which by itself keeps documents and prints them later. */
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cups-rig.h"

#include "ippeve.h"

static void
prints_through_a_queue_and_leaves_nothing_in_the_spool (void **state)
{
  Ippeve *printer = ippeve_new ();
  Cups *cups = cups_new (ippeve_get_uri (printer));
  Kiosk *kiosk = kiosk_new_for_cups (cups, "");
  g_autoptr (GBytes) printed = NULL;
  g_autoptr (GBytes) asked = NULL;
  g_autofree char *words = NULL;

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  print_receipt (kiosk, SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_DONE, WAIT_MS));
  assert_int_equal (cups_count_spooled (cups), 0);
  printed = ippeve_read (printer, "job.pdf");
  assert_non_null (printed);
  asked = ippeve_read (printer, "job.env");
  words = g_strndup (g_bytes_get_data (asked, NULL), g_bytes_get_size (asked));
  /* CUPS makes whole points of 80 mm: those that hold it. */
  assert_non_null (strstr (words, "IPP_MEDIA_COL={media-size={x-dimension=8008 "));
  assert_true (end_session (kiosk, SESSION));
  kiosk_free (kiosk);
  cups_free (cups);
  ippeve_free (printer);
}

static void
removes_a_job_in_print_at_the_end_of_the_session (void **state)
{
  Ippeve *printer = ippeve_new ();
  Cups *cups = cups_new (ippeve_get_uri (printer));
  Kiosk *kiosk = kiosk_new_for_cups (cups, "");

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  ippeve_tell_engine (printer, "hold", "");
  print_receipt (kiosk, SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_PRINTING, WAIT_MS));
  assert_true (cups_count_spooled (cups) > 0);
  assert_true (end_session (kiosk, SESSION));
  assert_int_equal (cups_count_spooled (cups), 0);
  ippeve_tell_engine (printer, "hold", NULL);
  kiosk_free (kiosk);
  cups_free (cups);
  ippeve_free (printer);
}

/* Else it would come out when the printer is back, in front of the next citizen. */
static void
keeps_nothing_for_a_printer_that_is_off (void **state)
{
  Ippeve *printer = ippeve_new ();
  Cups *cups = cups_new (ippeve_get_uri (printer));
  Kiosk *kiosk = kiosk_new_for_cups (cups, "");

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  ippeve_kill (printer);
  print_receipt (kiosk, SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_FAILED, WAIT_MS));
  assert_true (end_session (kiosk, SESSION));
  assert_int_equal (cups_count_spooled (cups), 0);
  kiosk_free (kiosk);
  cups_free (cups);
  ippeve_free (printer);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (prints_through_a_queue_and_leaves_nothing_in_the_spool),
    cmocka_unit_test (removes_a_job_in_print_at_the_end_of_the_session),
    cmocka_unit_test (keeps_nothing_for_a_printer_that_is_off),
  };

  tst_init ();
  if (!ippeve_is_installed () || !cups_is_installed ()) {
    fputs ("1..0 # SKIP no CUPS with its filters\n", stdout);
    return 0;
  }
  return cmocka_run_group_tests (tests, NULL, NULL);
}

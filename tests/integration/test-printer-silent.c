/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The printer service with printers that say nothing or do not obey: what has to be waited for, beside test-printer.c. */
#include <stdio.h>

#include "printer-rig.h"

#include "ipp-printer.h"
#include "ippeve.h"

static void
does_not_claim_what_it_did_not_see_when_the_power_goes (void **state)
{
  Ippeve *printer = ippeve_new ();
  Kiosk *kiosk = kiosk_new_for_uri (ippeve_get_uri (printer));
  g_autofree char *error = NULL;

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  ippeve_tell_engine (printer, "hold", "");
  print_receipt (kiosk, SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_PRINTING, WAIT_MS));
  ippeve_kill (printer);
  assert_true (wait_for_state (kiosk, PV_PRINT_UNKNOWN, OFFLINE_MS));
  /* Nobody knows what is in the printer: the next citizen does not find it there. */
  assert_false (end_session (kiosk, SESSION));
  assert_int_equal (print_receipt (kiosk, NEXT_SESSION, &error), 0);
  assert_string_equal (error, "org.parvis.Error.Busy");
  kiosk_free (kiosk);
  ippeve_free (printer);
}

static void
fails_within_its_limit_when_the_printer_is_off (void **state)
{
  FakeIpp *printer = fake_ipp_new ();
  Kiosk *kiosk = kiosk_new_for_uri (fake_ipp_get_uri (printer));

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  fake_ipp_free (printer);
  print_receipt (kiosk, SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_FAILED, OFFLINE_MS));
  assert_int_equal (get_last (kiosk)->reason, PV_PRINT_REASON_OFFLINE);
  kiosk_free (kiosk);
}

static void
says_in_time_that_a_printer_will_not_stop_and_takes_no_job (void **state)
{
  FakeIpp *printer = fake_ipp_new ();
  Kiosk *kiosk = kiosk_new_for_uri (fake_ipp_get_uri (printer));
  g_autofree char *error = NULL;

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  print_receipt (kiosk, SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_PRINTING, WAIT_MS));
  fake_ipp_set_mood (printer, FAKE_IPP_CANNOT_STOP);
  assert_false (end_session (kiosk, SESSION));
  assert_int_equal (print_receipt (kiosk, NEXT_SESSION, &error), 0);
  assert_string_equal (error, "org.parvis.Error.Busy");
  assert_true (wait_until_available (kiosk, FALSE));
  /* It stops at last: found by itself, and the next one may print. */
  fake_ipp_set_mood (printer, FAKE_IPP_ANSWERS);
  assert_true (wait_until_available (kiosk, TRUE));
  assert_int_equal (fake_ipp_count_unfinished (printer), 0);
  assert_true (print_receipt (kiosk, NEXT_SESSION, NULL) > 0);
  kiosk_free (kiosk);
  fake_ipp_free (printer);
}

static void
answers_in_time_when_the_printer_is_mute (void **state)
{
  FakeIpp *printer = fake_ipp_new ();
  Kiosk *kiosk = kiosk_new_for_uri (fake_ipp_get_uri (printer));

  (void) state;
  assert_true (wait_until_available (kiosk, TRUE));
  print_receipt (kiosk, SESSION, NULL);
  assert_true (wait_for_state (kiosk, PV_PRINT_PRINTING, WAIT_MS));
  fake_ipp_set_mood (printer, FAKE_IPP_IS_MUTE);
  assert_false (end_session (kiosk, SESSION));
  kiosk_free (kiosk);
  fake_ipp_free (printer);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (does_not_claim_what_it_did_not_see_when_the_power_goes),
    cmocka_unit_test (fails_within_its_limit_when_the_printer_is_off),
    cmocka_unit_test (says_in_time_that_a_printer_will_not_stop_and_takes_no_job),
    cmocka_unit_test (answers_in_time_when_the_printer_is_mute),
  };

  tst_init ();
  if (!ippeve_is_installed ()) {
    fputs ("1..0 # SKIP no ippeveprinter\n", stdout);
    return 0;
  }
  return cmocka_run_group_tests (tests, NULL, NULL);
}

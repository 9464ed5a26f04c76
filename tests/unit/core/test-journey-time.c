/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Time that runs out: it warns, is extended as often as somebody wants, and rests while one can only wait. */

#include "journey-document-steps.h"

static void
tell_calling (Fixture *fixture, PvAssistanceState state)
{
  PvAssistance assistance = { .state = state, .code = (char *) (state == PV_ASSISTANCE_CALLING ? "482913" : NULL) };

  pv_journey_assistance_changed (fixture->journey, &assistance, &fixture->now);
}

static void
report (Fixture *fixture, PvCaptureState state, guint percent)
{
  PvCaptureReport told = { .state = state, .percent = percent, .url = state == PV_CAPTURE_READY ? url : NULL };

  pv_journey_capture_report (fixture->journey, &told, &fixture->now);
}

static gboolean
press (Fixture *fixture, gboolean is_button)
{
  return pv_journey_noticed (fixture->journey, is_button, &fixture->now);
}

static void
any_key_extends_the_time_ten_times_in_a_row_and_more (void **state)
{
  static const guint waits[] = { 90, 95, 149 };
  Fixture *fixture = *state;

  begin (fixture);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  for (guint i = 0; i < 12; i++) {
    guint seconds = waits[i % G_N_ELEMENTS (waits)];

    pass_seconds (fixture, 90);
    pass_seconds (fixture, seconds - 90);
    assert_screen (fixture, "still-there");
    assert_true (press (fixture, FALSE));
    assert_screen (fixture, "question-1");
    assert_string_equal (pv_screen_state_find_field (screen (fixture), "2")->value, "Martin");
    assert_int_equal (pv_journey_end_deadline_ms (fixture->journey), fixture->now.monotonic_ms + 150000);
  }
}

/* The button that the finger is on must not go before it leaves. */
static void
a_press_on_a_button_only_gives_it_its_time_anew (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  pass_seconds (fixture, 90);
  pass_seconds (fixture, 59);
  assert_true (press (fixture, TRUE));
  assert_screen (fixture, "still-there");
  pass_seconds (fixture, 59);
  assert_screen (fixture, "still-there");
  act (fixture, PV_DO_MORE_TIME, NULL, NULL);
  assert_screen (fixture, "need-time");
}

static void
every_press_is_a_sign_of_life (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  for (guint i = 0; i < 20; i++) {
    pass_seconds (fixture, 80);
    assert_true (press (fixture, i % 2 == 0)); /* Tab, or beside everything */
    assert_false (press (fixture, FALSE));     /* once is enough for a while */
    assert_screen (fixture, "question-1");
  }
  pass_seconds (fixture, 90);
  assert_screen (fixture, "still-there");
}

static void
a_press_on_nothing_begins_no_visit_and_ends_no_goodbye (void **state)
{
  Fixture *fixture = *state;

  assert_false (press (fixture, FALSE));
  pass_seconds (fixture, 100000);
  assert_screen (fixture, "welcome");
  begin (fixture);
  pass_seconds (fixture, 90);
  pass_seconds (fixture, 60);
  assert_screen (fixture, "goodbye");
  assert_false (press (fixture, FALSE));
  assert_screen (fixture, "goodbye");
}

static void
the_time_that_one_needs_is_renewed_as_often_as_it_is_asked_for (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  pass_seconds (fixture, 90);
  act (fixture, PV_DO_MORE_TIME, NULL, NULL);
  for (guint i = 0; i < 12; i++) {
    assert_screen (fixture, "need-time");
    assert_int_equal (screen (fixture)->fields->len, 0); /* the answers are hidden */
    pass_seconds (fixture, 299);
    assert_screen (fixture, "need-time");
    act (fixture, PV_DO_MORE_TIME, NULL, NULL);
  }
  pass_seconds (fixture, 300);
  assert_screen (fixture, "still-there"); /* it warns all the same */
  act (fixture, PV_DO_STILL_HERE, NULL, NULL);
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "2")->value, "Martin");
}

static void
nothing_runs_out_while_a_page_is_scanned (void **state)
{
  static const PvCaptureState busy[] = { PV_CAPTURE_STARTING, PV_CAPTURE_SCANNING, PV_CAPTURE_FINISHING };
  Fixture *fixture = *state;

  for (guint i = 0; i < G_N_ELEMENTS (busy); i++) {
    if (i > 0) {
      tear_down (state);
      set_up_with_ways (state);
      fixture = *state;
    }
    open_question (fixture);
    act (fixture, PV_DO_SCAN, "11", NULL);
    report (fixture, busy[i], 0);
    pass_seconds (fixture, 600); /* a scanner that hangs is given up after 90 */
    assert_int_equal (screen (fixture)->id, PV_SCREEN_DOCUMENT);
    report (fixture, PV_CAPTURE_FAILED, 0);
    pass_seconds (fixture, 89); /* to read it */
    assert_int_equal (screen (fixture)->id, PV_SCREEN_DOCUMENT);
    pass_seconds (fixture, 1);
    assert_screen (fixture, "still-there");
  }
}

static void
nothing_runs_out_while_a_phone_is_waited_for (void **state)
{
  Fixture *fixture = *state;

  open_question (fixture);
  act (fixture, PV_DO_SEND_FROM_PHONE, "11", NULL);
  report (fixture, PV_CAPTURE_READY, 0);
  pass_seconds (fixture, 610); /* the code is good for ten minutes */
  assert_screen (fixture, "document-code");
  report (fixture, PV_CAPTURE_RECEIVING, 0);
  pass_seconds (fixture, 110);
  assert_int_equal (screen (fixture)->id, PV_SCREEN_DOCUMENT);
  report (fixture, PV_CAPTURE_FAILED, 0);
  pass_seconds (fixture, 89);
  assert_int_equal (screen (fixture)->id, PV_SCREEN_DOCUMENT);
  pass_seconds (fixture, 1);
  assert_screen (fixture, "still-there");
}

static void
nothing_runs_out_while_a_call_waits (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell_calling (fixture, PV_ASSISTANCE_READY);
  act (fixture, PV_DO_CALL_MEDIATOR, NULL, NULL);
  act (fixture, PV_DO_CALL_AFAR, NULL, NULL);
  tell_calling (fixture, PV_ASSISTANCE_CALLING);
  pass_seconds (fixture, 600);
  assert_screen (fixture, "call");
  tell_calling (fixture, PV_ASSISTANCE_READY); /* it came to nothing */
  pass_seconds (fixture, 89);
  assert_screen (fixture, "question-1");
  pass_seconds (fixture, 1);
  assert_screen (fixture, "still-there");
}

/* Whatever does not tell its end: a kiosk does not stay somebody's for ever. */
static void
a_wait_that_never_ends_is_asked_about (void **state)
{
  Fixture *fixture = *state;

  open_question (fixture);
  act (fixture, PV_DO_SEND_FROM_PHONE, "11", NULL);
  report (fixture, PV_CAPTURE_READY, 0);
  pass_seconds (fixture, 720);
  assert_screen (fixture, "still-there");
  pass_seconds (fixture, 60);
  assert_screen (fixture, "goodbye");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up_with_ways, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (any_key_extends_the_time_ten_times_in_a_row_and_more),
    TEST (a_press_on_a_button_only_gives_it_its_time_anew),
    TEST (every_press_is_a_sign_of_life),
    TEST (a_press_on_nothing_begins_no_visit_and_ends_no_goodbye),
    TEST (the_time_that_one_needs_is_renewed_as_often_as_it_is_asked_for),
    TEST (nothing_runs_out_while_a_page_is_scanned),
    TEST (nothing_runs_out_while_a_phone_is_waited_for),
    TEST (nothing_runs_out_while_a_call_waits),
    TEST (a_wait_that_never_ends_is_asked_about),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

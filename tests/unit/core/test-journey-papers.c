/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What else can be printed on "Done": the answers, and everything in large letters. */

#include "journey-steps.h"

static void
to_done (Fixture *fixture)
{
  g_autoptr (PvOutcome) outcome = received ();

  send (fixture);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  assert_screen (fixture, "done-received");
}

static const PvAction *
find_paper (Fixture *fixture, const char *paper)
{
  const PvScreenState *state = screen (fixture);

  for (guint i = 0; i < state->actions->len; i++) {
    const PvAction *action = state->actions->pdata[i];

    if (action->intention == PV_DO_PRINT_PAPER && g_strcmp0 (action->value, paper) == 0)
      return action;
  }
  return NULL;
}

/* Every row of the check, whatever page it stood on. */
static GPtrArray *
read_check (Fixture *fixture)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_receipt_line_free);

  for (;;) {
    const PvScreenState *state = screen (fixture);
    const PvField *summary = pv_screen_state_find_field (state, "answers");

    for (guint i = 0; summary != NULL && i < summary->rows->len; i++) {
      const PvSummaryRow *row = summary->rows->pdata[i];

      g_ptr_array_add (rows, pv_receipt_line_new (row->label, row->value));
    }
    if (pv_screen_state_find_action (state, PV_DO_NEXT_PAGE) == NULL)
      return rows;
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  }
}

static void
the_answers_are_those_of_the_check (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (PvOutcome) outcome = received ();
  g_autoptr (PvEffect) effect = NULL;

  answer_up_to_check (fixture);
  rows = read_check (fixture);
  assert_true (rows->len > 3);
  act (fixture, PV_DO_TOGGLE, "12", NULL);
  act (fixture, PV_DO_SEND, NULL, NULL);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  act (fixture, PV_DO_OPEN_PAPERS, NULL, NULL);
  assert_screen (fixture, "papers");
  assert_non_null (strstr (((const PvNotice *) screen (fixture)->notices->pdata[0])->text, "for you alone"));
  act (fixture, PV_DO_PRINT_PAPER, NULL, PV_PAPER_ANSWERS);
  effect = wait_effect (fixture, PV_EFFECT_PRINT_SUMMARY);
  assert_non_null (effect);
  assert_int_equal (effect->summary->lines->len, rows->len + 1); /* and the statement */
  for (guint i = 0; i < rows->len; i++) {
    const PvReceiptLine *row = rows->pdata[i], *line = effect->summary->lines->pdata[i];

    assert_string_equal (line->label, row->label);
    assert_string_equal (line->value, row->value);
  }
  assert_string_equal (((const PvReceiptLine *) effect->summary->lines->pdata[rows->len])->value, "Yes");
  assert_string_equal (((const PvReceiptLine *) effect->summary->lines->pdata[0])->value, "Martin");
  assert_string_equal (effect->summary->reference, "18-2047");
  assert_screen (fixture, "done-received");
}

/* Personal data leaves on paper by a touch of its own, and by nobody else's. */
static void
the_answers_are_printed_for_who_asks (void **state)
{
  Fixture *fixture = *state;

  to_done (fixture);
  act (fixture, PV_DO_PRINT_PAPER, NULL, PV_PAPER_ANSWERS); /* the sheet is not open */
  assert_null (wait_effect (fixture, PV_EFFECT_PRINT_SUMMARY));
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_OPEN_PAPERS, NULL, NULL);
  assert_screen (fixture, "done-received");
  act (fixture, PV_DO_OPEN_PAPERS, NULL, NULL);
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_PRINT_PAPER, NULL, PV_PAPER_ANSWERS);
  assert_null (wait_effect (fixture, PV_EFFECT_PRINT_SUMMARY));
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  assert_screen (fixture, "done-received");
}

static void
one_paper_at_a_time (void **state)
{
  Fixture *fixture = *state;
  PvEffect *effect;

  to_done (fixture);
  act (fixture, PV_DO_OPEN_PAPERS, NULL, NULL);
  act (fixture, PV_DO_PRINT_PAPER, NULL, PV_PAPER_ANSWERS);
  effect = wait_effect (fixture, PV_EFFECT_PRINT_SUMMARY);
  assert_non_null (effect);
  pv_effect_free (effect);
  assert_false (pv_screen_state_find_action (screen (fixture), PV_DO_OPEN_PAPERS)->is_enabled);
  act (fixture, PV_DO_OPEN_PAPERS, NULL, NULL);
  assert_screen (fixture, "done-received");
  pv_journey_print_state (fixture->journey, PV_PRINT_DONE, PV_PRINT_REASON_NONE, &fixture->now);
  act (fixture, PV_DO_OPEN_PAPERS, NULL, NULL);
  assert_screen (fixture, "papers");
}

/* What is printed is called what it is. */
static void
it_is_told_which_paper_is_printed (void **state)
{
  static const char *const papers[] = { PV_PAPER_ANSWERS, PV_PAPER_RECEIPT };
  static const char *const words[] = { "Your paper is printed", "Your receipt is printed" };
  Fixture *fixture = *state;

  to_done (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++) {
    gboolean is_told = FALSE;

    act (fixture, PV_DO_OPEN_PAPERS, NULL, NULL);
    act (fixture, PV_DO_PRINT_PAPER, NULL, papers[i]);
    pv_journey_print_state (fixture->journey, PV_PRINT_DONE, PV_PRINT_REASON_NONE, &fixture->now);
    for (guint k = 0; k < screen (fixture)->notices->len; k++)
      is_told |= strstr (((const PvNotice *) screen (fixture)->notices->pdata[k])->text, words[i]) != NULL;
    assert_true (is_told);
  }
}

static guint
print_receipt_percent (Fixture *fixture)
{
  PvEffect *effect;
  guint percent;

  act (fixture, PV_DO_PRINT, NULL, NULL);
  effect = wait_effect (fixture, PV_EFFECT_PRINT);
  assert_non_null (effect);
  percent = effect->receipt->text_percent;
  pv_effect_free (effect);
  pv_journey_print_state (fixture->journey, PV_PRINT_DONE, PV_PRINT_REASON_NONE, &fixture->now);
  return percent;
}

static void
large_letters_are_for_every_paper_once_they_are_wished (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvEffect) effect = NULL;
  const PvField *large;

  to_done (fixture);
  assert_int_equal (print_receipt_percent (fixture), 100);
  act (fixture, PV_DO_OPEN_PAPERS, NULL, NULL);
  act (fixture, PV_DO_TOGGLE, "large-print", "large-print");
  assert_screen (fixture, "papers"); /* it stays for the choice of the paper */
  large = pv_screen_state_find_field (screen (fixture), "large-print");
  assert_true (((const PvChoice *) large->choices->pdata[0])->selected);
  act (fixture, PV_DO_PRINT_PAPER, NULL, PV_PAPER_ANSWERS);
  effect = wait_effect (fixture, PV_EFFECT_PRINT_SUMMARY);
  assert_int_equal (effect->summary->text_percent, 150);
  pv_journey_print_state (fixture->journey, PV_PRINT_DONE, PV_PRINT_REASON_NONE, &fixture->now);
  assert_int_equal (print_receipt_percent (fixture), 150);
  act (fixture, PV_DO_OPEN_PAPERS, NULL, NULL);
  act (fixture, PV_DO_TOGGLE, "large-print", "large-print");
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  assert_int_equal (print_receipt_percent (fixture), 100);
}

/* Whose letters are large on the screen is not asked. */
static void
large_letters_on_the_screen_are_large_on_paper (void **state)
{
  Fixture *fixture = *state;

  act (fixture, PV_DO_SET_TEXT_SIZE, NULL, "200");
  to_done (fixture);
  act (fixture, PV_DO_OPEN_PAPERS, NULL, NULL);
  assert_screen (fixture, "papers");
  assert_null (pv_screen_state_find_field (screen (fixture), "large-print"));
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  assert_int_equal (print_receipt_percent (fixture), 200);
}

static void
the_next_request_begins_with_usual_letters (void **state)
{
  Fixture *fixture = *state;

  to_done (fixture);
  act (fixture, PV_DO_OPEN_PAPERS, NULL, NULL);
  act (fixture, PV_DO_TOGGLE, "large-print", "large-print");
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  act (fixture, PV_DO_ANOTHER, NULL, NULL);
  pv_journey_set_ref (fixture->journey, ref);
  act (fixture, PV_DO_OPEN_CATEGORY, "famille-ecole", NULL);
  to_done (fixture);
  assert_int_equal (print_receipt_percent (fixture), 100);
}

static void
nothing_is_offered_without_a_printer_or_in_practice (void **state)
{
  Fixture *fixture = *state;

  to_done (fixture);
  assert_true (pv_screen_state_find_action (screen (fixture), PV_DO_OPEN_PAPERS)->is_enabled);
  pv_journey_printer_available (fixture->journey, FALSE, PV_PRINT_REASON_OFFLINE, &fixture->now);
  assert_false (pv_screen_state_find_action (screen (fixture), PV_DO_OPEN_PAPERS)->is_enabled);
  assert_null (find_paper (fixture, PV_PAPER_RECEIPT));
}

/* Whoever lost the paper has another one from "Follow". */
static void
an_appointment_is_printed_where_it_is_looked_up (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvFollowed) followed = pv_followed_new (PV_FOLLOWED_FOUND, "Booked");
  g_autoptr (PvEffect) effect = NULL;
  PvBooking *booking = pv_booking_new ("41", "agenda:mairie/titres", G_GINT64_CONSTANT (1796286000000000));

  followed->booking = booking;
  booking->label = g_strdup ("Carte d’identité");
  booking->place = g_strdup ("Hôtel de ville, 1 place de la Mairie");
  booking->slug = g_strdup ("rdv");
  booking->ref = g_strdup (ref);
  booking->may_cancel = TRUE;
  act (fixture, PV_DO_START, NULL, NULL);
  act (fixture, PV_DO_OPEN_FOLLOW, NULL, NULL);
  act (fixture, PV_DO_TYPE, "code", ref);
  act (fixture, PV_DO_LOOK_UP, NULL, NULL);
  pv_journey_service_state (fixture->journey, TRUE, TRUE, &fixture->now);
  pv_journey_followed (fixture->journey, followed, &fixture->now);
  assert_screen (fixture, "follow-found");
  assert_non_null (find_paper (fixture, PV_PAPER_APPOINTMENT));
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_PRINT_PAPER, NULL, PV_PAPER_APPOINTMENT);
  assert_null (wait_effect (fixture, PV_EFFECT_PRINT_APPOINTMENT));
  act (fixture, PV_DO_PRINT_PAPER, NULL, PV_PAPER_APPOINTMENT);
  effect = wait_effect (fixture, PV_EFFECT_PRINT_APPOINTMENT);
  assert_non_null (effect);
  assert_string_equal (effect->appointment->when, "Thursday 3 December 2026 at 9:20");
  assert_string_equal (effect->appointment->directions, "Bus 3, arrêt Mairie.");
  assert_string_equal (effect->appointment->reference, "BCDFG\u00a0HJKLM");
  assert_non_null (strstr (effect->appointment->change, "At a kiosk"));
  assert_non_null (strstr (effect->appointment->calendar, "UID:BCDFGHJKLM@parvis"));
  assert_null (find_paper (fixture, PV_PAPER_APPOINTMENT)); /* one at a time */
  assert_non_null (
    strstr (((const PvNotice *) screen (fixture)->notices->pdata[0])->text, "Your paper goes to the printer"));
  pv_journey_print_state (fixture->journey, PV_PRINT_DONE, PV_PRINT_REASON_NONE, &fixture->now);
  assert_non_null (find_paper (fixture, PV_PAPER_APPOINTMENT));
  act (fixture, PV_DO_OPEN_FOLLOW, NULL, NULL);
  assert_int_equal (screen (fixture)->notices->len, 0);
}

static void
what_is_over_is_not_printed_again (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvFollowed) followed = pv_followed_new (PV_FOLLOWED_FOUND, "Booked");

  followed->booking = pv_booking_new ("41", "agenda:mairie/titres", fixture->now.utc_us - 1);
  act (fixture, PV_DO_START, NULL, NULL);
  act (fixture, PV_DO_OPEN_FOLLOW, NULL, NULL);
  act (fixture, PV_DO_TYPE, "code", ref);
  act (fixture, PV_DO_LOOK_UP, NULL, NULL);
  pv_journey_followed (fixture->journey, followed, &fixture->now);
  assert_screen (fixture, "follow-found");
  assert_null (find_paper (fixture, PV_PAPER_APPOINTMENT));
  act (fixture, PV_DO_PRINT_PAPER, NULL, PV_PAPER_APPOINTMENT);
  assert_null (wait_effect (fixture, PV_EFFECT_PRINT_APPOINTMENT));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (the_answers_are_those_of_the_check, set_up, tear_down),
    cmocka_unit_test_setup_teardown (the_answers_are_printed_for_who_asks, set_up, tear_down),
    cmocka_unit_test_setup_teardown (one_paper_at_a_time, set_up, tear_down),
    cmocka_unit_test_setup_teardown (it_is_told_which_paper_is_printed, set_up, tear_down),
    cmocka_unit_test_setup_teardown (large_letters_are_for_every_paper_once_they_are_wished, set_up, tear_down),
    cmocka_unit_test_setup_teardown (large_letters_on_the_screen_are_large_on_paper, set_up, tear_down),
    cmocka_unit_test_setup_teardown (the_next_request_begins_with_usual_letters, set_up, tear_down),
    cmocka_unit_test_setup_teardown (an_appointment_is_printed_where_it_is_looked_up, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_is_over_is_not_printed_again, set_up, tear_down),
    cmocka_unit_test_setup_teardown (nothing_is_offered_without_a_printer_or_in_practice, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

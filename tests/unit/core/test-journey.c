/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "journey-steps.h"

static void
the_main_job_goes_from_welcome_to_goodbye (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) outcome = received ();
  PvEffect *store, *print, *goodbye;

  assert_screen (fixture, "welcome");
  send (fixture);
  assert_screen (fixture, "sending");
  store = wait_effect (fixture, PV_EFFECT_STORE);
  assert_non_null (store);
  assert_string_equal (store->submission->ref, ref);
  pv_effect_free (store);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  assert_screen (fixture, "sending");
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  assert_screen (fixture, "done-received");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "reference")->value, "18-2047");
  act (fixture, PV_DO_PRINT, NULL, NULL);
  print = wait_effect (fixture, PV_EFFECT_PRINT);
  assert_int_equal (print->receipt->kind, PV_RECEIPT_RECEIVED);
  assert_string_equal (print->receipt->reference, "18-2047");
  assert_string_equal (print->receipt->qr_text, "https://demarches.montclair.example/code/BCDFGHJK");
  assert_non_null (strstr (print->receipt->silence, "23 January 2027"));
  pv_effect_free (print);
  pv_journey_print_state (fixture->journey, PV_PRINT_DONE, PV_PRINT_REASON_NONE, &fixture->now);
  act (fixture, PV_DO_FINISH, NULL, NULL);
  assert_screen (fixture, "goodbye");
  goodbye = wait_effect (fixture, PV_EFFECT_GOODBYE);
  assert_non_null (goodbye);
  pv_effect_free (goodbye);
}

/* Who printed nothing would look for paper that is not there; who did forgets it. */
static void
goodbye_speaks_of_papers_only_where_something_was_printed (void **state)
{
  static const struct {
    PvPrintState told[3];
    gboolean is_paper;
  } rows[] = {
    { { PV_PRINT_SENDING, PV_PRINT_PRINTING, PV_PRINT_DONE }, TRUE },
    { { PV_PRINT_SENDING, PV_PRINT_PRINTING, PV_PRINT_FAILED }, TRUE },
    { { PV_PRINT_SENDING, PV_PRINT_SENDING, PV_PRINT_UNKNOWN }, TRUE },
    { { PV_PRINT_PREPARING, PV_PRINT_SENDING, PV_PRINT_FAILED }, FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvOutcome) outcome = received ();
    const PvScreenState *goodbye;
    const PvNotice *notice;
    void *one = NULL;
    Fixture *fixture;

    set_up (&one);
    fixture = one;
    send (fixture);
    pv_journey_stored (fixture->journey, TRUE, &fixture->now);
    pv_journey_outcome (fixture->journey, outcome, &fixture->now);
    act (fixture, PV_DO_PRINT, NULL, NULL);
    for (gsize k = 0; k < G_N_ELEMENTS (rows[i].told); k++)
      pv_journey_print_state (fixture->journey, rows[i].told[k], PV_PRINT_REASON_OTHER, &fixture->now);
    act (fixture, PV_DO_FINISH, NULL, NULL);
    assert_screen (fixture, "goodbye");
    goodbye = screen (fixture);
    notice = g_ptr_array_index (goodbye->notices, 0);
    assert_string_equal (notice->strong,
                         rows[i].is_paper ? "Take your papers and your card." : "Take your card and your things.");
    tear_down (&one);
  }
}

static void
a_wrong_answer_stays_on_its_screen_with_a_sentence (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  assert_screen (fixture, "question-1");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "question-1");
  assert_non_null (pv_screen_state_find_field (screen (fixture), "2")->error);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  assert_null (pv_screen_state_find_field (screen (fixture), "2")->error);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "question-3");
}

static void
back_keeps_the_answers (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "2")->value, "Martin");
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "procedure");
  act (fixture, PV_DO_BEGIN, NULL, NULL);
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "2")->value, "Martin");
}

static void
the_form_s_own_check_is_told_when_the_page_is_left (void **state)
{
  Fixture *fixture = *state;

  answer_up_to_check (fixture);
  act (fixture, PV_DO_EDIT, "4", NULL);
  act (fixture, PV_DO_TYPE, "5", "99999");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "question-6");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_string_equal (screen (fixture)->error_summary, "Ce code postal n’est pas de la commune.");
}

/* Nine answers and a keyboard beside them would be one answer a page. */
static void
a_list_is_searched_only_where_the_keyboard_leaves_room_for_it (void **state)
{
  Fixture *fixture = *state;
  PvQuestion *question = (PvQuestion *) pv_procedure_find_question (fixture->procedure, "6");
  const char *ids[] = { "a", "b", "c", "d", "e", "f" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    sample_option (question, ids[i], ids[i]);
  answer_up_to_check (fixture);
  act (fixture, PV_DO_EDIT, "6", NULL);
  assert_non_null (pv_screen_state_find_field (screen (fixture), "search"));
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 15, 48 });
  assert_null (pv_screen_state_find_field (screen (fixture), "search"));
  assert_int_equal (pv_screen_state_find_field (screen (fixture), "6")->choices->len, 5);
  act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  assert_int_equal (pv_screen_state_find_field (screen (fixture), "6")->choices->len, 4);
}

static void
a_slow_portal_makes_nobody_wait_more_than_fifteen_seconds (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) late = received ();
  g_autofree char *before = NULL;

  send (fixture);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  before = g_strdup (((PvField *) screen (fixture)->fields->pdata[0])->label);
  pass_seconds (fixture, 10);
  assert_string_not_equal (((PvField *) screen (fixture)->fields->pdata[0])->label, before);
  pass_seconds (fixture, 5);
  assert_screen (fixture, "done-registered");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "reference")->value, "BCDFG\xc2\xa0HJKLM");
  pv_journey_outcome (fixture->journey, late, &fixture->now);
  assert_screen (fixture, "done-received");
}

static void
an_unknown_outcome_is_said_and_never_made_less_later (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) unknown = pv_outcome_new (PV_OUTCOME_UNKNOWN, ref);
  g_autoptr (PvOutcome) positive = received ();
  PvEffect *print;

  send (fixture);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  pv_journey_outcome (fixture->journey, unknown, &fixture->now);
  assert_screen (fixture, "done-registered");
  act (fixture, PV_DO_PRINT, NULL, NULL);
  print = wait_effect (fixture, PV_EFFECT_PRINT);
  assert_int_equal (print->receipt->kind, PV_RECEIPT_TO_CHECK);
  pv_effect_free (print);
  pv_journey_outcome (fixture->journey, positive, &fixture->now);
  pv_journey_outcome (fixture->journey, unknown, &fixture->now);
  assert_screen (fixture, "done-received");
}

static void
an_outcome_of_another_filing_changes_nothing (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) other = pv_outcome_new (PV_OUTCOME_RECEIVED, "ZZZZZZZZZZ");

  send (fixture);
  pv_journey_outcome (fixture->journey, other, &fixture->now);
  assert_screen (fixture, "sending");
}

static void
a_full_disk_is_said_and_the_same_reference_tries_again (void **state)
{
  Fixture *fixture = *state;
  PvEffect *first, *second;

  send (fixture);
  first = wait_effect (fixture, PV_EFFECT_STORE);
  pv_journey_stored (fixture->journey, FALSE, &fixture->now);
  assert_screen (fixture, "check");
  while (pv_screen_state_find_action (screen (fixture), PV_DO_NEXT_PAGE) != NULL)
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  act (fixture, PV_DO_SEND, NULL, NULL);
  second = wait_effect (fixture, PV_EFFECT_STORE);
  assert_non_null (second);
  assert_string_equal (first->submission->ref, second->submission->ref);
  pv_effect_free (first);
  pv_effect_free (second);
}

static void
a_kiosk_that_cannot_store_does_not_begin (void **state)
{
  Fixture *fixture = *state;

  pv_journey_service_state (fixture->journey, TRUE, FALSE, &fixture->now);
  begin (fixture);
  assert_screen (fixture, "procedure");
  assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_BEGIN));
  assert_true (screen (fixture)->notices->len > 0);
}

static gboolean
is_waiting (Fixture *fixture)
{
  const GPtrArray *fields = screen (fixture)->fields;

  for (guint i = 0; i < fields->len; i++)
    if (((const PvField *) fields->pdata[i])->kind == PV_FIELD_PROGRESS)
      return TRUE;
  return FALSE;
}

static void
without_any_procedure_it_is_said_and_nobody_waits (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvCatalogue) empty = pv_catalogue_new ();

  pv_journey_free (fixture->journey);
  fixture->journey = new_journey ();
  pv_journey_printer_available (fixture->journey, TRUE, PV_PRINT_REASON_NONE, &fixture->now);
  act (fixture, PV_DO_START, NULL, NULL);
  assert_true (is_waiting (fixture));
  assert_int_equal (screen (fixture)->notices->len, 0);
  /* The courier is away, has none, knows an empty one; and at last has one. */
  pv_journey_service_state (fixture->journey, FALSE, FALSE, &fixture->now);
  assert_false (is_waiting (fixture));
  assert_int_equal (screen (fixture)->notices->len, 1);
  pv_journey_service_state (fixture->journey, TRUE, TRUE, &fixture->now);
  pv_journey_catalogue_loaded (fixture->journey, NULL, &fixture->now);
  assert_false (is_waiting (fixture));
  assert_int_equal (screen (fixture)->notices->len, 1);
  pv_journey_catalogue_loaded (fixture->journey, empty, &fixture->now);
  assert_int_equal (screen (fixture)->fields->len, 0);
  assert_int_equal (screen (fixture)->notices->len, 1);
  pv_journey_catalogue_loaded (fixture->journey, fixture->catalogue, &fixture->now);
  assert_int_equal (screen (fixture)->notices->len, 0);
  assert_true (screen (fixture)->fields->len > 0);
}

static void
out_of_order_says_where_to_go_as_far_as_it_is_known (void **state)
{
  static const char *const languages[] = { "fr", NULL };
  Fixture *fixture = *state;
  PvJourneyConfig nothing = { .languages = languages, .idle_seconds = 90, .warn_seconds = 60 };

  pv_journey_show_out_of_order (fixture->journey, &fixture->now);
  assert_screen (fixture, "out-of-order");
  assert_int_equal (screen (fixture)->fields->len, 1);
  pv_journey_free (fixture->journey);
  fixture->journey = pv_journey_new (&nothing);
  pv_journey_show_out_of_order (fixture->journey, &fixture->now);
  assert_screen (fixture, "out-of-order");
  assert_int_equal (screen (fixture)->fields->len, 0);
  assert_non_null (screen (fixture)->help);
}

enum { MINUTE_US = 60 * G_USEC_PER_SEC };

static void
maintenance_says_when_to_come_back_and_cannot_be_touched (void **state)
{
  static const char *const others[] = { "Cette borne est en maintenance. Revenez à 15 h 30.", "second", NULL };
  Fixture *fixture = *state;
  gint64 until_us = fixture->now.utc_us + 58 * (gint64) MINUTE_US;
  g_autofree char *line = pv_journey_say_maintenance (until_us, &fixture->now);

  assert_string_equal (line, "This kiosk is being serviced. Come back at 15:30.");
  pv_journey_show_maintenance (fixture->journey, until_us, others, &fixture->now);
  assert_int_equal (screen (fixture)->id, PV_SCREEN_OUT_OF_ORDER);
  assert_string_equal (screen (fixture)->key, "maintenance");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "when")->value, "Come back at 15:30.");
  assert_non_null (pv_screen_state_find_field (screen (fixture), "contacts"));
  /* Each a field of its own: where not all fits, a page does not end in the middle of a line. */
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "others-0")->value, others[0]);
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "others-1")->value, others[1]);
  act (fixture, PV_DO_START, NULL, NULL);
  assert_string_equal (screen (fixture)->key, "maintenance");
  /* Untouched, so that the supervisor replaces it as soon as the notice goes. */
  assert_int_equal (pv_journey_end_deadline_ms (fixture->journey), G_MAXINT64);
}

static void
maintenance_ends_by_itself_at_its_time (void **state)
{
  Fixture *fixture = *state;
  gint64 until_us = fixture->now.utc_us + 90 * (gint64) G_USEC_PER_SEC;

  pv_journey_show_maintenance (fixture->journey, until_us, NULL, &fixture->now);
  /* The wall clock may jump: it is looked at each minute. */
  assert_int_equal (pv_journey_next_deadline_ms (fixture->journey), fixture->now.monotonic_ms + 60000);
  pass_seconds (fixture, 60);
  assert_string_equal (screen (fixture)->key, "maintenance");
  assert_int_equal (pv_journey_next_deadline_ms (fixture->journey), fixture->now.monotonic_ms + 30000);
  pass_seconds (fixture, 30);
  assert_screen (fixture, "welcome");
  act (fixture, PV_DO_START, NULL, NULL);
  assert_screen (fixture, "home");
  /* Without an end it stays, and "out of order" is another screen. */
  pv_journey_show_maintenance (fixture->journey, 0, NULL, &fixture->now);
  assert_int_equal (pv_journey_next_deadline_ms (fixture->journey), G_MAXINT64);
  pass_seconds (fixture, 24 * 3600);
  assert_string_equal (screen (fixture)->key, "maintenance");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "when")->value,
                       "You can go to the town hall or call it.");
  pv_journey_show_out_of_order (fixture->journey, &fixture->now);
  assert_screen (fixture, "out-of-order");
}

static void
maintenance_until_another_day_says_the_day (void **state)
{
  Fixture *fixture = *state;
  gint64 until_us = fixture->now.utc_us + 24 * 60 * (gint64) MINUTE_US;

  pv_journey_show_maintenance (fixture->journey, until_us, NULL, &fixture->now);
  assert_non_null (strstr (pv_screen_state_find_field (screen (fixture), "when")->value, "Tuesday"));
  assert_non_null (strstr (pv_screen_state_find_field (screen (fixture), "when")->value, "14:32"));
}

static void
an_abandoned_kiosk_asks_then_erases (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  assert_int_equal (pv_journey_end_deadline_ms (fixture->journey), fixture->now.monotonic_ms + 150000);
  pass_seconds (fixture, 89);
  assert_screen (fixture, "question-1");
  pass_seconds (fixture, 1);
  assert_screen (fixture, "still-there");
  act (fixture, PV_DO_STILL_HERE, NULL, NULL);
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "2")->value, "Martin");
  pass_seconds (fixture, 90);
  pass_seconds (fixture, 60);
  assert_screen (fixture, "goodbye");
}

static void
who_needs_time_has_it_with_the_answers_hidden (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  pass_seconds (fixture, 90);
  act (fixture, PV_DO_MORE_TIME, NULL, NULL);
  assert_screen (fixture, "need-time");
  assert_null (pv_screen_state_find_field (screen (fixture), "2"));
  pass_seconds (fixture, 299);
  assert_screen (fixture, "need-time");
  pass_seconds (fixture, 1);
  assert_screen (fixture, "still-there");
}

static void
an_untouched_welcome_waits_for_ever (void **state)
{
  Fixture *fixture = *state;

  pass_seconds (fixture, 100000);
  assert_screen (fixture, "welcome");
  assert_true (pv_journey_next_deadline_ms (fixture->journey) == G_MAXINT64);
}

static void
quitting_asks_when_something_is_not_sent (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  act (fixture, PV_DO_QUIT, NULL, NULL);
  assert_screen (fixture, "quit");
  act (fixture, PV_DO_STAY, NULL, NULL);
  assert_screen (fixture, "question-1");
  act (fixture, PV_DO_QUIT, NULL, NULL);
  act (fixture, PV_DO_ERASE, NULL, NULL);
  assert_screen (fixture, "goodbye");
}

static void
keeping_for_later_stores_a_draft (void **state)
{
  Fixture *fixture = *state;
  PvEffect *store;

  begin (fixture);
  act (fixture, PV_DO_QUIT, NULL, NULL);
  act (fixture, PV_DO_KEEP, NULL, NULL);
  store = wait_effect (fixture, PV_EFFECT_STORE);
  assert_int_equal (store->submission->purpose, PV_SUBMISSION_DRAFT);
  pv_effect_free (store);
}

static void
leaving_without_any_paper_is_asked_once (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) outcome = received ();

  send (fixture);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  act (fixture, PV_DO_FINISH, NULL, NULL);
  assert_screen (fixture, "paper");
  act (fixture, PV_DO_NO_PAPER, NULL, NULL);
  assert_screen (fixture, "goodbye");
}

static const PvNotice *
find_notice (Fixture *fixture, const char *words)
{
  const GPtrArray *notices = screen (fixture)->notices;

  for (guint i = 0; i < notices->len; i++)
    if (strstr (((const PvNotice *) notices->pdata[i])->text, words) != NULL)
      return notices->pdata[i];
  return NULL;
}

static void
without_paper_and_phone_there_is_the_desk (void **state)
{
  static const char DESK[] = "serves at the desk";
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) outcome = received ();

  send (fixture);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  assert_null (find_notice (fixture, DESK));
  pv_journey_printer_available (fixture->journey, FALSE, PV_PRINT_REASON_OFFLINE, &fixture->now);
  assert_non_null (find_notice (fixture, DESK));
  pv_journey_printer_available (fixture->journey, TRUE, PV_PRINT_REASON_NONE, &fixture->now);
  assert_null (find_notice (fixture, DESK));
  act (fixture, PV_DO_PRINT, NULL, NULL);
  pv_journey_print_state (fixture->journey, PV_PRINT_FAILED, PV_PRINT_REASON_OFFLINE, &fixture->now);
  assert_non_null (find_notice (fixture, DESK));
}

static void
a_receipt_bears_the_newest_proof_of_its_own (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) outcome = received ();
  PvEffect *print;

  send (fixture);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  pv_journey_set_proof (fixture->journey, ref, "PARVIS1/G/first");
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  pv_journey_set_proof (fixture->journey, ref, "PARVIS1/A/second");
  pv_journey_set_proof (fixture->journey, "ZZZZZZZZZZ", "PARVIS1/A/stranger");
  act (fixture, PV_DO_PRINT, NULL, NULL);
  print = wait_effect (fixture, PV_EFFECT_PRINT);
  assert_string_equal (print->receipt->proof, "PARVIS1/A/second");
  pv_effect_free (print);
}

static void
another_procedure_begins_empty_with_a_new_reference (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) outcome = received ();

  send (fixture);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  act (fixture, PV_DO_ANOTHER, NULL, NULL);
  assert_screen (fixture, "home");
  act (fixture, PV_DO_OPEN_CATEGORY, "famille-ecole", NULL);
  act (fixture, PV_DO_OPEN_PROCEDURE, "ecole", NULL);
  pv_journey_procedure_loaded (fixture->journey, "ecole", fixture->procedure, &fixture->now);
  act (fixture, PV_DO_BEGIN, NULL, NULL);
  assert_screen (fixture, "procedure"); /* no new reference was given */
  pv_journey_set_ref (fixture->journey, "ZZZZZZZZZZ");
  act (fixture, PV_DO_BEGIN, NULL, NULL);
  assert_null (pv_screen_state_find_field (screen (fixture), "2")->value);
}

static void
a_mediator_cannot_send_print_or_leave (void **state)
{
  Fixture *fixture = *state;

  answer_up_to_check (fixture);
  while (pv_screen_state_find_action (screen (fixture), PV_DO_NEXT_PAGE) != NULL)
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_TOGGLE, "12", NULL);
  act (fixture, PV_DO_SEND, NULL, NULL);
  assert_screen (fixture, "check");
  act (fixture, PV_DO_TOGGLE, "12", NULL);
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_SEND, NULL, NULL);
  assert_screen (fixture, "check");
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_QUIT, NULL, NULL);
  assert_screen (fixture, "check");
}

static void
the_language_changes_without_losing_an_answer (void **state)
{
  Fixture *fixture = *state;
  PvEffect *effect;

  begin (fixture);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  act (fixture, PV_DO_OPEN_LANGUAGES, NULL, NULL);
  assert_screen (fixture, "languages");
  act (fixture, PV_DO_SET_LANGUAGE, NULL, "fr");
  effect = wait_effect (fixture, PV_EFFECT_SET_LANGUAGE);
  assert_string_equal (effect->text, "fr");
  pv_effect_free (effect);
  pv_journey_language_changed (fixture->journey);
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "2")->value, "Martin");
}

static void
a_long_list_is_searched_and_paged (void **state)
{
  Fixture *fixture = *state;
  PvQuestion *question = (PvQuestion *) pv_procedure_find_question (fixture->procedure, "6");

  for (guint i = 0; i < 40; i++) {
    g_autofree char *id = g_strdup_printf ("ecole-%u", i);

    sample_option (question, id, id);
  }
  answer_up_to_check (fixture);
  act (fixture, PV_DO_EDIT, "6", NULL);
  assert_non_null (pv_screen_state_find_field (screen (fixture), "search"));
  assert_non_null (screen (fixture)->page_text);
  act (fixture, PV_DO_SEARCH, "search", "certains");
  assert_int_equal (pv_screen_state_find_field (screen (fixture), "6")->choices->len, 1);
}

/* "6" has three answers. Of very large letters a line holds two lines of the usual ones, and its frame none. */
static void
with_very_large_letters_answers_that_have_room_stay_together (void **state)
{
  static const struct {
    guint lines;
    gboolean is_one_page;
  } cases[] = { { 6, TRUE }, { 5, FALSE } };
  Fixture *fixture = *state;

  answer_up_to_check (fixture);
  act (fixture, PV_DO_EDIT, "6", NULL);
  act (fixture, PV_DO_OPEN_LOOK, NULL, NULL);
  act (fixture, PV_DO_SET_TEXT_SIZE, NULL, "200");
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    pv_journey_set_capacity (fixture->journey, &(PvCapacity){ cases[i].lines, 60 });
    assert_int_equal (screen (fixture)->page_text == NULL, cases[i].is_one_page);
  }
}

static void
a_source_that_fails_can_be_asked_again (void **state)
{
  Fixture *fixture = *state;
  PvQuestion *question = (PvQuestion *) pv_procedure_find_question (fixture->procedure, "6");
  PvEffect *effect;

  answer_up_to_check (fixture);
  question->option_source = g_strdup ("cantines");
  act (fixture, PV_DO_EDIT, "6", NULL);
  effect = wait_effect (fixture, PV_EFFECT_FETCH_OPTIONS);
  assert_string_equal (effect->path, "6");
  pv_effect_free (effect);
  pv_journey_options_loaded (fixture->journey, "6", NULL, &fixture->now);
  assert_int_equal (screen (fixture)->notices->len, 1);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  effect = wait_effect (fixture, PV_EFFECT_FETCH_OPTIONS);
  assert_non_null (effect);
  pv_effect_free (effect);
}

/* The minimum of every screen: readable aloud, with a way to a human or out. */
static void
check_screen (const PvScreenState *state)
{
  g_autoptr (GPtrArray) speech = pv_screen_state_speech (state);
  gboolean is_end = state->id == PV_SCREEN_GOODBYE || state->id == PV_SCREEN_OUT_OF_ORDER;

  assert_non_null (state->title);
  assert_true (state->title[0] != '\0');
  assert_true (speech->len > 0);
  assert_true (is_end || state->actions->len > 0);
  for (guint i = 0; i < state->fields->len; i++)
    assert_non_null (((PvField *) state->fields->pdata[i])->spoken_label);
}

/* Anybody may touch anything in any order: the screen is always whole, and nothing is sent that was not confirmed. */
static void
random_touches_never_break_the_journey (void **state)
{
  static const char *const targets[] = { "2",      "3",      "3/day", "4", "5",  "6",  "7",     "8",
                                         "8/0/81", "8/1/82", "8/1",   "9", "11", "12", "ecole", "famille-ecole",
                                         "99",     "" };
  static const char *const values[] = { "Martin", "", "89100", "tous", "jours", "lu", "fr", "150", "dark", "yes" };
  Fixture *fixture = *state;
  guint n_runs = g_getenv ("PV_TEST_FULL") != NULL ? 2000 : 60;

  for (guint run = 0; run < n_runs; run++) {
    g_autoptr (GRand) rand = g_rand_new_with_seed (run);
    PvJourney *journey = new_journey ();

    pv_journey_set_ref (journey, ref);
    pv_journey_catalogue_loaded (journey, fixture->catalogue, &fixture->now);
    for (guint i = 0; i < 250; i++) {
      const PvScreenState *shown = pv_journey_get_state (journey);
      PvIntentionKind kind = (PvIntentionKind) g_rand_int_range (rand, 0, PV_N_INTENTIONS);
      const char *target = targets[g_rand_int_range (rand, 0, G_N_ELEMENTS (targets))];
      const char *value = values[g_rand_int_range (rand, 0, G_N_ELEMENTS (values))];
      g_autoptr (PvIntention) intention = NULL;

      check_screen (shown);
      if (shown->actions->len > 0 && g_rand_boolean (rand)) {
        const PvAction *action = shown->actions->pdata[g_rand_int_range (rand, 0, (gint) shown->actions->len)];

        kind = action->intention;
        target = action->target;
        value = action->value;
      }
      intention = pv_intention_new (kind, g_rand_int_range (rand, 0, 4) == 0 ? PV_ACTOR_MEDIATOR : PV_ACTOR_CITIZEN,
                                    target, value);
      pv_journey_handle (journey, intention, &fixture->now);
      if (g_rand_int_range (rand, 0, 10) == 0)
        pv_journey_procedure_loaded (journey, "ecole", fixture->procedure, &fixture->now);
      fixture->now.monotonic_ms += g_rand_int_range (rand, 0, 20000);
      pv_journey_tick (journey, &fixture->now);
      for (PvEffect *effect = pv_journey_pop_effect (journey); effect != NULL;
           effect = pv_journey_pop_effect (journey)) {
        if (effect->kind == PV_EFFECT_STORE)
          assert_true (kind == PV_DO_SEND || kind == PV_DO_KEEP || kind == PV_DO_HAND_OVER);
        pv_effect_free (effect);
      }
    }
    pv_journey_free (journey);
  }
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (the_main_job_goes_from_welcome_to_goodbye),
    T (goodbye_speaks_of_papers_only_where_something_was_printed),
    T (a_wrong_answer_stays_on_its_screen_with_a_sentence),
    T (back_keeps_the_answers),
    T (the_form_s_own_check_is_told_when_the_page_is_left),
    T (a_list_is_searched_only_where_the_keyboard_leaves_room_for_it),
    T (a_slow_portal_makes_nobody_wait_more_than_fifteen_seconds),
    T (an_unknown_outcome_is_said_and_never_made_less_later),
    T (an_outcome_of_another_filing_changes_nothing),
    T (a_full_disk_is_said_and_the_same_reference_tries_again),
    T (a_kiosk_that_cannot_store_does_not_begin),
    T (without_any_procedure_it_is_said_and_nobody_waits),
    T (out_of_order_says_where_to_go_as_far_as_it_is_known),
    T (maintenance_says_when_to_come_back_and_cannot_be_touched),
    T (maintenance_ends_by_itself_at_its_time),
    T (maintenance_until_another_day_says_the_day),
    T (an_abandoned_kiosk_asks_then_erases),
    T (who_needs_time_has_it_with_the_answers_hidden),
    T (an_untouched_welcome_waits_for_ever),
    T (quitting_asks_when_something_is_not_sent),
    T (keeping_for_later_stores_a_draft),
    T (leaving_without_any_paper_is_asked_once),
    T (without_paper_and_phone_there_is_the_desk),
    T (a_receipt_bears_the_newest_proof_of_its_own),
    T (another_procedure_begins_empty_with_a_new_reference),
    T (a_mediator_cannot_send_print_or_leave),
    T (the_language_changes_without_losing_an_answer),
    T (a_long_list_is_searched_and_paged),
    T (with_very_large_letters_answers_that_have_room_stay_together),
    T (a_source_that_fails_can_be_asked_again),
    T (random_touches_never_break_the_journey),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

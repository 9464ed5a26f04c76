/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is shown before it is sent, and how it is changed. */
#include "journey-steps.h"

/* On whichever page of the check it is. */
static const PvSummaryRow *
find_row (Fixture *fixture, const char *label)
{
  for (guint page = 0; page < 4; page++) {
    const PvField *answers = pv_screen_state_find_field (screen (fixture), "answers");

    for (guint i = 0; answers != NULL && i < answers->rows->len; i++) {
      const PvSummaryRow *row = answers->rows->pdata[i];

      if (g_str_equal (row->label, label))
        return row;
    }
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  }
  fail_msg ("no row: %s", label);
  return NULL;
}

static void
the_check_joins_what_was_asked_in_parts_and_says_whose_it_is (void **state)
{
  Fixture *fixture = *state;
  const PvSummaryRow *row;

  answer_up_to_check (fixture);
  row = find_row (fixture, "Où habitez-vous ?");
  assert_string_equal (row->value, "4 rue des Tilleuls, 89100");
  assert_string_equal (row->edit_target, "4");
  row = find_row (fixture, "Responsable 1 · Prénom");
  assert_string_equal (row->value, "Claire");
  assert_string_equal (row->edit_target, "8/0/81");
}

/* "How can we reach you?" alone does not say what to write. */
static void
a_question_alone_under_a_title_keeps_its_name (void **state)
{
  Fixture *fixture = *state;
  PvQuestion *name = (PvQuestion *) pv_procedure_find_question (fixture->procedure, "2");

  begin (fixture);
  assert_null (pv_screen_state_find_field (screen (fixture), "2")->label);
  name->group_title = g_strdup ("Qui est l’enfant ?");
  act (fixture, PV_DO_TYPE, "2", "Martin");
  assert_string_equal (screen (fixture)->title, "Qui est l’enfant ?");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "2")->label, name->label);
}

static void
a_text_under_a_title_of_its_own_is_read_as_well (void **state)
{
  static const char text[] =
    "Une photo d’identité de moins de six mois, un justificatif de domicile de moins d’un an, et "
    "pour un enfant le livret de famille et l’identité d’un parent.";
  Fixture *fixture = *state;
  PvQuestion *info = (PvQuestion *) pv_procedure_find_question (fixture->procedure, "1");

  g_free (info->label);
  info->label = g_strdup (text);
  begin (fixture);
  assert_string_equal (screen (fixture)->title, text);
  assert_int_equal (screen (fixture)->fields->len, 0);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  info->group_title = g_strdup ("Ce que vous apportez");
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_string_equal (screen (fixture)->title, "Ce que vous apportez");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "1")->label, text);
}

static void
a_document_that_is_not_required_may_be_brought_later (void **state)
{
  Fixture *fixture = *state;
  PvQuestion *document = (PvQuestion *) pv_procedure_find_question (fixture->procedure, "11");
  const PvSummaryRow *row;

  document->flags = 0;
  answer_up_to_check (fixture);
  assert_screen (fixture, "check");
  row = find_row (fixture, "Justificatif");
  assert_string_equal (row->value, "To be brought later");
  act (fixture, PV_DO_EDIT, "11", NULL);
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_LATER));
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "11")->value, "To be brought later");
}

static void
modifying_comes_back_to_the_check (void **state)
{
  Fixture *fixture = *state;

  answer_up_to_check (fixture);
  assert_screen (fixture, "check");
  act (fixture, PV_DO_EDIT, "1", NULL);
  assert_screen (fixture, "question-1");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "check");
}

static void
modifying_comes_back_to_the_page_of_the_check_where_it_was_touched (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *page = NULL;

  answer_up_to_check (fixture);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 10, 42 });
  act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  page = g_strdup (screen (fixture)->page_text);
  act (fixture, PV_DO_EDIT, "10", NULL);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "check");
  assert_string_equal (screen (fixture)->page_text, page);
  act (fixture, PV_DO_EDIT, "10", NULL);
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_string_equal (screen (fixture)->page_text, page);
}

static void
a_changed_answer_that_asks_for_more_is_followed (void **state)
{
  Fixture *fixture = *state;

  answer_up_to_check (fixture);
  act (fixture, PV_DO_EDIT, "6", NULL);
  act (fixture, PV_DO_CHOOSE, "6", "jours");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "question-7");
  act (fixture, PV_DO_TOGGLE, "7", "lu");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "check");
}

static void
nothing_is_sent_before_the_last_page_and_the_statement (void **state)
{
  Fixture *fixture = *state;

  answer_up_to_check (fixture);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 10, 42 });
  assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_SEND));
  while (pv_screen_state_find_action (screen (fixture), PV_DO_NEXT_PAGE) != NULL)
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_SEND));
  act (fixture, PV_DO_SEND, NULL, NULL);
  assert_null (wait_effect (fixture, PV_EFFECT_STORE));
}

static void
where_lines_are_few_the_check_needs_no_frame_to_say_that_nothing_is_sent (void **state)
{
  Fixture *fixture = *state;

  answer_up_to_check (fixture);
  assert_int_equal (screen (fixture)->notices->len, 1);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 15, 48 });
  assert_int_equal (screen (fixture)->notices->len, 0);
  assert_non_null (strstr (screen (fixture)->page_text, "Not sent yet"));
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (the_check_joins_what_was_asked_in_parts_and_says_whose_it_is),
    T (a_question_alone_under_a_title_keeps_its_name),
    T (a_text_under_a_title_of_its_own_is_read_as_well),
    T (a_document_that_is_not_required_may_be_brought_later),
    T (modifying_comes_back_to_the_check),
    T (modifying_comes_back_to_the_page_of_the_check_where_it_was_touched),
    T (a_changed_answer_that_asks_for_more_is_followed),
    T (nothing_is_sent_before_the_last_page_and_the_statement),
    T (where_lines_are_few_the_check_needs_no_frame_to_say_that_nothing_is_sent),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

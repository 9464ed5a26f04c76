/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Repeated blocks and tables: asked row by row, taken back, read again before they are sent, and on the paper. */
#include "journey-steps.h"

static PvQuestion *
add_block (Fixture *fixture, const char *id, const char *label, guint flags, guint min_rows, guint max_rows)
{
  PvPage *page = fixture->procedure->pages->pdata[0];
  PvQuestion *block = sample_question (page->questions, PV_QUESTION_BLOCK, id, id, label, flags);

  block->min_rows = min_rows;
  block->max_rows = max_rows;
  return block;
}

static void
add_columns (PvQuestion *table)
{
  for (guint i = 1; i <= 2; i++) {
    g_autofree char *id = g_strdup_printf ("%s:%u", table->id, i);
    PvQuestion *cell =
      sample_question (table->questions, PV_QUESTION_TEXT, id, NULL, i == 1 ? "Dépense" : "Montant", 0);

    cell->group = g_strdup_printf ("table-%s-0", table->id);
  }
}

/* Children whose second one is asked more, a table with rows of its own, and one with as many lines as one likes. */
static int
set_up_rows (void **state)
{
  Fixture *fixture;
  PvQuestion *block;

  set_up (state);
  fixture = *state;
  pv_journey_free (fixture->journey);
  fixture->journey = new_journey ();
  g_ptr_array_set_size (fixture->procedure->pages, 0);
  sample_page (fixture->procedure, "p", "La famille");
  block = add_block (fixture, "e", "Enfants", PV_QUESTION_REQUIRED, 1, 3);
  block->row_label = g_strdup ("Enfant");
  sample_question (block->questions, PV_QUESTION_TEXT, "e:1", "prenom", "Prénom", PV_QUESTION_REQUIRED);
  sample_question (block->questions, PV_QUESTION_TEXT, "e:2", "lien", "Lien avec l’aîné", PV_QUESTION_REQUIRED)
    ->condition = pv_expression_parse ("block_counter.index > 1", NULL);
  sample_question (block->questions, PV_QUESTION_TEXT, "e:3", "surnom", "Surnom", 0)->condition =
    pv_expression_parse ("block_var_prenom == \"Léa\"", NULL);
  block = add_block (fixture, "f", "Nombre d’adhérents", PV_QUESTION_REQUIRED | PV_QUESTION_TABLE, 2, 2);
  block->row_labels = g_strsplit ("Jeunes;Adultes", ";", -1);
  add_columns (block);
  block = add_block (fixture, "t", "Budget", PV_QUESTION_TABLE, 0, 12);
  add_columns (block);
  pv_journey_set_ref (fixture->journey, ref);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 40, 60 });
  pv_journey_catalogue_loaded (fixture->journey, fixture->catalogue, &fixture->now);
  pv_journey_printer_available (fixture->journey, TRUE, PV_PRINT_REASON_NONE, &fixture->now);
  begin (fixture);
  return 0;
}

static void
type_and_go_on (Fixture *fixture, const char *path, const char *text)
{
  act (fixture, PV_DO_TYPE, path, text);
  act (fixture, PV_DO_NEXT, NULL, NULL);
}

static void
conditions_in_a_block_are_about_its_row (void **state)
{
  Fixture *fixture = *state;

  assert_screen (fixture, "question-e/0/e:1");
  type_and_go_on (fixture, "e/0/e:1", "Noé");
  assert_screen (fixture, "question-e/+");
  act (fixture, PV_DO_ADD_ROW, "e", NULL);
  assert_screen (fixture, "question-e/1/e:1");
  type_and_go_on (fixture, "e/1/e:1", "Léa");
  assert_screen (fixture, "question-e/1/e:2");
  type_and_go_on (fixture, "e/1/e:2", "sœur");
  assert_screen (fixture, "question-e/1/e:3");
}

/* A child who was added by mistake need not be filled in first, and one in the middle can go. */
static void
a_row_is_taken_back_from_its_first_screen (void **state)
{
  Fixture *fixture = *state;
  const PvAction *remove;

  assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_REMOVE_ROW)); /* one there must be */
  type_and_go_on (fixture, "e/0/e:1", "Noé");
  act (fixture, PV_DO_ADD_ROW, "e", NULL);
  remove = pv_screen_state_find_action (screen (fixture), PV_DO_REMOVE_ROW);
  assert_string_equal (remove->label, "Remove: Enfant 2");
  assert_string_equal (remove->target, "e/1");
  act (fixture, PV_DO_REMOVE_ROW, "e/1", NULL);
  assert_screen (fixture, "question-e/+");
  assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_REMOVE_ROW));
  act (fixture, PV_DO_REMOVE_ROW, "e/0", NULL); /* as if a screen of before asked for it */
  assert_int_equal (pv_screen_state_find_field (screen (fixture), "e")->rows->len, 1);
  act (fixture, PV_DO_ADD_ROW, "e", NULL);
  type_and_go_on (fixture, "e/1/e:1", "Zoé");
  act (fixture, PV_DO_EDIT, "e/0/e:1", NULL);
  act (fixture, PV_DO_REMOVE_ROW, "e/0", NULL);
  assert_screen (fixture, "question-e/+");
  assert_string_equal (((PvSummaryRow *) pv_screen_state_find_field (screen (fixture), "e")->rows->pdata[0])->value,
                       "Zoé");
}

static void
no_more_rows_than_the_form_allows (void **state)
{
  Fixture *fixture = *state;

  type_and_go_on (fixture, "e/0/e:1", "Un");
  for (guint i = 1; i < 3; i++) {
    g_autofree char *name = g_strdup_printf ("e/%u/e:1", i), *link = g_strdup_printf ("e/%u/e:2", i);

    act (fixture, PV_DO_ADD_ROW, "e", NULL);
    type_and_go_on (fixture, name, "Autre");
    type_and_go_on (fixture, link, "frère");
  }
  assert_screen (fixture, "question-e/+");
  assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_ADD_ROW));
  act (fixture, PV_DO_ADD_ROW, "e", NULL);
  assert_screen (fixture, "question-e/+");
}

static void
go_to_table (Fixture *fixture)
{
  type_and_go_on (fixture, "e/0/e:1", "Noé");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "question-f/0/f:1");
}

/* One row is one screen, and says which. */
static void
the_rows_of_a_table_are_asked_one_by_one (void **state)
{
  Fixture *fixture = *state;

  go_to_table (fixture);
  assert_string_equal (screen (fixture)->title, "Nombre d’adhérents · Jeunes");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "f/0/f:2")->label, "Montant");
  assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_REMOVE_ROW));
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "question-f/1/f:1");
  assert_string_equal (screen (fixture)->title, "Nombre d’adhérents · Adultes");
  type_and_go_on (fixture, "f/1/f:2", "7");
  assert_screen (fixture, "question-t/+"); /* no row is added or taken away in between */
  assert_string_equal (pv_screen_state_find_action (screen (fixture), PV_DO_ADD_ROW)->label, "Add a line");
}

/* It is not left before one cell of it has something in it; then none of the others must. */
static void
a_table_that_must_be_filled_in_wants_one_cell (void **state)
{
  Fixture *fixture = *state;

  go_to_table (fixture);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_TYPE, "f/1/f:1", "  ");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "question-f/1/f:1");
  assert_string_equal (screen (fixture)->error_summary, "Fill in at least one box of “Nombre d’adhérents”.");
  type_and_go_on (fixture, "f/1/f:1", "x");
  assert_screen (fixture, "question-t/+");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "check");
  /* Emptied from the check, it is asked again before anything is sent. */
  act (fixture, PV_DO_EDIT, "f/1/f:1", NULL);
  act (fixture, PV_DO_TYPE, "f/1/f:1", "");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "question-f/1/f:1");
  assert_non_null (screen (fixture)->error_summary);
}

static void
assert_table_row (const PvSummaryRow *row, const char *label, const char *value)
{
  assert_string_equal (row->label, label);
  assert_string_equal (row->value, value);
}

static void
check_and_paper_say_which_cell_is_which (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvEffect) effect = NULL;
  const PvField *answers;
  g_autoptr (PvOutcome) outcome = received ();

  go_to_table (fixture);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  type_and_go_on (fixture, "f/1/f:2", "7");
  act (fixture, PV_DO_ADD_ROW, "t", NULL);
  act (fixture, PV_DO_TYPE, "t/0/t:1", "Sono");
  type_and_go_on (fixture, "t/0/t:2", "300");
  assert_table_row (pv_screen_state_find_field (screen (fixture), "t")->rows->pdata[0], "Line 1",
                    "Dépense: Sono, Montant: 300");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "check");
  answers = pv_screen_state_find_field (screen (fixture), "answers");
  assert_int_equal (answers->rows->len, 4);
  assert_table_row (answers->rows->pdata[1], "Nombre d’adhérents · Jeunes", "—");
  assert_table_row (answers->rows->pdata[2], "Nombre d’adhérents · Adultes", "Montant: 7");
  assert_table_row (answers->rows->pdata[3], "Budget · Line 1", "Dépense: Sono, Montant: 300");
  assert_string_equal (((PvSummaryRow *) answers->rows->pdata[3])->edit_target, "t/0/t:1");
  act (fixture, PV_DO_SEND, NULL, NULL);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  act (fixture, PV_DO_PRINT, NULL, NULL);
  effect = wait_effect (fixture, PV_EFFECT_PRINT);
  assert_non_null (effect);
  assert_int_equal (effect->receipt->lines->len, 3);
  assert_string_equal (((PvReceiptLine *) effect->receipt->lines->pdata[0])->label, "Enfant 1 · Prénom");
  assert_string_equal (((PvReceiptLine *) effect->receipt->lines->pdata[2])->label, "Budget · Line 1");
  assert_string_equal (((PvReceiptLine *) effect->receipt->lines->pdata[2])->value, "Dépense: Sono, Montant: 300");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (conditions_in_a_block_are_about_its_row, set_up_rows, tear_down),
    cmocka_unit_test_setup_teardown (a_row_is_taken_back_from_its_first_screen, set_up_rows, tear_down),
    cmocka_unit_test_setup_teardown (no_more_rows_than_the_form_allows, set_up_rows, tear_down),
    cmocka_unit_test_setup_teardown (the_rows_of_a_table_are_asked_one_by_one, set_up_rows, tear_down),
    cmocka_unit_test_setup_teardown (a_table_that_must_be_filled_in_wants_one_cell, set_up_rows, tear_down),
    cmocka_unit_test_setup_teardown (check_and_paper_say_which_cell_is_which, set_up_rows, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

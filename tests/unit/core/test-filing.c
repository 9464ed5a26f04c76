/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/filing.h"
#include "sample-procedure.h"

static const char ref[] = "BCDFGHJKLM";

typedef struct {
  PvProcedure *procedure;
  PvFiling *filing;
  GDate today;
} Fixture;

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->procedure = sample_procedure ();
  fixture->filing = pv_filing_new (fixture->procedure, PV_FILING_REAL, ref);
  g_date_clear (&fixture->today, 1);
  g_date_set_dmy (&fixture->today, 24, 11, 2026);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_filing_free (fixture->filing);
  pv_procedure_unref (fixture->procedure);
  g_free (fixture);
  return 0;
}

static gboolean
answer (Fixture *fixture, const char *path, PvValue *value)
{
  gboolean is_set = pv_filing_set (fixture->filing, path, value, PV_ACTOR_CITIZEN, NULL);

  pv_value_unref (value);
  return is_set;
}

static PvValue *
option (const char *id, const char *label)
{
  return pv_value_new_options ((const char *[]){ id, NULL }, (const char *[]){ label, NULL });
}

static void
answer_all (Fixture *fixture)
{
  assert_true (answer (fixture, "2", pv_value_new_text ("  Martin ")));
  assert_true (answer (fixture, "3", pv_value_new_text ("13/7/2020")));
  assert_true (answer (fixture, "4", pv_value_new_text ("4 rue des Tilleuls")));
  assert_true (answer (fixture, "5", pv_value_new_text ("89100")));
  assert_true (answer (fixture, "6", option ("tous", "Tous les jours")));
  assert_true (answer (fixture, "8/0/81", pv_value_new_text ("Claire")));
  assert_true (answer (fixture, "8/0/82", pv_value_new_declined ()));
  assert_true (answer (fixture, "9", pv_value_new_declined ()));
  assert_true (answer (fixture, "11", pv_value_new_declined ()));
  assert_true (answer (fixture, "12", pv_value_new_bool (TRUE)));
}

static char *
step_keys (Fixture *fixture)
{
  g_autoptr (GPtrArray) steps = pv_filing_list_steps (fixture->filing, &fixture->today);
  GString *keys = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    g_string_append_printf (keys, "%s%s", i > 0 ? " " : "", ((PvStep *) steps->pdata[i])->key);
  return g_string_free (keys, FALSE);
}

static void
one_question_is_one_screen_and_tight_groups_stay_together (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GPtrArray) steps = pv_filing_list_steps (fixture->filing, &fixture->today);
  g_autofree char *keys = step_keys (fixture);
  const PvStep *first = steps->pdata[0], *address = steps->pdata[2];

  assert_string_equal (keys, "1 3 4 6 8/0/81 8/0/82 8/+ 9 10 11");
  assert_int_equal (first->questions->len, 2); /* a short information with its question */
  assert_int_equal (address->questions->len, 2);
  assert_string_equal (address->paths->pdata[1], "5");
}

static void
a_condition_shows_a_question_and_hides_it_again (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *with = NULL, *without = NULL;

  answer (fixture, "6", option ("jours", "Certains jours"));
  with = step_keys (fixture);
  assert_non_null (strstr (with, " 6 7 8"));
  answer (fixture, "6", option ("non", "Non"));
  without = step_keys (fixture);
  assert_null (strstr (without, " 7 "));
}

static void
rows_come_and_go_within_their_limit (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *two = NULL, *one = NULL;

  assert_true (pv_filing_add_row (fixture->filing, "8"));
  assert_false (pv_filing_add_row (fixture->filing, "8"));
  two = step_keys (fixture);
  assert_non_null (strstr (two, "8/0/81 8/0/82 8/1/81 8/1/82 8/+"));
  assert_true (pv_filing_remove_row (fixture->filing, "8", 0));
  assert_false (pv_filing_remove_row (fixture->filing, "8", 1));
  one = step_keys (fixture);
  assert_null (strstr (one, "8/1/"));
}

typedef struct {
  const char *path, *typed, *part; /* part of the sentence; NULL: in order */
} CheckCase;

static void
each_wrong_answer_has_its_sentence (void **state)
{
  static const CheckCase cases[] = {
    { "2", "", "Write your answer" },
    { "2", "   ", "Write your answer" },
    { "2", "Martin", NULL },
    { "3", "//", "Write a date" },
    { "3", "31/4/2020", "" },
    { "3", "13/7/2020", NULL },
    { "3", "24/11/2026", "past" },
    { "3", "2/1/2009", "1 January 2010" },
    { "5", "8910", "" },
    { "5", "89100", NULL },
    { "9", "martin@", "" },
    { "9", "martin@exemple.fr", NULL },
    { "10", "", NULL },
    { "10", "3", NULL },
    { "10", "-1", "smallest" },
    { "10", "13", "largest" },
    { "10", "2,5", "whole number" },
    { "10", "deux", "whole number" },
  };
  Fixture *fixture = *state;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *sentence = NULL;

    answer (fixture, cases[i].path, pv_value_new_text (cases[i].typed));
    sentence = pv_filing_check_path (fixture->filing, cases[i].path, &fixture->today);
    if (cases[i].part == NULL)
      assert_null (sentence);
    else
      assert_non_null (strstr (sentence, cases[i].part));
  }
}

static void
a_choice_must_be_among_the_options (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *sentence = NULL;

  answer (fixture, "6", option ("autre", "Autre"));
  sentence = pv_filing_check_path (fixture->filing, "6", &fixture->today);
  assert_non_null (strstr (sentence, "no longer possible"));
}

static void
too_many_choices_are_told (void **state)
{
  Fixture *fixture = *state;
  const char *ids[] = { "lu", "ma", "je", NULL };
  g_autofree char *sentence = NULL;

  answer (fixture, "7", pv_value_new_options (ids, ids));
  sentence = pv_filing_check_path (fixture->filing, "7", &fixture->today);
  assert_non_null (strstr (sentence, "2 answers at most"));
}

static void
options_of_a_source_are_unknown_until_they_came (void **state)
{
  Fixture *fixture = *state;
  PvQuestion *question = (PvQuestion *) pv_procedure_find_question (fixture->procedure, "6");
  GPtrArray *options = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_option_free);

  question->option_source = g_strdup ("cantines");
  assert_null (pv_filing_get_options (fixture->filing, "6"));
  g_ptr_array_add (options, pv_option_new ("x", "X"));
  pv_filing_set_options (fixture->filing, "6", options);
  assert_int_equal (pv_filing_get_options (fixture->filing, "6")->len, 1);
}

static void
only_email_phone_and_later_documents_can_be_declined (void **state)
{
  Fixture *fixture = *state;
  PvQuestion *email = (PvQuestion *) pv_procedure_find_question (fixture->procedure, "9");
  PvQuestion *document = (PvQuestion *) pv_procedure_find_question (fixture->procedure, "11");

  assert_true (answer (fixture, "9", pv_value_new_declined ()));
  assert_false (answer (fixture, "2", pv_value_new_declined ()));
  email->flags |= PV_QUESTION_NOT_DECLINABLE;
  assert_false (answer (fixture, "9", pv_value_new_declined ()));
  assert_true (answer (fixture, "11", pv_value_new_declined ()));
  document->flags = PV_QUESTION_REQUIRED;
  assert_false (answer (fixture, "11", pv_value_new_declined ()));
  document->flags = 0;
  assert_true (answer (fixture, "11", pv_value_new_declined ()));
}

static void
only_the_citizen_declares (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvValue) yes = pv_value_new_bool (TRUE);
  g_autoptr (GError) error = NULL;

  assert_false (pv_filing_set (fixture->filing, "12", yes, PV_ACTOR_MEDIATOR, &error));
  assert_true (g_error_matches (error, PV_FILING_ERROR, PV_FILING_ERROR_REFUSED));
  assert_true (pv_filing_set (fixture->filing, "12", yes, PV_ACTOR_CITIZEN, NULL));
}

static void
a_technical_or_wrongly_typed_answer_is_refused (void **state)
{
  Fixture *fixture = *state;

  assert_false (answer (fixture, "13", pv_value_new_text ("X")));
  assert_false (answer (fixture, "2", pv_value_new_bool (TRUE)));
  assert_false (answer (fixture, "99", pv_value_new_text ("X")));
  assert_false (answer (fixture, "8/7/81", pv_value_new_text ("X")));
}

static void
the_first_problem_is_found_in_the_order_of_the_screens (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *first = pv_filing_find_problem (fixture->filing, &fixture->today);
  g_autofree char *none = NULL, *post = NULL, *statement = NULL;

  assert_string_equal (first, "1"); /* the screen of question 2 begins with its information */
  answer_all (fixture);
  none = pv_filing_find_problem (fixture->filing, &fixture->today);
  assert_null (none);
  answer (fixture, "5", pv_value_new_text ("99999"));
  post = pv_filing_find_problem (fixture->filing, &fixture->today);
  assert_string_equal (post, "6"); /* the last screen of the page */
  answer (fixture, "5", pv_value_new_text ("89100"));
  answer (fixture, "12", pv_value_new_bool (FALSE));
  statement = pv_filing_find_problem (fixture->filing, &fixture->today);
  assert_string_equal (statement, "12");
}

static void
an_answer_is_shown_as_people_write_it (void **state)
{
  static const struct {
    const char *path, *shown;
  } cases[] = {
    { "2", "Martin" },      { "3", "13 July 2020" }, { "6", "Every day" },
    { "9", "I have none" }, { "12", "Yes" },         { "10", "" },
  };
  Fixture *fixture = *state;

  answer_all (fixture);
  answer (fixture, "6", option ("tous", "Every day"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *shown = pv_filing_display (fixture->filing, cases[i].path);

    for (char *p = strstr (shown, "\xc2\xa0"); p != NULL; p = strstr (shown, "\xc2\xa0")) {
      memmove (p, p + 1, strlen (p));
      *p = ' ';
    }
    assert_string_equal (shown, cases[i].shown);
  }
}

static const PvSubmissionEntry *
find_entry (const PvSubmission *submission, const char *id)
{
  for (guint i = 0; i < submission->entries->len; i++) {
    const PvSubmissionEntry *entry = submission->entries->pdata[i];

    if (g_str_equal (entry->id, id))
      return entry;
  }
  return NULL;
}

static void
a_complete_filing_is_sent_normalised_with_its_reference (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvSubmission) submission = NULL;
  g_autofree char *note = NULL;
  const PvSubmissionEntry *block;

  answer_all (fixture);
  submission = pv_filing_build_submission (fixture->filing, PV_SUBMISSION_FILE, &fixture->today, 42, NULL);
  assert_non_null (submission);
  assert_string_equal (submission->ref_field, "parvis_ref");
  assert_string_equal (pv_value_get_text (find_entry (submission, "13")->value), ref);
  assert_string_equal (pv_value_get_text (find_entry (submission, "2")->value), "Martin");
  assert_string_equal (pv_value_get_text (find_entry (submission, "3")->value), "2020-07-13");
  assert_null (find_entry (submission, "10"));
  assert_null (find_entry (submission, "1"));
  block = find_entry (submission, "8");
  assert_int_equal (pv_value_get_n (block->value), 1);
  assert_int_equal (block->inner->len, 2);
  note = pv_submission_build_note (submission);
  assert_non_null (strstr (note, "BCDFG"));
  assert_non_null (strstr (note, "no e-mail"));
  assert_non_null (strstr (note, "Justificatif"));
  assert_non_null (strstr (note, "Responsable 1, E-mail: there is none."));
}

static void
what_a_false_condition_hides_is_never_sent (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvSubmission) submission = NULL;

  answer_all (fixture);
  answer (fixture, "7", option ("lu", "Lundi"));
  submission = pv_filing_build_submission (fixture->filing, PV_SUBMISSION_FILE, &fixture->today, 42, NULL);
  assert_null (find_entry (submission, "7"));
}

static void
an_incomplete_filing_is_a_draft_at_most (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (PvSubmission) draft = NULL;

  assert_null (pv_filing_build_submission (fixture->filing, PV_SUBMISSION_FILE, &fixture->today, 42, &error));
  assert_true (g_error_matches (error, PV_FILING_ERROR, PV_FILING_ERROR_INCOMPLETE));
  draft = pv_filing_build_submission (fixture->filing, PV_SUBMISSION_DRAFT, &fixture->today, 42, NULL);
  assert_non_null (draft);
}

static void
a_practice_is_never_sent (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvFiling) practice = pv_filing_new (fixture->procedure, PV_FILING_PRACTICE, ref);
  g_autoptr (GError) error = NULL;

  assert_true (pv_filing_is_practice (practice));
  assert_null (pv_filing_get_ref (practice));
  assert_null (pv_filing_build_submission (practice, PV_SUBMISSION_DRAFT, &fixture->today, 42, &error));
  assert_true (g_error_matches (error, PV_FILING_ERROR, PV_FILING_ERROR_REFUSED));
}

static void
an_unknown_day_is_told_to_the_agents_not_invented (void **state)
{
  Fixture *fixture = *state;
  PvQuestion *date = (PvQuestion *) pv_procedure_find_question (fixture->procedure, "3");
  g_autoptr (PvSubmission) submission = NULL;
  g_autofree char *note = NULL;

  date->flags |= PV_QUESTION_UNKNOWN_DAY;
  answer_all (fixture);
  answer (fixture, "3", pv_value_new_text ("/7/2020"));
  submission = pv_filing_build_submission (fixture->filing, PV_SUBMISSION_FILE, &fixture->today, 42, NULL);
  assert_non_null (submission);
  assert_int_equal (pv_value_get_type (find_entry (submission, "3")->value), PV_VALUE_DECLINED);
  note = pv_submission_build_note (submission);
  assert_non_null (strstr (note, "July 2020"));
}

static void
a_submission_survives_the_wire (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvSubmission) submission = NULL, back = NULL;
  g_autoptr (GVariant) before = NULL, after = NULL;

  answer_all (fixture);
  submission = pv_filing_build_submission (fixture->filing, PV_SUBMISSION_FILE, &fixture->today, 42, NULL);
  before = g_variant_ref_sink (pv_submission_to_variant (submission));
  back = pv_submission_from_variant (before, NULL);
  assert_non_null (back);
  after = g_variant_ref_sink (pv_submission_to_variant (back));
  assert_true (g_variant_equal (before, after));
}

static void
a_bad_pattern_of_a_form_ends (void **state)
{
  Fixture *fixture = *state;
  PvQuestion *question = (PvQuestion *) pv_procedure_find_question (fixture->procedure, "2");
  g_autofree char *sentence = NULL;

  question->pattern = g_strdup ("(a+)+b");
  answer (fixture, "2", pv_value_new_text ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac"));
  sentence = pv_filing_check_path (fixture->filing, "2", &fixture->today);
  assert_non_null (strstr (sentence, "expected form"));
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (one_question_is_one_screen_and_tight_groups_stay_together),
    T (a_condition_shows_a_question_and_hides_it_again),
    T (rows_come_and_go_within_their_limit),
    T (each_wrong_answer_has_its_sentence),
    T (a_choice_must_be_among_the_options),
    T (too_many_choices_are_told),
    T (options_of_a_source_are_unknown_until_they_came),
    T (only_email_phone_and_later_documents_can_be_declined),
    T (only_the_citizen_declares),
    T (a_technical_or_wrongly_typed_answer_is_refused),
    T (the_first_problem_is_found_in_the_order_of_the_screens),
    T (an_answer_is_shown_as_people_write_it),
    T (a_complete_filing_is_sent_normalised_with_its_reference),
    T (what_a_false_condition_hides_is_never_sent),
    T (an_incomplete_filing_is_a_draft_at_most),
    T (a_practice_is_never_sent),
    T (an_unknown_day_is_told_to_the_agents_not_invented),
    T (a_submission_survives_the_wire),
    T (a_bad_pattern_of_a_form_ends),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

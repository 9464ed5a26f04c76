/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the portal says, in the language of the citizen. */

#include "journey-steps.h"

#include <libintl.h>
#include <locale.h>

static const char english[] = "[ecole]\n"
                              "fr: Inscription à l’école\nen: School enrolment\n"
                              "fr: Ce code postal n’est pas de la commune.\nen: This postcode is not of the town.\n"
                              "fr: Deux photos.\nen: Two photos.\n"
                              "[ecole/nom]\n"
                              "fr: Quel est le nom de l’enfant ?\nen: What is the child’s name?\n"
                              "fr: Comme au livret.\nen: As in the record book.\n"
                              "fr: Écrivez le nom.\nen: Please write the name.\n"
                              "[*/rue]\n"
                              "fr: Où habitez-vous ?\nen: Where do you live?\nfr: Rue\nen: Street\n"
                              "[ecole/cantine]\n"
                              "fr: Cantine ?\nen: Canteen?\n"
                              "fr: Tous les jours\nen: Every day\n"
                              "fr: Certains jours\nen: Some days\n"
                              "[ecole/responsables]\n"
                              "fr: Responsables\nen: People responsible\nfr: Responsable\nen: Person\n"
                              "fr: Ajouter un responsable\nen: Add a person\n"
                              "[ecole/prenom]\nfr: Prénom\nen: Given name\n"
                              "[ecole/exact]\n"
                              "fr: Je certifie que tout est exact.\nen: I certify that all is correct.\n";

static int
set_up_texts (void **state)
{
  static const char *const languages[] = { "en", "fr", "uk", "ar", NULL };
  PvJourneyConfig config = sample_config ();
  Fixture *fixture;
  PvQuestion *name;

  set_up (state);
  fixture = *state;
  config.languages = languages;
  pv_journey_free (fixture->journey);
  fixture->journey = pv_journey_new (&config);
  pv_journey_set_ref (fixture->journey, ref);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 22, 42 });
  pv_journey_catalogue_loaded (fixture->journey, fixture->catalogue, &fixture->now);
  pv_journey_printer_available (fixture->journey, TRUE, PV_PRINT_REASON_NONE, &fixture->now);
  name = (PvQuestion *) pv_procedure_find_question (fixture->procedure, "2");
  name->help = g_strdup ("Comme au livret.");
  name->error_text = g_strdup ("Écrivez le nom.");
  name->pattern = g_strdup ("[A-Za-z]+");
  fixture->procedure->bring = g_strdup ("Deux photos.");
  return 0;
}

/* As the session does, when it was told to change the language. */
static void
speak (Fixture *fixture, const char *code, const char *file)
{
  g_autoptr (PvTexts) texts = file != NULL ? pv_texts_new (code) : NULL;
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);

  act (fixture, PV_DO_SET_LANGUAGE, NULL, code);
  if (texts != NULL)
    pv_texts_parse (texts, file, strlen (file), NULL, errors);
  assert_int_equal (errors->len, 0);
  pv_journey_set_texts (fixture->journey, texts);
  pv_journey_language_changed (fixture->journey);
}

static void
gettext_in (const char *code)
{
  g_setenv ("LANGUAGE", code, TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("PV_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE); /* drops what was translated before */
}

static const PvField *
field_of (Fixture *fixture, const char *id)
{
  const PvField *field = pv_screen_state_find_field (screen (fixture), id);

  assert_non_null (field);
  return field;
}

static const PvChoice *
choice_of (Fixture *fixture, const char *field, guint index)
{
  return field_of (fixture, field)->choices->pdata[index];
}

static void
the_procedure_is_offered_in_the_language_with_its_french_title (void **state)
{
  Fixture *fixture = *state;
  const PvChoice *tile;

  speak (fixture, "en", english);
  act (fixture, PV_DO_START, NULL, NULL);
  act (fixture, PV_DO_OPEN_CATEGORY, "famille-ecole", NULL);
  tile = choice_of (fixture, "procedures", 0);
  assert_string_equal (tile->label, "School enrolment");
  assert_string_equal (tile->official, "Inscription à l’école");
  act (fixture, PV_DO_OPEN_SEARCH, NULL, NULL);
  act (fixture, PV_DO_SEARCH, NULL, "enrolment");
  assert_string_equal (choice_of (fixture, "procedures", 0)->id, "ecole");
  act (fixture, PV_DO_SEARCH, NULL, "inscription");
  assert_string_equal (choice_of (fixture, "procedures", 0)->id, "ecole");
  act (fixture, PV_DO_OPEN_PROCEDURE, "ecole", NULL);
  pv_journey_procedure_loaded (fixture->journey, "ecole", fixture->procedure, &fixture->now);
  assert_string_equal (screen (fixture)->title, "School enrolment");
  assert_string_equal (screen (fixture)->official_title, "Inscription à l’école");
  assert_string_equal (((const PvSummaryRow *) field_of (fixture, "facts")->rows->pdata[0])->value, "Two photos.");
  assert_string_equal (((const PvSummaryRow *) field_of (fixture, "facts")->rows->pdata[0])->official_value,
                       "Deux photos.");
}

static void
a_question_stands_in_both_languages (void **state)
{
  Fixture *fixture = *state;

  speak (fixture, "en", english);
  begin (fixture);
  assert_string_equal (screen (fixture)->title, "What is the child’s name?");
  assert_string_equal (screen (fixture)->official_title, "Quel est le nom de l’enfant ?");
  assert_string_equal (screen (fixture)->help, "As in the record book.");
  assert_string_equal (screen (fixture)->official_help, "Comme au livret.");
  act (fixture, PV_DO_TYPE, "2", "12");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_string_equal (field_of (fixture, "2")->error, "Please write the name.");
}

static void
what_nobody_translated_stays_french_and_says_so (void **state)
{
  Fixture *fixture = *state;
  const char *title = "Quel est le nom de l’enfant ?";

  /* The French was changed since: an old translation would say something else. */
  speak (fixture, "en", "[ecole/nom]\nfr: Quel est son nom ?\nen: What is her name?\n");
  begin (fixture);
  assert_string_equal (screen (fixture)->title, title);
  assert_string_equal (screen (fixture)->official_title, title);
  assert_null (pv_official_beside (screen (fixture)->title, screen (fixture)->official_title));
  speak (fixture, "fr", NULL);
  assert_string_equal (screen (fixture)->title, title);
  assert_null (screen (fixture)->official_title);
}

static void
the_language_changes_in_the_middle_and_the_answers_stay (void **state)
{
  Fixture *fixture = *state;
  const PvSummaryRow *row;
  g_autoptr (PvEffect) store = NULL;

  begin (fixture);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  speak (fixture, "en", english);
  assert_string_equal (field_of (fixture, "2")->value, "Martin");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_TYPE_PART, "3/day", "13");
  act (fixture, PV_DO_TYPE_PART, "3/month", "7");
  act (fixture, PV_DO_TYPE_PART, "3/year", "2020");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_string_equal (screen (fixture)->title, "Where do you live?");
  assert_string_equal (field_of (fixture, "4")->label, "Street");
  assert_string_equal (field_of (fixture, "4")->official_label, "Rue");
  act (fixture, PV_DO_TYPE, "4", "4 rue des Tilleuls");
  act (fixture, PV_DO_TYPE, "5", "89100");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_string_equal (choice_of (fixture, "6", 0)->label, "Every day");
  assert_string_equal (choice_of (fixture, "6", 0)->official, "Tous les jours");
  assert_string_equal (choice_of (fixture, "6", 2)->label, "Non");
  act (fixture, PV_DO_CHOOSE, "6", "tous");
  speak (fixture, "fr", NULL);
  assert_true (choice_of (fixture, "6", 0)->selected);
  assert_string_equal (choice_of (fixture, "6", 0)->label, "Tous les jours");
  speak (fixture, "en", english);
  assert_true (choice_of (fixture, "6", 0)->selected);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_TYPE, "8/0/81", "Claire");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_DECLINE, "8/0/82", NULL);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_DECLINE, "9", NULL);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_LATER, "11", NULL);
  assert_screen (fixture, "check");
  row = field_of (fixture, "answers")->rows->pdata[0];
  assert_string_equal (row->label, "What is the child’s name?");
  assert_string_equal (row->official_label, "Quel est le nom de l’enfant ?");
  assert_null (row->official_value); /* an answer */
  for (guint i = 0; i < field_of (fixture, "answers")->rows->len; i++) {
    row = field_of (fixture, "answers")->rows->pdata[i];
    if (g_str_equal (row->label, "Canteen?"))
      assert_string_equal (row->value, "Every day");
  }
  while (pv_screen_state_find_action (screen (fixture), PV_DO_NEXT_PAGE) != NULL)
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  assert_string_equal (field_of (fixture, "12")->label, "I certify that all is correct.");
  assert_string_equal (field_of (fixture, "12")->official_label, "Je certifie que tout est exact.");
  act (fixture, PV_DO_TOGGLE, "12", NULL);
  act (fixture, PV_DO_SEND, NULL, NULL);
  store = wait_effect (fixture, PV_EFFECT_STORE);
  assert_non_null (store);
  for (guint i = 0; i < store->submission->entries->len; i++) {
    const PvSubmissionEntry *entry = store->submission->entries->pdata[i];

    if (g_strcmp0 (entry->id, "6") != 0)
      continue;
    assert_string_equal (entry->label, "Cantine ?");
    assert_true (pv_value_has_id (entry->value, "tous"));
    assert_string_equal (pv_value_get_label (entry->value, 0), "Tous les jours");
    return;
  }
  fail_msg ("the answer was not sent");
}

static void
the_message_of_a_page_is_translated (void **state)
{
  Fixture *fixture = *state;

  speak (fixture, "en", english);
  begin (fixture);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_TYPE_PART, "3/day", "13");
  act (fixture, PV_DO_TYPE_PART, "3/month", "7");
  act (fixture, PV_DO_TYPE_PART, "3/year", "2020");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_TYPE, "4", "4 rue des Tilleuls");
  act (fixture, PV_DO_TYPE, "5", "99999");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_CHOOSE, "6", "tous");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_string_equal (screen (fixture)->error_summary, "This postcode is not of the town.");
}

/* Both languages are said, each by its own voice, in the order of reading. */
static void
each_text_is_said_and_then_its_french (void **state)
{
  static const struct {
    const char *text, *language;
  } expected[] = {
    { "Canteen?", NULL },
    { "Cantine ?", "fr" },
    { "Every day", NULL },
    { "Tous les jours", "fr" },
    { "Some days, selected", NULL },
    { "Certains jours", "fr" },
    { "Non", "fr" },
  };
  Fixture *fixture = *state;
  g_autoptr (GPtrArray) speech = NULL;
  guint at = 0;

  begin (fixture);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_TYPE_PART, "3/day", "13");
  act (fixture, PV_DO_TYPE_PART, "3/month", "7");
  act (fixture, PV_DO_TYPE_PART, "3/year", "2020");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_TYPE, "4", "4 rue des Tilleuls");
  act (fixture, PV_DO_TYPE, "5", "89100");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_CHOOSE, "6", "jours");
  speak (fixture, "en", english);
  speech = pv_screen_state_speech (screen (fixture));
  for (guint i = 0; i < speech->len && at < G_N_ELEMENTS (expected); i++) {
    const PvUtterance *utterance = speech->pdata[i];

    if (g_str_equal (utterance->text, expected[at].text)) {
      assert_true (g_strcmp0 (utterance->language, expected[at].language) == 0);
      assert_true (utterance->is_personal == (strstr (utterance->text, "selected") != NULL));
      at++;
    }
  }
  assert_int_equal (at, G_N_ELEMENTS (expected));
}

/* What counts is French: what is asked on the check, and what is to be brought; an answer stays as it was given. */
static void
the_rows_are_said_and_then_their_french (void **state)
{
  static const struct {
    const char *text, *language;
    gboolean is_personal;
  } expected[] = {
    { "What is the child’s name?", NULL, FALSE },
    { "Quel est le nom de l’enfant ?", "fr", FALSE },
    { "Martin", NULL, TRUE },
    { "Canteen?", NULL, FALSE },
    { "Cantine ?", "fr", FALSE },
    { "Every day", NULL, TRUE },
    { "Person 1 · Given name", NULL, FALSE },
    { "Responsable 1 · Prénom", "fr", FALSE },
    { "Claire", NULL, TRUE },
  };
  Fixture *fixture = *state;
  g_autoptr (GPtrArray) speech = NULL;
  guint at = 0;

  answer_up_to_check (fixture);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 80, 42 });
  speak (fixture, "en", english);
  speech = pv_screen_state_speech (screen (fixture));
  for (guint i = 0; i < speech->len && at < G_N_ELEMENTS (expected); i++) {
    const PvUtterance *utterance = speech->pdata[i];

    if (!g_str_equal (utterance->text, expected[at].text))
      continue;
    assert_true (g_strcmp0 (utterance->language, expected[at].language) == 0);
    assert_int_equal (utterance->is_personal, expected[at].is_personal);
    at++;
  }
  if (at < G_N_ELEMENTS (expected))
    fail_msg ("not said: %s", expected[at].text);
}

/* The French has its place among the rows, as the choices' has. */
static void
a_check_in_two_languages_has_more_pages (void **state)
{
  Fixture *fixture = *state;
  guint n_rows[2];

  answer_up_to_check (fixture);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 22, 42 });
  speak (fixture, "fr", NULL);
  n_rows[0] = field_of (fixture, "answers")->rows->len;
  speak (fixture, "en", english);
  n_rows[1] = field_of (fixture, "answers")->rows->len;
  assert_true (n_rows[1] < n_rows[0]);
  assert_true (n_rows[1] > 0);
}

static void
a_receipt_says_what_counts_in_both_languages (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) outcome = received ();
  g_autoptr (PvEffect) print = NULL;
  PvReceipt *receipt;

  speak (fixture, "en", english);
  send (fixture);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  act (fixture, PV_DO_PRINT, NULL, NULL);
  print = wait_effect (fixture, PV_EFFECT_PRINT);
  receipt = print->receipt;
  assert_string_equal (receipt->procedure, "School enrolment");
  assert_null (receipt->official_next);
  gettext_in ("fr");
  pv_journey_complete_receipt (fixture->journey, receipt);
  gettext_in ("C");
  assert_string_equal (receipt->official_title, "Accusé de réception électronique");
  assert_string_equal (receipt->official_procedure, "Inscription à l’école");
  assert_non_null (strstr (receipt->official_next, "La mairie a reçu votre demande."));
  assert_non_null (strstr (receipt->official_silence, "23 janvier 2027"));
  assert_non_null (strstr (receipt->silence, "23 January 2027"));
  assert_null (receipt->official_appeal);
}

static void
names_are_asked_for_in_latin_letters (void **state)
{
  Fixture *fixture = *state;
  const char *hint = "In Latin letters, as in the passport.";

  begin (fixture);
  speak (fixture, "uk", NULL);
  assert_non_null (strstr (screen (fixture)->help, hint));
  assert_true (screen (fixture)->is_help_vital);
  assert_int_equal (field_of (fixture, "2")->input, PV_INPUT_LETTERS);
  speak (fixture, "en", NULL);
  assert_null (strstr (screen (fixture)->help, hint));
  assert_false (screen (fixture)->is_help_vital);
  speak (fixture, "ar", NULL);
  assert_non_null (strstr (screen (fixture)->help, hint));
  act (fixture, PV_DO_TYPE, "2", "Shevchenko");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_TYPE_PART, "3/day", "13");
  act (fixture, PV_DO_TYPE_PART, "3/month", "7");
  act (fixture, PV_DO_TYPE_PART, "3/year", "2020");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_null (screen (fixture)->help); /* a street is no name */
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (the_procedure_is_offered_in_the_language_with_its_french_title, set_up_texts,
                                     tear_down),
    cmocka_unit_test_setup_teardown (a_question_stands_in_both_languages, set_up_texts, tear_down),
    cmocka_unit_test_setup_teardown (what_nobody_translated_stays_french_and_says_so, set_up_texts, tear_down),
    cmocka_unit_test_setup_teardown (the_language_changes_in_the_middle_and_the_answers_stay, set_up_texts, tear_down),
    cmocka_unit_test_setup_teardown (the_message_of_a_page_is_translated, set_up_texts, tear_down),
    cmocka_unit_test_setup_teardown (each_text_is_said_and_then_its_french, set_up_texts, tear_down),
    cmocka_unit_test_setup_teardown (the_rows_are_said_and_then_their_french, set_up_texts, tear_down),
    cmocka_unit_test_setup_teardown (a_check_in_two_languages_has_more_pages, set_up_texts, tear_down),
    cmocka_unit_test_setup_teardown (a_receipt_says_what_counts_in_both_languages, set_up_texts, tear_down),
    cmocka_unit_test_setup_teardown (names_are_asked_for_in_latin_letters, set_up_texts, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

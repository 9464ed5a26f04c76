/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a mediator may see, in the mediator's own language: the same screen, and nothing of the citizen's changes. */

#include "journey-help.h"

#include <libintl.h>
#include <locale.h>

/* Longer than the French, so that the pages are others. */
#define LONG " — докладне пояснення, яке займає значно більше місця на екрані, ніж коротке французьке речення"

static const char ukrainian[] = "[ecole]\n"
                                "fr: Inscription à l’école\nuk: Запис до школи\n"
                                "[ecole/nom]\n"
                                "fr: Quel est le nom de l’enfant ?\nuk: Яке прізвище дитини?\n"
                                "[*/rue]\n"
                                "fr: Où habitez-vous ?\nuk: Де ви живете?\nfr: Rue\nuk: Вулиця\n"
                                "[ecole/cantine]\n"
                                "fr: Cantine ?\nuk: Їдальня?" LONG "\n"
                                "fr: Tous les jours\nuk: Щодня" LONG "\n"
                                "fr: Certains jours\nuk: Деякі дні" LONG "\n"
                                "[ecole/responsables]\n"
                                "fr: Responsables\nuk: Відповідальні\nfr: Responsable\nuk: Особа\n"
                                "[ecole/prenom]\nfr: Prénom\nuk: Ім’я" LONG "\n"
                                "[ecole/exact]\n"
                                "fr: Je certifie que tout est exact.\nuk: Я підтверджую, що все правильно." LONG "\n";

static void
gettext_in (const char *code)
{
  g_setenv ("LANGUAGE", code, TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  setlocale (LC_ALL, "C_FR.UTF-8"); /* see platform/language.c */
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("PV_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE); /* drops what was translated before */
}

static void
speak (Fixture *fixture, const char *code, const char *file)
{
  g_autoptr (PvTexts) texts = file != NULL ? pv_texts_new (code) : NULL;
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);

  act (fixture, PV_DO_SET_LANGUAGE, NULL, code);
  if (texts != NULL)
    pv_texts_parse (texts, file, strlen (file), NULL, errors);
  assert_int_equal (errors->len, 0);
  gettext_in (code);
  pv_journey_set_texts (fixture->journey, texts);
  pv_journey_language_changed (fixture->journey);
}

static int
set_up_pair (void **state)
{
  static const char *const languages[] = { "fr", "uk", "en", NULL };
  PvJourneyConfig config = sample_config ();
  Fixture *fixture;

  set_up (state);
  fixture = *state;
  config.languages = languages;
  pv_journey_free (fixture->journey);
  fixture->journey = pv_journey_new (&config);
  pv_journey_set_ref (fixture->journey, ref);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 22, 42 });
  pv_journey_catalogue_loaded (fixture->journey, fixture->catalogue, &fixture->now);
  pv_journey_printer_available (fixture->journey, TRUE, PV_PRINT_REASON_NONE, &fixture->now);
  speak (fixture, "uk", ukrainian);
  return 0;
}

static int
tear_down_pair (void **state)
{
  gettext_in ("C");
  return tear_down (state);
}

/* Everything that is shown and said. (transfer full) */
static char *
dump (const PvScreenState *state)
{
  g_autoptr (GPtrArray) speech = pv_screen_state_speech (state);
  GString *text = g_string_new (state->key);

  for (guint i = 0; i < speech->len; i++)
    g_string_append_printf (text, "\n%s", ((const PvUtterance *) speech->pdata[i])->text);
  for (guint i = 0; i < state->actions->len; i++)
    g_string_append_printf (text, "\n[%s]", ((const PvAction *) state->actions->pdata[i])->label);
  g_string_append_printf (text, "\n%s", state->page_text != NULL ? state->page_text : "");
  return g_string_free (text, FALSE);
}

/* (transfer full) */
static PvScreenState *
in_french (Fixture *fixture)
{
  g_autofree char *before = dump (screen (fixture)), *after = NULL;
  PvScreenState *french;

  pv_journey_get_shared (fixture->journey);
  gettext_in ("fr");
  french = pv_journey_make_shared_in (fixture->journey, "fr", NULL);
  gettext_in ("uk");
  if (french == NULL)
    fail_msg ("%s is another screen in French", screen (fixture)->key);
  assert_string_equal (french->language, "fr");
  assert_string_equal (french->read_language, "uk");
  pv_journey_language_changed (fixture->journey); /* made anew, it must be the same as before */
  after = dump (screen (fixture));
  assert_string_equal (after, before);
  assert_string_equal (pv_journey_get_look (fixture->journey).language, "uk");
  return french;
}

/* Says the same of the same things: what is seen of it, and by whom. */
static void
assert_same_fields (const PvScreenState *one, const PvScreenState *other)
{
  assert_string_equal (one->key, other->key);
  assert_int_equal (one->fields->len, other->fields->len);
  for (guint i = 0; i < one->fields->len; i++) {
    const PvField *field = one->fields->pdata[i], *same = other->fields->pdata[i];

    assert_string_equal (field->id, same->id);
    assert_int_equal (pv_field_assist_class (field, NULL), pv_field_assist_class (same, NULL));
    for (guint j = 0; field->choices != NULL && j < field->choices->len; j++) {
      const PvChoice *choice = field->choices->pdata[j], *its = same->choices->pdata[j];

      assert_string_equal (choice->id, its->id);
      assert_int_equal (choice->selected, its->selected);
    }
    for (guint j = 0; field->rows != NULL && j < field->rows->len; j++)
      assert_int_equal (((const PvSummaryRow *) field->rows->pdata[j])->assist,
                        ((const PvSummaryRow *) same->rows->pdata[j])->assist);
  }
}

static void
assert_same (Fixture *fixture)
{
  g_autoptr (PvScreenState) french = in_french (fixture);

  assert_same_fields (french, pv_journey_get_shared (fixture->journey));
}

static void
a_question_is_french_for_her_and_ukrainian_for_him (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvScreenState) french = NULL;

  begin (fixture);
  act (fixture, PV_DO_TYPE, "2", "Shevchenko");
  assert_string_equal (screen (fixture)->title, "Яке прізвище дитини?");
  french = in_french (fixture);
  assert_string_equal (french->title, "Quel est le nom de l’enfant ?");
  assert_null (pv_official_beside (french->title, french->official_title));
  assert_string_equal (pv_screen_state_find_action (french, PV_DO_NEXT)->label, "Continuer");
  assert_string_equal (pv_screen_state_find_action (french, PV_DO_OPEN_LANGUAGES)->label, "Українська");
  assert_string_equal (pv_screen_state_find_field (french, "2")->value, "Shevchenko");
  /* She may tell him that they are to be Latin letters: it is asked of him. */
  assert_non_null (strstr (french->help, "lettres latines"));
}

static void
every_screen_is_the_same_on_every_page (void **state)
{
  static const PvCapacity capacities[] = { { 22, 42 }, { 14, 30 }, { 8, 26 }, { 6, 20 } };
  Fixture *fixture = *state;
  guint n_pages = 0;

  assert_same (fixture);
  act (fixture, PV_DO_START, NULL, NULL);
  assert_same (fixture);
  act (fixture, PV_DO_OPEN_CATEGORY, "famille-ecole", NULL);
  assert_same (fixture);
  act (fixture, PV_DO_OPEN_PROCEDURE, "ecole", NULL);
  assert_same (fixture);
  pv_journey_procedure_loaded (fixture->journey, "ecole", fixture->procedure, &fixture->now);
  assert_same (fixture);
  tell_helps (fixture, TRUE, FALSE);
  pv_journey_explained (fixture->journey, "Écrivez le nom de l’enfant, comme sur le passeport.", &fixture->now);
  act (fixture, PV_DO_BEGIN, NULL, NULL);
  assert_same (fixture);
  act (fixture, PV_DO_NEXT, NULL, NULL); /* with an error */
  assert_same (fixture);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_same (fixture);
  act (fixture, PV_DO_TYPE_PART, "3/day", "13");
  act (fixture, PV_DO_TYPE_PART, "3/month", "7");
  act (fixture, PV_DO_TYPE_PART, "3/year", "2020");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_same (fixture);
  act (fixture, PV_DO_TYPE, "4", "4 rue des Tilleuls");
  act (fixture, PV_DO_TYPE, "5", "89100");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_CHOOSE, "6", "tous");
  for (guint i = 0; i < G_N_ELEMENTS (capacities); i++) {
    pv_journey_set_capacity (fixture->journey, &capacities[i]);
    assert_same (fixture);
    for (guint page = 0; page < 3 && pv_screen_state_find_action (screen (fixture), PV_DO_NEXT_PAGE) != NULL; page++) {
      act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
      assert_same (fixture);
      n_pages++;
    }
  }
  assert_in_range (n_pages, 3, 20);
}

/* In French alone there would be fewer pages: what is on the citizen's page is what counts. */
static void
the_check_shows_the_page_that_he_reads (void **state)
{
  Fixture *fixture = *state;
  guint n_own = 0, n_read = 0;

  answer_up_to_check (fixture);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 10, 26 });
  assert_screen (fixture, "check");
  for (;; n_read++) {
    assert_same (fixture);
    if (pv_screen_state_find_action (screen (fixture), PV_DO_NEXT_PAGE) == NULL)
      break;
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  }
  speak (fixture, "fr", NULL);
  while (pv_screen_state_find_action (screen (fixture), PV_DO_NEXT_PAGE) != NULL && n_own++ < 20)
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  assert_true (n_own < n_read);
}

/* What is asked over the screen, as far as it is not about the help itself. */
static void
sheets_are_the_same (void **state)
{
  static const PvIntentionKind sheets[] = { PV_DO_OPEN_LANGUAGES, PV_DO_OPEN_LOOK, PV_DO_QUIT, PV_DO_CALL_MEDIATOR };
  Fixture *fixture = *state;

  begin (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++) {
    act (fixture, sheets[i], NULL, NULL);
    assert_same (fixture);
    act (fixture, PV_DO_CLOSE, NULL, NULL);
    assert_screen (fixture, "question-1");
  }
}

static void
who_is_read_from_a_document_is_the_same (void **state)
{
  Fixture *fixture = *state;

  ((PvQuestion *) pv_procedure_find_question (fixture->procedure, "2"))->identity = 1 + PV_IDENTITY_SURNAME;
  begin (fixture);
  assert_screen (fixture, "identity-card");
  assert_same (fixture);
  act (fixture, PV_DO_OTHER_DOCUMENT, NULL, NULL);
  assert_same (fixture);
  act (fixture, PV_DO_OPEN_DOCUMENT, "passport", NULL);
  assert_same (fixture);
  act (fixture, PV_DO_TYPE, "zone-1", "P<UKRSHEVCHENKO<<OKSANA<PETRIVNA<<<<<<<<<<<<");
  act (fixture, PV_DO_TYPE, "zone-2", "FA123456<6UKR9108242F29030801991082412345<72");
  assert_same (fixture);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "identity-confirm");
  assert_same (fixture);
}

/* Five days with nine times each. */
static GPtrArray *
free_times (void)
{
  GPtrArray *options = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_option_free);

  for (guint i = 0; i < 45; i++) {
    g_autofree char *stamp = g_strdup_printf ("2026-12-%02u %02u:30:00", 1 + i / 9, 9 + i % 9);
    PvOption *option = pv_option_new (stamp, stamp);

    option->attributes = g_strdupv ((char **) (const char *[]){ "datetime", stamp, "duration", "20", NULL });
    g_ptr_array_add (options, option);
  }
  return options;
}

static void
days_and_times_are_the_same_on_every_page (void **state)
{
  static const PvCapacity capacities[] = { { 22, 42 }, { 14, 30 }, { 9, 24 }, { 5, 14 } };
  Fixture *fixture = *state;
  PvQuestion *cantine = (PvQuestion *) pv_procedure_find_question (fixture->procedure, "6");
  guint n_pages = 0;

  cantine->flags |= PV_QUESTION_SLOT;
  cantine->option_source = g_strdup ("agenda:mairie/titres");
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
  assert_screen (fixture, "question-6");
  assert_same (fixture);
  pv_journey_options_loaded (fixture->journey, "6", free_times (), &fixture->now);
  for (guint i = 0; i < G_N_ELEMENTS (capacities); i++) {
    pv_journey_set_capacity (fixture->journey, &capacities[i]);
    for (guint page = 0; page < 3; page++) {
      assert_same (fixture);
      n_pages += pv_screen_state_find_field (screen (fixture), "days") != NULL ? 1 : 0;
      act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
    }
  }
  assert_true (n_pages > 0);
}

static void
what_is_found_was_found_in_his_language (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvScreenState) french = NULL;
  const PvField *found;

  act (fixture, PV_DO_START, NULL, NULL);
  act (fixture, PV_DO_OPEN_SEARCH, NULL, NULL);
  act (fixture, PV_DO_SEARCH, NULL, "школи");
  french = in_french (fixture);
  found = pv_screen_state_find_field (french, "procedures");
  assert_non_null (found);
  assert_string_equal (((const PvChoice *) found->choices->pdata[0])->label, "Inscription à l’école");
}

static void
only_languages_of_the_commune_are_spoken (void **state)
{
  static const struct {
    const char *asked, *given;
  } rows[] = {
    { "uk", "uk" }, { "fr", "fr" }, { "en", "en" },       { "de", "fr" },
    { "", "fr" },   { NULL, "fr" }, { "../../uk", "fr" }, { "fr@facile", "fr" },
  };
  Fixture *fixture = *state;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_string_equal (pv_journey_find_language (fixture->journey, rows[i].asked), rows[i].given);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (a_question_is_french_for_her_and_ukrainian_for_him, set_up_pair, tear_down_pair),
    cmocka_unit_test_setup_teardown (every_screen_is_the_same_on_every_page, set_up_pair, tear_down_pair),
    cmocka_unit_test_setup_teardown (the_check_shows_the_page_that_he_reads, set_up_pair, tear_down_pair),
    cmocka_unit_test_setup_teardown (sheets_are_the_same, set_up_pair, tear_down_pair),
    cmocka_unit_test_setup_teardown (who_is_read_from_a_document_is_the_same, set_up_pair, tear_down_pair),
    cmocka_unit_test_setup_teardown (days_and_times_are_the_same_on_every_page, set_up_pair, tear_down_pair),
    cmocka_unit_test_setup_teardown (what_is_found_was_found_in_his_language, set_up_pair, tear_down_pair),
    cmocka_unit_test_setup_teardown (only_languages_of_the_commune_are_spoken, set_up_pair, tear_down_pair),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

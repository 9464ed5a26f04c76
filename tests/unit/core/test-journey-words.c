/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Explain the words": where it is offered, what it shows, and to whom it belongs. */

#include "journey-help.h"

static const char words[] = "enfant = C’est une personne de moins de 18 ans.\n"
                            "livret de famille = La mairie donne ce petit livre à une famille.\n"
                            "tilleuls = Ce sont des arbres.\n"
                            "rue = C’est un chemin dans une ville. Des maisons sont au bord.\n"
                            "code postal = C’est le numéro de la ville. Il a cinq chiffres.\n"
                            "jours = Il y en a sept dans une semaine.\n"
                            "certifier; certifie = Certifier, c’est dire que c’est vrai.\n"
                            "justificatif = C’est un papier qui prouve quelque chose.\n";

static void
replace_journey (Fixture *fixture, const char *text)
{
  static const char *const languages[] = { "fr", "en", NULL };
  PvJourneyConfig config = sample_config ();
  g_autoptr (PvGlossary) glossary = pv_glossary_new ();

  pv_glossary_add (glossary, "fr", text, strlen (text), NULL);
  config.languages = languages;
  config.can_speak = TRUE;
  config.glossary = glossary;
  pv_journey_free (fixture->journey);
  fixture->journey = pv_journey_new (&config);
  pv_journey_set_ref (fixture->journey, ref);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 22, 42 });
  pv_journey_catalogue_loaded (fixture->journey, fixture->catalogue, &fixture->now);
  pv_journey_printer_available (fixture->journey, TRUE, PV_PRINT_REASON_NONE, &fixture->now);
}

static int
set_up_with_words (void **state)
{
  if (set_up (state) != 0)
    return -1;
  replace_journey (*state, words);
  return 0;
}

/* "livret de famille, enfant" of the sheet that a touch opens; NULL: it is not offered */
static char *
open_sheet (Fixture *fixture)
{
  GString *list = g_string_new (NULL);

  if (pv_screen_state_find_action (screen (fixture), PV_DO_OPEN_WORDS) == NULL)
    return g_string_free (list, TRUE);
  act (fixture, PV_DO_OPEN_WORDS, NULL, NULL);
  assert_int_equal (screen (fixture)->id, PV_SCREEN_WORDS);
  assert_true (screen (fixture)->is_overlay);
  for (guint i = 0; i < screen (fixture)->fields->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", ((PvField *) screen (fixture)->fields->pdata[i])->label);
  return g_string_free (list, FALSE);
}

static void
assert_explains (Fixture *fixture, const char *key, const char *list)
{
  g_autofree char *found = NULL;

  assert_screen (fixture, key);
  found = open_sheet (fixture);
  if (g_strcmp0 (found, list) != 0)
    fail_msg ("%s explains %s, not %s", key, found, list);
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  assert_screen (fixture, key);
}

static void
each_screen_explains_its_own_words (void **state)
{
  Fixture *fixture = *state;

  assert_explains (fixture, "welcome", NULL);
  begin (fixture);
  assert_explains (fixture, "question-1", "enfant, livret de famille");
  act (fixture, PV_DO_TYPE, "2", "Martin");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_explains (fixture, "question-3", NULL);
  act (fixture, PV_DO_TYPE_PART, "3/day", "13");
  act (fixture, PV_DO_TYPE_PART, "3/month", "7");
  act (fixture, PV_DO_TYPE_PART, "3/year", "2020");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_explains (fixture, "question-4", "rue, code postal");
  act (fixture, PV_DO_TYPE, "4", "4 chemin des Tilleuls"); /* an answer is nobody's to explain */
  assert_explains (fixture, "question-4", "rue, code postal");
  act (fixture, PV_DO_TYPE, "5", "89100");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_explains (fixture, "question-6", "jours"); /* of its choices */
}

static void
the_check_explains_statements_and_labels_but_no_answer (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GString) all = g_string_new (NULL);

  answer_up_to_check (fixture);
  for (;;) {
    g_autofree char *found = open_sheet (fixture);

    g_string_append_printf (all, "[%s]", found != NULL ? found : "");
    act (fixture, PV_DO_CLOSE, NULL, NULL);
    assert_screen (fixture, "check");
    if (pv_screen_state_find_action (screen (fixture), PV_DO_NEXT_PAGE) == NULL)
      break;
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  }
  assert_non_null (strstr (all->str, "enfant"));
  assert_non_null (strstr (all->str, "certifier"));
  assert_non_null (strstr (all->str, "justificatif"));
  assert_null (strstr (all->str, "tilleuls"));
}

static void
it_stands_in_the_action_band_before_what_leads_on (void **state)
{
  Fixture *fixture = *state;
  const GPtrArray *actions;
  guint at = 0;

  begin (fixture);
  actions = screen (fixture)->actions;
  while (((PvAction *) actions->pdata[at])->intention != PV_DO_OPEN_WORDS)
    at++;
  assert_int_equal (((PvAction *) actions->pdata[at])->role, PV_ROLE_SECONDARY);
  assert_int_equal (((PvAction *) actions->pdata[at + 1])->role, PV_ROLE_PRIMARY);
}

static void
no_band_gets_a_fourth_action (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) outcome = received ();

  replace_journey (fixture, "numéro; mairie; demande; request; number; town hall = C’est un mot.\n");
  send (fixture);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  assert_screen (fixture, "done-received"); /* it has two */
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_OPEN_WORDS));
  for (guint i = 0, n = 0; i < screen (fixture)->actions->len; i++) {
    PvActionRole role = ((PvAction *) screen (fixture)->actions->pdata[i])->role;

    n += role == PV_ROLE_BACK || role == PV_ROLE_SECONDARY || role == PV_ROLE_PRIMARY ? 1 : 0;
    assert_true (n <= 3);
  }
}

static void
in_another_language_nothing_is_explained (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  act (fixture, PV_DO_OPEN_WORDS, NULL, NULL);
  act (fixture, PV_DO_SET_LANGUAGE, NULL, "en");
  pv_journey_language_changed (fixture->journey);
  assert_explains (fixture, "question-1", NULL);
  act (fixture, PV_DO_OPEN_WORDS, NULL, NULL); /* nor by whoever asks all the same */
  assert_screen (fixture, "question-1");
}

static void
what_does_not_fit_is_on_further_pages_and_the_question_stays_on_its_own (void **state)
{
  Fixture *fixture = *state;
  guint n_words = 0, n_pages = 1;

  begin (fixture);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  act (fixture, PV_DO_OPEN_WORDS, NULL, NULL);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 5, 30 });
  n_words = screen (fixture)->fields->len;
  assert_int_equal (n_words, 1);
  assert_non_null (screen (fixture)->page_text);
  while (pv_screen_state_find_action (screen (fixture), PV_DO_NEXT_PAGE) != NULL) {
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
    n_words += screen (fixture)->fields->len;
    n_pages++;
  }
  assert_int_equal (n_words, 2);
  assert_int_equal (n_pages, 2);
  act (fixture, PV_DO_PREVIOUS_PAGE, NULL, NULL);
  assert_string_equal (((PvField *) screen (fixture)->fields->pdata[0])->label, "enfant");
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "question-1");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "2")->value, "Martin");
}

static void
on_a_low_screen_it_is_offered_where_nothing_is_typed_and_nobody_helps (void **state)
{
  Fixture *fixture = *state;

  answer_up_to_check (fixture);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 11, 40 });
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_OPEN_WORDS));
  tell_helps (fixture, FALSE, FALSE);
  assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_OPEN_WORDS));
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 12, 40 });
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_OPEN_WORDS));
  act (fixture, PV_DO_EDIT, "4", NULL);
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_OPEN_WORDS));
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 11, 40 });
  tell_ended (fixture, PV_ENDED_BY_CITIZEN);
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_OPEN_WORDS));
}

static void
each_word_is_said_with_its_explanation (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GPtrArray) speech = NULL;
  gboolean is_said = FALSE;

  begin (fixture);
  act (fixture, PV_DO_OPEN_WORDS, NULL, NULL);
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_LISTEN));
  speech = pv_screen_state_speech (screen (fixture));
  for (guint i = 0; i + 1 < speech->len; i++)
    if (g_str_equal (((PvUtterance *) speech->pdata[i])->text, "livret de famille")) {
      assert_string_equal (((PvUtterance *) speech->pdata[i + 1])->text,
                           "La mairie donne ce petit livre à une famille.");
      assert_false (((PvUtterance *) speech->pdata[i + 1])->is_personal);
      is_said = TRUE;
    }
  assert_true (is_said);
}

static void
a_mediator_does_not_open_it_for_the_citizen (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell_helps (fixture, TRUE, TRUE);
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_OPEN_WORDS, NULL, NULL);
  assert_screen (fixture, "question-1");
  act (fixture, PV_DO_OPEN_WORDS, NULL, NULL);
  assert_screen (fixture, "words");
  assert_int_equal (pv_journey_get_shared (fixture->journey)->id, PV_SCREEN_WORDS); /* they read along */
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "words");
}

static void
without_a_glossary_nothing_is_offered (void **state)
{
  Fixture *fixture = *state;

  pv_journey_free (fixture->journey);
  fixture->journey = new_journey ();
  pv_journey_set_ref (fixture->journey, ref);
  pv_journey_catalogue_loaded (fixture->journey, fixture->catalogue, &fixture->now);
  begin (fixture);
  assert_explains (fixture, "question-1", NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up_with_words, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (each_screen_explains_its_own_words),
    TEST (the_check_explains_statements_and_labels_but_no_answer),
    TEST (it_stands_in_the_action_band_before_what_leads_on),
    TEST (no_band_gets_a_fourth_action),
    TEST (in_another_language_nothing_is_explained),
    TEST (what_does_not_fit_is_on_further_pages_and_the_question_stays_on_its_own),
    TEST (on_a_low_screen_it_is_offered_where_nothing_is_typed_and_nobody_helps),
    TEST (each_word_is_said_with_its_explanation),
    TEST (a_mediator_does_not_open_it_for_the_citizen),
    TEST (without_a_glossary_nothing_is_offered),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

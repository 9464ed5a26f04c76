/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Made-up answers, and practising with them: nothing may be written anywhere. */

#include "core/practice.h"

#include "journey-steps.h"

/* One question of a form that asks nothing else. (transfer full) */
static PvFiling *
new_filing (PvQuestion *question)
{
  g_autoptr (PvProcedure) procedure = pv_procedure_new ("essai", "Essai");
  PvPage *page = sample_page (procedure, "p1", "Essai");

  g_ptr_array_add (page->questions, question);
  return pv_filing_new (procedure, PV_FILING_PRACTICE, NULL);
}

static GDate
today (void)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 23, G_DATE_NOVEMBER, 2026);
  return date;
}

static gboolean
takes_its_sample (PvFiling *filing, const char *path)
{
  GDate now = today ();
  g_autoptr (PvValue) value = pv_practice_new_answer (filing, path, &now);
  g_autofree char *sentence = NULL;

  if (value == NULL || !pv_filing_set (filing, path, value, PV_ACTOR_CITIZEN, NULL))
    return FALSE;
  sentence = pv_filing_check_path (filing, path, &now);
  return sentence == NULL;
}

static void
every_format_has_an_answer_that_is_right_in_form (void **state)
{
  (void) state;
  for (guint format = 0; format < PV_N_FORMATS; format++) {
    PvQuestion *question = pv_question_new (PV_QUESTION_TEXT, "1", "Question");
    g_autoptr (PvFiling) filing = new_filing (question);

    question->format = (PvFormat) format;
    question->flags = PV_QUESTION_REQUIRED;
    if (!takes_its_sample (filing, "1"))
      fail_msg ("format %u", format);
  }
}

static void
what_a_form_may_want_besides_has_an_answer (void **state)
{
  static const struct {
    const char *name;
    PvQuestionKind kind;
    guint flags;
    const char *min, *max, *pattern, *check;
  } rows[] = {
    { "a_future_day", PV_QUESTION_DATE, PV_QUESTION_FUTURE_ONLY, NULL, NULL, NULL, NULL },
    { "a_past_day", PV_QUESTION_DATE, PV_QUESTION_PAST_ONLY, NULL, NULL, NULL, NULL },
    { "a_day_between", PV_QUESTION_DATE, 0, "2026-12-24", "2026-12-26", NULL, NULL },
    { "a_day_15_days_ahead", PV_QUESTION_DATE, 0, NULL, NULL, NULL, "value >= today|add_days:15" },
    { "birth_at_school_age", PV_QUESTION_DATE, PV_QUESTION_PAST_ONLY, "2016-01-01", NULL, NULL, NULL },
    { "naissance", PV_QUESTION_DATE, 0, NULL, NULL, NULL, "value|age_in_years >= 16 and value|age_in_years < 25" },
    { "number_between", PV_QUESTION_NUMBER, PV_QUESTION_INTEGER, "37", "41", NULL, NULL },
    { "amount", PV_QUESTION_AMOUNT, 0, NULL, NULL, NULL, NULL },
    { "pattern", PV_QUESTION_TEXT, 0, NULL, NULL, "[A-Z]{2}\\d{3}", NULL },
    { "long_pattern", PV_QUESTION_TEXT, 0, NULL, NULL, "F\\d{2}-\\d{6}", NULL },
    { "classes", PV_QUESTION_TEXT, 0, NULL, NULL, "[A-HJ-N]{2}[- ]?\\d{3}\\.x+", NULL },
    { "yes_only", PV_QUESTION_YES_NO, 0, NULL, NULL, NULL, "value" },
    { "email", PV_QUESTION_EMAIL, 0, NULL, NULL, NULL, NULL },
    { "phone", PV_QUESTION_PHONE, 0, NULL, NULL, NULL, NULL },
    { "long", PV_QUESTION_LONG_TEXT, 0, NULL, NULL, NULL, NULL },
    { "document", PV_QUESTION_FILE, 0, NULL, NULL, NULL, NULL },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    PvQuestion *question = pv_question_new (rows[i].kind, "1", rows[i].name);
    g_autoptr (PvFiling) filing = new_filing (question);

    question->name = g_strdup (rows[i].name);
    question->flags = rows[i].flags | PV_QUESTION_REQUIRED;
    question->min = g_strdup (rows[i].min);
    question->max = g_strdup (rows[i].max);
    question->pattern = g_strdup (rows[i].pattern);
    question->check = rows[i].check != NULL ? pv_expression_parse (rows[i].check, NULL) : NULL;
    if (!takes_its_sample (filing, "1"))
      fail_msg ("%s", rows[i].name);
  }
}

static void
names_and_streets_get_answers_of_their_own (void **state)
{
  static const struct {
    const char *name, *label, *text;
  } rows[] = {
    { "demandeur_nom", "Nom", "Exemple" },     { "prenom", "Prénom", "Camille" },
    { NULL, "Prénom de l’enfant", "Camille" }, { "adresse", "Rue", "1 rue de l’Exemple" },
    { "ville", "Ville", "Exempleville" },      { "x", "Autre chose", "Exemple" },
  };
  GDate now = today ();

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    PvQuestion *question = pv_question_new (PV_QUESTION_TEXT, "1", rows[i].label);
    g_autoptr (PvFiling) filing = new_filing (question);
    g_autoptr (PvValue) value = NULL;

    question->name = g_strdup (rows[i].name);
    value = pv_practice_new_answer (filing, "1", &now);
    assert_string_equal (pv_value_get_text (value), rows[i].text);
  }
}

/* The form knows best. */
static void
the_form_s_own_example_is_taken (void **state)
{
  PvQuestion *question = pv_question_new (PV_QUESTION_TEXT, "1", "Facture");
  g_autoptr (PvFiling) filing = new_filing (question);
  GDate now = today ();
  g_autoptr (PvValue) value = NULL;

  (void) state;
  question->pattern = g_strdup ("(F|G)\\d{2}-\\d{6}");
  question->help = g_strdup ("En haut à droite, par exemple F26-004512.");
  value = pv_practice_new_answer (filing, "1", &now);
  assert_string_equal (pv_value_get_text (value), "F26-004512");
}

static void
what_nothing_fits_is_left_to_the_person (void **state)
{
  PvQuestion *question = pv_question_new (PV_QUESTION_TEXT, "1", "Question");
  g_autoptr (PvFiling) filing = new_filing (question);
  GDate now = today ();

  (void) state;
  question->pattern = g_strdup ("(Z{7}[0-9]{31})");
  assert_null (pv_practice_new_answer (filing, "1", &now));
  assert_null (pv_practice_new_answer (filing, "nothing", &now));
}

/* ---- the journey ---- */

static void
open_practice (Fixture *fixture)
{
  act (fixture, PV_DO_START, NULL, NULL);
  act (fixture, PV_DO_OPEN_PRACTICE, NULL, NULL);
}

static void
begin_practice (Fixture *fixture)
{
  open_practice (fixture);
  act (fixture, PV_DO_OPEN_CATEGORY, "famille-ecole", NULL);
  act (fixture, PV_DO_OPEN_PROCEDURE, "ecole", NULL);
  pv_journey_procedure_loaded (fixture->journey, "ecole", fixture->procedure, &fixture->now);
  act (fixture, PV_DO_BEGIN, NULL, NULL);
}

/* What there is to choose, then what can be made up, then on. */
static void
answer_screen (Fixture *fixture)
{
  for (guint i = 0; i < screen (fixture)->fields->len; i++) {
    const PvField *field = screen (fixture)->fields->pdata[i];

    if (field->kind == PV_FIELD_CHOICE && field->choices != NULL) {
      g_autofree char *id = g_strdup (field->id);
      g_autofree char *value = g_strdup (((PvChoice *) field->choices->pdata[0])->id);

      act (fixture, PV_DO_CHOOSE, id, value);
    }
  }
  if (pv_screen_state_find_action (screen (fixture), PV_DO_USE_SAMPLE) != NULL)
    act (fixture, PV_DO_USE_SAMPLE, NULL, NULL);
  act (fixture, PV_DO_NEXT, NULL, NULL);
}

static void
practise_up_to_check (Fixture *fixture)
{
  begin_practice (fixture);
  for (guint i = 0; i < 30 && screen (fixture)->id == PV_SCREEN_QUESTION; i++) {
    assert_true (screen (fixture)->is_practice);
    answer_screen (fixture);
  }
  assert_screen (fixture, "check");
}

static void
practise_to_the_end (Fixture *fixture)
{
  practise_up_to_check (fixture);
  while (pv_screen_state_find_action (screen (fixture), PV_DO_NEXT_PAGE) != NULL)
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  act (fixture, PV_DO_TOGGLE, "12", NULL);
  act (fixture, PV_DO_SEND, NULL, NULL);
  assert_screen (fixture, "sending");
  assert_true (screen (fixture)->is_practice);
  pass_seconds (fixture, 4);
  assert_screen (fixture, "done-practice");
}

static guint
count_effects (Fixture *fixture, PvEffectKind kind, guint64 *ret_number)
{
  guint n = 0;

  for (PvEffect *effect = pv_journey_pop_effect (fixture->journey); effect != NULL;
       effect = pv_journey_pop_effect (fixture->journey)) {
    if (effect->kind == kind) {
      n++;
      if (ret_number != NULL)
        *ret_number = effect->number;
    }
    pv_effect_free (effect);
  }
  return n;
}

static void
a_practice_goes_to_its_end_and_stores_nothing (void **state)
{
  Fixture *fixture = *state;

  practise_to_the_end (fixture);
  assert_true (screen (fixture)->is_practice);
  assert_int_equal (count_effects (fixture, PV_EFFECT_STORE, NULL), 0);
}

static void
the_courier_is_told_before_anything_else_of_the_practice (void **state)
{
  Fixture *fixture = *state;
  PvEffect *effect;
  guint64 number = 7;

  act (fixture, PV_DO_START, NULL, NULL);
  count_effects (fixture, PV_EFFECT_PRACTICE, NULL);
  act (fixture, PV_DO_OPEN_PRACTICE, NULL, NULL);
  effect = pv_journey_pop_effect (fixture->journey);
  assert_int_equal (effect->kind, PV_EFFECT_PRACTICE);
  assert_int_equal (effect->number, 1);
  pv_effect_free (effect);
  act (fixture, PV_DO_HOME, NULL, NULL);
  assert_int_equal (count_effects (fixture, PV_EFFECT_PRACTICE, &number), 1);
  assert_int_equal (number, 0);
}

static void
the_mark_is_on_every_screen_and_on_what_is_asked_over_it (void **state)
{
  static const PvIntentionKind over[] = { PV_DO_QUIT, PV_DO_OPEN_LOOK, PV_DO_OPEN_LANGUAGES, PV_DO_CALL_MEDIATOR };
  Fixture *fixture = *state;

  open_practice (fixture);
  assert_screen (fixture, "home-practice");
  assert_true (screen (fixture)->is_practice);
  act (fixture, PV_DO_OPEN_CATEGORY, "famille-ecole", NULL);
  assert_true (screen (fixture)->is_practice);
  act (fixture, PV_DO_OPEN_PROCEDURE, "ecole", NULL);
  pv_journey_procedure_loaded (fixture->journey, "ecole", fixture->procedure, &fixture->now);
  assert_true (screen (fixture)->is_practice);
  act (fixture, PV_DO_BEGIN, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (over); i++) {
    act (fixture, over[i], NULL, NULL);
    assert_true (screen (fixture)->is_overlay);
    assert_true (screen (fixture)->is_practice);
    act (fixture, PV_DO_CLOSE, NULL, NULL);
  }
  /* The window leaves the mark out where it has no room for it. */
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 8, 40 });
  assert_true (g_str_has_prefix (screen (fixture)->title, "Practice · "));
}

static void
its_paper_is_marked_and_bears_nothing_to_come_back_with (void **state)
{
  Fixture *fixture = *state;
  PvEffect *print;

  practise_to_the_end (fixture);
  act (fixture, PV_DO_PRINT, NULL, NULL);
  print = wait_effect (fixture, PV_EFFECT_PRINT);
  assert_true (print->receipt->practice);
  assert_null (print->receipt->reference);
  assert_null (print->receipt->tracking_code);
  assert_null (print->receipt->qr_text);
  assert_null (print->receipt->silence);
  assert_int_equal (print->receipt->kind, PV_RECEIPT_TICKET);
  assert_true (print->receipt->lines->len > 0);
  pv_effect_free (print);
  assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_SHOW_QR));
  act (fixture, PV_DO_SHOW_QR, NULL, NULL);
  assert_screen (fixture, "done-practice");
}

static void
what_is_real_afterwards_is_real_and_empty (void **state)
{
  Fixture *fixture = *state;
  PvEffect *store;

  practise_to_the_end (fixture);
  act (fixture, PV_DO_HOME, NULL, NULL);
  assert_screen (fixture, "home");
  assert_false (screen (fixture)->is_practice);
  act (fixture, PV_DO_OPEN_CATEGORY, "famille-ecole", NULL);
  act (fixture, PV_DO_OPEN_PROCEDURE, "ecole", NULL);
  pv_journey_procedure_loaded (fixture->journey, "ecole", fixture->procedure, &fixture->now);
  act (fixture, PV_DO_BEGIN, NULL, NULL);
  assert_false (screen (fixture)->is_practice);
  assert_null (pv_screen_state_find_field (screen (fixture), "2")->value);
  assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_USE_SAMPLE));
  act (fixture, PV_DO_USE_SAMPLE, NULL, NULL);
  assert_null (pv_screen_state_find_field (screen (fixture), "2")->value);
  act (fixture, PV_DO_HAND_OVER, NULL, NULL);
  store = wait_effect (fixture, PV_EFFECT_STORE);
  assert_string_equal (store->submission->ref, ref);
  pv_effect_free (store);
}

static void
it_can_be_done_again_without_leaving (void **state)
{
  Fixture *fixture = *state;

  practise_to_the_end (fixture);
  act (fixture, PV_DO_ANOTHER, NULL, NULL);
  assert_screen (fixture, "home-practice");
}

static void
quitting_in_the_middle_leads_home_or_away (void **state)
{
  Fixture *fixture = *state;

  begin_practice (fixture);
  act (fixture, PV_DO_QUIT, NULL, NULL);
  assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_KEEP));
  act (fixture, PV_DO_KEEP, NULL, NULL);
  assert_screen (fixture, "quit");
  act (fixture, PV_DO_HOME, NULL, NULL);
  assert_screen (fixture, "home");
  begin_practice (fixture);
  act (fixture, PV_DO_QUIT, NULL, NULL);
  act (fixture, PV_DO_ERASE, NULL, NULL);
  assert_screen (fixture, "goodbye");
  assert_int_equal (count_effects (fixture, PV_EFFECT_STORE, NULL), 0);
}

static void
typed_answers_are_practised_with_as_well (void **state)
{
  Fixture *fixture = *state;

  begin_practice (fixture);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "question-3");
}

static void
a_mediator_cannot_open_or_fill_a_practice (void **state)
{
  Fixture *fixture = *state;

  act (fixture, PV_DO_START, NULL, NULL);
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_OPEN_PRACTICE, NULL, NULL);
  assert_screen (fixture, "home");
}

static void
any_digits_open_the_made_up_card_and_the_reader_sleeps (void **state)
{
  Fixture *fixture = *state;
  PvQuestion *name = (PvQuestion *) pv_procedure_find_question (fixture->procedure, "2");

  name->identity = 1 + PV_IDENTITY_SURNAME;
  begin_practice (fixture);
  assert_screen (fixture, "identity-card");
  act (fixture, PV_DO_TYPE, "card-code", "123456");
  assert_screen (fixture, "identity-confirm");
  act (fixture, PV_DO_CONFIRM_IDENTITY, NULL, NULL);
  assert_screen (fixture, "question-1");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "2")->value, "EXEMPLE");
  act (fixture, PV_DO_BACK, NULL, NULL);
  act (fixture, PV_DO_WITHOUT_CARD, NULL, NULL);
  for (PvEffect *effect = pv_journey_pop_effect (fixture->journey); effect != NULL;
       effect = pv_journey_pop_effect (fixture->journey)) {
    assert_int_not_equal (effect->kind, PV_EFFECT_CARD_WATCH);
    assert_int_not_equal (effect->kind, PV_EFFECT_CARD_CODE);
    pv_effect_free (effect);
  }
}

static void
one_touch_uses_the_made_up_card (void **state)
{
  Fixture *fixture = *state;
  PvQuestion *name = (PvQuestion *) pv_procedure_find_question (fixture->procedure, "2");

  name->identity = 1 + PV_IDENTITY_SURNAME;
  begin_practice (fixture);
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_USE_SAMPLE));
  act (fixture, PV_DO_USE_SAMPLE, NULL, NULL);
  assert_screen (fixture, "identity-confirm");
}

static void
a_kiosk_that_cannot_store_practises_all_the_same (void **state)
{
  Fixture *fixture = *state;

  pv_journey_service_state (fixture->journey, TRUE, FALSE, &fixture->now);
  practise_to_the_end (fixture);
}

/* Anybody may touch anything in any order, practising or not: what was not real from its beginning is never stored. */
static void
random_touches_of_a_practice_store_nothing (void **state)
{
  static const char *const targets[] = { "2",     "3/day",        "4", "5", "6", "8/0/81", "9", "11", "12",
                                         "ecole", "famille-ecole" };
  static const char *const values[] = { "Martin", "89100", "tous", "13", "7", "2020" };
  Fixture *fixture = *state;
  guint n_runs = g_getenv ("PV_TEST_FULL") != NULL ? 2000 : 40, n_sent = 0;

  for (guint run = 0; run < n_runs; run++) {
    g_autoptr (GRand) rand = g_rand_new_with_seed (run);
    gboolean is_practising = FALSE;

    pv_journey_free (fixture->journey);
    fixture->journey = new_journey ();
    pv_journey_set_ref (fixture->journey, ref);
    pv_journey_catalogue_loaded (fixture->journey, fixture->catalogue, &fixture->now);
    if (run % 2 == 0) {
      practise_up_to_check (fixture);
      act (fixture, PV_DO_TOGGLE, "12", NULL);
      is_practising = TRUE;
    }
    for (guint i = 0; i < 80; i++) {
      const PvScreenState *shown = screen (fixture);
      PvIntentionKind kind = (PvIntentionKind) g_rand_int_range (rand, 0, PV_N_INTENTIONS);
      const char *target = targets[g_rand_int_range (rand, 0, G_N_ELEMENTS (targets))];
      const char *value = values[g_rand_int_range (rand, 0, G_N_ELEMENTS (values))];
      g_autoptr (PvIntention) intention = NULL;

      if (shown->actions->len > 0 && g_rand_int_range (rand, 0, 4) != 0) {
        const PvAction *action = shown->actions->pdata[g_rand_int_range (rand, 0, (gint) shown->actions->len)];

        kind = action->intention;
        target = action->target;
        value = action->value;
      }
      intention = pv_intention_new (kind, PV_ACTOR_CITIZEN, target, value);
      pv_journey_handle (fixture->journey, intention, &fixture->now);
      if (g_rand_int_range (rand, 0, 4) == 0)
        pv_journey_procedure_loaded (fixture->journey, "ecole", fixture->procedure, &fixture->now);
      pass_seconds (fixture, (guint) g_rand_int_range (rand, 0, 6));
      for (PvEffect *effect = pv_journey_pop_effect (fixture->journey); effect != NULL;
           effect = pv_journey_pop_effect (fixture->journey)) {
        if (effect->kind == PV_EFFECT_PRACTICE)
          is_practising = effect->number != 0;
        if (effect->kind == PV_EFFECT_STORE)
          assert_false (is_practising);
        if (effect->kind == PV_EFFECT_PRINT)
          assert_int_equal (effect->receipt->practice, is_practising);
        pv_effect_free (effect);
      }
      assert_true (!is_practising || screen (fixture)->is_practice || screen (fixture)->id == PV_SCREEN_GOODBYE);
      n_sent += strcmp (screen (fixture)->key, "done-practice") == 0 ? 1 : 0;
    }
  }
  assert_true (n_sent > 0); /* else it went nowhere */
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_format_has_an_answer_that_is_right_in_form),
    cmocka_unit_test (what_a_form_may_want_besides_has_an_answer),
    cmocka_unit_test (names_and_streets_get_answers_of_their_own),
    cmocka_unit_test (the_form_s_own_example_is_taken),
    cmocka_unit_test (what_nothing_fits_is_left_to_the_person),
    T (a_practice_goes_to_its_end_and_stores_nothing),
    T (the_courier_is_told_before_anything_else_of_the_practice),
    T (the_mark_is_on_every_screen_and_on_what_is_asked_over_it),
    T (its_paper_is_marked_and_bears_nothing_to_come_back_with),
    T (what_is_real_afterwards_is_real_and_empty),
    T (it_can_be_done_again_without_leaving),
    T (quitting_in_the_middle_leads_home_or_away),
    T (typed_answers_are_practised_with_as_well),
    T (a_mediator_cannot_open_or_fill_a_practice),
    T (any_digits_open_the_made_up_card_and_the_reader_sleeps),
    T (one_touch_uses_the_made_up_card),
    T (a_kiosk_that_cannot_store_practises_all_the_same),
    T (random_touches_of_a_practice_store_nothing),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Addresses and places as they are typed, offered and chosen. */

#include "journey-help.h"

/* Street, complement, postcode and town of the sample's second page; and where it is. */
static void
add_questions (PvProcedure *procedure, PvAssistClass assist)
{
  PvPage *page = sample_page (procedure, "p5", "Le lieu");
  static const struct {
    const char *id, *label;
    guint flags;
  } parts[] = {
    { "20", "Rue", PV_QUESTION_REQUIRED | PV_QUESTION_ADDRESS },
    { "21", "Complément", 0 },
    { "22", "Code postal", PV_QUESTION_REQUIRED | PV_QUESTION_ADDRESS_POSTCODE },
    { "23", "Ville", PV_QUESTION_REQUIRED | PV_QUESTION_ADDRESS_TOWN },
  };

  g_ptr_array_remove_range (procedure->pages, 0, procedure->pages->len - 1);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    PvQuestion *question =
      sample_question (page->questions, PV_QUESTION_TEXT, parts[i].id, NULL, parts[i].label, parts[i].flags);

    question->group = g_strdup ("group-20");
    question->assist = assist;
  }
  sample_question (page->questions, PV_QUESTION_PLACE, "24", "lieu", "Où est-ce ?", PV_QUESTION_REQUIRED)->assist =
    assist;
}

static void
start_journey (Fixture *fixture, gboolean has_addresses)
{
  PvJourneyConfig config = sample_config ();

  config.has_addresses = has_addresses;
  pv_journey_free (fixture->journey);
  fixture->journey = pv_journey_new (&config);
  pv_journey_set_ref (fixture->journey, ref);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 22, 42 });
  pv_journey_catalogue_loaded (fixture->journey, fixture->catalogue, &fixture->now);
  pv_journey_service_state (fixture->journey, TRUE, TRUE, &fixture->now);
}

static int
set_up_addresses (void **state)
{
  Fixture *fixture;

  set_up (state);
  fixture = *state;
  add_questions (fixture->procedure, PV_ASSIST_TYPING);
  start_journey (fixture, TRUE);
  return 0;
}

/* As the index would: @n addresses and a crossing. */
static GPtrArray *
some_addresses (guint n, gboolean has_crossing)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_address_free);

  for (guint i = 0; i < n + (has_crossing ? 1 : 0); i++) {
    g_autofree char *id = g_strdup_printf ("s%u", i);
    g_autofree char *label = g_strdup_printf ("1%u rue des Écoles", i);
    PvAddress *address = pv_address_new (id, i < n ? label : "Rue des Écoles, angle rue du Port");

    address->street = g_strdup ("Rue des Écoles");
    address->postcode = g_strdup ("89999");
    address->commune = g_strdup ("Montclair");
    address->insee = g_strdup ("89999");
    address->latitude = 48.2 + i / 1000.0;
    address->longitude = -3.28;
    address->is_crossing = i >= n;
    g_ptr_array_add (found, address);
  }
  return found;
}

static guint
n_offers (Fixture *fixture, const char *id)
{
  const PvField *found = field (fixture, id);

  return found->choices != NULL ? found->choices->len : 0;
}

/* Types, and lets the index answer with @n addresses. */
static void
type_and_find (Fixture *fixture, const char *id, const char *words, guint n)
{
  PvEffect *effect;

  act (fixture, PV_DO_TYPE, id, words);
  effect = wait_effect (fixture, PV_EFFECT_FIND_ADDRESSES);
  assert_non_null (effect);
  assert_string_equal (effect->text, words);
  assert_string_equal (effect->path, id);
  pv_journey_addresses_found (fixture->journey, effect->path, effect->text, some_addresses (n, effect->number != 0),
                              &fixture->now);
  pv_effect_free (effect);
}

static void
go_to_place (Fixture *fixture)
{
  begin (fixture);
  type_and_find (fixture, "20", "12 rue", 3);
  act (fixture, PV_DO_CHOOSE, "20", "s2");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "question-24");
}

static void
an_address_fills_its_neighbours_and_leaves_the_complement (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  act (fixture, PV_DO_TYPE, "21", "Bâtiment B");
  type_and_find (fixture, "20", "12 rue", 3);
  assert_int_equal (n_offers (fixture, "20"), 3);
  assert_string_equal (((PvChoice *) field (fixture, "20")->choices->pdata[2])->label, "12 rue des Écoles");
  act (fixture, PV_DO_CHOOSE, "20", "s2");
  assert_string_equal (field (fixture, "20")->value, "12 rue des Écoles");
  assert_string_equal (field (fixture, "21")->value, "Bâtiment B");
  assert_string_equal (field (fixture, "22")->value, "89999");
  assert_string_equal (field (fixture, "23")->value, "Montclair");
  assert_int_equal (n_offers (fixture, "20"), 0);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "question-24");
}

static void
what_nobody_lists_is_as_good (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  type_and_find (fixture, "20", "Lieu-dit la Source", 0);
  assert_int_equal (n_offers (fixture, "20"), 0);
  act (fixture, PV_DO_TYPE, "22", "89999");
  act (fixture, PV_DO_TYPE, "23", "Montclair");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "question-24");
}

/* Else the four fields of an address need two pages, with offers that nobody wants any more. */
static void
who_goes_on_to_the_next_field_is_offered_nothing_more (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  type_and_find (fixture, "20", "12 rue des Écoles", 2);
  assert_int_equal (n_offers (fixture, "20"), 2);
  act (fixture, PV_DO_TYPE, "22", "8");
  assert_int_equal (n_offers (fixture, "20"), 0);
  assert_string_equal (field (fixture, "20")->value, "12 rue des Écoles");
  assert_string_equal (field (fixture, "22")->value, "8");
}

static void
too_little_is_not_looked_for (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  act (fixture, PV_DO_TYPE, "20", "12");
  assert_null (wait_effect (fixture, PV_EFFECT_FIND_ADDRESSES));
  act (fixture, PV_DO_TYPE, "21", "Bâtiment B"); /* nor what is no street */
  assert_null (wait_effect (fixture, PV_EFFECT_FIND_ADDRESSES));
}

static void
without_an_index_nothing_is_looked_for (void **state)
{
  Fixture *fixture = *state;

  start_journey (fixture, FALSE);
  begin (fixture);
  act (fixture, PV_DO_TYPE, "20", "12 rue des Écoles");
  assert_null (wait_effect (fixture, PV_EFFECT_FIND_ADDRESSES));
  assert_string_equal (field (fixture, "20")->value, "12 rue des Écoles");
}

/* Somebody typed on while the index was read. */
static void
an_answer_to_older_words_offers_nothing (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  act (fixture, PV_DO_TYPE, "20", "12 r");
  act (fixture, PV_DO_TYPE, "20", "12 ru");
  pv_journey_addresses_found (fixture->journey, "20", "12 r", some_addresses (3, FALSE), &fixture->now);
  assert_int_equal (n_offers (fixture, "20"), 0);
  pv_journey_addresses_found (fixture->journey, "24", "12 ru", some_addresses (3, FALSE), &fixture->now);
  assert_int_equal (n_offers (fixture, "20"), 0);
  pv_journey_addresses_found (fixture->journey, "20", "12 ru", some_addresses (3, FALSE), &fixture->now);
  assert_int_equal (n_offers (fixture, "20"), 3);
  act (fixture, PV_DO_TYPE, "20", "1");
  assert_int_equal (n_offers (fixture, "20"), 0);
  act (fixture, PV_DO_CHOOSE, "20", "s1"); /* what is no longer offered */
  assert_string_equal (field (fixture, "20")->value, "1");
}

static void
as_many_are_offered_as_fit_above_the_keyboard (void **state)
{
  static const struct {
    guint lines, n;
  } cases[] = { { 22, 4 }, { 15, 2 }, { 8, 2 }, { 6, 1 } };
  Fixture *fixture = *state;

  begin (fixture);
  type_and_find (fixture, "20", "12 rue", 6);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    pv_journey_set_capacity (fixture->journey, &(PvCapacity){ cases[i].lines, 42 });
    assert_int_equal (n_offers (fixture, "20"), cases[i].n);
  }
}

static void
a_place_is_chosen_and_sent_as_degrees (void **state)
{
  Fixture *fixture = *state;
  PvEffect *store;
  const PvSubmissionEntry *entry = NULL;

  go_to_place (fixture);
  assert_non_null (strstr (screen (fixture)->help, "two streets that meet"));
  type_and_find (fixture, "24", "ecoles port", 2);
  assert_int_equal (n_offers (fixture, "24"), 3);
  act (fixture, PV_DO_CHOOSE, "24", "s2");
  assert_string_equal (field (fixture, "24")->value, "Rue des Écoles, angle rue du Port, Montclair");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "check");
  act (fixture, PV_DO_SEND, NULL, NULL);
  store = wait_effect (fixture, PV_EFFECT_STORE);
  assert_non_null (store);
  for (guint i = 0; i < store->submission->entries->len; i++)
    if (strcmp (((PvSubmissionEntry *) store->submission->entries->pdata[i])->id, "24") == 0)
      entry = store->submission->entries->pdata[i];
  assert_int_equal (entry->kind, PV_QUESTION_PLACE);
  assert_string_equal (pv_value_get_id (entry->value, 0), "48.202000;-3.280000");
  pv_effect_free (store);
}

static void
words_are_no_place (void **state)
{
  Fixture *fixture = *state;
  PvEffect *effect;

  go_to_place (fixture);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_string_equal (field (fixture, "24")->error, "Write an address, then touch it in the list.");
  type_and_find (fixture, "24", "ecoles", 2);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "question-24");
  assert_string_equal (field (fixture, "24")->error, "Touch the right place in the list, under what you wrote.");
  /* Who comes back finds the words, and is offered the places again. */
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "question-20");
  assert_null (wait_effect (fixture, PV_EFFECT_FIND_ADDRESSES)); /* an address that was typed is right */
  act (fixture, PV_DO_NEXT, NULL, NULL);
  effect = wait_effect (fixture, PV_EFFECT_FIND_ADDRESSES);
  assert_non_null (effect);
  assert_string_equal (effect->text, "ecoles");
  assert_string_equal (field (fixture, "24")->value, "ecoles");
  pv_effect_free (effect);
}

/* To type on is to choose anew. */
static void
a_place_that_is_changed_is_none_until_it_is_chosen (void **state)
{
  Fixture *fixture = *state;

  go_to_place (fixture);
  type_and_find (fixture, "24", "ecoles", 2);
  act (fixture, PV_DO_CHOOSE, "24", "s0");
  type_and_find (fixture, "24", "10 rue des Écoles, Montclai", 2);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "question-24");
}

static void
nothing_found_and_nothing_to_look_in_say_what_to_do (void **state)
{
  Fixture *fixture = *state;
  PvEffect *effect;

  go_to_place (fixture);
  assert_int_equal (screen (fixture)->notices->len, 0);
  act (fixture, PV_DO_TYPE, "24", "zzzz");
  effect = wait_effect (fixture, PV_EFFECT_FIND_ADDRESSES);
  pv_journey_addresses_found (fixture->journey, "24", "zzzz", some_addresses (0, FALSE), &fixture->now);
  pv_effect_free (effect);
  assert_string_equal (((PvNotice *) screen (fixture)->notices->pdata[0])->text,
                       "Nothing was found. Write a street, or two streets that meet.");
  act (fixture, PV_DO_TYPE, "24", "zzzzz");
  pv_journey_addresses_found (fixture->journey, "24", "zzzzz", NULL, &fixture->now); /* the file is gone */
  assert_string_equal (((PvNotice *) screen (fixture)->notices->pdata[0])->text,
                       "Places cannot be looked up now. Please call a mediator.");
}

/* What is offered tells what was typed: it is as private. */
static void
offers_are_counted_aloud_and_private (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GPtrArray) speech = NULL;
  gboolean has_count = FALSE;
  guint n_private = 0;

  begin (fixture);
  type_and_find (fixture, "20", "12 rue", 3);
  speech = pv_screen_state_speech (screen (fixture));
  for (guint i = 0; i < speech->len; i++) {
    const PvUtterance *utterance = speech->pdata[i];

    has_count |= strcmp (utterance->text, "3 suggestions") == 0;
    if (strstr (utterance->text, "rue des Écoles") != NULL) {
      assert_true (utterance->is_personal);
      n_private++;
    }
  }
  assert_true (has_count);
  assert_int_equal (n_private, 3);
}

static void
a_mediator_chooses_only_what_they_may_see (void **state)
{
  Fixture *fixture = *state;
  static const struct {
    PvAssistClass assist;
    const char *value, *town;
  } cases[] = {
    { PV_ASSIST_TYPING, "12 rue", NULL },
    { PV_ASSIST_CLEAR, "12 rue des Écoles", "Montclair" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvProcedure) procedure = sample_procedure ();

    add_questions (procedure, cases[i].assist);
    pv_procedure_unref (fixture->procedure);
    fixture->procedure = pv_procedure_ref (procedure);
    start_journey (fixture, TRUE);
    begin (fixture);
    tell_helps (fixture, TRUE, TRUE);
    type_and_find (fixture, "20", "12 rue", 3);
    tell_helps (fixture, TRUE, TRUE);
    act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_CHOOSE, "20", "s2");
    assert_string_equal (field (fixture, "20")->value, cases[i].value);
    assert_true (g_strcmp0 (field (fixture, "23")->value, cases[i].town) == 0);
  }
}

static void
degrees_are_read_as_they_are_written (void **state)
{
  static const char *const wrong[] = { "",          "48.2",     "48.2;",    ";3.28", "48.2;3.28;1", "91;3",   "48;181",
                                       "0x30;3.28", "4e1;3.28", "48.2;inf", "nan;3", " 48.2;3.28",  "48.2 ;3" };
  g_autofree char *text = pv_location_format (48.1973, -3.2826);
  double latitude = 0, longitude = 0;

  (void) state;
  assert_string_equal (text, "48.197300;-3.282600");
  assert_true (pv_location_parse (text, &latitude, &longitude));
  assert_true (latitude > 48.19729 && latitude < 48.19731 && longitude < -3.28259 && longitude > -3.28261);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_false (pv_location_parse (wrong[i], &latitude, &longitude));
}

int
main (void)
{
#define T(name) cmocka_unit_test_setup_teardown (name, set_up_addresses, tear_down)
  const struct CMUnitTest tests[] = {
    T (an_address_fills_its_neighbours_and_leaves_the_complement),
    T (what_nobody_lists_is_as_good),
    T (who_goes_on_to_the_next_field_is_offered_nothing_more),
    T (too_little_is_not_looked_for),
    T (without_an_index_nothing_is_looked_for),
    T (an_answer_to_older_words_offers_nothing),
    T (as_many_are_offered_as_fit_above_the_keyboard),
    T (a_place_is_chosen_and_sent_as_degrees),
    T (words_are_no_place),
    T (a_place_that_is_changed_is_none_until_it_is_chosen),
    T (nothing_found_and_nothing_to_look_in_say_what_to_do),
    T (offers_are_counted_aloud_and_private),
    T (a_mediator_chooses_only_what_they_may_see),
    cmocka_unit_test (degrees_are_read_as_they_are_written),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

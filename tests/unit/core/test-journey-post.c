/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One of several ordinary computers in a room: which one, and what a table makes needless. */
#include "journey-steps.h"

static void
restart (Fixture *fixture, const char *place, gboolean is_post, const char *post)
{
  PvJourneyConfig config = sample_config ();

  config.place = place;
  config.is_post = is_post;
  config.post = post;
  config.starts_low = TRUE;
  pv_journey_free (fixture->journey);
  fixture->journey = pv_journey_new (&config);
  pv_journey_set_ref (fixture->journey, ref);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 22, 42 });
  pv_journey_catalogue_loaded (fixture->journey, fixture->catalogue, &fixture->now);
  pv_journey_printer_available (fixture->journey, TRUE, PV_PRINT_REASON_NONE, &fixture->now);
}

static void
its_number_stands_beside_the_place (void **state)
{
  static const struct {
    const char *place, *post, *shown;
  } rows[] = {
    { "Espace numérique", "3", "Espace numérique · Post 3" },
    { "Espace numérique", NULL, "Espace numérique" },
    { NULL, "12", "Post 12" },
    { NULL, NULL, NULL },
  };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    restart (fixture, rows[i].place, TRUE, rows[i].post);
    if (rows[i].shown != NULL)
      assert_string_equal (screen (fixture)->place, rows[i].shown);
    else
      assert_null (screen (fixture)->place);
  }
}

static void
the_paper_says_which_one_it_was (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) outcome = received ();
  g_autoptr (PvEffect) effect = NULL;

  restart (fixture, "Espace numérique", TRUE, "3");
  send (fixture);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  act (fixture, PV_DO_PRINT, NULL, NULL);
  effect = wait_effect (fixture, PV_EFFECT_PRINT);
  assert_non_null (effect);
  assert_string_equal (effect->receipt->place, "Espace numérique · Post 3");
}

/* Nobody is out of reach at a table, and nobody touches the screen. */
static void
nothing_is_lower_and_one_clicks (void **state)
{
  Fixture *fixture = *state;

  restart (fixture, NULL, TRUE, NULL);
  assert_string_equal (pv_screen_state_find_action (screen (fixture), PV_DO_START)->label, "Click to begin");
  assert_false (pv_journey_get_look (fixture->journey).is_low);
  act (fixture, PV_DO_START, NULL, NULL);
  assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_LOWER));
  assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_RAISE));
  restart (fixture, NULL, FALSE, NULL);
  assert_string_equal (pv_screen_state_find_action (screen (fixture), PV_DO_START)->label, "Touch to begin");
  assert_true (pv_journey_get_look (fixture->journey).is_low);
  act (fixture, PV_DO_START, NULL, NULL);
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_RAISE));
}

/* On the way, Escape is the button "Back"; on what is asked over a screen it stays there; at the end it is nothing. */
static void
escape_leads_back_and_loses_nothing (void **state)
{
  Fixture *fixture = *state;

  restart (fixture, NULL, TRUE, NULL);
  assert_int_equal (pv_screen_state_get_escape (screen (fixture)), PV_DO_NOTHING);
  answer_up_to_check (fixture);
  assert_int_equal (pv_screen_state_get_escape (screen (fixture)), PV_DO_BACK);
  act (fixture, PV_DO_QUIT, NULL, NULL);
  assert_int_equal (pv_screen_state_get_escape (screen (fixture)), PV_DO_STAY);
  act (fixture, PV_DO_STAY, NULL, NULL);
  act (fixture, PV_DO_OPEN_LOOK, NULL, NULL);
  assert_int_equal (pv_screen_state_get_escape (screen (fixture)), PV_DO_CLOSE);
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  act (fixture, PV_DO_OPEN_LANGUAGES, NULL, NULL);
  assert_int_equal (pv_screen_state_get_escape (screen (fixture)), PV_DO_CLOSE);
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  while (pv_screen_state_find_action (screen (fixture), PV_DO_NEXT_PAGE) != NULL)
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  act (fixture, PV_DO_TOGGLE, "12", NULL);
  act (fixture, PV_DO_SEND, NULL, NULL);
  assert_int_equal (pv_screen_state_get_escape (screen (fixture)), PV_DO_NOTHING);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (its_number_stands_beside_the_place, set_up, tear_down),
    cmocka_unit_test_setup_teardown (the_paper_says_which_one_it_was, set_up, tear_down),
    cmocka_unit_test_setup_teardown (nothing_is_lower_and_one_clicks, set_up, tear_down),
    cmocka_unit_test_setup_teardown (escape_leads_back_and_loses_nothing, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

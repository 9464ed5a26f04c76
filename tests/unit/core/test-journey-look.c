/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sheet "Read better". */
#include "journey-steps.h"

static const PvChoice *
choice_of (Fixture *fixture, const char *field, const char *id)
{
  const PvField *found = pv_screen_state_find_field (screen (fixture), field);

  assert_non_null (found);
  for (guint i = 0; i < found->choices->len; i++)
    if (g_str_equal (((const PvChoice *) found->choices->pdata[i])->id, id))
      return found->choices->pdata[i];
  fail_msg ("%s: no %s", field, id);
  return NULL;
}

static void
open_sheet (Fixture *fixture)
{
  act (fixture, PV_DO_START, NULL, NULL);
  act (fixture, PV_DO_OPEN_LOOK, NULL, NULL);
  assert_int_equal (screen (fixture)->id, PV_SCREEN_LOOK);
}

static void
it_offers_each_by_a_picture_and_words (void **state)
{
  Fixture *fixture = *state;
  const GPtrArray *fields;

  open_sheet (fixture);
  fields = screen (fixture)->fields;
  assert_int_equal (fields->len, 3);
  for (guint i = 0; i < fields->len; i++) {
    const PvField *field = fields->pdata[i];
    assert_non_null (field->label);
    for (guint k = 0; k < field->choices->len; k++) {
      const PvChoice *choice = field->choices->pdata[k];
      assert_non_null (choice->icon);
      assert_true (choice->label[0] != '\0' && strchr (choice->label, '%') == NULL);
    }
  }
  /* How large in numbers is said, not shown. */
  assert_string_equal (choice_of (fixture, "text-size", "150")->detail, "150 %");
  assert_true (choice_of (fixture, "text-size", "100")->selected);
  assert_true (choice_of (fixture, "theme", "light")->selected);
  assert_true (choice_of (fixture, "hand", "right")->selected);
}

static void
what_is_touched_is_tried_at_once_and_the_sheet_stays (void **state)
{
  static const struct {
    PvIntentionKind kind;
    const char *value, *field;
  } steps[] = {
    { PV_DO_SET_TEXT_SIZE, "200", "text-size" },
    { PV_DO_SET_THEME, "dark", "theme" },
    { PV_DO_SET_HAND, "left", "hand" },
    { PV_DO_SLOW_TOUCH, "slow", "hand" },
  };
  Fixture *fixture = *state;
  PvLook look;

  open_sheet (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (PvEffect) effect = NULL;

    act (fixture, steps[i].kind, steps[i].value, steps[i].value);
    effect = wait_effect (fixture, PV_EFFECT_SET_LOOK);
    assert_non_null (effect);
    assert_int_equal (screen (fixture)->id, PV_SCREEN_LOOK);
    assert_true (choice_of (fixture, steps[i].field, steps[i].value)->selected);
  }
  look = pv_journey_get_look (fixture->journey);
  assert_int_equal (look.text_percent, 200);
  assert_string_equal (look.theme, "dark");
  assert_true (look.is_left_handed);
  assert_true (look.is_slow);
  assert_false (choice_of (fixture, "hand", "right")->selected);
  /* Whoever trembles is told how to touch. */
  assert_non_null (screen (fixture)->help);
  act (fixture, PV_DO_SLOW_TOUCH, "slow", "slow");
  assert_false (pv_journey_get_look (fixture->journey).is_slow);
  assert_null (screen (fixture)->help);
}

static void
as_before_undoes_every_choice (void **state)
{
  Fixture *fixture = *state;
  PvLook look;

  open_sheet (fixture);
  assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_RESET_LOOK)); /* nothing to undo */
  act (fixture, PV_DO_LOWER, NULL, NULL);
  assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_RESET_LOOK)); /* not of this sheet */
  act (fixture, PV_DO_SET_TEXT_SIZE, NULL, "150");
  act (fixture, PV_DO_SET_THEME, NULL, "contrast");
  act (fixture, PV_DO_SET_HAND, NULL, "left");
  act (fixture, PV_DO_SLOW_TOUCH, NULL, NULL);
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_RESET_LOOK));
  act (fixture, PV_DO_RESET_LOOK, NULL, NULL);
  look = pv_journey_get_look (fixture->journey);
  assert_int_equal (look.text_percent, 100);
  assert_string_equal (look.theme, "light");
  assert_false (look.is_left_handed || look.is_slow);
  assert_true (look.is_low);
  assert_string_equal (look.language, "en");
  assert_int_equal (screen (fixture)->id, PV_SCREEN_LOOK);
}

static void
unknown_sizes_colours_and_hands_change_nothing (void **state)
{
  Fixture *fixture = *state;
  PvLook look;

  open_sheet (fixture);
  act (fixture, PV_DO_SET_HAND, NULL, "left");
  act (fixture, PV_DO_SET_TEXT_SIZE, NULL, "900");
  act (fixture, PV_DO_SET_TEXT_SIZE, NULL, "");
  act (fixture, PV_DO_SET_THEME, NULL, "purple");
  act (fixture, PV_DO_SET_HAND, NULL, "third");
  act (fixture, PV_DO_SET_HAND, NULL, NULL);
  look = pv_journey_get_look (fixture->journey);
  assert_int_equal (look.text_percent, 100);
  assert_string_equal (look.theme, "light");
  assert_true (look.is_left_handed);
}

static void
the_size_is_that_of_the_receipt (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) outcome = received ();
  g_autoptr (PvEffect) print = NULL;

  act (fixture, PV_DO_OPEN_LOOK, NULL, NULL);
  act (fixture, PV_DO_SET_TEXT_SIZE, NULL, "150");
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  send (fixture);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  act (fixture, PV_DO_PRINT, NULL, NULL);
  print = wait_effect (fixture, PV_EFFECT_PRINT);
  assert_non_null (print);
  assert_int_equal (print->receipt->text_percent, 150);
}

/* Who helps does not change how somebody else sees and touches. */
static void
a_mediator_does_not_change_the_look (void **state)
{
  static const PvIntentionKind kinds[] = { PV_DO_SET_TEXT_SIZE, PV_DO_SET_THEME, PV_DO_SET_HAND, PV_DO_SLOW_TOUCH,
                                           PV_DO_RESET_LOOK };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (PvIntention) intention = pv_intention_new (kinds[i], PV_ACTOR_MEDIATOR, NULL, "left");

    assert_false (pv_intention_is_allowed (intention));
  }
}

int
main (void)
{
#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    T (it_offers_each_by_a_picture_and_words), T (what_is_touched_is_tried_at_once_and_the_sheet_stays),
    T (as_before_undoes_every_choice),         T (unknown_sizes_colours_and_hands_change_nothing),
    T (the_size_is_that_of_the_receipt),       T (a_mediator_does_not_change_the_look),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

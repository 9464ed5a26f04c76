/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong: named at the top, with a way to each field; and nothing that was typed is lost over it. */

#include "journey-help.h"

/* At the group of two: street and postcode. */
static void
go_to_group (Fixture *fixture)
{
  begin (fixture);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_TYPE_PART, "3/day", "13");
  act (fixture, PV_DO_TYPE_PART, "3/month", "7");
  act (fixture, PV_DO_TYPE_PART, "3/year", "2020");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "question-4");
}

/* "4, 5" */
static char *
list_jumps (Fixture *fixture)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < screen (fixture)->actions->len; i++) {
    const PvAction *action = screen (fixture)->actions->pdata[i];

    if (action->role == PV_ROLE_JUMP)
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", action->target);
  }
  return g_string_free (list, FALSE);
}

static void
assert_jumps (Fixture *fixture, const char *expected)
{
  g_autofree char *list = list_jumps (fixture);

  assert_string_equal (list, expected);
}

static const char *
focused (Fixture *fixture)
{
  const char *id = NULL;

  for (guint i = 0; i < screen (fixture)->fields->len; i++) {
    const PvField *field = screen (fixture)->fields->pdata[i];

    assert_true (!field->is_focused || id == NULL);
    if (field->is_focused)
      id = field->id;
  }
  return id;
}

static void
the_summary_names_each_wrong_field_and_the_first_has_the_focus (void **state)
{
  Fixture *fixture = *state;
  const PvAction *jump;
  g_autofree char *said = NULL;

  go_to_group (fixture);
  assert_jumps (fixture, "");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "question-4");
  assert_string_equal (screen (fixture)->error_summary, "2 answers are to be mended.");
  assert_jumps (fixture, "4, 5");
  assert_string_equal (focused (fixture), "4");
  jump = pv_screen_state_find_action (screen (fixture), PV_DO_JUMP);
  assert_string_equal (jump->label, "Rue");
  said = g_strdup_printf ("Rue: %s", pv_screen_state_find_field (screen (fixture), "4")->error);
  assert_string_equal (jump->spoken, said);
  act (fixture, PV_DO_TYPE, "4", "4 rue des Tilleuls"); /* what is mended is not named any more */
  assert_string_equal (screen (fixture)->error_summary, "1 answer is to be mended.");
  assert_jumps (fixture, "5");
  assert_string_equal (focused (fixture), "5");
}

static void
a_touch_on_its_name_moves_the_focus_each_time (void **state)
{
  Fixture *fixture = *state;
  guint n_jumps;

  go_to_group (fixture);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  n_jumps = screen (fixture)->n_jumps;
  act (fixture, PV_DO_JUMP, "5", NULL);
  assert_string_equal (focused (fixture), "5");
  assert_true (screen (fixture)->n_jumps > n_jumps);
  n_jumps = screen (fixture)->n_jumps;
  act (fixture, PV_DO_TYPE, "5", "8"); /* to type moves nothing */
  assert_int_equal (screen (fixture)->n_jumps, n_jumps);
  act (fixture, PV_DO_JUMP, "5", NULL);
  assert_true (screen (fixture)->n_jumps > n_jumps);
  act (fixture, PV_DO_NEXT, NULL, NULL); /* the first wrong one again */
  assert_string_equal (focused (fixture), "4");
}

static void
nobody_jumps_where_no_way_is_offered (void **state)
{
  static const char *const targets[] = { "4", "2", "12", "", NULL };
  Fixture *fixture = *state;

  go_to_group (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++) {
    guint n_jumps = screen (fixture)->n_jumps;

    act (fixture, PV_DO_JUMP, targets[i], NULL);
    assert_screen (fixture, "question-4");
    assert_int_equal (screen (fixture)->n_jumps, n_jumps);
  }
}

static void
what_is_wrong_is_said_before_the_fields (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GPtrArray) speech = NULL;
  guint summary = 0, jump = 0, field = 0;

  go_to_group (fixture);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  speech = pv_screen_state_speech (screen (fixture));
  for (guint i = 0; i < speech->len; i++) {
    const PvUtterance *said = speech->pdata[i];

    if (g_str_equal (said->text, "2 answers are to be mended."))
      summary = i;
    if (g_str_has_prefix (said->text, "Code postal: "))
      jump = i;
    if (field == 0 && g_strcmp0 (said->field_id, "4") == 0)
      field = i;
  }
  assert_true (summary > 0 && summary < jump && jump < field);
}

static void
a_mediator_with_the_hand_may_lead_to_a_field (void **state)
{
  Fixture *fixture = *state;

  go_to_group (fixture);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  tell_helps (fixture, TRUE, FALSE);
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_JUMP, "5", NULL);
  assert_string_equal (focused (fixture), "4");
  tell_helps (fixture, TRUE, TRUE);
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_JUMP, "5", NULL);
  assert_string_equal (focused (fixture), "5");
  pv_journey_pointed (fixture->journey, "action:jump:5", &fixture->now);
  assert_true (pv_screen_state_find_action_named (screen (fixture), "jump:5")->is_pointed);
  assert_false (pv_screen_state_find_action_named (screen (fixture), "jump:4")->is_pointed);
}

static void
one_question_alone_needs_no_summary (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "question-1");
  assert_null (screen (fixture)->error_summary);
  assert_non_null (pv_screen_state_find_field (screen (fixture), "2")->error);
  assert_string_equal (focused (fixture), "2");
}

/* The statement is on the last page, "Send" as well. */
static void
a_missing_statement_is_led_to_whatever_page_it_is_on (void **state)
{
  Fixture *fixture = *state;
  PvPage *last;
  PvQuestion *statement;

  last = fixture->procedure->pages->pdata[fixture->procedure->pages->len - 1];
  for (guint i = 0; i < 6; i++) {
    g_autofree char *id = g_strdup_printf ("s%u", i);

    statement = sample_question (last->questions, PV_QUESTION_STATEMENT, id, NULL,
                                 "Je sais que la mairie peut me demander l’original de chaque papier plus tard.",
                                 i % 5 == 0 ? PV_QUESTION_REQUIRED : 0);
    assert_non_null (statement);
  }
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 12, 40 });
  answer_up_to_check (fixture);
  while (pv_screen_state_find_action (screen (fixture), PV_DO_NEXT_PAGE) != NULL)
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  act (fixture, PV_DO_SEND, NULL, NULL);
  assert_screen (fixture, "check");
  assert_jumps (fixture, "12, s0, s5");
  assert_string_equal (screen (fixture)->error_summary, "3 answers are to be mended.");
  assert_non_null (pv_screen_state_find_field (screen (fixture), "12")->error);
  assert_string_equal (focused (fixture), "12");
  act (fixture, PV_DO_TOGGLE, "12", NULL);
  act (fixture, PV_DO_JUMP, "s5", NULL);
  assert_non_null (pv_screen_state_find_field (screen (fixture), "s5"));
  assert_string_equal (focused (fixture), "s5");
  act (fixture, PV_DO_TOGGLE, "s5", NULL);
  act (fixture, PV_DO_JUMP, "s0", NULL);
  assert_string_equal (focused (fixture), "s0");
  act (fixture, PV_DO_TOGGLE, "s0", NULL);
  assert_null (screen (fixture)->error_summary);
  while (pv_screen_state_find_action (screen (fixture), PV_DO_NEXT_PAGE) != NULL)
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  act (fixture, PV_DO_SEND, NULL, NULL);
  assert_screen (fixture, "sending");
}

/* ---- a wrong answer is never erased ---- */

static void
assert_typed (Fixture *fixture, const char *where, const char *street, const char *postcode)
{
  assert_screen (fixture, "question-4");
  if (g_strcmp0 (pv_screen_state_find_field (screen (fixture), "4")->value, street) != 0
      || g_strcmp0 (pv_screen_state_find_field (screen (fixture), "5")->value, postcode) != 0)
    fail_msg ("not as typed after: %s", where);
}

static void
a_wrong_answer_stays_as_it_was_typed (void **state)
{
  static const char street[] = "4 rue\tdes “Tilleuls”  ", postcode[] = "8910";
  static const struct {
    PvIntentionKind kind;
    const char *value, *where;
  } rows[] = {
    { PV_DO_NEXT, NULL, "an error" },
    { PV_DO_SET_LANGUAGE, "fr", "another language" },
    { PV_DO_SET_LANGUAGE, "en", "the language again" },
    { PV_DO_SET_TEXT_SIZE, "200", "larger letters" },
    { PV_DO_SET_THEME, "dark", "other colours" },
    { PV_DO_LOWER, NULL, "the low layout" },
    { PV_DO_NEXT, NULL, "a second error" },
  };
  Fixture *fixture = *state;

  go_to_group (fixture);
  act (fixture, PV_DO_TYPE, "4", street);
  act (fixture, PV_DO_TYPE, "5", postcode);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    act (fixture, rows[i].kind, NULL, rows[i].value);
    if (rows[i].kind == PV_DO_SET_LANGUAGE)
      pv_journey_language_changed (fixture->journey);
    assert_typed (fixture, rows[i].where, street, postcode);
    assert_non_null (pv_screen_state_find_field (screen (fixture), "5")->error); /* and is still said to be wrong */
  }
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 6, 20 });
  assert_typed (fixture, "a smaller screen", street, postcode);
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "question-3");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_typed (fixture, "back and forth", street, postcode);
  act (fixture, PV_DO_QUIT, NULL, NULL);
  act (fixture, PV_DO_STAY, NULL, NULL);
  assert_typed (fixture, "“Quit?”", street, postcode);
  pass_seconds (fixture, 90);
  act (fixture, PV_DO_MORE_TIME, NULL, NULL);
  act (fixture, PV_DO_STILL_HERE, NULL, NULL);
  assert_typed (fixture, "the time that was needed", street, postcode);
}

static void
a_wrong_date_stays_as_it_was_typed (void **state)
{
  Fixture *fixture = *state;
  const PvField *field;

  begin (fixture);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_TYPE_PART, "3/day", "31");
  act (fixture, PV_DO_TYPE_PART, "3/month", "2");
  act (fixture, PV_DO_TYPE_PART, "3/year", "20");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_SET_LANGUAGE, NULL, "fr");
  pv_journey_language_changed (fixture->journey);
  act (fixture, PV_DO_BACK, NULL, NULL);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "question-3");
  field = pv_screen_state_find_field (screen (fixture), "3");
  assert_non_null (field->error);
  assert_string_equal (field->parts[0], "31");
  assert_string_equal (field->parts[1], "2");
  assert_string_equal (field->parts[2], "20");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (the_summary_names_each_wrong_field_and_the_first_has_the_focus),
    TEST (a_touch_on_its_name_moves_the_focus_each_time),
    TEST (nobody_jumps_where_no_way_is_offered),
    TEST (what_is_wrong_is_said_before_the_fields),
    TEST (a_mediator_with_the_hand_may_lead_to_a_field),
    TEST (one_question_alone_needs_no_summary),
    TEST (a_missing_statement_is_led_to_whatever_page_it_is_on),
    TEST (a_wrong_answer_stays_as_it_was_typed),
    TEST (a_wrong_date_stays_as_it_was_typed),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

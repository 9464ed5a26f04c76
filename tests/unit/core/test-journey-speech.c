/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The voice as it is seen: button, sheet, curtain; and the time that it takes. */
#include "journey-steps.h"

static void
restart (Fixture *fixture, gboolean can_speak, gboolean speaks_in_headset_only)
{
  PvJourneyConfig config = sample_config ();

  config.can_speak = can_speak;
  config.speaks_in_headset_only = speaks_in_headset_only;
  pv_journey_free (fixture->journey);
  fixture->journey = pv_journey_new (&config);
  pv_journey_set_ref (fixture->journey, ref);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 22, 42 });
  pv_journey_catalogue_loaded (fixture->journey, fixture->catalogue, &fixture->now);
  pv_journey_printer_available (fixture->journey, TRUE, PV_PRINT_REASON_NONE, &fixture->now);
  pv_journey_speaking_changed (fixture->journey, &(PvSpeaking){ 0 }, &fixture->now);
}

static int
set_up_voice (void **state)
{
  int result = set_up (state);

  restart (*state, TRUE, FALSE);
  return result;
}

static void
tell (Fixture *fixture, gboolean is_on, gboolean is_speaking, gboolean has_headset)
{
  const PvSpeaking speaking = { .is_on = is_on, .is_speaking = is_speaking, .has_headset = has_headset };

  pv_journey_speaking_changed (fixture->journey, &speaking, &fixture->now);
}

static const char *
listen_label (Fixture *fixture)
{
  const PvAction *action = pv_screen_state_find_action (screen (fixture), PV_DO_LISTEN);

  return action != NULL ? action->label : NULL;
}

static void
assert_ordered (Fixture *fixture, const char *word)
{
  g_autoptr (PvEffect) effect = wait_effect (fixture, PV_EFFECT_SPEECH);

  if (word == NULL) {
    assert_null (effect);
    return;
  }
  assert_non_null (effect);
  assert_string_equal (effect->text, word);
}

static const PvChoice *
find_tile (Fixture *fixture, const char *word)
{
  for (guint i = 0; i < screen (fixture)->fields->len; i++) {
    const PvField *field = screen (fixture)->fields->pdata[i];

    for (guint c = 0; field->choices != NULL && c < field->choices->len; c++)
      if (g_str_equal (((const PvChoice *) field->choices->pdata[c])->id, word))
        return field->choices->pdata[c];
  }
  return NULL;
}

static void
the_first_touch_speaks_and_the_next_opens_the_sheet (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  assert_string_equal (listen_label (fixture), "Listen");
  act (fixture, PV_DO_LISTEN, NULL, NULL);
  assert_ordered (fixture, "listen");
  assert_screen (fixture, "question-1");
  tell (fixture, TRUE, TRUE, FALSE);
  assert_string_equal (listen_label (fixture), "Voice");
  act (fixture, PV_DO_LISTEN, NULL, NULL);
  assert_ordered (fixture, NULL);
  assert_screen (fixture, "listen");
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  assert_screen (fixture, "question-1");
}

static void
welcome_can_be_heard_as_well (void **state)
{
  Fixture *fixture = *state;

  assert_string_equal (listen_label (fixture), "Listen");
  act (fixture, PV_DO_LISTEN, NULL, NULL);
  assert_ordered (fixture, "listen");
  assert_int_equal (screen (fixture)->notices->len, 0);
  tell (fixture, TRUE, TRUE, TRUE);
  assert_non_null (strstr (((const PvNotice *) screen (fixture)->notices->pdata[0])->text, "headset"));
}

static void
a_kiosk_without_a_voice_offers_none (void **state)
{
  Fixture *fixture = *state;

  restart (fixture, FALSE, FALSE);
  assert_null (listen_label (fixture));
  begin (fixture);
  assert_null (listen_label (fixture));
  act (fixture, PV_DO_LISTEN, NULL, NULL);
  act (fixture, PV_DO_SPEECH, NULL, "again");
  assert_ordered (fixture, NULL);
}

static void
each_button_of_the_sheet_orders_what_it_says (void **state)
{
  static const char *const words[] = { "pause",  "again",  "slower",     "faster",
                                       "softer", "louder", "echo-words", "echo-nothing" };
  Fixture *fixture = *state;

  begin (fixture);
  tell (fixture, TRUE, FALSE, FALSE);
  act (fixture, PV_DO_LISTEN, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    const PvChoice *tile = find_tile (fixture, words[i]);

    assert_non_null (tile);
    assert_int_equal (tile->intention, PV_DO_SPEECH);
    act (fixture, PV_DO_SPEECH, words[i], words[i]);
    assert_ordered (fixture, words[i]);
    assert_screen (fixture, "listen");
  }
  assert_true (find_tile (fixture, "echo-nothing")->selected);
  assert_null (find_tile (fixture, "spell")); /* there is no reference */
  act (fixture, PV_DO_SPEECH, NULL, "shout");
  assert_ordered (fixture, NULL);
  act (fixture, PV_DO_SPEECH, NULL, "off");
  assert_ordered (fixture, "off");
  assert_screen (fixture, "question-1");
}

/* Who does not see the button has the key. */
static void
the_key_for_a_pause_begins_as_well (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  act (fixture, PV_DO_SPEECH, NULL, "pause");
  assert_ordered (fixture, "listen");
  tell (fixture, TRUE, TRUE, FALSE);
  act (fixture, PV_DO_SPEECH, NULL, "pause");
  assert_ordered (fixture, "pause");
}

static void
a_reference_can_be_spelled (void **state)
{
  Fixture *fixture = *state;

  send (fixture);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  pass_seconds (fixture, 15);
  tell (fixture, TRUE, FALSE, FALSE);
  act (fixture, PV_DO_LISTEN, NULL, NULL);
  assert_non_null (find_tile (fixture, "spell"));
}

static void
the_curtain_is_for_who_has_a_headset (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvEffect) effect = NULL;

  begin (fixture);
  tell (fixture, TRUE, FALSE, FALSE);
  act (fixture, PV_DO_LISTEN, NULL, NULL);
  assert_null (find_tile (fixture, "curtain"));
  act (fixture, PV_DO_SPEECH, NULL, "curtain");
  assert_false (pv_journey_get_look (fixture->journey).is_curtained);
  tell (fixture, TRUE, FALSE, TRUE);
  act (fixture, PV_DO_LISTEN, NULL, NULL);
  assert_string_equal (find_tile (fixture, "curtain")->label, "Hide the screen");
  act (fixture, PV_DO_SPEECH, NULL, "curtain");
  assert_true (pv_journey_get_look (fixture->journey).is_curtained);
  effect = wait_effect (fixture, PV_EFFECT_SET_LOOK);
  assert_non_null (effect);
  assert_ordered (fixture, "curtained"); /* who hears knows what stands on it */
  act (fixture, PV_DO_SPEECH, NULL, "curtained");
  assert_ordered (fixture, NULL);
}

/* It stays when the plug is pulled: who pulled it did not ask for their answers to be shown. */
static void
the_curtain_stays_until_it_is_lifted_or_nothing_is_behind_it (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell (fixture, TRUE, FALSE, TRUE);
  act (fixture, PV_DO_SPEECH, NULL, "curtain");
  tell (fixture, FALSE, FALSE, FALSE);
  assert_true (pv_journey_get_look (fixture->journey).is_curtained);
  act (fixture, PV_DO_SPEECH, NULL, "curtain");
  assert_false (pv_journey_get_look (fixture->journey).is_curtained);
  tell (fixture, TRUE, FALSE, TRUE);
  act (fixture, PV_DO_SPEECH, NULL, "curtain");
  act (fixture, PV_DO_QUIT, NULL, NULL);
  act (fixture, PV_DO_ERASE, NULL, NULL);
  assert_screen (fixture, "goodbye");
  assert_false (pv_journey_get_look (fixture->journey).is_curtained);
}

static void
a_mediator_changes_nothing_of_the_voice (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_LISTEN, NULL, NULL);
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_SPEECH, NULL, "louder");
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_SPEECH, NULL, "curtain");
  assert_ordered (fixture, NULL);
}

static void
no_time_runs_out_while_something_is_said (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell (fixture, TRUE, TRUE, FALSE);
  pass_seconds (fixture, 300);
  assert_screen (fixture, "question-1");
  assert_true (pv_journey_end_deadline_ms (fixture->journey) > fixture->now.monotonic_ms);
  tell (fixture, TRUE, FALSE, FALSE);
  pass_seconds (fixture, 89);
  assert_screen (fixture, "question-1");
  pass_seconds (fixture, 1);
  assert_screen (fixture, "still-there");
}

/* The question itself is heard before its minute begins. */
static void
the_last_minute_begins_when_it_was_said (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell (fixture, TRUE, FALSE, FALSE);
  pass_seconds (fixture, 90);
  assert_screen (fixture, "still-there");
  tell (fixture, TRUE, TRUE, FALSE);
  pass_seconds (fixture, 70);
  assert_screen (fixture, "still-there");
  tell (fixture, TRUE, FALSE, FALSE);
  pass_seconds (fixture, 59);
  assert_screen (fixture, "still-there");
  pass_seconds (fixture, 1);
  assert_screen (fixture, "goodbye");
}

static void
what_nobody_asked_for_keeps_no_session_alive (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell (fixture, TRUE, FALSE, FALSE);
  pass_seconds (fixture, 80);
  tell (fixture, TRUE, TRUE, FALSE); /* the printer has no paper */
  pass_seconds (fixture, 15);
  assert_screen (fixture, "question-1");
  tell (fixture, TRUE, FALSE, FALSE);
  pass_seconds (fixture, 19);
  assert_screen (fixture, "question-1");
  pass_seconds (fixture, 1);
  assert_screen (fixture, "still-there");
}

static void
a_voice_that_never_ends_keeps_no_session_alive (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell (fixture, TRUE, TRUE, FALSE);
  pass_seconds (fixture, 600);
  assert_screen (fixture, "still-there");
}

static void
who_plugs_a_headset_in_is_there (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvEffect) effect = NULL;

  tell (fixture, TRUE, TRUE, TRUE);
  effect = wait_effect (fixture, PV_EFFECT_TOUCHED);
  assert_non_null (effect);
}

static void
a_headset_that_was_left_is_nobody (void **state)
{
  Fixture *fixture = *state;
  PvJourneyConfig config = sample_config ();

  config.can_speak = TRUE;
  pv_journey_free (fixture->journey);
  fixture->journey = pv_journey_new (&config);
  tell (fixture, TRUE, TRUE, TRUE);
  assert_null (wait_effect (fixture, PV_EFFECT_TOUCHED));
}

static void
without_a_loudspeaker_the_sheet_says_what_is_needed (void **state)
{
  Fixture *fixture = *state;

  restart (fixture, TRUE, TRUE);
  begin (fixture);
  act (fixture, PV_DO_LISTEN, NULL, NULL);
  assert_ordered (fixture, NULL);
  assert_screen (fixture, "listen");
  assert_non_null (strstr (screen (fixture)->help, "headset"));
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  tell (fixture, FALSE, FALSE, TRUE);
  act (fixture, PV_DO_LISTEN, NULL, NULL);
  assert_ordered (fixture, "listen");
}

static void
a_voice_that_is_away_is_seen (void **state)
{
  Fixture *fixture = *state;
  const PvSpeaking speaking = { .has_failed = TRUE };

  begin (fixture);
  tell (fixture, TRUE, TRUE, FALSE);
  pv_journey_speaking_changed (fixture->journey, &speaking, &fixture->now);
  assert_screen (fixture, "listen");
  assert_int_equal (screen (fixture)->notices->len, 1);
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  act (fixture, PV_DO_LISTEN, NULL, NULL); /* it is tried again */
  assert_ordered (fixture, "listen");
}

/* Breton: it is told, with the way to a language that has one, and nothing is waited for. */
static void
a_language_without_a_voice_is_told (void **state)
{
  Fixture *fixture = *state;
  const PvSpeaking silent = { .lacks_voice = TRUE };

  begin (fixture);
  pv_journey_speaking_changed (fixture->journey, &silent, &fixture->now);
  assert_screen (fixture, "question-1"); /* nobody asked for it */
  act (fixture, PV_DO_LISTEN, NULL, NULL);
  assert_screen (fixture, "listen");
  assert_null (wait_effect (fixture, PV_EFFECT_SPEECH));
  assert_string_equal (((const PvNotice *) screen (fixture)->notices->pdata[0])->text,
                       "There is no voice in this language. A mediator can read with you.");
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_CLOSE));
  act (fixture, PV_DO_OPEN_LANGUAGES, NULL, NULL);
  assert_screen (fixture, "languages");
  act (fixture, PV_DO_SET_LANGUAGE, NULL, "fr");
  assert_screen (fixture, "question-1");
  tell (fixture, FALSE, FALSE, FALSE);
  act (fixture, PV_DO_LISTEN, NULL, NULL);
  assert_ordered (fixture, "listen");
}

/* It was speaking, and the language changed to one that it does not speak. */
static void
a_voice_that_cannot_go_on_says_why_on_the_screen (void **state)
{
  Fixture *fixture = *state;
  const PvSpeaking silent = { .has_failed = TRUE, .lacks_voice = TRUE };

  begin (fixture);
  tell (fixture, TRUE, TRUE, FALSE);
  pv_journey_speaking_changed (fixture->journey, &silent, &fixture->now);
  assert_screen (fixture, "listen");
  assert_int_equal (screen (fixture)->notices->len, 1);
  assert_non_null (
    strstr (((const PvNotice *) screen (fixture)->notices->pdata[0])->text, "no voice in this language"));
}

/* What is asked over the screen is not lost for the sheet of the voice. */
static void
over_a_question_it_is_said_again (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell (fixture, TRUE, FALSE, FALSE);
  act (fixture, PV_DO_CALL_MEDIATOR, NULL, NULL);
  assert_screen (fixture, "mediator");
  act (fixture, PV_DO_LISTEN, NULL, NULL);
  assert_ordered (fixture, "again");
  assert_screen (fixture, "mediator");
}

int
main (void)
{
#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up_voice, tear_down)
  const struct CMUnitTest tests[] = {
    TEST (the_first_touch_speaks_and_the_next_opens_the_sheet),
    TEST (welcome_can_be_heard_as_well),
    TEST (a_kiosk_without_a_voice_offers_none),
    TEST (each_button_of_the_sheet_orders_what_it_says),
    TEST (the_key_for_a_pause_begins_as_well),
    TEST (a_reference_can_be_spelled),
    TEST (the_curtain_is_for_who_has_a_headset),
    TEST (the_curtain_stays_until_it_is_lifted_or_nothing_is_behind_it),
    TEST (a_mediator_changes_nothing_of_the_voice),
    TEST (no_time_runs_out_while_something_is_said),
    TEST (the_last_minute_begins_when_it_was_said),
    TEST (what_nobody_asked_for_keeps_no_session_alive),
    TEST (a_voice_that_never_ends_keeps_no_session_alive),
    TEST (who_plugs_a_headset_in_is_there),
    TEST (a_headset_that_was_left_is_nobody),
    TEST (without_a_loudspeaker_the_sheet_says_what_is_needed),
    TEST (a_voice_that_is_away_is_seen),
    TEST (a_language_without_a_voice_is_told),
    TEST (a_voice_that_cannot_go_on_says_why_on_the_screen),
    TEST (over_a_question_it_is_said_again),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

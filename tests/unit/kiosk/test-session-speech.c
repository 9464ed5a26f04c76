/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The voice of a session, with a plug and a clock of the test's. */
#include "tst.h"

#include "listener.h"

static int
set_up (void **state)
{
  Listener *listener = g_new0 (Listener, 1);

  listener_init (listener);
  *state = listener;
  return 0;
}

static int
tear_down (void **state)
{
  listener_clear (*state);
  g_free (*state);
  return 0;
}

static PvScreenState *
make_welcome (void)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_WELCOME, "welcome");

  state->title = g_strdup ("Hello. Your procedures.");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_START, "Touch to begin");
  return state;
}

static PvScreenState *
make_question (void)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_QUESTION, "question-1");
  PvField *field;

  state->title = g_strdup ("Who are you?");
  field = pv_screen_state_add_field (state, PV_FIELD_INPUT, "name", "Name");
  field->value = g_strdup ("Martin");
  field->is_personal = TRUE;
  return state;
}

static void
show (Listener *listener, PvScreenState *state)
{
  pv_speech_link_show (listener->link, state, "en");
  pv_screen_state_free (state);
}

static void
wake (Listener *listener)
{
  assert_true (pv_speech_link_wake (listener->link, NULL));
}

/* The last order, without what comes after its first word. */
static void
assert_last_order (Listener *listener, const char *order)
{
  g_auto (GStrv) lines = g_strsplit (g_strchomp ((char *) voice_recorder_get_log (listener->recorder)), "\n", -1);

  assert_true (g_str_has_prefix (lines[g_strv_length (lines) - 1], order));
}

static void
a_hidden_session_opens_no_sound (void **state)
{
  Listener *listener = *state;

  show (listener, make_welcome ());
  pv_speech_link_perform (listener->link, "listen");
  assert_int_equal (listener->n_opened, 0);
  assert_int_equal (listener->n_changes, 0);
}

static void
a_headset_on_welcome_is_heard_within_a_second (void **state)
{
  Listener *listener = *state;

  wake (listener);
  show (listener, make_welcome ());
  assert_string_equal (voice_recorder_get_log (listener->recorder), "");
  listener_plug (listener, TRUE);
  voice_recorder_advance (listener->recorder, 999);
  assert_true (voice_recorder_has_heard (listener->recorder, "Your headset works."));
  assert_true (listener->speaking.is_on && listener->speaking.is_speaking && listener->speaking.has_headset);
  assert_true (voice_recorder_finish (listener->recorder));
  assert_true (voice_recorder_has_heard (listener->recorder, "This voice speaks English."));
  assert_true (voice_recorder_has_heard (listener->recorder, "The arrow keys move."));
  assert_true (voice_recorder_has_heard (listener->recorder, "change the volume."));
  assert_true (voice_recorder_has_heard (listener->recorder, "To stop the voice, unplug the headset."));
  assert_true (voice_recorder_has_heard (listener->recorder, "Touch to begin"));
  assert_false (listener->speaking.is_speaking);
}

static void
a_touch_silences_before_anything_comes_of_it (void **state)
{
  Listener *listener = *state;

  wake (listener);
  show (listener, make_question ());
  pv_speech_link_perform (listener->link, "listen");
  voice_recorder_advance (listener->recorder, 100);
  assert_true (voice_recorder_count (listener->recorder) > 0);
  pv_speech_link_interrupt (listener->link);
  assert_int_equal (voice_recorder_count (listener->recorder), 0);
  assert_last_order (listener, "STOP");
  assert_false (listener->speaking.is_speaking);
}

static void
an_unplugged_headset_mutes_and_the_loudspeaker_stays_silent (void **state)
{
  Listener *listener = *state;
  const PvFocus focus = { PV_FOCUS_FIELD, "name", 0 };
  g_autoptr (PvIntention) typed = pv_intention_new (PV_DO_TYPE, PV_ACTOR_CITIZEN, "name", "Martine");

  wake (listener);
  show (listener, make_question ());
  listener_plug (listener, TRUE);
  voice_recorder_advance (listener->recorder, 100);
  listener_plug (listener, FALSE);
  assert_last_order (listener, "ROUTE none");
  assert_int_equal (voice_recorder_count (listener->recorder), 0);
  assert_false (listener->speaking.is_on);
  voice_recorder_clear_log (listener->recorder);
  show (listener, make_welcome ());
  show (listener, make_question ());
  pv_speech_link_focus (listener->link, &focus);
  pv_speech_link_intend (listener->link, typed);
  pv_speech_link_interrupt (listener->link);
  pv_speech_link_perform (listener->link, "again");
  pv_speech_link_perform (listener->link, "pause");
  pv_speech_link_perform (listener->link, "louder");
  voice_recorder_advance (listener->recorder, 10000);
  assert_string_equal (voice_recorder_get_log (listener->recorder), "");
}

static void
personal_words_go_to_the_headset_only (void **state)
{
  Listener *listener = *state;

  wake (listener);
  show (listener, make_question ());
  pv_speech_link_perform (listener->link, "listen");
  assert_true (voice_recorder_finish (listener->recorder));
  assert_false (voice_recorder_has_heard (listener->recorder, "Martin"));
  listener_plug (listener, TRUE);
  assert_true (voice_recorder_finish (listener->recorder));
  assert_true (voice_recorder_has_heard (listener->recorder, "Martin"));
}

/* speech-dispatcher keeps what it said: it refuses what is personal, and a sentence that fails would turn the voice off. */
static void
a_voice_that_is_not_discreet_goes_on_without_what_is_personal (void **state)
{
  Listener *listener = *state;

  listener->is_indiscreet = TRUE;
  wake (listener);
  listener_plug (listener, TRUE);
  show (listener, make_question ());
  assert_true (voice_recorder_finish (listener->recorder));
  assert_true (voice_recorder_has_heard (listener->recorder, "This voice does not say your own answers."));
  assert_false (voice_recorder_has_heard (listener->recorder, "Martin"));
  assert_true (listener->speaking.is_on);
  assert_false (listener->speaking.has_failed);
}

static void
letters_are_said_as_they_are_typed (void **state)
{
  Listener *listener = *state;
  g_autoptr (PvIntention) typed = pv_intention_new (PV_DO_TYPE, PV_ACTOR_CITIZEN, "name", "Martinx");
  g_autoptr (PvIntention) next = pv_intention_new (PV_DO_TYPE, PV_ACTOR_CITIZEN, "name", "Martinxy");

  wake (listener);
  listener_plug (listener, TRUE);
  show (listener, make_question ());
  assert_true (voice_recorder_finish (listener->recorder));
  pv_speech_link_intend (listener->link, typed);
  assert_last_order (listener, "SAY ");
  assert_true (voice_recorder_finish (listener->recorder));
  assert_true (g_str_has_suffix (g_strchomp ((char *) voice_recorder_get_heard (listener->recorder)), "\nx"));
  voice_recorder_clear_log (listener->recorder);
  pv_speech_link_perform (listener->link, "echo-nothing");
  pv_speech_link_intend (listener->link, next);
  assert_string_equal (voice_recorder_get_log (listener->recorder), "");
}

static void
the_field_that_is_being_said_is_told (void **state)
{
  Listener *listener = *state;

  wake (listener);
  show (listener, make_question ());
  pv_speech_link_perform (listener->link, "listen");
  assert_true (voice_recorder_finish (listener->recorder));
  assert_int_equal (listener->fields->len, 2); /* title, name; the hint about headsets is of none */
  assert_string_equal (listener->fields->pdata[0], "name");
  assert_string_equal (listener->fields->pdata[1], "-");
}

static void
a_machine_without_sound_says_so_and_is_asked_again (void **state)
{
  Listener *listener = *state;
  g_autoptr (GError) error = NULL;

  listener->is_mute = TRUE;
  assert_false (pv_speech_link_wake (listener->link, &error));
  assert_non_null (error);
  show (listener, make_question ());
  pv_speech_link_perform (listener->link, "listen");
  assert_true (listener->speaking.has_failed);
  assert_false (listener->speaking.is_on);
  listener->is_mute = FALSE;
  pv_speech_link_perform (listener->link, "listen");
  assert_true (listener->speaking.is_on);
  assert_false (listener->speaking.has_failed);
}

static void
a_voice_that_goes_away_is_told (void **state)
{
  Listener *listener = *state;

  wake (listener);
  show (listener, make_question ());
  voice_recorder_set_away (listener->recorder, TRUE);
  pv_speech_link_perform (listener->link, "listen");
  voice_recorder_advance (listener->recorder, 100);
  assert_true (listener->speaking.has_failed);
  voice_recorder_set_away (listener->recorder, FALSE);
  pv_speech_link_perform (listener->link, "listen");
  assert_true (voice_recorder_finish (listener->recorder));
  assert_true (voice_recorder_has_heard (listener->recorder, "Who are you?"));
}

static void
a_language_without_a_voice_is_told (void **state)
{
  Listener *listener = *state;
  g_autoptr (PvScreenState) question = make_question (), french = make_question ();

  wake (listener);
  pv_speech_link_show (listener->link, question, "br");
  pv_speech_link_perform (listener->link, "listen");
  assert_true (listener->speaking.has_failed);
  assert_string_equal (voice_recorder_get_heard (listener->recorder), "");
  assert_true (listener->speaking.lacks_voice);
  pv_speech_link_show (listener->link, french, "fr@facile"); /* French, to a voice */
  assert_false (listener->speaking.lacks_voice);
  pv_speech_link_perform (listener->link, "listen");
  assert_true (listener->speaking.is_on);
}

/* A journey keeps the session as long as something is said, and no longer. */
static void
a_change_is_told_once (void **state)
{
  Listener *listener = *state;
  guint n;

  wake (listener);
  show (listener, make_question ());
  pv_speech_link_perform (listener->link, "listen");
  n = listener->n_changes;
  assert_true (voice_recorder_finish (listener->recorder));
  assert_int_equal (listener->n_changes, n + 1);
  assert_false (listener->speaking.is_speaking);
}

int
main (void)
{
#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    TEST (a_hidden_session_opens_no_sound),
    TEST (a_headset_on_welcome_is_heard_within_a_second),
    TEST (a_touch_silences_before_anything_comes_of_it),
    TEST (an_unplugged_headset_mutes_and_the_loudspeaker_stays_silent),
    TEST (personal_words_go_to_the_headset_only),
    TEST (a_voice_that_is_not_discreet_goes_on_without_what_is_personal),
    TEST (letters_are_said_as_they_are_typed),
    TEST (the_field_that_is_being_said_is_told),
    TEST (a_machine_without_sound_says_so_and_is_asked_again),
    TEST (a_voice_that_goes_away_is_told),
    TEST (a_language_without_a_voice_is_told),
    TEST (a_change_is_told_once),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "speech-recorder.h"

static PvScreenState *
sample (void)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_QUESTION, "question-1");
  PvField *field;

  state->title = g_strdup ("What is your name?");
  field = pv_screen_state_add_field (state, PV_FIELD_INPUT, "1", NULL);
  field->value = g_strdup ("Martin");
  field->is_personal = TRUE;
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, "Continue");
  return state;
}

static void
an_answer_is_said_into_a_headset_only (void **test)
{
  g_autoptr (PvScreenState) state = sample ();
  SpeechRecorder recorder;

  (void) test;
  speech_recorder_init (&recorder);
  pv_speaker_say_screen (&recorder.speaker, state, "fr", FALSE);
  assert_true (speech_recorder_has_said (&recorder, "What is your name?"));
  assert_false (speech_recorder_has_said (&recorder, "Martin"));
  pv_speaker_say_screen (&recorder.speaker, state, "fr", TRUE);
  assert_true (speech_recorder_has_said (&recorder, "Martin"));
  speech_recorder_clear (&recorder);
}

static void
a_new_screen_silences_the_one_before (void **test)
{
  g_autoptr (PvScreenState) state = sample ();
  g_autoptr (PvScreenState) next = pv_screen_state_new (PV_SCREEN_GOODBYE, "goodbye");
  SpeechRecorder recorder;

  (void) test;
  next->title = g_strdup ("Goodbye");
  speech_recorder_init (&recorder);
  pv_speaker_say_screen (&recorder.speaker, state, "fr", TRUE);
  pv_speaker_say_screen (&recorder.speaker, next, "fr", TRUE);
  assert_int_equal (recorder.n_stops, 2);
  assert_int_equal (recorder.said->len, 1);
  speech_recorder_clear (&recorder);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_answer_is_said_into_a_headset_only),
    cmocka_unit_test (a_new_screen_silences_the_one_before),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

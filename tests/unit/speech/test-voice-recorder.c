/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What tests of the narrator lean on. */
#include "tst.h"

#include "voice-recorder.h"

static void
note_cb (const PvSpeechEvent *event, gpointer user_data)
{
  static const char *const names[] = { "begun", "word", "ended", "failed" };

  g_string_append_printf (user_data, "%u %s %u+%u\n", event->id, names[event->kind], event->offset, event->length);
}

static void
order (VoiceRecorder *recorder, PvSpeechOrderKind kind, guint number)
{
  const PvSpeechOrder stop = { .kind = kind, .number = number };
  PvVoice *voice = voice_recorder_get_voice (recorder);

  voice->perform (voice, &stop);
}

static void
say (VoiceRecorder *recorder, guint id, const char *text, gboolean is_personal)
{
  const PvSpeechOrder sentence = { .kind = PV_SPEECH_SAY,
                                   .id = id,
                                   .text = (char *) text,
                                   .language = (char *) "fr",
                                   .rate = 150,
                                   .is_personal = is_personal };
  PvVoice *voice = voice_recorder_get_voice (recorder);

  voice->perform (voice, &sentence);
}

static void
words_are_told_when_their_time_has_come (void **test)
{
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (VoiceRecorder) recorder = voice_recorder_new (note_cb, told);

  (void) test;
  order (recorder, PV_SPEECH_ROUTE, PV_ROUTE_LOUDSPEAKER);
  say (recorder, 7, "Été, bonjour.", FALSE);
  assert_string_equal (told->str, "");
  voice_recorder_advance (recorder, 1);
  assert_string_equal (told->str, "7 begun 0+0\n7 word 0+4\n");
  voice_recorder_advance (recorder, 399);
  assert_string_equal (told->str, "7 begun 0+0\n7 word 0+4\n7 word 5+8\n");
  assert_int_equal (voice_recorder_get_saying (recorder), 7);
  voice_recorder_advance (recorder, 400);
  assert_string_equal (told->str, "7 begun 0+0\n7 word 0+4\n7 word 5+8\n7 ended 0+0\n");
  assert_string_equal (voice_recorder_get_log (recorder), "ROUTE loudspeaker\nSAY 7 fr 150 Été, bonjour.\n");
}

static void
what_is_personal_is_refused_off_the_headset (void **test)
{
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (VoiceRecorder) recorder = voice_recorder_new (note_cb, told);

  (void) test;
  order (recorder, PV_SPEECH_ROUTE, PV_ROUTE_LOUDSPEAKER);
  say (recorder, 1, "Martin", TRUE);
  order (recorder, PV_SPEECH_ROUTE, PV_ROUTE_HEADSET);
  say (recorder, 2, "Durand", TRUE);
  assert_true (voice_recorder_finish (recorder));
  assert_string_equal (told->str, "1 failed 0+0\n2 begun 0+0\n2 word 0+6\n2 ended 0+0\n");
  assert_string_equal (voice_recorder_get_heard (recorder), "Durand\n");
}

static void
a_stop_forgets_what_waits (void **test)
{
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (VoiceRecorder) recorder = voice_recorder_new (note_cb, told);

  (void) test;
  order (recorder, PV_SPEECH_ROUTE, PV_ROUTE_LOUDSPEAKER);
  say (recorder, 1, "Un", FALSE);
  say (recorder, 2, "Deux", FALSE);
  voice_recorder_advance (recorder, 0);
  order (recorder, PV_SPEECH_STOP, 0);
  assert_true (voice_recorder_finish (recorder));
  assert_string_equal (told->str, "1 begun 0+0\n");
  assert_int_equal (voice_recorder_count (recorder), 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (words_are_told_when_their_time_has_come),
    cmocka_unit_test (what_is_personal_is_refused_off_the_headset),
    cmocka_unit_test (a_stop_forgets_what_waits),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

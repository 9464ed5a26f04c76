/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <dlfcn.h>
#include <string.h>

#include "speech/voice.h"
#include "speechd.h"

enum { TIMEOUT_MS = 10 * 1000 };

typedef struct Library {
  FakeSpeechdCopyLog copy_log;
  FakeSpeechdTell tell;
  FakeSpeechdSetAway set_away;
  FakeSpeechdReset reset;
} Library;

typedef struct Room {
  PvVoice *voice;
  GString *told;
} Room;

static Library library;

static void
event_cb (const PvSpeechEvent *event, gpointer user_data)
{
  static const char *const names[] = { "begun", "word", "ended", "failed" };

  g_string_append_printf (user_data, "%u %s %u+%u\n", event->id, names[event->kind], event->offset, event->length);
}

static int
enter_cb (void **test)
{
  Room *room = g_new0 (Room, 1);

  library.reset ();
  room->told = g_string_new (NULL);
  room->voice = pv_voice_new_dispatcher (event_cb, room->told, NULL);
  *test = room;
  return room->voice != NULL ? 0 : -1;
}

static int
leave_cb (void **test)
{
  Room *room = *test;

  pv_voice_free (room->voice);
  g_string_free (room->told, TRUE);
  g_free (room);
  return 0;
}

static void
order (Room *room, PvSpeechOrderKind kind, guint number)
{
  const PvSpeechOrder speech_order = { .kind = kind, .number = number };

  room->voice->perform (room->voice, &speech_order);
}

static void
say (Room *room, guint id, const char *text, gboolean is_personal)
{
  const PvSpeechOrder sentence = { .kind = PV_SPEECH_SAY,
                                   .id = id,
                                   .text = (char *) text,
                                   .language = (char *) "fr@facile",
                                   .rate = 150,
                                   .is_personal = is_personal };

  room->voice->perform (room->voice, &sentence);
}

/* Until the library was told @line. */
static gboolean
wait_for_line (const char *line)
{
  gint64 end_us = g_get_monotonic_time () + TIMEOUT_MS * G_TIME_SPAN_MILLISECOND;
  gboolean is_there = FALSE;

  while (!is_there && g_get_monotonic_time () < end_us) {
    g_autofree char *log = library.copy_log ();

    is_there = strstr (log, line) != NULL;
    if (!is_there)
      g_thread_yield ();
  }
  return is_there;
}

/* Until this is the last that the voice told. */
static gboolean
wait_for_event (const Room *room, const char *line)
{
  gint64 end_us = g_get_monotonic_time () + TIMEOUT_MS * G_TIME_SPAN_MILLISECOND;

  while (!g_str_has_suffix (room->told->str, line) && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, FALSE);
  return g_str_has_suffix (room->told->str, line);
}

static void
a_sentence_goes_there_with_a_mark_before_each_word (void **test)
{
  Room *room = *test;
  g_autofree char *log = NULL;

  order (room, PV_SPEECH_ROUTE, PV_ROUTE_LOUDSPEAKER);
  order (room, PV_SPEECH_VOLUME, 100);
  say (room, 7, "Été & hiver", FALSE);
  assert_true (wait_for_line ("say 1"));
  log = library.copy_log ();
  assert_string_equal (log, "open\nlanguage fr\nrate -22\nvolume 100\nsay 1 <speak><mark name=\"0\"/>Été "
                            "<mark name=\"4\"/>&amp; <mark name=\"6\"/>hiver</speak>\n");
}

static void
what_it_tells_comes_in_order (void **test)
{
  Room *room = *test;

  order (room, PV_SPEECH_ROUTE, PV_ROUTE_LOUDSPEAKER);
  say (room, 7, "Été, hiver.", FALSE);
  assert_true (wait_for_line ("say 1"));
  library.tell (1, 0, NULL);
  library.tell (1, 2, "0");
  library.tell (1, 2, "nonsense");
  library.tell (1, 2, "99");
  library.tell (1, 2, "5");
  library.tell (1, 1, NULL);
  assert_true (wait_for_event (room, "ended 0+0\n"));
  assert_string_equal (room->told->str, "7 begun 0+0\n7 word 0+3\n7 word 5+5\n7 ended 0+0\n");
}

static void
one_is_said_after_the_other (void **test)
{
  Room *room = *test;
  g_autofree char *log = NULL;

  order (room, PV_SPEECH_ROUTE, PV_ROUTE_HEADSET);
  say (room, 1, "Un", FALSE);
  say (room, 2, "Deux", FALSE);
  assert_true (wait_for_line ("say 1"));
  log = library.copy_log ();
  assert_null (strstr (log, "say 2"));
  library.tell (1, 1, NULL);
  assert_true (wait_for_line ("say 2"));
}

static void
a_stop_cancels_and_forgets (void **test)
{
  Room *room = *test;
  g_autofree char *log = NULL;

  order (room, PV_SPEECH_ROUTE, PV_ROUTE_LOUDSPEAKER);
  say (room, 1, "Un", FALSE);
  say (room, 2, "Deux", FALSE);
  assert_true (wait_for_line ("say 1"));
  order (room, PV_SPEECH_STOP, 0);
  assert_true (wait_for_line ("cancel"));
  library.tell (1, 3, NULL);
  say (room, 3, "Trois", FALSE);
  assert_true (wait_for_line ("Trois"));
  library.tell (1, 1, NULL); /* late, of the first one */
  library.tell (2, 0, NULL);
  assert_true (wait_for_event (room, "3 begun 0+0\n"));
  assert_string_equal (room->told->str, "3 begun 0+0\n");
  log = library.copy_log ();
  assert_null (strstr (log, "Deux"));
}

static void
what_is_personal_never_goes_there (void **test)
{
  Room *room = *test;
  g_autofree char *log = NULL;

  assert_false (room->voice->is_discreet); /* the narrator does not even try */
  order (room, PV_SPEECH_ROUTE, PV_ROUTE_HEADSET);
  say (room, 1, "Martin", TRUE);
  assert_true (wait_for_event (room, "1 failed 0+0\n"));
  log = library.copy_log ();
  assert_string_equal (log, "");
}

static void
without_a_route_nothing_goes_there (void **test)
{
  Room *room = *test;
  g_autofree char *log = NULL;

  say (room, 1, "Un", FALSE);
  assert_true (wait_for_event (room, "1 failed 0+0\n"));
  order (room, PV_SPEECH_ROUTE, PV_ROUTE_LOUDSPEAKER);
  say (room, 2, "Deux", FALSE);
  assert_true (wait_for_line ("say 1"));
  order (room, PV_SPEECH_ROUTE, PV_ROUTE_NONE);
  assert_true (wait_for_event (room, "2 failed 0+0\n"));
  log = library.copy_log ();
  assert_true (g_str_has_suffix (log, "cancel\n"));
}

static void
a_server_that_is_away_is_told_and_tried_again (void **test)
{
  Room *room = *test;

  order (room, PV_SPEECH_ROUTE, PV_ROUTE_LOUDSPEAKER);
  library.set_away (TRUE);
  say (room, 1, "Un", FALSE);
  assert_true (wait_for_event (room, "1 failed 0+0\n"));
  library.set_away (FALSE);
  say (room, 2, "Deux", FALSE);
  assert_true (wait_for_line ("Deux"));
  library.tell (1, 0, NULL);
  assert_true (wait_for_event (room, "2 begun 0+0\n"));
}

static void
there_is_one_at_a_time (void **test)
{
  g_autoptr (GError) error = NULL;

  (void) test;
  assert_null (pv_voice_new_dispatcher (event_cb, NULL, &error));
  assert_true (g_error_matches (error, PV_VOICE_ERROR, PV_VOICE_ERROR_NO_VOICE));
}

static gboolean
find (void *module, const char *name, gpointer ret_function)
{
  *(void **) ret_function = dlsym (module, name);
  return *(void **) ret_function != NULL;
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (a_sentence_goes_there_with_a_mark_before_each_word, enter_cb, leave_cb),
    cmocka_unit_test_setup_teardown (what_it_tells_comes_in_order, enter_cb, leave_cb),
    cmocka_unit_test_setup_teardown (one_is_said_after_the_other, enter_cb, leave_cb),
    cmocka_unit_test_setup_teardown (a_stop_cancels_and_forgets, enter_cb, leave_cb),
    cmocka_unit_test_setup_teardown (what_is_personal_never_goes_there, enter_cb, leave_cb),
    cmocka_unit_test_setup_teardown (without_a_route_nothing_goes_there, enter_cb, leave_cb),
    cmocka_unit_test_setup_teardown (a_server_that_is_away_is_told_and_tried_again, enter_cb, leave_cb),
    cmocka_unit_test_setup_teardown (there_is_one_at_a_time, enter_cb, leave_cb),
  };
  void *module;
  int failed;

  tst_init ();
  module = dlopen ("libspeechd.so.2", RTLD_NOW | RTLD_LOCAL);
  if (module == NULL || !find (module, FAKE_SPEECHD_COPY_LOG, &library.copy_log)
      || !find (module, FAKE_SPEECHD_TELL, &library.tell) || !find (module, FAKE_SPEECHD_SET_AWAY, &library.set_away)
      || !find (module, FAKE_SPEECHD_RESET, &library.reset)) {
    fprintf (stderr, "LD_LIBRARY_PATH does not lead to the library of the tests\n");
    return 1;
  }
  failed = cmocka_run_group_tests (tests, NULL, NULL);
  library.reset ();
  return failed;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When something is said, and where. What: test-narrator-script.c. */

#include "narrator-steps.h"

#define QUESTION "Who are you?|Name|A child?|Yes|No|Continue|Listen"
#define HELLO                                                                                                          \
  "Your headset works.|This voice speaks English.|The arrow keys move.|The Enter key chooses.|"                        \
  "The volume keys of the keyboard change the volume.|To stop the voice, unplug the headset."

static PvScreenState *
make_screen (PvScreenId id, const char *key, const char *title)
{
  PvScreenState *state = pv_screen_state_new (id, key);

  state->title = g_strdup (title);
  return state;
}

static void
nothing_is_said_until_it_is_asked_for (void **test)
{
  g_autoptr (PvScreenState) state = make_question ();
  g_autoptr (PvNarrator) narrator = pv_narrator_new (NULL);
  const PvFocus focus = { PV_FOCUS_ACTION, NULL, 0 };

  (void) test;
  pv_narrator_show (narrator, state, "en");
  pv_narrator_focus (narrator, &focus);
  pv_narrator_typed (narrator, "name", "M");
  for (guint what = PV_NARRATE_PAUSE; what < PV_N_NARRATES; what++)
    pv_narrator_do (narrator, what);
  assert_hears (narrator, "");
  assert_false (pv_narrator_is_on (narrator));
  pv_narrator_do (narrator, PV_NARRATE_LISTEN);
  assert_true (pv_narrator_is_speaking (narrator));
  assert_hears (narrator, "<loudspeaker>|<60>|" QUESTION);
  assert_false (pv_narrator_is_speaking (narrator));
  assert_true (pv_narrator_is_on (narrator));
}

static void
a_headset_on_welcome_begins_with_how_it_is_used (void **test)
{
  g_autoptr (PvScreenState) state = make_screen (PV_SCREEN_WELCOME, "welcome", "Hello.\nYour procedures.");
  g_autoptr (PvNarrator) narrator = pv_narrator_new (NULL);
  const PvNarratorConfig config = { .has_pad = TRUE, .keys_place = "Keys are below.", .keys_language = "en" };
  g_autoptr (PvNarrator) other = pv_narrator_new (&config);
  g_autofree char *heard = NULL;

  (void) test;
  pv_narrator_show (narrator, state, "en");
  pv_narrator_headset (narrator, TRUE);
  assert_hears (narrator, "<headset>|<60>|" HELLO "|Hello.|Your procedures.");
  pv_narrator_show (other, state, "en");
  pv_narrator_headset (other, TRUE);
  heard = hear (other);
  assert_non_null (strstr (heard, "|Keys are below.|Plus and minus change the volume.|"));
}

static void
a_headset_that_was_there_before_the_screen_is_heard_with_it (void **test)
{
  g_autoptr (PvScreenState) state = make_screen (PV_SCREEN_WELCOME, "welcome", "Hello.");
  g_autoptr (PvNarrator) narrator = pv_narrator_new (NULL);

  (void) test;
  pv_narrator_headset (narrator, TRUE);
  assert_hears (narrator, "");
  pv_narrator_show (narrator, state, "en");
  assert_hears (narrator, "<headset>|<60>|" HELLO "|Hello.");
}

static void
an_unplugged_headset_mutes_and_nothing_moves_to_the_loudspeaker (void **test)
{
  g_autoptr (PvScreenState) state = make_question (), next = make_screen (PV_SCREEN_DONE, "done", "Done");
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_HEADSET);
  const PvFocus focus = { PV_FOCUS_CHOICE, "child", 1 };

  (void) test;
  pv_narrator_do (narrator, PV_NARRATE_AGAIN);
  assert_hears_one (narrator, "Who are you?");
  pv_narrator_headset (narrator, FALSE);
  assert_hears (narrator, "!|<none>");
  assert_false (pv_narrator_is_speaking (narrator));
  pv_narrator_focus (narrator, &focus);
  pv_narrator_typed (narrator, "name", "M");
  pv_narrator_do (narrator, PV_NARRATE_AGAIN);
  pv_narrator_do (narrator, PV_NARRATE_PAUSE);
  pv_narrator_show (narrator, next, "en");
  assert_hears (narrator, "");
  assert_int_equal (pv_narrator_get_route (narrator), PV_ROUTE_NONE);
}

/* Words that were ordered and not fetched yet are as personal as others. */
static void
what_was_ordered_for_a_headset_goes_with_it (void **test)
{
  g_autoptr (PvScreenState) state = make_question ();
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_HEADSET);

  (void) test;
  pv_narrator_typed (narrator, "name", "M");
  pv_narrator_headset (narrator, FALSE);
  assert_hears (narrator, "!|<none>");
}

static void
a_headset_that_is_back_goes_on_with_the_sentence (void **test)
{
  g_autoptr (PvScreenState) state = make_question ();
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_HEADSET);
  PvSpeechEvent event = { .kind = PV_SPEECH_ENDED };

  (void) test;
  pv_narrator_do (narrator, PV_NARRATE_AGAIN);
  event.id = 14; /* of the first sentence: see the next assertion */
  assert_hears_one (narrator, "Who are you?");
  pv_narrator_event (narrator, &event);
  assert_hears_one (narrator, "Name");
  pv_narrator_headset (narrator, FALSE);
  pv_narrator_headset (narrator, TRUE);
  assert_hears (narrator, "!|<none>|<headset>|<60>|Name|A child?|Yes|No|Continue|Listen");
}

static void
a_headset_takes_over_from_the_loudspeaker (void **test)
{
  g_autoptr (PvScreenState) state = make_question ();
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_LOUDSPEAKER);

  (void) test;
  pv_narrator_do (narrator, PV_NARRATE_AGAIN);
  assert_hears_one (narrator, "Who are you?");
  pv_narrator_headset (narrator, TRUE);
  assert_hears (narrator, "!|<headset>|<60>|" QUESTION);
  pv_narrator_headset (narrator, FALSE);
  pv_narrator_do (narrator, PV_NARRATE_LISTEN); /* asked for: now it may */
  assert_hears (narrator, "<none>|<loudspeaker>|<60>|" QUESTION);
}

static void
personal_words_are_for_a_headset_only (void **test)
{
  g_autoptr (PvScreenState) state = make_question ();
  g_autoptr (PvNarrator) loud = NULL, quiet = NULL;

  (void) test;
  type_into (state, "name", "Martin");
  choose (state, "child", 1);
  loud = make_narrator (state, PV_ROUTE_LOUDSPEAKER);
  quiet = make_narrator (state, PV_ROUTE_HEADSET);
  pv_narrator_do (quiet, PV_NARRATE_AGAIN);
  assert_hears (quiet, "Who are you?|Name|Martin|A child?|Yes|No, selected|Continue|Listen");
  pv_narrator_do (loud, PV_NARRATE_AGAIN);
  assert_hears (loud,
                "Who are you?|Name|Your own answers are only said into a headset.|A child?|Yes|No|Continue|Listen");
}

static void
a_voice_that_is_not_discreet_is_told_nothing_personal (void **test)
{
  g_autoptr (PvScreenState) state = make_question (), typed = make_question ();
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_HEADSET);
  const PvFocus focus = { PV_FOCUS_FIELD, "name", 0 };

  (void) test;
  pv_narrator_set_discreet (narrator, FALSE);
  type_into (state, "name", "Martin");
  choose (state, "child", 1);
  pv_narrator_do (narrator, PV_NARRATE_AGAIN);
  assert_hears (narrator,
                "Who are you?|Name|This voice does not say your own answers.|A child?|Yes|No|Continue|Listen");
  pv_narrator_focus (narrator, &focus);
  assert_hears (narrator, "Name, to fill in");
  pv_narrator_typed (narrator, "name", "Martins");
  assert_hears (narrator, "Character 7 typed.");
}

static void
every_touch_silences_at_once (void **test)
{
  g_autoptr (PvScreenState) state = make_question ();
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_LOUDSPEAKER);

  (void) test;
  pv_narrator_do (narrator, PV_NARRATE_AGAIN);
  assert_hears_one (narrator, "Who are you?");
  pv_narrator_interrupt (narrator);
  assert_hears (narrator, "!");
  assert_false (pv_narrator_is_speaking (narrator));
  pv_narrator_interrupt (narrator); /* of nothing there is no end */
  assert_hears (narrator, "");
}

/* A touch on the button stops the voice before it is known what it means. */
static void
a_pause_goes_on_with_the_sentence (void **test)
{
  g_autoptr (PvScreenState) state = make_question ();
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_LOUDSPEAKER);

  (void) test;
  pv_narrator_do (narrator, PV_NARRATE_AGAIN);
  assert_hears_one (narrator, "Who are you?");
  pv_narrator_interrupt (narrator);
  pv_narrator_do (narrator, PV_NARRATE_PAUSE);
  assert_hears (narrator, "!");
  pv_narrator_interrupt (narrator);
  pv_narrator_do (narrator, PV_NARRATE_PAUSE);
  assert_hears (narrator, QUESTION);
  pv_narrator_interrupt (narrator);
  pv_narrator_do (narrator, PV_NARRATE_PAUSE); /* nothing is left: from the beginning */
  assert_hears (narrator, QUESTION);
}

static void
another_screen_is_said_from_its_beginning (void **test)
{
  g_autoptr (PvScreenState) state = make_question (), next = make_screen (PV_SCREEN_DONE, "done", "Done");
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_LOUDSPEAKER);

  (void) test;
  pv_narrator_do (narrator, PV_NARRATE_AGAIN);
  assert_hears_one (narrator, "Who are you?");
  pv_narrator_show (narrator, next, "en");
  assert_hears (narrator, "!|Done");
}

static void
where_a_screen_puts_the_keys_is_said_last (void **test)
{
  g_autoptr (PvScreenState) state = make_screen (PV_SCREEN_DONE, "done", "Done"), next = make_question ();
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_LOUDSPEAKER);
  const PvFocus focus = { PV_FOCUS_CHOICE, "child", 0 };

  (void) test;
  pv_narrator_show (narrator, next, "en");
  pv_narrator_place (narrator, &focus);
  assert_hears (narrator, QUESTION "|Yes, choice 1 of 2");
  pv_narrator_do (narrator, PV_NARRATE_OFF);
  pv_narrator_place (narrator, &focus);
  assert_hears (narrator, "<none>");
}

/* GTK and the pad find another place for the focus when what had it is gone. */
static void
a_focus_that_nobody_moved_cuts_no_screen_short (void **test)
{
  g_autoptr (PvScreenState) state = make_screen (PV_SCREEN_DONE, "done", "Done"), next = make_question ();
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_LOUDSPEAKER);
  const PvFocus focus = { PV_FOCUS_ACTION, NULL, 0 };

  (void) test;
  pv_narrator_show (narrator, next, "en");
  assert_hears_one (narrator, "Who are you?");
  pv_narrator_focus (narrator, &focus);
  assert_hears (narrator, ""); /* still at the first sentence */
  pv_narrator_interrupt (narrator);
  pv_narrator_focus (narrator, &focus); /* a hand did */
  assert_hears (narrator, "!|Continue, button");
}

/* As a letter with an accent, behind which the plain ones come again. */
static void
a_letter_that_moves_the_keys_is_heard_first (void **test)
{
  g_autoptr (PvScreenState) state = make_question ();
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_HEADSET);
  const PvFocus focus = { PV_FOCUS_KEY, "a", 0 }, other = { PV_FOCUS_KEY, "b", 0 };

  (void) test;
  pv_narrator_typed (narrator, "name", "\u00e8");
  pv_narrator_focus (narrator, &focus);
  assert_hears (narrator, "\u00e8|a");
  pv_narrator_typed (narrator, "name", "\u00e8m");
  pv_narrator_interrupt (narrator); /* the next key of a hand */
  pv_narrator_focus (narrator, &other);
  assert_hears (narrator, "!|b");
}

static void
a_new_language_is_said_in_its_voice (void **test)
{
  g_autoptr (PvScreenState) state = make_question (), again = make_question ();
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_LOUDSPEAKER);
  PvSpeechOrder *order;

  (void) test;
  pv_narrator_show (narrator, again, "fr");
  order = pv_narrator_pop (narrator);
  assert_int_equal (order->kind, PV_SPEECH_SAY);
  assert_string_equal (order->language, "fr");
  assert_int_equal (order->rate, PV_SPEECH_USUAL);
  pv_speech_order_free (order);
}

static void
volume_and_rate_change_in_steps_and_are_told (void **test)
{
  g_autoptr (PvScreenState) state = make_question ();
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_LOUDSPEAKER);
  static const struct {
    PvNarrate what;
    const char *heard;
    guint times, volume, rate;
  } cases[] = {
    { PV_NARRATE_LOUDER, "<70>|Volume 70.", 1, 70, PV_SPEECH_USUAL },
    { PV_NARRATE_LOUDER, "<100>|Volume 100.", 9, 100, PV_SPEECH_USUAL },
    { PV_NARRATE_SOFTER, "<10>|Volume 10.", 12, 10, PV_SPEECH_USUAL },
    { PV_NARRATE_FASTER, "A fast voice.", 1, 10, PV_SPEECH_FAST },
    { PV_NARRATE_FASTER, "The fastest voice.", 3, 10, PV_SPEECH_FASTEST },
    { PV_NARRATE_SLOWER, "The slowest voice.", 5, 10, PV_SPEECH_SLOW },
  };

  (void) test;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    for (guint n = 1; n < cases[i].times; n++) {
      g_autofree char *heard = NULL;

      pv_narrator_do (narrator, cases[i].what);
      heard = hear (narrator);
    }
    pv_narrator_do (narrator, cases[i].what);
    assert_hears (narrator, cases[i].heard);
    assert_int_equal (pv_narrator_get_volume (narrator), cases[i].volume);
    assert_int_equal (pv_narrator_get_rate (narrator), cases[i].rate);
  }
}

static void
what_was_being_said_goes_on_louder (void **test)
{
  g_autoptr (PvScreenState) state = make_question ();
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_LOUDSPEAKER);

  (void) test;
  pv_narrator_do (narrator, PV_NARRATE_AGAIN);
  assert_hears_one (narrator, "Who are you?");
  pv_narrator_interrupt (narrator);
  pv_narrator_do (narrator, PV_NARRATE_LOUDER);
  assert_hears (narrator, "!|<70>|Volume 70.|" QUESTION);
}

/* A loud room is no reason for loud ears. */
static void
headset_and_loudspeaker_have_a_volume_each (void **test)
{
  g_autoptr (PvScreenState) state = make_question ();
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_LOUDSPEAKER);

  (void) test;
  for (guint i = 0; i < 4; i++)
    pv_narrator_do (narrator, PV_NARRATE_LOUDER);
  assert_int_equal (pv_narrator_get_volume (narrator), 100);
  pv_narrator_headset (narrator, TRUE);
  assert_int_equal (pv_narrator_get_volume (narrator), 60);
}

static void
off_is_off_until_it_is_asked_for (void **test)
{
  g_autoptr (PvScreenState) state = make_question (), next = make_screen (PV_SCREEN_DONE, "done", "Done");
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_HEADSET);

  (void) test;
  pv_narrator_do (narrator, PV_NARRATE_OFF);
  pv_narrator_show (narrator, next, "en");
  pv_narrator_do (narrator, PV_NARRATE_AGAIN);
  assert_hears (narrator, "<none>");
  pv_narrator_do (narrator, PV_NARRATE_LISTEN); /* the headset is still there */
  assert_hears (narrator, "<headset>|<60>|Done");
}

static void
without_a_loudspeaker_a_headset_is_waited_for (void **test)
{
  const PvNarratorConfig config = { .is_headset_only = TRUE, .volume = 30, .rate = PV_SPEECH_SLOW };
  g_autoptr (PvScreenState) state = make_question ();
  g_autoptr (PvNarrator) narrator = pv_narrator_new (&config);
  g_autofree char *heard = NULL;

  (void) test;
  pv_narrator_show (narrator, state, "en");
  pv_narrator_do (narrator, PV_NARRATE_LISTEN);
  assert_hears (narrator, "");
  pv_narrator_headset (narrator, TRUE);
  heard = hear (narrator);
  assert_true (g_str_has_prefix (heard, "<headset>|<30>|Your headset works."));
  assert_int_equal (pv_narrator_get_rate (narrator), PV_SPEECH_SLOW);
}

static void
a_voice_that_is_away_is_known_and_can_be_asked_for_again (void **test)
{
  g_autoptr (PvScreenState) state = make_question ();
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_LOUDSPEAKER);
  PvSpeechEvent event = { .kind = PV_SPEECH_FAILED };
  PvSpeechOrder *order;

  (void) test;
  pv_narrator_do (narrator, PV_NARRATE_AGAIN);
  order = pv_narrator_pop (narrator);
  event.id = order->id;
  pv_speech_order_free (order);
  pv_narrator_event (narrator, &event);
  assert_true (pv_narrator_has_failed (narrator));
  assert_false (pv_narrator_is_speaking (narrator));
  pv_narrator_do (narrator, PV_NARRATE_LISTEN);
  assert_false (pv_narrator_has_failed (narrator));
}

static void
what_the_voice_tells_of_a_stopped_sentence_is_past (void **test)
{
  g_autoptr (PvScreenState) state = make_question (), next = make_screen (PV_SCREEN_DONE, "done", "Done");
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_LOUDSPEAKER);
  PvSpeechEvent event = { .kind = PV_SPEECH_ENDED };
  PvSpeechOrder *order;

  (void) test;
  pv_narrator_do (narrator, PV_NARRATE_AGAIN);
  order = pv_narrator_pop (narrator);
  event.id = order->id;
  pv_speech_order_free (order);
  pv_narrator_show (narrator, next, "en");
  pv_narrator_event (narrator, &event);
  assert_hears (narrator, "!|Done");
}

static void
the_field_that_is_being_said_is_known (void **test)
{
  g_autoptr (PvScreenState) state = make_question ();
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_LOUDSPEAKER);
  static const char *const fields[] = { NULL, "name", "child", "child", "child", NULL, NULL };

  (void) test;
  assert_null (pv_narrator_get_spoken_field (narrator));
  pv_narrator_do (narrator, PV_NARRATE_AGAIN);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    PvSpeechOrder *order = pv_narrator_pop (narrator);
    PvSpeechEvent event = { .kind = PV_SPEECH_ENDED, .id = order->id };

    assert_true (g_strcmp0 (pv_narrator_get_spoken_field (narrator), fields[i]) == 0);
    pv_speech_order_free (order);
    pv_narrator_event (narrator, &event);
  }
  assert_null (pv_narrator_get_spoken_field (narrator));
}

/* Over the sheet of the voice, its buttons are for the screen below; closed, it goes on where it was stopped. */
static void
the_sheet_of_the_voice_is_about_the_screen_below (void **test)
{
  g_autoptr (PvScreenState) state = make_question (), back = make_question ();
  g_autoptr (PvScreenState) sheet = make_screen (PV_SCREEN_LISTEN, "listen", "Voice");
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_LOUDSPEAKER);

  (void) test;
  pv_narrator_do (narrator, PV_NARRATE_AGAIN);
  assert_hears_one (narrator, "Who are you?");
  pv_narrator_interrupt (narrator);
  pv_narrator_show (narrator, sheet, "en");
  assert_hears (narrator, "!|Voice");
  pv_narrator_do (narrator, PV_NARRATE_AGAIN);
  assert_hears_one (narrator, "Who are you?");
  pv_narrator_interrupt (narrator);
  pv_narrator_show (narrator, back, "en");
  assert_hears (narrator, "!|" QUESTION);
}

/* The curtain falls with the sheet, and what was being read goes on behind it. */
static void
the_words_on_the_curtain_are_heard_before_the_reading_goes_on (void **test)
{
  g_autoptr (PvScreenState) state = make_question (), back = make_question ();
  g_autoptr (PvScreenState) sheet = make_screen (PV_SCREEN_LISTEN, "listen", "Voice");
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_HEADSET);

  (void) test;
  pv_narrator_do (narrator, PV_NARRATE_AGAIN);
  assert_hears_one (narrator, "Who are you?");
  pv_narrator_interrupt (narrator);
  pv_narrator_show (narrator, sheet, "en");
  assert_hears (narrator, "!|Voice");
  pv_narrator_do (narrator, PV_NARRATE_CURTAINED);
  pv_narrator_show (narrator, back, "en");
  assert_hears (narrator, "!|The screen is hidden.|To show it, leave a finger here for two seconds.|" QUESTION);
}

static void
a_reference_is_spelled_in_private (void **test)
{
  g_autoptr (PvScreenState) state = make_screen (PV_SCREEN_DONE, "done", "Done");
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_REFERENCE, "reference", "Number");
  g_autoptr (PvNarrator) loud = NULL, quiet = NULL;

  (void) test;
  field->value = g_strdup ("B1-8");
  field->help = g_strdup ("Code: CDFG");
  field->is_personal = TRUE;
  loud = make_narrator (state, PV_ROUTE_LOUDSPEAKER);
  quiet = make_narrator (state, PV_ROUTE_HEADSET);
  pv_narrator_do (quiet, PV_NARRATE_AGAIN);
  assert_hears (quiet,
                "Done|Number|B 1, dash, 8|Code: C D F G"); /* as it stands there: what is under it comes after it */
  pv_narrator_do (quiet, PV_NARRATE_SPELL);
  assert_hears (quiet, "Number|B as in Bravo|1|dash|8|Code|C as in Charlie|D as in Delta|F as in Foxtrot|G as in Golf");
  pv_narrator_do (loud, PV_NARRATE_SPELL);
  assert_hears (loud, "Number|Your own answers are only said into a headset.|Code");
}

static void
orders_have_words (void **test)
{
  PvNarrate what;
  PvSpeechEcho echo;

  (void) test;
  assert_true (pv_narrate_parse ("spell", &what));
  assert_int_equal (what, PV_NARRATE_SPELL);
  assert_false (pv_narrate_parse ("shout", &what));
  assert_true (pv_speech_echo_parse ("words", &echo));
  assert_int_equal (echo, PV_ECHO_WORDS);
  assert_false (pv_speech_echo_parse (NULL, &echo));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (nothing_is_said_until_it_is_asked_for),
    cmocka_unit_test (a_headset_on_welcome_begins_with_how_it_is_used),
    cmocka_unit_test (a_headset_that_was_there_before_the_screen_is_heard_with_it),
    cmocka_unit_test (an_unplugged_headset_mutes_and_nothing_moves_to_the_loudspeaker),
    cmocka_unit_test (what_was_ordered_for_a_headset_goes_with_it),
    cmocka_unit_test (a_headset_that_is_back_goes_on_with_the_sentence),
    cmocka_unit_test (a_headset_takes_over_from_the_loudspeaker),
    cmocka_unit_test (personal_words_are_for_a_headset_only),
    cmocka_unit_test (a_voice_that_is_not_discreet_is_told_nothing_personal),
    cmocka_unit_test (every_touch_silences_at_once),
    cmocka_unit_test (a_pause_goes_on_with_the_sentence),
    cmocka_unit_test (another_screen_is_said_from_its_beginning),
    cmocka_unit_test (where_a_screen_puts_the_keys_is_said_last),
    cmocka_unit_test (a_focus_that_nobody_moved_cuts_no_screen_short),
    cmocka_unit_test (a_letter_that_moves_the_keys_is_heard_first),
    cmocka_unit_test (a_new_language_is_said_in_its_voice),
    cmocka_unit_test (volume_and_rate_change_in_steps_and_are_told),
    cmocka_unit_test (what_was_being_said_goes_on_louder),
    cmocka_unit_test (headset_and_loudspeaker_have_a_volume_each),
    cmocka_unit_test (off_is_off_until_it_is_asked_for),
    cmocka_unit_test (without_a_loudspeaker_a_headset_is_waited_for),
    cmocka_unit_test (a_voice_that_is_away_is_known_and_can_be_asked_for_again),
    cmocka_unit_test (what_the_voice_tells_of_a_stopped_sentence_is_past),
    cmocka_unit_test (the_field_that_is_being_said_is_known),
    cmocka_unit_test (the_sheet_of_the_voice_is_about_the_screen_below),
    cmocka_unit_test (the_words_on_the_curtain_are_heard_before_the_reading_goes_on),
    cmocka_unit_test (a_reference_is_spelled_in_private),
    cmocka_unit_test (orders_have_words),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

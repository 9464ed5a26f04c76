/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A session that speaks, from the plug to the samples: the journey, the narrator and the link of the session, the real
 * espeak-ng and libasound, and a sound card of the test's own, which tells what each of its outlets has played. */
#include "journey-steps.h"

#include "kiosk/session/speech-link.h"
#include "sound-card.h"

enum { TIMEOUT_MS = 30 * 1000, QUIET_MS = 150, SILENT_WITHIN_US = 50 * 1000, N_STOPS = 5 };
/* By way of the main loop, which a busy machine may keep waiting. */
enum { UNPLUGGED_WITHIN_US = 120 * 1000 };

/* Hands everything on, and writes down what was to be said. */
typedef struct Spy {
  PvVoice voice;
  PvVoice *real;
  GString *said; /* a sentence a line; "personal " before what is */
} Spy;

typedef struct Session {
  Fixture *fixture;
  PvSpeechLink *link;
  GString *said;
  PvSpeaking speaking;
  gboolean is_told;   /* of the plug, once */
  gboolean has_ended; /* what was being said */
} Session;

static SoundCard *card;
static Session *entered; /* (nullable) */

/* ---- a session ---- */

static void
spy_perform (PvVoice *voice, const PvSpeechOrder *order)
{
  Spy *spy = (Spy *) voice;

  if (order->kind == PV_SPEECH_SAY)
    g_string_append_printf (spy->said, "%s%s\n", order->is_personal ? "personal " : "", order->text);
  spy->real->perform (spy->real, order);
}

static void
spy_free (PvVoice *voice)
{
  pv_voice_free (((Spy *) voice)->real);
  g_free (voice);
}

static PvVoice *
make_voice (PvVoiceFunc func, gpointer voice_data, gpointer user_data, GError **error)
{
  PvVoice *real = pv_voice_new_espeak ("loudspeaker", "headset", func, voice_data, error);
  Spy *spy;

  if (real == NULL)
    return NULL;
  spy = g_new0 (Spy, 1);
  spy->voice = (PvVoice){ .is_discreet = real->is_discreet, .perform = spy_perform, .free = spy_free };
  spy->real = real;
  spy->said = ((Session *) user_data)->said;
  return &spy->voice;
}

static PvJackWatch *
make_jack (PvJackFunc func, gpointer jack_data, gpointer user_data, GError **error)
{
  (void) user_data;
  return pv_jack_watch_new ("card", func, jack_data, error);
}

static void
changed_cb (const PvSpeaking *speaking, gpointer user_data)
{
  Session *session = user_data;

  session->has_ended |= session->speaking.is_speaking && !speaking->is_speaking;
  session->is_told = TRUE;
  session->speaking = *speaking;
  pv_journey_speaking_changed (session->fixture->journey, speaking, &session->fixture->now);
}

static void
spoken_cb (const char *field_id, gpointer user_data)
{
  (void) field_id;
  (void) user_data;
}

/* Effects first, then the screen, as the session does. */
static void
refresh (Session *session)
{
  PvEffect *effect;

  while ((effect = pv_journey_pop_effect (session->fixture->journey)) != NULL) {
    if (effect->kind == PV_EFFECT_SPEECH)
      pv_speech_link_perform (session->link, effect->text);
    pv_effect_free (effect);
  }
  pv_speech_link_show (session->link, screen (session->fixture),
                       pv_journey_get_look (session->fixture->journey).language);
}

static Session *
start (void)
{
  static const PvSpeechLinkEvents events = { make_voice, make_jack, changed_cb, spoken_cb };
  const PvNarratorConfig narrator = { .rate = PV_SPEECH_FASTEST };
  PvJourneyConfig config = sample_config ();
  Session *session = g_new0 (Session, 1);
  g_autoptr (GError) error = NULL;

  set_up ((void **) &session->fixture);
  config.can_speak = TRUE;
  pv_journey_free (session->fixture->journey);
  session->fixture->journey = pv_journey_new (&config);
  pv_journey_set_ref (session->fixture->journey, ref);
  pv_journey_set_capacity (session->fixture->journey, &(PvCapacity){ 22, 42 });
  pv_journey_catalogue_loaded (session->fixture->journey, session->fixture->catalogue, &session->fixture->now);
  session->said = g_string_new (NULL);
  session->link = pv_speech_link_new (&narrator, &events, session);
  assert_true (pv_speech_link_wake (session->link, &error));
  entered = session;
  refresh (session);
  assert_true (tst_pump_until (NULL, &session->is_told, TIMEOUT_MS));
  return session;
}

/* As goodbye does: the process ends. */
static void
end (Session *session)
{
  pv_speech_link_free (session->link);
  tear_down ((void **) &session->fixture);
  g_string_free (session->said, TRUE);
  g_free (session);
  entered = NULL;
}

static int
enter_cb (void **state)
{
  sound_card_reset (card);
  *state = start ();
  return 0;
}

static int
leave_cb (void **state)
{
  (void) state;
  if (entered != NULL)
    end (entered);
  return 0;
}

/* ---- what a citizen does, and hears ---- */

/* A touch or a key: silence, before it is known what it means. */
static void
touch (Session *session, PvIntentionKind kind, const char *target, const char *value)
{
  g_autoptr (PvIntention) intention = pv_intention_new (kind, PV_ACTOR_CITIZEN, target, value);

  pv_speech_link_interrupt (session->link);
  pv_speech_link_intend (session->link, intention);
  pv_journey_handle (session->fixture->journey, intention, &session->fixture->now);
  refresh (session);
}

static void
plug (gboolean is_plugged)
{
  sound_card_set_jack (card, SOUND_CARD_HEADSET_JACK, is_plugged);
}

static SoundCardHeard
look (SoundCardOutlet outlet)
{
  SoundCardHeard heard;

  sound_card_look (card, outlet, &heard);
  return heard;
}

static void
pump_ms (guint ms)
{
  const gboolean never = FALSE;

  tst_pump_until (NULL, &never, ms);
}

/* Until @n more frames that sound have been played there. */
static gboolean
hear_frames (SoundCardOutlet outlet, gsize n)
{
  gint64 end_us = g_get_monotonic_time () + TIMEOUT_MS * G_TIME_SPAN_MILLISECOND;
  gsize until = look (outlet).n_sounding + n;

  while (look (outlet).n_sounding < until && g_get_monotonic_time () < end_us)
    pump_ms (5);
  return look (outlet).n_sounding >= until;
}

/* To the end of what is being said. */
static gboolean
hear_out (Session *session)
{
  session->has_ended = !session->speaking.is_speaking;
  return tst_pump_until (NULL, &session->has_ended, TIMEOUT_MS);
}

static gboolean
has_said (const Session *session, const char *line)
{
  g_auto (GStrv) lines = g_strsplit (session->said->str, "\n", -1);

  return g_strv_contains ((const char *const *) lines, line);
}

static gboolean
hear_until (const Session *session, const char *line)
{
  gint64 end_us = g_get_monotonic_time () + TIMEOUT_MS * G_TIME_SPAN_MILLISECOND;

  while (!has_said (session, line) && g_get_monotonic_time () < end_us)
    pump_ms (5);
  return has_said (session, line);
}

/* To the first question, in silence. */
static void
go_to_question (Session *session)
{
  begin (session->fixture);
  refresh (session);
}

/* ---- tests ---- */

static void
a_headset_is_heard_within_a_second_of_its_plug_and_nothing_else_is (void **state)
{
  Session *session = *state;
  gint64 plugged_us;

  pump_ms (QUIET_MS);
  assert_int_equal (look (SOUND_CARD_HEADSET).n_frames, 0);
  plugged_us = g_get_monotonic_time ();
  plug (TRUE);
  assert_true (hear_frames (SOUND_CARD_HEADSET, 1));
  assert_true (look (SOUND_CARD_HEADSET).first_sound_us - plugged_us < G_TIME_SPAN_SECOND);
  assert_true (has_said (session, "Your headset works."));
  assert_true (hear_until (session, "Ville de Montclair"));
  assert_int_equal (look (SOUND_CARD_LOUDSPEAKER).n_frames, 0);
}

static void
an_unplugged_headset_is_silent_and_paused_and_the_loudspeaker_stays_still (void **state)
{
  Session *session = *state;
  gint64 unplugged_us;
  gsize n_frames;

  go_to_question (session);
  plug (TRUE);
  assert_true (hear_frames (SOUND_CARD_HEADSET, 5000));
  unplugged_us = g_get_monotonic_time ();
  plug (FALSE);
  pump_ms (QUIET_MS);
  assert_true (look (SOUND_CARD_HEADSET).last_sound_us - unplugged_us < UNPLUGGED_WITHIN_US);
  assert_false (session->speaking.is_on);
  n_frames = look (SOUND_CARD_HEADSET).n_frames;
  /* Whatever is done next, by whoever comes next. */
  touch (session, PV_DO_TYPE, "2", "Martin");
  touch (session, PV_DO_SPEECH, NULL, "again");
  pump_ms (QUIET_MS);
  assert_int_equal (look (SOUND_CARD_HEADSET).n_frames, n_frames);
  assert_int_equal (look (SOUND_CARD_LOUDSPEAKER).n_frames, 0);
  /* Back again, it goes on with the sentence, and not with how a headset is used. */
  g_string_truncate (session->said, 0);
  plug (TRUE);
  assert_true (hear_frames (SOUND_CARD_HEADSET, 1));
  assert_true (hear_until (session, "Quel est le nom de l’enfant ?"));
  assert_int_equal (look (SOUND_CARD_LOUDSPEAKER).n_frames, 0);
}

static void
a_touch_or_a_key_silences_within_50_ms (void **state)
{
  Session *session = *state;

  go_to_question (session);
  touch (session, PV_DO_LISTEN, NULL, NULL);
  for (guint i = 0; i < N_STOPS; i++) {
    gint64 touched_us;

    assert_true (hear_frames (SOUND_CARD_LOUDSPEAKER, 1500 + 1000 * i));
    touched_us = g_get_monotonic_time ();
    pv_speech_link_interrupt (session->link);
    pump_ms (QUIET_MS);
    assert_true (look (SOUND_CARD_LOUDSPEAKER).last_sound_us - touched_us < SILENT_WITHIN_US);
    assert_false (session->speaking.is_speaking);
    pv_speech_link_perform (session->link, "again");
  }
}

/* How many samples sound on the loudspeaker, of a screen with an answer, and when one more letter is typed and erased. */
static gsize
play_answer (const char *answer, const char *longer, char **ret_said)
{
  const PvFocus focus = { PV_FOCUS_FIELD, "2", 0 };
  Session *session;
  gsize n_sounding;

  sound_card_reset (card);
  session = start ();
  begin (session->fixture);
  act (session->fixture, PV_DO_TYPE, "2", answer);
  refresh (session);
  touch (session, PV_DO_LISTEN, NULL, NULL);
  assert_true (hear_out (session));
  touch (session, PV_DO_TYPE, "2", longer);
  assert_true (hear_out (session));
  touch (session, PV_DO_TYPE, "2", answer);
  assert_true (hear_out (session));
  pv_speech_link_focus (session->link, &focus);
  assert_true (hear_out (session));
  assert_true (has_said (session, "Your own answers are only said into a headset."));
  assert_null (strstr (session->said->str, "personal "));
  n_sounding = look (SOUND_CARD_LOUDSPEAKER).n_sounding;
  *ret_said = g_strdup (session->said->str);
  end (session);
  return n_sounding;
}

/* It plays the same, whoever answered: a name would be some 10,000 samples. espeak-ng's noise is not quite the same twice. */
static void
what_the_loudspeaker_plays_does_not_depend_on_a_personal_answer (void **state)
{
  g_autofree char *one_said = NULL, *other_said = NULL;
  gsize one = play_answer ("Martin", "Martine", &one_said);
  gsize other = play_answer ("Durand", "Durandy", &other_said);

  (void) state;
  assert_true (one > 100000);
  assert_true (MAX (one, other) - MIN (one, other) < 500);
  assert_null (strstr (one_said, "Martin"));
  assert_null (strstr (other_said, "Durand"));
}

static void
a_personal_answer_is_heard_in_the_headset_only (void **state)
{
  Session *session = *state;
  gsize n_frames;

  go_to_question (session);
  plug (TRUE);
  assert_true (hear_frames (SOUND_CARD_HEADSET, 1));
  touch (session, PV_DO_TYPE, "2", "M");
  assert_true (hear_out (session));
  n_frames = look (SOUND_CARD_HEADSET).n_sounding;
  g_string_truncate (session->said, 0);
  touch (session, PV_DO_TYPE, "2", "Ma");
  assert_true (hear_out (session));
  assert_string_equal (session->said->str, "personal a\n");
  assert_true (look (SOUND_CARD_HEADSET).n_sounding > n_frames);
  assert_int_equal (look (SOUND_CARD_LOUDSPEAKER).n_frames, 0);
}

static void
a_time_out_is_told_in_speech_and_runs_when_it_was_heard (void **state)
{
  Session *session = *state;

  go_to_question (session);
  touch (session, PV_DO_LISTEN, NULL, NULL);
  assert_true (hear_frames (SOUND_CARD_LOUDSPEAKER, 1));
  pv_speech_link_interrupt (session->link);
  pass_seconds (session->fixture, 91);
  refresh (session);
  assert_screen (session->fixture, "still-there");
  assert_true (hear_frames (SOUND_CARD_LOUDSPEAKER, 1));
  session->fixture->now.monotonic_ms += 70 * 1000; /* as if it took that long to say */
  pv_journey_tick (session->fixture->journey, &session->fixture->now);
  assert_screen (session->fixture, "still-there");
  assert_true (hear_out (session));
  assert_true (has_said (session, "Are you still there?"));
  assert_true (has_said (session, "Without an answer, everything is erased in one minute."));
  pass_seconds (session->fixture, 59);
  assert_screen (session->fixture, "still-there");
  pass_seconds (session->fixture, 2);
  assert_screen (session->fixture, "goodbye");
}

/* How loud the first words on Welcome are, as the mean square of what sounds. */
static double
play_first_words (Session *session, const char *word)
{
  SoundCardHeard heard;

  sound_card_reset (card);
  pv_speech_link_perform (session->link, word);
  assert_true (hear_frames (SOUND_CARD_LOUDSPEAKER, 12000));
  heard = look (SOUND_CARD_LOUDSPEAKER);
  pv_speech_link_interrupt (session->link);
  return heard.power * (double) heard.n_frames / (double) heard.n_sounding;
}

static void
the_next_citizen_finds_nothing_of_the_voice_of_the_one_before (void **state)
{
  Session *one, *next;
  double first, louder, again;

  (void) state;
  sound_card_reset (card);
  one = start ();
  first = play_first_words (one, "listen");
  for (guint i = 0; i < 4; i++)
    pv_speech_link_perform (one->link, "louder");
  pv_speech_link_interrupt (one->link);
  louder = play_first_words (one, "again");
  pv_speech_link_perform (one->link, "again");
  assert_true (hear_frames (SOUND_CARD_LOUDSPEAKER, 1));
  end (one); /* in the midst of a sentence */
  sound_card_reset (card);
  next = start ();
  pump_ms (QUIET_MS);
  assert_int_equal (look (SOUND_CARD_LOUDSPEAKER).n_frames, 0); /* nor does it begin by itself */
  assert_false (next->speaking.is_on);
  again = play_first_words (next, "listen");
  end (next);
  assert_true (louder > 2 * first);
  assert_true (again > 0.8 * first && again < 1.25 * first);
}

int
main (void)
{
#define TEST(name) cmocka_unit_test_setup_teardown (name, enter_cb, leave_cb)
  const struct CMUnitTest tests[] = {
    TEST (a_headset_is_heard_within_a_second_of_its_plug_and_nothing_else_is),
    TEST (an_unplugged_headset_is_silent_and_paused_and_the_loudspeaker_stays_still),
    TEST (a_touch_or_a_key_silences_within_50_ms),
    cmocka_unit_test_teardown (what_the_loudspeaker_plays_does_not_depend_on_a_personal_answer, leave_cb),
    TEST (a_personal_answer_is_heard_in_the_headset_only),
    TEST (a_time_out_is_told_in_speech_and_runs_when_it_was_heard),
    cmocka_unit_test_teardown (the_next_citizen_finds_nothing_of_the_voice_of_the_one_before, leave_cb),
  };
  int failed;

  tst_init ();
  card = sound_card_new ();
  failed = cmocka_run_group_tests (tests, NULL, NULL);
  sound_card_free (card);
  return failed;
}

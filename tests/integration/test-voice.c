/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The voice of espeak-ng, through the real libasound, on a sound card of the test's own. */
#include "tst.h"

#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "core/wipe.h"
#include "sound-card.h"
#include "speech/voice.h"

enum { TIMEOUT_MS = 20 * 1000, QUIET_MS = 150, MAX_MAP = 64 * 1024 * 1024, MASK = 1 };

typedef struct Room {
  SoundCard *card;
  PvVoice *voice;
  GString *told; /* a line for each event: "7 word 0+3" */
  guint last_id; /* that ended or failed */
  guint n_words;
  gsize first_word_frames, last_word_frames; /* that the loudspeaker had played */
  guint stop_at_word;                        /* 0: never */
  gboolean is_done;                          /* what is waited for */
  guint wait_for;                            /* id */
  gint64 stopped_us;
} Room;

static SoundCard *the_card;
static Room *entered;

static void
order (Room *room, PvSpeechOrderKind kind, guint number)
{
  const PvSpeechOrder speech_order = { .kind = kind, .number = number };

  room->voice->perform (room->voice, &speech_order);
}

static void
say_as (Room *room, guint id, const char *language, const char *text, guint rate, gboolean is_personal)
{
  const PvSpeechOrder sentence = { .kind = PV_SPEECH_SAY,
                                   .id = id,
                                   .text = (char *) text,
                                   .language = (char *) language,
                                   .rate = rate,
                                   .is_personal = is_personal };

  room->voice->perform (room->voice, &sentence);
}

static void
say (Room *room, guint id, const char *text)
{
  say_as (room, id, "fr", text, PV_SPEECH_FASTEST, FALSE);
}

static void
event_cb (const PvSpeechEvent *event, gpointer user_data)
{
  static const char *const names[] = { "begun", "word", "ended", "failed" };
  Room *room = user_data;

  g_string_append_printf (room->told, "%u %s", event->id, names[event->kind]);
  if (event->kind == PV_SPEECH_WORD) {
    SoundCardHeard heard;

    g_string_append_printf (room->told, " %u+%u", event->offset, event->length);
    sound_card_look (room->card, SOUND_CARD_LOUDSPEAKER, &heard);
    room->last_word_frames = heard.n_frames;
    if (room->n_words == 0)
      room->first_word_frames = heard.n_frames;
  }
  g_string_append_c (room->told, '\n');
  if (event->kind == PV_SPEECH_WORD && ++room->n_words == room->stop_at_word) {
    room->stopped_us = g_get_monotonic_time ();
    order (room, PV_SPEECH_STOP, 0);
    room->is_done = TRUE;
  }
  if ((event->kind == PV_SPEECH_ENDED || event->kind == PV_SPEECH_FAILED) && event->id == room->wait_for)
    room->is_done = TRUE;
}

static Room *
enter_device (const char *device, const char *headset)
{
  static Room the_room;
  g_autoptr (GError) error = NULL;
  Room *room = &the_room;

  *room = (Room){ .card = the_card, .told = g_string_new (NULL) };
  sound_card_reset (the_card);
  room->voice = pv_voice_new_espeak (device, headset, event_cb, room, &error);
  assert_null (error);
  assert_non_null (room->voice);
  entered = room;
  order (room, PV_SPEECH_ROUTE, PV_ROUTE_LOUDSPEAKER);
  return room;
}

static Room *
enter (void)
{
  return enter_device ("loudspeaker", "headset");
}

static void
leave (Room *room)
{
  pv_voice_free (room->voice);
  g_string_free (room->told, TRUE);
  entered = NULL;
}

/* After a test that failed. */
static int
leave_cb (void **test)
{
  (void) test;
  if (entered != NULL)
    leave (entered);
  return 0;
}

static void
wait_for (Room *room, guint id)
{
  room->is_done = FALSE;
  room->wait_for = id;
  assert_true (tst_pump_until (NULL, &room->is_done, TIMEOUT_MS));
}

/* What would come late comes now. */
static void
pump_a_while (void)
{
  const gboolean never = FALSE;

  tst_pump_until (NULL, &never, QUIET_MS);
}

static SoundCardHeard
look (const Room *room, SoundCardOutlet outlet)
{
  SoundCardHeard heard;

  sound_card_look (room->card, outlet, &heard);
  return heard;
}

static void
a_sentence_is_heard_while_it_is_said (void **test)
{
  Room *room;
  SoundCardHeard heard;
  gint64 began_us = g_get_monotonic_time (), took_us;

  (void) test;
  room = enter ();
  say (room, 1, "Bonjour, comment allez-vous ?");
  wait_for (room, 1);
  took_us = g_get_monotonic_time () - began_us;
  heard = look (room, SOUND_CARD_LOUDSPEAKER);
  assert_true (heard.n_sounding > 22050 / 2);
  assert_int_equal (look (room, SOUND_CARD_HEADSET).n_frames, 0);
  /* At the pace of the card: not made, and told, ahead of it. */
  assert_true (took_us * 22050 / G_TIME_SPAN_SECOND >= (gint64) heard.n_frames);
  leave (room);
}

static void
words_are_told_as_they_are_heard (void **test)
{
  Room *room;
  gsize n_frames;

  (void) test;
  room = enter ();
  say (room, 1, "Un, deux, trois, quatre.");
  wait_for (room, 1);
  n_frames = look (room, SOUND_CARD_LOUDSPEAKER).n_frames;
  assert_int_equal (room->n_words, 4);
  assert_true (room->first_word_frames < n_frames / 4);
  assert_true (room->last_word_frames > n_frames / 2);
  leave (room);
}

static void
events_come_in_order_and_once (void **test)
{
  Room *room;

  (void) test;
  room = enter ();
  say (room, 3, "Bonjour à tous.");
  say (room, 4, "Votre nom ?");
  say (room, 5, ".");
  wait_for (room, 5);
  pump_a_while ();
  assert_string_equal (room->told->str, "3 begun\n3 word 0+7\n3 word 8+1\n3 word 10+4\n3 ended\n"
                                        "4 begun\n4 word 0+5\n4 word 6+3\n4 ended\n"
                                        "5 begun\n5 ended\n");
  leave (room);
}

static void
words_are_told_with_their_characters (void **test)
{
  static const struct {
    const char *language, *text, *told;
  } cases[] = {
    { "fr", "Été à l’école : 12 élèves.", "1 word 0+3\n1 word 4+1\n1 word 6+7\n1 word 16+2\n1 word 19+6\n" },
    { "fr@facile", "Ça coûte 234,50 €.", "1 word 0+2\n1 word 3+5\n1 word 9+6\n1 word 16+1\n" },
    { "en", "It’s 25 euros.", "1 word 0+4\n1 word 5+2\n1 word 8+5\n" },
    { "ar", "مرحبا بكم في البلدية", "1 word 0+5\n1 word 6+3\n1 word 10+2\n1 word 13+7\n" },
    { "uk", "Як вас звати?", "1 word 0+2\n1 word 3+3\n1 word 7+5\n" },
    { "pt", "Olá, como está?", "1 word 0+3\n1 word 5+4\n1 word 10+4\n" },
    { "tr", "Merhaba, nasılsınız?", "1 word 0+7\n1 word 9+10\n" },
  };

  (void) test;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *expected = g_strdup_printf ("1 begun\n%s1 ended\n", cases[i].told);
    Room *room;

    room = enter ();
    say_as (room, 1, cases[i].language, cases[i].text, PV_SPEECH_FASTEST, FALSE);
    wait_for (room, 1);
    assert_string_equal (room->told->str, expected);
    leave (room);
  }
}

static void
a_stop_silences (void **test)
{
  Room *room;
  SoundCardHeard at_once, later;

  (void) test;
  room = enter ();
  room->stop_at_word = 2;
  say (room, 1, "Voici une phrase assez longue pour être coupée en plein milieu.");
  say (room, 2, "Et une autre, qui attend.");
  assert_true (tst_pump_until (NULL, &room->is_done, TIMEOUT_MS));
  pump_a_while ();
  at_once = look (room, SOUND_CARD_LOUDSPEAKER);
  assert_true (at_once.n_sounding > 0);
  assert_true (at_once.last_sound_us - room->stopped_us < 50 * G_TIME_SPAN_MILLISECOND);
  pump_a_while ();
  later = look (room, SOUND_CARD_LOUDSPEAKER);
  assert_int_equal (later.n_frames, at_once.n_frames);
  assert_string_equal (room->told->str, "1 begun\n1 word 0+5\n1 word 6+3\n");
  /* And it speaks again. */
  say (room, 3, "Oui.");
  wait_for (room, 3);
  assert_true (look (room, SOUND_CARD_LOUDSPEAKER).n_sounding > later.n_sounding);
  leave (room);
}

static void
what_is_personal_is_never_heard_on_the_loudspeaker (void **test)
{
  Room *room;

  (void) test;
  room = enter ();
  say_as (room, 1, "fr", "Martin Durand", PV_SPEECH_USUAL, TRUE);
  wait_for (room, 1);
  order (room, PV_SPEECH_ROUTE, PV_ROUTE_HEADSET);
  say_as (room, 2, "fr", "Martin Durand", PV_SPEECH_USUAL, TRUE);
  wait_for (room, 2);
  assert_string_equal (room->told->str, "1 failed\n2 begun\n2 word 0+6\n2 word 7+6\n2 ended\n");
  assert_int_equal (look (room, SOUND_CARD_LOUDSPEAKER).n_frames, 0);
  assert_true (look (room, SOUND_CARD_HEADSET).n_sounding > 0);
  leave (room);
}

static void
a_headset_pulled_out_cuts_what_is_personal (void **test)
{
  Room *room;

  (void) test;
  room = enter ();
  order (room, PV_SPEECH_ROUTE, PV_ROUTE_HEADSET);
  say_as (room, 1, "fr", "Martin", PV_SPEECH_SLOW, TRUE);
  say_as (room, 2, "fr", "Durand", PV_SPEECH_SLOW, TRUE);
  while (room->told->len == 0)
    g_main_context_iteration (NULL, TRUE);
  order (room, PV_SPEECH_ROUTE, PV_ROUTE_LOUDSPEAKER);
  wait_for (room, 2);
  assert_true (g_str_has_suffix (room->told->str, "1 failed\n2 failed\n"));
  assert_int_equal (look (room, SOUND_CARD_LOUDSPEAKER).n_frames, 0);
  leave (room);
}

static void
what_is_not_personal_goes_on_where_sound_goes (void **test)
{
  Room *room;

  (void) test;
  room = enter ();
  say (room, 1, "Quel jour ?");
  while (room->told->len == 0)
    g_main_context_iteration (NULL, TRUE);
  order (room, PV_SPEECH_ROUTE, PV_ROUTE_HEADSET);
  wait_for (room, 1);
  assert_true (g_str_has_prefix (room->told->str, "1 begun\n1 word"));
  assert_null (strstr (room->told->str + 1, "1 begun"));
  assert_true (look (room, SOUND_CARD_HEADSET).n_sounding > 0);
  leave (room);
}

static void
without_a_route_nothing_is_said (void **test)
{
  Room *room;

  (void) test;
  room = enter ();
  order (room, PV_SPEECH_ROUTE, PV_ROUTE_NONE);
  say (room, 1, "Bonjour.");
  wait_for (room, 1);
  assert_string_equal (room->told->str, "1 failed\n");
  assert_int_equal (look (room, SOUND_CARD_LOUDSPEAKER).n_frames, 0);
  leave (room);
}

static void
another_language_has_another_voice (void **test)
{
  static const char *const languages[] = { "fr", "en", "pt", "tr" };
  guint checksums[G_N_ELEMENTS (languages)];

  (void) test;
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    Room *room;

    room = enter ();
    say_as (room, 1, languages[i], "Option", PV_SPEECH_FASTEST, FALSE);
    wait_for (room, 1);
    checksums[i] = look (room, SOUND_CARD_LOUDSPEAKER).checksum;
    for (guint k = 0; k < i; k++)
      assert_int_not_equal (checksums[k], checksums[i]);
    leave (room);
  }
}

static void
a_language_without_a_voice_fails (void **test)
{
  Room *room;

  (void) test;
  room = enter ();
  say_as (room, 1, "br", "Demat", PV_SPEECH_USUAL, FALSE);
  say (room, 2, "Oui.");
  wait_for (room, 2);
  assert_true (g_str_has_prefix (room->told->str, "1 failed\n2 begun\n"));
  leave (room);
}

static void
a_slower_rate_takes_longer (void **test)
{
  static const guint rates[] = { PV_SPEECH_FASTEST, PV_SPEECH_FAST, PV_SPEECH_USUAL, PV_SPEECH_SLOW };
  gsize before = 0;

  (void) test;
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    Room *room;
    gsize n_frames;

    room = enter ();
    say_as (room, 1, "fr", "Votre demande.", rates[i], FALSE);
    wait_for (room, 1);
    n_frames = look (room, SOUND_CARD_LOUDSPEAKER).n_frames;
    assert_true (n_frames > before);
    before = n_frames;
    leave (room);
  }
}

static double
power_at (guint percent)
{
  Room *room;
  double power;

  room = enter ();
  if (percent != G_MAXUINT)
    order (room, PV_SPEECH_VOLUME, percent);
  say (room, 1, "Votre demande.");
  wait_for (room, 1);
  power = look (room, SOUND_CARD_LOUDSPEAKER).power;
  leave (room);
  return 10.0 * log10 (power);
}

static void
volume_has_a_range_of_more_than_18_db (void **test)
{
  double least = power_at (PV_SPEECH_SOFTEST), usual = power_at (G_MAXUINT), most = power_at (PV_SPEECH_LOUDEST);

  (void) test;
  assert_true (most - least >= 18.0);
  assert_true (most - least < 25.0);
  /* EN 301 549, 8.2.1.2 */
  assert_true (usual - least > 11.5 && usual - least < 12.5);
  assert_true (fabs (power_at (PV_SPEECH_USUAL_VOLUME) - usual) < 0.1);
}

static void
a_device_that_is_away_is_told_and_tried_again (void **test)
{
  Room *room;
  gint64 began_us;

  (void) test;
  room = enter ();
  say (room, 1, "Une phrase assez longue, pendant laquelle on débranche.");
  while (room->n_words == 0)
    g_main_context_iteration (NULL, TRUE);
  sound_card_unplug (room->card, SOUND_CARD_LOUDSPEAKER);
  began_us = g_get_monotonic_time ();
  wait_for (room, 1);
  assert_true (g_get_monotonic_time () - began_us < G_TIME_SPAN_SECOND);
  assert_true (g_str_has_suffix (room->told->str, "1 failed\n"));
  g_string_set_size (room->told, 0);
  say (room, 2, "Encore.");
  wait_for (room, 2);
  assert_string_equal (room->told->str, "2 failed\n");
  sound_card_plug (room->card, SOUND_CARD_LOUDSPEAKER);
  say (room, 3, "Voilà.");
  wait_for (room, 3);
  assert_string_equal (room->told->str, "2 failed\n3 begun\n3 word 0+5\n3 ended\n");
  leave (room);
}

static void
a_device_that_plays_nothing_fails_in_the_end (void **test)
{
  Room *room;
  gint64 began_us;

  (void) test;
  room = enter ();
  sound_card_hold (room->card, SOUND_CARD_LOUDSPEAKER);
  began_us = g_get_monotonic_time ();
  say (room, 1, "Une phrase assez longue, que personne n’entend, et qui dure.");
  wait_for (room, 1);
  assert_true (g_get_monotonic_time () - began_us < 2 * G_TIME_SPAN_SECOND);
  assert_string_equal (room->told->str, "1 failed\n");
  leave (room);
}

static void
a_device_without_a_pace_gets_the_clocks (void **test)
{
  static const char *const devices[] = { "nowhere", "file" };

  (void) test;
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++) {
    Room *room;
    gint64 began_us;

    room = enter_device (devices[i], NULL);
    began_us = g_get_monotonic_time ();
    say (room, 1, "Bonjour à tous.");
    wait_for (room, 1);
    assert_true (g_get_monotonic_time () - began_us > 500 * G_TIME_SPAN_MILLISECOND);
    assert_string_equal (room->told->str, "1 begun\n1 word 0+7\n1 word 8+1\n1 word 10+4\n1 ended\n");
    leave (room);
  }
}

/* "default" is rarely a card itself: ALSA converts pace and channels on the way. */
static void
a_device_that_converts_keeps_time_and_is_silent_at_once (void **test)
{
  Room *room;
  SoundCardHeard heard;
  gint64 began_us;

  (void) test;
  room = enter_device ("converted", NULL);
  began_us = g_get_monotonic_time ();
  say (room, 1, "Bonjour à tous.");
  wait_for (room, 1);
  heard = look (room, SOUND_CARD_LOUDSPEAKER);
  assert_string_equal (room->told->str, "1 begun\n1 word 0+7\n1 word 8+1\n1 word 10+4\n1 ended\n");
  assert_true (heard.n_sounding > 48000 / 4);
  assert_true ((gsize) ((g_get_monotonic_time () - began_us) * 48000 / G_TIME_SPAN_SECOND) >= heard.n_frames);
  assert_true (room->first_word_frames < heard.n_frames / 4);
  room->n_words = 0;
  room->is_done = FALSE;
  room->stop_at_word = 2;
  say (room, 2, "Voici une phrase assez longue pour être coupée en plein milieu.");
  assert_true (tst_pump_until (NULL, &room->is_done, TIMEOUT_MS));
  pump_a_while ();
  heard = look (room, SOUND_CARD_LOUDSPEAKER);
  assert_true (heard.last_sound_us - room->stopped_us < 50 * G_TIME_SPAN_MILLISECOND);
  pump_a_while ();
  assert_int_equal (look (room, SOUND_CARD_LOUDSPEAKER).n_frames, heard.n_frames);
  leave (room);
}

/* Whether this is somewhere in the memory of the process; @masked: each byte with MASK, so that it is not there itself. */
static gboolean
is_in_memory (const char *masked)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  gsize length = strlen (masked);
  gboolean is_found = FALSE;
  int fd = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);

  g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL);
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL && !is_found; i++) {
    char *rest;
    guint64 begin = g_ascii_strtoull (lines[i], &rest, 16);
    guint64 end = *rest == '-' ? g_ascii_strtoull (rest + 1, &rest, 16) : begin;
    g_autofree char *memory = NULL;
    gssize size;

    /* What the sanitizers reserve is larger. */
    if (end - begin > MAX_MAP || !g_str_has_prefix (rest, " rw"))
      continue;
    memory = g_malloc (end - begin);
    size = pread (fd, memory, end - begin, (off_t) begin);
    for (gssize at = 0; at + (gssize) length <= size && !is_found; at++) {
      gsize same = 0;

      while (same < length && ((memory[at + (gssize) same] ^ MASK) | 32) == (masked[same] | 32))
        same++;
      is_found = same == length;
    }
    pv_wipe_bytes (memory, end - begin);
  }
  close (fd);
  return is_found;
}

static void
nothing_stays_of_a_personal_sentence_that_was_stopped (void **test)
{
  static const char masked[] = "[nsfmtc"; /* a name */
  char text[] = "Votre nom est bien _______, et votre adresse ?";
  char *name = strchr (text, '_');
  Room *room;

  (void) test;
  room = enter ();
  order (room, PV_SPEECH_ROUTE, PV_ROUTE_HEADSET);
  for (guint i = 0; masked[i] != '\0'; i++)
    name[i] = masked[i] ^ MASK;
  say_as (room, 1, "fr", text, PV_SPEECH_USUAL, TRUE);
  say_as (room, 2, "fr", text, PV_SPEECH_USUAL, TRUE);
  assert_true (is_in_memory (masked));
  pv_wipe_bytes (text, sizeof text);
  room->stop_at_word = 2;
  assert_true (tst_pump_until (NULL, &room->is_done, TIMEOUT_MS));
  pump_a_while ();
  assert_false (is_in_memory (masked));
  leave (room);
}

static void
a_voice_without_a_device_says_so (void **test)
{
  g_autoptr (GError) error = NULL;

  (void) test;
  assert_null (pv_voice_new_espeak ("nothing-of-the-kind", NULL, event_cb, NULL, &error));
  assert_true (g_error_matches (error, PV_VOICE_ERROR, PV_VOICE_ERROR_NO_DEVICE));
}

static void
there_is_one_voice_at_a_time (void **test)
{
  g_autoptr (GError) error = NULL;
  Room *room;

  (void) test;
  room = enter ();
  assert_null (pv_voice_new_espeak ("headset", NULL, event_cb, NULL, &error));
  assert_true (g_error_matches (error, PV_VOICE_ERROR, PV_VOICE_ERROR_NO_VOICE));
  leave (room);
}

static void
a_voice_may_go_in_the_midst_of_a_sentence (void **test)
{
  Room *room;
  SoundCardHeard heard;

  (void) test;
  room = enter ();
  say (room, 1, "Une phrase qui n’est jamais finie, et personne ne l’entend jusqu’au bout.");
  say (room, 2, "Une autre.");
  while (room->n_words == 0)
    g_main_context_iteration (NULL, TRUE);
  leave (room);
  sound_card_look (the_card, SOUND_CARD_LOUDSPEAKER, &heard);
  assert_true (heard.n_sounding > 0);
  pump_a_while ();
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_teardown (a_sentence_is_heard_while_it_is_said, leave_cb),
    cmocka_unit_test_teardown (words_are_told_as_they_are_heard, leave_cb),
    cmocka_unit_test_teardown (events_come_in_order_and_once, leave_cb),
    cmocka_unit_test_teardown (words_are_told_with_their_characters, leave_cb),
    cmocka_unit_test_teardown (a_stop_silences, leave_cb),
    cmocka_unit_test_teardown (what_is_personal_is_never_heard_on_the_loudspeaker, leave_cb),
    cmocka_unit_test_teardown (a_headset_pulled_out_cuts_what_is_personal, leave_cb),
    cmocka_unit_test_teardown (what_is_not_personal_goes_on_where_sound_goes, leave_cb),
    cmocka_unit_test_teardown (without_a_route_nothing_is_said, leave_cb),
    cmocka_unit_test_teardown (another_language_has_another_voice, leave_cb),
    cmocka_unit_test_teardown (a_language_without_a_voice_fails, leave_cb),
    cmocka_unit_test_teardown (a_slower_rate_takes_longer, leave_cb),
    cmocka_unit_test_teardown (volume_has_a_range_of_more_than_18_db, leave_cb),
    cmocka_unit_test_teardown (a_device_that_is_away_is_told_and_tried_again, leave_cb),
    cmocka_unit_test_teardown (a_device_that_plays_nothing_fails_in_the_end, leave_cb),
    cmocka_unit_test_teardown (a_device_without_a_pace_gets_the_clocks, leave_cb),
    cmocka_unit_test_teardown (a_device_that_converts_keeps_time_and_is_silent_at_once, leave_cb),
    cmocka_unit_test_teardown (nothing_stays_of_a_personal_sentence_that_was_stopped, leave_cb),
    cmocka_unit_test_teardown (a_voice_without_a_device_says_so, leave_cb),
    cmocka_unit_test_teardown (there_is_one_voice_at_a_time, leave_cb),
    cmocka_unit_test_teardown (a_voice_may_go_in_the_midst_of_a_sentence, leave_cb),
  };
  int failed;

  tst_init ();
  the_card = sound_card_new ();
  failed = cmocka_run_group_tests (tests, NULL, NULL);
  sound_card_free (the_card);
  return failed;
}

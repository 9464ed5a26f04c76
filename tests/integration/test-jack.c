/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The jack of a headset, through the real libasound, on a sound card of the test's own. */
#include "tst.h"

#include "sound-card.h"
#include "speech/voice.h"

enum { TIMEOUT_MS = 5000, QUIET_MS = 100 };

typedef struct Told {
  GString *all; /* "in", "out" */
  gboolean is_told;
} Told;

static SoundCard *card;

static void
jack_cb (gboolean is_plugged, gpointer user_data)
{
  Told *told = user_data;

  g_string_append (told->all, is_plugged ? "in " : "out ");
  told->is_told = TRUE;
}

/* The next thing told, or nothing for a while. */
static void
listen (Told *told, guint timeout_ms)
{
  told->is_told = FALSE;
  tst_pump_until (NULL, &told->is_told, timeout_ms);
}

static int
reset_cb (void **test)
{
  Told *told = g_new0 (Told, 1);

  told->all = g_string_new (NULL);
  *test = told;
  sound_card_reset (card);
  return 0;
}

static int
clear_cb (void **test)
{
  Told *told = *test;

  g_string_free (told->all, TRUE);
  g_free (told);
  return 0;
}

static void
what_is_plugged_in_is_told_from_the_loop_once (void **test)
{
  Told *told = *test;
  g_autoptr (PvJackWatch) watch = NULL;

  sound_card_set_jack (card, SOUND_CARD_HEADPHONE_JACK, TRUE);
  watch = pv_jack_watch_new ("card", jack_cb, told, NULL);
  assert_non_null (watch);
  assert_string_equal (told->all->str, "");
  listen (told, TIMEOUT_MS);
  listen (told, QUIET_MS);
  assert_string_equal (told->all->str, "in ");
}

static void
a_headset_is_told_as_it_comes_and_goes (void **test)
{
  Told *told = *test;
  g_autoptr (PvJackWatch) watch = pv_jack_watch_new ("card", jack_cb, told, NULL);

  assert_non_null (watch);
  listen (told, TIMEOUT_MS);
  sound_card_set_jack (card, SOUND_CARD_HEADPHONE_JACK, TRUE);
  listen (told, TIMEOUT_MS);
  sound_card_set_jack (card, SOUND_CARD_HEADPHONE_JACK, FALSE);
  listen (told, TIMEOUT_MS);
  sound_card_set_jack (card, SOUND_CARD_HEADSET_JACK, TRUE);
  listen (told, TIMEOUT_MS);
  assert_string_equal (told->all->str, "out in out in ");
}

static void
other_plugs_are_not_told (void **test)
{
  Told *told = *test;
  g_autoptr (PvJackWatch) watch = pv_jack_watch_new ("card", jack_cb, told, NULL);

  assert_non_null (watch);
  listen (told, TIMEOUT_MS);
  sound_card_set_jack (card, SOUND_CARD_HDMI, TRUE);
  sound_card_set_jack (card, SOUND_CARD_PHANTOM, TRUE);
  listen (told, QUIET_MS);
  assert_string_equal (told->all->str, "out ");
}

static void
a_card_that_goes_takes_its_headset_with_it (void **test)
{
  Told *told = *test;
  g_autoptr (PvJackWatch) watch = NULL;

  sound_card_set_jack (card, SOUND_CARD_HEADPHONE_JACK, TRUE);
  watch = pv_jack_watch_new ("card", jack_cb, told, NULL);
  assert_non_null (watch);
  listen (told, TIMEOUT_MS);
  sound_card_take_away (card);
  listen (told, TIMEOUT_MS);
  listen (told, QUIET_MS);
  assert_string_equal (told->all->str, "in out ");
}

static void
without_a_jack_there_is_no_watch (void **test)
{
  static const char *const cards[] = { "mute-card", "no-such-card" };

  for (guint i = 0; i < G_N_ELEMENTS (cards); i++) {
    g_autoptr (GError) error = NULL;

    assert_null (pv_jack_watch_new (cards[i], jack_cb, *test, &error));
    assert_true (g_error_matches (error, PV_VOICE_ERROR, PV_VOICE_ERROR_NO_JACK));
  }
}

static void
nothing_is_told_after_the_end (void **test)
{
  Told *told = *test;
  PvJackWatch *watch = pv_jack_watch_new ("card", jack_cb, told, NULL);

  assert_non_null (watch);
  pv_jack_watch_free (watch);
  listen (told, QUIET_MS);
  assert_string_equal (told->all->str, "");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (what_is_plugged_in_is_told_from_the_loop_once, reset_cb, clear_cb),
    cmocka_unit_test_setup_teardown (a_headset_is_told_as_it_comes_and_goes, reset_cb, clear_cb),
    cmocka_unit_test_setup_teardown (other_plugs_are_not_told, reset_cb, clear_cb),
    cmocka_unit_test_setup_teardown (a_card_that_goes_takes_its_headset_with_it, reset_cb, clear_cb),
    cmocka_unit_test_setup_teardown (without_a_jack_there_is_no_watch, reset_cb, clear_cb),
    cmocka_unit_test_setup_teardown (nothing_is_told_after_the_end, reset_cb, clear_cb),
  };
  int failed;

  tst_init ();
  card = sound_card_new ();
  failed = cmocka_run_group_tests (tests, NULL, NULL);
  sound_card_free (card);
  return failed;
}

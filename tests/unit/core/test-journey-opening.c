/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening hours: nobody's screen closes, turns black and opens by itself; a citizen is told before, and finishes within a bound. */

#include "journey-steps.h"

#include <string.h>

enum { MINUTE = 60 };

/* It is Monday 23 November 2026, 14:32. */
static const char usual[] = "mon-fri 09:00-12:00 14:00-17:30";

static int
set_up_hours (void **state, const char *hours, guint dark_minutes, gboolean is_clock_verified)
{
  g_autoptr (PvOpening) opening = pv_opening_new (hours, NULL, PV_HOLIDAYS_NONE, NULL);
  PvJourneyConfig config = sample_config ();
  Fixture *fixture;

  set_up (state);
  fixture = *state;
  config.opening = opening;
  config.closing_minutes = 10;
  config.dark_minutes = dark_minutes;
  config.is_clock_verified = is_clock_verified;
  pv_journey_free (fixture->journey);
  fixture->journey = pv_journey_new (&config);
  pv_journey_set_ref (fixture->journey, ref);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 22, 42 });
  pv_journey_catalogue_loaded (fixture->journey, fixture->catalogue, &fixture->now);
  pv_journey_tick (fixture->journey, &fixture->now);
  return 0;
}

static int
set_up_usual (void **state)
{
  return set_up_hours (state, usual, 5, TRUE);
}

static int
set_up_unverified (void **state)
{
  return set_up_hours (state, "mon 09:00-12:00", 5, FALSE);
}

static int
set_up_lit (void **state)
{
  return set_up_hours (state, "mon 09:00-12:00", 0, TRUE);
}

/* As the session does: a tick whenever the journey asks for one, until so much time has gone by. */
static void
live (Fixture *fixture, guint seconds)
{
  gint64 end_ms = fixture->now.monotonic_ms + (gint64) seconds * 1000;

  for (guint i = 0; i < 10000 && fixture->now.monotonic_ms < end_ms; i++) {
    gint64 next_ms = CLAMP (pv_journey_next_deadline_ms (fixture->journey), fixture->now.monotonic_ms + 1, end_ms);

    fixture->now.utc_us += (next_ms - fixture->now.monotonic_ms) * 1000;
    fixture->now.monotonic_ms = next_ms;
    pv_journey_tick (fixture->journey, &fixture->now);
  }
  assert_int_equal (fixture->now.monotonic_ms, end_ms);
}

/* The same, with a touch each minute. */
static void
live_busily (Fixture *fixture, guint minutes)
{
  for (guint i = 0; i < minutes; i++) {
    live (fixture, MINUTE);
    pv_journey_noticed (fixture->journey, FALSE, &fixture->now);
  }
}

static const char *
key (Fixture *fixture)
{
  return screen (fixture)->key;
}

static gboolean
has_effect (Fixture *fixture, PvEffectKind kind)
{
  gboolean has = FALSE;
  PvEffect *effect;

  while ((effect = pv_journey_pop_effect (fixture->journey)) != NULL) {
    has |= effect->kind == kind;
    pv_effect_free (effect);
  }
  return has;
}

static void
nobody_s_screen_closes_and_opens_by_itself (void **state)
{
  static const char *const others[] = { "Cette borne est fermée. Revenez demain.", NULL };
  Fixture *fixture = *state;
  g_autofree char *line = NULL;

  assert_string_equal (key (fixture), "welcome");
  live (fixture, 177 * MINUTE);
  assert_string_equal (key (fixture), "welcome");
  live (fixture, 1 * MINUTE); /* 17:30 */
  assert_string_equal (key (fixture), "closed");
  assert_int_equal (screen (fixture)->id, PV_SCREEN_OUT_OF_ORDER);
  assert_true (has_effect (fixture, PV_EFFECT_CLOSED));
  line = pv_journey_say_closed (fixture->journey);
  assert_string_equal (line, "This kiosk is closed. Come back on Tuesday 24 November at 9:00.");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "when")->value,
                       "Come back on Tuesday 24 November at 9:00.");
  assert_int_equal (pv_screen_state_find_field (screen (fixture), "hours")->rows->len, 3); /* and a phone */
  pv_journey_set_closed_others (fixture->journey, others);
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "others-0")->value, others[0]);
  act (fixture, PV_DO_START, NULL, NULL);
  assert_string_equal (key (fixture), "closed");
  assert_false (has_effect (fixture, PV_EFFECT_TOUCHED)); /* it is still nobody's: it is replaced in the morning */
  live (fixture, 929 * MINUTE);
  assert_string_equal (key (fixture), "closed");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "when")->value, "Come back at 9:00.");
  live (fixture, 1 * MINUTE);
  assert_string_equal (key (fixture), "welcome");
  act (fixture, PV_DO_START, NULL, NULL);
  assert_string_equal (key (fixture), "home");
}

static void
a_closed_screen_turns_black_and_a_touch_shows_it_for_a_minute (void **state)
{
  PvSpeaking headset = { .has_headset = TRUE };
  Fixture *fixture = *state;

  live (fixture, 178 * MINUTE);
  assert_string_equal (key (fixture), "closed");
  assert_false (screen (fixture)->is_dark);
  live (fixture, 4 * MINUTE);
  assert_false (screen (fixture)->is_dark);
  live (fixture, 2 * MINUTE);
  assert_true (screen (fixture)->is_dark);
  assert_true (pv_journey_noticed (fixture->journey, FALSE, &fixture->now));
  assert_false (screen (fixture)->is_dark);
  live (fixture, 59);
  assert_false (screen (fixture)->is_dark);
  live (fixture, 1);
  assert_true (screen (fixture)->is_dark);
  pv_journey_speaking_changed (fixture->journey, &headset, &fixture->now); /* who listens is there, too */
  assert_false (screen (fixture)->is_dark);
  assert_false (has_effect (fixture, PV_EFFECT_TOUCHED));
  live (fixture, 2 * MINUTE);
  /* A session that begins at night is black from its first frame on. */
  tear_down (state);
  set_up_hours (state, "mon 09:00-12:00", 5, TRUE);
  fixture = *state;
  assert_string_equal (key (fixture), "closed");
  assert_true (screen (fixture)->is_dark);
}

static void
without_dark_minutes_it_stays_lit (void **state)
{
  Fixture *fixture = *state;

  live (fixture, 24 * 60 * MINUTE);
  assert_string_equal (key (fixture), "closed");
  assert_false (screen (fixture)->is_dark);
}

static void
a_clock_that_nobody_sets_closes_nothing (void **state)
{
  Fixture *fixture = *state;

  assert_string_equal (key (fixture), "welcome");
  live (fixture, 24 * 60 * MINUTE);
  assert_string_equal (key (fixture), "welcome");
}

static void
who_uses_it_is_told_before_it_closes_and_finishes_within_a_bound (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  live_busily (fixture, 167); /* 17:19 */
  assert_string_equal (key (fixture), "question-1");
  live_busily (fixture, 1);
  live (fixture, 1);
  assert_string_equal (key (fixture), "closing");
  assert_true (screen (fixture)->is_overlay);
  assert_string_equal (screen (fixture)->title, "This kiosk closes at 17:30");
  assert_string_equal (screen (fixture)->help, "You can go on until 18:00.");
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_KEEP));
  act (fixture, PV_DO_STILL_HERE, NULL, NULL);
  assert_string_equal (key (fixture), "question-1");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "2")->value, "Martin");
  live_busily (fixture, 34); /* it closed, 24 minutes ago */
  assert_string_equal (key (fixture), "question-1");
  live_busily (fixture, 1);
  live (fixture, 1);
  assert_string_equal (key (fixture), "closing-last");
  assert_string_equal (screen (fixture)->title, "This screen ends at 18:00");
  act (fixture, PV_DO_STILL_HERE, NULL, NULL);
  live_busily (fixture, 4);
  assert_string_equal (key (fixture), "question-1");
  has_effect (fixture, PV_EFFECT_GOODBYE);
  live_busily (fixture, 1);
  assert_string_equal (key (fixture), "goodbye");
  assert_true (has_effect (fixture, PV_EFFECT_GOODBYE));
}

static void
what_is_not_understood_is_told_again_and_nothing_is_asked_over_another_question (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  live_busily (fixture, 167);
  live (fixture, 30);
  pv_journey_noticed (fixture->journey, FALSE, &fixture->now);
  live (fixture, 40);
  assert_string_equal (key (fixture), "closing");
  live (fixture, 90);
  assert_string_equal (key (fixture), "still-there"); /* nobody answers: the idle time runs as ever */
  act (fixture, PV_DO_STILL_HERE, NULL, NULL);
  live (fixture, 6);
  assert_string_equal (key (fixture), "closing");
  act (fixture, PV_DO_STILL_HERE, NULL, NULL);
  live (fixture, 60);
  assert_string_equal (key (fixture), "question-1");
}

static void
keeping_it_for_later_ends_the_warning_and_sends_a_draft (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  live_busily (fixture, 168);
  live (fixture, 1);
  assert_string_equal (key (fixture), "closing");
  act (fixture, PV_DO_KEEP, NULL, NULL);
  assert_int_equal (screen (fixture)->id, PV_SCREEN_SENDING);
  assert_true (has_effect (fixture, PV_EFFECT_STORE));
}

static void
out_of_order_and_maintenance_are_said_in_its_place (void **state)
{
  Fixture *fixture = *state;

  live (fixture, 178 * MINUTE);
  assert_string_equal (key (fixture), "closed");
  pv_journey_show_maintenance (fixture->journey, fixture->now.utc_us + (gint64) 10 * MINUTE * G_USEC_PER_SEC, NULL,
                               &fixture->now);
  assert_string_equal (key (fixture), "maintenance");
  live (fixture, 10 * MINUTE);
  assert_string_equal (key (fixture), "closed"); /* not welcome: it is after closing time */
  pv_journey_show_out_of_order (fixture->journey, &fixture->now);
  assert_string_equal (key (fixture), "out-of-order");
  live (fixture, 24 * 60 * MINUTE);
  assert_string_equal (key (fixture), "out-of-order");
}

/* The wall clock jumps, as it does when a time server is reached again. */
static void
a_clock_that_jumps_neither_cuts_a_citizen_nor_keeps_it_closed (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  fixture->now.utc_us += (gint64) 8 * 60 * MINUTE * G_USEC_PER_SEC; /* it is 22:32 */
  live (fixture, 61);
  assert_string_equal (key (fixture), "closing");
  act (fixture, PV_DO_STILL_HERE, NULL, NULL);
  live_busily (fixture, 24);
  assert_string_equal (key (fixture), "question-1");
  fixture->now.utc_us -= (gint64) 8 * 60 * MINUTE * G_USEC_PER_SEC;
  live_busily (fixture, 60); /* 15:57 */
  assert_string_equal (key (fixture), "question-1");
}

#define WITH(name, set) cmocka_unit_test_setup_teardown (name, set, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH (nobody_s_screen_closes_and_opens_by_itself, set_up_usual),
    WITH (a_closed_screen_turns_black_and_a_touch_shows_it_for_a_minute, set_up_usual),
    WITH (without_dark_minutes_it_stays_lit, set_up_lit),
    WITH (a_clock_that_nobody_sets_closes_nothing, set_up_unverified),
    WITH (who_uses_it_is_told_before_it_closes_and_finishes_within_a_bound, set_up_usual),
    WITH (what_is_not_understood_is_told_again_and_nothing_is_asked_over_another_question, set_up_usual),
    WITH (keeping_it_for_later_ends_the_warning_and_sends_a_draft, set_up_usual),
    WITH (out_of_order_and_maintenance_are_said_in_its_place, set_up_usual),
    WITH (a_clock_that_jumps_neither_cuts_a_citizen_nor_keeps_it_closed, set_up_usual),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

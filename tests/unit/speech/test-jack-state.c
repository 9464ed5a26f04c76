/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "speech/jack-state.h"

static void
only_what_a_person_puts_on_the_head_counts (void **test)
{
  static const char *const count[] = {
    "Headphone Jack",     "Front Headphone Jack", "Dock Headphone Jack",        "Headphones Jack",      "Headset Jack",
    "Headphone Mic Jack", "Headphone+LO Jack",    "Front Headphone Front Jack", "Headphone Front Jack",
  };
  static const char *const do_not[] = {
    "Headphone Phantom Jack",
    "Front Headphone Phantom Jack",
    "Headset Phantom Jack",
    "Mic Jack",
    "Headset Mic Jack",
    "HDMI/DP,pcm=3 Jack",
    "Line Out Jack",
    "Speaker Phantom Jack",
    "Headphone",
    "Headphone Playback Switch",
    "Headphone Jack Switch",
    "",
  };

  (void) test;
  for (guint i = 0; i < G_N_ELEMENTS (count); i++)
    assert_true (pv_jack_counts (count[i]));
  for (guint i = 0; i < G_N_ELEMENTS (do_not); i++)
    assert_false (pv_jack_counts (do_not[i]));
}

static void
any_plug_is_enough (void **test)
{
  PvJackState state = { 0 };

  (void) test;
  assert_true (pv_jack_state_add (&state, 7));
  assert_true (pv_jack_state_add (&state, 12));
  assert_true (pv_jack_state_has (&state, 12));
  assert_false (pv_jack_state_has (&state, 8));
  assert_false (pv_jack_state_is_plugged (&state));
  pv_jack_state_set (&state, 8, TRUE);
  assert_false (pv_jack_state_is_plugged (&state));
  pv_jack_state_set (&state, 7, TRUE);
  pv_jack_state_set (&state, 12, TRUE);
  pv_jack_state_set (&state, 7, FALSE);
  assert_true (pv_jack_state_is_plugged (&state));
  pv_jack_state_set (&state, 12, FALSE);
  assert_false (pv_jack_state_is_plugged (&state));
}

static void
too_many_controls_are_left_alone (void **test)
{
  PvJackState state = { 0 };

  (void) test;
  for (guint i = 0; i < PV_JACK_MAX_CONTROLS; i++)
    assert_true (pv_jack_state_add (&state, i + 1));
  assert_false (pv_jack_state_add (&state, 99));
  assert_false (pv_jack_state_has (&state, 99));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (only_what_a_person_puts_on_the_head_counts),
    cmocka_unit_test (any_plug_is_enough),
    cmocka_unit_test (too_many_controls_are_left_alone),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

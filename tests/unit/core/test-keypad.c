/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/keypad.h"

#include "tst.h"

enum { TAB = 0xff09, F13 = 0xffca, TOOLS = 0x1008ff81, KEYCODE_F13 = 191 };

static void
a_key_has_one_meaning (void **state)
{
  PvKeypadMap map = { 0 };

  (void) state;
  assert_true (pv_keypad_map_add (&map, TAB, PV_KEYPAD_NEXT));
  assert_true (pv_keypad_map_add (&map, TAB, PV_KEYPAD_NEXT));
  assert_false (pv_keypad_map_add (&map, TAB, PV_KEYPAD_VALIDATE));
  assert_int_equal (map.n_keys, 1);
  assert_int_equal (pv_keypad_map_find (&map, TAB, 23), PV_KEYPAD_NEXT);
  assert_int_equal (pv_keypad_map_find (&map, 'a', 24), PV_KEYPAD_NOTHING);
}

static void
no_more_keys_than_there_is_room_for (void **state)
{
  PvKeypadMap map = { 0 };

  (void) state;
  for (guint i = 0; i < PV_KEYPAD_MAX_KEYS; i++)
    assert_true (pv_keypad_map_add (&map, 1000 + i, PV_KEYPAD_UP));
  assert_false (pv_keypad_map_add (&map, 1, PV_KEYPAD_UP));
}

/* The tables of Debian call the key F13 XF86Tools; either name finds it. */
static void
f13_is_found_by_its_hardware_and_by_its_other_name (void **state)
{
  PvKeypadMap map = { 0 }, other = { 0 };

  (void) state;
  pv_keypad_map_add (&map, F13, PV_KEYPAD_HELP);
  pv_keypad_map_add (&map, F13 + 11, PV_KEYPAD_REPEAT);
  assert_int_equal (pv_keypad_map_find (&map, TOOLS, KEYCODE_F13), PV_KEYPAD_HELP);
  assert_int_equal (pv_keypad_map_find (&map, 0, KEYCODE_F13 + 11), PV_KEYPAD_REPEAT);
  assert_int_equal (pv_keypad_map_find (&map, F13, 0), PV_KEYPAD_HELP);
  assert_int_equal (pv_keypad_map_find (&map, TOOLS, KEYCODE_F13 + 1), PV_KEYPAD_NOTHING);
  pv_keypad_map_add (&other, TOOLS, PV_KEYPAD_BACK);
  assert_int_equal (pv_keypad_map_find (&other, TOOLS, KEYCODE_F13), PV_KEYPAD_BACK);
}

static void
names_are_those_of_a_pad (void **state)
{
  static const char *const wrong[] = {
    "", "a", "5", "space", "period", "F0", "F36", "F01", "KP_10", "KP_-1", "tab", "F"
  };

  (void) state;
  assert_int_equal (pv_keypad_key_from_name ("Tab"), TAB);
  assert_int_equal (pv_keypad_key_from_name ("F13"), F13);
  assert_int_equal (pv_keypad_key_from_name ("KP_5"), 0xffb5);
  assert_int_equal (pv_keypad_key_from_name ("KP_0"), 0xffb0);
  assert_int_equal (pv_keypad_key_from_name ("XF86AudioRaiseVolume"), 0x1008ff13);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_int_equal (pv_keypad_key_from_name (wrong[i]), 0);
}

/* EN 301 549, 5.7 */
static void
a_key_held_for_three_seconds_acts_once (void **state)
{
  PvKeypadPresses presses = { 0 };
  guint n_accepted = 0;

  (void) state;
  for (guint32 ms = 0; ms <= 3000; ms += 25)
    n_accepted += pv_keypad_press (&presses, 23, 5000 + ms, 300);
  assert_int_equal (n_accepted, 1);
  pv_keypad_release (&presses, 23);
  assert_true (pv_keypad_press (&presses, 23, 8100, 300));
}

/* A window that loses the keys may never hear that one went up. */
static void
a_key_that_was_let_go_unseen_works_again (void **state)
{
  PvKeypadPresses presses = { 0 };

  (void) state;
  assert_true (pv_keypad_press (&presses, 23, 1000, 300));
  assert_false (pv_keypad_press (&presses, 23, 1900, 300));
  assert_true (pv_keypad_press (&presses, 23, 4000, 300));
}

/* EN 301 549, 5.8 */
static void
the_same_key_again_at_once_is_not_meant (void **state)
{
  PvKeypadPresses presses = { 0 };

  (void) state;
  assert_true (pv_keypad_press (&presses, 23, G_MAXUINT32 - 50, 300));
  pv_keypad_release (&presses, 23);
  assert_false (pv_keypad_press (&presses, 23, 49, 300)); /* 100 ms later: the clock began anew */
  pv_keypad_release (&presses, 23);
  /* What was not meant does not make the wait longer. */
  assert_true (pv_keypad_press (&presses, 23, 249, 300));
  pv_keypad_release (&presses, 23);
  assert_true (pv_keypad_press (&presses, 24, 260, 300)); /* another key */
  pv_keypad_release (&presses, 24);
  assert_true (pv_keypad_press (&presses, 24, 261, 0));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_key_has_one_meaning),
    cmocka_unit_test (no_more_keys_than_there_is_room_for),
    cmocka_unit_test (f13_is_found_by_its_hardware_and_by_its_other_name),
    cmocka_unit_test (names_are_those_of_a_pad),
    cmocka_unit_test (a_key_held_for_three_seconds_acts_once),
    cmocka_unit_test (a_key_that_was_let_go_unseen_works_again),
    cmocka_unit_test (the_same_key_again_at_once_is_not_meant),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

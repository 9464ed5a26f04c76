/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis and the service screen: a key that is plugged in, citizens who come first, and what happens when it crashes. */
#include "supervisor-rig.h"

static void
plug_key_in (const Fixture *fixture)
{
  write_text (fixture->service, PV_SERVICE_ASKED, "parvis-service 1\n");
}

static void
a_key_brings_the_service_screen_alone_and_takes_it_away (void **state)
{
  Fixture *fixture = *state;

  begin (fixture, "1");
  plug_key_in (fixture);
  assert_order (fixture, "1 exit", "3 service");
  assert_order (fixture, "2 exit", "3 service");
  assert_order (fixture, "3 service", "3 shown");
  tst_remove_folder (fixture->service);
  assert_order (fixture, "3 finish", "3 exit");
  assert_order (fixture, "3 exit", "4 shown");
  wait_for (fixture, "5 ready");
  assert_int_equal (count_lines (fixture, " service"), 1);
}

static void
a_key_waits_for_whom_somebody_has_touched (void **state)
{
  Fixture *fixture = *state;

  begin (fixture, "5");
  send (fixture, 1, SIGUSR2);
  wait_for (fixture, "1 touched");
  plug_key_in (fixture);
  wait_for (fixture, "2 exit");
  assert_int_equal (find_line (fixture, "1 finish"), -1);
  send (fixture, 1, SIGUSR1);
  assert_order (fixture, "1 goodbye", "1 exit");
  assert_order (fixture, "1 exit", "3 service");
  wait_for (fixture, "3 shown");
}

/* Its key is still plugged in: it is not started again by itself, and the kiosk is not out of order because of it. */
static void
a_service_screen_that_crashes_gives_way_to_sessions (void **state)
{
  Fixture *fixture = *state;

  write_text (fixture->sessions, "manners.3", "crash-when-shown");
  begin (fixture, "1");
  plug_key_in (fixture);
  assert_order (fixture, "3 show", "4 shown");
  wait_for (fixture, "5 ready");
  assert_int_equal (count_lines (fixture, " service"), 1);
  assert_int_equal (count_lines (fixture, "out-of-order"), 0);
}

#define WITH_FOLDER(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_FOLDER (a_key_brings_the_service_screen_alone_and_takes_it_away),
    WITH_FOLDER (a_key_waits_for_whom_somebody_has_touched),
    WITH_FOLDER (a_service_screen_that_crashes_gives_way_to_sessions),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

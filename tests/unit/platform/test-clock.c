/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/clock.h"

#include <sys/timex.h>
#include <time.h>

#include "fake-clock.h"
#include "tst.h"

static void
the_system_clock_tells_utc_and_never_goes_back (void **state)
{
  PvClock *clock = pv_clock_get_system ();
  gint64 before_s = (gint64) time (NULL);
  gint64 wall_us = pv_clock_get_wall_us (clock);
  gint64 last_ms = pv_clock_get_monotonic_ms (clock);

  (void) state;
  assert_true (wall_us >= before_s * G_USEC_PER_SEC);
  assert_true (wall_us <= ((gint64) time (NULL) + 1) * G_USEC_PER_SEC);
  for (int i = 0; i < 1000; i++) {
    gint64 now_ms = pv_clock_get_monotonic_ms (clock);

    assert_true (now_ms >= last_ms);
    last_ms = now_ms;
  }
}

/* The kernel's own words, read another way: a clock that nobody corrects has STA_UNSYNC or an error at its limit. */
static void
an_uncorrected_clock_is_not_synchronised (void **state)
{
  struct timex kernel = { 0 };
  int result = adjtimex (&kernel);

  (void) state;
  if (result < 0 || kernel.maxerror < 16000000)
    skip ();
  assert_false (pv_clock_is_synchronised (pv_clock_get_system ()));
}

static void
the_fake_clock_turns_only_by_hand (void **state)
{
  FakeClock fake;
  PvClock *clock = &fake.clock;
  gint64 start_ms;

  (void) state;
  fake_clock_init (&fake, "2026-11-24T10:00:00Z");
  start_ms = pv_clock_get_monotonic_ms (clock);
  assert_int_equal (pv_clock_get_wall_us (clock), G_GINT64_CONSTANT (1795514400) * G_USEC_PER_SEC);
  fake_clock_advance_ms (&fake, 1500);
  assert_int_equal (pv_clock_get_wall_us (clock), G_GINT64_CONSTANT (1795514400) * G_USEC_PER_SEC + 1500000);
  assert_int_equal (pv_clock_get_monotonic_ms (clock), start_ms + 1500);
  assert_true (pv_clock_is_synchronised (clock));
  fake.is_synchronised = FALSE;
  assert_false (pv_clock_is_synchronised (clock));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_system_clock_tells_utc_and_never_goes_back),
    cmocka_unit_test (an_uncorrected_clock_is_not_synchronised),
    cmocka_unit_test (the_fake_clock_turns_only_by_hand),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "kiosk/courier/limiter.h"

enum { ALLOWED = 5 };

static void
a_few_slips_are_not_noticed (void **state)
{
  PvLimiter limiter;

  (void) state;
  pv_limiter_init (&limiter, ALLOWED);
  for (guint i = 0; i + 1 < ALLOWED; i++) {
    pv_limiter_note_wrong (&limiter, 1000 * i);
    assert_int_equal (pv_limiter_get_wait_s (&limiter, 1000 * i), 0);
  }
}

static void
each_further_one_makes_the_pause_longer_up_to_an_hour (void **state)
{
  static const guint pauses_s[] = { 60, 120, 240, 480, 960, 1920, 3600, 3600 };
  PvLimiter limiter;
  gint64 now_ms = 0;

  (void) state;
  pv_limiter_init (&limiter, ALLOWED);
  for (guint i = 0; i + 1 < ALLOWED; i++)
    pv_limiter_note_wrong (&limiter, now_ms);
  for (gsize i = 0; i < G_N_ELEMENTS (pauses_s); i++) {
    pv_limiter_note_wrong (&limiter, now_ms);
    assert_int_equal (pv_limiter_get_wait_s (&limiter, now_ms), pauses_s[i]);
    now_ms += (gint64) pauses_s[i] * 1000 - 1;
    assert_int_equal (pv_limiter_get_wait_s (&limiter, now_ms), 1);
    now_ms++;
    assert_int_equal (pv_limiter_get_wait_s (&limiter, now_ms), 0);
  }
}

static void
ten_quiet_minutes_after_the_pause_forgive (void **state)
{
  PvLimiter limiter;
  gint64 end_ms = PV_LIMITER_FIRST_PAUSE_MS;

  (void) state;
  pv_limiter_init (&limiter, 1);
  pv_limiter_note_wrong (&limiter, 0);
  pv_limiter_note_wrong (&limiter, end_ms + PV_LIMITER_FORGIVE_MS); /* not yet */
  assert_int_equal (pv_limiter_get_wait_s (&limiter, end_ms + PV_LIMITER_FORGIVE_MS), 120);
  end_ms += PV_LIMITER_FORGIVE_MS + 120 * 1000;
  pv_limiter_note_wrong (&limiter, end_ms + PV_LIMITER_FORGIVE_MS + 1);
  assert_int_equal (pv_limiter_get_wait_s (&limiter, end_ms + PV_LIMITER_FORGIVE_MS + 1), 60);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_few_slips_are_not_noticed),
    cmocka_unit_test (each_further_one_makes_the_pause_longer_up_to_an_hour),
    cmocka_unit_test (ten_quiet_minutes_after_the_pause_forgive),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

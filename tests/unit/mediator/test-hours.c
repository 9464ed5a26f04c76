/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/hours.h"

#include "tst.h"

static void
reads_spans_and_nothing_else (void **state)
{
  static const struct {
    const char *text;
    gboolean is_span;
  } cases[] = {
    { "mon-fri 09:00-12:30", TRUE },
    { "sat 09:00-12:00", TRUE },
    { "MON-Sun 00:00-24:00", TRUE },
    { "fri-mon 09:00-12:00", FALSE },
    { "mon 12:00-09:00", FALSE },
    { "mon 09:00-09:00", FALSE },
    { "mon 9:00-12:00", FALSE },
    { "mon 09:60-12:00", FALSE },
    { "mon 09:00-24:01", FALSE },
    { "mon 09:00-12:00 ", FALSE },
    { "lun 09:00-12:00", FALSE },
    { "mon", FALSE },
    { "", FALSE },
    { "mon-fri09:00-12", FALSE },
    { "mon 0", FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    if (pv_hours_is_span (cases[i].text) != cases[i].is_span)
      fail_msg ("\"%s\"", cases[i].text);
}

static void
tells_whether_a_moment_is_within (void **state)
{
  static const char *const hours[] = { "mon-fri 09:00-12:00", "sat 10:00-11:00", NULL };
  static const char *const none[] = { NULL };

  (void) state;
  assert_true (pv_hours_contain (hours, 1, 9 * 60));
  assert_false (pv_hours_contain (hours, 1, 9 * 60 - 1));
  assert_true (pv_hours_contain (hours, 5, 12 * 60 - 1));
  assert_false (pv_hours_contain (hours, 5, 12 * 60));
  assert_false (pv_hours_contain (hours, 6, 9 * 60));
  assert_true (pv_hours_contain (hours, 6, 10 * 60));
  assert_false (pv_hours_contain (hours, 7, 10 * 60));
  assert_true (pv_hours_contain (none, 7, 0));
  assert_true (pv_hours_contain (NULL, 7, 0));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (reads_spans_and_nothing_else),
    cmocka_unit_test (tells_whether_a_moment_is_within),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "kiosk/supervisor/restart.h"

enum { HOUR_MS = 60 * 60 * 1000 };

static void
it_is_due_for_three_hours_while_nobody_is_there (void **state)
{
  static const struct {
    int set;
    guint now;
    gint64 up_ms;
    gboolean is_idle, is_due;
  } cases[] = {
    { 270, 269, 24 * HOUR_MS, TRUE, FALSE },  { 270, 270, 24 * HOUR_MS, TRUE, TRUE },
    { 270, 449, 24 * HOUR_MS, TRUE, TRUE },   { 270, 450, 24 * HOUR_MS, TRUE, FALSE },
    { 270, 300, 24 * HOUR_MS, FALSE, FALSE }, { -1, 270, 24 * HOUR_MS, TRUE, FALSE },
    { 1410, 1439, 24 * HOUR_MS, TRUE, TRUE }, { 1410, 0, 24 * HOUR_MS, TRUE, TRUE }, /* over midnight */
    { 1410, 149, 24 * HOUR_MS, TRUE, TRUE },  { 1410, 150, 24 * HOUR_MS, TRUE, FALSE },
    { 0, 0, 24 * HOUR_MS, TRUE, TRUE },       { 0, 1439, 24 * HOUR_MS, TRUE, FALSE },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (pv_restart_is_due (cases[i].set, cases[i].now, cases[i].up_ms, cases[i].is_idle) != cases[i].is_due)
      fail_msg ("%d at %u", cases[i].set, cases[i].now);
}

/* A machine that is restarted whenever it is asked for is so once each day, however fast it comes back. */
static void
a_week_has_seven_restarts_and_no_more (void **state)
{
  enum { NOON = 12 * 60, WEEK = 7 * 24 * 60 };
  guint n = 0;
  gint64 up_minutes = 600;

  (void) state;
  for (guint minute = NOON; minute < NOON + WEEK; minute++, up_minutes++)
    if (pv_restart_is_due (1380, minute % (24 * 60), up_minutes * 60 * 1000, TRUE)) {
      n++;
      up_minutes = 0;
    }
  assert_int_equal (n, 7);
}

static void
it_is_asked_for_with_an_empty_file_and_an_impossible_place_is_told (void **state)
{
  g_autofree char *folder = g_dir_make_tmp ("pv-restart-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, PV_RESTART_FILE, NULL),
                  *inside = g_build_filename (path, "x", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 1;

  (void) state;
  assert_true (pv_restart_ask (folder, NULL));
  assert_true (g_file_get_contents (path, &text, &length, NULL));
  assert_int_equal (length, 0);
  assert_false (pv_restart_ask (inside, &error));
  assert_non_null (error);
  assert_false (pv_restart_ask (NULL, NULL));
  tst_remove_folder (folder);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (it_is_due_for_three_hours_while_nobody_is_there),
    cmocka_unit_test (a_week_has_seven_restarts_and_no_more),
    cmocka_unit_test (it_is_asked_for_with_an_empty_file_and_an_impossible_place_is_told),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "kiosk/courier/usage.h"

#define DAY G_TIME_SPAN_DAY
/* 2026-11-30 23:30 in Paris, 22:30 UTC */
#define LATE (G_GINT64_CONSTANT (1796077800) * G_USEC_PER_SEC)
#define HOUR G_TIME_SPAN_HOUR

typedef struct Fixture {
  char *folder;
  PvDisk disk;
  gboolean is_full;
  PvUsage *usage;
} Fixture;

static gboolean
full_create (PvDisk *disk, int folder, const char *name, GBytes *content, GError **error)
{
  Fixture *fixture = (Fixture *) (void *) ((char *) disk - G_STRUCT_OFFSET (Fixture, disk));
  PvDisk *real = pv_disk_get_default ();

  if (!fixture->is_full)
    return real->create (real, folder, name, content, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  return FALSE;
}

static void
open_usage (Fixture *fixture)
{
  pv_usage_free (fixture->usage);
  fixture->usage = pv_usage_open (fixture->folder, "Europe/Paris", &fixture->disk, NULL);
  assert_non_null (fixture->usage);
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->folder = g_dir_make_tmp ("pv-usage-XXXXXX", NULL);
  fixture->disk = *pv_disk_get_default ();
  fixture->disk.create = full_create;
  open_usage (fixture);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_usage_free (fixture->usage);
  tst_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture);
  return 0;
}

static void
days_are_those_of_the_commune (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *none = NULL, *day = NULL;

  assert_true (pv_usage_count (fixture->usage, "acte", LATE, NULL));
  assert_true (pv_usage_count (fixture->usage, "acte", LATE + HOUR, NULL));
  assert_true (pv_usage_count (fixture->usage, "acte", LATE + HOUR, NULL));
  assert_int_equal (pv_usage_get (fixture->usage, "2026-11-30", "acte"), 1);
  assert_int_equal (pv_usage_get (fixture->usage, "2026-12-01", "acte"), 2);
  none = pv_usage_find_day (fixture->usage, LATE);
  assert_null (none);
  day = pv_usage_find_day (fixture->usage, LATE + HOUR);
  assert_string_equal (day, "2026-11-30");
}

static void
a_restart_forgets_nothing_and_a_day_that_was_told_is_gone (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = g_build_filename (fixture->folder, "usage", NULL), *text = NULL, *day = NULL;
  g_autoptr (GPtrArray) slugs = NULL;

  pv_usage_count (fixture->usage, "rsa", LATE, NULL);
  pv_usage_count (fixture->usage, "acte", LATE, NULL);
  pv_usage_count (fixture->usage, "acte", LATE, NULL);
  open_usage (fixture);
  slugs = pv_usage_list (fixture->usage, "2026-11-30");
  assert_int_equal (slugs->len, 2);
  assert_string_equal (slugs->pdata[0], "acte");
  assert_int_equal (pv_usage_get (fixture->usage, "2026-11-30", "acte"), 2);
  assert_true (pv_usage_remove_day (fixture->usage, "2026-11-30", NULL));
  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  assert_string_equal (text, "");
  open_usage (fixture);
  day = pv_usage_find_day (fixture->usage, LATE + 2 * DAY);
  assert_null (day);
}

static void
what_cannot_be_told_for_long_is_removed (void **state)
{
  Fixture *fixture = *state;

  for (guint i = 0; i <= PV_USAGE_KEEP_DAYS + 1; i++)
    pv_usage_count (fixture->usage, "acte", LATE + i * DAY, NULL);
  assert_int_equal (pv_usage_get (fixture->usage, "2026-11-30", "acte"), 0);
  assert_int_equal (pv_usage_get (fixture->usage, "2026-12-01", "acte"), 1);
}

static void
what_the_disk_does_not_take_is_not_counted (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;

  pv_usage_count (fixture->usage, "acte", LATE, NULL);
  fixture->is_full = TRUE;
  assert_false (pv_usage_count (fixture->usage, "acte", LATE, &error));
  assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE));
  assert_false (pv_usage_count (fixture->usage, "rsa", LATE, NULL));
  fixture->is_full = FALSE;
  assert_int_equal (pv_usage_get (fixture->usage, "2026-11-30", "acte"), 1);
  assert_int_equal (pv_usage_get (fixture->usage, "2026-11-30", "rsa"), 0);
}

/* A name could otherwise end the line and begin another. */
static void
a_name_that_is_none_is_refused (void **state)
{
  static const char *const names[] = { "", "two words", "a\nb", "a\tb", "\xff" };
  Fixture *fixture = *state;
  g_autofree char *longest = g_strnfill (61, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    assert_false (pv_usage_count (fixture->usage, names[i], LATE, NULL));
  assert_false (pv_usage_count (fixture->usage, longest, LATE, NULL));
}

static void
a_file_that_is_none_of_ours_is_begun_anew (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = g_build_filename (fixture->folder, "usage", NULL);

  assert_true (
    g_file_set_contents (path, "\x7f\x45LF\n2026-11-30 acte -4\n2026-11-30 acte 3 4\n2026-11-30 rsa 2\n", -1, NULL));
  open_usage (fixture);
  assert_int_equal (pv_usage_get (fixture->usage, "2026-11-30", "acte"), 0);
  assert_int_equal (pv_usage_get (fixture->usage, "2026-11-30", "rsa"), 2);
  assert_true (pv_usage_count (fixture->usage, "acte", LATE, NULL));
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (days_are_those_of_the_commune, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_restart_forgets_nothing_and_a_day_that_was_told_is_gone, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_cannot_be_told_for_long_is_removed, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_the_disk_does_not_take_is_not_counted, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_name_that_is_none_is_refused, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_file_that_is_none_of_ours_is_begun_anew, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

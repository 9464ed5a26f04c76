/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "print/page-count.h"

typedef struct {
  char *folder, *path;
} Fixture;

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->folder = g_dir_make_tmp ("pv-pages-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, PV_PAGE_COUNT_FILE, NULL);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  tst_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture);
  return 0;
}

static void
add (Fixture *fixture, const char *date, guint n_pages)
{
  g_autoptr (GError) error = NULL;

  assert_true (pv_page_count_add (fixture->path, date, n_pages, &error));
}

static void
put (Fixture *fixture, const char *text)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  assert_int_equal (g_mkdir_with_parents (folder, 0700), 0);
  assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
}

static void
assert_file (Fixture *fixture, const char *expected)
{
  g_autofree char *text = NULL;

  assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  assert_string_equal (text, expected);
}

static void
adds_up_pages_and_jobs_of_each_day (void **state)
{
  add (*state, "2026-11-30", 1);
  add (*state, "2026-11-30", 3);
  add (*state, "2026-12-01", 2);
  assert_file (*state, "2026-11-30;4;2\n2026-12-01;2;1\n");
}

static void
nothing_is_counted_where_there_is_no_file (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GArray) days = pv_page_count_read (fixture->path, NULL);

  assert_non_null (days);
  assert_int_equal (days->len, 0);
}

/* 2025 to 2026: no leap day. */
static void
keeps_a_year_and_forgets_what_is_older (void **state)
{
  put (*state, "2025-11-28;9;9\n2025-11-29;8;8\n2025-11-30;7;7\n");
  add (*state, "2026-11-30", 1);
  assert_file (*state, "2025-11-30;7;7\n2026-11-30;1;1\n");
}

static void
counts_on_after_lines_that_are_none (void **state)
{
  put (*state, "2026-11-29;5;2\n2026-13-01;1;1\n2026-02-30;1;1\n;;\nMartin;1;1\n2026-11-28;-1;1\n2026-11-27;1\n"
               "2026-11-26;1;1;1\n\xff\n2026-11-25;99999999999;1\n2026-11-24;1;");
  add (*state, "2026-11-30", 1);
  assert_file (*state, "2026-11-29;5;2\n2026-11-30;1;1\n");
}

static void
a_count_never_wraps (void **state)
{
  put (*state, "2026-11-30;2147483647;2147483647\n");
  add (*state, "2026-11-30", 5);
  assert_file (*state, "2026-11-30;2147483647;2147483647\n");
}

static void
refuses_what_is_no_day (void **state)
{
  static const char *const days[] = { "", "30/11/2026", "2026-11-31", "2026-11-3", "2026-11-300" };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    assert_false (pv_page_count_add (fixture->path, days[i], 1, NULL));
  assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* A folder in its place: neither lost nor a crash. */
static void
says_that_it_cannot_be_counted (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GError) error = NULL;

  assert_int_equal (g_mkdir_with_parents (fixture->path, 0700), 0);
  assert_false (pv_page_count_add (fixture->path, "2026-11-30", 1, &error));
  assert_non_null (error);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (adds_up_pages_and_jobs_of_each_day, set_up, tear_down),
    cmocka_unit_test_setup_teardown (nothing_is_counted_where_there_is_no_file, set_up, tear_down),
    cmocka_unit_test_setup_teardown (keeps_a_year_and_forgets_what_is_older, set_up, tear_down),
    cmocka_unit_test_setup_teardown (counts_on_after_lines_that_are_none, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_count_never_wraps, set_up, tear_down),
    cmocka_unit_test_setup_teardown (refuses_what_is_no_day, set_up, tear_down),
    cmocka_unit_test_setup_teardown (says_that_it_cannot_be_counted, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

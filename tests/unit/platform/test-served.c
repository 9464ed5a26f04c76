/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "platform/served.h"

static int
set_up (void **state)
{
  *state = g_dir_make_tmp ("pv-served-XXXXXX", NULL);
  return 0;
}

static int
tear_down (void **state)
{
  tst_remove_folder (*state);
  g_free (*state);
  return 0;
}

static void
it_is_held_until_the_descriptor_is_closed (void **state)
{
  const char *runtime = *state;
  int fd;

  assert_false (pv_served_is_held (runtime)); /* there is no file yet */
  fd = pv_served_hold (runtime);
  assert_true (fd >= 0);
  assert_true (pv_served_is_held (runtime));
  close (fd);
  assert_false (pv_served_is_held (runtime));
}

static void
a_look_leaves_nothing_behind (void **state)
{
  const char *runtime = *state;
  g_autofree char *path = g_build_filename (runtime, PV_SERVED_FILE, NULL);
  int fd;

  assert_false (pv_served_is_held (runtime));
  assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  close (pv_served_hold (runtime));
  assert_false (pv_served_is_held (runtime));
  fd = pv_served_hold (runtime);
  assert_true (fd >= 0);
  close (fd);
}

/* As an upgrade does, with flock(1). */
static void
who_waits_for_its_end_has_it_alone (void **state)
{
  const char *runtime = *state;
  g_autofree char *path = g_build_filename (runtime, PV_SERVED_FILE, NULL);
  int other, fd = pv_served_hold (runtime);

  other = open (path, O_RDONLY | O_CLOEXEC);
  assert_int_equal (flock (other, LOCK_EX | LOCK_NB), -1);
  close (fd);
  assert_int_equal (flock (other, LOCK_EX | LOCK_NB), 0);
  assert_int_equal (pv_served_hold (runtime), -1);
  close (other);
  fd = pv_served_hold (runtime);
  assert_true (fd >= 0);
  close (fd);
}

/* The folder of a kiosk belongs to root, and several logins may write there: nobody is led elsewhere. */
static void
a_link_is_not_followed (void **state)
{
  const char *runtime = *state;
  g_autofree char *path = g_build_filename (runtime, PV_SERVED_FILE, NULL);
  g_autofree char *elsewhere = g_build_filename (runtime, "elsewhere", NULL);

  assert_int_equal (symlink (elsewhere, path), 0);
  assert_int_equal (pv_served_hold (runtime), -1);
  assert_false (g_file_test (elsewhere, G_FILE_TEST_EXISTS));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (it_is_held_until_the_descriptor_is_closed, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_look_leaves_nothing_behind, set_up, tear_down),
    cmocka_unit_test_setup_teardown (who_waits_for_its_end_has_it_alone, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_link_is_not_followed, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

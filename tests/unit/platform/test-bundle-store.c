/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Putting a bundle in the place of another: who reads sees the old one or the new one, whenever it was cut. */

#include "tst.h"

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bundle-maker.h"
#include "platform/bundle-store.h"

enum { MOST_CALLS = 2000 };

static char *store, *secret, *public_text;

static int
set_up (void **state)
{
  (void) state;
  store = g_dir_make_tmp ("pv-bundles-XXXXXX", NULL);
  pv_bundle_keys_new (&secret, &public_text);
  return 0;
}

static int
tear_down (void **state)
{
  (void) state;
  tst_remove_folder (store);
  g_free (store);
  g_free (secret);
  g_free (public_text);
  return 0;
}

/* Three files, each of which says the serial. */
static GBytes *
make_bundle (guint serial)
{
  g_autofree char *one = g_strdup_printf ("# %u\n", serial);
  g_autofree char *text =
    g_strdup_printf ("parvis-settings-bundle 1 %u platform 2027-01-31 3\nfile a.conf %zu\n%s\nfile b.conf %zu\n%s\n"
                     "file c.conf %zu\n%s\n",
                     serial, strlen (one), one, strlen (one), one, strlen (one), one);

  return maker_sign (text, -1, secret);
}

static void
put (guint serial)
{
  g_autoptr (GBytes) bytes = make_bundle (serial);
  g_autoptr (PvBundle) bundle = pv_bundle_parse (bytes, NULL);
  g_autofree char *before = pv_bundle_store_get_name (store, PV_LAYER_PLATFORM);
  g_autofree char *name = pv_bundle_store_stage (store, PV_LAYER_PLATFORM, bundle, bytes, NULL);

  if (name != NULL && pv_bundle_store_turn (store, PV_LAYER_PLATFORM, name, NULL))
    pv_bundle_store_tidy (store, PV_LAYER_PLATFORM, before);
}

/* The serial that counts, after having seen that all of it is there. */
static guint
look (void)
{
  static const char *const names[] = { "a.conf", "b.conf", "c.conf" };
  g_autoptr (PvBundle) bundle = pv_bundle_store_read (store, PV_LAYER_PLATFORM);
  g_autofree char *expected = NULL;

  assert_non_null (bundle);
  expected = g_strdup_printf ("# %u\n", (guint) bundle->serial);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (store, "platform", names[i], NULL), *text = NULL;

    assert_true (g_file_get_contents (path, &text, NULL, NULL));
    assert_string_equal (text, expected);
  }
  return (guint) bundle->serial;
}

static guint
count_entries (void)
{
  g_autoptr (GDir) dir = g_dir_open (store, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
a_new_one_counts_and_the_one_before_stays_for_who_reads_it (void **state)
{
  g_autofree char *first = NULL, *path = NULL;

  (void) state;
  assert_null (pv_bundle_store_read (store, PV_LAYER_PLATFORM));
  put (1);
  assert_int_equal (look (), 1);
  first = pv_bundle_store_get_name (store, PV_LAYER_PLATFORM);
  put (2);
  assert_int_equal (look (), 2);
  path = g_build_filename (store, first, "a.conf", NULL);
  assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  put (3);
  assert_int_equal (look (), 3);
  assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_int_equal (count_entries (), 3); /* the link, the third, the second */
}

static void
it_may_be_taken_away (void **state)
{
  (void) state;
  put (1);
  assert_true (pv_bundle_store_turn (store, PV_LAYER_PLATFORM, NULL, NULL));
  pv_bundle_store_tidy (store, PV_LAYER_PLATFORM, NULL);
  assert_int_equal (count_entries (), 0);
  assert_true (pv_bundle_store_turn (store, PV_LAYER_PLATFORM, NULL, NULL));
}

/* A child that puts @serial, stopped at each call of the kernel, and killed at the one of number @at. FALSE: it came to its end. */
static gboolean
put_and_kill (guint serial, guint at)
{
  pid_t child = fork ();
  int status = 0;

  assert_true (child >= 0);
  if (child == 0) {
    ptrace (PTRACE_TRACEME, 0, NULL, NULL);
    raise (SIGSTOP);
    put (serial);
    _exit (0);
  }
  assert_int_equal (waitpid (child, &status, 0), child);
  for (guint n = 0; n < at; n++) {
    assert_int_equal (ptrace (PTRACE_SYSCALL, child, NULL, NULL), 0);
    assert_int_equal (waitpid (child, &status, 0), child);
    if (WIFEXITED (status))
      return FALSE;
  }
  kill (child, SIGKILL);
  assert_int_equal (waitpid (child, &status, 0), child);
  return TRUE;
}

static void
killed_at_any_call_it_is_the_old_one_or_the_new_one (void **state)
{
  guint old = 1, n_old = 0, n_new = 0, at = 1;

  (void) state;
  put (old);
  for (; at < MOST_CALLS && put_and_kill (old + 1, at); at++) {
    guint now = look ();

    assert_in_range (now, old, old + 1);
    n_old += now == old ? 1 : 0;
    n_new += now != old ? 1 : 0;
    /* What was left does not stand in the way of the next time. */
    put (now + 1);
    assert_int_equal (look (), now + 1);
    assert_true (count_entries () <= 3);
    old = now + 1;
  }
  assert_in_range (at, 30, MOST_CALLS - 1);
  assert_true (n_old > 0 && n_new > 0);
  g_printerr ("# killed at %u calls: %u times the old one, %u times the new one\n", at - 1, n_old, n_new);
}

static void
a_store_that_cannot_be_written_is_told (void **state)
{
  g_autoptr (GBytes) bytes = make_bundle (1);
  g_autoptr (PvBundle) bundle = pv_bundle_parse (bytes, NULL);
  g_autofree char *nowhere = g_build_filename (store, "not-there", NULL);
  g_autoptr (GError) error = NULL, other_error = NULL;

  (void) state;
  assert_null (pv_bundle_store_stage (nowhere, PV_LAYER_PLATFORM, bundle, bytes, &error));
  assert_true (g_error_matches (error, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_DISK));
  assert_false (pv_bundle_store_turn (nowhere, PV_LAYER_PLATFORM, "x", &other_error));
  assert_true (g_error_matches (other_error, PV_BUNDLE_ERROR, PV_BUNDLE_ERROR_DISK));
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (a_new_one_counts_and_the_one_before_stays_for_who_reads_it, set_up, tear_down),
    cmocka_unit_test_setup_teardown (it_may_be_taken_away, set_up, tear_down),
    cmocka_unit_test_setup_teardown (killed_at_any_call_it_is_the_old_one_or_the_new_one, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_store_that_cannot_be_written_is_told, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

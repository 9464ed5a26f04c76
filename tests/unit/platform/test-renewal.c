/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When a service that reads its settings at its start ends. Files and the lock are real; the clock is not. */

#include "tst.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "fake-clock.h"
#include "platform/maintenance-file.h"
#include "platform/renewal.h"
#include "platform/served.h"

enum { WAIT_MS = 20000 };

#define GOOD "[commune]\nname=Montclair\n[portal]\nmode=relay\nurl=http://127.0.0.1:1\n"

typedef struct Fixture {
  char *folder, *settings, *runtime;
  FakeClock clock;
  PvRenewal *renewal;
  gboolean is_busy, has_looked, has_ended;
  guint n_looks, n_ends;
} Fixture;

static gboolean
is_idle_cb (gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_looks++;
  fixture->has_looked = TRUE;
  return !fixture->is_busy;
}

static void
end_cb (gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_ends++;
  fixture->has_ended = TRUE;
}

static void
write_text (const Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->settings, name, NULL);

  assert_true (g_file_set_contents (path, text, -1, NULL));
}

static int
set_up (void **state)
{
  static const PvRenewalHooks hooks = { is_idle_cb, end_cb };
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->folder = g_dir_make_tmp ("pv-renewal-XXXXXX", NULL);
  fixture->settings = g_build_filename (fixture->folder, "conf.d", NULL);
  fixture->runtime = g_build_filename (fixture->folder, "run", NULL);
  g_mkdir (fixture->settings, 0700);
  g_mkdir (fixture->runtime, 0700);
  write_text (fixture, "10-commune.conf", GOOD);
  fake_clock_init (&fixture->clock, "2026-11-24T09:00:00Z");
  fixture->renewal = pv_renewal_new (fixture->settings, &fixture->clock.clock, &hooks, fixture);
  pv_renewal_aim (fixture->renewal, fixture->runtime);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_renewal_free (fixture->renewal);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  tst_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->settings);
  g_free (fixture->runtime);
  g_free (fixture);
  return 0;
}

/* Until it has looked once more whether this is the moment. */
static void
wait_for_a_look (Fixture *fixture)
{
  fixture->has_looked = FALSE;
  assert_true (tst_pump_until (NULL, &fixture->has_looked, WAIT_MS));
}

static void
a_change_ends_it_once (void **state)
{
  Fixture *fixture = *state;

  write_text (fixture, "20-more.conf", "[printer]\nmedia=a4\n");
  assert_true (tst_pump_until (NULL, &fixture->has_ended, WAIT_MS));
  assert_int_equal (fixture->n_ends, 1);
}

static void
what_is_under_way_is_not_cut_off (void **state)
{
  Fixture *fixture = *state;

  fixture->is_busy = TRUE;
  write_text (fixture, "20-more.conf", "[printer]\nmedia=a4\n");
  wait_for_a_look (fixture);
  wait_for_a_look (fixture);
  assert_int_equal (fixture->n_ends, 0);
  fixture->is_busy = FALSE;
  assert_true (tst_pump_until (NULL, &fixture->has_ended, WAIT_MS));
}

static void
whoever_is_served_is_waited_for (void **state)
{
  Fixture *fixture = *state;
  int fd = pv_served_hold (fixture->runtime);

  assert_true (fd >= 0);
  write_text (fixture, "20-more.conf", "[printer]\nmedia=a4\n");
  wait_for_a_look (fixture);
  wait_for_a_look (fixture);
  assert_int_equal (fixture->n_ends, 0);
  close (fd);
  assert_true (tst_pump_until (NULL, &fixture->has_ended, WAIT_MS));
}

static void
a_lock_that_nobody_lets_go_of_is_not_waited_for_for_ever (void **state)
{
  Fixture *fixture = *state;
  int fd = pv_served_hold (fixture->runtime);

  write_text (fixture, "20-more.conf", "[printer]\nmedia=a4\n");
  wait_for_a_look (fixture);
  fake_clock_advance_ms (&fixture->clock, PV_RENEWAL_SERVED_MAX_S * 1000 - 1);
  wait_for_a_look (fixture);
  assert_int_equal (fixture->n_ends, 0);
  fake_clock_advance_ms (&fixture->clock, 1);
  assert_true (tst_pump_until (NULL, &fixture->has_ended, WAIT_MS));
  close (fd);
}

/* Neither the mistake nor what waited before it: the next start would fail. */
static void
settings_that_are_wrong_end_nothing_until_they_are_mended (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = g_build_filename (fixture->settings, "20-more.conf", NULL);
  g_autofree char *log = NULL;
  guint n_looks;

  fixture->is_busy = TRUE;
  write_text (fixture, "20-more.conf", "[printer]\nmedia=a4\n");
  wait_for_a_look (fixture);
  write_text (fixture, "20-more.conf", "[printer]\nmedia=papyrus\n");
  /* The change is seen within two looks; from then on there are none. */
  do {
    n_looks = fixture->n_looks;
    fixture->has_looked = FALSE;
    tst_pump_until (NULL, &fixture->has_looked, 3 * 1000 * PV_RENEWAL_LOOK_S);
  } while (fixture->n_looks != n_looks);
  fixture->is_busy = FALSE;
  g_unlink (path);
  assert_true (tst_pump_until (NULL, &fixture->has_ended, WAIT_MS));
  assert_int_equal (fixture->n_ends, 1);
}

/* It is of the sessions alone; the setting after it is what ends it. */
static void
a_notice_of_maintenance_ends_nothing (void **state)
{
  Fixture *fixture = *state;
  gboolean never = FALSE;

  assert_true (pv_maintenance_file_write (fixture->settings, 0, NULL));
  assert_true (pv_maintenance_file_remove (fixture->settings, NULL));
  tst_pump_until (NULL, &never, 3 * 1000 * PV_RENEWAL_LOOK_S);
  assert_int_equal (fixture->n_looks, 0);
  write_text (fixture, PV_MAINTENANCE_FILE ".conf", "[printer]\nmedia=a4\n");
  assert_true (tst_pump_until (NULL, &fixture->has_ended, WAIT_MS));
}

#define WITH_FOLDERS(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_FOLDERS (a_change_ends_it_once),
    WITH_FOLDERS (what_is_under_way_is_not_cut_off),
    WITH_FOLDERS (whoever_is_served_is_waited_for),
    WITH_FOLDERS (a_lock_that_nobody_lets_go_of_is_not_waited_for_for_ever),
    WITH_FOLDERS (settings_that_are_wrong_end_nothing_until_they_are_mended),
    WITH_FOLDERS (a_notice_of_maintenance_ends_nothing),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

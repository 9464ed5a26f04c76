/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "fake-clock.h"
#include "kiosk/supervisor/watcher.h"
#include "link/stamp.h"

enum { WAIT_MS = 20000 };

typedef struct Fixture {
  char *folder, *settings, *cache;
  FakeClock clock;
  PvWatcher *watcher;
  guint n_told[PV_WATCHER_HOURS + 1];
  gboolean has_told;
} Fixture;

static void
changed_cb (PvWatcherCause cause, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_told[cause]++;
  fixture->has_told = TRUE;
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->folder = g_dir_make_tmp ("pv-watcher-XXXXXX", NULL);
  fixture->settings = g_build_filename (fixture->folder, "conf.d", NULL);
  fixture->cache = g_build_filename (fixture->folder, "cache", NULL);
  g_mkdir (fixture->settings, 0700);
  g_mkdir (fixture->cache, 0700);
  /* A second before midnight in Paris. */
  fake_clock_init (&fixture->clock, "2026-11-24T22:59:59Z");
  fixture->watcher = pv_watcher_new (fixture->settings, &fixture->clock.clock, changed_cb, fixture);
  pv_watcher_aim (fixture->watcher, fixture->cache, "Europe/Paris", NULL);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_watcher_free (fixture->watcher);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  tst_remove_folder (fixture->settings);
  tst_remove_folder (fixture->cache);
  g_rmdir (fixture->folder);
  g_free (fixture->settings);
  g_free (fixture->cache);
  g_free (fixture->folder);
  g_free (fixture);
  return 0;
}

static void
write_text (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  assert_true (g_file_set_contents_full (path, "x", 1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
the_day_changes_at_the_midnight_of_the_commune (void **state)
{
  Fixture *fixture = *state;

  pv_watcher_tick (fixture->watcher);
  assert_int_equal (fixture->n_told[PV_WATCHER_DAY], 0);
  fake_clock_advance_ms (&fixture->clock, 1000);
  pv_watcher_tick (fixture->watcher);
  pv_watcher_tick (fixture->watcher);
  assert_int_equal (fixture->n_told[PV_WATCHER_DAY], 1);
  /* The clock was set right: it is another day than it said. */
  fixture->clock.wall_us -= 2 * G_USEC_PER_SEC;
  pv_watcher_tick (fixture->watcher);
  assert_int_equal (fixture->n_told[PV_WATCHER_DAY], 2);
}

static void
another_time_zone_has_its_own_midnight (void **state)
{
  Fixture *fixture = *state;

  pv_watcher_aim (fixture->watcher, fixture->cache, "Indian/Reunion", NULL);
  fake_clock_advance_ms (&fixture->clock, 1000);
  pv_watcher_tick (fixture->watcher);
  assert_int_equal (fixture->n_told[PV_WATCHER_DAY], 0);
}

static void
opening_and_closing_are_told_by_a_clock_that_somebody_sets (void **state)
{
  g_autoptr (PvOpening) opening = pv_opening_new ("tue 09:00-24:00; wed 09:00-12:00", NULL, PV_HOLIDAYS_NONE, NULL);
  Fixture *fixture = *state;

  pv_watcher_aim (fixture->watcher, fixture->cache, "Europe/Paris", opening);
  assert_true (pv_watcher_is_open (fixture->watcher));
  fake_clock_advance_ms (&fixture->clock, 1000); /* midnight: another day, and closed, is one change */
  pv_watcher_tick (fixture->watcher);
  pv_watcher_tick (fixture->watcher);
  assert_int_equal (fixture->n_told[PV_WATCHER_HOURS], 1);
  assert_int_equal (fixture->n_told[PV_WATCHER_DAY], 0);
  assert_false (pv_watcher_is_open (fixture->watcher));
  fake_clock_advance_ms (&fixture->clock, 9 * 3600 * 1000);
  pv_watcher_tick (fixture->watcher);
  assert_int_equal (fixture->n_told[PV_WATCHER_HOURS], 2);
  assert_true (pv_watcher_is_open (fixture->watcher));
  fake_clock_advance_ms (&fixture->clock, 3 * 3600 * 1000);
  pv_watcher_tick (fixture->watcher);
  assert_int_equal (fixture->n_told[PV_WATCHER_HOURS], 3);
  /* Nobody knows what time it is: it serves. */
  fixture->clock.is_synchronised = FALSE;
  pv_watcher_tick (fixture->watcher);
  assert_int_equal (fixture->n_told[PV_WATCHER_HOURS], 4);
  assert_true (pv_watcher_is_open (fixture->watcher));
}

static void
several_files_changed_together_are_told_once (void **state)
{
  Fixture *fixture = *state;

  write_text (fixture->settings, "10-commune.conf");
  write_text (fixture->settings, "20-portal.conf");
  write_text (fixture->settings, "emblem.svg");
  assert_true (tst_pump_until (NULL, &fixture->has_told, WAIT_MS));
  assert_int_equal (fixture->n_told[PV_WATCHER_SETTINGS], 1);
  assert_int_equal (fixture->n_told[PV_WATCHER_CATALOGUE], 0);
}

static void
a_file_that_goes_away_is_told (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = g_build_filename (fixture->settings, "10-commune.conf", NULL);

  write_text (fixture->settings, "10-commune.conf");
  assert_true (tst_pump_until (NULL, &fixture->has_told, WAIT_MS));
  fixture->has_told = FALSE;
  g_unlink (path);
  assert_true (tst_pump_until (NULL, &fixture->has_told, WAIT_MS));
  assert_int_equal (fixture->n_told[PV_WATCHER_SETTINGS], 2);
}

static void
files_of_an_editor_are_not_settings (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *swap = g_build_filename (fixture->settings, ".10-commune.conf.swp", NULL);
  FILE *file = g_fopen (swap, "we");

  assert_non_null (file);
  fclose (file);
  write_text (fixture->cache, PV_STAMP_FILE);
  assert_true (tst_pump_until (NULL, &fixture->has_told, WAIT_MS));
  assert_int_equal (fixture->n_told[PV_WATCHER_CATALOGUE], 1);
  assert_int_equal (fixture->n_told[PV_WATCHER_SETTINGS], 0);
}

static void
other_files_of_the_cache_are_not_its_stamp (void **state)
{
  Fixture *fixture = *state;

  write_text (fixture->cache, "catalogue");
  write_text (fixture->settings, "10-commune.conf");
  assert_true (tst_pump_until (NULL, &fixture->has_told, WAIT_MS));
  assert_int_equal (fixture->n_told[PV_WATCHER_SETTINGS], 1);
  assert_int_equal (fixture->n_told[PV_WATCHER_CATALOGUE], 0);
}

#define WITH_FOLDERS(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
#define WITH_LAYERS(name)  cmocka_unit_test_setup_teardown (name, set_up_layers, tear_down)

/* The same with layers, of which "kiosk" is not there yet. */
static int
set_up_layers (void **state)
{
  static const char *const folders[] = { "vendor", "site", "platform-1-aa", "platform-2-bb" };
  Fixture *fixture;
  g_autofree char *path = NULL;

  set_up (state);
  fixture = *state;
  pv_watcher_free (fixture->watcher);
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *folder = g_build_filename (fixture->settings, folders[i], NULL);

    g_mkdir (folder, 0700);
  }
  path = g_build_filename (fixture->settings, "platform", NULL);
  assert_int_equal (symlink ("platform-1-aa", path), 0);
  fixture->watcher = pv_watcher_new (fixture->settings, &fixture->clock.clock, changed_cb, fixture);
  pv_watcher_aim (fixture->watcher, fixture->cache, "Europe/Paris", NULL);
  return 0;
}

static void
a_file_of_each_layer_is_told (void **state)
{
  static const char *const names[] = { "vendor/10.conf", "site/10.conf", "kiosk/10.conf" };
  Fixture *fixture = *state;
  g_autofree char *path = g_build_filename (fixture->settings, "kiosk", NULL);

  g_mkdir (path, 0700); /* which counts as well: somebody may have moved it there with its files */
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    fixture->has_told = FALSE;
    write_text (fixture->settings, names[i]);
    assert_true (tst_pump_until (NULL, &fixture->has_told, WAIT_MS));
  }
  assert_int_equal (fixture->n_told[PV_WATCHER_CATALOGUE], 0);
}

static void
another_bundle_is_told_once_its_link_is_turned (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = g_build_filename (fixture->settings, "platform", NULL);
  g_autofree char *next = g_build_filename (fixture->settings, "platform-link", NULL);

  assert_int_equal (symlink ("platform-2-bb", next), 0);
  assert_int_equal (g_rename (next, path), 0);
  assert_true (tst_pump_until (NULL, &fixture->has_told, WAIT_MS));
  assert_int_equal (fixture->n_told[PV_WATCHER_SETTINGS], 1);
}

static void
what_is_written_beside_bundles_is_no_change (void **state)
{
  Fixture *fixture = *state;

  write_text (fixture->settings, "state.ini");
  write_text (fixture->settings, ".lock");
  write_text (fixture->settings, "platform-2-bb/10.conf");
  write_text (fixture->cache, PV_STAMP_FILE);
  assert_true (tst_pump_until (NULL, &fixture->has_told, WAIT_MS));
  assert_int_equal (fixture->n_told[PV_WATCHER_CATALOGUE], 1);
  assert_int_equal (fixture->n_told[PV_WATCHER_SETTINGS], 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_FOLDERS (the_day_changes_at_the_midnight_of_the_commune),
    WITH_FOLDERS (another_time_zone_has_its_own_midnight),
    WITH_FOLDERS (opening_and_closing_are_told_by_a_clock_that_somebody_sets),
    WITH_FOLDERS (several_files_changed_together_are_told_once),
    WITH_FOLDERS (a_file_that_goes_away_is_told),
    WITH_FOLDERS (files_of_an_editor_are_not_settings),
    WITH_FOLDERS (other_files_of_the_cache_are_not_its_stamp),
    WITH_LAYERS (a_file_of_each_layer_is_told),
    WITH_LAYERS (another_bundle_is_told_once_its_link_is_turned),
    WITH_LAYERS (what_is_written_beside_bundles_is_no_change),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

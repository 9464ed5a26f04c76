/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes between two citizens: other settings, another catalogue, a notice of maintenance, a restart of the machine, the service
 * screen. */

#include "supervisor-rig.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "link/stamp.h"
#include "platform/maintenance-file.h"
#include "platform/served.h"
#include "platform/service-files.h"
#include "platform/setup-files.h"

static void
a_change_of_settings_replaces_both (void **state)
{
  Fixture *fixture = *state;

  begin_with_two (fixture, "1");
  write_settings (fixture, "Bienvenue");
  assert_order (fixture, "2 finish", "3 ready");
  assert_order (fixture, "3 shown", "1 finish");
  wait_for_printer (fixture, 1);
  assert_int_equal (count_lines (fixture, "printer "), 1);
}

static void
settings_that_are_bad_replace_nothing_until_they_are_mended (void **state)
{
  Fixture *fixture = *state;
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;
  gboolean was_seen = FALSE;

  begin_with_two (fixture, "1");
  write_text (fixture->config, "20-mistake.conf", "[commune]\nnonsense=1\n");
  while (!was_seen && g_get_monotonic_time () < end) {
    g_autofree char *log = NULL;

    was_seen = g_file_get_contents (fixture->log, &log, NULL, NULL)
               && strstr (log, "bad-settings 20-mistake.conf:2: [commune] nonsense: unknown key") != NULL;
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
  }
  assert_true (was_seen);
  signal_session (fixture, 1, SIGUSR1);
  wait_for (fixture, "2 shown");
  assert_true (find_line (fixture, "1 goodbye") < find_line (fixture, "2 show"));
  wait_for (fixture, "1 exit");
  write_text (fixture->config, "20-mistake.conf", "[commune]\ngreeting=Bienvenue\n");
  assert_order (fixture, "3 shown", "2 finish");
  assert_int_equal (count_lines (fixture, " pid "), 3);
}

/* Until @words are in the log. */
static void
make_layers (Fixture *fixture)
{
  static const char *const bundles[] = { "conf.d/platform-1-aa", "conf.d/platform-2-bb" };
  g_autofree char *config = g_steal_pointer (&fixture->config);
  g_autofree char *old = g_build_filename (config, "10-test.conf", NULL);
  g_autofree char *link = g_build_filename (config, "platform", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bundles); i++) {
    g_autofree char *folder = make_folder (fixture, bundles[i]);
    g_autofree char *text = g_strdup_printf ("[screen]\nidle-seconds=%u\n[locks]\nkeys=screen/idle-seconds;\n", 60 + i);

    write_text (folder, "10.conf", text);
  }
  assert_int_equal (symlink ("platform-1-aa", link), 0);
  fixture->config = make_folder (fixture, "conf.d/site");
  write_settings (fixture, "Bonjour");
  g_unlink (old);
  g_free (fixture->config);
  fixture->config = g_steal_pointer (&config);
}

static void
another_bundle_replaces_both_and_a_broken_one_neither (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *link = NULL, *next = NULL, *third = NULL;

  make_layers (fixture);
  link = g_build_filename (fixture->config, "platform", NULL);
  next = g_build_filename (fixture->config, "platform-link", NULL);
  third = make_folder (fixture, "conf.d/platform-3-cc");
  write_text (third, "10.conf", "[paths]\nstate=/elsewhere\n");
  begin_with_two (fixture, "1");
  assert_int_equal (symlink ("platform-2-bb", next), 0);
  assert_int_equal (g_rename (next, link), 0);
  assert_order (fixture, "2 finish", "3 ready");
  assert_order (fixture, "3 shown", "1 finish");
  wait_for (fixture, "4 ready");
  assert_int_equal (symlink ("platform-3-cc", next), 0);
  assert_int_equal (g_rename (next, link), 0);
  wait_for_log (fixture, "bad-settings platform/10.conf:2: [paths] state: is never taken from a bundle");
  signal_session (fixture, 3, SIGUSR1);
  wait_for (fixture, "4 shown"); /* the last that has good ones serves on */
  assert_int_equal (count_lines (fixture, " pid "), 4);
}

static void
a_site_that_offends_a_lock_keeps_what_ran (void **state)
{
  Fixture *fixture = *state;

  make_layers (fixture);
  begin_with_two (fixture, "1");
  write_text (fixture->config, "site/90.conf", "[screen]\nidle-seconds=300\n");
  wait_for_log (fixture, "bad-settings site/90.conf:2: [screen] idle-seconds: is locked by platform/10.conf:4");
  assert_int_equal (count_lines (fixture, " pid "), 2);
  write_text (fixture->config, "site/90.conf", "[screen]\nwarn-seconds=30\n");
  assert_order (fixture, "2 finish", "3 ready");
  assert_order (fixture, "3 shown", "1 finish");
}

static void
a_new_catalogue_replaces_only_what_nobody_has_touched (void **state)
{
  Fixture *fixture = *state;

  begin_with_two (fixture, "1");
  signal_session (fixture, 1, SIGUSR2);
  wait_for (fixture, "1 touched");
  write_text (fixture->cache, PV_STAMP_FILE, "1");
  assert_order (fixture, "2 finish", "3 ready");
  assert_int_equal (find_line (fixture, "3 show"), -1);
  assert_int_equal (find_line (fixture, "1 finish"), -1);
  signal_session (fixture, 1, SIGUSR1);
  assert_order (fixture, "1 goodbye", "3 shown");
}

/* The file of "parvisctl maintenance" is beside the settings. */
static void
a_notice_of_maintenance_comes_between_two_citizens (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = g_build_filename (fixture->config, PV_MAINTENANCE_FILE, NULL);

  begin_with_two (fixture, "1");
  signal_session (fixture, 1, SIGUSR2);
  wait_for (fixture, "1 touched");
  assert_true (pv_maintenance_file_write (fixture->config, 0, NULL));
  /* Whoever is there goes on; who comes next gets a session that has read the file. */
  assert_order (fixture, "2 finish", "3 ready");
  assert_int_equal (find_line (fixture, "1 finish"), -1);
  assert_int_equal (find_line (fixture, "3 show"), -1);
  signal_session (fixture, 1, SIGUSR1);
  assert_order (fixture, "1 goodbye", "3 shown");
  wait_for (fixture, "4 ready");
  /* Nobody touches the notice: when the file goes, so does it. */
  assert_true (pv_maintenance_file_remove (fixture->config, NULL));
  wait_for (fixture, "5 shown");
  assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* Where systemd watches; it is this minute, and nobody is there. */
static void
a_planned_restart_is_asked_for_while_nobody_is_there (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");
  g_autoptr (GDateTime) now = g_date_time_new_now (zone);
  g_autofree char *text = g_date_time_format (now, "[opening]\nrestart=%H:%M\n");
  g_autofree char *path = g_build_filename (fixture->runtime, "restart-wanted", NULL); /* as the unit has it */

  write_text (fixture->config, "20-opening.conf", text);
  start_printer (fixture);
  start_supervisor (fixture, "100"); /* so that the machine has been up for long enough */
  wait_for_log (fixture, "planned-restart");
  assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
wait_until_served (const Fixture *fixture, gboolean is_served)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (pv_served_is_held (fixture->runtime) != is_served) {
    assert_true (g_get_monotonic_time () < end);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
  }
}

/* Also with whoever looks for it all the time; the sessions have no part in it (fake-session.c: "leak descriptor"). */
static void
the_lock_is_held_from_the_first_touch_until_the_goodbye (void **state)
{
  Fixture *fixture = *state;

  begin_with_two (fixture, "10");
  assert_false (pv_served_is_held (fixture->runtime));
  signal_session (fixture, 1, SIGUSR2);
  wait_until_served (fixture, TRUE);
  signal_session (fixture, 1, SIGUSR1);
  wait_until_served (fixture, FALSE);
  wait_for (fixture, "2 shown");
  signal_session (fixture, 2, SIGUSR2);
  wait_until_served (fixture, TRUE);
  signal_session (fixture, 2, SIGKILL);
  wait_until_served (fixture, FALSE);
  wait_for (fixture, "3 shown");
  signal_session (fixture, 3, SIGUSR2);
  wait_until_served (fixture, TRUE);
  g_subprocess_force_exit (fixture->supervisor);
  wait_until_served (fixture, FALSE);
  assert_int_equal (count_lines (fixture, "leak"), 0);
}

static void
plug_key_in (const Fixture *fixture)
{
  write_text (fixture->service, PV_SERVICE_ASKED, "parvis-service 1\n");
}

static void
a_key_brings_the_service_screen_alone_and_takes_it_away (void **state)
{
  Fixture *fixture = *state;

  begin_with_two (fixture, "1");
  plug_key_in (fixture);
  assert_order (fixture, "1 exit", "3 service");
  assert_order (fixture, "2 exit", "3 service");
  assert_order (fixture, "3 service", "3 shown");
  tst_remove_folder (fixture->service);
  assert_order (fixture, "3 finish", "3 exit");
  assert_order (fixture, "3 exit", "4 shown");
  wait_for (fixture, "5 ready");
  assert_int_equal (count_lines (fixture, " service"), 1);
}

static void
a_key_waits_for_whom_somebody_has_touched (void **state)
{
  Fixture *fixture = *state;

  begin_with_two (fixture, "5");
  signal_session (fixture, 1, SIGUSR2);
  wait_for (fixture, "1 touched");
  plug_key_in (fixture);
  wait_for (fixture, "2 exit");
  assert_int_equal (find_line (fixture, "1 finish"), -1);
  signal_session (fixture, 1, SIGUSR1);
  assert_order (fixture, "1 goodbye", "1 exit");
  assert_order (fixture, "1 exit", "3 service");
  wait_for (fixture, "3 shown");
}

/* Its key is still plugged in: it is not started again by itself, and the kiosk is not out of order because of it. */
static void
a_service_screen_that_crashes_gives_way_to_sessions (void **state)
{
  Fixture *fixture = *state;

  write_text (fixture->sessions, "manners.3", "crash-when-shown");
  begin_with_two (fixture, "1");
  plug_key_in (fixture);
  assert_order (fixture, "3 show", "4 shown");
  wait_for (fixture, "5 ready");
  assert_int_equal (count_lines (fixture, " service"), 1);
  assert_int_equal (count_lines (fixture, "out-of-order"), 0);
}

static void
want_setup (const Fixture *fixture)
{
  write_text (fixture->setup, PV_SETUP_WANTED, "parvis-setup 1\n");
}

/* Until @n assistants were started. */
static void
wait_for_setups (const Fixture *fixture, guint n)
{
  for (guint tries = 0; count_lines (fixture, " setup") < n; tries++) {
    if (tries > WAIT_MS / 50)
      fail_msg ("the assistant does not come");
    g_usleep (50 * 1000);
  }
}

/* Whose number the first one has: a session may have been begun before anybody looked whether it is wanted. */
static guint
number_of_setup (const Fixture *fixture)
{
  for (guint number = 1; number < 4; number++) {
    g_autofree char *line = g_strdup_printf ("%u setup", number);

    if (find_line (fixture, line) >= 0)
      return number;
  }
  fail_msg ("there is no assistant");
  return 0;
}

static void
a_first_start_is_shown_instead_of_sessions_and_gives_way_to_them (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *shown = NULL, *finish = NULL, *exit = NULL, *next = NULL;
  guint number;

  want_setup (fixture);
  start_supervisor (fixture, "1");
  wait_for_setups (fixture, 1);
  number = number_of_setup (fixture);
  shown = g_strdup_printf ("%u shown", number);
  finish = g_strdup_printf ("%u finish", number);
  exit = g_strdup_printf ("%u exit", number);
  next = g_strdup_printf ("%u shown", number + 1);
  wait_for (fixture, shown);
  plug_key_in (fixture); /* who sets it up is not sent away by a key */
  tst_remove_folder (fixture->setup);
  assert_order (fixture, finish, exit);
  wait_for_log (fixture, "setup-over");
  wait_for (fixture, next);
  assert_int_equal (count_lines (fixture, " service"), 0);
}

static void
an_assistant_that_crashes_comes_again (void **state)
{
  Fixture *fixture = *state;

  write_text (fixture->sessions, "manners.1", "crash-when-shown");
  write_text (fixture->sessions, "manners.2", "crash-when-shown");
  want_setup (fixture);
  start_supervisor (fixture, "5");
  wait_for_setups (fixture, 2);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_FOLDER (a_key_brings_the_service_screen_alone_and_takes_it_away),
    WITH_FOLDER (a_key_waits_for_whom_somebody_has_touched),
    WITH_FOLDER (a_service_screen_that_crashes_gives_way_to_sessions),
    WITH_FOLDER (a_first_start_is_shown_instead_of_sessions_and_gives_way_to_them),
    WITH_FOLDER (an_assistant_that_crashes_comes_again),
    WITH_FOLDER (a_change_of_settings_replaces_both),
    WITH_FOLDER (settings_that_are_bad_replace_nothing_until_they_are_mended),
    WITH_FOLDER (another_bundle_replaces_both_and_a_broken_one_neither),
    WITH_FOLDER (a_site_that_offends_a_lock_keeps_what_ran),
    WITH_FOLDER (a_new_catalogue_replaces_only_what_nobody_has_touched),
    WITH_FOLDER (a_notice_of_maintenance_comes_between_two_citizens),
    WITH_FOLDER (the_lock_is_held_from_the_first_touch_until_the_goodbye),
    WITH_FOLDER (a_planned_restart_is_asked_for_while_nobody_is_there),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

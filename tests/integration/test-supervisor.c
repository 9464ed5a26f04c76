/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* parvis: one session after the other, whatever they do. */

#include "supervisor-rig.h"

static void
goodbye_hands_over_to_the_warm_one_and_then_the_old_one_ends (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *first = NULL, *second = NULL;
  pid_t pid;

  begin (fixture, "1");
  assert_true (systemd_has_heard (fixture, "READY=1"));
  assert_int_equal (find_line (fixture, "2 show"), -1);
  send (fixture, 1, SIGUSR1);
  assert_order (fixture, "1 goodbye", "2 shown");
  assert_order (fixture, "2 shown", "1 finish");
  assert_order (fixture, "1 finish", "1 exit");
  assert_order (fixture, "1 exit", "3 ready");
  wait_for_printer (fixture, 1);
  assert_true (systemd_has_heard (fixture, "WATCHDOG=1"));
  look_up (fixture, 1, &pid, &first);
  look_up (fixture, 2, &pid, &second);
  assert_string_not_equal (first, second);
  assert_int_equal (count_lines (fixture, "printer "), 1);
  assert_int_equal (count_lines (fixture, "leak"), 0);
}

static void
goodbye_waits_until_the_next_one_is_ready (void **state)
{
  Fixture *fixture = *state;

  write_text (fixture->sessions, "manners.2", "crash");
  start_printer (fixture);
  start (fixture, "1");
  wait_for (fixture, "1 shown");
  send (fixture, 1, SIGUSR1);
  assert_order (fixture, "3 shown", "1 finish");
}

/* ---- a stand-in for the courier ---- */

typedef struct Told {
  PvLinkHealth1 *health;
  guint screen, frame_age_ms, crashes, printer, n;
  guint awaited_screen, awaited_crashes;
  gboolean is_awaited;
} Told;

static gboolean
told_cb (PvLinkHealth1 *health, GDBusMethodInvocation *invocation, guchar screen, guint frame_age_ms, guint crashes,
         guchar printer, guint reason, gpointer user_data)
{
  Told *told = user_data;

  (void) reason;
  told->n++;
  told->screen = screen;
  told->frame_age_ms = frame_age_ms;
  told->crashes = crashes;
  told->printer = printer;
  told->is_awaited = screen == told->awaited_screen && crashes >= told->awaited_crashes;
  pv_link_health1_complete_tell (health, invocation);
  return TRUE;
}

static void
courier_connected_cb (GDBusConnection *connection, gpointer user_data)
{
  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (((Told *) user_data)->health), connection,
                                    "/org/parvis/Health1", NULL);
}

static gboolean
wait_told (Told *told, PvKioskScreen screen, guint crashes)
{
  told->awaited_screen = screen;
  told->awaited_crashes = crashes;
  told->is_awaited = told->n > 0 && told->screen == screen && told->crashes >= crashes;
  return tst_pump_until (NULL, &told->is_awaited, WAIT_MS);
}

/* Where the settings want it told; and what is told does not depend on who stands there. */
static void
the_courier_is_told_how_the_screen_is (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = g_build_filename (fixture->runtime, "courier.sock", NULL), *text = NULL;
  g_autoptr (PvPeerServer) courier = NULL;
  Told told = { .health = pv_link_health1_skeleton_new () };

  g_signal_connect (told.health, "handle-tell", G_CALLBACK (told_cb), &told);
  courier = pv_peer_server_new (path, NULL, courier_connected_cb, &told, NULL);
  assert_non_null (courier);
  text = g_strdup_printf ("[fleet]\nmetrics-file=%s/parvis.prom\n", fixture->folder);
  write_text (fixture->config, "20-fleet.conf", text);
  write_text (fixture->sessions, "manners.2", "crash-when-shown");
  write_text (fixture->sessions, "manners.3", "crash-when-shown");
  begin (fixture, "2");
  assert_true (wait_told (&told, PV_KIOSK_SCREEN_SERVING, 0));
  /* Somebody is there: nothing else is told. */
  send (fixture, 1, SIGUSR2);
  wait_for (fixture, "1 touched");
  pv_link_printer1_set_is_available (fixture->printer, FALSE);
  send (fixture, 1, SIGKILL);
  assert_true (wait_told (&told, PV_KIOSK_SCREEN_OUT_OF_ORDER, 3));
  assert_int_equal (told.printer, PV_KIOSK_PRINTER_OUT); /* it has said nothing yet */
  g_clear_pointer (&courier, pv_peer_server_free);
  g_object_unref (told.health);
}

static void
after_a_crash_the_next_one_is_shown_and_the_printer_told (void **state)
{
  Fixture *fixture = *state;

  begin (fixture, "1");
  send (fixture, 1, SIGKILL);
  wait_for (fixture, "2 shown");
  wait_for_printer (fixture, 1);
  wait_for (fixture, "3 ready");
}

static void
one_that_hangs_is_killed (void **state)
{
  Fixture *fixture = *state;

  begin (fixture, "5");
  send (fixture, 1, SIGSTOP);
  wait_for (fixture, "2 shown");
  wait_for_printer (fixture, 1);
  wait_for (fixture, "3 ready");
}

static void
one_that_answers_but_draws_no_more_is_killed (void **state)
{
  Fixture *fixture = *state;

  write_text (fixture->sessions, "manners.1", "frozen");
  begin (fixture, "5");
  wait_for (fixture, "2 shown");
  wait_for_printer (fixture, 1);
}

static void
one_that_passes_its_deadline_is_killed (void **state)
{
  Fixture *fixture = *state;

  write_text (fixture->sessions, "manners.1", "deadline");
  begin (fixture, "5");
  wait_for (fixture, "2 shown");
  wait_for_printer (fixture, 1);
}

static void
one_that_does_not_finish_is_killed (void **state)
{
  Fixture *fixture = *state;

  write_text (fixture->sessions, "manners.1", "never-finish");
  begin (fixture, "2");
  send (fixture, 1, SIGUSR1);
  wait_for (fixture, "1 finish");
  wait_for_printer (fixture, 1);
  wait_for (fixture, "3 ready");
  assert_int_equal (find_line (fixture, "1 exit"), -1);
}

static void
one_that_never_gets_ready_or_shown_is_killed (void **state)
{
  Fixture *fixture = *state;

  write_text (fixture->sessions, "manners.1", "never-ready");
  write_text (fixture->sessions, "manners.2", "never-shown");
  start_printer (fixture);
  start (fixture, "10");
  wait_for (fixture, "3 shown");
  wait_for_printer (fixture, 2);
  assert_int_equal (count_lines (fixture, "printer "), 1);
}

static void
a_crash_loop_ends_out_of_order_with_few_starts (void **state)
{
  Fixture *fixture = *state;

  write_text (fixture->sessions, "manners", "crash-when-shown");
  write_text (fixture->sessions, "manners.4", "");
  start_printer (fixture);
  start (fixture, "2");
  assert_order (fixture, "4 out-of-order", "4 show");
  wait_for (fixture, "4 shown");
  wait_for_printer (fixture, 1);
  wait_for_printer (fixture, 2);
  wait_for_printer (fixture, 3);
  assert_int_equal (find_line (fixture, "3 out-of-order"), -1);
  assert_int_equal (count_lines (fixture, " pid "), 4);
}

static void
out_of_order_ends_when_the_settings_are_mended (void **state)
{
  Fixture *fixture = *state;

  write_text (fixture->sessions, "manners", "crash");
  write_text (fixture->sessions, "manners.4", "");
  write_text (fixture->sessions, "manners.5", "");
  start_printer (fixture);
  start (fixture, "2");
  wait_for (fixture, "4 shown");
  write_settings (fixture, "Bienvenue");
  assert_order (fixture, "5 shown", "4 finish");
  assert_int_equal (find_line (fixture, "5 out-of-order"), -1);
  wait_for_printer (fixture, 4);
}

static void
a_change_of_settings_replaces_both (void **state)
{
  Fixture *fixture = *state;

  begin (fixture, "1");
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

  begin (fixture, "1");
  write_text (fixture->config, "20-mistake.conf", "[commune]\nnonsense=1\n");
  while (!was_seen && g_get_monotonic_time () < end) {
    g_autofree char *log = NULL;

    was_seen = g_file_get_contents (fixture->log, &log, NULL, NULL)
               && strstr (log, "bad-settings 20-mistake.conf:2: [commune] nonsense: unknown key") != NULL;
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
  }
  assert_true (was_seen);
  send (fixture, 1, SIGUSR1);
  wait_for (fixture, "2 shown");
  assert_true (find_line (fixture, "1 goodbye") < find_line (fixture, "2 show"));
  wait_for (fixture, "1 exit");
  write_text (fixture->config, "20-mistake.conf", "[commune]\ngreeting=Bienvenue\n");
  assert_order (fixture, "3 shown", "2 finish");
  assert_int_equal (count_lines (fixture, " pid "), 3);
}

/* Until @words are in the log. */
static void
wait_for_log (const Fixture *fixture, const char *words)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;
  gboolean was_seen = FALSE;

  while (!was_seen && g_get_monotonic_time () < end) {
    g_autofree char *log = NULL;

    was_seen = g_file_get_contents (fixture->log, &log, NULL, NULL) && strstr (log, words) != NULL;
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
  }
  if (!was_seen)
    fail_msg ("\"%s\" was not told", words);
}

/* The settings in layers: those of the fixture are the site's, the platform's are the first of two bundles. */
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
  begin (fixture, "1");
  assert_int_equal (symlink ("platform-2-bb", next), 0);
  assert_int_equal (g_rename (next, link), 0);
  assert_order (fixture, "2 finish", "3 ready");
  assert_order (fixture, "3 shown", "1 finish");
  wait_for (fixture, "4 ready");
  assert_int_equal (symlink ("platform-3-cc", next), 0);
  assert_int_equal (g_rename (next, link), 0);
  wait_for_log (fixture, "bad-settings platform/10.conf:2: [paths] state: is never taken from a bundle");
  send (fixture, 3, SIGUSR1);
  wait_for (fixture, "4 shown"); /* the last that has good ones serves on */
  assert_int_equal (count_lines (fixture, " pid "), 4);
}

static void
a_site_that_offends_a_lock_keeps_what_ran (void **state)
{
  Fixture *fixture = *state;

  make_layers (fixture);
  begin (fixture, "1");
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

  begin (fixture, "1");
  send (fixture, 1, SIGUSR2);
  wait_for (fixture, "1 touched");
  write_text (fixture->cache, PV_STAMP_FILE, "1");
  assert_order (fixture, "2 finish", "3 ready");
  assert_int_equal (find_line (fixture, "3 show"), -1);
  assert_int_equal (find_line (fixture, "1 finish"), -1);
  send (fixture, 1, SIGUSR1);
  assert_order (fixture, "1 goodbye", "3 shown");
}

/* The file of "parvisctl maintenance" is beside the settings. */
static void
a_notice_of_maintenance_comes_between_two_citizens (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *path = g_build_filename (fixture->config, PV_MAINTENANCE_FILE, NULL);

  begin (fixture, "1");
  send (fixture, 1, SIGUSR2);
  wait_for (fixture, "1 touched");
  assert_true (pv_maintenance_file_write (fixture->config, 0, NULL));
  /* Whoever is there goes on; who comes next gets a session that has read the file. */
  assert_order (fixture, "2 finish", "3 ready");
  assert_int_equal (find_line (fixture, "1 finish"), -1);
  assert_int_equal (find_line (fixture, "3 show"), -1);
  send (fixture, 1, SIGUSR1);
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
  start (fixture, "100"); /* so that the machine has been up for long enough */
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

  begin (fixture, "10");
  assert_false (pv_served_is_held (fixture->runtime));
  send (fixture, 1, SIGUSR2);
  wait_until_served (fixture, TRUE);
  send (fixture, 1, SIGUSR1);
  wait_until_served (fixture, FALSE);
  wait_for (fixture, "2 shown");
  send (fixture, 2, SIGUSR2);
  wait_until_served (fixture, TRUE);
  send (fixture, 2, SIGKILL);
  wait_until_served (fixture, FALSE);
  wait_for (fixture, "3 shown");
  send (fixture, 3, SIGUSR2);
  wait_until_served (fixture, TRUE);
  g_subprocess_force_exit (fixture->supervisor);
  wait_until_served (fixture, FALSE);
  assert_int_equal (count_lines (fixture, "leak"), 0);
}

static void
the_printer_is_told_when_it_is_back (void **state)
{
  Fixture *fixture = *state;

  start (fixture, "1");
  wait_for (fixture, "2 ready");
  send (fixture, 1, SIGKILL);
  wait_for (fixture, "2 shown");
  wait_for (fixture, "3 ready");
  start_printer (fixture);
  wait_for_printer (fixture, 1);
  /* And again, over a line that the service has closed meanwhile. */
  pv_peer_server_free (g_steal_pointer (&fixture->server));
  send (fixture, 2, SIGKILL);
  wait_for (fixture, "3 shown");
  start_printer (fixture);
  wait_for_printer (fixture, 2);
}

static void
asked_to_stop_it_ends_all_and_tells_the_printer (void **state)
{
  Fixture *fixture = *state;
  gint64 begun_us;
  pid_t warm;

  begin (fixture, "1");
  look_up (fixture, 2, &warm, NULL);
  begun_us = g_get_monotonic_time ();
  g_subprocess_send_signal (fixture->supervisor, SIGTERM);
  assert_true (tst_pump_until (NULL, &fixture->has_exited, WAIT_MS));
  assert_true (g_get_monotonic_time () - begun_us < 5 * G_TIME_SPAN_SECOND);
  assert_int_equal (g_subprocess_get_exit_status (fixture->supervisor), 0);
  wait_for (fixture, "1 exit");
  wait_for_printer (fixture, 1);
  assert_true (is_dead (warm));
  assert_int_equal (count_lines (fixture, " pid "), 2);
}

/* With a session that does not end and no printer service. */
static void
asked_to_stop_it_does_not_wait_for_ever (void **state)
{
  Fixture *fixture = *state;

  write_text (fixture->sessions, "manners", "never-finish");
  start (fixture, "1");
  wait_for (fixture, "2 ready");
  g_subprocess_send_signal (fixture->supervisor, SIGTERM);
  assert_true (tst_pump_until (NULL, &fixture->has_exited, 10 * 1000));
  assert_int_equal (g_subprocess_get_exit_status (fixture->supervisor), 0);
}

static void
no_session_outlives_the_supervisor (void **state)
{
  Fixture *fixture = *state;
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;
  pid_t pids[2];

  begin (fixture, "1");
  look_up (fixture, 1, &pids[0], NULL);
  look_up (fixture, 2, &pids[1], NULL);
  /* A stopped session cannot notice that the line is closed. */
  assert_int_equal (kill (pids[0], SIGSTOP), 0);
  g_subprocess_force_exit (fixture->supervisor);
  while (!(is_dead (pids[0]) && is_dead (pids[1])) && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
  assert_true (is_dead (pids[0]));
  assert_true (is_dead (pids[1]));
}

static void
bad_options_are_refused (void **state)
{
  static const char *const bad[] = { "--time-scale=0", "--time-scale=1000", "--nonsense", "extra" };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GSubprocess) process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, g_getenv ("PV_SUPERVISOR_PROGRAM"), bad[i], NULL);

    assert_non_null (process);
    assert_true (g_subprocess_wait (process, NULL, NULL));
    assert_int_equal (g_subprocess_get_exit_status (process), 2);
  }
}

#define WITH_FOLDER(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_FOLDER (goodbye_hands_over_to_the_warm_one_and_then_the_old_one_ends),
    WITH_FOLDER (goodbye_waits_until_the_next_one_is_ready),
    WITH_FOLDER (the_courier_is_told_how_the_screen_is),
    WITH_FOLDER (after_a_crash_the_next_one_is_shown_and_the_printer_told),
    WITH_FOLDER (one_that_hangs_is_killed),
    WITH_FOLDER (one_that_answers_but_draws_no_more_is_killed),
    WITH_FOLDER (one_that_passes_its_deadline_is_killed),
    WITH_FOLDER (one_that_does_not_finish_is_killed),
    WITH_FOLDER (one_that_never_gets_ready_or_shown_is_killed),
    WITH_FOLDER (a_crash_loop_ends_out_of_order_with_few_starts),
    WITH_FOLDER (out_of_order_ends_when_the_settings_are_mended),
    WITH_FOLDER (a_change_of_settings_replaces_both),
    WITH_FOLDER (settings_that_are_bad_replace_nothing_until_they_are_mended),
    WITH_FOLDER (another_bundle_replaces_both_and_a_broken_one_neither),
    WITH_FOLDER (a_site_that_offends_a_lock_keeps_what_ran),
    WITH_FOLDER (a_new_catalogue_replaces_only_what_nobody_has_touched),
    WITH_FOLDER (a_notice_of_maintenance_comes_between_two_citizens),
    WITH_FOLDER (the_lock_is_held_from_the_first_touch_until_the_goodbye),
    WITH_FOLDER (a_planned_restart_is_asked_for_while_nobody_is_there),
    WITH_FOLDER (the_printer_is_told_when_it_is_back),
    WITH_FOLDER (asked_to_stop_it_ends_all_and_tells_the_printer),
    WITH_FOLDER (asked_to_stop_it_does_not_wait_for_ever),
    WITH_FOLDER (no_session_outlives_the_supervisor),
    cmocka_unit_test (bad_options_are_refused),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How parvis hands over, watches, and ends what hangs. */

#include "supervisor-rig.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/kiosk-health.h"
#include "pv-link-health1.h"

static void
goodbye_hands_over_to_the_warm_one_and_then_the_old_one_ends (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *first = NULL, *second = NULL;
  pid_t pid;

  begin_with_two (fixture, "1");
  wait_for_systemd (fixture, "READY=1");
  assert_int_equal (find_line (fixture, "2 show"), -1);
  signal_session (fixture, 1, SIGUSR1);
  assert_order (fixture, "1 goodbye", "2 shown");
  assert_order (fixture, "2 shown", "1 finish");
  assert_order (fixture, "1 finish", "1 exit");
  assert_order (fixture, "1 exit", "3 ready");
  wait_for_printer (fixture, 1);
  wait_for_systemd (fixture, "WATCHDOG=1");
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
  start_supervisor (fixture, "1");
  wait_for (fixture, "1 shown");
  signal_session (fixture, 1, SIGUSR1);
  assert_order (fixture, "3 shown", "1 finish");
}

/* ---- a stand-in for the courier ---- */

typedef struct Told {
  PvLinkHealth1 *health;
  guint n, screen, crashes, awaited_screen, awaited_crashes;
  gboolean is_awaited;
} Told;

static gboolean
told_cb (PvLinkHealth1 *health, GDBusMethodInvocation *invocation, guchar screen, guint frame_age_ms, guint crashes,
         guchar printer, guint reason, gpointer user_data)
{
  Told *told = user_data;

  (void) frame_age_ms, (void) printer, (void) reason;
  told->n++;
  told->screen = screen;
  told->crashes = crashes;
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
  text = g_strdup_printf ("[fleet]\nmetrics-file=%s/parvis.prom\n", fixture->folder);
  write_text (fixture->config, "20-fleet.conf", text);
  write_text (fixture->sessions, "manners.2", "crash-when-shown");
  write_text (fixture->sessions, "manners.3", "crash-when-shown");
  begin_with_two (fixture, "2");
  assert_true (wait_told (&told, PV_KIOSK_SCREEN_SERVING, 0));
  /* Somebody is there: nothing else is told. */
  signal_session (fixture, 1, SIGUSR2);
  wait_for (fixture, "1 touched");
  signal_session (fixture, 1, SIGKILL);
  assert_true (wait_told (&told, PV_KIOSK_SCREEN_OUT_OF_ORDER, 3));
  g_clear_pointer (&courier, pv_peer_server_free);
  g_object_unref (told.health);
}

static void
after_a_crash_the_next_one_is_shown_and_the_printer_told (void **state)
{
  Fixture *fixture = *state;

  begin_with_two (fixture, "1");
  signal_session (fixture, 1, SIGKILL);
  wait_for (fixture, "2 shown");
  wait_for_printer (fixture, 1);
  wait_for (fixture, "3 ready");
}

static void
one_that_hangs_is_killed (void **state)
{
  Fixture *fixture = *state;

  begin_with_two (fixture, "5");
  signal_session (fixture, 1, SIGSTOP);
  wait_for (fixture, "2 shown");
  wait_for_printer (fixture, 1);
  wait_for (fixture, "3 ready");
}

static void
one_that_answers_but_draws_no_more_is_killed (void **state)
{
  Fixture *fixture = *state;

  write_text (fixture->sessions, "manners.1", "frozen");
  begin_with_two (fixture, "5");
  wait_for (fixture, "2 shown");
  wait_for_printer (fixture, 1);
}

/* As where no screen is plugged in: each one says that it is shown, and draws nothing after that. Nobody must tell systemd that all is
 * well: it starts the compositor again, which finds the screen once it is there. */
static void
sessions_that_only_draw_a_first_frame_feed_nobody (void **state)
{
  Fixture *fixture = *state;

  for (guint i = 1; i <= 6; i++) {
    g_autofree char *name = g_strdup_printf ("manners.%u", i);

    write_text (fixture->sessions, name, "frozen");
  }
  start_printer (fixture);
  start_supervisor (fixture, "5");
  wait_for (fixture, "1 shown");
  wait_for_systemd (fixture, "READY=1");
  wait_for (fixture, "2 shown");
  wait_for (fixture, "3 shown");
  assert_false (systemd_has_heard (fixture, "WATCHDOG=1"));
}

static void
one_that_passes_its_deadline_is_killed (void **state)
{
  Fixture *fixture = *state;

  write_text (fixture->sessions, "manners.1", "deadline");
  begin_with_two (fixture, "5");
  wait_for (fixture, "2 shown");
  wait_for_printer (fixture, 1);
}

static void
one_that_does_not_finish_is_killed (void **state)
{
  Fixture *fixture = *state;

  write_text (fixture->sessions, "manners.1", "never-finish");
  begin_with_two (fixture, "2");
  signal_session (fixture, 1, SIGUSR1);
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
  start_supervisor (fixture, "10");
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
  start_supervisor (fixture, "2");
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
  start_supervisor (fixture, "2");
  wait_for (fixture, "4 shown");
  write_settings (fixture, "Bienvenue");
  assert_order (fixture, "5 shown", "4 finish");
  assert_int_equal (find_line (fixture, "5 out-of-order"), -1);
  wait_for_printer (fixture, 4);
}

static void
the_printer_is_told_when_it_is_back (void **state)
{
  Fixture *fixture = *state;

  start_supervisor (fixture, "1");
  wait_for (fixture, "2 ready");
  signal_session (fixture, 1, SIGKILL);
  wait_for (fixture, "2 shown");
  wait_for (fixture, "3 ready");
  start_printer (fixture);
  wait_for_printer (fixture, 1);
  /* And again, over a line that the service has closed meanwhile. */
  pv_peer_server_free (g_steal_pointer (&fixture->server));
  signal_session (fixture, 2, SIGKILL);
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

  begin_with_two (fixture, "1");
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
  start_supervisor (fixture, "1");
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

  begin_with_two (fixture, "1");
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
    WITH_FOLDER (sessions_that_only_draw_a_first_frame_feed_nobody),
    WITH_FOLDER (one_that_passes_its_deadline_is_killed),
    WITH_FOLDER (one_that_does_not_finish_is_killed),
    WITH_FOLDER (one_that_never_gets_ready_or_shown_is_killed),
    WITH_FOLDER (a_crash_loop_ends_out_of_order_with_few_starts),
    WITH_FOLDER (out_of_order_ends_when_the_settings_are_mended),
    WITH_FOLDER (the_printer_is_told_when_it_is_back),
    WITH_FOLDER (asked_to_stop_it_ends_all_and_tells_the_printer),
    WITH_FOLDER (asked_to_stop_it_does_not_wait_for_ever),
    WITH_FOLDER (no_session_outlives_the_supervisor),
    cmocka_unit_test (bad_options_are_refused),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

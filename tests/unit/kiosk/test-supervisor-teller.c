/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <glib/gstdio.h>

#include "kiosk/supervisor/teller.h"
#include "link/error.h"
#include "link/peer.h"
#include "pv-link-printer1.h"

enum { WAIT_MS = 20000, SCALE = 1000 };

typedef struct Fixture {
  char *folder, *path;
  PvPeerServer *server;
  PvLinkPrinter1 *printer;
  GString *heard;
  guint n_refusals; /* so many calls are still refused */
  gboolean is_clean;
  PvTeller *teller;
  gboolean is_idle;
} Fixture;

static gboolean
session_ended_cb (PvLinkPrinter1 *printer, GDBusMethodInvocation *invocation, const char *session, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_string_append_printf (fixture->heard, "%s ", session);
  if (fixture->n_refusals > 0) {
    fixture->n_refusals--;
    g_dbus_method_invocation_return_error_literal (invocation, PV_LINK_ERROR, PV_LINK_ERROR_FAILED, "not now");
  } else
    pv_link_printer1_complete_session_ended (printer, invocation, fixture->is_clean);
  return TRUE;
}

static void
connected_cb (GDBusConnection *connection, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (fixture->printer), connection, "/org/parvis/Printer1",
                                    NULL);
}

static void
idle_cb (gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->is_idle = TRUE;
}

static void
start_printer (Fixture *fixture)
{
  fixture->server = pv_peer_server_new (fixture->path, NULL, connected_cb, fixture, NULL);
  assert_non_null (fixture->server);
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->folder = g_dir_make_tmp ("pv-teller-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "p.sock", NULL);
  fixture->printer = pv_link_printer1_skeleton_new ();
  g_signal_connect (fixture->printer, "handle-session-ended", G_CALLBACK (session_ended_cb), fixture);
  fixture->heard = g_string_new (NULL);
  fixture->is_clean = TRUE;
  fixture->teller = pv_teller_new (fixture->path, SCALE, idle_cb, fixture);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_teller_free (fixture->teller);
  pv_peer_server_free (fixture->server);
  g_clear_object (&fixture->printer);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_string_free (fixture->heard, TRUE);
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture);
  return 0;
}

static void
sessions_are_told_one_after_the_other (void **state)
{
  Fixture *fixture = *state;

  start_printer (fixture);
  assert_true (pv_teller_is_idle (fixture->teller));
  pv_teller_tell (fixture->teller, "aa");
  pv_teller_tell (fixture->teller, "bb");
  pv_teller_tell (fixture->teller, "cc");
  assert_false (pv_teller_is_idle (fixture->teller));
  assert_true (tst_pump_until (NULL, &fixture->is_idle, WAIT_MS));
  assert_string_equal (fixture->heard->str, "aa bb cc ");
}

static void
a_refusal_is_tried_again_before_the_next_one (void **state)
{
  Fixture *fixture = *state;

  start_printer (fixture);
  fixture->n_refusals = 2;
  pv_teller_tell (fixture->teller, "aa");
  pv_teller_tell (fixture->teller, "bb");
  assert_true (tst_pump_until (NULL, &fixture->is_idle, WAIT_MS));
  assert_string_equal (fixture->heard->str, "aa aa aa bb ");
}

static void
a_printer_that_is_not_clean_is_not_asked_again (void **state)
{
  Fixture *fixture = *state;

  start_printer (fixture);
  fixture->is_clean = FALSE;
  pv_teller_tell (fixture->teller, "aa");
  assert_true (tst_pump_until (NULL, &fixture->is_idle, WAIT_MS));
  assert_string_equal (fixture->heard->str, "aa ");
}

static void
nobody_there_is_given_up_in_the_end (void **state)
{
  Fixture *fixture = *state;

  pv_teller_tell (fixture->teller, "aa");
  assert_true (tst_pump_until (NULL, &fixture->is_idle, WAIT_MS));
  assert_true (pv_teller_is_idle (fixture->teller));
  /* And the next one is told as if nothing had been. */
  fixture->is_idle = FALSE;
  start_printer (fixture);
  pv_teller_tell (fixture->teller, "bb");
  assert_true (tst_pump_until (NULL, &fixture->is_idle, WAIT_MS));
  assert_string_equal (fixture->heard->str, "bb ");
}

static void
one_that_refuses_for_ever_is_asked_a_bounded_number_of_times (void **state)
{
  Fixture *fixture = *state;

  start_printer (fixture);
  fixture->n_refusals = G_MAXUINT;
  pv_teller_tell (fixture->teller, "a");
  assert_true (tst_pump_until (NULL, &fixture->is_idle, WAIT_MS));
  assert_int_equal (fixture->heard->len, 2 * PV_TELLER_MAX_TRIES);
}

static void
the_service_is_found_where_it_is_aimed_at (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvTeller) teller = pv_teller_new ("/nonexistent/printer.sock", SCALE, idle_cb, fixture);

  start_printer (fixture);
  pv_teller_aim (teller, fixture->path);
  pv_teller_tell (teller, "aa");
  assert_true (tst_pump_until (NULL, &fixture->is_idle, WAIT_MS));
  assert_string_equal (fixture->heard->str, "aa ");
}

static void
freed_in_the_middle_it_says_nothing_more (void **state)
{
  Fixture *fixture = *state;

  start_printer (fixture);
  pv_teller_tell (fixture->teller, "aa");
  g_clear_pointer (&fixture->teller, pv_teller_free);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_false (fixture->is_idle);
}

#define WITH_TELLER(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_TELLER (sessions_are_told_one_after_the_other),
    WITH_TELLER (a_refusal_is_tried_again_before_the_next_one),
    WITH_TELLER (a_printer_that_is_not_clean_is_not_asked_again),
    WITH_TELLER (nobody_there_is_given_up_in_the_end),
    WITH_TELLER (one_that_refuses_for_ever_is_asked_a_bounded_number_of_times),
    WITH_TELLER (the_service_is_found_where_it_is_aimed_at),
    WITH_TELLER (freed_in_the_middle_it_says_nothing_more),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

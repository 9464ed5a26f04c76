/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/journey.h"
#include "kiosk/supervisor/health-teller.h"
#include "link/peer.h"
#include "pv-link-health1.h"
#include "pv-link-printer1.h"

enum { WAIT_MS = 20000, SCALE = 200 };

typedef struct Fixture {
  char *folder, *courier_path, *printer_path;
  PvPeerServer *courier, *printer; /* (nullable) */
  PvLinkHealth1 *health;
  PvLinkPrinter1 *paper;
  PvHealthTeller *teller;
  PvHealthTellerFacts facts;
  guint n_told, screen, frame_age_ms, crashes, health_told, reason;
  gboolean is_awaited; /* what a test waits for has come */
  guint awaited_health, awaited_told;
} Fixture;

static gboolean
tell_cb (PvLinkHealth1 *health, GDBusMethodInvocation *invocation, guchar screen, guint frame_age_ms, guint crashes,
         guchar printer, guint reason, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_told++;
  fixture->screen = screen;
  fixture->frame_age_ms = frame_age_ms;
  fixture->crashes = crashes;
  fixture->health_told = printer;
  fixture->reason = reason;
  fixture->is_awaited = fixture->n_told >= fixture->awaited_told && fixture->health_told == fixture->awaited_health;
  pv_link_health1_complete_tell (health, invocation);
  return TRUE;
}

static void
courier_connected_cb (GDBusConnection *connection, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (fixture->health), connection, "/org/parvis/Health1",
                                    NULL);
}

static void
printer_connected_cb (GDBusConnection *connection, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (fixture->paper), connection, "/org/parvis/Printer1",
                                    NULL);
}

static PvHealthTellerFacts
look_cb (gpointer user_data)
{
  return ((Fixture *) user_data)->facts;
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->folder = g_dir_make_tmp ("pv-health-XXXXXX", NULL);
  fixture->courier_path = g_build_filename (fixture->folder, "c.sock", NULL);
  fixture->printer_path = g_build_filename (fixture->folder, "p.sock", NULL);
  fixture->health = pv_link_health1_skeleton_new ();
  fixture->paper = pv_link_printer1_skeleton_new ();
  g_signal_connect (fixture->health, "handle-tell", G_CALLBACK (tell_cb), fixture);
  fixture->courier = pv_peer_server_new (fixture->courier_path, NULL, courier_connected_cb, fixture, NULL);
  fixture->printer = pv_peer_server_new (fixture->printer_path, NULL, printer_connected_cb, fixture, NULL);
  fixture->facts = (PvHealthTellerFacts){ .screen = PV_KIOSK_SCREEN_SERVING, .frame_age_ms = 17, .n_crashes = 2 };
  fixture->teller = pv_health_teller_new (SCALE, look_cb, fixture);
  *state = fixture;
  return fixture->courier != NULL && fixture->printer != NULL ? 0 : -1;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_health_teller_free (fixture->teller);
  pv_peer_server_free (fixture->courier);
  pv_peer_server_free (fixture->printer);
  g_object_unref (fixture->health);
  g_object_unref (fixture->paper);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  tst_remove_folder (fixture->folder);
  g_free (fixture->courier_path);
  g_free (fixture->printer_path);
  g_free (fixture->folder);
  g_free (fixture);
  return 0;
}

/* Once more at least, and the printer so. */
static gboolean
wait_told (Fixture *fixture, PvKioskPrinter health)
{
  fixture->is_awaited = FALSE;
  fixture->awaited_told = fixture->n_told + 1;
  fixture->awaited_health = health;
  return tst_pump_until (NULL, &fixture->is_awaited, WAIT_MS);
}

static void
the_screen_is_told_and_the_printer_as_it_is (void **state)
{
  static const struct {
    gboolean is_available;
    PvPrintReason reason;
    PvKioskPrinter told;
  } rows[] = {
    { TRUE, PV_PRINT_REASON_NONE, PV_KIOSK_PRINTER_READY },
    { TRUE, PV_PRINT_REASON_PAPER_LOW, PV_KIOSK_PRINTER_CARE },
    { FALSE, PV_PRINT_REASON_NO_PAPER, PV_KIOSK_PRINTER_OUT },
    /* When somebody prints is nothing to tell. */
    { FALSE, PV_PRINT_REASON_BUSY, PV_KIOSK_PRINTER_READY },
  };
  Fixture *fixture = *state;

  pv_health_teller_aim (fixture->teller, fixture->courier_path, fixture->printer_path);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    pv_link_printer1_set_is_available (fixture->paper, rows[i].is_available);
    pv_link_printer1_set_reason (fixture->paper, rows[i].reason);
    assert_true (wait_told (fixture, rows[i].told));
  }
  assert_int_equal (fixture->screen, PV_KIOSK_SCREEN_SERVING);
  assert_int_equal (fixture->frame_age_ms, 17);
  assert_int_equal (fixture->crashes, 2);
}

static void
a_printer_service_that_is_away_is_not_known (void **state)
{
  Fixture *fixture = *state;

  pv_link_printer1_set_is_available (fixture->paper, TRUE);
  pv_health_teller_aim (fixture->teller, fixture->courier_path, fixture->printer_path);
  assert_true (wait_told (fixture, PV_KIOSK_PRINTER_READY));
  g_clear_pointer (&fixture->printer, pv_peer_server_free);
  assert_true (wait_told (fixture, PV_KIOSK_PRINTER_UNKNOWN));
  fixture->printer = pv_peer_server_new (fixture->printer_path, NULL, printer_connected_cb, fixture, NULL);
  assert_true (wait_told (fixture, PV_KIOSK_PRINTER_READY));
}

static void
a_courier_that_comes_back_is_told_again (void **state)
{
  Fixture *fixture = *state;

  pv_health_teller_aim (fixture->teller, fixture->courier_path, NULL);
  assert_true (wait_told (fixture, PV_KIOSK_PRINTER_NONE));
  g_clear_pointer (&fixture->courier, pv_peer_server_free);
  fixture->courier = pv_peer_server_new (fixture->courier_path, NULL, courier_connected_cb, fixture, NULL);
  assert_true (wait_told (fixture, PV_KIOSK_PRINTER_NONE));
}

static void
nothing_is_told_where_nobody_wants_it (void **state)
{
  Fixture *fixture = *state;
  gboolean never = FALSE;

  pv_health_teller_hurry (fixture->teller);
  pv_health_teller_aim (fixture->teller, NULL, fixture->printer_path);
  pv_health_teller_hurry (fixture->teller);
  tst_pump_until (NULL, &never, 3 * PV_HEALTH_TELLER_MS / SCALE);
  assert_int_equal (fixture->n_told, 0);
  /* And again, once somebody does. */
  pv_health_teller_aim (fixture->teller, fixture->courier_path, NULL);
  assert_true (wait_told (fixture, PV_KIOSK_PRINTER_NONE));
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (the_screen_is_told_and_the_printer_as_it_is, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_printer_service_that_is_away_is_not_known, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_courier_that_comes_back_is_told_again, set_up, tear_down),
    cmocka_unit_test_setup_teardown (nothing_is_told_where_nobody_wants_it, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

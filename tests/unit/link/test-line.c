/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <glib/gstdio.h>

#include "link/line.h"
#include "link/peer.h"
#include "pv-link-printer1.h"

enum { WAIT_MS = 20000 };

typedef struct Fixture {
  char *folder, *path;
  PvPeerServer *server;
  PvLinkPrinter1 *printer;
  PvLine *line;
  GDBusProxy *proxy; /* as it was told */
  guint n_up, n_down, n_signals;
  gboolean is_up, is_down, has_heard;
} Fixture;

static void
connected_cb (GDBusConnection *connection, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (fixture->printer), connection, "/org/parvis/Printer1",
                                    NULL);
}

static void
job_state_cb (PvLinkPrinter1 *proxy, guint job, guint state, guint reason, gpointer user_data)
{
  Fixture *fixture = user_data;

  (void) proxy;
  (void) job;
  (void) state;
  (void) reason;
  fixture->n_signals++;
  fixture->has_heard = TRUE;
}

static void
up_cb (GDBusProxy *proxy, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->proxy = proxy;
  fixture->n_up++;
  fixture->is_up = TRUE;
  fixture->is_down = FALSE;
  g_signal_connect (proxy, "job-state", G_CALLBACK (job_state_cb), fixture);
}

static void
down_cb (gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->proxy = NULL;
  fixture->n_down++;
  fixture->is_up = FALSE;
  fixture->is_down = TRUE;
}

static void
start_service (Fixture *fixture)
{
  fixture->server = pv_peer_server_new (fixture->path, NULL, connected_cb, fixture, NULL);
  assert_non_null (fixture->server);
}

static void
open_line (Fixture *fixture)
{
  static const PvLineEvents events = { up_cb, down_cb };

  fixture->line = pv_line_new (&(PvLineTarget){ .socket_path = fixture->path,
                                                .object_path = "/org/parvis/Printer1",
                                                .interface = "org.parvis.Printer1",
                                                .proxy_type = PV_LINK_TYPE_PRINTER1_PROXY,
                                                .retry_ms = 20 },
                               &events, fixture);
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->folder = g_dir_make_tmp ("pv-line-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "p.sock", NULL);
  fixture->printer = pv_link_printer1_skeleton_new ();
  pv_link_printer1_set_media (fixture->printer, "a4");
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_line_free (fixture->line);
  pv_peer_server_free (fixture->server);
  g_clear_object (&fixture->printer);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture);
  return 0;
}

static void
it_comes_up_as_soon_as_there_is_a_service_and_says_once_that_there_is_none (void **state)
{
  Fixture *fixture = *state;
  gint64 end;

  open_line (fixture);
  assert_int_equal (fixture->n_down, 0);
  assert_true (tst_pump_until (NULL, &fixture->is_down, WAIT_MS));
  /* Several more attempts. */
  for (end = g_get_monotonic_time () + 200 * G_TIME_SPAN_MILLISECOND; g_get_monotonic_time () < end;)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  assert_int_equal (fixture->n_down, 1);
  start_service (fixture);
  assert_true (tst_pump_until (NULL, &fixture->is_up, WAIT_MS));
  assert_string_equal (pv_link_printer1_get_media (PV_LINK_PRINTER1 (fixture->proxy)), "a4");
}

static void
it_comes_up_again_and_the_signals_with_it (void **state)
{
  Fixture *fixture = *state;

  start_service (fixture);
  open_line (fixture);
  assert_true (tst_pump_until (NULL, &fixture->is_up, WAIT_MS));
  pv_peer_server_free (fixture->server);
  fixture->server = NULL;
  assert_true (tst_pump_until (NULL, &fixture->is_down, WAIT_MS));
  start_service (fixture);
  assert_true (tst_pump_until (NULL, &fixture->is_up, WAIT_MS));
  assert_int_equal (fixture->n_up, 2);
  assert_int_equal (fixture->n_down, 1);
  pv_link_printer1_emit_job_state (fixture->printer, 1, 2, 0);
  assert_true (tst_pump_until (NULL, &fixture->has_heard, WAIT_MS));
  assert_int_equal (fixture->n_signals, 1);
}

static void
nothing_comes_after_its_end (void **state)
{
  Fixture *fixture = *state;

  start_service (fixture);
  for (guint steps = 0; steps < 40; steps++) {
    guint n_up;

    open_line (fixture);
    for (guint i = 0; i < steps; i++)
      g_main_context_iteration (NULL, FALSE);
    n_up = fixture->n_up;
    pv_line_free (g_steal_pointer (&fixture->line));
    for (guint i = 0; i < 40; i++)
      g_main_context_iteration (NULL, FALSE);
    assert_int_equal (fixture->n_up, n_up);
    assert_int_equal (fixture->n_down, 0);
  }
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (it_comes_up_as_soon_as_there_is_a_service_and_says_once_that_there_is_none),
    T (it_comes_up_again_and_the_signals_with_it),
    T (nothing_comes_after_its_end),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

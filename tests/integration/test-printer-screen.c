/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session's line to the printer service while printer and service go wrong: its main loop, which draws the screen, must
 * go on. A timer of this loop notes the longest pause. */
#include <signal.h>
#include <stdio.h>

#include "kiosk/session/printer-link.h"

#include "printer-rig.h"

#include "ipp-printer.h"

enum {
  TICK_MS = 4,
  /* Far above what a busy machine does to us, far below what any call to the printer or its service may last. */
  PAUSE_MAX_MS = 700,
  FAULT_MS = 2500,
};

typedef struct Screen {
  Kiosk *kiosk;
  FakeIpp *printer;
  PvPrinterLink *link;
  gint64 ticked_us, longest_us;
  guint tick_id;
  PvPrintState state;
  gboolean was_told, is_available;
} Screen;

static gint64 longest_of_all_us;

static gboolean
tick_cb (gpointer user_data)
{
  Screen *screen = user_data;
  gint64 now_us = g_get_monotonic_time ();

  screen->longest_us = MAX (screen->longest_us, now_us - screen->ticked_us);
  screen->ticked_us = now_us;
  return G_SOURCE_CONTINUE;
}

static void
available_cb (gboolean is_available, PvPrintReason reason, gpointer user_data)
{
  (void) reason;
  ((Screen *) user_data)->is_available = is_available;
}

static void
job_cb (PvPrintState state, PvPrintReason reason, gpointer user_data)
{
  Screen *screen = user_data;

  (void) reason;
  screen->state = state;
  screen->was_told = TRUE;
}

/* As the session does: nothing but turns of the loop. */
static void
draw_for (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
draw_until_state (Screen *screen, PvPrintState least, guint max_ms)
{
  gint64 end = g_get_monotonic_time () + max_ms * G_TIME_SPAN_MILLISECOND;

  while (!(screen->was_told && screen->state >= least) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  return screen->was_told && screen->state >= least;
}

static void
start_clock (Screen *screen)
{
  screen->ticked_us = g_get_monotonic_time ();
  screen->longest_us = 0;
  screen->tick_id = g_timeout_add (TICK_MS, tick_cb, screen);
}

static void
stop_clock (Screen *screen)
{
  tick_cb (screen);
  g_source_remove (screen->tick_id);
  longest_of_all_us = MAX (longest_of_all_us, screen->longest_us);
  if (screen->longest_us > PAUSE_MAX_MS * G_TIME_SPAN_MILLISECOND)
    fail_msg ("the screen stood still for %d ms", (int) (screen->longest_us / G_TIME_SPAN_MILLISECOND));
}

static int
set_up (void **state)
{
  static const PvPrinterEvents events = { available_cb, job_cb };
  Screen *screen = g_new0 (Screen, 1);
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  screen->printer = fake_ipp_new ();
  screen->kiosk = kiosk_new_for_uri (fake_ipp_get_uri (screen->printer));
  screen->link = pv_printer_link_new (screen->kiosk->socket, SESSION, &events, screen);
  while (!screen->is_available && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  *state = screen;
  return screen->is_available ? 0 : 1;
}

static int
tear_down (void **state)
{
  Screen *screen = *state;

  pv_printer_link_free (screen->link);
  fake_ipp_free (screen->printer);
  kiosk_free (screen->kiosk);
  g_free (screen);
  return 0;
}

static void
print_and_start_clock (Screen *screen)
{
  g_autoptr (GBytes) pdf = render ();

  start_clock (screen);
  pv_printer_link_print (screen->link, pdf, "fr");
}

static void
goes_on_while_a_printer_is_mute (void **state)
{
  Screen *screen = *state;

  fake_ipp_set_mood (screen->printer, FAKE_IPP_IS_MUTE);
  print_and_start_clock (screen);
  draw_for (FAULT_MS);
  stop_clock (screen);
}

static void
goes_on_while_a_printer_hangs_up_refuses_or_stands_still (void **state)
{
  Screen *screen = *state;

  fake_ipp_set_mood (screen->printer, FAKE_IPP_HANGS_UP_ON_PRINT);
  print_and_start_clock (screen);
  assert_true (draw_until_state (screen, PV_PRINT_DONE, WAIT_MS));
  fake_ipp_set_mood (screen->printer, FAKE_IPP_REFUSES_JOBS);
  draw_for (FAULT_MS / 5);
  fake_ipp_set_printer (screen->printer, 5, "media-empty-error,cover-open", FALSE);
  draw_for (FAULT_MS / 5);
  stop_clock (screen);
}

/* It takes the call and does nothing with it. */
static void
goes_on_while_the_service_stands_still (void **state)
{
  Screen *screen = *state;

  g_subprocess_send_signal (screen->kiosk->process, SIGSTOP);
  print_and_start_clock (screen);
  draw_for (FAULT_MS);
  g_subprocess_send_signal (screen->kiosk->process, SIGCONT);
  assert_true (draw_until_state (screen, PV_PRINT_PRINTING, WAIT_MS));
  stop_clock (screen);
}

static void
goes_on_when_the_service_dies_in_the_middle_and_comes_back (void **state)
{
  Screen *screen = *state;

  print_and_start_clock (screen);
  assert_true (draw_until_state (screen, PV_PRINT_PRINTING, WAIT_MS));
  g_subprocess_force_exit (screen->kiosk->process);
  assert_true (draw_until_state (screen, PV_PRINT_DONE, WAIT_MS));
  draw_for (FAULT_MS / 5);
  stop_clock (screen);
  kiosk_restart (screen->kiosk);
  start_clock (screen);
  draw_for (FAULT_MS);
  stop_clock (screen);
}

int
main (void)
{
#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    T (goes_on_while_a_printer_is_mute),
    T (goes_on_while_a_printer_hangs_up_refuses_or_stands_still),
    T (goes_on_while_the_service_stands_still),
    T (goes_on_when_the_service_dies_in_the_middle_and_comes_back),
  };
  int status;

  tst_init ();
  status = cmocka_run_group_tests (tests, NULL, NULL);
  printf (
    "# {\"name\": \"faults of the printer, longest pause of the session's loop\", \"value\": %.1f, \"unit\": \"ms\"}\n",
    (double) longest_of_all_us / 1000);
  return status;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever the printer does, the screen goes on: the session's window and its line to the real printer service, in one
 * process as in a session, with the time between two frames measured while each fault lasts, directly and through a queue of a
 * real CUPS. The faults that take time in a plain run, every one of the printer's under PV_TEST_FULL. */
#include <gtk/gtk.h>
#include <stdio.h>

#include "kiosk/session/printer-link.h"
#include "view/kiosk-window.h"
#include "view/theme.h"

#include "cups-rig.h"
#include "ippeve.h"

enum {
  /* Longer than libcups waits for a printer that is mute, and for its connection. */
  WATCH_MS = 5000,
  /* Of the shortest call that waits for a mute printer; what a busy machine of tests makes of a frame is far below. */
  BLOCKED_MS = 1500,
};

typedef enum { BEFORE_JOB, IN_JOB } Phase;

typedef struct {
  const char *name;
  Phase phase;
  void (*break_it) (Ippeve *printer, const char *words);
  const char *words;
  gboolean is_in_sample;
} Fault;

typedef struct {
  PvKioskWindow *window;
  gboolean is_painted, is_available, is_printing;
  guint n_told, n_frames;
  gint64 frame_us, longest_us; /* monotonic: of the last frame; between two */
} Screen;

static void
nothing (Ippeve *printer, const char *words)
{
  (void) printer;
  (void) words;
}

static void
is_mute (Ippeve *printer, const char *words)
{
  (void) words;
  ippeve_set_mute (printer, TRUE);
}

static void
is_off (Ippeve *printer, const char *words)
{
  (void) words;
  ippeve_kill (printer);
}

static void
is_off_and_on (Ippeve *printer, const char *words)
{
  is_off (printer, words);
  assert_true (ippeve_start (printer));
}

static void
says (Ippeve *printer, const char *words)
{
  ippeve_tell_engine (printer, "reasons", words);
}

static void
stops (Ippeve *printer, const char *words)
{
  says (printer, words);
  ippeve_tell_engine (printer, "printer-state", "5");
}

static void
stands_still (Ippeve *printer, const char *words)
{
  ippeve_tell_engine (printer, "state", words);
}

/* Works for a moment, and then. */
static void
gives_up (Ippeve *printer, const char *words)
{
  ippeve_tell_engine (printer, "fail", words);
  ippeve_tell_engine (printer, "hold", NULL);
}

static void
is_slow (Ippeve *printer, const char *words)
{
  ippeve_tell_engine (printer, "slow", words);
  ippeve_tell_engine (printer, "hold", NULL);
}

static void
show (Screen *screen, const char *words)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_DONE, "done-received");

  state->title = g_strdup ("The town hall has received your request");
  pv_screen_state_add_notice (state, PV_TONE_INFO, "printer", words);
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_FINISH, "I have finished")->is_enabled = TRUE;
  pv_kiosk_window_show_state (screen->window, state);
  pv_screen_state_free (state);
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
  g_autofree char *words = g_strdup_printf ("State %d, reason %d", (int) state, (int) reason);

  screen->n_told++;
  screen->is_printing |= state == PV_PRINT_PRINTING;
  show (screen, words);
}

static void
painted_cb (PvKioskWindow *window, gpointer user_data)
{
  (void) window;
  ((Screen *) user_data)->is_painted = TRUE;
}

/* Asks for each frame that the display can show. */
static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Screen *screen = user_data;
  gint64 now_us = g_get_monotonic_time ();

  (void) clock;
  if (screen->frame_us != 0)
    screen->longest_us = MAX (screen->longest_us, now_us - screen->frame_us);
  screen->frame_us = now_us;
  screen->n_frames++;
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

static void
pump (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static void
run_fault (const Fault *fault, gboolean is_through_queue)
{
  static const PvPrinterEvents events = { available_cb, job_cb };
  PvViewConfig config = { .commune = "Ville de Montclair", .width = 1080, .height = 1900, .touch.debounce_ms = 300 };
  Ippeve *printer = ippeve_new ();
  Cups *cups = is_through_queue ? cups_new (ippeve_get_uri (printer)) : NULL;
  Kiosk *kiosk = cups != NULL ? kiosk_new_for_cups (cups, "") : kiosk_new_for_uri (ippeve_get_uri (printer));
  Screen screen = { .window = pv_kiosk_window_new (NULL, &config) };
  PvPrinterLink *link = pv_printer_link_new (kiosk->socket, SESSION, &events, &screen);
  g_autoptr (GBytes) pdf = render ();

  g_signal_connect (screen.window, "painted", G_CALLBACK (painted_cb), &screen);
  show (&screen, "Your receipt");
  pv_kiosk_window_present (screen.window);
  assert_true (tst_pump_until (NULL, &screen.is_painted, WAIT_MS));
  assert_true (tst_pump_until (NULL, &screen.is_available, WAIT_MS));
  ippeve_tell_engine (printer, "hold", "");
  if (fault->phase == BEFORE_JOB)
    fault->break_it (printer, fault->words);
  /* From the press on. */
  gtk_widget_add_tick_callback (GTK_WIDGET (screen.window), tick_cb, &screen, NULL);
  pv_printer_link_print (link, pdf, "fr");
  if (fault->phase == IN_JOB) {
    assert_true (tst_pump_until (NULL, &screen.is_printing, WAIT_MS));
    fault->break_it (printer, fault->words);
  }
  pump (WATCH_MS);
  assert_true (screen.n_told > 0);
  end_session (kiosk, SESSION);
  printf ("# %-22s %-6s %4u frames, longest %4d ms, last %d ms ago\n", fault->name, cups != NULL ? "queue" : "direct",
          screen.n_frames, (int) (screen.longest_us / G_TIME_SPAN_MILLISECOND),
          (int) pv_kiosk_window_get_last_frame_age_ms (screen.window));
  assert_true (screen.n_frames > 20);
  assert_true (screen.longest_us < BLOCKED_MS * G_TIME_SPAN_MILLISECOND);
  gtk_window_destroy (GTK_WINDOW (screen.window));
  pv_printer_link_free (link);
  kiosk_free (kiosk);
  if (cups != NULL)
    cups_free (cups);
  ippeve_free (printer);
}

static void
draws_on_whatever_the_printer_does (void **state)
{
  gboolean is_through_queue = *(gboolean *) *state;
  static const Fault faults[] = {
    { "none", IN_JOB, nothing, NULL, TRUE },
    { "absent", BEFORE_JOB, is_off, NULL, TRUE },
    { "mute", BEFORE_JOB, is_mute, NULL, TRUE },
    { "paper out", BEFORE_JOB, says, "media-empty-report", TRUE },
    { "mute in the job", IN_JOB, is_mute, NULL, TRUE },
    { "killed in the job", IN_JOB, is_off, NULL, TRUE },
    { "off and on in the job", IN_JOB, is_off_and_on, NULL, FALSE },
    { "paper out in the job", BEFORE_JOB, stands_still, "media-empty", FALSE },
    { "wrong paper", BEFORE_JOB, says, "media-needed-report", FALSE },
    { "paper low", BEFORE_JOB, says, "media-low-report", FALSE },
    { "jam in the job", IN_JOB, says, "media-jam-warning", FALSE },
    { "cover open", BEFORE_JOB, says, "cover-open-report", FALSE },
    { "cover opened in job", IN_JOB, says, "cover-open-warning", FALSE },
    { "door open", BEFORE_JOB, stops, "door-open-error", FALSE },
    { "interlock open", BEFORE_JOB, stops, "interlock-open-error", FALSE },
    { "tray missing", BEFORE_JOB, says, "input-tray-missing-report", FALSE },
    { "output full in the job", IN_JOB, says, "output-area-full-warning", FALSE },
    { "toner empty", BEFORE_JOB, says, "toner-empty-report", FALSE },
    { "ink empty", BEFORE_JOB, says, "marker-supply-empty-report", FALSE },
    { "waste box full", BEFORE_JOB, says, "marker-waste-full-report", FALSE },
    { "knife stuck in the job", IN_JOB, says, "other-warning", FALSE },
    { "paused", BEFORE_JOB, stops, "paused", FALSE },
    { "pauses in the job", IN_JOB, says, "moving-to-paused-warning", FALSE },
    { "shuts down", BEFORE_JOB, says, "shutdown-report", FALSE },
    { "spool full", BEFORE_JOB, says, "spool-area-full-report", FALSE },
    { "aborted", IN_JOB, gives_up, "the knife is stuck", FALSE },
    { "slow", IN_JOB, is_slow, "4", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if (faults[i].is_in_sample || g_getenv ("PV_TEST_FULL") != NULL)
      run_fault (&faults[i], is_through_queue);
}

int
main (void)
{
  gboolean is_through_queue[] = { FALSE, TRUE };
  const struct CMUnitTest tests[] = {
    { "draws_on_whatever_the_printer_does", draws_on_whatever_the_printer_does, NULL, NULL, &is_through_queue[0] },
    { "draws_on_whatever_the_printer_does_behind_a_queue", draws_on_whatever_the_printer_does, NULL, NULL,
      &is_through_queue[1] },
  };

  tst_init ();
  gtk_disable_setlocale ();
  pv_theme_prepare ();
  if (!ippeve_is_installed () || !cups_is_installed () || !gtk_init_check ()) {
    fputs ("1..0 # SKIP no ippeveprinter, no CUPS or no display\n", stdout);
    return 0;
  }
  return cmocka_run_group_tests (tests, NULL, NULL);
}

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
  /* What only a queue can do. */
  void (*break_queue) (Cups *cups, const char *words);
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

static void
shows_another_certificate (Ippeve *printer, const char *words)
{
  (void) words;
  assert_true (ippeve_change_certificate (printer));
}

static void
is_told (Cups *cups, const char *words)
{
  cups_command (cups, words);
}

static void
is_killed (Cups *cups, const char *words)
{
  (void) words;
  cups_kill (cups);
}

/* As it began: its spool takes no receipt. */
static void
is_full (Cups *cups, const char *words)
{
  (void) cups;
  (void) words;
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
break_now (const Fault *fault, Ippeve *printer, Cups *cups)
{
  if (fault->break_queue != NULL)
    fault->break_queue (cups, fault->words);
  else
    fault->break_it (printer, fault->words);
}

static void
run_fault (const Fault *fault, gboolean is_through_queue)
{
  static const PvPrinterEvents events = { available_cb, job_cb };
  PvViewConfig config = { .commune = "Ville de Montclair", .width = 1080, .height = 1900, .touch.debounce_ms = 300 };
  Ippeve *printer = ippeve_new ();
  gboolean is_secure = fault->break_it == shows_another_certificate;
  g_autofree char *uri = is_secure ? ippeve_get_secure_uri (printer) : g_strdup (ippeve_get_uri (printer));
  g_autofree char *fingerprint = is_secure ? ippeve_get_fingerprint (printer) : NULL;
  g_autofree char *pin = is_secure ? g_strdup_printf ("certificate=%s\n", fingerprint) : g_strdup ("");
  g_autofree char *lines = g_strdup_printf ("uri=%s\nmedia=roll-80mm\n%s", uri, pin);
  Cups *cups = !is_through_queue               ? NULL
               : fault->break_queue == is_full ? cups_new_with_full_spool (uri)
                                               : cups_new (uri);
  Kiosk *kiosk = cups != NULL ? kiosk_new_for_cups (cups, pin) : kiosk_new (lines, NULL);
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
    break_now (fault, printer, cups);
  /* From the press on. */
  gtk_widget_add_tick_callback (GTK_WIDGET (screen.window), tick_cb, &screen, NULL);
  pv_printer_link_print (link, pdf, "fr");
  if (fault->phase == IN_JOB) {
    assert_true (tst_pump_until (NULL, &screen.is_printing, WAIT_MS));
    break_now (fault, printer, cups);
  }
  pump (WATCH_MS);
  assert_true (screen.n_told > 0);
  end_session (kiosk, SESSION);
  printf ("# %-23s %-6s %4u frames, longest %4d ms, last %d ms ago\n", fault->name, cups != NULL ? "queue" : "direct",
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
    { "none", IN_JOB, nothing, NULL, TRUE, NULL },
    { "absent", BEFORE_JOB, is_off, NULL, TRUE, NULL },
    { "mute", BEFORE_JOB, is_mute, NULL, TRUE, NULL },
    { "paper out", BEFORE_JOB, says, "media-empty-report", TRUE, NULL },
    { "mute in the job", IN_JOB, is_mute, NULL, TRUE, NULL },
    { "killed in the job", IN_JOB, is_off, NULL, TRUE, NULL },
    { "off and on in the job", IN_JOB, is_off_and_on, NULL, FALSE, NULL },
    { "paper out in the job", BEFORE_JOB, stands_still, "media-empty", FALSE, NULL },
    { "wrong paper", BEFORE_JOB, says, "media-needed-report", FALSE, NULL },
    { "paper low", BEFORE_JOB, says, "media-low-report", FALSE, NULL },
    { "jam in the job", IN_JOB, says, "media-jam-warning", FALSE, NULL },
    { "cover open", BEFORE_JOB, says, "cover-open-report", FALSE, NULL },
    { "cover opened in job", IN_JOB, says, "cover-open-warning", FALSE, NULL },
    { "door open", BEFORE_JOB, stops, "door-open-error", FALSE, NULL },
    { "interlock open", BEFORE_JOB, stops, "interlock-open-error", FALSE, NULL },
    { "tray missing", BEFORE_JOB, says, "input-tray-missing-report", FALSE, NULL },
    { "output full in the job", IN_JOB, says, "output-area-full-warning", FALSE, NULL },
    { "toner empty", BEFORE_JOB, says, "toner-empty-report", FALSE, NULL },
    { "ink empty", BEFORE_JOB, says, "marker-supply-empty-report", FALSE, NULL },
    { "waste box full", BEFORE_JOB, says, "marker-waste-full-report", FALSE, NULL },
    { "knife stuck in the job", IN_JOB, says, "other-warning", FALSE, NULL },
    { "paused", BEFORE_JOB, stops, "paused", FALSE, NULL },
    { "pauses in the job", IN_JOB, says, "moving-to-paused-warning", FALSE, NULL },
    { "shuts down", BEFORE_JOB, says, "shutdown-report", FALSE, NULL },
    { "spool full", BEFORE_JOB, says, "spool-area-full-report", FALSE, NULL },
    { "aborted", IN_JOB, gives_up, "the knife is stuck", FALSE, NULL },
    { "slow", IN_JOB, is_slow, "4", FALSE, NULL },
    { "other certificate", BEFORE_JOB, shows_another_certificate, NULL, FALSE, NULL },
    { "queue paused", BEFORE_JOB, NULL, "cupsdisable roll", FALSE, is_told },
    { "queue paused in the job", IN_JOB, NULL, "cupsdisable roll", FALSE, is_told },
    { "queue rejecting", BEFORE_JOB, NULL, "cupsreject roll", FALSE, is_told },
    { "CUPS killed", BEFORE_JOB, NULL, NULL, FALSE, is_killed },
    { "CUPS killed in the job", IN_JOB, NULL, NULL, TRUE, is_killed },
    { "disk full", BEFORE_JOB, NULL, NULL, FALSE, is_full },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if ((is_through_queue || faults[i].break_queue == NULL)
        && (faults[i].is_in_sample || g_getenv ("PV_TEST_FULL") != NULL))
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

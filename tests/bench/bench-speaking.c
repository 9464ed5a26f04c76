/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-speaking: the compositor's own program, see kiosk. The real window is led through every screen, its fields are marked as
 * they are when they are said, and keys move, while the voice of a session speaks and while it does not, in turn. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench.h"
#include "kiosk/session/speech-link.h"
#include "panel.h"
#include "platform/language.h"
#include "samples.h"
#include "sound-card.h"
#include "view/kiosk-window.h"
#include "view/theme.h"

enum { WIDTH = 1080, HEIGHT = 1920, ROUNDS = 2, SETTLE_MS = 2000, PAUSE_MS = 53, FRAME_GOAL_MS = 33, MAX_MARKS = 4 };

/* Of one turn: voice or silence. */
typedef struct Side {
  GArray *by_clock;  /* (element-type double): milliseconds that the main loop had no time for anything else */
  GArray *computing; /* (element-type double): of them, those in which it had a processor */
} Side;

typedef struct Bench {
  PvKioskWindow *window;
  PvSpeechLink *link;
  SoundCard *card;
  GPtrArray *states; /* (element-type PvScreenState) */
  Side *side;        /* (nullable): of the turn */
  gboolean has_failed;
  guint n_times;        /* that it began to speak */
  gboolean is_painting; /* and not only looked at the clock */
  double began_ms, began_computing_ms;
  double change_ms, change_computing_ms; /* what was done before the frame, for it */
} Bench;

static int
fail (const char *what)
{
  fprintf (stderr, "bench-speaking: %s\n", what);
  return EXIT_FAILURE;
}

static double
clock_ms (clockid_t id)
{
  struct timespec now;

  clock_gettime (id, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

/* ---- frames ---- */

static void
before_cb (GdkFrameClock *clock, gpointer user_data)
{
  Bench *bench = user_data;

  (void) clock;
  bench->is_painting = FALSE;
  bench->began_ms = clock_ms (CLOCK_MONOTONIC);
  bench->began_computing_ms = clock_ms (CLOCK_THREAD_CPUTIME_ID);
}

static void
paint_cb (GdkFrameClock *clock, gpointer user_data)
{
  (void) clock;
  ((Bench *) user_data)->is_painting = TRUE;
}

static void
after_cb (GdkFrameClock *clock, gpointer user_data)
{
  Bench *bench = user_data;
  double by_clock = clock_ms (CLOCK_MONOTONIC) - bench->began_ms + bench->change_ms;
  double computing = clock_ms (CLOCK_THREAD_CPUTIME_ID) - bench->began_computing_ms + bench->change_computing_ms;

  (void) clock;
  bench->change_ms = bench->is_painting ? 0 : by_clock;
  bench->change_computing_ms = bench->is_painting ? 0 : computing;
  if (bench->side == NULL || !bench->is_painting)
    return;
  g_array_append_val (bench->side->by_clock, by_clock);
  g_array_append_val (bench->side->computing, computing);
}

static void
begin_change (Bench *bench)
{
  bench->change_ms -= clock_ms (CLOCK_MONOTONIC);
  bench->change_computing_ms -= clock_ms (CLOCK_THREAD_CPUTIME_ID);
}

/* And lets the frame come. */
static void
end_change (Bench *bench, guint turn)
{
  bench->change_ms += clock_ms (CLOCK_MONOTONIC);
  bench->change_computing_ms += clock_ms (CLOCK_THREAD_CPUTIME_ID);
  bench_pump (PAUSE_MS + turn % 16); /* so that changes meet the screen's pace anywhere */
  bench->change_ms = bench->change_computing_ms = 0;
}

/* ---- the voice ---- */

static PvVoice *
make_voice (PvVoiceFunc func, gpointer voice_data, gpointer user_data, GError **error)
{
  (void) user_data;
  return pv_voice_new_espeak ("loudspeaker", NULL, func, voice_data, error);
}

static PvJackWatch *
make_jack (PvJackFunc func, gpointer jack_data, gpointer user_data, GError **error)
{
  (void) user_data;
  return pv_jack_watch_new ("card", func, jack_data, error);
}

static void
changed_cb (const PvSpeaking *speaking, gpointer user_data)
{
  Bench *bench = user_data;

  bench->has_failed |= speaking->has_failed;
  bench->n_times += speaking->is_speaking ? 1 : 0;
}

/* Both sides mark the same fields; see below. */
static void
spoken_cb (const char *field_id, gpointer user_data)
{
  (void) field_id;
  (void) user_data;
}

/* ---- what happens on the screen ---- */

static void
show (Bench *bench, const PvScreenState *state, guint turn)
{
  begin_change (bench);
  pv_speech_link_interrupt (bench->link);
  pv_kiosk_window_show_state (bench->window, state);
  pv_speech_link_show (bench->link, state, "fr");
  end_change (bench, turn);
}

static void
mark (Bench *bench, const char *field_id, guint turn)
{
  begin_change (bench);
  pv_kiosk_window_set_spoken (bench->window, field_id);
  end_change (bench, turn);
}

static void
move (Bench *bench, guint index, guint turn)
{
  const PvFocus focus = { PV_FOCUS_ACTION, NULL, index };

  begin_change (bench);
  pv_speech_link_interrupt (bench->link);
  gtk_widget_child_focus (GTK_WIDGET (bench->window), GTK_DIR_TAB_FORWARD);
  pv_speech_link_focus (bench->link, &focus);
  end_change (bench, turn);
}

static void
lead_through (Bench *bench, Side *side)
{
  bench->side = side;
  for (guint i = 0; i < bench->states->len; i++) {
    const PvScreenState *state = bench->states->pdata[i];

    show (bench, state, i);
    for (guint f = 0; f < MIN (state->fields->len, MAX_MARKS); f++)
      mark (bench, ((const PvField *) state->fields->pdata[f])->id, i + f);
    mark (bench, NULL, i);
    move (bench, 0, i);
    move (bench, 1, i + 1);
  }
  bench->side = NULL;
}

/* ---- figures ---- */

static Side
make_side (void)
{
  return (Side){ g_array_new (FALSE, FALSE, sizeof (double)), g_array_new (FALSE, FALSE, sizeof (double)) };
}

static void
clear_side (Side *side)
{
  g_array_unref (side->by_clock);
  g_array_unref (side->computing);
}

static void
tell (const char *what, GArray *silent, GArray *speaking, double goal)
{
  static const struct {
    const char *name;
    double percent;
  } quantities[] = { { "p50", 50.0 }, { "p99", 99.0 }, { "worst", 100.0 } };

  for (guint i = 0; i < G_N_ELEMENTS (quantities); i++) {
    g_autofree char *still = g_strdup_printf ("frame in silence, %s, %s", what, quantities[i].name);
    g_autofree char *spoken = g_strdup_printf ("frame while speaking, %s, %s", what, quantities[i].name);
    g_autofree char *against =
      g_strdup_printf ("frame while speaking against silence, %s, %s", what, quantities[i].name);
    double value = bench_percentile (speaking, quantities[i].percent);

    bench_figure (still, bench_percentile (silent, quantities[i].percent), "ms", NULL, BENCH_NO_GOAL);
    bench_figure (spoken, value, "ms", NULL, goal);
    bench_figure (against, value, "ms", still, BENCH_NO_GOAL);
  }
}

static gboolean
open_window (Bench *bench)
{
  PvViewConfig config = { .commune = "Ville de Montclair", .has_voice = TRUE };
  PvLook look = { .text_percent = 100, .theme = "light", .language = "fr" };
  GdkFrameClock *clock;

  pv_theme_prepare ();
  if (!gtk_init_check ())
    return FALSE;
  bench->window = pv_kiosk_window_new (NULL, &config);
  pv_kiosk_window_set_look (bench->window, &look);
  pv_kiosk_window_set_language (bench->window, "fr", FALSE);
  pv_kiosk_window_show_state (bench->window, bench->states->pdata[0]);
  pv_kiosk_window_warm_up (bench->window);
  pv_kiosk_window_present (bench->window);
  bench_pump (SETTLE_MS);
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (bench->window));
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_cb), bench);
  g_signal_connect (clock, "paint", G_CALLBACK (paint_cb), bench);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_cb), bench);
  return TRUE;
}

int
main (void)
{
  static const PvSpeechLinkEvents events = { make_voice, make_jack, changed_cb, spoken_cb };
  Bench bench = { 0 };
  Side silent = make_side (), speaking = make_side ();

  g_log_writer_default_set_use_stderr (TRUE);
  pv_language_start ();
  gtk_disable_setlocale ();
  if (panel_open (WIDTH, HEIGHT) == NULL)
    return fail ("no compositor");
  bench.states = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_screen_state_free);
  pv_language_set ("fr");
  for (guint i = 0; i < n_samples; i++)
    g_ptr_array_add (bench.states, sample_new (i, TONGUE_FR));
  bench.card = sound_card_new ();
  bench.link = pv_speech_link_new (NULL, &events, &bench);
  if (!pv_speech_link_wake (bench.link, NULL))
    return fail ("no voice");
  if (!open_window (&bench))
    return fail ("no display");
  lead_through (&bench, NULL);
  for (guint round = 0; round < ROUNDS; round++) {
    pv_speech_link_perform (bench.link, "off");
    lead_through (&bench, &silent);
    pv_speech_link_perform (bench.link, "listen");
    lead_through (&bench, &speaking);
  }
  if (bench.has_failed || bench.n_times < n_samples)
    return fail ("the voice is away");
  tell ("by the clock", silent.by_clock, speaking.by_clock, FRAME_GOAL_MS);
  tell ("computing", silent.computing, speaking.computing, BENCH_NO_GOAL);
  clear_side (&silent);
  clear_side (&speaking);
  pv_speech_link_free (bench.link);
  sound_card_free (bench.card);
  return EXIT_SUCCESS;
}

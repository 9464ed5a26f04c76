/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "paint.h"

#include <time.h>

#include "bench.h"

enum { WARM_UP = 40, TIMEOUT_MS = 10 * 1000, PAUSE_MS = 37 /* so that changes meet the screen's pace anywhere */ };

/* Computing time, in seconds. */
typedef struct {
  double began, ended;
  gint64 ended_us; /* wall clock */
  gboolean is_painted;
} Frame;

static double
computing_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static void
before_cb (GdkFrameClock *clock, gpointer user_data)
{
  Frame *frame = user_data;

  (void) clock;
  frame->began = computing_time ();
}

static void
after_cb (GdkFrameClock *clock, gpointer user_data)
{
  Frame *frame = user_data;

  (void) clock;
  frame->ended = computing_time ();
  frame->ended_us = g_get_monotonic_time ();
  frame->is_painted = TRUE;
}

static void
tell_one (const char *name, const char *quantity, double value, const PaintSide *other, gboolean is_judged)
{
  g_autofree char *full = g_strdup_printf ("%s, %s", name, quantity);
  g_autofree char *ratio_to = other != NULL ? g_strdup_printf ("%s, %s", other->name, quantity) : NULL;

  bench_figure (full, value, "ms", ratio_to, other != NULL && is_judged ? other->goal : BENCH_NO_GOAL);
}

static void
tell (GArray *values, const char *name, const char *what, const PaintSide *others)
{
  static const double percents[] = { 50.0, 99.0 };

  for (guint i = 0; i < G_N_ELEMENTS (percents); i++) {
    g_autofree char *quantity = g_strdup_printf ("%s p%.0f", what, percents[i]);
    double value = bench_percentile (values, percents[i]);
    tell_one (name, quantity, value, others, i == 1);
    for (guint side = 1; others != NULL && others[side].name != NULL; side++) {
      g_autofree char *against = g_strdup_printf ("%s, against %s", name, others[side].name);
      tell_one (against, quantity, value, &others[side], i == 1);
    }
  }
}

gboolean
paint_measure (GtkWindow *window, guint n, void (*change) (guint turn, gpointer user_data), gpointer user_data,
               const char *name, const PaintSide *others)
{
  g_autoptr (GArray) waits = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) works = g_array_new (FALSE, FALSE, sizeof (double));
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  Frame frame = { 0 };

  g_signal_connect (clock, "before-paint", G_CALLBACK (before_cb), &frame);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_cb), &frame);
  gtk_widget_queue_draw (GTK_WIDGET (window));
  if (!bench_pump_until (&frame.is_painted, TIMEOUT_MS))
    return FALSE;
  bench_pump (1000);
  for (guint turn = 0; turn < n + WARM_UP; turn++) {
    gint64 start_us = g_get_monotonic_time ();
    double start = computing_time ();
    double wait, work;
    frame.is_painted = FALSE;
    change (turn, user_data);
    work = computing_time () - start;
    if (!bench_pump_until (&frame.is_painted, TIMEOUT_MS))
      return FALSE;
    work = (work + frame.ended - frame.began) * 1e3;
    wait = (double) (frame.ended_us - start_us) / 1e3;
    if (turn >= WARM_UP) {
      g_array_append_val (waits, wait);
      g_array_append_val (works, work);
    }
    bench_pump (PAUSE_MS + turn % 16);
  }
  g_signal_handlers_disconnect_by_data (clock, &frame);
  tell (waits, name, "wait", others);
  tell (works, name, "work", others);
  return TRUE;
}

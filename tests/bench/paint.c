/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "paint.h"

#include "bench.h"

enum { WARM_UP = 40, TIMEOUT_MS = 10 * 1000, PAUSE_MS = 37 /* so that changes meet the screen's pace anywhere */ };

typedef struct {
  gint64 began_us, ended_us;
  gboolean is_painted;
} Frame;

static void
before_cb (GdkFrameClock *clock, gpointer user_data)
{
  Frame *frame = user_data;

  (void) clock;
  frame->began_us = g_get_monotonic_time ();
}

static void
after_cb (GdkFrameClock *clock, gpointer user_data)
{
  Frame *frame = user_data;

  (void) clock;
  frame->ended_us = g_get_monotonic_time ();
  frame->is_painted = TRUE;
}

static void
tell (GArray *values, const char *name, const char *what, const char *ratio_to, double goal)
{
  static const double percents[] = { 50.0, 99.0 };

  for (guint i = 0; i < G_N_ELEMENTS (percents); i++) {
    g_autofree char *full = g_strdup_printf ("%s, %s p%.0f", name, what, percents[i]);
    g_autofree char *other = ratio_to != NULL ? g_strdup_printf ("%s, %s p%.0f", ratio_to, what, percents[i]) : NULL;
    bench_figure (full, bench_percentile (values, percents[i]), "ms", other, i == 1 ? goal : 0.0);
  }
}

gboolean
paint_measure (GtkWindow *window, guint n, void (*change) (guint turn, gpointer user_data), gpointer user_data,
               const char *name, const char *ratio_to, double goal)
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
    gint64 changed_us;
    double wait, work;
    frame.is_painted = FALSE;
    change (turn, user_data);
    changed_us = g_get_monotonic_time ();
    if (!bench_pump_until (&frame.is_painted, TIMEOUT_MS))
      return FALSE;
    wait = (double) (frame.ended_us - start_us) / 1000.0;
    work = (double) (changed_us - start_us + frame.ended_us - frame.began_us) / 1000.0;
    if (turn >= WARM_UP) {
      g_array_append_val (waits, wait);
      g_array_append_val (works, work);
    }
    bench_pump (PAUSE_MS + turn % 16);
  }
  g_signal_handlers_disconnect_by_data (clock, &frame);
  tell (waits, name, "wait", ratio_to, goal);
  tell (works, name, "work", ratio_to, goal);
  return TRUE;
}

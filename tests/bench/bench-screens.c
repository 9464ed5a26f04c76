/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-screens: the compositor's own program, see kiosk. Every kind of screen after each other in the real window, and
 * what a whole journey leaves in memory. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bench.h"
#include "paint.h"
#include "platform/language.h"
#include "samples.h"
#include "panel.h"
#include "view/kiosk-window.h"
#include "view/theme.h"

enum { WIDTH = 1080, HEIGHT = 1920, ROUNDS = 9, SETTLE_MS = 2000 };

typedef struct {
  PvKioskWindow *window;
  GPtrArray *states; /* (element-type PvScreenState) */
} Screens;

static int
fail (const char *what)
{
  fprintf (stderr, "bench-screens: %s\n", what);
  return EXIT_FAILURE;
}

static void
change_cb (guint turn, gpointer user_data)
{
  Screens *screens = user_data;

  pv_kiosk_window_show_state (screens->window, screens->states->pdata[turn % screens->states->len]);
}

static gboolean
measure_bare (const char *what, guint n)
{
  g_autofree char *turns = g_strdup_printf ("%u", n);
  const char *arguments[] = { g_getenv ("PV_BARE_WINDOW"), what, turns, NULL };
  int status = -1;

  return g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_CHILD_INHERITS_STDIN | G_SPAWN_DEFAULT, NULL, NULL,
                       NULL, NULL, &status, NULL)
         && status == 0;
}

static void
tell_memory (const char *name, const char *ratio_to, double goal)
{
  double private_mb, pss_mb;

  if (bench_get_memory ((guint) getpid (), &private_mb, &pss_mb))
    bench_figure (name, private_mb, "MB", ratio_to, goal);
}

int
main (void)
{
  static const PaintSide others[] = { { "repaint, bare window", 1.5 },
                                      { "new page, bare window", BENCH_NO_GOAL },
                                      { NULL, BENCH_NO_GOAL } };
  PvViewConfig config = { .commune = "Ville de Montclair" };
  PvLook look = { .text_percent = 100, .theme = "light", .language = "fr" };
  Screens screens = { NULL, NULL };
  guint n;

  g_log_writer_default_set_use_stderr (TRUE);
  pv_language_start ();
  gtk_disable_setlocale ();
  if (panel_open (WIDTH, HEIGHT) == NULL)
    return fail ("no compositor");
  bench_pump (1000);
  screens.states = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_screen_state_free);
  pv_language_set ("fr");
  for (guint i = 0; i < n_samples; i++)
    g_ptr_array_add (screens.states, sample_new (i, TONGUE_FR));
  n = ROUNDS * n_samples;
  if (!measure_bare ("--repaint", n) || !measure_bare ("--new-page", n))
    return fail ("no bare window");
  pv_theme_prepare ();
  if (!gtk_init_check ())
    return fail ("no display");
  screens.window = pv_kiosk_window_new (NULL, &config);
  pv_kiosk_window_set_look (screens.window, &look);
  pv_kiosk_window_set_language (screens.window, "fr", FALSE);
  change_cb (0, &screens);
  pv_kiosk_window_warm_up (screens.window);
  pv_kiosk_window_present (screens.window);
  bench_pump (SETTLE_MS);
  tell_memory ("private memory, window on Welcome", NULL, BENCH_NO_GOAL);
  if (!paint_measure (GTK_WINDOW (screens.window), n, change_cb, &screens, "screen change", others))
    return EXIT_FAILURE;
  change_cb (0, &screens);
  bench_pump (SETTLE_MS);
  tell_memory ("private memory, window after every screen", "private memory, window on Welcome", 1.5);
  return EXIT_SUCCESS;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* screen-gallery: draws every sample at every size, in every language; see survey.h.
 *
 * PV_TEST_FULL: all combinations; else a sample of them. PV_GALLERY_ONLY: only names that contain it, or one of several,
 * with commas between them. PV_GALLERY_SETUP: one size. */
#include <stdio.h>
#include <string.h>

#include "platform/language.h"
#include "samples.h"
#include "survey.h"
#include "view/theme.h"

static gboolean
look_at (PvKioskWindow *window, const Setup *setup, guint sample, Tongue tongue)
{
  g_autoptr (PvScreenState) state = sample_new (sample, tongue);
  g_autofree char *where = g_strdup_printf ("%s-%s-%s", setup->name, tongue_name (tongue), samples[sample].name);

  return survey_look_at (window, state, where);
}

static gboolean
is_asked_for (const char *name)
{
  const char *only = g_getenv ("PV_GALLERY_ONLY");
  g_auto (GStrv) parts = g_strsplit (only != NULL ? only : "", ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (strstr (name, parts[i]) != NULL)
      return TRUE;
  return parts[0] == NULL;
}

/* Without PV_TEST_FULL: every sample once in a size, the languages in turn, so that all are met with all over time. */
static gboolean
is_chosen (guint setup, guint sample, Tongue tongue)
{
  if (!is_asked_for (samples[sample].name))
    return FALSE;
  if (g_getenv ("PV_TEST_FULL") != NULL)
    return setup < 3 || tongue == TONGUE_FR || tongue == TONGUE_QPS;
  return setup < 3 ? (guint) tongue == (sample + setup) % N_TONGUES : tongue == TONGUE_FR && sample % 4 == setup % 4;
}

int
main (void)
{
  guint n_done = 0, n_failed = 0;

  g_log_writer_default_set_use_stderr (TRUE);
  pv_language_start ();
  gtk_disable_setlocale ();
  pv_theme_prepare ();
  if (!gtk_init_check ())
    return 77;
  for (guint setup = 0; setup < n_setups; setup++) {
    const char *only = g_getenv ("PV_GALLERY_SETUP");
    PvKioskWindow *window;
    if (only != NULL && !g_str_equal (only, setups[setup].name))
      continue;
    window = survey_open_window (&setups[setup]);
    for (guint tongue = 0; tongue < N_TONGUES; tongue++) {
      pv_language_set (tongue_name ((Tongue) tongue));
      pv_kiosk_window_set_language (window, tongue == TONGUE_QPA ? "ar" : "fr", tongue == TONGUE_QPA);
      for (guint sample = 0; sample < n_samples; sample++) {
        if (!is_chosen (setup, sample, (Tongue) tongue))
          continue;
        n_done++;
        if (!look_at (window, &setups[setup], sample, (Tongue) tongue)) {
          n_failed++;
          printf ("not ok %u - %s\n", n_done, samples[sample].name);
        } else {
          printf ("ok %u - %s %s %s\n", n_done, setups[setup].name, tongue_name ((Tongue) tongue),
                  samples[sample].name);
        }
        fflush (stdout);
      }
    }
    gtk_window_destroy (GTK_WINDOW (window));
  }
  printf ("1..%u\n", n_done);
  return n_failed > 0;
}

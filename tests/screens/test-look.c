/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sheet "Read better" as the journey makes it, at each size of the letters, in each of the colours, for either hand. */
#include <stdio.h>

#include "platform/language.h"
#include "survey.h"
#include "view/controls.h"
#include "view/theme.h"

static const struct {
  const char *name;
  int width, height;
} panels[] = { { "portrait", 1080, 1920 }, { "landscape", 1920, 1080 }, { "compact", 1024, 768 } };
static const guint percents[] = { 100, 125, 150, 200 };
static const char *const themes[] = { "light", "dark", "contrast" };

static void
act (PvJourney *journey, PvIntentionKind kind, const char *value)
{
  g_autoptr (PvIntention) intention = pv_intention_new (kind, PV_ACTOR_CITIZEN, value, value);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  PvMoment now = { 0, 1000, zone };

  pv_journey_handle (journey, intention, &now);
}

/* Everything that the sheet offers is on one page. */
static gboolean
has_pages (GtkWidget *window)
{
  GtkWidget *next = pv_find_focus_id (window, "page:next");

  return next != NULL && gtk_widget_get_mapped (next);
}

static gboolean
look_at (PvKioskWindow *window, const char *panel, guint percent, const char *theme, gboolean is_left)
{
  static const char *const languages[] = { "fr", NULL };
  const PvJourneyConfig config = { .commune = "Ville de Montclair", .languages = languages, .idle_seconds = 90 };
  g_autoptr (PvJourney) journey = pv_journey_new (&config);
  g_autofree char *size = g_strdup_printf ("%u", percent);
  g_autofree char *where = g_strdup_printf ("look-%s-%u-%s-%s-fr", panel, percent, theme, is_left ? "left" : "right");
  PvLook look;
  gboolean is_fine;

  act (journey, PV_DO_START, NULL);
  act (journey, PV_DO_OPEN_LOOK, NULL);
  act (journey, PV_DO_SET_TEXT_SIZE, size);
  act (journey, PV_DO_SET_THEME, theme);
  act (journey, PV_DO_SET_HAND, is_left ? "left" : "right");
  look = pv_journey_get_look (journey);
  pv_kiosk_window_set_look (window, &look);
  is_fine = survey_look_at (window, pv_journey_get_state (journey), where);
  if (percent == 100 && has_pages (GTK_WIDGET (window))) {
    printf ("# %s: has pages\n", where);
    is_fine = FALSE;
  }
  return is_fine;
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
  pv_language_set ("fr");
  for (guint panel = 0; panel < G_N_ELEMENTS (panels); panel++) {
    const Setup setup = { .name = panels[panel].name,
                          .width = panels[panel].width,
                          .height = panels[panel].height,
                          .text_percent = 100,
                          .theme = "light" };
    PvKioskWindow *window = survey_open_window (&setup);

    for (guint i = 0; i < G_N_ELEMENTS (percents) * G_N_ELEMENTS (themes) * 2; i++) {
      guint percent = percents[i / 6];
      const char *theme = themes[i / 2 % 3];
      gboolean is_left = i % 2 == 1, is_fine;

      /* In turn: every size with every theme, each hand with each of both. */
      if (g_getenv ("PV_TEST_FULL") == NULL && (i / 6 + i / 2 % 3 + i + panel) % 2 == 1)
        continue;
      is_fine = look_at (window, panels[panel].name, percent, theme, is_left);
      n_failed += is_fine ? 0 : 1;
      printf ("%s %u - %s %u %s %s\n", is_fine ? "ok" : "not ok", ++n_done, panels[panel].name, percent, theme,
              is_left ? "left" : "right");
      fflush (stdout);
    }
    gtk_window_destroy (GTK_WINDOW (window));
  }
  printf ("1..%u\n", n_done);
  return n_failed > 0;
}

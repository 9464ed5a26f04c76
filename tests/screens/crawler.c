/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* crawler [SCREEN]: visits every screen of the real journey (walker.h) and every sample, in combinations of language, size of the
 * letters, colours, layout and screen, through the window that people see. survey.h, contrast.h and spoken.h judge each: words,
 * shapes and rings stand out, what is touched is large enough and apart, nothing is cut or covered, everything has its name, and
 * what is read is said. SCREEN: "portrait", "landscape", "compact", "post": an ordinary computer; or "spaced": all texts with more
 * space (spacing.h), on the first three; or "coloured": in the faintest colours that a commune may choose.
 *
 * PV_TEST_FULL: every combination, and on those that are met anyway every form; else combinations in which each pair of values is
 * met (covering.h), one form, and of its screens a share; PV_TEST_SEED=N: another one.
 * PV_GALLERY_ONLY: only names that contain it, or one of several, with commas between them. PV_GALLERY_SETUP ("portrait-150-dark",
 * "compact-low", "landscape": light, 100 %, "*-200*"), PV_GALLERY_TONGUE, PV_GALLERY_FORM: of all combinations those, all screens.
 * PV_GALLERY_DIR: keeps the pictures. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contrast.h"
#include "covering.h"
#include "crawler-texts.h"
#include "platform/language.h"
#include "samples.h"
#include "spacing.h"
#include "survey.h"
#include "view/theme.h"
#include "walker-service.h"
#include "walker-setup.h"
#include "walker.h"

#define COLOURED "coloured"

enum { LANGUAGE, SIZE, THEME, LAYOUT, SCREEN, N_FACTORS };
enum { LOW = 1, LEFT = 2, SPACED = 3, SIZE_200 = 3, COMPACT = 2, POST = 3, MAX_VALUES = 10 };
/* One of so many screens of a combination. */
enum { SHARE_OF_JOURNEY = 24, SHARE_OF_SAMPLES = 8 };

static const struct {
  const char *name;
  guint n;
  const char *values[MAX_VALUES];
} factors[N_FACTORS] = {
  [LANGUAGE] = { "language", 10, { "fr", "en", "qps", "qpa", "ar", "uk", "pt", "tr", "br", "fr@facile" } },
  [SIZE] = { "size", 4, { "100", "125", "150", "200" } },
  [THEME] = { "theme", 3, { "light", "dark", "contrast" } },
  [LAYOUT] = { "layout", 4, { "normal", "low", "left", "spaced" } },
  [SCREEN] = { "screen", 5, { "portrait", "landscape", "compact", "post", "post-small" } },
};
static const struct {
  int width, height;
} panels[] = { { 1080, 1920 }, { 1920, 1080 }, { 1024, 768 }, { 1920, 1080 }, { 1366, 768 } };

static const char *const forms[] = {
  "inscription-scolaire",   "acte-naissance",      "activite-sportive",
  "carte-bibliotheque",     "encombrants",         "liste-electorale",
  "question-facture",       "recensement-citoyen", "rendez-vous-identite",
  "reservation-salle",      "signalement-rue",     "stationnement-resident",
  "subvention-association",
};

typedef struct {
  PvKioskWindow *window;
  Setup setup;
  CoveringRow row;
  char *name; /* of the setup */
  const char *language, *form, *only;
  guint number; /* of the combination */
  gboolean is_full, is_chosen;
  guint32 seed;
  guint n_done, n_failed;
  Counts sums[N_FACTORS][MAX_VALUES], sum;
} Crawler;

/* In high contrast more is asked for. A commune may choose colours down to 4.5, which theme.c sees to. */
static double
bar_for_text (const Setup *setup)
{
  if (!g_str_equal (setup->theme, "light"))
    return 10.0;
  return setup->primary_colour != NULL ? 4.5 : 7.0;
}

static const Setup *measured;

static void
page_cb (GtkWidget *window, GtkWidget *root, const char *where)
{
  (void) where;
  contrast_measure (window, root, bar_for_text (measured));
}

static void
last_page_cb (GtkWidget *window, GtkWidget *root, const char *where)
{
  g_autofree char *palette = g_strdup_printf ("%s %d", measured->theme, measured->width);

  (void) where;
  contrast_measure_rings (window, root, palette);
}

static void
look_at (Crawler *crawler, const PvScreenState *state, const char *where)
{
  gboolean is_fine = survey_look_at (crawler->window, state, where);

  crawler->n_done++;
  crawler->n_failed += is_fine ? 0 : 1;
  printf ("%s %u - %s\n", is_fine ? "ok" : "not ok", crawler->n_done, where);
  for (guint factor = 0; factor < N_FACTORS; factor++)
    counts_add (&crawler->sums[factor][crawler->row.values[factor]], &survey_counts);
  counts_add (&crawler->sum, &survey_counts);
  fflush (stdout);
}

static gboolean
is_in_share (const Crawler *crawler, const char *name, guint share)
{
  guint32 hash = g_str_hash (name) + crawler->number * 7919 + crawler->seed;

  /* These have each language on each screen: a smaller share is as much. */
  if (crawler->setup.has_desk || crawler->row.values[LAYOUT] == SPACED)
    share *= crawler->setup.has_desk ? 2 : 4;
  return crawler->is_full || crawler->is_chosen || (hash * 2654435761u >> 16) % share == 0;
}

static void
shown_cb (const PvScreenState *state, const char *name, gpointer user_data)
{
  Crawler *crawler = user_data;
  g_autofree char *where =
    g_strdup_printf ("journey-%s-%s-%s-%s", crawler->name, crawler->language, crawler->form, name);

  if (is_in_share (crawler, name, SHARE_OF_JOURNEY))
    look_at (crawler, state, where);
}

static void
walk_form (Crawler *crawler, const char *slug)
{
  g_autofree char *folder = g_build_filename (g_getenv ("PV_SOURCE_DIR"), "app", "demo", "procedures", NULL);
  g_autoptr (PvProcedure) procedure = walker_read_form (folder, slug);
  gboolean is_first = g_str_equal (slug, forms[0]);
  Walk walk = {
    .has_ends = is_first,
    .only = crawler->only,
    .shown = shown_cb,
    .user_data = crawler,
    .has_help = is_first,
    .texts = crawler_get_texts (crawler->language),
  };

  crawler->form = slug;
  pv_kiosk_window_get_capacity (crawler->window, &walk.capacity);
  if (procedure != NULL && walker_run (&walk, procedure) && (!is_first || walker_run_elsewhere (&walk, procedure)))
    return;
  printf ("not ok %u - %s-%s-%s cannot be walked\n", ++crawler->n_done, crawler->name, crawler->language, slug);
  crawler->n_failed++;
}

static gboolean
is_asked_for (const Crawler *crawler, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (crawler->only != NULL ? crawler->only : "", ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (strstr (name, parts[i]) != NULL)
      return TRUE;
  return parts[0] == NULL;
}

/* They are written in these languages only. */
static void
visit_samples (Crawler *crawler)
{
  for (guint tongue = 0; tongue < N_TONGUES; tongue++) {
    if (!g_str_equal (tongue_name ((Tongue) tongue), crawler->language))
      continue;
    for (guint sample = 0; sample < n_samples; sample++) {
      g_autoptr (PvScreenState) state = sample_new (sample, (Tongue) tongue);
      g_autofree char *where = g_strdup_printf ("%s-%s-%s", crawler->name, crawler->language, samples[sample].name);

      if (is_asked_for (crawler, samples[sample].name) && is_in_share (crawler, samples[sample].name, SHARE_OF_SAMPLES))
        look_at (crawler, state, where);
    }
  }
}

static void
service_shown_cb (const PvScreenState *state, const char *name, gpointer user_data)
{
  Crawler *crawler = user_data;
  g_autofree char *where = g_strdup_printf ("%s-%s-%s", crawler->name, crawler->language, name);

  if (is_asked_for (crawler, name) && is_in_share (crawler, name, SHARE_OF_SAMPLES))
    look_at (crawler, state, where);
}

/* Whoever looks after a kiosk reads French or English. */
static void
visit_service (Crawler *crawler)
{
  PvCapacity capacity;

  for (guint tongue = 0; tongue < N_TONGUES; tongue++)
    if (g_str_equal (tongue_name ((Tongue) tongue), crawler->language)) {
      pv_kiosk_window_get_capacity (crawler->window, &capacity);
      walker_run_service (&capacity, crawler->setup.is_low, service_shown_cb, crawler);
      walker_run_setup (service_shown_cb, crawler);
    }
}

static void
visit (Crawler *crawler, gboolean has_every_form)
{
  const char *only_form = g_getenv ("PV_GALLERY_FORM");
  gboolean is_from_right = pv_language_is_right_to_left (crawler->language);
  g_auto (GStrv) code = g_strsplit (crawler->language, "@", 2);

  spacing_stop ();
  if (crawler->row.values[LAYOUT] == SPACED)
    spacing_start ();
  pv_language_set (crawler->language);
  survey_set_setup (crawler->window, &crawler->setup);
  measured = &crawler->setup;
  /* Of the pseudo-languages, only the letters are known to fonts. */
  pv_kiosk_window_set_language (crawler->window,
                                is_from_right                  ? "ar"
                                : g_str_equal (code[0], "qps") ? "en"
                                                               : code[0],
                                is_from_right);
  if (only_form == NULL) {
    visit_samples (crawler);
    visit_service (crawler);
  }
  for (guint form = 0; form < G_N_ELEMENTS (forms); form++)
    if (only_form != NULL ? g_str_equal (only_form, forms[form]) : form == 0 || has_every_form)
      walk_form (crawler, forms[form]);
}

/* What is usual is not named: "portrait-150-dark-low". */
static void
set_row (Crawler *crawler, const CoveringRow *row)
{
  const char *words[5] = { factors[SCREEN].values[row->values[SCREEN]] };
  guint n_words = 1;

  for (guint factor = SIZE; factor <= LAYOUT; factor++)
    if (row->values[factor] > 0)
      words[n_words++] = factors[factor].values[row->values[factor]];
  crawler->row = *row;
  g_free (crawler->name);
  crawler->name = g_strjoinv ("-", (char **) words);
  crawler->language = factors[LANGUAGE].values[row->values[LANGUAGE]];
  crawler->setup.name = crawler->name;
  crawler->setup.width = panels[row->values[SCREEN]].width;
  crawler->setup.height = panels[row->values[SCREEN]].height;
  crawler->setup.text_percent = (guint) atoi (factors[SIZE].values[row->values[SIZE]]);
  crawler->setup.theme = factors[THEME].values[row->values[THEME]];
  crawler->setup.is_low = row->values[LAYOUT] == LOW;
  crawler->setup.is_left_handed = row->values[LAYOUT] == LEFT;
  crawler->setup.has_desk = row->values[SCREEN] >= POST;
}

static gboolean
has_row (const GArray *rows, const CoveringRow *row)
{
  for (guint i = 0; i < rows->len; i++)
    if (memcmp (&g_array_index (rows, CoveringRow, i), row, sizeof *row) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_wanted (const Crawler *crawler)
{
  const char *only_setup = g_getenv ("PV_GALLERY_SETUP"), *only_tongue = g_getenv ("PV_GALLERY_TONGUE");

  return (only_setup == NULL || g_pattern_match_simple (only_setup, crawler->name))
         && (only_tongue == NULL || g_str_equal (only_tongue, crawler->language));
}

/* The largest letters are not asked for on the smallest screen. */
static const CoveringBan bans[] = { { SIZE, SIZE_200, SCREEN, COMPACT } };

/* At an ordinary computer, the letters and colours of whoever sits there are those of their session: the usual ones. */
static void
add_posts (GArray *rows)
{
  for (guint screen = POST; screen < G_N_ELEMENTS (panels); screen++)
    for (guint language = 0; language < factors[LANGUAGE].n; language++) {
      CoveringRow row = { { 0 } };

      row.values[LANGUAGE] = language;
      row.values[SCREEN] = screen;
      g_array_append_val (rows, row);
    }
}

/* Texts with more space in them, as somebody might ask for, on every screen of a kiosk. On the smallest one, the language that is
 * made longer than any other is not asked for as well. */
static void
add_spaced (GArray *rows)
{
  for (guint screen = 0; screen < POST; screen++)
    for (guint language = 0; language < factors[LANGUAGE].n; language++) {
      CoveringRow row = { { 0 } };

      if (screen == COMPACT && g_str_equal (factors[LANGUAGE].values[language], "qps"))
        continue;
      row.values[LANGUAGE] = language;
      row.values[LAYOUT] = SPACED;
      row.values[SCREEN] = screen;
      g_array_append_val (rows, row);
    }
}

/* Every screen of a kiosk, once. */
static GArray *
list_coloured (Crawler *crawler)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (CoveringRow));

  /* 4.54 : 1 under white letters, and 4.51 : 1 under the ink. */
  crawler->setup.primary_colour = "#767676";
  crawler->setup.accent_colour = "#888888";
  for (guint screen = 0; screen < POST; screen++) {
    CoveringRow row = { { 0 } };

    row.values[SCREEN] = screen;
    g_array_append_val (rows, row);
  }
  return rows;
}

/* @only: (nullable): of the command line */
static gboolean
is_of (const CoveringRow *row, const char *only)
{
  gboolean is_spaced = row->values[LAYOUT] == SPACED;

  if (only == NULL || g_str_equal (only, COLOURED))
    return TRUE;
  return is_spaced ? g_str_equal (only, "spaced")
                   : g_str_has_prefix (factors[SCREEN].values[row->values[SCREEN]], only);
}

static void
visit_screen (Crawler *crawler, guint screen, const GArray *rows, const GArray *pairwise, const char *only)
{
  crawler->window = NULL;
  for (guint i = 0; i < rows->len; i++) {
    const CoveringRow *row = &g_array_index (rows, CoveringRow, i);

    if (row->values[SCREEN] != screen || !is_of (row, only))
      continue;
    set_row (crawler, row);
    crawler->number = i;
    if (!is_wanted (crawler))
      continue;
    if (crawler->window == NULL)
      crawler->window = survey_open_window (&crawler->setup);
    visit (crawler, crawler->is_full && has_row (pairwise, row));
  }
  if (crawler->window != NULL)
    gtk_window_destroy (GTK_WINDOW (crawler->window));
}

static void
print_counts (const Crawler *crawler, const char *only_screen)
{
  g_autofree char *name =
    g_strdup_printf ("crawler%s%s", only_screen != NULL ? " " : "", only_screen != NULL ? only_screen : "");

  for (guint factor = 0; factor < N_FACTORS; factor++) {
    counts_print_titles (factors[factor].name);
    for (guint value = 0; value < factors[factor].n; value++)
      if (crawler->sums[factor][value].n_screens > 0)
        counts_print (factors[factor].values[value], &crawler->sums[factor][value]);
  }
  counts_print_titles ("");
  counts_print ("all", &crawler->sum);
  counts_print_figures (name, &crawler->sum);
}

static void
start (Crawler *crawler)
{
  const char *seed = g_getenv ("PV_TEST_SEED");

  crawler->only = g_getenv ("PV_GALLERY_ONLY");
  crawler->is_full = g_getenv ("PV_TEST_FULL") != NULL;
  crawler->is_chosen = crawler->only != NULL || g_getenv ("PV_GALLERY_SETUP") != NULL
                       || g_getenv ("PV_GALLERY_TONGUE") != NULL || g_getenv ("PV_GALLERY_FORM") != NULL;
  crawler->seed = seed != NULL ? (guint32) g_ascii_strtoull (seed, NULL, 10) : 1;
  for (guint factor = 0; factor < N_FACTORS; factor++)
    for (guint value = 0; value < factors[factor].n; value++)
      counts_clear (&crawler->sums[factor][value]);
  counts_clear (&crawler->sum);
  survey_page_cb = page_cb;
  survey_last_page_cb = last_page_cb;
}

int
main (int argc, char **argv)
{
  static Crawler crawler;
  const CoveringPlan plan = { N_FACTORS, { 10, 4, 3, SPACED, POST }, bans, G_N_ELEMENTS (bans) };
  const char *only_screen = argc > 1 ? argv[1] : NULL;
  g_autoptr (GArray) pairwise = NULL, rows = NULL;

  g_log_writer_default_set_use_stderr (TRUE);
  pv_language_start ();
  gtk_disable_setlocale ();
  pv_theme_prepare ();
  if (!gtk_init_check ())
    return 77;
  start (&crawler);
  pairwise = covering_list_pairwise (&plan);
  rows = crawler.is_full || crawler.is_chosen ? covering_list_all (&plan) : covering_list_pairwise (&plan);
  add_posts (rows);
  add_spaced (rows);
  if (g_strcmp0 (only_screen, COLOURED) == 0) {
    g_array_unref (rows);
    rows = list_coloured (&crawler);
  }
  printf ("# %u combinations, seed %u\n", rows->len, crawler.seed);
  for (guint screen = 0; screen < G_N_ELEMENTS (panels); screen++)
    visit_screen (&crawler, screen, rows, pairwise, only_screen);
  print_counts (&crawler, only_screen);
  spacing_stop ();
  contrast_end ();
  crawler_free_texts ();
  g_free (crawler.name);
  printf ("1..%u\n", crawler.n_done);
  return crawler.n_failed > 0;
}

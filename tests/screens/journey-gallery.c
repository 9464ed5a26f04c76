/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* journey-gallery: the real journey, with the texts that people read, through the window that they see; see survey.h.
 * The window tells how much fits, the journey pages accordingly.
 *
 * PV_TEST_FULL: every form in every language and size; else the school enrolment, and of its screens a share.
 * PV_GALLERY_ONLY: only names that contain it, or one of several, with commas between them. PV_GALLERY_SETUP,
 * PV_GALLERY_TONGUE, PV_GALLERY_FORM: one of them. */
#include <stdio.h>
#include <string.h>

#include "platform/language.h"
#include "platform/texts-file.h"
#include "survey.h"
#include "tongue.h"
#include "view/theme.h"
#include "walker.h"

/* The last six are what is shipped; the two before hold any of them, so that less of each is looked at every time. */
static const char *const tongues[] = { "fr", "en", "qps", "qpa", "ar", "uk", "pt", "tr", "br", "fr@facile" };
enum { FIRST_SHIPPED = 4, SHARES = 4, SHARES_OF_SHIPPED = 16 };
static const char *const forms[] = {
  "inscription-scolaire",   "acte-naissance",      "activite-sportive",
  "carte-bibliotheque",     "encombrants",         "liste-electorale",
  "question-facture",       "recensement-citoyen", "rendez-vous-identite",
  "reservation-salle",      "signalement-rue",     "stationnement-resident",
  "subvention-association",
};

typedef struct {
  PvKioskWindow *window;
  const Setup *setup;
  const char *form, *tongue;
  guint share, n_shares; /* this one of so many */
  PvTexts *texts;        /* (nullable): what the portal says, in this tongue */
  guint n_done, n_failed;
} Gallery;

static void
shown_cb (const PvScreenState *state, const char *name, gpointer user_data)
{
  Gallery *gallery = user_data;
  g_autofree char *where =
    g_strdup_printf ("journey-%s-%s-%s-%s", gallery->setup->name, gallery->tongue, gallery->form, name);

  if (g_getenv ("PV_TEST_FULL") == NULL && g_getenv ("PV_GALLERY_ONLY") == NULL
      && (g_str_hash (name) + gallery->share) % gallery->n_shares != 0)
    return;
  gallery->n_done++;
  if (survey_look_at (gallery->window, state, where)) {
    printf ("ok %u - %s\n", gallery->n_done, where);
  } else {
    gallery->n_failed++;
    printf ("not ok %u - %s\n", gallery->n_done, where);
  }
  fflush (stdout);
}

static void
walk_form (Gallery *gallery, const char *slug)
{
  g_autofree char *folder = g_build_filename (g_getenv ("PV_SOURCE_DIR"), "app", "demo", "procedures", NULL);
  g_autoptr (PvProcedure) procedure = walker_read_form (folder, slug);
  gboolean is_first = g_str_equal (slug, forms[0]);
  Walk walk = {
    .has_ends = is_first,
    .only = g_getenv ("PV_GALLERY_ONLY"),
    .shown = shown_cb,
    .user_data = gallery,
    .has_help = is_first,
    .texts = gallery->texts,
  };

  gallery->form = slug;
  pv_kiosk_window_get_capacity (gallery->window, &walk.capacity);
  if (procedure == NULL || !walker_run (&walk, procedure) || (is_first && !walker_run_elsewhere (&walk, procedure)))
    gallery->n_failed++;
}

/* The texts that are shipped, in English, longer, or in Arabic letters; in French there are none. */
static PvTexts *
read_texts (Tongue tongue)
{
  g_autofree char *folder = g_build_filename (g_getenv ("PV_SOURCE_DIR"), "kiosk-config", "texts", NULL);
  const char *folders[] = { folder, NULL };
  g_autoptr (PvTexts) english = tongue == TONGUE_FR ? NULL : pv_texts_file_read_all (folders, "en", NULL);
  g_autoptr (GPtrArray) entries = english != NULL ? pv_texts_list (english) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  PvTexts *texts = english != NULL ? pv_texts_new ("en") : NULL;

  tongue_set (tongue);
  for (guint i = 0; entries != NULL && i < entries->len; i++) {
    const PvTextEntry *entry = entries->pdata[i];
    g_auto (GStrv) lines = g_strsplit (t (entry->translation, entry->french), "\n", -1);
    g_autofree char *translation = g_strjoinv ("\\n", lines);

    g_string_append_printf (text, "[%s%s%s]\nfr: %s\nen: %s\n", entry->form, entry->field != NULL ? "/" : "",
                            entry->field != NULL ? entry->field : "", entry->french, translation);
  }
  if (texts != NULL)
    pv_texts_parse (texts, text->str, text->len, NULL, NULL);
  return texts;
}

static PvTexts *
read_shipped_texts (const char *language)
{
  g_autofree char *folder = g_build_filename (g_getenv ("PV_SOURCE_DIR"), "kiosk-config", "texts", NULL);
  const char *folders[] = { folder, NULL };

  return pv_texts_file_read_all (folders, language, NULL);
}

/* Beyond the three sizes: large letters and other colours, in the language of most and in the longest. */
static gboolean
is_chosen (guint setup, guint tongue, guint form)
{
  const char *only_setup = g_getenv ("PV_GALLERY_SETUP"), *only_form = g_getenv ("PV_GALLERY_FORM");
  const char *only_tongue = g_getenv ("PV_GALLERY_TONGUE");

  if (only_setup != NULL && !g_str_equal (only_setup, setups[setup].name))
    return FALSE;
  if (only_tongue != NULL && !g_str_equal (only_tongue, tongues[tongue]))
    return FALSE;
  if (only_form != NULL)
    return g_str_equal (only_form, forms[form]);
  if (g_getenv ("PV_TEST_FULL") != NULL)
    return setup < 3 || (form == 0 && tongue % 2 == 0);
  return form == 0 && setup < 3;
}

int
main (void)
{
  Gallery gallery = { 0 };
  gboolean is_from_right;

  g_log_writer_default_set_use_stderr (TRUE);
  pv_language_start ();
  gtk_disable_setlocale ();
  pv_theme_prepare ();
  if (!gtk_init_check ())
    return 77;
  for (guint setup = 0; setup < n_setups; setup++) {
    gallery.setup = &setups[setup];
    gallery.window = survey_open_window (gallery.setup);
    for (guint tongue = 0; tongue < G_N_ELEMENTS (tongues); tongue++) {
      gallery.tongue = tongues[tongue];
      gallery.share = setup + tongue;
      gallery.n_shares = tongue < FIRST_SHIPPED ? SHARES : SHARES_OF_SHIPPED;
      gallery.texts = tongue < FIRST_SHIPPED ? read_texts ((Tongue) tongue) : read_shipped_texts (gallery.tongue);
      pv_language_set (gallery.tongue);
      is_from_right = pv_language_is_right_to_left (gallery.tongue);
      pv_kiosk_window_set_language (gallery.window, is_from_right ? "ar" : "fr", is_from_right);
      for (guint form = 0; form < G_N_ELEMENTS (forms); form++)
        if (is_chosen (setup, tongue, form))
          walk_form (&gallery, forms[form]);
      g_clear_pointer (&gallery.texts, pv_texts_unref);
    }
    gtk_window_destroy (GTK_WINDOW (gallery.window));
  }
  printf ("1..%u\n", gallery.n_done);
  return gallery.n_failed > 0;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How easily each screen is read, in French and in easy French: its words, its longest sentence, Kandel and Moles. */

#include "tst.h"

#include <string.h>

#include "platform/language.h"
#include "reading-ease.h"
#include "walker.h"

static const char *const forms[] = {
  "acte-naissance",   "activite-sportive", "cantine-periscolaire", "ecole-musique",        "inscription-scolaire",
  "liste-electorale", "occupation-rue",    "recensement-citoyen",  "rendez-vous-identite", "signalement-rue",
};

/* Fewer words say nothing: the figure was made for samples of a hundred. */
enum { LEAST_WORDS = 30 };

typedef struct {
  double least_score;
  guint most_words, most_in_sentence;
  gboolean has_forms; /* the portal's own texts are measured, too */
  guint n_screens, n_measured, n_bad;
  double sum;
} Reader;

/* Names of people and places are as they are, and so is what a mediator writes. */
static void
add (ReadingEase *prose, const char *text)
{
  static const char *const names[] = { "Communauté de communes du Pays de Montclair",
                                       "Maëlys L.",
                                       "Maëlys",
                                       "Le nom de famille est en haut de la première page du livret de famille. ",
                                       "Recopiez-le avec ses accents, comme il est écrit. ",
                                       "S’il y a deux noms, écrivez les deux." };
  g_autoptr (GString) plain = g_string_new (text);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_string_replace (plain, names[i], "", 0);
  reading_ease_add (prose, plain->str);
}

static void
read_screen (const PvScreenState *state, ReadingEase *prose)
{
  add (prose, state->title);
  add (prose, state->help);
  for (guint i = 0; i < state->notices->len; i++) {
    add (prose, ((const PvNotice *) state->notices->pdata[i])->text);
    add (prose, ((const PvNotice *) state->notices->pdata[i])->strong);
  }
  for (guint i = 0; i < state->fields->len; i++) {
    const PvField *field = state->fields->pdata[i];

    /* Choices, lists of what to bring, and statements are no prose. */
    if (field->kind == PV_FIELD_SUMMARY || field->kind == PV_FIELD_TILES || field->kind == PV_FIELD_STATEMENT
        || field->kind == PV_FIELD_TEXT)
      continue;
    if (g_strcmp0 (field->label, state->title) != 0)
      add (prose, field->label);
    add (prose, field->help);
    add (prose, field->error);
  }
}

static void
shown_cb (const PvScreenState *state, const char *name, gpointer user_data)
{
  Reader *reader = user_data;
  ReadingEase prose = { 0 };
  double score;

  if (!reader->has_forms && (state->id == PV_SCREEN_QUESTION || state->id == PV_SCREEN_PROCEDURE))
    return;
  read_screen (state, &prose);
  score = reading_ease_score (&prose);
  reader->n_screens++;
  if (prose.words < LEAST_WORDS)
    return;
  reader->n_measured++;
  reader->sum += score;
  if (g_getenv ("PV_TEST_PRINT") != NULL)
    printf ("# %5.1f %3u %3u %s\n", score, prose.words, prose.longest, name);
  if (score < reader->least_score || (state->id == PV_SCREEN_QUESTION && prose.words > reader->most_words)
      || prose.longest > reader->most_in_sentence) {
    print_error ("%s: %.1f, %u words, %u in a sentence\n", name, score, prose.words, prose.longest);
    reader->n_bad++;
  }
}

static void
walk_all (const char *language, Reader *reader)
{
  pv_language_set (language);
  for (guint form = 0; form < G_N_ELEMENTS (forms); form++) {
    g_autoptr (PvProcedure) procedure = walker_read_form (PV_TEST_FORMS, forms[form]);
    Walk walk = {
      .capacity = { 24, 46 }, .has_ends = TRUE, .shown = shown_cb, .user_data = reader, .has_help = form == 0
    };

    assert_non_null (procedure);
    assert_true (walker_run (&walk, procedure));
  }
  printf ("# %s: %u screens, %u with enough words, mean %.1f\n", language, reader->n_screens, reader->n_measured,
          reader->sum / MAX (reader->n_measured, 1));
}

static void
french_screens_are_easy_to_read (void **state)
{
  Reader reader = { .least_score = 80, .most_words = 40, .most_in_sentence = 15, .has_forms = TRUE };

  (void) state;
  walk_all ("fr", &reader);
  assert_int_equal (reader.n_bad, 0);
}

static void
easy_french_screens_are_easier (void **state)
{
  Reader reader = { .least_score = 85, .most_words = 40, .most_in_sentence = 12 };

  (void) state;
  walk_all ("fr@facile", &reader);
  assert_int_equal (reader.n_bad, 0);
}

static void
the_figure_tells_plain_words_from_an_office_s (void **state)
{
  static const struct {
    const char *text;
    guint words, sentences, longest;
    double least, most;
  } rows[] = {
    { "Le chat dort. Il a faim.", 6, 2, 3, 100, 207 },
    { "Écrivez votre nom.\nPuis touchez Continuer.", 6, 2, 3, 60, 110 },
    { "Conformément aux dispositions réglementaires susvisées, l’administration communale procède à l’instruction.", 10,
      1, 10, -200, 20 },
    { "", 0, 0, 0, 207, 207 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    ReadingEase ease = { 0 };
    double score;

    reading_ease_add (&ease, rows[i].text);
    score = reading_ease_score (&ease);
    assert_int_equal (ease.words, rows[i].words);
    assert_int_equal (ease.sentences, rows[i].sentences);
    assert_int_equal (ease.longest, rows[i].longest);
    if (score < rows[i].least || score > rows[i].most)
      fail_msg ("%.1f: %s", score, rows[i].text);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_figure_tells_plain_words_from_an_office_s),
    cmocka_unit_test (french_screens_are_easy_to_read),
    cmocka_unit_test (easy_french_screens_are_easier),
  };

  tst_init ();
  pv_language_start ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/words.h"

static void
words_are_folded (void **state)
{
  static const struct {
    const char *text, *folded;
  } cases[] = {
    { "Œuvre d’École, n°2 !", "oeuvre d ecole n 2" },
    { "SAINT-ÉTIENNE", "saint etienne" },
    { "ÇÀ là", "ca la" },
    { "e\u0301cole", "ecole" }, /* a mark of its own */
    { "Straße", "strasse" },
    { "ﬁche", "fiche" },
    { "بلدية 12", "بلدية 12" },
    { "  ' ", "" },
    { "", "" },
    { NULL, "" },
    { "bien \xFF caché", "bien" },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvWords) words = pv_words_fold (cases[i].text);
    g_autofree char *joined = g_strjoinv (" ", words->items);

    assert_string_equal (joined, cases[i].folded);
  }
}

static void
what_has_no_end_is_cut (void **state)
{
  g_autofree char *word = g_strnfill (5000, 'x');
  g_autofree char *many = g_strnfill (5000, ' ');
  g_autoptr (PvWords) folded = pv_words_fold (word);
  g_autoptr (PvWords) words = NULL;

  (void) state;
  for (guint i = 0; i < folded->n; i++)
    assert_true (strlen (folded->items[i]) <= PV_WORDS_MAX_BYTES);
  for (guint i = 0; i < 5000; i += 2)
    many[i] = 'y';
  words = pv_words_fold (many);
  assert_int_equal (words->n, PV_WORDS_MAX);
}

static void
small_words_go_unless_there_is_nothing_else (void **state)
{
  static const struct {
    const char *text, *left;
  } cases[] = {
    { "je voudrais inscrire mon enfant à l'école", "inscrire enfant ecole" },
    { "de la", "de la" },
    { "demande", "demande" },
    { "demande de passeport", "passeport" },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvWords) words = pv_words_fold (cases[i].text);
    g_autofree char *joined = NULL;

    pv_words_drop_small (words);
    joined = g_strjoinv (" ", words->items);
    assert_string_equal (joined, cases[i].left);
  }
}

static void
a_plural_is_the_same_word (void **state)
{
  static const struct {
    const char *a, *b;
    gboolean is_same;
  } cases[] = {
    { "lampadaire", "lampadaires", TRUE },
    { "travail", "travaux", TRUE },
    { "journal", "journaux", TRUE },
    { "jeu", "jeux", TRUE },
    { "eau", "eaux", TRUE },
    { "detail", "details", TRUE },
    { "bus", "bu", FALSE },
    { "mal", "mail", FALSE },
    { "carte", "charte", FALSE },
    { "cas", "ca", FALSE },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    assert_int_equal (pv_word_is_same (cases[i].a, cases[i].b), cases[i].is_same);
    assert_int_equal (pv_word_is_same (cases[i].b, cases[i].a), cases[i].is_same);
  }
}

static void
slips_are_counted (void **state)
{
  static const struct {
    const char *typed, *word;
    guint max, distance;
  } cases[] = {
    { "cantine", "cantine", 1, 0 },
    { "cantien", "cantine", 1, 1 }, /* swapped */
    { "cantin", "cantine", 1, 1 },
    { "cantinne", "cantine", 1, 1 },
    { "kantine", "cantine", 1, 1 },
    { "antine", "cantine", 1, 1 }, /* the first letter need not match */
    { "kantin", "cantine", 1, 2 },
    { "kantin", "cantine", 2, 2 },
    { "inscirptoin", "inscription", 2, 2 },
    { "abc", "xyz", 2, 3 },
    { "", "ab", 2, 2 },
    { "ca", "abc", 2, 3 }, /* what was swapped is not changed again */
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_int_equal (pv_word_distance (cases[i].typed, cases[i].word, cases[i].max), cases[i].distance);
  assert_int_equal (pv_word_prefix_distance ("inscrpt", "inscription", 1), 1);
  assert_int_equal (pv_word_prefix_distance ("inscri", "inscription", 1), 0);
  assert_int_equal (pv_word_prefix_distance ("isncri", "inscription", 1), 1);
  assert_int_equal (pv_word_prefix_distance ("piscine", "inscription", 1), 2);
  assert_int_equal (pv_word_slips ("rue"), 0);
  assert_int_equal (pv_word_slips ("acte"), 1);
  assert_int_equal (pv_word_slips ("cantine"), 1);
  assert_int_equal (pv_word_slips ("poubelle"), 2);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (words_are_folded),
    cmocka_unit_test (what_has_no_end_is_cut),
    cmocka_unit_test (small_words_go_unless_there_is_nothing_else),
    cmocka_unit_test (a_plural_is_the_same_word),
    cmocka_unit_test (slips_are_counted),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/synonyms.h"

static PvSynonyms *
parse (const char *text, GPtrArray *errors)
{
  return pv_synonyms_parse (text, strlen (text), errors);
}

static void
a_meaning_has_what_is_said_and_what_it_is_called (void **state)
{
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PvSynonyms) synonyms = parse (
    "# everyday words\n\n  Cantine, cantoche = Restauration scolaire ,périscolaire\r\nla carte d’identité = CNI\n",
    errors);
  const GPtrArray *meanings = pv_synonyms_get_meanings (synonyms);
  const PvMeaning *first, *second;

  (void) state;
  assert_int_equal (errors->len, 0);
  assert_int_equal (meanings->len, 2);
  first = meanings->pdata[0];
  second = meanings->pdata[1];
  assert_int_equal (first->said->len, 2);
  assert_int_equal (first->terms->len, 4);
  assert_string_equal (((PvWords *) first->terms->pdata[2])->items[0], "restauration");
  assert_string_equal (((PvWords *) first->terms->pdata[2])->items[1], "scolaire");
  assert_string_equal (((PvWords *) first->terms->pdata[3])->items[0], "periscolaire");
  assert_int_equal (((PvWords *) second->said->pdata[0])->n, 2); /* small words say nothing */
  assert_string_equal (((PvWords *) second->said->pdata[0])->items[1], "identite");
}

static void
a_slip_names_its_line_and_costs_no_other (void **state)
{
  static const struct {
    const char *line, *error;
  } cases[] = {
    { "cantine", "line 2: expected WORD, WORD = WORD, WORD" },
    { "a = b = c", "line 2: expected WORD, WORD = WORD, WORD" },
    { "= restauration", "line 2: a word is missing beside a comma or “=”" },
    { "cantine =", "line 2: a word is missing beside a comma or “=”" },
    { "cantine,, = repas", "line 2: a word is missing beside a comma or “=”" },
    { "un deux trois quatre cinq six sept = x", "line 2: too many words in one term" },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
    g_autofree char *text = g_strdup_printf ("poubelle = déchets\n%s\nrdv = rendez-vous\n", cases[i].line);
    g_autoptr (PvSynonyms) synonyms = parse (text, errors);

    assert_int_equal (errors->len, 1);
    assert_string_equal (errors->pdata[0], cases[i].error);
    assert_int_equal (pv_synonyms_get_meanings (synonyms)->len, 2);
    assert_string_equal (pv_synonyms_get_text (synonyms), "poubelle = déchets\nrdv = rendez-vous\n");
  }
}

static void
a_file_without_measure_is_not_read (void **state)
{
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *large = g_strnfill (PV_SYNONYMS_MAX_BYTES + 1, '\n');
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (GString) terms = g_string_new ("a");
  g_autoptr (PvSynonyms) nothing = parse (large, errors);
  g_autoptr (PvSynonyms) foreign = parse ("a = b\n\xE9 = c\n", errors);
  g_autoptr (PvSynonyms) limited = NULL;
  g_autoptr (PvSynonyms) crowded = NULL;

  (void) state;
  assert_int_equal (pv_synonyms_get_meanings (nothing)->len, 0);
  assert_int_equal (pv_synonyms_get_meanings (foreign)->len, 0);
  assert_string_equal (errors->pdata[1], "line 2: not UTF-8");
  for (guint i = 0; i <= PV_SYNONYMS_MAX_MEANINGS; i++)
    g_string_append (many, "a = b\n");
  limited = parse (many->str, errors);
  assert_int_equal (pv_synonyms_get_meanings (limited)->len, PV_SYNONYMS_MAX_MEANINGS);
  assert_string_equal (errors->pdata[2], "line 1001: more than 1000 meanings");
  for (guint i = 0; i < PV_SYNONYMS_MAX_TERMS; i++)
    g_string_append (terms, ", a");
  g_string_append (terms, " = b\n");
  crowded = parse (terms->str, errors);
  assert_int_equal (pv_synonyms_get_meanings (crowded)->len, 0);
  assert_string_equal (errors->pdata[3], "line 1: too many terms in one line");
}

static void
no_file_is_so_wrong_that_its_errors_are_endless (void **state)
{
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PvSynonyms) synonyms = NULL;

  (void) state;
  for (guint i = 0; i < 100; i++)
    g_string_append (text, "=\n");
  synonyms = parse (text->str, errors);
  assert_int_equal (errors->len, PV_SYNONYMS_MAX_ERRORS);
}

static void
the_shipped_words_are_right (void **state)
{
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;
  g_autoptr (PvSynonyms) synonyms = NULL;

  (void) state;
  assert_true (g_file_get_contents (PV_SYNONYMS_FILE, &text, NULL, NULL));
  synonyms = parse (text, errors);
  assert_int_equal (errors->len, 0);
  assert_true (pv_synonyms_get_meanings (synonyms)->len >= 80);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_meaning_has_what_is_said_and_what_it_is_called),
    cmocka_unit_test (a_slip_names_its_line_and_costs_no_other),
    cmocka_unit_test (a_file_without_measure_is_not_read),
    cmocka_unit_test (no_file_is_so_wrong_that_its_errors_are_endless),
    cmocka_unit_test (the_shipped_words_are_right),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/street-words.h"

static void
names_are_indexed_in_full_and_without_articles (void **state)
{
  static const struct {
    const char *name, *words;
  } cases[] = {
    { "Rue des Écoles", "rue ecoles" },
    { "Av. du Gal de Gaulle", "avenue general gaulle" },
    { "BD ST-ÉTIENNE", "boulevard saint etienne" },
    { "Pl Ste Anne", "place sainte anne" },
    { "Imp. de l’Horloge", "impasse horloge" },
    { "Rue du 8 Mai 1945", "rue 8 mai 1945" },
    { "La", "la" }, /* nothing else is left */
    { "", "" },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvWords) words = pv_street_words (cases[i].name);
    g_autofree char *joined = g_strjoinv (" ", words->items);

    assert_string_equal (joined, cases[i].words);
  }
}

static void
what_is_typed_is_number_repetition_and_words (void **state)
{
  static const struct {
    const char *typed, *words, *repetition;
    guint number;
  } cases[] = {
    { "12 bis r des ecoles", "r ecoles", "bis", 12 },
    { "12bis, rue des Écoles", "rue ecoles", "bis", 12 },
    { "12B rue des écoles", "rue ecoles", "b", 12 },
    { "12 b rue des écoles", "rue ecoles", "b", 12 },
    { "12 A rue des écoles", "rue ecoles", "a", 12 },
    { "12 r des écoles", "r ecoles", "", 12 }, /* a street, not a house's letter */
    { "12 c des vignes", "c vignes", "", 12 }, /* likewise */
    { "12 l horloge", "horloge", "", 12 },
    { "rue des écoles", "rue ecoles", "", 0 },
    { "rue du 8 mai", "rue 8 mai", "", 0 },
    { "89999 montclair", "89999 montclair", "", 0 }, /* no house has such a number */
    { "0 rue", "0 rue", "", 0 },
    { "angle rue des écoles et rue du port", "rue ecoles rue port", "", 0 },
    { "12", "", "", 12 },
    { "", "", "", 0 },
    { "123456789012345678901234567890 x", "123456789012345678901234567890 x", "", 0 },
    { "12quinquiesquinquies rue", "12quinquiesquinquies rue", "", 0 },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvStreetQuery) query = pv_street_query_parse (cases[i].typed);
    g_autofree char *joined = g_strjoinv (" ", query->words->items);

    assert_int_equal (query->number, cases[i].number);
    assert_string_equal (query->repetition, cases[i].repetition);
    assert_string_equal (joined, cases[i].words);
  }
}

static void
a_number_may_come_last (void **state)
{
  g_autoptr (PvStreetQuery) last = pv_street_query_parse ("rue des écoles 12bis");
  g_autoptr (PvStreetQuery) first = pv_street_query_parse ("3 rue du 8 mai 1945");
  g_autoptr (PvStreetQuery) none = pv_street_query_parse ("rue des écoles");
  g_autoptr (PvStreetQuery) alone = pv_street_query_parse ("x12");

  (void) state;
  assert_true (pv_street_query_take_last_number (last));
  assert_int_equal (last->number, 12);
  assert_string_equal (last->repetition, "bis");
  assert_int_equal (last->words->n, 2);
  assert_false (pv_street_query_take_last_number (first));
  assert_false (pv_street_query_take_last_number (none));
  assert_false (pv_street_query_take_last_number (alone));
}

static void
labels_read_as_an_address_is_written (void **state)
{
  g_autofree char *number = pv_street_format_number (12, "bis");
  g_autofree char *letter = pv_street_format_number (12, "b");
  g_autofree char *plain = pv_street_format_number (12, "");
  g_autofree char *with = pv_street_label (number, "Rue des Écoles");
  g_autofree char *named = pv_street_label ("3", "Grande Rue");
  g_autofree char *without = pv_street_label (NULL, "Rue des Écoles");
  g_autofree char *crossing = pv_street_crossing_label ("Rue des Écoles", "Allée des Tilleuls");

  (void) state;
  assert_string_equal (with, "12 bis rue des Écoles");
  assert_string_equal (letter, "12 B");
  assert_string_equal (plain, "12");
  assert_string_equal (named, "3 Grande Rue");
  assert_string_equal (without, "Rue des Écoles");
  assert_string_equal (crossing, "Rue des Écoles, angle allée des Tilleuls");
}

static void
a_letter_may_stand_for_a_repetition (void **state)
{
  (void) state;
  assert_true (pv_street_is_same_repetition ("b", "bis"));
  assert_true (pv_street_is_same_repetition ("ter", "t"));
  assert_true (pv_street_is_same_repetition ("", ""));
  assert_true (pv_street_is_same_repetition ("a", "a"));
  assert_false (pv_street_is_same_repetition ("", "bis"));
  assert_false (pv_street_is_same_repetition ("a", "b"));
  assert_false (pv_street_is_same_repetition ("batiment", "b"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (names_are_indexed_in_full_and_without_articles),
    cmocka_unit_test (what_is_typed_is_number_repetition_and_words),
    cmocka_unit_test (a_number_may_come_last),
    cmocka_unit_test (labels_read_as_an_address_is_written),
    cmocka_unit_test (a_letter_may_stand_for_a_repetition),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

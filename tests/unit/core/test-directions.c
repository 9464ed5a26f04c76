/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/directions.h"

#include <string.h>

#include "tst.h"

static const char *const lines[] = {
  "Hôtel de ville: Bus 3, arrêt Mairie.",
  "Hôtel de ville annexe\u00a0: Derrière la gare : dix minutes.",
  "Salle Jean Moulin :Bus 7.",
  NULL,
};

static void
a_place_is_found_by_its_whole_name (void **state)
{
  static const struct {
    const char *place, *words; /* @words: (nullable) */
  } cases[] = {
    { "Hôtel de ville", "Bus 3, arrêt Mairie." },
    { "Hôtel de ville, 1 place de la Mairie, 89999 Montclair", "Bus 3, arrêt Mairie." },
    { "Hôtel de ville annexe, 2 rue de la Gare", "Derrière la gare : dix minutes." },
    { "Salle Jean Moulin", "Bus 7." },
    { "Hôtel de villeneuve", NULL },
    { "Hôtel", NULL },
    { "", NULL },
    { NULL, NULL },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *words = pv_directions_find (lines, cases[i].place);

    if (cases[i].words == NULL)
      assert_null (words);
    else
      assert_string_equal (words, cases[i].words);
  }
  assert_null (pv_directions_find (NULL, "Hôtel de ville"));
}

static void
what_names_no_place_or_says_nothing_is_refused (void **state)
{
  static const char *const wrong[] = { "Hôtel de ville", "Hôtel de ville:", "Hôtel de ville: ",
                                       ": Bus 3",        " : Bus 3",        "" };
  g_autofree char *words = g_strnfill (PV_DIRECTIONS_MAX_BYTES, 'x');
  g_autofree char *wide = g_strconcat ("A: ", words, NULL);

  (void) state;
  for (gsize i = 0; lines[i] != NULL; i++)
    assert_true (pv_directions_is_valid (lines[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_false (pv_directions_is_valid (wrong[i]));
  assert_false (pv_directions_is_valid (wide));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_place_is_found_by_its_whole_name),
    cmocka_unit_test (what_names_no_place_or_says_nothing_is_refused),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/explanations.h"

#include <string.h>

#include "tst.h"

static void
has_sentences_for_each_group (void **state)
{
  g_autoptr (GPtrArray) all = pv_explanations_new (NULL, NULL);
  guint n[PV_N_EXPLAIN_GROUPS] = { 0 };

  (void) state;
  assert_in_range (all->len, 15, 20);
  for (guint i = 0; i < all->len; i++) {
    const PvExplanation *explanation = all->pdata[i];

    assert_true (i == 0 || explanation->group >= ((const PvExplanation *) all->pdata[i - 1])->group);
    assert_in_range (strlen (explanation->text), 10, PV_EXPLANATIONS_MAX_BYTES);
    assert_true ((explanation->group == PV_EXPLAIN_STOP) == (explanation->reason != NULL));
    n[explanation->group]++;
  }
  for (PvExplainGroup group = 0; group < PV_EXPLAIN_OWN; group++)
    assert_true (n[group] > 0);
  assert_int_equal (n[PV_EXPLAIN_OWN], 0);
  for (PvExplainGroup group = 0; group < PV_N_EXPLAIN_GROUPS; group++)
    assert_true (*pv_explain_group_label (group) != '\0');
}

static void
minors_protected_adults_and_debts_are_referred (void **state)
{
  static const char *const reasons[] = { "minor", "protected-adult", "over-indebtedness" };
  g_autoptr (GPtrArray) all = pv_explanations_new (NULL, NULL);

  (void) state;
  for (gsize r = 0; r < G_N_ELEMENTS (reasons); r++) {
    guint n = 0;

    for (guint i = 0; i < all->len; i++) {
      const PvExplanation *explanation = all->pdata[i];

      if (g_strcmp0 (explanation->reason, reasons[r]) != 0)
        continue;
      n++;
      assert_non_null (strstr (explanation->text, "counter"));
    }
    assert_int_equal (n, 1);
  }
}

static void
takes_the_mediators_own (void **state)
{
  g_autofree char *folder = g_dir_make_tmp ("pv-explain-XXXXXX", NULL), *path = g_build_filename (folder, "own", NULL);
  g_autofree char *long_line = g_strnfill (PV_EXPLANATIONS_MAX_BYTES + 1, 'a');
  g_autofree char *text =
    g_strconcat ("\357\273\277# mine\r\nBonjour.\r\n\r\n  Voilà.  \nbad \xff\nbell \a\n", long_line, "\nMerci.", NULL);
  g_autoptr (GPtrArray) ours = pv_explanations_new (NULL, NULL), all = NULL;
  static const char *const own[] = { "Bonjour.", "Voilà.", "Merci." };
  guint n_left_out = 0;

  (void) state;
  assert_true (g_file_set_contents (path, text, -1, NULL));
  all = pv_explanations_new (path, &n_left_out);
  assert_int_equal (n_left_out, 3);
  assert_int_equal (all->len, ours->len + G_N_ELEMENTS (own));
  for (gsize i = 0; i < G_N_ELEMENTS (own); i++) {
    const PvExplanation *explanation = all->pdata[ours->len + i];

    assert_int_equal (explanation->group, PV_EXPLAIN_OWN);
    assert_string_equal (explanation->text, own[i]);
  }
  tst_remove_folder (folder);
}

static void
no_file_is_no_sentence_and_too_many_are_cut (void **state)
{
  g_autofree char *folder = g_dir_make_tmp ("pv-explain-XXXXXX", NULL), *path = g_build_filename (folder, "own", NULL);
  g_autoptr (GPtrArray) ours = pv_explanations_new (path, NULL), all = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_left_out = 0;

  (void) state;
  for (guint i = 0; i < PV_EXPLANATIONS_MAX_OWN + 2; i++)
    g_string_append (text, "Bonjour.\n");
  assert_true (g_file_set_contents (path, text->str, -1, NULL));
  all = pv_explanations_new (path, &n_left_out);
  assert_int_equal (n_left_out, 2);
  assert_int_equal (all->len, ours->len + PV_EXPLANATIONS_MAX_OWN);
  tst_remove_folder (folder);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (has_sentences_for_each_group),
    cmocka_unit_test (minors_protected_adults_and_debts_are_referred),
    cmocka_unit_test (takes_the_mediators_own),
    cmocka_unit_test (no_file_is_no_sentence_and_too_many_are_cut),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

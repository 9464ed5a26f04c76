/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/value.h"

static PvValue *
sample_options (void)
{
  const char *ids[] = { "a", "b", NULL };
  const char *labels[] = { "Alpha", "Bêta", NULL };

  return pv_value_new_options (ids, labels);
}

static PvValue *
sample_files (void)
{
  PvValue *files = pv_value_new_files ();
  g_autoptr (GBytes) content = g_bytes_new_static ("%PDF", 4);

  pv_value_add_file (files, "plan.pdf", "application/pdf", content);
  return files;
}

static PvValue *
sample_rows (void)
{
  PvValue *rows = pv_value_new_rows ();
  PvAnswers *row = pv_answers_new ();
  g_autoptr (PvValue) name = pv_value_new_text ("Léa");
  g_autoptr (PvValue) level = sample_options ();

  pv_answers_set (row, "7", name);
  pv_answers_set (row, "8", level);
  pv_value_add_row (rows, row);
  return rows;
}

static PvValue *
round_trip (PvValue *value)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (pv_value_to_variant (value));

  return pv_value_from_variant (variant);
}

static void
every_type_of_value_survives_the_wire (void **state)
{
  PvValue *values[] = {
    pv_value_new_text ("Montclair"), pv_value_new_bool (TRUE), sample_options (), sample_files (), sample_rows (),
    pv_value_new_declined ()
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autoptr (PvValue) back = round_trip (values[i]);
    g_autoptr (GVariant) before = g_variant_ref_sink (pv_value_to_variant (values[i]));
    g_autoptr (GVariant) after = NULL;

    assert_non_null (back);
    after = g_variant_ref_sink (pv_value_to_variant (back));
    assert_int_equal (pv_value_get_type (back), pv_value_get_type (values[i]));
    assert_true (g_variant_equal (before, after));
    pv_value_unref (values[i]);
  }
}

static void
a_row_keeps_its_inner_answers (void **state)
{
  g_autoptr (PvValue) rows = sample_rows ();
  g_autoptr (PvValue) back = round_trip (rows);
  const PvAnswers *row = pv_value_get_row (back, 0);

  (void) state;
  assert_int_equal (pv_value_get_n (back), 1);
  assert_string_equal (pv_value_get_text (pv_answers_get (row, "7")), "Léa");
  assert_true (pv_value_has_id (pv_answers_get (row, "8"), "b"));
  assert_false (pv_value_has_id (pv_answers_get (row, "8"), "c"));
}

static void
what_is_not_a_value_is_refused (void **state)
{
  const char *texts[] = {
    "(byte 0x00, <true>)",
    "(byte 0x01, <'x'>)",
    "(byte 0x02, <['x']>)",
    "(byte 0x03, <[('x', 'y')]>)",
    "(byte 0x04, <[<'x'>]>)",
    "(byte 0x63, <'x'>)",
    "(byte 0x04, <[<[('7', <4>)]>]>)",
    "'x'",
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GVariant) variant = g_variant_parse (NULL, texts[i], NULL, NULL, NULL);

    assert_non_null (variant);
    assert_null (pv_value_from_variant (variant));
  }
}

static void
answers_keep_their_order_and_can_be_removed (void **state)
{
  g_autoptr (PvAnswers) answers = pv_answers_new ();
  g_autoptr (PvValue) one = pv_value_new_text ("1");
  g_autoptr (PvValue) two = pv_value_new_text ("2");

  (void) state;
  pv_answers_set (answers, "x", one);
  pv_answers_set (answers, "y", one);
  pv_answers_set (answers, "x", two);
  assert_int_equal (pv_answers_get_n (answers), 2);
  assert_string_equal (pv_answers_get_id (answers, 0), "x");
  assert_string_equal (pv_value_get_text (pv_answers_get (answers, "x")), "2");
  pv_answers_set (answers, "x", NULL);
  assert_null (pv_answers_get (answers, "x"));
  assert_int_equal (pv_answers_get_n (answers), 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_type_of_value_survives_the_wire),
    cmocka_unit_test (a_row_keeps_its_inner_answers),
    cmocka_unit_test (what_is_not_a_value_is_refused),
    cmocka_unit_test (answers_keep_their_order_and_can_be_removed),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "sample-procedure.h"

static PvProcedure *
round_trip (const PvProcedure *procedure, GError **error)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (pv_procedure_to_variant (procedure));

  return pv_procedure_from_variant (variant, error);
}

static void
a_procedure_survives_the_wire_whole (void **state)
{
  g_autoptr (PvProcedure) procedure = sample_procedure ();
  PvQuestion *name = (PvQuestion *) pv_procedure_find_question (procedure, "2");
  g_autoptr (PvProcedure) back = NULL;
  g_autoptr (GVariant) before = NULL, after = NULL;

  (void) state;
  name->identity = 1;
  name->identity_condition = pv_expression_parse ("form_var_x", NULL);
  back = round_trip (procedure, NULL);
  before = g_variant_ref_sink (pv_procedure_to_variant (procedure));
  assert_non_null (back);
  assert_int_equal (pv_procedure_find_question (back, "2")->identity, 1);
  assert_non_null (pv_procedure_find_question (back, "2")->identity_condition);
  after = g_variant_ref_sink (pv_procedure_to_variant (back));
  assert_true (g_variant_equal (before, after));
  assert_string_equal (pv_procedure_find_question (back, "7")->condition != NULL
                         ? pv_expression_get_text (pv_procedure_find_question (back, "7")->condition)
                         : "",
                       "form_var_cantine_raw == \"jours\"");
  assert_int_equal (back->facts.delay_months, 2);
}

static void
one_id_twice_is_refused (void **state)
{
  g_autoptr (PvProcedure) procedure = sample_procedure ();
  g_autoptr (GError) error = NULL;
  PvPage *page = procedure->pages->pdata[0];

  (void) state;
  sample_question (page->questions, PV_QUESTION_TEXT, "81", NULL, "Encore", 0);
  assert_null (round_trip (procedure, &error));
  assert_true (g_error_matches (error, PV_PROCEDURE_ERROR, PV_PROCEDURE_ERROR_BAD_DATA));
}

static void
a_block_in_a_block_is_refused (void **state)
{
  g_autoptr (PvProcedure) procedure = sample_procedure ();
  g_autoptr (GError) error = NULL;
  const PvQuestion *block = pv_procedure_find_question (procedure, "8");

  (void) state;
  sample_question (block->questions, PV_QUESTION_BLOCK, "83", NULL, "Encore", 0);
  assert_null (round_trip (procedure, &error));
  assert_true (g_error_matches (error, PV_PROCEDURE_ERROR, PV_PROCEDURE_ERROR_BAD_DATA));
}

static void
texts_and_lists_over_the_limit_are_refused (void **state)
{
  g_autoptr (PvProcedure) long_text = sample_procedure ();
  g_autoptr (PvProcedure) many_options = sample_procedure ();
  const PvQuestion *choice = pv_procedure_find_question (many_options, "6");

  (void) state;
  g_free (long_text->description);
  long_text->description = g_strnfill (PV_PROCEDURE_MAX_TEXT_BYTES + 1, 'x');
  assert_null (round_trip (long_text, NULL));
  for (guint i = 0; i <= PV_PROCEDURE_MAX_OPTIONS; i++)
    g_ptr_array_add (choice->options, pv_option_new ("x", "x"));
  assert_null (round_trip (many_options, NULL));
}

static void
what_is_no_procedure_is_refused (void **state)
{
  const char *texts[] = {
    "{'slug': <'x'>}",
    "{'slug': <'x'>, 'title': <'x'>, 'pages': <[{'questions': <[{'id': <'a/b'>, 'label': <'x'>}]>}]>}",
    "{'slug': <'x'>, 'title': <'x'>, 'pages': <[{'questions': <[{'id': <'a'>, 'label': <'x'>, 'kind': <uint32 "
    "99>}]>}]>}",
    "{'slug': <'x'>, 'title': <'x'>, 'pages': <[{'condition': <'=='>}]>}",
    "'x'",
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GVariant) variant = g_variant_take_ref (g_variant_parse (NULL, texts[i], NULL, NULL, NULL));
    g_autoptr (GError) error = NULL;

    assert_null (pv_procedure_from_variant (variant, &error));
    assert_non_null (error);
  }
}

static void
the_reference_and_the_needs_are_found (void **state)
{
  g_autoptr (PvProcedure) procedure = sample_procedure ();
  PvQuestion *email = (PvQuestion *) pv_procedure_find_question (procedure, "9");

  (void) state;
  assert_string_equal (pv_procedure_find_ref (procedure)->id, "13");
  assert_false (pv_procedure_needs_email (procedure));
  email->flags |= PV_QUESTION_NOT_DECLINABLE;
  assert_true (pv_procedure_needs_email (procedure));
  assert_false (pv_procedure_needs_phone (procedure));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_procedure_survives_the_wire_whole),
    cmocka_unit_test (one_id_twice_is_refused),
    cmocka_unit_test (a_block_in_a_block_is_refused),
    cmocka_unit_test (texts_and_lists_over_the_limit_are_refused),
    cmocka_unit_test (what_is_no_procedure_is_refused),
    cmocka_unit_test (the_reference_and_the_needs_are_found),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

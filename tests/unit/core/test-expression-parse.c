/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is a condition, what is refused and with which code, and what a condition asks for. */

#include "tst.h"

#include "core/expression.h"

#include <string.h>

static void
assert_refused (const char *text, PvExpressionError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvExpression) expression = pv_expression_parse (text, &error);

  if (expression != NULL)
    fail_msg ("%s: was accepted", text);
  if (!g_error_matches (error, PV_EXPRESSION_ERROR, (gint) code))
    fail_msg ("%s: code %d, %s", text, error->code, error->message);
}

static void
refuses_what_is_no_django_expression (void **state)
{
  static const char *const texts[] = {
    "",
    "   ",
    "==",
    "form_var_a ==",
    "== 1",
    "1 1",
    "and",
    "1 and",
    "not",
    "1 not 2",
    "1 or or 2",
    "1 not not in 2",
    "form_var_x == \"a",
    "'a",
    "\"a\"\"b\"",
    "(True)",
    "form_var_x == (1)",
    "form_var_x=='a'",
    "form_var_x = 1",
    "1 + 2",
    "form_var_x|",
    "form_var_x|lower:",
    "form_var_x|lower:1",
    "form_var_x|startswith",
    "form_var_x | lower",
    "form_var_x| lower",
    "_private",
    "form_var._x",
    "$x",
    "1 == 2\n",
    "\"%}\" == 1",
    "form_var_x == \xff",
    "-x",
    "1 === 1",
    "form_var_x[0]",
    "|lower",
    "form_var_x:b",
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], PV_EXPRESSION_ERROR_SYNTAX);
}

static void
refuses_what_only_the_portal_can_answer (void **state)
{
  static const char *const texts[] = {
    "form_user_email == \"x\"",
    "form_user|has_role:\"R\"",
    "cards|objects:\"slug\"|count",
    "forms|objects:\"slug\"|count",
    "webservice.x.y",
    "data_source.x|length",
    "form_workflow_data_x",
    "form_objects.count",
    "session_var_x",
    "session_user_email",
    "form_var_card_live_var_name == \"x\"",
    "form_var_card_live",
    "form_var_date.year == 2020",
    "block_counter.length == 1",
    "form_name == \"x\"",
    "site_lang",
    "form_var_x is None",
    "form_var_x is not None",
    "form_var_x|date:\"Y\" == 1",
    "form_var_x|decimal:2 == 1",
    "form_var_x|strip:\"x\"",
    "form_var_x|multiply:2",
    "form_var_x|unaccent",
    "form_var_x|slice:\":2\"",
    "form_var_x|get:\"a\"",
    "form_var_x|lower|getlist:\"a\"",
    "\"x\"|getlist:\"a\"",
    "form_var_x|getlist:form_var_y",
    "form_var_x|getlist:\"a b\"",
    "true",
    "none == 1",
    "1e3 == 1000",
    "0x10",
    "1_000",
    "3a",
    "1.",
    "0.00001",
    "1.1234567",
    "12345678901234567890123",
    "_(\"x\") == 1",
    "form_var_é",
    "é",
    "form_var_",
    "form..var.x",
    "form_var_x.",
    "x",
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], PV_EXPRESSION_ERROR_UNSUPPORTED);
}

static char *
repeat (const char *part, guint count, const char *end)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < count; i++)
    g_string_append (text, part);
  g_string_append (text, end);
  return g_string_free (text, FALSE);
}

static void
assert_too_large_beyond (const char *part, guint fits, const char *end)
{
  g_autofree char *most = repeat (part, fits, end);
  g_autofree char *more = repeat (part, fits + 1, end);
  g_autoptr (GError) error = NULL;
  g_autoptr (PvExpression) expression = pv_expression_parse (most, &error);

  assert_null (error);
  assert_non_null (expression);
  assert_refused (more, PV_EXPRESSION_ERROR_TOO_LARGE);
}

static void
holds_its_limits_exactly (void **state)
{
  (void) state;
  assert_too_large_beyond ("not ", PV_EXPRESSION_MAX_DEPTH - 1, "1");
  assert_too_large_beyond ("1 or ", PV_EXPRESSION_MAX_NODES / 2 - 1, "1");
  assert_too_large_beyond (" ", PV_EXPRESSION_MAX_BYTES - 1, "1");
}

static void
a_long_chain_of_filters_is_bounded (void **state)
{
  g_autofree char *filters = repeat ("|lower", PV_EXPRESSION_MAX_NODES - 1, "");
  g_autofree char *most = g_strconcat ("var_x", filters, NULL);
  g_autofree char *more = g_strconcat (most, "|lower", NULL);
  g_autoptr (PvExpression) expression = pv_expression_parse (most, NULL);

  (void) state;
  assert_non_null (expression);
  assert_refused (more, PV_EXPRESSION_ERROR_TOO_LARGE);
}

static void
lists_each_variable_once_as_the_resolver_is_asked (void **state)
{
  g_autoptr (PvExpression) expression = pv_expression_parse (
    "form_var_x == \"form_var_z\" and form.var.x|default:var_y or today < now and is_in_backoffice "
    "or form_var_kids|getlist:\"n\"|sum > form_option_max",
    NULL);
  static const char *const names[] = { "var_x",    "var_y",        "is_in_backoffice",
                                       "var_kids", "var_kids_0_n", "form_option_max" };
  g_autoptr (GPtrArray) listed = NULL;

  (void) state;
  assert_non_null (expression);
  listed = pv_expression_list_variables (expression);
  assert_int_equal (listed->len, G_N_ELEMENTS (names));
  for (guint i = 0; i < listed->len; i++)
    assert_string_equal (listed->pdata[i], names[i]);
}

static void
keeps_its_text_and_lives_as_long_as_it_is_referenced (void **state)
{
  PvExpression *expression = pv_expression_parse ("form_var_x  ==  1", NULL);

  (void) state;
  assert_ptr_equal (pv_expression_ref (expression), expression);
  pv_expression_unref (expression);
  assert_string_equal (pv_expression_get_text (expression), "form_var_x  ==  1");
  pv_expression_unref (expression);
  pv_expression_unref (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (refuses_what_is_no_django_expression),
    cmocka_unit_test (refuses_what_only_the_portal_can_answer),
    cmocka_unit_test (holds_its_limits_exactly),
    cmocka_unit_test (a_long_chain_of_filters_is_bounded),
    cmocka_unit_test (lists_each_variable_once_as_the_resolver_is_asked),
    cmocka_unit_test (keeps_its_text_and_lives_as_long_as_it_is_referenced),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The meaning of conditions, by tables: what w.c.s. answers for the same form. Today is 24 November 2026. */

#include "tst.h"

#include "core/expression.h"

#include <string.h>

static PvExprValue *
day (GDateDay d, GDateMonth m, GDateYear y)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, d, m, y);
  return pv_expr_value_new_date (&date);
}

static PvExprValue *
sports (void)
{
  PvExprValue *list = pv_expr_value_new_list ();

  pv_expr_value_append (list, pv_expr_value_new_option ("1", "Judo"));
  pv_expr_value_append (list, pv_expr_value_new_option ("2", "Tennis de table"));
  return list;
}

static PvExprValue *
sports_raw (void)
{
  PvExprValue *list = pv_expr_value_new_list ();

  pv_expr_value_append (list, pv_expr_value_new_text ("1"));
  pv_expr_value_append (list, pv_expr_value_new_text ("2"));
  return list;
}

static PvExprValue *
rows (void)
{
  PvExprValue *list = pv_expr_value_new_list ();

  pv_expr_value_append (list, pv_expr_value_new_null ());
  pv_expr_value_append (list, pv_expr_value_new_null ());
  return list;
}

static PvExprValue *
resolve_cb (const char *name, gpointer user_data)
{
  static const struct {
    const char *name, *text;
  } texts[] = {
    { "var_text", "Zoé" },
    { "var_age", "9" },
    { "var_amount", "13,50" },
    { "var_blank", "" },
    { "var_code", "89100" },
    { "var_none_text", "None" },
    { "var_born_text", "24/11/2008" },
    { "var_choice_raw", "b" },
    { "var_choice_prix", "12" },
    { "value", "1957" },
    { "var_kids_0_n", "2" },
    { "var_kids_1_n", "3" },
    { "var_spaced", "  a b  " },
    { "block_var_x", "test" },
    { "form_option_foo", "oui" },
    { "form_submission_channel", "counter" },
    { "var_quoted", "l'\"eau\"" },
  };

  (void) user_data;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i].name, name))
      return pv_expr_value_new_text (texts[i].text);
  if (g_str_equal (name, "var_unset") || g_str_equal (name, "var_unset_raw"))
    return pv_expr_value_new_null ();
  if (g_str_equal (name, "var_yes") || g_str_equal (name, "var_yes_raw"))
    return pv_expr_value_new_bool (TRUE);
  if (g_str_equal (name, "var_no") || g_str_equal (name, "is_in_backoffice"))
    return pv_expr_value_new_bool (FALSE);
  if (g_str_equal (name, "var_n"))
    return pv_expr_value_new_number ("3");
  if (g_str_equal (name, "var_price"))
    return pv_expr_value_new_number ("13.1200");
  if (g_str_equal (name, "var_zero"))
    return pv_expr_value_new_number ("0");
  if (g_str_equal (name, "var_born"))
    return day (25, 11, 2008);
  if (g_str_equal (name, "var_today"))
    return day (24, 11, 2026);
  if (g_str_equal (name, "var_choice"))
    return pv_expr_value_new_option ("b", "Mariage");
  if (g_str_equal (name, "var_sports"))
    return sports ();
  if (g_str_equal (name, "var_sports_raw"))
    return sports_raw ();
  if (g_str_equal (name, "var_kids"))
    return rows ();
  return NULL;
}

static gboolean
evaluate (const char *text, gboolean *ret_failed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvExpression) expression = pv_expression_parse (text, &error);
  GDate today;

  if (expression == NULL)
    fail_msg ("%s: %s", text, error->message);
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 24, 11, 2026);
  return pv_expression_evaluate (expression, resolve_cb, NULL, &today, ret_failed);
}

/* What each expression is: true, false, or an operator that could not work. */
typedef struct {
  const char *text;
  enum { NO, YES, FAILS } expected;
} Row;

static void
check_rows (const Row *table, gsize count)
{
  for (gsize i = 0; i < count; i++) {
    gboolean failed = FALSE;
    gboolean truth = evaluate (table[i].text, &failed);

    if (truth != (table[i].expected == YES) || failed != (table[i].expected == FAILS))
      fail_msg ("%s: gave %s%s", table[i].text, truth ? "true" : "false", failed ? ", failed" : "");
  }
}

#define CHECK(...)                                                                                                     \
  const Row table[] = { __VA_ARGS__ };                                                                                 \
                                                                                                                       \
  (void) state;                                                                                                        \
  check_rows (table, G_N_ELEMENTS (table))

static void
literals_are_themselves (void **state)
{
  CHECK ({ "True", YES }, { "False", NO }, { "None", NO }, { "0", NO }, { "1", YES }, { "-1", YES }, { "0.0", NO },
         { "1 == 2", NO }, { "1 == 1.0", YES }, { "1.5 > 1", YES }, { "-2 < -1.5", YES }, { "+3 == 3", YES },
         { "\"\"", NO }, { "'a'", YES }, { "\"a b\" == 'a b'", YES }, { "'it\\'s' == \"it's\"", YES },
         { "\"a\\\\\" == 'a\\\\'", YES }, { "True == 1", YES }, { "None == None", YES }, { "None == False", NO },
         { "\"1\" == 1", NO }, { ".5 == 0.5", YES }, { "\"and\" == 'and'", YES }, { "  True  ", YES });
}

static void
a_field_is_true_when_it_is_filled (void **state)
{
  CHECK ({ "form_var_text", YES }, { "form_var_blank", NO }, { "form_var_unset", NO }, { "form_var_unknown", NO },
         { "form_var_yes", YES }, { "form_var_no", NO }, { "form_var_n", YES }, { "form_var_zero", NO },
         { "form_var_born", YES }, { "form_var_choice", YES }, { "form_var_sports", YES }, { "not form_var_text", NO },
         { "not form_var_unset", YES }, { "not form_var_unknown", YES }, { "is_in_backoffice", NO },
         { "not is_in_backoffice", YES });
}

static void
every_spelling_of_a_variable_is_the_same (void **state)
{
  CHECK ({ "form_var_text == \"Zoé\"", YES }, { "var_text == \"Zoé\"", YES }, { "form.var.text == \"Zoé\"", YES },
         { "var.text == \"Zoé\"", YES }, { "form_var.text == \"Zoé\"", YES }, { "form.var_text == \"Zoé\"", YES },
         { "form_submission_channel == \"counter\"", YES }, { "form_option_foo == \"oui\"", YES },
         { "block_var_x == \"test\"", YES }, { "block.var.x == \"test\"", YES }, { "form_var_choice.prix == 12", YES });
}

static void
fields_compare_as_text (void **state)
{
  CHECK ({ "form_var_age == 9", YES }, { "form_var_age == \"9\"", YES }, { "9 == form_var_age", YES },
         { "form_var_age > \"10\"", YES }, { "form_var_age > 10", YES }, { "\"10\" < form_var_age", YES },
         { "form_var_code == 89100", YES }, { "form_var_code != 89100", NO }, { "form_var_age == 9.0", NO },
         { "form_var_text != \"a\"", YES }, { "form_var_text == form_var_text", YES },
         { "form_var_text >= \"Zoe\"", YES }, { "form_var_text == \"zoé\"", NO },
         { "form_var_quoted == \"l'\\\"eau\\\"\"", YES }, { "form_var_blank == \"\"", YES });
}

static void
an_unset_field_is_none_and_not_empty (void **state)
{
  CHECK ({ "form_var_unset == None", YES }, { "None == form_var_unset", YES }, { "form_var_unset != None", NO },
         { "form_var_unset == \"\"", NO }, { "form_var_unset != \"\"", YES }, { "form_var_text == None", NO },
         { "form_var_unknown == None", YES }, { "form_var_unknown == \"\"", NO }, { "form_var_unknown < 3", FAILS },
         { "form_var_unset == form_var_unset", YES });
}

static void
options_compare_by_label_and_raw_by_id (void **state)
{
  CHECK ({ "form_var_choice == \"Mariage\"", YES }, { "form_var_choice == \"b\"", NO },
         { "form_var_choice_raw == \"b\"", YES }, { "form_var_choice_raw == \"Mariage\"", NO },
         { "form_var_choice|length == 7", YES }, { "form_var_sports == \"Judo, Tennis de table\"", YES },
         { "form_var_choice_prix == \"12\"", YES });
}

static void
membership_looks_at_ids_labels_and_parts_of_text (void **state)
{
  CHECK ({ "\"Judo\" in form_var_sports", YES }, { "\"1\" in form_var_sports", YES }, { "1 in form_var_sports", YES },
         { "\"Tennis\" in form_var_sports", NO }, { "\"3\" not in form_var_sports", YES },
         { "\"1\" in form_var_sports_raw", YES }, { "1 in form_var_sports_raw", NO },
         { "\"Judo\" not in form_var_sports", NO }, { "\"o\" in form_var_text", YES }, { "\"\" in form_var_text", YES },
         { "form_var_text in \"Léa, Zoé\"", YES }, { "form_var_choice in \"Mariage\"", YES },
         { "form_var_choice in \"Naissance, Mariage\"|split:\", \"", YES }, { "\"b\" in \"a b\"|split", YES },
         { "\"c\" not in \"a b\"|split", YES }, { "\"a\" in form_var_unset", FAILS },
         { "\"a\" not in form_var_unset", FAILS }, { "1 in 12", FAILS }, { "form_var_unset in \"None\"", FAILS },
         { "1 in \"12\"", FAILS }, { "form_var_age in \"9 10\"", YES });
}

static void
tick_boxes_are_truth_and_text (void **state)
{
  CHECK ({ "form_var_yes == True", YES }, { "form_var_yes == \"True\"", YES }, { "form_var_yes == \"true\"", NO },
         { "form_var_no == False", YES }, { "form_var_no == None", NO }, { "form_var_yes == 1", NO },
         { "form_var_yes_raw == 1", YES }, { "form_var_yes_raw", YES }, { "form_var_yes != False", YES });
}

static void
numeric_fields_compare_as_decimals (void **state)
{
  CHECK ({ "form_var_n == 3", YES }, { "form_var_n == \"3\"", YES }, { "form_var_n > 10", NO },
         { "10 > form_var_n", YES }, { "form_var_n < \"10,5\"", YES }, { "form_var_price == 13.12", YES },
         { "form_var_price == \"13.12\"", YES }, { "form_var_price >= 13.12", YES }, { "form_var_n == \"3.0\"", NO },
         { "form_var_n > \"a\"", FAILS }, { "form_var_n != \"a\"", FAILS }, { "form_var_n == 3.0", YES },
         { "form_var_n == \"a\"", NO });
}

static void
dates_compare_as_days (void **state)
{
  CHECK ({ "form_var_born > \"31/07/2008\"", YES }, { "form_var_born == \"2008-11-25\"", YES },
         { "form_var_born == \"25/11/2008\"", YES }, { "\"2009-01-01\" > form_var_born", YES },
         { "form_var_today == today", YES }, { "form_var_today >= today", YES }, { "form_var_born < today", YES },
         { "form_var_today < now", YES }, { "form_var_today == now", NO }, { "form_var_today >= now", NO },
         { "today < now", YES }, { "now == now", YES }, { "form_var_born < form_var_today", YES },
         { "form_var_born == \"hier\"", NO }, { "form_var_born != \"hier\"", YES },
         { "form_var_born > \"hier\"", FAILS }, { "form_var_born > form_var_unset", FAILS },
         { "form_var_born == None", NO }, { "form_var_born > \"30/02/2008\"", FAILS },
         { "form_var_born_text|date < today", YES }, { "form_var_born == form_var_born|date", YES });
}

static void
ages_are_completed_years_months_and_days (void **state)
{
  CHECK ({ "form_var_born|age_in_years == 17", YES }, { "form_var_born_text|age_in_years == 18", YES },
         { "form_var_born_text|age_in_years >= 18", YES }, { "form_var_born|age_in_months == 215", YES },
         { "form_var_today|age_in_days == 0", YES }, { "\"2026-11-20\"|age_in_days == 4", YES },
         { "form_var_born|age_in_years:\"2026-11-25\" == 18", YES }, { "\"2026-11-25\"|age_in_days == -1", YES },
         { "\"2026-11-25\"|age_in_years == -1", YES }, { "\"29/02/2004\"|age_in_years:\"28/02/2022\" == 17", YES },
         { "\"31/01/2026\"|age_in_months:\"28/02/2026\" == 0", YES }, { "form_var_unset|age_in_years >= 18", FAILS },
         { "form_var_text|age_in_years == \"\"", YES }, { "form_var_unset|age_in_years", NO },
         { "form_var_born|age_in_years:form_var_unknown > 1", FAILS });
}

static void
days_are_added_to_dates (void **state)
{
  CHECK ({ "today|add_days:1 == \"25/11/2026\"", YES }, { "form_var_today|add_days:-24 == \"2026-10-31\"", YES },
         { "\"28/02/2024\"|add_days:1 == \"29/02/2024\"|date", YES }, { "form_var_today < today|add_days:\"2\"", YES },
         { "form_var_unset|add_days:3", NO }, { "today|add_days:9999999 > today", FAILS },
         { "today|add_days:form_var_n == \"2026-11-27\"", YES }, { "today|add_days:\"x\" == today", YES });
}

static void
text_filters (void **state)
{
  CHECK ({ "form_var_text|length == 3", YES }, { "form_var_unset|length == 0", YES },
         { "form_var_sports|length == 2", YES }, { "form_var_code|startswith:\"89\"", YES },
         { "form_var_code|startswith:89", YES }, { "form_var_code|endswith:\"00\"", YES },
         { "form_var_unset|startswith:\"N\"", NO }, { "form_var_text|upper == \"ZOÉ\"", YES },
         { "form_var_text|lower == \"zoé\"", YES }, { "form_var_spaced|strip == \"a b\"", YES },
         { "form_var_spaced|split|length == 2", YES }, { "form_var_spaced|split|first == \"a\"", YES },
         { "form_var_spaced|split|last == \"b\"", YES }, { "form_var_text|first == \"Z\"", YES },
         { "form_var_text|last == \"é\"", YES }, { "form_var_unset|first", FAILS },
         { "form_var_unset|split|first == \"\"", YES }, { "\"a,b,\"|split:\",\"|count == 3", YES },
         { "form_var_unset|default:\"x\" == \"x\"", YES }, { "form_var_text|default:\"x\" == \"Zoé\"", YES },
         { "form_var_unset|strip == \"\"", YES }, { "form_var_text|split:\"\"", FAILS });
}

static void
emptiness_and_booleans (void **state)
{
  CHECK ({ "form_var_unset|is_empty", YES }, { "form_var_blank|is_empty", YES }, { "form_var_text|is_empty", NO },
         { "form_var_unknown|is_empty", YES }, { "form_var_zero|is_empty", NO }, { "form_var_no|is_empty", NO },
         { "form_var_sports|is_empty", NO }, { "\"false\"|boolean", NO }, { "\"False\"|boolean", NO },
         { "\"0\"|boolean", YES }, { "0|boolean", NO }, { "\"\"|boolean", NO }, { "form_var_unset|boolean", NO },
         { "form_var_text|boolean", YES });
}

static void
number_filters_are_exact_and_take_commas (void **state)
{
  CHECK ({ "form_var_age|decimal < 20", YES }, { "form_var_age|integer >= 16", NO },
         { "form_var_amount|decimal == 13.5", YES }, { "form_var_amount|integer == 13", YES },
         { "\"-1.9\"|integer == -1", YES }, { "form_var_unset|decimal == 0", YES },
         { "form_var_text|decimal == 0", YES }, { "form_var_age|integer == \"9\"", NO },
         { "\"0.1\"|add:\"0.2\" == 0.3", YES }, { "form_var_age|add:1 == 10", YES },
         { "form_var_unset|add:1 == 1", YES }, { "\"a\"|add:\"b\" == \"ab\"", YES }, { "1|add:\"b\" == \"\"", YES },
         { "form_var_age|subtract:\"0,5\" == 8.5", YES }, { "form_var_kids|getlist:\"n\"|sum == 5", YES },
         { "form_var_kids|count == 2", YES }, { "form_var_kids|length > 1", YES },
         { "\"2\" in form_var_kids|getlist:\"n\"", YES }, { "form_var_unset|getlist:\"n\"|sum == 0", YES },
         { "form_var_kids_1_n == 3", YES }, { "form_var_sports|getlist:\"text\"|first == \"Judo\"", YES },
         { "\"1 2,5\"|split|sum == 3.5", YES }, { "form_var_yes|decimal == 0", YES }, { "value|decimal >= 1900", YES },
         { "value|integer < 1900", NO }, { "form_var_n|count", FAILS }, { "\"1.0000005\"|decimal == 1", YES },
         { "\"1.0000015\"|decimal == 1.000002", YES });
}

static void
binds_as_django_does (void **state)
{
  CHECK ({ "True or False and False", YES }, { "False and False or True", YES }, { "not True or True", YES },
         { "not False and False", NO }, { "not 1 == 2", YES }, { "not \"a\" in \"b\"", YES }, { "not not True", YES },
         { "1 == 1 and 2 == 2", YES }, { "1 == 1 == True", YES }, { "3 > 2 > 1", NO }, { "True == not False", YES },
         { "\"a\" in \"ab\" == True", FAILS }, { "False or not False and True", YES }, { "not True == False", YES });
}

static void
an_operator_that_cannot_work_is_false_and_the_rest_goes_on (void **state)
{
  CHECK ({ "\"a\" < 3", FAILS }, { "not \"a\" < 3", YES }, { "\"a\" < 3 or True", YES }, { "True or \"a\" < 3", YES },
         { "False and \"a\" < 3", NO }, { "True and \"a\" < 3", FAILS }, { "not \"x\" in form_var_unset", YES },
         { "form_var_unset|first or True", FAILS }, { "None > 1", FAILS }, { "None >= None", FAILS });
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (literals_are_themselves),
    cmocka_unit_test (a_field_is_true_when_it_is_filled),
    cmocka_unit_test (every_spelling_of_a_variable_is_the_same),
    cmocka_unit_test (fields_compare_as_text),
    cmocka_unit_test (an_unset_field_is_none_and_not_empty),
    cmocka_unit_test (options_compare_by_label_and_raw_by_id),
    cmocka_unit_test (membership_looks_at_ids_labels_and_parts_of_text),
    cmocka_unit_test (tick_boxes_are_truth_and_text),
    cmocka_unit_test (numeric_fields_compare_as_decimals),
    cmocka_unit_test (dates_compare_as_days),
    cmocka_unit_test (ages_are_completed_years_months_and_days),
    cmocka_unit_test (days_are_added_to_dates),
    cmocka_unit_test (text_filters),
    cmocka_unit_test (emptiness_and_booleans),
    cmocka_unit_test (number_filters_are_exact_and_take_commas),
    cmocka_unit_test (binds_as_django_does),
    cmocka_unit_test (an_operator_that_cannot_work_is_false_and_the_rest_goes_on),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

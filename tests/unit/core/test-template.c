/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Today is 24 November 2026. */

#include "tst.h"

#include "core/template.h"
#include "core/wipe.h"

#include <string.h>

static PvExprValue *
resolve_cb (const char *name, gpointer user_data)
{
  PvExprValue *list;
  GDate date;

  (void) user_data;
  if (g_str_equal (name, "var_first"))
    return pv_expr_value_new_text ("Maëlys");
  if (g_str_equal (name, "var_act"))
    return pv_expr_value_new_option ("b", "Mariage");
  if (g_str_equal (name, "var_price"))
    return pv_expr_value_new_number ("12.50");
  if (g_str_equal (name, "var_yes"))
    return pv_expr_value_new_bool (TRUE);
  if (g_str_equal (name, "var_unset"))
    return pv_expr_value_new_null ();
  if (g_str_equal (name, "var_braces"))
    return pv_expr_value_new_text ("{{ var_first }} & <b>");
  if (g_str_equal (name, "var_long")) {
    g_autofree char *text = g_strnfill (PV_TEMPLATE_MAX_RENDERED_BYTES, 'x');

    return pv_expr_value_new_text (text);
  }
  if (g_str_equal (name, "var_born")) {
    g_date_clear (&date, 1);
    g_date_set_dmy (&date, 5, 3, 1987);
    return pv_expr_value_new_date (&date);
  }
  if (!g_str_equal (name, "var_sports"))
    return NULL;
  list = pv_expr_value_new_list ();
  pv_expr_value_append (list, pv_expr_value_new_option ("1", "Judo"));
  pv_expr_value_append (list, pv_expr_value_new_option ("2", "Danse"));
  return list;
}

static char *
render (const char *text, PvTemplateUse use)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvTemplate) template = pv_template_parse (text, &error);
  GDate today;

  if (template == NULL)
    fail_msg ("%s: %s", text, error->message);
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 24, 11, 2026);
  return pv_template_render (template, resolve_cb, NULL, &today, use);
}

static void
renders_variables_and_their_filters (void **state)
{
  static const struct {
    const char *text, *to_read, *to_send;
  } rows[] = {
    { "", "", "" },
    { "Bonjour", "Bonjour", "Bonjour" },
    { "{{ form_var_first }}", "Maëlys", "Maëlys" },
    { "{{form_var_first}}{{ var_first }}", "MaëlysMaëlys", "MaëlysMaëlys" },
    { "Prénom : {{ form.var.first | upper }} !", "Prénom : MAËLYS !", "Prénom : MAËLYS !" },
    { "{{ form_var_act }} ({{ form_var_act|length }})", "Mariage (7)", "Mariage (7)" },
    { "{{ form_var_price }}", "12,5", "12.5" },
    { "{{ form_var_price|add:0.5 }}", "13", "13" },
    { "{{ form_var_born }}", "05/03/1987", "1987-03-05" },
    { "{{ today|add_days:7 }}", "01/12/2026", "2026-12-01" },
    { "{{ form_var_born|age_in_years }} ans", "39 ans", "39 ans" },
    { "{{ form_var_sports }}", "Judo, Danse", "Judo, Danse" },
    { "{{ form_var_yes }}", "True", "True" },
    { "[{{ form_var_unset }}{{ form_var_unknown }}]", "[]", "[]" },
    { "{{ form_var_unset|upper }}{{ form_var_unset|default:\"rien\" }}", "rien", "rien" },
    { "{{ \"a b\"|split|last }}", "b", "b" },
    { "un } et { deux }} trois", "un } et { deux }} trois", "un } et { deux }} trois" },
    { "{{ form_var_braces }}", "{{ var_first }} & <b>", "{{ var_first }} & <b>" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvSecretStr) to_read = render (rows[i].text, PV_TEMPLATE_TO_READ);
    g_autoptr (PvSecretStr) to_send = render (rows[i].text, PV_TEMPLATE_TO_SEND);

    assert_non_null (to_read);
    assert_string_equal (to_read, rows[i].to_read);
    assert_string_equal (to_send, rows[i].to_send);
  }
}

static void
gives_nothing_rather_than_a_wrong_text (void **state)
{
  static const char *const texts[] = {
    "{{ now }}",
    "{{ \"a b\"|split }}",
    "{{ form_var_yes|first }}",
    "{{ form_var_long }}.",
    "{{ form_var_long }}{{ form_var_long }}",
    "bon {{ form_var_first|startswith:form_var_unknown }}",
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_null (render (texts[i], PV_TEMPLATE_TO_READ));
}

static void
refuses_what_it_does_not_understand (void **state)
{
  static const struct {
    const char *text;
    PvExpressionError code;
  } rows[] = {
    { "{% if form_var_x %}a{% endif %}", PV_EXPRESSION_ERROR_UNSUPPORTED },
    { "{# note #}", PV_EXPRESSION_ERROR_UNSUPPORTED },
    { "{{ form_user_email }}", PV_EXPRESSION_ERROR_UNSUPPORTED },
    { "{{ passerelle_url }}x", PV_EXPRESSION_ERROR_UNSUPPORTED },
    { "{{ form_var_x|qrcode }}", PV_EXPRESSION_ERROR_UNSUPPORTED },
    { "{{ form_var_x|date:\"d/m\" }}", PV_EXPRESSION_ERROR_UNSUPPORTED },
    { "{{ form_var_x", PV_EXPRESSION_ERROR_SYNTAX },
    { "{{ }}", PV_EXPRESSION_ERROR_SYNTAX },
    { "{{}}", PV_EXPRESSION_ERROR_SYNTAX },
    { "{{ form_var_x form_var_y }}", PV_EXPRESSION_ERROR_SYNTAX },
    { "{{ form_var_x == 1 }}", PV_EXPRESSION_ERROR_SYNTAX },
    { "{{ form_var_x|default:\"}}\" }}", PV_EXPRESSION_ERROR_SYNTAX },
    { "{{ form_var_x\n }}", PV_EXPRESSION_ERROR_SYNTAX },
    { "{{{ form_var_x }}}", PV_EXPRESSION_ERROR_SYNTAX },
    { "\xc3", PV_EXPRESSION_ERROR_SYNTAX },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;

    assert_null (pv_template_parse (rows[i].text, &error));
    if (!g_error_matches (error, PV_EXPRESSION_ERROR, (gint) rows[i].code))
      fail_msg ("%s: %s", rows[i].text, error->message);
    assert_false (pv_template_is_supported (rows[i].text));
  }
  assert_true (pv_template_is_supported ("{{ form_var_x }}"));
}

static char *
repeat (const char *part, guint count)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < count; i++)
    g_string_append (text, part);
  return g_string_free (text, FALSE);
}

static void
holds_its_limits_exactly (void **state)
{
  g_autofree char *bytes = g_strnfill (PV_TEMPLATE_MAX_BYTES + 1, 'x');
  g_autofree char *nodes = repeat ("{{ var_x }}", PV_TEMPLATE_MAX_NODES + 1);
  g_autoptr (PvSecretStr) rendered = render ("{{ form_var_long }}", PV_TEMPLATE_TO_READ);

  (void) state;
  assert_non_null (rendered);
  assert_int_equal (strlen (rendered), PV_TEMPLATE_MAX_RENDERED_BYTES);
  assert_false (pv_template_is_supported (bytes));
  assert_true (pv_template_is_supported (bytes + 1));
  assert_false (pv_template_is_supported (nodes));
  assert_true (pv_template_is_supported (nodes + strlen ("{{ var_x }}")));
}

static void
lists_what_it_depends_on (void **state)
{
  g_autoptr (PvTemplate) template =
    pv_template_parse ("{{ var_a|default:form_var_b }} {{ form.var.a }} {{ today }}", NULL);
  g_autoptr (GPtrArray) names = NULL;

  (void) state;
  assert_non_null (template);
  names = pv_template_list_variables (template);
  assert_int_equal (names->len, 2);
  assert_string_equal (names->pdata[0], "var_a");
  assert_string_equal (names->pdata[1], "var_b");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (renders_variables_and_their_filters),
    cmocka_unit_test (gives_nothing_rather_than_a_wrong_text),
    cmocka_unit_test (refuses_what_it_does_not_understand),
    cmocka_unit_test (holds_its_limits_exactly),
    cmocka_unit_test (lists_what_it_depends_on),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The forms of the fictional commune are what w.c.s. would export, and texts that people can read. */

#include "tst.h"

#include "demo/site.h"

static PvDemoSite *site;

static const char *const types[] = { "string",    "text",         "email",        "bool",       "numeric",  "date",
                                     "file",      "item",         "items",        "map",        "block",    "table",
                                     "tablerows", "table-select", "ranked-items", "time-range", "password", "computed",
                                     "page",      "title",        "subtitle",     "comment",    NULL };

static const char *const validations[] = { "digits",
                                           "time",
                                           "url",
                                           "phone",
                                           "phone-fr",
                                           "mobile-local",
                                           "zipcode-fr",
                                           "siren-fr",
                                           "siret-fr",
                                           "ants-predemand-fr",
                                           "caf-beneficiary-number-fr",
                                           "tax-assessment-fiscal-number-fr",
                                           "rna-number-fr",
                                           "iban",
                                           "regex",
                                           "django",
                                           NULL };

typedef void (*FieldFunc) (const char *slug, const PvJson *field, gpointer user_data);

static void
each_field_of (const char *slug, const PvJson *container, FieldFunc func, gpointer user_data)
{
  g_autoptr (PvJson) fields = pv_json_get_member (container, "fields");

  assert_non_null (fields);
  for (gsize i = 0; i < pv_json_get_length (fields); i++) {
    g_autoptr (PvJson) field = pv_json_get_item (fields, i);
    g_autoptr (PvJson) schema = pv_json_get_member (field, "schema");

    func (slug, field, user_data);
    if (schema != NULL)
      each_field_of (slug, schema, func, user_data);
  }
}

static void
each_field (FieldFunc func, gpointer user_data)
{
  for (const char *const *slug = pv_demo_site_get_slugs (site); *slug != NULL; slug++)
    each_field_of (*slug, pv_demo_site_find_form (site, *slug), func, user_data);
}

static void
offers_at_least_ten_forms (void **state)
{
  (void) state;
  assert_true (g_strv_length ((char **) pv_demo_site_get_slugs (site)) >= 10);
  assert_non_null (pv_demo_site_find_form (site, "inscription-scolaire"));
  assert_null (pv_demo_site_find_form (site, "nothing"));
}

static void
note_type (const char *slug, const PvJson *field, gpointer user_data)
{
  g_autofree char *type = pv_demo_text (field, "type");

  (void) slug;
  if (!g_strv_contains (types, type))
    fail_msg ("%s: type %s", slug, type);
  g_hash_table_add (user_data, g_steal_pointer (&type));
}

static void
uses_every_type_of_field (void **state)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  (void) state;
  each_field (note_type, seen);
  for (const char *const *type = types; *type != NULL; type++)
    if (!g_hash_table_contains (seen, *type))
      fail_msg ("no form has a field of type %s", *type);
}

static void
note_id (const char *slug, const PvJson *field, gpointer user_data)
{
  g_autofree char *id = pv_demo_text (field, "id");
  g_autofree char *label = pv_demo_text (field, "label");
  g_autofree char *key = g_strconcat (slug, " ", id, NULL);

  if (*id == '\0' || *label == '\0')
    fail_msg ("%s: a field without id or label", slug);
  if (!g_hash_table_add (user_data, g_steal_pointer (&key)))
    fail_msg ("%s: id %s twice", slug, id);
}

static void
gives_each_field_its_own_id (void **state)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  (void) state;
  each_field (note_id, seen);
}

static void
begins_each_form_with_a_page (void **state)
{
  (void) state;
  for (const char *const *slug = pv_demo_site_get_slugs (site); *slug != NULL; slug++) {
    const PvJson *form = pv_demo_site_find_form (site, *slug);
    g_autoptr (PvJson) fields = pv_json_get_member (form, "fields");
    g_autoptr (PvJson) first = pv_json_get_item (fields, 0);
    g_autofree char *type = pv_demo_text (first, "type");
    g_autofree char *description = pv_demo_text (form, "description");
    g_autofree char *id = pv_demo_text (form, "id");

    assert_string_equal (type, "page");
    assert_string_not_equal (description, "");
    assert_string_not_equal (id, "");
  }
}

static void
check_validation (const char *slug, const PvJson *field, gpointer user_data)
{
  g_autoptr (PvJson) validation = pv_json_get_member (field, "validation");
  g_autofree char *type = NULL;
  g_autofree char *value = NULL;

  (void) user_data;
  if (validation == NULL || pv_json_get_length (validation) == 0)
    return;
  type = pv_demo_text (validation, "type");
  value = pv_demo_text (validation, "value");
  if (!g_strv_contains (validations, type))
    fail_msg ("%s: validation %s", slug, type);
  if (g_str_equal (type, "regex")) {
    g_autoptr (GRegex) regex = g_regex_new (value, 0, 0, NULL);

    if (regex == NULL)
      fail_msg ("%s: regex %s", slug, value);
  }
}

static void
names_only_known_validations (void **state)
{
  (void) state;
  each_field (check_validation, NULL);
}

static void
check_source (const char *slug, const PvJson *field, gpointer user_data)
{
  g_autofree char *type = pv_demo_text (field, "type");
  g_autofree char *varname = pv_demo_text (field, "varname");
  g_autoptr (PvJson) items = pv_json_get_member (field, "items");
  g_autoptr (PvJson) options = NULL;

  (void) user_data;
  if (!g_str_equal (type, "item") && !g_str_equal (type, "items"))
    return;
  options = pv_demo_site_get_options (site, field, 0);
  if ((items == NULL) == (options == NULL) || pv_json_get_length (items != NULL ? items : options) < 2)
    fail_msg ("%s: options of %s", slug, varname);
  for (gsize i = 0; options != NULL && i < pv_json_get_length (options); i++) {
    g_autoptr (PvJson) row = pv_json_get_item (options, i);
    g_autofree char *id = pv_demo_text (row, "id");
    g_autofree char *text = pv_demo_text (row, "text");

    if (*id == '\0' || *text == '\0')
      fail_msg ("%s: an option of %s has no id or text", slug, varname);
  }
}

static void
has_options_for_every_choice (void **state)
{
  (void) state;
  each_field (check_source, NULL);
}

static void
note_varname (const char *slug, const PvJson *field, gpointer user_data)
{
  g_autofree char *varname = pv_demo_text (field, "varname");

  if (*varname != '\0')
    g_hash_table_add (user_data, g_strconcat (slug, " ", varname, NULL));
}

static void
check_expression (const char *slug, const PvJson *condition, GHashTable *varnames)
{
  g_autofree char *type = pv_demo_text (condition, "type");
  g_autofree char *value = pv_demo_text (condition, "value");
  g_autoptr (GRegex) names = g_regex_new ("form_var_([a-z0-9_]+)", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  assert_string_equal (type, "django");
  assert_string_not_equal (value, "");
  for (g_regex_match (names, value, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL)) {
    g_autofree char *name = g_match_info_fetch (match, 1);
    g_autofree char *key = g_strconcat (slug, " ", name, NULL);

    if (!g_hash_table_contains (varnames, key))
      fail_msg ("%s: a condition asks for %s", slug, name);
  }
}

static void
check_conditions (const char *slug, const PvJson *field, gpointer user_data)
{
  g_autoptr (PvJson) condition = pv_json_get_member (field, "condition");
  g_autoptr (PvJson) posts = pv_json_get_member (field, "post_conditions");

  if (condition != NULL)
    check_expression (slug, condition, user_data);
  for (gsize i = 0; posts != NULL && i < pv_json_get_length (posts); i++) {
    g_autoptr (PvJson) post = pv_json_get_item (posts, i);
    g_autoptr (PvJson) inner = pv_json_get_member (post, "condition");
    g_autofree char *message = pv_demo_text (post, "error_message");

    assert_non_null (inner);
    check_expression (slug, inner, user_data);
    if (*message == '\0')
      fail_msg ("%s: a check without its sentence", slug);
  }
}

static void
asks_only_for_fields_that_exist (void **state)
{
  g_autoptr (GHashTable) varnames = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  (void) state;
  each_field (note_varname, varnames);
  each_field (check_conditions, varnames);
}

/* Straight apostrophes, ordinary spaces before double signs, and sentences of more than 20 words. */
static void
check_french (const char *slug, const char *text)
{
  g_auto (GStrv) sentences = g_regex_split_simple ("[.?!:;]", text, 0, 0);

  if (strchr (text, '\'') != NULL || g_regex_match_simple (" [?!:;»]|« ", text, 0, 0))
    fail_msg ("%s: typography: %s", slug, text);
  for (char **sentence = sentences; *sentence != NULL; sentence++) {
    g_auto (GStrv) words = g_regex_split_simple ("\\s+", g_strstrip (*sentence), 0, 0);

    if (g_strv_length (words) > 20)
      fail_msg ("%s: a long sentence: %s", slug, *sentence);
  }
}

static void
check_texts (const char *slug, const PvJson *field, gpointer user_data)
{
  static const char *const keys[] = { "label", "hint", "add_element_label", "remove_element_label" };
  g_autofree char *type = pv_demo_text (field, "type");
  g_autofree char *label = pv_demo_text (field, "label");

  (void) user_data;
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autofree char *text = pv_demo_text (field, keys[i]);

    check_french (slug, text);
  }
  if (!g_str_equal (type, "comment") && g_utf8_strlen (label, -1) > 80)
    fail_msg ("%s: a long label: %s", slug, label);
}

static void
speaks_plain_french (void **state)
{
  (void) state;
  each_field (check_texts, NULL);
  for (const char *const *slug = pv_demo_site_get_slugs (site); *slug != NULL; slug++) {
    const PvJson *form = pv_demo_site_find_form (site, *slug);
    g_autofree char *name = pv_demo_text (form, "name");
    g_autofree char *description = pv_demo_text (form, "description");

    check_french (*slug, name);
    check_french (*slug, description);
  }
}

static void
has_forms_with_and_without_a_reference (void **state)
{
  g_autoptr (GHashTable) varnames = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint with = 0, without = 0;

  (void) state;
  each_field (note_varname, varnames);
  for (const char *const *slug = pv_demo_site_get_slugs (site); *slug != NULL; slug++) {
    g_autofree char *key = g_strconcat (*slug, " parvis_ref", NULL);

    if (g_hash_table_contains (varnames, key))
      with++;
    else
      without++;
  }
  assert_true (with >= 5 && without >= 2);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (offers_at_least_ten_forms),
    cmocka_unit_test (uses_every_type_of_field),
    cmocka_unit_test (gives_each_field_its_own_id),
    cmocka_unit_test (begins_each_form_with_a_page),
    cmocka_unit_test (names_only_known_validations),
    cmocka_unit_test (has_options_for_every_choice),
    cmocka_unit_test (asks_only_for_fields_that_exist),
    cmocka_unit_test (speaks_plain_french),
    cmocka_unit_test (has_forms_with_and_without_a_reference),
  };
  g_autoptr (GError) error = NULL;
  int failed;

  tst_init ();
  site = pv_demo_site_load (g_getenv ("PV_DEMO_DATA"), &error);
  if (site == NULL)
    return 1;
  failed = cmocka_run_group_tests (tests, NULL, NULL);
  pv_demo_site_free (site);
  return failed;
}

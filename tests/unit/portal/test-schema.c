/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/publik/schema.h"

#include <string.h>

#include "core/identity.h"
#include "portal/portal.h"
#include "schema-fixture.h"
#include "tst.h"

#define INNER "\"schema\":{\"name\":\"Enfant\",\"fields\":[{\"type\":\"string\",\"id\":\"a1\",\"label\":\"Prénom\"}]}"

/* Every field type of publik-api 2.4: the kind of question, or -1 where the kiosk lacks it. */
static const struct {
  const char *type;
  int kind;
  const char *extra;
} types[] = {
  { "string", PV_QUESTION_TEXT, "" },
  { "text", PV_QUESTION_LONG_TEXT, "\"display_mode\":\"plain\"" },
  { "email", PV_QUESTION_EMAIL, "" },
  { "bool", PV_QUESTION_YES_NO, "" },
  { "numeric", PV_QUESTION_NUMBER, "" },
  { "date", PV_QUESTION_DATE, "" },
  { "file", PV_QUESTION_FILE, "" },
  { "item", PV_QUESTION_CHOICE, "\"items\":[\"A\",\"B\"]" },
  { "items", PV_QUESTION_CHOICES, "\"items\":[\"A\",\"B\"]" },
  { "block", PV_QUESTION_BLOCK, INNER },
  { "comment", PV_QUESTION_INFO, "" },
  { "map", PV_QUESTION_PLACE, "" },
  { "table", PV_QUESTION_BLOCK, "\"rows\":[\"A\"],\"columns\":[\"B\"]" },
  { "tablerows", PV_QUESTION_BLOCK, "\"columns\":[\"B\"],\"total_row\":true" },
  { "table-select", PV_QUESTION_BLOCK, "\"rows\":[\"A\"],\"columns\":[\"B\"],\"items\":[\"C\",\"D\"]" },
  { "ranked-items", -1, "\"items\":[\"A\"]" },
  { "time-range", -1, "" },
  { "password", -1, "" },
};

static char *
make_field (gsize index, const char *required)
{
  return g_strdup_printf ("{\"type\":\"%s\",\"id\":\"5\",\"label\":\"L\",\"varname\":\"x\",\"required\":%s%s%s}",
                          types[index].type, required, *types[index].extra != '\0' ? "," : "", types[index].extra);
}

static void
each_type_of_field_is_mapped_or_refused (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++) {
    g_autofree char *optional = make_field (i, "\"optional\"");
    g_autofree char *required = make_field (i, "\"required\"");
    g_autoptr (PvProcedure) with_optional = schema_read_fields (optional, NULL);
    g_autoptr (PvProcedure) with_required = schema_read_fields (required, NULL);

    schema_assert_fillable (with_optional, TRUE, types[i].type);
    schema_assert_fillable (with_required, types[i].kind >= 0, types[i].type);
    if (types[i].kind >= 0) {
      assert_int_equal (schema_get_question (with_optional, "5")->kind, types[i].kind);
      assert_false (schema_get_question (with_optional, "5")->flags & PV_QUESTION_REQUIRED);
    } else {
      /* Left out, and the reason names the field. */
      assert_null (pv_procedure_find_question (with_optional, "5"));
      assert_non_null (strstr (with_required->unfillable_reason, "field 5"));
      assert_non_null (strstr (with_required->unfillable_reason, types[i].type));
      assert_int_equal (with_required->pages->len, 0);
    }
  }
}

/* An option of the form that the kiosk cannot honour; each refuses the whole form. */
static void
what_cannot_be_asked_exactly_is_refused (void **state)
{
  static const char *const fields[] = {
    "{\"type\":\"hologram\",\"id\":\"5\",\"required\":\"optional\"}",
    "{\"type\":\"string\",\"label\":\"without id\"}",
    "{\"type\":\"string\",\"id\":\"5/6\",\"label\":\"x\"}",
    "{\"type\":\"string\",\"id\":\"5\",\"label\":\"x\"},{\"type\":\"email\",\"id\":\"5\",\"label\":\"x\"}",
    "{\"type\":\"string\",\"id\":\"5\",\"label\":\"x\"},{\"type\":\"email\",\"id\":\"5\",\"label\":\"x\"}",
    "{\"type\":\"string\",\"id\":\"5\",\"label\":\"Bonjour {{ form_var_z }}\"}",
    "{\"type\":\"text\",\"id\":\"5\",\"label\":\"x\",\"display_mode\":\"rich\"}",
    "{\"type\":\"string\",\"id\":\"5\",\"label\":\"x\",\"validation\":{\"type\":\"hologram\"}}",
    "{\"type\":\"string\",\"id\":\"5\",\"label\":\"x\",\"validation\":{\"type\":\"regex\",\"value\":\"[\"}}",
    "{\"type\":\"string\",\"id\":\"5\",\"label\":\"x\",\"validation\":{\"type\":\"django\",\"value\":\"cards|objects\"}"
    "}",
    "{\"type\":\"string\",\"id\":\"5\",\"label\":\"x\",\"condition\":{\"type\":\"python\",\"value\":\"1\"}}",
    "{\"type\":\"tablerows\",\"id\":\"6\",\"label\":\"x\",\"varname\":\"t\",\"columns\":[\"A\"]},"
    "{\"type\":\"string\",\"id\":\"5\",\"label\":\"x\",\"condition\":{\"type\":\"django\",\"value\":\"form_var_t\"}}",
    "{\"type\":\"string\",\"id\":\"5\",\"label\":\"x\",\"condition\":{\"type\":\"django\",\"value\":\"form_objects."
    "count\"}}",
    "{\"type\":\"string\",\"id\":\"5\",\"label\":\"x\",\"condition\":{\"type\":\"django\",\"value\":\"form_option_a\"}"
    "}",
    "{\"type\":\"string\",\"id\":\"5\",\"label\":\"x\",\"condition\":{\"type\":\"django\",\"value\":\"form_var_z_live_"
    "var_y\"}}",
    "{\"type\":\"string\",\"id\":\"5\",\"label\":\"x\",\"condition\":{\"type\":\"django\",\"value\":\"== and\"}}",
    "{\"type\":\"computed\",\"id\":\"5\",\"label\":\"x\",\"varname\":\"c\",\"value_template\":\"1\"},"
    "{\"type\":\"string\",\"id\":\"6\",\"label\":\"x\",\"condition\":{\"type\":\"django\",\"value\":\"form_var_c == "
    "1\"}}",
    "{\"type\":\"map\",\"id\":\"5\",\"label\":\"x\",\"varname\":\"c\",\"required\":\"optional\"},"
    "{\"type\":\"string\",\"id\":\"6\",\"label\":\"x\",\"condition\":{\"type\":\"django\",\"value\":\"form_var_c\"}}",
    "{\"type\":\"item\",\"id\":\"5\",\"label\":\"x\",\"items\":[]}",
    "{\"type\":\"item\",\"id\":\"5\",\"label\":\"x\",\"data_source\":{\"type\":\"foobar\"}}",
    "{\"type\":\"item\",\"id\":\"5\",\"label\":\"x\",\"data_source\":{\"type\":\"json\",\"value\":\"https://"
    "example.org/\"}}",
    "{\"type\":\"item\",\"id\":\"5\",\"label\":\"x\",\"data_source\":{\"type\":\"jsonp\",\"value\":\"https://"
    "example.org/\"}}",
    "{\"type\":\"item\",\"id\":\"5\",\"label\":\"x\",\"data_source\":{\"type\":\"jsonvalue\",\"value\":\"{{ x }}\"}}",
    "{\"type\":\"item\",\"id\":\"5\",\"label\":\"x\",\"data_source\":{\"type\":\"carddef:a:_mine\"}}",
    "{\"type\":\"file\",\"id\":\"5\",\"label\":\"x\",\"document_type\":{\"mimetypes\":[\"video/mp4\"]}}",
    "{\"type\":\"file\",\"id\":\"5\",\"label\":\"x\",\"max_file_size\":\"many\"}",
    "{\"type\":\"numeric\",\"id\":\"5\",\"label\":\"x\",\"max_value\":\"{{ form_var_z }}\"}",
    "{\"type\":\"date\",\"id\":\"5\",\"label\":\"x\",\"minimum_date\":\"tomorrow\"}",
    "{\"type\":\"string\",\"id\":\"5\",\"label\":\"x\",\"prefill\":{\"type\":\"string\",\"value\":\"{% now "
    "%}\",\"locked\":true}}",
    "{\"type\":\"block\",\"id\":\"5\",\"label\":\"x\"}",
    "{\"type\":\"block\",\"id\":\"5\",\"label\":\"x\",\"schema\":{\"fields\":[]}}",
    "{\"type\":\"block\",\"id\":\"5\",\"label\":\"x\",\"max_items\":\"{{ 3 }}\"," INNER "}",
    "{\"type\":\"block\",\"id\":\"5\",\"label\":\"x\",\"schema\":{\"fields\":[{\"type\":\"block\",\"id\":\"6\"}]}}",
    "{\"type\":\"page\",\"id\":\"5\",\"label\":\"x\",\"post_conditions\":[{\"condition\":{\"type\":\"django\","
    "\"value\":\"form_var_z\"},\"error_message\":\"{{ x }}\"}]}",
    "17",
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
    g_autoptr (PvProcedure) procedure = schema_read_fields (fields[i], NULL);

    schema_assert_fillable (procedure, FALSE, fields[i]);
    assert_non_null (procedure->unfillable_reason);
    assert_int_not_equal (procedure->beyond, PV_BEYOND_NOTHING);
  }
}

/* What the administrator reads in English, the citizen is told in a sentence of core: by the first reason. */
static void
the_citizen_is_told_the_same_reason (void **state)
{
  static const struct {
    const char *text;
    PvBeyond beyond;
  } rows[] = {
    { "{\"name\":\"x\",\"fields\":[{\"type\":\"email\",\"id\":\"1\",\"label\":\"x\"}]}", PV_BEYOND_NOTHING },
    { "{\"name\":\"x\",\"fields\":[],\"has_captcha\":true}", PV_BEYOND_CAPTCHA },
    { "{\"name\":\"x\",\"fields\":[],\"required_authentication_contexts\":[\"franceconnect\"]}", PV_BEYOND_LOGIN },
    { "{\"name\":\"x\",\"fields\":[{\"type\":\"time-range\",\"id\":\"1\",\"label\":\"x\",\"required\":\"required\"}]}",
      PV_BEYOND_QUESTION },
    { "{\"name\":\"x\",\"fields\":[{\"type\":\"email\",\"id\":\"1\",\"label\":\"x\",\"condition\":{\"type\":\"django\","
      "\"value\":\"form_objects.count\"}}]}",
      PV_BEYOND_QUESTION },
    { "{\"name\":\"x\",\"fields\":[{\"type\":\"item\",\"id\":\"1\",\"label\":\"x\",\"data_source\":{\"type\":"
      "\"foobar\"}}]}",
      PV_BEYOND_OPTIONS },
    { "{\"name\":\"x\",\"fields\":[{\"type\":\"file\",\"id\":\"1\",\"label\":\"x\",\"document_type\":{\"mimetypes\":["
      "\"video/mp4\"]}}]}",
      PV_BEYOND_DOCUMENT },
    { "{\"name\":\"x\",\"has_captcha\":true,\"fields\":[{\"type\":\"hologram\",\"id\":\"1\"}]}", PV_BEYOND_CAPTCHA },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvProcedure) procedure = schema_read_text (rows[i].text, NULL);

    if (procedure->beyond != rows[i].beyond)
      fail_msg ("row %zu: %d, %s", i, (int) procedure->beyond, procedure->unfillable_reason);
  }
}

static void
a_draft_lives_as_long_as_the_form_says (void **state)
{
  static const struct {
    const char *lifespan;
    guint days;
  } rows[] = { { "\"30\"", 30 }, { "30", 30 }, { "null", 0 }, { "\"{{ x }}\"", 0 }, { "\"99999\"", 3650 } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = g_strdup_printf ("{\"name\":\"x\",\"fields\":[],\"drafts_lifespan\":%s}", rows[i].lifespan);
    g_autoptr (PvProcedure) procedure = schema_read_text (text, NULL);

    assert_int_equal (procedure->draft_days, rows[i].days);
  }
}

static void
required_is_said_in_four_ways (void **state)
{
  static const struct {
    const char *spelling;
    gboolean expected;
  } table[] = { { "true", TRUE },   { "\"required\"", TRUE },  { "\"frontoffice\"", TRUE },
                { "false", FALSE }, { "\"optional\"", FALSE }, { "null", TRUE } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *field = make_field (0, table[i].spelling);
    g_autoptr (PvProcedure) procedure = schema_read_fields (field, NULL);

    assert_int_equal ((schema_get_question (procedure, "5")->flags & PV_QUESTION_REQUIRED) != 0, table[i].expected);
  }
}

static void
a_box_that_must_be_ticked_is_a_statement (void **state)
{
  g_autoptr (PvProcedure) procedure =
    schema_read_fields ("{\"type\":\"bool\",\"id\":\"5\",\"label\":\"<b>J’atteste</b>\",\"required\":\"required\"},"
                        "{\"type\":\"block\",\"id\":\"6\",\"label\":\"B\",\"schema\":{\"fields\":["
                        "{\"type\":\"bool\",\"id\":\"a\",\"label\":\"x\",\"required\":true}]}}",
                        NULL);

  (void) state;
  assert_int_equal (schema_get_question (procedure, "5")->kind, PV_QUESTION_STATEMENT);
  assert_string_equal (schema_get_question (procedure, "5")->label, "J’atteste");
  assert_int_equal (schema_get_question (procedure, "6:a")->kind, PV_QUESTION_YES_NO);
  assert_non_null (schema_get_question (procedure, "6:a")->check);
}

static void
the_field_of_the_reference_is_hidden_and_unconditional (void **state)
{
  g_autoptr (PvProcedure) procedure = schema_read_fields (
    "{\"type\":\"string\",\"id\":\"5\",\"label\":\"Réf\",\"varname\":\"parvis_ref\",\"required\":\"required\","
    "\"condition\":{\"type\":\"django\",\"value\":\"is_in_backoffice\"}}",
    NULL);
  const PvQuestion *question = pv_procedure_find_ref (procedure);

  (void) state;
  assert_non_null (question);
  assert_true (question->flags & PV_QUESTION_HIDDEN);
  assert_false (question->flags & PV_QUESTION_REQUIRED);
  assert_null (question->condition);
}

static void
validations_become_formats_patterns_and_checks (void **state)
{
  g_autoptr (PvProcedure) procedure = schema_read_fields (
    "{\"type\":\"string\",\"id\":\"1\",\"label\":\"x\",\"validation\":{\"type\":\"zipcode-fr\"},\"maxlength\":\"5\"},"
    "{\"type\":\"string\",\"id\":\"2\",\"label\":\"x\",\"validation\":{\"type\":\"regex\",\"value\":\"[A-Z]{2}\\\\d{4}"
    "\","
    "\"error_message\":\"Deux lettres, quatre chiffres.\"}},"
    "{\"type\":\"string\",\"id\":\"3\",\"label\":\"x\",\"validation\":{\"type\":\"django\",\"value\":\"value|decimal "
    ">= 1900\"}},"
    "{\"type\":\"string\",\"id\":\"4\",\"label\":\"x\",\"validation\":{\"type\":\"phone-fr\"}},"
    "{\"type\":\"string\",\"id\":\"5\",\"label\":\"x\",\"validation\":{\"type\":\"iban\"}}",
    NULL);

  (void) state;
  assert_int_equal (schema_get_question (procedure, "1")->format, PV_FORMAT_POSTCODE_FR);
  assert_int_equal (schema_get_question (procedure, "1")->max_chars, 5);
  assert_string_equal (schema_get_question (procedure, "2")->pattern, "[A-Z]{2}\\d{4}");
  assert_string_equal (schema_get_question (procedure, "2")->error_text, "Deux lettres, quatre chiffres.");
  assert_string_equal (pv_expression_get_text (schema_get_question (procedure, "3")->check), "value|decimal >= 1900");
  assert_int_equal (schema_get_question (procedure, "4")->kind, PV_QUESTION_PHONE);
  assert_int_equal (schema_get_question (procedure, "5")->assist, PV_ASSIST_HIDDEN);
}

static void
bounds_of_numbers_dates_and_files_are_kept (void **state)
{
  g_autoptr (PvProcedure) procedure = schema_read_fields (
    "{\"type\":\"numeric\",\"id\":\"1\",\"label\":\"x\",\"min_value\":1,\"max_value\":\"5\"},"
    "{\"type\":\"numeric\",\"id\":\"2\",\"label\":\"x\",\"restrict_to_integers\":false,\"max_value\":\"9,5\"},"
    "{\"type\":\"date\",\"id\":\"3\",\"label\":\"x\",\"minimum_date\":\"1900-01-01\",\"maximum_date\":\"31/12/2030\","
    "\"date_in_the_past\":true,\"date_can_be_today\":true},"
    "{\"type\":\"date\",\"id\":\"4\",\"label\":\"x\",\"minimum_date\":\"{{ today|add_days:15 }}\"},"
    "{\"type\":\"file\",\"id\":\"5\",\"label\":\"x\",\"max_file_size\":\"3Mo\","
    "\"document_type\":{\"mimetypes\":[\"image/*, application/pdf\"]}},"
    "{\"type\":\"items\",\"id\":\"6\",\"label\":\"x\",\"items\":[\"a\",\"b\"],\"min_choices\":1,\"max_choices\":\"2\"},"
    "{\"type\":\"file\",\"id\":\"7\",\"label\":\"x\",\"max_file_size\":\"2 Mio\"}",
    NULL);

  (void) state;
  assert_string_equal (schema_get_question (procedure, "1")->min, "1");
  assert_string_equal (schema_get_question (procedure, "1")->max, "5");
  assert_true (schema_get_question (procedure, "1")->flags & PV_QUESTION_INTEGER);
  assert_string_equal (schema_get_question (procedure, "2")->max, "9.5");
  assert_false (schema_get_question (procedure, "2")->flags & PV_QUESTION_INTEGER);
  assert_string_equal (schema_get_question (procedure, "3")->min, "1900-01-01");
  assert_string_equal (schema_get_question (procedure, "3")->max, "2030-12-31");
  assert_true (schema_get_question (procedure, "3")->flags & PV_QUESTION_PAST_ONLY);
  assert_true (schema_get_question (procedure, "3")->flags & PV_QUESTION_TODAY_TOO);
  assert_null (schema_get_question (procedure, "4")->min);
  assert_string_equal (pv_expression_get_text (schema_get_question (procedure, "4")->check),
                       "value|date >= today|add_days:15");
  assert_int_equal (schema_get_question (procedure, "5")->max_bytes, 3000000);
  assert_string_equal (schema_get_question (procedure, "5")->mime_types[1], "application/pdf");
  assert_int_equal (schema_get_question (procedure, "6")->min_choices, 1);
  assert_int_equal (schema_get_question (procedure, "6")->max_choices, 2);
  assert_int_equal (schema_get_question (procedure, "7")->max_bytes, 2 * 1024 * 1024);
}

static void
options_are_read_or_their_source_is_named (void **state)
{
  g_autoptr (GHashTable) sources = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (PvProcedure) procedure = NULL;
  const PvOption *option;

  (void) state;
  g_hash_table_insert (sources, (gpointer) "chrono_ds_agenda_x", (gpointer) "agenda:mairie/cni");
  g_hash_table_insert (sources, (gpointer) "acte/quartier", (gpointer) "cards:quartiers");
  g_hash_table_insert (sources, (gpointer) "autre/quartier", (gpointer) "cards:autres");
  procedure = schema_read_fields (
    "{\"type\":\"item\",\"id\":\"1\",\"label\":\"x\",\"items\":[\"Naissance\",\"\"],\"data_source\":{}},"
    "{\"type\":\"item\",\"id\":\"2\",\"label\":\"x\",\"data_source\":{\"type\":\"jsonvalue\","
    "\"value\":\"[{\\\"id\\\":\\\"fr\\\",\\\"text\\\":\\\"France\\\",\\\"zone\\\":1},{\\\"id\\\":\\\"\\\",\\\"text\\\":"
    "\\\"x\\\"}]\"}},"
    "{\"type\":\"item\",\"id\":\"3\",\"label\":\"x\",\"data_source\":{\"type\":\"carddef:ecoles:nord\"}},"
    "{\"type\":\"item\",\"id\":\"4\",\"label\":\"x\",\"data_source\":{\"type\":\"chrono_ds_agenda_x\"}},"
    "{\"type\":\"item\",\"id\":\"5\",\"label\":\"x\",\"varname\":\"quartier\",\"data_source\":{\"type\":\"foobar\"}}",
    sources);
  schema_assert_fillable (procedure, TRUE, "options");
  assert_int_equal (schema_get_question (procedure, "1")->options->len, 1);
  option = g_ptr_array_index (schema_get_question (procedure, "1")->options, 0);
  assert_string_equal (option->id, "Naissance");
  assert_int_equal (schema_get_question (procedure, "2")->options->len, 1);
  option = g_ptr_array_index (schema_get_question (procedure, "2")->options, 0);
  assert_string_equal (option->id, "fr");
  assert_string_equal (option->label, "France");
  assert_string_equal (option->attributes[0], "zone");
  assert_string_equal (option->attributes[1], "1");
  assert_string_equal (schema_get_question (procedure, "3")->option_source, "cards:ecoles/nord");
  assert_string_equal (schema_get_question (procedure, "4")->option_source, "agenda:mairie/cni");
  assert_string_equal (schema_get_question (procedure, "5")->option_source, "cards:quartiers");
}

/* As an administrator sees it: page, field, what is wrong, and which source nobody has named. */
static void
a_survey_tells_every_reason_and_keeps_the_pages (void **state)
{
  static const char text[] = "{\"name\":\"Acte\",\"has_captcha\":true,\"fields\":["
                             "{\"type\":\"page\",\"id\":\"1\",\"label\":\"Vous\"},"
                             "{\"type\":\"email\",\"id\":\"2\",\"label\":\"Courriel\",\"varname\":\"courriel\"},"
                             "{\"type\":\"page\",\"id\":\"3\",\"label\":\"Le jour\"},"
                             "{\"type\":\"item\",\"id\":\"4\",\"label\":\"Créneau\",\"varname\":\"rdv\",\"data_"
                             "source\":{\"type\":\"chrono_x\"}},"
                             "{\"type\":\"password\",\"id\":\"5\",\"label\":\"<b>Code</b>\"}]}";
  g_autoptr (PvJson) json = pv_json_parse (text, strlen (text), NULL);
  g_autoptr (PvPortalSurvey) survey = pv_publik_survey_schema (json, "acte", NULL, NULL);
  const PvPortalFault *captcha, *source, *password;

  (void) state;
  assert_non_null (survey);
  assert_int_equal (survey->faults->len, 3);
  captcha = survey->faults->pdata[0];
  source = survey->faults->pdata[1];
  password = survey->faults->pdata[2];
  assert_null (captcha->field);
  assert_string_equal (captcha->reason, survey->procedure->unfillable_reason);
  assert_string_equal (source->page, "Le jour");
  assert_string_equal (source->field, "4");
  assert_string_equal (source->name, "rdv");
  assert_string_equal (source->source, "chrono_x");
  assert_string_equal (password->label, "Code");
  assert_string_equal (password->type, "password");
  assert_null (password->source);
  assert_int_equal (survey->procedure->pages->len, 2);
  assert_non_null (pv_procedure_find_question (survey->procedure, "2"));
}

static void
a_shared_varname_makes_the_values_travel_by_id (void **state)
{
  g_autoptr (PvProcedure) procedure =
    schema_read_fields ("{\"type\":\"string\",\"id\":\"5\",\"label\":\"x\",\"varname\":\"nom\"},"
                        "{\"type\":\"string\",\"id\":\"6\",\"label\":\"x\",\"varname\":\"nom\"},"
                        "{\"type\":\"string\",\"id\":\"7\",\"label\":\"x\",\"varname\":\"seul\"}",
                        NULL);

  (void) state;
  assert_string_equal (schema_get_question (procedure, "#5")->name, "nom");
  assert_string_equal (schema_get_question (procedure, "#6")->name, "nom");
  assert_non_null (schema_get_question (procedure, "7"));
}

static void
pages_keep_conditions_and_messages (void **state)
{
  g_autoptr (PvProcedure) procedure = schema_read_fields (
    "{\"type\":\"page\",\"id\":\"p2\",\"label\":\"Suite\",\"condition\":{\"type\":\"django\",\"value\":"
    "\"form_var_z == \\\"a\\\"\"},"
    "\"post_conditions\":[{\"condition\":{\"type\":\"django\",\"value\":\"form_var_age|integer >= 16\"},"
    "\"error_message\":\"<p>Il faut avoir 16 ans.</p>\"},{\"condition\":{},\"error_message\":\"x\"}]},"
    "{\"type\":\"string\",\"id\":\"5\",\"label\":\"x\",\"varname\":\"age\",\"condition\":{\"type\":"
    "\"django\",\"value\":\"\"}}",
    NULL);
  const PvPage *page;

  (void) state;
  schema_assert_fillable (procedure, TRUE, "pages");
  assert_int_equal (procedure->pages->len, 2);
  page = g_ptr_array_index (procedure->pages, 1);
  assert_string_equal (page->label, "Suite");
  assert_string_equal (pv_expression_get_text (page->condition), "form_var_z == \"a\"");
  assert_int_equal (page->post_conditions->len, 1);
  assert_string_equal (((PvPostCondition *) g_ptr_array_index (page->post_conditions, 0))->message,
                       "Il faut avoir 16 ans.");
  assert_null (schema_get_question (procedure, "5")->condition);
}

static void
prefills_are_taken_when_they_can_be_computed (void **state)
{
  g_autoptr (PvProcedure) procedure = schema_read_fields (
    "{\"type\":\"string\",\"id\":\"1\",\"label\":\"x\",\"prefill\":{\"type\":\"string\",\"value\":\"Montclair\","
    "\"locked\":true}},"
    "{\"type\":\"string\",\"id\":\"2\",\"label\":\"x\",\"prefill\":{\"type\":\"string\",\"value\":\"{{ form_var_z "
    "}}\"}},"
    "{\"type\":\"string\",\"id\":\"3\",\"label\":\"x\",\"prefill\":{\"type\":\"string\",\"value\":\"{% if x %}\"}},"
    "{\"type\":\"string\",\"id\":\"4\",\"label\":\"x\",\"prefill\":{\"type\":\"user\",\"value\":\"email\",\"locked\":"
    "true}},"
    "{\"type\":\"string\",\"id\":\"5\",\"label\":\"x\",\"prefill\":{}}",
    NULL);

  (void) state;
  schema_assert_fillable (procedure, TRUE, "prefills");
  assert_string_equal (schema_get_question (procedure, "1")->prefill, "Montclair");
  assert_true (schema_get_question (procedure, "1")->flags & PV_QUESTION_LOCKED);
  assert_string_equal (schema_get_question (procedure, "2")->prefill, "{{ form_var_z }}");
  assert_null (schema_get_question (procedure, "3")->prefill);
  assert_null (schema_get_question (procedure, "4")->prefill);
  assert_false (schema_get_question (procedure, "4")->flags & PV_QUESTION_LOCKED);
}

/* An account's field says whose the question is: of the person who files, who is the one with the document. */
static void
a_profile_field_tells_what_the_document_answers (void **state)
{
  static const struct {
    const char *type, *value;
    int field; /* -1: none */
  } cases[] = {
    { "string", "last_name", PV_IDENTITY_SURNAME },
    { "string", "first_name", PV_IDENTITY_GIVEN_NAMES },
    { "date", "birthdate", PV_IDENTITY_BIRTH_DATE },
    { "string", "birthplace", PV_IDENTITY_BIRTH_PLACE },
    { "string", "nom_usage", PV_IDENTITY_USED_SURNAME },
    { "string", "email", -1 },
    { "string", "loisirs", -1 },
    { "date", "last_name", -1 },
    { "email", "last_name", -1 },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *field = g_strdup_printf ("{\"type\":\"%s\",\"id\":\"1\",\"label\":\"x\",\"prefill\":{\"type\":"
                                              "\"user\",\"value\":\"%s\"}}",
                                              cases[i].type, cases[i].value);
    g_autoptr (PvProcedure) procedure = schema_read_fields (field, NULL);

    schema_assert_fillable (procedure, TRUE, cases[i].value);
    assert_int_equal (schema_get_question (procedure, "1")->identity, cases[i].field + 1);
  }
}

static void
the_envelope_names_form_version_and_words (void **state)
{
  static const char *const text =
    "{\"name\":\"<i>Acte</i>\",\"id\":18,\"description\":\"<p>Une copie.</p>\",\"keywords\":\"naissance, décès,\","
    "\"enable_tracking_codes\":true,\"fields\":[{\"type\":\"string\",\"id\":\"1\",\"label\":\"x\"}]}";
  g_autoptr (PvProcedure) procedure = schema_read_text (text, NULL);
  g_autoptr (PvProcedure) other = schema_read_fields ("", NULL);

  (void) state;
  assert_string_equal (procedure->title, "Acte");
  assert_string_equal (procedure->form_id, "18");
  assert_string_equal (procedure->description, "Une copie.");
  assert_string_equal (procedure->keywords[1], "décès");
  assert_null (procedure->keywords[2]);
  assert_true (procedure->has_tracking_code);
  assert_int_equal (strlen (procedure->version), 16);
  assert_string_not_equal (procedure->version, other->version);
  /* A form without a page has one all the same. */
  assert_int_equal (procedure->pages->len, 1);
  assert_string_equal (((PvPage *) g_ptr_array_index (procedure->pages, 0))->label, "Acte");
}

static void
what_is_no_open_form_is_an_error (void **state)
{
  static const struct {
    const char *text;
    int code;
  } table[] = {
    { "[]", PV_PORTAL_ERROR_BAD_ANSWER },
    { "{}", PV_PORTAL_ERROR_BAD_ANSWER },
    { "{\"name\":\"x\"}", PV_PORTAL_ERROR_BAD_ANSWER },
    { "{\"name\":\"x\",\"fields\":{}}", PV_PORTAL_ERROR_BAD_ANSWER },
    { "{\"name\":\"\",\"fields\":[]}", PV_PORTAL_ERROR_BAD_ANSWER },
    { "{\"name\":\"x\",\"fields\":[],\"disabled\":true}", PV_PORTAL_ERROR_GONE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (PvJson) json = pv_json_parse (table[i].text, strlen (table[i].text), NULL);
    g_autoptr (GError) error = NULL;

    assert_null (pv_publik_read_schema (json, "acte", NULL, &error));
    assert_true (g_error_matches (error, PV_PORTAL_ERROR, table[i].code));
  }
}

static void
limits_hold (void **state)
{
  g_autoptr (GString) many = g_string_new ("{\"type\":\"page\",\"id\":\"q\"}");
  g_autoptr (GString) pages = g_string_new ("{\"type\":\"page\",\"id\":\"q\"}");
  g_autoptr (PvProcedure) with_many = NULL;
  g_autoptr (PvProcedure) with_pages = NULL;

  (void) state;
  for (guint i = 0; i < PV_PROCEDURE_MAX_QUESTIONS; i++)
    g_string_append_printf (many, ",{\"type\":\"email\",\"id\":\"%u\",\"label\":\"x\"}", i);
  for (guint i = 0; i < PV_PROCEDURE_MAX_PAGES; i++)
    g_string_append_printf (pages, ",{\"type\":\"page\",\"id\":\"%u\",\"label\":\"x\"}", i);
  with_many = schema_read_fields (many->str, NULL);
  with_pages = schema_read_fields (pages->str, NULL);
  schema_assert_fillable (with_many, FALSE, "questions");
  schema_assert_fillable (with_pages, FALSE, "pages");
}

/* What goes over the wire afterwards is taken there: the driver keeps the limits of core. */
static void
a_procedure_survives_the_wire (void **state)
{
  g_autoptr (GString) fields = g_string_new (NULL);
  g_autoptr (PvProcedure) procedure = NULL;
  g_autoptr (PvProcedure) copy = NULL;
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GError) error = NULL;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].kind >= 0)
      g_string_append_printf (fields, "%s{\"type\":\"%s\",\"id\":\"%u\",\"label\":\"L\",\"varname\":\"x%u\"%s%s}",
                              i > 0 ? "," : "", types[i].type, (guint) i, (guint) i, *types[i].extra != '\0' ? "," : "",
                              types[i].extra);
  procedure = schema_read_fields (fields->str, NULL);
  schema_assert_fillable (procedure, TRUE, "all");
  variant = g_variant_ref_sink (pv_procedure_to_variant (procedure));
  copy = pv_procedure_from_variant (variant, &error);
  assert_null (error);
  assert_string_equal (copy->version, procedure->version);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_type_of_field_is_mapped_or_refused),
    cmocka_unit_test (what_cannot_be_asked_exactly_is_refused),
    cmocka_unit_test (the_citizen_is_told_the_same_reason),
    cmocka_unit_test (a_draft_lives_as_long_as_the_form_says),
    cmocka_unit_test (required_is_said_in_four_ways),
    cmocka_unit_test (a_box_that_must_be_ticked_is_a_statement),
    cmocka_unit_test (the_field_of_the_reference_is_hidden_and_unconditional),
    cmocka_unit_test (validations_become_formats_patterns_and_checks),
    cmocka_unit_test (bounds_of_numbers_dates_and_files_are_kept),
    cmocka_unit_test (options_are_read_or_their_source_is_named),
    cmocka_unit_test (a_survey_tells_every_reason_and_keeps_the_pages),
    cmocka_unit_test (a_shared_varname_makes_the_values_travel_by_id),
    cmocka_unit_test (pages_keep_conditions_and_messages),
    cmocka_unit_test (prefills_are_taken_when_they_can_be_computed),
    cmocka_unit_test (a_profile_field_tells_what_the_document_answers),
    cmocka_unit_test (the_envelope_names_form_version_and_words),
    cmocka_unit_test (what_is_no_open_form_is_an_error),
    cmocka_unit_test (limits_hold),
    cmocka_unit_test (a_procedure_survives_the_wire),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands together on a form: the rows of a block or a table, the parts of a name and of an address. */

#include <string.h>

#include "schema-fixture.h"
#include "tst.h"

#define INNER "\"schema\":{\"name\":\"Enfant\",\"fields\":[{\"type\":\"string\",\"id\":\"a1\",\"label\":\"Prénom\"}]}"

static void
blocks_have_rows_and_inner_ids_of_their_own (void **state)
{
  g_autoptr (PvProcedure) procedure = schema_read_fields (
    "{\"type\":\"block\",\"id\":\"5\",\"label\":\"Enfants\",\"varname\":\"enfants\",\"max_items\":\"6\","
    "\"required\":\"required\",\"add_element_label\":\"Ajouter un enfant\"," INNER "},"
    "{\"type\":\"block\",\"id\":\"6\",\"label\":\"Autres\",\"max_items\":\"99\",\"required\":\"optional\"," INNER "}",
    NULL);
  const PvQuestion *block = schema_get_question (procedure, "5");

  (void) state;
  assert_int_equal (block->min_rows, 1);
  assert_int_equal (block->max_rows, 6);
  assert_string_equal (block->add_label, "Ajouter un enfant");
  assert_string_equal (block->row_label, "Enfant");
  assert_string_equal (schema_get_question (procedure, "5:a1")->label, "Prénom");
  assert_int_equal (schema_get_question (procedure, "6")->min_rows, 0);
  assert_int_equal (schema_get_question (procedure, "6")->max_rows, PV_PROCEDURE_MAX_ROWS);
  assert_non_null (schema_get_question (procedure, "6:a1"));
}

static void
a_block_that_must_be_there_begins_with_as_many_rows_as_the_web_form (void **state)
{
  g_autoptr (PvProcedure) procedure =
    schema_read_fields ("{\"type\":\"block\",\"id\":\"5\",\"label\":\"Parents\",\"max_items\":\"3\","
                        "\"default_items_count\":\"2\",\"required\":\"required\"," INNER "},"
                        "{\"type\":\"block\",\"id\":\"6\",\"label\":\"Autres\",\"max_items\":\"3\","
                        "\"default_items_count\":\"2\",\"required\":\"optional\"," INNER "}",
                        NULL);

  (void) state;
  assert_int_equal (schema_get_question (procedure, "5")->first_rows, 2);
  assert_int_equal (schema_get_question (procedure, "5")->min_rows, 1);
  /* There they may be left blank; here nobody is asked before they want to. */
  assert_int_equal (schema_get_question (procedure, "6")->first_rows, 0);
}

static void
a_table_is_a_block_of_its_columns (void **state)
{
  g_autoptr (PvProcedure) procedure = schema_read_fields (
    "{\"type\":\"table\",\"id\":\"5\",\"label\":\"Adhérents\",\"varname\":\"adherents\",\"required\":\"optional\","
    "\"rows\":[\"Jeunes\",\"Adultes\"],\"columns\":[\"A\",\"B\",\"C\",\"D\",\"Votre IBAN\"]},"
    "{\"type\":\"tablerows\",\"id\":\"6\",\"label\":\"Budget\",\"required\":\"required\",\"columns\":[\"Dépense\"]},"
    "{\"type\":\"table-select\",\"id\":\"7\",\"label\":\"Salles\",\"required\":\"required\",\"rows\":[\"Gymnase\"],"
    "\"columns\":[\"Lundi\",\"Mardi\"],\"items\":[\"Jamais\",\"Souvent\"]}",
    NULL);
  const PvQuestion *fixed = schema_get_question (procedure, "5"), *free_lines = schema_get_question (procedure, "6"),
                   *chosen = schema_get_question (procedure, "7");

  (void) state;
  schema_assert_fillable (procedure, TRUE, "tables");
  assert_true (fixed->flags & PV_QUESTION_TABLE);
  assert_int_equal (fixed->min_rows, 2);
  assert_int_equal (fixed->max_rows, 2);
  assert_string_equal (fixed->row_labels[1], "Adultes");
  assert_int_equal (fixed->questions->len, 5);
  assert_string_equal (schema_get_question (procedure, "5:1")->label, "A");
  assert_false (schema_get_question (procedure, "5:1")->flags & PV_QUESTION_REQUIRED);
  /* Four on a screen, and the fifth on the next one. */
  assert_string_equal (schema_get_question (procedure, "5:1")->group, schema_get_question (procedure, "5:4")->group);
  assert_string_not_equal (schema_get_question (procedure, "5:1")->group,
                           schema_get_question (procedure, "5:5")->group);
  assert_int_equal (schema_get_question (procedure, "5:1")->assist, PV_ASSIST_TYPING);
  assert_int_equal (schema_get_question (procedure, "5:5")->assist, PV_ASSIST_HIDDEN);
  assert_null (free_lines->row_labels);
  assert_int_equal (free_lines->min_rows, 1);
  assert_int_equal (free_lines->max_rows, PV_PROCEDURE_MAX_ROWS);
  assert_int_equal (schema_get_question (procedure, "7:2")->kind, PV_QUESTION_CHOICE);
  assert_string_equal (((PvOption *) g_ptr_array_index (schema_get_question (procedure, "7:2")->options, 1))->id,
                       "Souvent");
  assert_null (schema_get_question (procedure, "7:2")->group);
  assert_int_equal (chosen->max_rows, 1);
}

/* Left out where a person may leave it empty; else the whole form is beyond the kiosk, with the reason. */
static void
a_table_beyond_the_kiosk_is_left_out_or_refused (void **state)
{
  static const struct {
    const char *members, *reason;
  } tables[] = {
    { "\"type\":\"table\",\"rows\":[],\"columns\":[\"A\"]", "without rows" },
    { "\"type\":\"table\",\"columns\":[\"A\"]", "without its rows" },
    { "\"type\":\"tablerows\",\"columns\":\"A\"", "without its rows" },
    { "\"type\":\"tablerows\",\"columns\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"]", "too many" },
    { "\"type\":\"table\",\"columns\":[\"A\"],\"rows\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\","
      "\"11\",\"12\",\"13\"]",
      "too many" },
    { "\"type\":\"tablerows\",\"columns\":[\"{{ form_var_z }}\"]", "a template" },
    { "\"type\":\"tablerows\",\"columns\":[{}]", "no text" },
    { "\"type\":\"table-select\",\"rows\":[\"A\"],\"columns\":[\"B\"]", "without its rows" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree char *optional =
      g_strdup_printf ("{\"id\":\"5\",\"label\":\"T\",\"required\":\"optional\",%s}", tables[i].members);
    g_autofree char *required =
      g_strdup_printf ("{\"id\":\"5\",\"label\":\"T\",\"required\":\"required\",%s}", tables[i].members);
    g_autoptr (PvProcedure) with_optional = schema_read_fields (optional, NULL);
    g_autoptr (PvProcedure) with_required = schema_read_fields (required, NULL);

    schema_assert_fillable (with_optional, TRUE, tables[i].members);
    assert_null (pv_procedure_find_question (with_optional, "5"));
    schema_assert_fillable (with_required, FALSE, tables[i].members);
    assert_non_null (strstr (with_required->unfillable_reason, tables[i].reason));
  }
}

#define TEXT(id, name) "{\"type\":\"string\",\"id\":\"" id "\",\"label\":\"" name "\",\"varname\":\"" name "\"}"

/* Which neighbours share a screen; "-" stands for a question alone. */
static void
a_name_and_an_address_stay_together (void **state)
{
  static const struct {
    const char *fields;
    const char *groups; /* of questions 1, 2, 3 ... */
  } table[] = {
    { TEXT ("1", "nom") "," TEXT ("2", "prenom"), "group-1 group-1" },
    { TEXT ("1", "nom_naissance") "," TEXT ("2", "nom_usage") "," TEXT ("3", "prenoms"), "group-1 group-1 group-1" },
    { TEXT ("1", "demandeur_nom") "," TEXT ("2", "demandeur_prenom") "," TEXT ("3", "enfant_nom") "," TEXT (
        "4", "enfant_prenom"),
      "group-1 group-1 group-3 group-3" },
    { TEXT ("1", "nom") "," TEXT ("2", "age") "," TEXT ("3", "prenom"), "- - -" },
    { TEXT ("1", "nom") "," TEXT ("2", "nom_usage"), "- -" },
    { TEXT ("1", "adresse") "," TEXT ("2", "adresse_complement") "," TEXT ("3", "code_postal") "," TEXT ("4",
                                                                                                         "commune"),
      "group-1 group-1 group-1 group-1" },
    { TEXT ("1", "Adresse de résidence") "," TEXT ("2", "cp") "," TEXT ("3", "ville"), "group-1 group-1 group-1" },
    { TEXT ("1", "naissance_commune") "," TEXT ("2", "naissance_pays"), "- -" },
    { TEXT ("1", "adresse") "," TEXT ("2", "telephone"), "- -" },
    { "{\"type\":\"subtitle\",\"id\":\"t\",\"label\":\"La personne\"}," TEXT ("1", "nom") "," TEXT (
        "2", "prenom") "," TEXT ("3", "metier"),
      "group-1=La personne group-1 group-3=La personne" },
    { TEXT ("1", "nom") ",{\"type\":\"title\",\"id\":\"t\",\"label\":\"Autre\"}," TEXT ("2", "prenom"),
      "- group-2=Autre" },
    { "{\"type\":\"title\",\"id\":\"t\",\"label\":\"Peut-être\",\"condition\":{\"type\":\"django\",\"value\":\"form_"
      "var_z\"}}," TEXT ("1", "metier"),
      "-" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (PvProcedure) procedure = schema_read_fields (table[i].fields, NULL);
    g_autoptr (GString) groups = g_string_new (NULL);

    for (guint id = 1; id <= 4; id++) {
      char text[] = { (char) ('0' + id), '\0' };
      const PvQuestion *question = pv_procedure_find_question (procedure, text);

      if (question == NULL)
        break;
      g_string_append_printf (groups, "%s%s", id > 1 ? " " : "", question->group != NULL ? question->group : "-");
      if (question->group_title != NULL)
        g_string_append_printf (groups, "=%s", question->group_title);
    }
    assert_string_equal (groups->str, table[i].groups);
  }
}

/* What the index may fill in: of a whole address only, and in a block too. */
static void
the_parts_of_an_address_are_marked (void **state)
{
  static const char fields[] =
    TEXT ("1", "adresse") "," TEXT ("2", "adresse_complement") "," TEXT ("3", "code_postal") "," TEXT (
      "4", "commune") ",{\"type\":\"block\",\"id\":\"9\",\"label\":\"B\",\"schema\":{\"name\":"
                      "\"E\",\"fields\":[" TEXT ("1", "rue") "," TEXT ("2", "cp") "," TEXT ("3", "ville") "]}}," TEXT (
                        "5", "adresse_mail") "," TEXT ("6", "metier") "," TEXT ("7", "ville");
  static const struct {
    const char *id;
    guint flags;
  } table[] = {
    { "1", PV_QUESTION_ADDRESS },
    { "2", 0 },
    { "3", PV_QUESTION_ADDRESS_POSTCODE },
    { "4", PV_QUESTION_ADDRESS_TOWN },
    { "9:1", PV_QUESTION_ADDRESS },
    { "9:2", PV_QUESTION_ADDRESS_POSTCODE },
    { "9:3", PV_QUESTION_ADDRESS_TOWN },
    { "5", 0 },
    { "7", 0 },
  };
  const guint all = PV_QUESTION_ADDRESS | PV_QUESTION_ADDRESS_POSTCODE | PV_QUESTION_ADDRESS_TOWN;
  g_autoptr (PvProcedure) procedure = schema_read_fields (fields, NULL);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    assert_int_equal (schema_get_question (procedure, table[i].id)->flags & all, table[i].flags);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (blocks_have_rows_and_inner_ids_of_their_own),
    cmocka_unit_test (a_block_that_must_be_there_begins_with_as_many_rows_as_the_web_form),
    cmocka_unit_test (a_table_is_a_block_of_its_columns),
    cmocka_unit_test (a_table_beyond_the_kiosk_is_left_out_or_refused),
    cmocka_unit_test (a_name_and_an_address_stay_together),
    cmocka_unit_test (the_parts_of_an_address_are_marked),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which question takes what of a document, and what it makes of it. */

#include "tst.h"

#include "core/identity-rule.h"
#include "sample-procedure.h"

static void
a_rule_is_read_or_refused (void **state)
{
  static const struct {
    const char *text, *block, *name;
    int field; /* -1: refused */
    const char *condition;
  } cases[] = {
    { "nom:surname", NULL, "nom", PV_IDENTITY_SURNAME, NULL },
    { " nom : used-surname ", NULL, "nom", PV_IDENTITY_USED_SURNAME, NULL },
    { "gens/prenom:given-names", "gens", "prenom", PV_IDENTITY_GIVEN_NAMES, NULL },
    { "nom:surname if form_var_lien == \"C’est moi\"", NULL, "nom", PV_IDENTITY_SURNAME,
      "form_var_lien == \"C’est moi\"" },
    { "nom", NULL, NULL, -1, NULL },
    { ":surname", NULL, NULL, -1, NULL },
    { "nom:", NULL, NULL, -1, NULL },
    { "nom:shoe-size", NULL, NULL, -1, NULL },
    { "a/b/c:surname", NULL, NULL, -1, NULL },
    { "/b:surname", NULL, NULL, -1, NULL },
    { "a/:surname", NULL, NULL, -1, NULL },
    { "nom:surname if ==", NULL, NULL, -1, NULL },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvIdentityRule) rule = pv_identity_rule_parse (cases[i].text);

    if (cases[i].field < 0) {
      assert_null (rule);
      continue;
    }
    assert_non_null (rule);
    assert_true (g_strcmp0 (rule->block, cases[i].block) == 0);
    assert_string_equal (rule->name, cases[i].name);
    assert_int_equal (rule->field, cases[i].field);
    assert_true ((rule->condition != NULL) == (cases[i].condition != NULL));
    if (rule->condition != NULL)
      assert_string_equal (pv_expression_get_text (rule->condition), cases[i].condition);
  }
}

static void
a_rule_marks_the_question_that_it_names (void **state)
{
  static const struct {
    const char *rule;
    const char *id; /* NULL: finds none that can take it */
  } cases[] = {
    { "nom:surname", "2" },
    { "naissance:birth-date", "3" },
    { "2:given-names", "2" },
    { "responsables/prenom:given-names", "81" },
    { "prenom:given-names", NULL },     /* only in the block */
    { "nom/prenom:given-names", NULL }, /* no block */
    { "naissance:surname", NULL },      /* a date takes no name */
    { "cp:address", NULL },             /* has a format of its own */
    { "email:surname", NULL },
    { "parvis_ref:number", NULL }, /* hidden */
    { "responsables:surname", NULL },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvProcedure) procedure = sample_procedure ();
    g_autoptr (PvIdentityRule) rule = pv_identity_rule_parse (cases[i].rule);
    gboolean is_applied = pv_identity_rule_apply (rule, procedure);

    assert_int_equal (is_applied, cases[i].id != NULL);
    assert_int_equal (pv_procedure_takes_identity (procedure, PV_N_IDENTITY_FIELDS), cases[i].id != NULL);
    if (cases[i].id != NULL)
      assert_int_equal (pv_procedure_find_question (procedure, cases[i].id)->identity, 1 + rule->field);
    assert_int_equal (pv_procedure_takes_identity (procedure, rule->field), cases[i].id != NULL);
  }
}

static PvIdentity *
sample_identity (void)
{
  PvIdentity *identity = pv_identity_new ();

  pv_identity_set (identity, PV_IDENTITY_SURNAME, "MARTIN");
  pv_identity_set (identity, PV_IDENTITY_GIVEN_NAMES, "MAËLYS GAËLLE");
  pv_identity_set (identity, PV_IDENTITY_BIRTH_DATE, "1990-07-13");
  pv_identity_set (identity, PV_IDENTITY_SEX, "F");
  pv_identity_set (identity, PV_IDENTITY_NATIONALITY, "FRA");
  pv_identity_set (identity, PV_IDENTITY_ADDRESS, "4 RUE DES TILLEULS\n89100 MONTCLAIR");
  identity->verdict = PV_VERDICT_GENUINE;
  identity->reason = PV_REASON_NONE;
  return identity;
}

static void
a_question_takes_what_the_document_says (void **state)
{
  static const struct {
    PvQuestionKind kind;
    guint flags;
    PvIdentityField field;
    const char *said;  /* NULL: as in the sample */
    const char *taken; /* NULL: nothing */
  } cases[] = {
    { PV_QUESTION_TEXT, 0, PV_IDENTITY_SURNAME, NULL, "MARTIN" },
    { PV_QUESTION_TEXT, 0, PV_IDENTITY_USED_SURNAME, NULL, NULL },
    { PV_QUESTION_TEXT, PV_QUESTION_REQUIRED, PV_IDENTITY_USED_SURNAME, NULL, "MARTIN" },
    { PV_QUESTION_TEXT, 0, PV_IDENTITY_BIRTH_PLACE, NULL, NULL },
    { PV_QUESTION_TEXT, 0, PV_IDENTITY_ADDRESS, NULL, "4 RUE DES TILLEULS, 89100 MONTCLAIR" },
    { PV_QUESTION_LONG_TEXT, 0, PV_IDENTITY_ADDRESS, NULL, "4 RUE DES TILLEULS\n89100 MONTCLAIR" },
    { PV_QUESTION_DATE, 0, PV_IDENTITY_BIRTH_DATE, NULL, "1990-07-13" },
    { PV_QUESTION_DATE, 0, PV_IDENTITY_BIRTH_DATE, "1950-06-00", NULL },
    { PV_QUESTION_DATE, PV_QUESTION_UNKNOWN_DAY, PV_IDENTITY_BIRTH_DATE, "1950-06-00", "/06/1950" },
    { PV_QUESTION_DATE, PV_QUESTION_UNKNOWN_DAY, PV_IDENTITY_BIRTH_DATE, "1950-00-00", "//1950" },
    { PV_QUESTION_DATE, 0, PV_IDENTITY_BIRTH_DATE, "yesterday", NULL },
    { PV_QUESTION_CHOICE, 0, PV_IDENTITY_SEX, NULL, "Femme" },
    { PV_QUESTION_CHOICE, 0, PV_IDENTITY_SEX, "M", "Homme" },
    { PV_QUESTION_CHOICE, 0, PV_IDENTITY_SEX, "X", NULL },
    { PV_QUESTION_CHOICE, 0, PV_IDENTITY_NATIONALITY, NULL, "Française" },
    { PV_QUESTION_CHOICE, 0, PV_IDENTITY_NATIONALITY, "DEU", NULL },
    { PV_QUESTION_EMAIL, 0, PV_IDENTITY_SURNAME, NULL, NULL },
    { PV_QUESTION_TEXT, PV_QUESTION_LOCKED, PV_IDENTITY_SURNAME, NULL, NULL },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvQuestion) question = pv_question_new (cases[i].kind, "1", "Question");
    g_autoptr (PvIdentity) identity = sample_identity ();
    g_autoptr (PvValue) value = NULL, refused = NULL;

    question->flags = cases[i].flags;
    question->identity = 1 + cases[i].field;
    sample_option (question, "Femme", "Femme");
    sample_option (question, "h", "Homme");
    sample_option (question, "Française", "Française");
    if (cases[i].said != NULL)
      pv_identity_set (identity, cases[i].field, cases[i].said);
    value = pv_question_read_identity (question, identity);
    assert_int_equal (value != NULL, cases[i].taken != NULL);
    if (value != NULL)
      assert_string_equal (pv_value_get_type (value) == PV_VALUE_OPTIONS ? pv_value_get_label (value, 0)
                                                                         : pv_value_get_text (value),
                           cases[i].taken);
    identity->verdict = PV_VERDICT_REFUSED;
    refused = pv_question_read_identity (question, identity);
    assert_null (refused);
  }
}

/* Lists of nationalities, countries and towns, as forms have them; the first that is called so is chosen, and nothing is guessed. */
static void
an_option_is_chosen_as_people_call_it (void **state)
{
  static const struct {
    PvIdentityField field;
    const char *said;
    const char *options[4][2];
    const char *chosen; /* id; NULL: left to the person */
  } cases[] = {
    { PV_IDENTITY_NATIONALITY, "UKR", { { "1", "Française" }, { "2", "Ukrainienne" } }, "2" },
    { PV_IDENTITY_NATIONALITY, "UKR", { { "fr", "France" }, { "ua", "Ukraine" } }, "ua" },
    { PV_IDENTITY_NATIONALITY, "UKR", { { "1", "FRANÇAISE" }, { "2", "UKRAINIENNE" } }, "2" },
    { PV_IDENTITY_NATIONALITY, "UKR", { { "1", "Français" }, { "2", "Ukrainien" } }, "2" },
    { PV_IDENTITY_NATIONALITY, "UKR", { { "FRA", "a" }, { "UKR", "b" } }, "UKR" },
    { PV_IDENTITY_NATIONALITY, "UKR", { { "1", "Russe" }, { "2", "Polonaise" } }, NULL },
    { PV_IDENTITY_NATIONALITY,
      "UKR",
      { { "1", "Française" }, { "2", "D’un autre pays de l’Union européenne" } },
      NULL },
    { PV_IDENTITY_NATIONALITY, "UKR", { { "1", "Française" }, { "2", "Autre" } }, NULL },
    { PV_IDENTITY_NATIONALITY, "FRA", { { "1", "Étrangère" }, { "2", "Française" } }, "2" },
    { PV_IDENTITY_NATIONALITY, "MAR", { { "1", "Algérienne" }, { "2", "Marocaine" } }, "2" },
    { PV_IDENTITY_NATIONALITY, "DZA", { { "1", "Algérienne" }, { "2", "Marocaine" } }, "1" },
    { PV_IDENTITY_NATIONALITY, "TUR", { { "1", "Turc" }, { "2", "Tunisien" } }, "1" },
    { PV_IDENTITY_NATIONALITY, "CIV", { { "1", "Côte d’Ivoire" } }, "1" },
    { PV_IDENTITY_NATIONALITY, "NER", { { "1", "Nigériane" }, { "2", "Nigérienne" } }, "2" },
    { PV_IDENTITY_NATIONALITY, "NGA", { { "1", "Nigérienne" }, { "2", "Nigériane" } }, "2" },
    { PV_IDENTITY_NATIONALITY, "D", { { "1", "Allemande" } }, "1" },
    { PV_IDENTITY_NATIONALITY, "GBN", { { "1", "Britannique" } }, "1" },
    { PV_IDENTITY_NATIONALITY, "XXA", { { "1", "Apatride" } }, "1" },
    { PV_IDENTITY_NATIONALITY, "XXB", { { "1", "Réfugié" } }, "1" },
    { PV_IDENTITY_NATIONALITY, "UTO", { { "1", "Autre" }, { "2", "UTO" } }, "2" },
    { PV_IDENTITY_ISSUER, "UKR", { { "1", "La France" }, { "2", "L’Ukraine" } }, "2" },
    { PV_IDENTITY_ISSUER, "FRA", { { "1", "Ukraine" }, { "2", "France" } }, "2" },
    { PV_IDENTITY_ISSUER, "UKR", { { "1", "Ukrainienne" } }, NULL }, /* an issuer is a country */
    { PV_IDENTITY_BIRTH_PLACE, "KYIV, UKRAINE", { { "1", "France" }, { "2", "Ukraine" } }, "2" },
    { PV_IDENTITY_BIRTH_PLACE, "KYIV, UKR", { { "1", "France" }, { "2", "Ukraine" } }, "2" },
    { PV_IDENTITY_BIRTH_PLACE, "MONTCLAIR", { { "1", "Auxerre" }, { "2", "Montclair" } }, "2" },
    { PV_IDENTITY_BIRTH_PLACE, "KYIV", { { "1", "France" }, { "2", "Ukraine" } }, NULL },
    { PV_IDENTITY_BIRTH_PLACE, "Київ", { { "1", "Київ" } }, NULL }, /* no letter that could be compared */
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvQuestion) question = pv_question_new (PV_QUESTION_CHOICE, "1", "Question");
    g_autoptr (PvIdentity) identity = sample_identity ();
    g_autoptr (PvValue) value = NULL;

    question->identity = 1 + cases[i].field;
    for (guint k = 0; k < G_N_ELEMENTS (cases[i].options) && cases[i].options[k][0] != NULL; k++)
      sample_option (question, cases[i].options[k][0], cases[i].options[k][1]);
    pv_identity_set (identity, cases[i].field, cases[i].said);
    value = pv_question_read_identity (question, identity);
    if (g_strcmp0 (value != NULL ? pv_value_get_id (value, 0) : NULL, cases[i].chosen) != 0)
      fail_msg ("%s of row %u: %s", cases[i].said, i, value != NULL ? pv_value_get_label (value, 0) : "nothing");
  }
}

static void
a_text_longer_than_the_question_is_left_out (void **state)
{
  g_autoptr (PvQuestion) question = pv_question_new (PV_QUESTION_TEXT, "1", "Nom");
  g_autoptr (PvIdentity) identity = sample_identity ();
  g_autoptr (PvValue) value = NULL, fits = NULL;

  (void) state;
  question->identity = 1 + PV_IDENTITY_SURNAME;
  question->max_chars = 5;
  value = pv_question_read_identity (question, identity);
  assert_null (value);
  question->max_chars = 6;
  fits = pv_question_read_identity (question, identity);
  assert_non_null (fits);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_rule_is_read_or_refused),
    cmocka_unit_test (a_rule_marks_the_question_that_it_names),
    cmocka_unit_test (a_question_takes_what_the_document_says),
    cmocka_unit_test (an_option_is_chosen_as_people_call_it),
    cmocka_unit_test (a_text_longer_than_the_question_is_left_out),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Conditions over a real filing: what a citizen answered, as the portal's expressions see it. Each row is the condition of
 * the last question, and whether it is asked. Today is 24 November 2026. */

#include "tst.h"

#include "core/filing.h"
#include "sample-procedure.h"

#include <string.h>

typedef struct {
  const char *condition;
  gboolean is_asked;
} Row;

static PvProcedure *
make_procedure (const char *condition)
{
  PvProcedure *procedure = pv_procedure_new ("essai", "Essai");
  PvPage *page = sample_page (procedure, "p1", "Page");
  PvQuestion *question;

  sample_question (page->questions, PV_QUESTION_TEXT, "1", "nom", "Nom", 0);
  sample_question (page->questions, PV_QUESTION_YES_NO, "2", "accord", "Accord", 0);
  sample_question (page->questions, PV_QUESTION_YES_NO, "3", "autre", "Autre", 0);
  sample_question (page->questions, PV_QUESTION_NUMBER, "4", "nb", "Nombre", 0);
  sample_question (page->questions, PV_QUESTION_DATE, "5", "ne", "Date", 0);
  question = sample_question (page->questions, PV_QUESTION_CHOICE, "6", "acte", "Acte", 0);
  sample_option (question, "n", "Naissance");
  sample_option (question, "m", "Mariage");
  question = sample_question (page->questions, PV_QUESTION_CHOICES, "7", "jours", "Jours", 0);
  sample_option (question, "lu", "Lundi");
  sample_option (question, "ma", "Mardi");
  question = sample_question (page->questions, PV_QUESTION_BLOCK, "8", "enfants", "Enfants", 0);
  question->questions = question->questions != NULL
                          ? question->questions
                          : g_ptr_array_new_with_free_func ((GDestroyNotify) pv_question_free);
  question->max_rows = 3;
  sample_question (question->questions, PV_QUESTION_NUMBER, "a", "age", "Âge", 0);
  sample_question (question->questions, PV_QUESTION_YES_NO, "b", "cantine", "Cantine", 0);
  question = sample_question (page->questions, PV_QUESTION_YES_NO, "9", "jamais", "Jamais", 0);
  question->condition = pv_expression_parse ("False", NULL);
  question = sample_question (page->questions, PV_QUESTION_TEXT, "99", "cible", "Cible", 0);
  question->condition = pv_expression_parse (condition, NULL);
  if (question->condition == NULL)
    fail_msg ("%s: refused", condition);
  return procedure;
}

static void
answer (PvFiling *filing, const char *path, PvValue *value)
{
  g_autoptr (GError) error = NULL;

  if (!pv_filing_set (filing, path, value, PV_ACTOR_CITIZEN, &error))
    fail_msg ("%s: %s", path, error->message);
  pv_value_unref (value);
}

static void
answer_all (PvFiling *filing)
{
  answer (filing, "1", pv_value_new_text ("Zoé"));
  answer (filing, "2", pv_value_new_bool (TRUE));
  answer (filing, "4", pv_value_new_text ("12,5"));
  answer (filing, "5", pv_value_new_text ("2008-11-25"));
  answer (filing, "6", pv_value_new_options ((const char *[]){ "m", NULL }, (const char *[]){ "Mariage", NULL }));
  answer (filing, "7",
          pv_value_new_options ((const char *[]){ "lu", "ma", NULL }, (const char *[]){ "Lundi", "Mardi", NULL }));
  while (pv_filing_get_n_rows (filing, "8") < 2)
    assert_true (pv_filing_add_row (filing, "8"));
  answer (filing, "8/0/a", pv_value_new_text ("7"));
  answer (filing, "8/1/a", pv_value_new_text ("9"));
}

static gboolean
is_asked (const char *condition, gboolean answered)
{
  g_autoptr (PvProcedure) procedure = make_procedure (condition);
  g_autoptr (PvFiling) filing = pv_filing_new (procedure, PV_FILING_REAL, "BCDFGHJKLM");
  g_autoptr (GPtrArray) steps = NULL;
  gboolean found = FALSE;
  GDate today;

  if (answered)
    answer_all (filing);
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 24, 11, 2026);
  steps = pv_filing_list_steps (filing, &today);
  for (guint i = 0; i < steps->len; i++)
    found = found || g_str_equal (((const PvStep *) steps->pdata[i])->key, "99");
  return found;
}

static void
check_rows (const Row *rows, gsize count, gboolean answered)
{
  for (gsize i = 0; i < count; i++)
    if (is_asked (rows[i].condition, answered) != rows[i].is_asked)
      fail_msg ("%s: %s", rows[i].condition, rows[i].is_asked ? "not asked" : "asked");
}

static void
answers_decide_what_is_asked (void **state)
{
  static const Row rows[] = {
    { "form_var_nom == \"Zoé\"", TRUE },
    { "form_var_nom|length == 3 and form_var_accord", TRUE },
    { "form_var_accord == \"True\" and form_var_accord_raw == True", TRUE },
    { "form_var_nb == 12.5", TRUE },
    { "form_var_nb > 9", TRUE },
    { "form_var_nb|integer == 12", TRUE },
    { "form_var_ne|age_in_years >= 18", FALSE },
    { "form_var_ne|age_in_years == 17", TRUE },
    { "form_var_ne < today and form_var_ne > \"31/07/2008\"", TRUE },
    { "form_var_acte == \"Mariage\" and form_var_acte_raw == \"m\"", TRUE },
    { "form_var_acte == \"m\"", FALSE },
    { "\"Lundi\" in form_var_jours and \"ma\" in form_var_jours and \"lu\" in form_var_jours_raw", TRUE },
    { "form_var_jours|count == 2", TRUE },
    { "form_var_enfants|count == 2", TRUE },
    { "form_var_enfants", TRUE },
    { "form_var_enfants|getlist:\"age\"|sum == 16", TRUE },
    { "form_var_enfants_0_age == 7 and form_var_enfants_1_age > 8", TRUE },
    { "form_var_enfants_1_cantine == False", TRUE },
    { "form_var_enfants_2_age == None", TRUE },
  };

  (void) state;
  check_rows (rows, G_N_ELEMENTS (rows), TRUE);
}

static void
what_is_not_answered_is_null_and_a_box_is_false (void **state)
{
  static const Row rows[] = {
    { "form_var_nom", FALSE },
    { "form_var_nom == None", TRUE },
    { "form_var_nom == \"\"", FALSE },
    { "form_var_nom|is_empty and form_var_nb|is_empty and form_var_jours|is_empty", TRUE },
    { "form_var_accord == False", TRUE },
    { "form_var_accord == \"False\" and form_var_accord_raw == False", TRUE },
    { "form_var_accord == None", FALSE },
    { "form_var_jamais == False", TRUE },
    { "not form_var_autre", TRUE },
    { "form_var_acte == None and form_var_acte_raw == None", TRUE },
    { "form_var_ne|age_in_years >= 18", FALSE },
    { "form_var_inconnu == None", TRUE },
    { "is_in_backoffice", FALSE },
    { "form_submission_channel == \"counter\"", TRUE },
  };

  (void) state;
  check_rows (rows, G_N_ELEMENTS (rows), FALSE);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (answers_decide_what_is_asked),
    cmocka_unit_test (what_is_not_answered_is_null_and_a_box_is_false),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/assist-class.h"

typedef struct {
  PvQuestionKind kind;
  PvFormat format;
  guint flags;
  const char *name, *label;
  PvAssistClass expected;
} Row;

static const Row rows[] = {
  /* identity numbers, whatever the form calls them */
  { PV_QUESTION_TEXT, PV_FORMAT_FREE, 0, NULL, "Numéro de sécurité sociale", PV_ASSIST_HIDDEN },
  { PV_QUESTION_TEXT, PV_FORMAT_FREE, 0, NULL, "N° DE SÉCURITÉ SOCIALE (15 chiffres)", PV_ASSIST_HIDDEN },
  { PV_QUESTION_TEXT, PV_FORMAT_FREE, 0, "num_secu", "Votre numéro", PV_ASSIST_HIDDEN },
  { PV_QUESTION_TEXT, PV_FORMAT_FREE, 0, "nir", "Votre numéro", PV_ASSIST_HIDDEN },
  { PV_QUESTION_TEXT, PV_FORMAT_NIR, 0, NULL, "Numéro", PV_ASSIST_HIDDEN },
  { PV_QUESTION_NUMBER, PV_FORMAT_FREE, 0, NULL, "Votre numéro d’allocataire CAF", PV_ASSIST_HIDDEN },
  { PV_QUESTION_TEXT, PV_FORMAT_CAF, 0, NULL, "Numéro", PV_ASSIST_HIDDEN },
  { PV_QUESTION_TEXT, PV_FORMAT_TAX_NUMBER, 0, NULL, "Numéro", PV_ASSIST_HIDDEN },
  { PV_QUESTION_TEXT, PV_FORMAT_FREE, 0, NULL, "N° de passeport", PV_ASSIST_HIDDEN },
  { PV_QUESTION_TEXT, PV_FORMAT_FREE, 0, NULL, "Carte d’identité", PV_ASSIST_HIDDEN },
  { PV_QUESTION_YES_NO, PV_FORMAT_FREE, 0, NULL, "Avez-vous une carte d’identité ?", PV_ASSIST_CLEAR },
  { PV_QUESTION_TEXT, PV_FORMAT_FREE, 0, NULL, "Social security number", PV_ASSIST_HIDDEN },
  { PV_QUESTION_TEXT, PV_FORMAT_FREE, 0, NULL, "Passport number", PV_ASSIST_HIDDEN },
  /* bank */
  { PV_QUESTION_TEXT, PV_FORMAT_IBAN, 0, NULL, "Compte", PV_ASSIST_HIDDEN },
  { PV_QUESTION_TEXT, PV_FORMAT_FREE, 0, NULL, "Votre IBAN", PV_ASSIST_HIDDEN },
  { PV_QUESTION_TEXT, PV_FORMAT_FREE, 0, NULL, "Coordonnées bancaires", PV_ASSIST_HIDDEN },
  { PV_QUESTION_LONG_TEXT, PV_FORMAT_FREE, 0, NULL, "RIB", PV_ASSIST_HIDDEN },
  { PV_QUESTION_TEXT, PV_FORMAT_FREE, 0, NULL, "Bank account", PV_ASSIST_HIDDEN },
  /* codes, but for those that everybody may know */
  { PV_QUESTION_TEXT, PV_FORMAT_FREE, 0, NULL, "Mot de passe", PV_ASSIST_HIDDEN },
  { PV_QUESTION_TEXT, PV_FORMAT_DIGITS, 0, NULL, "Code reçu par SMS", PV_ASSIST_HIDDEN },
  { PV_QUESTION_TEXT, PV_FORMAT_POSTCODE_FR, 0, "cp", "Code postal", PV_ASSIST_TYPING },
  { PV_QUESTION_TEXT, PV_FORMAT_FREE, 0, NULL, "Code postal et code d’accès", PV_ASSIST_HIDDEN },
  /* documents */
  { PV_QUESTION_FILE, PV_FORMAT_FREE, 0, NULL, "Photo", PV_ASSIST_HIDDEN },
  { PV_QUESTION_TEXT, PV_FORMAT_FREE, PV_QUESTION_HIDDEN, NULL, "Rue", PV_ASSIST_HIDDEN },
  /* words that only contain one of the list */
  { PV_QUESTION_TEXT, PV_FORMAT_FREE, 0, NULL, "Épinettes et codeurs", PV_ASSIST_TYPING },
  { PV_QUESTION_TEXT, PV_FORMAT_FREE, 0, NULL, "Compte rendu", PV_ASSIST_TYPING },
  /* free text */
  { PV_QUESTION_TEXT, PV_FORMAT_NAME, 0, "nom", "Votre nom", PV_ASSIST_TYPING },
  { PV_QUESTION_EMAIL, PV_FORMAT_EMAIL, 0, "email", "Votre e-mail", PV_ASSIST_TYPING },
  { PV_QUESTION_NUMBER, PV_FORMAT_FREE, 0, NULL, "Combien de frères ?", PV_ASSIST_TYPING },
  { PV_QUESTION_AMOUNT, PV_FORMAT_FREE, 0, NULL, "Revenu", PV_ASSIST_TYPING },
  /* dates */
  { PV_QUESTION_DATE, PV_FORMAT_FREE, 0, NULL, "Date d’effet", PV_ASSIST_CLEAR },
  { PV_QUESTION_DATE, PV_FORMAT_FREE, 0, NULL, "Né le", PV_ASSIST_TYPING },
  { PV_QUESTION_DATE, PV_FORMAT_FREE, 0, "date_naissance", "Date", PV_ASSIST_TYPING },
  { PV_QUESTION_DATE, PV_FORMAT_FREE, 0, NULL, "Date of birth", PV_ASSIST_TYPING },
  { PV_QUESTION_DATE, PV_FORMAT_FREE, PV_QUESTION_UNKNOWN_DAY, NULL, "Date", PV_ASSIST_TYPING },
  /* choices, texts */
  { PV_QUESTION_CHOICE, PV_FORMAT_FREE, 0, NULL, "Quelle école ?", PV_ASSIST_CLEAR },
  { PV_QUESTION_PLACE, PV_FORMAT_FREE, 0, NULL, "Où est-ce ?", PV_ASSIST_TYPING },
  { PV_QUESTION_CHOICE, PV_FORMAT_FREE, 0, NULL, "Votre banque", PV_ASSIST_HIDDEN },
  { PV_QUESTION_INFO, PV_FORMAT_FREE, 0, NULL, "Préparez votre IBAN.", PV_ASSIST_CLEAR },
  { PV_QUESTION_STATEMENT, PV_FORMAT_FREE, 0, NULL, "Je certifie.", PV_ASSIST_CLEAR },
  /* the commune may open a free text, never what is hidden */
  { PV_QUESTION_TEXT, PV_FORMAT_FREE, 0, "rue", "Rue", PV_ASSIST_CLEAR },
  { PV_QUESTION_TEXT, PV_FORMAT_FREE, 0, "ouvert", "Votre IBAN", PV_ASSIST_HIDDEN },
  { PV_QUESTION_TEXT, PV_FORMAT_FREE, 0, "ouvert", "Numéro de sécurité sociale", PV_ASSIST_HIDDEN },
  { PV_QUESTION_TEXT, PV_FORMAT_NIR, 0, "ouvert", "Numéro", PV_ASSIST_HIDDEN },
  { PV_QUESTION_NUMBER, PV_FORMAT_FREE, 0, "ouvert", "Numéro fiscal", PV_ASSIST_HIDDEN },
  { PV_QUESTION_FILE, PV_FORMAT_FREE, 0, "ouvert", "Photo", PV_ASSIST_HIDDEN },
  { PV_QUESTION_DATE, PV_FORMAT_FREE, 0, "ouvert", "Né le", PV_ASSIST_CLEAR },
  { PV_QUESTION_BLOCK, PV_FORMAT_FREE, 0, "ouvert", "Enfants", PV_ASSIST_TYPING },
};

static const char *const clear_names[] = { "rue", "ouvert", NULL };

static void
decides_by_kind_format_name_and_label (void **state)
{
  guint wrong = 0;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvQuestion) question = pv_question_new (rows[i].kind, "1", rows[i].label);
    PvAssistClass class;

    question->name = g_strdup (rows[i].name);
    question->format = rows[i].format;
    question->flags = rows[i].flags;
    class = pv_assist_class_of (question, clear_names);
    if (class != rows[i].expected) {
      print_error ("%s (%s): %d, not %d\n", rows[i].label, rows[i].name, class, rows[i].expected);
      wrong++;
    }
  }
  assert_int_equal (wrong, 0);
}

static void
several_questions_are_as_strict_as_the_strictest (void **state)
{
  g_autoptr (GPtrArray) questions = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_question_free);

  (void) state;
  assert_int_equal (pv_assist_class_of_all (questions), PV_ASSIST_CLEAR);
  g_ptr_array_add (questions, pv_question_new (PV_QUESTION_TEXT, "1", "Rue"));
  assert_int_equal (pv_assist_class_of_all (questions), PV_ASSIST_TYPING);
  g_ptr_array_add (questions, pv_question_new (PV_QUESTION_TEXT, "2", "IBAN"));
  ((PvQuestion *) questions->pdata[1])->assist = PV_ASSIST_HIDDEN;
  assert_int_equal (pv_assist_class_of_all (questions), PV_ASSIST_HIDDEN);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (decides_by_kind_format_name_and_label),
    cmocka_unit_test (several_questions_are_as_strict_as_the_strictest),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a document answers in a filing, and how long that counts as proven. Today is 24 November 2026. */

#include "tst.h"

#include <string.h>

#include "core/filing.h"
#include "sample-procedure.h"

typedef struct {
  PvFiling *filing;
  GDate today;
} Fixture;

static void
take (PvQuestion *question, PvIdentityField field)
{
  question->identity = 1 + field;
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autoptr (PvProcedure) procedure = pv_procedure_new ("acte", "Acte");
  PvPage *page = sample_page (procedure, "p1", "Page");
  PvQuestion *question, *block;

  sample_question (page->questions, PV_QUESTION_TEXT, "1", "lien", "Lien", 0);
  question = sample_question (page->questions, PV_QUESTION_TEXT, "2", "nom", "Nom sur l’acte", 0);
  take (question, PV_IDENTITY_SURNAME);
  question->identity_condition = pv_expression_parse ("form_var_lien == \"moi\"", NULL);
  take (sample_question (page->questions, PV_QUESTION_TEXT, "3", "demandeur_nom", "Votre nom", 0), PV_IDENTITY_SURNAME);
  question = sample_question (page->questions, PV_QUESTION_DATE, "4", "naissance", "Votre naissance", 0);
  take (question, PV_IDENTITY_BIRTH_DATE);
  question = sample_question (page->questions, PV_QUESTION_TEXT, "5", "cachee", "Votre prénom", 0);
  question->condition = pv_expression_parse ("form_var_lien == \"montre\"", NULL);
  take (question, PV_IDENTITY_GIVEN_NAMES);
  block =
    sample_question (page->questions, PV_QUESTION_BLOCK, "6", "responsables", "Responsables", PV_QUESTION_REQUIRED);
  block->max_rows = 2;
  block->row_label = g_strdup ("Responsable");
  take (sample_question (block->questions, PV_QUESTION_TEXT, "61", "nom", "Nom", 0), PV_IDENTITY_SURNAME);
  take (sample_question (block->questions, PV_QUESTION_TEXT, "62", "prenom", "Prénom", 0), PV_IDENTITY_GIVEN_NAMES);
  fixture->filing = pv_filing_new (procedure, PV_FILING_REAL, "BCDFGHJKLM");
  g_date_clear (&fixture->today, 1);
  g_date_set_dmy (&fixture->today, 24, 11, 2026);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_filing_free (fixture->filing);
  g_free (fixture);
  return 0;
}

static void
use_identity (Fixture *fixture, const char *surname, PvVerdict verdict, PvReason reason)
{
  g_autoptr (PvIdentity) identity = pv_identity_new ();

  pv_identity_set (identity, PV_IDENTITY_SURNAME, surname);
  pv_identity_set (identity, PV_IDENTITY_GIVEN_NAMES, "ANNA");
  pv_identity_set (identity, PV_IDENTITY_BIRTH_DATE, "1980-03-14");
  identity->verdict = verdict;
  identity->reason = reason;
  pv_filing_set_identity (fixture->filing, identity);
}

static void
ask_all (Fixture *fixture)
{
  static const char *const paths[] = { "1", "2", "3", "4", "5", "6/0/61", "6/0/62", "6/1/61", "6/1/62" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    pv_filing_prefill (fixture->filing, paths[i], &fixture->today);
}

static void
type (Fixture *fixture, const char *path, const char *text)
{
  g_autoptr (PvValue) value = pv_value_new_text (text);

  assert_true (pv_filing_set (fixture->filing, path, value, PV_ACTOR_CITIZEN, NULL));
}

static const char *
text_at (Fixture *fixture, const char *path)
{
  const PvValue *value = pv_filing_get (fixture->filing, path);

  return value != NULL ? pv_value_get_text (value) : "";
}

static void
the_person_s_own_questions_are_answered (void **state)
{
  Fixture *fixture = *state;

  pv_filing_add_row (fixture->filing, "6");
  use_identity (fixture, "MARTIN", PV_VERDICT_GENUINE, PV_REASON_NONE);
  ask_all (fixture);
  assert_string_equal (text_at (fixture, "2"), ""); /* somebody else's record */
  assert_string_equal (text_at (fixture, "3"), "MARTIN");
  assert_string_equal (text_at (fixture, "4"), "1980-03-14");
  assert_string_equal (text_at (fixture, "6/0/61"), "MARTIN");
  assert_string_equal (text_at (fixture, "6/0/62"), "ANNA");
  assert_string_equal (text_at (fixture, "6/1/61"), ""); /* another person */
  type (fixture, "1", "moi");
  ask_all (fixture);
  assert_string_equal (text_at (fixture, "2"), "MARTIN");
}

static void
only_what_a_genuine_document_said_and_nobody_changed_is_proven (void **state)
{
  static const struct {
    PvVerdict verdict;
    PvReason reason;
    const char *path, *typed; /* typed NULL: left as it is */
    PvProof proof;
  } cases[] = {
    { PV_VERDICT_GENUINE, PV_REASON_NONE, "3", NULL, PV_PROOF_GENUINE },
    { PV_VERDICT_GENUINE, PV_REASON_NONE, "3", "MARTINE", PV_PROOF_NONE },
    { PV_VERDICT_GENUINE, PV_REASON_NONE, "3", "", PV_PROOF_NONE },
    { PV_VERDICT_GENUINE, PV_REASON_NONE, "3", " MARTIN ", PV_PROOF_GENUINE }, /* sent without the blanks */
    { PV_VERDICT_GENUINE, PV_REASON_NONE, "4", "14/3/1980", PV_PROOF_GENUINE },
    { PV_VERDICT_GENUINE, PV_REASON_NONE, "4", "14/4/1980", PV_PROOF_NONE },
    { PV_VERDICT_GENUINE, PV_REASON_NONE, "1", "MARTIN", PV_PROOF_NONE }, /* takes nothing */
    { PV_VERDICT_GENUINE, PV_REASON_NONE, "2", "MARTIN", PV_PROOF_NONE }, /* typed, not read */
    { PV_VERDICT_GENUINE, PV_REASON_NONE, "6/0/61", NULL, PV_PROOF_GENUINE },
    { PV_VERDICT_NOT_PROVEN, PV_REASON_TYPED, "3", NULL, PV_PROOF_TYPED },
    { PV_VERDICT_NOT_PROVEN, PV_REASON_NO_ROOTS, "3", NULL, PV_PROOF_READ },
    { PV_VERDICT_NOT_PROVEN, PV_REASON_NO_ROOTS, "3", "X", PV_PROOF_NONE },
    { PV_VERDICT_REFUSED, PV_REASON_CHANGED_DATA, "3", NULL, PV_PROOF_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Fixture *fixture;

    tear_down (state);
    set_up (state);
    fixture = *state;
    use_identity (fixture, "MARTIN", cases[i].verdict, cases[i].reason);
    ask_all (fixture);
    if (cases[i].typed != NULL)
      type (fixture, cases[i].path, cases[i].typed);
    assert_int_equal (pv_filing_get_proof (fixture->filing, cases[i].path), cases[i].proof);
  }
}

static void
nothing_of_a_refused_document_is_used (void **state)
{
  Fixture *fixture = *state;

  use_identity (fixture, "MARTIN", PV_VERDICT_REFUSED, PV_REASON_CLONED_CHIP);
  ask_all (fixture);
  assert_null (pv_filing_get_identity (fixture->filing));
  assert_string_equal (text_at (fixture, "3"), "");
}

static void
another_document_takes_back_what_the_first_answered (void **state)
{
  Fixture *fixture = *state;

  use_identity (fixture, "MARTIN", PV_VERDICT_GENUINE, PV_REASON_NONE);
  ask_all (fixture);
  type (fixture, "3", "Durand");
  use_identity (fixture, "PETIT", PV_VERDICT_GENUINE, PV_REASON_NONE);
  assert_string_equal (text_at (fixture, "6/0/61"), "");
  ask_all (fixture);
  assert_string_equal (text_at (fixture, "3"), "Durand"); /* the person's own word stays */
  assert_int_equal (pv_filing_get_proof (fixture->filing, "3"), PV_PROOF_NONE);
  assert_string_equal (text_at (fixture, "6/0/61"), "PETIT");
  pv_filing_set_identity (fixture->filing, NULL);
  assert_string_equal (text_at (fixture, "6/0/61"), "");
  assert_string_equal (text_at (fixture, "3"), "Durand");
}

/* The next row has the same family name: it was typed, and is not the one that was read. */
static void
a_row_that_moves_up_is_not_proven (void **state)
{
  Fixture *fixture = *state;

  use_identity (fixture, "MARTIN", PV_VERDICT_GENUINE, PV_REASON_NONE);
  ask_all (fixture);
  pv_filing_add_row (fixture->filing, "6");
  type (fixture, "6/1/61", "MARTIN");
  assert_int_equal (pv_filing_get_proof (fixture->filing, "6/0/61"), PV_PROOF_GENUINE);
  assert_int_equal (pv_filing_get_proof (fixture->filing, "6/1/61"), PV_PROOF_NONE);
  pv_filing_remove_row (fixture->filing, "6", 0);
  assert_int_equal (pv_filing_get_proof (fixture->filing, "6/0/61"), PV_PROOF_NONE);
}

static void
the_agents_are_told_what_is_proven (void **state)
{
  static const struct {
    PvVerdict verdict;
    PvReason reason;
    const char *changed; /* (nullable): path */
    const char *told;    /* NULL: nothing */
  } cases[] = {
    { PV_VERDICT_GENUINE, PV_REASON_NONE, NULL,
      "Identity read from the document's chip and verified: Votre nom, Votre naissance, Responsable 1, Nom, "
      "Responsable 1, Prénom." },
    { PV_VERDICT_GENUINE, PV_REASON_NONE, "4",
      "Identity read from the document's chip and verified: Votre nom, Responsable 1, Nom, Responsable 1, Prénom." },
    { PV_VERDICT_NOT_PROVEN, PV_REASON_EXPIRED, NULL,
      "Identity read from the document's chip, but not verified: Votre" },
    { PV_VERDICT_NOT_PROVEN, PV_REASON_TYPED, NULL, "Identity typed from the document, not verified: Votre nom" },
    { PV_VERDICT_REFUSED, PV_REASON_REVOKED, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvSubmission) submission = NULL, back = NULL;
    g_autoptr (GVariant) variant = NULL;
    g_autofree char *note = NULL;
    Fixture *fixture;

    tear_down (state);
    set_up (state);
    fixture = *state;
    use_identity (fixture, "MARTIN", cases[i].verdict, cases[i].reason);
    type (fixture, "1", "montre");
    ask_all (fixture);
    type (fixture, "1", "cache"); /* hides question 5 again */
    if (cases[i].changed != NULL)
      type (fixture, cases[i].changed, "1/1/1990");
    submission = pv_filing_build_submission (fixture->filing, PV_SUBMISSION_FILE, &fixture->today, 42, NULL);
    assert_non_null (submission);
    variant = g_variant_ref_sink (pv_submission_to_variant (submission));
    back = pv_submission_from_variant (variant, NULL); /* the note is written where the filing is sent */
    assert_non_null (back);
    note = pv_submission_build_note (back);
    if (cases[i].told != NULL)
      assert_non_null (strstr (note, cases[i].told));
    else
      assert_null (strstr (note, "Identity"));
    assert_null (strstr (note, "MARTIN"));
  }
}

static void
a_filing_without_proofs_is_written_as_before (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvSubmission) submission = NULL;
  g_autoptr (GVariant) variant = NULL, bad = NULL;

  submission = pv_filing_build_submission (fixture->filing, PV_SUBMISSION_FILE, &fixture->today, 42, NULL);
  variant = g_variant_ref_sink (pv_submission_to_variant (submission));
  assert_string_equal (g_variant_get_type_string (variant), "(ysmsssmsmsxa(smsybbmvmsmsav))");
  bad = g_variant_ref_sink (
    g_variant_new ("(@(ysmsssmsmsxa(smsybbmvmsmsav))y@as)", variant, 99, g_variant_new_strv (NULL, 0)));
  assert_null (pv_submission_from_variant (bad, NULL));
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (the_person_s_own_questions_are_answered),
    T (only_what_a_genuine_document_said_and_nobody_changed_is_proven),
    T (nothing_of_a_refused_document_is_used),
    T (another_document_takes_back_what_the_first_answered),
    T (a_row_that_moves_up_is_not_proven),
    T (the_agents_are_told_what_is_proven),
    T (a_filing_without_proofs_is_written_as_before),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

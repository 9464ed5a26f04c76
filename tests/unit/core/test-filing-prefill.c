/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the form proposes or fixes by a template. Today is 24 November 2026. */

#include "tst.h"

#include "core/filing.h"
#include "core/wipe.h"
#include "sample-procedure.h"

#include <string.h>

static const GDate *
today (void)
{
  static GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 24, 11, 2026);
  return &date;
}

static PvQuestion *
add (PvPage *page, PvQuestionKind kind, const char *id, const char *name, guint flags, const char *prefill)
{
  PvQuestion *question = sample_question (page->questions, kind, id, name, name, flags);

  question->prefill = g_strdup (prefill);
  return question;
}

static PvFiling *
make_filing (void)
{
  g_autoptr (PvProcedure) procedure = pv_procedure_new ("essai", "Essai");
  PvPage *page = sample_page (procedure, "p1", "Page");
  PvQuestion *question;

  add (page, PV_QUESTION_TEXT, "1", "nom", PV_QUESTION_REQUIRED, NULL);
  add (page, PV_QUESTION_TEXT, "2", "titulaire", 0, "{{ form_var_nom|upper }}");
  add (page, PV_QUESTION_DATE, "3", "debut", 0, "{{ today|add_days:7 }}");
  add (page, PV_QUESTION_TEXT, "4", "resume", PV_QUESTION_LOCKED, "{{ form_var_nom }}, {{ form_var_debut }}");
  add (page, PV_QUESTION_TEXT, "5", "portail", 0, "{{ form_user_email }}");
  question = add (page, PV_QUESTION_CHOICE, "6", "acte", 0, "{% now %}");
  sample_option (question, "n", "Naissance");
  question = add (page, PV_QUESTION_CHOICE, "7", "copie", 0, "{{ \"n\" }}");
  sample_option (question, "n", "Naissance");
  question = add (page, PV_QUESTION_TEXT, "8", "suite", 0, NULL);
  question->condition = pv_expression_parse ("form_var_resume|startswith:\"Zoé\"", NULL);
  add (page, PV_QUESTION_TEXT, "9", "soi", PV_QUESTION_LOCKED, "{{ form_var_soi }}x");
  return pv_filing_new (procedure, PV_FILING_REAL, "BCDFGHJKLM");
}

static void
set_text (PvFiling *filing, const char *path, const char *text)
{
  g_autoptr (PvValue) value = text != NULL ? pv_value_new_text (text) : NULL;

  assert_true (pv_filing_set (filing, path, value, PV_ACTOR_CITIZEN, NULL));
}

static const char *
text_of (const PvFiling *filing, const char *path)
{
  const PvValue *value = pv_filing_get (filing, path);

  return value != NULL ? pv_value_get_text (value) : NULL;
}

static void
proposes_what_was_answered_before (void **state)
{
  g_autoptr (PvFiling) filing = make_filing ();

  (void) state;
  assert_null (text_of (filing, "2"));
  pv_filing_prefill (filing, "2", today ());
  assert_null (text_of (filing, "2"));
  set_text (filing, "1", "Zoé");
  pv_filing_prefill (filing, "2", today ());
  assert_string_equal (text_of (filing, "2"), "ZOÉ");
  pv_filing_prefill (filing, "3", today ());
  assert_string_equal (text_of (filing, "3"), "2026-12-01");
  pv_filing_prefill (filing, "7", today ());
  assert_true (pv_value_has_id (pv_filing_get (filing, "7"), "n"));
}

static void
proposes_once_and_over_nothing (void **state)
{
  g_autoptr (PvFiling) filing = make_filing ();

  (void) state;
  set_text (filing, "1", "Zoé");
  set_text (filing, "2", "Léa");
  pv_filing_prefill (filing, "2", today ());
  assert_string_equal (text_of (filing, "2"), "Léa");
  set_text (filing, "2", NULL);
  pv_filing_prefill (filing, "2", today ());
  assert_string_equal (text_of (filing, "2"), "ZOÉ");
  set_text (filing, "2", NULL);
  pv_filing_prefill (filing, "2", today ());
  assert_null (text_of (filing, "2"));
}

static void
leaves_blank_what_it_cannot_compute (void **state)
{
  g_autoptr (PvFiling) filing = make_filing ();

  (void) state;
  pv_filing_prefill (filing, "5", today ());
  pv_filing_prefill (filing, "6", today ());
  pv_filing_prefill (filing, "1", today ());
  pv_filing_prefill (filing, "absent", today ());
  assert_null (pv_filing_get (filing, "5"));
  assert_null (pv_filing_get (filing, "6"));
  assert_null (pv_filing_get (filing, "1"));
}

static const PvSubmissionEntry *
find_entry (const PvSubmission *submission, const char *id)
{
  for (guint i = 0; i < submission->entries->len; i++) {
    const PvSubmissionEntry *entry = submission->entries->pdata[i];

    if (g_str_equal (entry->id, id))
      return entry;
  }
  return NULL;
}

static void
a_locked_answer_follows_what_it_is_computed_from_and_is_sent (void **state)
{
  g_autoptr (PvFiling) filing = make_filing ();
  g_autoptr (GPtrArray) before = pv_filing_list_steps (filing, today ());
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (PvSubmission) submission = NULL;
  const PvSubmissionEntry *entry;

  (void) state;
  set_text (filing, "1", "Zoé");
  set_text (filing, "3", "2027-01-02");
  after = pv_filing_list_steps (filing, today ());
  assert_int_equal (after->len, before->len + 1); /* question 8, whose condition asks for the locked one */
  set_text (filing, "1", "Zoé B.");
  submission = pv_filing_build_submission (filing, PV_SUBMISSION_FILE, today (), 1, NULL);
  assert_non_null (submission);
  entry = find_entry (submission, "4");
  assert_non_null (entry);
  assert_string_equal (pv_value_get_text (entry->value), "Zoé B., 2027-01-02");
}

static void
a_locked_answer_that_asks_for_itself_does_not_grow (void **state)
{
  g_autoptr (PvFiling) filing = make_filing ();

  (void) state;
  for (guint i = 0; i < 3; i++) {
    g_autoptr (GPtrArray) steps = pv_filing_list_steps (filing, today ());

    assert_non_null (steps);
    assert_string_equal (text_of (filing, "9"), "x");
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (proposes_what_was_answered_before),
    cmocka_unit_test (proposes_once_and_over_nothing),
    cmocka_unit_test (leaves_blank_what_it_cannot_compute),
    cmocka_unit_test (a_locked_answer_follows_what_it_is_computed_from_and_is_sent),
    cmocka_unit_test (a_locked_answer_that_asks_for_itself_does_not_grow),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

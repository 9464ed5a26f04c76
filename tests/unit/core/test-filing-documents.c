/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/filing.h"
#include "sample-procedure.h"

enum { MEGA = 1000 * 1000 };

typedef struct {
  PvProcedure *procedure;
  PvQuestion *question;
  PvFiling *filing;
  GDate today;
} Fixture;

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->procedure = sample_procedure ();
  fixture->question = (PvQuestion *) pv_procedure_find_question (fixture->procedure, "11");
  fixture->filing = pv_filing_new (fixture->procedure, PV_FILING_REAL, "BCDFGHJKLM");
  g_date_set_dmy (&fixture->today, 24, 11, 2026);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_filing_free (fixture->filing);
  pv_procedure_unref (fixture->procedure);
  g_free (fixture);
  return 0;
}

/* Whether the memory of a content is given back. */
static void
freed_cb (gpointer data)
{
  (*(guint *) data)++;
}

static PvDocument *
document_of (gsize size, const char *type, guint n_pages)
{
  g_autoptr (GBytes) content = g_bytes_new_take (g_malloc0 (size), size);

  return pv_document_new ("document.bin", type, content, n_pages);
}

static gboolean
add (Fixture *fixture, gsize size, const char *type)
{
  g_autoptr (PvDocument) document = document_of (size, type, 2);

  return pv_filing_add_document (fixture->filing, "11", document, PV_ACTOR_CITIZEN);
}

static void
assert_error (Fixture *fixture, const char *expected)
{
  g_autofree char *sentence = pv_filing_check_path (fixture->filing, "11", &fixture->today);

  if (expected == NULL)
    assert_null (sentence);
  else
    assert_string_equal (sentence, expected);
}

static void
a_document_is_an_answer_that_can_be_taken_back (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *text = NULL;

  assert_error (fixture, "Add a document.");
  assert_true (add (fixture, 340000, "application/pdf"));
  assert_error (fixture, NULL);
  text = pv_filing_display_masked (fixture->filing, "11");
  assert_string_equal (text, "2 pages, 340 kB");
  assert_false (pv_filing_remove_document (fixture->filing, "11", 1, PV_ACTOR_CITIZEN));
  assert_true (pv_filing_remove_document (fixture->filing, "11", 0, PV_ACTOR_CITIZEN));
  assert_null (pv_filing_get (fixture->filing, "11"));
}

static void
there_are_as_many_as_the_form_takes_and_each_has_a_name_that_says_nothing (void **state)
{
  Fixture *fixture = *state;
  const PvValue *value;

  fixture->question->max_files = 3;
  assert_true (add (fixture, 1000, "application/pdf"));
  assert_true (add (fixture, 1000, "image/jpeg"));
  assert_true (add (fixture, 1000, "application/pdf"));
  assert_int_equal (pv_filing_get_document_room (fixture->filing, "11"), PV_DOCUMENT_ROOM_NO_MORE);
  assert_false (add (fixture, 1000, "application/pdf"));
  assert_true (pv_filing_remove_document (fixture->filing, "11", 0, PV_ACTOR_CITIZEN));
  assert_true (add (fixture, 1000, "application/pdf"));
  value = pv_filing_get (fixture->filing, "11");
  assert_string_equal (pv_value_get_filename (value, 0), "document-1.jpg");
  assert_string_equal (pv_value_get_filename (value, 1), "document-2.pdf");
  assert_string_equal (pv_value_get_filename (value, 2), "document-1.pdf");
  assert_int_equal (pv_value_get_n_pages (value, 2), 2);
}

static void
a_kind_or_a_size_that_the_form_does_not_take_is_refused (void **state)
{
  Fixture *fixture = *state;
  const char *photos[] = { "image/*", NULL };
  g_autoptr (PvCaptureRules) rules = NULL;

  assert_false (add (fixture, 1000, "text/html"));
  assert_false (add (fixture, PV_CAPTURE_MAX_BYTES + 1, "application/pdf"));
  fixture->question->mime_types = g_strdupv ((char **) photos);
  fixture->question->max_bytes = 5 * MEGA;
  rules = pv_filing_make_capture_rules (fixture->filing, "11");
  assert_int_equal (g_strv_length (rules->mime_types), 2);
  assert_string_equal (rules->mime_types[0], "image/jpeg");
  assert_int_equal (rules->max_bytes, 5 * MEGA);
  assert_false (rules->is_sample);
  assert_false (add (fixture, 1000, "application/pdf"));
  assert_false (add (fixture, 5 * MEGA + 1, "image/png"));
  assert_true (add (fixture, 5 * MEGA, "image/png"));
}

/* Set from elsewhere: the gate before the portal says it as well. */
static void
what_is_against_the_rules_is_told_where_it_is_checked (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) content = g_bytes_new_take (g_malloc0 (1000), 1000);
  g_autoptr (PvValue) files = pv_value_new_files ();

  pv_value_add_file (files, "x.html", "text/html", content);
  assert_true (pv_filing_set (fixture->filing, "11", files, PV_ACTOR_CITIZEN, NULL));
  assert_error (fixture, "A document of this kind is not accepted here.");
  fixture->question->max_bytes = 999;
  assert_error (fixture, "This document is too large.");
}

static void
all_documents_together_have_a_limit_that_is_known_before (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvCaptureRules) rules = NULL;

  fixture->question->max_files = 9;
  for (guint i = 0; i < 4; i++)
    assert_true (add (fixture, 10 * MEGA, "application/pdf"));
  rules = pv_filing_make_capture_rules (fixture->filing, "11");
  assert_int_equal (rules->max_bytes, PV_FILING_MAX_DOCUMENT_BYTES - 40 * MEGA);
  assert_false (add (fixture, rules->max_bytes + 1, "application/pdf"));
  assert_true (add (fixture, rules->max_bytes, "application/pdf"));
  assert_int_equal (pv_filing_get_document_room (fixture->filing, "11"), PV_DOCUMENT_ROOM_FULL);
  assert_null (pv_filing_make_capture_rules (fixture->filing, "11"));
  assert_error (fixture, NULL);
}

static void
a_mediator_neither_adds_nor_removes (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvDocument) document = document_of (1000, "application/pdf", 1);

  assert_false (pv_filing_add_document (fixture->filing, "11", document, PV_ACTOR_MEDIATOR));
  assert_true (add (fixture, 1000, "application/pdf"));
  assert_false (pv_filing_remove_document (fixture->filing, "11", 0, PV_ACTOR_MEDIATOR));
  assert_int_equal (pv_filing_count_documents (fixture->filing, "11"), 1);
}

/* The content is the same memory from the scanner to the submission, and its end comes with the last of them. */
static void
a_content_is_referenced_never_copied (void **state)
{
  Fixture *fixture = *state;
  guint n_freed = 0;
  char memory[] = "%PDF-1.7";
  GBytes *content = g_bytes_new_with_free_func (memory, sizeof memory, freed_cb, &n_freed);
  PvDocument *document = pv_document_new ("document-1.pdf", "application/pdf", content, 1);
  PvSubmission *submission;
  const PvSubmissionEntry *entry = NULL;

  g_bytes_unref (content);
  assert_true (pv_filing_add_document (fixture->filing, "11", document, PV_ACTOR_CITIZEN));
  pv_document_unref (document);
  submission = pv_filing_build_submission (fixture->filing, PV_SUBMISSION_DRAFT, &fixture->today, 1, NULL);
  for (guint i = 0; i < submission->entries->len; i++)
    if (g_str_equal (((PvSubmissionEntry *) submission->entries->pdata[i])->id, "11"))
      entry = submission->entries->pdata[i];
  assert_non_null (entry);
  assert_ptr_equal (g_bytes_get_data (pv_value_get_content (entry->value, 0), NULL), memory);
  assert_true (pv_filing_remove_document (fixture->filing, "11", 0, PV_ACTOR_CITIZEN));
  assert_int_equal (n_freed, 0);
  pv_submission_free (submission);
  assert_int_equal (n_freed, 1);
}

static void
a_practice_asks_for_a_sample (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvFiling) practice = pv_filing_new (fixture->procedure, PV_FILING_PRACTICE, NULL);
  g_autoptr (PvCaptureRules) rules = pv_filing_make_capture_rules (practice, "11");

  assert_true (rules->is_sample);
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (a_document_is_an_answer_that_can_be_taken_back),
    T (there_are_as_many_as_the_form_takes_and_each_has_a_name_that_says_nothing),
    T (a_kind_or_a_size_that_the_form_does_not_take_is_refused),
    T (what_is_against_the_rules_is_told_where_it_is_checked),
    T (all_documents_together_have_a_limit_that_is_known_before),
    T (a_mediator_neither_adds_nor_removes),
    T (a_content_is_referenced_never_copied),
    T (a_practice_asks_for_a_sample),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

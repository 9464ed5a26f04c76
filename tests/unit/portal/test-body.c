/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/publik/body.h"

#include <string.h>

#include "portal/portal.h"
#include "tst.h"

static PvSubmissionEntry *
add_entry (GPtrArray *entries, const char *id, const char *name, PvQuestionKind kind, PvValue *value)
{
  PvSubmissionEntry *entry = pv_submission_entry_new (id, name, kind);

  entry->value = value;
  g_ptr_array_add (entries, entry);
  return entry;
}

static PvSubmission *
make_submission (void)
{
  PvSubmission *submission = pv_submission_new ();

  submission->purpose = PV_SUBMISSION_FILE;
  submission->slug = g_strdup ("acte-naissance");
  submission->form_id = g_strdup ("18");
  submission->version = g_strdup ("v");
  submission->ref = g_strdup ("BCDFGHJKLM");
  return submission;
}

static PvValue *
make_options (const char *id, const char *label)
{
  const char *ids[] = { id, NULL };
  const char *labels[] = { label, NULL };

  return pv_value_new_options (ids, labels);
}

static PvValue *
make_file (const char *name, const char *content)
{
  PvValue *value = pv_value_new_files ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (content, strlen (content));

  pv_value_add_file (value, name, "application/pdf", bytes);
  return value;
}

/* The member "data" of the body, in canonical spelling. */
static char *
build_data (const PvSubmission *submission)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PvJsonWriter) writer = pv_publik_build_body (submission, &error);
  g_autoptr (PvJson) json = NULL;
  g_autoptr (PvJson) data = NULL;
  const char *text;
  gsize size;

  assert_null (error);
  text = pv_json_writer_get_text (writer, &size);
  json = pv_json_parse (text, size, &error);
  assert_null (error);
  data = pv_json_get_member (json, "data");
  return pv_json_to_text (data);
}

/* One row for each kind of question: what the portal's documents ask for, publik-api 2.4. */
static void
each_kind_travels_in_its_documented_shape (void **state)
{
  static const char *const day_ids[] = { "lun", "mar", NULL };
  static const char *const day_labels[] = { "lundi", "mardi", NULL };
  const struct {
    PvQuestionKind kind;
    gboolean is_integer;
    PvValue *value;
    const char *expected;
  } table[] = {
    { PV_QUESTION_TEXT, FALSE, pv_value_new_text ("L’été \"bleu\""), "{\"x\":\"L’été \\\"bleu\\\"\"}" },
    { PV_QUESTION_LONG_TEXT, FALSE, pv_value_new_text ("un\ndeux"), "{\"x\":\"un\\u000adeux\"}" },
    { PV_QUESTION_EMAIL, FALSE, pv_value_new_text ("a@example.org"), "{\"x\":\"a@example.org\"}" },
    { PV_QUESTION_PHONE, FALSE, pv_value_new_text ("0199000000"), "{\"x\":\"0199000000\"}" },
    { PV_QUESTION_NUMBER, TRUE, pv_value_new_text ("3"), "{\"x\":3}" },
    { PV_QUESTION_NUMBER, FALSE, pv_value_new_text ("12.50"), "{\"x\":\"12.50\"}" },
    { PV_QUESTION_AMOUNT, FALSE, pv_value_new_text ("9.90"), "{\"x\":\"9.90\"}" },
    { PV_QUESTION_DATE, FALSE, pv_value_new_text ("2020-07-13"), "{\"x\":\"2020-07-13\"}" },
    { PV_QUESTION_YES_NO, FALSE, pv_value_new_bool (FALSE), "{\"x\":false}" },
    { PV_QUESTION_STATEMENT, FALSE, pv_value_new_bool (TRUE), "{\"x\":true}" },
    { PV_QUESTION_CHOICE, FALSE, make_options ("Naissance", "Naissance"), "{\"x\":\"Naissance\"}" },
    { PV_QUESTION_CHOICE, FALSE, make_options ("3", "École Jean-Moulin"), "{\"x\":\"3\"}" },
    { PV_QUESTION_CHOICES, FALSE, pv_value_new_options (day_ids, day_labels), "{\"x\":[\"lun\",\"mar\"]}" },
    { PV_QUESTION_FILE, FALSE, make_file ("acte.pdf", "%PDF-"),
      "{\"x\":{\"content\":\"JVBERi0=\",\"content_type\":\"application/pdf\",\"filename\":\"acte.pdf\"}}" },
    { PV_QUESTION_PLACE, FALSE, make_options ("48.197300;-3.282600", "12 rue des Écoles"),
      "{\"x\":{\"lat\":48.1973,\"lon\":-3.2826}}" },
    { PV_QUESTION_PLACE, FALSE, pv_value_new_text ("rue des Écoles"), "{}" }, /* not chosen: no place */
    { PV_QUESTION_PLACE, FALSE, make_options ("Montclair", "Montclair"), "{}" },
    { PV_QUESTION_EMAIL, FALSE, pv_value_new_declined (), "{}" },
    { PV_QUESTION_TEXT, FALSE, pv_value_new_text (""), "{}" },
    { PV_QUESTION_TEXT, FALSE, NULL, "{}" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (PvSubmission) submission = make_submission ();
    g_autofree char *data = NULL;

    add_entry (submission->entries, "5", "x", table[i].kind, table[i].value)->is_integer = table[i].is_integer;
    data = build_data (submission);
    assert_string_equal (data, table[i].expected);
  }
}

/* As a number, and with the digits that were chosen: w.c.s. stores what it is given. */
static void
a_place_is_written_digit_by_digit (void **state)
{
  g_autoptr (PvSubmission) submission = make_submission ();
  g_autoptr (PvJsonWriter) writer = NULL;
  gsize size;

  (void) state;
  add_entry (submission->entries, "5", "x", PV_QUESTION_PLACE, make_options ("48.200000;3.280001", "Rue"));
  writer = pv_publik_build_body (submission, NULL);
  assert_non_null (strstr (pv_json_writer_get_text (writer, &size), "{\"lat\":48.200000,\"lon\":3.280001}"));
}

static void
a_field_without_a_name_of_its_own_travels_by_id (void **state)
{
  g_autoptr (PvSubmission) submission = make_submission ();
  g_autofree char *data = NULL;

  (void) state;
  add_entry (submission->entries, "14", NULL, PV_QUESTION_TEXT, pv_value_new_text ("a"));
  add_entry (submission->entries, "2", "nom", PV_QUESTION_TEXT, pv_value_new_text ("b"));
  add_entry (submission->entries, "#15", "nom", PV_QUESTION_TEXT, pv_value_new_text ("c"));
  data = build_data (submission);
  assert_string_equal (data, "{\"_unnamed\":{\"14\":\"a\",\"15\":\"c\"},\"nom\":\"b\"}");
}

static void
rows_of_a_block_are_a_list_of_objects (void **state)
{
  g_autoptr (PvSubmission) submission = make_submission ();
  g_autofree char *data = NULL;
  static const char *const names[] = { "Léa", "Tom" };
  PvValue *rows = pv_value_new_rows ();
  PvSubmissionEntry *entry;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    PvAnswers *row = pv_answers_new ();
    g_autoptr (PvValue) name = pv_value_new_text (names[i]);
    g_autoptr (PvValue) school = make_options ("3", "École");

    pv_answers_set (row, "12:a1", name);
    if (i == 0)
      pv_answers_set (row, "12:a2", school);
    pv_value_add_row (rows, row);
  }
  entry = add_entry (submission->entries, "12", "enfants", PV_QUESTION_BLOCK, rows);
  entry->inner = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_submission_entry_free);
  add_entry (entry->inner, "12:a1", "prenom", PV_QUESTION_TEXT, NULL);
  add_entry (entry->inner, "12:a2", NULL, PV_QUESTION_CHOICE, NULL);
  data = build_data (submission);
  assert_string_equal (data, "{\"enfants\":[{\"a2\":\"3\",\"prenom\":\"Léa\"},{\"prenom\":\"Tom\"}]}");
}

static void
the_reference_is_always_there (void **state)
{
  g_autoptr (PvSubmission) submission = make_submission ();
  g_autofree char *added = NULL;
  g_autofree char *kept = NULL;

  (void) state;
  submission->ref_field = g_strdup ("parvis_ref");
  added = build_data (submission);
  assert_string_equal (added, "{\"parvis_ref\":\"BCDFGHJKLM\"}");
  add_entry (submission->entries, "9", "parvis_ref", PV_QUESTION_TEXT, pv_value_new_text ("BCDFGHJKLM"));
  kept = build_data (submission);
  assert_string_equal (kept, added);
}

static void
the_envelope_says_draft_channel_and_note (void **state)
{
  g_autoptr (PvSubmission) submission = make_submission ();
  g_autoptr (PvJsonWriter) filed = NULL;
  g_autoptr (PvJsonWriter) draft = NULL;
  gsize size;

  (void) state;
  filed = pv_publik_build_body (submission, NULL);
  assert_string_equal (pv_json_writer_get_text (filed, &size),
                       "{\"data\":{},\"meta\":{\"draft\":false},\"context\":{\"channel\":\"counter\"}}");
  submission->purpose = PV_SUBMISSION_DRAFT;
  submission->note = g_strdup ("Borne, BCDFG HJKLM");
  draft = pv_publik_build_body (submission, NULL);
  assert_string_equal (pv_json_writer_get_text (draft, &size),
                       "{\"data\":{},\"meta\":{\"draft\":true},"
                       "\"context\":{\"channel\":\"counter\",\"comments\":\"Borne, BCDFG HJKLM\"}}");
}

/* The portal would keep neither, without a word. */
static void
two_files_in_one_field_are_refused (void **state)
{
  g_autoptr (PvSubmission) submission = make_submission ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  PvValue *files = make_file ("a.pdf", "x");

  (void) state;
  pv_value_add_file (files, "b.pdf", "application/pdf", bytes);
  add_entry (submission->entries, "5", "x", PV_QUESTION_FILE, files);
  assert_null (pv_publik_build_body (submission, &error));
  assert_true (g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_DENIED));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_kind_travels_in_its_documented_shape),
    cmocka_unit_test (a_place_is_written_digit_by_digit),
    cmocka_unit_test (a_field_without_a_name_of_its_own_travels_by_id),
    cmocka_unit_test (rows_of_a_block_are_a_list_of_objects),
    cmocka_unit_test (the_reference_is_always_there),
    cmocka_unit_test (the_envelope_says_draft_channel_and_note),
    cmocka_unit_test (two_files_in_one_field_are_refused),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

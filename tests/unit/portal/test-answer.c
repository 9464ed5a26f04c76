/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal/publik/answer.h"

#include <string.h>

#include "tst.h"

#define PORTAL "https://demarches.example.fr"
/* 2026-11-23T21:00:00Z */
#define RECEIVED_US (G_GINT64_CONSTANT (1795467600) * G_USEC_PER_SEC)

static PvJson *
parse (const char *text)
{
  PvJson *json = pv_json_parse (text, strlen (text), NULL);

  assert_non_null (json);
  return json;
}

static PvSubmission *
make_submission (PvSubmissionPurpose purpose)
{
  PvSubmission *submission = pv_submission_new ();

  submission->purpose = purpose;
  submission->slug = g_strdup ("acte-naissance");
  submission->form_id = g_strdup ("18");
  submission->ref = g_strdup ("BCDFGHJKLM");
  return submission;
}

static void
a_filing_has_number_code_and_the_portals_time (void **state)
{
  g_autoptr (PvJson) json = parse ("{\"err\":0,\"data\":{\"id\":\"17\",\"url\":\"https://x/\"},"
                                   "\"tracking_code\":\"BCDFGHJK\"}");
  g_autoptr (PvSubmission) submission = make_submission (PV_SUBMISSION_FILE);
  g_autoptr (PvOutcome) outcome = pv_publik_read_outcome (json, submission, PORTAL, RECEIVED_US, NULL);

  (void) state;
  assert_int_equal (outcome->kind, PV_OUTCOME_RECEIVED);
  assert_string_equal (outcome->number, "18-17");
  assert_string_equal (outcome->tracking_code, "BCDFGHJK");
  assert_string_equal (outcome->ref, "BCDFGHJKLM");
  assert_int_equal (outcome->received_us, RECEIVED_US);
  assert_null (outcome->resume_url);
}

static void
a_number_may_be_a_number_and_the_form_without_id (void **state)
{
  g_autoptr (PvJson) json = parse ("{\"err\":0,\"data\":{\"id\":17}}");
  g_autoptr (PvSubmission) submission = make_submission (PV_SUBMISSION_FILE);
  g_autoptr (PvOutcome) outcome = NULL;

  (void) state;
  g_clear_pointer (&submission->form_id, g_free);
  outcome = pv_publik_read_outcome (json, submission, PORTAL, RECEIVED_US, NULL);
  assert_string_equal (outcome->number, "17");
  assert_null (outcome->tracking_code);
}

static void
a_draft_is_resumed_by_code_or_else_by_its_page (void **state)
{
  g_autoptr (PvJson) with_code = parse ("{\"err\":0,\"data\":{\"id\":\"17\"},\"tracking_code\":\"BCDFGHJK\"}");
  g_autoptr (PvJson) without = parse ("{\"err\":0,\"data\":{\"id\":\"17\",\"url\":\"" PORTAL "/acte/17/\"}}");
  g_autoptr (PvSubmission) submission = make_submission (PV_SUBMISSION_DRAFT);
  g_autoptr (PvOutcome) first = pv_publik_read_outcome (with_code, submission, PORTAL, RECEIVED_US, NULL);
  g_autoptr (PvOutcome) second = pv_publik_read_outcome (without, submission, PORTAL, RECEIVED_US, NULL);

  (void) state;
  assert_int_equal (first->kind, PV_OUTCOME_DRAFT);
  assert_string_equal (first->resume_url, PORTAL "/code/BCDFGHJK/load");
  assert_int_equal (first->received_us, 0);
  assert_null (first->number);
  assert_string_equal (second->resume_url, PORTAL "/acte/17/");
}

/* "Received" without a number is not a proof. */
static void
an_answer_without_a_number_is_ambiguous (void **state)
{
  static const char *const answers[] = { "{\"err\":0}", "{\"err\":0,\"data\":{}}", "{\"err\":0,\"data\":[]}",
                                         "{\"err\":0,\"data\":{\"id\":\"\"}}", "{\"err\":0,\"data\":{\"id\":{}}}" };
  g_autoptr (PvSubmission) submission = make_submission (PV_SUBMISSION_FILE);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autoptr (PvJson) json = parse (answers[i]);
    g_autoptr (GError) error = NULL;

    assert_null (pv_publik_read_outcome (json, submission, PORTAL, RECEIVED_US, &error));
    assert_true (g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_AMBIGUOUS));
  }
}

#define ROW(ref)                                                                                                       \
  "{\"id\":\"17\",\"display_id\":\"18-17\",\"receipt_time\":\"2026-11-23T22:00:00\",\"fields\":{\"parvis_ref\":\"" ref \
  "\"}}"

static void
rows_are_compared_again (void **state)
{
  static const struct {
    const char *text;
    int found; /* -1: an error */
  } table[] = {
    { "[]", FALSE },
    { "{\"data\":[]}", FALSE },
    { "[" ROW ("BCDFGHJKLM") "]", TRUE },
    { "{\"err\":0,\"data\":[" ROW ("bcdfghjklm") "]}", TRUE },
    { "[{\"id\":\"17\",\"fields\":{\"_unnamed\":{\"parvis_ref\":\"BCDFGHJKLM\"}}}]", TRUE },
    { "[" ROW ("ZZZZZZZZZZ") "]", -1 },
    { "[" ROW ("BCDFGHJKLM") "," ROW ("ZZZZZZZZZZ") "]", -1 },
    { "[{\"id\":\"17\"}]", -1 },
    { "[17]", -1 },
    { "{}", -1 },
    { "{\"data\":{}}", -1 },
    { "[{},{},{},{},{},{}]", -1 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (PvJson) json = parse (table[i].text);
    g_autoptr (GError) error = NULL;
    g_autoptr (PvFound) found = pv_publik_read_found_rows (json, "parvis_ref", "BCDFGHJKLM", &error);

    if (table[i].found < 0) {
      assert_null (found);
      assert_true (g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_BAD_ANSWER));
      continue;
    }
    assert_non_null (found);
    assert_int_equal (found->found, table[i].found);
  }
}

/* A time without a zone is the commune's: here Paris, an hour ahead in winter. */
static void
a_found_row_has_number_and_time (void **state)
{
  g_autoptr (PvJson) json = parse ("[" ROW ("BCDFGHJKLM") "]");
  g_autoptr (PvFound) found = pv_publik_read_found_rows (json, "parvis_ref", "BCDFGHJKLM", NULL);

  (void) state;
  assert_string_equal (found->number, "18-17");
  assert_int_equal (found->received_us, RECEIVED_US);
}

static void
the_relay_says_found_or_not (void **state)
{
  g_autoptr (PvJson) none = parse ("{\"err\":0,\"data\":{\"found\":false}}");
  g_autoptr (PvJson) some = parse ("{\"err\":0,\"data\":{\"found\":true,\"number\":\"18-17\","
                                   "\"received\":\"2026-11-23T21:00:00Z\",\"tracking_code\":\"BCDFGHJK\"}}");
  g_autoptr (PvJson) unclear = parse ("{\"err\":0,\"data\":{}}");
  g_autoptr (PvFound) absent = pv_publik_read_found (none, NULL);
  g_autoptr (PvFound) present = pv_publik_read_found (some, NULL);
  g_autoptr (GError) error = NULL;

  (void) state;
  assert_false (absent->found);
  assert_true (present->found);
  assert_string_equal (present->number, "18-17");
  assert_string_equal (present->tracking_code, "BCDFGHJK");
  assert_int_equal (present->received_us, RECEIVED_US);
  assert_null (pv_publik_read_found (unclear, &error));
  assert_true (g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_BAD_ANSWER));
}

static void
the_relay_tells_the_state_of_a_filing (void **state)
{
  g_autoptr (PvJson) json =
    parse ("{\"err\":0,\"data\":{\"status\":\"En cours\",\"title\":\"Acte\",\"number\":\"18-17\","
           "\"received\":\"2026-11-23 22:00:00\",\"changed\":null,\"closed\":true,"
           "\"expected\":\"Un justificatif\"}}");
  g_autoptr (PvJson) bare = parse ("{\"data\":{}}");
  g_autoptr (PvFollowed) followed = pv_publik_read_followed (json, NULL);
  g_autoptr (GError) error = NULL;

  (void) state;
  assert_string_equal (followed->status, "En cours");
  assert_string_equal (followed->title, "Acte");
  assert_string_equal (followed->number, "18-17");
  assert_string_equal (followed->expected, "Un justificatif");
  assert_int_equal (followed->received_us, RECEIVED_US);
  assert_int_equal (followed->changed_us, 0);
  assert_true (followed->is_closed);
  assert_null (pv_publik_read_followed (bare, &error));
  assert_true (g_error_matches (error, PV_PORTAL_ERROR, PV_PORTAL_ERROR_BAD_ANSWER));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_filing_has_number_code_and_the_portals_time),
    cmocka_unit_test (a_number_may_be_a_number_and_the_form_without_id),
    cmocka_unit_test (a_draft_is_resumed_by_code_or_else_by_its_page),
    cmocka_unit_test (an_answer_without_a_number_is_ambiguous),
    cmocka_unit_test (rows_are_compared_again),
    cmocka_unit_test (a_found_row_has_number_and_time),
    cmocka_unit_test (the_relay_says_found_or_not),
    cmocka_unit_test (the_relay_tells_the_state_of_a_filing),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

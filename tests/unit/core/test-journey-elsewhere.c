/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Going on at home, on the phone, or on another site. */

#include "core/journey-private.h"

#include "journey-steps.h"

static PvOutcome *
drafted (void)
{
  PvOutcome *outcome = pv_outcome_new (PV_OUTCOME_DRAFT, ref);

  outcome->tracking_code = g_strdup ("BCDFGHJK");
  outcome->resume_url = g_strdup ("https://demarches.montclair.example/code/BCDFGHJK/load");
  return outcome;
}

static void
store_draft (Fixture *fixture)
{
  PvEffect *store = wait_effect (fixture, PV_EFFECT_STORE);

  assert_non_null (store);
  assert_int_equal (store->submission->purpose, PV_SUBMISSION_DRAFT);
  pv_effect_free (store);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
}

static void
a_request_can_go_on_at_home_from_wherever_it_is (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  act (fixture, PV_DO_QUIT, NULL, NULL);
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_KEEP));
  act (fixture, PV_DO_STAY, NULL, NULL);
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "procedure");
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_HAND_OVER));
  assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_CONTINUE_ON_PHONE));
  act (fixture, PV_DO_BEGIN, NULL, NULL);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  act (fixture, PV_DO_HAND_OVER, NULL, NULL);
  assert_screen (fixture, "sending");
  store_draft (fixture);
}

static void
the_check_offers_it (void **state)
{
  Fixture *fixture = *state;

  answer_up_to_check (fixture);
  assert_screen (fixture, "check");
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_HAND_OVER));
}

static void
the_ticket_says_the_code_the_way_and_until_when (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) outcome = drafted ();
  const PvNotice *notice;
  PvEffect *print;

  answer_up_to_check (fixture);
  act (fixture, PV_DO_HAND_OVER, NULL, NULL);
  store_draft (fixture);
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  assert_screen (fixture, "done-kept");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "reference")->value, "BCDF\xc2\xa0GHJK");
  notice = screen (fixture)->notices->pdata[0];
  assert_string_equal (notice->strong, "Valid until 3 March 2027."); /* 100 days from 23 November 2026 */
  act (fixture, PV_DO_PRINT, NULL, NULL);
  print = wait_effect (fixture, PV_EFFECT_PRINT);
  assert_int_equal (print->receipt->kind, PV_RECEIPT_TICKET);
  assert_string_equal (print->receipt->qr_text, "https://demarches.montclair.example/code/BCDFGHJK/load");
  assert_non_null (strstr (print->receipt->next, "Valid until 3 March 2027."));
  assert_non_null (strstr (print->receipt->next, "A kiosk cannot open it."));
  pv_effect_free (print);
  act (fixture, PV_DO_SHOW_QR, NULL, NULL);
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "qr")->value,
                       "https://demarches.montclair.example/code/BCDFGHJK/load");
}

static void
the_form_s_own_lifespan_counts (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) outcome = drafted ();

  fixture->procedure->draft_days = 10;
  answer_up_to_check (fixture);
  act (fixture, PV_DO_HAND_OVER, NULL, NULL);
  store_draft (fixture);
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  assert_string_equal (((PvNotice *) screen (fixture)->notices->pdata[0])->strong, "Valid until 3 December 2026.");
}

static void
without_an_answer_nothing_is_promised (void **state)
{
  Fixture *fixture = *state;

  answer_up_to_check (fixture);
  act (fixture, PV_DO_HAND_OVER, NULL, NULL);
  store_draft (fixture);
  pass_seconds (fixture, 15);
  assert_screen (fixture, "done-kept");
  assert_null (((PvNotice *) screen (fixture)->notices->pdata[0])->strong);
}

static void
a_form_without_drafts_offers_none (void **state)
{
  Fixture *fixture = *state;

  fixture->procedure->has_tracking_code = FALSE;
  answer_up_to_check (fixture);
  assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_HAND_OVER));
  act (fixture, PV_DO_HAND_OVER, NULL, NULL);
  assert_screen (fixture, "check");
  act (fixture, PV_DO_QUIT, NULL, NULL);
  assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_KEEP));
}

static void
every_reason_has_a_sentence_of_its_own (void **state)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  (void) state;
  for (guint beyond = 0; beyond < PV_N_BEYONDS; beyond++) {
    const char *sentence = pv_journey_beyond_sentence ((PvBeyond) beyond);

    assert_true (sentence != NULL && sentence[0] != '\0');
    assert_true (g_hash_table_add (seen, (gpointer) sentence));
  }
}

static void
what_is_beyond_the_kiosk_says_why_and_shows_its_code_at_once (void **state)
{
  Fixture *fixture = *state;
  const PvNotice *notice;

  fixture->procedure->fillable = PV_FILLABLE_ON_PHONE;
  fixture->procedure->beyond = PV_BEYOND_CAPTCHA;
  begin (fixture);
  assert_screen (fixture, "procedure");
  assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_BEGIN));
  notice = screen (fixture)->notices->pdata[0];
  assert_string_equal (notice->text, pv_journey_beyond_sentence (PV_BEYOND_CAPTCHA));
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "qr")->value,
                       "https://demarches.montclair.example/ecole/");
  /* Where there is no room for it, it is one touch away. */
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 11, 42 });
  assert_null (pv_screen_state_find_field (screen (fixture), "qr"));
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_CONTINUE_ON_PHONE));
}

static void
a_document_that_cannot_be_given_here_is_a_reason (void **state)
{
  Fixture *fixture = *state;
  PvQuestion *document = (PvQuestion *) pv_procedure_find_question (fixture->procedure, "11");

  document->flags = PV_QUESTION_REQUIRED;
  begin (fixture);
  assert_screen (fixture, "procedure");
  assert_string_equal (((PvNotice *) screen (fixture)->notices->pdata[0])->text,
                       pv_journey_beyond_sentence (PV_BEYOND_DOCUMENT));
}

/* Neither scanner nor phone, and it may not come later: it can be practised all the same, with a page that is made up. */
static void
a_document_that_cannot_be_given_here_is_practised (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) page = g_bytes_new_static ("%PDF-1.7 SPECIMEN", 17);
  g_autoptr (PvDocument) document = pv_document_new ("document-1.pdf", "application/pdf", page, 1);
  PvQuestion *question = (PvQuestion *) pv_procedure_find_question (fixture->procedure, "11");
  PvCaptureReport report = { .state = PV_CAPTURE_PAGE, .n_pages = 1 };
  PvEffect *effect;

  question->flags = PV_QUESTION_REQUIRED;
  act (fixture, PV_DO_START, NULL, NULL);
  act (fixture, PV_DO_OPEN_PRACTICE, NULL, NULL);
  act (fixture, PV_DO_OPEN_CATEGORY, "famille-ecole", NULL);
  act (fixture, PV_DO_OPEN_PROCEDURE, "ecole", NULL);
  pv_journey_procedure_loaded (fixture->journey, "ecole", fixture->procedure, &fixture->now);
  act (fixture, PV_DO_BEGIN, NULL, NULL);
  pv_journey_open_step (fixture->journey, "11");
  pv_journey_forget_screens (fixture->journey);
  assert_screen (fixture, "question-11");
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_SCAN));
  assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_SEND_FROM_PHONE));
  act (fixture, PV_DO_SCAN, "11", NULL);
  effect = wait_effect (fixture, PV_EFFECT_SCAN_OPEN);
  assert_non_null (effect);
  assert_true (effect->capture->is_sample);
  pv_effect_free (effect);
  pv_journey_capture_report (fixture->journey, &report, &fixture->now);
  act (fixture, PV_DO_USE_DOCUMENT, NULL, NULL);
  pv_journey_document_came (fixture->journey, document, &fixture->now);
  assert_screen (fixture, "question-11");
  assert_int_equal (pv_filing_count_documents (fixture->journey->filing, "11"), 1);
  assert_true (screen (fixture)->is_practice);
}

static void
the_list_says_which_ones_go_on_the_phone (void **state)
{
  Fixture *fixture = *state;
  const PvField *tiles;

  ((PvCatalogueEntry *) fixture->catalogue->entries->pdata[0])->fillable = PV_FILLABLE_ON_PHONE;
  act (fixture, PV_DO_START, NULL, NULL);
  act (fixture, PV_DO_OPEN_CATEGORY, "famille-ecole", NULL);
  tiles = pv_screen_state_find_field (screen (fixture), "procedures");
  assert_string_equal (((PvChoice *) tiles->choices->pdata[0])->detail, "On your phone");
}

/* ---- another site ---- */

static void
make_handover (Fixture *fixture)
{
  fixture->procedure->is_handover = TRUE;
  fixture->procedure->has_tracking_code = FALSE;
  fixture->procedure->draft_days = 5;
  fixture->procedure->url = g_strdup ("https://demarche.numerique.example/commencer/ecole");
}

static void
a_form_of_another_site_is_prepared_there_and_its_address_shown (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) outcome = pv_outcome_new (PV_OUTCOME_DRAFT, ref);
  PvEffect *print;

  outcome->number = g_strdup ("123456");
  outcome->resume_url = g_strdup ("https://demarche.numerique.example/commencer/ecole?prefill_token=abc");
  make_handover (fixture);
  send (fixture);
  store_draft (fixture);
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  assert_screen (fixture, "done-kept");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "qr")->value, outcome->resume_url);
  assert_string_equal (((PvNotice *) screen (fixture)->notices->pdata[0])->strong, "Valid until 28 November 2026.");
  act (fixture, PV_DO_PRINT, NULL, NULL);
  print = wait_effect (fixture, PV_EFFECT_PRINT);
  assert_int_equal (print->receipt->kind, PV_RECEIPT_TICKET);
  assert_string_equal (print->receipt->qr_text, outcome->resume_url);
  assert_non_null (strstr (print->receipt->next, "Fill in the rest"));
  pv_effect_free (print);
}

static void
before_anything_is_typed_it_is_said_where_it_goes (void **state)
{
  Fixture *fixture = *state;
  const PvField *facts;

  make_handover (fixture);
  act (fixture, PV_DO_START, NULL, NULL);
  act (fixture, PV_DO_OPEN_CATEGORY, "famille-ecole", NULL);
  act (fixture, PV_DO_OPEN_PROCEDURE, "ecole", NULL);
  pv_journey_procedure_loaded (fixture->journey, "ecole", fixture->procedure, &fixture->now);
  assert_non_null (strstr (((PvNotice *) screen (fixture)->notices->pdata[0])->text, "another site"));
  facts = pv_screen_state_find_field (screen (fixture), "facts");
  assert_non_null (
    strstr (((PvSummaryRow *) facts->rows->pdata[facts->rows->len - 1])->value, "site of this procedure"));
}

/* It would drop a wrong answer without a word. */
static void
another_site_gets_only_what_is_right (void **state)
{
  Fixture *fixture = *state;

  make_handover (fixture);
  answer_up_to_check (fixture);
  act (fixture, PV_DO_SEND, NULL, NULL); /* the statement is not ticked */
  assert_screen (fixture, "check");
  assert_null (wait_effect (fixture, PV_EFFECT_STORE));
}

static void
another_site_that_is_silent_leaves_its_empty_form (void **state)
{
  Fixture *fixture = *state;

  make_handover (fixture);
  send (fixture);
  store_draft (fixture);
  pass_seconds (fixture, 15);
  assert_screen (fixture, "done-kept");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "qr")->value, fixture->procedure->url);
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (a_request_can_go_on_at_home_from_wherever_it_is),
    T (the_check_offers_it),
    T (the_ticket_says_the_code_the_way_and_until_when),
    T (the_form_s_own_lifespan_counts),
    T (without_an_answer_nothing_is_promised),
    T (a_form_without_drafts_offers_none),
    cmocka_unit_test (every_reason_has_a_sentence_of_its_own),
    T (what_is_beyond_the_kiosk_says_why_and_shows_its_code_at_once),
    T (a_document_that_cannot_be_given_here_is_a_reason),
    T (a_document_that_cannot_be_given_here_is_practised),
    T (the_list_says_which_ones_go_on_the_phone),
    T (a_form_of_another_site_is_prepared_there_and_its_address_shown),
    T (before_anything_is_typed_it_is_said_where_it_goes),
    T (another_site_gets_only_what_is_right),
    T (another_site_that_is_silent_leaves_its_empty_form),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

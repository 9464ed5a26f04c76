/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Screen 6: the phone; leaving, time, a mediator; and what becomes of a document. */

#include "journey-document-steps.h"

/* ---- the phone ---- */

static void
a_phone_reads_a_code_and_its_document_is_looked_at_before_it_counts (void **state)
{
  Fixture *fixture = *state;
  const PvField *field;

  open_phone (fixture);
  field = pv_screen_state_find_field (screen (fixture), "code");
  assert_int_equal (field->kind, PV_FIELD_QR);
  assert_string_equal (field->value, url);
  assert_true (field->is_personal);
  assert_int_equal (field->assist, PV_ASSIST_HIDDEN);
  assert_string_equal (screen (fixture)->help, "The code works once, for ten minutes.");
  tell (fixture, &(PvCaptureReport){ .state = PV_CAPTURE_RECEIVING });
  assert_screen (fixture, "document-wait");
  assert_string_equal (screen (fixture)->title, "Your document is arriving");
  come (fixture, 340000, "application/pdf", 2);
  assert_screen (fixture, "document-arrived");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "page")->label, "2 pages, 340 kB");
  act (fixture, PV_DO_SEND_FROM_PHONE, "11", NULL); /* another one */
  assert_effects (fixture, "CQ");
  tell (fixture, &(PvCaptureReport){ .state = PV_CAPTURE_READY, .url = url });
  come (fixture, 500000, "image/jpeg", 1);
  act (fixture, PV_DO_USE_DOCUMENT, NULL, NULL);
  assert_effects (fixture, "C");
  assert_screen (fixture, "question-11");
  field = pv_screen_state_find_field (screen (fixture), "11");
  assert_string_equal (((PvSummaryRow *) field->rows->pdata[0])->value, "1 page, 500 kB");
}

static void
each_trouble_of_the_phone_is_one_touch_from_a_new_code (void **state)
{
  static const struct {
    PvCaptureTrouble trouble;
    const char *title;
  } rows[] = {
    { PV_CAPTURE_TROUBLE_OFFLINE, "Your phone cannot send now" },
    { PV_CAPTURE_TROUBLE_EXPIRED, "The code is over" },
    { PV_CAPTURE_TROUBLE_CUT, "The document did not arrive whole" },
    { PV_CAPTURE_TROUBLE_TYPE, "This kind of document is not accepted" },
    { PV_CAPTURE_TROUBLE_TOO_LARGE, "The document is too large" },
    { PV_CAPTURE_TROUBLE_TOO_MANY_PAGES, "The document has too many pages" },
    { PV_CAPTURE_TROUBLE_UNREADABLE, "The document cannot be opened" },
    { PV_CAPTURE_TROUBLE_BROKEN, "The document cannot be opened" }, /* the decoder crashed, or hung */
  };
  Fixture *fixture = *state;

  open_phone (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    break_down (fixture, rows[i].trouble, 0);
    assert_screen (fixture, "document-trouble");
    assert_string_equal (screen (fixture)->title, rows[i].title);
    assert_string_equal (label_of (fixture, PV_DO_SEND_FROM_PHONE), "New code");
    assert_true (offers (fixture, PV_DO_SCAN) && offers (fixture, PV_DO_LATER));
    act (fixture, PV_DO_SEND_FROM_PHONE, "11", NULL);
    assert_effects (fixture, "CQ");
    tell (fixture, &(PvCaptureReport){ .state = PV_CAPTURE_READY, .url = url });
    assert_screen (fixture, "document-code");
  }
  break_down (fixture, PV_CAPTURE_TROUBLE_OFFLINE, 0);
  act (fixture, PV_DO_SCAN, "11", NULL); /* the other way */
  assert_effects (fixture, "CO");
  assert_answers_kept (fixture);
}

static void
the_address_is_gone_with_the_screen_that_shows_it (void **state)
{
  Fixture *fixture = *state;

  open_phone (fixture);
  tell (fixture, &(PvCaptureReport){ .state = PV_CAPTURE_RECEIVING });
  tell (fixture, &(PvCaptureReport){ .state = PV_CAPTURE_READY });
  assert_null (pv_screen_state_find_field (screen (fixture), "code"));
}

/* ---- around ---- */

static void
leaving_in_any_way_closes_what_is_open (void **state)
{
  Fixture *fixture = *state;

  scan_pages (fixture, 2);
  act (fixture, PV_DO_QUIT, NULL, NULL);
  assert_screen (fixture, "quit");
  assert_effects (fixture, "");
  act (fixture, PV_DO_STAY, NULL, NULL);
  assert_screen (fixture, "document-page");
  act (fixture, PV_DO_QUIT, NULL, NULL);
  act (fixture, PV_DO_ERASE, NULL, NULL);
  assert_effects (fixture, "C");
  tear_down (state);
  set_up_with_ways (state);
  fixture = *state;
  open_phone (fixture);
  pv_journey_show_out_of_order (fixture->journey, &fixture->now);
  assert_effects (fixture, "C");
}

static void
who_scans_or_holds_a_phone_is_not_hurried (void **state)
{
  Fixture *fixture = *state;

  open_scanner (fixture);
  act (fixture, PV_DO_SCAN_PAGE, NULL, NULL);
  pass_seconds (fixture, 60);
  tell (fixture, &(PvCaptureReport){ .state = PV_CAPTURE_SCANNING, .percent = 50 });
  pass_seconds (fixture, 60);
  assert_screen (fixture, "document-scanning");
  pass_seconds (fixture, 600); /* it says nothing more */
  assert_screen (fixture, "document-scanning");
  pass_seconds (fixture, 60); /* nor can that last for ever */
  assert_screen (fixture, "still-there");
  tell_page (fixture, 1, 0, PV_CAPTURE_CLEAR); /* but then it does */
  assert_screen (fixture, "document-page");
  pass_seconds (fixture, 91);
  assert_screen (fixture, "still-there");
  pass_seconds (fixture, 61);
  assert_screen (fixture, "goodbye");
  assert_effects (fixture, "PC");
  tear_down (state);
  set_up_with_ways (state);
  fixture = *state;
  open_phone (fixture);
  pass_seconds (fixture, 719);
  assert_screen (fixture, "document-code");
  pass_seconds (fixture, 1);
  assert_screen (fixture, "still-there");
}

static void
a_mediator_sees_adds_and_removes_nothing (void **state)
{
  static const PvIntentionKind all[] = {
    PV_DO_SCAN,      PV_DO_SEND_FROM_PHONE, PV_DO_SCAN_PAGE,       PV_DO_TURN_PAGE, PV_DO_DROP_PAGE,
    PV_DO_NEXT_PAGE, PV_DO_USE_DOCUMENT,    PV_DO_REMOVE_DOCUMENT, PV_DO_LATER,     PV_DO_KEEP,
  };
  Fixture *fixture = *state;
  PvAssistance help = { .state = PV_ASSISTANCE_JOINED,
                        .mediator = (char *) "Claire M.",
                        .may_show = TRUE,
                        .may_propose = TRUE,
                        .has_hand = TRUE,
                        .hand_until_ms = G_MAXINT64 };

  scan_pages (fixture, 2);
  assert_false (pv_screen_id_is_shared (screen (fixture)->id));
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++) {
    pv_journey_assistance_changed (fixture->journey, &help, &fixture->now);
    act_as (fixture, PV_ACTOR_MEDIATOR, all[i], "11", "0");
    assert_screen (fixture, "document-page");
    assert_effects (fixture, "");
  }
  act (fixture, PV_DO_USE_DOCUMENT, NULL, NULL);
  come (fixture, 1000, "application/pdf", 2);
  pv_journey_assistance_changed (fixture->journey, &help, &fixture->now);
  assert_int_equal (pv_field_assist_class (pv_screen_state_find_field (screen (fixture), "11"), NULL),
                    PV_ASSIST_HIDDEN);
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] != PV_DO_NEXT_PAGE)
      act_as (fixture, PV_ACTOR_MEDIATOR, all[i], "11", "0");
  assert_int_equal (pv_screen_state_find_field (screen (fixture), "11")->rows->len, 1);
}

static void
documents_that_are_too_large_together_are_told_before (void **state)
{
  Fixture *fixture = *state;

  question (fixture)->max_files = 9;
  open_question (fixture);
  for (guint i = 0; i < 5; i++) {
    act (fixture, PV_DO_SCAN, "11", NULL);
    tell_page (fixture, 1, 0, PV_CAPTURE_CLEAR);
    act (fixture, PV_DO_USE_DOCUMENT, NULL, NULL);
    come (fixture, i < 4 ? PV_CAPTURE_MAX_BYTES : 9200 * 1000, "application/pdf", 1);
    assert_screen (fixture, "question-11");
  }
  assert_int_equal (pv_screen_state_find_field (screen (fixture), "11")->rows->len, 5);
  assert_false (offers (fixture, PV_DO_SCAN) || offers (fixture, PV_DO_SEND_FROM_PHONE));
  assert_string_equal (((PvNotice *) screen (fixture)->notices->pdata[0])->text,
                       "All documents together are as large as can be sent. Remove one to add another.");
  act (fixture, PV_DO_REMOVE_DOCUMENT, "11", "4");
  assert_true (offers (fixture, PV_DO_SCAN));
  act (fixture, PV_DO_REMOVE_DOCUMENT, "11", "9");
  act (fixture, PV_DO_REMOVE_DOCUMENT, "11", "x");
  assert_int_equal (pv_screen_state_find_field (screen (fixture), "11")->rows->len, 4);
}

static void
the_receipt_names_each_document_with_its_digest (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) outcome = received ();
  g_autoptr (PvEffect) effect = NULL;
  const PvReceiptLine *line;

  scan_pages (fixture, 2);
  act (fixture, PV_DO_USE_DOCUMENT, NULL, NULL);
  come (fixture, 340000, "application/pdf", 2);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  while (offers (fixture, PV_DO_NEXT_PAGE))
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  act (fixture, PV_DO_TOGGLE, "12", NULL);
  act (fixture, PV_DO_SEND, NULL, NULL);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  act (fixture, PV_DO_PRINT, NULL, NULL);
  effect = wait_effect (fixture, PV_EFFECT_PRINT);
  assert_int_equal (effect->receipt->documents->len, 1);
  line = effect->receipt->documents->pdata[0];
  assert_string_equal (line->label, "Justificatif");
  assert_true (g_str_has_prefix (line->value, "2 pages, 340 kB, SHA-256 "));
  assert_int_equal (strlen (line->value), strlen ("2 pages, 340 kB, SHA-256 0123 4567 89ab cdef…"));
}

static void
nothing_is_opened_for_another_question (void **state)
{
  Fixture *fixture = *state;

  open_question (fixture);
  act (fixture, PV_DO_SCAN, "2", NULL);
  act (fixture, PV_DO_SCAN, "nothing", NULL);
  act (fixture, PV_DO_SCAN, NULL, NULL);
  act (fixture, PV_DO_SEND_FROM_PHONE, "12", NULL);
  act (fixture, PV_DO_SCAN_PAGE, NULL, NULL);
  act (fixture, PV_DO_USE_DOCUMENT, NULL, NULL);
  assert_effects (fixture, "");
  assert_screen (fixture, "question-11");
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up_with_ways, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (a_phone_reads_a_code_and_its_document_is_looked_at_before_it_counts),
    T (each_trouble_of_the_phone_is_one_touch_from_a_new_code),
    T (the_address_is_gone_with_the_screen_that_shows_it),
    T (leaving_in_any_way_closes_what_is_open),
    T (who_scans_or_holds_a_phone_is_not_hurried),
    T (a_mediator_sees_adds_and_removes_nothing),
    T (documents_that_are_too_large_together_are_told_before),
    T (the_receipt_names_each_document_with_its_digest),
    T (nothing_is_opened_for_another_question),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

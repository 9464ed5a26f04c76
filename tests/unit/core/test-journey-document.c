/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Screen 6: a question that asks for a document, and the scanner, whatever may go wrong with it. */

#include "journey-document-steps.h"

/* ---- the question ---- */

/* As yet without an answer. */
static void
go_to_question (Fixture *fixture)
{
  begin (fixture);
  for (guint i = 0; i < 20 && !g_str_equal (screen (fixture)->key, "question-11"); i++) {
    act (fixture, PV_DO_TYPE, "2", "Martin");
    act (fixture, PV_DO_TYPE, "3", "2020-07-13");
    act (fixture, PV_DO_TYPE, "4", "4 rue des Tilleuls");
    act (fixture, PV_DO_TYPE, "5", "89100");
    act (fixture, PV_DO_CHOOSE, "6", "tous");
    act (fixture, PV_DO_TYPE, "8/0/81", "Claire");
    act (fixture, PV_DO_TYPE, "8/0/82", "claire@exemple.fr");
    act (fixture, PV_DO_TYPE, "9", "claire@exemple.fr");
    act (fixture, PV_DO_NEXT, NULL, NULL);
  }
  assert_screen (fixture, "question-11");
}

static void
a_question_offers_the_ways_that_there_are (void **state)
{
  static const struct {
    gboolean has_scanner, has_drop, is_required, is_later;
    const char *ways, *value;
  } rows[] = {
    { TRUE, TRUE, TRUE, FALSE, "SP", "No document yet" },
    { TRUE, TRUE, TRUE, TRUE, "SPL", "No document yet" },
    { TRUE, FALSE, TRUE, TRUE, "SL", "No document yet" },
    { FALSE, TRUE, TRUE, FALSE, "P", "No document yet" },
    { TRUE, TRUE, FALSE, FALSE, "SPL", "No document yet" },
    { FALSE, FALSE, TRUE, TRUE, "L", "This kiosk takes no documents. Bring it to the town hall." },
  };

  tear_down (state);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    Fixture *fixture;
    g_autoptr (GString) ways = g_string_new (NULL);

    set_up (state);
    fixture = *state;
    use_config (fixture, rows[i].has_scanner, rows[i].has_drop);
    question (fixture)->flags =
      (rows[i].is_required ? PV_QUESTION_REQUIRED : 0) | (rows[i].is_later ? PV_QUESTION_LATER : 0);
    go_to_question (fixture);
    assert_string_equal (pv_screen_state_find_field (screen (fixture), "11")->value, rows[i].value);
    for (guint k = 0; k < screen (fixture)->actions->len; k++) {
      const PvAction *action = screen (fixture)->actions->pdata[k];

      if (action->intention == PV_DO_SCAN || action->intention == PV_DO_SEND_FROM_PHONE
          || action->intention == PV_DO_LATER) {
        assert_int_equal (action->role, PV_ROLE_OPTION); /* equal */
        assert_string_equal (action->target, "11");
        g_string_append_c (ways, action->intention == PV_DO_SCAN              ? 'S'
                                 : action->intention == PV_DO_SEND_FROM_PHONE ? 'P'
                                                                              : 'L');
      }
    }
    assert_string_equal (ways->str, rows[i].ways);
    tear_down (state);
  }
  set_up (state);
}

static void
a_form_that_must_have_a_document_needs_a_way_to_make_one (void **state)
{
  static const struct {
    gboolean has_scanner, has_drop, is_in_block, is_offered;
  } rows[] = {
    { FALSE, FALSE, FALSE, FALSE }, { FALSE, FALSE, TRUE, FALSE }, { TRUE, FALSE, FALSE, TRUE },
    { FALSE, TRUE, FALSE, TRUE },   { TRUE, TRUE, TRUE, TRUE },
  };

  tear_down (state);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    Fixture *fixture;

    set_up (state);
    fixture = *state;
    use_config (fixture, rows[i].has_scanner, rows[i].has_drop);
    if (rows[i].is_in_block) {
      const PvQuestion *block = pv_procedure_find_question (fixture->procedure, "8");

      sample_question (block->questions, PV_QUESTION_FILE, "83", "piece", "Pièce", PV_QUESTION_REQUIRED);
    } else {
      question (fixture)->flags = PV_QUESTION_REQUIRED;
    }
    act (fixture, PV_DO_START, NULL, NULL);
    act (fixture, PV_DO_OPEN_CATEGORY, "famille-ecole", NULL);
    act (fixture, PV_DO_OPEN_PROCEDURE, "ecole", NULL);
    pv_journey_procedure_loaded (fixture->journey, "ecole", fixture->procedure, &fixture->now);
    assert_int_equal (offers (fixture, PV_DO_BEGIN), rows[i].is_offered);
    act (fixture, PV_DO_BEGIN, NULL, NULL);
    assert_int_equal (screen (fixture)->id, rows[i].is_offered ? PV_SCREEN_QUESTION : PV_SCREEN_PROCEDURE);
    tear_down (state);
  }
  set_up_with_ways (state);
}

/* ---- the scanner ---- */

static void
a_page_is_laid_scanned_looked_at_and_becomes_the_answer (void **state)
{
  Fixture *fixture = *state;
  const PvField *field;

  open_scanner (fixture);
  assert_null (pv_screen_state_find_field (screen (fixture), "page")->portrait); /* the drawing */
  act (fixture, PV_DO_SCAN_PAGE, NULL, NULL);
  assert_effects (fixture, "P");
  assert_screen (fixture, "document-scanning");
  tell (fixture, &(PvCaptureReport){ .state = PV_CAPTURE_SCANNING, .percent = 40 });
  field = pv_screen_state_find_field (screen (fixture), "scanning");
  assert_int_equal (field->percent, 40);
  assert_non_null (pv_screen_state_find_field (screen (fixture), "page")->portrait); /* it grows */
  tell_page (fixture, 1, 0, PV_CAPTURE_CLEAR);
  assert_screen (fixture, "document-page");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "page")->label, "Page 1 of 1");
  act (fixture, PV_DO_USE_DOCUMENT, NULL, NULL);
  assert_effects (fixture, "F");
  assert_screen (fixture, "document-wait");
  come (fixture, 340000, "application/pdf", 1);
  assert_effects (fixture, "C");
  assert_screen (fixture, "question-11");
  field = pv_screen_state_find_field (screen (fixture), "11");
  assert_int_equal (field->rows->len, 1);
  assert_string_equal (((PvSummaryRow *) field->rows->pdata[0])->label, "Justificatif 1");
  assert_string_equal (((PvSummaryRow *) field->rows->pdata[0])->value, "1 page, 340 kB");
  assert_false (offers (fixture, PV_DO_SCAN)); /* this form takes one */
  assert_false (offers (fixture, PV_DO_LATER));
  act (fixture, PV_DO_REMOVE_DOCUMENT, "11", "0");
  assert_null (pv_screen_state_find_field (screen (fixture), "11")->rows);
  assert_true (offers (fixture, PV_DO_SCAN));
}

static void
pages_are_turned_removed_and_looked_through (void **state)
{
  Fixture *fixture = *state;

  scan_pages (fixture, 3);
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "page")->label, "Page 3 of 3");
  assert_true (offers (fixture, PV_DO_NEXT_PAGE) && offers (fixture, PV_DO_PREVIOUS_PAGE)
               && offers (fixture, PV_DO_TURN_PAGE) && offers (fixture, PV_DO_DROP_PAGE)
               && offers (fixture, PV_DO_SCAN));
  act (fixture, PV_DO_NEXT_PAGE, NULL, NULL); /* after the last comes the first */
  assert_effects (fixture, "S0");
  tell_page (fixture, 3, 0, PV_CAPTURE_CLEAR);
  act (fixture, PV_DO_PREVIOUS_PAGE, NULL, NULL);
  assert_effects (fixture, "S2");
  act (fixture, PV_DO_TURN_PAGE, NULL, "0");
  assert_effects (fixture, "T0");
  act (fixture, PV_DO_DROP_PAGE, NULL, "0");
  act (fixture, PV_DO_DROP_PAGE, NULL, "0"); /* the same touch twice costs one page */
  assert_effects (fixture, "D0");
  tell_page (fixture, 2, 0, PV_CAPTURE_CLEAR);
  act (fixture, PV_DO_DROP_PAGE, NULL, "0");
  assert_effects (fixture, "D0");
  tell_page (fixture, 1, 0, PV_CAPTURE_CLEAR);
  assert_false (offers (fixture, PV_DO_NEXT_PAGE));
  act (fixture, PV_DO_DROP_PAGE, NULL, "0");
  tell (fixture, &(PvCaptureReport){ .state = PV_CAPTURE_READY });
  assert_screen (fixture, "document-lay");
  act (fixture, PV_DO_USE_DOCUMENT, NULL, NULL); /* of nothing */
  assert_effects (fixture, "D0");
}

static void
another_page_is_laid_first_and_back_leads_to_those_that_are_there (void **state)
{
  Fixture *fixture = *state;

  scan_pages (fixture, 1);
  act (fixture, PV_DO_SCAN, "11", NULL);
  assert_screen (fixture, "document-lay");
  assert_string_equal (screen (fixture)->title, "Lay page 2 on the glass");
  assert_effects (fixture, "");
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "document-page");
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "question-11");
  assert_effects (fixture, "C");
}

static void
a_document_has_no_more_pages_than_allowed (void **state)
{
  Fixture *fixture = *state;

  scan_pages (fixture, PV_CAPTURE_MAX_PAGES);
  assert_false (offers (fixture, PV_DO_SCAN));
  act (fixture, PV_DO_SCAN, "11", NULL);
  assert_screen (fixture, "document-page");
  tell_page (fixture, 4000, 3999, PV_CAPTURE_CLEAR); /* nonsense */
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "page")->label, "Page 20 of 20");
}

static void
a_page_that_is_hard_to_read_is_scanned_again_first_or_kept (void **state)
{
  static const struct {
    PvCaptureHint hint;
    const char *title;
  } rows[] = { { PV_CAPTURE_BLURRED, "This page looks blurred" },
               { PV_CAPTURE_DARK, "This page looks too dark" },
               { PV_CAPTURE_EMPTY, "There is nothing on this page" } };
  Fixture *fixture = *state;

  scan_pages (fixture, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    tell_page (fixture, 1, 0, rows[i].hint);
    assert_screen (fixture, "document-hint");
    assert_string_equal (screen (fixture)->title, rows[i].title);
    assert_int_equal (screen (fixture)->notices->len, 1);
    assert_string_equal (primary (fixture), "Scan again");
    act (fixture, PV_DO_SCAN, "11", "again");
    assert_screen (fixture, "document-lay");
    assert_effects (fixture, "D0");
    tell (fixture, &(PvCaptureReport){ .state = PV_CAPTURE_READY });
    act (fixture, PV_DO_SCAN_PAGE, NULL, NULL);
    assert_effects (fixture, "P");
    tell_page (fixture, 1, 0, rows[i].hint);
    act (fixture, PV_DO_KEEP, NULL, NULL);
    assert_screen (fixture, "document-page");
    assert_string_equal (primary (fixture), "It is complete");
    tell_page (fixture, 2, 1, PV_CAPTURE_CLEAR);
    tell_page (fixture, 1, 0, PV_CAPTURE_CLEAR);
  }
}

static void
each_trouble_says_what_to_do_and_keeps_pages_and_answers (void **state)
{
  g_autoptr (GHashTable) advices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_different = 0;

  tear_down (state);
  for (PvCaptureTrouble trouble = PV_CAPTURE_TROUBLE_NO_SCANNER; trouble < PV_N_CAPTURE_TROUBLES; trouble++) {
    Fixture *fixture;
    const PvNotice *notice;

    set_up_with_ways (state);
    fixture = *state;
    scan_pages (fixture, 2);
    break_down (fixture, trouble, 2);
    assert_screen (fixture, "document-trouble");
    assert_true (screen (fixture)->title[0] != '\0');
    notice = screen (fixture)->notices->pdata[0];
    n_different += g_hash_table_add (advices, g_strdup (notice->text));
    assert_string_equal (notice->strong, "Your 2 pages are kept.");
    assert_string_equal (screen (fixture)->help, "Your other answers are kept.");
    assert_true (offers (fixture, PV_DO_SCAN) && offers (fixture, PV_DO_SEND_FROM_PHONE));
    assert_true (offers (fixture, PV_DO_USE_DOCUMENT) && offers (fixture, PV_DO_CALL_MEDIATOR));
    act (fixture, PV_DO_SCAN, "11", NULL); /* try again: the pages are still there */
    if (trouble == PV_CAPTURE_TROUBLE_TOO_LARGE || trouble == PV_CAPTURE_TROUBLE_TOO_MANY_PAGES) {
      assert_effects (fixture, "S1");
      tell_page (fixture, 2, 1, PV_CAPTURE_CLEAR);
      assert_screen (fixture, "document-page");
    } else {
      assert_string_equal (screen (fixture)->title, "Lay page 3 on the glass");
      break_down (fixture, trouble, 2);
    }
    act (fixture, PV_DO_BACK, NULL, NULL);
    assert_screen (fixture, "question-11");
    assert_effects (fixture, "C");
    assert_answers_kept (fixture);
    tear_down (state);
  }
  assert_int_equal (n_different, PV_N_CAPTURE_TROUBLES - 1);
  set_up_with_ways (state);
}

/* Unplugged before the first page: it is looked for anew. */
static void
without_pages_trying_again_begins_anew (void **state)
{
  Fixture *fixture = *state;

  open_scanner (fixture);
  act (fixture, PV_DO_SCAN_PAGE, NULL, NULL);
  assert_effects (fixture, "P");
  break_down (fixture, PV_CAPTURE_TROUBLE_NO_SCANNER, 0);
  assert_false (offers (fixture, PV_DO_USE_DOCUMENT));
  act (fixture, PV_DO_SCAN, "11", NULL);
  assert_effects (fixture, "CO");
  assert_screen (fixture, "document-wait");
  break_down (fixture, PV_CAPTURE_TROUBLE_BUSY, 0);
  assert_string_equal (screen (fixture)->title, "The scanner is in use");
  act (fixture, PV_DO_LATER, "11", NULL);
  assert_effects (fixture, "C");
  assert_answers_kept (fixture);
}

/* Scanner unplugged in mid-scan: what is there is enough. */
static void
the_pages_so_far_can_be_used_after_a_failure (void **state)
{
  Fixture *fixture = *state;

  scan_pages (fixture, 1);
  act (fixture, PV_DO_SCAN, "11", NULL);
  act (fixture, PV_DO_SCAN_PAGE, NULL, NULL);
  tell (fixture, &(PvCaptureReport){ .state = PV_CAPTURE_SCANNING, .percent = 30, .n_pages = 1 });
  break_down (fixture, PV_CAPTURE_TROUBLE_NO_SCANNER, 1);
  assert_string_equal (((PvNotice *) screen (fixture)->notices->pdata[0])->strong, "Your page is kept.");
  assert_effects (fixture, "P");
  act (fixture, PV_DO_USE_DOCUMENT, NULL, NULL);
  assert_effects (fixture, "F");
  come (fixture, 340000, "application/pdf", 1);
  assert_screen (fixture, "question-11");
  assert_answers_kept (fixture);
}

/* What is told after it was left is nobody's. */
static void
a_document_that_comes_too_late_is_nobodys (void **state)
{
  Fixture *fixture = *state;

  scan_pages (fixture, 1);
  act (fixture, PV_DO_USE_DOCUMENT, NULL, NULL);
  act (fixture, PV_DO_BACK, NULL, NULL);
  come (fixture, 1000, "application/pdf", 1);
  tell_page (fixture, 1, 0, PV_CAPTURE_CLEAR);
  assert_screen (fixture, "question-11");
  assert_null (pv_screen_state_find_field (screen (fixture), "11")->rows);
}

/* A decoder that hands over what the form does not take costs this document. */
static void
what_the_form_does_not_take_is_told_and_never_an_answer (void **state)
{
  Fixture *fixture = *state;

  scan_pages (fixture, 1);
  act (fixture, PV_DO_USE_DOCUMENT, NULL, NULL);
  come (fixture, PV_CAPTURE_MAX_BYTES + 1, "application/pdf", 1);
  assert_string_equal (screen (fixture)->title, "The document is too large");
  act (fixture, PV_DO_BACK, NULL, NULL);
  act (fixture, PV_DO_SEND_FROM_PHONE, "11", NULL);
  come (fixture, 1000, "text/html", 1);
  act (fixture, PV_DO_USE_DOCUMENT, NULL, NULL);
  assert_string_equal (screen (fixture)->title, "This kind of document is not accepted");
  assert_string_equal (((PvNotice *) screen (fixture)->notices->pdata[0])->text, "A PDF or a photo is accepted.");
  assert_answers_kept (fixture);
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up_with_ways, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (a_question_offers_the_ways_that_there_are),
    T (a_form_that_must_have_a_document_needs_a_way_to_make_one),
    T (a_page_is_laid_scanned_looked_at_and_becomes_the_answer),
    T (pages_are_turned_removed_and_looked_through),
    T (another_page_is_laid_first_and_back_leads_to_those_that_are_there),
    T (a_document_has_no_more_pages_than_allowed),
    T (a_page_that_is_hard_to_read_is_scanned_again_first_or_kept),
    T (each_trouble_says_what_to_do_and_keeps_pages_and_answers),
    T (without_pages_trying_again_begins_anew),
    T (the_pages_so_far_can_be_used_after_a_failure),
    T (a_document_that_comes_too_late_is_nobodys),
    T (what_the_form_does_not_take_is_told_and_never_an_answer),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Screen 6: scanner and phone, from the question to the receipt, and whatever may go wrong between. */

#include "journey-steps.h"

static const char url[] = "https://relais.example/depot/#0123456789abcdef";

static void
use_config (Fixture *fixture, gboolean has_scanner, gboolean has_drop)
{
  PvJourneyConfig config = sample_config ();

  config.has_scanner = has_scanner;
  config.has_drop = has_drop;
  pv_journey_free (fixture->journey);
  fixture->journey = pv_journey_new (&config);
  pv_journey_set_ref (fixture->journey, ref);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 22, 42 });
  pv_journey_catalogue_loaded (fixture->journey, fixture->catalogue, &fixture->now);
  pv_journey_printer_available (fixture->journey, TRUE, PV_PRINT_REASON_NONE, &fixture->now);
}

static int
set_up_with_ways (void **state)
{
  set_up (state);
  use_config (*state, TRUE, TRUE);
  return 0;
}

static PvQuestion *
question (Fixture *fixture)
{
  return (PvQuestion *) pv_procedure_find_question (fixture->procedure, "11");
}

static void
forget_effects (Fixture *fixture)
{
  PvEffect *effect;

  while ((effect = pv_journey_pop_effect (fixture->journey)) != NULL)
    pv_effect_free (effect);
}

/* Up to the question that asks for a document. */
static void
open_question (Fixture *fixture)
{
  answer_up_to_check (fixture);
  act (fixture, PV_DO_EDIT, "11", NULL);
  assert_screen (fixture, "question-11");
  forget_effects (fixture);
}

/* The queued effects about documents, in order; others are dropped. */
static void
assert_effects (Fixture *fixture, const char *expected)
{
  static const char letters[] = {
    [PV_EFFECT_SCAN_OPEN] = 'O', [PV_EFFECT_SCAN_PAGE] = 'P',     [PV_EFFECT_SCAN_TURN] = 'T',
    [PV_EFFECT_SCAN_DROP] = 'D', [PV_EFFECT_SCAN_SHOW] = 'S',     [PV_EFFECT_SCAN_FINISH] = 'F',
    [PV_EFFECT_DROP_OPEN] = 'Q', [PV_EFFECT_CAPTURE_CLOSE] = 'C',
  };
  g_autoptr (GString) found = g_string_new (NULL);

  for (PvEffect *effect = pv_journey_pop_effect (fixture->journey); effect != NULL;
       effect = pv_journey_pop_effect (fixture->journey)) {
    if (effect->kind < G_N_ELEMENTS (letters) && letters[effect->kind] != '\0') {
      g_string_append_c (found, letters[effect->kind]);
      if (effect->kind == PV_EFFECT_SCAN_TURN || effect->kind == PV_EFFECT_SCAN_DROP
          || effect->kind == PV_EFFECT_SCAN_SHOW)
        g_string_append_printf (found, "%u", (guint) effect->number);
      if (effect->kind == PV_EFFECT_SCAN_OPEN || effect->kind == PV_EFFECT_DROP_OPEN)
        assert_string_equal (effect->capture->path, "11");
    }
    pv_effect_free (effect);
  }
  assert_string_equal (found->str, expected);
}

static void
tell (Fixture *fixture, const PvCaptureReport *report)
{
  pv_journey_capture_report (fixture->journey, report, &fixture->now);
}

static void
tell_page (Fixture *fixture, guint n_pages, guint page, PvCaptureHint hint)
{
  tell (fixture, &(PvCaptureReport){ .state = PV_CAPTURE_PAGE, .n_pages = n_pages, .page = page, .hint = hint });
}

static void
break_down (Fixture *fixture, PvCaptureTrouble trouble, guint n_pages)
{
  tell (fixture, &(PvCaptureReport){ .state = PV_CAPTURE_FAILED, .trouble = trouble, .n_pages = n_pages });
}

static void
come (Fixture *fixture, gsize size, const char *type, guint n_pages)
{
  g_autoptr (GBytes) content = g_bytes_new_take (g_malloc0 (size), size);
  g_autoptr (PvDocument) document = pv_document_new ("document-1.pdf", type, content, n_pages);

  pv_journey_document_came (fixture->journey, document, &fixture->now);
}

static gboolean
offers (Fixture *fixture, PvIntentionKind kind)
{
  const PvField *page = pv_screen_state_find_field (screen (fixture), "page");

  for (guint i = 0; page != NULL && page->choices != NULL && i < page->choices->len; i++)
    if (((PvChoice *) page->choices->pdata[i])->intention == kind)
      return TRUE;
  return pv_screen_state_find_action (screen (fixture), kind) != NULL;
}

static const char *
label_of (Fixture *fixture, PvIntentionKind kind)
{
  const PvAction *action = pv_screen_state_find_action (screen (fixture), kind);

  assert_non_null (action);
  return action->label;
}

static const char *
primary (Fixture *fixture)
{
  for (guint i = 0; i < screen (fixture)->actions->len; i++) {
    const PvAction *action = screen (fixture)->actions->pdata[i];

    if (action->role == PV_ROLE_PRIMARY)
      return action->label;
  }
  return "";
}

static void
open_scanner (Fixture *fixture)
{
  open_question (fixture);
  act (fixture, PV_DO_SCAN, "11", NULL);
  assert_effects (fixture, "O");
  assert_screen (fixture, "document-wait");
  tell (fixture, &(PvCaptureReport){ .state = PV_CAPTURE_READY });
  assert_screen (fixture, "document-lay");
}

static void
scan_pages (Fixture *fixture, guint n_pages)
{
  open_scanner (fixture);
  for (guint i = 0; i < n_pages; i++) {
    if (i > 0)
      act (fixture, PV_DO_SCAN, "11", NULL);
    act (fixture, PV_DO_SCAN_PAGE, NULL, NULL);
    tell_page (fixture, i + 1, i, PV_CAPTURE_CLEAR);
  }
  forget_effects (fixture);
}

static void
open_phone (Fixture *fixture)
{
  open_question (fixture);
  act (fixture, PV_DO_SEND_FROM_PHONE, "11", NULL);
  assert_effects (fixture, "Q");
  assert_screen (fixture, "document-wait");
  tell (fixture, &(PvCaptureReport){ .state = PV_CAPTURE_READY, .url = url });
  assert_screen (fixture, "document-code");
}

/* Nothing that was answered before is lost, and the check is one touch away. */
static void
assert_answers_kept (Fixture *fixture)
{
  g_autoptr (PvEffect) effect = NULL;
  guint n_found = 0;

  for (guint page = 0; screen (fixture)->id != PV_SCREEN_CHECK && page < 4; page++)
    act (fixture, page == 0 && screen (fixture)->id == PV_SCREEN_DOCUMENT ? PV_DO_BACK : PV_DO_NEXT, NULL, NULL);
  if (screen (fixture)->id != PV_SCREEN_CHECK)
    act (fixture, PV_DO_LATER, "11", NULL);
  assert_int_equal (screen (fixture)->id, PV_SCREEN_CHECK);
  while (offers (fixture, PV_DO_NEXT_PAGE))
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  act (fixture, PV_DO_TOGGLE, "12", NULL);
  act (fixture, PV_DO_SEND, NULL, NULL);
  effect = wait_effect (fixture, PV_EFFECT_STORE);
  assert_non_null (effect);
  for (guint i = 0; i < effect->submission->entries->len; i++) {
    const PvSubmissionEntry *entry = effect->submission->entries->pdata[i];

    if (g_str_equal (entry->id, "2"))
      n_found += g_str_equal (pv_value_get_text (entry->value), "Martin");
    if (g_str_equal (entry->id, "3"))
      n_found += g_str_equal (pv_value_get_text (entry->value), "2020-07-13");
    if (g_str_equal (entry->id, "4"))
      n_found += g_str_equal (pv_value_get_text (entry->value), "4 rue des Tilleuls");
    if (g_str_equal (entry->id, "6"))
      n_found += pv_value_has_id (entry->value, "tous");
  }
  assert_int_equal (n_found, 4);
}

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
who_scans_is_there_and_who_holds_a_phone_has_more_time (void **state)
{
  Fixture *fixture = *state;

  open_scanner (fixture);
  act (fixture, PV_DO_SCAN_PAGE, NULL, NULL);
  pass_seconds (fixture, 60);
  tell (fixture, &(PvCaptureReport){ .state = PV_CAPTURE_SCANNING, .percent = 50 });
  pass_seconds (fixture, 60);
  assert_screen (fixture, "document-scanning");
  pass_seconds (fixture, 31); /* it says nothing more */
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
  pass_seconds (fixture, 299);
  assert_screen (fixture, "document-code");
  pass_seconds (fixture, 2);
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
    T (a_phone_reads_a_code_and_its_document_is_looked_at_before_it_counts),
    T (each_trouble_of_the_phone_is_one_touch_from_a_new_code),
    T (the_address_is_gone_with_the_screen_that_shows_it),
    T (leaving_in_any_way_closes_what_is_open),
    T (who_scans_is_there_and_who_holds_a_phone_has_more_time),
    T (a_mediator_sees_adds_and_removes_nothing),
    T (documents_that_are_too_large_together_are_told_before),
    T (the_receipt_names_each_document_with_its_digest),
    T (nothing_is_opened_for_another_question),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Follow, pay, and the digital safe: every way in, every answer, and the way out. */

#include "journey-lookup-steps.h"

#define UUID "0f8b6c1e-52a7-4c0e-9d3b-6a1f2e3d4c5b"

static PvInvoice *
an_invoice (void)
{
  PvInvoice *invoice = pv_invoice_new (PV_INVOICE_FOUND);

  invoice->uuid = g_strdup (UUID);
  invoice->number = g_strdup ("F26-000104");
  invoice->label = g_strdup ("Restauration scolaire, octobre 2026");
  invoice->total_cents = 4250;
  invoice->remaining_cents = 4250;
  invoice->has_pdf = TRUE;
  invoice->payment_url = g_strdup ("https://demarches.montclair.example/lingo/item/" UUID "/pay/");
  g_date_set_dmy (&invoice->due, 15, G_DATE_DECEMBER, 2026);
  return invoice;
}

/* From Welcome to what is said of @invoice; NULL: it could not be asked. */
static void
see_invoice (Fixture *fixture, const PvInvoice *invoice)
{
  PvEffect *effect;

  act (fixture, PV_DO_START, NULL, NULL);
  act (fixture, PV_DO_OPEN_PAY, NULL, NULL);
  act (fixture, PV_DO_TYPE, "invoice", "https://demarches.montclair.example/factures/" UUID "/");
  act (fixture, PV_DO_LOOK_UP, NULL, NULL);
  assert_screen (fixture, "pay-amount");
  act (fixture, PV_DO_TYPE, "amount", "42,50");
  act (fixture, PV_DO_LOOK_UP, NULL, NULL);
  assert_screen (fixture, "pay-asking");
  effect = wait_effect (fixture, PV_EFFECT_FIND_INVOICE);
  assert_non_null (effect);
  assert_string_equal (effect->text, UUID);
  assert_int_equal (effect->number, 4250);
  pv_effect_free (effect);
  pv_journey_invoice_came (fixture->journey, invoice, &fixture->now);
}

/* Home ------------------------------------------------------------------------------------------------------------- */

static void
home_offers_what_works_and_nothing_else (void **state)
{
  Fixture *fixture = *state;

  act (fixture, PV_DO_START, NULL, NULL);
  assert_int_equal (find_tile (fixture, "life-events", "follow")->intention, PV_DO_OPEN_FOLLOW);
  assert_int_equal (find_tile (fixture, "life-events", "pay")->intention, PV_DO_OPEN_PAY);
  pv_journey_service_state (fixture->journey, FALSE, TRUE, &fixture->now);
  assert_null (find_tile (fixture, "life-events", "follow"));
}

static void
without_invoices_nobody_is_sent_to_pay (void **state)
{
  Fixture *fixture = *state;

  act (fixture, PV_DO_START, NULL, NULL);
  assert_null (find_tile (fixture, "life-events", "pay"));
  act (fixture, PV_DO_OPEN_PAY, NULL, NULL);
  assert_screen (fixture, "home");
}

static void
only_the_citizen_looks_something_up (void **state)
{
  Fixture *fixture = *state;

  act (fixture, PV_DO_START, NULL, NULL);
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_OPEN_FOLLOW, NULL, NULL);
  assert_screen (fixture, "home");
  act (fixture, PV_DO_OPEN_FOLLOW, NULL, NULL);
  act (fixture, PV_DO_TYPE, "code", "BCDFGHJK");
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_LOOK_UP, NULL, NULL);
  assert_screen (fixture, "follow");
  assert_null (wait_effect (fixture, PV_EFFECT_FOLLOW));
  assert_false (pv_screen_id_is_shared (PV_SCREEN_FOLLOW) || pv_screen_id_is_shared (PV_SCREEN_PAY));
}

/* Follow ----------------------------------------------------------------------------------------------------------- */

static void
a_code_is_grouped_while_it_is_typed (void **state)
{
  Fixture *fixture = *state;

  act (fixture, PV_DO_START, NULL, NULL);
  act (fixture, PV_DO_OPEN_FOLLOW, NULL, NULL);
  act (fixture, PV_DO_TYPE, "code", "bcdfg");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "code")->value, "BCDF G");
  assert_int_equal (pv_screen_state_find_field (screen (fixture), "code")->input, PV_INPUT_CODE);
}

static void
codes_references_and_squares_are_asked_for (void **state)
{
  static const struct {
    const char *typed, *asked;
  } rows[] = {
    { "bcdf ghjk", "BCDFGHJK" },
    { "BCDFG HJKLM", "BCDFGHJKLM" },
    { "https://demarches.montclair.example/code/BCDFGHJK", "BCDFGHJK" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *asked = NULL;
    void *own = NULL;

    set_up_all (&own);
    asked = ask_for (own, rows[i].typed);
    assert_string_equal (asked, rows[i].asked);
    assert_screen (own, "follow-asking");
    tear_down (&own);
  }
}

static void
what_is_no_code_is_told_beside_it_and_not_asked (void **state)
{
  static const char *const typed[] = { "", "BCDFGHJ", "ABCDEFGH", "https://elsewhere.example/" };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++) {
    g_autofree char *asked = ask_for (fixture, typed[i]);

    assert_null (asked);
    assert_screen (fixture, "follow");
    assert_non_null (error_of (fixture, "code"));
  }
  act (fixture, PV_DO_TYPE, "code", "B");
  assert_null (error_of (fixture, "code"));
}

static void
without_a_relay_only_the_kiosks_own_references_are_asked_for (void **state)
{
  g_autofree char *code = ask_for (*state, "BCDFGHJK"), *own = NULL;

  assert_null (code);
  assert_non_null (error_of (*state, "code"));
  own = ask_for (*state, "BCDFGHJKLM");
  assert_string_equal (own, "BCDFGHJKLM");
}

static void
what_is_known_of_a_request_is_shown (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *asked = ask_for (fixture, "BCDFGHJK");
  g_autoptr (PvFollowed) followed = a_followed ();

  assert_string_equal (asked, "BCDFGHJK");
  pv_journey_followed (fixture->journey, followed, &fixture->now);
  assert_screen (fixture, "follow-found");
  assert_string_equal (screen (fixture)->title, "Inscription à l’école");
  assert_string_equal (value_of_row (fixture, "State"), "En cours d’étude");
  assert_string_equal (value_of_row (fixture, "What you have to do"), "Un justificatif de domicile");
  assert_string_equal (value_of_row (fixture, "Number of the request"), "18-2047");
  assert_non_null (strstr (value_of_row (fixture, "Received"), "2026"));
  assert_non_null (value_of_row (fixture, "Last change"));
  act (fixture, PV_DO_FINISH, NULL, NULL);
  assert_screen (fixture, "goodbye");
}

static void
each_other_answer_says_what_to_do (void **state)
{
  static const struct {
    PvFollowedKind kind;
    const char *key;
  } rows[] = {
    { PV_FOLLOWED_NONE, "follow" },
    { PV_FOLLOWED_LIMITED, "follow" },
    { PV_FOLLOWED_WAITING, "follow-waiting" },
    { PV_FOLLOWED_TO_CHECK, "follow-to-check" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvFollowed) followed = pv_followed_new (rows[i].kind, NULL);
    g_autofree char *asked = NULL;
    void *own = NULL;
    Fixture *fixture;

    set_up_all (&own);
    fixture = own;
    asked = ask_for (fixture, "BCDFGHJKLM");
    followed->retry_after_s = 61;
    pv_journey_followed (fixture->journey, followed, &fixture->now);
    assert_screen (fixture, rows[i].key);
    if (rows[i].kind == PV_FOLLOWED_NONE)
      assert_non_null (error_of (fixture, "code"));
    else if (rows[i].kind == PV_FOLLOWED_LIMITED)
      assert_non_null (strstr (first_notice (fixture), "2 minutes"));
    else
      assert_non_null (((const PvNotice *) screen (fixture)->notices->pdata[0])->strong);
    tear_down (&own);
  }
}

static void
offline_keeps_the_code_and_can_be_tried_again (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *asked = ask_for (fixture, "BCDFGHJK");
  PvEffect *again;

  assert_string_equal (asked, "BCDFGHJK");
  pv_journey_followed (fixture->journey, NULL, &fixture->now);
  assert_screen (fixture, "follow");
  assert_non_null (strstr (first_notice (fixture), "does not answer"));
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "code")->value, "BCDF GHJK");
  act (fixture, PV_DO_LOOK_UP, NULL, NULL);
  again = wait_effect (fixture, PV_EFFECT_FOLLOW);
  assert_non_null (again);
  pv_effect_free (again);
}

/* The next person at the screen must not find it. */
static void
a_result_is_gone_once_it_is_left (void **state)
{
  static const PvIntentionKind ways[] = { PV_DO_BACK, PV_DO_HOME, PV_DO_OPEN_FOLLOW };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++) {
    g_autoptr (PvFollowed) followed = a_followed ();
    g_autofree char *asked = NULL;
    void *own = NULL;
    Fixture *fixture;

    set_up_all (&own);
    fixture = own;
    asked = ask_for (fixture, "BCDFGHJK");
    pv_journey_followed (fixture->journey, followed, &fixture->now);
    assert_screen (fixture, "follow-found");
    act (fixture, ways[i], NULL, NULL);
    if (ways[i] == PV_DO_HOME)
      act (fixture, PV_DO_OPEN_FOLLOW, NULL, NULL);
    assert_screen (fixture, "follow");
    assert_null (pv_screen_state_find_field (screen (fixture), "code")->value);
    tear_down (&own);
  }
}

static void
an_answer_that_comes_too_late_shows_nothing (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *asked = ask_for (fixture, "BCDFGHJK");
  g_autoptr (PvFollowed) followed = a_followed ();

  assert_string_equal (asked, "BCDFGHJK");
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "follow");
  pv_journey_followed (fixture->journey, followed, &fixture->now);
  assert_screen (fixture, "follow");
}

static void
an_appointment_is_shown_with_what_can_be_done_about_it (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *asked = ask_for (fixture, "BCDFGHJK");
  g_autoptr (PvFollowed) followed = a_followed ();

  assert_string_equal (asked, "BCDFGHJK");
  followed->booking = pv_booking_new ("77", "agenda:mairie/titres", G_GINT64_CONSTANT (1795540720000000));
  followed->booking->place = g_strdup ("Mairie, guichet 3");
  followed->booking->slug = g_strdup ("titres");
  followed->booking->ref = g_strdup ("MLKJHGFDCB");
  followed->booking->may_cancel = TRUE;
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 60, 42 });
  pv_journey_followed (fixture->journey, followed, &fixture->now);
  assert_non_null (value_of_row (fixture, "Appointment"));
  assert_string_equal (value_of_row (fixture, "Where"), "Mairie, guichet 3");
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_MOVE_APPOINTMENT));
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_CANCEL_APPOINTMENT));
}

/* Each row is on one of the pages, and the end is on the last. */
static void
what_does_not_fit_is_on_further_pages (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *asked = ask_for (fixture, "BCDFGHJK");
  g_autoptr (PvFollowed) followed = a_followed ();
  gboolean has_last_change = FALSE;
  guint n_pages = 1;

  assert_string_equal (asked, "BCDFGHJK");
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 10, 30 });
  pv_journey_followed (fixture->journey, followed, &fixture->now);
  while (pv_screen_state_find_action (screen (fixture), PV_DO_NEXT_PAGE) != NULL) {
    assert_null (pv_screen_state_find_action (screen (fixture), PV_DO_FINISH));
    has_last_change |= value_of_row (fixture, "Last change") != NULL;
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
    assert_true (++n_pages < 10);
  }
  has_last_change |= value_of_row (fixture, "Last change") != NULL;
  assert_true (n_pages > 1 && has_last_change);
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_FINISH));
}

/* A low screen: what can be done comes after the last row, in as many pages as it needs, and leaves the rows their room. */
static void
what_can_be_done_takes_no_room_before_the_last_row (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *asked = ask_for (fixture, "BCDFGHJK");
  g_autoptr (PvFollowed) followed = a_followed ();
  guint n_pages = 1, n_options = 0;

  assert_string_equal (asked, "BCDFGHJK");
  followed->booking = pv_booking_new ("77", "agenda:mairie/titres", G_GINT64_CONSTANT (1795540720000000));
  followed->booking->slug = g_strdup ("titres");
  followed->booking->ref = g_strdup ("MLKJHGFDCB");
  followed->booking->may_cancel = TRUE;
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 6, 60 });
  pv_journey_followed (fixture->journey, followed, &fixture->now);
  assert_true (((PvField *) screen (fixture)->fields->pdata[0])->rows->len >= 2);
  for (;; n_pages++) {
    for (guint i = 0; i < screen (fixture)->actions->len; i++)
      n_options += ((PvAction *) screen (fixture)->actions->pdata[i])->role == PV_ROLE_OPTION;
    assert_true (n_options == 0 || value_of_row (fixture, "State") == NULL);
    if (pv_screen_state_find_action (screen (fixture), PV_DO_NEXT_PAGE) == NULL)
      break;
    assert_true (n_pages < 10);
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  }
  assert_int_equal (n_options, 4);
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_FINISH));
}

/* Pay -------------------------------------------------------------------------------------------------------------- */

static void
what_is_due_is_shown_and_can_be_paid_on_the_phone (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvInvoice) invoice = an_invoice ();

  see_invoice (fixture, invoice);
  assert_screen (fixture, "pay-due");
  assert_string_equal (value_of_row (fixture, "To pay"), "€42.50");
  assert_string_equal (value_of_row (fixture, "Before"), "15 December 2026");
  assert_null (value_of_row (fixture, "Already paid"));
  assert_non_null (strstr (first_notice (fixture), "no card and no money"));
  act (fixture, PV_DO_SHOW_PAYMENT, NULL, NULL);
  assert_screen (fixture, "phone-payment");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "qr")->value, invoice->payment_url);
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "pay-due");
  act (fixture, PV_DO_HOME, NULL, NULL);
  act (fixture, PV_DO_OPEN_PAY, NULL, NULL);
  assert_screen (fixture, "pay");
}

static void
each_kind_of_invoice_offers_what_it_allows (void **state)
{
  static const struct {
    guint64 remaining;
    gboolean is_paid, is_online, has_pdf, is_late;
    const char *key;
  } rows[] = {
    { 4250, FALSE, TRUE, TRUE, FALSE, "pay-due" },  { 1000, FALSE, TRUE, TRUE, FALSE, "pay-due" },
    { 0, TRUE, TRUE, TRUE, FALSE, "pay-paid" },     { 4250, FALSE, FALSE, TRUE, FALSE, "pay-due" },
    { 4250, FALSE, FALSE, FALSE, TRUE, "pay-due" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvInvoice) invoice = an_invoice ();
    void *own = NULL;
    Fixture *fixture;

    invoice->remaining_cents = rows[i].remaining;
    invoice->is_paid = rows[i].is_paid;
    invoice->has_pdf = rows[i].has_pdf;
    if (!rows[i].is_online)
      g_clear_pointer (&invoice->payment_url, g_free);
    if (rows[i].is_late)
      g_date_set_dmy (&invoice->due, 1, G_DATE_NOVEMBER, 2026);
    set_up_all (&own);
    fixture = own;
    see_invoice (fixture, invoice);
    assert_screen (fixture, rows[i].key);
    assert_int_equal (pv_screen_state_find_action (screen (fixture), PV_DO_SHOW_PAYMENT) != NULL,
                      rows[i].is_online && !rows[i].is_paid);
    assert_int_equal (pv_screen_state_find_action (screen (fixture), PV_DO_PRINT_INVOICE) != NULL, TRUE);
    assert_int_equal (value_of_row (fixture, "Already paid") != NULL, rows[i].remaining < 4250);
    assert_int_equal (value_of_row (fixture, "Before") != NULL && strstr (value_of_row (fixture, "Before"), "past"),
                      rows[i].is_late);
    tear_down (&own);
  }
}

static void
a_square_of_something_else_is_told_and_scanned_again (void **state)
{
  Fixture *fixture = *state;

  act (fixture, PV_DO_START, NULL, NULL);
  act (fixture, PV_DO_OPEN_PAY, NULL, NULL);
  act (fixture, PV_DO_LOOK_UP, NULL, NULL);
  assert_non_null (error_of (fixture, "invoice"));
  act (fixture, PV_DO_TYPE, "invoice", "https://elsewhere.example/menu");
  act (fixture, PV_DO_LOOK_UP, NULL, NULL);
  assert_screen (fixture, "pay");
  assert_non_null (error_of (fixture, "invoice"));
  assert_null (pv_screen_state_find_field (screen (fixture), "invoice")->value);
  act (fixture, PV_DO_TYPE, "invoice", UUID);
  act (fixture, PV_DO_LOOK_UP, NULL, NULL);
  assert_screen (fixture, "pay-amount");
  act (fixture, PV_DO_TYPE, "amount", "beaucoup");
  act (fixture, PV_DO_LOOK_UP, NULL, NULL);
  assert_non_null (error_of (fixture, "amount"));
  assert_null (wait_effect (fixture, PV_EFFECT_FIND_INVOICE));
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "pay");
}

/* Somebody who holds one of the two must not learn that it is right. */
static void
a_wrong_square_and_a_wrong_amount_are_told_alike (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvInvoice) none = pv_invoice_new (PV_INVOICE_NONE), limited = pv_invoice_new (PV_INVOICE_LIMITED);
  PvEffect *effect;

  see_invoice (fixture, none);
  assert_screen (fixture, "pay-amount");
  assert_non_null (strstr (error_of (fixture, "amount"), "this square and this amount"));
  act (fixture, PV_DO_LOOK_UP, NULL, NULL);
  effect = wait_effect (fixture, PV_EFFECT_FIND_INVOICE);
  pv_effect_free (effect);
  limited->retry_after_s = 300;
  pv_journey_invoice_came (fixture->journey, limited, &fixture->now);
  assert_screen (fixture, "pay-amount");
  assert_non_null (strstr (first_notice (fixture), "5 minutes"));
  act (fixture, PV_DO_LOOK_UP, NULL, NULL);
  pv_journey_invoice_came (fixture->journey, NULL, &fixture->now);
  assert_non_null (strstr (first_notice (fixture), "does not answer"));
}

static void
without_the_square_there_are_other_ways (void **state)
{
  Fixture *fixture = *state;

  act (fixture, PV_DO_START, NULL, NULL);
  act (fixture, PV_DO_OPEN_PAY, NULL, NULL);
  act (fixture, PV_DO_DECLINE, "invoice", NULL);
  assert_screen (fixture, "pay-without");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "qr")->value,
                       "https://demarches.montclair.example/factures/");
  assert_non_null (pv_screen_state_find_field (screen (fixture), "contacts"));
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "pay");
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "home");
}

static void
an_invoice_is_printed_and_each_end_is_told (void **state)
{
  static const struct {
    PvPrintState state;
    PvPrintReason reason;
    const char *words;
  } rows[] = {
    { PV_PRINT_PRINTING, PV_PRINT_REASON_NONE, "goes to the printer" },
    { PV_PRINT_DONE, PV_PRINT_REASON_NONE, "is printed" },
    { PV_PRINT_ATTENTION, PV_PRINT_REASON_NO_PAPER, "no more paper" },
    { PV_PRINT_FAILED, PV_PRINT_REASON_OFFLINE, "does not answer" },
    { PV_PRINT_FAILED, PV_PRINT_REASON_NONE, "cannot be printed here" },
    { PV_PRINT_UNKNOWN, PV_PRINT_REASON_NONE, "not confirmed" },
    { PV_PRINT_UNKNOWN, PV_PRINT_REASON_OFFLINE, "not confirmed" },
  };
  Fixture *fixture = *state;
  g_autoptr (PvInvoice) invoice = an_invoice ();
  PvEffect *effect;

  see_invoice (fixture, invoice);
  act (fixture, PV_DO_PRINT_INVOICE, NULL, NULL);
  effect = wait_effect (fixture, PV_EFFECT_PRINT_INVOICE);
  assert_string_equal (effect->text, UUID);
  assert_int_equal (effect->number, 4250);
  pv_effect_free (effect);
  act (fixture, PV_DO_PRINT_INVOICE, NULL, NULL); /* one paper at a time */
  assert_null (wait_effect (fixture, PV_EFFECT_PRINT_INVOICE));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    pv_journey_print_state (fixture->journey, rows[i].state, rows[i].reason, &fixture->now);
    assert_non_null (strstr (first_notice (fixture), rows[i].words));
  }
}

/* A page of A4 cannot be read on a roll: what is due is printed instead, and called what it is. */
static void
on_a_roll_what_is_due_is_printed (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvInvoice) invoice = an_invoice ();
  g_autoptr (PvEffect) effect = NULL;
  const PvReceiptLine *first;

  pv_journey_prints_pages (fixture->journey, FALSE, &fixture->now);
  see_invoice (fixture, invoice);
  assert_string_equal (pv_screen_state_find_action (screen (fixture), PV_DO_PRINT_INVOICE)->label,
                       "Print this summary");
  act (fixture, PV_DO_PRINT_INVOICE, NULL, NULL);
  effect = wait_effect (fixture, PV_EFFECT_PRINT_SLIP);
  assert_non_null (effect);
  assert_string_equal (effect->slip->payment_url, invoice->payment_url);
  first = effect->slip->rows->pdata[0];
  assert_string_equal (first->label, "To pay");
  assert_int_equal (effect->slip->rows->len, 5);
  assert_non_null (strstr (first_notice (fixture), "Your paper goes to the printer"));
  pv_journey_print_state (fixture->journey, PV_PRINT_DONE, PV_PRINT_REASON_NONE, &fixture->now);
  assert_non_null (strstr (first_notice (fixture), "Your paper is printed"));
}

/* No paper without a printer, and no payment code for what is paid. */
static void
the_summary_of_a_paid_invoice_asks_for_nothing (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvInvoice) invoice = an_invoice ();
  g_autoptr (PvEffect) effect = NULL;

  invoice->is_paid = TRUE;
  invoice->remaining_cents = 0;
  pv_journey_prints_pages (fixture->journey, FALSE, &fixture->now);
  see_invoice (fixture, invoice);
  act (fixture, PV_DO_PRINT_INVOICE, NULL, NULL);
  effect = wait_effect (fixture, PV_EFFECT_PRINT_SLIP);
  assert_null (effect->slip->payment_url);
}

/* The digital safe ------------------------------------------------------------------------------------------------- */

static void
the_safe_is_one_touch_from_the_receipt (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) outcome = received ();
  const PvField *names;

  send (fixture);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  act (fixture, PV_DO_SHOW_SAFE, NULL, NULL);
  assert_screen (fixture, "phone-safe");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "qr")->value, safe_url);
  names = pv_screen_state_find_field (screen (fixture), "safe");
  assert_non_null (strstr (names->label, "18-2047"));
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "done-received");
  act (fixture, PV_DO_SHOW_QR, NULL, NULL); /* the receipt's own square is still the receipt's */
  assert_screen (fixture, "phone");
}

static void
the_safe_is_one_touch_from_a_request_and_from_the_papers (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *asked = ask_for (fixture, "BCDFGHJK");
  g_autoptr (PvFollowed) followed = a_followed ();

  assert_string_equal (asked, "BCDFGHJK");
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 60, 42 });
  pv_journey_followed (fixture->journey, followed, &fixture->now);
  act (fixture, PV_DO_SHOW_SAFE, NULL, NULL);
  assert_screen (fixture, "phone-safe");
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "follow-found");
  act (fixture, PV_DO_HOME, NULL, NULL);
  act (fixture, PV_DO_OPEN_CATEGORY, "papiers", NULL);
  assert_null (find_tile (fixture, "procedures", "safe")); /* nothing is in that list */
  act (fixture, PV_DO_SHOW_SAFE, NULL, NULL);
  assert_screen (fixture, "phone-safe");
}

static void
without_its_address_there_is_no_safe (void **state)
{
  Fixture *fixture = *state;

  act (fixture, PV_DO_START, NULL, NULL);
  act (fixture, PV_DO_OPEN_CATEGORY, "papiers", NULL);
  act (fixture, PV_DO_SHOW_SAFE, NULL, NULL);
  assert_screen (fixture, "list");
}

/* What travels ----------------------------------------------------------------------------------------------------- */

static void
a_followed_request_survives_the_wire (void **state)
{
  g_autoptr (PvFollowed) followed = a_followed (), copy = NULL;
  g_autoptr (GVariant) variant = NULL, other = g_variant_ref_sink (g_variant_new_string ("x"));

  (void) state;
  followed->booking = pv_booking_new ("77", "agenda:mairie/titres", 5);
  variant = g_variant_ref_sink (pv_followed_to_variant (followed));
  copy = pv_followed_from_variant (variant);
  assert_string_equal (copy->status, followed->status);
  assert_string_equal (copy->expected, followed->expected);
  assert_int_equal (copy->received_us, followed->received_us);
  assert_string_equal (copy->booking->agenda, "agenda:mairie/titres");
  assert_null (pv_followed_from_variant (other));
}

static void
an_invoice_survives_the_wire (void **state)
{
  g_autoptr (PvInvoice) invoice = an_invoice (), limited = pv_invoice_new (PV_INVOICE_LIMITED), copy = NULL;
  g_autoptr (GVariant) variant = NULL, wait = NULL;

  (void) state;
  variant = g_variant_ref_sink (pv_invoice_to_variant (invoice));
  copy = pv_invoice_from_variant (variant);
  assert_string_equal (copy->payment_url, invoice->payment_url);
  assert_int_equal (g_date_compare (&copy->due, &invoice->due), 0);
  assert_int_equal (copy->total_cents, 4250);
  limited->retry_after_s = 60;
  wait = g_variant_ref_sink (pv_invoice_to_variant (limited));
  g_clear_pointer (&copy, pv_invoice_free);
  copy = pv_invoice_from_variant (wait);
  assert_int_equal (copy->retry_after_s, 60);
}

static void
what_the_kiosk_knows_itself_is_told_without_the_portal (void **state)
{
  static const struct {
    PvOutcomeKind outcome;
    PvFollowedKind kind;
  } rows[] = {
    { PV_OUTCOME_PENDING, PV_FOLLOWED_WAITING },  { PV_OUTCOME_UNKNOWN, PV_FOLLOWED_TO_CHECK },
    { PV_OUTCOME_REFUSED, PV_FOLLOWED_TO_CHECK }, { PV_OUTCOME_RECEIVED, PV_FOLLOWED_FOUND },
    { PV_OUTCOME_DRAFT, PV_FOLLOWED_FOUND },      { PV_OUTCOME_SLOT_TAKEN, PV_FOLLOWED_FOUND },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvOutcome) outcome = pv_outcome_new (rows[i].outcome, ref);
    g_autoptr (PvFollowed) followed = pv_followed_from_outcome (outcome);

    assert_int_equal (followed->kind, rows[i].kind);
    assert_int_equal (followed->status != NULL, rows[i].kind == PV_FOLLOWED_FOUND);
  }
}

#define TEST(name)     cmocka_unit_test_setup_teardown (name, set_up_all, tear_down)
#define TEST_FEW(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (home_offers_what_works_and_nothing_else),
    TEST_FEW (without_invoices_nobody_is_sent_to_pay),
    TEST (only_the_citizen_looks_something_up),
    TEST (a_code_is_grouped_while_it_is_typed),
    cmocka_unit_test (codes_references_and_squares_are_asked_for),
    TEST (what_is_no_code_is_told_beside_it_and_not_asked),
    TEST_FEW (without_a_relay_only_the_kiosks_own_references_are_asked_for),
    TEST (what_is_known_of_a_request_is_shown),
    cmocka_unit_test (each_other_answer_says_what_to_do),
    TEST (offline_keeps_the_code_and_can_be_tried_again),
    cmocka_unit_test (a_result_is_gone_once_it_is_left),
    TEST (an_answer_that_comes_too_late_shows_nothing),
    TEST (an_appointment_is_shown_with_what_can_be_done_about_it),
    TEST (what_does_not_fit_is_on_further_pages),
    TEST (what_can_be_done_takes_no_room_before_the_last_row),
    TEST (what_is_due_is_shown_and_can_be_paid_on_the_phone),
    cmocka_unit_test (each_kind_of_invoice_offers_what_it_allows),
    TEST (a_square_of_something_else_is_told_and_scanned_again),
    TEST (a_wrong_square_and_a_wrong_amount_are_told_alike),
    TEST (without_the_square_there_are_other_ways),
    TEST (an_invoice_is_printed_and_each_end_is_told),
    TEST (on_a_roll_what_is_due_is_printed),
    TEST (the_summary_of_a_paid_invoice_asks_for_nothing),
    TEST (the_safe_is_one_touch_from_the_receipt),
    TEST (the_safe_is_one_touch_from_a_request_and_from_the_papers),
    TEST_FEW (without_its_address_there_is_no_safe),
    cmocka_unit_test (a_followed_request_survives_the_wire),
    cmocka_unit_test (an_invoice_survives_the_wire),
    cmocka_unit_test (what_the_kiosk_knows_itself_is_told_without_the_portal),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/receipt.h"

static char service[] = "Service Enfance", address[] = "1 place de la Mairie", phone[] = "01 99 00 00 00",
            email[] = "enfance@montclair.example", appeal[] = "Deux mois pour un recours.";

typedef struct {
  PvOutcomeKind outcome;
  PvLegalFacts facts;
  PvReceiptKind expected;
} TitleCase;

static void
the_title_never_claims_more_than_is_proven_and_printed (void **state)
{
  const PvLegalFacts accept = { PV_SILENCE_ACCEPT, 2, 0, NULL, service, address, NULL, phone };
  const PvLegalFacts refuse = { PV_SILENCE_REFUSE, 2, 0, appeal, service, NULL, email, phone };
  const PvLegalFacts no_appeal = { PV_SILENCE_REFUSE, 2, 0, NULL, service, NULL, email, phone };
  const PvLegalFacts no_delay = { PV_SILENCE_ACCEPT, 0, 0, NULL, service, address, NULL, phone };
  const PvLegalFacts no_phone = { PV_SILENCE_ACCEPT, 2, 0, NULL, service, address, email, NULL };
  const PvLegalFacts no_place = { PV_SILENCE_ACCEPT, 2, 0, NULL, service, NULL, NULL, phone };
  const PvLegalFacts notice = { PV_SILENCE_NOT_A_REQUEST, 0, 0, NULL, service, address, NULL, phone };
  const PvLegalFacts nothing = { 0 };
  const TitleCase cases[] = {
    { PV_OUTCOME_RECEIVED, accept, PV_RECEIPT_RECEIVED },     { PV_OUTCOME_RECEIVED, refuse, PV_RECEIPT_RECEIVED },
    { PV_OUTCOME_RECEIVED, notice, PV_RECEIPT_RECEIVED },     { PV_OUTCOME_RECEIVED, no_appeal, PV_RECEIPT_REGISTERED },
    { PV_OUTCOME_RECEIVED, no_delay, PV_RECEIPT_REGISTERED }, { PV_OUTCOME_RECEIVED, no_phone, PV_RECEIPT_REGISTERED },
    { PV_OUTCOME_RECEIVED, no_place, PV_RECEIPT_REGISTERED }, { PV_OUTCOME_RECEIVED, nothing, PV_RECEIPT_REGISTERED },
    { PV_OUTCOME_PENDING, accept, PV_RECEIPT_REGISTERED },    { PV_OUTCOME_UNKNOWN, accept, PV_RECEIPT_TO_CHECK },
    { PV_OUTCOME_REFUSED, accept, PV_RECEIPT_TO_CHECK },      { PV_OUTCOME_DRAFT, accept, PV_RECEIPT_TICKET },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    PvOutcome outcome = { .kind = cases[i].outcome };

    assert_int_equal (pv_receipt_kind_for (&outcome, &cases[i].facts), cases[i].expected);
  }
}

typedef struct {
  guint months, days;
  GDateDay day;
  GDateMonth month;
  GDateYear year;
  GDateDay to_day;
  GDateMonth to_month;
  GDateYear to_year;
} SilenceCase;

static void
silence_ends_on_the_same_day_of_a_later_month (void **state)
{
  const SilenceCase cases[] = {
    { 2, 0, 23, 11, 2026, 23, 1, 2027 }, { 2, 0, 31, 12, 2026, 28, 2, 2027 }, { 2, 0, 31, 12, 2027, 29, 2, 2028 },
    { 1, 0, 31, 8, 2026, 30, 9, 2026 },  { 0, 15, 20, 12, 2026, 4, 1, 2027 }, { 4, 0, 30, 10, 2026, 28, 2, 2027 },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const SilenceCase *c = &cases[i];
    PvLegalFacts facts = { PV_SILENCE_ACCEPT, c->months, c->days, NULL, NULL, NULL, NULL, NULL };
    GDate from, to, expected;

    g_date_clear (&from, 1);
    g_date_clear (&to, 1);
    g_date_clear (&expected, 1);
    g_date_set_dmy (&from, c->day, c->month, c->year);
    g_date_set_dmy (&expected, c->to_day, c->to_month, c->to_year);
    assert_true (pv_silence_date (&facts, &from, &to));
    assert_int_equal (g_date_compare (&to, &expected), 0);
  }
}

static void
silence_without_meaning_has_no_date (void **state)
{
  PvLegalFacts unknown = { PV_SILENCE_UNKNOWN, 2, 0, NULL, NULL, NULL, NULL, NULL };
  PvLegalFacts no_delay = { PV_SILENCE_ACCEPT, 0, 0, NULL, NULL, NULL, NULL, NULL };
  GDate from, to;

  (void) state;
  g_date_clear (&to, 1);
  g_date_clear (&from, 1);
  g_date_set_dmy (&from, 1, 1, 2027);
  assert_false (pv_silence_date (&unknown, &from, &to));
  assert_false (pv_silence_date (&no_delay, &from, &to));
  assert_false (g_date_valid (&to));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_title_never_claims_more_than_is_proven_and_printed),
    cmocka_unit_test (silence_ends_on_the_same_day_of_a_later_month),
    cmocka_unit_test (silence_without_meaning_has_no_date),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a citizen is told of the printer, and that none of it touches what was filed. */
#include "journey-steps.h"

static void
file (Fixture *fixture)
{
  g_autoptr (PvOutcome) outcome = received ();

  send (fixture);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  pv_effect_free (wait_effect (fixture, PV_EFFECT_STORE));
}

static gboolean
says (Fixture *fixture, const char *words)
{
  const GPtrArray *notices = screen (fixture)->notices;

  for (guint i = 0; i < notices->len; i++)
    if (strstr (((const PvNotice *) notices->pdata[i])->text, words) != NULL)
      return TRUE;
  return FALSE;
}

typedef struct {
  PvPrintReason reason;
  const char *words;  /* what is the matter */
  const char *can_do; /* what the citizen can do about it */
} ReasonRow;

static const ReasonRow reasons[] = {
  { PV_PRINT_REASON_NONE, "does not answer", "Call an agent" },
  { PV_PRINT_REASON_NO_PAPER, "no more paper", "Call an agent" },
  { PV_PRINT_REASON_JAM, "stuck", "Call an agent" },
  { PV_PRINT_REASON_OPEN, "is open", "Call an agent" },
  { PV_PRINT_REASON_TAKE_PAPER, "already printed", "Take the paper" },
  { PV_PRINT_REASON_INK, "no more ink", "Call an agent" },
  { PV_PRINT_REASON_OFFLINE, "does not answer", "Call an agent" },
  { PV_PRINT_REASON_BUSY, "is busy", "Try again" },
  { PV_PRINT_REASON_SERVICE, "out of service", "Call an agent" },
  { PV_PRINT_REASON_PAPER_LOW, "needs care", "Call an agent" },
  { PV_PRINT_REASON_CERTIFICATE, "out of service", "Call an agent" },
  { PV_PRINT_REASON_OTHER, "needs care", "Call an agent" },
};

static void
each_reason_is_told_with_what_to_do (void **state)
{
  static const PvPrintState states[] = { PV_PRINT_ATTENTION, PV_PRINT_FAILED };
  Fixture *fixture = *state;

  assert_int_equal (G_N_ELEMENTS (reasons), PV_PRINT_REASON_OTHER + 1);
  file (fixture);
  act (fixture, PV_DO_PRINT, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS (states); j++) {
      pv_journey_print_state (fixture->journey, states[j], reasons[i].reason, &fixture->now);
      if (!says (fixture, reasons[i].words) || !says (fixture, reasons[i].can_do))
        fail_msg ("reason %d in state %d", (int) reasons[i].reason, (int) states[j]);
    }
  }
}

static const PvAction *
find_card (Fixture *fixture, PvIntentionKind intention)
{
  const PvAction *card = pv_screen_state_find_action (screen (fixture), intention);

  assert_non_null (card);
  return card;
}

/* Neither "printed" nor "not printed": the code, the phone, the desk, and a second try. */
static void
an_unknown_end_is_said_to_be_unconfirmed_whatever_the_reason (void **state)
{
  Fixture *fixture = *state;

  file (fixture);
  act (fixture, PV_DO_PRINT, NULL, NULL);
  pv_effect_free (wait_effect (fixture, PV_EFFECT_PRINT));
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++) {
    pv_journey_print_state (fixture->journey, PV_PRINT_UNKNOWN, reasons[i].reason, &fixture->now);
    assert_true (says (fixture, "not confirmed"));
    assert_false (says (fixture, "does not answer"));
    assert_true (says (fixture, "Your request is safe"));
    assert_true (says (fixture, "serves at the desk"));
    assert_true (find_card (fixture, PV_DO_PRINT)->is_enabled);
    assert_true (find_card (fixture, PV_DO_SHOW_QR)->is_enabled);
  }
  act (fixture, PV_DO_PRINT, NULL, NULL);
  g_autoptr (PvEffect) again = wait_effect (fixture, PV_EFFECT_PRINT);
  assert_non_null (again);
}

/* However the paper fares: same title, same reference, nothing stored or sent again, and the way to the phone is open. */
static void
no_state_of_the_printer_touches_what_was_filed (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *title = NULL;
  g_autofree char *reference = NULL;

  file (fixture);
  title = g_strdup (screen (fixture)->title);
  reference = g_strdup (pv_screen_state_find_field (screen (fixture), "reference")->value);
  act (fixture, PV_DO_PRINT, NULL, NULL);
  pv_effect_free (wait_effect (fixture, PV_EFFECT_PRINT));
  for (int told = PV_PRINT_PREPARING; told <= PV_PRINT_UNKNOWN; told++) {
    for (int reason = PV_PRINT_REASON_NONE; reason <= PV_PRINT_REASON_OTHER; reason++) {
      pv_journey_print_state (fixture->journey, (PvPrintState) told, (PvPrintReason) reason, &fixture->now);
      pv_journey_printer_available (fixture->journey, reason == PV_PRINT_REASON_NONE, (PvPrintReason) reason,
                                    &fixture->now);
      assert_screen (fixture, "done-received");
      assert_string_equal (screen (fixture)->title, title);
      assert_string_equal (pv_screen_state_find_field (screen (fixture), "reference")->value, reference);
      assert_true (find_card (fixture, PV_DO_SHOW_QR)->is_enabled);
      assert_null (wait_effect (fixture, PV_EFFECT_STORE));
    }
  }
}

/* Paper that is low is for the staff: the citizen sees a printer that works. */
static void
paper_that_is_low_keeps_printing_on_offer (void **state)
{
  Fixture *fixture = *state;

  file (fixture);
  pv_journey_printer_available (fixture->journey, TRUE, PV_PRINT_REASON_PAPER_LOW, &fixture->now);
  assert_true (find_card (fixture, PV_DO_PRINT)->is_enabled);
  assert_false (says (fixture, "printed here"));
  pv_journey_printer_available (fixture->journey, FALSE, PV_PRINT_REASON_NO_PAPER, &fixture->now);
  assert_false (find_card (fixture, PV_DO_PRINT)->is_enabled);
  assert_true (says (fixture, "Nothing can be printed here now"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (each_reason_is_told_with_what_to_do, set_up, tear_down),
    cmocka_unit_test_setup_teardown (an_unknown_end_is_said_to_be_unconfirmed_whatever_the_reason, set_up, tear_down),
    cmocka_unit_test_setup_teardown (no_state_of_the_printer_touches_what_was_filed, set_up, tear_down),
    cmocka_unit_test_setup_teardown (paper_that_is_low_keeps_printing_on_offer, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

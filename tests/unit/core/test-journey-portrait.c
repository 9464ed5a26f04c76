/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Is this you?" with the photo of a document: when it has a place, and when it has to go. */

#include "journey-steps.h"

static int
set_up_with_identity (void **state)
{
  Fixture *fixture;

  set_up (state);
  fixture = *state;
  ((PvQuestion *) pv_procedure_find_question (fixture->procedure, "2"))->identity = 1 + PV_IDENTITY_SURNAME;
  return 0;
}

/* The queued effects about card and photo: W watch, C code, S stop, F forget the photo; others are dropped. */
static void
assert_effects (Fixture *fixture, const char *expected)
{
  static const char letters[] = { [PV_EFFECT_CARD_WATCH] = 'W',
                                  [PV_EFFECT_CARD_CODE] = 'C',
                                  [PV_EFFECT_CARD_STOP] = 'S',
                                  [PV_EFFECT_PORTRAIT_FORGET] = 'F' };
  g_autoptr (GString) found = g_string_new (NULL);

  for (PvEffect *effect = pv_journey_pop_effect (fixture->journey); effect != NULL;
       effect = pv_journey_pop_effect (fixture->journey)) {
    if (effect->kind < G_N_ELEMENTS (letters) && letters[effect->kind] != '\0')
      g_string_append_c (found, letters[effect->kind]);
    pv_effect_free (effect);
  }
  assert_string_equal (found->str, expected);
}

static const char *
portrait (Fixture *fixture)
{
  return pv_screen_state_find_field (screen (fixture), "identity")->portrait;
}

static void
begin_and_read (Fixture *fixture, PvVerdict verdict, PvReason reason)
{
  g_auto (PvCardReport) report = { PV_CARD_READ, PV_CARD_TROUBLE_NONE, 100, pv_identity_new () };

  report.identity->verdict = verdict;
  report.identity->reason = reason;
  if (verdict != PV_VERDICT_REFUSED)
    pv_identity_set (report.identity, PV_IDENTITY_SURNAME, "MARTIN");
  begin (fixture);
  act (fixture, PV_DO_TYPE, "card-code", "481516");
  pv_journey_card_report (fixture->journey, &report, &fixture->now);
}

static void
a_photo_has_its_place_beside_the_rows (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GPtrArray) speech = NULL;
  guint n_told = 0;

  begin_and_read (fixture, PV_VERDICT_GENUINE, PV_REASON_NONE);
  assert_null (portrait (fixture));
  assert_true (pv_journey_portrait_came (fixture->journey, &fixture->now));
  assert_string_equal (portrait (fixture), "The photo of your document");
  assert_int_equal (pv_screen_state_find_field (screen (fixture), "identity")->assist, PV_ASSIST_HIDDEN);
  speech = pv_screen_state_speech (screen (fixture));
  for (guint i = 0; i < speech->len; i++)
    n_told += g_str_equal (((const PvUtterance *) speech->pdata[i])->text, "The photo of your document");
  assert_int_equal (n_told, 1);
  act (fixture, PV_DO_OPEN_LOOK, NULL, NULL); /* over it: it comes back */
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  assert_screen (fixture, "identity-confirm");
  assert_non_null (portrait (fixture));
  assert_effects (fixture, "WCS");
  pv_journey_portrait_failed (fixture->journey, &fixture->now); /* it was no picture */
  assert_null (portrait (fixture));
  act (fixture, PV_DO_CONFIRM_IDENTITY, NULL, NULL);
  assert_effects (fixture, "");
}

static void
the_photo_goes_with_its_screen (void **state)
{
  static const PvIntentionKind ways[] = { PV_DO_CONFIRM_IDENTITY, PV_DO_WITHOUT_CARD, PV_DO_BACK };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++) {
    Fixture *fixture = *state;

    begin_and_read (fixture, PV_VERDICT_NOT_PROVEN, PV_REASON_NO_ROOTS);
    assert_true (pv_journey_portrait_came (fixture->journey, &fixture->now));
    assert_effects (fixture, "WCS");
    act (fixture, ways[i], NULL, NULL);
    assert_effects (fixture, ways[i] == PV_DO_BACK ? "FW" : "F");
    tear_down (state);
    set_up_with_identity (state);
  }
}

static void
a_photo_without_a_place_is_nobodys (void **state)
{
  Fixture *fixture = *state;

  begin_and_read (fixture, PV_VERDICT_REFUSED, PV_REASON_CLONED_CHIP);
  assert_false (pv_journey_portrait_came (fixture->journey, &fixture->now));
  assert_screen (fixture, "identity-refused");
  tear_down (state);
  set_up_with_identity (state);
  fixture = *state;
  begin (fixture);
  assert_false (pv_journey_portrait_came (fixture->journey, &fixture->now));
  assert_screen (fixture, "identity-card");
  tear_down (state);
  set_up_with_identity (state);
  fixture = *state;
  begin_and_read (fixture, PV_VERDICT_GENUINE, PV_REASON_NONE);
  act (fixture, PV_DO_CONFIRM_IDENTITY, NULL, NULL);
  assert_false (pv_journey_portrait_came (fixture->journey, &fixture->now));
  act (fixture, PV_DO_BACK, NULL, NULL); /* to what was confirmed: its photo is gone */
  assert_screen (fixture, "identity-confirm");
  assert_null (portrait (fixture));
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up_with_identity, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (a_photo_has_its_place_beside_the_rows),
    T (the_photo_goes_with_its_screen),
    T (a_photo_without_a_place_is_nobodys),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

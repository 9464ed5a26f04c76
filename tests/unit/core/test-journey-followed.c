/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known of a request, by the kiosk and by the portal: its appointment, its draft, and a practice, which asks nothing. */

#include "journey-lookup-steps.h"

/* What is offered does something, and what would do nothing is not offered. */
static void
an_appointment_that_cannot_be_changed_here_is_only_shown (void **state)
{
  static const struct {
    gint64 starts_us;
    gboolean has_ref, can_store, may_cancel;
    gboolean is_offered;
  } table[] = {
    { G_GINT64_CONSTANT (1795540720000000), TRUE, TRUE, TRUE, TRUE },
    { G_GINT64_CONSTANT (1795340720000000), TRUE, TRUE, TRUE, FALSE }, /* it is over */
    { G_GINT64_CONSTANT (1795540720000000), FALSE, TRUE, TRUE, FALSE },
    { G_GINT64_CONSTANT (1795540720000000), TRUE, FALSE, TRUE, FALSE },
    { G_GINT64_CONSTANT (1795540720000000), TRUE, TRUE, FALSE, FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (PvOutcome) outcome = pv_outcome_new (PV_OUTCOME_RECEIVED, ref);
    g_autoptr (PvFollowed) followed = NULL;
    g_autofree char *asked = NULL;
    void *own = NULL;
    Fixture *fixture;

    set_up_all (&own);
    fixture = own;
    pv_journey_service_state (fixture->journey, TRUE, table[i].can_store, &fixture->now);
    pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 60, 42 });
    asked = ask_for (fixture, ref);
    outcome->booking = pv_booking_new ("77", "agenda:mairie/titres", table[i].starts_us);
    outcome->booking->label = g_strdup ("Carte d’identité");
    outcome->booking->slug = g_strdup ("titres");
    outcome->booking->ref = g_strdup (table[i].has_ref ? ref : NULL);
    outcome->booking->may_cancel = table[i].may_cancel;
    followed = pv_followed_join (outcome, NULL);
    pv_journey_followed (fixture->journey, followed, &fixture->now);
    assert_screen (fixture, "follow-found");
    assert_non_null (value_of_row (fixture, "Appointment"));
    assert_int_equal (pv_screen_state_find_action (screen (fixture), PV_DO_MOVE_APPOINTMENT) != NULL,
                      table[i].is_offered);
    assert_int_equal (pv_screen_state_find_action (screen (fixture), PV_DO_CANCEL_APPOINTMENT) != NULL,
                      table[i].is_offered);
    act (fixture, PV_DO_CANCEL_APPOINTMENT, NULL, NULL);
    assert_string_equal (screen (fixture)->key, table[i].is_offered ? "cancel-appointment" : "follow-found");
    tear_down (&own);
  }
}

/* The portal knows the filing, the kiosk its appointment. */
static void
what_portal_and_kiosk_know_is_shown_together (void **state)
{
  g_autoptr (PvOutcome) known = pv_outcome_new (PV_OUTCOME_RECEIVED, ref),
                        draft = pv_outcome_new (PV_OUTCOME_DRAFT, ref);
  g_autoptr (PvFollowed) answer = a_followed (), none = pv_followed_new (PV_FOLLOWED_NONE, NULL);
  g_autoptr (PvFollowed) both = NULL, closed = NULL, alone = NULL, portal = NULL, gone = NULL, kept = NULL;

  (void) state;
  known->booking = pv_booking_new ("77", "agenda:mairie/titres", G_GINT64_CONSTANT (1795540720000000));
  known->number = g_strdup ("17-4");
  both = pv_followed_join (known, answer);
  assert_string_equal (both->status, answer->status);
  assert_string_equal (both->booking->id, "77");
  alone = pv_followed_join (known, none);
  assert_string_equal (alone->number, "17-4");
  assert_string_equal (alone->booking->id, "77");
  portal = pv_followed_join (NULL, none);
  assert_int_equal (portal->kind, PV_FOLLOWED_NONE);
  assert_null (pv_followed_join (NULL, NULL));
  answer->is_closed = TRUE;
  closed = pv_followed_join (known, answer);
  assert_null (closed->booking);
  gone = pv_followed_join (draft, none);
  assert_int_equal (gone->kind, PV_FOLLOWED_DRAFT_GONE);
  kept = pv_followed_join (draft, NULL); /* the portal is only away */
  assert_int_equal (kept->kind, PV_FOLLOWED_FOUND);
}

/* By its reference the kiosk knows that it was one; of a tracking code it can only say so. */
static void
a_draft_whose_time_is_over_says_what_to_do (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvFollowed) gone = pv_followed_new (PV_FOLLOWED_DRAFT_GONE, NULL);
  g_autoptr (PvFollowed) none = pv_followed_new (PV_FOLLOWED_NONE, NULL);
  static const char sentence[] = "This draft no longer exists: too much time has passed. Begin the request again.";
  g_autofree char *asked = ask_for (fixture, "BCDFGHJKLM");

  assert_string_equal (asked, "BCDFGHJKLM");
  pv_journey_followed (fixture->journey, gone, &fixture->now);
  assert_screen (fixture, "follow-draft-gone");
  assert_string_equal (first_notice (fixture), sentence);
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_OPEN_FOLLOW));
  act (fixture, PV_DO_HOME, NULL, NULL);
  assert_screen (fixture, "home");
  act (fixture, PV_DO_OPEN_FOLLOW, NULL, NULL);
  act (fixture, PV_DO_TYPE, "code", "BCDFGHJK");
  act (fixture, PV_DO_LOOK_UP, NULL, NULL);
  pv_journey_followed (fixture->journey, none, &fixture->now);
  assert_screen (fixture, "follow");
  assert_string_equal (first_notice (fixture), sentence);
  assert_non_null (strstr (pv_screen_state_find_field (screen (fixture), "code")->value, "GHJK"));
  assert_non_null (error_of (fixture, "code"));
  act (fixture, PV_DO_TYPE, "code", "BCDFGHJKLM");
  assert_int_equal (screen (fixture)->notices->len, 0);
  act (fixture, PV_DO_LOOK_UP, NULL, NULL);
  pv_journey_followed (fixture->journey, none, &fixture->now);
  assert_int_equal (screen (fixture)->notices->len, 0); /* a reference of a draft would have been known */
}

static void
who_practises_follows_and_pays_nothing (void **state)
{
  Fixture *fixture = *state;

  act (fixture, PV_DO_START, NULL, NULL);
  act (fixture, PV_DO_OPEN_PRACTICE, NULL, NULL);
  act (fixture, PV_DO_OPEN_FOLLOW, NULL, NULL);
  assert_screen (fixture, "home-practice");
  act (fixture, PV_DO_OPEN_PAY, NULL, NULL);
  assert_screen (fixture, "home-practice");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up_all, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_appointment_that_cannot_be_changed_here_is_only_shown),
    cmocka_unit_test (what_portal_and_kiosk_know_is_shown_together),
    TEST (a_draft_whose_time_is_over_says_what_to_do),
    TEST (who_practises_follows_and_pays_nothing),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What must not get lost on the way: quick answers, the end; and how a citizen is passed to a colleague. */

#include "pair.h"

/* Loses the first @data parcels. */
static void
lose_some (Pair *pair, gboolean to_kiosk, GBytes *bytes)
{
  guint *left = pair->data;

  if (*left > 0)
    (*left)--;
  else
    g_ptr_array_add (pair->parcels, parcel_new (to_kiosk, pair->now.mono_ms, bytes));
}

static guint
count_sent (const Pair *pair, guint from, PvWireType type, gboolean to_kiosk)
{
  guint n = 0;

  for (guint i = from; i < pair->history->len; i++) {
    const Parcel *parcel = pair->history->pdata[i];

    n += parcel->to_kiosk == to_kiosk && ((const guint8 *) g_bytes_get_data (parcel->bytes, NULL))[0] == type ? 1 : 0;
  }
  return n;
}

static void
a_quick_answer_is_said_until_it_is_heard_and_shown_once (void **state)
{
  Pair *pair = *state;

  pair_begin (pair);
  pair_grant (pair, PV_RIGHT_SHOW);
  for (guint lost = 0; lost < 6; lost++) {
    pair->data = &(guint){ lost };
    pair->carry = lose_some;
    pair->n_quick = 0;
    pv_assist_kiosk_quick (pair->kiosk, PV_QUICK_YES, pair->now);
    pv_assist_kiosk_quick (pair->kiosk, PV_QUICK_REPEAT, pair->now);
    for (guint i = 0; i < 8; i++)
      pair_pass (pair, 1000);
    assert_int_equal (pair->n_quick, 2);
    pair->carry = NULL;
  }
  /* More than it keeps are not kept. */
  pair->n_quick = 0;
  for (guint i = 0; i < 2 * PV_ASSIST_MAX_QUICKS; i++)
    pv_assist_kiosk_quick (pair->kiosk, PV_QUICK_NO, pair->now);
  pair_deliver (pair);
  assert_int_equal (pair->n_quick, PV_ASSIST_MAX_QUICKS);
}

static void
the_end_is_said_until_it_is_heard (void **state)
{
  Pair *pair = *state;

  for (guint lost = 0; lost < 6; lost++)
    for (guint side = 0; side < 2; side++) {
      guint before;

      pair_begin (pair);
      before = pair->history->len;
      pair->data = &(guint){ lost };
      pair->carry = lose_some;
      if (side == 0)
        pv_assist_kiosk_touch (pair->kiosk, PV_TOUCH_STOP, pair->now);
      else
        pv_assist_mediator_end (pair->mediator, pair->now);
      pair_deliver (pair);
      for (guint i = 0; i < 8; i++)
        pair_pass (pair, 1000);
      assert_int_equal (pv_assist_kiosk_get_state (pair->kiosk), PV_KIOSK_ENDED);
      assert_int_equal (pv_assist_mediator_get_state (pair->mediator), PV_MEDIATOR_ENDED);
      assert_int_equal (pv_assist_mediator_get_end (pair->mediator), side == 0 ? PV_END_CITIZEN : PV_END_MEDIATOR);
      assert_int_equal (pv_assist_kiosk_get_rights (pair->kiosk)->end, side == 0 ? PV_END_CITIZEN : PV_END_MEDIATOR);
      assert_true (count_sent (pair, before, PV_WIRE_ENDED, side == 0) >= 1);
      /* Heard: nothing more is said. */
      before = pair->history->len;
      for (guint i = 0; i < 200; i++)
        pair_pass (pair, 1000);
      assert_int_equal (pair->history->len, before);
      assert_true (pv_assist_kiosk_next_deadline_ms (pair->kiosk) == G_MAXINT64);
      assert_true (pv_assist_mediator_next_deadline_ms (pair->mediator) == G_MAXINT64);
      pair->carry = NULL;
    }
}

static void
an_end_that_nobody_hears_is_not_said_for_ever (void **state)
{
  Pair *pair = *state;
  guint before, said;

  pair_begin (pair);
  pair->carry = pair_cut;
  before = pair->history->len;
  pv_assist_kiosk_touch (pair->kiosk, PV_TOUCH_STOP, pair->now);
  for (guint i = 0; i < 300; i++)
    pair_pass (pair, 1000);
  said = count_sent (pair, before, PV_WIRE_RECORD, FALSE);
  assert_true (said > 100 && said <= 121);
}

static void
the_end_is_heard_while_the_link_comes_back (void **state)
{
  Pair *pair = *state;

  pair_begin (pair);
  pair->carry = pair_cut;
  pv_assist_mediator_link_down (pair->mediator, pair->now);
  pair_collect (pair);
  pv_assist_kiosk_touch (pair->kiosk, PV_TOUCH_STOP, pair->now);
  pair_pass (pair, 5000);
  assert_int_equal (pv_assist_mediator_get_state (pair->mediator), PV_MEDIATOR_LOST);
  pair->carry = NULL;
  pair_pass (pair, 1000);
  assert_int_equal (pv_assist_mediator_get_state (pair->mediator), PV_MEDIATOR_ENDED);
  assert_int_equal (pv_assist_mediator_get_end (pair->mediator), PV_END_CITIZEN);
}

static void
ask_to_pass_on (Pair *pair, const char *colleague)
{
  pv_assist_mediator_hand_over (pair->mediator, colleague, pair->now);
  pair_deliver (pair);
}

static void
with_the_citizens_consent_a_colleague_is_called (void **state)
{
  Pair *pair = *state;
  g_autofree char *old_code = NULL;
  g_autoptr (GBytes) old_call = NULL;
  const PvRights *rights = pv_assist_kiosk_get_rights (pair->kiosk);

  assert_true (pair_join (pair, NULL));
  old_code = g_strdup (pv_assist_kiosk_get_code (pair->kiosk, pair->now));
  old_call = g_bytes_ref (pair->call);
  pair_deliver (pair);
  pair_grant (pair, PV_RIGHT_SHOW);
  ask_to_pass_on (pair, "Nadia B.");
  assert_true (rights->asks_handover && !rights->has_question);
  assert_true (pv_assist_mediator_get_rights (pair->mediator)->asks_handover);
  assert_string_equal (pv_assist_kiosk_get_colleague (pair->kiosk), "Nadia B.");
  pv_assist_kiosk_touch (pair->kiosk, PV_TOUCH_GRANT, pair->now);
  pair_deliver (pair);
  assert_int_equal (pv_assist_mediator_get_state (pair->mediator), PV_MEDIATOR_ENDED);
  assert_int_equal (pv_assist_mediator_get_end (pair->mediator), PV_END_HANDOVER);
  assert_null (pv_assist_mediator_get_mirror (pair->mediator));
  assert_int_equal (pv_assist_kiosk_get_state (pair->kiosk), PV_KIOSK_CALLING);
  assert_int_equal (rights->end, PV_END_HANDOVER);
  assert_string_equal (pv_assist_kiosk_get_colleague (pair->kiosk), "Nadia B.");
  assert_false (pv_rights_banner_is_shown (rights));
  assert_null (pv_assist_kiosk_get_mediator (pair->kiosk));
  assert_string_not_equal (pv_assist_kiosk_get_code (pair->kiosk, pair->now), old_code);
  assert_false (g_bytes_equal (pair->call, old_call));
  assert_non_null (strstr (pair->audit->str, "grant-handover -\nend-handover -\ncall -\n"));
  /* The old code and the old call bring nobody back. */
  assert_true (pv_assist_mediator_join (pair->mediator, old_call, old_code, pair->now, NULL));
  pair_pass (pair, 1000);
  assert_int_equal (pv_assist_kiosk_get_state (pair->kiosk), PV_KIOSK_CALLING);
  pv_assist_mediator_end (pair->mediator, pair->now);
  assert_true (pv_assist_mediator_join (pair->mediator, pair->call, pv_assist_kiosk_get_code (pair->kiosk, pair->now),
                                        pair->now, NULL));
  pair_deliver (pair);
  assert_int_equal (pv_assist_kiosk_get_state (pair->kiosk), PV_KIOSK_SESSION);
  assert_int_equal (rights->end, PV_END_NONE);
  assert_null (pv_assist_kiosk_get_colleague (pair->kiosk));
  assert_false (pv_rights_has (rights, PV_RIGHT_SHOW)); /* asked again */
}

static void
without_it_the_session_goes_on (void **state)
{
  Pair *pair = *state;

  pair_begin (pair);
  ask_to_pass_on (pair, "Nadia B."); /* another question is asked now */
  assert_null (pv_assist_kiosk_get_colleague (pair->kiosk));
  pair_grant (pair, PV_RIGHT_SHOW);
  ask_to_pass_on (pair, "Nadia B.");
  pv_assist_kiosk_touch (pair->kiosk, PV_TOUCH_REFUSE, pair->now);
  pair_deliver (pair);
  assert_null (pv_assist_kiosk_get_colleague (pair->kiosk));
  assert_false (pv_assist_mediator_get_rights (pair->mediator)->asks_handover);
  ask_to_pass_on (pair, "Nadia B.");
  for (guint i = 0; i < 60; i++)
    pair_pass (pair, 1000); /* silence is refusal */
  assert_null (pv_assist_kiosk_get_colleague (pair->kiosk));
  assert_int_equal (pv_assist_kiosk_get_state (pair->kiosk), PV_KIOSK_SESSION);
  assert_true (pv_rights_has (pv_assist_kiosk_get_rights (pair->kiosk), PV_RIGHT_SHOW));
  assert_string_equal (pair->audit->str, "call -\njoin -\ngrant-show -\nrefuse-handover -\nrefuse-handover -\n");
  assert_int_equal (pair->n_full_consents, 3);
}

static void
a_colleague_has_a_name_that_can_be_shown (void **state)
{
  static const char *const names[] = { "", "Nadia\nB.", "Nadia\u202eB.", "Nadia\u200bB." };
  Pair *pair = *state;

  pair_begin (pair);
  pair_grant (pair, PV_RIGHT_SHOW);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    ask_to_pass_on (pair, names[i]);
    assert_false (pv_assist_kiosk_get_rights (pair->kiosk)->asks_handover);
  }
  ask_to_pass_on (pair, "Élodie N’Guyen-Le\u00a0Gall");
  assert_true (pv_assist_kiosk_get_rights (pair->kiosk)->asks_handover);
}

#define TEST(function) cmocka_unit_test_setup_teardown (function, pair_set_up, pair_tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_quick_answer_is_said_until_it_is_heard_and_shown_once),
    TEST (the_end_is_said_until_it_is_heard),
    TEST (an_end_that_nobody_hears_is_not_said_for_ever),
    TEST (the_end_is_heard_while_the_link_comes_back),
    TEST (with_the_citizens_consent_a_colleague_is_called),
    TEST (without_it_the_session_goes_on),
    TEST (a_colleague_has_a_name_that_can_be_shown),
  };

  tst_init ();
  g_assert (pv_assist_init ());
  return cmocka_run_group_tests (tests, NULL, NULL);
}

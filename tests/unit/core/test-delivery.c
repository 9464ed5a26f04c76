/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/delivery.h"

enum { PORTAL_MAX_MS = 60 * 1000 }; /* how long a portal may work on after the connection is gone */

/* Every state and event, for a form that can be searched and one that cannot; -1: cannot happen. Rows in the order of
 * PvDeliveryState, columns in the order of PvDeliveryEvent. */
#define NO -1
#define QU PV_DELIVERY_QUEUED
#define SE PV_DELIVERY_SENDING
#define DO PV_DELIVERY_DOUBT
#define RE PV_DELIVERY_RECEIVED
#define UN PV_DELIVERY_UNKNOWN
#define RF PV_DELIVERY_REFUSED
#define DR PV_DELIVERY_DRAFTED
#define BA PV_DELIVERY_RETURNED

static const int with_ref[PV_N_DELIVERY_STATES][PV_N_DELIVERY_EVENTS] = {
  /*             START NOT_SENT ACC DRAFT REJ AMBIG LOST FOUND ABSENT FAILED TAKEN */
  /* queued   */ { SE, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO },
  /* sending  */ { NO, QU, RE, DR, RF, DO, DO, RE, NO, DO, RF },
  /* doubt    */ { NO, NO, NO, NO, NO, NO, DO, RE, DO, DO, NO },
  /* received */ { NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO },
  /* unknown  */ { NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO },
  /* refused  */ { NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO },
  /* drafted  */ { NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO },
  /* returned */ { NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO },
};

static const int without_ref_sending[PV_N_DELIVERY_EVENTS] = { NO, QU, RE, DR, RF, UN, UN, RE, NO, NO, BA };

static PvDelivery
delivery_in (PvDeliveryState state, gboolean can_search)
{
  PvDelivery delivery;

  pv_delivery_init (&delivery, can_search, 0, 1000);
  delivery.state = state;
  delivery.has_doubt = can_search;
  return delivery;
}

static void
each_event_leads_where_the_table_says (void **state)
{
  (void) state;
  for (guint from = 0; from < PV_N_DELIVERY_STATES; from++)
    for (guint event = 0; event < PV_N_DELIVERY_EVENTS; event++) {
      PvDelivery delivery = delivery_in (from, TRUE), before = delivery;
      gboolean is_legal = pv_delivery_step (&delivery, event, 1000, 0);

      assert_int_equal (is_legal ? (int) delivery.state : NO, with_ref[from][event]);
      if (!is_legal)
        assert_memory_equal (&delivery, &before, sizeof before);
    }
  for (guint event = 0; event < PV_N_DELIVERY_EVENTS; event++) {
    PvDelivery delivery = delivery_in (PV_DELIVERY_SENDING, FALSE);
    gboolean is_legal = pv_delivery_step (&delivery, event, 1000, 0);

    assert_int_equal (is_legal ? (int) delivery.state : NO, without_ref_sending[event]);
  }
}

static void
a_filing_that_was_being_sent_at_a_restart_is_in_doubt (void **state)
{
  PvDelivery delivery;

  (void) state;
  pv_delivery_init (&delivery, TRUE, 0, 0);
  pv_delivery_resume (&delivery, PV_DELIVERY_SENDING, FALSE, 0, 5000);
  assert_int_equal (delivery.state, PV_DELIVERY_DOUBT);
  assert_int_equal (pv_delivery_get_action (&delivery), PV_DELIVERY_SEARCH);
  pv_delivery_init (&delivery, FALSE, 0, 0);
  pv_delivery_resume (&delivery, PV_DELIVERY_SENDING, FALSE, 0, 5000);
  assert_int_equal (delivery.state, PV_DELIVERY_UNKNOWN);
  assert_int_equal (pv_delivery_get_action (&delivery), PV_DELIVERY_REST);
}

static void
absence_counts_only_when_the_portal_must_have_finished (void **state)
{
  PvDelivery delivery;

  (void) state;
  pv_delivery_init (&delivery, TRUE, 0, 0);
  assert_true (pv_delivery_step (&delivery, PV_DELIVERY_START, 0, 0));
  assert_true (pv_delivery_step (&delivery, PV_DELIVERY_AMBIGUOUS, 7000, 0));
  while (delivery.due_ms < 7000 + PV_DELIVERY_SETTLE_MS) {
    gint64 now = delivery.due_ms;

    assert_true (pv_delivery_step (&delivery, PV_DELIVERY_ABSENT, now, 0));
    assert_int_equal (delivery.state, PV_DELIVERY_DOUBT);
    assert_true (delivery.due_ms > now);
  }
  assert_true (pv_delivery_step (&delivery, PV_DELIVERY_ABSENT, 7000 + PV_DELIVERY_SETTLE_MS - 1, 0));
  assert_int_equal (delivery.state, PV_DELIVERY_DOUBT);
  assert_true (pv_delivery_step (&delivery, PV_DELIVERY_ABSENT, 7000 + PV_DELIVERY_SETTLE_MS, 0));
  assert_int_equal (delivery.state, PV_DELIVERY_QUEUED);
  assert_int_equal (pv_delivery_get_action (&delivery), PV_DELIVERY_SEARCH_AND_SEND);
}

static void
once_in_doubt_it_is_never_sent_without_a_search (void **state)
{
  PvDelivery delivery = delivery_in (PV_DELIVERY_QUEUED, TRUE);

  (void) state;
  for (int i = 0; i < 20; i++) {
    assert_true (pv_delivery_step (&delivery, PV_DELIVERY_START, i, 0));
    assert_true (pv_delivery_step (&delivery, PV_DELIVERY_NOT_SENT, i, 0));
    assert_int_equal (pv_delivery_get_action (&delivery), PV_DELIVERY_SEARCH_AND_SEND);
  }
}

static void
retries_slow_down_to_five_minutes_and_go_on_for_fifteen_days (void **state)
{
  const gint64 end_ms = 15 * (gint64) 24 * 3600 * 1000;
  PvDelivery delivery;
  gint64 now = 0, longest = 0;
  guint attempts = 0;

  (void) state;
  pv_delivery_init (&delivery, TRUE, 0, 0);
  while (now < end_ms) {
    gint64 before = now;

    assert_true (pv_delivery_step (&delivery, PV_DELIVERY_START, now, 0));
    assert_true (pv_delivery_step (&delivery, PV_DELIVERY_NOT_SENT, now, g_random_int ()));
    assert_int_equal (delivery.state, PV_DELIVERY_QUEUED);
    now = delivery.due_ms;
    assert_true (now > before);
    longest = MAX (longest, now - before);
    attempts++;
  }
  assert_true (longest <= PV_DELIVERY_LAST_RETRY_MS * 5 / 4);
  assert_true (attempts > 3000 && attempts < 6000);
  assert_true (pv_delivery_step (&delivery, PV_DELIVERY_START, now, 0));
  assert_true (pv_delivery_step (&delivery, PV_DELIVERY_ACCEPTED, now, 0));
}

static void
an_agent_is_called_after_a_day_or_at_once_when_it_is_hopeless (void **state)
{
  const gint64 day_us = G_TIME_SPAN_DAY;
  const struct {
    PvDeliveryState state;
    gint64 age_us;
    gboolean is_raised;
  } rows[] = {
    { PV_DELIVERY_QUEUED, day_us - 1, FALSE }, { PV_DELIVERY_QUEUED, day_us, TRUE },
    { PV_DELIVERY_SENDING, day_us, TRUE },     { PV_DELIVERY_DOUBT, 0, FALSE },
    { PV_DELIVERY_DOUBT, day_us, TRUE },       { PV_DELIVERY_RECEIVED, 30 * day_us, FALSE },
    { PV_DELIVERY_DRAFTED, day_us, FALSE },    { PV_DELIVERY_UNKNOWN, 0, TRUE },
    { PV_DELIVERY_REFUSED, 0, TRUE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    PvDelivery delivery = delivery_in (rows[i].state, TRUE);

    assert_int_equal (pv_delivery_is_raised (&delivery, rows[i].age_us), rows[i].is_raised);
  }
}

static void
states_have_names_and_nothing_else_has (void **state)
{
  PvDeliveryState read = PV_N_DELIVERY_STATES;

  (void) state;
  for (guint i = 0; i < PV_N_DELIVERY_STATES; i++) {
    assert_true (pv_delivery_state_from_name (pv_delivery_state_name (i), &read));
    assert_int_equal (read, i);
  }
  assert_false (pv_delivery_state_from_name ("none", &read));
  assert_false (pv_delivery_state_from_name (NULL, &read));
}

/* One filing against a portal that loses, delays and answers as it likes, and a kiosk that is killed at any time. */
typedef struct World {
  GRand *rand;
  PvDelivery delivery;
  gint64 now_ms;
  gint64 arrivals_ms[64]; /* when each request that arrived is in the portal's database */
  guint n_arrivals;
  guint n_sent_after_doubt;
} World;

static gboolean
is_there (const World *world)
{
  for (guint i = 0; i < world->n_arrivals; i++)
    if (world->arrivals_ms[i] <= world->now_ms)
      return TRUE;
  return FALSE;
}

static PvDeliveryEvent
search_world (World *world)
{
  switch (g_rand_int_range (world->rand, 0, 4)) {
  case 0:
    return PV_DELIVERY_SEARCH_FAILED;
  case 1:
    if (g_rand_boolean (world->rand))
      return PV_DELIVERY_WORKER_LOST;
    break;
  default:
    break;
  }
  return is_there (world) ? PV_DELIVERY_FOUND : PV_DELIVERY_ABSENT;
}

static PvDeliveryEvent
send_world (World *world, gboolean has_searched)
{
  gint64 taken_ms = world->now_ms;

  if (world->delivery.has_doubt && !has_searched)
    world->n_sent_after_doubt++;
  switch (g_rand_int_range (world->rand, 0, 6)) {
  case 0:
    return PV_DELIVERY_NOT_SENT;
  case 1:
    return PV_DELIVERY_AMBIGUOUS; /* lost on the way there */
  case 2:                         /* the answer is lost, or the kiosk dies; the portal goes on for a while */
  case 3:
    world->arrivals_ms[world->n_arrivals++] = taken_ms + g_rand_int_range (world->rand, 0, PORTAL_MAX_MS);
    return g_rand_boolean (world->rand) ? PV_DELIVERY_AMBIGUOUS : PV_DELIVERY_WORKER_LOST;
  default:
    world->arrivals_ms[world->n_arrivals++] = taken_ms;
    return PV_DELIVERY_ACCEPTED;
  }
}

static void
run_world (World *world)
{
  for (int turn = 0; turn < 2000 && !pv_delivery_is_final (&world->delivery); turn++) {
    PvDeliveryAction action = pv_delivery_get_action (&world->delivery);
    PvDeliveryEvent event;

    world->now_ms = MAX (world->now_ms, world->delivery.due_ms);
    if (action == PV_DELIVERY_SEARCH)
      event = search_world (world);
    else {
      pv_delivery_step (&world->delivery, PV_DELIVERY_START, world->now_ms, 0);
      event = action == PV_DELIVERY_SEARCH_AND_SEND ? search_world (world) : PV_DELIVERY_ABSENT;
      if (event == PV_DELIVERY_ABSENT)
        event = send_world (world, action == PV_DELIVERY_SEARCH_AND_SEND);
    }
    world->now_ms += g_rand_int_range (world->rand, 0, 3000);
    if (g_rand_int_range (world->rand, 0, 8) == 0) /* the courier dies before the answer is on its disk */
      pv_delivery_resume (&world->delivery, world->delivery.state, world->delivery.has_doubt, 0, world->now_ms);
    else
      pv_delivery_step (&world->delivery, event, world->now_ms, g_rand_int (world->rand));
  }
}

static void
whatever_happens_it_is_never_lost_and_never_there_twice (void **state)
{
  const guint runs = g_getenv ("PV_TEST_FULL") != NULL ? 200000 : 5000;

  (void) state;
  for (guint seed = 0; seed < runs; seed++) {
    World world = { .rand = g_rand_new_with_seed (seed) };
    gboolean can_search = seed % 2 == 0;

    pv_delivery_init (&world.delivery, can_search, 0, 0);
    run_world (&world);
    g_rand_free (world.rand);
    world.now_ms += PORTAL_MAX_MS;
    if (world.n_arrivals > 1 || world.n_sent_after_doubt > 0 || !pv_delivery_is_final (&world.delivery)
        || (can_search && (world.delivery.state != PV_DELIVERY_RECEIVED || world.n_arrivals != 1))
        || (!can_search && world.delivery.state == PV_DELIVERY_RECEIVED && world.n_arrivals != 1))
      fail_msg ("seed %u: %u arrivals, %s", seed, world.n_arrivals, pv_delivery_state_name (world.delivery.state));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_event_leads_where_the_table_says),
    cmocka_unit_test (a_filing_that_was_being_sent_at_a_restart_is_in_doubt),
    cmocka_unit_test (absence_counts_only_when_the_portal_must_have_finished),
    cmocka_unit_test (once_in_doubt_it_is_never_sent_without_a_search),
    cmocka_unit_test (retries_slow_down_to_five_minutes_and_go_on_for_fifteen_days),
    cmocka_unit_test (an_agent_is_called_after_a_day_or_at_once_when_it_is_hopeless),
    cmocka_unit_test (states_have_names_and_nothing_else_has),
    cmocka_unit_test (whatever_happens_it_is_never_lost_and_never_there_twice),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/reconnect.h"

/* A region in virtual time: a broker falls, stays away, and comes back. */
enum {
  N_KIOSKS = 10000,
  SECONDS = 3 * 3600,
  PATIENCE_S = 20,        /* PV_MQTT_PATIENT_MS: then an attempt is given up */
  CAPACITY = 250,         /* handshakes in a second; 577 were measured on two processors */
  MOST_IN_A_SECOND = 240, /* 167 on an average, and chance: more than five deviations of sqrt (167) */
  N_SAMPLES = 20000,
};

static void
stays_within_its_limits_whatever_chance_says (void **state)
{
  static const PvReconnectPlan *const plans[] = { &pv_reconnect_soon, &pv_reconnect_patient };
  static const guint32 numbers[] = { 0, 1, 1u << 31, G_MAXUINT32 - 1, G_MAXUINT32 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  (void) state;
  for (guint i = 0; i < N_SAMPLES; i++) {
    const PvReconnectPlan *plan = plans[i % G_N_ELEMENTS (plans)];
    guint32 number = i < 2 * G_N_ELEMENTS (numbers) ? numbers[i / 2] : g_rand_int (rand);
    guint n_failures = i % 3 == 0 ? G_MAXUINT : (guint) g_rand_int_range (rand, 0, 12);
    guint wait = pv_reconnect_get_wait_ms (plan, FALSE, n_failures, number);
    guint spread = pv_reconnect_get_wait_ms (plan, TRUE, n_failures, number);
    guint64 wanted = MIN ((guint64) plan->first_ms << MIN (n_failures, 16), plan->longest_ms);

    assert_in_range (wait, wanted / 2, wanted);
    assert_in_range (spread, PV_RECONNECT_LEAST_MS, plan->spread_ms);
  }
}

static void
grows_with_each_failure_and_is_spread_evenly (void **state)
{
  guint buckets[10] = { 0 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  (void) state;
  for (guint n = 0; n < 10; n++)
    assert_true (pv_reconnect_get_wait_ms (&pv_reconnect_patient, FALSE, n + 1, 77)
                 >= pv_reconnect_get_wait_ms (&pv_reconnect_patient, FALSE, n, 77));
  for (guint i = 0; i < N_SAMPLES; i++)
    buckets[pv_reconnect_get_wait_ms (&pv_reconnect_patient, TRUE, 0, g_rand_int (rand))
            / (pv_reconnect_patient.spread_ms / 10)]++;
  for (guint i = 0; i < 10; i++)
    assert_in_range (buckets[i], N_SAMPLES / 10 * 9 / 10, N_SAMPLES / 10 * 11 / 10);
}

/* Nobody's second attempt falls into the time in which others make their first. */
static void
leaves_the_spread_to_first_attempts (void **state)
{
  (void) state;
  assert_true (pv_reconnect_get_wait_ms (&pv_reconnect_patient, FALSE, 0, 0) >= pv_reconnect_patient.spread_ms);
}

typedef struct Region {
  guint n_up, most_in_a_second, last_s; /* last_s: when the last one was back */
} Region;

typedef struct Kiosk {
  gboolean is_up;
  guint n_failures;
} Kiosk;

/* Kiosks by the second of their next attempt. */
static void
plan_attempt (GArray **seconds, const PvReconnectPlan *plan, guint now_s, guint kiosk, const Kiosk *it, gboolean was_up,
              GRand *rand)
{
  guint at_s = now_s + pv_reconnect_get_wait_ms (plan, was_up, it->n_failures, g_rand_int (rand)) / 1000;

  if (at_s >= SECONDS)
    return;
  if (seconds[at_s] == NULL)
    seconds[at_s] = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (seconds[at_s], kiosk);
}

/* Falls at 0 and is back at @back_s. Whoever comes in a second in which it can take no more waits in a queue, and gives up
 * after PATIENCE_S, having cost it as much. */
static Region
run (const PvReconnectPlan *plan, guint back_s, guint capacity, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autofree Kiosk *kiosks = g_new0 (Kiosk, N_KIOSKS);
  g_autofree GArray **seconds = g_new0 (GArray *, SECONDS);
  g_autoptr (GArray) queue = g_array_new (FALSE, FALSE, sizeof (guint) * 2);
  Region region = { 0 };
  guint served = 0;

  for (guint i = 0; i < N_KIOSKS; i++)
    plan_attempt (seconds, plan, 0, i, &kiosks[i], TRUE, rand);
  for (guint i = 0; i < N_KIOSKS; i++)
    kiosks[i].n_failures = 0;
  for (guint s = 0; s < SECONDS; s++) {
    GArray *now = seconds[s];
    guint room = capacity;

    region.most_in_a_second = MAX (region.most_in_a_second, now != NULL ? now->len : 0);
    for (guint i = 0; now != NULL && i < now->len; i++) {
      guint entry[2] = { g_array_index (now, guint, i), s };

      if (s >= back_s) {
        g_array_append_vals (queue, entry, 1);
        continue;
      }
      plan_attempt (seconds, plan, s, entry[0], &kiosks[entry[0]], FALSE, rand);
      kiosks[entry[0]].n_failures++;
    }
    for (; s >= back_s && served < queue->len && room > 0; served++, room--) {
      const guint *entry = (const guint *) (gpointer) queue->data + 2 * served;
      Kiosk *kiosk = &kiosks[entry[0]];

      if (s - entry[1] > PATIENCE_S) {
        plan_attempt (seconds, plan, s, entry[0], kiosk, FALSE, rand);
        kiosk->n_failures++;
        continue;
      }
      kiosk->is_up = TRUE;
      region.n_up++;
      region.last_s = s;
    }
    if (now != NULL)
      g_array_unref (now);
  }
  return region;
}

static void
ten_thousand_kiosks_come_back_without_a_storm (void **state)
{
  static const guint outages_s[] = { 1, 5, 30, 60, 90, 150, 600, 3600 };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (outages_s); i++) {
    Region region = run (&pv_reconnect_patient, outages_s[i], CAPACITY, 7 + i);

    g_printerr ("# away for %u s: at most %u attempts in a second, all %u back after %u s more\n", outages_s[i],
                region.most_in_a_second, region.n_up, region.last_s - MIN (region.last_s, outages_s[i]));
    assert_int_equal (region.n_up, N_KIOSKS);
    assert_true (region.most_in_a_second <= MOST_IN_A_SECOND);
    /* The longest wait, and the queue of one spread. */
    assert_true (region.last_s <= outages_s[i] + pv_reconnect_patient.longest_ms / 1000 + PATIENCE_S);
  }
}

/* A machine that is busy with something else: more come in the first minute than it can take, those who gave up cost it as much, and
 * still it ends: each waits longer after each failure than all together need. */
static void
a_broker_that_is_too_slow_for_the_first_minute_gets_over_it (void **state)
{
  static const guint capacities[] = { 150, 100, 80, 60 };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (capacities); i++) {
    Region region = run (&pv_reconnect_patient, 1, capacities[i], 70 + i);

    g_printerr ("# %u handshakes a second: all %u back after %u s\n", capacities[i], region.n_up, region.last_s);
    assert_int_equal (region.n_up, N_KIOSKS);
    assert_true (region.most_in_a_second <= MOST_IN_A_SECOND);
    assert_true (region.last_s <= 3600);
  }
}

/* The region above would see one. */
static void
without_a_spread_there_is_a_storm (void **state)
{
  static const PvReconnectPlan naive = { .first_ms = 2000, .longest_ms = 2000, .spread_ms = 1000 };
  Region region = run (&naive, 1, CAPACITY, 7);

  (void) state;
  assert_true (region.most_in_a_second > 20 * MOST_IN_A_SECOND);
}

int
main (void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test (stays_within_its_limits_whatever_chance_says),
    cmocka_unit_test (grows_with_each_failure_and_is_spread_evenly),
    cmocka_unit_test (leaves_the_spread_to_first_attempts),
    cmocka_unit_test (ten_thousand_kiosks_come_back_without_a_storm),
    cmocka_unit_test (a_broker_that_is_too_slow_for_the_first_minute_gets_over_it),
    cmocka_unit_test (without_a_spread_there_is_a_storm),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The courier against kill -9 and a portal that fails in every way: nothing lost, nothing filed twice. */

#include "tst.h"

#include <string.h>

#include "rig.h"

enum {
  FILINGS = 12,
  TIME_SCALE = 60,
};

/* On submit and on find; a few times, then the portal is well again. */
static const char *const troubles[] = {
  "", /* none */
  "{\"kind\":\"drop-before-store\",\"on\":\"submit\",\"times\":2}",
  "{\"kind\":\"drop-after-store\",\"on\":\"submit\",\"times\":2}",
  "{\"kind\":\"cut\",\"on\":\"submit\",\"times\":2}",
  "{\"kind\":\"truncated\",\"on\":\"submit\",\"times\":2}",
  "{\"kind\":\"rubbish\",\"on\":\"submit\",\"times\":2}",
  "{\"kind\":\"error-500\",\"on\":\"submit\",\"times\":2}",
  "{\"kind\":\"error-500-after-store\",\"on\":\"submit\",\"times\":2}",
  "{\"kind\":\"delay\",\"on\":\"submit\",\"times\":2,\"seconds\":1}",
  "{\"kind\":\"drop-before-store\",\"on\":\"find\",\"times\":3}",
  "{\"kind\":\"rubbish\",\"on\":\"find\",\"times\":3}",
  "{\"kind\":\"truncated\",\"on\":\"find\",\"times\":3}",
  "{\"kind\":\"error-500\",\"on\":\"find\",\"times\":3}",
};

typedef struct Tally {
  guint runs, filings, courier_kills, worker_kills, received, unknown, lost, doubled, unsettled;
} Tally;

static void
make_trouble (Rig *rig, GRand *rand)
{
  const char *first = troubles[g_rand_int_range (rand, 0, G_N_ELEMENTS (troubles))];
  const char *second = troubles[g_rand_int_range (rand, 0, G_N_ELEMENTS (troubles))];
  g_autofree char *json =
    g_strdup_printf ("{\"faults\":[%s%s%s]}", first, *first != '\0' && *second != '\0' ? "," : "", second);

  rig_set_faults (rig, json);
}

static void
disturb (Rig *rig, GRand *rand, Tally *tally)
{
  rig_pump (rig, (guint) g_rand_int_range (rand, 0, 250));
  switch (g_rand_int_range (rand, 0, 6)) {
  case 0:
  case 1:
    rig_kill_courier (rig);
    tally->courier_kills++;
    rig_start_courier (rig);
    break;
  case 2:
  case 3:
    tally->worker_kills += rig_kill_worker (rig) ? 1 : 0;
    break;
  case 4:
    make_trouble (rig, rand);
    break;
  default:
    break;
  }
}

/* What the portal and the disk say in the end, about one filing that the citizen was told is registered. */
static void
judge (Rig *rig, const RigFiling *filing, Tally *tally)
{
  PvDeliveryState state = rig_state_of (rig, filing);
  guint count = rig_count_filed (rig, filing);

  tally->filings++;
  tally->received += state == PV_DELIVERY_RECEIVED ? 1 : 0;
  tally->unknown += state == PV_DELIVERY_UNKNOWN ? 1 : 0;
  tally->doubled += count > 1 ? 1 : 0;
  if (state == PV_DELIVERY_RECEIVED ? count != 1 : state != PV_DELIVERY_UNKNOWN)
    tally->lost++;
  /* What can be searched for is never left to an agent. */
  if (state == PV_DELIVERY_UNKNOWN && filing->has_ref_field)
    tally->lost++;
}

static gboolean
run_once (guint32 seed, Tally *tally)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  Rig *rig = rig_new (TIME_SCALE);
  gboolean is_whole = rig != NULL && rig_start_courier (rig);

  for (guint i = 0; is_whole && i < FILINGS; i++) {
    RigFiling *filing = i % 2 == 0 ? rig_new_filing (rig, "encombrants", "parvis_ref", PV_OUTBOX_FILE)
                                   : rig_new_filing (rig, "carte-bibliotheque", NULL, PV_OUTBOX_FILE);

    if (g_rand_boolean (rand))
      make_trouble (rig, rand);
    is_whole = rig_store (rig, filing);
    disturb (rig, rand, tally);
  }
  for (guint i = 0; is_whole && i < FILINGS / 2; i++)
    disturb (rig, rand, tally);
  if (is_whole)
    rig_set_faults (rig, "{\"faults\":[]}");
  if (is_whole && !rig_wait_settled (rig, RIG_DEADLINE_MS))
    tally->unsettled++;
  for (guint i = 0; is_whole && i < rig->filings->len; i++)
    judge (rig, rig->filings->pdata[i], tally);
  if (rig != NULL)
    rig_free (rig);
  tally->runs++;
  return is_whole;
}

static void
killed_at_any_time_nothing_is_lost_and_nothing_filed_twice (void **state)
{
  const guint runs = g_getenv ("PV_TEST_FULL") != NULL ? 500 : 20;
  const char *first = g_getenv ("PV_TEST_SEED");
  guint32 seed = first != NULL ? (guint32) g_ascii_strtoull (first, NULL, 10) : 1;
  Tally tally = { 0 };

  (void) state;
  for (guint i = 0; i < runs; i++) {
    if (!run_once (seed + i, &tally))
      fail_msg ("seed %u: the rig broke", seed + i);
    if (tally.lost + tally.doubled + tally.unsettled > 0)
      fail_msg ("seed %u: %u lost, %u doubled, %u not settled", seed + i, tally.lost, tally.doubled, tally.unsettled);
  }
  print_message ("# %u runs, %u filings, %u couriers and %u workers killed: %u received, %u unknown\n", tally.runs,
                 tally.filings, tally.courier_kills, tally.worker_kills, tally.received, tally.unknown);
  print_message ("# {\"name\": \"filings lost, of %u in %u runs with kills\", \"value\": %u, \"unit\": \"filings\"}\n",
                 tally.filings, tally.runs, tally.lost);
  print_message (
    "# {\"name\": \"filings doubled, of %u in %u runs with kills\", \"value\": %u, \"unit\": \"filings\"}\n",
    tally.filings, tally.runs, tally.doubled);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (killed_at_any_time_nothing_is_lost_and_nothing_filed_twice),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The courier against kill -9 and a portal that fails in every way: nothing lost, nothing filed twice; and nothing
 * submitted twice without the right to, as the portal's journal says.
 *
 * Several rigs side by side, each in a process of its own: most of a run is waiting. PV_TEST_SEED and PV_TEST_RUNS repeat
 * a part of the runs. */

#include "tst.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "demo/store.h"
#include "rig.h"

enum {
  FILINGS = 12,
  TIME_SCALE = 60,
  SAMPLE_RUNS = 20,
  SAMPLE_RIGS = 2,
  FULL_RUNS = 500,
  FULL_RIGS = 4,
  START_TRIES = 3,
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
  /* A clear "not now": the one answer after which every form is sent again without a search. */
  "{\"kind\":\"refuse\",\"on\":\"submit\",\"times\":2,\"status\":503,\"code\":\"relay-rate\",\"desc\":\"Slow down.\"}",
  "{\"kind\":\"drop-before-store\",\"on\":\"find\",\"times\":3}",
  "{\"kind\":\"rubbish\",\"on\":\"find\",\"times\":3}",
  "{\"kind\":\"truncated\",\"on\":\"find\",\"times\":3}",
  "{\"kind\":\"error-500\",\"on\":\"find\",\"times\":3}",
};

typedef struct Tally {
  guint runs, filings, received, unknown;
  guint courier_kills, worker_kills, portal_kills;
  guint submissions, unanswered; /* unanswered: ended without an answer that tells what was done */
  guint searched_again;          /* submitted again, after a search that found nothing */
  guint refused_again;           /* submitted again, after nothing but clear refusals */
  /* What must not be: */
  guint lost, doubled, unsettled;
  guint unsearched; /* with parvis_ref: submitted again without such a search */
  guint resent;     /* without: submitted again although an earlier answer was not a clear refusal */
  guint broken;     /* the rig did not work */
} Tally;

static void
add (Tally *sum, const Tally *part)
{
  guint *to = (guint *) sum;
  const guint *from = (const guint *) part;

  for (gsize i = 0; i < sizeof (Tally) / sizeof (guint); i++)
    to[i] += from[i];
}

static gboolean
has_failed (const Tally *tally)
{
  return tally->lost + tally->doubled + tally->unsettled + tally->unsearched + tally->resent + tally->broken > 0;
}

static void
make_trouble (Rig *rig, GRand *rand)
{
  const char *first = troubles[g_rand_int_range (rand, 0, G_N_ELEMENTS (troubles))];
  const char *second = troubles[g_rand_int_range (rand, 0, G_N_ELEMENTS (troubles))];
  g_autofree char *json =
    g_strdup_printf ("{\"faults\":[%s%s%s]}", first, *first != '\0' && *second != '\0' ? "," : "", second);

  rig_set_faults (rig, json);
}

/* At a time that nobody chose, and for as long. */
static gboolean
lose_portal (Rig *rig, GRand *rand)
{
  gboolean is_back = FALSE;

  rig_kill_demo (rig);
  rig_pump (rig, (guint) g_rand_int_range (rand, 0, 250));
  for (guint i = 0; i < START_TRIES && !is_back; i++)
    is_back = rig_start_demo (rig);
  if (!is_back)
    g_printerr ("the portal does not come back\n");
  return is_back;
}

static gboolean
disturb (Rig *rig, GRand *rand, Tally *tally)
{
  rig_pump (rig, (guint) g_rand_int_range (rand, 0, 250));
  switch (g_rand_int_range (rand, 0, 12)) {
  case 0:
  case 1:
  case 2:
  case 3:
    rig_kill_courier (rig);
    tally->courier_kills++;
    return rig_start_courier (rig);
  case 4:
  case 5:
  case 6:
  case 7:
    tally->worker_kills += rig_kill_worker (rig) ? 1 : 0;
    return TRUE;
  case 8:
  case 9:
    make_trouble (rig, rand);
    return TRUE;
  case 10:
    tally->portal_kills++;
    return lose_portal (rig, rand);
  default:
    return TRUE;
  }
}

/* What the portal was asked about one filing, in order: whether it was submitted again only when it might be. */
static void
judge_calls (const RigFiling *filing, const GPtrArray *calls, Tally *tally)
{
  guint submissions = 0;
  gboolean may_have_arrived = FALSE; /* an earlier one */

  for (guint i = 0; i < calls->len; i++) {
    const PvDemoCall *call = calls->pdata[i];
    const PvDemoCall *before = i > 0 ? calls->pdata[i - 1] : NULL;
    gboolean is_known_absent =
      before != NULL && before->called == PV_DEMO_CALLED_FIND && before->told == PV_DEMO_TOLD_NONE;

    if (call->called != PV_DEMO_CALLED_SUBMIT)
      continue;
    if (submissions > 0 && !may_have_arrived)
      tally->refused_again++;
    else if (submissions > 0 && !filing->has_ref_field)
      tally->resent++;
    else if (submissions > 0 && is_known_absent)
      tally->searched_again++;
    else if (submissions > 0)
      tally->unsearched++;
    submissions++;
    tally->unanswered += call->told == PV_DEMO_TOLD_NOTHING || call->told == PV_DEMO_TOLD_RUBBISH ? 1 : 0;
    if (call->told != PV_DEMO_TOLD_REFUSED)
      may_have_arrived = TRUE;
  }
  tally->submissions += submissions;
}

/* What the portal and the disk say in the end, about one filing that the citizen was told is registered. */
static void
judge (Rig *rig, const RigFiling *filing, Tally *tally)
{
  PvDeliveryState state = rig_state_of (rig, filing);
  guint count = rig_count_filed (rig, filing);
  g_autoptr (GPtrArray) calls = rig_list_calls (rig, filing);

  tally->filings++;
  tally->received += state == PV_DELIVERY_RECEIVED ? 1 : 0;
  tally->unknown += state == PV_DELIVERY_UNKNOWN ? 1 : 0;
  tally->doubled += count > 1 ? 1 : 0;
  if (state == PV_DELIVERY_RECEIVED ? count == 0 : state != PV_DELIVERY_UNKNOWN)
    tally->lost++;
  /* What can be searched for is never left to an agent. */
  if (state == PV_DELIVERY_UNKNOWN && filing->has_ref_field)
    tally->lost++;
  if (calls != NULL)
    judge_calls (filing, calls, tally);
  else
    tally->broken++;
}

static Tally
run_once (guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  Tally tally = { .runs = 1 };
  Rig *rig = rig_new (TIME_SCALE);
  gboolean is_whole = rig != NULL && rig_start_courier (rig);

  for (guint i = 0; is_whole && i < FILINGS; i++) {
    RigFiling *filing = i % 2 == 0 ? rig_new_filing (rig, "encombrants", "parvis_ref", PV_OUTBOX_FILE)
                                   : rig_new_filing (rig, "carte-bibliotheque", NULL, PV_OUTBOX_FILE);

    if (g_rand_boolean (rand))
      make_trouble (rig, rand);
    is_whole = rig_store (rig, filing);
    if (!is_whole)
      g_printerr ("a filing is not acknowledged\n");
    is_whole = is_whole && disturb (rig, rand, &tally);
  }
  for (guint i = 0; is_whole && i < FILINGS / 2; i++)
    is_whole = disturb (rig, rand, &tally);
  if (is_whole)
    rig_set_faults (rig, "{\"faults\":[]}");
  if (is_whole && !rig_wait_settled (rig, RIG_DEADLINE_MS))
    tally.unsettled++;
  for (guint i = 0; is_whole && i < rig->filings->len; i++)
    judge (rig, rig->filings->pdata[i], &tally);
  is_whole = rig != NULL && rig_free (rig) && is_whole;
  tally.broken += is_whole ? 0 : 1;
  return tally;
}

/* One rig's part of the runs: every @step-th seed. Ends at the first run that must not be. */
static Tally
run_share (guint32 seed, guint32 end, guint step)
{
  Tally sum = { 0 };

  for (; seed < end && !has_failed (&sum); seed += step) {
    Tally tally = run_once (seed);

    add (&sum, &tally);
    if (has_failed (&tally))
      g_printerr ("seed %u: %u lost, %u doubled, %u not settled, %u submitted again without a search, %u after an "
                  "ambiguous answer, %u broken\n",
                  seed, tally.lost, tally.doubled, tally.unsettled, tally.unsearched, tally.resent, tally.broken);
  }
  return sum;
}

/* Its tally comes through *@ret_fd. */
static pid_t
start_share (guint32 seed, guint32 end, guint step, int *ret_fd)
{
  int fds[2];
  pid_t child;

  if (pipe (fds) != 0)
    return -1;
  fflush (NULL);
  child = fork ();
  if (child == 0) {
    Tally tally;
    gboolean is_told;

    prctl (PR_SET_PDEATHSIG, SIGKILL);
    close (fds[0]);
    tally = run_share (seed, end, step);
    is_told = write (fds[1], &tally, sizeof tally) == (gssize) sizeof tally;
    close (fds[1]);
    exit (is_told ? EXIT_SUCCESS : EXIT_FAILURE); /* not _exit(): the sanitizers have something to say */
  }
  close (fds[1]);
  *ret_fd = fds[0];
  return child;
}

static gboolean
end_share (pid_t child, int fd, Tally *sum)
{
  Tally tally;
  gboolean is_told = read (fd, &tally, sizeof tally) == (gssize) sizeof tally;
  int status = 0;

  close (fd);
  if (waitpid (child, &status, 0) != child || !is_told || status != 0)
    return FALSE;
  add (sum, &tally);
  return TRUE;
}

static void
print_figure (const char *what, const char *of, guint value, const Tally *tally)
{
  print_message ("# {\"name\": \"%s%s, of %u filings in %u runs with kills\", \"value\": %u, \"unit\": \"filings\"}\n",
                 what, of, tally->filings, tally->runs, value);
}

static void
print_tally (const Tally *tally)
{
  print_message ("# %u runs, %u filings, %u couriers, %u workers and %u portals killed: %u received, %u unknown\n",
                 tally->runs, tally->filings, tally->courier_kills, tally->worker_kills, tally->portal_kills,
                 tally->received, tally->unknown);
  print_message ("# %u submissions, %u of them without a clear answer; %u repeated after a search that found nothing, "
                 "%u after a clear refusal\n",
                 tally->submissions, tally->unanswered, tally->searched_again, tally->refused_again);
  print_figure ("lost", "", tally->lost, tally);
  print_figure ("doubled", "", tally->doubled, tally);
  print_figure ("submitted again without a search", ", with parvis_ref", tally->unsearched, tally);
  print_figure ("submitted again after an ambiguous answer", ", without parvis_ref", tally->resent, tally);
}

static void
killed_at_any_time_nothing_is_lost_and_nothing_submitted_twice (void **state)
{
  gboolean is_full = g_getenv ("PV_TEST_FULL") != NULL;
  const guint rigs = is_full ? FULL_RIGS : SAMPLE_RIGS;
  const char *first = g_getenv ("PV_TEST_SEED"), *count = g_getenv ("PV_TEST_RUNS");
  guint32 seed = first != NULL ? (guint32) g_ascii_strtoull (first, NULL, 10) : 1;
  guint runs = is_full ? FULL_RUNS : SAMPLE_RUNS;
  pid_t children[FULL_RIGS];
  int fds[FULL_RIGS];
  Tally tally = { 0 };
  guint ended = 0;

  (void) state;
  if (count != NULL)
    runs = (guint) g_ascii_strtoull (count, NULL, 10);
  for (guint i = 0; i < rigs; i++)
    children[i] = start_share (seed + i, seed + runs, rigs, &fds[i]);
  for (guint i = 0; i < rigs; i++)
    ended += children[i] > 0 && end_share (children[i], fds[i], &tally) ? 1 : 0;
  print_tally (&tally);
  assert_int_equal (ended, rigs);
  assert_false (has_failed (&tally));
  assert_int_equal (tally.runs, runs);
  /* Or it proves nothing. */
  assert_true (tally.unanswered > 0 && tally.searched_again > 0 && tally.refused_again > 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (killed_at_any_time_nothing_is_lost_and_nothing_submitted_twice),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

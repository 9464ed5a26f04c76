/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kiosk and mediator over a carrier that does all it can: it swaps keys, repeats, reorders, doubles, drops, delays and
 * changes what it carries, says an older version, joins by itself with the code and without a certificate, or with a
 * certificate and without the code, cuts the link, and plays a whole session again after its end.
 *
 * Ten thousand runs with PV_TEST_FULL=1, fewer without, each repeatable by its number: PV_ASSIST_RUN=123 runs one. */

#include "pair.h"

#include <stdlib.h>

enum { FULL_RUNS = 10000, SHORT_RUNS = 300, N_STEPS = 80, QUIET_STEPS = 400 };

typedef struct {
  guint drop, repeat, delay, flip, replay, swap; /* out of 100 */
  gint64 cut_until_ms;
  PvHandshake *own;     /* the carrier's own run */
  GHashTable *commands; /* value -> the lease that the mediator saw when it was sent */
  guint32 n_values;
  gboolean was_touched[PV_N_RIGHTS], was_passed_on;
} Evil;

typedef struct {
  guint sessions, resumed, rights[PV_N_RIGHTS], applied, refused, ended, joins_tried, compared, passed_on;
} Tally;

static Tally tally;
static Person stranger; /* of another root; knows the code */

static gboolean
chance (Pair *pair, guint percent)
{
  return g_rand_int_range (pair->rand, 0, 100) < (gint) percent;
}

static guint
below (Pair *pair, guint n)
{
  return (guint) g_rand_int_range (pair->rand, 0, (gint32) n);
}

static GBytes *
flip (Pair *pair, GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint8 *copy = g_memdup2 (data, size);

  copy[below (pair, (guint) size)] ^= (guint8) (1 << below (pair, 8));
  return g_bytes_new_take (copy, size);
}

/* The shares of a handshake message for others, of which the carrier knows the secrets; or an older version. */
static GBytes *
swap_keys (Pair *pair, GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint8 *copy = g_memdup2 (data, size), scalar[32];
  gsize tail = data[0] == PV_WIRE_ANSWER ? PV_CERTIFICATE_SIGNATURE_BYTES : 0;

  if ((data[0] != PV_WIRE_JOIN && data[0] != PV_WIRE_ANSWER) || size < tail + 64)
    return g_bytes_new_take (copy, size);
  if (data[0] == PV_WIRE_JOIN && chance (pair, 30)) {
    copy[1 + PV_CALL_RANDOM_BYTES + below (pair, 3)] = (guint8) below (pair, 3);
    return g_bytes_new_take (copy, size);
  }
  people_random (pair->rand, scalar, sizeof scalar);
  crypto_scalarmult_base (copy + size - tail - 32, scalar);
  if (chance (pair, 50)) {
    guint8 hash[64];

    people_random (pair->rand, hash, sizeof hash);
    crypto_core_ristretto255_from_hash (copy + size - tail - 64, hash);
  }
  return g_bytes_new_take (copy, size);
}

static void
enqueue (Pair *pair, gboolean to_kiosk, GBytes *bytes, gint64 delay_ms)
{
  g_ptr_array_insert (pair->parcels, (gint) below (pair, pair->parcels->len + 1),
                      parcel_new (to_kiosk, pair->now.mono_ms + delay_ms, bytes));
}

static void
carry (Pair *pair, gboolean to_kiosk, GBytes *bytes)
{
  Evil *evil = pair->data;
  g_autoptr (GBytes) carried = g_bytes_ref (bytes);
  guint copies = chance (pair, evil->repeat) ? 2 + below (pair, 2) : 1;

  if (pair->now.mono_ms < evil->cut_until_ms || chance (pair, evil->drop))
    return;
  if (chance (pair, evil->swap)) {
    g_bytes_unref (carried);
    carried = swap_keys (pair, bytes);
  } else if (chance (pair, evil->flip)) {
    g_bytes_unref (carried);
    carried = flip (pair, bytes);
  }
  for (guint i = 0; i < copies; i++)
    enqueue (pair, to_kiosk, carried, chance (pair, evil->delay) ? below (pair, 3000) : 0);
  if (chance (pair, evil->replay)) {
    const Parcel *old = pair->history->pdata[below (pair, pair->history->len)];

    enqueue (pair, chance (pair, 80) ? old->to_kiosk : !old->to_kiosk, old->bytes, 0);
  }
}

/* The carrier joins by itself: a certificate that nobody signed, and the code that it overheard; or an enrolled
 * mediator's own, and a guess. Neither comes in: pair_hand_over() collects what the kiosk says, and check() looks. */
static void
join_uninvited (Pair *pair)
{
  Evil *evil = pair->data;
  guint8 random[PV_HANDSHAKE_RANDOM_BYTES];
  g_autoptr (GBytes) join = NULL;
  gboolean is_enrolled = chance (pair, 50);
  const PvAssistIdentity *identity = is_enrolled ? &pair->people->other.identity : &stranger.identity;
  const char *code = pv_assist_kiosk_get_code (pair->kiosk, pair->now);
  g_autofree char *digits =
    is_enrolled || code == NULL ? g_strdup_printf ("%06u", below (pair, 1000000)) : g_strdup (code);

  if (pair->call == NULL)
    return;
  tally.joins_tried++;
  people_random (pair->rand, random, sizeof random);
  pv_handshake_free (evil->own);
  evil->own = pv_handshake_join (identity, pair->call, digits, random, pair->now.utc, &join, NULL);
  if (evil->own != NULL)
    pair_hand_over (pair, TRUE, join);
  for (guint i = pair->history->len; evil->own != NULL && i > 0; i--) {
    const Parcel *parcel = pair->history->pdata[i - 1];
    gsize size;
    const guint8 *bytes = g_bytes_get_data (parcel->bytes, &size);
    g_autoptr (GBytes) proof = NULL;

    if (parcel->to_kiosk || bytes[0] != PV_WIRE_ANSWER)
      continue;
    proof = pv_handshake_prove (evil->own, bytes, size, pair->now.utc, NULL);
    if (proof != NULL)
      pair_hand_over (pair, TRUE, proof);
    return;
  }
}

/* What must hold at every moment. */
static void
check (Pair *pair)
{
  Evil *evil = pair->data;
  const PvRights *rights = pv_assist_kiosk_get_rights (pair->kiosk);
  const PvCertificate *helper = pv_assist_kiosk_get_mediator (pair->kiosk);
  const PvMirror *mirror = pv_assist_mediator_get_mirror (pair->mediator);
  GHashTableIter iter;
  gpointer value, times;

  if (helper != NULL)
    assert_string_equal (helper->name, "Person 2");
  for (PvRight right = 0; right < PV_N_RIGHTS; right++) {
    assert_false (rights->is_granted[right] && !evil->was_touched[right]);
    if (!rights->is_granted[right])
      evil->was_touched[right] = FALSE;
  }
  assert_false (rights->end == PV_END_HANDOVER && !evil->was_passed_on);
  assert_false (pv_rights_mirror_flows (rights) && !pv_rights_banner_is_shown (rights));
  g_hash_table_iter_init (&iter, pair->applied);
  while (g_hash_table_iter_next (&iter, &value, &times)) {
    assert_int_equal (GPOINTER_TO_UINT (times), 1);
    assert_true (g_hash_table_contains (evil->commands, value));
  }
  if (mirror != NULL && !pv_mirror_is_private (mirror)) {
    g_autoptr (PvScreenState) seen = pv_mirror_to_screen (mirror);

    assert_non_null (seen);
    assert_string_equal (pv_screen_state_find_field (seen, "nir")->value, "•••");
  }
}

static void
citizen_acts (Pair *pair)
{
  Evil *evil = pair->data;
  const PvRights *rights = pv_assist_kiosk_get_rights (pair->kiosk);
  gboolean is_patient = pv_rights_has (rights, PV_RIGHT_HAND) && chance (pair, 80);
  guint what = is_patient ? 44 + below (pair, 16) : below (pair, 100);

  if (is_patient && what >= 52)
    return;
  if (rights->has_question && what < 60) {
    evil->was_touched[rights->question] = TRUE;
    pv_assist_kiosk_touch (pair->kiosk, PV_TOUCH_GRANT, pair->now);
  } else if (rights->asks_handover && what < 15) {
    pv_assist_kiosk_touch (pair->kiosk, PV_TOUCH_GRANT, pair->now);
    evil->was_passed_on = rights->end == PV_END_HANDOVER;
  } else if (what < 44) {
    pv_assist_kiosk_touch (pair->kiosk, PV_TOUCH_REFUSE, pair->now);
  } else if (what < 52) {
    pv_assist_kiosk_touch (pair->kiosk, PV_TOUCH_RENEW, pair->now);
  } else if (what < 54) {
    pv_assist_kiosk_touch (pair->kiosk, PV_TOUCH_STEP_DOWN, pair->now);
  } else if (what < 55 && chance (pair, 30)) {
    pv_assist_kiosk_touch (pair->kiosk, PV_TOUCH_STOP, pair->now);
  } else if (what < 65) {
    pv_assist_kiosk_touch (pair->kiosk, PV_TOUCH_ELSEWHERE, pair->now);
    g_free (pair->name);
    pair->name = g_strnfill (below (pair, 20), 'x');
    pair_show (pair);
  } else if (what < 68) {
    pv_assist_kiosk_quick (pair->kiosk, below (pair, PV_N_QUICKS), pair->now);
  } else if (what < 78 && pv_assist_kiosk_get_proposal (pair->kiosk, NULL) != NULL) {
    pv_assist_kiosk_decide (pair->kiosk, chance (pair, 60), pair->now);
  } else if (what < 80) {
    pair->is_private = !pair->is_private;
    pair_show (pair);
  }
}

static void
mediator_acts (Pair *pair)
{
  static const char *const fields[] = { "street", "street", "name", "nir", "exact", "nothing" };
  const PvMediatorRights *rights = pv_assist_mediator_get_rights (pair->mediator);
  Evil *evil = pair->data;
  guint what = below (pair, 100);

  if (what < 25) {
    pv_assist_mediator_ask (pair->mediator, !rights->is_granted[PV_RIGHT_SHOW] ? PV_RIGHT_SHOW : 1 + below (pair, 2),
                            pair->now);
  } else if (what < 70) {
    g_autofree char *value = g_strdup_printf ("value %u", evil->n_values++);

    g_hash_table_add (evil->commands, g_strdup (value));
    pv_assist_mediator_command (pair->mediator,
                                rights->is_granted[PV_RIGHT_HAND] && chance (pair, 60) ? PV_COMMAND_SET
                                                                                       : below (pair, PV_N_COMMANDS),
                                fields[below (pair, G_N_ELEMENTS (fields))], value, pair->now);
  } else if (what < 80) {
    pv_assist_mediator_command (pair->mediator, PV_COMMAND_ACT, chance (pair, 50) ? "next" : "send", NULL, pair->now);
  } else if (what < 82) {
    pv_assist_mediator_give_back (pair->mediator, below (pair, PV_N_RIGHTS), pair->now);
  } else if (what >= 84 && what < 87) {
    pv_assist_mediator_hand_over (pair->mediator, "Nadia B.", pair->now);
  } else if (what < 83 && chance (pair, 30)) {
    pv_assist_mediator_end (pair->mediator, pair->now);
  }
}

static void
link_acts (Pair *pair)
{
  Evil *evil = pair->data;

  if (pair->now.mono_ms < evil->cut_until_ms)
    return;
  if (chance (pair, 3)) {
    evil->cut_until_ms = pair->now.mono_ms + 500 + below (pair, chance (pair, 20) ? 150000 : 20000);
    if (chance (pair, 50))
      pv_assist_kiosk_link_down (pair->kiosk, pair->now);
    if (chance (pair, 50))
      pv_assist_mediator_link_down (pair->mediator, pair->now);
  } else if (chance (pair, 2)) {
    pv_assist_mediator_link_up (pair->mediator, pair->now);
  }
}

static gboolean
is_joined (Pair *pair)
{
  return pv_assist_kiosk_get_state (pair->kiosk) == PV_KIOSK_SESSION
         && (pv_assist_mediator_get_state (pair->mediator) == PV_MEDIATOR_SESSION
             || pv_assist_mediator_get_state (pair->mediator) == PV_MEDIATOR_LOST);
}

/* Citizen and mediator try until they have one another, or give up. */
static void
join (Pair *pair)
{
  Evil *evil = pair->data;

  for (guint i = 0; i < 20 && !is_joined (pair); i++) {
    if (pv_assist_mediator_get_state (pair->mediator) == PV_MEDIATOR_SESSION
        || pv_assist_kiosk_get_state (pair->kiosk) == PV_KIOSK_SESSION)
      break; /* one is in: the other is on its way, or will be told by the silence */
    if (i > 5)
      evil->drop = evil->flip = evil->swap = 0;
    pair_join (pair, NULL);
    if (chance (pair, 20))
      join_uninvited (pair);
    for (guint step = 0; step < 12 && !is_joined (pair); step++) {
      pair_pass (pair, 1000);
      check (pair);
    }
  }
}

/* The carrier has no more ideas: within a short while the two must be of one mind. */
static void
agree (Pair *pair)
{
  const PvRights *rights = pv_assist_kiosk_get_rights (pair->kiosk);
  const PvMediatorRights *seen;
  guint64 hash, seen_hash;

  pair->carry = NULL;
  for (guint i = 0; i < QUIET_STEPS; i++) {
    pair_pass (pair, 500);
    if (rights->state == PV_RIGHTS_OPEN && i > 60)
      break;
  }
  if (pv_assist_kiosk_get_state (pair->kiosk) != PV_KIOSK_SESSION) {
    assert_int_not_equal (pv_assist_mediator_get_state (pair->mediator), PV_MEDIATOR_SESSION);
    tally.ended++;
    return;
  }
  assert_int_equal (pv_assist_mediator_get_state (pair->mediator), PV_MEDIATOR_SESSION);
  seen = pv_assist_mediator_get_rights (pair->mediator);
  for (PvRight right = 0; right < PV_N_RIGHTS; right++)
    assert_int_equal (seen->is_granted[right], pv_rights_has (rights, right));
  assert_int_equal (pv_assist_kiosk_get_revision (pair->kiosk, &hash),
                    pv_assist_mediator_get_revision (pair->mediator));
  seen_hash = pv_assist_mediator_get_mirror (pair->mediator) != NULL
                ? pv_mirror_hash (pv_assist_mediator_get_mirror (pair->mediator))
                : 0;
  assert_true (hash == seen_hash);
  tally.compared++;
}

/* A captured session says nothing any more. */
static void
replay_after_the_end (Pair *pair)
{
  guint n = pair->history->len, applied = pair->n_intentions, points = pair->n_points;

  pv_assist_kiosk_end (pair->kiosk, PV_END_PROCEDURE, pair->now);
  pair_deliver (pair);
  if (pv_assist_kiosk_get_state (pair->kiosk) != PV_KIOSK_ENDED)
    return;
  for (guint i = 0; i < n; i++) {
    const Parcel *old = pair->history->pdata[i];
    g_autoptr (GBytes) bytes = g_bytes_ref (old->bytes);

    if (old->to_kiosk)
      pair_hand_over (pair, TRUE, bytes);
  }
  assert_int_equal (pv_assist_kiosk_get_state (pair->kiosk), PV_KIOSK_ENDED);
  assert_int_equal (pair->n_intentions, applied);
  assert_int_equal (pair->n_points, points);
}

static void
enrol_stranger (People *people)
{
  guint8 seed[32] = { 66 }, good[PV_CERTIFICATE_SECRET_BYTES];
  guint8 root[PV_CERTIFICATE_KEY_BYTES];

  memcpy (good, people->root_secret, sizeof good);
  crypto_sign_seed_keypair (root, people->root_secret, seed);
  people_add (people, &stranger, PV_CERTIFICATE_MEDIATOR, 4, "22050");
  memcpy (people->root_secret, good, sizeof good);
}

static void
prepare (Pair *pair, Evil *evil)
{
  if (stranger.certificate == NULL)
    enrol_stranger (pair->people);
  evil->commands = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  evil->drop = below (pair, 4) * 10;
  evil->repeat = below (pair, 4) * 10;
  evil->delay = below (pair, 4) * 10;
  evil->flip = below (pair, 3) * 8;
  evil->replay = below (pair, 4) * 10;
  evil->swap = below (pair, 3) * 10;
  pair->data = evil;
  pair->carry = carry;
}

static void
run (guint32 number)
{
  Pair *pair = pair_new (number);
  Evil evil = { 0 };

  prepare (pair, &evil);
  join (pair);
  tally.sessions += is_joined (pair) ? 1 : 0;
  for (guint step = 0; step < N_STEPS && pv_assist_kiosk_get_state (pair->kiosk) == PV_KIOSK_SESSION; step++) {
    citizen_acts (pair);
    pair_deliver (pair);
    check (pair);
    mediator_acts (pair);
    link_acts (pair);
    pair_pass (pair, 10 + below (pair, chance (pair, 5) ? 8000 : 700));
    if (chance (pair, 3))
      join_uninvited (pair);
    check (pair);
    for (PvRight right = 0; right < PV_N_RIGHTS; right++)
      tally.rights[right] += pv_rights_has (pv_assist_kiosk_get_rights (pair->kiosk), right) ? 1 : 0;
  }
  for (guint i = 0; i < pair->history->len; i++) {
    const Parcel *parcel = pair->history->pdata[i];

    tally.resumed += ((const guint8 *) g_bytes_get_data (parcel->bytes, NULL))[0] == PV_WIRE_RESUMED ? 1 : 0;
  }
  tally.applied += pair->n_intentions;
  tally.passed_on += evil.was_passed_on ? 1 : 0;
  agree (pair);
  check (pair);
  replay_after_the_end (pair);
  pv_handshake_free (evil.own);
  g_hash_table_unref (evil.commands);
  pair_free (pair);
}

static guint32 current_run;

static void
no_attack_succeeds_and_nobody_is_mistaken (void **state)
{
  const char *only = g_getenv ("PV_ASSIST_RUN");
  guint n_runs = g_strcmp0 (g_getenv ("PV_TEST_FULL"), "1") == 0 ? FULL_RUNS : SHORT_RUNS;

  (void) state;
  if (only != NULL) {
    run ((guint32) g_ascii_strtoull (only, NULL, 10));
    return;
  }
  for (current_run = 0; current_run < n_runs; current_run++)
    run (current_run);
  print_message ("# %u sessions of %u runs, %u resumptions answered, %u intentions applied once, %u uninvited joins, "
                 "%u compared alive, %u ended, %u passed on\n",
                 tally.sessions, n_runs, tally.resumed, tally.applied, tally.joins_tried, tally.compared, tally.ended,
                 tally.passed_on);
  assert_true (tally.sessions > n_runs * 9 / 10);
  assert_true (tally.compared > n_runs / 4);
  assert_true (tally.ended > n_runs / 20);
  assert_true (tally.passed_on > n_runs / 100);
  assert_true (tally.resumed > n_runs / 4);
  assert_true (tally.applied > n_runs / 8);
  for (PvRight right = 0; right < PV_N_RIGHTS; right++)
    assert_true (tally.rights[right] > n_runs / 4);
}

static int
tell_run (void **state)
{
  (void) state;
  print_message ("# last run: PV_ASSIST_RUN=%u\n", current_run);
  return 0;
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (no_attack_succeeds_and_nobody_is_mistaken, NULL, tell_run),
  };

  tst_init ();
  g_assert (pv_assist_init ());
  return cmocka_run_group_tests (tests, NULL, NULL);
}

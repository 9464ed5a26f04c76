/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The carrier dies and comes back, for a second or for half a minute, at any moment of a session: 190 runs on a clock of
 * our own. And what a session costs. */

#include "pair.h"

enum { RUNS = 190, STEP_MS = 250, BACK_MS = 3000 };

typedef struct {
  gboolean is_cut;
  GHashTable *sent; /* value -> id of its command */
  guint n_values, n_typed;
} Link;

static void
carry (Pair *pair, gboolean to_kiosk, GBytes *bytes)
{
  Link *link = pair->data;

  if (!link->is_cut)
    g_ptr_array_add (pair->parcels, parcel_new (to_kiosk, pair->now.mono_ms + 25, bytes));
}

static void
type_and_command (Pair *pair)
{
  Link *link = pair->data;
  const PvRights *rights = pv_assist_kiosk_get_rights (pair->kiosk);

  if (g_rand_int_range (pair->rand, 0, 3) == 0) { /* never waits for the network */
    g_autofree char *typed = g_strdup_printf ("typed %u", ++link->n_typed);

    g_free (pair->name);
    pair->name = g_strdup (typed);
    pv_assist_kiosk_touch (pair->kiosk, PV_TOUCH_RENEW, pair->now);
    pair_show (pair);
    assert_string_equal (pair->name, typed);
  } else if (g_rand_int_range (pair->rand, 0, 2) == 0) {
    g_autofree char *value = g_strdup_printf ("value %u", link->n_values++);
    guint32 id = pv_assist_mediator_command (pair->mediator, PV_COMMAND_SET, "street", value, pair->now);

    if (id != 0)
      g_hash_table_insert (link->sent, g_strdup (value), GUINT_TO_POINTER (id));
  }
  if (rights->has_question)
    pv_assist_kiosk_touch (pair->kiosk, PV_TOUCH_GRANT, pair->now);
  else if (!rights->is_granted[PV_RIGHT_HAND])
    pv_assist_mediator_ask (pair->mediator, PV_RIGHT_HAND, pair->now);
}

static gboolean
is_of_one_mind (Pair *pair)
{
  const PvMirror *mirror = pv_assist_mediator_get_mirror (pair->mediator);
  guint64 hash;
  guint32 revision = pv_assist_kiosk_get_revision (pair->kiosk, &hash);

  return pv_assist_mediator_get_state (pair->mediator) == PV_MEDIATOR_SESSION && mirror != NULL
         && revision == pv_assist_mediator_get_revision (pair->mediator) && pv_mirror_hash (mirror) == hash
         && pv_rights_has (pv_assist_kiosk_get_rights (pair->kiosk), PV_RIGHT_SHOW);
}

static void
work (Pair *pair, gint64 ms)
{
  for (gint64 end_ms = pair->now.mono_ms + ms; pair->now.mono_ms < end_ms;) {
    type_and_command (pair);
    pair_pass (pair, STEP_MS);
  }
}

/* From the carrier's return to one mind again. */
static gint64
come_back (Pair *pair)
{
  Link *link = pair->data;
  gint64 start_ms = pair->now.mono_ms;

  link->is_cut = FALSE;
  pv_assist_mediator_link_up (pair->mediator, pair->now);
  do
    pair_pass (pair, 25);
  while (!is_of_one_mind (pair) && pair->now.mono_ms - start_ms <= BACK_MS);
  return pair->now.mono_ms - start_ms;
}

static void
check_commands (Pair *pair)
{
  GHashTableIter iter;
  gpointer value, times;
  guint applied = 0, answered = 0;

  g_hash_table_iter_init (&iter, pair->applied);
  while (g_hash_table_iter_next (&iter, &value, &times)) {
    assert_int_equal (GPOINTER_TO_UINT (times), 1);
    applied++;
  }
  assert_int_equal (applied, pair->n_answers[PV_RESULT_DONE]); /* what is told as done was done, and nothing else */
  for (PvResult result = 0; result < PV_N_RESULTS; result++)
    answered += pair->n_answers[result];
  assert_int_equal (answered, g_hash_table_size (((Link *) pair->data)->sent)); /* and nothing was forgotten */
}

static void
one_run (guint32 seed, gint64 *worst_ms, guint *ret_applied)
{
  Pair *pair = pair_new (seed);
  Link link = { .sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  gint64 back_ms;

  pair->data = &link;
  pair->carry = carry;
  assert_true (pair_join (pair, NULL));
  for (guint i = 0; i < 40 && !pv_assist_kiosk_get_rights (pair->kiosk)->has_question; i++)
    pair_pass (pair, 25);
  pv_assist_kiosk_touch (pair->kiosk, PV_TOUCH_GRANT, pair->now);
  work (pair, 2000 + g_rand_int_range (pair->rand, 0, 10000));
  link.is_cut = TRUE;
  if (g_rand_int_range (pair->rand, 0, 2) == 0)
    g_ptr_array_set_size (pair->parcels, 0); /* what was on its way is lost too */
  if (g_rand_int_range (pair->rand, 0, 2) == 0)
    pv_assist_kiosk_link_down (pair->kiosk, pair->now);
  work (pair, g_rand_int_range (pair->rand, 0, 2) == 0 ? 1000 : 30000);
  back_ms = come_back (pair);
  assert_true (back_ms <= BACK_MS);
  *worst_ms = MAX (*worst_ms, back_ms);
  work (pair, 3000);
  for (guint i = 0; i < 200; i++)
    pair_pass (pair, 100);
  assert_true (is_of_one_mind (pair));
  check_commands (pair);
  *ret_applied += pair->n_intentions;
  g_hash_table_unref (link.sent);
  pair_free (pair);
}

static void
a_cut_at_any_moment_loses_and_doubles_nothing (void **state)
{
  gint64 worst_ms = 0;
  guint applied = 0;

  (void) state;
  for (guint32 i = 0; i < RUNS; i++)
    one_run (i, &worst_ms, &applied);
  print_message ("# %u cuts, back after %d ms at worst (25 ms each way), %u edits applied once\n", RUNS, (int) worst_ms,
                 applied);
  assert_true (applied > RUNS);
}

/* 30 screens, 20 fields, 234 keys 260 ms apart: four fields in clear, the others masked. Sealed bytes, both ways. */
static void
a_scripted_session_costs_what_was_promised (void **state)
{
  Pair *pair = pair_new (1);
  gsize bytes = 0;
  guint keys = 0;

  (void) state;
  assert_true (pair_join (pair, NULL));
  pair_deliver (pair);
  pair_grant (pair, PV_RIGHT_SHOW);
  for (guint page = 0; page < 30; page++) {
    pair->page = page;
    pair->street[0] = pair->name[0] = '\0';
    pair_show (pair);
    pair_pass (pair, 500);
    for (guint key = 0; page < 20 && key < 12 && keys < 234; key++, keys++) {
      char **field = page % 5 == 0 ? &pair->street : &pair->name;
      char *longer = g_strconcat (*field, "x", NULL);

      g_free (*field);
      *field = longer;
      pair_show (pair);
      pair_pass (pair, 260);
    }
  }
  for (guint i = 0; i < pair->history->len; i++)
    bytes += g_bytes_get_size (((Parcel *) pair->history->pdata[i])->bytes);
  print_message ("# %u keys, %u records, %zu bytes sealed, both ways, joining included\n", keys, pair->history->len,
                 bytes);
  assert_int_equal (keys, 234);
  assert_true (bytes < 25000);
  pair_free (pair);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_cut_at_any_moment_loses_and_doubles_nothing),
    cmocka_unit_test (a_scripted_session_costs_what_was_promised),
  };

  tst_init ();
  g_assert (pv_assist_init ());
  return cmocka_run_group_tests (tests, NULL, NULL);
}

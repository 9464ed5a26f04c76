/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole machine, explored: every state that any order of events reaches, with the clock in steps of 10 s. */

#include "tst.h"

#include <string.h>

#include "assist/rights.h"

enum { STEP_MS = 10 * 1000, START_MS = 1000 * 1000, MAX_STATES = 200000 };

/* The machine and what the test remembers beside it. */
typedef struct {
  PvRights rights;
  gint64 now_ms;
  gboolean was_touched[PV_N_RIGHTS]; /* the citizen granted this right, and nothing took it away since */
} Node;

typedef enum {
  EVENT_OPEN,
  EVENT_ASK,
  EVENT_TOUCH = EVENT_ASK + PV_N_RIGHTS,
  EVENT_GIVE_BACK = EVENT_TOUCH + PV_N_TOUCHES,
  EVENT_ACTIVITY = EVENT_GIVE_BACK + PV_N_RIGHTS,
  EVENT_PAUSE,
  EVENT_UNPAUSE,
  EVENT_LOSE,
  EVENT_REGAIN,
  EVENT_END,
  EVENT_ASK_HANDOVER,
  EVENT_PASS,        /* time, and a tick */
  EVENT_PASS_UNSEEN, /* time, and nobody ticked */
  N_EVENTS
} Event;

static void
apply (Node *node, guint event)
{
  PvRights *rights = &node->rights;

  if (event == EVENT_OPEN)
    pv_rights_open (rights, node->now_ms);
  else if (event < EVENT_TOUCH)
    pv_rights_ask (rights, event - EVENT_ASK, node->now_ms);
  else if (event < EVENT_GIVE_BACK)
    pv_rights_touch (rights, event - EVENT_TOUCH, node->now_ms);
  else if (event < EVENT_ACTIVITY)
    pv_rights_give_back (rights, event - EVENT_GIVE_BACK);
  else if (event == EVENT_ACTIVITY)
    pv_rights_note_activity (rights, node->now_ms);
  else if (event == EVENT_PAUSE || event == EVENT_UNPAUSE)
    pv_rights_set_paused (rights, event == EVENT_PAUSE);
  else if (event == EVENT_LOSE)
    pv_rights_lose_link (rights, node->now_ms);
  else if (event == EVENT_REGAIN)
    pv_rights_regain_link (rights, node->now_ms);
  else if (event == EVENT_ASK_HANDOVER)
    pv_rights_ask_handover (rights, node->now_ms);
  else if (event == EVENT_END)
    pv_rights_finish (rights, PV_END_MEDIATOR);
  else
    node->now_ms += STEP_MS;
  if (event == EVENT_PASS)
    pv_rights_tick (rights, node->now_ms);
}

/* The rules, told apart from the machine. */
static void
follow (const Node *before, Node *after, guint event)
{
  gboolean is_grant = event == EVENT_TOUCH + PV_TOUCH_GRANT && before->rights.has_question;

  for (PvRight right = 0; right < PV_N_RIGHTS; right++) {
    if (is_grant && before->rights.question == right)
      after->was_touched[right] = TRUE;
    if (!after->rights.is_granted[right])
      after->was_touched[right] = FALSE;
  }
}

static void
check (const Node *before, const Node *after, guint event)
{
  const PvRights *rights = &after->rights;
  gboolean had_hand = before->rights.is_granted[PV_RIGHT_HAND];

  for (PvRight right = 0; right < PV_N_RIGHTS; right++) {
    assert_false (rights->is_granted[right] && !after->was_touched[right]);
    /* A right appears at a touch on its own question, and nowhere else. */
    if (rights->is_granted[right] && !before->rights.is_granted[right]) {
      assert_int_equal (event, EVENT_TOUCH + PV_TOUCH_GRANT);
      assert_int_equal (before->rights.question, right);
      assert_true (before->now_ms < before->rights.question_until_ms);
    }
    assert_false (pv_rights_has (rights, right) && !pv_rights_banner_is_shown (rights));
    assert_false (pv_rights_has (rights, right) && rights->state != PV_RIGHTS_OPEN);
  }
  /* Whoever was refused twice running is not heard for half a minute. */
  if ((rights->has_question && !before->rights.has_question)
      || (rights->asks_handover && !before->rights.asks_handover))
    assert_true (after->now_ms >= before->rights.quiet_until_ms);
  assert_true (rights->quiet_until_ms - after->now_ms <= PV_RIGHTS_QUIET_MS);
  assert_false (pv_rights_mirror_flows (rights) && !pv_rights_banner_is_shown (rights));
  /* Any touch but the renewal takes the hand back; a grant lends it only if it was asked for. */
  if (event >= EVENT_TOUCH && event < EVENT_GIVE_BACK && event != EVENT_TOUCH + PV_TOUCH_RENEW && had_hand)
    assert_false (rights->is_granted[PV_RIGHT_HAND]);
  if (event == EVENT_TOUCH + PV_TOUCH_RENEW && !had_hand)
    assert_false (rights->is_granted[PV_RIGHT_HAND]);
  if (rights->is_granted[PV_RIGHT_HAND]) {
    assert_true (rights->lease_until_ms - after->now_ms <= PV_RIGHTS_LEASE_MS);
    assert_false (rights->is_paused);
    if (event == EVENT_PASS)
      assert_true (after->now_ms < rights->lease_until_ms);
    if (rights->lease_until_ms > before->rights.lease_until_ms)
      assert_true (event == EVENT_TOUCH + PV_TOUCH_RENEW || event == EVENT_TOUCH + PV_TOUCH_GRANT);
  }
  /* Without seeing, nothing else. */
  if (!rights->is_granted[PV_RIGHT_SHOW])
    assert_false (rights->is_granted[PV_RIGHT_PROPOSE] || rights->is_granted[PV_RIGHT_HAND]);
  if (event == EVENT_TOUCH + PV_TOUCH_STOP && before->rights.state != PV_RIGHTS_CLOSED)
    assert_int_equal (rights->state, PV_RIGHTS_ENDED);
  /* One question at a time; to be passed on is a touch on that question, and brings no right. */
  assert_false (rights->has_question && rights->asks_handover);
  if (rights->end == PV_END_HANDOVER && before->rights.end != PV_END_HANDOVER) {
    assert_int_equal (event, EVENT_TOUCH + PV_TOUCH_GRANT);
    assert_true (before->rights.asks_handover && before->now_ms < before->rights.question_until_ms);
  }
  if (before->rights.asks_handover && event == EVENT_TOUCH + PV_TOUCH_GRANT)
    for (PvRight right = 0; right < PV_N_RIGHTS; right++)
      assert_false (rights->is_granted[right] && !before->rights.is_granted[right]);
  if (before->rights.state == PV_RIGHTS_ENDED)
    assert_int_equal (rights->state, PV_RIGHTS_ENDED);
}

static gint64
relative (gint64 deadline_ms, gint64 now_ms)
{
  return deadline_ms > 0 ? MAX (deadline_ms - now_ms, -STEP_MS) : G_MININT64;
}

/* Two nodes with the same key have the same future. */
static char *
key_of (const Node *node)
{
  const PvRights *r = &node->rights;

  return g_strdup_printf ("%d %d %d%d%d %d%d%d %d %d %d %d %u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                          " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                          r->state, r->end, r->is_granted[0], r->is_granted[1], r->is_granted[2], node->was_touched[0],
                          node->was_touched[1], node->was_touched[2], r->has_question, r->question, r->asks_handover,
                          r->is_paused, r->n_refused, relative (r->question_until_ms, node->now_ms),
                          relative (r->lease_until_ms, node->now_ms), relative (r->lost_until_ms, node->now_ms),
                          relative (r->idle_until_ms, node->now_ms), relative (r->quiet_until_ms, node->now_ms));
}

static void
no_path_leads_to_a_right_without_the_citizens_touch (void **state)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) queue = g_array_new (FALSE, TRUE, sizeof (Node));
  Node start = { .now_ms = START_MS };
  guint reached[PV_N_RIGHTS] = { 0 }, ends[PV_N_ENDS] = { 0 };

  (void) state;
  g_array_append_val (queue, start);
  g_hash_table_add (seen, key_of (&start));
  for (guint i = 0; i < queue->len; i++)
    for (guint event = 0; event < N_EVENTS; event++) {
      Node before = g_array_index (queue, Node, i), after = before;
      char *key;

      apply (&after, event);
      follow (&before, &after, event);
      check (&before, &after, event);
      for (PvRight right = 0; right < PV_N_RIGHTS; right++)
        reached[right] += pv_rights_has (&after.rights, right) ? 1 : 0;
      ends[after.rights.end]++;
      key = key_of (&after);
      if (g_hash_table_add (seen, key))
        g_array_append_val (queue, after);
      assert_true (queue->len < MAX_STATES);
    }
  print_message ("# %u states, %u steps\n", queue->len, queue->len * N_EVENTS);
  assert_true (queue->len > 500);
  for (PvRight right = 0; right < PV_N_RIGHTS; right++)
    assert_true (reached[right] > 0);
  assert_true (ends[PV_END_CITIZEN] > 0 && ends[PV_END_LOST] > 0 && ends[PV_END_IDLE] > 0);
  assert_true (ends[PV_END_HANDOVER] > 0);
}

/* Ten minutes in front of the question, with any noise that is not the citizen's. */
static void
silence_is_refusal (void **state)
{
  PvRights rights = { 0 };

  (void) state;
  pv_rights_open (&rights, 0);
  for (gint64 now_ms = 0; now_ms < 600 * 1000; now_ms += 1000) {
    pv_rights_ask (&rights, PV_RIGHT_SHOW, now_ms);
    pv_rights_ask_handover (&rights, now_ms);
    pv_rights_note_activity (&rights, now_ms);
    pv_rights_tick (&rights, now_ms);
    for (PvRight right = 0; right < PV_N_RIGHTS; right++)
      assert_false (pv_rights_has (&rights, right));
    assert_int_equal (rights.state, PV_RIGHTS_OPEN);
  }
}

/* A touch or silence, for one right or several: two running, and half a minute is quiet. */
static void
who_is_refused_twice_does_not_pester (void **state)
{
  PvRights rights = { 0 };
  gint64 now_ms = 0;

  (void) state;
  pv_rights_open (&rights, 0);
  pv_rights_ask (&rights, PV_RIGHT_SHOW, 0);
  pv_rights_touch (&rights, PV_TOUCH_GRANT, 0);
  for (guint round = 0; round < 3; round++) {
    assert_true (pv_rights_ask (&rights, PV_RIGHT_HAND, now_ms));
    pv_rights_touch (&rights, PV_TOUCH_REFUSE, now_ms);
    assert_true (round == 0 ? pv_rights_ask (&rights, PV_RIGHT_HAND, now_ms)
                            : pv_rights_ask_handover (&rights, now_ms));
    if (round < 2) {
      pv_rights_touch (&rights, PV_TOUCH_REFUSE, now_ms);
    } else {
      now_ms += PV_RIGHTS_QUESTION_MS;
      pv_rights_tick (&rights, now_ms);
    }
    assert_true (pv_rights_next_deadline_ms (&rights) == now_ms + PV_RIGHTS_QUIET_MS);
    for (gint64 ms = 0; ms < PV_RIGHTS_QUIET_MS; ms += 1000) {
      assert_false (pv_rights_ask (&rights, PV_RIGHT_HAND, now_ms + ms));
      assert_false (pv_rights_ask (&rights, PV_RIGHT_PROPOSE, now_ms + ms));
      assert_false (pv_rights_ask_handover (&rights, now_ms + ms));
      pv_rights_tick (&rights, now_ms + ms);
    }
    now_ms += PV_RIGHTS_QUIET_MS;
    pv_rights_tick (&rights, now_ms);
    assert_true (pv_rights_next_deadline_ms (&rights) > now_ms);
  }
  /* A yes between two refusals, and nobody pestered. */
  assert_true (pv_rights_ask (&rights, PV_RIGHT_HAND, now_ms));
  pv_rights_touch (&rights, PV_TOUCH_REFUSE, now_ms);
  assert_true (pv_rights_ask (&rights, PV_RIGHT_PROPOSE, now_ms));
  pv_rights_touch (&rights, PV_TOUCH_GRANT, now_ms);
  assert_true (pv_rights_ask (&rights, PV_RIGHT_HAND, now_ms));
  pv_rights_touch (&rights, PV_TOUCH_REFUSE, now_ms);
  assert_true (pv_rights_ask (&rights, PV_RIGHT_HAND, now_ms));
}

static void
the_hand_is_lent_by_the_minute (void **state)
{
  PvRights rights = { 0 };

  (void) state;
  pv_rights_open (&rights, 0);
  assert_false (pv_rights_ask (&rights, PV_RIGHT_HAND, 0));
  assert_true (pv_rights_ask (&rights, PV_RIGHT_SHOW, 0));
  pv_rights_touch (&rights, PV_TOUCH_GRANT, 0);
  assert_true (pv_rights_ask (&rights, PV_RIGHT_HAND, 0));
  pv_rights_touch (&rights, PV_TOUCH_GRANT, 1000);
  pv_rights_tick (&rights, 60999);
  assert_true (pv_rights_has (&rights, PV_RIGHT_HAND));
  assert_false (pv_rights_has (&rights, PV_RIGHT_PROPOSE));
  pv_rights_touch (&rights, PV_TOUCH_RENEW, 60999);
  pv_rights_tick (&rights, 61000);
  assert_true (pv_rights_has (&rights, PV_RIGHT_HAND));
  pv_rights_touch (&rights, PV_TOUCH_ELSEWHERE, 62000);
  assert_false (pv_rights_has (&rights, PV_RIGHT_HAND));
  assert_true (pv_rights_has (&rights, PV_RIGHT_SHOW));
}

static void
what_was_granted_to_see_waits_for_the_link (void **state)
{
  PvRights rights = { 0 };

  (void) state;
  pv_rights_open (&rights, 0);
  pv_rights_ask (&rights, PV_RIGHT_SHOW, 0);
  pv_rights_touch (&rights, PV_TOUCH_GRANT, 0);
  pv_rights_lose_link (&rights, 1000);
  assert_false (pv_rights_mirror_flows (&rights));
  assert_true (pv_rights_banner_is_shown (&rights));
  pv_rights_regain_link (&rights, 120999);
  assert_true (pv_rights_mirror_flows (&rights));
  pv_rights_lose_link (&rights, 200000);
  pv_rights_regain_link (&rights, 320000);
  assert_int_equal (rights.state, PV_RIGHTS_ENDED);
  assert_int_equal (rights.end, PV_END_LOST);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (no_path_leads_to_a_right_without_the_citizens_touch),
    cmocka_unit_test (silence_is_refusal),
    cmocka_unit_test (who_is_refused_twice_does_not_pester),
    cmocka_unit_test (the_hand_is_lent_by_the_minute),
    cmocka_unit_test (what_was_granted_to_see_waits_for_the_link),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kiosk and mediator over an honest carrier. */

#include "pair.h"

#include "assist/machine-kiosk-private.h"

static void
assert_same (Pair *pair)
{
  const PvMirror *mirror = pv_assist_mediator_get_mirror (pair->mediator);
  guint64 hash;

  assert_non_null (mirror);
  assert_int_equal (pv_assist_kiosk_get_revision (pair->kiosk, &hash),
                    pv_assist_mediator_get_revision (pair->mediator));
  assert_true (pv_mirror_hash (mirror) == hash);
}

static void
nothing_is_mirrored_before_the_touch (void **state)
{
  Pair *pair = *state;

  pair_begin (pair);
  assert_string_equal (pv_assist_kiosk_get_mediator (pair->kiosk)->name, "Person 2");
  assert_true (pv_rights_banner_is_shown (pv_assist_kiosk_get_rights (pair->kiosk)));
  for (guint i = 0; i < 59; i++)
    pair_pass (pair, 1000);
  assert_null (pv_assist_mediator_get_mirror (pair->mediator));
  pair_grant (pair, PV_RIGHT_SHOW);
  assert_same (pair);
}

static void
a_change_leaves_at_once_and_the_next_on_the_tick (void **state)
{
  Pair *pair = *state;
  guint sent;

  pair_begin (pair);
  pair_grant (pair, PV_RIGHT_SHOW);
  pair_pass (pair, 1000);
  sent = pair->history->len;
  pair->street[0] = '\0';
  for (guint i = 0; i < 10; i++) {
    g_autofree char *old = pair->street;

    pair->street = g_strconcat (old, "x", NULL);
    pair_show (pair);
    pair_collect (pair);
  }
  assert_int_equal (pair->history->len, sent + 1);
  pair_pass (pair, PV_ASSIST_TICK_MS - 1);
  assert_int_equal (pair->history->len, sent + 1);
  pair_pass (pair, 1);
  assert_int_equal (pair->history->len, sent + 2);
  assert_int_equal (g_bytes_get_size (((Parcel *) pair->history->pdata[sent])->bytes), 13 + 64 + 16);
  assert_same (pair);
}

/* When what left, in ms since @start, of a typist who strikes a key each @step_ms. */
static char *
departures_of_typing (Pair *pair, char **value, guint n_keys, guint step_ms)
{
  GString *when = g_string_new (NULL);
  gint64 start = pair->now.mono_ms;
  guint sent = pair->history->len;

  for (guint ms = 0; ms <= n_keys * step_ms + PV_ASSIST_TICK_MS; ms++) {
    if (ms % step_ms == 0 && ms / step_ms < n_keys) {
      g_autofree char *old = *value;

      *value = g_strconcat (old, "x", NULL);
      pair_show (pair);
    }
    pv_assist_kiosk_tick (pair->kiosk, pair->now);
    pair_collect (pair);
    for (; sent < pair->history->len; sent++)
      g_string_append_printf (when, "%" G_GINT64_FORMAT " ", pair->now.mono_ms - start);
    pair->now.mono_ms++;
  }
  return g_string_free (when, FALSE);
}

static void
a_typist_s_rhythm_is_told_in_ticks_and_of_masked_answers_not_at_all (void **state)
{
  static const struct {
    gboolean is_masked;
    guint n_keys, step_ms;
    const char *departures;
  } cases[] = {
    { FALSE, 10, 20, "0 50 100 150 200 " }, /* faster than the tick */
    { FALSE, 4, 70, "0 70 140 210 " },      /* slower: each is the first of its burst */
    { FALSE, 5, 40, "0 50 100 150 200 " },  /* the last is not lost */
    { TRUE, 14, 20, "0 80 240 " },          /* masked: 1, 5 and 13 letters */
    { TRUE, 14, 70, "0 280 840 " },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    Pair *pair = pair_new (1);
    g_autofree char *departures = NULL;

    pair_begin (pair);
    pair_grant (pair, PV_RIGHT_SHOW);
    pair_pass (pair, 1000);
    departures =
      departures_of_typing (pair, cases[i].is_masked ? &pair->name : &pair->street, cases[i].n_keys, cases[i].step_ms);
    assert_string_equal (departures, cases[i].departures);
    pair_free (pair);
  }
}

static void
only_heartbeats_are_marked_as_worth_nothing_later (void **state)
{
  Pair *pair = *state;

  pair_begin (pair);
  pair_grant (pair, PV_RIGHT_SHOW);
  assert_int_equal (pair->n_beats, 0);
  pair_pass (pair, PV_ASSIST_BEAT_MS);
  assert_int_equal (pair->n_beats, 2);
  pair_pass (pair, PV_ASSIST_BEAT_MS);
  assert_int_equal (pair->n_beats, 4);
}

static void
commands_need_their_right (void **state)
{
  Pair *pair = *state;

  pair_begin (pair);
  pv_assist_mediator_command (pair->mediator, PV_COMMAND_POINT, "street", NULL, pair->now);
  pair_deliver (pair);
  assert_int_equal (pair->n_answers[PV_RESULT_NO_RIGHT], 1);
  pair_grant (pair, PV_RIGHT_SHOW);
  pv_assist_mediator_command (pair->mediator, PV_COMMAND_POINT, "action:next", NULL, pair->now);
  pv_assist_mediator_command (pair->mediator, PV_COMMAND_EXPLAIN, NULL, "Regardez votre facture.", pair->now);
  pv_assist_mediator_command (pair->mediator, PV_COMMAND_PROPOSE, "street", "rue A", pair->now);
  pv_assist_mediator_command (pair->mediator, PV_COMMAND_SET, "street", "rue B", pair->now);
  pair_deliver (pair);
  assert_int_equal (pair->n_points, 1);
  assert_int_equal (pair->n_explained, 1);
  assert_int_equal (pair->n_answers[PV_RESULT_NO_RIGHT], 3);
  assert_string_equal (pair->street, "");
}

static void
explanations_and_values_are_words_that_can_be_shown (void **state)
{
  g_autofree char *longest = g_strnfill (PV_ASSIST_MAX_EXPLAIN_BYTES, 'x');
  g_autofree char *longer = g_strnfill (PV_ASSIST_MAX_EXPLAIN_BYTES + 1, 'x');
  const struct {
    PvCommandKind kind;
    const char *target, *text;
    PvResult result;
  } table[] = {
    { PV_COMMAND_EXPLAIN, NULL, "Regardez en haut.\nPuis touchez « Continuer ».", PV_RESULT_DONE },
    { PV_COMMAND_EXPLAIN, NULL, longest, PV_RESULT_DONE },
    { PV_COMMAND_EXPLAIN, NULL, longer, PV_RESULT_FORBIDDEN },
    { PV_COMMAND_EXPLAIN, NULL, "", PV_RESULT_FORBIDDEN },
    { PV_COMMAND_EXPLAIN, NULL, "a\u202eb", PV_RESULT_FORBIDDEN }, /* turns what follows around */
    { PV_COMMAND_EXPLAIN, NULL, "a\xc2\x85", PV_RESULT_FORBIDDEN },
    { PV_COMMAND_EXPLAIN, NULL, "a\x7f", PV_RESULT_FORBIDDEN },
    { PV_COMMAND_PROPOSE, "street", "rue A\nrue B", PV_RESULT_FORBIDDEN },
    { PV_COMMAND_SET, "street", "rue\u200bA", PV_RESULT_FORBIDDEN },
    { PV_COMMAND_SET, "street", "rue B", PV_RESULT_DONE },
  };
  Pair *pair = *state;

  pair_begin (pair);
  pair_grant (pair, PV_RIGHT_SHOW);
  pair_grant (pair, PV_RIGHT_PROPOSE);
  pair_grant (pair, PV_RIGHT_HAND);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    guint before = pair->n_answers[table[i].result];

    pv_assist_mediator_command (pair->mediator, table[i].kind, table[i].target, table[i].text, pair->now);
    pair_deliver (pair);
    assert_int_equal (pair->n_answers[table[i].result], before + 1);
  }
  assert_int_equal (pair->n_explained, 2);
  assert_null (pv_assist_kiosk_get_proposal (pair->kiosk, NULL));
}

static void
only_fields_and_actions_are_pointed_at (void **state)
{
  static const struct {
    const char *target;
    PvResult result;
  } table[] = {
    { "street", PV_RESULT_DONE },
    { "nir", PV_RESULT_DONE },
    { "action:send", PV_RESULT_DONE },
    { "choice", PV_RESULT_DONE },
    { "yes", PV_RESULT_NO_TARGET },
    { "choice/yes", PV_RESULT_NO_TARGET },
    { "action:print", PV_RESULT_NO_TARGET },
    { "action:", PV_RESULT_NO_TARGET },
    { "", PV_RESULT_NO_TARGET },
    { "next", PV_RESULT_NO_TARGET },
  };
  Pair *pair = *state;

  pair_begin (pair);
  pair_grant (pair, PV_RIGHT_SHOW);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    guint before = pair->n_answers[table[i].result];

    pv_assist_mediator_command (pair->mediator, PV_COMMAND_POINT, table[i].target, NULL, pair->now);
    pair_deliver (pair);
    assert_int_equal (pair->n_answers[table[i].result], before + 1);
  }
  assert_int_equal (pair->n_points, 4);
}

static void
a_proposal_waits_for_the_citizen (void **state)
{
  Pair *pair = *state;

  pair_begin (pair);
  pair_grant (pair, PV_RIGHT_SHOW);
  pair_grant (pair, PV_RIGHT_PROPOSE);
  pv_assist_mediator_command (pair->mediator, PV_COMMAND_PROPOSE, "street", "rue A", pair->now);
  pair_deliver (pair);
  assert_string_equal (pair->street, "");
  assert_string_equal (pv_assist_kiosk_get_proposal (pair->kiosk, NULL), "street");
  pv_assist_kiosk_decide (pair->kiosk, TRUE, pair->now);
  pair_deliver (pair);
  assert_string_equal (pair->street, "rue A");
  assert_int_equal (pair->n_intentions, 0); /* it was the citizen's own act */
  assert_int_equal (pair->n_answers[PV_RESULT_ACCEPTED], 1);
  assert_null (pv_assist_kiosk_get_proposal (pair->kiosk, NULL));
  pair_pass (pair, 100);
  assert_same (pair);
}

static void
carry_to_kiosk_only (Pair *pair, gboolean to_kiosk, GBytes *bytes)
{
  if (to_kiosk)
    g_ptr_array_add (pair->parcels, parcel_new (to_kiosk, pair->now.mono_ms, bytes));
}

static void
what_the_citizen_answered_to_a_proposal_is_learnt_once_though_it_was_lost (void **state)
{
  static const struct {
    gboolean is_accepted, points_after, loses_link;
  } table[] = {
    { TRUE, FALSE, FALSE }, { FALSE, FALSE, FALSE }, { TRUE, TRUE, FALSE }, { FALSE, TRUE, TRUE }, { TRUE, FALSE, TRUE }
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    Pair *pair = pair_new (1);
    PvResult decision = table[i].is_accepted ? PV_RESULT_ACCEPTED : PV_RESULT_DECLINED;

    pair_begin (pair);
    pair_grant (pair, PV_RIGHT_SHOW);
    pair_grant (pair, PV_RIGHT_PROPOSE);
    pv_assist_mediator_command (pair->mediator, PV_COMMAND_PROPOSE, "street", "rue A", pair->now);
    pair_deliver (pair);
    pair->carry = carry_to_kiosk_only;
    pv_assist_kiosk_decide (pair->kiosk, table[i].is_accepted, pair->now);
    pair_deliver (pair);
    if (table[i].points_after)
      pv_assist_mediator_command (pair->mediator, PV_COMMAND_POINT, "street", NULL, pair->now);
    pair_deliver (pair);
    pair->carry = NULL;
    if (table[i].loses_link)
      pv_assist_mediator_link_up (pair->mediator, pair->now);
    assert_int_equal (pair->n_answers[decision], 0);
    for (guint second = 0; second < 20; second++)
      pair_pass (pair, 1000);
    assert_int_equal (pair->n_answers[PV_RESULT_SHOWN], 1);
    assert_int_equal (pair->n_answers[decision], 1);
    assert_int_equal (pair->n_points, table[i].points_after ? 1 : 0);
    assert_string_equal (pair->street, table[i].is_accepted ? "rue A" : "");
    pair_free (pair);
  }
}

static void
the_lent_hand_fills_in_and_a_touch_takes_it_back (void **state)
{
  Pair *pair = *state;

  pair_begin (pair);
  pair_grant (pair, PV_RIGHT_SHOW);
  pair_grant (pair, PV_RIGHT_HAND);
  pv_assist_mediator_command (pair->mediator, PV_COMMAND_SET, "street", "rue B", pair->now);
  pv_assist_mediator_command (pair->mediator, PV_COMMAND_ACT, "next", NULL, pair->now);
  pair_deliver (pair);
  assert_string_equal (pair->street, "rue B");
  assert_int_equal (pair->page, 1);
  pv_assist_kiosk_touch (pair->kiosk, PV_TOUCH_ELSEWHERE, pair->now);
  pair_deliver (pair);
  assert_false (pv_assist_mediator_get_rights (pair->mediator)->is_granted[PV_RIGHT_HAND]);
  pv_assist_mediator_command (pair->mediator, PV_COMMAND_ACT, "next", NULL, pair->now);
  pair_deliver (pair);
  assert_int_equal (pair->page, 1);
}

static void
nobody_sends_signs_or_fills_hidden_fields_for_the_citizen (void **state)
{
  Pair *pair = *state;

  pair_begin (pair);
  pair_grant (pair, PV_RIGHT_SHOW);
  pair_grant (pair, PV_RIGHT_PROPOSE);
  pair_grant (pair, PV_RIGHT_HAND);
  pv_assist_mediator_command (pair->mediator, PV_COMMAND_ACT, "send", NULL, pair->now);
  pv_assist_mediator_command (pair->mediator, PV_COMMAND_SET, "nir", "1", pair->now);
  pv_assist_mediator_command (pair->mediator, PV_COMMAND_PROPOSE, "nir", "1", pair->now);
  pv_assist_mediator_command (pair->mediator, PV_COMMAND_SET, "exact", "yes", pair->now);
  pair_deliver (pair);
  assert_int_equal (pair->n_answers[PV_RESULT_FORBIDDEN], 4);
  assert_int_equal (pair->n_intentions, 0);
  /* Every intention there is, by name. */
  for (PvIntentionKind kind = 0; kind < PV_N_INTENTIONS; kind++) {
    pv_assist_mediator_command (pair->mediator, PV_COMMAND_ACT, pv_intention_kind_name (kind), NULL, pair->now);
    pair_deliver (pair);
  }
  assert_int_equal (pair->n_intentions, 2); /* next, back: pair_intend() fails on another */
}

static void
a_stale_base_is_refused (void **state)
{
  Pair *pair = *state;

  pair_begin (pair);
  pair_grant (pair, PV_RIGHT_SHOW);
  pair_grant (pair, PV_RIGHT_HAND);
  pair_pass (pair, 100);
  pv_assist_mediator_command (pair->mediator, PV_COMMAND_SET, "street", "late", pair->now);
  g_free (pair->street);
  pair->street = g_strdup ("typed meanwhile");
  pair_show (pair);
  pair_deliver (pair);
  assert_int_equal (pair->n_answers[PV_RESULT_STALE], 1);
  assert_string_equal (pair->street, "typed meanwhile");
}

static void
a_private_screen_shows_nothing_and_takes_the_hand_back (void **state)
{
  Pair *pair = *state;

  pair_begin (pair);
  pair_grant (pair, PV_RIGHT_SHOW);
  pair_grant (pair, PV_RIGHT_HAND);
  pair->is_private = TRUE;
  pair_show (pair);
  pair_deliver (pair);
  pair_pass (pair, 100);
  assert_true (pv_mirror_is_private (pv_assist_mediator_get_mirror (pair->mediator)));
  assert_false (pv_rights_has (pv_assist_kiosk_get_rights (pair->kiosk), PV_RIGHT_HAND));
  pv_assist_mediator_command (pair->mediator, PV_COMMAND_POINT, "street", NULL, pair->now);
  pair_deliver (pair);
  assert_int_equal (pair->n_points, 0);
}

static void
a_masked_field_can_be_shown_by_the_citizen_a_hidden_one_not (void **state)
{
  Pair *pair = *state;

  pair_begin (pair);
  pair_grant (pair, PV_RIGHT_SHOW);
  g_free (pair->name);
  pair->name = g_strdup ("Martin");
  pair_show (pair);
  pair_pass (pair, 100);
  {
    g_autoptr (PvScreenState) seen = pv_mirror_to_screen (pv_assist_mediator_get_mirror (pair->mediator));

    assert_string_equal (pv_screen_state_find_field (seen, "name")->value, "••••••••");
  }
  assert_true (pv_assist_kiosk_lift (pair->kiosk, "name", pair->now));
  assert_false (pv_assist_kiosk_lift (pair->kiosk, "nir", pair->now));
  pair_pass (pair, 100);
  {
    g_autoptr (PvScreenState) seen = pv_mirror_to_screen (pv_assist_mediator_get_mirror (pair->mediator));

    assert_string_equal (pv_screen_state_find_field (seen, "name")->value, "Martin");
    assert_string_equal (pv_screen_state_find_field (seen, "nir")->value, "•••");
  }
}

/* A slip of the finger costs nothing; a second guess is the last. The citizen is told of each. */
static void
the_second_wrong_code_burns_it (void **state)
{
  Pair *pair = *state;
  g_autofree char *code = NULL;

  assert_true (pair_join (pair, "000000"));
  code = g_strdup (pv_assist_kiosk_get_code (pair->kiosk, pair->now));
  assert_string_not_equal (code, "000000");
  assert_int_equal (pv_assist_kiosk_get_wrong_codes (pair->kiosk), 0);
  for (guint wrong = 1; wrong <= PV_CODE_MAX_FAILURES; wrong++) {
    pair_deliver (pair);
    assert_int_equal (pv_assist_mediator_get_state (pair->mediator), PV_MEDIATOR_REFUSED);
    assert_int_equal (pv_assist_mediator_get_refusal (pair->mediator), PV_REFUSAL_CODE);
    assert_int_equal (pv_assist_kiosk_get_wrong_codes (pair->kiosk), wrong);
    if (wrong < PV_CODE_MAX_FAILURES) {
      assert_string_equal (pv_assist_kiosk_get_code (pair->kiosk, pair->now), code);
      assert_true (pv_assist_mediator_join (pair->mediator, pair->call, "000001", pair->now, NULL));
    }
  }
  assert_null (pv_assist_kiosk_get_code (pair->kiosk, pair->now));
  assert_true (pv_assist_mediator_join (pair->mediator, pair->call, code, pair->now, NULL)); /* the right one, late */
  pair_deliver (pair);
  assert_int_equal (pv_assist_mediator_get_state (pair->mediator), PV_MEDIATOR_REFUSED);
  assert_string_equal (pair->audit->str, "call -\nwrong-code -\nwrong-code -\n");
  pair_begin (pair); /* after another touch of the citizen */
  assert_int_equal (pv_assist_kiosk_get_wrong_codes (pair->kiosk), 0);
}

static void
after_one_slip_the_right_code_lets_in (void **state)
{
  Pair *pair = *state;

  assert_true (pair_join (pair, "000000"));
  pair_deliver (pair);
  assert_true (pv_assist_mediator_join (pair->mediator, pair->call, pv_assist_kiosk_get_code (pair->kiosk, pair->now),
                                        pair->now, NULL));
  pair_deliver (pair);
  assert_int_equal (pv_assist_mediator_get_state (pair->mediator), PV_MEDIATOR_SESSION);
}

static void
a_code_that_was_used_or_is_old_lets_nobody_in (void **state)
{
  Pair *pair = *state;
  g_autoptr (PvAssistMediator) other =
    pv_assist_mediator_new (&pair->people->other.identity, (PvAssistRandom){ people_random, pair->rand });
  g_autoptr (GBytes) call = NULL;
  g_autofree char *code = NULL;

  assert_true (pair_join (pair, NULL));
  code = g_strdup (pv_assist_kiosk_get_code (pair->kiosk, pair->now));
  call = g_bytes_ref (pair->call);
  pair_deliver (pair);
  assert_true (pv_assist_mediator_join (other, call, code, pair->now, NULL));
  for (PvOutput *output = pv_assist_mediator_pop (other); output != NULL; output = pv_assist_mediator_pop (other)) {
    if (output->kind == PV_OUTPUT_SEND)
      pair_hand_over (pair, TRUE, output->bytes);
    pv_output_free (output);
  }
  assert_string_equal (pv_assist_kiosk_get_mediator (pair->kiosk)->name, "Person 2");
  pv_assist_kiosk_end (pair->kiosk, PV_END_PROCEDURE, pair->now);
  pair_deliver (pair);
  assert_true (pair_join (pair, NULL));
  g_ptr_array_set_size (pair->parcels, 0);
  pv_assist_kiosk_tick (pair->kiosk, pair->now);
  pair->now.mono_ms += PV_CODE_LIFE_SECONDS * 1000;
  assert_null (pv_assist_kiosk_get_code (pair->kiosk, pair->now));
}

static void
a_call_goes_to_the_second_group_and_then_ends (void **state)
{
  Pair *pair = *state;
  guint published = 0;

  pv_assist_kiosk_call (pair->kiosk, FALSE, pair->now);
  pair_collect (pair);
  for (guint i = 0; i < 180; i++) {
    g_autoptr (GBytes) before = g_bytes_ref (pair->call);

    pair_pass (pair, 1000);
    published += before != pair->call ? 1 : 0;
  }
  assert_int_equal (published, 2); /* to the second group, and withdrawn */
  assert_int_equal (pv_assist_kiosk_get_state (pair->kiosk), PV_KIOSK_NO_ANSWER);
}

/* Somebody begins to join at that moment, after a new code, and is cut off. */
static void
begin_to_join (Pair *pair)
{
  pair->carry = carry_to_kiosk_only;
  assert_true (pair_join (pair, NULL));
  pair_collect (pair);
  pair_deliver (pair);
}

static void
no_deadline_of_a_call_lies_in_the_past (void **state)
{
  static const gint64 joined_after_ms[] = { -1, 85 * 1000, 115 * 1000, 175 * 1000 };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (joined_after_ms); i++) {
    Pair *pair = pair_new (1);
    gint64 join_ms = joined_after_ms[i] < 0 ? G_MAXINT64 : pair->now.mono_ms + joined_after_ms[i];
    guint n_wakes = 0;

    pv_assist_kiosk_call (pair->kiosk, FALSE, pair->now);
    for (; pv_assist_kiosk_get_state (pair->kiosk) == PV_KIOSK_CALLING; n_wakes++) {
      gint64 next_ms = pv_assist_kiosk_next_deadline_ms (pair->kiosk);

      assert_true (next_ms > pair->now.mono_ms && next_ms < G_MAXINT64);
      pair->now.mono_ms = MIN (next_ms, join_ms);
      pv_assist_kiosk_tick (pair->kiosk, pair->now);
      pair_collect (pair);
      if (pair->now.mono_ms == join_ms) {
        join_ms = G_MAXINT64;
        begin_to_join (pair);
      }
    }
    assert_int_equal (pv_assist_kiosk_get_state (pair->kiosk), PV_KIOSK_NO_ANSWER);
    assert_in_range (n_wakes, 3, 6);
    pair_free (pair);
  }
}

static void
a_screen_that_is_only_drawn_again_keeps_nobody_busy (void **state)
{
  Pair *pair = *state;

  pair_begin (pair);
  pair_grant (pair, PV_RIGHT_SHOW);
  for (guint second = 1; second <= PV_RIGHTS_IDLE_MS / 1000; second++) {
    assert_int_equal (pv_assist_kiosk_get_state (pair->kiosk), PV_KIOSK_SESSION);
    if (second == 60)
      pair->page++; /* something happens */
    pair_show (pair);
    pair_pass (pair, 1000);
  }
  for (guint second = 1; second < 60; second++) {
    assert_int_equal (pv_assist_kiosk_get_state (pair->kiosk), PV_KIOSK_SESSION);
    pair_show (pair);
    pair_pass (pair, 1000);
  }
  assert_int_equal (pv_assist_kiosk_get_state (pair->kiosk), PV_KIOSK_ENDED);
  assert_int_equal (pv_assist_kiosk_get_rights (pair->kiosk)->end, PV_END_IDLE);
}

static void
a_consent_that_names_others_is_not_countersigned (void **state)
{
  static const struct {
    guint8 kiosk, mediator; /* to be changed in the ids */
    guint n_full;
  } table[] = { { 0, 0, 1 }, { 1, 0, 0 }, { 0, 1, 0 } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    Pair *pair = pair_new (1);

    pair_begin (pair);
    pair->kiosk->own->id[0] ^= table[i].kiosk;
    pair->kiosk->mediator->id[7] ^= table[i].mediator;
    pair_grant (pair, PV_RIGHT_SHOW);
    assert_int_equal (pair->n_full_consents, table[i].n_full);
    assert_int_equal (pair->n_consents, 1 + table[i].n_full);
    pair_free (pair);
  }
}

static void
a_cut_is_told_and_the_session_comes_back_without_a_code (void **state)
{
  Pair *pair = *state;

  pair_begin (pair);
  pair_grant (pair, PV_RIGHT_SHOW);
  pair_grant (pair, PV_RIGHT_HAND);
  pair_pass (pair, 100);
  pv_assist_mediator_command (pair->mediator, PV_COMMAND_SET, "street", "before the cut", pair->now);
  pair->carry = pair_cut;
  pair_collect (pair);
  g_ptr_array_set_size (pair->parcels, 0);
  for (guint i = 0; i < 6; i++)
    pair_pass (pair, 1000);
  assert_int_equal (pv_assist_kiosk_get_rights (pair->kiosk)->state, PV_RIGHTS_LOST);
  assert_int_equal (pv_assist_mediator_get_state (pair->mediator), PV_MEDIATOR_LOST);
  assert_true (pv_rights_banner_is_shown (pv_assist_kiosk_get_rights (pair->kiosk)));
  g_free (pair->name);
  pair->name = g_strdup ("typed during the cut");
  pair_show (pair);
  for (guint i = 0; i < 30; i++)
    pair_pass (pair, 1000);
  pair->carry = NULL;
  pv_assist_mediator_link_up (pair->mediator, pair->now);
  pair_deliver (pair);
  pair_pass (pair, 100);
  assert_int_equal (pv_assist_mediator_get_state (pair->mediator), PV_MEDIATOR_SESSION);
  assert_true (pv_rights_has (pv_assist_kiosk_get_rights (pair->kiosk), PV_RIGHT_SHOW));
  assert_false (pv_rights_has (pv_assist_kiosk_get_rights (pair->kiosk), PV_RIGHT_HAND));
  assert_same (pair);
  assert_string_not_equal (pair->street, "before the cut"); /* the hand was taken back by then */
}

static void
after_two_minutes_the_session_is_dead_on_both_sides (void **state)
{
  Pair *pair = *state;

  pair_begin (pair);
  pair_grant (pair, PV_RIGHT_SHOW);
  pair->carry = pair_cut;
  for (guint i = 0; i < 140; i++)
    pair_pass (pair, 1000);
  pair->carry = NULL;
  pv_assist_mediator_link_up (pair->mediator, pair->now);
  pair_deliver (pair);
  assert_int_equal (pv_assist_kiosk_get_state (pair->kiosk), PV_KIOSK_ENDED);
  assert_int_equal (pv_assist_mediator_get_state (pair->mediator), PV_MEDIATOR_ENDED);
  assert_null (pv_assist_mediator_get_mirror (pair->mediator));
}

static void
either_side_ends_it (void **state)
{
  Pair *pair = *state;

  pair_begin (pair);
  pair_grant (pair, PV_RIGHT_SHOW);
  pv_assist_kiosk_touch (pair->kiosk, PV_TOUCH_STOP, pair->now);
  pair_deliver (pair);
  assert_int_equal (pv_assist_mediator_get_state (pair->mediator), PV_MEDIATOR_ENDED);
  assert_int_equal (pv_assist_mediator_get_end (pair->mediator), PV_END_CITIZEN);
  pair_begin (pair);
  assert_false (pv_rights_has (pv_assist_kiosk_get_rights (pair->kiosk), PV_RIGHT_SHOW));
  pv_assist_mediator_end (pair->mediator, pair->now);
  pair_deliver (pair);
  assert_int_equal (pv_assist_kiosk_get_state (pair->kiosk), PV_KIOSK_ENDED);
  assert_false (pv_rights_banner_is_shown (pv_assist_kiosk_get_rights (pair->kiosk)));
}

static void
the_phone_of_the_room_is_in_the_signed_call (void **state)
{
  static const struct {
    const char *given, *told;
  } table[] = {
    { "02 99 00 00 00", "02 99 00 00 00" },
    { "+33 (0)2.99-00", "+33 (0)2.99-00" },
    { NULL, NULL },
    { "", NULL },
    { "rappelez <b>vite</b>", NULL },
    { "12\n34", NULL },
    { "123456789012345678901234567890123", NULL },
  };
  Pair *pair = *state;
  g_autoptr (PvCertificate) mediator =
    pv_certificate_parse (g_bytes_get_data (pair->people->mediator.certificate, NULL),
                          g_bytes_get_size (pair->people->mediator.certificate), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (PvCall) call = NULL;

    pv_assist_kiosk_set_phone (pair->kiosk, table[i].given);
    pv_assist_kiosk_call (pair->kiosk, FALSE, pair->now);
    pair_collect (pair);
    call = pv_call_open (g_bytes_get_data (pair->call, NULL), g_bytes_get_size (pair->call), mediator,
                         &pair->people->root, 1, pair->now.utc, NULL, NULL);
    assert_non_null (call);
    if (table[i].told != NULL)
      assert_string_equal (call->phone, table[i].told);
    else
      assert_null (call->phone);
  }
}

static void
what_was_asked_and_done_is_recorded_in_verbs_and_names (void **state)
{
  Pair *pair = *state;

  pair_begin (pair);
  pair_grant (pair, PV_RIGHT_SHOW);
  pair_grant (pair, PV_RIGHT_PROPOSE);
  pv_assist_mediator_command (pair->mediator, PV_COMMAND_PROPOSE, "street", "12 rue Secrete", pair->now);
  pair_deliver (pair);
  pv_assist_kiosk_decide (pair->kiosk, FALSE, pair->now);
  pv_assist_kiosk_quick (pair->kiosk, PV_QUICK_NOT_UNDERSTOOD, pair->now);
  pv_assist_kiosk_touch (pair->kiosk, PV_TOUCH_STOP, pair->now);
  pair_deliver (pair);
  assert_string_equal (pair->audit->str, "call -\njoin -\ngrant-show -\ngrant-propose -\npropose street\n"
                                         "decline street\nend-citizen -\n");
  assert_int_equal (pair->n_quick, 1);
  assert_int_equal (pair->n_full_consents, 2);
}

static void
an_idle_session_costs_little (void **state)
{
  Pair *pair = *state;
  gsize bytes = 0;
  guint start;

  pair_begin (pair);
  pair_grant (pair, PV_RIGHT_SHOW);
  start = pair->history->len;
  for (guint i = 0; i < 60; i++)
    pair_pass (pair, 1000);
  for (guint i = start; i < pair->history->len; i++)
    bytes += g_bytes_get_size (((Parcel *) pair->history->pdata[i])->bytes);
  print_message ("# %u records, %zu bytes in an idle minute, both ways\n", pair->history->len - start, bytes);
  assert_true (bytes <= 24 * 93);
}

#define TEST(function) cmocka_unit_test_setup_teardown (function, pair_set_up, pair_tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (nothing_is_mirrored_before_the_touch),
    TEST (a_change_leaves_at_once_and_the_next_on_the_tick),
    cmocka_unit_test (a_typist_s_rhythm_is_told_in_ticks_and_of_masked_answers_not_at_all),
    TEST (only_heartbeats_are_marked_as_worth_nothing_later),
    TEST (commands_need_their_right),
    TEST (explanations_and_values_are_words_that_can_be_shown),
    TEST (only_fields_and_actions_are_pointed_at),
    TEST (a_proposal_waits_for_the_citizen),
    TEST (what_the_citizen_answered_to_a_proposal_is_learnt_once_though_it_was_lost),
    TEST (the_lent_hand_fills_in_and_a_touch_takes_it_back),
    TEST (nobody_sends_signs_or_fills_hidden_fields_for_the_citizen),
    TEST (a_stale_base_is_refused),
    TEST (a_private_screen_shows_nothing_and_takes_the_hand_back),
    TEST (a_masked_field_can_be_shown_by_the_citizen_a_hidden_one_not),
    TEST (the_second_wrong_code_burns_it),
    TEST (after_one_slip_the_right_code_lets_in),
    TEST (a_code_that_was_used_or_is_old_lets_nobody_in),
    TEST (a_call_goes_to_the_second_group_and_then_ends),
    TEST (no_deadline_of_a_call_lies_in_the_past),
    TEST (a_screen_that_is_only_drawn_again_keeps_nobody_busy),
    TEST (a_consent_that_names_others_is_not_countersigned),
    TEST (a_cut_is_told_and_the_session_comes_back_without_a_code),
    TEST (after_two_minutes_the_session_is_dead_on_both_sides),
    TEST (either_side_ends_it),
    TEST (the_phone_of_the_room_is_in_the_signed_call),
    TEST (what_was_asked_and_done_is_recorded_in_verbs_and_names),
    TEST (an_idle_session_costs_little),
  };

  tst_init ();
  g_assert (pv_assist_init ());
  return cmocka_run_group_tests (tests, NULL, NULL);
}

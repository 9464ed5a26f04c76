/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a mediator's hand may do, and what holds whatever anybody does. */

#include "journey-help.h"

static void
help (Fixture *fixture, PvIntentionKind kind, const char *target, const char *value)
{
  act_as (fixture, PV_ACTOR_MEDIATOR, kind, target, value);
}

static void
the_hand_fills_in_and_turns_pages (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell_helps (fixture, TRUE, TRUE);
  help (fixture, PV_DO_TYPE, "2", "Martin");
  assert_string_equal (field (fixture, "2")->value, "Martin");
  help (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "question-3");
  help (fixture, PV_DO_TYPE_PART, "3/day", "13");
  assert_string_equal (field (fixture, "3")->parts[0], "13");
  help (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "question-1");
}

static void
what_the_hand_fills_in_is_pointed_at (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell_helps (fixture, TRUE, TRUE);
  act (fixture, PV_DO_TYPE, "2", "Durand");
  assert_false (field (fixture, "2")->is_pointed);
  help (fixture, PV_DO_TYPE, "2", "Martin");
  assert_true (field (fixture, "2")->is_pointed);
  help (fixture, PV_DO_NEXT, NULL, NULL);
  assert_false (field (fixture, "3")->is_pointed);
  help (fixture, PV_DO_TYPE_PART, "3/day", "13");
  assert_true (field (fixture, "3")->is_pointed);
}

static void
without_the_hand_a_mediator_does_nothing (void **state)
{
  static const struct {
    PvAssistanceState state;
    gboolean has_hand;
  } cases[] = {
    { PV_ASSISTANCE_JOINED, FALSE }, { PV_ASSISTANCE_LOST, TRUE }, { PV_ASSISTANCE_ENDED, TRUE },
    { PV_ASSISTANCE_READY, TRUE },   { PV_ASSISTANCE_OFF, TRUE },  { PV_ASSISTANCE_CALLING, TRUE },
  };
  Fixture *fixture = *state;

  begin (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    PvAssistance assistance = claire_who_may (fixture, TRUE, cases[i].has_hand);

    assistance.state = cases[i].state;
    tell (fixture, &assistance);
    act (fixture, PV_DO_CLOSE, NULL, NULL); /* the sheet at an end */
    help (fixture, PV_DO_TYPE, "2", "Martin");
    assert_screen (fixture, "question-1");
    assert_null (field (fixture, "2")->value);
  }
}

/* What is there of the journey, for a comparison. (transfer full) */
static char *
digest (Fixture *fixture)
{
  const PvScreenState *shown = screen (fixture);
  GString *text = g_string_new (shown->key);

  g_string_append_printf (text, " %s", shown->page_text != NULL ? shown->page_text : "");
  for (guint i = 0; i < shown->fields->len; i++) {
    const PvField *item = shown->fields->pdata[i];

    g_string_append_printf (text, " %s=%s", item->id, item->value != NULL ? item->value : "");
    for (guint k = 0; item->choices != NULL && k < item->choices->len; k++)
      g_string_append (text, ((const PvChoice *) item->choices->pdata[k])->selected ? "1" : "0");
  }
  return g_string_free (text, FALSE);
}

static void
open_nothing (Fixture *fixture)
{
  (void) fixture;
}

static void
open_quit (Fixture *fixture)
{
  act (fixture, PV_DO_QUIT, NULL, NULL);
}

static void
open_look (Fixture *fixture)
{
  act (fixture, PV_DO_OPEN_LOOK, NULL, NULL);
}

static void
open_reply (Fixture *fixture)
{
  act (fixture, PV_DO_OPEN_REPLY, NULL, NULL);
}

static void
open_time (Fixture *fixture)
{
  pass_seconds (fixture, 400);
  act (fixture, PV_DO_MORE_TIME, NULL, NULL);
}

/* Every intention of a mediator, wherever a sheet is open: the screen stays, and nothing leaves. */
static void
on_a_sheet_a_mediator_s_hand_is_dead (void **state)
{
  static const struct {
    void (*open) (Fixture *fixture);
    PvAssistanceQuestion question;
    const char *key;
  } sheets[] = {
    { open_quit, PV_ASKS_NOTHING, "quit" },      { open_look, PV_ASKS_NOTHING, "look" },
    { open_reply, PV_ASKS_NOTHING, "reply" },    { open_nothing, PV_ASKS_HANDOVER, "consent" },
    { open_time, PV_ASKS_NOTHING, "need-time" },
  };
  Fixture *fixture = *state;

  begin (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++) {
    PvAssistance assistance = claire_who_may (fixture, TRUE, TRUE);

    tell (fixture, &assistance);
    sheets[i].open (fixture);
    assistance.question = sheets[i].question;
    tell (fixture, &assistance);
    assert_screen (fixture, sheets[i].key);
    drop_effects (fixture);
    for (guint kind = PV_DO_NOTHING; kind < PV_N_INTENTIONS; kind++) {
      help (fixture, kind, "2", "yes");
      if (!g_str_equal (screen (fixture)->key, sheets[i].key))
        fail_msg ("%s closes %s", pv_intention_kind_name (kind), sheets[i].key);
    }
    assert_null (pv_journey_pop_effect (fixture->journey));
    assistance.question = PV_ASKS_NOTHING;
    tell (fixture, &assistance);
    act (fixture, PV_DO_CLOSE, NULL, NULL);
    assert_screen (fixture, "question-1");
  }
}

static void
a_mediator_never_signs_never_writes_what_is_hidden_and_never_answers_with_a_file (void **state)
{
  Fixture *fixture = *state;
  PvQuestion *name = (PvQuestion *) pv_procedure_find_question (fixture->procedure, "2");
  g_autofree char *before = NULL, *after = NULL;

  answer_up_to_check (fixture);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 60, 42 });
  tell_helps (fixture, TRUE, TRUE);
  before = digest (fixture);
  help (fixture, PV_DO_TOGGLE, "12", NULL);
  help (fixture, PV_DO_TOGGLE, "12", "yes");
  help (fixture, PV_DO_CHOOSE, "12", "yes");
  after = digest (fixture);
  assert_string_equal (before, after);
  act (fixture, PV_DO_EDIT, "1", NULL);
  tell_helps (fixture, TRUE, TRUE);
  name->assist = PV_ASSIST_HIDDEN;
  help (fixture, PV_DO_TYPE, "2", "Durand");
  assert_string_equal (field (fixture, "2")->value, "Martin");
  name->assist = PV_ASSIST_TYPING;
  help (fixture, PV_DO_TYPE, "2", "Durand");
  assert_string_equal (field (fixture, "2")->value, "Durand");
  help (fixture, PV_DO_LATER, "11", NULL);
  help (fixture, PV_DO_TYPE, "11", "x");
}

static void
going_back_a_mediator_stays_in_the_procedure (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell_helps (fixture, TRUE, TRUE);
  for (guint i = 0; i < 5; i++)
    help (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "procedure"); /* neither its list, nor "Do you want to quit?" */
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "quit");
}

/* A walk of the hand alone: it never gets out, and what leaves the journey is at most an order to speak. */
static void
whatever_the_hand_does_nothing_leaves_and_nobody_goes (void **state)
{
  static const char *const targets[] = { "2", "3/day", "4", "5", "6", "7", "8", "8/0/81", "9", "11", "12", NULL };
  static const char *const values[] = { "Martin", "", "89100", "tous", "jours", "yes", NULL };
  Fixture *fixture = *state;

  begin (fixture);
  tell_helps (fixture, TRUE, TRUE);
  drop_effects (fixture);
  for (guint run = 0; run < 800; run++) {
    g_autoptr (GRand) rand = g_rand_new_with_seed (run);
    PvIntentionKind kind = (PvIntentionKind) g_rand_int_range (rand, 0, PV_N_INTENTIONS);
    PvScreenId id;

    help (fixture, kind, targets[g_rand_int_range (rand, 0, G_N_ELEMENTS (targets))],
          values[g_rand_int_range (rand, 0, G_N_ELEMENTS (values))]);
    id = screen (fixture)->id;
    assert_true (id == PV_SCREEN_PROCEDURE || id == PV_SCREEN_QUESTION || id == PV_SCREEN_CHECK);
    for (PvEffect *effect = pv_journey_pop_effect (fixture->journey); effect != NULL;
         effect = pv_journey_pop_effect (fixture->journey)) {
      assert_true (effect->kind == PV_EFFECT_SPEECH || effect->kind == PV_EFFECT_FETCH_OPTIONS);
      pv_effect_free (effect);
    }
    if (id == PV_SCREEN_PROCEDURE)
      act (fixture, PV_DO_BEGIN, NULL, NULL);
    drop_effects (fixture);
  }
}

/* ---- what holds whatever anybody does ---- */

typedef struct {
  Fixture *fixture;
  PvJourney *journey;
  GRand *rand;
  gboolean is_helped;
} Walk;

static void
change_help (Walk *walk)
{
  PvAssistance assistance = claire ();

  assistance.state = (PvAssistanceState) g_rand_int_range (walk->rand, 0, PV_N_ASSISTANCE_STATES);
  assistance.may_show = g_rand_boolean (walk->rand);
  assistance.may_propose = assistance.may_show && g_rand_boolean (walk->rand);
  assistance.has_hand = assistance.may_show && g_rand_boolean (walk->rand);
  assistance.hand_until_ms = walk->fixture->now.monotonic_ms + g_rand_int_range (walk->rand, -1000, 60000);
  if (g_rand_boolean (walk->rand))
    assistance.question = (PvAssistanceQuestion) g_rand_int_range (walk->rand, 0, PV_N_ASSISTANCE_QUESTIONS);
  assistance.question_until_ms = walk->fixture->now.monotonic_ms + g_rand_int_range (walk->rand, -1000, 60000);
  assistance.end = (PvAssistanceEnd) g_rand_int_range (walk->rand, 0, PV_ENDED_HANDOVER + 1);
  assistance.code = g_rand_boolean (walk->rand) ? (char *) "482913" : NULL;
  if (assistance.may_propose) {
    assistance.proposal_field = (char *) "2";
    assistance.proposal_value = (char *) "Martin-Dubois";
  }
  pv_journey_assistance_changed (walk->journey, &assistance, &walk->fixture->now);
  walk->is_helped = pv_assistance_is_on (&assistance);
}

static gboolean
is_private_to_the_citizen (const PvScreenState *state)
{
  return state->id == PV_SCREEN_MEDIATOR || state->id == PV_SCREEN_CALL || state->id == PV_SCREEN_CONSENT
         || state->id == PV_SCREEN_REPLY || state->id == PV_SCREEN_HELPED;
}

static void
check_shared (Walk *walk)
{
  const PvScreenState *shared = pv_journey_get_shared (walk->journey);
  const PvScreenState *shown = pv_journey_get_state (walk->journey);

  assert_false (is_private_to_the_citizen (shared));
  assert_null (shared->banner);
  assert_null (pv_screen_state_find_action (shared, PV_DO_RENEW_HAND));
  for (guint i = 0; i < shared->fields->len; i++) {
    const PvField *item = shared->fields->pdata[i];

    assert_false (item->is_pointed);
    assert_null (item->proposal);
    assert_null (item->proposal_value);
    assert_null (item->privacy);
  }
  for (guint i = 0; i < shared->actions->len; i++)
    assert_false (((const PvAction *) shared->actions->pdata[i])->is_pointed);
  if (!is_private_to_the_citizen (shown)) {
    assert_string_equal (shared->key, shown->key);
    assert_int_equal (shared->fields->len, shown->fields->len);
    assert_string_equal (shared->page_text != NULL ? shared->page_text : "",
                         shown->page_text != NULL ? shown->page_text : "");
  }
}

/* Whoever is verified is shown: on every screen, also while the link is lost. */
static void
check_shown (Walk *walk)
{
  const PvScreenState *shown = pv_journey_get_state (walk->journey);
  gboolean has_left = shown->id == PV_SCREEN_GOODBYE || shown->id == PV_SCREEN_OUT_OF_ORDER;

  if (walk->is_helped && !has_left)
    assert_true (shown->banner != NULL && strstr (shown->banner->who, "Claire M.") != NULL);
  if (shown->id == PV_SCREEN_CONSENT || shown->id == PV_SCREEN_REPLY)
    assert_non_null (pv_screen_state_find_action (shown, PV_DO_STOP_HELP));
}

static void
take_effects (Walk *walk, const PvIntention *intention, PvScreenId shown)
{
  for (PvEffect *effect = pv_journey_pop_effect (walk->journey); effect != NULL;
       effect = pv_journey_pop_effect (walk->journey)) {
    if (effect->kind == PV_EFFECT_ASSIST_GRANT)
      assert_true (intention->kind == PV_DO_GRANT && intention->actor == PV_ACTOR_CITIZEN
                   && shown == PV_SCREEN_CONSENT);
    if (effect->kind == PV_EFFECT_ASSIST_CALL)
      assert_true (intention->actor == PV_ACTOR_CITIZEN);
    if (effect->kind == PV_EFFECT_ASSIST_FINISH) /* the machine ends at once */
      walk->is_helped = FALSE;
    pv_effect_free (effect);
  }
}

static void
step (Walk *walk)
{
  static const char *const targets[] = { "famille-ecole", "ecole", "2", "3/day", "6", "12", "show", "hand", NULL };
  static const char *const values[] = { "Martin", "tous", "yes", "wait", "fr", NULL };
  const PvScreenState *shown = pv_journey_get_state (walk->journey);
  PvIntentionKind kind = (PvIntentionKind) g_rand_int_range (walk->rand, 0, PV_N_INTENTIONS);
  PvActor actor = g_rand_int_range (walk->rand, 0, 4) == 0 ? PV_ACTOR_MEDIATOR : PV_ACTOR_CITIZEN;
  const char *target = targets[g_rand_int_range (walk->rand, 0, G_N_ELEMENTS (targets))];
  const char *value = values[g_rand_int_range (walk->rand, 0, G_N_ELEMENTS (values))];
  g_autoptr (PvIntention) intention = NULL;
  PvScreenId id = shown->id;

  if (shown->actions->len > 0 && g_rand_int_range (walk->rand, 0, 3) > 0) {
    const PvAction *chosen = shown->actions->pdata[g_rand_int_range (walk->rand, 0, (gint) shown->actions->len)];

    kind = chosen->intention;
    target = chosen->target;
  }
  intention = pv_intention_new (kind, actor, target, value);
  pv_journey_handle (walk->journey, intention, &walk->fixture->now);
  take_effects (walk, intention, id);
}

static void
happen (Walk *walk)
{
  PvMoment *now = &walk->fixture->now;

  switch (g_rand_int_range (walk->rand, 0, 6)) {
  case 0:
    change_help (walk);
    break;
  case 1:
    pv_journey_pointed (walk->journey, g_rand_boolean (walk->rand) ? "2" : "action:next", now);
    break;
  case 2:
    pv_journey_explained (walk->journey, "Regardez le livret.", now);
    break;
  case 3:
    pv_journey_assistance_noted (walk->journey, "point", "2", now);
    break;
  case 4:
    pv_journey_procedure_loaded (walk->journey, "ecole", walk->fixture->procedure, now);
    break;
  default:
    now->monotonic_ms += g_rand_int_range (walk->rand, 0, 20000);
    pv_journey_tick (walk->journey, now);
    assert_true (pv_journey_next_deadline_ms (walk->journey) > now->monotonic_ms);
    break;
  }
}

static void
mirror_and_banner_hold_on_random_walks (void **state)
{
  Fixture *fixture = *state;
  guint n_runs = g_getenv ("PV_TEST_FULL") != NULL ? 2000 : 15;

  for (guint run = 0; run < n_runs; run++) {
    g_autoptr (GRand) rand = g_rand_new_with_seed (run);
    g_autoptr (PvJourney) journey = new_journey ();
    Walk walk = { fixture, journey, rand, FALSE };

    pv_journey_set_ref (journey, ref);
    pv_journey_catalogue_loaded (journey, fixture->catalogue, &fixture->now);
    for (guint i = 0; i < 200; i++) {
      happen (&walk);
      check_shown (&walk);
      check_shared (&walk);
      step (&walk);
      check_shown (&walk);
      check_shared (&walk);
    }
  }
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (the_hand_fills_in_and_turns_pages),
    T (what_the_hand_fills_in_is_pointed_at),
    T (without_the_hand_a_mediator_does_nothing),
    T (on_a_sheet_a_mediator_s_hand_is_dead),
    T (a_mediator_never_signs_never_writes_what_is_hidden_and_never_answers_with_a_file),
    T (going_back_a_mediator_stays_in_the_procedure),
    T (whatever_the_hand_does_nothing_leaves_and_nobody_goes),
    T (mirror_and_banner_hold_on_random_walks),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

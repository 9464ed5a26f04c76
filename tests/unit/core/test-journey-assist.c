/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the call to the sheet at its end: what is touched, what is asked for, what comes back. */

#include "journey-help.h"

static void
a_call_shows_its_code_and_goes_on_while_the_citizen_works (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell_state (fixture, PV_ASSISTANCE_READY);
  act (fixture, PV_DO_CALL_MEDIATOR, NULL, NULL);
  assert_screen (fixture, "mediator");
  drop_effects (fixture);
  act (fixture, PV_DO_CALL_AFAR, NULL, NULL);
  assert_effect (fixture, PV_EFFECT_ASSIST_CALL, "afar");
  assert_screen (fixture, "call");
  tell_calling (fixture, 1, "482913");
  assert_string_equal (field (fixture, "call-code")->value, "482 913");
  assert_int_equal (pv_field_assist_class (field (fixture, "call-code"), NULL), PV_ASSIST_HIDDEN);
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  assert_screen (fixture, "question-1");
  assert_string_equal (action (fixture, PV_DO_CALL_MEDIATOR)->label, "Call under way");
  act (fixture, PV_DO_TYPE, "2", "Martin");
  tell_calling (fixture, 1, "482913");
  assert_screen (fixture, "question-1");
  act (fixture, PV_DO_CALL_MEDIATOR, NULL, NULL);
  assert_string_equal (field (fixture, "call-code")->value, "482 913");
  act (fixture, PV_DO_STOP_CALLING, NULL, NULL);
  assert_effect (fixture, PV_EFFECT_ASSIST_WITHDRAW, NULL);
  assert_screen (fixture, "question-1");
}

static void
a_code_that_is_over_is_asked_for_again_by_a_touch (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell_state (fixture, PV_ASSISTANCE_READY);
  act (fixture, PV_DO_CALL_AFAR, NULL, NULL);
  drop_effects (fixture);
  tell_calling (fixture, 1, NULL);
  assert_null (pv_screen_state_find_field (screen (fixture), "call-code"));
  act (fixture, action (fixture, PV_DO_CALL_AFAR)->intention, NULL, NULL);
  assert_effect (fixture, PV_EFFECT_ASSIST_CALL, "afar");
}

/* Nobody who says that they are there: no kiosk calls into an empty room. */
static void
a_mediator_of_the_room_is_called_only_where_there_may_be_one (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell_state (fixture, PV_ASSISTANCE_READY);
  drop_effects (fixture);
  act (fixture, PV_DO_CALL_HERE, NULL, NULL);
  assert_null (pv_journey_pop_effect (fixture->journey));
  tell_state (fixture, PV_ASSISTANCE_OFF);
  act (fixture, PV_DO_CALL_AFAR, NULL, NULL);
  assert_null (pv_journey_pop_effect (fixture->journey));
}

static void
no_answer_is_told_where_the_citizen_works_and_offers_other_ways (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell_state (fixture, PV_ASSISTANCE_READY);
  act (fixture, PV_DO_CALL_AFAR, NULL, NULL);
  tell_calling (fixture, 1, "482913");
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  assert_null (screen (fixture)->banner);
  tell_state (fixture, PV_ASSISTANCE_NO_ANSWER);
  assert_screen (fixture, "question-1");
  assert_int_equal (screen (fixture)->banner->tone, PV_TONE_WARNING);
  act (fixture, PV_DO_CALL_MEDIATOR, NULL, NULL);
  assert_screen (fixture, "call");
  assert_non_null (field (fixture, "contacts"));
  assert_non_null (action (fixture, PV_DO_KEEP));
  assert_non_null (action (fixture, PV_DO_CALL_AFAR));
  drop_effects (fixture);
  act (fixture, PV_DO_STOP_CALLING, NULL, NULL);
  assert_null (screen (fixture)->banner);
}

static void
a_call_that_nothing_comes_of_ends_after_a_while (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell_state (fixture, PV_ASSISTANCE_READY);
  act (fixture, PV_DO_CALL_AFAR, NULL, NULL);
  pass_seconds (fixture, 14);
  assert_screen (fixture, "call");
  assert_int_equal (pv_journey_next_deadline_ms (fixture->journey), fixture->now.monotonic_ms + 1000);
  pass_seconds (fixture, 1);
  assert_screen (fixture, "mediator");
  assert_non_null (strstr (((PvNotice *) screen (fixture)->notices->pdata[0])->text, "cannot call"));
}

static void
keeping_for_later_from_a_call_is_the_same_as_from_quitting (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvEffect) store = NULL;

  begin (fixture);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  tell_state (fixture, PV_ASSISTANCE_AWAY);
  act (fixture, PV_DO_CALL_MEDIATOR, NULL, NULL);
  act (fixture, PV_DO_KEEP, NULL, NULL);
  assert_screen (fixture, "sending");
  store = wait_effect (fixture, PV_EFFECT_STORE);
  assert_int_equal (store->submission->purpose, PV_SUBMISSION_DRAFT);
}

/* ---- questions ---- */

static const struct {
  PvAssistanceQuestion question;
  const char *name;
} asked[] = {
  { PV_ASKS_SHOW, "show" },
  { PV_ASKS_PROPOSE, "propose" },
  { PV_ASKS_HAND, "hand" },
  { PV_ASKS_HANDOVER, "handover" },
};

static void
ask (Fixture *fixture, PvAssistanceQuestion question)
{
  PvAssistance assistance = claire_who_may (fixture, FALSE, FALSE);

  assistance.question = question;
  assistance.question_until_ms = fixture->now.monotonic_ms + 60000;
  tell (fixture, &assistance);
}

static void
each_right_is_granted_by_one_touch_on_its_own_question (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++) {
    const PvAction *yes, *no;

    ask (fixture, asked[i].question);
    assert_screen (fixture, "consent");
    yes = action (fixture, PV_DO_GRANT);
    no = action (fixture, PV_DO_REFUSE);
    assert_int_equal (yes->role, no->role);
    assert_string_equal (yes->target, asked[i].name);
    drop_effects (fixture);
    act (fixture, PV_DO_GRANT, asked[i].name, NULL);
    assert_effect (fixture, PV_EFFECT_ASSIST_GRANT, NULL);
    act (fixture, PV_DO_GRANT, asked[i].name, NULL); /* a second touch finds no question */
    assert_null (wait_effect (fixture, PV_EFFECT_ASSIST_GRANT));
    assert_screen (fixture, "question-1");
  }
}

static void
to_refuse_to_go_back_and_to_close_are_all_no (void **state)
{
  static const PvIntentionKind noes[] = { PV_DO_REFUSE, PV_DO_BACK, PV_DO_CLOSE };
  Fixture *fixture = *state;

  begin (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (noes); i++) {
    PvEffect *effect;

    ask (fixture, PV_ASKS_HAND);
    drop_effects (fixture);
    act (fixture, noes[i], NULL, NULL);
    effect = wait_effect (fixture, PV_EFFECT_ASSIST_REFUSE);
    assert_non_null (effect);
    pv_effect_free (effect);
    assert_screen (fixture, "question-1");
  }
}

/* No path to a right but the touch on its question: everything else is tried, by both. */
static void
nothing_but_the_touch_on_the_question_grants (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  for (guint kind = PV_DO_NOTHING; kind < PV_N_INTENTIONS; kind++)
    for (guint actor = PV_ACTOR_CITIZEN; actor <= PV_ACTOR_MEDIATOR; actor++) {
      PvAssistance assistance = claire_who_may (fixture, TRUE, TRUE);

      assistance.question = PV_ASKS_PROPOSE;
      tell (fixture, &assistance);
      if (kind == PV_DO_GRANT && actor == PV_ACTOR_CITIZEN)
        continue;
      act_as (fixture, actor, kind, NULL, NULL);
      for (PvEffect *effect = pv_journey_pop_effect (fixture->journey); effect != NULL;
           effect = pv_journey_pop_effect (fixture->journey)) {
        if (effect->kind == PV_EFFECT_ASSIST_GRANT)
          fail_msg ("%s grants", pv_intention_kind_name (kind));
        pv_effect_free (effect);
      }
    }
}

static void
a_question_that_changed_under_the_finger_is_not_answered (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  ask (fixture, PV_ASKS_HAND);
  drop_effects (fixture);
  act (fixture, PV_DO_GRANT, "show", NULL);
  assert_null (wait_effect (fixture, PV_EFFECT_ASSIST_GRANT));
  assert_screen (fixture, "consent");
}

static void
silence_closes_a_question_and_grants_nothing (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  ask (fixture, PV_ASKS_SHOW);
  drop_effects (fixture);
  pass_seconds (fixture, 59);
  assert_screen (fixture, "consent");
  assert_int_equal (pv_journey_next_deadline_ms (fixture->journey), fixture->now.monotonic_ms + 1000);
  pass_seconds (fixture, 1);
  assert_screen (fixture, "question-1");
  act (fixture, PV_DO_GRANT, "show", NULL);
  assert_null (wait_effect (fixture, PV_EFFECT_ASSIST_GRANT));
}

static void
a_question_waits_behind_still_there_and_quitting_and_comes_after (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  act (fixture, PV_DO_QUIT, NULL, NULL);
  ask (fixture, PV_ASKS_PROPOSE);
  assert_screen (fixture, "quit");
  act (fixture, PV_DO_GRANT, "propose", NULL);
  assert_screen (fixture, "quit");
  act (fixture, PV_DO_STAY, NULL, NULL);
  assert_screen (fixture, "consent");
  act (fixture, PV_DO_REFUSE, NULL, NULL);
  assert_screen (fixture, "question-1");
}

static void
a_question_over_the_languages_leaves_them_open_below (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  act (fixture, PV_DO_OPEN_LANGUAGES, NULL, NULL);
  ask (fixture, PV_ASKS_PROPOSE);
  assert_screen (fixture, "consent");
  act (fixture, PV_DO_REFUSE, NULL, NULL);
  assert_screen (fixture, "languages");
}

/* ---- while somebody helps ---- */

static void
every_touch_is_told_so_that_it_takes_the_hand_back_but_the_renewal (void **state)
{
  static const struct {
    PvIntentionKind kind;
    const char *target, *value;
    PvEffectKind effect; /* the first one */
  } cases[] = {
    { PV_DO_TYPE, "2", "Martin", PV_EFFECT_ASSIST_ELSEWHERE },
    { PV_DO_NEXT_PAGE, NULL, NULL, PV_EFFECT_ASSIST_ELSEWHERE },
    { PV_DO_LISTEN, NULL, NULL, PV_EFFECT_ASSIST_ELSEWHERE },
    { PV_DO_LOWER, NULL, NULL, PV_EFFECT_ASSIST_ELSEWHERE },
    { PV_DO_OPEN_REPLY, NULL, NULL, PV_EFFECT_ASSIST_ELSEWHERE },
    { PV_DO_CLOSE, NULL, NULL, PV_EFFECT_ASSIST_ELSEWHERE },
    { PV_DO_QUICK, NULL, "wait", PV_EFFECT_ASSIST_QUICK },
    { PV_DO_QUICK, "repeat", NULL, PV_EFFECT_ASSIST_QUICK },
    { PV_DO_RENEW_HAND, NULL, NULL, PV_EFFECT_ASSIST_RENEW },
    { PV_DO_STEP_DOWN, NULL, NULL, PV_EFFECT_ASSIST_STEP_DOWN },
    { PV_DO_STOP_HELP, NULL, NULL, PV_EFFECT_ASSIST_STOP },
    { PV_DO_LIFT, "2", NULL, PV_EFFECT_ASSIST_LIFT },
    { PV_DO_ACCEPT, "2", NULL, PV_EFFECT_ASSIST_ACCEPT },
    { PV_DO_KEEP_MINE, "2", NULL, PV_EFFECT_ASSIST_DECLINE },
  };
  Fixture *fixture = *state;

  begin (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    PvAssistance assistance = claire_who_may (fixture, TRUE, TRUE);
    g_autoptr (PvEffect) effect = NULL;

    assistance.proposal_field = (char *) "2";
    assistance.proposal_value = (char *) "Martin-Dubois";
    tell (fixture, &assistance);
    drop_effects (fixture);
    act (fixture, cases[i].kind, cases[i].target, cases[i].value);
    effect = pv_journey_pop_effect (fixture->journey);
    if (effect == NULL || effect->kind != cases[i].effect)
      fail_msg ("%s", pv_intention_kind_name (cases[i].kind));
    if (cases[i].effect == PV_EFFECT_ASSIST_QUICK)
      assert_string_equal (effect->text, cases[i].value != NULL ? cases[i].value : cases[i].target);
    drop_effects (fixture);
  }
}

static void
without_a_mediator_no_touch_is_told_to_anybody (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  drop_effects (fixture);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  for (guint kind = PV_DO_CALL_HERE; kind < PV_N_INTENTIONS; kind++)
    act (fixture, kind, "2", "yes");
  assert_null (pv_journey_pop_effect (fixture->journey));
  assert_screen (fixture, "question-1");
}

static void
only_the_proposal_that_waits_is_accepted_or_declined (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell_helps (fixture, TRUE, FALSE);
  drop_effects (fixture);
  act (fixture, PV_DO_ACCEPT, "2", NULL);
  act (fixture, PV_DO_KEEP_MINE, "3", NULL);
  assert_null (pv_journey_pop_effect (fixture->journey));
}

static void
a_quick_answer_leaves_closes_its_sheet_and_says_so_for_a_while (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell_helps (fixture, FALSE, FALSE);
  pv_journey_explained (fixture->journey, "Regardez en haut du livret.", &fixture->now);
  act (fixture, PV_DO_OPEN_REPLY, NULL, NULL);
  assert_screen (fixture, "reply");
  assert_int_equal (field (fixture, "quick")->choices->len, 5);
  act (fixture, PV_DO_QUICK, "not-understood", NULL);
  assert_screen (fixture, "question-1");
  assert_int_equal (screen (fixture)->notices->len, 1);
  assert_non_null (strstr (((PvNotice *) screen (fixture)->notices->pdata[0])->text, "I do not understand"));
  pass_seconds (fixture, 8);
  assert_int_equal (screen (fixture)->notices->len, 0);
}

static void
who_is_helped_is_asked_later_whether_they_are_there_and_never_by_the_mediator_s_doing (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell_helps (fixture, TRUE, TRUE);
  for (guint i = 0; i < 4; i++) {
    pass_seconds (fixture, 60);
    act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_TYPE, "2", "Martin");
    pv_journey_pointed (fixture->journey, "2", &fixture->now);
    assert_screen (fixture, "question-1");
  }
  pass_seconds (fixture, 60);
  assert_screen (fixture, "still-there");
}

static void
a_link_that_is_lost_and_found_is_no_sign_of_life (void **state)
{
  Fixture *fixture = *state;
  PvAssistance lost = claire_who_may (fixture, FALSE, FALSE);

  lost.state = PV_ASSISTANCE_LOST;
  begin (fixture);
  tell_helps (fixture, FALSE, FALSE);
  for (guint i = 0; i < 5; i++) {
    pass_seconds (fixture, 60);
    tell (fixture, &lost);
    tell_helps (fixture, FALSE, FALSE);
  }
  assert_screen (fixture, "still-there");
}

/* ---- the end ---- */

static void
the_sheet_at_the_end_tells_what_was_done_and_gives_the_screen_back (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell_helps (fixture, TRUE, FALSE);
  pv_journey_assistance_noted (fixture->journey, "join", NULL, &fixture->now);
  pv_journey_assistance_noted (fixture->journey, "grant-show", NULL, &fixture->now);
  pv_journey_assistance_noted (fixture->journey, "point", "action:next", &fixture->now);
  pv_journey_assistance_noted (fixture->journey, "propose", "2", &fixture->now);
  pv_journey_assistance_noted (fixture->journey, "accept", "2", &fixture->now);
  pv_journey_assistance_noted (fixture->journey, "propose", "2", &fixture->now);
  pv_journey_assistance_noted (fixture->journey, "end-mediator", NULL, &fixture->now);
  tell_ended (fixture, PV_ENDED_BY_MEDIATOR);
  assert_screen (fixture, "helped");
  assert_null (screen (fixture)->banner);
  assert_non_null (strstr (screen (fixture)->help, "Claire ended the help."));
  assert_string_equal (field (fixture, "deed-1")->label, "You let Claire see your screen.");
  assert_string_equal (field (fixture, "deed-2")->label, "Claire showed you: “Continue”.");
  assert_string_equal (field (fixture, "deed-3")->label,
                       "Claire proposed an answer: “Quel est le nom de l’enfant ?”. (2 times)");
  assert_string_equal (field (fixture, "deed-4")->label, "You accepted the proposal: “Quel est le nom de l’enfant ?”.");
  assert_null (pv_screen_state_find_field (screen (fixture), "deed-5"));
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  assert_screen (fixture, "question-1");
  tell_state (fixture, PV_ASSISTANCE_READY);
  assert_screen (fixture, "question-1");
}

static void
the_sheet_is_printed_once_and_holds_no_value (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvEffect) effect = NULL;

  begin (fixture);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  tell_helps (fixture, TRUE, FALSE);
  pv_journey_assistance_noted (fixture->journey, "set", "2", &fixture->now);
  pass_seconds (fixture, 60);
  tell_ended (fixture, PV_ENDED_LOST);
  drop_effects (fixture);
  act (fixture, PV_DO_PRINT_SHEET, NULL, NULL);
  effect = wait_effect (fixture, PV_EFFECT_PRINT_SHEET);
  assert_string_equal (effect->sheet->mediator, "Claire M.");
  assert_string_equal (effect->sheet->mediator_place, "Ville de Montclair");
  assert_string_equal (effect->sheet->commune, "Ville de Montclair");
  assert_string_equal (effect->sheet->language, "en");
  assert_string_not_equal (effect->sheet->began, effect->sheet->ended);
  assert_int_equal (effect->sheet->lines->len, 1);
  assert_null (strstr (effect->sheet->lines->pdata[0], "Martin"));
  act (fixture, PV_DO_PRINT_SHEET, NULL, NULL);
  assert_null (wait_effect (fixture, PV_EFFECT_PRINT_SHEET));
  assert_null (action (fixture, PV_DO_PRINT_SHEET));
}

/* What was allowed is proven by when it was. */
static void
the_sheet_says_when_each_right_was_given (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvEffect) effect = NULL;
  const PvReceiptLine *hand;

  begin (fixture);
  tell_helps (fixture, TRUE, FALSE);
  pv_journey_assistance_noted (fixture->journey, "grant-hand", NULL, &fixture->now);
  pv_journey_assistance_noted (fixture->journey, "set", "2", &fixture->now);
  pass_seconds (fixture, 120);
  pv_journey_assistance_noted (fixture->journey, "grant-hand", NULL, &fixture->now);
  pv_journey_assistance_noted (fixture->journey, "hand-back", NULL, &fixture->now);
  tell_ended (fixture, PV_ENDED_LOST);
  drop_effects (fixture);
  act (fixture, PV_DO_PRINT_SHEET, NULL, NULL);
  effect = wait_effect (fixture, PV_EFFECT_PRINT_SHEET);
  assert_int_equal (effect->sheet->lines->len, 1);
  assert_int_equal (effect->sheet->rights->len, 2);
  hand = effect->sheet->rights->pdata[0];
  assert_string_equal (hand->label, "14:32, 14:34");
  assert_string_equal (hand->value, "You lent the hand to Claire.");
  assert_string_equal (((const PvReceiptLine *) effect->sheet->rights->pdata[1])->value, "You had the hand again.");
}

static void
a_long_sheet_has_pages_of_its_own (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *below = NULL;
  guint n_shown = 0;

  answer_up_to_check (fixture);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 10, 42 });
  act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
  below = g_strdup (screen (fixture)->page_text);
  tell_helps (fixture, TRUE, FALSE);
  for (guint i = 2; i < 8; i++) {
    g_autofree char *id = g_strdup_printf ("%u", i);

    pv_journey_assistance_noted (fixture->journey, "set", id, &fixture->now);
    pv_journey_assistance_noted (fixture->journey, "point", id, &fixture->now);
  }
  tell_ended (fixture, PV_ENDED_IDLE);
  for (guint page = 0; page < 12; page++) {
    n_shown += screen (fixture)->fields->len;
    act (fixture, PV_DO_NEXT_PAGE, NULL, NULL);
    if (g_str_has_prefix (screen (fixture)->page_text, "Page 1 "))
      break;
  }
  assert_int_equal (n_shown, 12);
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  assert_string_equal (screen (fixture)->page_text, below);
}

static void
a_colleague_is_called_at_once_and_the_sheet_comes_at_the_very_end (void **state)
{
  Fixture *fixture = *state;
  PvAssistance karim = claire_who_may (fixture, FALSE, FALSE);

  karim.mediator = (char *) "Karim B.";
  begin (fixture);
  tell_helps (fixture, FALSE, FALSE);
  pv_journey_assistance_noted (fixture->journey, "grant-show", NULL, &fixture->now);
  tell_ended (fixture, PV_ENDED_HANDOVER);
  assert_screen (fixture, "call");
  tell_calling (fixture, 1, "120045");
  assert_string_equal (field (fixture, "call-code")->value, "120 045");
  tell (fixture, &karim);
  assert_screen (fixture, "question-1");
  pv_journey_assistance_noted (fixture->journey, "grant-show", NULL, &fixture->now);
  tell_ended (fixture, PV_ENDED_BY_CITIZEN);
  assert_screen (fixture, "helped");
  assert_string_equal (field (fixture, "deed-1")->label, "You let Claire see your screen.");
  assert_string_equal (field (fixture, "deed-2")->label, "Claire passed the help on to a colleague.");
  assert_string_equal (field (fixture, "deed-3")->label, "You let Karim see your screen.");
}

static void
who_has_finished_reads_the_sheet_and_leaves (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (PvOutcome) outcome = received ();

  send (fixture);
  tell_helps (fixture, FALSE, FALSE);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  pv_journey_outcome (fixture->journey, outcome, &fixture->now);
  assert_screen (fixture, "done-received");
  assert_non_null (screen (fixture)->banner);
  act (fixture, PV_DO_FINISH, NULL, NULL);
  assert_screen (fixture, "paper");
  drop_effects (fixture);
  act (fixture, PV_DO_NO_PAPER, NULL, NULL);
  assert_effects (fixture, (PvEffectKind[]){ PV_EFFECT_ASSIST_ELSEWHERE, PV_EFFECT_ASSIST_FINISH }, 2);
  assert_screen (fixture, "helped");
  tell_ended (fixture, PV_ENDED_PROCEDURE);
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  assert_effect (fixture, PV_EFFECT_GOODBYE, NULL);
  assert_screen (fixture, "goodbye");
}

static void
who_erases_everything_is_gone_at_once_and_so_is_the_help (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell_helps (fixture, TRUE, FALSE);
  act (fixture, PV_DO_QUIT, NULL, NULL);
  drop_effects (fixture);
  act (fixture, PV_DO_ERASE, NULL, NULL);
  assert_effects (fixture, (PvEffectKind[]){ PV_EFFECT_ASSIST_ELSEWHERE, PV_EFFECT_ASSIST_FINISH, PV_EFFECT_GOODBYE },
                  3);
  tell_ended (fixture, PV_ENDED_PROCEDURE);
  assert_screen (fixture, "goodbye");
  assert_null (screen (fixture)->banner);
}

static void
who_leaves_while_a_call_goes_on_calls_no_more (void **state)
{
  Fixture *fixture = *state;

  act (fixture, PV_DO_START, NULL, NULL);
  tell_calling (fixture, 1, "482913");
  drop_effects (fixture);
  act (fixture, PV_DO_QUIT, NULL, NULL);
  assert_effects (fixture, (PvEffectKind[]){ PV_EFFECT_ASSIST_WITHDRAW, PV_EFFECT_GOODBYE }, 2);
}

static void
another_procedure_ends_the_help_of_the_one_that_is_done (void **state)
{
  Fixture *fixture = *state;
  PvEffect *effect;

  send (fixture);
  pv_journey_stored (fixture->journey, TRUE, &fixture->now);
  pass_seconds (fixture, 15);
  tell_helps (fixture, FALSE, FALSE);
  act (fixture, PV_DO_ANOTHER, NULL, NULL);
  effect = wait_effect (fixture, PV_EFFECT_ASSIST_FINISH);
  assert_non_null (effect);
  pv_effect_free (effect);
  assert_screen (fixture, "helped");
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  assert_screen (fixture, "home");
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (a_call_shows_its_code_and_goes_on_while_the_citizen_works),
    T (a_code_that_is_over_is_asked_for_again_by_a_touch),
    T (a_mediator_of_the_room_is_called_only_where_there_may_be_one),
    T (no_answer_is_told_where_the_citizen_works_and_offers_other_ways),
    T (a_call_that_nothing_comes_of_ends_after_a_while),
    T (keeping_for_later_from_a_call_is_the_same_as_from_quitting),
    T (each_right_is_granted_by_one_touch_on_its_own_question),
    T (to_refuse_to_go_back_and_to_close_are_all_no),
    T (nothing_but_the_touch_on_the_question_grants),
    T (a_question_that_changed_under_the_finger_is_not_answered),
    T (silence_closes_a_question_and_grants_nothing),
    T (a_question_waits_behind_still_there_and_quitting_and_comes_after),
    T (a_question_over_the_languages_leaves_them_open_below),
    T (every_touch_is_told_so_that_it_takes_the_hand_back_but_the_renewal),
    T (without_a_mediator_no_touch_is_told_to_anybody),
    T (only_the_proposal_that_waits_is_accepted_or_declined),
    T (a_quick_answer_leaves_closes_its_sheet_and_says_so_for_a_while),
    T (who_is_helped_is_asked_later_whether_they_are_there_and_never_by_the_mediator_s_doing),
    T (a_link_that_is_lost_and_found_is_no_sign_of_life),
    T (the_sheet_at_the_end_tells_what_was_done_and_gives_the_screen_back),
    T (the_sheet_is_printed_once_and_holds_no_value),
    T (the_sheet_says_when_each_right_was_given),
    T (a_long_sheet_has_pages_of_its_own),
    T (a_colleague_is_called_at_once_and_the_sheet_comes_at_the_very_end),
    T (who_has_finished_reads_the_sheet_and_leaves),
    T (who_erases_everything_is_gone_at_once_and_so_is_the_help),
    T (who_leaves_while_a_call_goes_on_calls_no_more),
    T (another_procedure_ends_the_help_of_the_one_that_is_done),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

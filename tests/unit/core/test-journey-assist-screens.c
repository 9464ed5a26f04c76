/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the citizen reads of a mediator's help. */

#include "journey-help.h"

#include <libintl.h>
#include <locale.h>

enum { LOW_LINES = 11 };

static void
assert_has_text (const char *text, const char *part)
{
  if (text == NULL || strstr (text, part) == NULL)
    fail_msg ("“%s” is not in “%s”", part, text != NULL ? text : "");
}

static const char *
notice (Fixture *fixture, guint i)
{
  const PvScreenState *shown = screen (fixture);

  assert_true (shown->notices->len > i);
  return ((const PvNotice *) shown->notices->pdata[i])->text;
}

/* Another kiosk than the usual one, with a request that is begun. */
static void
begin_at (Fixture *fixture, const char *hours, gboolean has_mediator_here)
{
  PvJourneyConfig config = sample_config ();

  config.assist_phone = "01 99 00 00 10";
  config.assist_hours = hours;
  config.assist_minutes = 2;
  config.has_mediator_here = has_mediator_here;
  config.can_speak = TRUE;
  pv_journey_free (fixture->journey);
  fixture->journey = pv_journey_new (&config);
  pv_journey_set_ref (fixture->journey, ref);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ 22, 42 });
  pv_journey_catalogue_loaded (fixture->journey, fixture->catalogue, &fixture->now);
  pv_journey_printer_available (fixture->journey, TRUE, PV_PRINT_REASON_NONE, &fixture->now);
  begin (fixture);
}

static const PvSummaryRow *
first_row (Fixture *fixture)
{
  return field (fixture, "contacts")->rows->pdata[0];
}

/* ---- who can help, and when ---- */

static void
without_assistance_the_sheet_is_an_address_and_a_number (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  act (fixture, PV_DO_CALL_MEDIATOR, NULL, NULL);
  assert_has_text (screen (fixture)->help, "Ask at the desk");
  assert_non_null (field (fixture, "contacts"));
  assert_null (action (fixture, PV_DO_CALL_AFAR));
}

static void
who_can_be_called_is_offered_in_two_equal_ways_with_how_long_it_takes (void **state)
{
  Fixture *fixture = *state;

  begin_at (fixture, NULL, TRUE);
  tell_state (fixture, PV_ASSISTANCE_READY);
  act (fixture, PV_DO_CALL_MEDIATOR, NULL, NULL);
  assert_has_text (screen (fixture)->help, "An answer in about 2 minutes.");
  assert_has_text (notice (fixture, 0), "ask at the counter");
  assert_string_equal (first_row (fixture)->value, "01 99 00 00 10");
  assert_int_equal (first_row (fixture)->assist, PV_ASSIST_CLEAR);
  assert_int_equal (action (fixture, PV_DO_CALL_HERE)->role, action (fixture, PV_DO_CALL_AFAR)->role);
  begin_at (fixture, NULL, FALSE);
  tell_state (fixture, PV_ASSISTANCE_READY);
  act (fixture, PV_DO_CALL_MEDIATOR, NULL, NULL);
  assert_null (action (fixture, PV_DO_CALL_HERE));
  assert_int_equal (action (fixture, PV_DO_CALL_AFAR)->role, PV_ROLE_PRIMARY);
}

/* 14:32 on a Monday. */
static void
outside_their_hours_it_is_said_when_and_what_else_can_be_done (void **state)
{
  static const struct {
    const char *hours, *sentence; /* NULL: they answer */
  } cases[] = {
    { "mon-fri 09:00-12:00 15:00-17:00", "Nobody before 15" },
    { "tue 09:00-12:00", "Nobody before Tuesday" },
    { "mon 14:00-15:00", NULL },
  };
  Fixture *fixture = *state;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    begin_at (fixture, cases[i].hours, TRUE);
    tell_state (fixture, PV_ASSISTANCE_READY);
    act (fixture, PV_DO_CALL_MEDIATOR, NULL, NULL);
    if (cases[i].sentence == NULL) {
      assert_non_null (action (fixture, PV_DO_CALL_AFAR));
      continue;
    }
    assert_has_text (notice (fixture, 0), cases[i].sentence);
    assert_null (action (fixture, PV_DO_CALL_AFAR));
    assert_null (action (fixture, PV_DO_CALL_HERE));
    assert_string_equal (first_row (fixture)->value, "01 99 00 00 10");
    assert_non_null (action (fixture, PV_DO_KEEP));
  }
}

static void
a_mediator_who_is_free_is_there_whatever_the_hours_say (void **state)
{
  Fixture *fixture = *state;

  begin_at (fixture, "tue 09:00-12:00", FALSE);
  tell (fixture, &(PvAssistance){ .state = PV_ASSISTANCE_READY, .n_free = 1 });
  act (fixture, PV_DO_CALL_MEDIATOR, NULL, NULL);
  assert_non_null (action (fixture, PV_DO_CALL_AFAR));
}

static void
a_broker_that_is_away_is_no_dead_end (void **state)
{
  Fixture *fixture = *state;

  begin_at (fixture, NULL, TRUE);
  tell_state (fixture, PV_ASSISTANCE_AWAY);
  act (fixture, PV_DO_CALL_MEDIATOR, NULL, NULL);
  assert_has_text (notice (fixture, 0), "cannot call");
  assert_null (action (fixture, PV_DO_CALL_AFAR));
  assert_non_null (action (fixture, PV_DO_KEEP));
  assert_non_null (field (fixture, "contacts"));
}

/* ---- the call ---- */

static void
the_code_is_told_by_telephone_or_read_in_the_room (void **state)
{
  Fixture *fixture = *state;
  PvAssistance here = { .state = PV_ASSISTANCE_CALLING, .group = 1, .is_here = TRUE, .code = (char *) "000042" };

  begin_at (fixture, NULL, TRUE);
  tell_state (fixture, PV_ASSISTANCE_READY);
  act (fixture, PV_DO_CALL_AFAR, NULL, NULL);
  tell_calling (fixture, 1, "482913");
  assert_has_text (screen (fixture)->help, "01 99 00 00 10");
  assert_int_equal (screen (fixture)->notices->len, 0);
  tell_calling (fixture, 2, "482913");
  assert_has_text (notice (fixture, 0), "Other mediators");
  tell (fixture, &here);
  assert_has_text (screen (fixture)->title, "Show this code");
  assert_string_equal (field (fixture, "call-code")->value, "000 042");
}

static void
a_wrong_code_is_told_with_what_can_be_done (void **state)
{
  static const struct {
    PvAssistance told;
    const char *notice; /* NULL: nothing is said */
  } table[] = {
    { { .group = 1, .code = (char *) "482913", .n_wrong_codes = 1 }, "Say the code again, digit by digit. One try" },
    { { .group = 2, .code = (char *) "482913", .n_wrong_codes = 1 }, "Say the code again, digit by digit. One try" },
    { { .group = 1, .code = (char *) "482913", .n_wrong_codes = 1, .is_here = TRUE }, "Show the code again. One try" },
    { { .group = 1, .n_wrong_codes = 2 }, "typed twice" },
    { { .group = 1, .n_wrong_codes = 1 }, NULL }, /* and then its two minutes were over */
    { { .group = 1, .code = (char *) "482913" }, NULL },
  };
  Fixture *fixture = *state;

  begin_at (fixture, NULL, TRUE);
  tell_state (fixture, PV_ASSISTANCE_READY);
  act (fixture, PV_DO_CALL_AFAR, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    PvAssistance told = table[i].told;

    told.state = PV_ASSISTANCE_CALLING;
    tell (fixture, &told);
    assert_int_equal (screen (fixture)->notices->len, table[i].notice != NULL ? 1 : 0);
    if (table[i].notice != NULL)
      assert_has_text (notice (fixture, 0), table[i].notice);
    if (told.code != NULL)
      assert_string_equal (field (fixture, "call-code")->value, "482 913");
    else
      assert_non_null (action (fixture, PV_DO_CALL_AFAR)); /* a new one */
  }
}

/* ---- questions ---- */

static void
each_question_says_who_what_changes_and_what_stays (void **state)
{
  static const struct {
    PvAssistanceQuestion question;
    const char *title, *change, *secret;
  } cases[] = {
    { PV_ASKS_SHOW, "May Claire see this screen?", "show you what to touch", "Claire will not see what you write." },
    { PV_ASKS_PROPOSE, "May Claire propose answers?", "You accept, or keep yours.", "What you write stays hidden." },
    { PV_ASKS_HAND, "May Claire fill in for one minute?", "for one minute", "Touch the screen to take it back." },
  };
  Fixture *fixture = *state;

  begin (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    PvAssistance assistance = claire ();
    const PvNotice *last;

    assistance.question = cases[i].question;
    tell (fixture, &assistance);
    assert_string_equal (screen (fixture)->title, cases[i].title);
    assert_has_text (screen (fixture)->help, "Claire M., Ville de Montclair\nIdentity verified.");
    assert_has_text (notice (fixture, 0), cases[i].change);
    assert_has_text (notice (fixture, 1), cases[i].secret);
    last = screen (fixture)->notices->pdata[1];
    assert_string_equal (last->strong, "Only you can send.");
    assert_string_equal (field (fixture, "silence")->label, "Without an answer, it is no.");
  }
}

static void
a_hand_over_names_the_colleague (void **state)
{
  Fixture *fixture = *state;
  PvAssistance assistance = claire ();

  assistance.question = PV_ASKS_HANDOVER;
  assistance.colleague = (char *) "Karim B.";
  begin (fixture);
  tell (fixture, &assistance);
  assert_has_text (notice (fixture, 0), "Claire will see nothing any more.\nKarim B. will ask you");
}

static void
on_a_low_screen_the_code_comes_before_what_is_waited_for (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell_state (fixture, PV_ASSISTANCE_READY);
  act (fixture, PV_DO_CALL_MEDIATOR, NULL, NULL);
  act (fixture, PV_DO_CALL_AFAR, NULL, NULL);
  tell_calling (fixture, 2, "482913");
  assert_int_equal (screen (fixture)->notices->len, 1);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ LOW_LINES, 42 });
  assert_int_equal (screen (fixture)->notices->len, 0);
  assert_int_equal (screen (fixture)->fields->len, 2);
  assert_string_equal (((const PvField *) screen (fixture)->fields->pdata[1])->id, "waiting");
}

/* ---- the banner ---- */

static void
on_a_low_screen_the_banner_needs_one_line (void **state)
{
  Fixture *fixture = *state;
  PvAssistance assistance = claire ();

  begin (fixture);
  pv_journey_set_capacity (fixture->journey, &(PvCapacity){ LOW_LINES, 42 });
  tell (fixture, &assistance);
  assert_string_equal (screen (fixture)->banner->who, "Claire M.");
  assistance.question = PV_ASKS_SHOW;
  tell (fixture, &assistance);
  assert_string_equal (screen (fixture)->banner->who, "Claire M., Ville de Montclair");
}

static void
the_banner_says_who_and_what_they_may_do_now (void **state)
{
  Fixture *fixture = *state;
  PvAssistance assistance = claire ();

  begin (fixture);
  tell (fixture, &assistance);
  assert_string_equal (screen (fixture)->banner->who, "Claire M., Ville de Montclair");
  assert_has_text (screen (fixture)->banner->may, "Sees nothing");
  tell_helps (fixture, FALSE, FALSE);
  assert_has_text (screen (fixture)->banner->may, "and show");
  assert_int_equal (screen (fixture)->banner->tone, PV_TONE_SUCCESS);
  tell_helps (fixture, TRUE, FALSE);
  assert_has_text (screen (fixture)->banner->may, "and propose");
  assistance = claire_who_may (fixture, TRUE, FALSE);
  assistance.state = PV_ASSISTANCE_LOST;
  tell (fixture, &assistance);
  assert_has_text (screen (fixture)->banner->may, "lost the link. You can go on.");
  assert_int_equal (screen (fixture)->banner->tone, PV_TONE_WARNING);
}

static void
the_hand_is_counted_down_by_tens (void **state)
{
  static const struct {
    guint after_ms;
    const char *left;
    guint next_ms; /* of what is left */
  } cases[] = {
    { 0, "60 more seconds", 10000 },    { 1, "60 more seconds", 9999 },  { 10000, "50 more seconds", 10000 },
    { 45000, "20 more seconds", 5000 }, { 59999, "10 more seconds", 1 },
  };
  Fixture *fixture = *state;
  gint64 begun_ms = fixture->now.monotonic_ms;

  begin (fixture);
  tell_helps (fixture, TRUE, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    fixture->now.monotonic_ms = begun_ms + cases[i].after_ms;
    pv_journey_tick (fixture->journey, &fixture->now);
    assert_has_text (screen (fixture)->banner->may, cases[i].left);
    assert_int_equal (pv_journey_next_deadline_ms (fixture->journey), fixture->now.monotonic_ms + cases[i].next_ms);
  }
  assert_non_null (action (fixture, PV_DO_RENEW_HAND));
  assert_int_equal (((const PvAction *) screen (fixture)->actions->pdata[0])->intention, PV_DO_RENEW_HAND);
}

static void
a_private_screen_says_that_it_is_not_seen (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  act (fixture, PV_DO_BACK, NULL, NULL);
  tell_helps (fixture, FALSE, FALSE);
  act (fixture, PV_DO_CONTINUE_ON_PHONE, NULL, NULL);
  assert_screen (fixture, "phone");
  assert_has_text (screen (fixture)->banner->may, "Does not see this screen");
}

static void
the_help_band_lets_the_citizen_stop_and_reply_only_while_somebody_helps (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  assert_non_null (action (fixture, PV_DO_CALL_MEDIATOR));
  assert_null (action (fixture, PV_DO_STOP_HELP));
  assert_null (action (fixture, PV_DO_OPEN_REPLY));
  tell_helps (fixture, FALSE, FALSE);
  assert_null (action (fixture, PV_DO_CALL_MEDIATOR));
  assert_int_equal (action (fixture, PV_DO_STOP_HELP)->role, PV_ROLE_HELP);
  assert_int_equal (action (fixture, PV_DO_OPEN_REPLY)->role, PV_ROLE_HELP);
  assert_null (action (fixture, PV_DO_RENEW_HAND));
}

static void
the_reply_sheet_takes_back_the_highest_right (void **state)
{
  Fixture *fixture = *state;
  PvAssistance assistance = claire ();

  begin (fixture);
  tell_helps (fixture, TRUE, FALSE);
  act (fixture, PV_DO_OPEN_REPLY, NULL, NULL);
  assert_string_equal (action (fixture, PV_DO_STEP_DOWN)->label, "Claire may no longer propose");
  tell_helps (fixture, FALSE, FALSE);
  assert_string_equal (action (fixture, PV_DO_STEP_DOWN)->label, "Claire may no longer see");
  tell (fixture, &assistance);
  assert_null (action (fixture, PV_DO_STEP_DOWN));
}

/* ---- proposals ---- */

static void
propose (Fixture *fixture, const char *id, const char *value)
{
  PvAssistance assistance = claire_who_may (fixture, TRUE, FALSE);

  assistance.proposal_field = (char *) id;
  assistance.proposal_value = (char *) value;
  tell (fixture, &assistance);
}

static void
a_proposal_stands_beside_its_field_as_people_read_it (void **state)
{
  static const struct {
    const char *step, *field, *proposed, *words;
  } cases[] = {
    { "1", "2", "Martin-Dubois", "Martin-Dubois" }, { "3", "3", "1/2/2021", "1 February 2021" },
    { "3", "3", "45/2/2021", "45/2/2021" },         { "4", "5", "89100", "89100" },
    { "6", "6", "jours", "Certains jours" },
  };
  Fixture *fixture = *state;

  answer_up_to_check (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *words = NULL;
    const PvField *item;

    act (fixture, PV_DO_EDIT, cases[i].step, NULL);
    propose (fixture, cases[i].field, cases[i].proposed);
    item = field (fixture, cases[i].field);
    assert_string_equal (item->proposal, "Claire proposes:");
    words = g_strdup_printf ("“%s”", cases[i].words);
    assert_string_equal (item->proposal_value, words);
    assert_string_equal (item->accept_label, "Accept");
    act (fixture, PV_DO_BACK, NULL, NULL);
  }
}

static void
the_button_that_keeps_says_what_is_kept_if_there_is_room (void **state)
{
  static const struct {
    const char *own, *label;
  } cases[] = {
    { "Martin", "Keep “Martin”" },
    { "", "Keep my answer" },
    { "Martin de la Villardière du Bois", "Keep my answer" },
  };
  Fixture *fixture = *state;

  begin (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    act (fixture, PV_DO_TYPE, "2", cases[i].own);
    propose (fixture, "2", "Durand");
    assert_string_equal (field (fixture, "2")->keep_label, cases[i].label);
  }
}

static void
a_proposal_without_the_right_to_propose_is_not_shown (void **state)
{
  Fixture *fixture = *state;
  PvAssistance assistance = claire_who_may (fixture, FALSE, FALSE);

  assistance.proposal_field = (char *) "2";
  assistance.proposal_value = (char *) "Durand";
  begin (fixture);
  tell (fixture, &assistance);
  assert_null (field (fixture, "2")->proposal);
}

/* ---- what is pointed at, what is explained ---- */

static void
what_is_pointed_at_glows_for_a_while_on_its_screen (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell_helps (fixture, FALSE, FALSE);
  pv_journey_pointed (fixture->journey, "2", &fixture->now);
  assert_true (field (fixture, "2")->is_pointed);
  pv_journey_pointed (fixture->journey, "action:next", &fixture->now);
  assert_false (field (fixture, "2")->is_pointed);
  assert_true (action (fixture, PV_DO_NEXT)->is_pointed);
  pass_seconds (fixture, 19);
  assert_true (action (fixture, PV_DO_NEXT)->is_pointed);
  pass_seconds (fixture, 1);
  assert_false (action (fixture, PV_DO_NEXT)->is_pointed);
  pv_journey_pointed (fixture->journey, "action:next", &fixture->now);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  assert_true (action (fixture, PV_DO_NEXT)->is_pointed);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_false (action (fixture, PV_DO_NEXT)->is_pointed);
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_false (action (fixture, PV_DO_NEXT)->is_pointed);
}

static void
nobody_points_or_explains_without_the_right_to_see (void **state)
{
  Fixture *fixture = *state;
  PvAssistance assistance = claire ();

  begin (fixture);
  tell (fixture, &assistance);
  pv_journey_pointed (fixture->journey, "2", &fixture->now);
  pv_journey_explained (fixture->journey, "Bonjour.", &fixture->now);
  assert_false (field (fixture, "2")->is_pointed);
  assert_int_equal (screen (fixture)->notices->len, 0);
  tell_helps (fixture, FALSE, FALSE);
  pv_journey_pointed (fixture->journey, "2", &fixture->now);
  pv_journey_explained (fixture->journey, "Bonjour.", &fixture->now);
  tell (fixture, &assistance);
  tell_helps (fixture, FALSE, FALSE);
  assert_false (field (fixture, "2")->is_pointed);
  assert_int_equal (screen (fixture)->notices->len, 0);
}

static void
an_explanation_stays_until_it_is_answered_or_the_screen_changes (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell_helps (fixture, FALSE, FALSE);
  pv_journey_explained (fixture->journey, " Le nom est\n en haut du livret.\t", &fixture->now);
  act (fixture, PV_DO_TYPE, "2", "Martin");
  assert_string_equal (notice (fixture, 0), "Claire explains: Le nom est  en haut du livret.");
  act (fixture, PV_DO_OPEN_REPLY, NULL, NULL);
  assert_has_text (notice (fixture, 0), "en haut du livret.");
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_int_equal (screen (fixture)->notices->len, 0);
}

static void
a_long_explanation_leaves_room_for_the_question_and_is_whole_on_the_reply_sheet (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *endless = g_strnfill (5000, 'x');
  gsize on_screen, on_sheet;

  begin (fixture);
  tell_helps (fixture, FALSE, FALSE);
  pv_journey_explained (fixture->journey, endless, &fixture->now);
  on_screen = strlen (notice (fixture, 0));
  assert_has_text (notice (fixture, 0), "Touch “Reply” to read on.");
  assert_in_range (on_screen, 100, 300);
  act (fixture, PV_DO_OPEN_REPLY, NULL, NULL);
  on_sheet = strlen (notice (fixture, 0));
  assert_in_range (on_sheet, 400, 450);
}

static void
an_explanation_takes_its_room_from_the_pages_of_both (void **state)
{
  Fixture *fixture = *state;
  guint before;

  answer_up_to_check (fixture);
  tell_helps (fixture, FALSE, FALSE);
  before = field (fixture, "answers")->rows->len;
  pv_journey_explained (fixture->journey, "Lisez chaque réponse, de haut en bas, avec le livret à côté de vous.",
                        &fixture->now);
  assert_true (field (fixture, "answers")->rows->len < before);
  assert_int_equal (pv_screen_state_find_field (pv_journey_get_shared (fixture->journey), "answers")->rows->len,
                    field (fixture, "answers")->rows->len);
}

/* ---- what stays private ---- */

static void
each_field_says_what_the_mediator_does_not_see (void **state)
{
  Fixture *fixture = *state;
  PvQuestion *name = (PvQuestion *) pv_procedure_find_question (fixture->procedure, "2");

  begin (fixture);
  name->assist = PV_ASSIST_TYPING;
  tell (fixture, &(PvAssistance){ .state = PV_ASSISTANCE_READY });
  assert_null (field (fixture, "2")->privacy);
  tell_helps (fixture, FALSE, FALSE);
  assert_string_equal (field (fixture, "2")->privacy, "Claire does not see what you write.");
  assert_string_equal (field (fixture, "2")->lift_label, "Show this field");
  act (fixture, PV_DO_LIFT, "2", NULL);
  assert_string_equal (field (fixture, "2")->privacy, "Claire sees this field.");
  assert_null (field (fixture, "2")->lift_label);
  name->assist = PV_ASSIST_HIDDEN;
  act (fixture, PV_DO_TYPE, "2", "Martin");
  assert_string_equal (field (fixture, "2")->privacy, "Claire never sees this.");
  assert_null (field (fixture, "2")->lift_label);
  name->assist = PV_ASSIST_CLEAR;
  act (fixture, PV_DO_TYPE, "2", "Durand");
  assert_null (field (fixture, "2")->privacy);
}

static void
only_a_field_that_is_masked_can_be_lifted_and_the_next_mediator_begins_anew (void **state)
{
  Fixture *fixture = *state;
  PvQuestion *name = (PvQuestion *) pv_procedure_find_question (fixture->procedure, "2");

  begin (fixture);
  tell_helps (fixture, FALSE, FALSE);
  name->assist = PV_ASSIST_HIDDEN;
  act (fixture, PV_DO_LIFT, "2", NULL);
  act (fixture, PV_DO_LIFT, "99", NULL);
  act (fixture, PV_DO_LIFT, NULL, NULL);
  assert_null (wait_effect (fixture, PV_EFFECT_ASSIST_LIFT));
  name->assist = PV_ASSIST_TYPING;
  act (fixture, PV_DO_LIFT, "2", NULL);
  tell_ended (fixture, PV_ENDED_BY_MEDIATOR);
  act (fixture, PV_DO_CLOSE, NULL, NULL);
  tell_helps (fixture, FALSE, FALSE);
  assert_string_equal (field (fixture, "2")->privacy, "Claire does not see what you write.");
}

static void
the_check_says_that_what_was_written_is_not_seen (void **state)
{
  Fixture *fixture = *state;

  answer_up_to_check (fixture);
  tell_helps (fixture, FALSE, FALSE);
  assert_string_equal (field (fixture, "answers")->privacy, "Claire does not see what you wrote.");
  assert_null (field (fixture, "answers")->lift_label);
}

/* ---- all of them ---- */

static const char *
find_said (const GPtrArray *speech, const char *text)
{
  for (guint i = 0; i < speech->len; i++)
    if (strstr (((const PvUtterance *) speech->pdata[i])->text, text) != NULL)
      return text;
  return NULL;
}

static void
assert_said (const GPtrArray *speech, const char *text)
{
  if (text != NULL && text[0] != '\0' && find_said (speech, text) == NULL)
    fail_msg ("not said: %s", text);
}

static void
assert_all_said (Fixture *fixture)
{
  const PvScreenState *shown = screen (fixture);
  g_autoptr (GPtrArray) speech = pv_screen_state_speech (shown);

  assert_said (speech, shown->title);
  assert_said (speech, shown->help);
  assert_said (speech, shown->banner->who);
  assert_said (speech, shown->banner->may);
  for (guint i = 0; i < shown->notices->len; i++) {
    assert_said (speech, ((const PvNotice *) shown->notices->pdata[i])->text);
    assert_said (speech, ((const PvNotice *) shown->notices->pdata[i])->strong);
  }
  for (guint i = 0; i < shown->fields->len; i++) {
    const PvField *item = shown->fields->pdata[i];

    assert_said (speech, item->label);
    assert_said (speech, item->proposal);
    assert_said (speech, item->proposal_value);
    assert_said (speech, item->keep_label);
    assert_said (speech, item->privacy);
    assert_said (speech, item->lift_label);
    for (guint k = 0; item->choices != NULL && k < item->choices->len; k++)
      assert_said (speech, ((const PvChoice *) item->choices->pdata[k])->label);
  }
  for (guint i = 0; i < shown->actions->len; i++)
    assert_said (speech, ((const PvAction *) shown->actions->pdata[i])->label);
}

static void
everything_of_the_help_can_be_heard (void **state)
{
  Fixture *fixture = *state;
  PvAssistance assistance;

  begin (fixture);
  propose (fixture, "2", "Martin-Dubois");
  pv_journey_explained (fixture->journey, "En haut du livret.", &fixture->now);
  assert_all_said (fixture);
  act (fixture, PV_DO_OPEN_REPLY, NULL, NULL);
  assert_all_said (fixture);
  for (guint question = PV_ASKS_SHOW; question < PV_N_ASSISTANCE_QUESTIONS; question++) {
    assistance = claire_who_may (fixture, TRUE, TRUE);
    assistance.question = question;
    tell (fixture, &assistance);
    assert_screen (fixture, "consent");
    assert_all_said (fixture);
  }
}

/* One question a screen, in few words: also in French, where they are longer. */
static void
a_question_has_few_words_and_reads_well_in_french (void **state)
{
  Fixture *fixture = *state;

  g_setenv ("LANGUAGE", "fr", TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("PV_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  begin (fixture);
  for (guint question = PV_ASKS_SHOW; question < PV_N_ASSISTANCE_QUESTIONS; question++) {
    PvAssistance assistance = claire_who_may (fixture, TRUE, FALSE);
    g_autoptr (GString) all = g_string_new (NULL);
    g_auto (GStrv) words = NULL;

    assistance.question = question;
    tell (fixture, &assistance);
    g_string_append_printf (all, "%s ", screen (fixture)->title);
    for (guint i = 0; i < screen (fixture)->notices->len; i++)
      g_string_append_printf (all, "%s ", notice (fixture, i));
    g_string_append (all, field (fixture, "silence")->label);
    words = g_strsplit (all->str, " ", -1);
    if (g_strv_length (words) > 40)
      fail_msg ("%u words: %s", g_strv_length (words), all->str);
  }
  assert_string_equal (screen (fixture)->title, "Voulez-vous qu’un collègue de Claire vous aide\302\240?");
  tell_helps (fixture, TRUE, FALSE);
  assert_string_equal (screen (fixture)->banner->may, "vous aide. Peut voir cet écran et proposer.");
  assert_string_equal (field (fixture, "2")->privacy, "Claire ne voit pas ce texte.");
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (without_assistance_the_sheet_is_an_address_and_a_number),
    T (who_can_be_called_is_offered_in_two_equal_ways_with_how_long_it_takes),
    T (outside_their_hours_it_is_said_when_and_what_else_can_be_done),
    T (a_mediator_who_is_free_is_there_whatever_the_hours_say),
    T (a_broker_that_is_away_is_no_dead_end),
    T (the_code_is_told_by_telephone_or_read_in_the_room),
    T (a_wrong_code_is_told_with_what_can_be_done),
    T (each_question_says_who_what_changes_and_what_stays),
    T (a_hand_over_names_the_colleague),
    T (on_a_low_screen_the_code_comes_before_what_is_waited_for),
    T (on_a_low_screen_the_banner_needs_one_line),
    T (the_banner_says_who_and_what_they_may_do_now),
    T (the_hand_is_counted_down_by_tens),
    T (a_private_screen_says_that_it_is_not_seen),
    T (the_help_band_lets_the_citizen_stop_and_reply_only_while_somebody_helps),
    T (the_reply_sheet_takes_back_the_highest_right),
    T (a_proposal_stands_beside_its_field_as_people_read_it),
    T (the_button_that_keeps_says_what_is_kept_if_there_is_room),
    T (a_proposal_without_the_right_to_propose_is_not_shown),
    T (what_is_pointed_at_glows_for_a_while_on_its_screen),
    T (nobody_points_or_explains_without_the_right_to_see),
    T (an_explanation_stays_until_it_is_answered_or_the_screen_changes),
    T (a_long_explanation_leaves_room_for_the_question_and_is_whole_on_the_reply_sheet),
    T (an_explanation_takes_its_room_from_the_pages_of_both),
    T (each_field_says_what_the_mediator_does_not_see),
    T (only_a_field_that_is_masked_can_be_lifted_and_the_next_mediator_begins_anew),
    T (the_check_says_that_what_was_written_is_not_seen),
    T (everything_of_the_help_can_be_heard),
    T (a_question_has_few_words_and_reads_well_in_french), /* last: it changes the language */
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

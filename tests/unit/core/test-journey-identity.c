/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Screen 4: every state of the reader, every trouble, each order of typing and laying; and that there is always a way. */

#include "journey-steps.h"

static const char *const card_lines[] = { "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<", "9007138F3002119FRA<<<<<<<<<<<6",
                                          "MARTIN<<MAELYS<GAELLE<MARIE<<<" };

static int
set_up_with_identity (void **state)
{
  Fixture *fixture;

  set_up (state);
  fixture = *state;
  ((PvQuestion *) pv_procedure_find_question (fixture->procedure, "2"))->identity = 1 + PV_IDENTITY_SURNAME;
  ((PvQuestion *) pv_procedure_find_question (fixture->procedure, "81"))->identity = 1 + PV_IDENTITY_GIVEN_NAMES;
  return 0;
}

static PvIdentity *
sample_identity (PvVerdict verdict, PvReason reason)
{
  PvIdentity *identity = pv_identity_new ();

  identity->verdict = verdict;
  identity->reason = reason;
  if (verdict == PV_VERDICT_REFUSED)
    return identity;
  pv_identity_set (identity, PV_IDENTITY_SURNAME, "MARTIN");
  pv_identity_set (identity, PV_IDENTITY_GIVEN_NAMES, "MAËLYS");
  pv_identity_set (identity, PV_IDENTITY_BIRTH_DATE, "1990-07-13");
  pv_identity_set (identity, PV_IDENTITY_NUMBER, "X4RTBPFW4");
  pv_identity_set (identity, PV_IDENTITY_EXPIRY, "2030-02-11");
  return identity;
}

static void
tell (Fixture *fixture, PvCardState state, PvCardTrouble trouble, guint percent)
{
  PvCardReport report = { state, trouble, percent, NULL };

  pv_journey_card_report (fixture->journey, &report, &fixture->now);
}

static void
tell_read (Fixture *fixture, PvVerdict verdict, PvReason reason)
{
  g_auto (PvCardReport) report = { PV_CARD_READ, PV_CARD_TROUBLE_NONE, 100, sample_identity (verdict, reason) };

  pv_journey_card_report (fixture->journey, &report, &fixture->now);
}

/* All queued effects about the card, as letters: W watch, C code, S stop; other effects are dropped. */
static char *
card_effects (Fixture *fixture)
{
  GString *letters = g_string_new (NULL);

  for (PvEffect *effect = pv_journey_pop_effect (fixture->journey); effect != NULL;
       effect = pv_journey_pop_effect (fixture->journey)) {
    if (effect->kind == PV_EFFECT_CARD_WATCH)
      g_string_append_c (letters, 'W');
    if (effect->kind == PV_EFFECT_CARD_CODE)
      g_string_append_printf (letters, "C(%s)", effect->text);
    if (effect->kind == PV_EFFECT_CARD_STOP)
      g_string_append_c (letters, 'S');
    pv_effect_free (effect);
  }
  return g_string_free (letters, FALSE);
}

static void
assert_effects (Fixture *fixture, const char *expected)
{
  g_autofree char *letters = card_effects (fixture);

  assert_string_equal (letters, expected);
}

static void
type_code (Fixture *fixture, const char *digits)
{
  act (fixture, PV_DO_TYPE, "card-code", digits);
}

static const char *
first_notice (Fixture *fixture)
{
  const PvScreenState *state = screen (fixture);

  return state->notices->len > 0 ? ((const PvNotice *) state->notices->pdata[0])->text : NULL;
}

static void
only_a_form_about_the_person_asks_for_a_card (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  assert_screen (fixture, "identity-card");
  assert_string_equal (screen (fixture)->step_text, "Step 1 of 6");
  assert_effects (fixture, "W");
  act (fixture, PV_DO_WITHOUT_CARD, NULL, NULL);
  assert_screen (fixture, "question-1");
  assert_string_equal (screen (fixture)->step_text, "Step 2 of 6");
  assert_effects (fixture, "S");
  tear_down (state);
  set_up (state);
  fixture = *state;
  begin (fixture);
  assert_screen (fixture, "question-1");
  assert_string_equal (screen (fixture)->step_text, "Step 1 of 5");
  assert_effects (fixture, "");
}

static void
a_card_is_read_and_its_holder_says_yes (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell (fixture, PV_CARD_WAITING, 0, 0);
  tell (fixture, PV_CARD_PLACED, 0, 0);
  assert_non_null (strstr (pv_screen_state_find_field (screen (fixture), "card")->label, "Your card is there"));
  type_code (fixture, "481 516");
  assert_effects (fixture, "WC(481516)");
  tell (fixture, PV_CARD_OPENING, 0, 0);
  assert_screen (fixture, "identity-reading");
  tell (fixture, PV_CARD_READING, 0, 50);
  assert_true (pv_screen_state_find_field (screen (fixture), "reading")->has_percent);
  assert_int_equal (pv_screen_state_find_field (screen (fixture), "reading")->percent, 50);
  tell (fixture, PV_CARD_PROVING, 0, 100);
  tell_read (fixture, PV_VERDICT_GENUINE, PV_REASON_NONE);
  assert_screen (fixture, "identity-confirm");
  assert_effects (fixture, "S");
  assert_string_equal (first_notice (fixture), "Your card is genuine.");
  act (fixture, PV_DO_CONFIRM_IDENTITY, NULL, NULL);
  assert_screen (fixture, "question-1");
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "2")->value, "MARTIN");
}

static void
digits_and_card_come_in_any_order (void **state)
{
  static const struct {
    const char *steps; /* d: six digits, x: one of them taken back, w: waiting, p: placed, b: busy, o: opening */
    const char *effects, *key;
  } cases[] = {
    { "wpd", "WC(481516)", "identity-card" },
    { "wdp", "WC(481516)", "identity-card" }, /* a word that crossed the digits */
    { "dwo", "WC(481516)", "identity-reading" },
    { "bdwo", "WC(481516)", "identity-reading" },
    { "wdxp", "WC(481516)W", "identity-card" }, /* what is taken back is not tried */
    { "wdxd", "WC(481516)WC(481516)", "identity-card" },
    { "wo", "W", "identity-card" }, /* nothing was asked for */
    { "wdd", "WC(481516)", "identity-card" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Fixture *fixture;

    tear_down (state);
    set_up_with_identity (state);
    fixture = *state;
    begin (fixture);
    for (const char *step = cases[i].steps; *step != '\0'; step++) {
      if (*step == 'd' || *step == 'x')
        type_code (fixture, *step == 'd' ? "481516" : "48151");
      else
        tell (fixture,
              *step == 'w'   ? PV_CARD_WAITING
              : *step == 'p' ? PV_CARD_PLACED
              : *step == 'b' ? PV_CARD_BUSY
                             : PV_CARD_OPENING,
              0, 0);
    }
    assert_effects (fixture, cases[i].effects);
    assert_screen (fixture, cases[i].key);
  }
}

static void
each_trouble_says_what_to_do (void **state)
{
  static const struct {
    PvCardTrouble trouble;
    const char *key;
    const char *says;    /* in the notice, or beside the digits */
    const char *digits;  /* what is left of them */
    const char *effects; /* when another card is laid */
  } cases[] = {
    { PV_CARD_TROUBLE_LOST, "identity-reading", "The card moved. Lay it again", "481516", "" },
    { PV_CARD_TROUBLE_WRONG_CODE, "identity-card", "type them again", NULL, "" },
    { PV_CARD_TROUBLE_BLOCKED, "identity-card", "takes no more digits", NULL, "" },
    { PV_CARD_TROUBLE_REFUSED, "identity-card", "does not let itself be read", NULL, "" },
    { PV_CARD_TROUBLE_NO_CHIP, "identity-card", "not an identity card", "481516", "C(481516)" },
    { PV_CARD_TROUBLE_BAD_DATA, "identity-card", "could not be read", NULL, "" },
    { PV_CARD_TROUBLE_READER, "identity-card", "The reader stopped", "481516", "C(481516)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const PvField *code;
    Fixture *fixture;
    g_autofree char *before = NULL;

    tear_down (state);
    set_up_with_identity (state);
    fixture = *state;
    begin (fixture);
    type_code (fixture, "481516");
    tell (fixture, PV_CARD_OPENING, 0, 0);
    before = card_effects (fixture);
    tell (fixture, PV_CARD_FAILED, cases[i].trouble, 0);
    assert_screen (fixture, cases[i].key);
    code = pv_screen_state_find_field (screen (fixture), "card-code");
    assert_non_null (
      strstr (code != NULL && code->error != NULL ? code->error : first_notice (fixture), cases[i].says));
    if (code != NULL)
      assert_true (g_strcmp0 (code->value, cases[i].digits) == 0);
    /* Never a dead end. */
    assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_WITHOUT_CARD));
    assert_effects (fixture, "");
    tell (fixture, PV_CARD_WAITING, 0, 0);
    tell (fixture, PV_CARD_PLACED, 0, 0);
    assert_effects (fixture, cases[i].effects);
  }
}

/* The reader goes on by itself with the code that it has. */
static void
a_card_that_moved_is_laid_again (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  type_code (fixture, "481516");
  tell (fixture, PV_CARD_READING, 0, 40);
  tell (fixture, PV_CARD_FAILED, PV_CARD_TROUBLE_LOST, 0);
  assert_string_equal (screen (fixture)->title, "Lay your card on the reader again");
  tell (fixture, PV_CARD_WAITING, 0, 0);
  assert_screen (fixture, "identity-reading");
  assert_non_null (first_notice (fixture));
  tell (fixture, PV_CARD_OPENING, 0, 0);
  assert_null (first_notice (fixture));
  assert_string_equal (screen (fixture)->title, "Do not move the card");
  tell_read (fixture, PV_VERDICT_GENUINE, PV_REASON_NONE);
  assert_screen (fixture, "identity-confirm");
  assert_effects (fixture, "WC(481516)S");
}

/* A bank card that lies there is not tried again and again. */
static void
the_same_wrong_card_is_not_tried_again (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  type_code (fixture, "481516");
  assert_effects (fixture, "WC(481516)");
  tell (fixture, PV_CARD_FAILED, PV_CARD_TROUBLE_NO_CHIP, 0);
  tell (fixture, PV_CARD_PLACED, 0, 0);
  assert_non_null (first_notice (fixture));
  assert_effects (fixture, "");
}

static void
without_a_reader_the_lines_are_offered (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell (fixture, PV_CARD_NO_READER, 0, 0);
  assert_screen (fixture, "identity-documents");
  assert_non_null (first_notice (fixture));
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_WITHOUT_CARD));
  act (fixture, PV_DO_OPEN_DOCUMENT, "passport", NULL);
  assert_screen (fixture, "identity-zone");
  assert_int_equal (screen (fixture)->fields->len, 2);
  act (fixture, PV_DO_BACK, NULL, NULL);
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "procedure");
  assert_effects (fixture, "WS");
}

static void
a_reader_that_is_plugged_in_again_is_offered_again (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  tell (fixture, PV_CARD_NO_READER, 0, 0);
  tell (fixture, PV_CARD_WAITING, 0, 0);
  assert_null (first_notice (fixture));
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "identity-card");
}

static void
type_lines (Fixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++) {
    g_autofree char *target = g_strdup_printf ("zone-%u", i + 1);

    act (fixture, PV_DO_TYPE, target, card_lines[i]);
  }
}

static void
open_zone (Fixture *fixture, const char *document)
{
  begin (fixture);
  act (fixture, PV_DO_OTHER_DOCUMENT, NULL, NULL);
  assert_screen (fixture, "identity-documents");
  act (fixture, PV_DO_OPEN_DOCUMENT, document, NULL);
}

static void
typed_lines_are_told_as_not_verified (void **state)
{
  Fixture *fixture = *state;

  open_zone (fixture, "card");
  type_lines (fixture, 3);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "identity-confirm");
  assert_string_equal (first_notice (fixture), "You typed this. Nobody has verified it.");
  act (fixture, PV_DO_CONFIRM_IDENTITY, NULL, NULL);
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "2")->value, "MARTIN");
}

static void
each_line_is_checked_while_it_is_typed (void **state)
{
  static const struct {
    const char *line_1, *line_2; /* (nullable) */
    gboolean is_finished;        /* "Continue" was touched */
    guint line;
    const char *label, *error; /* error NULL: none */
  } cases[] = {
    { NULL, NULL, FALSE, 1, "Line 1: 30 characters", NULL },
    { "idfra", NULL, FALSE, 1, "Line 1: 25 more characters", NULL },
    { "IDFRAX4RTBPFW46<<<<<<<<<<<<<<", NULL, FALSE, 1, "Line 1: 1 more character", NULL },
    { "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<", NULL, FALSE, 1, "Line 1: complete", NULL },
    { "IDFRAX4RTBPFW47<<<<<<<<<<<<<<<", NULL, FALSE, 1, "Line 1", "Check the number of the document" },
    { "IDFRAX4RTBPFW47", NULL, FALSE, 1, "Line 1: 15 more characters", "Check the number of the document" },
    { "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<", "9007137", FALSE, 2, "Line 2: 23 more characters", "Check the date of birth" },
    { "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<", "9007138", FALSE, 2, "Line 2: 23 more characters", NULL },
    { "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<", "9007138", TRUE, 2, "Line 2: 23 more characters",
      "23 characters are missing." },
    { "IDFRA", NULL, TRUE, 1, "Line 1: 25 more characters", "25 characters are missing." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *id = g_strdup_printf ("zone-%u", cases[i].line);
    const PvField *field;
    Fixture *fixture;

    tear_down (state);
    set_up_with_identity (state);
    fixture = *state;
    open_zone (fixture, "card");
    if (cases[i].line_1 != NULL)
      act (fixture, PV_DO_TYPE, "zone-1", cases[i].line_1);
    if (cases[i].line_2 != NULL)
      act (fixture, PV_DO_TYPE, "zone-2", cases[i].line_2);
    if (cases[i].is_finished)
      act (fixture, PV_DO_NEXT, NULL, NULL);
    assert_screen (fixture, "identity-zone");
    field = pv_screen_state_find_field (screen (fixture), id);
    assert_string_equal (field->label, cases[i].label);
    if (cases[i].error == NULL)
      assert_null (field->error);
    else
      assert_true (g_str_has_prefix (field->error, cases[i].error));
  }
}

/* A scanner takes a 0 for an O where only a digit can be. */
static void
what_a_scanner_mistakes_is_mended (void **state)
{
  Fixture *fixture = *state;

  open_zone (fixture, "card");
  type_lines (fixture, 3);
  act (fixture, PV_DO_TYPE, "zone-2", "9OO7138F3002119FRA<<<<<<<<<<<6");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_screen (fixture, "identity-confirm");
}

static void
the_lines_open_the_chip_of_what_lies_there (void **state)
{
  static const struct {
    PvCardTrouble trouble; /* NONE: it is read */
    const char *key;
    PvReason reason; /* of the confirm screen */
  } cases[] = {
    { PV_CARD_TROUBLE_NONE, "identity-confirm", PV_REASON_NONE },
    { PV_CARD_TROUBLE_WRONG_CODE, "identity-zone", PV_REASON_NONE },
    { PV_CARD_TROUBLE_BLOCKED, "identity-confirm", PV_REASON_TYPED },
    { PV_CARD_TROUBLE_NO_CHIP, "identity-confirm", PV_REASON_TYPED },
    { PV_CARD_TROUBLE_BAD_DATA, "identity-confirm", PV_REASON_TYPED },
    { PV_CARD_TROUBLE_READER, "identity-confirm", PV_REASON_TYPED },
    { PV_CARD_TROUBLE_LOST, "identity-reading", PV_REASON_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *zone = g_strjoin ("\n", card_lines[0], card_lines[1], card_lines[2], NULL);
    g_autofree char *expected = g_strdup_printf ("WWC(%s)", zone);
    Fixture *fixture;

    tear_down (state);
    set_up_with_identity (state);
    fixture = *state;
    open_zone (fixture, "card");
    tell (fixture, PV_CARD_PLACED, 0, 0);
    type_lines (fixture, 3);
    act (fixture, PV_DO_NEXT, NULL, NULL);
    assert_effects (fixture, expected);
    tell (fixture, PV_CARD_OPENING, 0, 0);
    assert_screen (fixture, "identity-reading");
    if (cases[i].trouble == PV_CARD_TROUBLE_NONE)
      tell_read (fixture, PV_VERDICT_GENUINE, PV_REASON_NONE);
    else
      tell (fixture, PV_CARD_FAILED, cases[i].trouble, 0);
    assert_screen (fixture, cases[i].key);
    if (g_str_equal (cases[i].key, "identity-confirm"))
      assert_string_equal (first_notice (fixture), cases[i].reason == PV_REASON_TYPED
                                                     ? "You typed this. Nobody has verified it."
                                                     : "Your card is genuine.");
  }
}

static void
wrong_digits_say_nothing_of_the_lines (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  type_code (fixture, "481516");
  tell (fixture, PV_CARD_FAILED, PV_CARD_TROUBLE_WRONG_CODE, 0);
  act (fixture, PV_DO_OTHER_DOCUMENT, NULL, NULL);
  act (fixture, PV_DO_OPEN_DOCUMENT, "card", NULL);
  assert_null (first_notice (fixture));
  act (fixture, PV_DO_BACK, NULL, NULL);
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "identity-card");
  assert_null (pv_screen_state_find_field (screen (fixture), "card-code")->error);
}

static void
what_is_proven_is_said_in_plain_words (void **state)
{
  for (PvReason reason = 0; reason < PV_N_REASONS; reason++) {
    PvVerdict verdict = pv_reason_verdict (reason);
    const PvNotice *notice;
    Fixture *fixture;

    tear_down (state);
    set_up_with_identity (state);
    fixture = *state;
    begin (fixture);
    type_code (fixture, "481516");
    tell_read (fixture, verdict, reason);
    assert_screen (fixture, verdict == PV_VERDICT_REFUSED ? "identity-refused" : "identity-confirm");
    notice = screen (fixture)->notices->pdata[0];
    assert_int_equal (notice->tone, verdict == PV_VERDICT_GENUINE ? PV_TONE_SUCCESS : PV_TONE_WARNING);
    assert_true (strlen (notice->text) > 10);
    assert_int_equal (notice->strong != NULL, verdict != PV_VERDICT_GENUINE);
    assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_WITHOUT_CARD));
    assert_int_equal (pv_screen_state_find_action (screen (fixture), PV_DO_CONFIRM_IDENTITY) != NULL,
                      verdict != PV_VERDICT_REFUSED);
    /* A refused one is not used, whoever asks. */
    act (fixture, PV_DO_CONFIRM_IDENTITY, NULL, NULL);
    assert_int_equal (g_str_equal (screen (fixture)->key, "question-1"), verdict != PV_VERDICT_REFUSED);
  }
}

static void
a_document_past_its_date_is_told (void **state)
{
  Fixture *fixture = *state;
  g_auto (PvCardReport) report = { PV_CARD_READ, 0, 100, sample_identity (PV_VERDICT_GENUINE, PV_REASON_NONE) };

  pv_identity_set (report.identity, PV_IDENTITY_EXPIRY, "2024-03-03");
  begin (fixture);
  type_code (fixture, "481516");
  pv_journey_card_report (fixture->journey, &report, &fixture->now);
  assert_non_null (strstr (first_notice (fixture), "was valid until 3"));
  assert_non_null (pv_screen_state_find_action (screen (fixture), PV_DO_CONFIRM_IDENTITY));
}

/* What the form does not ask for is not shown to who looks over the shoulder. */
static void
only_what_matters_is_shown (void **state)
{
  Fixture *fixture = *state;
  const PvField *values;

  begin (fixture);
  type_code (fixture, "481516");
  tell_read (fixture, PV_VERDICT_GENUINE, PV_REASON_NONE);
  values = pv_screen_state_find_field (screen (fixture), "identity");
  assert_int_equal (values->rows->len, 3); /* not the number */
  assert_true (values->is_personal);
  assert_string_equal (((PvSummaryRow *) values->rows->pdata[0])->value, "MARTIN");
}

static void
no_digit_is_spoken_aloud (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GPtrArray) speech = NULL;

  begin (fixture);
  type_code (fixture, "48151");
  speech = pv_screen_state_speech (screen (fixture));
  for (guint i = 0; i < speech->len; i++) {
    const PvUtterance *utterance = speech->pdata[i];

    if (strstr (utterance->text, "48151") != NULL)
      assert_true (utterance->is_personal);
  }
}

static void
nobody_else_opens_the_card_or_says_yes (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_TYPE, "card-code", "481516");
  assert_effects (fixture, "W");
  type_code (fixture, "481516");
  tell_read (fixture, PV_VERDICT_GENUINE, PV_REASON_NONE);
  act_as (fixture, PV_ACTOR_MEDIATOR, PV_DO_CONFIRM_IDENTITY, NULL, NULL);
  assert_screen (fixture, "identity-confirm");
}

static void
whoever_lays_a_card_is_there (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  type_code (fixture, "481516");
  for (guint percent = 0; percent < 100; percent += 10) { /* slow: three times what nobody's screen stays */
    pass_seconds (fixture, 30);
    tell (fixture, PV_CARD_READING, 0, percent);
  }
  assert_screen (fixture, "identity-reading");
  pass_seconds (fixture, 90); /* but a reader that says nothing ends some time */
  assert_screen (fixture, "still-there");
  tell (fixture, PV_CARD_READING, 0, 95);
  assert_screen (fixture, "identity-reading");
  pass_seconds (fixture, 90);
  tell (fixture, PV_CARD_READING, 0, 95); /* the same again is no sign */
  assert_screen (fixture, "still-there");
}

static void
leaving_stops_the_reader (void **state)
{
  static const PvIntentionKind leaving[] = { PV_DO_BACK, PV_DO_WITHOUT_CARD, PV_DO_QUIT, PV_DO_NOTHING };

  for (guint i = 0; i < G_N_ELEMENTS (leaving); i++) {
    Fixture *fixture;

    tear_down (state);
    set_up_with_identity (state);
    fixture = *state;
    begin (fixture);
    type_code (fixture, "481516");
    assert_effects (fixture, "WC(481516)");
    if (leaving[i] == PV_DO_NOTHING) {
      pass_seconds (fixture, 90);
      pass_seconds (fixture, 60);
    } else {
      act (fixture, leaving[i], NULL, NULL);
    }
    if (leaving[i] == PV_DO_QUIT)
      act (fixture, PV_DO_ERASE, NULL, NULL);
    assert_effects (fixture, "S");
    tell_read (fixture, PV_VERDICT_GENUINE, PV_REASON_NONE); /* too late */
    assert_string_not_equal (screen (fixture)->key, "identity-confirm");
  }
}

static void
back_from_a_reading_forgets_the_code (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  type_code (fixture, "481516");
  tell (fixture, PV_CARD_READING, 0, 10);
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "identity-card");
  assert_null (pv_screen_state_find_field (screen (fixture), "card-code")->value);
  assert_effects (fixture, "WC(481516)W");
  tell (fixture, PV_CARD_READING, 0, 20); /* was on its way */
  assert_screen (fixture, "identity-card");
}

static void
the_person_may_come_back_and_do_without (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  type_code (fixture, "481516");
  tell_read (fixture, PV_VERDICT_GENUINE, PV_REASON_NONE);
  act (fixture, PV_DO_CONFIRM_IDENTITY, NULL, NULL);
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "identity-confirm");
  act (fixture, PV_DO_CONFIRM_IDENTITY, NULL, NULL);
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "2")->value, "MARTIN");
  act (fixture, PV_DO_BACK, NULL, NULL);
  act (fixture, PV_DO_WITHOUT_CARD, NULL, NULL);
  assert_true (g_strcmp0 (pv_screen_state_find_field (screen (fixture), "2")->value, NULL) == 0);
  act (fixture, PV_DO_BACK, NULL, NULL);
  assert_screen (fixture, "identity-card");
}

static void
missing_digits_are_told_when_the_person_goes_on (void **state)
{
  Fixture *fixture = *state;

  begin (fixture);
  type_code (fixture, "4815");
  assert_null (pv_screen_state_find_field (screen (fixture), "card-code")->error);
  assert_int_equal (screen (fixture)->enter, PV_DO_NEXT);
  act (fixture, PV_DO_NEXT, NULL, NULL);
  assert_string_equal (pv_screen_state_find_field (screen (fixture), "card-code")->error, "2 digits are missing.");
  type_code (fixture, "48151");
  assert_null (pv_screen_state_find_field (screen (fixture), "card-code")->error);
}

static void
the_check_says_what_was_read_from_the_card (void **state)
{
  Fixture *fixture = *state;
  const PvField *answers;

  begin (fixture);
  type_code (fixture, "481516");
  tell_read (fixture, PV_VERDICT_GENUINE, PV_REASON_NONE);
  act (fixture, PV_DO_CONFIRM_IDENTITY, NULL, NULL);
  for (guint i = 0; i < 20 && screen (fixture)->id == PV_SCREEN_QUESTION; i++) {
    const PvAction *later = pv_screen_state_find_action (screen (fixture), PV_DO_LATER);
    const PvAction *decline = pv_screen_state_find_action (screen (fixture), PV_DO_DECLINE);

    act (fixture, PV_DO_TYPE, "4", "4 rue des Tilleuls");
    act (fixture, PV_DO_TYPE, "5", "89100");
    act (fixture, PV_DO_CHOOSE, "6", "tous");
    act (fixture, PV_DO_TYPE_PART, "3/day", "13");
    act (fixture, PV_DO_TYPE_PART, "3/month", "7");
    act (fixture, PV_DO_TYPE_PART, "3/year", "2020");
    if (later != NULL)
      act (fixture, PV_DO_LATER, "11", NULL);
    else if (decline != NULL)
      act (fixture, PV_DO_DECLINE, g_str_has_prefix (screen (fixture)->key, "question-8") ? "8/0/82" : "9", NULL);
    else
      act (fixture, PV_DO_NEXT, NULL, NULL);
  }
  assert_screen (fixture, "check");
  answers = pv_screen_state_find_field (screen (fixture), "answers");
  assert_string_equal (((PvSummaryRow *) answers->rows->pdata[0])->mark, "Read from the card");
  assert_null (((PvSummaryRow *) answers->rows->pdata[1])->mark);
  act (fixture, PV_DO_EDIT, "1", NULL);
  act (fixture, PV_DO_TYPE, "2", "Durand");
  act (fixture, PV_DO_NEXT, NULL, NULL);
  answers = pv_screen_state_find_field (screen (fixture), "answers");
  assert_null (((PvSummaryRow *) answers->rows->pdata[0])->mark);
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up_with_identity, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (only_a_form_about_the_person_asks_for_a_card),
    T (a_card_is_read_and_its_holder_says_yes),
    T (digits_and_card_come_in_any_order),
    T (each_trouble_says_what_to_do),
    T (a_card_that_moved_is_laid_again),
    T (the_same_wrong_card_is_not_tried_again),
    T (without_a_reader_the_lines_are_offered),
    T (a_reader_that_is_plugged_in_again_is_offered_again),
    T (typed_lines_are_told_as_not_verified),
    T (each_line_is_checked_while_it_is_typed),
    T (what_a_scanner_mistakes_is_mended),
    T (the_lines_open_the_chip_of_what_lies_there),
    T (wrong_digits_say_nothing_of_the_lines),
    T (what_is_proven_is_said_in_plain_words),
    T (a_document_past_its_date_is_told),
    T (only_what_matters_is_shown),
    T (no_digit_is_spoken_aloud),
    T (nobody_else_opens_the_card_or_says_yes),
    T (whoever_lays_a_card_is_there),
    T (leaving_stops_the_reader),
    T (back_from_a_reading_forgets_the_code),
    T (the_person_may_come_back_and_do_without),
    T (missing_digits_are_told_when_the_person_goes_on),
    T (the_check_says_what_was_read_from_the_card),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

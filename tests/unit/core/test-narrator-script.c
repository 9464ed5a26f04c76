/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said. When, and where: test-narrator.c. */

#include "narrator-steps.h"

#include <libintl.h>
#include <locale.h>

static void
each_sentence_is_said_by_itself (void **test)
{
  static const struct {
    const char *text, *said;
  } cases[] = {
    { "One. Two! Three? Four", "One.|Two!|Three?|Four" },
    { "Three lines\nof a text.\nEnd", "Three lines|of a text.|End" },
    { "Version 1.5 of M. Martin costs 3.50 euros.", "Version 1.5 of M. Martin costs 3.50 euros." },
    { "Wait… what. then", "Wait… what. then" },
    { "  ", "" },
  };

  (void) test;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvScreenState) state = pv_screen_state_new (PV_SCREEN_GOODBYE, "goodbye");
    g_autoptr (PvNarrator) narrator = NULL;

    state->title = g_strdup (cases[i].text);
    narrator = make_narrator (state, PV_ROUTE_HEADSET);
    pv_narrator_do (narrator, PV_NARRATE_AGAIN);
    assert_hears (narrator, cases[i].said);
  }
}

static void
no_sentence_is_endless (void **test)
{
  g_autoptr (PvScreenState) state = pv_screen_state_new (PV_SCREEN_GOODBYE, "goodbye");
  g_autofree char *word = g_strnfill (1000, 'a');
  g_autoptr (PvNarrator) narrator = NULL;
  g_autofree char *heard = NULL;

  (void) test;
  state->title = g_strdup_printf ("begin %s", word);
  narrator = make_narrator (state, PV_ROUTE_HEADSET);
  pv_narrator_do (narrator, PV_NARRATE_AGAIN);
  heard = hear (narrator);
  for (char *p = strtok (heard, "|"); p != NULL; p = strtok (NULL, "|"))
    assert_true (strlen (p) <= PV_SENTENCE_MAX_CHARS);
}

typedef enum {
  AS_BEFORE,
  TYPED,
  CHOSEN,
  WRONG,
  EXPLAINED,
  OFFERED,
  TURNED,
  BAND,
  POINTED,
  POINTED_BUTTON,
  PROGRESS
} Change;

static void
change (PvScreenState *state, Change what)
{
  PvField *field = question_field (state, "name");

  switch (what) {
  case AS_BEFORE:
    break;
  case TYPED:
    type_into (state, "name", "Martin");
    break;
  case CHOSEN:
    choose (state, "child", 1);
    break;
  case WRONG:
    state->error_summary = g_strdup ("One answer is missing.");
    field->error = g_strdup ("Write your name.");
    break;
  case EXPLAINED:
    pv_screen_state_add_notice (state, PV_TONE_INFO, "person", "Claire explains.");
    break;
  case OFFERED:
    pv_field_add_choice (field, "1", "Martinique");
    pv_field_add_choice (field, "2", "Martigues");
    break;
  case TURNED:
    state->page_text = g_strdup ("Page 2 of 2");
    break;
  case BAND:
    g_free (((PvAction *) state->actions->pdata[1])->label);
    ((PvAction *) state->actions->pdata[1])->label = g_strdup ("Voice");
    break;
  case POINTED:
    field->is_pointed = TRUE;
    break;
  case POINTED_BUTTON:
    ((PvAction *) state->actions->pdata[0])->is_pointed = TRUE;
    break;
  case PROGRESS:
    field->has_percent = TRUE;
    field->percent = 60;
    break;
  }
}

static void
of_the_same_screen_only_what_changed_is_said (void **test)
{
  static const struct {
    Change what;
    const char *headset, *loudspeaker;
  } cases[] = {
    { AS_BEFORE, "", "" },
    { TYPED, "Martin", "" }, /* by somebody else: of who types each letter was said */
    { CHOSEN, "No, selected", "Selected." },
    { WRONG, "Error.|Name: Write your name.|One answer is missing.",
      "Error.|Name: Write your name.|One answer is missing." },
    { EXPLAINED, "Claire explains.", "Claire explains." },
    { OFFERED, "2 suggestions", "2 suggestions" },
    { TURNED, "Who are you?|Page 2 of 2|Name|A child?|Yes|No|Continue|Listen",
      "Who are you?|Page 2 of 2|Name|A child?|Yes|No|Continue|Listen" },
    { BAND, "", "" },
    { POINTED, "The mediator shows this:|Name", "The mediator shows this:|Name" },
    { POINTED_BUTTON, "The mediator shows this:|Continue", "The mediator shows this:|Continue" },
    { PROGRESS, "", "" }, /* it moves all the time */
  };

  (void) test;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (PvSpeechRoute route = PV_ROUTE_LOUDSPEAKER; route <= PV_ROUTE_HEADSET; route++) {
      g_autoptr (PvScreenState) state = make_question (), next = make_question ();
      g_autoptr (PvNarrator) narrator = make_narrator (state, route);

      change (next, cases[i].what);
      pv_narrator_show (narrator, next, "en");
      assert_hears (narrator, route == PV_ROUTE_HEADSET ? cases[i].headset : cases[i].loudspeaker);
    }
}

static void
an_error_is_said_before_all_else (void **test)
{
  g_autoptr (PvScreenState) state = make_question (), next = make_question ();
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_LOUDSPEAKER);

  (void) test;
  pv_narrator_do (narrator, PV_NARRATE_AGAIN);
  assert_hears_one (narrator, "Who are you?");
  change (next, WRONG);
  change (next, EXPLAINED);
  pv_narrator_show (narrator, next, "en");
  assert_hears (narrator, "!|Error.|Name: Write your name.|One answer is missing.|Claire explains.");
}

/* Focus that moves with the screen is no key's doing: without this nothing is heard of it. */
static void
after_a_jump_what_is_to_be_mended_is_said (void **test)
{
  g_autoptr (PvScreenState) state = make_question (), typed = make_question (), chosen = make_question ();
  g_autoptr (PvNarrator) narrator = NULL;

  (void) test;
  change (state, WRONG);
  change (typed, WRONG);
  change (chosen, WRONG);
  question_field (state, "child")->error = g_strdup ("Choose one.");
  question_field (typed, "child")->error = g_strdup ("Choose one.");
  question_field (chosen, "child")->error = g_strdup ("Choose one.");
  typed->n_jumps = 1;
  question_field (typed, "name")->is_focused = TRUE;
  chosen->n_jumps = 2;
  question_field (chosen, "child")->is_focused = TRUE;
  narrator = make_narrator (state, PV_ROUTE_HEADSET);
  pv_narrator_show (narrator, typed, "en");
  assert_hears (narrator, "Name, to fill in, empty|Write your name.");
  pv_narrator_show (narrator, chosen, "en");
  assert_hears (narrator, "A child?|Yes, choice 1 of 2|Choose one.");
}

static void
a_statement_and_what_is_wrong_with_it_are_one_sentence (void **test)
{
  g_autoptr (PvScreenState) state = pv_screen_state_new (PV_SCREEN_CHECK, "check"), next = NULL;
  g_autoptr (PvNarrator) narrator = NULL;
  PvField *field;

  (void) test;
  pv_screen_state_add_field (state, PV_FIELD_STATEMENT, "true", "All is true.");
  next = pv_screen_state_new (PV_SCREEN_CHECK, "check");
  field = pv_screen_state_add_field (next, PV_FIELD_STATEMENT, "true", "All is true.");
  field->error = g_strdup ("Tick this box.");
  narrator = make_narrator (state, PV_ROUTE_LOUDSPEAKER);
  pv_narrator_show (narrator, next, "en");
  assert_hears (narrator, "Error.|All is true: Tick this box.");
}

static void
a_box_that_is_no_longer_ticked_is_heard (void **test)
{
  g_autoptr (PvScreenState) state = make_question (), next = make_question ();
  g_autoptr (PvNarrator) quiet = NULL, loud = NULL;

  (void) test;
  question_field (state, "child")->kind = question_field (next, "child")->kind = PV_FIELD_CHOICES;
  choose (state, "child", 0);
  quiet = make_narrator (state, PV_ROUTE_HEADSET);
  loud = make_narrator (state, PV_ROUTE_LOUDSPEAKER);
  pv_narrator_show (quiet, next, "en");
  assert_hears (quiet, "Yes, not selected");
  pv_narrator_show (loud, next, "en");
  assert_hears (loud, "No longer selected.");
}

static void
letters_are_said_as_the_person_likes (void **test)
{
  static const struct {
    PvSpeechEcho echo;
    const char *before, *now, *headset, *loudspeaker;
  } cases[] = {
    { PV_ECHO_LETTERS, "", "M", "capital M", "Character 1 typed." },
    { PV_ECHO_LETTERS, "Ma", "Mar", "r", "Character 3 typed." },
    { PV_ECHO_LETTERS, "Mr", "Mar", "a", "Character 2 typed." },
    { PV_ECHO_LETTERS, "Mar", "Ma", "r erased", "Character 3 erased." },
    { PV_ECHO_LETTERS, "Jean", "Jean ", "space", "Character 5 typed." },
    { PV_ECHO_LETTERS, "", "Martin", "Martin", "6 characters." },
    { PV_ECHO_LETTERS, "Martin", "", "Empty.", "0 characters." },
    { PV_ECHO_WORDS, "Jea", "Jean", "", "" },
    { PV_ECHO_WORDS, "Le Jean", "Le Jean ", "Jean", "Word typed." },
    { PV_ECHO_WORDS, "Jean", "Jea", "n erased", "Character 4 erased." },
    { PV_ECHO_NOTHING, "", "M", "", "" },
    { PV_ECHO_NOTHING, "M", "", "", "" },
  };

  (void) test;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (PvSpeechRoute route = PV_ROUTE_LOUDSPEAKER; route <= PV_ROUTE_HEADSET; route++) {
      g_autoptr (PvScreenState) state = make_question (), next = make_question ();
      g_autoptr (PvNarrator) narrator = NULL;

      type_into (state, "name", cases[i].before);
      type_into (next, "name", cases[i].now);
      narrator = make_narrator (state, route);
      pv_narrator_set_echo (narrator, cases[i].echo);
      pv_narrator_typed (narrator, "name", cases[i].now);
      pv_narrator_show (narrator, next, "en"); /* nothing twice */
      assert_hears (narrator, route == PV_ROUTE_HEADSET ? cases[i].headset : cases[i].loudspeaker);
    }
}

/* Two keys may come before the screen does. */
static void
letters_faster_than_the_screen_are_each_said (void **test)
{
  g_autoptr (PvScreenState) state = make_question ();
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_HEADSET);

  (void) test;
  pv_narrator_typed (narrator, "name", "j");
  assert_hears (narrator, "j");
  pv_narrator_typed (narrator, "name", "ja");
  assert_hears (narrator, "a");
}

static PvScreenState *
make_all (void)
{
  PvScreenState *state = make_question ();
  PvField *field;

  type_into (state, "name", "Martin");
  question_field (state, "name")->accept_label = g_strdup ("Accept");
  question_field (state, "name")->keep_label = g_strdup ("Keep Martin");
  choose (state, "child", 1);
  pv_field_add_choice (question_field (state, "child"), "later", "Later");
  field = pv_screen_state_add_field (state, PV_FIELD_DATE, "birth", "Date of birth");
  field->part_labels[0] = g_strdup ("day");
  field->part_labels[1] = g_strdup ("month");
  field->parts[0] = g_strdup ("13");
  field = pv_screen_state_add_field (state, PV_FIELD_STATEMENT, "true", "All is true.");
  pv_field_add_choice (field, "yes", "All is true.")->selected = TRUE;
  field = pv_screen_state_add_field (state, PV_FIELD_CHOICES, "likes", "Likes");
  pv_field_add_choice (field, "a", "Films");
  pv_field_add_choice (field, "b", "Books")->enabled = FALSE;
  field = pv_screen_state_add_field (state, PV_FIELD_SUMMARY, "rows", NULL);
  pv_field_add_row (field, "You", NULL);
  for (guint i = 0; i < 9; i++) {
    g_autofree char *label = g_strdup_printf ("Row %u", i + 1);
    PvSummaryRow *row = pv_field_add_row (field, label, "Martin");

    row->edit_target = g_strdup (label);
    row->edit_spoken = g_strdup_printf ("Edit: %s", label);
  }
  return state;
}

static void
where_the_keys_are_is_said_with_its_place_and_state (void **test)
{
  static const struct {
    PvFocus focus;
    const char *headset, *loudspeaker;
  } cases[] = {
    { { PV_FOCUS_FIELD, "name", 0 }, "Name, to fill in, Martin", "Name, to fill in" },
    { { PV_FOCUS_FIELD, "birth", 0 }, "Date of birth, day, to fill in, 13", "Date of birth, day, to fill in" },
    { { PV_FOCUS_FIELD, "birth", 1 }, "Date of birth, month, to fill in, empty", "Date of birth, month, to fill in" },
    { { PV_FOCUS_CHOICE, "child", 1 }, "No, choice 2 of 3, selected", "No, choice 2 of 3" },
    { { PV_FOCUS_CHOICE, "child", 0 }, "Yes, choice 1 of 3", "Yes, choice 1 of 3" },
    { { PV_FOCUS_CHOICE, "likes", 0 }, "Films, box 1 of 2, not selected", "Films, box 1 of 2, not selected" },
    { { PV_FOCUS_CHOICE, "likes", 1 }, "Books, box 2 of 2, not available", "Books, box 2 of 2, not available" },
    { { PV_FOCUS_CHOICE, "true", 0 }, "Box: All is true., selected", "Box: All is true., selected" },
    { { PV_FOCUS_ROW, "rows", 4 }, "Edit: Row 4, 4 of 9|Martin", "Edit: Row 4, 4 of 9" },
    { { PV_FOCUS_ACTION, NULL, 0 }, "Continue, button", "Continue, button" },
    { { PV_FOCUS_ACCEPT, "name", 0 }, "Accept, button", "Accept, button" },
    { { PV_FOCUS_KEEP, "name", 0 }, "Keep Martin, button", "Keep my answer, button" },
    { { PV_FOCUS_LIFT, "name", 0 }, "", "" },
    { { PV_FOCUS_KEY, "e acute", 0 }, "e acute", "e acute" },
    { { PV_FOCUS_BUTTON, "Next page", 0 }, "Next page, button", "Next page, button" },
    { { PV_FOCUS_NOWHERE, NULL, 0 }, "", "" },
    { { PV_FOCUS_FIELD, "gone", 0 }, "", "" },
    { { PV_FOCUS_CHOICE, "child", 7 }, "", "" },
    { { PV_FOCUS_ROW, "rows", 77 }, "", "" },
    { { PV_FOCUS_ACTION, NULL, 77 }, "", "" },
  };

  (void) test;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (PvSpeechRoute route = PV_ROUTE_LOUDSPEAKER; route <= PV_ROUTE_HEADSET; route++) {
      g_autoptr (PvScreenState) state = make_all ();
      g_autoptr (PvNarrator) narrator = make_narrator (state, route);

      pv_narrator_focus (narrator, &cases[i].focus);
      assert_hears (narrator, route == PV_ROUTE_HEADSET ? cases[i].headset : cases[i].loudspeaker);
    }
}

/* In a screen of another language: what nobody translated is French, what is said about it is not. */
static void
where_the_keys_are_what_is_not_translated_is_said_in_french (void **test)
{
  static const struct {
    PvFocus focus;
    const char *said;
  } cases[] = {
    { { PV_FOCUS_FIELD, "name", 0 }, "fr Nom|en to fill in, Martin" },
    { { PV_FOCUS_CHOICE, "child", 1 }, "fr Non|en choice 2 of 3, selected" },
    { { PV_FOCUS_CHOICE, "child", 0 }, "en Yes, choice 1 of 3" },
  };

  (void) test;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvScreenState) state = make_all ();
    g_autoptr (PvNarrator) narrator = NULL;
    g_autoptr (GString) said = g_string_new (NULL);
    PvField *name = question_field (state, "name");
    PvChoice *yes = question_field (state, "child")->choices->pdata[0];
    PvChoice *no = question_field (state, "child")->choices->pdata[1];

    name->official_label = g_strdup ("Nom");
    g_free (name->label);
    name->label = g_strdup ("Nom");
    g_free (name->spoken_label);
    name->spoken_label = g_strdup ("Nom");
    yes->official = g_strdup ("Oui");
    g_free (no->label);
    no->label = g_strdup ("Non");
    no->official = g_strdup ("Non");
    narrator = make_narrator (state, PV_ROUTE_HEADSET);
    pv_narrator_focus (narrator, &cases[i].focus);
    for (PvSpeechOrder *order = pv_narrator_pop (narrator); order != NULL; order = pv_narrator_pop (narrator)) {
      const PvSpeechEvent ended = { .kind = PV_SPEECH_ENDED, .id = order->id };

      g_string_append_printf (said, "%s%s %s", said->len > 0 ? "|" : "", order->language, order->text);
      pv_speech_order_free (order);
      pv_narrator_event (narrator, &ended);
    }
    assert_string_equal (said->str, cases[i].said);
  }
}

static void
what_a_mediator_proposes_is_heard_when_it_comes (void **test)
{
  g_autoptr (PvScreenState) before = make_question (), now = make_question ();
  PvField *field = question_field (now, "name");
  g_autoptr (PvNarrator) narrator = make_narrator (before, PV_ROUTE_HEADSET);

  (void) test;
  field->proposal = g_strdup ("Claire proposes:");
  field->proposal_value = g_strdup ("\u201cDurand\u201d");
  field->accept_label = g_strdup ("Accept");
  pv_narrator_show (narrator, now, "en");
  assert_hears (narrator, "Claire proposes:|\u201cDurand\u201d|Accept");
}

static void
a_code_is_masked_on_the_loudspeaker (void **test)
{
  g_autoptr (PvScreenState) state = pv_screen_state_new (PV_SCREEN_IDENTITY, "card");
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_CODE, "card-code", "Six digits");
  g_autoptr (PvNarrator) narrator = NULL;

  (void) test;
  field->value = g_strdup ("12");
  field->is_personal = TRUE;
  narrator = make_narrator (state, PV_ROUTE_LOUDSPEAKER);
  pv_narrator_typed (narrator, "card-code", "123");
  assert_hears (narrator, "Character 3 typed.");
}

static void
a_part_of_a_date_is_echoed (void **test)
{
  g_autoptr (PvScreenState) state = make_all ();
  g_autoptr (PvNarrator) narrator = make_narrator (state, PV_ROUTE_HEADSET);

  (void) test;
  pv_narrator_typed (narrator, "birth/month", "1");
  assert_hears (narrator, "1");
  pv_narrator_typed (narrator, "birth/day", "1");
  assert_hears (narrator, "3 erased");
}

static void
in_french_the_words_are_those_of_the_screen (void **test)
{
  g_autoptr (PvScreenState) state = make_all ();
  g_autoptr (PvNarrator) narrator = NULL;
  static const struct {
    PvFocus focus;
    const char *said;
  } cases[] = {
    { { PV_FOCUS_CHOICE, "child", 1 }, "No, choix 2 sur 3, choisi" },
    { { PV_FOCUS_ROW, "rows", 4 }, "Edit: Row 4, 4 sur 9|Martin" },
    { { PV_FOCUS_ACTION, NULL, 0 }, "Continue, bouton" },
  };

  (void) test;
  g_setenv ("LANGUAGE", "fr", TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("PV_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  narrator = make_narrator (state, PV_ROUTE_HEADSET);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    pv_narrator_focus (narrator, &cases[i].focus);
    assert_hears (narrator, cases[i].said);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_sentence_is_said_by_itself),
    cmocka_unit_test (no_sentence_is_endless),
    cmocka_unit_test (of_the_same_screen_only_what_changed_is_said),
    cmocka_unit_test (an_error_is_said_before_all_else),
    cmocka_unit_test (after_a_jump_what_is_to_be_mended_is_said),
    cmocka_unit_test (a_statement_and_what_is_wrong_with_it_are_one_sentence),
    cmocka_unit_test (a_box_that_is_no_longer_ticked_is_heard),
    cmocka_unit_test (letters_are_said_as_the_person_likes),
    cmocka_unit_test (letters_faster_than_the_screen_are_each_said),
    cmocka_unit_test (where_the_keys_are_is_said_with_its_place_and_state),
    cmocka_unit_test (where_the_keys_are_what_is_not_translated_is_said_in_french),
    cmocka_unit_test (what_a_mediator_proposes_is_heard_when_it_comes),
    cmocka_unit_test (a_code_is_masked_on_the_loudspeaker),
    cmocka_unit_test (a_part_of_a_date_is_echoed),
    cmocka_unit_test (in_french_the_words_are_those_of_the_screen), /* last: it changes the language */
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

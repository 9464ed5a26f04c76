/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <string.h>

#include "core/screen-state.h"

static PvScreenState *
sample (void)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_QUESTION, "question-1");
  PvField *field;
  PvChoice *choice;
  PvSummaryRow *row;
  PvNotice *notice;

  state->step_text = g_strdup ("step text");
  pv_screen_state_set_banner (state, PV_TONE_SUCCESS, "banner who", "banner may");
  state->title = g_strdup ("title text");
  state->help = g_strdup ("help text");
  state->page_text = g_strdup ("page text");
  state->error_summary = g_strdup ("summary text");
  notice = pv_screen_state_add_notice (state, PV_TONE_INFO, "info", "notice text");
  notice->strong = g_strdup ("strong text");
  field = pv_screen_state_add_field (state, PV_FIELD_INPUT, "1", "label text");
  field->help = g_strdup ("field help");
  field->error = g_strdup ("field error");
  field->value = g_strdup ("typed text");
  field->is_personal = TRUE;
  field->proposal = g_strdup ("proposal text");
  field->proposal_value = g_strdup ("proposal value");
  field->accept_label = g_strdup ("accept label");
  field->keep_label = g_strdup ("keep label");
  field->privacy = g_strdup ("privacy text");
  field->lift_label = g_strdup ("lift label");
  field = pv_screen_state_add_field (state, PV_FIELD_CHOICE, "2", "choice label");
  choice = pv_field_add_choice (field, "a", "first choice");
  choice->detail = g_strdup ("choice detail");
  choice->selected = TRUE;
  field->is_personal = TRUE;
  field = pv_screen_state_add_field (state, PV_FIELD_SUMMARY, "3", "rows label");
  row = pv_field_add_row (field, "row label", "row value");
  row->edit_spoken = g_strdup ("edit row");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, "action label");
  return state;
}

static const PvUtterance *
find_said (const GPtrArray *speech, const char *text)
{
  for (guint i = 0; i < speech->len; i++) {
    const PvUtterance *utterance = speech->pdata[i];

    if (strstr (utterance->text, text) != NULL)
      return utterance;
  }
  return NULL;
}

static void
everything_that_can_be_read_is_said_in_order (void **test)
{
  const char *texts[] = { "step text",      "banner who",    "banner may",  "title text",  "help text",
                          "page text",      "summary text",  "notice text", "strong text", "proposal text",
                          "proposal value", "accept label",  "keep label",  "label text",  "field help",
                          "field error",    "privacy text",  "lift label",  "typed text",  "choice label",
                          "first choice",   "choice detail", "rows label",  "row label",   "row value",
                          "edit row",       "action label" };
  g_autoptr (PvScreenState) state = sample ();
  g_autoptr (GPtrArray) speech = pv_screen_state_speech (state);

  (void) test;
  assert_int_equal (speech->len, G_N_ELEMENTS (texts));
  for (guint i = 0; i < speech->len; i++) {
    const PvUtterance *utterance = speech->pdata[i];

    assert_non_null (strstr (utterance->text, texts[i]));
  }
}

/* As block, action band and help band stand. */
static void
actions_are_in_the_order_in_which_they_are_drawn (void **test)
{
  static const struct {
    PvActionRole role;
    PvIntentionKind intention;
  } added[] = { { PV_ROLE_PRIMARY, PV_DO_NEXT },   { PV_ROLE_HELP, PV_DO_CALL_MEDIATOR },
                { PV_ROLE_DANGER, PV_DO_ERASE },   { PV_ROLE_BACK, PV_DO_BACK },
                { PV_ROLE_OPTION, PV_DO_DECLINE }, { PV_ROLE_JUMP, PV_DO_JUMP },
                { PV_ROLE_HELP, PV_DO_OPEN_LOOK }, { PV_ROLE_SECONDARY, PV_DO_OPEN_WORDS },
                { PV_ROLE_CARD, PV_DO_PRINT },     { PV_ROLE_SECONDARY, PV_DO_FINISH } };
  static const PvIntentionKind wanted[] = { PV_DO_JUMP,          PV_DO_ERASE,      PV_DO_DECLINE, PV_DO_PRINT,
                                            PV_DO_BACK,          PV_DO_OPEN_WORDS, PV_DO_FINISH,  PV_DO_NEXT,
                                            PV_DO_CALL_MEDIATOR, PV_DO_OPEN_LOOK };
  g_autoptr (PvScreenState) state = pv_screen_state_new (PV_SCREEN_QUESTION, "question");

  (void) test;
  for (guint i = 0; i < G_N_ELEMENTS (added); i++)
    pv_screen_state_add_action (state, added[i].role, added[i].intention, "label");
  pv_screen_state_sort_actions (state);
  assert_int_equal (state->actions->len, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    assert_int_equal (((const PvAction *) state->actions->pdata[i])->intention, wanted[i]);
}

static void
on_welcome_what_begins_is_said_before_the_languages (void **test)
{
  g_autoptr (PvScreenState) state = pv_screen_state_new (PV_SCREEN_WELCOME, "welcome");
  g_autoptr (GPtrArray) speech = NULL;

  (void) test;
  pv_screen_state_add_notice (state, PV_TONE_INFO, "info", "notice text");
  pv_field_add_choice (pv_screen_state_add_field (state, PV_FIELD_TILES, "languages", "field label"), "fr", "language");
  pv_screen_state_add_action (state, PV_ROLE_HELP, PV_DO_OPEN_LOOK, "look label");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_START, "start label");
  pv_screen_state_sort_actions (state);
  speech = pv_screen_state_speech (state);
  assert_int_equal (speech->len, 5);
  assert_string_equal (((const PvUtterance *) speech->pdata[0])->text, "notice text");
  assert_string_equal (((const PvUtterance *) speech->pdata[1])->text, "start label");
  assert_string_equal (((const PvUtterance *) speech->pdata[4])->text, "look label");
}

static void
what_a_person_answered_is_for_the_headset_only (void **test)
{
  const char *personal[] = { "typed text", "first choice", "row value", "proposal value", "keep label" };
  const char *open[] = { "title text", "label text", "choice label", "row label", "action label" };
  g_autoptr (PvScreenState) state = sample ();
  g_autoptr (GPtrArray) speech = pv_screen_state_speech (state);

  (void) test;
  for (guint i = 0; i < G_N_ELEMENTS (personal); i++)
    assert_true (find_said (speech, personal[i])->is_personal);
  for (guint i = 0; i < G_N_ELEMENTS (open); i++)
    assert_false (find_said (speech, open[i])->is_personal);
}

/* "482 913" is a number to a voice, and nobody can write it down. */
static void
a_code_is_said_digit_by_digit (void **test)
{
  g_autoptr (PvScreenState) state = pv_screen_state_new (PV_SCREEN_CALL, "call");
  PvField *code = pv_screen_state_add_field (state, PV_FIELD_REFERENCE, "call-code", "label text");
  g_autoptr (GPtrArray) speech = NULL, others = NULL;

  (void) test;
  code->value = g_strdup ("482\302\240913");
  speech = pv_screen_state_speech (state);
  assert_non_null (find_said (speech, "4 8 2, 9 1 3"));
  g_free (code->value);
  code->value = g_strdup ("18-2047");
  others = pv_screen_state_speech (state);
  assert_non_null (find_said (others, "1 8, dash, 2 0 4 7"));
}

static void
what_a_mediator_points_at_is_heard_as_well (void **test)
{
  g_autoptr (PvScreenState) state = sample ();
  g_autoptr (GPtrArray) before = pv_screen_state_speech (state), speech = NULL;

  (void) test;
  assert_null (find_said (before, "The mediator shows this:"));
  ((PvField *) pv_screen_state_find_field (state, "1"))->is_pointed = TRUE;
  ((PvAction *) pv_screen_state_find_action (state, PV_DO_NEXT))->is_pointed = TRUE;
  speech = pv_screen_state_speech (state);
  assert_int_equal (speech->len, before->len + 2);
  assert_string_equal (((const PvUtterance *) speech->pdata[speech->len - 2])->text, "The mediator shows this:");
}

static void
a_choice_is_said_with_its_state (void **test)
{
  g_autoptr (PvScreenState) state = sample ();
  g_autoptr (GPtrArray) speech = pv_screen_state_speech (state);

  (void) test;
  assert_string_equal (find_said (speech, "first choice")->text, "first choice, selected");
}

static void
an_action_that_cannot_be_done_is_said_not_to_be_available (void **test)
{
  g_autoptr (PvScreenState) state = sample ();
  g_autoptr (GPtrArray) speech = NULL;

  (void) test;
  ((PvAction *) pv_screen_state_find_action (state, PV_DO_NEXT))->is_enabled = FALSE;
  speech = pv_screen_state_speech (state);
  assert_string_equal (find_said (speech, "action label")->text, "action label, not available");
}

static void
a_label_that_repeats_the_title_is_said_once (void **test)
{
  g_autoptr (PvScreenState) state = pv_screen_state_new (PV_SCREEN_QUESTION, "question-1");
  g_autoptr (GPtrArray) speech = NULL;

  (void) test;
  state->title = g_strdup ("title text");
  pv_screen_state_add_field (state, PV_FIELD_INPUT, "1", NULL);
  speech = pv_screen_state_speech (state);
  assert_int_equal (speech->len, 1);
}

/* The commune and the place have French names, whatever the language; after Welcome they are the same all the time. */
static void
welcome_begins_with_where_it_is_and_others_end_with_it (void **test)
{
  g_autoptr (PvScreenState) welcome = pv_screen_state_new (PV_SCREEN_WELCOME, "welcome"), other = sample ();
  g_autoptr (GPtrArray) speech = NULL, elsewhere = NULL;

  (void) test;
  welcome->commune = g_strdup ("Ville de Montclair");
  other->commune = g_strdup ("Ville de Montclair");
  welcome->place = g_strdup ("Mairie annexe");
  speech = pv_screen_state_speech (welcome);
  elsewhere = pv_screen_state_speech (other);
  assert_string_equal (((const PvUtterance *) speech->pdata[0])->text, "Ville de Montclair");
  assert_string_equal (((const PvUtterance *) speech->pdata[0])->language, "fr");
  assert_string_equal (((const PvUtterance *) speech->pdata[1])->text, "Mairie annexe");
  assert_string_equal (((const PvUtterance *) elsewhere->pdata[elsewhere->len - 1])->text, "Ville de Montclair");
}

static void
how_far_it_is_is_said (void **test)
{
  g_autoptr (PvScreenState) state = pv_screen_state_new (PV_SCREEN_IDENTITY, "identity-reading");
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_PROGRESS, "reading", "label text");
  g_autoptr (GPtrArray) speech = NULL;

  (void) test;
  field->has_percent = TRUE;
  field->percent = 60;
  speech = pv_screen_state_speech (state);
  assert_non_null (find_said (speech, "60 %"));
}

static void
every_screen_has_a_name_of_its_own (void **test)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  (void) test;
  for (guint id = 0; id < PV_N_SCREENS; id++)
    assert_true (g_hash_table_add (names, (gpointer) pv_screen_id_name (id)));
}

static void
who_keeps_a_state_has_it_until_they_let_go (void **state)
{
  PvScreenState *screen = sample ();
  const PvScreenState *kept = pv_screen_state_ref (screen);

  (void) state;
  pv_screen_state_free (screen);
  assert_string_equal (((const PvField *) kept->fields->pdata[0])->value, "typed text");
  pv_screen_state_free ((PvScreenState *) kept);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (everything_that_can_be_read_is_said_in_order),
    cmocka_unit_test (actions_are_in_the_order_in_which_they_are_drawn),
    cmocka_unit_test (on_welcome_what_begins_is_said_before_the_languages),
    cmocka_unit_test (what_a_person_answered_is_for_the_headset_only),
    cmocka_unit_test (a_code_is_said_digit_by_digit),
    cmocka_unit_test (what_a_mediator_points_at_is_heard_as_well),
    cmocka_unit_test (a_choice_is_said_with_its_state),
    cmocka_unit_test (an_action_that_cannot_be_done_is_said_not_to_be_available),
    cmocka_unit_test (a_label_that_repeats_the_title_is_said_once),
    cmocka_unit_test (welcome_begins_with_where_it_is_and_others_end_with_it),
    cmocka_unit_test (how_far_it_is_is_said),
    cmocka_unit_test (every_screen_has_a_name_of_its_own),
    cmocka_unit_test (who_keeps_a_state_has_it_until_they_let_go),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the keys of a tactile pad do in the window. Every key comes from the X server. */
#include "tst.h"

#include <gdk/x11/gdkx.h>
#include <gtk/gtk.h>
#include <string.h>

#include "pad-hands.h"
#include "view/controls.h"
#include "view/keyboard.h"
#include "view/theme.h"

enum { WIDTH = 1080, HEIGHT = 1900, RING_MS = 10500, HELD_MS = 3000 };

static int
set_up (void **state)
{
  *state = pad_hands_new (WIDTH, HEIGHT, 0);
  return 0;
}

static int
set_up_trembling (void **state)
{
  *state = pad_hands_new (WIDTH, HEIGHT, 300);
  return 0;
}

static int
tear_down (void **state)
{
  pad_hands_free (*state);
  return 0;
}

static void
add_actions (PvScreenState *state)
{
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_BACK, "Back");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, "Continue");
  pv_screen_state_add_action (state, PV_ROLE_HELP, PV_DO_CALL_MEDIATOR, "Call a mediator");
}

static PvScreenState *
names (const char *key, const char *error)
{
  static const char *const ids[] = { "first", "last" };
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_QUESTION, key);

  state->title = g_strdup ("Who are you?");
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    PvField *field = pv_screen_state_add_field (state, PV_FIELD_INPUT, ids[i], i == 0 ? "First name" : "Family name");

    field->max_chars = 60;
    field->error = i == 1 ? g_strdup (error) : NULL;
  }
  add_actions (state);
  return state;
}

static PvScreenState *
choices (const char *key, guint n, guint disabled)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_QUESTION, key);
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_CHOICE, "school", NULL);

  state->title = g_strdup ("Which school?");
  for (guint i = 0; i < n; i++) {
    g_autofree char *id = g_strdup_printf ("s%u", i);

    g_autofree char *label = g_strdup_printf ("School number %u of the town", i);

    pv_field_add_choice (field, id, label)->enabled = i != disabled;
  }
  add_actions (state);
  return state;
}

static void
show (PadHands *hands, PvScreenState *state)
{
  pad_hands_show (hands, state);
  pv_screen_state_free (state);
}

static void
expect_at (PadHands *hands, const char *wanted)
{
  g_autofree char *where = pad_hands_where (hands);

  assert_string_equal (where, wanted);
}

static void
press (PadHands *hands, const char *key)
{
  assert_true (pad_hands_press (hands, key));
}

static gboolean
has_ring (PadHands *hands)
{
  return gtk_window_get_focus_visible (GTK_WINDOW (hands->window));
}

/* GTK's names and numbers. */
static void
the_names_of_keys_are_those_of_gdk (void **state)
{
  (void) state;
  for (guint i = 0; pv_keypad_get_key_name (i) != NULL; i++) {
    const char *name = pv_keypad_get_key_name (i);

    if (gdk_keyval_from_name (name) != pv_keypad_key_from_name (name))
      fail_msg ("%s", name);
  }
  for (guint i = 1; i <= 35; i++) {
    g_autofree char *name = g_strdup_printf ("F%u", i);

    assert_int_equal (gdk_keyval_from_name (name), pv_keypad_key_from_name (name));
  }
  for (guint i = 0; i <= 9; i++) {
    g_autofree char *name = g_strdup_printf ("KP_%u", i);

    assert_int_equal (gdk_keyval_from_name (name), pv_keypad_key_from_name (name));
  }
}

static void
next_and_previous_go_around_in_the_order_of_the_state (void **state)
{
  static const char *const order[] = { "entry:first",           "keys:entry:first", "entry:last",
                                       "keys:entry:last",       "action:back::",    "action:next::",
                                       "action:call-mediator::" };
  PadHands *hands = *state;

  assert_true (pad_hands_present (hands));
  show (hands, choices ("question-1", 2, 9));
  press (hands, "Tab");
  show (hands, names ("question-2", NULL));
  for (guint i = 0; i <= G_N_ELEMENTS (order); i++) {
    expect_at (hands, order[i % G_N_ELEMENTS (order)]);
    press (hands, "Tab");
  }
  assert_true (pad_hands_press_with (hands, "Tab", "Shift_L"));
  for (guint i = 0; i <= G_N_ELEMENTS (order); i++) {
    expect_at (hands, order[(G_N_ELEMENTS (order) - i) % G_N_ELEMENTS (order)]);
    press (hands, "KP_Subtract");
  }
  assert_int_equal (hands->said->len, 0);
}

/* A pad may have nothing but arrows and the key that presses. */
static void
arrows_alone_are_enough (void **state)
{
  PadHands *hands = *state;

  assert_true (pad_hands_present (hands));
  show (hands, choices ("question-1", 2, 9));
  press (hands, "Down");
  expect_at (hands, "choice:school:s0");
  press (hands, "Right");
  expect_at (hands, "choice:school:s1");
  press (hands, "Left");
  press (hands, "Up");
  expect_at (hands, "action:call-mediator::");
  press (hands, "Down");
  press (hands, "Return");
  assert_string_equal (pad_hands_last_said (hands), "choose|school|s0");
  show (hands, names ("question-2", NULL));
  expect_at (hands, "entry:first");
  press (hands, "Return");
  expect_at (hands, "keys:entry:first");
  press (hands, "Up");
  expect_at (hands, "entry:first");
  press (hands, "Down");
  for (guint i = 0; i < PV_KEYS_MAX_ROWS; i++) {
    g_autofree char *where = pad_hands_where (hands);

    if (g_str_equal (where, "entry:last"))
      break;
    press (hands, "Down");
  }
  expect_at (hands, "entry:last");
}

static void
letters_are_typed_with_the_keys_on_the_screen (void **state)
{
  PadHands *hands = *state;

  assert_true (pad_hands_present (hands));
  show (hands, names ("question-1", NULL));
  assert_true (pad_hands_go (hands, "entry:last"));
  press (hands, "Return");
  expect_at (hands, "keys:entry:last");
  assert_true (pad_hands_type (hands, "noé"));
  assert_string_equal (pad_hands_last_said (hands), "type|last|Noé");
  expect_at (hands, "keys:entry:last");
  press (hands, "Tab");
  expect_at (hands, "action:back::");
}

/* The letter is there when the key is, and the same one twice is not judged twice. */
static void
a_letter_is_typed_at_once (void **state)
{
  PadHands *hands = *state;

  assert_true (pad_hands_present (hands));
  show (hands, names ("question-1", NULL));
  assert_true (pad_hands_go (hands, "entry:last"));
  press (hands, "Return");
  pv_keyboard_set_debounce_ms (
    PV_KEYBOARD (gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (hands->window)), PV_TYPE_KEYBOARD)), 10000);
  press (hands, "Return");
  assert_string_equal (pad_hands_last_said (hands), "type|last|A");
  press (hands, "Return");
  assert_string_equal (pad_hands_last_said (hands), "type|last|Aa");
}

static void
the_caret_moves_before_the_focus_does (void **state)
{
  PadHands *hands = *state;
  PvScreenState *screen = names ("question-1", NULL);

  ((PvField *) screen->fields->pdata[0])->value = g_strdup ("No");
  assert_true (pad_hands_present (hands));
  show (hands, screen);
  assert_true (pad_hands_go (hands, "entry:first"));
  press (hands, "Left");
  press (hands, "Left");
  expect_at (hands, "entry:first");
  press (hands, "Left");
  expect_at (hands, "action:call-mediator::");
}

static void
what_is_disabled_is_passed_over (void **state)
{
  PadHands *hands = *state;

  assert_true (pad_hands_present (hands));
  show (hands, choices ("question-1", 3, 1));
  press (hands, "Tab");
  expect_at (hands, "choice:school:s0");
  press (hands, "Tab");
  expect_at (hands, "choice:school:s2");
}

/* With several fields the first that is wrong, else the first control, whatever had the focus before. */
static void
a_new_screen_begins_at_its_first_control_or_at_what_is_wrong (void **state)
{
  PadHands *hands = *state;

  assert_true (pad_hands_present (hands));
  show (hands, names ("question-1", NULL));
  assert_true (pad_hands_go (hands, "action:next::"));
  show (hands, choices ("question-2", 3, 0));
  expect_at (hands, "choice:school:s1");
  show (hands, names ("question-3", "Give the name."));
  expect_at (hands, "entry:last");
  show (hands, names ("question-4", NULL));
  expect_at (hands, "entry:first");
  assert_true (pad_hands_go (hands, "action:next::"));
  show (hands, names ("question-4", "Give the name."));
  expect_at (hands, "entry:last");
  press (hands, "Tab");
  show (hands, names ("question-4", "Give the name."));
  expect_at (hands, "keys:entry:last");
}

/* An answer that was right, and with one more digit is not. */
static void
what_goes_wrong_while_somebody_types_leaves_them_there (void **state)
{
  PadHands *hands = *state;

  assert_true (pad_hands_present (hands));
  show (hands, names ("question-1", NULL));
  show (hands, names ("question-1", NULL)); /* at the size that the window has now */
  assert_true (pad_hands_go (hands, "keys:entry:first"));
  show (hands, names ("question-1", "Give the name."));
  expect_at (hands, "keys:entry:first");
  assert_true (pad_hands_go (hands, "entry:first"));
  show (hands, names ("question-1", NULL));
  show (hands, names ("question-1", "Give the name."));
  expect_at (hands, "entry:first");
}

static void
where_a_screen_puts_the_keys_is_told_once (void **state)
{
  PadHands *hands = *state;
  g_autoptr (PvScreenState) next = choices ("question-2", 2, 9), same = choices ("question-2", 2, 9);
  PvFocus focus = { 0 };

  assert_true (pad_hands_present (hands));
  show (hands, choices ("question-1", 2, 9));
  assert_false (pv_kiosk_window_get_placed (hands->window, next, &focus)); /* for a finger nothing has the focus */
  press (hands, "Tab");
  pad_hands_show (hands, next);
  assert_true (pv_kiosk_window_get_placed (hands->window, next, &focus));
  assert_int_equal (focus.kind, PV_FOCUS_CHOICE);
  assert_string_equal (focus.id, "school");
  assert_int_equal (focus.index, 0);
  assert_false (pv_kiosk_window_get_placed (hands->window, next, &focus));
  pad_hands_show (hands, same);
  assert_false (pv_kiosk_window_get_placed (hands->window, same, &focus));
}

static void
nothing_is_pressed_that_was_not_met (void **state)
{
  PadHands *hands = *state;

  assert_true (pad_hands_present (hands));
  show (hands, choices ("question-1", 2, 9));
  press (hands, "Return");
  assert_int_equal (hands->said->len, 0);
  expect_at (hands, "choice:school:s0");
  press (hands, "Return");
  assert_string_equal (pad_hands_last_said (hands), "choose|school|s0");
}

/* What had the focus is gone, and the same key must work at once on what has it now. */
static void
a_button_that_goes_leaves_the_focus_where_it_was (void **state)
{
  PadHands *hands = *state;
  PvScreenState *screen;

  assert_true (pad_hands_present (hands));
  show (hands, choices ("question-1", 3, 9));
  assert_true (pad_hands_go (hands, "choice:school:s1"));
  press (hands, "Return");
  show (hands, choices ("question-1", 3, 1));
  pad_hands_run_for (50);
  expect_at (hands, "choice:school:s2");
  press (hands, "Return");
  assert_string_equal (pad_hands_last_said (hands), "choose|school|s2");
  screen = choices ("question-1", 3, 1);
  ((PvAction *) screen->actions->pdata[0])->is_enabled = FALSE;
  show (hands, screen);
  press (hands, "Return");
  assert_int_equal (hands->said->len, 3);
}

static void
disable_cb (const PvIntention *intention, gpointer user_data)
{
  PvScreenState *screen = choices ("question-1", 3, 1);

  (void) intention;
  pv_kiosk_window_show_state (((PadHands *) user_data)->window, screen);
  pv_screen_state_free (screen);
}

/* Within the press; its key goes up when the button is no more. */
static void
a_key_works_again_after_it_took_its_button_away (void **state)
{
  PadHands *hands = *state;

  assert_true (pad_hands_present (hands));
  show (hands, choices ("question-1", 3, 9));
  assert_true (pad_hands_go (hands, "choice:school:s1"));
  hands->obey = disable_cb;
  hands->user_data = hands;
  press (hands, "Return");
  pad_hands_run_for (50);
  expect_at (hands, "choice:school:s2");
  press (hands, "Return");
  assert_string_equal (pad_hands_last_said (hands), "choose|school|s2");
}

static void
replace_actions_cb (const PvIntention *intention, gpointer user_data)
{
  PvScreenState *screen = choices ("question-1", 3, 9);

  (void) intention;
  pv_screen_state_add_action (screen, PV_ROLE_OPTION, PV_DO_LATER, "Bring it later");
  ((PvAction *) screen->actions->pdata[1])->intention = PV_DO_SEND;
  pv_kiosk_window_show_state (((PadHands *) user_data)->window, screen);
  pv_screen_state_free (screen);
}

static void
a_key_works_again_after_its_button_was_replaced (void **state)
{
  PadHands *hands = *state;

  assert_true (pad_hands_present (hands));
  show (hands, choices ("question-1", 3, 9));
  assert_true (pad_hands_go (hands, "action:next::"));
  hands->obey = replace_actions_cb;
  hands->user_data = hands;
  press (hands, "Return");
  pad_hands_run_for (50);
  press (hands, "Return");
  assert_int_equal (hands->said->len, 2);
}

static PvScreenState *
done (gboolean can_print)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_DONE, "done");

  state->title = g_strdup ("Your request was received");
  pv_screen_state_add_action (state, PV_ROLE_CARD, PV_DO_PRINT, "Print")->is_enabled = can_print;
  pv_screen_state_add_action (state, PV_ROLE_CARD, PV_DO_SHOW_QR, "On my phone");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_FINISH, "I have finished");
  return state;
}

static void
print_cb (const PvIntention *intention, gpointer user_data)
{
  PvScreenState *screen = done (FALSE);

  (void) intention;
  pv_kiosk_window_show_state (((PadHands *) user_data)->window, screen);
  pv_screen_state_free (screen);
}

static void
a_card_that_was_disabled_hands_the_focus_on (void **state)
{
  PadHands *hands = *state;

  assert_true (pad_hands_present (hands));
  show (hands, done (TRUE));
  assert_true (pad_hands_go (hands, "action:print::"));
  hands->obey = print_cb;
  hands->user_data = hands;
  press (hands, "Return");
  expect_at (hands, "action:show-qr::");
  assert_int_equal (hands->n_unseen, 0);
  press (hands, "Return");
  assert_string_equal (pad_hands_last_said (hands), "show-qr||");
}

static void
the_ring_stays_for_ten_seconds_and_goes_with_a_touch (void **state)
{
  PadHands *hands = *state;
  guint n_touched = 0;
  g_autoptr (GListModel) controllers = NULL;

  assert_true (pad_hands_present (hands));
  show (hands, choices ("question-1", 2, 9));
  press (hands, "Tab");
  assert_true (has_ring (hands));
  pad_hands_run_for (RING_MS);
  assert_true (has_ring (hands));
  show (hands, choices ("question-2", 2, 9));
  assert_true (has_ring (hands));
  assert_true (gtk_widget_get_state_flags (gtk_window_get_focus (GTK_WINDOW (hands->window)))
               & GTK_STATE_FLAG_FOCUS_VISIBLE);
  controllers = gtk_widget_observe_controllers (GTK_WIDGET (hands->window));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (!GTK_IS_GESTURE_CLICK (controller)
        || gtk_event_controller_get_propagation_phase (controller) != GTK_PHASE_CAPTURE)
      continue;
    n_touched++;
    g_signal_emit_by_name (controller, "pressed", 1, 10.0, 10.0);
  }
  assert_true (n_touched > 0);
  assert_false (has_ring (hands));
  show (hands, choices ("question-3", 2, 9));
  expect_at (hands, ""); /* a finger needs no focus */
}

/* EN 301 549, 5.7 */
static void
a_key_held_for_three_seconds_moves_once (void **state)
{
  PadHands *hands = *state;

  assert_true (pad_hands_present (hands));
  show (hands, choices ("question-1", 5, 9));
  assert_true (pad_hands_push (hands, "Down", TRUE));
  pad_hands_run_for (HELD_MS);
  assert_true (pad_hands_push (hands, "Down", FALSE));
  pad_hands_run_for (50);
  expect_at (hands, "choice:school:s0");
  press (hands, "Down");
  expect_at (hands, "choice:school:s1");
}

/* EN 301 549, 5.8: the window counts by the time of the events. */
static void
two_presses_within_a_tenth_of_a_second_are_one (void **state)
{
  PadHands *hands = *state;

  assert_true (pad_hands_present (hands));
  show (hands, choices ("question-1", 5, 9));
  press (hands, "Down");
  press (hands, "Down");
  expect_at (hands, "choice:school:s0");
  press (hands, "Right"); /* another key is meant */
  expect_at (hands, "choice:school:s1");
  pad_hands_run_for (350);
  press (hands, "Down");
  expect_at (hands, "choice:school:s2");
}

/* Two keys of a pad, though one of a keyboard. */
static void
the_next_one_may_follow_the_previous_one_at_once (void **state)
{
  PadHands *hands = *state;

  assert_true (pad_hands_present (hands));
  show (hands, choices ("question-1", 5, 9));
  press (hands, "Down");
  press (hands, "Tab");
  expect_at (hands, "choice:school:s1");
  assert_true (pad_hands_press_with (hands, "Tab", "Shift_L"));
  expect_at (hands, "choice:school:s0");
  assert_true (pad_hands_press_with (hands, "Tab", "Shift_L"));
  expect_at (hands, "choice:school:s0");
}

static void
back_and_help_do_what_the_screen_offers (void **state)
{
  PadHands *hands = *state;
  PvScreenState *bare = pv_screen_state_new (PV_SCREEN_GOODBYE, "goodbye");

  assert_true (pad_hands_present (hands));
  show (hands, choices ("question-1", 2, 9));
  press (hands, "Escape");
  assert_string_equal (pad_hands_last_said (hands), "back||");
  press (hands, "F13");
  assert_string_equal (pad_hands_last_said (hands), "call-mediator||");
  bare->title = g_strdup ("Goodbye");
  show (hands, bare);
  press (hands, "Escape");
  press (hands, "F13");
  press (hands, "F16");
  press (hands, "Tab");
  press (hands, "Return");
  assert_int_equal (hands->said->len, 2);
}

static PvScreenState *
consent (PvScreenId id)
{
  PvScreenState *state = pv_screen_state_new (id, id == PV_SCREEN_CONSENT ? "consent" : "other");

  state->title = g_strdup ("May Claire see this screen?");
  pv_screen_state_add_action (state, PV_ROLE_SECONDARY, PV_DO_REFUSE, "No");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_GRANT, "Yes");
  pv_screen_state_add_action (state, PV_ROLE_HELP, PV_DO_STOP_HELP, "Stop the help");
  return state;
}

static void
yes_and_no_answer_a_mediator_and_nothing_else (void **state)
{
  PadHands *hands = *state;

  assert_true (pad_hands_present (hands));
  show (hands, consent (PV_SCREEN_QUESTION));
  press (hands, "F17");
  press (hands, "F18");
  assert_int_equal (hands->said->len, 0);
  show (hands, consent (PV_SCREEN_CONSENT));
  press (hands, "F17");
  assert_string_equal (pad_hands_last_said (hands), "grant||");
  press (hands, "F18");
  assert_string_equal (pad_hands_last_said (hands), "refuse||");
  press (hands, "F16");
  assert_string_equal (pad_hands_last_said (hands), "stop-help||");
}

static void
keys_of_the_voice_are_passed_on (void **state)
{
  PadHands *hands = *state;

  assert_true (pad_hands_present (hands));
  show (hands, choices ("question-1", 2, 9));
  press (hands, "F14");
  press (hands, "XF86AudioRaiseVolume");
  press (hands, "XF86AudioLowerVolume");
  assert_int_equal (hands->heard->len, 3);
  assert_string_equal (hands->heard->pdata[0], "repeat");
  assert_string_equal (hands->heard->pdata[1], "louder");
  assert_string_equal (hands->heard->pdata[2], "softer");
  assert_int_equal (hands->said->len, 0);
}

/* As it is on the way in: a card can be done without, and a human is one key away. */
static void
without_a_card_and_a_mediator_are_reached_from_the_card (void **state)
{
  PadHands *hands = *state;
  PvScreenState *screen = pv_screen_state_new (PV_SCREEN_IDENTITY, "identity");
  PvField *code;

  screen->title = g_strdup ("Lay your card on the reader");
  pv_screen_state_add_field (screen, PV_FIELD_CARD, "card", "The six digits are at the bottom right.");
  code = pv_screen_state_add_field (screen, PV_FIELD_CODE, "code", "Six digits");
  code->input = PV_INPUT_DIGITS;
  code->max_chars = 6;
  g_free (code->spoken_label);
  code->spoken_label = g_strdup ("Six digits");
  pv_screen_state_add_action (screen, PV_ROLE_OPTION, PV_DO_WITHOUT_CARD, "Without a card");
  add_actions (screen);
  assert_true (pad_hands_present (hands));
  show (hands, choices ("question-1", 2, 9));
  press (hands, "Tab");
  show (hands, screen);
  expect_at (hands, "entry:code");
  assert_true (pad_hands_go (hands, "action:without-card::"));
  press (hands, "Return");
  assert_string_equal (pad_hands_last_said (hands), "without-card||");
  assert_true (pad_hands_go (hands, "action:call-mediator::"));
  press (hands, "Return");
  assert_string_equal (pad_hands_last_said (hands), "call-mediator||");
}

/* Pages that the view makes of what does not fit follow the focus, and are turned by their buttons, too. */
static void
pages_are_turned (void **state)
{
  PadHands *hands = *state;

  assert_true (pad_hands_present (hands));
  show (hands, choices ("question-1", 30, 99));
  press (hands, "Tab");
  for (guint i = 0; i < 30; i++) {
    g_autofree char *wanted = g_strdup_printf ("choice:school:s%u", i);

    expect_at (hands, wanted);
    if (i == 29)
      pad_hands_run_for (50); /* the last page is drawn */
    press (hands, "Tab");
  }
  expect_at (hands, "page:previous");
  for (guint i = 0; i < 8; i++) {
    g_autofree char *where = pad_hands_where (hands);

    if (!g_str_equal (where, "page:previous"))
      break;
    press (hands, "Return");
    pad_hands_run_for (50);
  }
  expect_at (hands, "page:next"); /* the first page has no previous one */
  press (hands, "Return");
  pad_hands_run_for (50);
  press (hands, "KP_Subtract");
  expect_at (hands, "page:previous");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_names_of_keys_are_those_of_gdk),
    cmocka_unit_test_setup_teardown (next_and_previous_go_around_in_the_order_of_the_state, set_up, tear_down),
    cmocka_unit_test_setup_teardown (arrows_alone_are_enough, set_up, tear_down),
    cmocka_unit_test_setup_teardown (letters_are_typed_with_the_keys_on_the_screen, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_letter_is_typed_at_once, set_up, tear_down),
    cmocka_unit_test_setup_teardown (the_caret_moves_before_the_focus_does, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_is_disabled_is_passed_over, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_new_screen_begins_at_its_first_control_or_at_what_is_wrong, set_up, tear_down),
    cmocka_unit_test_setup_teardown (where_a_screen_puts_the_keys_is_told_once, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_goes_wrong_while_somebody_types_leaves_them_there, set_up, tear_down),
    cmocka_unit_test_setup_teardown (nothing_is_pressed_that_was_not_met, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_button_that_goes_leaves_the_focus_where_it_was, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_key_works_again_after_it_took_its_button_away, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_key_works_again_after_its_button_was_replaced, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_card_that_was_disabled_hands_the_focus_on, set_up, tear_down),
    cmocka_unit_test_setup_teardown (the_ring_stays_for_ten_seconds_and_goes_with_a_touch, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_key_held_for_three_seconds_moves_once, set_up, tear_down),
    cmocka_unit_test_setup_teardown (two_presses_within_a_tenth_of_a_second_are_one, set_up_trembling, tear_down),
    cmocka_unit_test_setup_teardown (the_next_one_may_follow_the_previous_one_at_once, set_up_trembling, tear_down),
    cmocka_unit_test_setup_teardown (back_and_help_do_what_the_screen_offers, set_up, tear_down),
    cmocka_unit_test_setup_teardown (yes_and_no_answer_a_mediator_and_nothing_else, set_up, tear_down),
    cmocka_unit_test_setup_teardown (keys_of_the_voice_are_passed_on, set_up, tear_down),
    cmocka_unit_test_setup_teardown (without_a_card_and_a_mediator_are_reached_from_the_card, set_up, tear_down),
    cmocka_unit_test_setup_teardown (pages_are_turned, set_up, tear_down),
  };

  tst_init ();
  gtk_disable_setlocale ();
  pv_theme_prepare ();
  if (!gtk_init_check ())
    return 77;
  return cmocka_run_group_tests (tests, NULL, NULL);
}

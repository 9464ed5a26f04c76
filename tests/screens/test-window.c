/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window does with touches and keys, on a display of its own. */
#include "tst.h"

#include <X11/extensions/XTest.h>
#include <gdk/x11/gdkx.h>
#include <gtk/gtk.h>
#include <string.h>

#include "view/column.h"
#include "view/controls.h"
#include "view/keyboard.h"
#include "view/answer-entry.h"
#include "view/kiosk-window.h"
#include "view/screen-view.h"
#include "view/theme.h"

enum {
  WAIT_MS = 5000,
  AFTER_MS = 400, /* longer than GTK shows a button pressed, and than a second touch is dropped */
  HELD_MS = 1000, /* X repeats a key after 660 ms */
};

typedef struct {
  PvKioskWindow *window;
  GPtrArray *said; /* (element-type char): "kind|target|value" of each intention */
  gboolean is_painted;
} Fixture;

static void
intention_cb (PvKioskWindow *window, const PvIntention *intention, gpointer user_data)
{
  Fixture *fixture = user_data;

  (void) window;
  g_ptr_array_add (fixture->said, g_strdup_printf ("%s|%s|%s", pv_intention_kind_name (intention->kind),
                                                   intention->target != NULL ? intention->target : "",
                                                   intention->value != NULL ? intention->value : ""));
}

static void
painted_cb (PvKioskWindow *window, gpointer user_data)
{
  (void) window;
  ((Fixture *) user_data)->is_painted = TRUE;
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  PvViewConfig config = { .commune = "Ville de Montclair", .width = 1080, .height = 1900, .touch.debounce_ms = 300 };

  fixture->said = g_ptr_array_new_with_free_func (g_free);
  fixture->window = pv_kiosk_window_new (NULL, &config);
  g_signal_connect (fixture->window, "intention", G_CALLBACK (intention_cb), fixture);
  g_signal_connect (fixture->window, "painted", G_CALLBACK (painted_cb), fixture);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_ptr_array_unref (fixture->said);
  g_free (fixture);
  return 0;
}

static PvScreenState *
question (const char *key, const char *value, const char *error)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_QUESTION, key);
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_INPUT, "name", "Family name");

  state->title = g_strdup ("What is the child's name?");
  state->progress = 0.5;
  field->value = g_strdup (value);
  field->error = g_strdup (error);
  field->is_focused = TRUE;
  g_free (field->spoken_label);
  field->spoken_label = g_strdup ("Family name");
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_BACK, "Back")->is_enabled = TRUE;
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, "Continue")->is_enabled = TRUE;
  return state;
}

static void
show (Fixture *fixture, PvScreenState *state)
{
  pv_kiosk_window_show_state (fixture->window, state);
  pv_screen_state_free (state);
}

static void
present (Fixture *fixture)
{
  pv_kiosk_window_present (fixture->window);
  assert_true (tst_pump_until (NULL, &fixture->is_painted, WAIT_MS));
}

static GtkWidget *
find (Fixture *fixture, const char *focus_id)
{
  GtkWidget *widget = pv_find_focus_id (GTK_WIDGET (fixture->window), focus_id);

  assert_non_null (widget);
  return widget;
}

static GtkWidget *
find_key (GtkWidget *root, const char *label)
{
  if (GTK_IS_BUTTON (root) && gtk_widget_has_css_class (root, "key")
      && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_key (child, label);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
touch_key (Fixture *fixture, const char *label)
{
  GtkWidget *key = find_key (GTK_WIDGET (fixture->window), label);

  assert_non_null (key);
  g_signal_emit_by_name (key, "clicked");
}

static const char *
last_said (Fixture *fixture)
{
  return fixture->said->len > 0 ? g_ptr_array_index (fixture->said, fixture->said->len - 1) : "";
}

static void
keys_on_the_screen_type_into_the_field (void **state)
{
  Fixture *fixture = *state;

  show (fixture, question ("question-1", NULL, NULL));
  present (fixture);
  touch_key (fixture, "N");
  assert_string_equal (last_said (fixture), "type|name|N");
  touch_key (fixture, "O");
  assert_string_equal (last_said (fixture), "type|name|No");
  touch_key (fixture, "É");
  assert_string_equal (last_said (fixture), "type|name|Noé");
  touch_key (fixture, "Delete");
  assert_string_equal (last_said (fixture), "type|name|No");
}

static void
a_trembling_finger_types_one_letter (void **state)
{
  Fixture *fixture = *state;

  show (fixture, question ("question-1", NULL, NULL));
  present (fixture);
  touch_key (fixture, "L");
  touch_key (fixture, "L");
  assert_string_equal (last_said (fixture), "type|name|L");
}

static void
the_same_screen_keeps_focus_and_caret (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *entry;

  show (fixture, question ("question-1", "Martin", NULL));
  present (fixture);
  entry = find (fixture, "entry:name");
  gtk_editable_set_position (GTK_EDITABLE (entry), 2);
  show (fixture, question ("question-1", "Martin", "Give the name."));
  assert_ptr_equal (find (fixture, "entry:name"), entry);
  assert_int_equal (gtk_editable_get_position (GTK_EDITABLE (entry)), 2);
  assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), entry));
  assert_int_equal (fixture->said->len, 0);
}

static void
another_screen_has_another_entry (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *first;

  show (fixture, question ("question-1", "Martin", NULL));
  present (fixture);
  first = find (fixture, "entry:name");
  g_object_add_weak_pointer (G_OBJECT (first), (gpointer *) &first);
  show (fixture, question ("question-2", NULL, NULL));
  assert_null (first);
  assert_string_equal (gtk_editable_get_text (GTK_EDITABLE (find (fixture, "entry:name"))), "");
}

static void
enter_in_the_field_is_the_primary_action (void **state)
{
  Fixture *fixture = *state;

  show (fixture, question ("question-1", "Martin", NULL));
  present (fixture);
  g_signal_emit_by_name (pv_answer_entry_get_text_widget (PV_ANSWER_ENTRY (find (fixture, "entry:name"))), "activate");
  assert_int_equal (fixture->said->len, 1);
  assert_string_equal (last_said (fixture), "next||");
}

static void
run_for (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

/* Also where the screen that it leads to takes the button away. */
static void
next_screen_cb (PvKioskWindow *window, const PvIntention *intention, gpointer user_data)
{
  (void) window;
  (void) intention;
  show (user_data, question ("question-2", NULL, NULL));
}

static void
a_key_acts_at_once_and_once (void **state)
{
  Fixture *fixture = *state;

  show (fixture, question ("question-1", "Martin", NULL));
  present (fixture);
  g_signal_connect (fixture->window, "intention", G_CALLBACK (next_screen_cb), fixture);
  assert_true (gtk_widget_activate (find (fixture, "action:next::")));
  assert_int_equal (fixture->said->len, 1);
  assert_string_equal (gtk_editable_get_text (GTK_EDITABLE (find (fixture, "entry:name"))), "");
  run_for (AFTER_MS);
  assert_int_equal (fixture->said->len, 1);
}

/* A key of a keyboard that is plugged in, held long enough for the X server to repeat it. */
static void
hold_key (Fixture *fixture, guint keysym)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (fixture->window));
  Display *display = gdk_x11_display_get_xdisplay (gdk_surface_get_display (surface));
  KeyCode keycode = XKeysymToKeycode (display, keysym);

  XSetInputFocus (display, gdk_x11_surface_get_xid (surface), RevertToParent, CurrentTime);
  XAutoRepeatOn (display);
  XTestFakeKeyEvent (display, keycode, True, CurrentTime);
  XFlush (display);
  run_for (HELD_MS);
  XTestFakeKeyEvent (display, keycode, False, CurrentTime);
  XFlush (display);
  run_for (AFTER_MS);
}

static void
a_key_that_is_held_acts_once (void **state)
{
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_space };
  static const char *const places[] = { "entry:name", "action:next::", "action:next::" };
  Fixture *fixture = *state;

  show (fixture, question ("question-1", "Martin", NULL));
  present (fixture);
  pv_send_set_debounce_ms (0); /* it would hide the repeats */
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    gtk_widget_grab_focus (find (fixture, places[i]));
    g_ptr_array_set_size (fixture->said, 0);
    hold_key (fixture, keys[i]);
    assert_int_equal (fixture->said->len, 1);
    assert_string_equal (last_said (fixture), "next||");
  }
}

static void
tab_goes_from_field_to_keyboard_to_back_to_continue (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *window = GTK_WIDGET (fixture->window);

  show (fixture, question ("question-1", "Martin", NULL));
  present (fixture);
  assert_true (gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD));
  assert_true (gtk_widget_has_css_class (gtk_window_get_focus (GTK_WINDOW (window)), "key"));
  assert_true (gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD));
  assert_ptr_equal (gtk_window_get_focus (GTK_WINDOW (window)), find (fixture, "action:back::"));
  assert_true (gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD));
  assert_ptr_equal (gtk_window_get_focus (GTK_WINDOW (window)), find (fixture, "action:next::"));
}

static void
a_key_used_with_the_keypad_types_where_the_caret_was (void **state)
{
  Fixture *fixture = *state;

  show (fixture, question ("question-1", "Mar", NULL));
  present (fixture);
  gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD);
  touch_key (fixture, "T");
  assert_string_equal (last_said (fixture), "type|name|Mart");
}

static void
fields_have_no_menu_no_undo_and_a_name (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *entry;
  GtkText *text;

  show (fixture, question ("question-1", "Martin", NULL));
  present (fixture);
  entry = find (fixture, "entry:name");
  text = GTK_TEXT (pv_answer_entry_get_text_widget (PV_ANSWER_ENTRY (entry)));
  assert_false (gtk_editable_get_enable_undo (GTK_EDITABLE (entry)));
  assert_null (gtk_text_get_extra_menu (text));
  assert_true (gtk_text_get_input_hints (text) & GTK_INPUT_HINT_NO_EMOJI);
  assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_RELATION_LABELLED_BY));
}

static void
answers_may_come_after_their_question (void **state)
{
  static const char *const kinds[] = { "a", "b", "c" };
  Fixture *fixture = *state;

  for (guint n = 0; n <= G_N_ELEMENTS (kinds); n += G_N_ELEMENTS (kinds)) {
    PvScreenState *asked = pv_screen_state_new (PV_SCREEN_QUESTION, "question-2");
    PvField *field = pv_screen_state_add_field (asked, PV_FIELD_CHOICE, "school", NULL);

    asked->title = g_strdup ("Which school?");
    for (guint i = 0; i < n; i++)
      pv_field_add_choice (field, kinds[i], kinds[i]);
    show (fixture, asked);
    assert_int_equal (pv_find_focus_id (GTK_WIDGET (fixture->window), "choice:school:b") != NULL, n > 0);
  }
}

static void
a_key_keeps_its_spoken_name_when_capitals_change (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *key;

  show (fixture, question ("question-1", NULL, NULL));
  present (fixture);
  key = find_key (GTK_WIDGET (fixture->window), "É");
  assert_non_null (key);
  assert_null (gtk_test_accessible_check_property (GTK_ACCESSIBLE (key), GTK_ACCESSIBLE_PROPERTY_LABEL, "e acute"));
  /* A name by relation would go before it. */
  assert_false (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (key), GTK_ACCESSIBLE_RELATION_LABELLED_BY));
}

static void
the_window_cannot_be_closed (void **state)
{
  Fixture *fixture = *state;

  show (fixture, question ("question-1", NULL, NULL));
  present (fixture);
  gtk_window_close (GTK_WINDOW (fixture->window));
  for (int i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
}

static void
capacity_shrinks_when_the_text_grows (void **state)
{
  Fixture *fixture = *state;
  const PvLook large = { .text_percent = 200, .theme = "light", .language = "en" },
               usual = { .text_percent = 100, .theme = "light", .language = "en" };
  PvCapacity before, after;

  show (fixture, question ("question-1", NULL, NULL));
  present (fixture);
  pv_kiosk_window_get_capacity (fixture->window, &before);
  pv_kiosk_window_set_look (fixture->window, &large);
  show (fixture, question ("question-1", NULL, NULL));
  pv_kiosk_window_get_capacity (fixture->window, &after);
  pv_kiosk_window_set_look (fixture->window, &usual);
  assert_in_range (before.lines, 15, 40);
  assert_in_range (before.chars_per_line, 30, 70);
  assert_true (after.lines < before.lines);
  assert_true (after.chars_per_line < before.chars_per_line);
}

static void
a_warm_window_is_realized_and_not_shown (void **state)
{
  Fixture *fixture = *state;

  show (fixture, question ("question-1", NULL, NULL));
  pv_kiosk_window_warm_up (fixture->window);
  assert_true (gtk_widget_get_realized (GTK_WIDGET (fixture->window)));
  assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
  assert_int_equal (pv_kiosk_window_get_last_frame_age_ms (fixture->window), -1);
  present (fixture);
  assert_in_range (pv_kiosk_window_get_last_frame_age_ms (fixture->window), 0, WAIT_MS);
}

static int
height_for (GtkWidget *widget, int width)
{
  int natural = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static void
a_column_that_was_empty_is_measured_at_its_width (void **state)
{
  enum { NARROW = 100 };
  GtkWidget *outer = g_object_ref_sink (pv_column_new ());
  GtkWidget *inner = pv_column_new ();

  (void) state;
  gtk_box_append (GTK_BOX (outer), inner);
  gtk_widget_get_request_mode (outer); /* as GTK does of what is not shown, and keeps the answer */
  gtk_box_append (GTK_BOX (inner), pv_text_new ("Words that need several lines when there is little room", NULL));
  assert_true (height_for (outer, NARROW) > height_for (outer, 100 * NARROW));
  g_object_unref (outer);
}

static void
contrast_is_that_of_wcag (void **state)
{
  const GdkRGBA white = { 1, 1, 1, 1 }, black = { 0, 0, 0, 1 };

  (void) state;
  assert_true (pv_theme_contrast (&white, &black) > 20.9 && pv_theme_contrast (&black, &white) < 21.1);
  assert_true (pv_theme_contrast (&white, &white) < 1.01);
}

static void
a_phone_number_reads_the_same_from_the_right (void **state)
{
  GtkWidget *label = g_object_ref_sink (gtk_label_new (NULL));

  (void) state;
  pv_text_update (label, "03 86 00 00 00");
  assert_string_equal (gtk_label_get_text (GTK_LABEL (label)), "03 86 00 00 00");
  gtk_widget_set_direction (label, GTK_TEXT_DIR_RTL);
  pv_text_update (label, "03 86 00 00 00");
  assert_string_equal (gtk_label_get_text (GTK_LABEL (label)), "\342\200\21603 86 00 00 00");
  pv_text_update (label, "4 rue des Tilleuls");
  assert_string_equal (gtk_label_get_text (GTK_LABEL (label)), "4 rue des Tilleuls");
  g_object_unref (label);
}

static void
what_stays_the_same_is_kept (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *back, *next, *key;
  PvScreenState *other;

  show (fixture, question ("question-1", "Martin", NULL));
  present (fixture);
  back = find (fixture, "action:back::");
  key = find_key (GTK_WIDGET (fixture->window), "N");
  gtk_widget_grab_focus (back);
  show (fixture, question ("question-2", NULL, NULL));
  assert_ptr_equal (find (fixture, "action:back::"), back);
  assert_ptr_equal (find_key (GTK_WIDGET (fixture->window), "N"), key);
  assert_ptr_equal (gtk_window_get_default_widget (GTK_WINDOW (fixture->window)), find (fixture, "action:next::"));
  assert_false (gtk_widget_has_focus (back)); /* another screen begins at its first field */
  touch_key (fixture, "N");
  assert_string_equal (last_said (fixture), "type|name|N"); /* a new field begins with a capital */

  next = find (fixture, "action:next::");
  other = question ("question-3", NULL, NULL);
  ((PvAction *) g_ptr_array_index (other->actions, 1))->is_enabled = FALSE;
  show (fixture, other);
  assert_ptr_not_equal (find (fixture, "action:next::"), next);
  assert_false (gtk_widget_is_sensitive (find (fixture, "action:next::")));
}

static void
keys_type_what_they_show_on_every_page (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *first, *again;

  show (fixture, question ("question-1", NULL, NULL));
  present (fixture);
  first = find_key (GTK_WIDGET (fixture->window), "A");
  touch_key (fixture, "123");
  assert_null (find_key (GTK_WIDGET (fixture->window), "A"));
  touch_key (fixture, "7");
  assert_string_equal (last_said (fixture), "type|name|7");
  touch_key (fixture, "ABC");
  again = find_key (GTK_WIDGET (fixture->window), "A");
  assert_ptr_equal (again, first);
  assert_true (gtk_widget_get_prev_sibling (again) == NULL);
  touch_key (fixture, "A");
  assert_string_equal (last_said (fixture), "type|name|7a");
}

static void
another_language_has_other_buttons_and_keys (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *back, *key;

  show (fixture, question ("question-1", NULL, NULL));
  present (fixture);
  back = g_object_ref (find (fixture, "action:back::"));
  key = g_object_ref (find_key (GTK_WIDGET (fixture->window), "N"));
  pv_kiosk_window_set_language (fixture->window, "en", FALSE);
  show (fixture, question ("question-1", NULL, NULL));
  assert_ptr_not_equal (find (fixture, "action:back::"), back);
  assert_ptr_not_equal (find_key (GTK_WIDGET (fixture->window), "N"), key);
  g_object_unref (back);
  g_object_unref (key);
}

/* Parts of the screen before are still there, hidden. */
static void
what_is_drawn_has_a_name_where_it_is (void **state)
{
  static const char *const names[] = { "name", "action:back", "action:next" };
  Fixture *fixture = *state;
  PvScreenView *view = PV_SCREEN_VIEW (gtk_window_get_child (GTK_WINDOW (fixture->window)));
  PvScreenState *welcome = pv_screen_state_new (PV_SCREEN_WELCOME, "welcome");
  graphene_rect_t box;

  welcome->title = g_strdup ("Welcome");
  pv_screen_state_add_action (welcome, PV_ROLE_PRIMARY, PV_DO_START, "Touch to start")->is_enabled = TRUE;
  show (fixture, welcome);
  present (fixture);
  assert_true (pv_screen_view_find (view, "action:start", &box));
  show (fixture, question ("question-1", "Martin", NULL));
  fixture->is_painted = FALSE;
  present (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *name = NULL;
    assert_true (pv_screen_view_find (view, names[i], &box));
    assert_true (box.size.height > 50);
    name = pv_screen_view_name_at (view, (double) box.origin.x + (double) box.size.width / 2,
                                   (double) box.origin.y + (double) box.size.height - 10);
    assert_string_equal (name, names[i]);
  }
  assert_false (pv_screen_view_find (view, "action:start", &box));
  assert_false (pv_screen_view_find (view, "surname", &box));
  assert_null (pv_screen_view_name_at (view, 540, 300)); /* the empty space above the question */
}

#define with_window(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

/* Two answers are wrong; @focused: 0 or 1. */
static PvScreenState *
wrong_pair (guint focused, guint n_jumps)
{
  PvScreenState *state = question ("pair", "", "Write your answer.");
  PvField *other = pv_screen_state_add_field (state, PV_FIELD_INPUT, "town", "Town");
  PvAction *jump = pv_screen_state_add_action (state, PV_ROLE_JUMP, PV_DO_JUMP, "Town");

  other->error = g_strdup ("Write your answer.");
  other->is_focused = focused == 1;
  ((PvField *) state->fields->pdata[0])->is_focused = focused == 0;
  jump->target = g_strdup ("town");
  state->n_jumps = n_jumps;
  return state;
}

static gboolean
is_focus_inside (Fixture *fixture, const char *field)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  for (; focus != NULL; focus = gtk_widget_get_parent (focus))
    if (g_strcmp0 (pv_get_point_name (focus), field) == 0)
      return TRUE;
  return FALSE;
}

static void
a_touch_on_what_is_wrong_leads_to_it_and_typing_leads_nowhere (void **state)
{
  Fixture *fixture = *state;

  show (fixture, wrong_pair (0, 1));
  present (fixture);
  assert_true (is_focus_inside (fixture, "name"));
  g_ptr_array_set_size (fixture->said, 0);
  gtk_widget_activate (find (fixture, "action:jump:town:"));
  assert_true (fixture->said->len > 0);
  assert_string_equal (fixture->said->pdata[0], "jump|town|");
  show (fixture, wrong_pair (1, 2));
  assert_true (is_focus_inside (fixture, "town"));
  show (fixture, wrong_pair (0, 2)); /* no jump: the focus stays */
  assert_true (is_focus_inside (fixture, "town"));
  show (fixture, wrong_pair (0, 3));
  assert_true (is_focus_inside (fixture, "name"));
}

/* An address; @error: (nullable): of the street, which then does not fit on the first page. */
static PvScreenState *
address (const char *error)
{
  static const char *const names[] = { "Street", "Building", "Postcode", "Town" };
  PvScreenState *state = question ("address", "12", NULL);

  ((PvField *) state->fields->pdata[0])->is_focused = error == NULL;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    PvField *field = pv_screen_state_add_field (state, PV_FIELD_INPUT, names[i], names[i]);

    field->help = g_strdup ("As it is written on the letters that come to you.");
    field->error = g_strdup (g_str_equal (names[i], "Street") ? error : NULL);
    field->is_focused = field->error != NULL;
  }
  return state;
}

static gboolean
is_seen (Fixture *fixture, const char *field)
{
  PvScreenView *view = PV_SCREEN_VIEW (gtk_window_get_child (GTK_WINDOW (fixture->window)));
  graphene_rect_t box;
  g_autofree char *name = NULL;

  fixture->is_painted = FALSE;
  present (fixture);
  assert_true (pv_screen_view_find (view, field, &box));
  name = pv_screen_view_name_at (view, (double) box.origin.x + (double) box.size.width / 2,
                                 (double) box.origin.y + (double) box.size.height - 30);
  return g_strcmp0 (name, field) == 0;
}

static GtkWidget *
find_entry (GtkWidget *root)
{
  GtkWidget *found = GTK_IS_ENTRY (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_entry (child);
  return found;
}

static GtkWidget *
find_entry_of (Fixture *fixture, const char *field)
{
  GtkWidget *view = pv_find_point_name (GTK_WIDGET (fixture->window), field);

  assert_non_null (view);
  return find_entry (view);
}

static void
with_very_large_letters_the_page_of_what_is_wrong_is_shown (void **state)
{
  const PvLook large = { .text_percent = 200, .theme = "light", .language = "en" },
               usual = { .text_percent = 100, .theme = "light", .language = "en" };
  Fixture *fixture = *state;
  gboolean is_wrong_seen, is_mended_seen;

  pv_kiosk_window_set_look (fixture->window, &large);
  show (fixture, address (NULL));
  present (fixture);
  show (fixture, address ("Write the number and the name of the street, as on a letter."));
  is_wrong_seen = is_seen (fixture, "Street");
  show (fixture, address (NULL)); /* while it is typed: the error goes, and pages begin elsewhere */
  is_mended_seen = is_seen (fixture, "Street");
  pv_kiosk_window_set_look (fixture->window, &usual);
  assert_true (is_wrong_seen);
  assert_true (is_mended_seen);
}

/* @n_fields, of which the last takes digits; a label of @n_lines makes another height. */
static PvScreenState *
many_fields (guint n_fields, guint n_lines)
{
  g_autofree char *key = g_strdup_printf ("many-%u-%u", n_fields, n_lines);
  PvScreenState *state = question (key, "", NULL);
  PvField *last = NULL;

  for (guint i = 0; i < n_fields; i++) {
    g_autofree char *id = g_strdup_printf ("%u", i);

    last =
      pv_screen_state_add_field (state, PV_FIELD_INPUT, i + 1 < n_fields ? id : "last", n_lines > 1 ? "A\nB" : "A");
  }
  last->input = PV_INPUT_DIGITS;
  return state;
}

/* Digits have a keyboard that is higher than that of letters: at one of these heights it makes pages of what had fitted. */
static void
another_keyboard_does_not_turn_the_page_away_from_what_is_typed (void **state)
{
  Fixture *fixture = *state;

  for (guint n_fields = 2; n_fields <= 6; n_fields++)
    for (guint n_lines = 1; n_lines <= 2; n_lines++) {
      show (fixture, many_fields (n_fields, n_lines));
      assert_true (is_seen (fixture, "name"));
      gtk_widget_grab_focus (find_entry_of (fixture, "last"));
      if (!is_seen (fixture, "last"))
        fail_msg ("the last of %u is not seen", n_fields);
    }
}

static GtkWidget *
find_class (GtkWidget *root, const char *css_class)
{
  GtkWidget *found = gtk_widget_has_css_class (root, css_class) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_class (child, css_class);
  return found;
}

static void
a_long_step_does_not_break_the_name_of_the_town (void **state)
{
  Fixture *fixture = *state;
  PvScreenState *step = question ("question-1", NULL, NULL);
  GtkWidget *commune;
  int height;

  step->commune = g_strdup ("Ville de Montclair");
  step->step_text = g_strdup ("Step 5 of 9");
  show (fixture, step);
  present (fixture);
  commune = find_class (GTK_WIDGET (fixture->window), "commune");
  assert_non_null (commune);
  height = gtk_widget_get_height (commune);
  step = question ("question-2", NULL, NULL);
  step->commune = g_strdup ("Ville de Montclair");
  step->step_text = g_strdup ("Step 5 of 9 · Person who is responsible 1");
  show (fixture, step);
  fixture->is_painted = FALSE;
  present (fixture);
  assert_int_equal (gtk_widget_get_height (commune), height);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_window (keys_on_the_screen_type_into_the_field),
    with_window (a_trembling_finger_types_one_letter),
    with_window (the_same_screen_keeps_focus_and_caret),
    with_window (a_touch_on_what_is_wrong_leads_to_it_and_typing_leads_nowhere),
    with_window (with_very_large_letters_the_page_of_what_is_wrong_is_shown),
    with_window (another_keyboard_does_not_turn_the_page_away_from_what_is_typed),
    with_window (a_long_step_does_not_break_the_name_of_the_town),
    with_window (another_screen_has_another_entry),
    with_window (enter_in_the_field_is_the_primary_action),
    with_window (a_key_acts_at_once_and_once),
    with_window (a_key_that_is_held_acts_once),
    with_window (tab_goes_from_field_to_keyboard_to_back_to_continue),
    with_window (a_key_used_with_the_keypad_types_where_the_caret_was),
    with_window (fields_have_no_menu_no_undo_and_a_name),
    with_window (answers_may_come_after_their_question),
    with_window (a_key_keeps_its_spoken_name_when_capitals_change),
    with_window (what_stays_the_same_is_kept),
    with_window (keys_type_what_they_show_on_every_page),
    with_window (another_language_has_other_buttons_and_keys),
    with_window (the_window_cannot_be_closed),
    with_window (what_is_drawn_has_a_name_where_it_is),
    with_window (capacity_shrinks_when_the_text_grows),
    with_window (a_warm_window_is_realized_and_not_shown),
    cmocka_unit_test (a_column_that_was_empty_is_measured_at_its_width),
    cmocka_unit_test (a_phone_number_reads_the_same_from_the_right),
    cmocka_unit_test (contrast_is_that_of_wcag),
  };

  tst_init ();
  gtk_disable_setlocale ();
  pv_theme_prepare ();
  if (!gtk_init_check ())
    return 77;
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An ordinary computer: a mouse that is seen, a real keyboard, none on the screen. Every event comes from the X server. */
#include "tst.h"

#include <X11/extensions/XTest.h>
#include <gdk/x11/gdkx.h>
#include <gtk/gtk.h>
#include <string.h>

#include "view/controls.h"
#include "view/keyboard.h"
#include "view/answer-entry.h"
#include "view/kiosk-window.h"
#include "view/theme.h"

enum {
  WAIT_MS = 5000,
  AFTER_MS = 450, /* longer than a second touch is dropped */
  WIDTH = 1366,
  HEIGHT = 768,
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
set_up_as (void **state, gboolean has_desk)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  PvViewConfig config = {
    .commune = "Ville de Montclair", .width = WIDTH, .height = HEIGHT, .touch.debounce_ms = 300, .has_desk = has_desk
  };

  fixture->said = g_ptr_array_new_with_free_func (g_free);
  fixture->window = pv_kiosk_window_new (NULL, &config);
  g_signal_connect (fixture->window, "intention", G_CALLBACK (intention_cb), fixture);
  g_signal_connect (fixture->window, "painted", G_CALLBACK (painted_cb), fixture);
  *state = fixture;
  return 0;
}

static int
set_up (void **state)
{
  return set_up_as (state, TRUE);
}

static int
set_up_kiosk (void **state)
{
  return set_up_as (state, FALSE);
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
question (void)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_QUESTION, "question-1");
  static const char *const ids[] = { "first", "last" };

  state->title = g_strdup ("Who are you?");
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    PvField *field = pv_screen_state_add_field (state, PV_FIELD_INPUT, ids[i], i == 0 ? "First name" : "Family name");

    field->max_chars = 60;
    field->is_focused = i == 0;
  }
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_BACK, "Back");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, "Continue");
  pv_screen_state_add_action (state, PV_ROLE_HELP, PV_DO_OPEN_LOOK, "Read better");
  return state;
}

static PvScreenState *
choices (guint n)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_QUESTION, "question-2");
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_CHOICE, "school", NULL);

  state->title = g_strdup ("Which school?");
  for (guint i = 0; i < n; i++) {
    g_autofree char *id = g_strdup_printf ("s%u", i);

    pv_field_add_choice (field, id, id);
  }
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_BACK, "Back");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, "Continue");
  return state;
}

static void
show (Fixture *fixture, PvScreenState *state)
{
  pv_kiosk_window_show_state (fixture->window, state);
  pv_screen_state_free (state);
}

static Display *
get_display (Fixture *fixture)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (fixture->window));

  return gdk_x11_display_get_xdisplay (gdk_surface_get_display (surface));
}

static void
run_for (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static void
present (Fixture *fixture)
{
  GdkSurface *surface;

  pv_kiosk_window_present (fixture->window);
  assert_true (tst_pump_until (NULL, &fixture->is_painted, WAIT_MS));
  surface = gtk_native_get_surface (GTK_NATIVE (fixture->window));
  XSetInputFocus (get_display (fixture), gdk_x11_surface_get_xid (surface), RevertToParent, CurrentTime);
  XFlush (get_display (fixture));
  run_for (AFTER_MS);
}

static GtkWidget *
find (Fixture *fixture, const char *focus_id)
{
  GtkWidget *widget = pv_find_focus_id (GTK_WIDGET (fixture->window), focus_id);

  assert_non_null (widget);
  return widget;
}

static const char *
last_said (Fixture *fixture)
{
  return fixture->said->len > 0 ? g_ptr_array_index (fixture->said, fixture->said->len - 1) : "";
}

static void
press (Fixture *fixture, guint keysym, guint modifier)
{
  Display *display = get_display (fixture);
  KeyCode keycode = XKeysymToKeycode (display, keysym), held = modifier != 0 ? XKeysymToKeycode (display, modifier) : 0;

  assert_int_not_equal (keycode, 0);
  if (held != 0)
    XTestFakeKeyEvent (display, held, True, CurrentTime);
  XTestFakeKeyEvent (display, keycode, True, CurrentTime);
  XTestFakeKeyEvent (display, keycode, False, CurrentTime);
  if (held != 0)
    XTestFakeKeyEvent (display, held, False, CurrentTime);
  XFlush (display);
  run_for (AFTER_MS);
}

/* To the middle of @widget. */
static void
move_to (Fixture *fixture, GtkWidget *widget)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (fixture->window));
  Display *display = get_display (fixture);
  graphene_point_t middle =
    GRAPHENE_POINT_INIT ((float) gtk_widget_get_width (widget) / 2.0F, (float) gtk_widget_get_height (widget) / 2.0F);
  graphene_point_t where;
  Window child;
  int x, y;

  assert_true (gtk_widget_compute_point (widget, GTK_WIDGET (fixture->window), &middle, &where));
  XTranslateCoordinates (display, gdk_x11_surface_get_xid (surface), DefaultRootWindow (display), (int) where.x,
                         (int) where.y, &x, &y, &child);
  XTestFakeMotionEvent (display, -1, x, y, CurrentTime);
  XFlush (display);
  run_for (AFTER_MS);
}

static void
click (Fixture *fixture, guint button, guint times)
{
  Display *display = get_display (fixture);

  for (guint i = 0; i < times; i++) {
    XTestFakeButtonEvent (display, button, True, CurrentTime);
    XTestFakeButtonEvent (display, button, False, CurrentTime);
  }
  XFlush (display);
  run_for (AFTER_MS);
}

static GtkWidget *
find_keyboard (GtkWidget *root)
{
  if (PV_IS_KEYBOARD (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_keyboard (child);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
the_space_of_the_keys_belongs_to_the_answer (void **state)
{
  Fixture *fixture = *state;

  show (fixture, question ());
  present (fixture);
  assert_false (gtk_widget_get_mapped (find_keyboard (GTK_WIDGET (fixture->window))));
  assert_true (pv_kiosk_window_fits (fixture->window));
  /* At this height only one of them would be seen above the keys. */
  assert_true (gtk_widget_get_mapped (find (fixture, "entry:first")));
  assert_true (gtk_widget_get_mapped (find (fixture, "entry:last")));
}

static void
a_real_keyboard_types_tabs_and_enters (void **state)
{
  static const char *const order[] = { "entry:last", "action:back::", "action:next::", "action:open-look::" };
  Fixture *fixture = *state;

  show (fixture, question ());
  present (fixture);
  press (fixture, GDK_KEY_a, 0);
  assert_string_equal (last_said (fixture), "type|first|a");
  for (guint i = 0; i < G_N_ELEMENTS (order); i++) {
    GtkWidget *wanted = find (fixture, order[i]), *focus;

    press (fixture, GDK_KEY_Tab, 0);
    focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
    assert_true (focus == wanted || gtk_widget_is_ancestor (focus, wanted));
  }
  press (fixture, GDK_KEY_Tab, GDK_KEY_Shift_L);
  assert_ptr_equal (gtk_window_get_focus (GTK_WINDOW (fixture->window)), find (fixture, "action:next::"));
  gtk_widget_grab_focus (find (fixture, "entry:last"));
  g_ptr_array_set_size (fixture->said, 0);
  press (fixture, GDK_KEY_Return, 0);
  assert_int_equal (fixture->said->len, 1);
  assert_string_equal (last_said (fixture), "next||");
}

/* One screen a row: what Escape sends there. */
static void
escape_goes_back_and_never_further (void **state)
{
  static const struct {
    PvActionRole role;
    PvIntentionKind action;
    const char *said;
  } rows[] = {
    { PV_ROLE_BACK, PV_DO_BACK, "back||" },      { PV_ROLE_BACK, PV_DO_CLOSE, "close||" },
    { PV_ROLE_PRIMARY, PV_DO_CLOSE, "close||" }, { PV_ROLE_PRIMARY, PV_DO_STAY, "stay||" },
    { PV_ROLE_DANGER, PV_DO_ERASE, "" },         { PV_ROLE_PRIMARY, PV_DO_FINISH, "" },
    { PV_ROLE_PRIMARY, PV_DO_SEND, "" },         { PV_ROLE_SECONDARY, PV_DO_NO_PAPER, "" },
    { PV_ROLE_PRIMARY, PV_DO_STILL_HERE, "" },
  };
  Fixture *fixture = *state;

  show (fixture, question ());
  present (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *key = g_strdup_printf ("screen-%u", i);
    PvScreenState *screen = pv_screen_state_new (PV_SCREEN_QUIT, key);

    screen->title = g_strdup ("Title");
    pv_screen_state_add_action (screen, rows[i].role, rows[i].action, "Action");
    show (fixture, screen);
    g_ptr_array_set_size (fixture->said, 0);
    press (fixture, GDK_KEY_Escape, 0);
    assert_string_equal (last_said (fixture), rows[i].said);
  }
}

static void
escape_is_nothing_at_a_kiosk (void **state)
{
  Fixture *fixture = *state;

  show (fixture, question ());
  present (fixture);
  press (fixture, GDK_KEY_Escape, 0);
  assert_int_equal (fixture->said->len, 0);
  assert_null (gtk_widget_get_cursor (GTK_WIDGET (fixture->window)));
  assert_false (gtk_widget_has_css_class (GTK_WIDGET (fixture->window), "mouse"));
  assert_true (gtk_widget_get_mapped (find_keyboard (GTK_WIDGET (fixture->window))));
}

static void
keys_that_lead_away_are_still_locked (void **state)
{
  static const guint keys[][2] = {
    { GDK_KEY_q, GDK_KEY_Control_L },
    { GDK_KEY_w, GDK_KEY_Control_L },
    { GDK_KEY_v, GDK_KEY_Control_L },
    { GDK_KEY_F4, GDK_KEY_Alt_L },
    { GDK_KEY_Left, GDK_KEY_Alt_L },
    { GDK_KEY_Tab, GDK_KEY_Alt_L },
    { GDK_KEY_d, GDK_KEY_Super_L },
    { GDK_KEY_Escape, GDK_KEY_Alt_L },
    { GDK_KEY_F1, 0 },
    { GDK_KEY_F11, 0 },
    { GDK_KEY_Menu, 0 },
    { GDK_KEY_Print, 0 },
    { GDK_KEY_Insert, GDK_KEY_Shift_L },
  };
  Fixture *fixture = *state;
  GtkWidget *focus;

  show (fixture, question ());
  present (fixture);
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    press (fixture, keys[i][0], keys[i][1]);
  assert_int_equal (fixture->said->len, 0);
  assert_ptr_equal (gtk_window_get_focus (GTK_WINDOW (fixture->window)), focus);
  assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
}

/* GTK hides it while somebody types, and would then look for a theme. */
static void
over_a_text_it_is_a_beam_also_after_typing (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *entry, *text;

  show (fixture, question ());
  present (fixture);
  entry = find (fixture, "entry:first");
  text = pv_answer_entry_get_text_widget (PV_ANSWER_ENTRY (entry));
  for (guint i = 0; i < 2; i++) {
    GdkCursor *cursor;

    move_to (fixture, find (fixture, "action:next::"));
    press (fixture, GDK_KEY_a, 0);
    move_to (fixture, entry);
    cursor = gtk_widget_get_cursor (text);
    assert_non_null (cursor);
    assert_non_null (gdk_cursor_get_texture (cursor));
  }
}

static void
the_pointer_is_seen_and_what_it_is_over_says_so (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *next;
  GdkCursor *arrow;

  show (fixture, question ());
  present (fixture);
  arrow = gtk_widget_get_cursor (GTK_WIDGET (fixture->window));
  assert_non_null (arrow);
  assert_true (gdk_texture_get_height (gdk_cursor_get_texture (arrow)) >= 40);
  next = find (fixture, "action:next::");
  assert_false (gtk_widget_get_state_flags (next) & GTK_STATE_FLAG_PRELIGHT);
  move_to (fixture, next);
  assert_true (gtk_widget_get_state_flags (next) & GTK_STATE_FLAG_PRELIGHT);
  move_to (fixture, find (fixture, "action:back::"));
  assert_false (gtk_widget_get_state_flags (next) & GTK_STATE_FLAG_PRELIGHT);
  assert_int_equal (fixture->said->len, 0);
}

static void
a_click_is_a_touch_and_a_double_click_is_one (void **state)
{
  Fixture *fixture = *state;

  show (fixture, choices (3));
  present (fixture);
  move_to (fixture, find (fixture, "choice:school:s1"));
  click (fixture, 1, 1);
  assert_int_equal (fixture->said->len, 1);
  assert_string_equal (last_said (fixture), "choose|school|s1");
  move_to (fixture, find (fixture, "choice:school:s2"));
  click (fixture, 1, 2);
  assert_int_equal (fixture->said->len, 2);
}

/* Neither a menu, nor what somebody before selected. */
static void
the_other_buttons_do_nothing (void **state)
{
  Fixture *fixture = *state;

  show (fixture, question ());
  present (fixture);
  for (guint button = 2; button <= 9; button++) {
    move_to (fixture, find (fixture, "entry:first"));
    click (fixture, button, 1);
    move_to (fixture, find (fixture, "action:next::"));
    click (fixture, button, 1);
  }
  assert_int_equal (fixture->said->len, 0);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->window)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_false (GTK_IS_POPOVER (child));
}

/* Pages are turned by their buttons only; nothing moves under the pointer. */
static void
the_wheel_does_nothing (void **state)
{
  Fixture *fixture = *state;
  graphene_rect_t before, after;
  GtkWidget *choice;

  show (fixture, choices (30));
  present (fixture);
  choice = find (fixture, "choice:school:s0");
  move_to (fixture, choice);
  assert_true (gtk_widget_compute_bounds (choice, GTK_WIDGET (fixture->window), &before));
  click (fixture, 5, 10);
  click (fixture, 4, 3);
  assert_int_equal (fixture->said->len, 0);
  assert_true (gtk_widget_get_mapped (choice));
  assert_true (gtk_widget_compute_bounds (choice, GTK_WIDGET (fixture->window), &after));
  assert_true (graphene_rect_equal (&before, &after));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (the_space_of_the_keys_belongs_to_the_answer, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_real_keyboard_types_tabs_and_enters, set_up, tear_down),
    cmocka_unit_test_setup_teardown (escape_goes_back_and_never_further, set_up, tear_down),
    cmocka_unit_test_setup_teardown (escape_is_nothing_at_a_kiosk, set_up_kiosk, tear_down),
    cmocka_unit_test_setup_teardown (keys_that_lead_away_are_still_locked, set_up, tear_down),
    cmocka_unit_test_setup_teardown (the_pointer_is_seen_and_what_it_is_over_says_so, set_up, tear_down),
    cmocka_unit_test_setup_teardown (over_a_text_it_is_a_beam_also_after_typing, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_click_is_a_touch_and_a_double_click_is_one, set_up, tear_down),
    cmocka_unit_test_setup_teardown (the_other_buttons_do_nothing, set_up, tear_down),
    cmocka_unit_test_setup_teardown (the_wheel_does_nothing, set_up, tear_down),
  };

  tst_init ();
  gtk_disable_setlocale ();
  pv_theme_prepare ();
  if (!gtk_init_check ())
    return 77;
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which touches count, and where a left hand finds what it touches. Every press and release comes from the X server. */
#include "tst.h"

#include <X11/extensions/XTest.h>
#include <gdk/x11/gdkx.h>
#include <gtk/gtk.h>

#include "view/controls.h"
#include "view/keyboard.h"
#include "view/kiosk-window.h"
#include "view/theme.h"
#include "view/touch-gate.h"

enum {
  WAIT_MS = 5000,
  LANDSCAPE_WIDTH = 1900,
  SHORT_MS = 60,
  AFTER_MS = 450, /* longer than the usual second touch is dropped */
};

typedef struct {
  PvKioskWindow *window;
  GPtrArray *said; /* (element-type char): "kind|target|value" of each intention */
  gboolean is_painted;
} Fixture;

static void
intention_cb (PvKioskWindow *window, const PvIntention *intention, gpointer user_data)
{
  (void) window;
  g_ptr_array_add (((Fixture *) user_data)->said, g_strdup_printf ("%s|%s|%s", pv_intention_kind_name (intention->kind),
                                                                   intention->target != NULL ? intention->target : "",
                                                                   intention->value != NULL ? intention->value : ""));
}

static void
painted_cb (PvKioskWindow *window, gpointer user_data)
{
  (void) window;
  ((Fixture *) user_data)->is_painted = TRUE;
}

static void
run_for (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static PvScreenState *
question (const char *key)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_QUESTION, key);

  state->title = g_strdup ("What is the child's name?");
  state->progress = 0.5;
  pv_screen_state_add_field (state, PV_FIELD_INPUT, "name", "Family name")->is_focused = TRUE;
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
get_display (void)
{
  return gdk_x11_display_get_xdisplay (gdk_display_get_default ());
}

/* Away from every button: what a test before left there must not count. */
static void
begin (Fixture *fixture, int width, int height, const PvTouchTimes *times)
{
  const PvLook look = { .text_percent = 100, .theme = "light", .language = "en" };
  PvViewConfig config = { .commune = "Ville de Montclair", .width = width, .height = height, .touch = *times };

  fixture->window = pv_kiosk_window_new (NULL, &config);
  g_signal_connect (fixture->window, "intention", G_CALLBACK (intention_cb), fixture);
  g_signal_connect (fixture->window, "painted", G_CALLBACK (painted_cb), fixture);
  pv_kiosk_window_set_look (fixture->window, &look);
  show (fixture, question ("question-1"));
  pv_kiosk_window_present (fixture->window);
  assert_true (tst_pump_until (NULL, &fixture->is_painted, WAIT_MS));
  XTestFakeMotionEvent (get_display (), -1, 1900, 1900, CurrentTime);
  XFlush (get_display ());
  run_for (AFTER_MS);
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->said = g_ptr_array_new_with_free_func (g_free);
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

/* To the middle of @widget, and @dx pixels beside it. */
static void
move_to (Fixture *fixture, GtkWidget *widget, int dx)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (fixture->window));
  graphene_point_t middle =
    GRAPHENE_POINT_INIT ((float) gtk_widget_get_width (widget) / 2.0F, (float) gtk_widget_get_height (widget) / 2.0F);
  graphene_point_t where;
  Window child;
  int x, y;

  assert_true (gtk_widget_compute_point (widget, GTK_WIDGET (fixture->window), &middle, &where));
  XTranslateCoordinates (get_display (), gdk_x11_surface_get_xid (surface), DefaultRootWindow (get_display ()),
                         (int) where.x + dx, (int) where.y, &x, &y, &child);
  XTestFakeMotionEvent (get_display (), -1, x, y, CurrentTime);
  XFlush (get_display ());
}

/* @after_ms: what came before; the server waits, so that its times are right however busy this program is */
static void
press (gboolean is_down, guint after_ms)
{
  XTestFakeButtonEvent (get_display (), 1, is_down, after_ms);
  XFlush (get_display ());
}

static void
touch (Fixture *fixture, GtkWidget *widget, guint held_ms)
{
  move_to (fixture, widget, 0);
  press (TRUE, 0);
  press (FALSE, held_ms);
  run_for (held_ms + SHORT_MS);
}

/* So many intentions, and no more. */
static void
expect_said (Fixture *fixture, guint n)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (fixture->said->len < n && g_get_monotonic_time () < end)
    run_for (1);
  run_for (SHORT_MS);
  assert_int_equal (fixture->said->len, n);
}

static void
a_touch_counts_when_it_lasted_as_long_as_is_set (void **state)
{
  const PvTouchTimes times = { .debounce_ms = 300, .press_ms = 400 };
  Fixture *fixture = *state;
  GtkWidget *next;

  begin (fixture, 1080, 1900, &times);
  next = find (fixture, "action:next::");
  touch (fixture, next, SHORT_MS);
  expect_said (fixture, 0);
  assert_false (gtk_widget_get_state_flags (next) & GTK_STATE_FLAG_ACTIVE); /* it does not stay pressed */
  touch (fixture, next, 300);
  expect_said (fixture, 0);
  touch (fixture, next, 520); /* at once after one that did not count */
  expect_said (fixture, 1);
  assert_string_equal (fixture->said->pdata[0], "next||");
}

static void
without_a_press_time_every_touch_counts (void **state)
{
  const PvTouchTimes times = { .debounce_ms = 300 };
  Fixture *fixture = *state;

  begin (fixture, 1080, 1900, &times);
  touch (fixture, find (fixture, "action:next::"), 1);
  expect_said (fixture, 1);
  run_for (AFTER_MS);
  touch (fixture, find (fixture, "action:next::"), 1500); /* nor is there one that is too long */
  expect_said (fixture, 2);
}

static void
the_same_place_again_at_once_is_not_meant (void **state)
{
  static const struct {
    guint debounce_ms, between_ms, n_said;
  } table[] = { { 300, 60, 1 }, { 300, 400, 2 }, { 0, 20, 2 }, { 700, 450, 1 }, { 700, 800, 2 } };
  Fixture *fixture = *state;

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    const PvTouchTimes times = { .debounce_ms = table[i].debounce_ms };
    GtkWidget *key;

    begin (fixture, 1080, 1900, &times);
    g_ptr_array_set_size (fixture->said, 0);
    key = find_key (GTK_WIDGET (fixture->window), "L");
    move_to (fixture, key, 0);
    for (guint k = 0; k < 2; k++) {
      press (TRUE, table[i].between_ms);
      press (FALSE, 10);
    }
    run_for (2 * table[i].between_ms);
    expect_said (fixture, table[i].n_said);
    if (i + 1 < G_N_ELEMENTS (table)) {
      gtk_window_destroy (GTK_WINDOW (fixture->window));
      fixture->is_painted = FALSE;
    }
  }
}

/* The second of two trembling touches must not choose on the screen that came between. */
static void
next_screen_cb (PvKioskWindow *window, const PvIntention *intention, gpointer user_data)
{
  (void) window;
  if (intention->kind == PV_DO_NEXT) {
    PvScreenState *state = question ("question-2");
    ((PvAction *) state->actions->pdata[1])->intention = PV_DO_SEND;
    show (user_data, state);
  }
}

static void
a_second_touch_does_not_hit_the_next_screen (void **state)
{
  const PvTouchTimes times = { .debounce_ms = 1000 };
  Fixture *fixture = *state;

  begin (fixture, 1080, 1900, &times);
  g_signal_connect_after (fixture->window, "intention", G_CALLBACK (next_screen_cb), fixture);
  move_to (fixture, find (fixture, "action:next::"), 0);
  for (guint i = 0; i < 2; i++) {
    press (TRUE, 200);
    press (FALSE, 10);
  }
  expect_said (fixture, 1);
  run_for (times.debounce_ms + AFTER_MS);
  touch (fixture, find (fixture, "action:send::"), 10);
  expect_said (fixture, 2);
  assert_string_equal (fixture->said->pdata[1], "send||");
}

static void
two_letters_side_by_side_are_typed_fast (void **state)
{
  const PvTouchTimes times = { .debounce_ms = 1000 };
  Fixture *fixture = *state;

  begin (fixture, 1080, 1900, &times);
  touch (fixture, find_key (GTK_WIDGET (fixture->window), "N"), 10);
  touch (fixture, find_key (GTK_WIDGET (fixture->window), "O"), 10);
  expect_said (fixture, 2);
  assert_string_equal (fixture->said->pdata[1], "type|name|No");
}

static void
who_trembles_touches_longer_until_they_say_otherwise (void **state)
{
  const PvTouchTimes times = { .debounce_ms = 300 };
  PvLook look = { .text_percent = 100, .theme = "light", .language = "en", .is_slow = TRUE };
  Fixture *fixture = *state;

  begin (fixture, 1080, 1900, &times);
  pv_kiosk_window_set_look (fixture->window, &look);
  show (fixture, question ("question-1"));
  run_for (SHORT_MS);
  touch (fixture, find (fixture, "action:next::"), 250);
  expect_said (fixture, 0);
  run_for (PV_TREMOR_DEBOUNCE_MS);
  for (guint i = 0; i < 2; i++) { /* the second begins less than 700 ms after the first */
    press (TRUE, 0);
    press (FALSE, PV_TREMOR_PRESS_MS + 30);
  }
  run_for (2 * PV_TREMOR_PRESS_MS + 60);
  expect_said (fixture, 1);
  look.is_slow = FALSE;
  pv_kiosk_window_set_look (fixture->window, &look);
  show (fixture, question ("question-1"));
  run_for (AFTER_MS);
  touch (fixture, find (fixture, "action:next::"), SHORT_MS);
  expect_said (fixture, 2);
}

/* What is set is never made quicker by somebody who trembles. */
static void
tremor_is_at_least_what_is_set (void **state)
{
  const PvTouchTimes slow = { 1000, 900, 1200 }, quick = { 0, 0, 0 };
  PvTouchTimes times = pv_touch_times_for_tremor (&slow);

  (void) state;
  assert_int_equal (times.debounce_ms, 1000);
  assert_int_equal (times.press_ms, 900);
  assert_int_equal (times.dwell_ms, 1200);
  times = pv_touch_times_for_tremor (&quick);
  assert_int_equal (times.debounce_ms, PV_TREMOR_DEBOUNCE_MS);
  assert_int_equal (times.press_ms, PV_TREMOR_PRESS_MS);
  assert_int_equal (times.dwell_ms, 0);
}

static void
a_pointer_that_rests_presses_once_and_moving_on_does_not (void **state)
{
  const PvTouchTimes times = { .debounce_ms = 300, .dwell_ms = 1500 };
  Fixture *fixture = *state;
  GtkWidget *next;

  begin (fixture, 1080, 1900, &times);
  next = find (fixture, "action:next::");
  move_to (fixture, next, 0);
  run_for (200);
  move_to (fixture, next, 60); /* on its way */
  run_for (400);
  expect_said (fixture, 0);
  expect_said (fixture, 1);
  move_to (fixture, next, 66); /* a hand is never quite still */
  run_for (1800);
  expect_said (fixture, 1);
  move_to (fixture, find (fixture, "action:back::"), 0);
  expect_said (fixture, 2);
  assert_string_equal (fixture->said->pdata[1], "back||");
}

static void
a_pointer_that_rests_does_nothing_unless_it_is_set (void **state)
{
  const PvTouchTimes times = { .debounce_ms = 300 };
  Fixture *fixture = *state;

  begin (fixture, 1080, 1900, &times);
  move_to (fixture, find (fixture, "action:next::"), 0);
  run_for (1200);
  expect_said (fixture, 0);
}

static float
left_of (Fixture *fixture, GtkWidget *widget)
{
  graphene_rect_t box;

  assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (fixture->window), &box));
  return box.origin.x;
}

static void
check_hand (Fixture *fixture, gboolean is_left)
{
  const PvLook look = { .text_percent = 100, .theme = "light", .language = "en", .is_left_handed = is_left };
  GtkWindow *window = GTK_WINDOW (fixture->window);
  GtkWidget *key;

  pv_kiosk_window_set_look (fixture->window, &look);
  show (fixture, question ("question-1"));
  run_for (SHORT_MS);
  key = find_key (GTK_WIDGET (window), "A");
  assert_int_equal (
    left_of (fixture, find (fixture, "action:next::")) < left_of (fixture, find (fixture, "action:back::")), is_left);
  if (gtk_widget_get_width (GTK_WIDGET (window)) == LANDSCAPE_WIDTH)
    assert_int_equal (left_of (fixture, key) < left_of (fixture, find (fixture, "entry:name")), is_left);
  /* Keys and words stay as they are, and so does the way of Tab: field, keyboard, back, continue. */
  assert_true (left_of (fixture, key) < left_of (fixture, find_key (GTK_WIDGET (window), "Z")));
  gtk_widget_grab_focus (find (fixture, "entry:name"));
  assert_true (gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD));
  assert_true (gtk_widget_has_css_class (gtk_window_get_focus (window), "key"));
  assert_true (gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD));
  assert_ptr_equal (gtk_window_get_focus (window), find (fixture, "action:back::"));
  assert_true (gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD));
  assert_ptr_equal (gtk_window_get_focus (window), find (fixture, "action:next::"));
}

static void
a_left_hand_finds_what_it_touches_at_the_left (void **state)
{
  static const int sizes[][2] = { { 1080, 1900 }, { LANDSCAPE_WIDTH, 1080 }, { 1024, 768 } };
  const PvTouchTimes times = { .debounce_ms = 300 };
  Fixture *fixture = *state;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    begin (fixture, sizes[i][0], sizes[i][1], &times);
    check_hand (fixture, FALSE);
    check_hand (fixture, TRUE);
    check_hand (fixture, FALSE);
    if (i + 1 < G_N_ELEMENTS (sizes)) {
      gtk_window_destroy (GTK_WINDOW (fixture->window));
      fixture->is_painted = FALSE;
    }
  }
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (a_touch_counts_when_it_lasted_as_long_as_is_set),
    T (without_a_press_time_every_touch_counts),
    T (the_same_place_again_at_once_is_not_meant),
    T (a_second_touch_does_not_hit_the_next_screen),
    T (two_letters_side_by_side_are_typed_fast),
    T (who_trembles_touches_longer_until_they_say_otherwise),
    cmocka_unit_test (tremor_is_at_least_what_is_set),
    T (a_pointer_that_rests_presses_once_and_moving_on_does_not),
    T (a_pointer_that_rests_does_nothing_unless_it_is_set),
    T (a_left_hand_finds_what_it_touches_at_the_left),
  };

  tst_init ();
  gtk_disable_setlocale ();
  pv_theme_prepare ();
  if (!gtk_init_check ())
    return 77;
  return cmocka_run_group_tests (tests, NULL, NULL);
}

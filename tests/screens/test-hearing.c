/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a screen has for who listens: the mark, the curtain, and the place of the keys told in words of the state. */
#include "tst.h"

#include <gtk/gtk.h>
#include <string.h>

#include "view/controls.h"
#include "view/curtain.h"
#include "view/keyboard.h"
#include "view/kiosk-window.h"
#include "view/screen-view.h"
#include "view/speech-keys.h"
#include "view/theme.h"

enum { WAIT_MS = 5000 };

typedef struct {
  PvKioskWindow *window;
  GPtrArray *moved; /* (element-type utf8): "kind|id|index" */
  GPtrArray *said;  /* (element-type utf8): "kind|value" */
  gboolean is_painted;
} Fixture;

static void
moved_cb (PvKioskWindow *window, const PvFocus *focus, gpointer user_data)
{
  (void) window;
  g_ptr_array_add (((Fixture *) user_data)->moved,
                   g_strdup_printf ("%d|%s|%u", (int) focus->kind, focus->id != NULL ? focus->id : "", focus->index));
}

static void
intention_cb (PvKioskWindow *window, const PvIntention *intention, gpointer user_data)
{
  (void) window;
  g_ptr_array_add (((Fixture *) user_data)->said, g_strdup_printf ("%s|%s", pv_intention_kind_name (intention->kind),
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
  PvViewConfig config = { .commune = "Ville de Montclair", .width = 1080, .height = 1900, .has_voice = TRUE };

  fixture->moved = g_ptr_array_new_with_free_func (g_free);
  fixture->said = g_ptr_array_new_with_free_func (g_free);
  fixture->window = pv_kiosk_window_new (NULL, &config);
  g_signal_connect (fixture->window, "focus-moved", G_CALLBACK (moved_cb), fixture);
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
  g_ptr_array_unref (fixture->moved);
  g_ptr_array_unref (fixture->said);
  g_free (fixture);
  return 0;
}

static void
show (Fixture *fixture)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_QUESTION, "question-1");
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_INPUT, "name", "Family name");
  PvSummaryRow *row;

  state->title = g_strdup ("Who are you?");
  field->is_focused = TRUE;
  field = pv_screen_state_add_field (state, PV_FIELD_CHOICE, "child", "A child?");
  pv_field_add_choice (field, "yes", "Yes")->enabled = TRUE;
  pv_field_add_choice (field, "no", "No")->enabled = TRUE;
  field = pv_screen_state_add_field (state, PV_FIELD_SUMMARY, "rows", NULL);
  pv_field_add_row (field, "You", NULL)->is_heading = TRUE;
  row = pv_field_add_row (field, "Address", "4 rue des Tilleuls");
  row->edit_target = g_strdup ("q-4");
  row->edit_spoken = g_strdup ("Edit: Address");
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_BACK, "Back");
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, "Continue");
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

static void
move_to (Fixture *fixture, const char *focus_id)
{
  g_ptr_array_set_size (fixture->moved, 0);
  gtk_widget_grab_focus (find (fixture, focus_id));
}

static void
where_keys_go_is_told_in_words_of_the_state (void **state)
{
  static const struct {
    const char *focus_id;
    PvFocusKind kind;
    const char *rest;
  } cases[] = {
    { "choice:child:no", PV_FOCUS_CHOICE, "child|1" },  { "edit:q-4", PV_FOCUS_ROW, "rows|1" },
    { "action:next::", PV_FOCUS_ACTION, "|1" },         { "entry:name", PV_FOCUS_FIELD, "name|0" },
    { "choice:child:yes", PV_FOCUS_CHOICE, "child|0" }, { "action:back::", PV_FOCUS_ACTION, "|0" },
  };
  Fixture *fixture = *state;

  show (fixture);
  present (fixture);
  assert_int_equal (fixture->moved->len, 0); /* it was the screen that put it there */
  gtk_window_set_focus_visible (GTK_WINDOW (fixture->window), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *expected = g_strdup_printf ("%d|%s", (int) cases[i].kind, cases[i].rest);

    move_to (fixture, cases[i].focus_id);
    assert_true (fixture->moved->len > 0);
    assert_string_equal (fixture->moved->pdata[fixture->moved->len - 1], expected);
  }
}

static void
a_finger_on_a_button_is_no_walk_with_keys (void **state)
{
  Fixture *fixture = *state;

  show (fixture);
  present (fixture);
  gtk_window_set_focus_visible (GTK_WINDOW (fixture->window), FALSE);
  move_to (fixture, "choice:child:no");
  assert_int_equal (fixture->moved->len, 0);
  move_to (fixture, "entry:name"); /* what is typed into is told all the same */
  assert_int_equal (fixture->moved->len, 1);
}

static GtkWidget *
find_named (GtkWidget *widget, const char *name)
{
  GtkWidget *found = GTK_IS_BUTTON (widget) && g_strcmp0 (pv_get_spoken_name (widget), name) == 0 ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_named (child, name);
  return found;
}

static void
what_is_done_with_a_page_is_told_as_a_button (void **test)
{
  Fixture *fixture = *test;
  g_autoptr (PvScreenState) state = pv_screen_state_new (PV_SCREEN_DOCUMENT, "document-page");
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_SCAN, "page", "Page 1 of 1");
  PvChoice *choice = pv_field_add_choice (field, "turn-page", "Turn");
  g_autofree char *expected = g_strdup_printf ("%d|Turn|0", (int) PV_FOCUS_BUTTON);

  field->portrait = g_strdup ("Picture of page 1 of 1");
  choice->enabled = TRUE;
  choice->intention = PV_DO_TURN_PAGE;
  pv_kiosk_window_show_state (fixture->window, state);
  present (fixture);
  gtk_window_set_focus_visible (GTK_WINDOW (fixture->window), TRUE);
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  move_to (fixture, "action:turn-page:turn-page:");
  assert_int_equal (fixture->moved->len, 1);
  assert_string_equal (fixture->moved->pdata[0], expected);
}

static void
the_key_for_capitals_tells_what_it_did (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *key;
  g_autofree char *off = g_strdup_printf ("%d|Off|0", (int) PV_FOCUS_KEY);
  g_autofree char *on = g_strdup_printf ("%d|On: the next letter is a capital|0", (int) PV_FOCUS_KEY);

  show (fixture);
  present (fixture);
  move_to (fixture, "entry:name"); /* a name begins with a capital */
  key = find_named (GTK_WIDGET (fixture->window), "Capital letter");
  assert_non_null (key);
  g_ptr_array_set_size (fixture->moved, 0);
  g_signal_emit_by_name (key, "clicked");
  assert_int_equal (fixture->moved->len, 1);
  assert_string_equal (fixture->moved->pdata[0], off);
  pv_keyboard_set_debounce_ms (PV_KEYBOARD (gtk_widget_get_ancestor (key, PV_TYPE_KEYBOARD)), 0);
  g_signal_emit_by_name (key, "clicked");
  assert_int_equal (fixture->moved->len, 2);
  assert_string_equal (fixture->moved->pdata[1], on);
}

static void
what_is_being_said_is_marked_and_nothing_moves (void **state)
{
  Fixture *fixture = *state;
  PvScreenView *view = PV_SCREEN_VIEW (gtk_window_get_child (GTK_WINDOW (fixture->window)));
  graphene_rect_t before, after;
  GtkWidget *field;

  show (fixture);
  present (fixture);
  field = pv_find_point_name (GTK_WIDGET (view), "child");
  assert_true (pv_screen_view_find (view, "child", &before));
  pv_kiosk_window_set_spoken (fixture->window, "child");
  assert_true (gtk_widget_has_css_class (field, "spoken"));
  show (fixture); /* the same again */
  assert_true (gtk_widget_has_css_class (pv_find_point_name (GTK_WIDGET (view), "child"), "spoken"));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_true (pv_screen_view_find (view, "child", &after));
  assert_true (graphene_rect_equal (&before, &after));
  pv_kiosk_window_set_spoken (fixture->window, NULL);
  assert_false (gtk_widget_has_css_class (field, "spoken"));
}

/* 3:1 against what is around it (EN 301 549, 11.1.4.11), in each palette. */
static void
the_mark_is_seen_in_every_palette (void **state)
{
  static const char *const themes[] = { "light", "dark", "contrast" };
  Fixture *fixture = *state;

  show (fixture);
  present (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (themes); i++) {
    const PvLook look = { .text_percent = 100, .theme = themes[i], .language = "en" };
    GdkRGBA mark, paper;

    pv_kiosk_window_set_look (fixture->window, &look);
    mark = pv_theme_get_colour (GTK_WIDGET (fixture->window), "primary");
    paper = pv_theme_get_colour (GTK_WIDGET (fixture->window), "paper");
    assert_true (pv_theme_contrast (&mark, &paper) >= 3.0);
  }
}

static gboolean
is_on_curtain (Fixture *fixture)
{
  GtkWidget *hit = gtk_widget_pick (GTK_WIDGET (fixture->window), 540, 950, GTK_PICK_DEFAULT);

  return hit != NULL && (PV_IS_CURTAIN (hit) || gtk_widget_get_ancestor (hit, PV_TYPE_CURTAIN) != NULL);
}

static void
the_curtain_covers_all_and_leaves_the_keys_where_they_are (void **state)
{
  const PvLook open = { .text_percent = 100, .theme = "light", .language = "en" };
  const PvLook hidden = { .text_percent = 100, .theme = "light", .language = "en", .is_curtained = TRUE };
  Fixture *fixture = *state;
  GtkWidget *focus;

  pv_kiosk_window_set_look (fixture->window, &open);
  show (fixture);
  present (fixture);
  move_to (fixture, "choice:child:no");
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  pv_kiosk_window_set_look (fixture->window, &hidden);
  show (fixture);
  fixture->is_painted = FALSE;
  present (fixture);
  assert_true (is_on_curtain (fixture));
  assert_ptr_equal (gtk_window_get_focus (GTK_WINDOW (fixture->window)), focus);
  pv_kiosk_window_set_look (fixture->window, &open);
  show (fixture);
  assert_false (is_on_curtain (fixture));
  assert_ptr_equal (gtk_window_get_focus (GTK_WINDOW (fixture->window)), focus);
}

/* A closed kiosk at night. */
static void
a_dark_screen_is_black_to_its_corners_and_takes_all_touches (void **state)
{
  static const int places[][2] = { { 540, 950 }, { 2, 2 }, { 1077, 2 }, { 2, 1897 }, { 1077, 1897 } };
  Fixture *fixture = *state;
  GtkWidget *dark = NULL;

  for (guint round = 0; round < 4; round++) {
    PvScreenState *screen = pv_screen_state_new (PV_SCREEN_OUT_OF_ORDER, "closed");

    screen->title = g_strdup ("This kiosk is closed");
    screen->is_dark = round % 2 == 0;
    pv_kiosk_window_show_state (fixture->window, screen);
    fixture->is_painted = FALSE;
    present (fixture);
    for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
      GtkWidget *hit = gtk_widget_pick (GTK_WIDGET (fixture->window), places[i][0], places[i][1], GTK_PICK_DEFAULT);

      assert_int_equal (hit != NULL && gtk_widget_has_css_class (hit, "darkness"), screen->is_dark);
      dark = screen->is_dark ? hit : NULL;
    }
    if (dark != NULL) {
      GtkSnapshot *snapshot = gtk_snapshot_new ();
      g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (dark);
      GskRenderNode *node;

      gdk_paintable_snapshot (paintable, snapshot, 1080, 1900);
      node = gtk_snapshot_free_to_node (snapshot);
      assert_non_null (node); /* it paints something: what is below is not seen */
      gsk_render_node_unref (node);
    }
    pv_screen_state_free (screen);
  }
}

static void
keys_for_the_voice_mean_what_they_say (void **state)
{
  static const struct {
    guint keyval;
    const char *kiosk, *post;
  } cases[] = {
    { GDK_KEY_AudioRaiseVolume, "louder", "louder" },
    { GDK_KEY_AudioLowerVolume, "softer", "softer" },
    { GDK_KEY_KP_Add, "louder", NULL },
    { GDK_KEY_KP_Subtract, "softer", NULL },
    { GDK_KEY_KP_Multiply, "pause", NULL },
    { GDK_KEY_KP_Divide, "again", NULL },
    { GDK_KEY_plus, NULL, NULL },
    { GDK_KEY_a, NULL, NULL },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    assert_true (g_strcmp0 (pv_speech_key_word (cases[i].keyval, TRUE), cases[i].kiosk) == 0);
    assert_true (g_strcmp0 (pv_speech_key_word (cases[i].keyval, FALSE), cases[i].post) == 0);
  }
}

int
main (void)
{
#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    TEST (where_keys_go_is_told_in_words_of_the_state),
    TEST (a_finger_on_a_button_is_no_walk_with_keys),
    TEST (what_is_done_with_a_page_is_told_as_a_button),
    TEST (the_key_for_capitals_tells_what_it_did),
    TEST (what_is_being_said_is_marked_and_nothing_moves),
    TEST (the_mark_is_seen_in_every_palette),
    TEST (the_curtain_covers_all_and_leaves_the_keys_where_they_are),
    TEST (a_dark_screen_is_black_to_its_corners_and_takes_all_touches),
    cmocka_unit_test (keys_for_the_voice_mean_what_they_say),
  };

  tst_init ();
  gtk_disable_setlocale ();
  pv_theme_prepare ();
  if (!gtk_init_check ())
    return 77;
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What somebody at the screen sees and does while a mediator helps, on a display of its own. */
#include "tst.h"

#include <X11/extensions/XTest.h>
#include <gdk/x11/gdkx.h>
#include <gtk/gtk.h>
#include <string.h>

#include "view/answer-entry.h"
#include "view/assist-banner.h"
#include "view/controls.h"
#include "view/keyboard.h"
#include "view/kiosk-window.h"
#include "view/pointer.h"
#include "view/screen-view.h"
#include "view/theme.h"

enum { WAIT_MS = 5000, N_CHOICES = 14 };

typedef struct {
  PvKioskWindow *window;
  GPtrArray *
    said; /* (element-type char): "kind|target|value" of each intention, "touched", "touched, button" and "touched, renewal" */
  gboolean has_said;
  gboolean is_painted;
  guint n_capacities;
} Fixture;

static void
intention_cb (PvKioskWindow *window, const PvIntention *intention, gpointer user_data)
{
  Fixture *fixture = user_data;

  (void) window;
  g_ptr_array_add (fixture->said, g_strdup_printf ("%s|%s|%s", pv_intention_kind_name (intention->kind),
                                                   intention->target != NULL ? intention->target : "",
                                                   intention->value != NULL ? intention->value : ""));
  fixture->has_said = TRUE;
}

static void
touched_cb (PvKioskWindow *window, gboolean is_renewal, gboolean is_button, gpointer user_data)
{
  Fixture *fixture = user_data;

  (void) window;
  g_ptr_array_add (fixture->said, g_strdup (is_renewal  ? "touched, renewal"
                                            : is_button ? "touched, button"
                                                        : "touched"));
  fixture->has_said = TRUE;
}

static void
painted_cb (PvKioskWindow *window, gpointer user_data)
{
  (void) window;
  ((Fixture *) user_data)->is_painted = TRUE;
}

static void
capacity_cb (PvKioskWindow *window, gpointer user_data)
{
  (void) window;
  ((Fixture *) user_data)->n_capacities++;
}

static int
set_up_sized (void **state, int width, int height)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  PvViewConfig config = { .commune = "Ville de Montclair", .width = width, .height = height, .touch.debounce_ms = 300 };

  fixture->said = g_ptr_array_new_with_free_func (g_free);
  fixture->window = pv_kiosk_window_new (NULL, &config);
  g_signal_connect (fixture->window, "intention", G_CALLBACK (intention_cb), fixture);
  g_signal_connect (fixture->window, "touched", G_CALLBACK (touched_cb), fixture);
  g_signal_connect (fixture->window, "painted", G_CALLBACK (painted_cb), fixture);
  g_signal_connect (fixture->window, "capacity-changed", G_CALLBACK (capacity_cb), fixture);
  *state = fixture;
  return 0;
}

static int
set_up (void **state)
{
  return set_up_sized (state, 1080, 1900);
}

static int
set_up_low (void **state)
{
  return set_up_sized (state, 1024, 768);
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

/* ---- what is shown ---- */

static PvScreenState *
question (void)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_QUESTION, "question-1");
  PvField *field = pv_screen_state_add_field (state, PV_FIELD_INPUT, "name", "Family name");

  state->title = g_strdup ("What is the child's name?");
  state->progress = 0.5;
  field->value = g_strdup ("Martin");
  field->is_focused = TRUE;
  g_free (field->spoken_label);
  field->spoken_label = g_strdup ("Family name");
  pv_screen_state_set_banner (state, PV_TONE_SUCCESS, "Claire, Montclair", "helps you.");
  pv_screen_state_add_action (state, PV_ROLE_OPTION, PV_DO_RENEW_HAND, "One more minute")->is_enabled = TRUE;
  pv_screen_state_add_action (state, PV_ROLE_BACK, PV_DO_BACK, "Back")->is_enabled = TRUE;
  pv_screen_state_add_action (state, PV_ROLE_PRIMARY, PV_DO_NEXT, "Continue")->is_enabled = TRUE;
  return state;
}

static void
forget_banner (PvScreenState *state)
{
  g_free (state->banner->icon);
  g_free (state->banner->who);
  g_free (state->banner->may);
  g_clear_pointer (&state->banner, g_free);
}

static PvField *
field_of (const PvScreenState *state)
{
  return g_ptr_array_index (state->fields, 0);
}

static PvScreenState *
proposal (void)
{
  PvScreenState *state = question ();
  PvField *field = field_of (state);

  field->proposal = g_strdup ("Claire proposes:");
  field->proposal_value = g_strdup ("Martin-Dubois");
  field->accept_label = g_strdup ("Accept");
  field->keep_label = g_strdup ("Keep Martin");
  return state;
}

/* More answers than a low screen holds. @pointed: of them */
static PvScreenState *
many_fields (int pointed)
{
  PvScreenState *state = pv_screen_state_new (PV_SCREEN_QUESTION, "question-2");

  state->title = g_strdup ("Which of these?");
  for (int i = 0; i < N_CHOICES; i++) {
    g_autofree char *id = g_strdup_printf ("field-%d", i);
    PvField *field = pv_screen_state_add_field (state, PV_FIELD_CHOICE, id, id);
    pv_field_add_choice (field, "yes", "Yes")->enabled = TRUE;
    field->is_pointed = i == pointed;
  }
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
flag_cb (GdkFrameClock *clock, gpointer user_data)
{
  (void) clock;
  (*(guint *) user_data)++;
}

/* Lets what was shown be laid out and drawn: what a layout finds out follows in the frame after it. */
static void
draw (Fixture *fixture)
{
  GdkFrameClock *clock;
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;
  guint n_frames = 0;
  gulong handler;

  if (!fixture->is_painted) {
    pv_kiosk_window_present (fixture->window);
    assert_true (tst_pump_until (NULL, &fixture->is_painted, WAIT_MS));
  }
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window));
  handler = g_signal_connect (clock, "after-paint", G_CALLBACK (flag_cb), &n_frames);
  for (guint seen = 0; n_frames < 3 && g_get_monotonic_time () < end;) {
    if (seen <= n_frames) {
      gtk_widget_queue_draw (GTK_WIDGET (fixture->window));
      seen = n_frames + 1;
    }
    g_main_context_iteration (NULL, FALSE);
  }
  g_signal_handler_disconnect (clock, handler);
  assert_true (n_frames >= 3);
}

static void
show_and_draw (Fixture *fixture, PvScreenState *state)
{
  show (fixture, state);
  draw (fixture);
}

static GtkWidget *
find (Fixture *fixture, const char *focus_id)
{
  GtkWidget *widget = pv_find_focus_id (GTK_WIDGET (fixture->window), focus_id);

  assert_non_null (widget);
  return widget;
}

static GtkWidget *
find_type (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_type (child, type);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkWidget *
focus_of (Fixture *fixture)
{
  return gtk_window_get_focus (GTK_WINDOW (fixture->window));
}

static gboolean
is_typed_into (Fixture *fixture)
{
  return focus_of (fixture) != NULL && gtk_widget_is_ancestor (focus_of (fixture), find (fixture, "entry:name"));
}

/* ---- real touches and keys ---- */

static Display *
display_of (Fixture *fixture)
{
  return gdk_x11_display_get_xdisplay (gtk_widget_get_display (GTK_WIDGET (fixture->window)));
}

static Window
xid_of (Fixture *fixture)
{
  return gdk_x11_surface_get_xid (gtk_native_get_surface (GTK_NATIVE (fixture->window)));
}

static gboolean
wait_for (Fixture *fixture, guint n_said)
{
  while (fixture->said->len < n_said) {
    fixture->has_said = FALSE;
    if (!tst_pump_until (NULL, &fixture->has_said, WAIT_MS))
      return FALSE;
  }
  return TRUE;
}

static void
press_at (Fixture *fixture, double x, double y)
{
  Display *display = display_of (fixture);
  int left = 0, top = 0;
  Window child;

  XTranslateCoordinates (display, xid_of (fixture), DefaultRootWindow (display), 0, 0, &left, &top, &child);
  XTestFakeMotionEvent (display, -1, left + (int) x, top + (int) y, CurrentTime);
  XTestFakeButtonEvent (display, 1, True, CurrentTime);
  XTestFakeButtonEvent (display, 1, False, CurrentTime);
  XFlush (display);
}

static void
press (Fixture *fixture, GtkWidget *widget)
{
  graphene_rect_t box;

  assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (fixture->window), &box));
  press_at (fixture, (double) (box.origin.x + box.size.width / 2), (double) (box.origin.y + box.size.height / 2));
}

static void
type_key (Fixture *fixture, guint keysym)
{
  Display *display = display_of (fixture);
  KeyCode keycode = XKeysymToKeycode (display, keysym);

  XSetInputFocus (display, xid_of (fixture), RevertToParent, CurrentTime);
  XTestFakeKeyEvent (display, keycode, True, CurrentTime);
  XTestFakeKeyEvent (display, keycode, False, CurrentTime);
  XFlush (display);
}

static const char *
said (Fixture *fixture, guint index)
{
  return index < fixture->said->len ? g_ptr_array_index (fixture->said, index) : "";
}

/* ---- any touch is told ---- */

static void
a_touch_is_told_before_what_it_does (void **state)
{
  Fixture *fixture = *state;

  show_and_draw (fixture, question ());
  press (fixture, find (fixture, "action:next::"));
  assert_true (wait_for (fixture, 2));
  assert_string_equal (said (fixture, 0), "touched, button");
  assert_string_equal (said (fixture, 1), "next||");
}

static void
a_touch_of_nothing_is_told (void **state)
{
  Fixture *fixture = *state;

  show_and_draw (fixture, question ());
  press_at (fixture, 540, 300);
  assert_true (wait_for (fixture, 1));
  assert_string_equal (said (fixture, 0), "touched");
}

static void
a_touch_of_the_renewal_alone_is_a_renewal (void **state)
{
  Fixture *fixture = *state;

  show_and_draw (fixture, question ());
  press (fixture, find (fixture, "action:renew-hand::"));
  assert_true (wait_for (fixture, 2));
  assert_string_equal (said (fixture, 0), "touched, renewal");
  assert_string_equal (said (fixture, 1), "renew-hand||");
}

static void
a_key_is_a_touch (void **state)
{
  Fixture *fixture = *state;

  show_and_draw (fixture, question ());
  assert_true (is_typed_into (fixture));
  type_key (fixture, GDK_KEY_n);
  assert_true (wait_for (fixture, 2));
  assert_string_equal (said (fixture, 0), "touched");
  assert_true (g_str_has_prefix (said (fixture, 1), "type|name|"));
}

static void
a_key_renews_on_the_renewal_button_only (void **state)
{
  static const struct {
    const char *place;
    guint key;
    const char *first;
  } rows[] = {
    { "action:renew-hand::", GDK_KEY_Return, "touched, renewal" },
    { "action:renew-hand::", GDK_KEY_space, "touched, renewal" },
    { "action:renew-hand::", GDK_KEY_Tab, "touched, button" },
    { "action:back::", GDK_KEY_Return, "touched, button" },
  };
  Fixture *fixture = *state;

  show_and_draw (fixture, question ());
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    pv_send_set_debounce_ms (0);
    gtk_widget_grab_focus (find (fixture, rows[i].place));
    g_ptr_array_set_size (fixture->said, 0);
    type_key (fixture, rows[i].key);
    assert_true (wait_for (fixture, rows[i].key == GDK_KEY_Tab ? 1 : 2));
    assert_string_equal (said (fixture, 0), rows[i].first);
  }
}

/* ---- the banner ---- */

static void
the_banner_says_who_helps_and_is_a_status (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *banner = find_type (GTK_WIDGET (fixture->window), PV_TYPE_ASSIST_BANNER);
  PvScreenState *alone = question ();

  forget_banner (alone);
  show_and_draw (fixture, alone);
  assert_false (gtk_widget_get_mapped (banner));
  show_and_draw (fixture, question ());
  assert_true (gtk_widget_get_mapped (banner));
  assert_true (gtk_test_accessible_has_role (GTK_ACCESSIBLE (banner), GTK_ACCESSIBLE_ROLE_STATUS));
  assert_null (gtk_test_accessible_check_property (GTK_ACCESSIBLE (banner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                   "Claire, Montclair, helps you."));
  assert_null (find_type (banner, GTK_TYPE_BUTTON));
}

static void
the_banner_takes_room_that_is_told (void **state)
{
  Fixture *fixture = *state;
  PvScreenState *alone = question ();
  PvCapacity before, after;

  forget_banner (alone);
  show_and_draw (fixture, alone);
  pv_kiosk_window_get_capacity (fixture->window, &before);
  fixture->n_capacities = 0;
  show_and_draw (fixture, question ());
  pv_kiosk_window_get_capacity (fixture->window, &after);
  assert_int_equal (fixture->n_capacities, 1);
  assert_true (after.lines < before.lines);
  show_and_draw (fixture, question ());
  assert_int_equal (fixture->n_capacities, 1);
}

/* ---- a proposal ---- */

static void
a_proposal_does_not_interrupt_who_types (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *entry;

  show_and_draw (fixture, question ());
  entry = find (fixture, "entry:name");
  gtk_editable_set_position (GTK_EDITABLE (entry), 2);
  show_and_draw (fixture, proposal ());
  assert_ptr_equal (find (fixture, "entry:name"), entry);
  assert_true (is_typed_into (fixture));
  assert_int_equal (gtk_editable_get_position (GTK_EDITABLE (entry)), 2);
  assert_int_equal (fixture->said->len, 0);
}

static void
a_proposal_is_accepted_or_not_by_a_touch (void **state)
{
  static const char *const rows[][2] = { { "action:accept:name:", "accept|name|" },
                                         { "action:keep-mine:name:", "keep-mine|name|" } };
  Fixture *fixture = *state;

  show_and_draw (fixture, proposal ());
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_ptr_array_set_size (fixture->said, 0);
    press (fixture, find (fixture, rows[i][0]));
    assert_true (wait_for (fixture, 2));
    assert_string_equal (said (fixture, 1), rows[i][1]);
    assert_true (is_typed_into (fixture));
  }
}

static void
the_buttons_of_a_proposal_are_of_one_size_and_named (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *accept, *keep;

  show_and_draw (fixture, proposal ());
  accept = find (fixture, "action:accept:name:");
  keep = find (fixture, "action:keep-mine:name:");
  assert_int_equal (gtk_widget_get_width (accept), gtk_widget_get_width (keep));
  assert_int_equal (gtk_widget_get_height (accept), gtk_widget_get_height (keep));
  assert_null (
    gtk_test_accessible_check_property (GTK_ACCESSIBLE (keep), GTK_ACCESSIBLE_PROPERTY_LABEL, "Keep my answer"));
  assert_false (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (keep), GTK_ACCESSIBLE_RELATION_LABELLED_BY));
}

static void
tab_reaches_a_proposal_before_its_field (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *window = GTK_WIDGET (fixture->window);

  show_and_draw (fixture, proposal ());
  assert_true (gtk_widget_child_focus (window, GTK_DIR_TAB_BACKWARD));
  assert_ptr_equal (focus_of (fixture), find (fixture, "action:keep-mine:name:"));
  assert_true (gtk_widget_child_focus (window, GTK_DIR_TAB_BACKWARD));
  assert_ptr_equal (focus_of (fixture), find (fixture, "action:accept:name:"));
}

static void
the_focus_goes_to_the_field_when_a_proposal_is_over (void **state)
{
  Fixture *fixture = *state;

  show_and_draw (fixture, proposal ());
  gtk_widget_grab_focus (find (fixture, "action:accept:name:"));
  show_and_draw (fixture, question ());
  assert_true (is_typed_into (fixture));
}

/* ---- pointing ---- */

static char *
description_error (GtkWidget *widget, const char *expected)
{
  return gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, expected);
}

static void
what_is_pointed_at_is_shown_said_and_left_alone (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *pointer = find_type (GTK_WIDGET (fixture->window), PV_TYPE_POINTER);
  PvScreenState *pointed = question ();
  graphene_rect_t arrow;

  field_of (pointed)->help = g_strdup ("As on the card.");
  field_of (pointed)->is_pointed = TRUE;
  show_and_draw (fixture, question ());
  assert_false (pv_pointer_get_arrow (PV_POINTER (pointer), &arrow));
  show_and_draw (fixture, pointed);
  assert_true (pv_pointer_get_arrow (PV_POINTER (pointer), &arrow));
  assert_true (is_typed_into (fixture));
  assert_null (description_error (find (fixture, "entry:name"), "The mediator shows you this. As on the card."));
  show_and_draw (fixture, question ());
  assert_false (pv_pointer_get_arrow (PV_POINTER (pointer), &arrow));
  assert_null (description_error (find (fixture, "entry:name"), ""));
}

static void
a_button_is_pointed_at_and_no_longer (void **state)
{
  static const PvIntentionKind kinds[] = { PV_DO_NEXT, PV_DO_BACK, PV_DO_RENEW_HAND };
  Fixture *fixture = *state;
  GtkWidget *pointer = find_type (GTK_WIDGET (fixture->window), PV_TYPE_POINTER);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *id = g_strdup_printf ("action:%s::", pv_intention_kind_name (kinds[i]));
    PvScreenState *pointed = question ();
    graphene_rect_t arrow, box;

    ((PvAction *) pv_screen_state_find_action (pointed, kinds[i]))->is_pointed = TRUE;
    show_and_draw (fixture, pointed);
    assert_true (pv_pointer_get_arrow (PV_POINTER (pointer), &arrow));
    assert_true (gtk_widget_compute_bounds (find (fixture, id), pointer, &box));
    graphene_rect_inset (&box, -100, -100);
    assert_null (description_error (find (fixture, id), "The mediator shows you this."));
    show_and_draw (fixture, question ());
    assert_null (description_error (find (fixture, id), ""));
    assert_true (is_typed_into (fixture));
  }
}

static void
the_page_of_what_is_pointed_at_is_turned_to (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *pointer = find_type (GTK_WIDGET (fixture->window), PV_TYPE_POINTER);
  static const int order[] = { N_CHOICES - 1, 0, N_CHOICES / 2 };
  graphene_rect_t arrow, box, window = GRAPHENE_RECT_INIT (0, 0, 1024, 768);

  show_and_draw (fixture, many_fields (-1));
  assert_true (gtk_widget_get_mapped (find (fixture, "page:next")));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++) {
    g_autofree char *id = g_strdup_printf ("choice:field-%d:yes", order[i]);

    show_and_draw (fixture, many_fields (order[i]));
    assert_true (pv_pointer_get_arrow (PV_POINTER (pointer), &arrow));
    assert_true (gtk_widget_compute_bounds (find (fixture, id), GTK_WIDGET (fixture->window), &box));
    assert_true (graphene_rect_contains_rect (&window, &box));
  }
}

/* The last answer of many. */
static PvScreenState *
far_proposal (void)
{
  PvScreenState *state = many_fields (-1);
  PvField *field = g_ptr_array_index (state->fields, N_CHOICES - 1);

  field->proposal = g_strdup ("Claire proposes:");
  field->proposal_value = g_strdup ("Yes");
  field->accept_label = g_strdup ("Accept");
  field->keep_label = g_strdup ("Keep my answer");
  return state;
}

static gboolean
is_in_window (Fixture *fixture, const char *focus_id)
{
  const graphene_rect_t window = GRAPHENE_RECT_INIT (0, 0, 1024, 768);
  graphene_rect_t box;

  assert_true (gtk_widget_compute_bounds (find (fixture, focus_id), GTK_WIDGET (fixture->window), &box));
  return graphene_rect_contains_rect (&window, &box);
}

static void
the_page_of_a_new_proposal_is_turned_to_once (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *accept = g_strdup_printf ("action:accept:field-%d:", N_CHOICES - 1);

  show_and_draw (fixture, many_fields (-1));
  show_and_draw (fixture, far_proposal ());
  assert_true (is_in_window (fixture, accept));
  g_signal_emit_by_name (find (fixture, "page:previous"), "clicked");
  show_and_draw (fixture, far_proposal ());
  assert_false (is_in_window (fixture, accept));
}

/* A banner that comes takes room from the pages, and all of them begin elsewhere. */
static void
a_new_proposal_stays_in_sight_when_pages_begin_elsewhere (void **state)
{
  Fixture *fixture = *state;
  g_autofree char *accept = g_strdup_printf ("action:accept:field-%d:", N_CHOICES - 1);
  PvScreenState *helped = far_proposal ();

  pv_screen_state_set_banner (helped, PV_TONE_SUCCESS, "Claire, Montclair", "helps you.");
  show_and_draw (fixture, many_fields (-1));
  gtk_widget_grab_focus (find (fixture, "choice:field-0:yes"));
  show_and_draw (fixture, far_proposal ());
  assert_true (is_in_window (fixture, accept));
  show_and_draw (fixture, helped);
  assert_true (is_in_window (fixture, accept));
}

/* Who lent the hand does not type: on a low screen, the answers have the place of the keys. */
static void
the_keyboard_makes_room_while_the_hand_is_lent (void **state)
{
  Fixture *fixture = *state;
  PvScreenState *lent = question (), *kept = question ();
  GtkWidget *keyboard = find_type (GTK_WIDGET (fixture->window), PV_TYPE_KEYBOARD);

  g_ptr_array_remove_index (kept->actions, 0);
  show_and_draw (fixture, lent);
  assert_false (gtk_widget_get_mapped (keyboard));
  show_and_draw (fixture, kept);
  assert_true (gtk_widget_get_mapped (keyboard));
  assert_true (is_typed_into (fixture));
}

/* Whoever turns a page while a mediator points is not turned back by the next letter or the next second. */
static void
a_page_turned_away_stays_turned (void **state)
{
  Fixture *fixture = *state;
  GtkWidget *pointer = find_type (GTK_WIDGET (fixture->window), PV_TYPE_POINTER);
  graphene_rect_t arrow;

  show_and_draw (fixture, many_fields (0));
  assert_true (pv_pointer_get_arrow (PV_POINTER (pointer), &arrow));
  g_signal_emit_by_name (find (fixture, "page:next"), "clicked");
  show_and_draw (fixture, many_fields (0));
  assert_false (pv_pointer_get_arrow (PV_POINTER (pointer), &arrow));
}

static void
what_is_under_the_arrow_can_be_touched_and_named (void **state)
{
  Fixture *fixture = *state;
  PvScreenState *pointed = question ();
  PvScreenView *view = PV_SCREEN_VIEW (gtk_window_get_child (GTK_WINDOW (fixture->window)));
  graphene_rect_t box;
  g_autofree char *name = NULL;

  ((PvAction *) pv_screen_state_find_action (pointed, PV_DO_NEXT))->is_pointed = TRUE;
  show_and_draw (fixture, pointed);
  assert_true (pv_screen_view_find (view, "action:next", &box));
  name = pv_screen_view_name_at (view, (double) box.origin.x + 20, (double) box.origin.y + 20);
  assert_non_null (name);
  assert_string_equal (name, "action:next");
  press (fixture, find (fixture, "action:next::"));
  assert_true (wait_for (fixture, 2));
  assert_string_equal (said (fixture, 1), "next||");
}

static void
the_colours_of_the_help_are_seen_on_every_ground (void **state)
{
  static const struct {
    const char *a, *b;
    double least;
  } pairs[] = {
    { "assist", "paper", 3 },       { "assist", "success_ground", 3 },
    { "assist", "on_assist", 7 },   { "assist_pressed", "on_assist", 7 },
    { "ink", "success_ground", 7 }, { "ink", "warning_ground", 7 },
  };
  static const char *const themes[] = { "light", "dark", "contrast" };
  Fixture *fixture = *state;

  for (guint theme = 0; theme < G_N_ELEMENTS (themes); theme++) {
    const PvLook look = { .text_percent = 100, .theme = themes[theme], .language = "en" };
    pv_kiosk_window_set_look (fixture->window, &look);
    show_and_draw (fixture, question ());
    for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
      const GdkRGBA a = pv_theme_get_colour (GTK_WIDGET (fixture->window), pairs[i].a);
      const GdkRGBA b = pv_theme_get_colour (GTK_WIDGET (fixture->window), pairs[i].b);
      assert_true (pv_theme_contrast (&a, &b) >= pairs[i].least);
    }
  }
  pv_theme_set ("light", 100);
}

/* ---- what is private ---- */

static void
a_private_field_can_be_shown (void **state)
{
  Fixture *fixture = *state;
  PvScreenState *private = question ();
  GtkWidget *lift;

  field_of (private)->privacy = g_strdup ("Claire does not see what you write.");
  field_of (private)->lift_label = g_strdup ("Show this field");
  show_and_draw (fixture, private);
  lift = find (fixture, "action:lift:name:");
  assert_null (gtk_test_accessible_check_property (GTK_ACCESSIBLE (lift), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                   "Show this field, Family name"));
  assert_true (is_typed_into (fixture));
  press (fixture, lift);
  assert_true (wait_for (fixture, 2));
  assert_string_equal (said (fixture, 1), "lift|name|");
  show_and_draw (fixture, question ());
  assert_false (gtk_widget_get_mapped (lift));
}

#define with_window(name)     cmocka_unit_test_setup_teardown (name, set_up, tear_down)
#define with_low_window(name) cmocka_unit_test_setup_teardown (name, set_up_low, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_window (a_touch_is_told_before_what_it_does),
    with_window (a_touch_of_nothing_is_told),
    with_window (a_touch_of_the_renewal_alone_is_a_renewal),
    with_window (a_key_is_a_touch),
    with_window (a_key_renews_on_the_renewal_button_only),
    with_window (the_banner_says_who_helps_and_is_a_status),
    with_window (the_banner_takes_room_that_is_told),
    with_window (a_proposal_does_not_interrupt_who_types),
    with_window (a_proposal_is_accepted_or_not_by_a_touch),
    with_window (the_buttons_of_a_proposal_are_of_one_size_and_named),
    with_window (tab_reaches_a_proposal_before_its_field),
    with_window (the_focus_goes_to_the_field_when_a_proposal_is_over),
    with_window (what_is_pointed_at_is_shown_said_and_left_alone),
    with_window (a_button_is_pointed_at_and_no_longer),
    with_low_window (the_page_of_what_is_pointed_at_is_turned_to),
    with_low_window (a_page_turned_away_stays_turned),
    with_low_window (the_page_of_a_new_proposal_is_turned_to_once),
    with_low_window (a_new_proposal_stays_in_sight_when_pages_begin_elsewhere),
    with_low_window (the_keyboard_makes_room_while_the_hand_is_lent),
    with_window (what_is_under_the_arrow_can_be_touched_and_named),
    with_window (the_colours_of_the_help_are_seen_on_every_ground),
    with_window (a_private_field_can_be_shown),
  };

  tst_init ();
  gtk_disable_setlocale ();
  pv_theme_prepare ();
  if (!gtk_init_check ())
    return 77;
  return cmocka_run_group_tests (tests, NULL, NULL);
}

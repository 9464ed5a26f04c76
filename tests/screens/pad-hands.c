/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "pad-hands.h"

#include <X11/extensions/XTest.h>
#include <gdk/x11/gdkx.h>
#include <string.h>

#include "view/controls.h"
#include "view/keyboard.h"
#include "view/screen-view.h"

enum { WAIT_MS = 60000, UP_MS = 1000, MAX_STEPS = 200, MAX_WALK = 40, MAX_PAGES = 4, MAX_ERASED = 120 };

/* As the settings' defaults, but for what needs two keys. */
static const struct {
  const char *key;
  PvKeypadMeaning meaning;
} keys[] = {
  { "Tab", PV_KEYPAD_NEXT },
  { "ISO_Left_Tab", PV_KEYPAD_PREVIOUS },
  { "KP_Subtract", PV_KEYPAD_PREVIOUS },
  { "Up", PV_KEYPAD_UP },
  { "Down", PV_KEYPAD_DOWN },
  { "Left", PV_KEYPAD_LEFT },
  { "Right", PV_KEYPAD_RIGHT },
  { "Return", PV_KEYPAD_VALIDATE },
  { "Escape", PV_KEYPAD_BACK },
  { "F13", PV_KEYPAD_HELP },
  { "F14", PV_KEYPAD_REPEAT },
  { "XF86AudioRaiseVolume", PV_KEYPAD_LOUDER },
  { "XF86AudioLowerVolume", PV_KEYPAD_SOFTER },
  { "F17", PV_KEYPAD_YES },
  { "F18", PV_KEYPAD_NO },
  { "F16", PV_KEYPAD_STOP_HELP },
};

/* ---- the window ---- */

static void
intention_cb (PvKioskWindow *window, const PvIntention *intention, gpointer user_data)
{
  PadHands *hands = user_data;

  (void) window;
  g_ptr_array_add (hands->said, g_strdup_printf ("%s|%s|%s", pv_intention_kind_name (intention->kind),
                                                 intention->target != NULL ? intention->target : "",
                                                 intention->value != NULL ? intention->value : ""));
  if (hands->obey != NULL)
    hands->obey (intention, hands->user_data);
}

static void
keypad_cb (PvKioskWindow *window, guint meaning, gpointer user_data)
{
  PadHands *hands = user_data;

  (void) window;
  g_ptr_array_add (hands->heard, g_strdup (pv_keypad_meaning_name ((PvKeypadMeaning) meaning)));
}

static void
painted_cb (PvKioskWindow *window, gpointer user_data)
{
  (void) window;
  ((PadHands *) user_data)->is_painted = TRUE;
}

static gboolean
event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, gpointer user_data)
{
  (void) controller;
  if (gdk_event_get_event_type (event) == GDK_KEY_PRESS)
    ((PadHands *) user_data)->n_pushed++;
  if (gdk_event_get_event_type (event) == GDK_KEY_RELEASE)
    ((PadHands *) user_data)->n_released++;
  return GDK_EVENT_PROPAGATE;
}

PadHands *
pad_hands_new (int width, int height, guint debounce_ms)
{
  PadHands *hands = g_new0 (PadHands, 1);
  PvKeypadMap map = { .debounce_ms = debounce_ms };
  PvViewConfig config = { .commune = "Ville de Montclair", .keypad = &map, .width = width, .height = height };
  GtkEventController *events = gtk_event_controller_legacy_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    pv_keypad_map_add (&map, pv_keypad_key_from_name (keys[i].key), keys[i].meaning);
  hands->said = g_ptr_array_new_with_free_func (g_free);
  hands->heard = g_ptr_array_new_with_free_func (g_free);
  hands->window = pv_kiosk_window_new (NULL, &config);
  if (debounce_ms == 0)
    pv_screen_view_set_debounce_ms (PV_SCREEN_VIEW (gtk_window_get_child (GTK_WINDOW (hands->window))), 0);
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect (events, "event", G_CALLBACK (event_cb), hands);
  gtk_widget_add_controller (GTK_WIDGET (hands->window), events);
  g_signal_connect (hands->window, "intention", G_CALLBACK (intention_cb), hands);
  g_signal_connect (hands->window, "keypad", G_CALLBACK (keypad_cb), hands);
  g_signal_connect (hands->window, "painted", G_CALLBACK (painted_cb), hands);
  return hands;
}

void
pad_hands_free (PadHands *hands)
{
  gtk_window_destroy (GTK_WINDOW (hands->window));
  g_ptr_array_unref (hands->said);
  g_ptr_array_unref (hands->heard);
  g_free (hands);
}

static Display *
get_display (PadHands *hands)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (hands->window));

  return gdk_x11_display_get_xdisplay (gdk_surface_get_display (surface));
}

void
pad_hands_run_for (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static gboolean
pump_until (const gboolean *flag)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (!*flag && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (200);
  return *flag;
}

gboolean
pad_hands_present (PadHands *hands)
{
  GtkWindow *window = GTK_WINDOW (hands->window);
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND;
  GdkSurface *surface;

  pv_kiosk_window_present (hands->window);
  if (!pump_until (&hands->is_painted))
    return FALSE;
  surface = gtk_native_get_surface (GTK_NATIVE (window));
  XSetInputFocus (get_display (hands), gdk_x11_surface_get_xid (surface), RevertToParent, CurrentTime);
  XFlush (get_display (hands));
  while (!gtk_window_is_active (window) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  return gtk_window_is_active (window);
}

static void
laid_out_cb (GdkFrameClock *clock, gboolean *is_laid_out)
{
  (void) clock;
  *is_laid_out = TRUE;
}

static void
lay_out (PadHands *hands)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (hands->window));
  gboolean is_laid_out = FALSE;
  gulong id;

  id = g_signal_connect_after (clock, "layout", G_CALLBACK (laid_out_cb), &is_laid_out);
  gtk_widget_queue_resize (GTK_WIDGET (hands->window));
  pump_until (&is_laid_out);
  g_signal_handler_disconnect (clock, id);
  while (g_main_context_iteration (NULL, FALSE)) /* what waits for the sizes */
    ;
}

void
pad_hands_show (PadHands *hands, const PvScreenState *state)
{
  pv_kiosk_window_show_state (hands->window, state);
  lay_out (hands);
}

/* ---- keys ---- */

static KeyCode
find_code (PadHands *hands, const char *key)
{
  guint keysym = gdk_keyval_from_name (key);

  /* By hardware: the tables call it otherwise. */
  if (key[0] == 'F' && keysym >= GDK_KEY_F13 && keysym <= GDK_KEY_F24)
    return (KeyCode) (191 + keysym - GDK_KEY_F13);
  return XKeysymToKeycode (get_display (hands), keysym);
}

gboolean
pad_hands_push (PadHands *hands, const char *key, gboolean is_down)
{
  KeyCode code = find_code (hands, key);

  if (code == 0)
    return FALSE;
  XTestFakeKeyEvent (get_display (hands), code, is_down, CurrentTime);
  XFlush (get_display (hands));
  return TRUE;
}

/* Until the window saw @n keys go down, and up again; that one went up may stay unseen where it took its button away. */
static gboolean
pump_keys (PadHands *hands, guint n, guint pushed, guint released)
{
  gint64 end = g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND, last = 0;

  while (hands->n_pushed < pushed + n && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (200);
  last = g_get_monotonic_time () + UP_MS * G_TIME_SPAN_MILLISECOND;
  while (hands->n_released < released + n && g_get_monotonic_time () < last)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (200);
  if (hands->n_released < released + n)
    hands->n_unseen++;
  return hands->n_pushed >= pushed + n;
}

gboolean
pad_hands_press (PadHands *hands, const char *key)
{
  guint pushed = hands->n_pushed, released = hands->n_released;

  hands->n_presses++;
  return pad_hands_push (hands, key, TRUE) && pad_hands_push (hands, key, FALSE)
         && pump_keys (hands, 1, pushed, released);
}

gboolean
pad_hands_press_with (PadHands *hands, const char *key, const char *held)
{
  guint pushed = hands->n_pushed, released = hands->n_released;

  hands->n_presses++;
  return pad_hands_push (hands, held, TRUE) && pad_hands_push (hands, key, TRUE) && pad_hands_push (hands, key, FALSE)
         && pad_hands_push (hands, held, FALSE) && pump_keys (hands, 2, pushed, released);
}

/* ---- moving ---- */

static const char *
name_of (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (pv_get_focus_id (widget) != NULL)
      return pv_get_focus_id (widget);
  return "";
}

char *
pad_hands_where (PadHands *hands)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (hands->window));
  GtkWidget *keyboard = focus != NULL ? gtk_widget_get_ancestor (focus, PV_TYPE_KEYBOARD) : NULL;

  if (keyboard != NULL)
    return g_strconcat ("keys:", name_of (pv_keyboard_get_target (PV_KEYBOARD (keyboard))), NULL);
  return g_strdup (name_of (focus));
}

gboolean
pad_hands_go (PadHands *hands, const char *focus_id)
{
  for (guint i = 0; i < MAX_STEPS; i++) {
    g_autofree char *where = pad_hands_where (hands);

    if (g_str_equal (where, focus_id))
      return TRUE;
    if (!pad_hands_press (hands, "Tab"))
      return FALSE;
  }
  return FALSE;
}

const char *
pad_hands_last_said (PadHands *hands)
{
  return hands->said->len > 0 ? g_ptr_array_index (hands->said, hands->said->len - 1) : "";
}

/* ---- the keyboard on the screen ---- */

static const PvKey *
key_of (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "pv-key");
}

static GtkWidget *
find_key (GtkWidget *keyboard, PvKeyKind kind, const char *text)
{
  for (GtkWidget *button = gtk_widget_get_first_child (keyboard); button != NULL;
       button = gtk_widget_get_next_sibling (button)) {
    const PvKey *key = key_of (button);

    if (key != NULL && key->kind == kind && (kind != PV_KEY_TEXT || g_str_equal (key->text, text)))
      return button;
  }
  return NULL;
}

/* By the arrows: to its row, then along it. */
static gboolean
walk_to (PadHands *hands, GtkWidget *keyboard, GtkWidget *wanted)
{
  for (guint i = 0; i < MAX_WALK; i++) {
    GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (hands->window));
    graphene_rect_t here, there;
    const char *key;

    if (focus == wanted)
      return TRUE;
    if (focus == NULL || !gtk_widget_compute_bounds (focus, keyboard, &here)
        || !gtk_widget_compute_bounds (wanted, keyboard, &there))
      return FALSE;
    if (ABS (here.origin.y - there.origin.y) > 4.0F)
      key = here.origin.y < there.origin.y ? "Down" : "Up";
    else if (ABS (here.origin.x - there.origin.x) > (float) gtk_widget_get_width (keyboard) / 2.0F)
      key = here.origin.x < there.origin.x ? "Left" : "Right"; /* around the end */
    else
      key = here.origin.x < there.origin.x ? "Right" : "Left";
    if (!pad_hands_press (hands, key))
      return FALSE;
  }
  return FALSE;
}

static gboolean
press_key (PadHands *hands, GtkWidget *keyboard, GtkWidget *key)
{
  return key != NULL && walk_to (hands, keyboard, key) && pad_hands_press (hands, "Return");
}

static GtkWidget *
get_keyboard (PadHands *hands)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (hands->window));

  return focus != NULL ? gtk_widget_get_ancestor (focus, PV_TYPE_KEYBOARD) : NULL;
}

/* The next letter is a capital one: where the keys do not type these anyway, and none is due by itself. */
static gboolean
shift (PadHands *hands, GtkWidget *keyboard)
{
  GtkWidget *key = find_key (keyboard, PV_KEY_SHIFT, NULL);

  if (key == NULL || gtk_widget_has_css_class (key, "active"))
    return TRUE;
  if (!press_key (hands, keyboard, key))
    return FALSE;
  lay_out (hands);
  return TRUE;
}

/* On this page of keys, or on another one. */
static gboolean
type_letter (PadHands *hands, const char *letter, gboolean is_capital)
{
  static const PvKeyKind turns[MAX_PAGES] = { PV_KEY_GO_DIGITS, PV_KEY_GO_LETTERS, PV_KEY_GO_ACCENTS,
                                              PV_KEY_GO_LETTERS };

  for (guint i = 0; i <= MAX_PAGES; i++) {
    GtkWidget *keyboard = get_keyboard (hands);
    GtkWidget *key = keyboard != NULL ? find_key (keyboard, PV_KEY_TEXT, letter) : NULL;
    GtkWidget *turn = keyboard != NULL && i < MAX_PAGES ? find_key (keyboard, turns[i], NULL) : NULL;

    if (keyboard != NULL && g_str_equal (letter, " ")) {
      key = find_key (keyboard, PV_KEY_SPACE, NULL);
      if (key == NULL) /* a pad that groups by itself */
        return TRUE;
    }
    if (key != NULL)
      return (!is_capital || shift (hands, keyboard)) && press_key (hands, keyboard, key);
    if (turn != NULL && press_key (hands, keyboard, turn))
      lay_out (hands);
  }
  return FALSE;
}

gboolean
pad_hands_type (PadHands *hands, const char *text)
{
  lay_out (hands); /* another field may have other keys */
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    g_autofree char *sign = g_strndup (c, (gsize) (g_utf8_next_char (c) - c));
    g_autofree char *letter = g_utf8_strdown (sign, -1);

    if (!type_letter (hands, letter, !g_str_equal (letter, sign)))
      return FALSE;
  }
  return TRUE;
}

gboolean
pad_hands_erase (PadHands *hands)
{
  GtkWidget *keyboard = get_keyboard (hands);
  guint n_presses = hands->n_presses;

  lay_out (hands);
  for (guint i = 0; keyboard != NULL && i < MAX_ERASED; i++) {
    GtkWidget *target = pv_keyboard_get_target (PV_KEYBOARD (keyboard));

    if (!GTK_IS_EDITABLE (target) || gtk_editable_get_text (GTK_EDITABLE (target))[0] == '\0') {
      hands->n_presses = n_presses; /* it is not a part of the answer */
      return TRUE;
    }
    if (!press_key (hands, keyboard, find_key (keyboard, PV_KEY_BACKSPACE, NULL)))
      return FALSE;
  }
  return FALSE;
}

/* ---- what a state offers ---- */

static void add (GPtrArray *list, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add (GPtrArray *list, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (list, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static void
add_choices (GPtrArray *list, const PvField *field, const char *kind)
{
  for (guint i = 0; field->choices != NULL && i < field->choices->len; i++) {
    const PvChoice *choice = field->choices->pdata[i];

    if (choice->enabled)
      add (list, "%s:%s:%s", kind, field->id, choice->id);
  }
}

static void
add_rows (GPtrArray *list, const PvField *field)
{
  for (guint i = 0; field->rows != NULL && i < field->rows->len; i++) {
    const PvSummaryRow *row = field->rows->pdata[i];

    if (row->edit_target != NULL && field->kind == PV_FIELD_FILE)
      add (list, "remove:%s:%s", field->id, row->edit_target);
    else if (row->edit_target != NULL)
      add (list, "edit:%s", row->edit_target);
  }
}

static void
add_deeds (GPtrArray *list, const PvField *field)
{
  for (guint i = 0; field->portrait != NULL && field->choices != NULL && i < field->choices->len; i++) {
    const PvChoice *choice = field->choices->pdata[i];

    if (choice->enabled)
      add (list, "action:%s:%s:", pv_intention_kind_name (choice->intention), choice->id);
  }
}

static void
add_answer (GPtrArray *list, const PvScreenState *state, const PvField *field)
{
  switch (field->kind) {
  case PV_FIELD_SEARCH:
    add (list, "%s:%s", state->id == PV_SCREEN_HOME ? "search" : "entry", field->id);
    break;
  case PV_FIELD_INPUT:
  case PV_FIELD_LONG_INPUT:
  case PV_FIELD_CODE:
    add (list, "entry:%s", field->id);
    add_choices (list, field, "offer");
    break;
  case PV_FIELD_DATE:
    add (list, "part:%s:day", field->id);
    add (list, "part:%s:month", field->id);
    add (list, "part:%s:year", field->id);
    break;
  case PV_FIELD_STATEMENT:
    add (list, "choice:%s:", field->id);
    break;
  case PV_FIELD_CHOICE:
  case PV_FIELD_CHOICES:
  case PV_FIELD_TILES:
  case PV_FIELD_DAYS:
  case PV_FIELD_TIMES:
    add_choices (list, field, "choice");
    break;
  case PV_FIELD_SCAN:
    add_deeds (list, field);
    break;
  case PV_FIELD_SUMMARY:
  case PV_FIELD_FILE:
    add_rows (list, field);
    break;
  case PV_FIELD_TEXT:
  case PV_FIELD_REFERENCE:
  case PV_FIELD_QR:
  case PV_FIELD_PROGRESS:
  case PV_FIELD_CARD:
  default:
    break;
  }
}

static void
add_actions (GPtrArray *list, const PvScreenState *state, PvActionRole from, PvActionRole to)
{
  for (guint i = 0; i < state->actions->len; i++) {
    const PvAction *action = state->actions->pdata[i];

    if (action->is_enabled && action->role >= from && action->role <= to)
      g_ptr_array_add (list, pv_action_focus_id (action));
  }
}

/* Each role in the order of the state; the roles as bands and block stand. */
GPtrArray *
pad_hands_list_controls (const PvScreenState *state)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
  gboolean is_welcome = state->id == PV_SCREEN_WELCOME;

  add_actions (list, state, PV_ROLE_JUMP, PV_ROLE_JUMP);
  if (is_welcome) /* "Touch to start" stands before the languages */
    add_actions (list, state, PV_ROLE_PRIMARY, PV_ROLE_PRIMARY);
  for (guint i = 0; i < state->fields->len; i++) {
    const PvField *field = state->fields->pdata[i];

    if (field->proposal != NULL && field->accept_label != NULL)
      add (list, "action:accept:%s:", field->id);
    if (field->proposal != NULL && field->keep_label != NULL)
      add (list, "action:keep-mine:%s:", field->id);
    if (field->privacy != NULL && field->lift_label != NULL)
      add (list, "action:lift:%s:", field->id);
    if (!field->is_locked)
      add_answer (list, state, field);
  }
  if (is_welcome) {
    add_actions (list, state, PV_ROLE_SECONDARY, PV_ROLE_HELP);
    return list;
  }
  add_actions (list, state, PV_ROLE_OPTION, PV_ROLE_DANGER);
  add_actions (list, state, PV_ROLE_BACK, PV_ROLE_BACK);
  add_actions (list, state, PV_ROLE_SECONDARY, PV_ROLE_SECONDARY);
  add_actions (list, state, PV_ROLE_PRIMARY, PV_ROLE_PRIMARY);
  add_actions (list, state, PV_ROLE_HELP, PV_ROLE_HELP);
  return list;
}

static char *
find_choice (const PvScreenState *state, PvIntentionKind kind, const char *target, const char *value)
{
  for (guint i = 0; i < state->fields->len; i++) {
    const PvField *field = state->fields->pdata[i];
    gboolean is_own = g_strcmp0 (field->id, target) == 0;

    if (kind == PV_DO_TOGGLE && is_own && field->kind == PV_FIELD_STATEMENT)
      return g_strdup_printf ("choice:%s:", field->id);
    for (guint k = 0; field->choices != NULL && k < field->choices->len; k++) {
      const PvChoice *choice = field->choices->pdata[k];

      if (is_own && g_strcmp0 (choice->id, value) == 0)
        return g_strdup_printf ("%s:%s:%s", field->kind == PV_FIELD_INPUT ? "offer" : "choice", field->id, choice->id);
      if (field->kind == PV_FIELD_TILES && choice->intention == kind
          && ((target == NULL && value == NULL) || g_strcmp0 (choice->id, target) == 0
              || g_strcmp0 (choice->id, value) == 0))
        return g_strdup_printf ("choice:%s:%s", field->id, choice->id);
      if (field->kind == PV_FIELD_SCAN && choice->intention == kind)
        return g_strdup_printf ("action:%s:%s:", pv_intention_kind_name (kind), choice->id);
    }
  }
  return NULL;
}

char *
pad_hands_find_control (const PvScreenState *state, PvIntentionKind kind, const char *target, const char *value)
{
  g_autoptr (GPtrArray) list = pad_hands_list_controls (state);
  g_autofree char *wanted = find_choice (state, kind, target, value);

  if (kind == PV_DO_OPEN_SEARCH)
    wanted = g_strdup ("search:search");
  else if (kind == PV_DO_TYPE || kind == PV_DO_SEARCH)
    wanted = g_strdup_printf ("entry:%s", target);
  else if (kind == PV_DO_TYPE_PART)
    wanted = g_strdup_printf ("part:%s", target);
  else if (kind == PV_DO_EDIT)
    wanted = g_strdup_printf ("edit:%s", target);
  else if (kind == PV_DO_REMOVE_DOCUMENT)
    wanted = g_strdup_printf ("remove:%s:%s", target, value);
  for (guint i = 0; i < state->actions->len && wanted == NULL; i++) {
    const PvAction *action = state->actions->pdata[i];

    if (action->intention == kind && action->is_enabled
        && (target == NULL || action->target == NULL || g_str_equal (action->target, target)))
      wanted = pv_action_focus_id (action);
  }
  if (kind == PV_DO_TYPE_PART && strrchr (wanted, '/') != NULL) /* "field/day" */
    *strrchr (wanted, '/') = ':';
  for (guint i = 0; wanted != NULL && i < list->len; i++)
    if (g_str_equal (list->pdata[i], wanted))
      return g_steal_pointer (&wanted);
  return NULL;
}

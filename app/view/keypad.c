/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/keypad.h"

#include "view/controls.h"
#include "view/keypad-stops.h"
#include "view/lockdown.h"
#include "view/pager.h"

enum { SHIFTED = 1 << 16 };

struct PvKeypad {
  GtkWindow *window;  /* owns this */
  PvScreenView *view; /* (nullable): borrowed: dormant */
  PvKeypadFunc heard;
  PvKeypadMap map;
  PvKeypadPresses presses;
  char *key;      /* (nullable): of the screen shown */
  char *focus_id; /* (nullable): of the last stop, to find it again where it was made anew */
  gboolean was_keyboard;
  guint index;   /* of the last stop */
  guint lost_id; /* 0 = the focus is where it was put */
  gboolean had_errors;
  gboolean is_placed;                                 /* the last state put the focus somewhere */
  guint n_jumps;                                      /* of the state shown */
  gboolean has_order;                                 /* the keys of the screen are in a pad's order */
  gboolean can_call, can_stop, can_refuse, can_grant; /* what the screen offers */
};

static GtkWidget *
get_root (PvKeypad *self)
{
  return GTK_WIDGET (self->view);
}

static void
note_stop (PvKeypad *self, const GArray *stops, int index)
{
  if (index < 0)
    return;
  self->index = (guint) index;
  self->was_keyboard = g_array_index (stops, PvKeypadStop, index).is_keyboard;
  g_free (self->focus_id);
  self->focus_id = g_strdup (pv_get_focus_id (g_array_index (stops, PvKeypadStop, index).widget));
}

static gboolean
go_to (PvKeypad *self, const GArray *stops, guint index)
{
  PvKeyboard *keyboard = pv_keypad_find_keyboard (get_root (self));
  GtkWidget *focus = gtk_window_get_focus (self->window);

  if (!pv_keypad_go (&g_array_index (stops, PvKeypadStop, index), keyboard, focus))
    return FALSE;
  note_stop (self, stops, (int) index);
  return TRUE;
}

/* Where it was, by name, or else by number. */
static guint
find_last (PvKeypad *self, const GArray *stops)
{
  for (guint i = 0; self->focus_id != NULL && i < stops->len; i++) {
    const PvKeypadStop *stop = &g_array_index (stops, PvKeypadStop, i);

    if (stop->is_keyboard == self->was_keyboard && g_strcmp0 (pv_get_focus_id (stop->widget), self->focus_id) == 0)
      return i;
  }
  return MIN (self->index, MAX (stops->len, 1) - 1);
}

static void
restore (PvKeypad *self)
{
  g_autoptr (GArray) stops = pv_keypad_list_stops (get_root (self));
  guint index = find_last (self, stops);

  self->is_placed = FALSE;
  for (guint n = 0; n < stops->len && !self->is_placed; n++)
    self->is_placed = go_to (self, stops, (index + n) % stops->len);
}

static gboolean
find_again_cb (gpointer user_data)
{
  PvKeypad *self = user_data;

  self->lost_id = 0;
  if (gtk_window_get_focus (self->window) == NULL && pv_lock_down_uses_keys (self->window))
    restore (self);
  return G_SOURCE_REMOVE;
}

/* A quick hand is faster than an idle: from nowhere, its way would begin anew. */
static void
find_lost (PvKeypad *self)
{
  if (self->lost_id == 0)
    return;
  g_clear_handle_id (&self->lost_id, g_source_remove);
  find_again_cb (self);
}

/* ---- what the keys do ---- */

static void
move (PvKeypad *self, int step)
{
  g_autoptr (GArray) stops = pv_keypad_list_stops (get_root (self));
  PvKeyboard *keyboard = pv_keypad_find_keyboard (get_root (self));
  int n_stops = (int) stops->len, at;

  find_lost (self);
  at = pv_keypad_find_stop (stops, keyboard, gtk_window_get_focus (self->window));
  if (at < 0 && step < 0) /* from nowhere backwards: to the last one */
    at = 0;
  for (int n = 0; n < n_stops; n++) {
    at = (at + step + n_stops) % n_stops;
    if (go_to (self, stops, (guint) at))
      return;
  }
}

static gboolean
is_on_keys (PvKeypad *self)
{
  GtkWidget *focus = gtk_window_get_focus (self->window);

  return focus != NULL && gtk_widget_get_ancestor (focus, PV_TYPE_KEYBOARD) != NULL;
}

/* The typed control that has the focus; NULL: none. */
static GtkWidget *
get_typed (PvKeypad *self)
{
  GtkWidget *widget = gtk_window_get_focus (self->window);

  while (widget != NULL && !pv_keypad_is_typed (widget))
    widget = gtk_widget_get_parent (widget);
  return widget;
}

/* FALSE: the key is for what has the focus. */
static gboolean
walk (PvKeypad *self, GtkDirectionType direction)
{
  GtkWidget *typed = get_typed (self);
  gboolean is_sideways = direction == GTK_DIR_LEFT || direction == GTK_DIR_RIGHT;
  gboolean is_mirrored = is_sideways && gtk_widget_get_direction (get_root (self)) == GTK_TEXT_DIR_RTL;
  gboolean is_forward = (direction == GTK_DIR_RIGHT || direction == GTK_DIR_DOWN) != is_mirrored;

  if (is_on_keys (self) && pv_keyboard_walk (pv_keypad_find_keyboard (get_root (self)), direction))
    return TRUE;
  if (typed != NULL && is_sideways && pv_keypad_moves_caret (typed, direction))
    return FALSE;
  move (self, is_forward ? 1 : -1);
  return TRUE;
}

/* FALSE: likewise. */
static gboolean
validate (PvKeypad *self)
{
  GtkWidget *focus = gtk_window_get_focus (self->window);
  GtkWidget *typed = get_typed (self);
  g_autoptr (GArray) stops = pv_keypad_list_stops (get_root (self));
  PvKeyboard *keyboard = pv_keypad_find_keyboard (get_root (self));
  int at = pv_keypad_find_stop (stops, keyboard, focus);

  if (at < 0) { /* nobody presses what they have not met */
    restore (self);
    return TRUE;
  }
  note_stop (self, stops, at);
  if (typed != NULL && (guint) at + 1 < stops->len && g_array_index (stops, PvKeypadStop, at + 1).is_keyboard)
    return go_to (self, stops, (guint) at + 1);
  if (GTK_IS_TEXT_VIEW (typed)) /* a real keyboard: a new line */
    return FALSE;
  /* GTK presses a button a quarter of a second later, and two letters that come late are then too near to each other. */
  if (is_on_keys (self))
    pv_keyboard_press (keyboard);
  else
    gtk_widget_activate (focus);
  return TRUE;
}

/* What is typed into was made anew while somebody types. */
static void
aim_again (PvKeypad *self)
{
  PvKeyboard *keyboard = pv_keypad_find_keyboard (get_root (self));
  GtkWidget *target = keyboard != NULL ? pv_keyboard_get_target (keyboard) : NULL;
  g_autoptr (GArray) stops = NULL;
  guint index;

  if (!is_on_keys (self) || keyboard == NULL || (target != NULL && gtk_widget_is_ancestor (target, get_root (self))))
    return;
  stops = pv_keypad_list_stops (get_root (self));
  index = find_last (self, stops);
  if (index < stops->len && g_array_index (stops, PvKeypadStop, index).is_keyboard)
    pv_keypad_aim (keyboard, g_array_index (stops, PvKeypadStop, index).widget);
}

static void
send (PvKeypad *self, gboolean is_offered, PvIntentionKind kind)
{
  if (is_offered)
    pv_send (get_root (self), kind, NULL, NULL);
}

/* FALSE: the key is for what has the focus. */
static gboolean
perform (PvKeypad *self, PvKeypadMeaning meaning)
{
  switch (meaning) {
  case PV_KEYPAD_NEXT:
    move (self, 1);
    return TRUE;
  case PV_KEYPAD_PREVIOUS:
    move (self, -1);
    return TRUE;
  case PV_KEYPAD_UP:
    return walk (self, GTK_DIR_UP);
  case PV_KEYPAD_DOWN:
    return walk (self, GTK_DIR_DOWN);
  case PV_KEYPAD_LEFT:
    return walk (self, GTK_DIR_LEFT);
  case PV_KEYPAD_RIGHT:
    return walk (self, GTK_DIR_RIGHT);
  case PV_KEYPAD_VALIDATE:
    return validate (self);
  case PV_KEYPAD_BACK:
    pv_screen_view_escape (self->view);
    return TRUE;
  case PV_KEYPAD_HELP:
    send (self, self->can_call, PV_DO_CALL_MEDIATOR);
    return TRUE;
  case PV_KEYPAD_YES:
    send (self, self->can_grant, PV_DO_GRANT);
    return TRUE;
  case PV_KEYPAD_NO:
    send (self, self->can_refuse, PV_DO_REFUSE);
    return TRUE;
  case PV_KEYPAD_STOP_HELP:
    send (self, self->can_stop, PV_DO_STOP_HELP);
    return TRUE;
  case PV_KEYPAD_REPEAT:
  case PV_KEYPAD_LOUDER:
  case PV_KEYPAD_SOFTER:
    self->heard (self->window, meaning);
    return TRUE;
  case PV_KEYPAD_NOTHING:
  case PV_N_KEYPAD_MEANINGS:
  default:
    return FALSE;
  }
}

/* ---- keys ---- */

static PvKeypadMeaning
find (PvKeypad *self, guint keysym, guint keycode, GdkModifierType modifiers)
{
  const GdkModifierType others = GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK | GDK_HYPER_MASK;

  if (self->view == NULL || (modifiers & others) != 0)
    return PV_KEYPAD_NOTHING;
  return pv_keypad_map_find (&self->map, keysym, keycode);
}

/* In the order of the alphabet, until somebody switches: who hears the keys finds them sooner. */
static void
use_order (PvKeypad *self)
{
  PvKeyboard *keyboard = pv_keypad_find_keyboard (get_root (self));

  if (self->has_order || keyboard == NULL)
    return;
  self->has_order = TRUE;
  pv_keyboard_set_order (keyboard, PV_KEYS_ABC);
}

/* A key by its number.  Tab with Shift is a key of its own on a pad, right beside that of Tab. */
static guint
number_of (guint keysym, guint keycode)
{
  return keycode == 0 ? keysym : keysym == GDK_KEY_ISO_Left_Tab ? keycode | SHIFTED : keycode;
}

static gboolean
pressed_cb (GtkEventControllerKey *controller, guint keysym, guint keycode, GdkModifierType modifiers,
            gpointer user_data)
{
  PvKeypad *self = user_data;
  PvKeypadMeaning meaning = find (self, keysym, keycode, modifiers);
  guint32 now_ms = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (controller));

  if (meaning == PV_KEYPAD_NOTHING)
    return GDK_EVENT_PROPAGATE;
  if (!pv_keypad_press (&self->presses, number_of (keysym, keycode), now_ms, self->map.debounce_ms))
    return GDK_EVENT_STOP;
  pv_lock_down_use_keys (self->window);
  use_order (self);
  return perform (self, meaning) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static void
released_cb (GtkEventControllerKey *controller, guint keysym, guint keycode, GdkModifierType modifiers,
             gpointer user_data)
{
  PvKeypad *self = user_data;

  (void) controller;
  (void) modifiers;
  /* Shift may have been let go before it. */
  pv_keypad_release (&self->presses, number_of (keysym, keycode));
  pv_keypad_release (&self->presses, keycode | SHIFTED);
}

/* ---- the focus ---- */

/* What had it is gone, or cannot be used any more, like the button of the last page. From an idle: whoever took it away may be
 * about to put it elsewhere. */
static void
focus_changed_cb (GtkWindow *window, GParamSpec *pspec, gpointer user_data)
{
  PvKeypad *self = user_data;

  (void) pspec;
  if (self->view != NULL && gtk_window_get_focus (window) == NULL && self->lost_id == 0)
    self->lost_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, find_again_cb, self, NULL);
}

/* The field that is to be mended first, drawn; NULL: none. */
static GtkWidget *
find_wrong (PvKeypad *self, const PvScreenState *state)
{
  for (guint i = 0; i < state->fields->len; i++) {
    const PvField *field = g_ptr_array_index (state->fields, i);

    if (field->error != NULL)
      return pv_find_point_name (get_root (self), field->id);
  }
  return NULL;
}

/* On what is wrong, or on the first control. */
static void
begin (PvKeypad *self, GtkWidget *wrong)
{
  g_autoptr (GArray) stops = pv_keypad_list_stops (get_root (self));
  GtkWidget *pager;
  guint first = 0;

  for (guint i = 0; wrong != NULL && i < stops->len; i++)
    if (gtk_widget_is_ancestor (g_array_index (stops, PvKeypadStop, i).widget, wrong)) {
      first = i;
      break;
    }
  for (guint i = first; i < stops->len; i++)
    if (go_to (self, stops, i)) {
      self->is_placed = TRUE;
      /* Pages are not yet divided. */
      pager = gtk_widget_get_ancestor (g_array_index (stops, PvKeypadStop, i).widget, PV_TYPE_PAGER);
      if (pager != NULL)
        pv_pager_reveal_later (PV_PAGER (pager), g_array_index (stops, PvKeypadStop, i).widget);
      return;
    }
}

/* As the last key left it: the view may have moved the focus since. */
static gboolean
was_typing (PvKeypad *self)
{
  return self->was_keyboard
         || (self->focus_id != NULL
             && (g_str_has_prefix (self->focus_id, "entry:") || g_str_has_prefix (self->focus_id, "part:")));
}

static gboolean
offers (const PvScreenState *state, PvIntentionKind kind)
{
  const PvAction *action = pv_screen_state_find_action (state, kind);

  return action != NULL && action->is_enabled;
}

void
pv_keypad_show_state (PvKeypad *self, const PvScreenState *state)
{
  gboolean is_new = g_strcmp0 (state->key, self->key) != 0;
  GtkWidget *wrong;
  gboolean has_errors, is_jump = state->n_jumps != self->n_jumps;

  if (self->view == NULL)
    return;
  self->is_placed = FALSE;
  g_free (self->key);
  self->key = g_strdup (state->key);
  self->can_call = offers (state, PV_DO_CALL_MEDIATOR);
  self->can_stop = offers (state, PV_DO_STOP_HELP);
  self->can_grant = state->id == PV_SCREEN_CONSENT && offers (state, PV_DO_GRANT);
  self->can_refuse = state->id == PV_SCREEN_CONSENT && offers (state, PV_DO_REFUSE);
  wrong = find_wrong (self, state);
  has_errors = wrong != NULL;
  if (is_new)
    g_clear_pointer (&self->focus_id, g_free);
  if (is_new)
    self->index = 0;
  if (pv_lock_down_uses_keys (self->window)) {
    /* What goes wrong under somebody's hands is said, and they go on. */
    if (is_new || (has_errors && !self->had_errors && (is_jump || !was_typing (self))))
      begin (self, wrong);
    else if (gtk_window_get_focus (self->window) == NULL)
      restore (self);
    aim_again (self);
    use_order (self);
  }
  self->had_errors = has_errors;
  self->n_jumps = state->n_jumps;
}

gboolean
pv_keypad_take_placed (PvKeypad *self)
{
  gboolean is_placed = self->is_placed;

  self->is_placed = FALSE;
  return is_placed;
}

/* ---- the object ---- */

static void
keypad_free (gpointer data)
{
  PvKeypad *self = data;

  g_clear_handle_id (&self->lost_id, g_source_remove);
  g_free (self->key);
  g_free (self->focus_id);
  g_free (self);
}

PvKeypad *
pv_keypad_new (GtkWindow *window, PvKeypadFunc heard)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  PvKeypad *self = g_new0 (PvKeypad, 1);

  self->window = window;
  self->heard = heard;
  g_object_set_data_full (G_OBJECT (window), "pv-keypad", self, keypad_free);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (keys, "key-released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (focus_changed_cb), self);
  return self;
}

void
pv_keypad_start (PvKeypad *self, const PvKeypadMap *map, PvScreenView *view)
{
  self->map = *map;
  self->view = view;
}

PvKeypadMeaning
pv_keypad_find (GtkWindow *window, guint keysym, guint keycode)
{
  const PvKeypad *self = g_object_get_data (G_OBJECT (window), "pv-keypad");

  return self != NULL && self->view != NULL ? pv_keypad_map_find (&self->map, keysym, keycode) : PV_KEYPAD_NOTHING;
}

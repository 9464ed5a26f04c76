/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/lockdown.h"

typedef struct {
  guint held_keycode;  /* 0 = none */
  guint super_keycode; /* of one that is down, 0 = none: GDK does not tell of them under Wayland */
  gboolean uses_keys;
  void (*escape) (GtkWindow *window); /* (nullable) */
} Lock;

static gboolean
leads_away (guint key, GdkModifierType modifiers)
{
  if (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK | GDK_HYPER_MASK))
    return TRUE;
  if (key >= GDK_KEY_F1 && key <= GDK_KEY_F35)
    return TRUE;
  /* Cut and paste by another name. */
  if ((modifiers & GDK_SHIFT_MASK) && (key == GDK_KEY_Insert || key == GDK_KEY_Delete || key == GDK_KEY_KP_Insert))
    return TRUE;
  return key == GDK_KEY_Menu || key == GDK_KEY_Cut || key == GDK_KEY_Copy || key == GDK_KEY_Paste
         || key == GDK_KEY_Print || key == GDK_KEY_Sys_Req || key == GDK_KEY_Help || key == GDK_KEY_Undo
         || key == GDK_KEY_Redo;
}

/* Keys that people hold on purpose, to move or to erase. */
static gboolean
may_repeat (guint key)
{
  return key == GDK_KEY_BackSpace || key == GDK_KEY_Left || key == GDK_KEY_Right || key == GDK_KEY_Up
         || key == GDK_KEY_Down;
}

void
pv_lock_down_use_keys (GtkWindow *window)
{
  Lock *lock = g_object_get_data (G_OBJECT (window), "pv-lock");

  lock->uses_keys = TRUE;
  gtk_window_set_focus_visible (window, TRUE);
}

gboolean
pv_lock_down_uses_keys (GtkWindow *window)
{
  const Lock *lock = g_object_get_data (G_OBJECT (window), "pv-lock");

  return lock->uses_keys;
}

static gboolean
pressed_cb (GtkEventControllerKey *controller, guint key, guint keycode, GdkModifierType modifiers, gpointer user_data)
{
  GtkWidget *window = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  Lock *lock = user_data;
  gboolean is_repeat = keycode != 0 && keycode == lock->held_keycode;

  lock->held_keycode = keycode;
  if (key == GDK_KEY_Super_L || key == GDK_KEY_Super_R)
    lock->super_keycode = keycode;
  if (lock->super_keycode != 0 || leads_away (key, modifiers) || (is_repeat && !may_repeat (key)))
    return GDK_EVENT_STOP;
  pv_lock_down_use_keys (GTK_WINDOW (window));
  if (key != GDK_KEY_Escape || lock->escape == NULL)
    return GDK_EVENT_PROPAGATE;
  lock->escape (GTK_WINDOW (window));
  return GDK_EVENT_STOP;
}

static void
released_cb (GtkEventControllerKey *controller, guint key, guint keycode, GdkModifierType modifiers, gpointer user_data)
{
  Lock *lock = user_data;

  (void) controller;
  (void) key;
  (void) modifiers;
  if (keycode == lock->super_keycode)
    lock->super_keycode = 0;
  if (keycode == lock->held_keycode)
    lock->held_keycode = 0;
}

static void
touched_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  GtkWidget *window = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  Lock *lock = user_data;

  (void) n_press;
  (void) x;
  (void) y;
  lock->uses_keys = FALSE;
  gtk_window_set_focus_visible (GTK_WINDOW (window), FALSE);
}

static void
keep_ring_cb (GtkWindow *window, GParamSpec *pspec, gpointer user_data)
{
  const Lock *lock = user_data;

  (void) pspec;
  if (lock->uses_keys && !gtk_window_get_focus_visible (window))
    gtk_window_set_focus_visible (window, TRUE);
}

/* Whoever has the keys meanwhile hears of their release. */
static void
forget_keys_cb (GtkWindow *window, GParamSpec *pspec, gpointer user_data)
{
  Lock *lock = user_data;

  (void) window;
  (void) pspec;
  lock->held_keycode = lock->super_keycode = 0;
}

static gboolean
refuse_inspector_cb (GtkWindow *window, gboolean toggle, gpointer user_data)
{
  (void) toggle;
  (void) user_data;
  g_signal_stop_emission_by_name (window, "enable-debugging");
  return TRUE;
}

static gboolean
refuse_close_cb (GtkWindow *window, gpointer user_data)
{
  (void) window;
  (void) user_data;
  return GDK_EVENT_STOP;
}

static void
act_at_once_cb (GtkButton *button)
{
  g_signal_emit_by_name (button, "clicked");
}

/* GTK shows a button pressed for 250 ms before a key acts, and would take a second key meanwhile for none. */
static void
let_keys_act_at_once (void)
{
  static gpointer button_class; /* there are no signals before there is a class */

  if (button_class != NULL)
    return;
  button_class = g_type_class_ref (GTK_TYPE_BUTTON);
  g_signal_override_class_handler ("activate", GTK_TYPE_BUTTON, G_CALLBACK (act_at_once_cb));
}

void
pv_lock_down (GtkWindow *window)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *touch = gtk_gesture_click_new ();
  Lock *lock = g_new0 (Lock, 1);

  let_keys_act_at_once ();
  g_object_set_data_full (G_OBJECT (window), "pv-lock", lock, g_free);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (pressed_cb), lock);
  g_signal_connect (keys, "key-released", G_CALLBACK (released_cb), lock);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (touch), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (touch), GTK_PHASE_CAPTURE);
  g_signal_connect (touch, "pressed", G_CALLBACK (touched_cb), lock);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (touch));
  g_signal_connect (window, "notify::focus-visible", G_CALLBACK (keep_ring_cb), lock);
  g_signal_connect (window, "notify::is-active", G_CALLBACK (forget_keys_cb), lock);
  g_signal_connect (window, "enable-debugging", G_CALLBACK (refuse_inspector_cb), NULL);
  g_signal_connect (window, "close-request", G_CALLBACK (refuse_close_cb), NULL);
}

void
pv_lock_down_with_escape (GtkWindow *window, void (*escape) (GtkWindow *window))
{
  Lock *lock = g_object_get_data (G_OBJECT (window), "pv-lock");

  lock->escape = escape;
}

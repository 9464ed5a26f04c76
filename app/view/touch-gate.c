/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/touch-gate.h"

#include "view/theme.h"

/* Pixels of the reference panel: 10 mm, half of the smallest button. */
enum { SAME_PLACE_PX = 36 };

typedef struct {
  GtkWidget *window; /* that it belongs to */
  PvTouchTimes times;
  guint32 pressed_ms; /* the touch that goes on */
  gboolean is_pressed;
  guint32 last_ms; /* the last press, counted or not */
  double last_x, last_y;
  GtkWidget *last_button; /* compared only: it may be gone */
  gboolean has_last;
  double rest_x, rest_y;  /* where the pointer came to rest */
  double at_x, at_y;      /* where it is */
  GtkWidget *rest_button; /* under it; compared only */
  gboolean is_resting;
  guint dwell_id;
} Gate;

/* While a touch that counts is being told to what is below it. */
static guint counting_id;

static gboolean
counted_cb (gpointer user_data)
{
  (void) user_data;
  counting_id = 0;
  return G_SOURCE_REMOVE;
}

gboolean
pv_touch_gate_is_counting (void)
{
  return counting_id != 0;
}

static Gate *
get_gate (GtkWindow *window)
{
  return g_object_get_data (G_OBJECT (window), "pv-touch-gate");
}

/* Of the event where it has one: a busy program must not make a touch longer. */
static guint32
event_ms (gpointer controller)
{
  guint32 ms = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (controller));

  return ms != GDK_CURRENT_TIME ? ms : (guint32) (g_get_monotonic_time () / G_TIME_SPAN_MILLISECOND);
}

static GtkWidget *
button_at (Gate *gate, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (gate->window, x, y, GTK_PICK_DEFAULT);

  while (widget != NULL && !GTK_IS_BUTTON (widget))
    widget = gtk_widget_get_parent (widget);
  return widget;
}

static gboolean
is_near (double x, double y, double other_x, double other_y)
{
  double reach = pv_theme_px (SAME_PLACE_PX);

  return (x - other_x) * (x - other_x) + (y - other_y) * (y - other_y) < reach * reach;
}

/* Two keys of the keyboard are two letters, however near they are; else what is near is the same, also where another screen
 * came between. */
static gboolean
is_same_place (Gate *gate, GtkWidget *button, double x, double y)
{
  if (button != NULL && button == gate->last_button)
    return TRUE;
  return is_near (x, y, gate->last_x, gate->last_y) && !(button != NULL && gtk_widget_has_css_class (button, "key"));
}

static void
stop_resting (Gate *gate)
{
  g_clear_handle_id (&gate->dwell_id, g_source_remove);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  Gate *gate = user_data;
  GtkWidget *button = button_at (gate, x, y);
  guint32 now_ms = event_ms (gesture);
  gboolean is_bounce =
    gate->has_last && now_ms - gate->last_ms < gate->times.debounce_ms && is_same_place (gate, button, x, y);

  (void) n_press;
  stop_resting (gate);
  gate->last_ms = now_ms;
  gate->last_x = x;
  gate->last_y = y;
  gate->last_button = button;
  gate->has_last = TRUE;
  gate->pressed_ms = now_ms;
  gate->is_pressed = !is_bounce;
  if (is_bounce) /* what is below never learns of it */
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  Gate *gate = user_data;

  (void) n_press;
  (void) x;
  (void) y;
  if (gate->is_pressed && event_ms (gesture) - gate->pressed_ms < gate->times.press_ms) {
    gate->has_last = FALSE; /* the touch that counts may follow at once */
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  } else if (gate->is_pressed && counting_id == 0) {
    counting_id = g_idle_add_full (G_PRIORITY_HIGH, counted_cb, NULL, NULL); /* before the next event */
  }
  gate->is_pressed = FALSE;
}

static gboolean
rested_cb (gpointer user_data)
{
  Gate *gate = user_data;
  GtkWidget *button = button_at (gate, gate->at_x, gate->at_y);

  gate->dwell_id = 0;
  if (button != NULL && button == gate->rest_button && gtk_widget_is_sensitive (button))
    g_signal_emit_by_name (button, "clicked");
  return G_SOURCE_REMOVE;
}

/* Once it has pressed a button it must move away before it presses another: GTK tells of a motion, too, when only what is
 * under the pointer changed. */
static void
moved_cb (GtkEventControllerMotion *controller, double x, double y, gpointer user_data)
{
  Gate *gate = user_data;
  GtkWidget *button;

  (void) controller;
  gate->at_x = x;
  gate->at_y = y;
  if (gate->times.dwell_ms == 0 || gate->is_pressed)
    return;
  button = button_at (gate, x, y);
  if (gate->is_resting && is_near (x, y, gate->rest_x, gate->rest_y)
      && (gate->dwell_id == 0 || button == gate->rest_button))
    return;
  stop_resting (gate);
  gate->is_resting = TRUE;
  gate->rest_x = x;
  gate->rest_y = y;
  gate->rest_button = button;
  if (button != NULL)
    gate->dwell_id = g_timeout_add (gate->times.dwell_ms, rested_cb, gate);
}

static void
left_cb (GtkEventControllerMotion *controller, gpointer user_data)
{
  Gate *gate = user_data;

  (void) controller;
  stop_resting (gate);
  gate->is_resting = FALSE;
}

static void
gate_free (gpointer data)
{
  stop_resting (data);
  g_free (data);
}

void
pv_touch_gate_set_up (GtkWindow *window)
{
  Gate *gate = g_new0 (Gate, 1);
  GtkGesture *touch = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gate->window = GTK_WIDGET (window);
  g_object_set_data_full (G_OBJECT (window), "pv-touch-gate", gate, gate_free);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (touch), 0);
  gtk_gesture_single_set_exclusive (GTK_GESTURE_SINGLE (touch), TRUE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (touch), GTK_PHASE_CAPTURE);
  g_signal_connect (touch, "pressed", G_CALLBACK (pressed_cb), gate);
  g_signal_connect (touch, "released", G_CALLBACK (released_cb), gate);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (touch));
  gtk_event_controller_set_propagation_phase (motion, GTK_PHASE_CAPTURE);
  g_signal_connect (motion, "motion", G_CALLBACK (moved_cb), gate);
  g_signal_connect (motion, "leave", G_CALLBACK (left_cb), gate);
  gtk_widget_add_controller (GTK_WIDGET (window), motion);
}

void
pv_touch_gate_set_times (GtkWindow *window, const PvTouchTimes *times)
{
  Gate *gate = get_gate (window);

  gate->times = *times;
  if (times->dwell_ms == 0)
    stop_resting (gate);
}

PvTouchTimes
pv_touch_times_for_tremor (const PvTouchTimes *times)
{
  return (PvTouchTimes){
    .debounce_ms = MAX (times->debounce_ms, PV_TREMOR_DEBOUNCE_MS),
    .press_ms = MAX (times->press_ms, PV_TREMOR_PRESS_MS),
    .dwell_ms = times->dwell_ms,
  };
}

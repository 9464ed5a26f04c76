/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/touch-watch.h"

#include "view/controls.h"
#include "view/keypad.h"

/* (nullable): that can be used */
static GtkWidget *
find_button (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (GTK_IS_BUTTON (widget))
      return gtk_widget_is_sensitive (widget) ? widget : NULL;
  return NULL;
}

static gboolean
renews (GtkWidget *widget)
{
  GtkWidget *button = find_button (widget);

  return button != NULL && pv_action_button_get_kind (button) == PV_DO_RENEW_HAND;
}

static GtkWidget *
widget_below (GtkWidget *window, GdkEvent *event)
{
  double x = 0, y = 0, left = 0, top = 0;

  if (!gdk_event_get_position (event, &x, &y))
    return NULL;
  gtk_native_get_surface_transform (GTK_NATIVE (window), &left, &top);
  return gtk_widget_pick (window, x - left, y - top, GTK_PICK_DEFAULT);
}

/* The keys that press the button which has the focus. */
static gboolean
activates (GtkWidget *window, GdkEvent *event)
{
  guint key = gdk_key_event_get_keyval (event);
  PvKeypadMeaning meaning = pv_keypad_find (GTK_WINDOW (window), key, gdk_key_event_get_keycode (event));

  if (meaning != PV_KEYPAD_NOTHING)
    return meaning == PV_KEYPAD_VALIDATE;
  return key == GDK_KEY_space || key == GDK_KEY_KP_Space || key == GDK_KEY_Return || key == GDK_KEY_KP_Enter
         || key == GDK_KEY_ISO_Enter;
}

/* The keys that lead from one button to another, or away. */
static gboolean
moves (GdkEvent *event)
{
  static const guint keys[] = { GDK_KEY_Tab,     GDK_KEY_ISO_Left_Tab, GDK_KEY_KP_Tab,   GDK_KEY_Up,
                                GDK_KEY_Down,    GDK_KEY_Left,         GDK_KEY_Right,    GDK_KEY_KP_Up,
                                GDK_KEY_KP_Down, GDK_KEY_KP_Left,      GDK_KEY_KP_Right, GDK_KEY_Escape,
                                GDK_KEY_Shift_L, GDK_KEY_Shift_R };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (gdk_key_event_get_keyval (event) == keys[i])
      return TRUE;
  return FALSE;
}

static gboolean
event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, gpointer user_data)
{
  GtkWidget *window = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  PvTouchedFunc touched = (PvTouchedFunc) user_data;
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_TOUCH_BEGIN || type == GDK_BUTTON_PRESS) {
    GtkWidget *below = widget_below (window, event);

    touched (window, renews (below), find_button (below) != NULL);
  } else if (type == GDK_KEY_PRESS) {
    touched (window, activates (window, event) && renews (gtk_window_get_focus (GTK_WINDOW (window))),
             activates (window, event) || moves (event));
  }
  return GDK_EVENT_PROPAGATE;
}

void
pv_watch_touches (GtkWindow *window, PvTouchedFunc touched)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "event", G_CALLBACK (event_cb), (gpointer) touched);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}

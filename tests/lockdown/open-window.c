/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* open-window: what the kiosk is compared with: an ordinary window of GTK with an entry, a link and the usual shortcuts, and
 * nothing of it locked. What the test tries must have an effect here, or it would not see one in the kiosk. */

#include <gtk/gtk.h>

/* Desktops and their programs listen to these. Some mean nothing under a compositor that shows one program: here they end it, so
 * that it is seen that they arrive. */
static const struct {
  guint keyval;
  GdkModifierType modifiers;
} ends[] = {
  { GDK_KEY_q, GDK_CONTROL_MASK },
  { GDK_KEY_w, GDK_CONTROL_MASK },
  { GDK_KEY_F4, GDK_ALT_MASK },
  { GDK_KEY_F1, 0 },
  { GDK_KEY_F10, 0 },
  { GDK_KEY_F11, 0 },
  { GDK_KEY_F12, 0 },
  { GDK_KEY_Tab, GDK_ALT_MASK },
  { GDK_KEY_Escape, GDK_ALT_MASK },
  { GDK_KEY_space, GDK_ALT_MASK },
  { GDK_KEY_F2, GDK_ALT_MASK },
  { GDK_KEY_Delete, GDK_CONTROL_MASK | GDK_ALT_MASK },
  { GDK_KEY_BackSpace, GDK_CONTROL_MASK | GDK_ALT_MASK },
  { GDK_KEY_Sys_Req, GDK_ALT_MASK }, /* Alt+Print */
  { GDK_KEY_Print, 0 },
  { GDK_KEY_Super_L, 0 },
  { GDK_KEY_d, GDK_SUPER_MASK },
};

static gboolean
pressed_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType modifiers,
            gpointer user_data)
{
  (void) controller;
  (void) keycode;
  modifiers &= GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK;
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    if (ends[i].keyval == keyval && ends[i].modifiers == modifiers) {
      g_main_loop_quit (user_data);
      return TRUE;
    }
  }
  return FALSE;
}

static void
listen_to_keys (GtkWidget *window, GMainLoop *loop)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (pressed_cb), loop);
  gtk_widget_add_controller (window, controller);
}

int
main (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GtkWidget *window, *box, *entry, *link;

  g_set_prgname ("open-window");
  if (!gtk_init_check ())
    return 1;
  g_object_set (gtk_settings_get_default (), "gtk-cursor-blink", FALSE, "gtk-enable-animations", FALSE, NULL);
  window = gtk_window_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 40);
  entry = gtk_entry_new ();
  link = gtk_link_button_new ("https://montclair.example/");
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, "Entry", -1);
  gtk_widget_set_margin_top (box, 200);
  gtk_widget_set_margin_start (box, 200);
  gtk_widget_set_margin_end (box, 200);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), link);
  gtk_window_set_child (GTK_WINDOW (window), box);
  listen_to_keys (window, loop);
  gtk_window_present (GTK_WINDOW (window));
  g_main_loop_run (loop);
  return 0;
}

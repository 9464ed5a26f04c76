/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* open-window: what the kiosk is compared with: an ordinary window of GTK with an entry, a link and the usual shortcuts, and
 * nothing of it locked. What the test tries must have an effect here, or it would not see one in the kiosk. */

#include <gtk/gtk.h>

static gboolean
quit_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  (void) widget;
  (void) arguments;
  g_main_loop_quit (user_data);
  return TRUE;
}

static void
add_shortcuts (GtkWidget *window, GMainLoop *loop)
{
  static const char *const triggers[] = { "<Control>q", "<Control>w", "<Alt>F4", "F1" };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (triggers); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (triggers[i]),
                                                            gtk_callback_action_new (quit_cb, loop, NULL)));
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
  add_shortcuts (window, loop);
  gtk_window_present (GTK_WINDOW (window));
  g_main_loop_run (loop);
  return 0;
}

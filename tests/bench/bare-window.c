/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bare-window: the other side of each ratio: GTK 4 full screen, a page of eight buttons, nothing else. With --hidden it
 * is measured, but not shown; with --repaint N it repaints everything so often and writes its figures. */
#include <gtk/gtk.h>
#include <stdlib.h>

#include "paint.h"

enum { COLUMNS = 2, BUTTONS = 8 };

/* Another ground under the same widgets: every pixel is drawn again. */
static void
change_cb (guint turn, gpointer window)
{
  if (turn % 2 == 0)
    gtk_widget_add_css_class (window, "other");
  else
    gtk_widget_remove_css_class (window, "other");
}

/* Its first frame has the size of the screen, and not of what is in it, which would be a hundredth of the work. */
static void
take_screen_size (GtkWindow *window)
{
  GListModel *monitors = gdk_display_get_monitors (gdk_display_get_default ());
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, 0);
  GdkRectangle geometry = { 0 };

  if (monitor != NULL)
    gdk_monitor_get_geometry (monitor, &geometry);
  gtk_window_set_default_size (window, geometry.width, geometry.height);
}

static G_NORETURN void
wait_hidden (GtkWidget *window)
{
  gtk_widget_realize (window);
  gtk_widget_measure (window, GTK_ORIENTATION_VERTICAL, -1, NULL, NULL, NULL, NULL);
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  guint n = argc == 3 && g_str_equal (argv[1], "--repaint") ? (guint) atoi (argv[2]) : 0;
  GtkWidget *window, *grid;

  gtk_init ();
  window = gtk_window_new ();
  grid = gtk_grid_new ();
  gtk_grid_set_row_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (int i = 0; i < BUTTONS; i++)
    gtk_grid_attach (GTK_GRID (grid), gtk_button_new_with_label ("Button"), i % COLUMNS, i / COLUMNS, 1, 1);
  gtk_window_set_child (GTK_WINDOW (window), grid);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  take_screen_size (GTK_WINDOW (window));
  gtk_window_fullscreen (GTK_WINDOW (window));
  if (argc == 2 && g_str_equal (argv[1], "--hidden"))
    wait_hidden (window);
  gtk_window_present (GTK_WINDOW (window));
  if (n > 0) {
    g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
    gtk_css_provider_load_from_data (provider, "window { background: #eeeeee } window.other { background: #dddddd }",
                                     -1);
    gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                                GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
    return paint_measure (GTK_WINDOW (window), n, change_cb, window, "repaint, bare window", NULL, 0.0) ? 0 : 1;
  }
  for (;;)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}

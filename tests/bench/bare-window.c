/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bare-window: the other side of each ratio: GTK 4 full screen, a page of buttons, nothing else. Alone it shows eight in
 * GTK's own style. --hidden: measured, but not shown. --repaint N draws a page as full as one of Parvis so often anew,
 * --new-page N makes such a page so often anew; both write their figures. */
#include <gtk/gtk.h>
#include <stdlib.h>

#include "paint.h"

enum { COLUMNS = 2, BUTTONS = 8, FULL_COLUMNS = 5, FULL_BUTTONS = 46 };

static GtkWidget *
page_new (int columns, int buttons)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (int i = 0; i < buttons; i++)
    gtk_grid_attach (GTK_GRID (grid), gtk_button_new_with_label ("Button"), i % columns, i / columns, 1, 1);
  return grid;
}

/* Another ground under the same widgets: every pixel is drawn again. */
static void
repaint_cb (guint turn, gpointer window)
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

/* What a change of screens is at least: other widgets, on another ground. */
static void
new_page_cb (guint turn, gpointer window)
{
  repaint_cb (turn, window);
  gtk_window_set_child (GTK_WINDOW (window), page_new (FULL_COLUMNS, FULL_BUTTONS));
}

/* Buttons with round corners and an edge, as those of Parvis have. */
static void
style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_data (
    provider,
    "window { background: #eeeeee } window.other { background: #dddddd }"
    "button { background: #ffffff; color: #14213d; border: 4px solid #14213d; border-radius: 20px; margin: 6px; }",
    -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

int
main (int argc, char **argv)
{
  gboolean is_new_page = argc == 3 && g_str_equal (argv[1], "--new-page");
  gboolean is_full = is_new_page || (argc == 3 && g_str_equal (argv[1], "--repaint"));
  GtkWidget *window;

  gtk_init ();
  window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (window),
                        is_full ? page_new (FULL_COLUMNS, FULL_BUTTONS) : page_new (COLUMNS, BUTTONS));
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  take_screen_size (GTK_WINDOW (window));
  gtk_window_fullscreen (GTK_WINDOW (window));
  if (is_full)
    style ();
  if (argc == 2 && g_str_equal (argv[1], "--hidden"))
    wait_hidden (window);
  gtk_window_present (GTK_WINDOW (window));
  if (is_full)
    return paint_measure (GTK_WINDOW (window), (guint) atoi (argv[2]), is_new_page ? new_page_cb : repaint_cb, window,
                          is_new_page ? "new page, bare window" : "repaint, bare window", NULL)
             ? EXIT_SUCCESS
             : EXIT_FAILURE;
  for (;;)
    g_main_context_iteration (NULL, TRUE);
  return EXIT_SUCCESS;
}

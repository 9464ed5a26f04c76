/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/mouse.h"

#include "view/theme.h"

enum {
  ARROW_WIDTH = 22,
  ARROW_HEIGHT = 34,
  BEAM_WIDTH = 16,
  BEAM_HEIGHT = 34,
  HEIGHT_PX = 44, /* of the reference panel: 12 mm */
};

static struct {
  GdkCursor *arrow, *beam;
} mouse;

/* Black with a white edge: seen on each palette. */
static void
paint (cairo_t *cairo, gboolean is_filled)
{
  cairo_set_line_join (cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cairo, CAIRO_LINE_CAP_ROUND);
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_set_line_width (cairo, is_filled ? 3 : 5);
  cairo_stroke_preserve (cairo);
  cairo_set_source_rgb (cairo, 0, 0, 0);
  if (is_filled) {
    cairo_fill (cairo);
  } else {
    cairo_set_line_width (cairo, 2.2);
    cairo_stroke (cairo);
  }
}

static void
draw_arrow (cairo_t *cairo)
{
  static const double points[][2] = { { 2, 2 },   { 2, 27 },    { 8, 21.5 }, { 12.3, 31.5 },
                                      { 16, 30 }, { 11.8, 20 }, { 20, 20 } };

  for (gsize i = 0; i < G_N_ELEMENTS (points); i++)
    cairo_line_to (cairo, points[i][0], points[i][1]);
  cairo_close_path (cairo);
  paint (cairo, TRUE);
}

static void
draw_beam (cairo_t *cairo)
{
  cairo_move_to (cairo, 4, 3);
  cairo_line_to (cairo, 12, 3);
  cairo_move_to (cairo, 8, 3);
  cairo_line_to (cairo, 8, 31);
  cairo_move_to (cairo, 4, 31);
  cairo_line_to (cairo, 12, 31);
  paint (cairo, FALSE);
}

static GdkCursor *
make_cursor (void (*draw) (cairo_t *cairo), int width, int height, double spot_x, double spot_y)
{
  double scale = (double) pv_theme_px (HEIGHT_PX) / height;
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) (width * scale + 0.5), (int) (height * scale + 0.5));
  cairo_t *cairo = cairo_create (surface);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GdkCursor *cursor;

  cairo_scale (cairo, scale, scale);
  draw (cairo);
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface), (gsize) cairo_image_surface_get_stride (surface)
                                                                 * (gsize) cairo_image_surface_get_height (surface));
  texture = gdk_memory_texture_new (cairo_image_surface_get_width (surface), cairo_image_surface_get_height (surface),
                                    GDK_MEMORY_DEFAULT, bytes, (gsize) cairo_image_surface_get_stride (surface));
  cursor = gdk_cursor_new_from_texture (texture, (int) (spot_x * scale), (int) (spot_y * scale), NULL);
  cairo_surface_destroy (surface);
  return cursor;
}

void
pv_mouse_show (GtkWindow *window)
{
  if (mouse.arrow == NULL) {
    mouse.arrow = make_cursor (draw_arrow, ARROW_WIDTH, ARROW_HEIGHT, 2, 2);
    mouse.beam = make_cursor (draw_beam, BEAM_WIDTH, BEAM_HEIGHT, 8, 17);
  }
  gtk_widget_add_css_class (GTK_WIDGET (window), "mouse");
  gtk_widget_set_cursor (GTK_WIDGET (window), mouse.arrow);
}

/* GTK names the usual one anew whenever the mouse moves after a letter was typed; there is no theme to look it up in. */
static void
named_cb (GtkWidget *typed)
{
  GdkCursor *cursor = gtk_widget_get_cursor (typed);

  if (cursor != NULL && g_strcmp0 (gdk_cursor_get_name (cursor), "text") == 0)
    gtk_widget_set_cursor (typed, mouse.beam);
}

void
pv_mouse_mark_typed (GtkWidget *typed)
{
  if (mouse.beam == NULL)
    return;
  gtk_widget_set_cursor (typed, mouse.beam);
  g_signal_connect (typed, "notify::cursor", G_CALLBACK (named_cb), NULL);
}

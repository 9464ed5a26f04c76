/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/scan-picture.h"

#include "view/theme.h"

enum { RADIUS = 12, LINE = 4 };

struct _PvScanPicture {
  GtkWidget parent_instance;
  gboolean is_glass;
  GdkTexture *texture; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (PvScanPicture, pv_scan_picture, GTK_TYPE_WIDGET)

/* As large as it fits, in the middle. */
static graphene_rect_t
place_of (GdkTexture *texture, float width, float height)
{
  float own_width = (float) gdk_texture_get_width (texture), own_height = (float) gdk_texture_get_height (texture);
  float scale = MIN (width / own_width, height / own_height);

  own_width *= scale;
  own_height *= scale;
  return GRAPHENE_RECT_INIT ((width - own_width) / 2.0F, (height - own_height) / 2.0F, own_width, own_height);
}

/* Not mirrored: a page is as it is in every language. */
static void
draw_page (PvScanPicture *self, GtkSnapshot *snapshot, float width, float height)
{
  GtkWidget *widget = GTK_WIDGET (self);
  float line = (float) pv_theme_px (LINE);
  graphene_rect_t frame = GRAPHENE_RECT_INIT (0.0F, 0.0F, width, height);
  GdkRGBA ground = pv_theme_get_colour (widget, "quiet"), edge = pv_theme_get_colour (widget, "edge");
  GskRoundedRect shape;

  if (self->texture != NULL)
    frame = place_of (self->texture, width, height);
  gsk_rounded_rect_init_from_rect (&shape, &frame, self->texture != NULL ? 0.0F : (float) pv_theme_px (RADIUS));
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &ground, &frame);
  if (self->texture != NULL)
    gtk_snapshot_append_texture (snapshot, self->texture, &frame);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &shape, (float[4]){ line, line, line, line },
                              (GdkRGBA[4]){ edge, edge, edge, edge });
}

static void
outline (cairo_t *cr, double x, double y, double width, double height, const GdkRGBA *ground, const GdkRGBA *line)
{
  cairo_rectangle (cr, x, y, width, height);
  gdk_cairo_set_source_rgba (cr, ground);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, line);
  cairo_stroke (cr);
}

/* The mark of the corner where a page begins. */
static void
draw_mark (cairo_t *cr, double x, double y, double size, const GdkRGBA *colour, const GdkRGBA *line)
{
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + size, y);
  cairo_line_to (cr, x, y + size);
  cairo_close_path (cr);
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, line);
  cairo_stroke (cr);
}

/* Downwards, from the page that is held over the glass. */
static void
draw_arrow (cairo_t *cr, double x, double top, double bottom, double size, const GdkRGBA *colour)
{
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_move_to (cr, x, top);
  cairo_line_to (cr, x, bottom);
  cairo_move_to (cr, x - size, bottom - size);
  cairo_line_to (cr, x, bottom);
  cairo_line_to (cr, x + size, bottom - size);
  cairo_stroke (cr);
}

/* A lid that is open, the glass, the mark of its corner, and a page with its lines downwards. One grid of 100 x 100. */
static void
draw_glass (PvScanPicture *self, GtkSnapshot *snapshot, float width, float height)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA ink = pv_theme_get_colour (widget, "ink"), paper = pv_theme_get_colour (widget, "paper");
  GdkRGBA glass = pv_theme_get_colour (widget, "separator"), focus = pv_theme_get_colour (widget, "focus");
  GdkRGBA primary = pv_theme_get_colour (widget, "primary");
  double unit = MIN (width, height) / 100.0;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

  cairo_translate (cr, (width - 100.0 * unit) / 2.0, (height - 100.0 * unit) / 2.0);
  cairo_scale (cr, unit, unit);
  cairo_set_line_width (cr, pv_theme_px (LINE) / unit);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  outline (cr, 6, 4, 88, 12, &paper, &ink);   /* the lid, seen from its edge */
  outline (cr, 6, 20, 88, 76, &paper, &ink);  /* the scanner */
  outline (cr, 14, 28, 72, 60, &glass, &ink); /* its glass */
  outline (cr, 22, 36, 40, 52, &paper, &ink); /* the page, blank: its print looks down */
  draw_mark (cr, 14, 28, 15, &focus, &ink);
  cairo_set_line_width (cr, 1.4 * pv_theme_px (LINE) / unit);
  draw_arrow (cr, 42, 48, 74, 8, &primary);
  cairo_destroy (cr);
}

static void
pv_scan_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PvScanPicture *self = PV_SCAN_PICTURE (widget);
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);

  if (self->is_glass)
    draw_glass (self, snapshot, width, height);
  else
    draw_page (self, snapshot, width, height);
}

static void
pv_scan_picture_dispose (GObject *object)
{
  g_clear_object (&PV_SCAN_PICTURE (object)->texture);
  G_OBJECT_CLASS (pv_scan_picture_parent_class)->dispose (object);
}

static void
pv_scan_picture_class_init (PvScanPictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pv_scan_picture_dispose;
  widget_class->snapshot = pv_scan_picture_snapshot;
  gtk_widget_class_set_css_name (widget_class, "scanpicture");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
pv_scan_picture_init (PvScanPicture *self)
{
  (void) self;
}

GtkWidget *
pv_scan_picture_new (void)
{
  return g_object_new (PV_TYPE_SCAN_PICTURE, NULL);
}

GtkWidget *
pv_scan_picture_new_glass (void)
{
  GtkWidget *self = g_object_new (PV_TYPE_SCAN_PICTURE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  PV_SCAN_PICTURE (self)->is_glass = TRUE;
  gtk_widget_add_css_class (self, "glass");
  return self;
}

void
pv_scan_picture_set_texture (PvScanPicture *self, GdkTexture *texture)
{
  if (g_set_object (&self->texture, texture))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

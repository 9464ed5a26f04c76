/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/portrait.h"

#include "view/theme.h"

/* Pixels of the reference panel; a photo has 35 mm x 45 mm (ICAO Doc 9303-3). */
enum { WIDTH = 266, HEIGHT = 342, SMALL_WIDTH = 182, SMALL_HEIGHT = 234, RADIUS = 20, LINE = 4 };

struct _PvPortrait {
  GtkWidget parent_instance;
  GdkTexture *texture; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (PvPortrait, pv_portrait, GTK_TYPE_WIDGET)

static void
pv_portrait_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                     int *minimum_baseline, int *natural_baseline)
{
  gboolean is_small = gtk_widget_has_css_class (widget, "small");

  (void) for_size;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = pv_theme_px (is_small ? SMALL_WIDTH : WIDTH);
  else
    *minimum = *natural = pv_theme_px (is_small ? SMALL_HEIGHT : HEIGHT);
  *minimum_baseline = *natural_baseline = -1;
}

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

/* Not mirrored: a face is as it is in every language. */
static void
pv_portrait_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PvPortrait *self = PV_PORTRAIT (widget);
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  float line = (float) pv_theme_px (LINE);
  const graphene_rect_t all = GRAPHENE_RECT_INIT (0.0F, 0.0F, width, height);
  GdkRGBA ground = pv_theme_get_colour (widget, "quiet"), edge = pv_theme_get_colour (widget, "edge");
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (&shape, &all, (float) pv_theme_px (RADIUS));
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &ground, &all);
  if (self->texture != NULL) {
    const graphene_rect_t place = place_of (self->texture, width, height);

    gtk_snapshot_append_texture (snapshot, self->texture, &place);
  }
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &shape, (float[4]){ line, line, line, line },
                              (GdkRGBA[4]){ edge, edge, edge, edge });
}

static void
pv_portrait_dispose (GObject *object)
{
  g_clear_object (&PV_PORTRAIT (object)->texture);
  G_OBJECT_CLASS (pv_portrait_parent_class)->dispose (object);
}

static void
pv_portrait_class_init (PvPortraitClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pv_portrait_dispose;
  widget_class->measure = pv_portrait_measure;
  widget_class->snapshot = pv_portrait_snapshot;
  gtk_widget_class_set_css_name (widget_class, "portrait");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
pv_portrait_init (PvPortrait *self)
{
  (void) self;
}

GtkWidget *
pv_portrait_new (void)
{
  return g_object_new (PV_TYPE_PORTRAIT, NULL);
}

void
pv_portrait_set_texture (PvPortrait *self, GdkTexture *texture)
{
  if (g_set_object (&self->texture, texture))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

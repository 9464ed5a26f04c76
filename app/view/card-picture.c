/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/card-picture.h"

#include "view/theme.h"

/* Pixels of the reference panel; a card is 85.6 mm x 54 mm. */
/* ISO/IEC 7810, ID-1: any bank card. */
enum { CARD_WIDTH_UM = 85600, CARD_HEIGHT_UM = 53980 };

enum { WIDTH = 396, HEIGHT = 250, SMALL_WIDTH = 238, SMALL_HEIGHT = 150 };

struct _PvCardPicture {
  GtkWidget parent_instance;
  guint width_px; /* of the panel; 0: as large as the theme has it */
};

G_DEFINE_FINAL_TYPE (PvCardPicture, pv_card_picture, GTK_TYPE_WIDGET)

static void
pv_card_picture_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  gboolean is_small = gtk_widget_has_css_class (widget, "small");

  guint width_px = PV_CARD_PICTURE (widget)->width_px;

  (void) for_size;
  if (width_px > 0)
    *minimum = *natural =
      orientation == GTK_ORIENTATION_HORIZONTAL ? (int) width_px : (int) (width_px * CARD_HEIGHT_UM / CARD_WIDTH_UM);
  else if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = pv_theme_px (is_small ? SMALL_WIDTH : WIDTH);
  else
    *minimum = *natural = pv_theme_px (is_small ? SMALL_HEIGHT : HEIGHT);
  *minimum_baseline = *natural_baseline = -1;
}

static void
draw_frame (GtkSnapshot *snapshot, const graphene_rect_t *place, float radius, float line, const GdkRGBA *ground,
            const GdkRGBA *edge)
{
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (&shape, place, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, ground, place);
  gtk_snapshot_pop (snapshot);
  if (line > 0.0F)
    gtk_snapshot_append_border (snapshot, &shape, (float[4]){ line, line, line, line },
                                (GdkRGBA[4]){ *edge, *edge, *edge, *edge });
}

/* Any six digits: those of no card. */
static void
draw_digits (GtkWidget *widget, GtkSnapshot *snapshot, const graphene_rect_t *place, const GdkRGBA *ink)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "123456");
  PangoFontDescription *font =
    pango_font_description_copy (pango_context_get_font_description (gtk_widget_get_pango_context (widget)));
  int width, height;

  pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_font_description_set_absolute_size (font, (double) place->size.height * 0.52 * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (place->origin.x + (place->size.width - (float) width) / 2.0F,
                                                place->origin.y + (place->size.height - (float) height) / 2.0F));
  gtk_snapshot_append_layout (snapshot, layout, ink);
  gtk_snapshot_restore (snapshot);
}

/* A card to lay a real one on: its outline, the chip, and nothing that has to be read. */
static void
draw_bank_card (GtkSnapshot *snapshot, float w, float h, const GdkRGBA *ground, const GdkRGBA *ink)
{
  draw_frame (snapshot, &GRAPHENE_RECT_INIT (0, 0, w, h), h * 0.06F, (float) pv_theme_px (5), ground, ink);
  draw_frame (snapshot, &GRAPHENE_RECT_INIT (w * 0.12F, h * 0.38F, w * 0.14F, h * 0.2F), h * 0.03F,
              (float) pv_theme_px (3), ground, ink);
}

/* Not mirrored: the card is as it is in every language. */
static void
pv_card_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  float w = (float) gtk_widget_get_width (widget), h = (float) gtk_widget_get_height (widget);
  GdkRGBA ink = pv_theme_get_colour (widget, "ink"), paper = pv_theme_get_colour (widget, "paper");
  GdkRGBA photo = pv_theme_get_colour (widget, "separator"), focus = pv_theme_get_colour (widget, "focus");
  const graphene_rect_t digits = GRAPHENE_RECT_INIT (w * 0.52F, h * 0.65F, w * 0.43F, h * 0.27F);

  if (PV_CARD_PICTURE (widget)->width_px > 0) {
    draw_bank_card (snapshot, w, h, &photo, &ink);
    return;
  }
  draw_frame (snapshot, &GRAPHENE_RECT_INIT (0, 0, w, h), h * 0.08F, (float) pv_theme_px (5), &paper, &ink);
  draw_frame (snapshot, &GRAPHENE_RECT_INIT (w * 0.08F, h * 0.24F, w * 0.24F, h * 0.52F), h * 0.03F, 0.0F, &photo,
              NULL);
  draw_frame (snapshot, &digits, h * 0.04F, (float) pv_theme_px (6), &paper, &focus);
  draw_digits (widget, snapshot, &digits, &ink);
}

static void
pv_card_picture_class_init (PvCardPictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = pv_card_picture_measure;
  widget_class->snapshot = pv_card_picture_snapshot;
  gtk_widget_class_set_css_name (widget_class, "cardpicture");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
pv_card_picture_init (PvCardPicture *self)
{
  (void) self;
}

GtkWidget *
pv_card_picture_new (void)
{
  return g_object_new (PV_TYPE_CARD_PICTURE, NULL);
}

void
pv_card_picture_set_width_px (PvCardPicture *picture, guint width_px)
{
  if (picture->width_px == width_px)
    return;
  picture->width_px = width_px;
  gtk_widget_queue_resize (GTK_WIDGET (picture));
}

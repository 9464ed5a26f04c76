/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/look-sample.h"

#include <string.h>

#include "view/line-drawing.h"
#include "view/theme.h"

/* Pixels of the reference panel. */
enum {
  LETTER = 38, /* at 100 % */
  SMALL_LETTER = 25,
  LARGEST_PERCENT = 200,
  CAPITAL_PERCENT = 74, /* of the size of Inter: its capitals, and a hair */
  SHEET_WIDTH = 132,
  SHEET_HEIGHT = 64,
  SMALL_SHEET_WIDTH = 88,
  SMALL_SHEET_HEIGHT = 42,
  HAND = 64,
  SMALL_HAND = 42,
  LINE = 4,
};

struct _PvLookSample {
  GtkWidget parent_instance;
  char *name;
  gboolean is_small;
};

G_DEFINE_FINAL_TYPE (PvLookSample, pv_look_sample, GTK_TYPE_WIDGET)

static guint
letter_percent (PvLookSample *self)
{
  return g_str_has_prefix (self->name, "letter-") ? (guint) g_ascii_strtoull (self->name + strlen ("letter-"), NULL, 10)
                                                  : 0;
}

static int
letter_px (PvLookSample *self, guint percent)
{
  return pv_theme_px ((self->is_small ? SMALL_LETTER : LETTER) * percent / 100.0);
}

static void
pv_look_sample_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  PvLookSample *self = PV_LOOK_SAMPLE (widget);
  gboolean is_width = orientation == GTK_ORIENTATION_HORIZONTAL;
  int size;

  (void) for_size;
  if (letter_percent (self) > 0)
    size = letter_px (self, LARGEST_PERCENT) * CAPITAL_PERCENT / 100;
  else if (g_str_has_prefix (self->name, "colours-"))
    size = is_width ? pv_theme_px (self->is_small ? SMALL_SHEET_WIDTH : SHEET_WIDTH)
                    : pv_theme_px (self->is_small ? SMALL_SHEET_HEIGHT : SHEET_HEIGHT);
  else
    size = pv_theme_px (self->is_small ? SMALL_HAND : HAND);
  *minimum = *natural = size;
  *minimum_baseline = *natural_baseline = -1;
}

/* @size: of the letters; @left, @base: where their line begins */
static void
draw_letters (GtkWidget *widget, GtkSnapshot *snapshot, const char *letters, int size, float left, float base,
              const GdkRGBA *ink)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, letters);
  PangoFontDescription *font =
    pango_font_description_copy (pango_context_get_font_description (gtk_widget_get_pango_context (widget)));

  pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_font_description_set_absolute_size (font, size * (double) PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  if (left < 0.0F) { /* in the middle */
    int width;
    pango_layout_get_pixel_size (layout, &width, NULL);
    left = (float) (gtk_widget_get_width (widget) - width) / 2.0F;
  }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
    snapshot, &GRAPHENE_POINT_INIT (left, base - (float) pango_layout_get_baseline (layout) / (float) PANGO_SCALE));
  gtk_snapshot_append_layout (snapshot, layout, ink);
  gtk_snapshot_restore (snapshot);
}

/* Paper, ink and the colour of what is pressed, as in ui/palette-*.css; the commune's in the usual one. */
static void
draw_colours (GtkWidget *widget, GtkSnapshot *snapshot, const char *theme)
{
  static const struct {
    const char *theme, *paper, *ink, *accent;
  } palettes[] = {
    { "light", "#FFFFFF", "#14213D", NULL },
    { "dark", "#000000", "#FFFFFF", "#FFD400" },
    { "contrast", "#FFFFFF", "#000000", "#000000" },
  };
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  float line = (float) pv_theme_px (LINE), bar = width * 0.3F;
  const graphene_rect_t all = GRAPHENE_RECT_INIT (0.0F, 0.0F, width, height);
  GdkRGBA edge = pv_theme_get_colour (widget, "edge"), paper, ink, accent;
  GskRoundedRect shape, button;

  for (gsize i = 0; i < G_N_ELEMENTS (palettes); i++) {
    if (!g_str_equal (theme, palettes[i].theme))
      continue;
    gdk_rgba_parse (&paper, palettes[i].paper);
    gdk_rgba_parse (&ink, palettes[i].ink);
    if (palettes[i].accent != NULL)
      gdk_rgba_parse (&accent, palettes[i].accent);
    else
      accent = pv_theme_get_colour (widget, "commune_primary");
    gsk_rounded_rect_init_from_rect (&shape, &all, height / 6.0F);
    gtk_snapshot_push_rounded_clip (snapshot, &shape);
    gtk_snapshot_append_color (snapshot, &paper, &all);
    gtk_snapshot_pop (snapshot);
    gsk_rounded_rect_init_from_rect (
      &button, &GRAPHENE_RECT_INIT (width - bar - 2.5F * line, height * 0.3F, bar, height * 0.4F), height / 10.0F);
    gtk_snapshot_push_rounded_clip (snapshot, &button);
    gtk_snapshot_append_color (snapshot, &accent, &button.bounds);
    gtk_snapshot_pop (snapshot);
    draw_letters (widget, snapshot, "Aa", (int) (height * 0.62F), 3.0F * line, height * 0.72F, &ink);
    gtk_snapshot_append_border (snapshot, &shape, (float[4]){ line, line, line, line },
                                (GdkRGBA[4]){ edge, edge, edge, edge });
  }
}

/* As one sees one's own: the thumb of the right hand is at the left. */
static void
draw_hand (GtkWidget *widget, GtkSnapshot *snapshot, const char *hand)
{
  g_autoptr (GBytes) drawing =
    g_resources_lookup_data ("/org/parvis/icons/pv-hand-symbolic.svg", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  double scale = (double) MIN (width, height) / PV_LINE_DRAWING_GRID;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0.0F, 0.0F, width, height));
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_translate (cr, (double) width / 2.0, 0.0);
  cairo_scale (cr, g_str_equal (hand, "left") ? -scale : scale, scale);
  cairo_translate (cr, -PV_LINE_DRAWING_GRID / 2.0, 0.0);
  if (drawing != NULL)
    pv_line_drawing_draw (cr, g_bytes_get_data (drawing, NULL), g_bytes_get_size (drawing));
  if (g_str_equal (hand, "slow")) { /* it moves a little to and fro */
    cairo_set_line_width (cr, 3.0);
    cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
    for (int side = -1; side <= 1; side += 2)
      for (int i = 0; i < 2; i++) {
        double x = PV_LINE_DRAWING_GRID / 2.0 + side * (20.0 + 5.0 * i);
        cairo_move_to (cr, x, 8.0 + 2.0 * i);
        cairo_curve_to (cr, x + side * 3.0, 12.0, x + side * 3.0, 16.0, x, 20.0 - 2.0 * i);
        cairo_stroke (cr);
      }
  }
  cairo_destroy (cr);
}

static void
pv_look_sample_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PvLookSample *self = PV_LOOK_SAMPLE (widget);
  guint percent = letter_percent (self);
  GdkRGBA ink;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  if (percent > 0)
    draw_letters (widget, snapshot, "A", letter_px (self, percent), -1.0F, (float) gtk_widget_get_height (widget),
                  &ink);
  else if (g_str_has_prefix (self->name, "colours-"))
    draw_colours (widget, snapshot, self->name + strlen ("colours-"));
  else if (g_str_has_prefix (self->name, "hand-"))
    draw_hand (widget, snapshot, self->name + strlen ("hand-"));
}

static void
pv_look_sample_finalize (GObject *object)
{
  g_free (PV_LOOK_SAMPLE (object)->name);
  G_OBJECT_CLASS (pv_look_sample_parent_class)->finalize (object);
}

static void
pv_look_sample_class_init (PvLookSampleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = pv_look_sample_finalize;
  widget_class->measure = pv_look_sample_measure;
  widget_class->snapshot = pv_look_sample_snapshot;
  gtk_widget_class_set_css_name (widget_class, "sample");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
pv_look_sample_init (PvLookSample *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
pv_look_sample_new (const char *name, gboolean is_small)
{
  PvLookSample *self = g_object_new (PV_TYPE_LOOK_SAMPLE, NULL);

  self->name = g_strdup (name);
  self->is_small = is_small;
  return GTK_WIDGET (self);
}

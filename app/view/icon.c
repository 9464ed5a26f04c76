/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/icon.h"

#include "view/line-drawing.h"

struct _PvIcon {
  GtkWidget parent_instance;
  char *name;
};

enum { PROP_ICON_NAME = 1 };

G_DEFINE_FINAL_TYPE (PvIcon, pv_icon, GTK_TYPE_WIDGET)

static int
icon_size (PvIcon *self)
{
  GtkWidget *root = GTK_WIDGET (self);
  PangoContext *context = gtk_widget_get_pango_context (root);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double em = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  /* Sizes in em follow the text: an icon is half as high again as the word beside it. */
  if (!pango_font_description_get_size_is_absolute (font))
    em = em * 96.0 / 72.0;
  if (gtk_widget_has_css_class (root, "huge"))
    return (int) (em * 2.4 + 0.5);
  if (gtk_widget_has_css_class (root, "large"))
    return (int) (em * 1.9 + 0.5);
  return (int) (em * 1.45 + 0.5);
}

static void
pv_icon_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                 int *minimum_baseline, int *natural_baseline)
{
  (void) orientation;
  (void) for_size;
  *minimum = *natural = icon_size (PV_ICON (widget));
  *minimum_baseline = *natural_baseline = -1;
}

static const char *
mirrored_name (const char *name, GtkTextDirection direction)
{
  if (direction == GTK_TEXT_DIR_RTL && g_str_equal (name, "arrow-left"))
    return "arrow-right";
  if (direction == GTK_TEXT_DIR_RTL && g_str_equal (name, "arrow-right"))
    return "arrow-left";
  return name;
}

static void
pv_icon_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PvIcon *self = PV_ICON (widget);
  int pixels = icon_size (self);
  int x = (gtk_widget_get_width (widget) - pixels) / 2;
  int y = (gtk_widget_get_height (widget) - pixels) / 2;
  g_autofree char *path = NULL;
  g_autoptr (GBytes) drawing = NULL;
  GdkRGBA colour;
  cairo_t *cr;

  if (self->name == NULL)
    return;
  path = g_strdup_printf ("/org/parvis/icons/pv-%s-symbolic.svg",
                          mirrored_name (self->name, gtk_widget_get_direction (widget)));
  drawing = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (drawing == NULL)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) pixels, (float) pixels));
  cairo_translate (cr, x, y);
  cairo_scale (cr, (double) pixels / PV_LINE_DRAWING_GRID, (double) pixels / PV_LINE_DRAWING_GRID);
  gdk_cairo_set_source_rgba (cr, &colour);
  pv_line_drawing_draw (cr, g_bytes_get_data (drawing, NULL), g_bytes_get_size (drawing));
  cairo_destroy (cr);
}

static void
pv_icon_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ICON_NAME)
    pv_icon_set_name (PV_ICON (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
pv_icon_finalize (GObject *object)
{
  PvIcon *self = PV_ICON (object);

  g_free (self->name);
  G_OBJECT_CLASS (pv_icon_parent_class)->finalize (object);
}

static void
pv_icon_class_init (PvIconClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = pv_icon_set_property;
  object_class->finalize = pv_icon_finalize;
  widget_class->measure = pv_icon_measure;
  widget_class->snapshot = pv_icon_snapshot;
  g_object_class_install_property (
    object_class, PROP_ICON_NAME,
    g_param_spec_string ("icon-name", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_css_name (widget_class, "icon");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
pv_icon_init (PvIcon *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
pv_icon_new (const char *name)
{
  PvIcon *self = g_object_new (PV_TYPE_ICON, NULL);

  pv_icon_set_name (self, name);
  return GTK_WIDGET (self);
}

void
pv_icon_set_name (PvIcon *self, const char *name)
{
  if (g_strcmp0 (name, self->name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  gtk_widget_set_visible (GTK_WIDGET (self), name != NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

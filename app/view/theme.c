/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/theme.h"

#include <fontconfig/fontconfig.h>
#include <math.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>

#include "parvis-resources.h"
#include "view/theme-scope.h"

#define DEFAULT_PRIMARY "#1F4FA3"
#define DEFAULT_ACCENT  "#FFB000"
#define INK             "#14213D"

enum { REM_PX = 16 }; /* "Inter 12" at 96 dots per inch */

/* WCAG 2.2, 1.4.3: text on its ground. The texts on these two grounds are large; 4.5 holds for any size. */
static const double min_contrast = 4.5;
#define MIN_SHAPE_CONTRAST 3.0

static struct {
  GtkCssProvider *provider;
  GdkRGBA primary, accent;
  double scale;       /* pixels of this panel for one of the reference */
  char *name;         /* (nullable): of the palette that is loaded */
  guint text_percent; /* it was loaded for; embedded only */
  gboolean is_embedded;
} theme = { .scale = 1.0 };

static double
linear (float channel)
{
  double c = (double) channel;

  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static double
luminance (const GdkRGBA *colour)
{
  return 0.2126 * linear (colour->red) + 0.7152 * linear (colour->green) + 0.0722 * linear (colour->blue);
}

double
pv_theme_contrast (const GdkRGBA *a, const GdkRGBA *b)
{
  double x = luminance (a);
  double y = luminance (b);

  return (MAX (x, y) + 0.05) / (MIN (x, y) + 0.05);
}

GdkRGBA
pv_theme_get_colour (GtkWidget *widget, const char *name)
{
  GdkRGBA colour = { 0, 0, 0, 1 };
  g_autofree char *scoped = theme.is_embedded ? g_strconcat (PV_SCOPE_COLOUR, name, NULL) : NULL;

  gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), scoped != NULL ? scoped : name, &colour);
  return colour;
}

int
pv_theme_px (double reference_px)
{
  return (int) (reference_px * theme.scale + 0.5);
}

static void
take_colour (GdkRGBA *ret_colour, const char *wished, const char *usual, const char *against)
{
  GdkRGBA colour, other;

  gdk_rgba_parse (&other, against);
  gdk_rgba_parse (ret_colour, usual);
  if (wished == NULL || wished[0] == '\0')
    return;
  if (!gdk_rgba_parse (&colour, wished))
    g_warning ("colour '%s' is not of the form #RRGGBB; %s is used", wished, usual);
  else if (pv_theme_contrast (&colour, &other) < min_contrast)
    g_warning ("colour %s does not stand out enough from %s; %s is used", wished, against, usual);
  else
    *ret_colour = colour;
}

static const char *
get_data_dir (void)
{
  const char *data_dir = g_getenv ("PV_DATA_DIR");

  return data_dir != NULL ? data_dir : PV_DATADIR;
}

/* Scales "NNpx" to this panel. */
static char *
scale_pixels (const char *css)
{
  GString *out = g_string_new (NULL);

  while (*css != '\0') {
    char *end;
    if (g_ascii_isdigit (*css) && (out->len == 0 || strchr (" (,-", out->str[out->len - 1]) != NULL)) {
      double value = g_ascii_strtod (css, &end);
      char number[G_ASCII_DTOSTR_BUF_SIZE];
      if (g_str_has_prefix (end, "px") && value > 0.0)
        value = MAX (1.0, floor (value * theme.scale + 0.5));
      g_string_append (out, g_ascii_formatd (number, sizeof number, "%g", value));
      css = end;
    } else {
      g_string_append_c (out, *css++);
    }
  }
  return g_string_free (out, FALSE);
}

static char *
read_sheet (const char *name)
{
  g_autofree char *path = g_strdup_printf ("/org/parvis/%s.css", name);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (bytes == NULL)
    return g_strdup ("");
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* Those of the commune, and what makes shapes in them stand out 3:1 (WCAG 2.2, 1.4.11): a button from the ground of the welcome
 * screen, and the done part of a line from the rest of it, which is paler than white by 1.6:1. */
static char *
name_colours (void)
{
  const GdkRGBA white = { 1, 1, 1, 1 };
  g_autofree char *primary = gdk_rgba_to_string (&theme.primary);
  g_autofree char *accent = gdk_rgba_to_string (&theme.accent);
  gboolean is_apart = pv_theme_contrast (&theme.primary, &theme.accent) >= MIN_SHAPE_CONTRAST;
  gboolean is_strong = pv_theme_contrast (&theme.primary, &white) >= MIN_SHAPE_CONTRAST * 1.6;

  return g_strdup_printf ("@define-color commune_primary %s;\n@define-color commune_accent %s;\n"
                          "@define-color commune_accent_edge %s;\n@define-color commune_progress %s;\n",
                          primary, accent, is_apart ? accent : "#FFFFFF",
                          is_strong ? primary : "mix(@commune_primary, #000000, 0.25)");
}

/* Reading a sheet and computing every style anew takes longer than drawing a screen. */
static void
load_palette (const char *name, guint text_percent)
{
  g_autofree char *palette_name = g_strdup_printf ("palette-%s", name);
  g_autofree char *palette = read_sheet (palette_name);
  g_autofree char *kiosk_style = read_sheet ("style");
  g_autofree char *mirror_style = theme.is_embedded ? read_sheet ("mirror") : NULL;
  g_autofree char *style = g_strconcat (kiosk_style, mirror_style, NULL);
  g_autofree char *scaled = scale_pixels (style);
  g_autofree char *colours = name_colours ();
  g_autofree char *sheet = g_strconcat (colours, palette, "\n", scaled, NULL);

  if (theme.is_embedded) {
    g_autofree char *scoped = pv_theme_scope (sheet, REM_PX * text_percent / 100.0 * theme.scale);
    gtk_css_provider_load_from_data (theme.provider, scoped, -1);
  } else {
    gtk_css_provider_load_from_data (theme.provider, sheet, -1);
  }
  g_free (theme.name);
  theme.name = g_strdup (name);
  theme.text_percent = text_percent;
}

void
pv_theme_set (const char *name, guint text_percent)
{
  int dpi = (int) (96.0 * 1024.0 * text_percent / 100.0 * theme.scale), old_dpi;

  if (g_strcmp0 (name, theme.name) != 0 || (theme.is_embedded && text_percent != theme.text_percent))
    load_palette (name, text_percent);
  if (theme.is_embedded)
    return;
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &old_dpi, NULL);
  if (dpi != old_dpi)
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi, NULL);
}

void
pv_theme_prepare (void)
{
  g_autofree char *fonts = g_build_filename (get_data_dir (), "fonts.conf", NULL);

  /* Cairo draws, without a graphics driver; who knows the machine may say otherwise. */
  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  g_setenv ("GDK_DISABLE", "gl,vulkan", FALSE);
  g_setenv ("GTK_THEME", "Empty", TRUE);
  if (g_file_test (fonts, G_FILE_TEST_IS_REGULAR))
    g_setenv ("FONTCONFIG_FILE", fonts, TRUE);
  else
    g_warning ("no %s: the fonts of the machine are used", fonts);
  g_setenv ("XDG_DATA_DIRS", get_data_dir (), TRUE);
}

/* @priority: of the sheet: before every rule of those below it */
static void
start (const char *primary, const char *accent, guint priority)
{
  pv_resources_register_resource ();
  take_colour (&theme.primary, primary, DEFAULT_PRIMARY, "#FFFFFF");
  take_colour (&theme.accent, accent, DEFAULT_ACCENT, INK);
  theme.provider = gtk_css_provider_new ();
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (theme.provider),
                                              priority);
}

void
pv_theme_start (const char *primary, const char *accent, double mm_per_px)
{
  if (theme.provider != NULL)
    return;
  theme.scale = mm_per_px > 0.0 ? PV_REFERENCE_MM_PER_PX / mm_per_px : 1.0;
  start (primary, accent, GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_set (gtk_settings_get_default (), "gtk-theme-name", "Empty", "gtk-font-name", "Inter 12",
                "gtk-enable-animations", FALSE, "gtk-cursor-blink", FALSE, "gtk-entry-select-on-focus", FALSE,
                "gtk-enable-primary-paste", FALSE, "gtk-recent-files-enabled", FALSE, "gtk-long-press-time", G_MAXINT,
                "gtk-xft-antialias", 1, "gtk-xft-hinting", 0, "gtk-xft-hintstyle", "hintnone", "gtk-xft-rgba", "none",
                NULL);
  pv_theme_set ("light", 100);
}

/* Beside the desktop's fonts, in this process only. */
static void
add_fonts (void)
{
  g_autofree char *fonts = g_build_filename (get_data_dir (), "fonts", NULL);
  PangoFontMap *map = pango_cairo_font_map_get_default ();

  if (!FcConfigAppFontAddDir (NULL, (const FcChar8 *) fonts))
    g_warning ("no fonts in %s: those of the machine are used", fonts);
  else if (PANGO_IS_FC_FONT_MAP (map))
    pango_fc_font_map_config_changed (PANGO_FC_FONT_MAP (map));
}

void
pv_theme_start_embedded (void)
{
  if (theme.provider != NULL)
    return;
  theme.is_embedded = TRUE;
  add_fonts ();
  start (NULL, NULL, GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  pv_theme_set ("light", 100);
}

gboolean
pv_theme_is_embedded (void)
{
  return theme.is_embedded;
}

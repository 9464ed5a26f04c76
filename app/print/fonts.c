/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/fonts.h"

#include "core/language-code.h"
#include "print/media.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

/* Latin, Greek and Cyrillic from Inter; pango goes on to Noto Sans Arabic where Inter has no letter. */
#define FAMILY "Inter, Noto Sans Arabic"

enum { MAX_FONTS = 32 };

/* One by one: to add a folder as a whole, fontconfig wants to write a cache of it. */
static guint
add_fonts (FcConfig *config, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n_fonts = 0;

  while (dir != NULL && n_fonts < MAX_FONTS && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_str_has_suffix (name, ".otf") || g_str_has_suffix (name, ".ttf"))
      n_fonts += FcConfigAppFontAddFile (config, (const FcChar8 *) path) ? 1 : 0;
  }
  return n_fonts;
}

static PangoFontMap *
create_font_map (GError **error)
{
  const char *data = g_getenv ("PV_DATA_DIR");
  g_autofree char *folder = g_build_filename (data != NULL ? data : PV_DATADIR, "fonts", NULL);
  FcConfig *config = FcConfigCreate ();
  PangoFontMap *map = NULL;

  /* A configuration of its own: neither the fonts nor the rules of the machine. */
  if (config != NULL && add_fonts (config, folder) > 0) {
    map = pango_cairo_font_map_new_for_font_type (CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config (PANGO_FC_FONT_MAP (map), config);
    pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (map), 72.0);
  }
  if (config != NULL)
    FcConfigDestroy (config); /* the map holds a reference */
  if (map == NULL)
    g_set_error (error, PV_PRINT_ERROR, PV_PRINT_ERROR_BROKEN, "no fonts in %s", folder);
  return map;
}

PangoContext *
pv_print_fonts_create_context (const char *language, gboolean is_rtl, GError **error)
{
  static PangoFontMap *map;
  g_autoptr (PangoFontDescription) description = pango_font_description_from_string (FAMILY);
  cairo_font_options_t *options;
  PangoContext *context;

  if (map == NULL)
    map = create_font_map (error);
  if (map == NULL)
    return NULL;
  context = pango_font_map_create_context (map);
  options = cairo_font_options_create ();
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_font_description (context, description);
  pango_context_set_base_dir (context, is_rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  if (language != NULL) {
    g_autofree char *tag = pv_language_to_tag (language);

    pango_context_set_language (context, pango_language_from_string (tag));
  }
  return context;
}

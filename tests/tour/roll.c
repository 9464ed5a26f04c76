/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "roll.h"

#include <cairo.h>
#include <string.h>
#include <zbar.h>

#include "control.h"

/* Gray, one byte a dot. (transfer full) */
static guint8 *
read_dots (TourWalk *walk, const char *path, guint *ret_width, guint *ret_height)
{
  cairo_surface_t *surface = cairo_image_surface_create_from_png (path);
  const guint8 *pixels = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  guint width = (guint) cairo_image_surface_get_width (surface);
  guint height = (guint) cairo_image_surface_get_height (surface);
  guint8 *dots;

  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS || width == 0 || height == 0)
    tour_fail (walk, "%s is no picture.", path);
  dots = g_malloc ((gsize) width * height);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      dots[(gsize) y * width + x] = pixels[y * stride + (gsize) x * 4];
  cairo_surface_destroy (surface);
  *ret_width = width;
  *ret_height = height;
  return dots;
}

/* All squares of a sheet, one below the other. (transfer full) */
static char *
read_squares (TourWalk *walk, const char *path)
{
  guint width, height;
  g_autofree guint8 *dots = read_dots (walk, path, &width, &height);
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();
  zbar_image_t *image = zbar_image_create ();
  GString *text = g_string_new (NULL);

  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, width, height);
  zbar_image_set_data (image, dots, (gulong) width * height, NULL);
  zbar_scan_image (scanner, image);
  for (const zbar_symbol_t *at = zbar_image_first_symbol (image); at != NULL; at = zbar_symbol_next (at)) {
    g_string_append_len (text, zbar_symbol_get_data (at), (gssize) zbar_symbol_get_data_length (at));
    g_string_append_c (text, '\n');
  }
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
  return g_string_free (text, FALSE);
}

void
tour_prove_roll (TourWalk *walk, const char *name, const char *words)
{
  g_autoptr (GBytes) sheet = tour_control_get_file (walk, walk->roll, "/printers/roll.png");
  g_autofree char *base = g_strndup (name, strlen (name) - strlen (".pdf"));
  g_autofree char *kept = g_strconcat (base, ".png", NULL);
  g_autofree char *path = g_build_filename (walk->folder, kept, NULL);
  g_autofree char *squares = NULL;

  if (walk->last_sheet != NULL && g_bytes_equal (walk->last_sheet, sheet))
    tour_fail (walk, "the thermal printer put nothing out.");
  if (!g_file_set_contents (path, g_bytes_get_data (sheet, NULL), (gssize) g_bytes_get_size (sheet), NULL))
    tour_fail (walk, "%s cannot be written.", path);
  g_clear_pointer (&walk->last_sheet, g_bytes_unref);
  walk->last_sheet = g_steal_pointer (&sheet);
  if (words == NULL) {
    tour_say ("The thermal printer has put out another sheet");
    return;
  }
  squares = read_squares (walk, path);
  if (strstr (squares, words) == NULL)
    tour_fail (walk, "no square on the sheet says \"%s\":\n%s", words, squares);
  tour_say ("A square on the sheet says \"%s\"", words);
}

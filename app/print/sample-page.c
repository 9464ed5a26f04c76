/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/sample-page.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pangocairo.h>

#include "platform/buffer.h"

/* A4 in points, in which the page is drawn. */
enum { WIDTH = 595, HEIGHT = 842, N_LINES = 24, PNG_SIDE = 1000 };

/* Across the whole page, and light enough to read what is under it. */
static void
draw_word (cairo_t *cr)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("Inter Bold 84");
  int width, height;

  pango_layout_set_font_description (layout, font);
  /* Translators: across a page that is made up, in capitals. */
  pango_layout_set_text (layout, _ ("SPECIMEN"), -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  cairo_save (cr);
  cairo_translate (cr, WIDTH / 2.0, HEIGHT / 2.0);
  cairo_rotate (cr, -atan2 (HEIGHT, WIDTH));
  cairo_move_to (cr, -width / 2.0, -height / 2.0);
  cairo_set_source_rgb (cr, 0.64, 0.09, 0.17);
  pango_cairo_show_layout (cr, layout);
  cairo_restore (cr);
  pango_font_description_free (font);
  g_object_unref (layout);
}

static void
draw (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_rectangle (cr, 0, 0, WIDTH, HEIGHT);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.62, 0.64, 0.69);
  for (int line = 0; line < N_LINES; line++)
    cairo_rectangle (cr, 70, 80 + line * 28, line < 3 ? 150 : line % 7 == 6 ? 210 : 455 - line * 31 % 50, 9);
  cairo_fill (cr);
  draw_word (cr);
}

cairo_surface_t *
pv_sample_page_draw (guint long_side, guint n_turns)
{
  gboolean is_lying = n_turns % 2 == 1;
  int tall = (int) long_side, narrow = (int) long_side * WIDTH / HEIGHT;
  int width = is_lying ? tall : narrow, height = is_lying ? narrow : tall;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_translate (cr, width / 2.0, height / 2.0);
  cairo_rotate (cr, n_turns % 4 * G_PI / 2.0);
  cairo_scale (cr, (double) long_side / HEIGHT, (double) long_side / HEIGHT);
  cairo_translate (cr, -WIDTH / 2.0, -HEIGHT / 2.0);
  draw (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static cairo_status_t
write_cb (void *closure, const unsigned char *bytes, unsigned int length)
{
  pv_buffer_add (closure, (const char *) bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
write_pdf (PvBuffer *buffer, guint n_pages)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (write_cb, buffer, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < n_pages; i++) {
    draw (cr);
    cairo_show_page (cr);
  }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
}

GBytes *
pv_sample_page_render (const char *content_type, guint n_pages)
{
  PvBuffer buffer = { 0 };

  if (g_str_equal (content_type, "application/pdf")) {
    write_pdf (&buffer, n_pages);
  } else {
    cairo_surface_t *surface = pv_sample_page_draw (PNG_SIDE, 0);

    cairo_surface_write_to_png_stream (surface, write_cb, &buffer);
    cairo_surface_destroy (surface);
  }
  return pv_buffer_steal_bytes (&buffer);
}

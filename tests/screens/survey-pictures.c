/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "survey-private.h"

/* A face of nobody, in the proportions of documents: shown where a state has a place for one. */
GdkTexture *
survey_draw_face (void)
{
  enum { FACE_WIDTH = 350, FACE_HEIGHT = 450 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, FACE_WIDTH, FACE_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_set_source_rgb (cr, 0.78, 0.83, 0.86);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.12, 0.31, 0.64);
  cairo_arc (cr, 175, 480, 150, 0, 7);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.84, 0.70, 0.59);
  cairo_translate (cr, 175, 200);
  cairo_scale (cr, 0.75, 1.0);
  cairo_arc (cr, 0, 0, 130, 0, 7);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface),
                       (gsize) cairo_image_surface_get_stride (surface) * FACE_HEIGHT);
  cairo_surface_destroy (surface);
  return gdk_memory_texture_new (FACE_WIDTH, FACE_HEIGHT, GDK_MEMORY_DEFAULT, bytes, FACE_WIDTH * 4);
}

/* A letter that says nothing, in the proportions of A4: shown where a page of a document has its place. */
GdkTexture *
survey_draw_page (void)
{
  enum { PAGE_WIDTH = 707, PAGE_HEIGHT = 1000 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, PAGE_WIDTH, PAGE_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_set_source_rgb (cr, 0.98, 0.98, 0.97);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.35, 0.35, 0.38);
  for (int line = 0; line < 26; line++) {
    int width = line < 3 ? 180 : line % 7 == 6 ? 240 : 540 - (line * 37) % 60;

    cairo_rectangle (cr, 80, 90 + line * 31 + (line >= 3 ? 40 : 0), width, 11);
  }
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface),
                       (gsize) cairo_image_surface_get_stride (surface) * PAGE_HEIGHT);
  cairo_surface_destroy (surface);
  return gdk_memory_texture_new (PAGE_WIDTH, PAGE_HEIGHT, GDK_MEMORY_DEFAULT, bytes, PAGE_WIDTH * 4);
}

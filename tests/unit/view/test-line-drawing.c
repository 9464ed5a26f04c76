/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/line-drawing.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <stdlib.h>
#include <string.h>

#include "parvis-resources.h"
#include "tst.h"

enum { PIXELS = 96, CLEARLY = 64, N_CLEARLY_OTHER = 12 };

#define ICONS "/org/parvis/icons"

/* As a mask: a byte for each pixel. */
static void
draw (const char *svg, gsize size, guint8 *ret_mask, gboolean *ret_is_understood)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, PIXELS, PIXELS);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, (double) PIXELS / PV_LINE_DRAWING_GRID, (double) PIXELS / PV_LINE_DRAWING_GRID);
  *ret_is_understood = pv_line_drawing_draw (cr, svg, size);
  cairo_surface_flush (surface);
  for (int y = 0; y < PIXELS; y++)
    memcpy (ret_mask + (gsize) y * PIXELS,
            cairo_image_surface_get_data (surface) + (gsize) y * (gsize) cairo_image_surface_get_stride (surface),
            PIXELS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* The same by a reader of all of SVG. NULL: there is none. */
static GdkPixbuf *
draw_fully (GBytes *svg)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (svg);

  return gdk_pixbuf_new_from_stream_at_scale (stream, PIXELS, PIXELS, TRUE, NULL, NULL);
}

static guint
count_clearly_other (const guint8 *mask, GdkPixbuf *pixbuf)
{
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  guint n = 0;

  for (int y = 0; y < PIXELS; y++)
    for (int x = 0; x < PIXELS; x++)
      n += abs (mask[y * PIXELS + x] - pixels[y * gdk_pixbuf_get_rowstride (pixbuf) + x * 4 + 3]) > CLEARLY ? 1 : 0;
  return n;
}

static void
draws_every_icon_as_a_full_reader_does (void **state)
{
  g_auto (GStrv) names = g_resources_enumerate_children (ICONS, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  guint8 mask[PIXELS * PIXELS];

  (void) state;
  assert_non_null (names);
  assert_true (g_strv_length (names) > 30);
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *path = g_strdup_printf ("%s/%s", ICONS, names[i]);
    g_autoptr (GBytes) svg = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_autoptr (GdkPixbuf) other = draw_fully (svg);
    gboolean is_understood;

    if (other == NULL)
      skip ();
    draw (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg), mask, &is_understood);
    if (!is_understood)
      fail_msg ("%s is not understood", names[i]);
    assert_int_equal (gdk_pixbuf_get_n_channels (other), 4);
    if (count_clearly_other (mask, other) > N_CLEARLY_OTHER)
      fail_msg ("%s: %u pixels are other", names[i], count_clearly_other (mask, other));
  }
}

static void
says_what_it_does_not_understand (void **state)
{
  static const char *const drawings[] = {
    "",
    "no drawing",
    "<svg><path d=\"M1 1 h1\"/>",
    "<svg><text x=\"1\" y=\"1\">a</text></svg>",
    "<svg><path/></svg>",
    "<svg><path d=\"M1 1 q1 1 2 2\"/></svg>",
    "<svg><path d=\"M1 1 h\"/></svg>",
    "<svg><path d=\"h1\"/></svg>",
    "<svg><path d=\"M1 1 a5 5 0 0 1 3\"/></svg>",
    "<svg><path d=\"M1 nan\"/></svg>",
  };
  guint8 mask[PIXELS * PIXELS];
  gboolean is_understood;

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (drawings); i++) {
    draw (drawings[i], strlen (drawings[i]), mask, &is_understood);
    if (is_understood)
      fail_msg ("understood: %s", drawings[i]);
  }
  draw ("<svg><path d=\"M1 1 h1 z\"/></svg>", 32, mask, &is_understood);
  assert_true (is_understood);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (draws_every_icon_as_a_full_reader_does),
    cmocka_unit_test (says_what_it_does_not_understand),
  };

  pv_resources_register_resource ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

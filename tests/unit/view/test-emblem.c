/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <glib/gstdio.h>
#include <string.h>

#include "view/emblem.h"

/* 40 wide, 20 high: blue, with a hole. */
#define DRAWING                                                                                                        \
  "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><rect width='40' height='20' fill='#0000FF'/>"       \
  "</svg>"

static char *folder;

static char *
write_file (const char *name, const char *text)
{
  char *path = g_build_filename (folder, name, NULL);

  assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static guint32
pixel_at (GdkTexture *texture, int x, int y)
{
  gsize stride = (gsize) gdk_texture_get_width (texture) * 4;
  g_autofree guint8 *pixels = g_malloc (stride * (gsize) gdk_texture_get_height (texture));
  guint32 pixel;

  gdk_texture_download (texture, pixels, stride);
  memcpy (&pixel, pixels + (gsize) y * stride + (gsize) x * 4, sizeof pixel);
  return pixel;
}

static void
assert_is_the_drawing (GdkTexture *texture, int pixels)
{
  if (texture == NULL)
    skip (); /* no reader of SVG here */
  assert_int_equal (gdk_texture_get_width (texture), pixels);
  assert_int_equal (gdk_texture_get_height (texture), pixels / 2);
  assert_int_equal (pixel_at (texture, pixels / 2, pixels / 4), 0xFF0000FFU);
}

static void
comes_from_a_child_as_from_here (void **state)
{
  g_autofree char *path = write_file ("emblem.svg", DRAWING);
  g_autoptr (GdkTexture) prefetched = NULL, here = NULL;

  (void) state;
  pv_emblem_prefetch (path);
  prefetched = pv_emblem_load (path, PV_EMBLEM_PIXELS);
  here = pv_emblem_load (path, PV_EMBLEM_PIXELS);
  assert_true ((prefetched == NULL) == (here == NULL));
  assert_is_the_drawing (here, PV_EMBLEM_PIXELS);
  assert_is_the_drawing (prefetched, PV_EMBLEM_PIXELS);
}

static void
is_drawn_here_in_another_size (void **state)
{
  g_autofree char *path = write_file ("emblem.svg", DRAWING);
  g_autoptr (GdkTexture) larger = NULL;

  (void) state;
  larger = pv_emblem_load (path, 2 * PV_EMBLEM_PIXELS);
  assert_is_the_drawing (larger, 2 * PV_EMBLEM_PIXELS);
}

static void
is_none_when_the_file_is_no_picture (void **state)
{
  static const char *const texts[] = { "", "no picture", "\x89PNG but no more", "<svg" };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *path = write_file ("emblem.bad", texts[i]);
    pv_emblem_prefetch (path);
    assert_null (pv_emblem_load (path, PV_EMBLEM_PIXELS));
    assert_null (pv_emblem_load (path, PV_EMBLEM_PIXELS));
  }
  pv_emblem_prefetch ("/nowhere/emblem.png");
  assert_null (pv_emblem_load ("/nowhere/emblem.png", PV_EMBLEM_PIXELS));
  pv_emblem_prefetch (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (comes_from_a_child_as_from_here),
    cmocka_unit_test (is_drawn_here_in_another_size),
    cmocka_unit_test (is_none_when_the_file_is_no_picture),
  };
  int status;

  folder = g_dir_make_tmp ("parvis-emblem-XXXXXX", NULL);
  status = cmocka_run_group_tests (tests, NULL, NULL);
  for (guint i = 0; i < 2; i++) {
    g_autofree char *path = g_build_filename (folder, i == 0 ? "emblem.svg" : "emblem.bad", NULL);
    g_remove (path);
  }
  g_rmdir (folder);
  g_free (folder);
  return status;
}

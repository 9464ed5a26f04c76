/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The photo of a document in the session, with the real parvis-decode: what is shown, what is none, what stays. */

#include "tst.h"

#include <string.h>

#include "kiosk/session/photo.h"
#include "pictures.h"

enum { WAIT_MS = 30000, QUIET_MS = 300, SIDE = 64 };

typedef struct {
  PvPhoto *photo;
  GdkTexture *texture; /* (nullable): of the last callback */
  guint n_calls;
  gboolean is_called;
} Fixture;

static void
photo_cb (GdkTexture *texture, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_set_object (&fixture->texture, texture);
  fixture->n_calls++;
  fixture->is_called = TRUE;
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->photo = pv_photo_new (g_getenv ("PV_DECODE_PROGRAM"), photo_cb, fixture);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  pv_photo_free (fixture->photo);
  g_clear_object (&fixture->texture);
  g_free (fixture);
  return 0;
}

static guint
count_files (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static void
decode (Fixture *fixture, GBytes *picture)
{
  fixture->is_called = FALSE;
  pv_photo_decode (fixture->photo, picture);
  assert_false (fixture->is_called);
  assert_true (tst_pump_until (NULL, &fixture->is_called, WAIT_MS));
}

/* (transfer full): 0xAARRGGBB */
static guint32 *
download (GdkTexture *texture)
{
  gsize width = (gsize) gdk_texture_get_width (texture), height = (gsize) gdk_texture_get_height (texture);
  guint32 *pixels = g_new (guint32, width * height);

  gdk_texture_download (texture, (guchar *) pixels, width * sizeof *pixels);
  return pixels;
}

/* Red, green and blue differ by what a lossy format may change. */
static void
assert_near (guint32 pixel, guint32 expected)
{
  for (guint shift = 0; shift < 32; shift += 8)
    if (ABS ((int) (pixel >> shift & 0xFF) - (int) (expected >> shift & 0xFF)) > 40)
      fail_msg ("%08x instead of %08x", pixel, expected);
}

static void
what_a_card_has_is_shown (void **state)
{
  static const FakePicture kinds[] = { FAKE_JPEG, FAKE_JPEG_PROGRESSIVE, FAKE_JP2, FAKE_J2K };
  Fixture *fixture = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (GBytes) picture = fake_picture_new (kinds[i], SIDE, SIDE);
    g_autofree guint32 *pixels = NULL;

    decode (fixture, picture);
    assert_non_null (fixture->texture);
    assert_int_equal (gdk_texture_get_width (fixture->texture), SIDE);
    assert_int_equal (gdk_texture_get_height (fixture->texture), SIDE);
    pixels = download (fixture->texture);
    assert_near (pixels[8 * SIDE + 8], 0xFFFF0000);
    assert_near (pixels[8 * SIDE + 56], 0xFF00FF00);
    assert_near (pixels[56 * SIDE + 8], 0xFF0000FF);
    assert_near (pixels[56 * SIDE + 56], 0xFFFFFFFF);
  }
}

static void
a_large_one_is_made_smaller (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) picture = fake_picture_new (FAKE_JPEG, 900, 1200);

  decode (fixture, picture);
  assert_non_null (fixture->texture);
  assert_int_equal (gdk_texture_get_width (fixture->texture), 450);
  assert_int_equal (gdk_texture_get_height (fixture->texture), PV_PHOTO_MAX_SIDE);
}

static void
what_is_no_picture_is_told (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) whole = fake_picture_new (FAKE_JPEG, SIDE, SIDE);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 2);
  g_autoptr (GBytes) noise = g_bytes_new_static ("\xFF\xD8\xFF noise", 9);
  g_autoptr (GBytes) none = g_bytes_new_static ("", 0);
  GBytes *const cases[] = { half, noise, none };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    decode (fixture, cases[i]);
    assert_null (fixture->texture);
  }
  decode (fixture, whole); /* one that is broken takes nothing from the next */
  assert_non_null (fixture->texture);
  pv_photo_free (fixture->photo);
  fixture->photo = pv_photo_new (NULL, photo_cb, fixture);
  decode (fixture, whole);
  assert_null (fixture->texture);
}

static void
nothing_is_told_of_what_is_forgotten (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) picture = fake_picture_new (FAKE_JP2, 400, 500);
  gboolean never = FALSE;
  guint n_files = count_files ();

  pv_photo_decode (fixture->photo, picture);
  pv_photo_forget (fixture->photo);
  tst_pump_until (NULL, &never, QUIET_MS);
  pv_photo_decode (fixture->photo, picture); /* forgotten by the next */
  decode (fixture, picture);
  tst_pump_until (NULL, &never, QUIET_MS);
  assert_int_equal (fixture->n_calls, 1);
  pv_photo_decode (fixture->photo, picture);
  g_clear_pointer (&fixture->photo, pv_photo_free);
  tst_pump_until (NULL, &never, QUIET_MS);
  assert_int_equal (fixture->n_calls, 1);
  assert_int_equal (count_files (), n_files);
}

/* Whatever still holds the texture: a window, the last frame of a renderer. */
static void
what_is_forgotten_is_wiped (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GBytes) picture = fake_picture_new (FAKE_JPEG, SIDE, SIDE);
  g_autofree guint32 *before = NULL, *after = NULL;

  decode (fixture, picture);
  before = download (fixture->texture);
  assert_int_not_equal (before[0], 0);
  pv_photo_forget (fixture->photo);
  after = download (fixture->texture);
  for (gsize i = 0; i < (gsize) SIDE * SIDE; i++)
    assert_int_equal (after[i], 0);
}

#define T(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    T (what_a_card_has_is_shown),   T (a_large_one_is_made_smaller),
    T (what_is_no_picture_is_told), T (nothing_is_told_of_what_is_forgotten),
    T (what_is_forgotten_is_wiped),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <string.h>

#include "kiosk/decode/picture-private.h"
#include "pictures.h"

static gboolean
decode (GBytes *picture, guint max_side, PvPixels *ret_pixels)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (picture, &length);
  /* Exactly as long as it is: the address sanitizer tells of a look behind its end. */
  g_autofree guint8 *copy = g_memdup2 (data, length);

  return pv_picture_decode (copy, length, max_side, ret_pixels);
}

static GBytes *
change (GBytes *picture, gsize at, const char *put, gsize length)
{
  GByteArray *bytes = g_bytes_unref_to_array (picture);

  g_assert_cmpuint (at + length, <=, bytes->len);
  memcpy (bytes->data + at, put, length);
  return g_byte_array_free_to_bytes (bytes);
}

static gsize
find (GBytes *picture, const char *what, gsize length)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (picture, &size);
  const guint8 *found = memmem (data, size, what, length);

  g_assert_nonnull (found);
  return (gsize) (found - data);
}

static void
assert_near (guint32 pixel, guint32 expected, guint row)
{
  for (guint shift = 0; shift < 24; shift += 8) {
    gint difference = (gint) (pixel >> shift & 0xFF) - (gint) (expected >> shift & 0xFF);

    if (ABS (difference) > 12)
      fail_msg ("picture %u: %06x, expected %06x", row, pixel, expected);
  }
}

/* The middle of each quarter. */
static void
assert_quarters (const PvPixels *pixels, gboolean is_grey, guint row)
{
  static const guint32 colours[] = { 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF };
  static const guint32 greys[] = { 0x4C4C4C, 0x959595, 0x1D1D1D, 0xFFFFFF };

  for (guint i = 0; i < 4; i++) {
    guint x = pixels->width * (1 + i % 2 * 2) / 4, y = pixels->height * (1 + i / 2 * 2) / 4;

    assert_near (pixels->data[y * pixels->width + x], is_grey ? greys[i] : colours[i], row);
  }
}

static void
decodes_every_form (void **state)
{
  (void) state;
  for (guint kind = 0; kind < FAKE_N_PICTURES; kind++) {
    g_autoptr (GBytes) picture = fake_picture_new (kind, 120, 160);
    g_auto (PvPixels) pixels = { 0 };

    if (decode (picture, 1000, &pixels) != (kind != FAKE_JPEG_CMYK))
      fail_msg ("picture %u", kind);
    if (kind == FAKE_JPEG_CMYK)
      continue;
    assert_int_equal (pixels.width, 120);
    assert_int_equal (pixels.height, 160);
    assert_quarters (&pixels, kind == FAKE_JPEG_GREY || kind == FAKE_J2K_GREY, kind);
  }
}

static void
reduces_to_the_longer_side (void **state)
{
  static const struct {
    guint width, height, max_side, reduced_width, reduced_height;
  } rows[] = {
    { 120, 160, 80, 60, 80 }, { 160, 120, 80, 80, 60 },   { 120, 160, 160, 120, 160 },
    { 120, 160, 33, 24, 33 }, { 640, 480, 100, 100, 75 }, { 400, 8, 20, 20, 1 },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint kind = FAKE_JPEG; kind <= FAKE_J2K; kind++) {
      g_autoptr (GBytes) picture = fake_picture_new (kind, rows[i].width, rows[i].height);
      g_auto (PvPixels) pixels = { 0 };

      if (kind == FAKE_JPEG_CMYK)
        continue;
      assert_true (decode (picture, rows[i].max_side, &pixels));
      assert_int_equal (pixels.width, rows[i].reduced_width);
      assert_int_equal (pixels.height, rows[i].reduced_height);
      if (rows[i].height > 100)
        assert_quarters (&pixels, kind == FAKE_JPEG_GREY, kind);
    }
}

static void
each_reduced_pixel_is_the_mean_of_what_it_covers (void **state)
{
  static const guint8 rows[4][4 * 3] = {
    { 0, 0, 0, 255, 0, 0, 10, 20, 30, 10, 20, 30 },
    { 0, 0, 0, 255, 0, 0, 10, 20, 30, 10, 20, 30 },
    { 1, 1, 1, 2, 2, 2, 0, 0, 0, 255, 255, 255 },
    { 3, 3, 3, 4, 4, 4, 0, 0, 0, 255, 255, 255 },
  };
  static const guint32 expected[] = { 0x7F0000, 0x0A141E, 0x020202, 0x7F7F7F };
  g_auto (PvReducer) reducer = { 0 };
  g_auto (PvPixels) pixels = { 0 };

  (void) state;
  assert_true (pv_reducer_begin (&reducer, 4, 4, 2));
  for (guint i = 0; i < 4; i++) {
    assert_false (pv_reducer_end (&reducer, &pixels));
    pv_reducer_add (&reducer, rows[i]);
  }
  assert_true (pv_reducer_end (&reducer, &pixels));
  assert_int_equal (pixels.width, 2);
  assert_memory_equal (pixels.data, expected, sizeof expected);
}

/* Half a face is none. What the last bytes add may be nothing: the end marker alone is not missed everywhere. */
static void
refuses_what_is_cut_short (void **state)
{
  (void) state;
  for (guint kind = 0; kind < FAKE_N_PICTURES; kind++) {
    g_autoptr (GBytes) picture = fake_picture_new (kind, 64, 64);
    gsize size = g_bytes_get_size (picture);

    for (gsize length = 0; length < size - 32; length += 1 + length / 16) {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (picture, 0, length);
      g_auto (PvPixels) pixels = { 0 };

      if (decode (cut, 100, &pixels))
        fail_msg ("picture %u: %zu of %zu bytes", kind, length, size);
    }
  }
}

static void
refuses_what_is_no_picture (void **state)
{
  static const char *const rows[] = { "",
                                      "GIF89a",
                                      "%PDF-1.7",
                                      "\xFF\xD8\xFF",
                                      "\xFF\xD8\xFF\xE0 and nothing of it",
                                      "\xFF\x4F\xFF\x51\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF" };
  g_auto (PvPixels) pixels = { 0 };
  GRand *random = g_rand_new_with_seed (7);
  guint8 noise[512];

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_false (pv_picture_decode ((const guint8 *) rows[i], strlen (rows[i]), 100, &pixels));
  for (guint round = 0; round < 300; round++) {
    for (gsize i = 0; i < sizeof noise; i++)
      noise[i] = (guint8) g_rand_int (random);
    memcpy (noise, round % 2 == 0 ? "\xFF\xD8\xFF\xE0" : "\xFF\x4F\xFF\x51", 4);
    assert_false (pv_picture_decode (noise, sizeof noise, 100, &pixels));
  }
  g_rand_free (random);
}

/* In the header of a JPEG, height and width stand behind the length and the depth. */
static void
refuses_a_jpeg_that_says_it_is_huge (void **state)
{
  static const char *const rows[] = { "\xFF\xFF\xFF\xFF", "\x20\x01\x00\x01", "\x1F\x00\x1F\x00" };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GBytes *whole = fake_picture_new (FAKE_JPEG, 64, 64);
    g_autoptr (GBytes) picture = change (whole, find (whole, "\xFF\xC0\x00\x11\x08", 5) + 5, rows[i], 4);
    g_auto (PvPixels) pixels = { 0 };

    assert_false (decode (picture, 100, &pixels));
  }
}

static void
holds_sides_pixels_and_what_a_byte_may_become_to_their_limits (void **state)
{
  (void) state;
  assert_true (pv_picture_is_within (1, 1, 100, 10));
  assert_true (pv_picture_is_within (PV_PICTURE_MAX_SIDE, 1, PV_PICTURE_MAX_PIXELS, 100));
  assert_false (pv_picture_is_within (PV_PICTURE_MAX_SIDE + 1, 1, PV_PICTURE_MAX_PIXELS, 100));
  assert_false (pv_picture_is_within (0, 1, 100, 10));
  assert_false (pv_picture_is_within (1, 0, 100, 10));
  assert_true (pv_picture_is_within (10, 10, 100, 10));
  assert_false (pv_picture_is_within (10, 11, 100, 10));
  assert_true (pv_picture_is_within (1000, 100, PV_PICTURE_MAX_PIXELS, 100));
  assert_false (pv_picture_is_within (1000, 101, PV_PICTURE_MAX_PIXELS, 100));
  assert_false (pv_picture_is_within (G_MAXUINT32, G_MAXUINT32, PV_PICTURE_MAX_PIXELS, G_MAXSIZE));
}

/* Of marker SIZ: 8 right, 12 bottom, 16 left, 20 top, 24 and 28 size of a tile, 32 and 36 where tiles begin, 40 how many
 * components; 42 of the first: depth, and how coarse. */
static void
refuses_a_codestream_over_the_limits (void **state)
{
  static const struct {
    gsize at;
    const char *put;
    gsize length;
  } rows[] = {
    { 8, "\x00\xFF\xFF\xFF", 4 },
    { 12, "\xFF\xFF\xFF\xFF", 4 },
    { 16, "\x00\x00\x00\x40", 4 },
    { 20, "\xFF\xFF\xFF\xFF", 4 },
    { 24, "\x00\x00\x00\x00", 4 },
    { 24, "\x00\x00\x00\x01\x00\x00\x00\x01", 8 },
    { 24, "\x00\x00\x00\x03\x00\x00\x00\x03", 8 },
    { 32, "\x00\x00\x00\x01", 4 },
    { 40, "\x00\x00", 2 },
    { 40, "\x00\x05", 2 },
    { 40, "\x40\x00", 2 },
    { 42, "\x25", 1 },
    { 43, "\x00", 1 },
    { 44, "\x00", 1 },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint kind = FAKE_JP2; kind <= FAKE_J2K_GREY; kind++) {
      GBytes *whole = fake_picture_new (kind, 64, 64);
      gsize begin = find (whole, "\xFF\x4F\xFF\x51", 4);
      g_autoptr (GBytes) picture = change (whole, begin + rows[i].at, rows[i].put, rows[i].length);
      g_auto (PvPixels) pixels = { 0 };

      if (decode (picture, 100, &pixels))
        fail_msg ("row %u, picture %u", i, kind);
    }
}

/* 256 tiles of 32 x 32, and one row more. */
static void
refuses_more_tiles_than_the_limit (void **state)
{
  g_autoptr (GBytes) most = fake_picture_new (FAKE_J2K_TILED, 512, 512);
  g_autoptr (GBytes) more = fake_picture_new (FAKE_J2K_TILED, 512, 513);
  g_auto (PvPixels) pixels = { 0 };

  (void) state;
  assert_false (decode (more, 100, &pixels));
  assert_true (decode (most, 100, &pixels));
}

/* A file with @count empty boxes before its codestream. */
static GByteArray *
pad_with_boxes (guint count)
{
  static const guint8 box[] = { 0, 0, 0, 8, 'f', 'r', 'e', 'e' };
  g_autoptr (GBytes) file = fake_picture_new (FAKE_JP2, 64, 64);
  GByteArray *bytes = g_byte_array_new ();
  guint begin = (guint) find (file, "jp2c", 4) - 4;
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);

  g_byte_array_append (bytes, data, begin);
  for (guint i = 0; i < count; i++)
    g_byte_array_append (bytes, box, sizeof box);
  g_byte_array_append (bytes, data + begin, (guint) size - begin);
  return bytes;
}

static void
refuses_boxes_without_end (void **state)
{
  static const char *const lengths[] = { "\x00\x00\x00\x00", "\x00\x00\x00\x01", "\x00\x00\x00\x07",
                                         "\xFF\xFF\xFF\xFF" };
  g_autoptr (GByteArray) some = pad_with_boxes (40);
  g_autoptr (GByteArray) many = pad_with_boxes (100);
  g_auto (PvPixels) pixels = { 0 };

  (void) state;
  assert_false (pv_picture_decode (many->data, many->len, 100, &pixels));
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    GBytes *whole = fake_picture_new (FAKE_JP2, 64, 64);
    g_autoptr (GBytes) picture = change (whole, 12, lengths[i], 4);

    assert_false (decode (picture, 100, &pixels));
  }
  assert_true (pv_picture_decode (some->data, some->len, 100, &pixels));
}

static void
refuses_a_progressive_jpeg_of_too_many_scans (void **state)
{
  g_autoptr (GBytes) picture = fake_picture_new (FAKE_JPEG_PROGRESSIVE, 64, 64);
  gsize size, last = 0, previous = 0;
  const guint8 *data = g_bytes_get_data (picture, &size);
  g_autoptr (GByteArray) many = g_byte_array_new ();
  g_auto (PvPixels) pixels = { 0 };

  (void) state;
  for (gsize i = 0; i + 1 < size; i++)
    if (data[i] == 0xFF && data[i + 1] == 0xDA) {
      previous = last;
      last = i;
    }
  assert_true (previous > 0);
  g_byte_array_append (many, data, (guint) last);
  for (guint i = 0; i < PV_PICTURE_MAX_SCANS + 2; i++) /* the one before the last, again and again */
    g_byte_array_append (many, data + previous, (guint) (last - previous));
  g_byte_array_append (many, data + last, (guint) (size - last));
  assert_true (decode (picture, 100, &pixels));
  assert_false (pv_picture_decode (many->data, many->len, 100, &pixels));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (decodes_every_form),
    cmocka_unit_test (reduces_to_the_longer_side),
    cmocka_unit_test (each_reduced_pixel_is_the_mean_of_what_it_covers),
    cmocka_unit_test (refuses_what_is_cut_short),
    cmocka_unit_test (refuses_what_is_no_picture),
    cmocka_unit_test (refuses_a_jpeg_that_says_it_is_huge),
    cmocka_unit_test (holds_sides_pixels_and_what_a_byte_may_become_to_their_limits),
    cmocka_unit_test (refuses_a_codestream_over_the_limits),
    cmocka_unit_test (refuses_more_tiles_than_the_limit),
    cmocka_unit_test (refuses_boxes_without_end),
    cmocka_unit_test (refuses_a_progressive_jpeg_of_too_many_scans),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

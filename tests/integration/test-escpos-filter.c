/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The filter alone: pages of dots that no PDF makes, and what the virtual printer makes of its output. The PPD files. */
#include <cups/raster.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "demo/escpos/roll.h"

#include "tst.h"

enum { WIDTH = 20, HEIGHT = 3, DOTS = 24, DPI = 203 };

static const cups_page_header2_t good = {
  .HWResolution = { DPI, DPI },
  .cupsWidth = WIDTH,
  .cupsHeight = HEIGHT,
  .cupsBitsPerColor = 8,
  .cupsBitsPerPixel = 8,
  .cupsBytesPerLine = WIDTH,
  .cupsColorOrder = CUPS_ORDER_CHUNKED,
  .cupsColorSpace = CUPS_CSPACE_SW,
  .cupsNumColors = 1,
  .cupsInteger = { 2, DOTS, 0, 0 },
};

/* A raster of one page. */
static char *
write_raster (const cups_page_header2_t *header, const guint8 *pixels, gsize length)
{
  char *path = NULL;
  int fd = g_file_open_tmp ("pv-raster-XXXXXX", &path, NULL);
  cups_raster_t *raster = cupsRasterOpen (fd, CUPS_RASTER_WRITE);
  cups_page_header2_t copy = *header;

  assert_true (fd >= 0);
  assert_non_null (raster);
  assert_int_equal (cupsRasterWriteHeader2 (raster, &copy), 1);
  if (length > 0)
    assert_int_equal (cupsRasterWritePixels (raster, (unsigned char *) pixels, (unsigned) length), length);
  cupsRasterClose (raster);
  close (fd);
  return path;
}

/* Returns: whether the filter was content; its output is with @roll. */
static gboolean
run_filter (const char *path, PvDemoRoll *roll)
{
  g_autoptr (GSubprocess) filter =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
                      g_getenv ("PV_CUPS_FILTER"), "1", "user", "title", "1", "", path, NULL);
  g_autoptr (GBytes) output = NULL;
  g_autoptr (GByteArray) answers = g_byte_array_new ();
  gsize length;
  const guint8 *data;

  assert_non_null (filter);
  assert_true (g_subprocess_communicate (filter, NULL, NULL, &output, NULL, NULL));
  data = g_bytes_get_data (output, &length);
  while (length > 0) {
    gsize n = MIN (length, pv_demo_roll_get_room (roll));

    pv_demo_roll_receive (roll, data, n, answers);
    pv_demo_roll_run (roll, n, answers);
    data += n;
    length -= n;
  }
  return g_subprocess_get_successful (filter);
}

static gboolean
filter_page (const cups_page_header2_t *header, const guint8 *pixels, gsize length, PvDemoRoll *roll)
{
  g_autofree char *path = write_raster (header, pixels, length);
  gboolean is_content = run_filter (path, roll);

  g_unlink (path);
  return is_content;
}

/* Each way to say black and white, and grey. */
static void
every_kind_of_page_becomes_the_same_dots (void **state)
{
  static const struct {
    cups_cspace_t space;
    guint bits;
    guint8 black, white;
  } kinds[] = {
    { CUPS_CSPACE_SW, 8, 0, 255 },  { CUPS_CSPACE_W, 8, 127, 128 },   { CUPS_CSPACE_K, 8, 255, 0 },
    { CUPS_CSPACE_K, 8, 128, 127 }, { CUPS_CSPACE_K, 1, 0xff, 0x00 }, { CUPS_CSPACE_W, 1, 0x00, 0xff },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (PvDemoRoll) roll = pv_demo_roll_new (DOTS, DPI);
    cups_page_header2_t header = good;
    guint8 pixels[WIDTH * HEIGHT];
    const PvDemoRollSheet *sheet;

    header.cupsColorSpace = kinds[i].space;
    header.cupsBitsPerColor = header.cupsBitsPerPixel = kinds[i].bits;
    header.cupsBytesPerLine = (WIDTH * kinds[i].bits + 7) / 8;
    /* A black line, a white one, a black one. */
    memset (pixels, kinds[i].black, sizeof pixels);
    memset (pixels + header.cupsBytesPerLine, kinds[i].white, header.cupsBytesPerLine);
    assert_true (filter_page (&header, pixels, (gsize) header.cupsBytesPerLine * HEIGHT, roll));
    assert_int_equal (pv_demo_roll_count_cuts (roll), 1);
    assert_int_equal (pv_demo_roll_count_strange (roll), 0);
    sheet = g_ptr_array_index (pv_demo_roll_get_sheets (roll), 0);
    assert_int_equal (sheet->lines, HEIGHT);
    assert_int_equal (sheet->cut, PV_DEMO_ROLL_FULL_CUT);
    assert_memory_equal (sheet->dots->data, "\xff\xff\xf0\0\0\0\xff\xff\xf0", 9);
  }
}

/* What came is cut off: half a page must not hang out. */
static void
a_page_that_breaks_off_is_cut_off (void **state)
{
  g_autoptr (PvDemoRoll) roll = pv_demo_roll_new (DOTS, DPI);
  g_autofree char *path = NULL;
  g_autofree char *raster = NULL;
  guint8 pixels[WIDTH * HEIGHT];
  gsize length;

  (void) state;
  for (gsize i = 0; i < sizeof pixels; i++)
    pixels[i] = (guint8) (i * 37); /* not to be compressed */
  path = write_raster (&good, pixels, sizeof pixels);
  assert_true (g_file_get_contents (path, &raster, &length, NULL));
  assert_true (g_file_set_contents (path, raster, (gssize) length - WIDTH, NULL));
  assert_false (run_filter (path, roll));
  g_unlink (path);
  assert_int_equal (pv_demo_roll_count_cuts (roll), 1);
  assert_int_equal (pv_demo_roll_count_uncut_lines (roll), 0);
}

static void
what_is_no_page_of_dots_is_refused (void **state)
{
  const guint8 pixels[WIDTH * HEIGHT * 3] = { 0 };
  g_autoptr (PvDemoRoll) roll = pv_demo_roll_new (DOTS, DPI);

  (void) state;
  for (guint i = 0; i < 5; i++) {
    cups_page_header2_t header = good;

    if (i == 0) {
      header.cupsColorSpace = CUPS_CSPACE_RGB;
      header.cupsBitsPerPixel = 24;
      header.cupsBytesPerLine = WIDTH * 3;
      header.cupsNumColors = 3;
    }
    if (i == 1)
      header.HWResolution[1] = 180;
    if (i == 2)
      header.HWResolution[0] = header.HWResolution[1] = 300;
    if (i == 3) {
      header.cupsWidth = 10000;
      header.cupsBytesPerLine = 10000;
    }
    if (i == 4)
      header.cupsHeight = 1 << 20;
    assert_false (filter_page (&header, pixels, i == 3 ? 0 : (gsize) header.cupsBytesPerLine, roll));
  }
  assert_int_equal (pv_demo_roll_count_cuts (roll), 0);
  assert_int_equal (pv_demo_roll_count_uncut_lines (roll), 0);
}

static void
an_empty_or_foreign_stream_is_refused (void **state)
{
  g_autoptr (PvDemoRoll) roll = pv_demo_roll_new (DOTS, DPI);
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("pv-raster-XXXXXX", &path, NULL);

  (void) state;
  assert_true (fd >= 0);
  close (fd);
  assert_false (run_filter (path, roll));
  assert_true (g_file_set_contents (path, "%PDF-1.4 and no raster at all", -1, NULL));
  assert_false (run_filter (path, roll));
  g_unlink (path);
  assert_int_equal (pv_demo_roll_count_uncut_lines (roll), 0);
}

/* cupstestppd; it misses only the filter where CUPS would have it. */
static void
the_ppd_files_conform (void **state)
{
  static const char *const widths[] = { "58", "80", "112" };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++) {
    g_autofree char *path = g_strdup_printf ("%s/parvis-escpos-%s.ppd", g_getenv ("PV_CUPS_PPDS"), widths[i]);
    g_autoptr (GSubprocess) tool =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, "cupstestppd", "-I", "filters", path, NULL);
    g_autofree char *words = NULL;

    assert_non_null (tool);
    assert_true (g_subprocess_communicate_utf8 (tool, NULL, NULL, &words, NULL, NULL));
    if (!g_subprocess_get_successful (tool) || strstr (words, "WARN") != NULL)
      fail_msg ("%s", words);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_kind_of_page_becomes_the_same_dots),
    cmocka_unit_test (a_page_that_breaks_off_is_cut_off),
    cmocka_unit_test (what_is_no_page_of_dots_is_refused),
    cmocka_unit_test (an_empty_or_foreign_stream_is_refused),
    cmocka_unit_test (the_ppd_files_conform),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

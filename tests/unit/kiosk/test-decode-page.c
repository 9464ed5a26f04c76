/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a page's borders are, and whether it can be read: made pages. */

#include "tst.h"

#include <math.h>
#include <string.h>

#include "kiosk/decode/page.h"

enum { WIDTH = 827, HEIGHT = 1169, DPI = 100 };

static void
make_page (PvPage *page, guint8 level)
{
  *page = (PvPage){ WIDTH, HEIGHT, 1, DPI, g_malloc ((gsize) WIDTH * HEIGHT) };
  memset (page->data, level, (gsize) WIDTH * HEIGHT);
}

static void
fill (PvPage *page, const PvPageBox *box, guint8 level)
{
  for (guint y = box->y; y < box->y + box->height; y++)
    memset (page->data + (gsize) y * page->width + box->x, level, box->width);
}

/* Lines of words of 5 x 10 pixels and the gaps between them. */
static void
print_text (PvPage *page, const PvPageBox *box, guint8 ink)
{
  for (guint y = box->y; y + 10 <= box->y + box->height; y += 22)
    for (guint x = box->x; x + 5 <= box->x + box->width; x += x % 7 == 0 ? 15 : 8)
      fill (page, &(PvPageBox){ x, y, 3, 10 }, ink);
}

/* The noise of a cheap sensor: never more than 8 levels. */
static void
add_noise (PvPage *page)
{
  guint32 seed = 1;

  for (gsize i = 0; i < (gsize) page->width * page->height; i++) {
    seed = seed * 1664525 + 1013904223;
    page->data[i] = (guint8) CLAMP ((int) page->data[i] + (int) (seed >> 28) - 8, 0, 255);
  }
}

/* By a Gaussian of @sigma pixels, across and down, as far as something is printed. */
static void
blur (PvPage *page, double sigma)
{
  enum { REACH = 15 };
  double weights[2 * REACH + 1], sum = 0;
  g_autofree guint8 *across = g_malloc ((gsize) page->width * page->height);

  for (int i = -REACH; i <= REACH; i++)
    sum += weights[i + REACH] = exp (-i * i / (2 * sigma * sigma));
  for (int pass = 0; pass < 2; pass++) {
    memcpy (across, page->data, (gsize) page->width * page->height);
    for (int y = 60; y < 340; y++)
      for (int x = 50; x < 330; x++) {
        double value = 0;

        for (int i = -REACH; i <= REACH; i++) {
          const int from_x = pass == 0 ? CLAMP (x + i, 0, (int) page->width - 1) : x;
          const int from_y = pass == 1 ? CLAMP (y + i, 0, (int) page->height - 1) : y;

          value += weights[i + REACH] * across[from_y * (int) page->width + from_x];
        }
        page->data[y * (int) page->width + x] = (guint8) (value / sum + 0.5);
      }
  }
}

static void
assert_box (const PvPage *page, const PvPageBox *expected, const char *what)
{
  const PvPageBox box = pv_page_find_box (page);

  if (memcmp (&box, expected, sizeof box) != 0)
    fail_msg ("%s: %u, %u, %u x %u", what, box.x, box.y, box.width, box.height);
}

static void
cuts_the_page_out_of_a_dark_lid (void **state)
{
  static const PvPageBox sheets[] = {
    { 0, 0, 700, 1000 }, { 50, 60, 700, 1000 }, { 127, 169, 700, 1000 }, { 300, 400, 337, 213 }, { 0, 0, WIDTH, 500 },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++) {
    g_auto (PvPage) page = { 0 };

    make_page (&page, 30);
    fill (&page, &sheets[i], 240);
    print_text (&page, &(PvPageBox){ sheets[i].x + 20, sheets[i].y + 20, sheets[i].width - 40, 100 }, 20);
    if (i == 0 || i == 2)
      add_noise (&page);
    if (sheets[i].x > 0 || sheets[i].y > 0 || sheets[i].width < 600)
      assert_box (&page, &sheets[i], "sheet");
  }
}

/* A white sheet on a white lid ends nowhere; a card on it does. */
static void
cuts_only_what_is_small_out_of_a_white_lid (void **state)
{
  const PvPageBox whole = { 0, 0, WIDTH, HEIGHT };
  const PvPageBox card = { 100, 200, 337, 213 };
  const guint air = DPI * 50 / 254;
  const PvPageBox around = { 100 - air, 200 - air, 337 + 2 * air, 213 + 2 * air };
  g_auto (PvPage) letter = { 0 };
  g_auto (PvPage) laid = { 0 };

  (void) state;
  make_page (&letter, 250);
  print_text (&letter, &(PvPageBox){ 80, 90, 650, 900 }, 20);
  add_noise (&letter);
  assert_box (&letter, &whole, "letter");
  make_page (&laid, 250);
  fill (&laid, &card, 190);
  print_text (&laid, &(PvPageBox){ 120, 220, 200, 100 }, 20);
  assert_box (&laid, &around, "card");
}

/* A pencil line at the very border, a single pixel of a dot: as long as it is seen, it stays. */
static void
never_cuts_what_is_written (void **state)
{
  (void) state;
  for (guint ground = 0; ground < 256; ground += 51)
    for (guint i = 0; i < 40; i++) {
      const guint x = (i * 211) % WIDTH, y = (i * 307) % HEIGHT;
      const guint ink = ground >= 128 ? ground - 30 : ground + 30;
      g_auto (PvPage) page = { 0 };
      PvPageBox box;

      make_page (&page, (guint8) ground);
      fill (&page, &(PvPageBox){ 200, 300, 100, 100 }, (guint8) ink);
      page.data[(gsize) y * WIDTH + x] = (guint8) ink;
      box = pv_page_find_box (&page);
      if (x < box.x || y < box.y || x >= box.x + box.width || y >= box.y + box.height)
        fail_msg ("ground %u: %u, %u is cut off", ground, x, y);
    }
}

static void
leaves_a_page_without_anything (void **state)
{
  const PvPageBox whole = { 0, 0, WIDTH, HEIGHT };

  (void) state;
  for (guint level = 0; level < 256; level += 85) {
    g_auto (PvPage) page = { 0 };

    make_page (&page, (guint8) level);
    assert_box (&page, &whole, "plain");
    page.data[5000] ^= 0xFF; /* dust */
    assert_box (&page, &whole, "dust");
  }
}

static void
moves_the_rows_of_what_is_cut_out (void **state)
{
  static const guint8 pixels[4 * 3 * 3] = {
    1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 7, 8, 8, 8, 9, 9, 9, 10, 10, 10, 11, 11, 11, 12, 12, 12,
  };
  static const guint8 expected[] = { 6, 6, 6, 7, 7, 7, 10, 10, 10, 11, 11, 11 };
  g_auto (PvPage) page = { 4, 3, 3, 0, g_memdup2 (pixels, sizeof pixels) };

  (void) state;
  pv_page_crop (&page, &(PvPageBox){ 1, 1, 2, 2 });
  assert_int_equal (page.width, 2);
  assert_int_equal (page.height, 2);
  assert_memory_equal (page.data, expected, sizeof expected);
}

static void
assert_hint (const PvPage *page, PvCaptureHint expected, const char *what)
{
  const PvPageLook look = pv_page_look (page);
  const PvCaptureHint hint = pv_page_judge (page);

  print_message ("# %s: mean %.1f, ink %.5f, sharpness %.4f\n", what, look.mean, look.ink, look.sharpness);
  if (hint != expected)
    fail_msg ("%s: hint %d", what, (int) hint);
}

static void
tells_a_blurred_page_from_a_clear_one (void **state)
{
  static const struct {
    double sigma;
    gboolean is_noisy, is_pale;
    PvCaptureHint hint;
  } rows[] = {
    { 0, FALSE, FALSE, PV_CAPTURE_CLEAR },    { 0, TRUE, FALSE, PV_CAPTURE_CLEAR },
    { 0.7, TRUE, FALSE, PV_CAPTURE_CLEAR },   { 1.2, FALSE, FALSE, PV_CAPTURE_CLEAR },
    { 0.7, TRUE, TRUE, PV_CAPTURE_CLEAR },    { 3.5, FALSE, FALSE, PV_CAPTURE_BLURRED },
    { 3.5, TRUE, FALSE, PV_CAPTURE_BLURRED }, { 6, FALSE, FALSE, PV_CAPTURE_BLURRED },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *what = g_strdup_printf ("blur of %.1f pixels%s%s", rows[i].sigma,
                                             rows[i].is_noisy ? ", noise" : "", rows[i].is_pale ? ", pale" : "");
    g_auto (PvPage) page = { 0 };

    make_page (&page, 240);
    print_text (&page, &(PvPageBox){ 90, 100, 200, 200 }, rows[i].is_pale ? 150 : 20);
    if (rows[i].sigma > 0)
      blur (&page, rows[i].sigma);
    if (rows[i].is_noisy)
      add_noise (&page);
    assert_hint (&page, rows[i].hint, what);
  }
}

static void
tells_a_dark_page (void **state)
{
  static const struct {
    guint paper, ink;
    PvCaptureHint hint;
  } rows[] = {
    { 250, 20, PV_CAPTURE_CLEAR }, { 100, 10, PV_CAPTURE_CLEAR }, { 55, 5, PV_CAPTURE_DARK }, { 0, 0, PV_CAPTURE_DARK }
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (PvPage) page = { 0 };

    make_page (&page, (guint8) rows[i].paper);
    print_text (&page, &(PvPageBox){ 80, 90, 650, 500 }, (guint8) rows[i].ink);
    assert_hint (&page, rows[i].hint, "dark");
  }
}

static void
tells_an_empty_page (void **state)
{
  g_auto (PvPage) page = { 0 };

  (void) state;
  make_page (&page, 245);
  assert_hint (&page, PV_CAPTURE_EMPTY, "white");
  add_noise (&page);
  assert_hint (&page, PV_CAPTURE_EMPTY, "white, with noise");
  fill (&page, &(PvPageBox){ 300, 300, 3, 3 }, 20);
  assert_hint (&page, PV_CAPTURE_EMPTY, "a speck");
  print_text (&page, &(PvPageBox){ 80, 90, 260, 12 }, 20);
  assert_hint (&page, PV_CAPTURE_CLEAR, "one line");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (cuts_the_page_out_of_a_dark_lid),
    cmocka_unit_test (cuts_only_what_is_small_out_of_a_white_lid),
    cmocka_unit_test (never_cuts_what_is_written),
    cmocka_unit_test (leaves_a_page_without_anything),
    cmocka_unit_test (moves_the_rows_of_what_is_cut_out),
    cmocka_unit_test (tells_a_blurred_page_from_a_clear_one),
    cmocka_unit_test (tells_a_dark_page),
    cmocka_unit_test (tells_an_empty_page),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

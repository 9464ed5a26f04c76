/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/reach.h"

#include <string.h>

#include "tst.h"

static void
a_pixel_is_as_large_as_diagonal_and_mode_make_it (void **state)
{
  /* reference/accessibility: table of panels; an inch is 25.4 mm. */
  static const struct {
    int width_px, height_px, diagonal_mm;
    double mm_per_px;
  } panels[] = {
    { 1920, 1080, 396, 0.1793 }, { 1080, 1920, 546, 0.2480 },  { 1080, 1920, 610, 0.2768 }, { 1080, 1920, 686, 0.3114 },
    { 1080, 1920, 813, 0.3690 }, { 2160, 3840, 1092, 0.2479 }, { 1080, 1920, 0, 0.277 },    { 0, 0, 610, 0.277 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (panels); i++) {
    const PvMounting mounting = { .width_px = panels[i].width_px,
                                  .height_px = panels[i].height_px,
                                  .diagonal_mm = panels[i].diagonal_mm };

    assert_float_equal ((float) pv_reach_mm_per_px (&mounting), (float) panels[i].mm_per_px, 0.0005F);
  }
}

static void
one_reaches_less_high_over_an_obstruction (void **state)
{
  static const struct {
    PvApproach approach;
    int depth_mm, wish_mm, limit_mm;
  } rows[] = {
    { PV_APPROACH_FRONT, 0, 0, 1220 },     { PV_APPROACH_FRONT, 510, 0, 1220 },  { PV_APPROACH_FRONT, 511, 0, 1120 },
    { PV_APPROACH_FRONT, 635, 0, 1120 },   { PV_APPROACH_FRONT, 636, 0, 0 },     { PV_APPROACH_SIDE, 0, 0, 1220 },
    { PV_APPROACH_SIDE, 255, 0, 1220 },    { PV_APPROACH_SIDE, 256, 0, 1170 },   { PV_APPROACH_SIDE, 610, 0, 1170 },
    { PV_APPROACH_SIDE, 611, 0, 0 },       { PV_APPROACH_FRONT, 0, 1100, 1100 }, { PV_APPROACH_FRONT, 600, 1150, 1120 },
    { PV_APPROACH_SIDE, 300, 1220, 1170 }, { PV_APPROACH_FRONT, 700, 1100, 0 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const PvMounting mounting = { .approach = rows[i].approach,
                                  .obstruction_mm = rows[i].depth_mm,
                                  .wish_mm = rows[i].wish_mm };

    assert_int_equal (pv_reach_limit_mm (&mounting), rows[i].limit_mm);
  }
}

static void
a_screen_that_is_too_high_begins_low_by_itself (void **state)
{
  static const struct {
    int width_px, height_px, diagonal_mm, lower_edge_mm, highest_mm, low_mm;
    gboolean starts_low;
  } rows[] = {
    { 1080, 1920, 610, 650, 1149, 1080, FALSE }, { 1080, 1920, 610, 721, 1220, 1151, FALSE },
    { 1080, 1920, 610, 722, 1221, 1152, TRUE },  { 1080, 1920, 813, 700, 1376, 1130, TRUE },
    { 1920, 1080, 610, 900, 1167, 1167, FALSE }, { 1920, 1080, 610, 960, 1227, 1227, TRUE },
    { 1080, 1920, 0, 650, 1149, 1080, FALSE },   { 2160, 3840, 1092, 780, 1699, 1210, TRUE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const PvMounting mounting = { .width_px = rows[i].width_px,
                                  .height_px = rows[i].height_px,
                                  .diagonal_mm = rows[i].diagonal_mm,
                                  .lower_edge_mm = rows[i].lower_edge_mm };

    assert_in_range (pv_reach_highest_mm (&mounting, FALSE), rows[i].highest_mm - 1, rows[i].highest_mm + 1);
    assert_in_range (pv_reach_highest_mm (&mounting, TRUE), rows[i].low_mm - 1, rows[i].low_mm + 1);
    assert_int_equal (pv_reach_starts_low (&mounting), rows[i].starts_low);
  }
}

static void
a_mounting_is_judged_and_told_what_would_do (void **state)
{
  static const struct {
    int lower_edge_mm, obstruction_mm;
    PvApproach approach;
    PvReachVerdict verdict;
    int lowest_mm, highest_mm;
  } rows[] = {
    { 780, 0, PV_APPROACH_FRONT, PV_REACH_FINE, 380, 790 },
    { 790, 0, PV_APPROACH_FRONT, PV_REACH_FINE, 380, 790 },
    { 791, 0, PV_APPROACH_FRONT, PV_REACH_TOO_HIGH, 380, 790 },
    { 691, 600, PV_APPROACH_FRONT, PV_REACH_TOO_HIGH, 380, 690 },
    { 740, 400, PV_APPROACH_SIDE, PV_REACH_FINE, 380, 740 },
    { 379, 0, PV_APPROACH_SIDE, PV_REACH_TOO_LOW, 380, 790 },
    { 780, 700, PV_APPROACH_FRONT, PV_REACH_TOO_DEEP, 0, 0 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const PvMounting mounting = { .width_px = 1080,
                                  .height_px = 1920,
                                  .diagonal_mm = 610,
                                  .lower_edge_mm = rows[i].lower_edge_mm,
                                  .obstruction_mm = rows[i].obstruction_mm,
                                  .approach = rows[i].approach };
    int lowest_mm = -1, highest_mm = -1;

    assert_int_equal (pv_reach_judge (&mounting, &lowest_mm, &highest_mm), rows[i].verdict);
    assert_int_equal (lowest_mm, rows[i].lowest_mm);
    assert_int_equal (highest_mm, rows[i].highest_mm);
    assert_int_equal (pv_reach_judge (&mounting, NULL, NULL), rows[i].verdict);
  }
}

/* What is told would do does, and a millimetre more does not: for every panel and obstruction. */
static void
what_would_do_does (void **state)
{
  static const int diagonals[] = { 0, 396, 546, 610, 686, 813, 1092 };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (diagonals); i++)
    for (int depth_mm = 0; depth_mm <= 610; depth_mm += 51)
      for (int approach = 0; approach < 2; approach++) {
        PvMounting mounting = { .width_px = i % 2 == 0 ? 1080 : 1920,
                                .height_px = i % 2 == 0 ? 1920 : 1080,
                                .diagonal_mm = diagonals[i],
                                .obstruction_mm = depth_mm,
                                .approach = (PvApproach) approach };
        int highest_mm;

        pv_reach_judge (&mounting, NULL, &highest_mm);
        mounting.lower_edge_mm = highest_mm;
        assert_int_equal (pv_reach_judge (&mounting, NULL, NULL), PV_REACH_FINE);
        assert_true (pv_reach_highest_mm (&mounting, TRUE) <= pv_reach_limit_mm (&mounting));
        mounting.lower_edge_mm++;
        assert_int_equal (pv_reach_judge (&mounting, NULL, NULL), PV_REACH_TOO_HIGH);
      }
}

static int
read_height (const char *cell)
{
  return strstr (cell, "none") != NULL ? 0 : (int) g_ascii_strtoll (cell, NULL, 10);
}

/* 0: none */
static int
highest_edge_mm (PvMounting mounting, gboolean is_low)
{
  int edge_mm;

  mounting.lower_edge_mm = 0;
  edge_mm = pv_reach_limit_mm (&mounting) - pv_reach_highest_mm (&mounting, is_low);
  return edge_mm >= PV_REACH_LOWEST_MM ? edge_mm : 0;
}

/* kiosk-config/installation.md: what is built by it must be what is checked. */
static void
the_heights_that_one_mounts_by_are_those_of_the_rule (void **state)
{
  static const PvMounting over[] = { { .approach = PV_APPROACH_FRONT },
                                     { .approach = PV_APPROACH_FRONT, .obstruction_mm = 635 },
                                     { .approach = PV_APPROACH_SIDE, .obstruction_mm = 610 } };
  g_autofree char *page = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_rows = 0;

  (void) state;
  assert_true (g_file_get_contents (PV_TEST_INSTALLATION, &page, NULL, NULL));
  lines = g_strsplit (page, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i], "|", -1);

    if (g_strv_length (cells) != 11 || !g_ascii_isdigit (cells[2][1]))
      continue;
    n_rows++;
    for (guint k = 0; k < 2 * G_N_ELEMENTS (over); k++) {
      PvMounting mounting = over[k / 2];
      gboolean is_upright = strstr (cells[3], "upright") != NULL;

      mounting.diagonal_mm = (int) g_ascii_strtoll (cells[2], NULL, 10);
      mounting.width_px = is_upright ? 1080 : 1920;
      mounting.height_px = is_upright ? 1920 : 1080;
      assert_int_equal (read_height (cells[4 + k]), highest_edge_mm (mounting, k % 2 == 1));
    }
  }
  assert_int_equal (n_rows, 8);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_pixel_is_as_large_as_diagonal_and_mode_make_it),
    cmocka_unit_test (one_reaches_less_high_over_an_obstruction),
    cmocka_unit_test (a_screen_that_is_too_high_begins_low_by_itself),
    cmocka_unit_test (a_mounting_is_judged_and_told_what_would_do),
    cmocka_unit_test (what_would_do_does),
    cmocka_unit_test (the_heights_that_one_mounts_by_are_those_of_the_rule),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

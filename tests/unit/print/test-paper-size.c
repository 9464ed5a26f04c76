/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whoever reads large letters on the screen reads them on each paper that they take away. */
#include "tst.h"

#include <stdlib.h>
#include <string.h>

#include "papers.h"

static const guint percents[] = { 125, 150, 200 };

/* In points, as the paper has it. */
static double
height_of (GBytes *pdf, const char *word)
{
  static const char *const argv[] = { "pdftotext", "-bbox", "-", "-", NULL };
  g_autofree char *boxes = sample_run_text (argv, pdf);
  g_autofree char *end = g_strdup_printf (">%s</word>", word);
  char *at = strstr (boxes, end);
  const char *top, *bottom;

  if (at == NULL)
    fail_msg ("no \"%s\" in: %s", word, boxes);
  *at = '\0';
  top = g_strrstr (boxes, "yMin=\"");
  bottom = g_strrstr (boxes, "yMax=\"");
  assert_true (top != NULL && bottom != NULL && bottom > top);
  return g_ascii_strtod (bottom + 6, NULL) - g_ascii_strtod (top + 6, NULL);
}

static void
the_letters_of_the_screen_are_those_of_the_paper (void **state)
{
  (void) state;
  for (gsize i = 0; i < SAMPLE_N_PAPERS * SAMPLE_N_MEDIA; i++) {
    PvPrintMedia media = sample_media[i % 2];
    g_autoptr (GBytes) usual = sample_papers[i / 2].render (media, 100);
    double usual_height = height_of (usual, sample_papers[i / 2].word);

    for (gsize k = 0; k < G_N_ELEMENTS (percents); k++) {
      g_autoptr (GBytes) large = sample_papers[i / 2].render (media, percents[k]);

      assert_float_equal ((float) (height_of (large, sample_papers[i / 2].word) / usual_height),
                          (float) percents[k] / 100.0F, 0.04F);
    }
  }
}

/* 4.8 mm of capitals are for a screen at 600 mm; on paper in the hand, 9 points and more. */
static void
no_paper_has_small_letters (void **state)
{
  (void) state;
  for (gsize i = 0; i < SAMPLE_N_MEDIA; i++) {
    g_autoptr (GBytes) pdf = sample_render_slip (sample_media[i], 100);

    assert_true (height_of (pdf, "Cantine") > 9.0);
  }
}

/* What is called large print, with the foot of the sheet in it. For Inter a box is 1.21 times the size. */
static void
large_print_on_a4_is_18_points (void **state)
{
  static const char *const argv[] = { "pdftotext", "-bbox", "-", "-", NULL };

  (void) state;
  for (gsize i = 0; i < SAMPLE_N_PAPERS; i++) {
    g_autoptr (GBytes) pdf = sample_papers[i].render (PV_PRINT_MEDIA_A4, 150);
    g_autofree char *boxes = sample_run_text (argv, pdf);
    guint n_words = 0;

    for (const char *at = strstr (boxes, "<word "); at != NULL; at = strstr (at + 1, "<word "), n_words++) {
      double top = g_ascii_strtod (strstr (at, "yMin=\"") + 6, NULL);
      double bottom = g_ascii_strtod (strstr (at, "yMax=\"") + 6, NULL);

      if ((bottom - top) / 1.21 < 17.9)
        fail_msg ("%s: %.1f points: %.120s", sample_papers[i].name, (bottom - top) / 1.21, at);
    }
    assert_true (n_words > 10);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_letters_of_the_screen_are_those_of_the_paper),
    cmocka_unit_test (no_paper_has_small_letters),
    cmocka_unit_test (large_print_on_a4_is_18_points),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

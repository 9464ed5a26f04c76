/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/colour.h"

#include "tst.h"

static void
reads_six_digits_and_nothing_else (void **state)
{
  static const char *const wrong[] = { "", "#", "1F4FA3", "#1F4FA", "#1F4FA30", "#1F4FAG", "#123", " #1F4FA3", "red" };
  guint32 rgb = 0;

  (void) state;
  assert_true (pv_colour_parse ("#1F4fa3", &rgb));
  assert_int_equal (rgb, 0x1f4fa3);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    if (pv_colour_parse (wrong[i], &rgb))
      fail_msg ("read: %s", wrong[i]);
    assert_int_equal (rgb, 0x1f4fa3);
  }
}

/* Black, red and the two greys around 4.5 are known values of WCAG's own examples and of contrast checkers. */
static void
reckons_the_contrast_of_wcag (void **state)
{
  static const struct {
    guint32 a, b;
    double contrast;
  } cases[] = {
    { 0x000000, 0xffffff, 21.0 },  { 0xffffff, 0xffffff, 1.0 },   { 0xff0000, 0xffffff, 3.998 },
    { 0x767676, 0xffffff, 4.542 }, { 0x777777, 0xffffff, 4.478 }, { 0x0000ff, 0xffffff, 8.592 },
    { 0xffff00, 0xffffff, 1.074 }, { 0x1f4fa3, 0xffffff, 7.762 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    assert_float_equal (pv_colour_get_contrast (cases[i].a, cases[i].b), cases[i].contrast, 0.01);
    assert_float_equal (pv_colour_get_contrast (cases[i].b, cases[i].a), cases[i].contrast, 0.01);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (reads_six_digits_and_nothing_else),
    cmocka_unit_test (reckons_the_contrast_of_wcag),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The code of an enrolment: what is a slip is told. */
#include "tst.h"

#include <string.h>

#include "core/setup-code.h"

#define LETTERS "BCDFGHJKLMNPQRSTVWXZ"

/* (transfer full) */
static char *
new_code (guint seed)
{
  char code[PV_SETUP_CODE_LETTERS + 1] = "";

  for (guint i = 0; i < PV_SETUP_CODE_LETTERS - 1; i++) {
    seed = seed * 1103515245U + 12345U;
    code[i] = pv_setup_code_letter (seed >> 16);
  }
  code[PV_SETUP_CODE_LETTERS - 1] = pv_setup_code_last (code);
  return g_strdup (code);
}

static void
a_code_is_read_however_it_is_written (void **state)
{
  g_autofree char *code = new_code (1), *shown = pv_setup_code_display (code);
  g_autofree char *small = g_ascii_strdown (shown, -1), *joined = g_strdelimit (g_strdup (shown), " ", '-');
  const char *const ways[] = { code, shown, small, joined };

  (void) state;
  assert_int_equal (strlen (shown), PV_SETUP_CODE_LETTERS + 4);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++) {
    g_autofree char *read = pv_setup_code_read (ways[i]);

    assert_non_null (read);
    assert_string_equal (read, code);
  }
}

static void
each_wrong_letter_is_told (void **state)
{
  (void) state;
  for (guint seed = 0; seed < 50; seed++) {
    g_autofree char *code = new_code (seed);

    for (guint at = 0; at < PV_SETUP_CODE_LETTERS; at++)
      for (const char *letter = LETTERS; *letter != '\0'; letter++) {
        g_autofree char *wrong = g_strdup (code), *read = NULL;

        wrong[at] = *letter;
        read = pv_setup_code_read (wrong);
        assert_int_equal (read != NULL, *letter == code[at]);
      }
  }
}

static void
what_is_no_code_is_none (void **state)
{
  static const char *const texts[] = {
    "", "BCDF", "BCDFGHJKLMNPQRSTVWXZB", "BCDFGHJKLMNPQRSTVWXA", "BCDFGHJKLMNPQRSTVWX1", "BCDFGHJKLMNPQRSTVWX\n", "é"
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_null (pv_setup_code_read (texts[i]));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_code_is_read_however_it_is_written),
    cmocka_unit_test (each_wrong_letter_is_told),
    cmocka_unit_test (what_is_no_code_is_none),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

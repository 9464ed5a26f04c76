/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/language-code.h"

#include "tst.h"

static void
codes_are_told_from_other_words (void **state)
{
  static const struct {
    const char *code;
    gboolean is_code;
  } rows[] = {
    { "fr", TRUE },
    { "qps", TRUE },
    { "pt_BR", TRUE },
    { "fr@facile", TRUE },
    { "pt_BR@facile", TRUE },
    { "", FALSE },
    { "f", FALSE },
    { "fren", FALSE },
    { "FR", FALSE },
    { "fr_", FALSE },
    { "fr_be", FALSE },
    { "fr_BEL", FALSE },
    { "fr@", FALSE },
    { "fr@Facile", FALSE },
    { "fr@facile2", FALSE },
    { "fr-BE", FALSE },
    { "fr@facilement", FALSE },
    { "../fr", FALSE },
    { "fr:en", FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (pv_language_is_code (rows[i].code) != rows[i].is_code)
      fail_msg ("\"%s\"", rows[i].code);
}

static void
easy_french_is_french_to_a_voice_and_a_font (void **state)
{
  static const struct {
    const char *code, *tag;
  } rows[] = { { "fr", "fr" }, { "fr@facile", "fr" }, { "pt_BR", "pt-BR" }, { "pt_BR@facile", "pt-BR" } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *tag = pv_language_to_tag (rows[i].code);

    assert_string_equal (tag, rows[i].tag);
  }
}

static void
each_language_is_called_by_its_own_name (void **state)
{
  (void) state;
  assert_string_equal (pv_language_own_name ("fr@facile"), "Français facile");
  assert_string_equal (pv_language_own_name ("ar"), "العربية");
  assert_string_equal (pv_language_own_name ("xx"), "xx");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (codes_are_told_from_other_words),
    cmocka_unit_test (easy_french_is_french_to_a_voice_and_a_font),
    cmocka_unit_test (each_language_is_called_by_its_own_name),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/spelling.h"

#include <libintl.h>
#include <locale.h>

#include "core/wipe.h"

static void
assert_spelled (const char *code, const char *expected)
{
  g_autoptr (GPtrArray) spelled = pv_spell_out (code);
  g_autofree char *joined = NULL;

  g_ptr_array_add (spelled, NULL);
  joined = g_strjoinv ("|", (char **) spelled->pdata);
  assert_string_equal (joined, expected);
}

static void
a_code_is_spelled_letter_by_letter_and_figure_by_figure (void **state)
{
  (void) state;
  assert_spelled ("B1-8", "B as in Bravo|1|dash|8");
  assert_spelled ("bc d", "B as in Bravo|C as in Charlie|D as in Delta");
  assert_spelled ("", "");
  assert_spelled ("É", "É");
}

static void
nothing_endless_is_spelled (void **state)
{
  g_autofree char *longest = g_strnfill (1000, 'B');
  g_autoptr (GPtrArray) spelled = pv_spell_out (longest);

  (void) state;
  assert_int_equal (spelled->len, PV_SPELLED_MAX_CHARS);
}

static void
a_code_is_said_apart_and_a_word_is_not (void **state)
{
  static const struct {
    const char *text, *said; /* NULL: as it stands */
  } cases[] = {
    { "482\302\240913", "4 8 2, 9 1 3" },
    { "BCDFG HJKLM", "B C D F G, H J K L M" },
    { "18-2047", "1 8, dash, 2 0 4 7" },
    { "lundi 3", NULL },
    { "", NULL },
    { NULL, NULL },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvSecretStr) said = pv_spell_apart (cases[i].text);

    if (cases[i].said == NULL)
      assert_null (said);
    else
      assert_string_equal (said, cases[i].said);
  }
}

static void
codes_are_found_in_a_sentence (void **state)
{
  g_autoptr (PvSecretStr) said = pv_spell_codes_in ("Code de suivi : BCDF GHJK, à Montclair le 12.");
  g_autoptr (GPtrArray) codes = pv_list_codes_in ("Code : BCDFGHJK. L’IBAN et un X");

  (void) state;
  assert_string_equal (said, "Code de suivi : B C D F, G H J K, à Montclair le 12.");
  assert_int_equal (codes->len, 2);
  assert_string_equal (codes->pdata[0], "BCDFGHJK");
}

static void
a_key_is_named (void **state)
{
  static const struct {
    gunichar character;
    const char *name;
  } cases[] = { { 'b', "b" }, { 'B', "capital B" }, { ' ', "space" }, { 0xA0, "space" }, { '7', "7" }, { 0xE9, "é" } };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvSecretStr) name = pv_name_character (cases[i].character);

    assert_string_equal (name, cases[i].name);
  }
}

static void
each_letter_has_a_french_name_that_begins_with_it (void **state)
{
  (void) state;
  g_setenv ("LANGUAGE", "fr", TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("PV_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  assert_spelled ("B1-", "B comme Bernard|1|tiret");
  for (gunichar letter = 'A'; letter <= 'Z'; letter++) {
    g_autofree char *said = pv_spell_character (letter);
    g_autofree char *beginning = g_strdup_printf ("%c comme %c", letter, letter);

    assert_true (g_str_has_prefix (said, beginning));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_code_is_spelled_letter_by_letter_and_figure_by_figure),
    cmocka_unit_test (nothing_endless_is_spelled),
    cmocka_unit_test (a_code_is_said_apart_and_a_word_is_not),
    cmocka_unit_test (codes_are_found_in_a_sentence),
    cmocka_unit_test (a_key_is_named),
    cmocka_unit_test (each_letter_has_a_french_name_that_begins_with_it), /* last: it changes the language */
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view/theme-scope.h"

#include <string.h>

#include "parvis-resources.h"
#include "tst.h"

enum { REM_PX = 20 };

static void
every_rule_is_for_the_screen_alone (void **state)
{
  static const struct {
    const char *css, *scoped;
  } cases[] = {
    { "window, window * { all: unset; }", ".pv-screen, .pv-screen *{ all: unset; }\n" },
    { "button.primary { color: @ink; }", ".pv-screen button.primary{ color: @pv_ink; }\n" },
    { ".a .b, entry:focus-within > text { x: 1; }",
      ".pv-screen .a .b, .pv-screen entry:focus-within > text{ x: 1; }\n" },
    { ".size-200 .c, .windowed { x: 1; }", ".pv-screen.size-200 .c, .pv-screen .windowed{ x: 1; }\n" },
    { "windowhandle { x: 1; }", ".pv-screen windowhandle{ x: 1; }\n" },
    { "/* a { b } , */ a { x: 1; } /* c */", ".pv-screen a{ x: 1; }\n" },
    { ".top:dir(rtl) .d { x: 1; }", ".pv-screen .top:dir(rtl) .d{ x: 1; }\n" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *scoped = pv_theme_scope (cases[i].css, REM_PX);
    assert_string_equal (scoped, cases[i].scoped);
  }
}

static void
colours_have_names_of_their_own (void **state)
{
  g_autofree char *scoped =
    pv_theme_scope ("@define-color accent mix(#FFFFFF, @commune, 0.08);\n@define-color edge #5B6680;", REM_PX);

  (void) state;
  assert_string_equal (scoped,
                       "@define-color pv_accent mix(#FFFFFF, @pv_commune, 0.08);\n@define-color pv_edge #5B6680;\n");
}

static void
a_rem_is_what_the_screen_says (void **state)
{
  static const struct {
    const char *value, *scoped;
  } cases[] = {
    { "2.375rem", "47.5px" },
    { "0 1rem -0.5rem", "0 20px -10px" },
    { "calc(1rem+4px)", "calc(20px+4px)" },
    { "1.5em 12px 0.8", "1.5em 12px 0.8" },
    { "#1remote", "#1remote" },
    { "\"1rem @ink\", fit-1rem", "\"1rem @ink\", fit-1rem" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *css = g_strdup_printf ("a { b: %s; }", cases[i].value);
    g_autofree char *expected = g_strdup_printf (".pv-screen a{ b: %s; }\n", cases[i].scoped);
    g_autofree char *scoped = pv_theme_scope (css, REM_PX);
    assert_string_equal (scoped, expected);
  }
}

static void
what_is_cut_short_ends (void **state)
{
  static const char *const cases[] = {
    "", "a", "a {", "{", "a { b: \"", "@define-color ", "@define-color x", "/*", "}"
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_free (pv_theme_scope (cases[i], REM_PX));
}

static guint
count (const char *text, const char *what)
{
  guint n = 0;

  for (const char *at = text; (at = strstr (at, what)) != NULL; at += strlen (what))
    n++;
  return n;
}

/* Of the sheets that there are. */
static void
nothing_reaches_out_of_the_screen (void **state)
{
  static const char *const names[] = { "style", "mirror", "palette-light", "palette-dark", "palette-contrast" };

  (void) state;
  pv_resources_register_resource ();
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_strdup_printf ("/org/parvis/%s.css", names[i]);
    g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_autofree char *css = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    g_autofree char *scoped = pv_theme_scope (css, REM_PX);
    g_auto (GStrv) lines = g_strsplit (scoped, "\n", -1);

    assert_true (g_strv_length (lines) > 5);
    assert_int_equal (count (scoped, "rem"), 0);
    assert_int_equal (count (scoped, "@"), count (scoped, "@pv_") + count (scoped, "@define-color pv_"));
    for (guint line = 0; lines[line] != NULL && lines[line][0] != '\0'; line++) {
      g_auto (GStrv) rule = g_strsplit (lines[line], "{", 2);
      g_auto (GStrv) selectors = g_strsplit (rule[0], ", ", -1);
      if (g_str_has_prefix (lines[line], "@define-color pv_"))
        continue;
      for (guint k = 0; selectors[k] != NULL; k++) {
        assert_true (g_str_has_prefix (selectors[k], ".pv-screen"));
        assert_true (strchr (".: *>", selectors[k][strlen (".pv-screen")]) != NULL);
        assert_null (strstr (selectors[k], " .size-")); /* it is on the same element */
        assert_null (strstr (selectors[k], "window"));
      }
    }
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_rule_is_for_the_screen_alone), cmocka_unit_test (colours_have_names_of_their_own),
    cmocka_unit_test (a_rem_is_what_the_screen_says),      cmocka_unit_test (what_is_cut_short_ends),
    cmocka_unit_test (nothing_reaches_out_of_the_screen),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

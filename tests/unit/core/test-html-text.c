/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/html-text.h"

#include <string.h>
#include <time.h>

enum { ENOUGH = 100000 };

typedef struct {
  const char *html, *plain;
} Row;

static void
check_rows (const Row *rows, gsize count)
{
  for (gsize i = 0; i < count; i++) {
    g_autofree char *plain = pv_html_to_plain (rows[i].html, ENOUGH);

    if (strcmp (plain, rows[i].plain) != 0)
      fail_msg ("%s: [%s]", rows[i].html, plain);
  }
}

#define CHECK(...)                                                                                                     \
  const Row rows[] = { __VA_ARGS__ };                                                                                  \
                                                                                                                       \
  (void) state;                                                                                                        \
  check_rows (rows, G_N_ELEMENTS (rows))

static void
keeps_plain_text (void **state)
{
  CHECK ({ NULL, "" }, { "", "" }, { "Bonjour", "Bonjour" }, { "  a \n\t b  ", "a b" },
         { "a < b > c & d", "a < b > c & d" }, { "é ✓ 👋", "é ✓ 👋" }, { "1 <2 et 3<4", "1 <2 et 3<4" }, { "R&D", "R&D" },
         { "a\302\240:", "a\302\240:" });
}

static void
parts_paragraphs_lines_and_items (void **state)
{
  CHECK (
    { "<p>Un</p><p>Deux</p>", "Un\n\nDeux" }, { "<p>Un</p>\n\n  <p>Deux", "Un\n\nDeux" },
    { "a<br>b<br/>c<BR />d", "a\nb\nc\nd" }, { "a<br><br><br><br>b", "a\n\nb" }, { "<br>a<br>", "a" },
    { "<div>a<div>b</div></div>c", "a\nb\nc" }, { "<h2>Titre</h2>texte", "Titre\n\ntexte" },
    { "a <b> b </b> c", "a b c" }, { "a<b>b</b>c", "abc" },
    { "Apportez :<ul><li>un titre</li><li>une photo</li></ul>Merci", "Apportez :\n• un titre\n• une photo\nMerci" },
    { "<ol>\n <li>\n un\n <li> deux</ol>", "• un\n• deux" }, { "<ul><li></li><li>a</li><li> </li></ul>b", "• a\nb" },
    { "<ul><li><p>a</p><p>b</p></li></ul>", "• a\nb" }, { "<ul><li>a<ul><li>b</li></ul></li></ul>", "• a\n• b" },
    { "<table><tr><td>a</td><td>b</td></tr><tr><th>c<td>d</table>", "a b\nc d" }, { "<p></p><p> </p><p>a</p>", "a" });
}

static void
decodes_references (void **state)
{
  CHECK ({ "&eacute;&Eacute;&ccedil;&oelig;&euro;&hellip;", "éÉçœ€…" }, { "&amp;&lt;p&gt;&quot;&apos;", "&<p>\"'" },
         { "a&nbsp;:", "a\302\240:" }, { "&#233;&#xE9;&#XE9;", "ééé" }, { "&#146;&#x80;", "’€" },
         { "&laquo;&nbsp;a&nbsp;&raquo;", "«\302\240a\302\240»" },
         { "&unknown; &amp &;&#;&#x;&#12a;", "&unknown; &amp &;&#;&#x;&#12a;" }, { "&amp;lt;b&amp;gt;", "&lt;b&gt;" },
         { "&yuml;&szlig;&not;&times;", "ÿß¬×" }, { "a&#32;&#10; b", "a b" }, { "?a=1&copy=2", "?a=1&copy=2" },
         { "&abcdefghijklmnopqrstuvwxyz;", "&abcdefghijklmnopqrstuvwxyz;" });
}

static void
drops_what_is_no_text (void **state)
{
  CHECK ({ "a<script>if (a < b) x('</p>');</script>b", "ab" }, { "<style>p { color: red }</style>a", "a" },
         { "<SCRIPT type=x>y</ScRiPt >a", "a" }, { "a<!-- b --> c", "a c" }, { "a<!-- <p> -- > -->b", "ab" },
         { "<!DOCTYPE html><html><head><title>t</title></head><body>a", "a" }, { "<?xml version='1.0'?>a", "a" },
         { "<a href=\"x>y\" title='>'>lien</a>", "lien" }, { "<a title = \"a>b\">lien</a>", "lien" },
         { "<img src=x alt=\"y\">a", "a" }, { "<select><option>x</select>a", "a" },
         { "<svg/>a<svg><text>x</text></svg>b", "ab" }, { "<iframe src=x>y</iframe>a", "a" },
         { "<scripty>a</scripty>", "a" }, { "<script>a</scripty>b</script>c", "c" }, { "a</>b", "ab" },
         { "<p class=\"it's\">a</p>", "a" }, { "l'<b>eau</b>", "l'eau" }, { "<b it's>a</b>", "a" });
}

static void
survives_hostile_text (void **state)
{
  CHECK ({ "<", "<" }, { "a<", "a<" }, { "</", "" }, { "<a", "" }, { "a<b c=\"", "a" }, { "<!--", "" },
         { "<!-->a", "a" }, { "<!", "" }, { "&", "&" }, { "&#", "&#" }, { "&#x", "&#x" }, { "<script>", "" },
         { "a<script>b", "a" }, { "a<script", "a" }, { "</script>a", "a" },
         { "&#0;&#xD800;&#x110000;&#99999999999;", "����" }, { "&#1;&#127;&#xFDD0;a", "\357\267\220a" },
         { "a\001\033[31mb\177", "a[31mb" }, { "a\342\200\256b\342\201\246c", "abc" }, { "a\xff\xc3", "a��" },
         { "<<b>a", "<a" }, { "<p<p>a", "a" }, { "&lt;script&gt;x&lt;/script&gt;", "<script>x</script>" },
         { "\357\273\277a", "a" }, { "&#x202E;a", "a" });
}

static void
never_gives_more_than_asked_for (void **state)
{
  static const char html[] = "<p>Été</p><ul><li>à la mer</li></ul>&eacute;té";

  (void) state;
  for (gsize max = 0; max < 40; max++) {
    g_autofree char *plain = pv_html_to_plain (html, max);

    assert_true (strlen (plain) <= max);
    assert_true (g_utf8_validate (plain, -1, NULL));
    if (plain[0] != '\0')
      assert_false (g_ascii_isspace (plain[strlen (plain) - 1]));
    if (max >= strlen ("Été\n\n• à la mer\nété"))
      assert_string_equal (plain, "Été\n\n• à la mer\nété");
    else if (max >= strlen ("…"))
      assert_true (g_str_has_suffix (plain, "…"));
  }
}

/* Of this thread: what else the machine does is no matter. */
static double
seconds_for (const char *part, gsize size)
{
  g_autoptr (GString) html = g_string_sized_new (size);
  g_autofree char *plain = NULL;
  struct timespec start, end;

  while (html->len < size)
    g_string_append (html, part);
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &start);
  plain = pv_html_to_plain (html->str, html->len);
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &end);
  assert_non_null (plain);
  return (double) (end.tv_sec - start.tv_sec) + (double) (end.tv_nsec - start.tv_nsec) * 1e-9;
}

static void
takes_time_in_proportion (void **state)
{
  enum { SIZE = 100000, TIMES = 16 };
  static const char *const parts[] = { "<", "<!--", "<svg>", "<script>", "&", "&#", "<a b='", "</", "<li>", "<p>a" };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
    double one = seconds_for (parts[i], SIZE);
    double many = seconds_for (parts[i], TIMES * SIZE);

    /* In the square of the size it would be sixteen times as much again; what is too short to be measured passes. */
    if (many > 6.0 * TIMES * one && many > 0.5)
      fail_msg ("%s: %g s for one, %g s for %d times the size", parts[i], one, many, TIMES);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (keeps_plain_text),         cmocka_unit_test (parts_paragraphs_lines_and_items),
    cmocka_unit_test (decodes_references),       cmocka_unit_test (drops_what_is_no_text),
    cmocka_unit_test (survives_hostile_text),    cmocka_unit_test (never_gives_more_than_asked_for),
    cmocka_unit_test (takes_time_in_proportion),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

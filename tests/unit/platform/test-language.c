/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/language.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "tst.h"

static char *folder;

/* A compiled catalogue of one text besides its header, as in the GNU gettext manual, "The Format of GNU MO Files". */
static void
write_catalogue (const char *language, const char *source, const char *translation)
{
  static const char header[] = "Content-Type: text/plain; charset=UTF-8\n";
  enum { HEADER_BYTES = 28, TABLE_BYTES = 16 };
  guint32 start = HEADER_BYTES + 2 * TABLE_BYTES;
  guint32 source_at = start + 1, header_at = source_at + (guint32) strlen (source) + 1;
  guint32 translation_at = header_at + (guint32) sizeof header;
  guint32 numbers[] = { 0x950412de,
                        0,
                        2,
                        HEADER_BYTES,
                        HEADER_BYTES + TABLE_BYTES,
                        0,
                        0,
                        0,
                        start,
                        (guint32) strlen (source),
                        source_at,
                        (guint32) strlen (header),
                        header_at,
                        (guint32) strlen (translation),
                        translation_at };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *dir = g_build_filename (folder, language, "LC_MESSAGES", NULL);
  g_autofree char *path = g_build_filename (dir, "parvis.mo", NULL);

  g_byte_array_append (bytes, (const guint8 *) numbers, sizeof numbers);
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  g_byte_array_append (bytes, (const guint8 *) source, (guint) strlen (source) + 1);
  g_byte_array_append (bytes, (const guint8 *) header, sizeof header);
  g_byte_array_append (bytes, (const guint8 *) translation, (guint) strlen (translation) + 1);
  assert_int_equal (g_mkdir_with_parents (dir, 0700), 0);
  assert_true (g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL));
}

static void
remove_catalogue (const char *language)
{
  g_autofree char *top = g_build_filename (folder, language, NULL);
  g_autofree char *dir = g_build_filename (top, "LC_MESSAGES", NULL);
  g_autofree char *path = g_build_filename (dir, "parvis.mo", NULL);

  g_remove (path);
  g_rmdir (dir);
  g_rmdir (top);
}

static int
set_up (void **state)
{
  (void) state;
  folder = g_dir_make_tmp ("pv-language-XXXXXX", NULL);
  write_catalogue ("fr", "Yes", "Oui");
  write_catalogue ("ar", "Yes", "نعم");
  g_setenv ("PV_LOCALE_DIR", folder, TRUE);
  pv_language_start ();
  return 0;
}

static int
tear_down (void **state)
{
  (void) state;
  remove_catalogue ("fr");
  remove_catalogue ("ar");
  g_rmdir (folder);
  g_clear_pointer (&folder, g_free);
  return 0;
}

static void
begins_in_english (void **state)
{
  (void) state;
  assert_string_equal (pv_language_get (), "en");
  assert_string_equal (_ ("Yes"), "Yes");
}

/* From a translation to another and back: a text that was never translated is not cached, one that was is. */
static void
changes_language_there_and_back (void **state)
{
  static const struct {
    const char *code;
    const char *text;
  } steps[] = {
    { "fr", "Oui" }, { "ar", "نعم" }, { "en", "Yes" }, { "fr", "Oui" },
    { "en", "Yes" }, { "ar", "نعم" }, { "fr", "Oui" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    assert_true (pv_language_set (steps[i].code));
    assert_string_equal (pv_language_get (), steps[i].code);
    assert_string_equal (_ ("Yes"), steps[i].text);
  }
}

static void
refuses_what_is_no_code_and_keeps_the_language (void **state)
{
  static const char *const wrong[] = { "", "f", "FR", "fran", "fr_", "fr_fr", "fr_FRA", "../fr", "fr:en", "fr\nX=1" };

  (void) state;
  assert_true (pv_language_set ("fr"));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    assert_false (pv_language_set (wrong[i]));
    assert_string_equal (pv_language_get (), "fr");
  }
  assert_string_equal (_ ("Yes"), "Oui");
  assert_true (pv_language_set ("pt_BR"));
}

static void
knows_scripts_from_the_right (void **state)
{
  (void) state;
  assert_true (pv_language_is_right_to_left ("ar"));
  assert_true (pv_language_is_right_to_left ("ar_MA"));
  assert_true (pv_language_is_right_to_left ("qpa"));
  assert_false (pv_language_is_right_to_left ("fr"));
  assert_false (pv_language_is_right_to_left ("arn"));
}

/* A number with a comma inside a protocol or a style sheet is a fault. */
static void
leaves_numbers_as_they_are (void **state)
{
  g_autofree char *number = g_strdup_printf ("%.1f", 2.5);

  (void) state;
  assert_true (pv_language_set ("fr"));
  assert_string_equal (number, "2.5");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (begins_in_english, set_up, tear_down),
    cmocka_unit_test_setup_teardown (changes_language_there_and_back, set_up, tear_down),
    cmocka_unit_test_setup_teardown (refuses_what_is_no_code_and_keeps_the_language, set_up, tear_down),
    cmocka_unit_test_setup_teardown (knows_scripts_from_the_right, set_up, tear_down),
    cmocka_unit_test_setup_teardown (leaves_numbers_as_they_are, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

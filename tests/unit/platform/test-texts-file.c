/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "platform/texts-file.h"

static char *shipped, *own;

static int
set_up (void **state)
{
  (void) state;
  shipped = g_dir_make_tmp ("pv-texts-XXXXXX", NULL);
  own = g_dir_make_tmp ("pv-texts-XXXXXX", NULL);
  return shipped != NULL && own != NULL ? 0 : -1;
}

static int
tear_down (void **state)
{
  (void) state;
  tst_remove_folder (shipped);
  tst_remove_folder (own);
  g_clear_pointer (&shipped, g_free);
  g_clear_pointer (&own, g_free);
  return 0;
}

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
what_the_commune_says_goes_before_what_is_shipped (void **state)
{
  const char *folders[] = { shipped, "/does/not/exist", own, NULL };
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PvTexts) texts = NULL;

  (void) state;
  write_file (shipped, "texts-en.txt", "[*]\nfr: Mairie\nen: Town hall\nfr: Oui\nen: Yes\n");
  write_file (own, "texts-en.txt", "[*]\nfr: Mairie\nen: City hall\nfr: Non\n");
  write_file (own, "texts-uk.txt", "[*]\nfr: Oui\nuk: Так\n");
  texts = pv_texts_file_read_all (folders, "en", errors);
  assert_non_null (texts);
  assert_string_equal (pv_texts_find (texts, NULL, NULL, "Mairie"), "City hall");
  assert_string_equal (pv_texts_find (texts, NULL, NULL, "Oui"), "Yes");
  assert_int_equal (errors->len, 1);
  assert_true (g_str_has_prefix (errors->pdata[0], own)
               && g_str_has_suffix (errors->pdata[0], ".txt:4: “en:” is missing under this text"));
}

static void
a_language_without_a_file_has_no_texts (void **state)
{
  const char *folders[] = { shipped, NULL };
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);

  (void) state;
  assert_null (pv_texts_file_read_all (folders, "pt", errors));
  assert_null (pv_texts_file_read_all (folders, "../pt", errors));
  assert_null (pv_texts_file_read_all (NULL, "pt", errors));
  assert_int_equal (errors->len, 0);
}

static void
what_is_no_file_is_an_error_and_holds_nobody_up (void **state)
{
  const char *folders[] = { shipped, own, NULL };
  g_autofree char *pipe = g_build_filename (shipped, "texts-en.txt", NULL);
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PvTexts) texts = NULL;

  (void) state;
  assert_int_equal (mkfifo (pipe, 0600), 0);
  write_file (own, "texts-en.txt", "[*]\nfr: Oui\nen: Yes\n");
  texts = pv_texts_file_read_all (folders, "en", errors);
  assert_string_equal (pv_texts_find (texts, NULL, NULL, "Oui"), "Yes");
  assert_int_equal (errors->len, 1);
  assert_true (g_str_has_suffix (errors->pdata[0], "not a plain file"));
}

static void
of_a_large_file_nothing_is_read (void **state)
{
  const char *folders[] = { shipped, NULL };
  g_autofree char *text = g_strnfill (PV_TEXTS_MAX_BYTES * 2, '\n');
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PvTexts) texts = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  (void) state;
  write_file (shipped, "texts-en.txt", text);
  texts = pv_texts_file_read_all (folders, "en", errors);
  entries = pv_texts_list (texts);
  assert_int_equal (entries->len, 0);
  assert_int_equal (errors->len, 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (what_the_commune_says_goes_before_what_is_shipped, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_language_without_a_file_has_no_texts, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_is_no_file_is_an_error_and_holds_nobody_up, set_up, tear_down),
    cmocka_unit_test_setup_teardown (of_a_large_file_nothing_is_read, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

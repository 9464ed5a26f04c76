/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "platform/synonyms-file.h"

static char *folder;

static int
set_up (void **state)
{
  (void) state;
  folder = g_dir_make_tmp ("pv-synonyms-XXXXXX", NULL);
  return folder != NULL ? 0 : -1;
}

static int
tear_down (void **state)
{
  (void) state;
  tst_remove_folder (folder);
  g_clear_pointer (&folder, g_free);
  return 0;
}

static char *
write_file (const char *text, gsize length)
{
  char *path = g_build_filename (folder, "words.txt", NULL);

  assert_true (g_file_set_contents (path, text, (gssize) length, NULL));
  return path;
}

static void
the_words_and_the_slips_of_a_file_are_told (void **state)
{
  static const char text[] = "cantoche = cantine\nno sign\n";
  g_autofree char *path = write_file (text, strlen (text));
  g_autoptr (GPtrArray) slips = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PvSynonyms) synonyms = pv_synonyms_file_read (path, slips, NULL);

  (void) state;
  assert_non_null (synonyms);
  assert_int_equal (pv_synonyms_get_meanings (synonyms)->len, 1);
  assert_int_equal (slips->len, 1);
  assert_string_equal (slips->pdata[0], "line 2: expected WORD, WORD = WORD, WORD");
}

static void
of_a_large_file_nothing_is_read (void **state)
{
  g_autofree char *text = g_strnfill (PV_SYNONYMS_MAX_BYTES * 3, '\n');
  g_autofree char *path = write_file (text, strlen (text));
  g_autoptr (GPtrArray) slips = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PvSynonyms) synonyms = pv_synonyms_file_read (path, slips, NULL);

  (void) state;
  assert_int_equal (pv_synonyms_get_meanings (synonyms)->len, 0);
  assert_int_equal (slips->len, 1);
}

static void
what_is_no_file_is_an_error_and_holds_nobody_up (void **state)
{
  g_autofree char *pipe = g_build_filename (folder, "pipe", NULL);
  g_autofree char *absent = g_build_filename (folder, "absent", NULL);
  const char *paths[] = { folder, pipe, absent };

  (void) state;
  assert_int_equal (mkfifo (pipe, 0600), 0);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (GError) error = NULL;

    assert_null (pv_synonyms_file_read (paths[i], NULL, &error));
    assert_int_equal (error->domain, G_FILE_ERROR);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (the_words_and_the_slips_of_a_file_are_told, set_up, tear_down),
    cmocka_unit_test_setup_teardown (of_a_large_file_nothing_is_read, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_is_no_file_is_an_error_and_holds_nobody_up, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

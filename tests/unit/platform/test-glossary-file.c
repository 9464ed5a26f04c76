/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "platform/glossary-file.h"

static char *folder;

static int
set_up (void **state)
{
  (void) state;
  folder = g_dir_make_tmp ("pv-glossary-XXXXXX", NULL);
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
write_file (const char *name, const char *text, gsize length)
{
  char *path = g_build_filename (folder, name, NULL);

  assert_true (g_file_set_contents (path, text, (gssize) length, NULL));
  return path;
}

static void
the_words_and_the_slips_of_files_are_told (void **state)
{
  static const char text[] = "tutelle = Un juge choisit une personne.\nno sign\n";
  g_autofree char *path = write_file ("words-fr.txt", text, strlen (text));
  g_autofree char *own = write_file ("own-fr.txt", "kiosque = C’est ici.\n", strlen ("kiosque = C’est ici.\n"));
  g_autofree char *absent = g_build_filename (folder, "absent-fr.txt", NULL);
  g_autofree char *slip = g_strdup_printf ("%s: line 2: expected WORD; OTHER FORM = EXPLANATION", path);
  g_autofree char *gone = g_strdup_printf ("%s: No such file or directory", absent);
  const char *const paths[] = { path, absent, own, NULL };
  g_autoptr (GPtrArray) slips = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PvGlossary) glossary = pv_glossary_files_read (paths, slips);

  (void) state;
  assert_int_equal (pv_glossary_get_n_entries (glossary), 2);
  assert_int_equal (slips->len, 2);
  assert_string_equal (slips->pdata[0], slip);
  assert_string_equal (slips->pdata[1], gone);
}

static void
without_words_there_is_no_glossary (void **state)
{
  g_autofree char *path = write_file ("empty-fr.txt", "# nothing\n", strlen ("# nothing\n"));
  const char *const paths[] = { path, NULL };

  (void) state;
  assert_null (pv_glossary_files_read (NULL, NULL));
  assert_null (pv_glossary_files_read (paths, NULL));
}

static void
the_name_of_a_file_says_its_language (void **state)
{
  static const struct {
    const char *path, *language;
  } rows[] = { { "/usr/share/parvis/glossary-fr.txt", "fr" },
               { "/etc/parvis/mots-br.txt", "br" },
               { "mots-de-la-mairie-fr@facile.txt", "fr@facile" },
               { "/etc/parvis/glossary.txt", NULL },
               { "/etc/a-fr/glossary", NULL },
               { "glossary-french.txt", NULL },
               { "glossary-.txt", NULL },
               { "glossary-FR.txt", NULL } };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *language = pv_glossary_file_language (rows[i].path);

    assert_true (g_strcmp0 (language, rows[i].language) == 0);
  }
}

static void
of_a_large_file_nothing_is_read (void **state)
{
  g_autofree char *text = g_strnfill (PV_GLOSSARY_MAX_BYTES * 3, '\n');
  g_autofree char *path = write_file ("large-fr.txt", text, strlen (text));
  g_autoptr (GPtrArray) slips = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PvGlossary) glossary = pv_glossary_new ();

  (void) state;
  assert_true (pv_glossary_file_read (glossary, path, slips, NULL));
  assert_int_equal (pv_glossary_get_n_entries (glossary), 0);
  assert_int_equal (slips->len, 1);
}

static void
what_is_no_file_is_an_error_and_holds_nobody_up (void **state)
{
  g_autofree char *pipe = g_build_filename (folder, "pipe-fr.txt", NULL);
  g_autofree char *inner = g_build_filename (folder, "folder-fr.d", NULL);
  g_autofree char *absent = g_build_filename (folder, "absent-fr.txt", NULL);
  g_autofree char *nameless = write_file ("words.txt", "a = b\n", strlen ("a = b\n"));
  const char *paths[] = { inner, pipe, absent, nameless };
  g_autoptr (PvGlossary) glossary = pv_glossary_new ();

  (void) state;
  assert_int_equal (mkfifo (pipe, 0600), 0);
  assert_int_equal (g_mkdir (inner, 0700), 0);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (GError) error = NULL;

    assert_false (pv_glossary_file_read (glossary, paths[i], NULL, &error));
    assert_int_equal (error->domain, G_FILE_ERROR);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (the_words_and_the_slips_of_files_are_told, set_up, tear_down),
    cmocka_unit_test_setup_teardown (without_words_there_is_no_glossary, set_up, tear_down),
    cmocka_unit_test (the_name_of_a_file_says_its_language),
    cmocka_unit_test_setup_teardown (of_a_large_file_nothing_is_read, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_is_no_file_is_an_error_and_holds_nobody_up, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

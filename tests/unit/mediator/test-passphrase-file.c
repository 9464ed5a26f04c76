/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <unistd.h>

#include "core/wipe.h"
#include "mediator/passphrase-file.h"

typedef struct {
  char *folder, *path;
} Fixture;

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->folder = g_dir_make_tmp ("parvis-passphrase-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "passphrase", NULL);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  tst_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture);
  return 0;
}

static void
write_file (const Fixture *fixture, const char *text, int mode)
{
  assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  assert_int_equal (g_chmod (fixture->path, mode), 0);
}

static void
the_first_line_is_the_passphrase (void **state)
{
  static const struct {
    const char *text, *line;
  } rows[] = {
    { "une phrase de démonstration\n", "une phrase de démonstration" },
    { "sans fin de ligne", "sans fin de ligne" },
    { "première\nseconde\n", "première" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvSecretStr) line = NULL;

    write_file (*state, rows[i].text, 0600);
    line = pv_passphrase_file_read (((Fixture *) *state)->path, NULL);
    assert_non_null (line);
    assert_string_equal (line, rows[i].line);
  }
}

static void
what_others_may_read_is_refused (void **state)
{
  static const int modes[] = { 0640, 0604, 0660, 0602 };

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++) {
    g_autoptr (GError) error = NULL;

    write_file (*state, "une phrase\n", modes[i]);
    assert_null (pv_passphrase_file_read (((Fixture *) *state)->path, &error));
    assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED));
  }
}

static void
what_is_no_passphrase_is_refused (void **state)
{
  g_autofree char *long_line = g_strnfill (PV_PASSPHRASE_FILE_MAX_BYTES + 1, 'x');
  const char *const texts[] = { "", "\nseconde\n", "\xff\xfe\n", long_line };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;

    write_file (*state, texts[i], 0600);
    assert_null (pv_passphrase_file_read (((Fixture *) *state)->path, &error));
    assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA));
  }
}

static void
a_pipe_is_read_to_its_end (void **state)
{
  g_autoptr (PvSecretStr) line = NULL;
  g_autofree char *path = NULL;
  int ends[2];

  (void) state;
  assert_int_equal (pipe (ends), 0);
  assert_int_equal (write (ends[1], "par un tube\n", 12), 12);
  close (ends[1]);
  path = g_strdup_printf ("/dev/fd/%d", ends[0]);
  line = pv_passphrase_file_read (path, NULL);
  close (ends[0]);
  assert_non_null (line);
  assert_string_equal (line, "par un tube");
}

static void
a_folder_and_nothing_are_refused (void **state)
{
  assert_null (pv_passphrase_file_read (((Fixture *) *state)->folder, NULL));
  assert_null (pv_passphrase_file_read (((Fixture *) *state)->path, NULL));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (the_first_line_is_the_passphrase, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_others_may_read_is_refused, set_up, tear_down),
    cmocka_unit_test_setup_teardown (what_is_no_passphrase_is_refused, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_pipe_is_read_to_its_end, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_folder_and_nothing_are_refused, set_up, tear_down),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

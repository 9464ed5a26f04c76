/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/secret.h"

#include <glib/gstdio.h>
#include <string.h>

#include "tst.h"

static char *folder, *path;

static int
set_up (void **state)
{
  (void) state;
  folder = g_dir_make_tmp ("pv-secret-XXXXXX", NULL);
  path = g_build_filename (folder, "key", NULL);
  return 0;
}

static int
tear_down (void **state)
{
  (void) state;
  g_remove (path);
  g_rmdir (folder);
  g_clear_pointer (&path, g_free);
  g_clear_pointer (&folder, g_free);
  return 0;
}

static void
write_key (const char *bytes, gssize size, int mode)
{
  assert_true (g_file_set_contents (path, bytes, size, NULL));
  assert_int_equal (g_chmod (path, mode), 0);
}

static void
reads_one_line_of_text (void **state)
{
  static const struct {
    const char *contents;
    gssize size;
    const char *text; /* NULL: refused */
  } cases[] = {
    { "1234", 4, "1234" },
    { "1234\n", 5, "1234" },
    { "a b\n", 4, "a b" },
    { "", 0, NULL },
    { "\n", 1, NULL },
    { "1234\n\n", 6, NULL },
    { "12\n34", 5, NULL },
    { "1234\r\n", 6, NULL },
    { "12\0"
      "34",
      5, NULL },
    { "cl\xc3\xa9", 4, NULL },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PvSecret) secret = NULL;

    write_key (cases[i].contents, cases[i].size, 0600);
    secret = pv_secret_read_text (path, &error);
    if ((secret != NULL) != (cases[i].text != NULL))
      fail_msg ("case %zu", i);
    if (secret != NULL)
      assert_string_equal (pv_secret_get_text (secret), cases[i].text);
    else
      assert_true (g_error_matches (error, PV_SECRET_ERROR, PV_SECRET_ERROR_BAD));
  }
}

static void
reads_bytes_of_the_right_number (void **state)
{
  static const char key[32] = "\0\1\2";
  gsize size = 0;

  (void) state;
  for (gssize length = 31; length <= 33; length++) {
    char bytes[33] = "\0\1\2";
    g_autoptr (PvSecret) secret = NULL;

    write_key (bytes, length, 0400);
    secret = pv_secret_read_bytes (path, sizeof key, NULL);
    assert_int_equal (secret != NULL, length == 32);
    if (secret != NULL)
      assert_memory_equal (pv_secret_get_bytes (secret, &size), key, sizeof key);
  }
  assert_int_equal (size, 32);
}

static void
accepts_up_to_the_limit (void **state)
{
  g_autofree char *text = g_strnfill (PV_SECRET_MAX_BYTES + 1, 'a');
  g_autoptr (PvSecret) at_limit = NULL;
  g_autoptr (PvSecret) over_limit = NULL;

  (void) state;
  write_key (text, PV_SECRET_MAX_BYTES, 0600);
  at_limit = pv_secret_read_text (path, NULL);
  assert_non_null (at_limit);
  write_key (text, PV_SECRET_MAX_BYTES + 1, 0600);
  over_limit = pv_secret_read_text (path, NULL);
  assert_null (over_limit);
}

static void
refuses_what_everybody_can_get_at (void **state)
{
  static const int modes[] = { 0604, 0602, 0644, 0666 };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++) {
    g_autoptr (GError) error = NULL;

    write_key ("1234", 4, modes[i]);
    assert_null (pv_secret_read_text (path, &error));
    assert_true (g_error_matches (error, PV_SECRET_ERROR, PV_SECRET_ERROR_EXPOSED));
    assert_null (strstr (error->message, "1234"));
  }
}

static void
refuses_what_is_no_plain_file (void **state)
{
  const char *const paths[] = { "/nonexistent", folder, "/dev/zero" };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (GError) error = NULL;

    assert_null (pv_secret_read_text (paths[i], &error));
    assert_true (g_error_matches (error, PV_SECRET_ERROR, PV_SECRET_ERROR_UNREADABLE));
  }
}

static void
copies_bytes (void **state)
{
  g_autoptr (PvSecret) secret = pv_secret_new ("abc", 3);
  gsize size = 0;

  (void) state;
  assert_memory_equal (pv_secret_get_bytes (secret, &size), "abc", 4);
  assert_int_equal (size, 3);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (reads_one_line_of_text, set_up, tear_down),
    cmocka_unit_test_setup_teardown (reads_bytes_of_the_right_number, set_up, tear_down),
    cmocka_unit_test_setup_teardown (accepts_up_to_the_limit, set_up, tear_down),
    cmocka_unit_test_setup_teardown (refuses_what_everybody_can_get_at, set_up, tear_down),
    cmocka_unit_test_setup_teardown (refuses_what_is_no_plain_file, set_up, tear_down),
    cmocka_unit_test (copies_bytes),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

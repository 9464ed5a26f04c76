/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/sealed-key.h"

#include <glib/gstdio.h>
#include <string.h>

#include "tst.h"

#define PASSPHRASE "quatre mots au hasard, é"

static const guint8 key[64] = { 1, 2, 3, 0, 255 };

/* Sealing takes a second: once for all tests. */
static char *sealed;

static int
set_up (void **state)
{
  (void) state;
  sealed = pv_sealed_key_seal (key, sizeof key, PASSPHRASE, NULL);
  return sealed != NULL ? 0 : -1;
}

static int
tear_down (void **state)
{
  (void) state;
  g_free (sealed);
  return 0;
}

static void
opens_with_its_passphrase_only (void **state)
{
  g_autoptr (PvSecret) secret = pv_sealed_key_open (sealed, sizeof key, PASSPHRASE, NULL);
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  (void) state;
  assert_non_null (secret);
  assert_memory_equal (pv_secret_get_bytes (secret, &size), key, sizeof key);
  assert_int_equal (size, sizeof key);
  assert_null (pv_sealed_key_open (sealed, sizeof key, "quatre mots au hasard, e", &error));
  assert_true (g_error_matches (error, PV_SEALED_KEY_ERROR, PV_SEALED_KEY_ERROR_PASSPHRASE));
}

static void
a_long_passphrase_is_another_one (void **state)
{
  g_autofree char *longer = g_strnfill (PV_SEALED_KEY_MAX_PASSPHRASE_BYTES + 1, 'a');
  g_autoptr (GError) error = NULL;

  (void) state;
  assert_null (pv_sealed_key_open (sealed, sizeof key, longer, &error));
  assert_true (g_error_matches (error, PV_SEALED_KEY_ERROR, PV_SEALED_KEY_ERROR_PASSPHRASE));
}

static void
seals_the_same_key_differently_each_time (void **state)
{
  g_autofree char *again = pv_sealed_key_seal (key, sizeof key, PASSPHRASE, NULL);

  (void) state;
  assert_non_null (again);
  assert_string_not_equal (again, sealed);
  assert_true (g_str_has_suffix (again, "\n"));
  assert_true (strlen (again) <= PV_SEALED_KEY_MAX_FILE_BYTES);
}

/* A copy of the file with one byte changed. */
static char *
with_byte (gsize at, guint8 value)
{
  gsize size = 0;
  g_autofree guchar *bytes = g_base64_decode (sealed, &size);

  assert_true (at < size);
  bytes[at] = value;
  return g_base64_encode (bytes, size);
}

static void
refuses_what_is_no_sealed_key_without_trying (void **state)
{
  static const struct {
    const char *what;
    gsize at;
    guint8 value;
  } cases[] = {
    { "another file", 0, 'X' },
    { "a later version", 4, 2 },
    { "no pass", 8, 0 },
    { "too many passes", 8, PV_SEALED_KEY_MAX_PASSES + 1 },
    { "passes without end", 5, 0xff },
    { "more memory than there is", 9, 0x7f },
    { "memory that is too cheap", 10, 0 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = with_byte (cases[i].at, cases[i].value);
    g_autoptr (GError) error = NULL;

    assert_null (pv_sealed_key_open (text, sizeof key, PASSPHRASE, &error));
    if (!g_error_matches (error, PV_SEALED_KEY_ERROR, PV_SEALED_KEY_ERROR_BAD))
      fail_msg ("%s: %s", cases[i].what, error->message);
  }
  assert_null (pv_sealed_key_open (sealed, sizeof key - 1, PASSPHRASE, NULL));
  assert_null (pv_sealed_key_open ("", sizeof key, PASSPHRASE, NULL));
}

static void
notices_a_changed_file (void **state)
{
  static const gsize places[] = { 13, 29, 53, 132 }; /* salt, nonce, key, tag */

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    gsize size = 0;
    g_autofree guchar *bytes = g_base64_decode (sealed, &size);
    g_autofree char *text = with_byte (places[i], bytes[places[i]] ^ 1);
    g_autoptr (GError) error = NULL;

    assert_null (pv_sealed_key_open (text, sizeof key, PASSPHRASE, &error));
    assert_true (g_error_matches (error, PV_SEALED_KEY_ERROR, PV_SEALED_KEY_ERROR_PASSPHRASE));
  }
}

static void
a_passphrase_has_eight_characters_or_more (void **state)
{
  g_autofree char *longest = g_strnfill (PV_SEALED_KEY_MAX_PASSPHRASE_BYTES, 'a'),
                  *longer = g_strconcat (longest, "a", NULL);
  g_autoptr (GError) error = NULL;

  (void) state;
  assert_true (pv_sealed_key_is_passphrase ("12345678"));
  assert_true (pv_sealed_key_is_passphrase ("éééééééé"));
  assert_false (pv_sealed_key_is_passphrase ("éééé"));
  assert_false (pv_sealed_key_is_passphrase ("1234567"));
  assert_true (pv_sealed_key_is_passphrase (longest));
  assert_false (pv_sealed_key_is_passphrase (longer));
  assert_false (pv_sealed_key_is_passphrase ("12345678\xff"));
  assert_null (pv_sealed_key_seal (key, sizeof key, "short", &error));
  assert_true (g_error_matches (error, PV_SEALED_KEY_ERROR, PV_SEALED_KEY_ERROR_WEAK));
}

static void
reads_the_file_that_it_wrote_and_no_open_one (void **state)
{
  g_autofree char *folder = g_dir_make_tmp ("pv-sealed-XXXXXX", NULL), *path = g_build_filename (folder, "key", NULL);
  g_autoptr (GError) error = NULL, missing = NULL;
  g_autoptr (PvSecret) secret = NULL;
  GStatBuf facts;

  (void) state;
  assert_null (pv_sealed_key_read (path, sizeof key, PASSPHRASE, &missing));
  assert_true (g_error_matches (missing, PV_SEALED_KEY_ERROR, PV_SEALED_KEY_ERROR_UNREADABLE));
  assert_true (pv_sealed_key_write (path, key, sizeof key, PASSPHRASE, NULL));
  assert_int_equal (g_stat (path, &facts), 0);
  assert_int_equal (facts.st_mode & 07777, 0600);
  secret = pv_sealed_key_read (path, sizeof key, PASSPHRASE, NULL);
  assert_non_null (secret);
  assert_int_equal (g_chmod (path, 0644), 0);
  assert_null (pv_sealed_key_read (path, sizeof key, PASSPHRASE, &error));
  assert_true (g_error_matches (error, PV_SEALED_KEY_ERROR, PV_SEALED_KEY_ERROR_UNREADABLE));
  tst_remove_folder (folder);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (opens_with_its_passphrase_only),
    cmocka_unit_test (a_long_passphrase_is_another_one),
    cmocka_unit_test (seals_the_same_key_differently_each_time),
    cmocka_unit_test (refuses_what_is_no_sealed_key_without_trying),
    cmocka_unit_test (notices_a_changed_file),
    cmocka_unit_test (a_passphrase_has_eight_characters_or_more),
    cmocka_unit_test (reads_the_file_that_it_wrote_and_no_open_one),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, set_up, tear_down);
}

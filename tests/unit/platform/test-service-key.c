/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keys of the service screen: which open, and every way to make one that must not. */
#include "tst.h"

#include <glib/gstdio.h>

#include "bundle-maker.h"
#include "platform/service-key.h"
#include "platform/service-lock.h"

#define PIN     "48213590"
#define EXPIRES "2027-01-31"
#define HASH    "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$aGFzaA"

static char *secret, *public_key, *other_secret, *other_key;

static int
make_keys (void **state)
{
  (void) state;
  pv_bundle_keys_new (&secret, &public_key);
  pv_bundle_keys_new (&other_secret, &other_key);
  return 0;
}

static int
free_keys (void **state)
{
  (void) state;
  g_free (secret);
  g_free (public_key);
  g_free (other_secret);
  g_free (other_key);
  return 0;
}

/* As it stands on a stick. (transfer full) */
static GBytes *
pad (GBytes *text)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (text, &size);
  guint8 *block = g_malloc0 (PV_SERVICE_KEY_BLOCK_BYTES);

  memcpy (block, data, size);
  return g_bytes_new_take (block, PV_SERVICE_KEY_BLOCK_BYTES);
}

static PvServiceKey *
open_as (GBytes *block, const char *commune, const char *kiosk, const char *const *revoked, gint64 now_s,
         GError **error)
{
  const char *keys[] = { other_key, public_key, NULL };
  const PvServiceLockPlate plate = { .keys = keys, .revoked = revoked, .commune = commune, .kiosk = kiosk };

  return pv_service_key_open (block, &plate, now_s, error);
}

static void
a_key_that_was_made_opens_with_its_pin_only (void **state)
{
  static const char *const pins[] = { "48213591", "4821359", "482135900", "", "4821359x" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = pv_service_key_sign (7, "58194", EXPIRES, PIN, secret, MAKER_NOW_S, &error);
  g_autoptr (GBytes) block = NULL;
  g_autoptr (PvServiceKey) key = NULL;

  (void) state;
  assert_null (error);
  block = pad (text);
  assert_true (pv_service_key_is_one (block));
  key = open_as (block, "58194", "hall", NULL, MAKER_NOW_S, &error);
  assert_null (error);
  assert_int_equal (key->serial, 7);
  assert_string_equal (key->expires, EXPIRES);
  assert_true (pv_service_key_check_pin (key, PIN));
  for (gsize i = 0; i < G_N_ELEMENTS (pins); i++)
    assert_false (pv_service_key_check_pin (key, pins[i]));
  /* Neither in the text nor in what was read is the PIN. */
  assert_null (g_strstr_len (g_bytes_get_data (text, NULL), (gssize) g_bytes_get_size (text), PIN));
}

static void
a_key_is_for_a_kiosk_a_commune_or_a_platform (void **state)
{
  static const struct {
    const char *scope, *commune, *kiosk;
    gboolean opens;
  } rows[] = {
    { "platform", "58194", "hall", TRUE },
    { "platform", NULL, NULL, TRUE },
    { "58194", "58194", NULL, TRUE },
    { "58194", "58195", "hall", FALSE },
    { "58194", NULL, NULL, FALSE },
    { "58194/hall", "58194", "hall", TRUE },
    { "58194/hall", "58194", "school", FALSE },
    { "58194/hall", "58194", NULL, FALSE },
    { "58194/hall", "58195", "hall", FALSE },
    { "58194/hall", NULL, "hall", FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *text = g_strdup_printf ("parvis-service-key 1 1 %s " EXPIRES "\npin " HASH "\n", rows[i].scope);
    g_autoptr (GBytes) bytes = maker_sign (text, -1, secret);
    g_autoptr (PvServiceKey) key = open_as (bytes, rows[i].commune, rows[i].kiosk, NULL, MAKER_NOW_S, &error);

    if ((key != NULL) != rows[i].opens)
      fail_msg ("%s at %s/%s", rows[i].scope, rows[i].commune, rows[i].kiosk);
    if (key == NULL)
      assert_true (g_error_matches (error, PV_SERVICE_KEY_ERROR, PV_SERVICE_KEY_ERROR_SCOPE));
  }
}

/* All of them are signed by who may: even they make no key that opens more than it should. */
static void
a_signed_text_that_is_no_key_opens_nothing (void **state)
{
  static const struct {
    const char *what, *text;
    PvServiceKeyError code;
  } rows[] = {
    { "another format", "parvis-service-key 2 1 platform " EXPIRES "\npin " HASH "\n", PV_SERVICE_KEY_ERROR_FORMAT },
    { "no number", "parvis-service-key 1 0 platform " EXPIRES "\npin " HASH "\n", PV_SERVICE_KEY_ERROR_BAD },
    { "a number with a zero before it", "parvis-service-key 1 01 platform " EXPIRES "\npin " HASH "\n",
      PV_SERVICE_KEY_ERROR_BAD },
    { "a number below zero", "parvis-service-key 1 -1 platform " EXPIRES "\npin " HASH "\n", PV_SERVICE_KEY_ERROR_BAD },
    { "everybody's", "parvis-service-key 1 1 * " EXPIRES "\npin " HASH "\n", PV_SERVICE_KEY_ERROR_BAD },
    { "a name that leads elsewhere", "parvis-service-key 1 1 58194/../x " EXPIRES "\npin " HASH "\n",
      PV_SERVICE_KEY_ERROR_BAD },
    { "no day", "parvis-service-key 1 1 platform 2027-02-30\npin " HASH "\n", PV_SERVICE_KEY_ERROR_BAD },
    { "over", "parvis-service-key 1 1 platform 2026-11-30\npin " HASH "\n", PV_SERVICE_KEY_ERROR_TIME },
    { "for ever", "parvis-service-key 1 1 platform 2036-01-01\npin " HASH "\n", PV_SERVICE_KEY_ERROR_TIME },
    { "one word more", "parvis-service-key 1 1 platform " EXPIRES " x\npin " HASH "\n", PV_SERVICE_KEY_ERROR_BAD },
    { "no PIN", "parvis-service-key 1 1 platform " EXPIRES "\nnothing\n", PV_SERVICE_KEY_ERROR_BAD },
    { "a line more", "parvis-service-key 1 1 platform " EXPIRES "\npin " HASH "\npin " HASH "\n",
      PV_SERVICE_KEY_ERROR_BAD },
    { "a line less", "parvis-service-key 1 1 platform " EXPIRES "\n", PV_SERVICE_KEY_ERROR_BAD },
    { "a bundle of settings", "parvis-settings-bundle 1 1 platform " EXPIRES "\npin " HASH "\n",
      PV_SERVICE_KEY_ERROR_BAD },
    { "revoked", "parvis-service-key 1 13 platform " EXPIRES "\npin " HASH "\n", PV_SERVICE_KEY_ERROR_REVOKED },
  };
  static const char *const revoked[] = { "12", "13", NULL };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = maker_sign (rows[i].text, -1, secret);
    g_autoptr (PvServiceKey) key = open_as (bytes, "58194", "hall", revoked, MAKER_NOW_S, &error);

    if (key != NULL || !g_error_matches (error, PV_SERVICE_KEY_ERROR, (int) rows[i].code))
      fail_msg ("%s: %s", rows[i].what, error != NULL ? error->message : "opened");
  }
}

static void
what_somebody_without_the_key_can_make_opens_nothing (void **state)
{
  g_autoptr (GBytes) text = maker_sign ("parvis-service-key 1 1 platform " EXPIRES "\npin " HASH "\n", -1, secret);
  g_autoptr (GBytes) block = pad (text);
  g_autofree char *third_secret = NULL, *third_key = NULL;
  g_autoptr (GBytes) foreign = NULL;
  g_autoptr (PvServiceKey) key = NULL;
  const PvServiceLockPlate nobody = { .commune = "58194" };

  (void) state;
  /* Any byte that is changed, of the text or behind it. */
  for (gsize i = 0; i < PV_SERVICE_KEY_BLOCK_BYTES; i += i < 300 ? 1 : 97) {
    g_autofree guint8 *changed = g_memdup2 (g_bytes_get_data (block, NULL), PV_SERVICE_KEY_BLOCK_BYTES);
    g_autoptr (GBytes) bytes = NULL;

    changed[i] ^= 1;
    bytes = g_bytes_new (changed, PV_SERVICE_KEY_BLOCK_BYTES);
    key = open_as (bytes, "58194", "hall", NULL, MAKER_NOW_S, NULL);
    if (key != NULL)
      fail_msg ("byte %zu may be anything", i);
  }
  /* Cut off anywhere. */
  for (gsize size = 0; size < g_bytes_get_size (text); size++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (text, 0, size);

    assert_null (open_as (cut, "58194", "hall", NULL, MAKER_NOW_S, NULL));
  }
  /* Signed by somebody else, or where nobody may. */
  pv_bundle_keys_new (&third_secret, &third_key);
  foreign = maker_sign ("parvis-service-key 1 1 platform " EXPIRES "\npin " HASH "\n", -1, third_secret);
  assert_null (open_as (foreign, "58194", "hall", NULL, MAKER_NOW_S, NULL));
  assert_null (pv_service_key_open (block, &nobody, MAKER_NOW_S, NULL));
}

static void
what_no_kiosk_would_take_is_not_made (void **state)
{
  static const struct {
    gint64 serial;
    const char *scope, *expires, *pin;
  } rows[] = {
    { 1, "nowhere", EXPIRES, PIN },    { 1, "58194/Hall", EXPIRES, PIN }, { 1, "58194/", EXPIRES, PIN },
    { 0, "58194", EXPIRES, PIN },      { 1, "58194", "2026-11-30", PIN }, { 1, "58194", "2030-01-01", PIN },
    { 1, "58194", "31/01/2027", PIN }, { 1, "58194", EXPIRES, "1234" },   { 1, "58194", EXPIRES, "abcdefgh" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_null (
      pv_service_key_sign (rows[i].serial, rows[i].scope, rows[i].expires, rows[i].pin, secret, MAKER_NOW_S, NULL));
  assert_null (pv_service_key_sign (1, "58194", EXPIRES, PIN, "no secret", MAKER_NOW_S, NULL));
}

static void
a_file_for_support_is_found_again_and_nothing_else (void **state)
{
  static const char *const wrong[] = {
    "",
    "parvis-support-file 2 3 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n",
    "parvis-support-file 1 -3 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n",
    "parvis-support-file 1 99999999999 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n",
    "parvis-support-file 1 3 e3b0\n",
    "parvis-support-file 1 3 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\nx",
    "parvis-support-file 1 3 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  };
  g_autoptr (GBytes) file = g_bytes_new_static ("abc", 3);
  g_autoptr (GBytes) head = pv_service_file_head (file);
  g_autofree char *sha256 = NULL;
  gsize length = 0;

  (void) state;
  assert_int_equal (g_bytes_get_size (head), PV_SERVICE_FILE_HEAD_BYTES);
  assert_true (pv_service_file_read_head (head, &length, &sha256));
  assert_int_equal (length, 3);
  assert_string_equal (sha256,
                       "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); /* FIPS 180-2, B.1 */
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autofree char *block = g_malloc0 (PV_SERVICE_FILE_HEAD_BYTES);
    g_autoptr (GBytes) bytes = NULL;
    char *none = NULL;

    g_strlcpy (block, wrong[i], PV_SERVICE_FILE_HEAD_BYTES);
    bytes = g_bytes_new (block, PV_SERVICE_FILE_HEAD_BYTES);
    if (pv_service_file_read_head (bytes, &length, &none))
      fail_msg ("%s", wrong[i]);
  }
}

/* The lock ----------------------------------------------------------------------------------------------------------- */

typedef struct {
  char *folder, *path;
} Lock;

static int
set_up_lock (void **state)
{
  Lock *lock = g_new0 (Lock, 1);

  lock->folder = g_dir_make_tmp ("pv-service-XXXXXX", NULL);
  lock->path = g_build_filename (lock->folder, "lock", NULL);
  *state = lock;
  return 0;
}

static int
tear_down_lock (void **state)
{
  Lock *lock = *state;

  g_remove (lock->path);
  g_rmdir (lock->folder);
  g_free (lock->path);
  g_free (lock->folder);
  g_free (lock);
  return 0;
}

static void
five_wrong_ones_lock_it_and_then_one_each_quarter_of_an_hour (void **state)
{
  Lock *own = *state;
  gint64 now_s = MAKER_NOW_S;
  PvServiceLock lock;

  for (guint i = 1; i <= PV_SERVICE_LOCK_TRIES; i++) {
    assert_true (pv_service_lock_begin (own->path, now_s, &lock, NULL));
    assert_int_equal (lock.n_wrong, i);
    assert_int_equal (lock.until_s != 0, i == PV_SERVICE_LOCK_TRIES);
  }
  for (guint round = 0; round < 3; round++) {
    assert_false (pv_service_lock_begin (own->path, now_s + PV_SERVICE_LOCK_S - 1, &lock, NULL));
    assert_int_equal (lock.until_s, now_s + PV_SERVICE_LOCK_S);
    now_s += PV_SERVICE_LOCK_S;
    assert_true (pv_service_lock_begin (own->path, now_s, &lock, NULL));
  }
  now_s += PV_SERVICE_LOCK_S;
  assert_true (pv_service_lock_begin (own->path, now_s, &lock, NULL));
  assert_true (pv_service_lock_clear (own->path, NULL));
  for (guint i = 1; i < PV_SERVICE_LOCK_TRIES; i++)
    assert_true (pv_service_lock_begin (own->path, now_s, &lock, NULL) && lock.until_s == 0);
}

static void
a_clock_that_is_put_back_locks_a_quarter_of_an_hour_and_no_more (void **state)
{
  Lock *own = *state;
  const gint64 years_before_s = MAKER_NOW_S - 3 * 365 * MAKER_DAY_S;
  PvServiceLock lock;

  for (guint i = 0; i < PV_SERVICE_LOCK_TRIES; i++)
    pv_service_lock_begin (own->path, MAKER_NOW_S, &lock, NULL);
  assert_false (pv_service_lock_begin (own->path, years_before_s, &lock, NULL));
  assert_int_equal (lock.until_s, years_before_s + PV_SERVICE_LOCK_S);
  assert_false (pv_service_lock_begin (own->path, years_before_s + PV_SERVICE_LOCK_S - 1, &lock, NULL));
  assert_true (pv_service_lock_begin (own->path, years_before_s + PV_SERVICE_LOCK_S, &lock, NULL));
}

static void
a_file_that_is_damaged_locks_and_one_that_cannot_be_written_lets_nothing_be_tried (void **state)
{
  static const char *const damaged[] = { "",
                                         "x",
                                         "parvis-service-lock 1 0\n",
                                         "parvis-service-lock 1 -1 0\n",
                                         "parvis-service-lock 1 0 0",
                                         "parvis-service-lock 2 0 0\n" };
  Lock *own = *state;
  g_autofree char *nowhere = g_build_filename (own->folder, "missing", "lock", NULL);
  g_autoptr (GError) error = NULL;
  PvServiceLock lock;

  for (gsize i = 0; i < G_N_ELEMENTS (damaged); i++) {
    assert_true (g_file_set_contents (own->path, damaged[i], -1, NULL));
    assert_false (pv_service_lock_begin (own->path, MAKER_NOW_S, &lock, NULL));
    assert_int_equal (lock.until_s, MAKER_NOW_S + PV_SERVICE_LOCK_S);
    assert_true (pv_service_lock_begin (own->path, MAKER_NOW_S + PV_SERVICE_LOCK_S, &lock, NULL));
  }
  assert_false (pv_service_lock_begin (nowhere, MAKER_NOW_S, &lock, &error));
  assert_non_null (error);
}

static gpointer
try_thread (gpointer data)
{
  PvServiceLock lock;

  return GUINT_TO_POINTER (pv_service_lock_begin (data, MAKER_NOW_S, &lock, NULL) ? 1 : 0);
}

static void
those_who_try_at_once_have_no_more_tries (void **state)
{
  Lock *own = *state;

  for (guint round = 0; round < 10; round++) {
    GThread *threads[3 * PV_SERVICE_LOCK_TRIES];
    guint n_tried = 0;

    for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
      threads[i] = g_thread_new ("try", try_thread, own->path);
    for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
      n_tried += GPOINTER_TO_UINT (g_thread_join (threads[i]));
    assert_int_equal (n_tried, PV_SERVICE_LOCK_TRIES);
    g_remove (own->path);
  }
}

int
main (void)
{
#define CASE(name) cmocka_unit_test_setup_teardown (name, set_up_lock, tear_down_lock)
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_key_that_was_made_opens_with_its_pin_only),
    cmocka_unit_test (a_key_is_for_a_kiosk_a_commune_or_a_platform),
    cmocka_unit_test (a_signed_text_that_is_no_key_opens_nothing),
    cmocka_unit_test (what_somebody_without_the_key_can_make_opens_nothing),
    cmocka_unit_test (what_no_kiosk_would_take_is_not_made),
    cmocka_unit_test (a_file_for_support_is_found_again_and_nothing_else),
    CASE (five_wrong_ones_lock_it_and_then_one_each_quarter_of_an_hour),
    CASE (a_clock_that_is_put_back_locks_a_quarter_of_an_hour_and_no_more),
    CASE (a_file_that_is_damaged_locks_and_one_that_cannot_be_written_lets_nothing_be_tried),
    CASE (those_who_try_at_once_have_no_more_tries),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, make_keys, free_keys);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Enrolments: what was sealed opens with its code alone, whole, in its time; whatever a server may hold instead does not. */
#include "tst.h"

#include <string.h>

#include "core/setup-code.h"
#include "platform/enrolment.h"

#define NOW_S G_GINT64_CONSTANT (1796097600) /* 2026-12-01 04:00 UTC */
#define DAY_S (24 * 60 * 60)

static PvEnrolment *
new_sample (gint64 end_s)
{
  PvEnrolment *enrolment = pv_enrolment_new (end_s);
  g_autoptr (GBytes) settings = g_bytes_new_static ("[portal]\nmode=relay\n", 20), key = g_bytes_new_static ("k\0y", 3);

  assert_true (pv_enrolment_add (enrolment, PV_ENROLMENT_SETTINGS, settings));
  assert_true (pv_enrolment_add (enrolment, "kiosk.key", key));
  assert_false (pv_enrolment_add (enrolment, "kiosk.key", key));
  assert_false (pv_enrolment_add (enrolment, "../passwd", key));
  return enrolment;
}

static GBytes *
seal (const PvEnrolmentLock *lock, gint64 end_s)
{
  g_autoptr (PvEnrolment) enrolment = new_sample (end_s);
  GBytes *sealed = pv_enrolment_seal (enrolment, lock, NULL);

  assert_non_null (sealed);
  return sealed;
}

static void
name_and_key_come_from_the_code (void **state)
{
  g_autofree char *code = pv_enrolment_new_code (), *read = pv_setup_code_read (code),
                  *other = pv_enrolment_new_code ();
  PvEnrolmentLock a, again, b;

  (void) state;
  assert_non_null (read);
  assert_true (pv_enrolment_derive (code, &a, NULL));
  assert_true (pv_enrolment_derive (code, &again, NULL));
  assert_true (pv_enrolment_derive (other, &b, NULL));
  assert_memory_equal (a.key, again.key, sizeof a.key);
  assert_string_equal (a.name, again.name);
  assert_string_not_equal (a.name, b.name);
  assert_memory_not_equal (a.key, b.key, sizeof a.key);
  assert_int_equal (strlen (a.name), 36);
  assert_true (g_str_has_suffix (a.name, ".pve"));
}

static void
what_was_sealed_opens_whole (void **state)
{
  const PvEnrolmentLock lock = { .key = { 1, 2, 3 } };
  g_autoptr (GBytes) sealed = seal (&lock, NOW_S + 7 * DAY_S);
  g_autoptr (PvEnrolment) opened = pv_enrolment_open (sealed, &lock, NOW_S, NULL);
  const PvEnrolmentFile *key;
  gsize size;

  (void) state;
  assert_non_null (opened);
  assert_int_equal (opened->files->len, 2);
  key = pv_enrolment_find (opened, "kiosk.key");
  assert_int_equal (key->kind, PV_ENROLMENT_SECRET);
  assert_memory_equal (g_bytes_get_data (key->bytes, &size), "k\0y", 3);
  assert_int_equal (size, 3);
  assert_null (g_strstr_len (g_bytes_get_data (sealed, &size), (gssize) size, "mode=relay"));
}

/* Each byte of it counts, and each that is missing. */
static void
what_was_changed_or_is_anothers_does_not_open (void **state)
{
  const PvEnrolmentLock lock = { .key = { 1, 2, 3 } }, other = { .key = { 1, 2, 4 } };
  g_autoptr (GBytes) sealed = seal (&lock, NOW_S + 7 * DAY_S);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (sealed, &size);

  (void) state;
  assert_null (pv_enrolment_open (sealed, &other, NOW_S, NULL));
  for (gsize i = 0; i < size; i++) {
    g_autofree guint8 *copy = g_memdup2 (bytes, size);
    g_autoptr (GBytes) changed = NULL, cut = g_bytes_new (bytes, i);

    copy[i] ^= 1;
    changed = g_bytes_new (copy, size);
    assert_null (pv_enrolment_open (changed, &lock, NOW_S, NULL));
    assert_null (pv_enrolment_open (cut, &lock, NOW_S, NULL));
  }
}

static void
it_is_good_in_its_time (void **state)
{
  static const struct {
    gint64 end_s;
    gboolean is_good;
  } rows[] = { { NOW_S + 1, TRUE },
               { NOW_S, FALSE },
               { NOW_S - DAY_S, FALSE },
               { NOW_S + PV_ENROLMENT_MAX_DAYS * DAY_S, TRUE },
               { NOW_S + PV_ENROLMENT_MAX_DAYS * DAY_S + 1, FALSE } };
  const PvEnrolmentLock lock = { .key = { 1 } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) sealed = seal (&lock, rows[i].end_s);
    g_autoptr (GError) error = NULL;
    g_autoptr (PvEnrolment) opened = pv_enrolment_open (sealed, &lock, NOW_S, &error);

    assert_int_equal (opened != NULL, rows[i].is_good);
    if (!rows[i].is_good)
      assert_int_equal (error->code, PV_ENROLMENT_ERROR_EXPIRED);
  }
}

static void
clear_texts_that_are_none_are_refused (void **state)
{
  static const char *const texts[] = {
    "",
    "expires\nfile settings.conf 1\na\n",
    "expires 1796184000",
    "expires 1796184000\n",
    "expires 1796184000\nfile kiosk.key 1\na\n",
    "expires 1796184000\nfile settings.conf 2\na\n",
    "expires 1796184000\nfile settings.conf 1\na",
    "expires 1796184000\nfile settings.conf 1 2\na\n",
    "expires 1796184000\nfile settings.conf -1\na\n",
    "expires 1796184000\nfile settings.conf 99999999999999999999\na\n",
    "expires 1796184000\nfile ../settings.conf 1\na\n",
    "expires 1796184000\nfile settings.conf 1\na\nfile settings.conf 1\na\n",
    "expires 1796184000\nfile settings.conf 1\na\nmore",
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (pv_enrolment_parse (texts[i], strlen (texts[i]), NOW_S, NULL) != NULL)
      fail_msg ("\"%s\" is taken", texts[i]);
}

static void
one_that_is_too_large_or_has_no_settings_is_not_sealed (void **state)
{
  const PvEnrolmentLock lock = { .key = { 1 } };
  g_autofree char *much = g_strnfill (PV_ENROLMENT_MAX_BYTES, 'a');
  g_autoptr (GBytes) bytes = g_bytes_new (much, PV_ENROLMENT_MAX_BYTES);
  g_autoptr (PvEnrolment) empty = pv_enrolment_new (NOW_S + DAY_S), large = pv_enrolment_new (NOW_S + DAY_S);

  (void) state;
  assert_null (pv_enrolment_seal (empty, &lock, NULL));
  assert_true (pv_enrolment_add (large, PV_ENROLMENT_SETTINGS, bytes));
  assert_null (pv_enrolment_seal (large, &lock, NULL));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (name_and_key_come_from_the_code),
    cmocka_unit_test (what_was_sealed_opens_whole),
    cmocka_unit_test (what_was_changed_or_is_anothers_does_not_open),
    cmocka_unit_test (it_is_good_in_its_time),
    cmocka_unit_test (clear_texts_that_are_none_are_refused),
    cmocka_unit_test (one_that_is_too_large_or_has_no_settings_is_not_sealed),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

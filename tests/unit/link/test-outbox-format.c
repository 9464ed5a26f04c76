/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <string.h>

#include "link/follow.h"
#include "link/outbox-format.h"

#define WORDS "Maëlys Quémener"

static PvOutboxKeys *outbox_keys, *session_keys;

static PvOutboxHeader
sample_header (void)
{
  PvOutboxHeader header = { (char *) "BCDFGHJKLM", (char *) "acte-naissance", PV_OUTBOX_FILE, TRUE, 1795000000000000 };

  return header;
}

static GVariant *
sample_submission (void)
{
  return g_variant_new ("(sas)", WORDS, NULL);
}

static GBytes *
sample_container (void)
{
  PvOutboxHeader header = sample_header ();

  return pv_outbox_seal (&header, sample_submission (), outbox_keys->public_key, session_keys->public_key, NULL);
}

/* A copy of @bytes whose byte at @offset is another one. */
static GBytes *
with_byte (GBytes *bytes, gsize offset, guint8 value)
{
  gsize size;
  guint8 *copy = g_bytes_unref_to_data (g_bytes_ref (bytes), &size);

  copy[offset] = value;
  return g_bytes_new_take (copy, size);
}

static void
what_a_session_seals_a_worker_opens (void **state)
{
  g_autoptr (GBytes) container = sample_container ();
  g_autoptr (GVariant) expected = g_variant_ref_sink (sample_submission ()), opened = NULL;
  guint8 reply_key[PV_OUTBOX_KEY_BYTES];

  (void) state;
  opened = pv_outbox_open (container, outbox_keys, reply_key, NULL);
  assert_non_null (opened);
  assert_true (g_variant_equal (opened, expected));
  assert_memory_equal (reply_key, session_keys->public_key, sizeof reply_key);
}

static void
the_courier_reads_the_clear_header_and_nothing_else (void **state)
{
  g_autoptr (GBytes) container = sample_container ();
  g_autoptr (PvOutboxHeader) header = pv_outbox_parse (container, NULL);
  gsize size;
  const char *data = g_bytes_get_data (container, &size);

  (void) state;
  assert_non_null (header);
  assert_string_equal (header->ref, "BCDFGHJKLM");
  assert_string_equal (header->slug, "acte-naissance");
  assert_int_equal (header->purpose, PV_OUTBOX_FILE);
  assert_true (header->has_ref_field);
  assert_int_equal (header->created_us, 1795000000000000);
  assert_null (g_strstr_len (data, (gssize) size, "Quémener"));
  assert_null (memmem (data, size, WORDS, strlen (WORDS)));
}

static void
another_key_does_not_open_it (void **state)
{
  g_autoptr (GBytes) container = sample_container ();
  g_autoptr (PvOutboxKeys) other = pv_outbox_keys_new ();
  g_autoptr (GError) error = NULL;
  guint8 reply_key[PV_OUTBOX_KEY_BYTES];

  (void) state;
  assert_null (pv_outbox_open (container, other, reply_key, &error));
  assert_true (g_error_matches (error, PV_LINK_ERROR, PV_LINK_ERROR_BAD_DATA));
}

/* Each byte of the clear part decides something; a change on the disk must not pass a worker. */
static void
a_changed_byte_anywhere_is_noticed (void **state)
{
  g_autoptr (GBytes) container = sample_container ();
  gsize size;
  const guint8 *data = g_bytes_get_data (container, &size);

  (void) state;
  for (gsize i = 0; i < size; i++) {
    g_autoptr (GBytes) changed = with_byte (container, i, data[i] ^ 1);
    guint8 reply_key[PV_OUTBOX_KEY_BYTES];

    assert_null (pv_outbox_open (changed, outbox_keys, reply_key, NULL));
  }
}

static void
a_container_cut_short_is_refused (void **state)
{
  g_autoptr (GBytes) container = sample_container ();

  (void) state;
  for (gsize size = 0; size < g_bytes_get_size (container); size++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (container, 0, size);

    assert_null (pv_outbox_parse (cut, NULL));
  }
}

static void
versions_this_one_and_the_one_before_are_read (void **state)
{
  const struct {
    int wrote, readable_by;
    gboolean is_read;
  } rows[] = {
    { PV_OUTBOX_VERSION, PV_OUTBOX_VERSION, TRUE },
    { PV_OUTBOX_VERSION + 1, PV_OUTBOX_VERSION, TRUE },      /* the next release, taken back */
    { PV_OUTBOX_VERSION + 1, PV_OUTBOX_VERSION + 1, FALSE }, /* it could not be helped */
    { PV_OUTBOX_VERSION, PV_OUTBOX_VERSION + 1, FALSE },     /* nonsense */
    { PV_OUTBOX_VERSION - 2, PV_OUTBOX_VERSION - 2, FALSE },
    { 0, 0, FALSE },
  };
  g_autoptr (GBytes) container = sample_container ();

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) first = with_byte (container, 4, (guint8) rows[i].wrote);
    g_autoptr (GBytes) changed = with_byte (first, 5, (guint8) rows[i].readable_by);
    g_autoptr (PvOutboxHeader) header = NULL;
    g_autoptr (GError) error = NULL;

    header = pv_outbox_parse (changed, &error);
    assert_int_equal (header != NULL, rows[i].is_read);
    assert_true (header != NULL || g_error_matches (error, PV_LINK_ERROR, PV_LINK_ERROR_VERSION));
  }
}

static void
a_header_that_no_session_writes_is_refused (void **state)
{
  const PvOutboxHeader rows[] = {
    { (char *) "../../etc", (char *) "a", PV_OUTBOX_FILE, TRUE, 0 },
    { (char *) "BCDFGHJKL", (char *) "a", PV_OUTBOX_FILE, TRUE, 0 },
    { (char *) "ACDFGHJKLM", (char *) "a", PV_OUTBOX_FILE, TRUE, 0 },
    { (char *) "BCDFGHJKLM", (char *) "", PV_OUTBOX_FILE, TRUE, 0 },
    { (char *) "BCDFGHJKLM", (char *) "a/b", PV_OUTBOX_FILE, TRUE, 0 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) container =
      pv_outbox_seal (&rows[i], sample_submission (), outbox_keys->public_key, session_keys->public_key, NULL);

    assert_null (pv_outbox_parse (container, NULL));
  }
}

static void
only_the_session_that_filed_opens_the_answer (void **state)
{
  g_autoptr (GVariant) outcome = g_variant_ref_sink (g_variant_new ("(ss)", "18-2047", "BCDFGHJK")), opened = NULL;
  g_autoptr (GBytes) reply = pv_outbox_seal_reply (outcome, session_keys->public_key, NULL);

  (void) state;
  assert_non_null (reply);
  opened = pv_outbox_open_reply (reply, session_keys, NULL);
  assert_true (g_variant_equal (opened, outcome));
  assert_null (pv_outbox_open_reply (reply, outbox_keys, NULL));
}

static void
keys_survive_being_written_down (void **state)
{
  g_autofree char *text = pv_outbox_key_to_text (outbox_keys->secret_key);
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  g_autoptr (PvOutboxKeys) again = NULL;
  guint8 key[PV_OUTBOX_KEY_BYTES];

  (void) state;
  assert_true (pv_outbox_key_from_text (line, key));
  again = pv_outbox_keys_from_secret (key);
  assert_memory_equal (again, outbox_keys, sizeof *again);
  assert_false (pv_outbox_key_from_text ("", key));
  assert_false (pv_outbox_key_from_text ("abcd", key));
  text[3] = 'g';
  assert_false (pv_outbox_key_from_text (text, key));
}

static void
who_has_the_reference_reads_the_follow_record (void **state)
{
  g_autoptr (PvFollowKey) key = pv_follow_key_new ("BCDFGHJKLM", outbox_keys->public_key);
  g_autoptr (PvFollowKey) same = pv_follow_key_new ("BCDFGHJKLM", outbox_keys->public_key);
  g_autoptr (PvFollowKey) other = pv_follow_key_new ("BCDFGHJKLN", outbox_keys->public_key);
  g_autoptr (PvFollowKey) elsewhere = pv_follow_key_new ("BCDFGHJKLM", session_keys->public_key);
  g_autoptr (GVariant) outcome = g_variant_ref_sink (g_variant_new_string ("tracking")), opened = NULL;
  g_autoptr (GBytes) record = pv_follow_seal (key, outcome);

  (void) state;
  assert_true (pv_follow_name_is_valid (pv_follow_key_get_name (key)));
  assert_string_equal (pv_follow_key_get_name (key), pv_follow_key_get_name (same));
  assert_string_not_equal (pv_follow_key_get_name (key), pv_follow_key_get_name (other));
  assert_string_not_equal (pv_follow_key_get_name (key), pv_follow_key_get_name (elsewhere));
  opened = pv_follow_open (same, record, NULL);
  assert_true (g_variant_equal (opened, outcome));
  assert_null (pv_follow_open (other, record, NULL));
  assert_null (pv_follow_open (elsewhere, record, NULL));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_a_session_seals_a_worker_opens),
    cmocka_unit_test (the_courier_reads_the_clear_header_and_nothing_else),
    cmocka_unit_test (another_key_does_not_open_it),
    cmocka_unit_test (a_changed_byte_anywhere_is_noticed),
    cmocka_unit_test (a_container_cut_short_is_refused),
    cmocka_unit_test (versions_this_one_and_the_one_before_are_read),
    cmocka_unit_test (a_header_that_no_session_writes_is_refused),
    cmocka_unit_test (only_the_session_that_filed_opens_the_answer),
    cmocka_unit_test (keys_survive_being_written_down),
    cmocka_unit_test (who_has_the_reference_reads_the_follow_record),
  };
  int failed;

  tst_init ();
  outbox_keys = pv_outbox_keys_new ();
  session_keys = pv_outbox_keys_new ();
  failed = cmocka_run_group_tests (tests, NULL, NULL);
  pv_outbox_keys_free (outbox_keys);
  pv_outbox_keys_free (session_keys);
  return failed;
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/tlv.h"

#include "hex.h"
#include "tst.h"

static const struct {
  const char *bytes;
  gboolean is_good;
  guint32 tag;
  gsize length;
} rows[] = {
  { "0000", TRUE, 0x00, 0 },
  { "5F1F0141", TRUE, 0x5F1F, 1 },
  { "7F61818000", FALSE, 0, 0 }, /* 128 bytes announced, one there */
  { "7F4900", TRUE, 0x7F49, 0 },
  { "30820001FF", TRUE, 0x30, 1 },   /* a longer length than needed is BER */
  { "3080", FALSE, 0, 0 },           /* indefinite */
  { "3084000000010A", FALSE, 0, 0 }, /* four bytes of length */
  { "30830000010A", TRUE, 0x30, 1 },
  { "1FFFFFFF01", FALSE, 0, 0 }, /* a tag without an end */
  { "5F", FALSE, 0, 0 },
  { "30", FALSE, 0, 0 },
  { "3082", FALSE, 0, 0 },
  { "", FALSE, 0, 0 },
};

static void
reads_what_is_well_formed_and_nothing_else (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint8 bytes[64];
    PvTlvReader reader = { bytes, unhex (rows[i].bytes, bytes) };
    PvTlv tlv;

    assert_int_equal (pv_tlv_next (&reader, &tlv), rows[i].is_good);
    if (!rows[i].is_good)
      continue;
    assert_int_equal (tlv.tag, rows[i].tag);
    assert_int_equal (tlv.length, rows[i].length);
    assert_true (pv_tlv_is_done (&reader));
  }
}

static void
writes_the_shortest_length_and_reads_it_back (void **state)
{
  static const gsize lengths[] = { 0, 1, 127, 128, 255, 256, 65535, 65536 };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++) {
    g_autofree guint8 *value = g_malloc0 (lengths[i] + 1);
    g_auto (PvCardBytes) bytes = { 0 };
    PvTlvReader reader;
    PvTlv tlv;
    gsize header = 2 + (lengths[i] > 127) + (lengths[i] > 255) + (lengths[i] > 65535);

    pv_tlv_add (&bytes, 0x7F61, value, lengths[i]);
    assert_int_equal (bytes.length, header + 1 + lengths[i]);
    reader = (PvTlvReader){ bytes.data, bytes.length };
    assert_true (pv_tlv_expect (&reader, 0x7F61, &tlv));
    assert_int_equal (tlv.length, lengths[i]);
    assert_true (pv_tlv_is_done (&reader));
  }
}

static void
finds_an_object_behind_others_but_not_behind_a_broken_one (void **state)
{
  guint8 bytes[64];
  PvTlv tlv;

  (void) state;
  assert_true (pv_tlv_find (bytes, unhex ("8001FF5F2E0102", bytes), 0x5F2E, &tlv));
  assert_int_equal (tlv.value[0], 2);
  assert_false (pv_tlv_find (bytes, unhex ("8009FF5F2E0102", bytes), 0x5F2E, &tlv));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (reads_what_is_well_formed_and_nothing_else),
    cmocka_unit_test (writes_the_shortest_length_and_reads_it_back),
    cmocka_unit_test (finds_an_object_behind_others_but_not_behind_a_broken_one),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

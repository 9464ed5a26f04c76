/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/apdu.h"

#include "hex.h"
#include "tst.h"

/* The four cases of ISO/IEC 7816-4, short and extended. */
static const struct {
  const char *bytes;
  PvApdu apdu; /* without data */
} rows[] = {
  { "00840000", { 0x00, 0x84, 0, 0, NULL, 0, 0 } },
  { "00B0000004", { 0x00, 0xB0, 0, 0, NULL, 0, 4 } },
  { "00B0000000", { 0x00, 0xB0, 0, 0, NULL, 0, 256 } },
  { "00A4020C02011E", { 0x00, 0xA4, 0x02, 0x0C, NULL, 2, 0 } },
  { "10860000027C0000", { 0x10, 0x86, 0, 0, NULL, 2, 256 } },
  { "00B082000007D0", { 0x00, 0xB0, 0x82, 0, NULL, 0, 2000 } },
  { "00B08200000000", { 0x00, 0xB0, 0x82, 0, NULL, 0, 65536 } },
};

static void
writes_and_reads_each_form (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint8 bytes[64], again[64];
    gsize length = unhex (rows[i].bytes, bytes), used;
    PvApdu apdu;

    assert_true (pv_apdu_decode (bytes, length, &apdu));
    assert_int_equal (apdu.cla, rows[i].apdu.cla);
    assert_int_equal (apdu.ins, rows[i].apdu.ins);
    assert_int_equal (apdu.p1, rows[i].apdu.p1);
    assert_int_equal (apdu.p2, rows[i].apdu.p2);
    assert_int_equal (apdu.length, rows[i].apdu.length);
    assert_int_equal (apdu.expected, rows[i].apdu.expected);
    assert_true (pv_apdu_encode (&apdu, again, sizeof again, &used));
    assert_int_equal (used, length);
    assert_memory_equal (again, bytes, length);
    assert_false (pv_apdu_encode (&apdu, again, length - 1, &used));
  }
}

static void
becomes_extended_with_the_256th_byte (void **state)
{
  static const guint8 data[300];
  guint8 bytes[400];
  PvApdu apdu = { 0x10, 0x86, 0, 0, data, 255, 256 }, back;
  gsize length;

  (void) state;
  assert_true (pv_apdu_encode (&apdu, bytes, sizeof bytes, &length));
  assert_int_equal (length, 4 + 1 + 255 + 1);
  apdu.length = 256;
  assert_true (pv_apdu_encode (&apdu, bytes, sizeof bytes, &length));
  assert_int_equal (length, 4 + 3 + 256 + 2);
  assert_true (pv_apdu_decode (bytes, length, &back));
  assert_int_equal (back.length, 256);
  assert_int_equal (back.expected, 256);
  apdu.expected = 65536;
  assert_true (pv_apdu_encode (&apdu, bytes, sizeof bytes, &length));
  assert_int_equal (bytes[length - 1], 0);
  assert_true (pv_apdu_decode (bytes, length, &back));
  assert_int_equal (back.expected, 65536);
  apdu.expected = 0;
  assert_true (pv_apdu_encode (&apdu, bytes, sizeof bytes, &length));
  assert_int_equal (length, 4 + 3 + 256);
  apdu.expected = 65537;
  assert_false (pv_apdu_encode (&apdu, bytes, sizeof bytes, &length));
}

static void
refuses_lengths_that_do_not_agree (void **state)
{
  static const char *const wrong[] = {
    "",
    "00B000",
    "00B00000021E",
    "00B00000021E011E00",
    "00B000000000",
    "00B0000000000001020304",
    "00B000000000021E011E",
    "00A4020C0001",
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    guint8 bytes[64];
    PvApdu apdu;

    if (pv_apdu_decode (bytes, unhex (wrong[i], bytes), &apdu))
      fail_msg ("row %zu", i);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (writes_and_reads_each_form),
    cmocka_unit_test (becomes_extended_with_the_256th_byte),
    cmocka_unit_test (refuses_lengths_that_do_not_agree),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <string.h>

#include "eid/isodep.h"

enum { ANSWER_SIZE = 64 };

static const guint8 ats_256[] = { 5, 0x78, 0x80, 0x70, 0x02 }, ats_16[] = { 2, 0x00 };

typedef struct Bench {
  PvIsoDep *isodep;
  guint8 answer[ANSWER_SIZE];
  const guint8 *frame;
  gsize length;
  guint wait_ms;
  PvIsoDepStep step;
} Bench;

static gsize
from_hex (const char *hex, guint8 *ret)
{
  gsize n = 0;

  for (; *hex != '\0'; hex++)
    if (*hex != ' ') {
      ret[n++] = (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));
      hex++;
    }
  return n;
}

static void
start (Bench *bench, const guint8 *apdu, gsize length)
{
  bench->step = pv_isodep_start (bench->isodep, apdu, length, bench->answer, sizeof bench->answer, &bench->frame,
                                 &bench->length, &bench->wait_ms);
}

/* NULL: nothing came. */
static void
give (Bench *bench, const char *hex)
{
  guint8 bytes[600];
  gsize n = hex != NULL ? from_hex (hex, bytes) : 0;

  bench->step =
    pv_isodep_step (bench->isodep, hex != NULL ? bytes : NULL, n, &bench->frame, &bench->length, &bench->wait_ms);
}

#define assert_sends(bench, hex) check_sends (bench, hex, __FILE__, __LINE__)
static void
check_sends (const Bench *bench, const char *hex, const char *file, int line)
{
  guint8 expected[600];
  gsize n = from_hex (hex, expected);

  _assert_int_equal (bench->step, PV_ISODEP_SEND, file, line);
  _assert_int_equal (bench->length, n, file, line);
  _assert_memory_equal (bench->frame, expected, n, file, line);
}

#define assert_done(bench, hex) check_done (bench, hex, __FILE__, __LINE__)
static void
check_done (const Bench *bench, const char *hex, const char *file, int line)
{
  guint8 expected[600];
  gsize n = from_hex (hex, expected);

  _assert_int_equal (bench->step, PV_ISODEP_DONE, file, line);
  _assert_int_equal (pv_isodep_get_answer_length (bench->isodep), n, file, line);
  _assert_memory_equal (bench->answer, expected, n, file, line);
}

static void
assert_broken (Bench *bench, PvIsoDepFault fault)
{
  assert_int_equal (bench->step, PV_ISODEP_BROKEN);
  assert_int_equal (pv_isodep_get_fault (bench->isodep), fault);
  give (bench, "02 9000");
  assert_int_equal (bench->step, PV_ISODEP_BROKEN);
  start (bench, (const guint8 *) "x", 1);
  assert_int_equal (bench->step, PV_ISODEP_BROKEN);
}

static Bench *
bench_new (const guint8 *ats, gsize length)
{
  Bench *bench = g_new0 (Bench, 1);

  bench->isodep = pv_isodep_new (ats, length);
  assert_non_null (bench->isodep);
  return bench;
}

static void
bench_free (Bench *bench)
{
  pv_isodep_free (bench->isodep);
  g_free (bench);
}

/* One exchange of three bytes that has just begun. */
static Bench *
bench_begun (void)
{
  Bench *bench = bench_new (ats_256, sizeof ats_256);

  start (bench, (const guint8 *) "abc", 3);
  assert_sends (bench, "02 616263");
  return bench;
}

static void
reads_an_answer_to_select (void **state)
{
  static const struct {
    const char *ats;
    gsize frame;
    guint wait_ms, guard_ms, speeds;
    const char *historical;
  } cases[] = {
    { "01", 32, 5, 0, 0, "" },
    { "02 08", 256, 5, 0, 0, "" },
    { "02 00", 16, 5, 0, 0, "" },
    { "02 0f", 256, 5, 0, 0, "" }, /* reserved: as 8 */
    { "05 78 80 70 02", 256, 39, 0, 0x80, "" },
    { "03 28 e0", 256, 4950, 0, 0, "" },
    { "03 25 f8", 64, 5, 78, 0, "" }, /* 15 is reserved: the default */
    { "03 15 33", 64, 5, 0, 0x33, "" },
    { "05 45 00 4142", 64, 5, 0, 0, "4142" },
    { "06 75 00 40 02 41", 64, 5, 0, 0, "41" },
  };
  static const char *const bad[] = { "", "00", "02", "03 08", "01 08", "02 18", "03 7800", "04 78 80 70", "ff 78" };
  guint8 bytes[64], expected[64];
  PvIsoDepAts ats;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    gsize n = from_hex (cases[i].historical, expected);

    assert_true (pv_isodep_parse_ats (bytes, from_hex (cases[i].ats, bytes), &ats));
    assert_int_equal (ats.frame_bytes, cases[i].frame);
    assert_int_equal (ats.wait_ms, cases[i].wait_ms);
    assert_int_equal (ats.guard_ms, cases[i].guard_ms);
    assert_int_equal (ats.speeds, cases[i].speeds);
    assert_int_equal (ats.historical_length, n);
    if (n > 0)
      assert_memory_equal (ats.historical, expected, n);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    gsize n = from_hex (bad[i], bytes);

    assert_false (pv_isodep_parse_ats (bytes, n, &ats));
    assert_null (pv_isodep_new (bytes, n));
  }
}

static void
toggles_the_number_from_block_to_block (void **state)
{
  Bench *bench = bench_begun ();

  (void) state;
  assert_int_equal (bench->wait_ms, 39);
  give (bench, "02 9000");
  assert_done (bench, "9000");
  start (bench, (const guint8 *) "d", 1);
  assert_sends (bench, "03 64");
  give (bench, "03 6a82");
  assert_done (bench, "6a82");
  start (bench, (const guint8 *) "e", 1);
  assert_sends (bench, "02 65");
  bench_free (bench);
}

static void
chains_both_ways (void **state)
{
  Bench *bench = bench_new (ats_16, sizeof ats_16); /* 13 bytes a block */

  (void) state;
  start (bench, (const guint8 *) "abcdefghijklmnopqrstuvwxyz0123", 30);
  assert_sends (bench, "12 6162636465666768696a6b6c6d");
  give (bench, "a2");
  assert_sends (bench, "13 6e6f707172737475767778797a");
  give (bench, "a3");
  assert_sends (bench, "02 30313233");
  give (bench, "12 0102");
  assert_sends (bench, "a3");
  give (bench, "13 03");
  assert_sends (bench, "a2");
  give (bench, "02 9000");
  assert_done (bench, "0102039000");
  bench_free (bench);
}

static void
splits_where_the_card_can_take_it (void **state)
{
  static const struct {
    guint8 fsci;
    gsize frame;
  } cases[] = { { 0, 16 }, { 2, 32 }, { 5, 64 }, { 8, 256 } };
  guint8 apdu[1000] = { 0 };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const guint8 ats[] = { 2, cases[i].fsci };
    gsize size = cases[i].frame - 3;

    for (gsize length = 1; length <= 3 * size && length < sizeof apdu; length++) {
      Bench *bench = bench_new (ats, sizeof ats);
      gsize n = 0;

      start (bench, apdu, length);
      for (guint number = 0;; number ^= 1) {
        gboolean is_last = length - n <= size;

        assert_int_equal (bench->step, PV_ISODEP_SEND);
        assert_int_equal (bench->frame[0], 0x02 | number | (is_last ? 0 : 0x10));
        assert_int_equal (bench->length, 1 + MIN (size, length - n));
        n += bench->length - 1;
        if (is_last)
          break;
        give (bench, number == 0 ? "a2" : "a3");
      }
      assert_int_equal (n, length);
      bench_free (bench);
    }
  }
}

static void
asks_again_when_nothing_whole_comes (void **state)
{
  Bench *bench = bench_begun ();

  (void) state;
  give (bench, NULL);
  assert_sends (bench, "b2"); /* rule 4 */
  give (bench, "02 9000");
  assert_done (bench, "9000");

  start (bench, (const guint8 *) "abc", 3);
  give (bench, NULL);
  assert_sends (bench, "b3");
  give (bench, "a2"); /* rule 6: it never saw the block */
  assert_sends (bench, "03 616263");
  give (bench, "13 01");
  assert_sends (bench, "a2");
  give (bench, NULL);
  assert_sends (bench, "a2"); /* rule 5 */
  give (bench, "02 9000");
  assert_done (bench, "019000");
  bench_free (bench);
}

static void
sends_a_lost_link_of_a_chain_again (void **state)
{
  Bench *bench = bench_new (ats_16, sizeof ats_16);

  (void) state;
  start (bench, (const guint8 *) "abcdefghijklmnopqrstuvwxyz", 26);
  give (bench, "a2");
  assert_sends (bench, "03 6e6f707172737475767778797a");
  give (bench, NULL);
  assert_sends (bench, "b3");
  give (bench, "a2");
  assert_sends (bench, "03 6e6f707172737475767778797a");
  give (bench, "03 9000");
  assert_done (bench, "9000");
  bench_free (bench);
}

static void
gives_up_after_two_repeats (void **state)
{
  Bench *bench = bench_begun ();

  (void) state;
  for (guint i = 0; i < PV_ISODEP_MAX_REPEATS; i++) {
    give (bench, NULL);
    assert_sends (bench, "b2");
  }
  give (bench, NULL);
  assert_broken (bench, PV_ISODEP_FAULT_SILENT);
  bench_free (bench);

  bench = bench_begun (); /* a card that never has seen it */
  for (guint i = 0; i < PV_ISODEP_MAX_REPEATS; i++) {
    give (bench, "a3");
    assert_sends (bench, "02 616263");
  }
  give (bench, "a3");
  assert_broken (bench, PV_ISODEP_FAULT_RULES);
  bench_free (bench);
}

static void
takes_nothing_that_breaks_the_rules (void **state)
{
  static const char *const wrong[] = {
    "",          /* no control byte */
    "03 9000",   /* number of the block before */
    "00 9000",   /* bit 2 of an I-block */
    "0a00 9000", /* with CID */
    "0600 9000", /* with NAD */
    "22 9000",   /* bit 6 */
    "12",        /* chained, and empty */
    "a2",        /* acknowledges what was not chained */
    "b2",        /* R(NAK) is the reader's */
    "a2 00",     /* longer than an R-block is */
    "c2",        /* S(DESELECT) is the reader's */
    "f2",        /* S(WTX) without its time */
    "f2 00",     /* no time */
    "f2 3c",     /* 60 is too much */
    "f2 0101",   "e0 80", "ff",
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    Bench *bench = bench_begun ();

    give (bench, wrong[i]);
    assert_sends (bench, "b2");
    give (bench, wrong[i]);
    assert_sends (bench, "b2");
    give (bench, wrong[i]);
    assert_broken (bench, PV_ISODEP_FAULT_RULES);
    bench_free (bench);
  }
}

static void
takes_no_answer_in_the_middle_of_a_command (void **state)
{
  Bench *bench = bench_new (ats_16, sizeof ats_16);

  (void) state;
  start (bench, (const guint8 *) "abcdefghijklmnopqrstuvwxyz", 26);
  give (bench, "02 9000");
  assert_sends (bench, "b2");
  assert_int_equal (pv_isodep_get_answer_length (bench->isodep), 0);
  bench_free (bench);
}

static void
takes_no_frame_longer_than_any (void **state)
{
  Bench *bench = bench_begun ();
  guint8 frame[300] = { 0x02 };

  (void) state;
  bench->step = pv_isodep_step (bench->isodep, frame, 255, &bench->frame, &bench->length, &bench->wait_ms);
  assert_sends (bench, "b2");
  bench_free (bench);
}

static void
grants_more_time_within_bounds (void **state)
{
  Bench *bench = bench_begun ();
  guint n;

  (void) state;
  give (bench, "f2 02");
  assert_sends (bench, "f2 02");
  assert_int_equal (bench->wait_ms, 2 * 39);
  give (bench, "f2 c3"); /* the upper bits are of the field */
  assert_sends (bench, "f2 03");
  give (bench, NULL);
  assert_sends (bench, "b2");
  give (bench, "f2 3b");
  assert_sends (bench, "f2 3b");
  assert_int_equal (bench->wait_ms, 59 * 39);
  give (bench, "02 9000");
  assert_done (bench, "9000");
  bench_free (bench);

  bench = bench_begun (); /* in number */
  for (n = 0; n < 1000; n++) {
    give (bench, "f2 01");
    if (bench->step != PV_ISODEP_SEND)
      break;
  }
  assert_int_equal (n, PV_ISODEP_MAX_EXTENSIONS + PV_ISODEP_MAX_REPEATS);
  assert_broken (bench, PV_ISODEP_FAULT_RULES);
  bench_free (bench);

  bench = bench_begun (); /* in time */
  for (n = 0; n < 1000; n++) {
    give (bench, "f2 3b");
    if (bench->step != PV_ISODEP_SEND)
      break;
  }
  assert_int_equal (n, PV_ISODEP_MAX_EXTENDED_MS / (59 * 39) + PV_ISODEP_MAX_REPEATS);
  assert_broken (bench, PV_ISODEP_FAULT_RULES);
  bench_free (bench);
}

static void
ends_an_endless_answer_where_its_room_ends (void **state)
{
  Bench *bench = bench_begun ();
  guint n;

  (void) state;
  for (n = 0; n < 1000; n++) {
    give (bench, n % 2 == 0 ? "12 ff" : "13 ff");
    if (bench->step != PV_ISODEP_SEND)
      break;
  }
  assert_int_equal (n, ANSWER_SIZE);
  assert_broken (bench, PV_ISODEP_FAULT_TOO_LONG);
  bench_free (bench);

  bench = bench_begun ();
  give (bench, "12 0102030405060708091011121314151617181920212223242526272829303132");
  give (bench, "03 010203040506070809101112131415161718192021222324252627282930313233");
  assert_broken (bench, PV_ISODEP_FAULT_TOO_LONG);
  bench_free (bench);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (reads_an_answer_to_select),
    cmocka_unit_test (toggles_the_number_from_block_to_block),
    cmocka_unit_test (chains_both_ways),
    cmocka_unit_test (splits_where_the_card_can_take_it),
    cmocka_unit_test (asks_again_when_nothing_whole_comes),
    cmocka_unit_test (sends_a_lost_link_of_a_chain_again),
    cmocka_unit_test (gives_up_after_two_repeats),
    cmocka_unit_test (takes_nothing_that_breaks_the_rules),
    cmocka_unit_test (takes_no_answer_in_the_middle_of_a_command),
    cmocka_unit_test (takes_no_frame_longer_than_any),
    cmocka_unit_test (grants_more_time_within_bounds),
    cmocka_unit_test (ends_an_endless_answer_where_its_room_ends),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

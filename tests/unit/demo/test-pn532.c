/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The virtual reader without its terminal: frames, commands, blocks, faults, and the count of what is on the air. */

#include "tst.h"

#include <string.h>

#include "demo/card/pn532-chip.h"

static const guint8 ats[] = { 5, 0x78, 0x80, 0x70, 0x02 };

/* Answers with the command itself and 9000; "read N" (B0 hi lo) with N bytes. */
typedef struct Echo {
  guint n_resets, n_apdus;
} Echo;

static gsize
echo_transmit (gpointer card, const guint8 *command, gsize length, guint8 *answer, gsize size)
{
  Echo *echo = card;
  gsize n = length;

  echo->n_apdus++;
  if (length == 3 && command[0] == 0xb0) {
    n = (gsize) command[1] << 8 | command[2];
    for (gsize i = 0; i < n; i++)
      answer[i] = (guint8) i;
  } else {
    memcpy (answer, command, length);
  }
  assert_true (n + 2 <= size);
  answer[n] = 0x90;
  answer[n + 1] = 0x00;
  return n + 2;
}

static void
echo_reset (gpointer card)
{
  ((Echo *) card)->n_resets++;
}

typedef struct Bench {
  PvPn532Chip chip;
  Echo echo;
  PvPn532Reply reply;
} Bench;

static Bench *
bench_new (gboolean is_type_b)
{
  Bench *bench = g_new0 (Bench, 1);
  PvPn532Card card = { echo_transmit, echo_reset, ats, sizeof ats, .is_type_b = is_type_b, .card = &bench->echo };

  pv_field_lay (&bench->chip.field, &card);
  return bench;
}

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

#define assert_hex(hex, data, length) check_hex (hex, data, length, __FILE__, __LINE__)
static void
check_hex (const char *hex, const guint8 *data, gsize length, const char *file, int line)
{
  guint8 expected[512];
  gsize n = from_hex (hex, expected);

  _assert_int_equal (n, length, file, line);
  _assert_memory_equal (expected, data, n, file, line);
}

static void
run (Bench *bench, const char *hex)
{
  guint8 command[512];
  gsize length = from_hex (hex, command);

  pv_pn532_chip_run (&bench->chip, command, length, &bench->reply);
}

#define assert_reply(bench, command, expected)                                                                         \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    run (bench, command);                                                                                              \
    assert_int_equal (bench->reply.kind, PV_PN532_REPLY);                                                              \
    check_hex (expected, bench->reply.payload, bench->reply.length, __FILE__, __LINE__);                               \
  }                                                                                                                    \
  G_STMT_END

static void
finds_frames_among_wake_up_bytes_in_any_pieces (void **state)
{
  /* Wake-up, SAMConfiguration, then an extended frame of 260 bytes, an ACK and a NACK. */
  guint8 stream[400] = { 0x55, 0x55 }, command[PV_PN532_MAX_PAYLOAD_BYTES];
  gsize n = 16;
  const gsize long_payload = 260;
  guint8 sum = 0xd4;

  (void) state;
  n += from_hex ("0000ff03fdd4140117 00", stream + n);
  n += from_hex ("0000ffffff0105fa d4", stream + n);
  for (gsize i = 0; i < long_payload; i++) {
    stream[n + i] = (guint8) (i * 7);
    sum = (guint8) (sum + stream[n + i]);
  }
  n += long_payload;
  stream[n++] = (guint8) -sum;
  stream[n++] = 0;
  n += from_hex ("0000ff00ff00 0000ffff0000", stream + n);

  for (gsize piece = 1; piece < 60; piece++) {
    PvPn532Input input = { 0 };
    PvPn532Event seen[8];
    gsize n_seen = 0, lengths[8] = { 0 };

    for (gsize at = 0; at < n;) {
      gsize length = 0;
      PvPn532Event event;

      at += pv_pn532_input_feed (&input, stream + at, MIN (piece, n - at));
      while ((event = pv_pn532_input_step (&input, command, &length)) != PV_PN532_EVENT_NONE) {
        assert_true (n_seen < G_N_ELEMENTS (seen));
        lengths[n_seen] = length;
        seen[n_seen++] = event;
      }
    }
    assert_int_equal (n_seen, 4);
    assert_int_equal (seen[0], PV_PN532_EVENT_COMMAND);
    assert_int_equal (lengths[0], 2);
    assert_int_equal (seen[1], PV_PN532_EVENT_COMMAND);
    assert_int_equal (lengths[1], long_payload);
    assert_int_equal (command[1], 7);
    assert_int_equal (seen[2], PV_PN532_EVENT_ABORT);
    assert_int_equal (seen[3], PV_PN532_EVENT_REPEAT);
  }
}

static void
refuses_frames_with_a_wrong_sum_or_length (void **state)
{
  static const char *const bad[] = {
    "0000ff03fdd4140118 00",   /* sum */
    "0000ff03fcd4140117 00",   /* sum of the length */
    "0000ff03fdd5140116 00",   /* from a chip */
    "0000ff01ffd42c00",        /* no command */
    "0000ffffff0105fb d41401", /* extended, sum of the length */
    "0000ffffff7f0081 d414",   /* extended, too long */
  };
  guint8 command[PV_PN532_MAX_PAYLOAD_BYTES], bytes[64];

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    PvPn532Input input = { 0 };
    gsize length = 0;

    pv_pn532_input_feed (&input, bytes, from_hex (bad[i], bytes));
    assert_int_equal (pv_pn532_input_step (&input, command, &length), PV_PN532_EVENT_BAD);
  }
}

static void
builds_short_and_extended_frames (void **state)
{
  guint8 frame[PV_PN532_MAX_FRAME_BYTES], payload[PV_PN532_MAX_PAYLOAD_BYTES] = { 0x15 };

  (void) state;
  assert_hex ("0000ff02fed51516 00", frame, pv_pn532_frame_build (payload, 1, FALSE, frame));
  assert_hex ("0000ff02fed51517 00", frame, pv_pn532_frame_build (payload, 1, TRUE, frame));
  assert_int_equal (pv_pn532_frame_build (payload, 254, FALSE, frame), 254 + 8);
  assert_int_equal (pv_pn532_frame_build (payload, 255, FALSE, frame), 255 + 11);
  assert_memory_equal (frame, "\0\0\xff\xff\xff\x01\x00\xff\xd5", 9);
}

static void
answers_the_commands_of_an_opening_host (void **state)
{
  g_autofree Bench *bench = bench_new (FALSE);

  (void) state;
  assert_reply (bench, "1401", "15");
  assert_reply (bench, "00006c69626e6663", "01006c69626e6663");
  assert_reply (bench, "02", "0332010607");
  assert_reply (bench, "1214", "13");
  assert_reply (bench, "066302 6303 630d 6338 633d", "07 0000000000");
  assert_reply (bench, "08630280630380", "09");
  assert_reply (bench, "06630263036305", "07 808000");
  assert_reply (bench, "320100", "33");
  assert_reply (bench, "4a0100", "4b00"); /* no field */
  assert_reply (bench, "320101", "33");
  assert_reply (bench, "4a0103 00", "4b00"); /* not of that type */
  assert_reply (bench, "4a0101 00ffff0100", "4b00");
  assert_reply (bench, "4a0100", "4b 01 01 0008 20 04 08112233 05 78807002");
  assert_reply (bench, "4e010202", "4f00");
  assert_int_equal (bench->chip.field.tally.kbit_per_s, 424);
  assert_reply (bench, "42b2", "4300a3"); /* still there */
  assert_reply (bench, "5200", "5300");
  assert_reply (bench, "16f0", "1700");
  assert_int_equal (bench->chip.field.tally.commands, 17);
  run (bench, "8600");
  assert_int_equal (bench->reply.kind, PV_PN532_REPLY_ERROR);
}

static void
chains_both_ways_when_it_does_the_blocks (void **state)
{
  g_autofree Bench *bench = bench_new (FALSE);

  (void) state;
  run (bench, "320101");
  assert_reply (bench, "4001 00a4", "4127"); /* none is selected */
  run (bench, "1214");
  run (bench, "4a0100");
  assert_reply (bench, "4001 00a4", "4100 00a49000");
  assert_reply (bench, "4041 01020304", "4100");
  assert_reply (bench, "4001 0506", "4100 0102030405069000");
  run (bench, "4001 b00200"); /* 514 bytes: 262 and 252 */
  assert_hex ("4140000102", bench->reply.payload, 5);
  assert_int_equal (bench->reply.length, 2 + 262);
  run (bench, "4001");
  assert_int_equal (bench->reply.payload[1], 0);
  assert_int_equal (bench->reply.length, 2 + 252);
  assert_int_equal (bench->echo.n_apdus, 3);
}

static void
selects_cards_of_type_b (void **state)
{
  g_autofree Bench *bench = bench_new (TRUE);

  (void) state;
  run (bench, "320101");
  assert_reply (bench, "4a0100", "4b00");
  assert_reply (bench, "4a010300", "4b 01 01 50 11223344 00000000 00 81 81 01 00");
  assert_reply (bench, "4001 00a4", "4100 00a49000");
  assert_reply (bench, "42 0200a4", "4300 0200a49000");
}

static void
speaks_blocks_with_a_host_that_does_them_itself (void **state)
{
  g_autofree Bench *bench = bench_new (FALSE);

  (void) state;
  run (bench, "320101");
  run (bench, "1204");
  assert_reply (bench, "4a0100", "4b 01 01 0008 20 04 08112233");
  assert_reply (bench, "42 e000", "4300 0578807002");
  assert_reply (bench, "42 0200a4", "4300 0200a49000");
  assert_reply (bench, "42 b3", "4300 a2");   /* rule 12: it has not seen block 1 */
  assert_reply (bench, "42 1301", "4300 a3"); /* chained to the card */
  assert_reply (bench, "42 0202", "4300 0201029000");
  assert_reply (bench, "42 b2", "4300 0201029000");                         /* rule 11: again */
  assert_reply (bench, "42 03b00015", "4300 13000102030405060708090a0b0c"); /* FSD 16: 13 bytes of 23 */
  assert_reply (bench, "42 a2", "4300 020d0e0f10111213149000");
  assert_reply (bench, "42 a3", "4301"); /* no more of it */
  assert_reply (bench, "42 c2", "4300 c2");
  assert_reply (bench, "42 0200", "4301");
  assert_int_equal (bench->chip.field.tally.long_apdus, 3);
  assert_int_equal (bench->echo.n_apdus, 3);
}

static void
asks_for_more_time (void **state)
{
  g_autofree Bench *bench = bench_new (FALSE);

  (void) state;
  run (bench, "320101");
  run (bench, "4a0100");
  bench->chip.field.extensions = 2;
  assert_reply (bench, "42 0200a4", "4300 f201");
  assert_reply (bench, "42 f201", "4300 f201");
  assert_reply (bench, "42 f201", "4300 0200a49000");
  assert_reply (bench, "42 f201", "4301");
}

static void
fails_once_at_the_apdu_it_is_told (void **state)
{
  static const struct {
    PvPn532Fault fault;
    PvPn532ReplyKind kind;
    const char *reply, *raw;
  } cases[] = {
    { PV_PN532_FAULT_LOST, PV_PN532_REPLY, "4101", "4301" },
    { PV_PN532_FAULT_RELEASED, PV_PN532_REPLY, "4129", "4329" },
    { PV_PN532_FAULT_CRC, PV_PN532_REPLY, "4102", "4302" },
    { PV_PN532_FAULT_NAD, PV_PN532_REPLY, "4180 01 9000", "4300 0700 01 9000" },
    { PV_PN532_FAULT_MUTE, PV_PN532_REPLY_NONE, NULL, NULL },
    { PV_PN532_FAULT_LATE, PV_PN532_REPLY_LATE, "4100 01 9000", "4300 03 01 9000" },
    { PV_PN532_FAULT_GARBAGE, PV_PN532_REPLY_DAMAGED, "4100 01 9000", "4300 03 01 9000" },
    { PV_PN532_FAULT_ERROR_FRAME, PV_PN532_REPLY_ERROR, NULL, NULL },
    { PV_PN532_FAULT_DIE, PV_PN532_REPLY_DIE, NULL, NULL },
  };

  (void) state;
  G_STATIC_ASSERT (G_N_ELEMENTS (cases) == PV_N_PN532_FAULTS - 1);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint raw = 0; raw < 2; raw++) {
      g_autofree Bench *bench = bench_new (FALSE);

      run (bench, "320101");
      run (bench, "4a0100");
      bench->chip.field.fault = cases[i].fault;
      bench->chip.field.fault_index = 1;
      bench->chip.field.fault_ms = 70;
      assert_reply (bench, raw ? "42 02 00" : "4001 00", raw ? "4300 02 00 9000" : "4100 00 9000");
      run (bench, raw ? "42 03 01" : "4001 01");
      assert_int_equal (bench->reply.kind, cases[i].kind);
      if (cases[i].reply != NULL)
        check_hex (raw ? cases[i].raw : cases[i].reply, bench->reply.payload, bench->reply.length, __FILE__, __LINE__);
      if (cases[i].fault == PV_PN532_FAULT_LOST)
        assert_reply (bench, "4a0100", "4b00");
      else
        assert_reply (bench, "4001 02", "4100 02 9000");
    }
}

static void
counts_what_goes_over_the_air (void **state)
{
  g_autofree Bench *bench = bench_new (FALSE);
  const PvPn532Tally *tally = &bench->chip.field.tally;

  (void) state;
  run (bench, "320101");
  run (bench, "4a0100");
  /* 3 bytes out: one block of 6. 244 back, with a frame of 64: 4 blocks of 61, 3 acknowledgements. */
  run (bench, "4001 b000f2");
  assert_int_equal (tally->apdus, 1);
  assert_int_equal (tally->frames, 5);
  assert_int_equal (tally->air_bytes, 3 + 3 + 244 + 4 * 3 + 3 * 3);
  run (bench, "4001 b000f2");
  assert_int_equal (tally->repeats, 1);

  bench->chip.field.tally = (PvPn532Tally){ 0 };
  run (bench, "4a0100");
  run (bench, "42 e080");
  assert_int_equal (tally->air_bytes, 4 + 7);
  run (bench, "42 02b000f2"); /* in one block of 256 */
  assert_int_equal (tally->frames, 2);
  assert_int_equal (tally->air_bytes, 11 + 6 + 247);
}

/* The document of the reading model: 21 927 bytes, short reads of 223 bytes, and extended ones. */
static void
models_the_time_of_a_reading (void **state)
{
  const PvPn532Tally with_256 = { .apdus = 101, .frames = 202, .air_bytes = 26618 };
  const PvPn532Tally with_64 = { .apdus = 101, .frames = 496, .air_bytes = 28382 };
  const PvPn532Tally extended = { .apdus = 14, .frames = 115, .air_bytes = 23320 };

  (void) state;
  assert_true (ABS (pv_pn532_model_seconds (&with_256, 106) - 3.80) < 0.06);
  assert_true (ABS (pv_pn532_model_seconds (&with_256, 424) - 2.11) < 0.06);
  assert_true (ABS (pv_pn532_model_seconds (&with_64, 106) - 4.04) < 0.06);
  assert_true (ABS (pv_pn532_model_seconds (&extended, 106) - 2.37) < 0.06);
}

static void
forgets_all_when_the_field_goes_off (void **state)
{
  g_autofree Bench *bench = bench_new (FALSE);
  guint n_resets;

  (void) state;
  run (bench, "320101");
  run (bench, "4a0100");
  n_resets = bench->echo.n_resets;
  run (bench, "4041 0102");
  run (bench, "320100");
  assert_int_equal (bench->echo.n_resets, n_resets + 1);
  assert_reply (bench, "4001 03", "4101");
  run (bench, "320101");
  assert_reply (bench, "4001 03", "4127");
  run (bench, "4a0100");
  assert_reply (bench, "4001 03", "4100 03 9000");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (finds_frames_among_wake_up_bytes_in_any_pieces),
    cmocka_unit_test (refuses_frames_with_a_wrong_sum_or_length),
    cmocka_unit_test (builds_short_and_extended_frames),
    cmocka_unit_test (answers_the_commands_of_an_opening_host),
    cmocka_unit_test (chains_both_ways_when_it_does_the_blocks),
    cmocka_unit_test (selects_cards_of_type_b),
    cmocka_unit_test (speaks_blocks_with_a_host_that_does_them_itself),
    cmocka_unit_test (asks_for_more_time),
    cmocka_unit_test (fails_once_at_the_apdu_it_is_told),
    cmocka_unit_test (counts_what_goes_over_the_air),
    cmocka_unit_test (models_the_time_of_a_reading),
    cmocka_unit_test (forgets_all_when_the_field_goes_off),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

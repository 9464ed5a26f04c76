/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "chip-fixture.h"
#include "chip-transport.h"

/* Habits that real cards have, and faults that a hostile one has. */

static guint16
send_to (PvChip *chip, const char *hex)
{
  g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);

  terminal->chip = chip;
  return chip_terminal_send_hex (terminal, hex);
}

static void
keeps_its_habits_with_plain_commands (void **data)
{
  static const struct {
    const char *quirks, *command;
    guint16 sw;
  } rows[] = {
    { "", "00A4000C", 0x9000 },
    { "", "00A4000C023F00", 0x9000 },
    { "quirks=no-mf-6a86\n", "00A4000C023F00", 0x6A86 },
    { "quirks=no-mf-6d00\n", "00A4000C", 0x6D00 },
    { "", "00A4040C07A000000247100100", 0x9000 },
    { "quirks=no-le-at-select\n", "00A4040C07A000000247100100", 0x6700 },
    { "quirks=no-le-at-select\n", "00A4040C07A0000002471001", 0x9000 },
    { "", "00A4040C07A0000002471002", 0x6A82 },
    { "", "00A4020C02011C", 0x9000 },
    { "", "00A4020C020199", 0x6A82 },
    { "", "00B09C0004", 0x9000 },
    { "", "00B09C00F0", 0x6282 },
    { "", "00B09CFF04", 0x6B00 },
    { "", "00B09C00", 0x9000 },
    { "quirks=no-sfi\n", "00B09C0004", 0x6A86 },
    { "largest-read=16\nquirks=6c\n", "00B09C0014", 0x6C10 },
    { "largest-read=16\nquirks=6700\n", "00B09C0014", 0x6700 },
    { "largest-read=16\n", "00B09C0014", 0x6282 },
    { "", "00B09C000007D0", 0x6700 },
    { "extended=2300\n", "00B09C000007D0", 0x6282 },
    { "extended=2300\nquirks=empty-extended\n", "00B09C000007D0", 0x9000 },
    { "extended=2300\n", "00B0810008", 0x9000 }, /* EF.ATR/INFO */
    { "", "00B0810008", 0x6A82 },
    { "", "00B1011C03540100", 0x6700 },
    { "", "00B1011C0354010010", 0x9000 },
    { "", "00B1001C0354010410", 0x9000 },
    { "", "00B1001C0300", 0x6700 },
    { "", "00CA000000", 0x6D00 },
    { "", "80B09C0004", 0x6E00 },
    { "", "00", 0x6700 },
    { "", "00860000027C00", 0x6985 },
  };

  (void) data;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = g_strconcat (PLAIN_GM "[chip]\n", rows[i].quirks, NULL);
    g_autoptr (PvChip) chip = make_chip (text);
    guint16 sw = send_to (chip, rows[i].command);

    if (sw != rows[i].sw)
      print_error ("%s after %s\n", rows[i].command, rows[i].quirks);
    assert_int_equal (sw, rows[i].sw);
  }
}

static void
gives_no_byte_to_an_extended_read_where_it_has_that_habit (void **data)
{
  g_autoptr (PvChip) chip = make_chip (PLAIN_GM "[chip]\nextended=2300\nquirks=empty-extended\n");
  g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);

  (void) data;
  terminal->chip = chip;
  assert_int_equal (chip_terminal_send_hex (terminal, "00B09C000007D0"), 0x9000);
  assert_int_equal (terminal->length, 0);
}

static void
gives_its_answer_in_parts (void **data)
{
  g_autoptr (PvChip) chip = make_chip (PLAIN_GM "[chip]\npart=8\n");
  g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);

  (void) data;
  terminal->chip = chip;
  assert_int_equal (chip_terminal_send_hex (terminal, "00B09C0016"), 0x610E);
  assert_int_equal (terminal->length, 8);
  assert_int_equal (chip_terminal_send_hex (terminal, "00C000000E"), 0x6106);
  assert_int_equal (chip_terminal_send_hex (terminal, "00C0000006"), 0x9000);
  assert_int_equal (terminal->length, 6);
  assert_int_equal (chip_terminal_send_hex (terminal, "00C0000006"), 0x6D00);
}

static void
takes_a_command_in_parts (void **data)
{
  g_autoptr (PvChip) chip = make_chip (PLAIN_GM);

  (void) data;
  assert_int_equal (send_to (chip, "10A4040C03A00000"), 0x9000);
  assert_int_equal (send_to (chip, "00A4040C0402471001"), 0x9000);
  assert_int_equal (send_to (chip, "00B0810004"), 0x6982); /* in the application now */
}

static void
loses_the_session_over_the_fingerprints (void **data)
{
  g_autoptr (PvChip) chip = make_chip (PLAIN_GM "[chip]\nquirks=loses-session\n");
  g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);
  gsize length;

  (void) data;
  enter (terminal, chip);
  assert_int_equal (chip_terminal_read (terminal, 0x03, 64), 0);
  assert_int_equal (terminal->sw, 0x6982);
  assert_null (pv_chip_get_session_key (chip, &length));
}

static const guint8 read_zone[4] = { 0x00, 0xB0, 0x81, 0x00 };

/* The answer under each fault, and that the next one has none. */
static void
breaks_one_answer_of_a_session (void **data)
{
  static const struct {
    PvChipFault fault;
    guint16 outer;
  } rows[] = {
    { PV_CHIP_FAULT_WRONG_MAC, 0x9000 }, { PV_CHIP_FAULT_NO_DO99, 0x9000 }, { PV_CHIP_FAULT_SW_DIFFERS, 0x9000 },
    { PV_CHIP_FAULT_PLAIN, 0x9000 },     { PV_CHIP_FAULT_REPLAY, 0x9000 },  { PV_CHIP_FAULT_BAD_PADDING, 0x9000 },
    { PV_CHIP_FAULT_6988, 0x6988 },      { PV_CHIP_FAULT_GARBAGE, 0x9000 }, { PV_CHIP_FAULT_EMPTY, 0x9000 },
    { PV_CHIP_FAULT_ENDLESS, 0x61FF },
  };

  (void) data;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvChip) chip = make_chip (PLAIN_GM);
    g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);

    enter (terminal, chip);
    pv_chip_set_fault (chip, rows[i].fault, pv_chip_count_apdus (chip) + 1);
    assert_int_equal (chip_terminal_send (terminal, read_zone, NULL, 0, 32), 0x9000);
    assert_int_equal (chip_terminal_send (terminal, read_zone, NULL, 0, 32), 0);
    assert_int_equal (terminal->sw, rows[i].outer);
    pv_chip_reset (chip);
    enter (terminal, chip); /* once */
  }
}

static void
breaks_one_step_of_pace (void **data)
{
  static const struct {
    PvChipFault fault;
    guint index;
  } rows[] = {
    { PV_CHIP_FAULT_OFF_CURVE, 2 }, { PV_CHIP_FAULT_OFF_CURVE, 3 },   { PV_CHIP_FAULT_INFINITY, 2 },
    { PV_CHIP_FAULT_INFINITY, 3 },  { PV_CHIP_FAULT_WRONG_TOKEN, 4 }, { PV_CHIP_FAULT_GARBAGE, 1 },
  };
  g_autoptr (PvChip) chip = make_chip (PLAIN_GM);
  g_autoptr (GBytes) secret = can_secret ();

  (void) data;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);

    terminal->chip = chip;
    pv_chip_reset (chip);
    pv_chip_set_fault (chip, rows[i].fault, rows[i].index);
    assert_false (chip_terminal_pace (terminal, &gm, FALSE, TRUE, secret) == 0x9000 && terminal->is_secured);
    pv_chip_reset (chip);
    assert_int_equal (chip_terminal_pace (terminal, &gm, FALSE, TRUE, secret), 0x9000);
  }
}

/* The terminal of the tests does not look: the key that comes is the one that it sent. */
static void
reflects_the_key_of_the_terminal (void **data)
{
  g_autoptr (PvChip) chip = make_chip (PLAIN_GM);
  g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);
  g_autoptr (PvChipGroup) group = pv_chip_group_new (13);
  g_auto (PvChipKey) key = { 0 };
  guint8 command[5 + 4 + 65 + 1] = { 0x10, 0x86, 0x00, 0x00, 0x45, 0x7C, 0x43, 0x81, 0x41 };

  (void) data;
  terminal->chip = chip;
  assert_true (pv_chip_group_make_key (group, NULL, &key));
  memcpy (command + 9, g_bytes_get_data (key.public, NULL), 65);
  pv_chip_set_fault (chip, PV_CHIP_FAULT_REFLECT_KEY, 2);
  assert_int_equal (chip_terminal_send_hex (terminal, "0022C1A40F800A04007F00070202040202830102"), 0x9000);
  assert_int_equal (chip_terminal_send_hex (terminal, "10860000027C0000"), 0x9000);
  assert_int_equal (chip_terminal_send_plain (terminal, command, sizeof command), 0x9000);
  assert_memory_equal (terminal->data + 4, command + 9, 65);
}

static void
repeats_its_first_bytes_for_ever (void **data)
{
  g_autoptr (PvChip) chip = make_chip (PLAIN_GM);
  g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);

  (void) data;
  enter (terminal, chip);
  pv_chip_set_fault (chip, PV_CHIP_FAULT_REPEAT_CHUNK, pv_chip_count_apdus (chip));
  assert_int_equal (chip_terminal_read (terminal, 0x01, 64), 0x9000);
  assert_true (terminal->length > 30000);
  assert_memory_equal (terminal->data, terminal->data + 64, 64);
}

/* Known instructions with wrong lengths and objects, and bytes by chance, in and out of a session. */
static void
survives_whatever_it_is_sent (void **data)
{
  static const guint8 instructions[] = { 0xA4, 0xB0, 0xB1, 0x84, 0x82, 0x22, 0x86, 0x88, 0xC0 };
  static const guint8 firsts[] = { 0x7C, 0x80, 0x81, 0x83, 0x54, 0x91, 0x87, 0x97, 0x8E };
  g_autoptr (PvChip) chip =
    make_chip (PLAIN_GM "bac=yes\n[chip]\nca=ecdh-3des:12;dh-aes128:0\naa=ecdsa\nextended=2300\n");
  g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);
  g_autoptr (GRand) random = g_rand_new_with_seed (20260614);
  guint8 command[64], answer[4096];

  (void) data;
  for (guint i = 0; i < 4000; i++) {
    gsize length = (gsize) g_rand_int_range (random, 0, sizeof command);

    if (i % 500 == 0)
      enter (terminal, chip);
    for (gsize k = 0; k < length; k++)
      command[k] = (guint8) g_rand_int_range (random, 0, 256);
    if (length > 6 && i % 4 != 0) {
      command[0] = (guint8) (i % 3 == 0 ? 0x0C : i % 5 == 0 ? 0x10 : 0x00);
      command[1] = instructions[g_rand_int_range (random, 0, G_N_ELEMENTS (instructions))];
      command[4] = (guint8) (length - 5 - i % 2);
      command[5] = firsts[g_rand_int_range (random, 0, G_N_ELEMENTS (firsts))];
      command[6] = (guint8) (length - 7);
    }
    assert_true (pv_chip_transmit (chip, command, length, answer, sizeof answer) >= 2);
  }
  pv_chip_reset (chip);
  enter (terminal, chip);
}

static void
counts_what_it_is_asked (void **data)
{
  g_autoptr (PvChip) chip = make_chip (PLAIN_GM);

  (void) data;
  send_to (chip, "00A4020C02011C");
  send_to (chip, "00B0000004");
  send_to (chip, "00A4040C07A0000002471001");
  assert_int_equal (pv_chip_count_apdus (chip), 3);
  assert_int_equal (pv_chip_count_selects (chip), 1);
  assert_int_equal (pv_chip_count_reads (chip), 1);
}

static void
goes_through_a_transport_and_is_lost_there (void **data)
{
  g_autoptr (PvChip) chip = make_chip (PLAIN_GM "[chip]\nextended=2300\n");
  g_autoptr (PvCardTransport) transport = chip_transport_new (chip, TRUE);
  static const guint8 command[] = { 0x00, 0xB0, 0x9C, 0x00, 0x08 };
  guint8 answer[64];
  gsize length = 0;
  g_autoptr (GError) error = NULL;

  (void) data;
  assert_memory_equal (transport->historical, "\x80\x73\x96\x21\xC0", 5);
  assert_true (
    transport->ops->transceive (transport, command, sizeof command, answer, sizeof answer, &length, 100, NULL));
  assert_int_equal (length, 10);
  chip_transport_lose_at (transport, 1);
  assert_true (
    transport->ops->transceive (transport, command, sizeof command, answer, sizeof answer, &length, 100, NULL));
  assert_false (
    transport->ops->transceive (transport, command, sizeof command, answer, sizeof answer, &length, 100, &error));
  assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_LOST));
  chip_transport_lay (transport);
  assert_true (transport->ops->reset (transport, TRUE, 100, NULL));
  assert_int_equal (transport->max_command, PV_APDU_MAX_COMMAND_BYTES);
  assert_int_equal (pv_chip_count_apdus (chip), 0);
  transport->ops->abort (transport);
  g_clear_error (&error);
  assert_false (
    transport->ops->transceive (transport, command, sizeof command, answer, sizeof answer, &length, 100, &error));
  assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (keeps_its_habits_with_plain_commands),
    cmocka_unit_test (gives_no_byte_to_an_extended_read_where_it_has_that_habit),
    cmocka_unit_test (gives_its_answer_in_parts),
    cmocka_unit_test (takes_a_command_in_parts),
    cmocka_unit_test (loses_the_session_over_the_fingerprints),
    cmocka_unit_test (breaks_one_answer_of_a_session),
    cmocka_unit_test (breaks_one_step_of_pace),
    cmocka_unit_test (reflects_the_key_of_the_terminal),
    cmocka_unit_test (repeats_its_first_bytes_for_ever),
    cmocka_unit_test (survives_whatever_it_is_sent),
    cmocka_unit_test (counts_what_it_is_asked),
    cmocka_unit_test (goes_through_a_transport_and_is_lost_there),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, set_up, tear_down);
}

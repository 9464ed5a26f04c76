/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/chip.h"

#include <string.h>

#include "chip-fixture.h"

static void
gives_nothing_of_the_application_without_access (void **data)
{
  g_autoptr (PvChip) chip = make_chip (PLAIN_GM);
  g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);

  (void) data;
  terminal->chip = chip;
  assert_int_equal (chip_terminal_read (terminal, 0x1C, 64), 0x9000); /* EF.CardAccess */
  assert_int_equal (chip_terminal_read (terminal, 0x1D, 64), 0x6A82); /* no EF.CardSecurity */
  assert_int_equal (chip_terminal_select_application (terminal), 0x9000);
  assert_int_equal (chip_terminal_read (terminal, 0x01, 64), 0x6982);
  assert_int_equal (chip_terminal_send_hex (terminal, "00A4020C020101"), 0x6982);
  assert_int_equal (chip_terminal_send_hex (terminal, "0084000008"), 0x6D00); /* no BAC here */
}

static void
opens_by_pace_and_reads_whole_files (void **data)
{
  g_autoptr (PvChip) chip = make_chip (PLAIN_GM);
  g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);
  static const char zone[] = "IDUTOTEST000017<<<<<<<<<<<<<<<"
                             "9007138F3402111UTO<<<<<<<<<<<4"
                             "SPECIMEN<<ZOE<<<<<<<<<<<<<<<<<";

  (void) data;
  enter (terminal, chip);
  assert_int_equal (chip_terminal_read (terminal, 0x01, 64), 0x9000);
  assert_int_equal (terminal->length, 5 + 90);
  assert_memory_equal (terminal->data + 5, zone, 90);
  assert_int_equal (chip_terminal_read (terminal, 0x02, 223), 0x9000);
  assert_int_equal (terminal->data[0], 0x75);
  assert_true (terminal->length > 5000);
  assert_int_equal (chip_terminal_read (terminal, 0x1D, 239), 0x9000);
  assert_int_equal (terminal->data[0], 0x77);
  assert_int_equal (chip_terminal_read (terminal, 0x03, 64), 0x6982);
  assert_int_equal (chip_terminal_read (terminal, 0x05, 64), 0x6A82);
  assert_true (terminal->is_secured);
  assert_int_equal (chip_terminal_read (terminal, 0x1E, 64), 0x9000); /* the session goes on */
}

static void
ends_the_session_at_a_plain_command (void **data)
{
  g_autoptr (PvChip) chip = make_chip (PLAIN_GM);
  g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);
  gsize length;

  (void) data;
  enter (terminal, chip);
  assert_non_null (pv_chip_get_session_key (chip, &length));
  assert_int_equal (chip_terminal_send_hex (terminal, "00B0810004"), 0x6982);
  assert_null (pv_chip_get_session_key (chip, &length));
  assert_int_equal (chip_terminal_send_hex (terminal, "0CB09E000D9701048E08000000000000000000"), 0x6987);
}

static void
ends_the_session_at_a_wrong_mac (void **data)
{
  g_autoptr (PvChip) chip = make_chip (PLAIN_GM);
  g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);
  gsize length;

  (void) data;
  enter (terminal, chip);
  assert_int_equal (chip_terminal_send_hex (terminal, "0CB09E000D9701048E08000000000000000000"), 0x6988);
  assert_null (pv_chip_get_session_key (chip, &length));
}

static const char *const ciphers[] = { "3des", "aes128", "aes192", "aes256" };

static void
agrees_on_a_session (PvChipMapping mapping, const char *word, int parameter_id)
{
  for (guint cipher = 0; cipher < PV_N_CHIP_CIPHERS; cipher++) {
    const PvChipPaceOffer offer = { mapping, (PvChipCipher) cipher, parameter_id };
    g_autofree char *text = g_strdup_printf ("[access]\ncan=" CAN "\npace=%s-%s:%d\n[chip]\nextended=2300\n", word,
                                             ciphers[cipher], parameter_id);
    g_autoptr (GBytes) secret = can_secret ();
    g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);
    g_autoptr (PvChip) chip = NULL;

    if (mapping == PV_CHIP_ECDH_CAM && cipher == PV_CHIP_3DES)
      continue;
    chip = make_chip (text);
    terminal->chip = chip;
    assert_int_equal (chip_terminal_pace (terminal, &offer, TRUE, TRUE, secret), 0x9000);
    assert_int_equal (chip_terminal_select_application (terminal), 0x9000);
    assert_int_equal (chip_terminal_read (terminal, 0x01, 256), 0x9000);
    assert_int_equal (terminal->data[0], 0x61);
  }
}

static void
agrees_with_every_curve_and_cipher (void **data)
{
  (void) data;
  for (int parameter_id = 8; parameter_id <= 18; parameter_id++)
    agrees_on_a_session (PV_CHIP_ECDH_GM, "ecdh-gm", parameter_id);
}

static void
agrees_with_every_field_and_cipher (void **data)
{
  (void) data;
  for (int parameter_id = 0; parameter_id <= 2; parameter_id++)
    agrees_on_a_session (PV_CHIP_DH_GM, "dh-gm", parameter_id);
}

static void
agrees_by_integrated_and_chip_authentication_mapping (void **data)
{
  (void) data;
  agrees_on_a_session (PV_CHIP_ECDH_IM, "ecdh-im", 12);
  agrees_on_a_session (PV_CHIP_ECDH_IM, "ecdh-im", 18);
  agrees_on_a_session (PV_CHIP_DH_IM, "dh-im", 0);
  agrees_on_a_session (PV_CHIP_ECDH_CAM, "ecdh-cam", 13);
}

static void
refuses_a_wrong_code_and_counts_it (void **data)
{
  g_autoptr (PvChip) chip = make_chip (PLAIN_GM);
  g_autoptr (GBytes) wrong = g_bytes_new_static ("654321", 6);
  g_autoptr (GBytes) right = can_secret ();
  g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);

  (void) data;
  terminal->chip = chip;
  assert_int_equal (chip_terminal_pace (terminal, &gm, FALSE, TRUE, wrong), 0x6300);
  assert_int_equal (chip_terminal_pace (terminal, &gm, FALSE, TRUE, wrong), 0x6300);
  assert_int_equal (pv_chip_count_wrong (chip), 2);
  assert_int_equal (chip_terminal_pace (terminal, &gm, FALSE, TRUE, right), 0x9000);
  assert_int_equal (pv_chip_count_wrong (chip), 2);
}

static void
blocks_after_as_many_wrong_codes_as_its_text_says (void **data)
{
  g_autoptr (PvChip) chip = make_chip (PLAIN_GM "tries=2\n");
  g_autoptr (GBytes) wrong = g_bytes_new_static ("654321", 6);
  g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);

  (void) data;
  terminal->chip = chip;
  assert_int_equal (chip_terminal_pace (terminal, &gm, FALSE, TRUE, wrong), 0x63C1);
  pv_chip_reset (chip);
  assert_int_equal (chip_terminal_pace (terminal, &gm, FALSE, TRUE, wrong), 0x63C0);
  assert_int_equal (chip_terminal_pace (terminal, &gm, FALSE, TRUE, wrong), 0x6983);
  assert_int_equal (pv_chip_count_wrong (chip), 2);
}

static void
takes_the_zone_as_a_code_by_pace_and_by_bac (void **data)
{
  g_autoptr (PvChip) chip = make_chip (PLAIN_GM "bac=yes\n");
  g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);
  static const char information[] = "TEST00001790071383402111";
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autoptr (GBytes) secret = NULL;
  guint8 hash[20];
  gsize length = sizeof hash;

  (void) data;
  g_checksum_update (sum, (const guint8 *) information, -1);
  g_checksum_get_digest (sum, hash, &length);
  secret = g_bytes_new (hash, sizeof hash);
  terminal->chip = chip;
  assert_int_equal (chip_terminal_pace (terminal, &gm, FALSE, FALSE, secret), 0x9000);
  pv_chip_reset (chip);
  *terminal = (ChipTerminal){ .chip = chip };
  assert_int_equal (chip_terminal_select_application (terminal), 0x9000);
  assert_int_equal (chip_terminal_bac (terminal, "TEST00002890071383402111"), 0x6300);
  assert_int_equal (chip_terminal_bac (terminal, information), 0x9000);
  assert_int_equal (chip_terminal_read (terminal, 0x01, 160), 0x9000);
  assert_int_equal (pv_chip_count_wrong (chip), 1);
}

static void
wants_its_parameters_named_where_they_are_several (void **data)
{
  g_autoptr (PvChip) chip = make_chip ("[access]\ncan=" CAN "\npace=ecdh-gm-aes128:12;ecdh-gm-aes128:13\n");
  g_autoptr (PvChip) old = make_chip (PLAIN_GM "[chip]\nquirks=no-do84\n");
  g_autoptr (GBytes) secret = can_secret ();
  g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);

  (void) data;
  terminal->chip = chip;
  assert_int_equal (chip_terminal_pace (terminal, &gm, FALSE, TRUE, secret), 0x6A80);
  assert_int_equal (chip_terminal_pace (terminal, &gm, TRUE, TRUE, secret), 0x9000);
  *terminal = (ChipTerminal){ .chip = old };
  assert_int_equal (chip_terminal_pace (terminal, &gm, TRUE, TRUE, secret), 0x6A80);
  assert_int_equal (chip_terminal_pace (terminal, &gm, FALSE, TRUE, secret), 0x9000);
}

static void
says_when_the_kind_of_code_is_not_taken (void **data)
{
  g_autoptr (PvChip) chip = make_chip ("[access]\npace=ecdh-gm-aes128:13\n");
  g_autoptr (GBytes) secret = can_secret ();
  g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);

  (void) data;
  terminal->chip = chip;
  assert_int_equal (chip_terminal_pace (terminal, &gm, FALSE, TRUE, secret), 0x6A88);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (gives_nothing_of_the_application_without_access),
    cmocka_unit_test (opens_by_pace_and_reads_whole_files),
    cmocka_unit_test (ends_the_session_at_a_plain_command),
    cmocka_unit_test (ends_the_session_at_a_wrong_mac),
    cmocka_unit_test (agrees_with_every_curve_and_cipher),
    cmocka_unit_test (agrees_with_every_field_and_cipher),
    cmocka_unit_test (agrees_by_integrated_and_chip_authentication_mapping),
    cmocka_unit_test (refuses_a_wrong_code_and_counts_it),
    cmocka_unit_test (blocks_after_as_many_wrong_codes_as_its_text_says),
    cmocka_unit_test (takes_the_zone_as_a_code_by_pace_and_by_bac),
    cmocka_unit_test (wants_its_parameters_named_where_they_are_several),
    cmocka_unit_test (says_when_the_kind_of_code_is_not_taken),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, set_up, tear_down);
}

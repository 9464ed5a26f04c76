/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/chip-sm.h"

#include <string.h>

#include "demo/card/chip-eac.h"
#include "hex.h"
#include "tst.h"

typedef struct Message {
  const char *what, *plain_command, *command, *answer, *plain_answer;
} Message;

/* ICAO Doc 9303-11, appendix D. */
static const Message sm_3des[] = {
  { "SELECT EF.COM", "00A4020C02011E", "0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800",
    "990290008E08FA855A5D4C50A8ED9000", "9000" },
  { "READ BINARY offset 0 Le 4", "00B0000004", "0CB000000D9701048E08ED6705417E96BA5500",
    "8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000", "60145F019000" },
  { "READ BINARY offset 4 Le 18", "00B0000412", "0CB000040D9701128E082EA28A70F3C7B53500",
    "871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000",
    "04303130365F36063034303030305C0261759000" },
};

/* Computed from the rules with other code: the document has no example with AES. */
static const Message sm_aes128[] = {
  { "SELECT application", "00A4040C07A0000002471001",
    "0CA4040C1D871101752F676B09FAC86A87D632749A49C7CC8E08C18BA1FCE707BD9F00", "990290008E08BEA7B381C494A0799000",
    "9000" },
  { "READ BINARY SFI 1E Le 4", "00B09E0004", "0CB09E000D9701048E080B677D403928060A00",
    "871101645C0B1F998A088278D07942BBE94B60990290008E0894A33C6AA2D8CCC89000", "60145F019000" },
  { "READ BINARY offset 4 Le 18", "00B0000412", "0CB000040D9701128E0858D5BAE69BD6CCBE00",
    "8721010248E4CD1A0FA420C073DE04232C67718D603F01B5F537079CBAC9F70B4CADF2990290008E08DAC533A1011DC9739000",
    "04303130365F36063034303030305C0261759000" },
  { "READ BINARY past the end", "00B0001020", "0CB000100D9701208E08B4D626ED699DFD7E00",
    "871101A5947B68E74B1E8540936E34313C89C7990262828E08579483C7C1C22ECD6282", "3030305C02616282" },
  { "SELECT EF 0103, protected 6982", "00A4020C020103",
    "0CA4020C1D8711010E76B15FD2C33EDFDC3EDD2829A929C18E08846FE25836B6EAC100", "990269828E082A304E6F5A03C7426982",
    "6982" },
  { "READ BINARY odd INS, offset 8000", "00B10000045402800000",
    "0CB100001F85107963E7114CAFD91D33DA30706FC1546D9701008E0807DFC4DA44811F0200",
    "8520FA7E0DE757F10A87472410FF5B9FFD774557391E8EBCEA33BC88F9F53AF5CBB6990290008E08A001CAC2A4AFB0609000",
    "5310000102030405060708090A0B0C0D0E0F9000" },
};

static const Message sm_aes192[] = {
  { "SELECT application", "00A4040C07A0000002471001",
    "0CA4040C1D871101B5E01A6809BDE6581CB3962B9886116F8E0846153337FA24A98100", "990290008E085EDBF6885A5A48A19000",
    "9000" },
  { "READ BINARY SFI 1E Le 4", "00B09E0004", "0CB09E000D9701048E080D35DF91990FF63A00",
    "8711012DB2029BE1B0C315008E11D13C3A80EC990290008E08627F4CF60D236C7E9000", "60145F019000" },
};

static const Message sm_aes256[] = {
  { "SELECT application", "00A4040C07A0000002471001",
    "0CA4040C1D871101C7AC663515D5845CE6CC064BDB01E0F18E089FD0F9C4F143BC9000", "990290008E08E2FF9E39494C262F9000",
    "9000" },
  { "READ BINARY SFI 1E Le 4", "00B09E0004", "0CB09E000D9701048E083527E4018C11D26B00",
    "871101F5B3BF9DE00CD0347982815DD0D75D5B990290008E08436CA0B21CCDFFDD9000", "60145F019000" },
};

static const Message sm_aes128_ext[] = {
  { "READ BINARY SFI 02 Le 0x07D0", "00B082000007D0", "0CB0820000000E970207D08E08B7462765F525B1410000",
    "871101098F4DCEAABEB1D996BA2E1FCCA5A6DB990262828E0863143D8E75B9DADB6282", "7582000A000000000000000000006282" },
};

typedef struct Session {
  PvChipCipher cipher;
  const char *encryption_key, *mac_key;
  guint64 ssc;
  const Message *messages;
  gsize n_messages;
} Session;

static const Session sessions[] = {
  { PV_CHIP_3DES, "979EC13B1CBFE9DCD01AB0FED307EAE5", "F1CB1F1FB5ADF208806B89DC579DC1F8", 0x887022120C06C226, sm_3des,
    G_N_ELEMENTS (sm_3des) },
  { PV_CHIP_AES128, "F5F0E35C0D7161EE6724EE513A0D9A7F", "FE251C7858B356B24514B3BD5F4297D1", 0, sm_aes128,
    G_N_ELEMENTS (sm_aes128) },
  { PV_CHIP_AES192, "8419651A9932A555FE20D96406746A82F750F4CCB3D6BE78",
    "AA35FDB8D201BC2FD2BD98550C6FE549568C5E769BE67F04", 0, sm_aes192, G_N_ELEMENTS (sm_aes192) },
  { PV_CHIP_AES256, "8419651A9932A555FE20D96406746A82F750F4CCB3D6BE786D4630BCC681BF0E",
    "AA35FDB8D201BC2FD2BD98550C6FE549568C5E769BE67F04733673B7C910A59F", 0, sm_aes256, G_N_ELEMENTS (sm_aes256) },
  { PV_CHIP_AES128, "F5F0E35C0D7161EE6724EE513A0D9A7F", "FE251C7858B356B24514B3BD5F4297D1", 0, sm_aes128_ext,
    G_N_ELEMENTS (sm_aes128_ext) },
};

static PvChipSm *
begin (const Session *session)
{
  guint8 encryption_key[32], mac_key[32];
  PvChipSm *sm;

  unhex (session->encryption_key, encryption_key);
  unhex (session->mac_key, mac_key);
  sm = pv_chip_sm_new (session->cipher, encryption_key, mac_key, session->ssc);
  assert_non_null (sm);
  return sm;
}

static void
assert_unwraps (PvChipSm *sm, const Message *message)
{
  guint8 bytes[512];
  g_auto (PvChipCommand) command = { 0 };
  g_auto (PvChipCommand) plain = { 0 };

  assert_true (pv_chip_command_parse (bytes, unhex (message->command, bytes), &command));
  assert_true (pv_chip_command_parse (bytes, unhex (message->plain_command, bytes), &plain));
  assert_int_equal (pv_chip_sm_unwrap (sm, &command), 0x9000);
  assert_int_equal (command.cla, plain.cla);
  assert_int_equal (command.expected, plain.expected);
  assert_int_equal (command.data->len, plain.data->len);
  if (plain.data->len > 0)
    assert_memory_equal (command.data->data, plain.data->data, plain.data->len);
}

static void
assert_wraps (PvChipSm *sm, const Message *message)
{
  guint8 plain[512], secured[512];
  gsize plain_length = unhex (message->plain_answer, plain), secured_length = unhex (message->answer, secured);
  g_auto (PvChipAnswer) answer = { g_byte_array_new (), 0 };

  g_byte_array_append (answer.data, plain, (guint) plain_length - 2);
  answer.sw = (guint16) (plain[plain_length - 2] << 8 | plain[plain_length - 1]);
  pv_chip_sm_wrap (sm, message->plain_command[3] % 2 == 1, PV_CHIP_FAULT_NONE, &answer);
  assert_int_equal (answer.data->len, secured_length - 2);
  assert_memory_equal (answer.data->data, secured, secured_length - 2);
}

static void
speaks_as_the_worked_examples_do (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (sessions); i++) {
    g_autoptr (PvChipSm) sm = begin (&sessions[i]);

    for (gsize k = 0; k < sessions[i].n_messages; k++) {
      assert_unwraps (sm, &sessions[i].messages[k]);
      assert_wraps (sm, &sessions[i].messages[k]);
    }
  }
}

static void
refuses_a_command_that_was_changed (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (sessions); i++) {
    guint8 bytes[512];
    gsize length = unhex (sessions[i].messages[0].command, bytes);
    gsize secured = length - (sessions[i].messages == sm_aes128_ext ? 2 : 1); /* all but the outer Le */

    for (gsize k = 0; k < secured; k++) {
      g_autoptr (PvChipSm) sm = begin (&sessions[i]);
      g_auto (PvChipCommand) command = { 0 };

      bytes[k] ^= 1;
      if (pv_chip_command_parse (bytes, length, &command) && command.expected == 256 && k != 0)
        assert_int_not_equal (pv_chip_sm_unwrap (sm, &command), 0x9000);
      bytes[k] ^= 1;
    }
  }
}

static void
refuses_a_command_that_it_had_before (void **state)
{
  g_autoptr (PvChipSm) sm = begin (&sessions[1]);
  guint8 bytes[512];
  gsize length = unhex (sm_aes128[0].command, bytes);
  g_auto (PvChipCommand) command = { 0 };

  (void) state;
  assert_unwraps (sm, &sm_aes128[0]);
  assert_wraps (sm, &sm_aes128[0]);
  assert_true (pv_chip_command_parse (bytes, length, &command));
  assert_int_equal (pv_chip_sm_unwrap (sm, &command), 0x6988);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (speaks_as_the_worked_examples_do),
    cmocka_unit_test (refuses_a_command_that_was_changed),
    cmocka_unit_test (refuses_a_command_that_it_had_before),
  };

  tst_init ();
  pv_chip_eac_start ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

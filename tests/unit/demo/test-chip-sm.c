/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/chip-sm.h"

#include <string.h>

#include "demo/card/chip-eac.h"
#include "examples-sm.h"
#include "hex.h"
#include "tst.h"

typedef struct sm_vec Message;

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

  assert_true (pv_chip_command_parse (bytes, unhex (message->cmd, bytes), &command));
  assert_true (pv_chip_command_parse (bytes, unhex (message->plain_cmd, bytes), &plain));
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
  gsize plain_length = unhex (message->plain_rsp, plain), secured_length = unhex (message->rsp, secured);
  g_auto (PvChipAnswer) answer = { g_byte_array_new (), 0 };

  g_byte_array_append (answer.data, plain, (guint) plain_length - 2);
  answer.sw = (guint16) (plain[plain_length - 2] << 8 | plain[plain_length - 1]);
  pv_chip_sm_wrap (sm, message->plain_cmd[3] % 2 == 1, PV_CHIP_FAULT_NONE, &answer);
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
    gsize length = unhex (sessions[i].messages[0].cmd, bytes);
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
  gsize length = unhex (sm_aes128[0].cmd, bytes);
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

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/channel.h"

#include "eid/transport-script.h"
#include "hex.h"
#include "tst.h"

#include "examples-bac.h"
#include "examples-pace.h"
#include "examples-sm.h"

typedef struct Talk {
  PvCardTransport *script;
  PvChannel *channel;
  guint8 data[PV_APDU_MAX_ANSWER_BYTES];
  gsize length;
  guint16 sw;
  GError *error;
} Talk;

static void
begin (Talk *talk, const char *text)
{
  *talk = (Talk){ 0 };
  talk->script = pv_card_script_play (text, &talk->error);
  assert_non_null (talk->script);
  talk->channel = pv_channel_new (talk->script);
}

static gboolean
say (Talk *talk, const PvApdu *apdu)
{
  g_clear_error (&talk->error);
  return pv_channel_send (talk->channel, apdu, talk->data, sizeof talk->data, &talk->length, &talk->sw,
                          PV_CARD_TIMEOUT_MS, &talk->error);
}

static void
finish (Talk *talk)
{
  if (!pv_card_script_is_done (talk->script))
    fail_msg ("lines of the script are left");
  pv_channel_free (talk->channel);
  pv_card_transport_free (talk->script);
  g_clear_error (&talk->error);
}

static const PvApdu read_apdu = { 0x00, 0xB0, 0x00, 0x00, NULL, 0, 4 };
static const PvApdu challenge = { 0x00, 0x84, 0x00, 0x00, NULL, 0, 8 };

static void
secure_as_in_the_example (Talk *talk)
{
  guint8 enc[16], mac[16];

  unhex (ECGM_KS_ENC, enc);
  unhex (ECGM_KS_MAC, mac);
  pv_channel_set_sm (talk->channel, pv_sm_new (PV_CIPHER_AES128, enc, mac, NULL));
}

static void
passes_plain_answers_and_counts (void **state)
{
  static const guint8 file[] = { 0x01, 0x1C };
  static const PvApdu select = { 0x00, 0xA4, 0x02, 0x0C, file, 2, 0 };
  static const PvApdu application = { 0x00, 0xA4, 0x04, 0x0C, file, 2, 0 };
  Talk talk;

  (void) state;
  begin (&talk, "> 00A4020C02011C\n< 6A82\n> 00B0000004\n< 010203049000\n> 00A4040C02011C\n< 9000\n");
  assert_true (say (&talk, &select));
  assert_int_equal (talk.sw, PV_SW_NOT_FOUND);
  assert_true (say (&talk, &read_apdu));
  assert_int_equal (talk.length, 4);
  assert_int_equal (talk.sw, PV_SW_OK);
  assert_true (say (&talk, &application));
  assert_int_equal (pv_channel_get_tally (talk.channel)->commands, 3);
  assert_int_equal (pv_channel_get_tally (talk.channel)->reads, 1);
  assert_int_equal (pv_channel_get_tally (talk.channel)->selects, 1);
  assert_int_equal (pv_channel_get_tally (talk.channel)->sent_bytes, 7 + 5 + 7);
  assert_int_equal (pv_channel_get_tally (talk.channel)->received_bytes, 2 + 6 + 2);
  finish (&talk);
}

static void
fetches_the_rest_of_an_answer (void **state)
{
  Talk talk;

  (void) state;
  begin (&talk, "> 0084000008\n< 01026103\n> 00C0000003\n< 0304056101\n> 00C0000001\n< 069000\n");
  assert_true (say (&talk, &challenge));
  assert_int_equal (talk.length, 6);
  assert_memory_equal (talk.data, ((guint8[]){ 1, 2, 3, 4, 5, 6 }), 6);
  finish (&talk);
}

static void
fetches_the_rest_of_a_secured_answer (void **state)
{
  g_autoptr (GString) text =
    g_string_new ("> 0CA4040C1D871101752F676B09FAC86A87D632749A49C7CC8E08C18BA1FCE707BD9F00\n");
  guint8 bytes[64];
  PvApdu apdu;
  Talk talk;

  (void) state;
  g_string_append (text, "< 990290008E08BE 6107\n> 00C0000007\n< A7B381C494A079 9000\n");
  begin (&talk, text->str);
  secure_as_in_the_example (&talk);
  assert_true (pv_apdu_decode (bytes, unhex (sm_aes128[0].plain_cmd, bytes), &apdu));
  assert_true (say (&talk, &apdu));
  assert_int_equal (talk.sw, PV_SW_OK);
  assert_int_equal (talk.length, 0);
  finish (&talk);
}

static void
gives_up_an_answer_that_does_not_end (void **state)
{
  static const char *const pieces[] = { "< 0061FF\n", "< 61FF\n" };

  (void) state;
  for (gsize k = 0; k < G_N_ELEMENTS (pieces); k++) {
    g_autoptr (GString) text = g_string_new ("> 0084000008\n< 61FF\n");
    Talk talk;

    for (guint i = 0; i < 64; i++)
      g_string_append_printf (text, "> 00C00000FF\n%s", pieces[k]);
    begin (&talk, text->str);
    assert_false (say (&talk, &challenge));
    assert_true (g_error_matches (talk.error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA));
    assert_null (strstr (talk.error->message, "script"));
    finish (&talk);
  }
}

static void
chains_a_command_that_is_too_long_for_the_transport (void **state)
{
  static const guint8 data[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
  static const PvApdu apdu = { 0x00, 0x86, 0x00, 0x00, data, sizeof data, 256 };
  Talk talk;

  (void) state;
  begin (&talk, "> 108600000401020304\n< 9000\n> 108600000405060708\n< 9000\n> 0086000002090A00\n< 7C009000\n");
  talk.script->max_command = 10;
  assert_true (say (&talk, &apdu));
  assert_int_equal (talk.length, 2);
  finish (&talk);
  begin (&talk, "> 108600000401020304\n< 6884\n");
  talk.script->max_command = 10;
  assert_true (say (&talk, &apdu));
  assert_int_equal (talk.sw, 0x6884);
  finish (&talk);
}

static void
is_over_after_an_error (void **state)
{
  Talk talk;

  (void) state;
  begin (&talk, "> 00B0000004\n! lost\n");
  assert_false (say (&talk, &read_apdu));
  assert_true (g_error_matches (talk.error, PV_CARD_ERROR, PV_CARD_ERROR_LOST));
  assert_false (say (&talk, &read_apdu));
  assert_true (g_error_matches (talk.error, PV_CARD_ERROR, PV_CARD_ERROR_LOST));
  assert_false (pv_channel_was_dropped (talk.channel));
  finish (&talk);
}

static void
says_no_plain_word_after_a_secured_channel_broke (void **state)
{
  static const struct {
    const char *answer;
    PvCardError code;
    gboolean was_dropped;
  } rows[] = {
    { "6988", PV_CARD_ERROR_LOST, TRUE },
    { "60145F019000", PV_CARD_ERROR_BAD_DATA, FALSE },
    { "9000", PV_CARD_ERROR_BAD_DATA, FALSE },
    { "990290008E0800000000000000009000", PV_CARD_ERROR_BAD_DATA, FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = g_strdup_printf (
      "> 0CA4040C1D871101752F676B09FAC86A87D632749A49C7CC8E08C18BA1FCE707BD9F00\n< %s\n", rows[i].answer);
    guint8 bytes[64];
    PvApdu apdu;
    Talk talk;

    begin (&talk, text);
    secure_as_in_the_example (&talk);
    assert_true (pv_apdu_decode (bytes, unhex (sm_aes128[0].plain_cmd, bytes), &apdu));
    assert_false (say (&talk, &apdu));
    assert_true (g_error_matches (talk.error, PV_CARD_ERROR, (gint) rows[i].code));
    assert_int_equal (pv_channel_was_dropped (talk.channel), rows[i].was_dropped);
    assert_false (pv_channel_is_secured (talk.channel));
    assert_false (say (&talk, &read_apdu));
    finish (&talk);
  }
}

static void
knows_the_longest_read (void **state)
{
  Talk talk;

  (void) state;
  begin (&talk, "");
  talk.script->max_answer = 263;
  assert_int_equal (pv_channel_max_read (talk.channel), 256);
  secure_as_in_the_example (&talk);
  assert_int_equal (pv_channel_max_read (talk.channel), 239);
  talk.script->max_answer = 4352;
  assert_in_range (pv_channel_max_read (talk.channel), 4096, 4340);
  finish (&talk);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (passes_plain_answers_and_counts),
    cmocka_unit_test (fetches_the_rest_of_an_answer),
    cmocka_unit_test (fetches_the_rest_of_a_secured_answer),
    cmocka_unit_test (gives_up_an_answer_that_does_not_end),
    cmocka_unit_test (chains_a_command_that_is_too_long_for_the_transport),
    cmocka_unit_test (is_over_after_an_error),
    cmocka_unit_test (says_no_plain_word_after_a_secured_channel_broke),
    cmocka_unit_test (knows_the_longest_read),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

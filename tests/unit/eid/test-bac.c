/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/bac.h"

#include "eid/bac-internal.h"
#include "eid/transport-script.h"
#include "hex.h"
#include "tst.h"

#include "examples-bac.h"
#include "examples-sm.h"

#define CHALLENGE "> 0084000008\n< " BAC_RND_IC "9000\n"
#define TRIED     CHALLENGE "> " BAC_CMD "\n"

static gboolean
play (const char *text, PvCardTransport **ret_script, PvChannel **ret_channel, GError **error)
{
  g_autoptr (PvCardPassword) password = pv_card_password_new_mrz ("L898902C", "690806", "940623");
  PvBacSecrets secrets;
  gboolean is_done;

  unhex (BAC_RND_IFD, secrets.challenge);
  unhex (BAC_K_IFD, secrets.key);
  *ret_script = pv_card_script_play (text, NULL);
  *ret_channel = pv_channel_new (*ret_script);
  is_done = pv_bac_run_with (*ret_channel, password, &secrets, error);
  if (!is_done && !pv_card_script_is_done (*ret_script))
    fail_msg ("fewer commands than in the script");
  return is_done;
}

static void
speaks_as_in_the_example_and_reads_under_it (void **state)
{
  g_autoptr (GString) text = g_string_new (TRIED "< " BAC_RSP "\n");
  g_autoptr (PvCardTransport) script = NULL;
  g_autoptr (PvChannel) channel = NULL;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (sm_3des); i++)
    g_string_append_printf (text, "> %s\n< %s\n", sm_3des[i].cmd, sm_3des[i].rsp);
  assert_true (play (text->str, &script, &channel, NULL));
  assert_true (pv_channel_is_secured (channel));
  for (gsize i = 0; i < G_N_ELEMENTS (sm_3des); i++) {
    guint8 bytes[64], data[64], expected[64];
    gsize length, expected_length = unhex (sm_3des[i].plain_rsp, expected);
    PvApdu apdu;
    guint16 sw;

    assert_true (pv_apdu_decode (bytes, unhex (sm_3des[i].plain_cmd, bytes), &apdu));
    assert_true (pv_channel_send (channel, &apdu, data, sizeof data, &length, &sw, PV_CARD_TIMEOUT_MS, NULL));
    assert_int_equal (length + 2, expected_length);
    assert_memory_equal (data, expected, length);
    assert_int_equal (sw, PV_SW_OK);
  }
}

static void
names_what_went_wrong (void **state)
{
  static const struct {
    const char *what, *text;
    PvCardError code;
  } rows[] = {
    { "no challenge", "> 0084000008\n< 6D00\n", PV_CARD_ERROR_UNSUPPORTED },
    { "access only by PACE", "> 0084000008\n< 6982\n", PV_CARD_ERROR_UNSUPPORTED },
    { "a short challenge", "> 0084000008\n< 4608F919889000\n", PV_CARD_ERROR_BAD_DATA },
    { "a long challenge", "> 0084000008\n< 4608F91988702212009000\n", PV_CARD_ERROR_BAD_DATA },
    { "lost", "> 0084000008\n! lost\n", PV_CARD_ERROR_LOST },
    { "wrong zone", TRIED "< 6300\n", PV_CARD_ERROR_WRONG_CODE },
    { "wrong zone, tries left", TRIED "< 63C4\n", PV_CARD_ERROR_WRONG_CODE },
    { "wrong zone again", TRIED "< 6A86\n", PV_CARD_ERROR_WRONG_CODE },
    { "wrong zone again, in other words", TRIED "< 6985\n", PV_CARD_ERROR_WRONG_CODE },
    { "wrong zone as missing rights", TRIED "< 6982\n", PV_CARD_ERROR_WRONG_CODE },
    { "blocked", TRIED "< 6983\n", PV_CARD_ERROR_BLOCKED },
    { "no diagnosis", TRIED "< 6F00\n", PV_CARD_ERROR_BAD_DATA },
    { "cut short", TRIED "< 46B9342A41396CD7386BF5803104D7CE9000\n", PV_CARD_ERROR_BAD_DATA },
    { "MAC changed", TRIED "< 46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F2F2D235D074D74489000\n",
      PV_CARD_ERROR_BAD_DATA },
    { "our own message back",
      TRIED "< 72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F25F1448EEA8AD90A79000\n",
      PV_CARD_ERROR_BAD_DATA },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvCardTransport) script = NULL;
    g_autoptr (PvChannel) channel = NULL;
    g_autoptr (GError) error = NULL;

    if (play (rows[i].text, &script, &channel, &error))
      fail_msg ("%s: accepted", rows[i].what);
    if (!g_error_matches (error, PV_CARD_ERROR, (gint) rows[i].code))
      fail_msg ("%s: %s", rows[i].what, error->message);
    assert_false (pv_channel_is_secured (channel));
  }
}

/* Sealed under the right keys, so by somebody who knows the zone; but not now, or not with this chip. */
static void
refuses_an_answer_to_another_challenge (void **state)
{
  static const struct {
    const char *message;
    gboolean is_good;
  } rows[] = {
    { BAC_RND_IC BAC_RND_IFD BAC_K_IC, TRUE },
    { "4608F91988702213" BAC_RND_IFD BAC_K_IC, FALSE },
    { BAC_RND_IC "781723860C06C227" BAC_K_IC, FALSE },
  };
  guint8 enc[16], mac[16];

  (void) state;
  unhex (BAC_KENC, enc);
  unhex (BAC_KMAC, mac);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GString) text = g_string_new (TRIED "< ");
    g_autoptr (PvCardTransport) script = NULL;
    g_autoptr (PvChannel) channel = NULL;
    g_autoptr (GError) error = NULL;
    guint8 sealed[40];

    unhex (rows[i].message, sealed);
    pv_cipher_encrypt (PV_CIPHER_3DES, enc, NULL, sealed, 32, sealed);
    pv_mac (PV_CIPHER_3DES, mac, sealed, 32, sealed + 32);
    for (gsize k = 0; k < sizeof sealed; k++)
      g_string_append_printf (text, "%02X", sealed[k]);
    g_string_append (text, "9000\n");
    assert_int_equal (play (text->str, &script, &channel, &error), rows[i].is_good);
    if (!rows[i].is_good)
      assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA));
  }
}

static void
says_nothing_with_six_digits (void **state)
{
  g_autoptr (PvCardPassword) password = pv_card_password_new_can ("123456");
  g_autoptr (PvCardTransport) script = pv_card_script_play ("", NULL);
  g_autoptr (PvChannel) channel = pv_channel_new (script);
  g_autoptr (GError) error = NULL;

  (void) state;
  assert_false (pv_bac_run (channel, password, &error));
  assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_UNSUPPORTED));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (speaks_as_in_the_example_and_reads_under_it),
    cmocka_unit_test (names_what_went_wrong),
    cmocka_unit_test (refuses_an_answer_to_another_challenge),
    cmocka_unit_test (says_nothing_with_six_digits),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

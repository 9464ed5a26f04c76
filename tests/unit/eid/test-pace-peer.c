/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* PACE with generic mapping against libeac: every group, every cipher. */
#include "eid/pace.h"

#include "eac-peer.h"
#include "hex.h"
#include "tst.h"

enum { MAX_SHORT_NUMBERS = 5 }; /* one run in a hundred has one: so many in a row are a fault */

static PvPaceInfo
make_info (PvCipher cipher, gint id)
{
  PvPaceInfo info = { .cipher = cipher, .parameter_id = id, .oid_length = 10 };

  info.mapping = id >= 8 ? PV_MAPPING_ECDH_GM : PV_MAPPING_DH_GM;
  unhex ("04007F00070202040000", info.oid);
  info.oid[8] = (guint8) info.mapping;
  info.oid[9] = (guint8) (cipher + 1);
  return info;
}

/* Some commands under the new keys, so that the counter and both directions are tried. */
static gboolean
speaks_on (PvChannel *channel)
{
  guint8 data[200] = { 1, 2, 3 };
  gboolean is_good = TRUE;

  for (guint i = 0; is_good && i < 3; i++) {
    PvApdu apdu = { 0x00, (guint8) (0xB0 + 2 * i), 0x00, 0x00, data, i * 90, 256 };
    guint8 answer[64];
    gsize length;
    guint16 sw;

    is_good = pv_channel_send (channel, &apdu, answer, sizeof answer, &length, &sw, PV_CARD_TIMEOUT_MS, NULL)
              && sw == PV_SW_OK && length == 1 && answer[0] == apdu.ins;
  }
  return is_good;
}

static gboolean
runs (PvCipher cipher, gint id, gboolean *ret_is_short)
{
  g_autoptr (PvCardTransport) peer = pv_eac_peer_new (cipher, id, PV_PASSWORD_CAN, "123456");
  g_autoptr (PvCardPassword) password = pv_card_password_new_can ("123456");
  g_autoptr (PvChannel) channel = pv_channel_new (peer);
  g_auto (PvPaceResult) result = { 0 };
  PvPaceInfo info = make_info (cipher, id);
  gboolean is_good = pv_pace_run (channel, &info, FALSE, password, &result, NULL) && speaks_on (channel);

  *ret_is_short = pv_eac_peer_has_short_number (peer);
  return is_good;
}

static void
agrees_in_every_group_with_every_cipher (void **state)
{
  guint count = 0;

  (void) state;
  for (gint id = 0; id <= 18; id++)
    for (PvCipher cipher = PV_CIPHER_3DES; cipher < PV_N_CIPHERS; cipher++) {
      gboolean is_short = TRUE, is_good = FALSE;

      if (id > 2 && id < 8)
        continue;
      for (guint tries = 0; !is_good && is_short && tries < MAX_SHORT_NUMBERS; tries++)
        is_good = runs (cipher, id, &is_short);
      if (!is_good)
        fail_msg ("group %d, cipher %d", id, (int) cipher);
      count++;
    }
  assert_int_equal (count, 14 * 4);
}

static void
agrees_with_a_machine_readable_zone (void **state)
{
  g_autoptr (PvCardTransport) peer =
    pv_eac_peer_new (PV_CIPHER_AES256, 16, PV_PASSWORD_MRZ,
                     "I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<");
  g_autoptr (PvCardPassword) password = pv_card_password_new_mrz ("D23145890", "740812", "120415");
  g_autoptr (PvChannel) channel = pv_channel_new (peer);
  g_auto (PvPaceResult) result = { 0 };
  PvPaceInfo info = make_info (PV_CIPHER_AES256, 16);

  (void) state;
  assert_true (pv_pace_run (channel, &info, TRUE, password, &result, NULL));
  assert_true (speaks_on (channel));
}

static void
is_told_of_a_wrong_code_and_tries_no_other (void **state)
{
  g_autoptr (PvCardTransport) peer = pv_eac_peer_new (PV_CIPHER_AES128, 13, PV_PASSWORD_CAN, "123456");
  g_autoptr (PvCardPassword) password = pv_card_password_new_can ("123457");
  g_autoptr (PvChannel) channel = pv_channel_new (peer);
  g_autoptr (GError) error = NULL;
  PvPaceResult result = { 0 };
  PvPaceInfo info = make_info (PV_CIPHER_AES128, 13);

  (void) state;
  assert_false (pv_pace_run (channel, &info, FALSE, password, &result, &error));
  assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_WRONG_CODE));
  assert_int_equal (pv_eac_peer_count_commands (peer), 5);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (agrees_in_every_group_with_every_cipher),
    cmocka_unit_test (agrees_with_a_machine_readable_zone),
    cmocka_unit_test (is_told_of_a_wrong_code_and_tries_no_other),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

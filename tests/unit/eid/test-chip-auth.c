/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Chip authentication: the worked example, what a chip may say otherwise, and libeac in every group. */
#include "eid/chip-auth-internal.h"

#include "eac-peer.h"
#include "eid/pace.h"
#include "eid/transport-script.h"
#include "hex.h"
#include "tst.h"

#include "examples-pace.h"

enum { MAX_SHORT_NUMBERS = 5 };

/* SecurityInfos around the chip's key of the example, by the number of its curve. */
#define KEY_INFO                                                                                                       \
  "305F060904007F0007020201023052300C060704007F00070102"                                                               \
  "02010D034200" BSICA_PK_IC
#define KEY_INFO_7                                                                                                     \
  "3062060904007F0007020201023052300C060704007F00070102"                                                               \
  "02010D034200" BSICA_PK_IC "020107"
#define AES_INFO   "300F060A04007F00070202030202020101"
#define AES_INFO_7 "3012060A04007F00070202030202020101020107"
#define TDES_INFO  "300F060A04007F00070202030201020101"
#define VERSION_2  "300F060A04007F00070202030202020102"
#define DH_INFO    "300F060A04007F00070202030102020101"
#define WITHOUT    "3161" KEY_INFO
#define WITH_AES   "3172" KEY_INFO AES_INFO
#define WITH_AES_7 "3175" KEY_INFO AES_INFO_7
#define WITH_3DES  "3172" KEY_INFO TDES_INFO
#define WITH_BOTH  "318183" KEY_INFO TDES_INFO AES_INFO
#define WITH_2     "3172" KEY_INFO VERSION_2
#define WITH_DH    "3172" KEY_INFO DH_INFO
#define ONLY_INFO  "3111" AES_INFO

#define SET_AT      "> 002241A40C800A04007F00070202030202\n"
#define SET_AT_3DES "> 002241A40C800A04007F00070202030201\n"
#define SET_KAT     "> 002241A6439141" BSICA_PK_IFD "\n"
#define GENERAL     "> 00860000457C438041" BSICA_PK_IFD "00\n"

/* The first command under the keys that follow, or none. */
static char *
add_read (const char *text, PvCipher cipher, const char *enc, const char *mac)
{
  static const PvApdu read = { 0x00, 0xB0, 0x8E, 0x00, NULL, 0, 1 };
  guint8 encryption_key[32], mac_key[32], command[64];
  GString *all = g_string_new (text);
  gsize length;
  PvSm *sm;

  if (enc != NULL) {
    unhex (enc, encryption_key);
    unhex (mac, mac_key);
    sm = pv_sm_new (cipher, encryption_key, mac_key, NULL);
    assert_true (pv_sm_wrap (sm, &read, command, sizeof command, &length, NULL));
    pv_sm_free (sm);
    g_string_append (all, "> ");
    for (gsize i = 0; i < length; i++)
      g_string_append_printf (all, "%02X", command[i]);
    g_string_append (all, "\n! lost\n");
  }
  return g_string_free (all, FALSE);
}

static gboolean
play (const char *infos_hex, const char *text, PvChipProof *ret_proof, GError **error)
{
  g_autoptr (PvCardTransport) script = pv_card_script_play (text, NULL);
  g_autoptr (PvChannel) channel = pv_channel_new (script);
  BIGNUM *key = NULL;
  guint8 bytes[512];
  PvSecurityInfos infos;
  gboolean is_done;

  assert_non_null (script);
  assert_true (pv_security_infos_parse (bytes, unhex (infos_hex, bytes), &infos, NULL));
  assert_true (BN_hex2bn (&key, BSICA_SK_IFD) > 0);
  is_done = pv_chip_auth_run_with (channel, &infos, key, ret_proof, error);
  BN_clear_free (key);
  if (!pv_card_script_is_done (script))
    fail_msg ("fewer commands than in the script");
  return is_done;
}

/* The keys of the example, by version 1; those of 3DES from the same secret. */
static void
speaks_under_the_keys_of_the_example (void **state)
{
  guint8 secret[32], enc[16], mac[16];
  g_autoptr (GString) enc_text = g_string_new (NULL);
  g_autoptr (GString) mac_text = g_string_new (NULL);
  struct {
    const char *infos, *text;
    PvCipher cipher;
    const char *enc, *mac;
  } rows[] = {
    { WITH_AES, SET_AT "< 9000\n" GENERAL "< 7C009000\n", PV_CIPHER_AES128, BSICA_V1_KS_ENC, BSICA_V1_KS_MAC },
    { WITH_BOTH, SET_AT "< 9000\n" GENERAL "< 7C009000\n", PV_CIPHER_AES128, BSICA_V1_KS_ENC, BSICA_V1_KS_MAC },
    { WITH_3DES, SET_KAT "< 9000\n", PV_CIPHER_3DES, NULL, NULL },
    { WITHOUT, SET_KAT "< 9000\n", PV_CIPHER_3DES, NULL, NULL },
    { WITHOUT, SET_KAT "< 6A80\n" SET_AT_3DES "< 9000\n" GENERAL "< 7C009000\n", PV_CIPHER_3DES, NULL, NULL },
    { WITH_AES_7, "> 002241A40C800A04007F00070202030202\n< 9000\n" GENERAL "< 7C009000\n", PV_CIPHER_AES128,
      BSICA_V1_KS_ENC, BSICA_V1_KS_MAC },
  };

  (void) state;
  unhex (BSICA_SHARED_X, secret);
  pv_kdf (PV_CIPHER_3DES, secret, sizeof secret, 1, enc);
  pv_kdf (PV_CIPHER_3DES, secret, sizeof secret, 2, mac);
  for (gsize i = 0; i < sizeof enc; i++) {
    g_string_append_printf (enc_text, "%02X", enc[i]);
    g_string_append_printf (mac_text, "%02X", mac[i]);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = add_read (rows[i].text, rows[i].cipher, rows[i].enc != NULL ? rows[i].enc : enc_text->str,
                                      rows[i].mac != NULL ? rows[i].mac : mac_text->str);
    g_autoptr (GError) error = NULL;
    PvChipProof proof;

    assert_false (play (rows[i].infos, text, &proof, &error));
    if (!g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_LOST))
      fail_msg ("row %zu: %s", i, error->message);
  }
}

/* With an identifier at the key, the chip is told which. */
static void
names_the_key_where_it_has_an_identifier (void **state)
{
  static const char infos[] = "3178" KEY_INFO_7 AES_INFO_7;
  g_autofree char *text = add_read ("> 002241A40F800A04007F00070202030202840107\n< 9000\n" GENERAL "< 7C009000\n",
                                    PV_CIPHER_AES128, BSICA_V1_KS_ENC, BSICA_V1_KS_MAC);
  g_autoptr (GError) error = NULL;
  PvChipProof proof;

  (void) state;
  assert_false (play (infos, text, &proof, &error));
  assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_LOST));
}

static void
judges_a_chip_that_does_not_do_it (void **state)
{
  static const struct {
    const char *what, *infos, *text;
    PvChipProof proof;
  } rows[] = {
    { "nothing is offered", "3100", "", PV_CHIP_ABSENT },
    { "a protocol without a key", ONLY_INFO, "", PV_CHIP_UNKNOWN },
    { "only version 2", WITH_2, "", PV_CHIP_UNKNOWN },
    { "a protocol of numbers, a key on a curve", WITH_DH, "", PV_CHIP_UNKNOWN },
    { "a protocol for another key", "3178" KEY_INFO_7 "3012060A04007F00070202030202020101020108", "", PV_CHIP_UNKNOWN },
    { "two keys, and a protocol that does not say which", "3181D3" KEY_INFO KEY_INFO AES_INFO, "", PV_CHIP_UNKNOWN },
    { "announced and refused", WITH_AES, SET_AT "< 6A80\n", PV_CHIP_FAILED },
    { "announced and refused late", WITH_AES, SET_AT "< 9000\n" GENERAL "< 6300\n", PV_CHIP_FAILED },
    { "3DES, both ways refused", WITH_3DES, SET_KAT "< 6A80\n" SET_AT_3DES "< 6A80\n", PV_CHIP_FAILED },
    { "inferred and refused", WITHOUT, SET_KAT "< 6D00\n" SET_AT_3DES "< 6D00\n", PV_CHIP_UNKNOWN },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    PvChipProof proof = PV_CHIP_PROVEN;

    if (!play (rows[i].infos, rows[i].text, &proof, &error))
      fail_msg ("%s: %s", rows[i].what, error->message);
    if (proof != rows[i].proof)
      fail_msg ("%s: %d", rows[i].what, (int) proof);
  }
}

/* PACE first, as there must be a channel; then the proof. */
static PvChipProof
prove (PvCipher cipher, gint id, gboolean with_protocol, gboolean is_copy, gboolean *ret_is_short)
{
  g_autoptr (PvCardTransport) peer = pv_eac_peer_new (PV_CIPHER_AES128, 13, PV_PASSWORD_CAN, "123456");
  g_autoptr (PvCardPassword) password = pv_card_password_new_can ("123456");
  g_autoptr (PvChannel) channel = pv_channel_new (peer);
  g_autoptr (GBytes) bytes = NULL;
  g_auto (PvPaceResult) result = { 0 };
  PvPaceInfo pace = { .mapping = PV_MAPPING_ECDH_GM, .cipher = PV_CIPHER_AES128, .parameter_id = 13 };
  PvChipProof proof = PV_CHIP_ABSENT;
  PvSecurityInfos infos;
  gsize length;
  const guint8 *data;

  pace.oid_length = unhex (ECGM_OID, pace.oid);
  assert_true (pv_pace_run (channel, &pace, FALSE, password, &result, NULL));
  pv_eac_peer_offer_chip_auth (peer, cipher, id);
  bytes = pv_eac_peer_make_infos (peer, with_protocol);
  if (is_copy)
    pv_eac_peer_lose_key (peer);
  data = g_bytes_get_data (bytes, &length);
  assert_true (pv_security_infos_parse (data, length, &infos, NULL));
  assert_true (pv_chip_auth_run (channel, &infos, &proof, NULL));
  assert_int_equal (pv_channel_is_secured (channel), proof != PV_CHIP_FAILED);
  *ret_is_short = pv_eac_peer_has_short_number (peer);
  return proof;
}

static void
is_proven_by_libeac_in_every_group_with_every_cipher (void **state)
{
  guint count = 0;

  (void) state;
  for (gint id = 0; id <= 18; id++)
    for (PvCipher cipher = PV_CIPHER_3DES; cipher < PV_N_CIPHERS; cipher++) {
      PvChipProof proof = PV_CHIP_FAILED;
      gboolean is_short = TRUE;

      if (id > 2 && id < 8)
        continue;
      for (guint tries = 0; proof != PV_CHIP_PROVEN && is_short && tries < MAX_SHORT_NUMBERS; tries++)
        proof = prove (cipher, id, TRUE, FALSE, &is_short);
      if (proof != PV_CHIP_PROVEN)
        fail_msg ("group %d, cipher %d: %d", id, (int) cipher, (int) proof);
      count++;
    }
  assert_int_equal (count, 14 * 4);
}

static void
infers_3des_where_no_protocol_is_announced (void **state)
{
  gboolean is_short;

  (void) state;
  assert_int_equal (prove (PV_CIPHER_3DES, 12, FALSE, FALSE, &is_short), PV_CHIP_PROVEN);
}

static void
tells_a_copy_of_a_chip (void **state)
{
  static const struct {
    PvCipher cipher;
    gint id;
  } rows[] = { { PV_CIPHER_AES128, 13 }, { PV_CIPHER_AES256, 15 }, { PV_CIPHER_3DES, 12 }, { PV_CIPHER_AES128, 0 } };
  gboolean is_short;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_int_equal (prove (rows[i].cipher, rows[i].id, TRUE, TRUE, &is_short), PV_CHIP_FAILED);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (speaks_under_the_keys_of_the_example),
    cmocka_unit_test (names_the_key_where_it_has_an_identifier),
    cmocka_unit_test (judges_a_chip_that_does_not_do_it),
    cmocka_unit_test (is_proven_by_libeac_in_every_group_with_every_cipher),
    cmocka_unit_test (infers_3des_where_no_protocol_is_announced),
    cmocka_unit_test (tells_a_copy_of_a_chip),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

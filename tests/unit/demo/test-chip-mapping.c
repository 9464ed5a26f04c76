/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "demo/card/chip-mapping.h"

#include "demo/card/chip-eac.h"
#include "demo/card/chip-pace.h"
#include "hex.h"
#include "pace-vectors.h"
#include "tst.h"

static GBytes *
bytes_of (const char *hex)
{
  guint8 bytes[512];

  return g_bytes_new (bytes, unhex (hex, bytes));
}

static BIGNUM *
number_of (const char *hex)
{
  BIGNUM *number = NULL;

  assert_int_not_equal (BN_hex2bn (&number, hex), 0);
  return number;
}

static void
assert_bytes (GBytes *bytes, const char *hex)
{
  g_autoptr (GBytes) expected = bytes_of (hex);

  assert_non_null (bytes);
  assert_int_equal (g_bytes_get_size (bytes), g_bytes_get_size (expected));
  assert_memory_equal (g_bytes_get_data (bytes, NULL), g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
}

/* One side of a worked example. The examples print the secrets of the terminal; both sides compute the same, so the run
 * here plays it: @own keys and tokens are the terminal's where those of the chip are not told. */
typedef struct Example {
  PvChipPaceOffer offer;
  const char *code;         /* K */
  const char *nonce;        /* s */
  const char *cryptogram;   /* z */
  const char *map_secret;   /* own, of a generic mapping */
  const char *map_sent;     /* what the other side sends: its key, or its nonce t */
  const char *map_own;      /* what this side sends; "": nothing */
  const char *secret, *own; /* of the agreement */
  const char *theirs;
  const char *encryption_key, *mac_key, *own_token, *their_token;
} Example;

static const Example examples[] = {
  { { PV_CHIP_ECDH_GM, PV_CHIP_AES128, 13 },
    ECGM_K,
    ECGM_S,
    ECGM_Z,
    ECGM_SKMAP_IC,
    ECGM_PKMAP_IFD,
    ECGM_PKMAP_IC,
    ECGM_SK_IC,
    ECGM_PK_IC,
    ECGM_PK_IFD,
    ECGM_KS_ENC,
    ECGM_KS_MAC,
    ECGM_T_IC,
    ECGM_T_IFD },
  { { PV_CHIP_DH_GM, PV_CHIP_AES128, 0 },
    ECGM_K,
    DHGM_S,
    DHGM_Z,
    DHGM_SKMAP_IFD,
    DHGM_PKMAP_IC,
    DHGM_PKMAP_IFD,
    DHGM_SK_IFD,
    DHGM_PK_IFD,
    DHGM_PK_IC,
    DHGM_KS_ENC,
    DHGM_KS_MAC,
    DHGM_T_IFD,
    DHGM_T_IC },
  { { PV_CHIP_ECDH_IM, PV_CHIP_AES128, 13 },
    "313233343536",
    ECIM_S,
    ECIM_Z,
    NULL,
    ECIM_T,
    "",
    ECIM_SK_IFD,
    ECIM_PK_IFD,
    ECIM_PK_IC,
    ECIM_KS_ENC,
    ECIM_KS_MAC,
    ECIM_T_IFD,
    ECIM_T_IC },
  { { PV_CHIP_DH_IM, PV_CHIP_AES128, 0 },
    "313233343536",
    DHIM_S,
    DHIM_Z,
    NULL,
    DHIM_T,
    "",
    DHIM_SK_IFD,
    DHIM_PK_IFD,
    DHIM_PK_IC,
    DHIM_KS_ENC,
    DHIM_KS_MAC,
    DHIM_T_IFD,
    DHIM_T_IC },
  { { PV_CHIP_ECDH_CAM, PV_CHIP_AES128, 13 },
    CAM_K,
    CAM_S,
    CAM_Z,
    CAM_SKMAP_IFD,
    CAM_PKMAP_IC,
    CAM_PKMAP_IFD,
    CAM_SK_IFD,
    CAM_PK_IFD,
    CAM_PK_IC,
    CAM_KS_ENC,
    CAM_KS_MAC,
    CAM_T_IFD,
    CAM_T_IC },
};

static void
force (PvChipPace *pace, const Example *example)
{
  g_autoptr (GBytes) nonce = bytes_of (example->nonce);
  BIGNUM *secret = number_of (example->secret);

  pv_chip_pace_force_nonce (pace, nonce);
  pv_chip_pace_force_key (pace, secret);
  BN_free (secret);
  if (example->map_secret == NULL)
    return;
  secret = number_of (example->map_secret);
  pv_chip_pace_force_mapping_key (pace, secret);
  BN_free (secret);
}

static void
assert_tokens (PvChipPace *pace, const Example *example)
{
  guint8 own[PV_CHIP_MAC_BYTES], theirs[PV_CHIP_MAC_BYTES];
  g_autoptr (GBytes) token = NULL;

  pace->ops->make_token (pace, own);
  token = g_bytes_new (own, sizeof own);
  assert_bytes (token, example->own_token);
  assert_int_equal (unhex (example->their_token, theirs), sizeof theirs);
  assert_true (pace->ops->check_token (pace, theirs));
  theirs[7] ^= 1;
  assert_false (pace->ops->check_token (pace, theirs));
}

static void
plays_the_worked_examples_of_doc_9303 (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++) {
    const Example *example = &examples[i];
    g_autoptr (GBytes) code = bytes_of (example->code);
    g_autoptr (PvChipPace) pace = pv_chip_pace_new_own (&example->offer, code);
    g_autoptr (GBytes) map_sent = bytes_of (example->map_sent);
    g_autoptr (GBytes) theirs = bytes_of (example->theirs);
    g_autoptr (GBytes) cryptogram = NULL;
    g_autoptr (GBytes) map_own = NULL;
    g_autoptr (GBytes) own = NULL;
    g_autoptr (GBytes) encryption_key = NULL;
    g_autoptr (GBytes) mac_key = NULL;

    force (pace, example);
    cryptogram = pace->ops->nonce (pace);
    assert_bytes (cryptogram, example->cryptogram);
    map_own = pace->ops->map (pace, map_sent);
    assert_bytes (map_own, example->map_own);
    own = pace->ops->agree (pace, theirs);
    assert_bytes (own, example->own);
    encryption_key = g_bytes_new (pace->encryption_key, 16);
    mac_key = g_bytes_new (pace->mac_key, 16);
    assert_bytes (encryption_key, example->encryption_key);
    assert_bytes (mac_key, example->mac_key);
    assert_tokens (pace, example);
  }
}

static void
maps_a_nonce_to_the_elements_of_appendix_h (void **state)
{
  static const struct {
    int parameter_id;
    const char *s, *t, *random, *generator;
  } rows[] = {
    { 13, ECIM_S, ECIM_T, ECIM_RP, ECIM_G_MAPPED },
    { 0, DHIM_S, DHIM_T, DHIM_RP, DHIM_G_MAPPED },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvChipGroup) group = pv_chip_group_new (rows[i].parameter_id);
    g_autoptr (GBytes) s = bytes_of (rows[i].s);
    g_autoptr (GBytes) t = bytes_of (rows[i].t);
    g_autoptr (GBytes) generator = pv_chip_map_integrated (group, PV_CHIP_AES128, s, t);
    BIGNUM *random = pv_chip_map_random (group, PV_CHIP_AES128, s, t);
    BIGNUM *expected = number_of (rows[i].random);

    assert_int_equal (BN_cmp (random, expected), 0);
    assert_bytes (generator, rows[i].generator);
    BN_free (random);
    BN_free (expected);
  }
}

/* Every curve of which p = 3 mod 4, with each cipher: the point is on the curve, or it could not be coded. */
static void
maps_to_every_group_but_p224 (void **state)
{
  static const guint8 bytes[32] = { 1, 2, 3, 4, 5, 6, 7, 8 };

  (void) state;
  for (int id = 0; id <= 18; id++)
    for (guint cipher = 0; cipher < PV_N_CHIP_CIPHERS; cipher++) {
      g_autoptr (PvChipGroup) group = pv_chip_group_new (id);
      g_autoptr (GBytes) s = g_bytes_new (bytes, pv_chip_nonce_bytes ((PvChipCipher) cipher, TRUE));
      g_autoptr (GBytes) t = g_bytes_new (bytes, pv_chip_other_nonce_bytes ((PvChipCipher) cipher));
      g_autoptr (GBytes) generator = NULL;

      if (id > 2 && id < 8) {
        assert_null (group);
        continue;
      }
      generator = pv_chip_map_integrated (group, (PvChipCipher) cipher, s, t);
      assert_int_equal (generator != NULL, id != 10);
      if (generator != NULL && id >= 8) {
        g_autoptr (GBytes) product = pv_chip_group_power (group, generator, BN_value_one ());

        assert_non_null (product);
        assert_true (g_bytes_equal (product, generator));
      }
    }
}

static void
multiplies_the_static_key_of_appendix_i_to_the_mapping_key (void **state)
{
  g_autoptr (PvChipGroup) group = pv_chip_group_new (13);
  g_autoptr (GBytes) key = bytes_of (CAM_STATIC_PK_IC);
  BIGNUM *ca = number_of (CAM_CA_IC);
  g_autoptr (GBytes) product = pv_chip_group_power (group, key, ca);

  (void) state;
  assert_bytes (product, CAM_PKMAP_IC);
  BN_free (ca);
}

static void
encrypts_the_proof_of_appendix_i (void **state)
{
  guint8 key[16], vector[16], data[48];
  g_autoptr (GBytes) cryptogram = NULL;

  (void) state;
  unhex (CAM_KS_ENC, key);
  memset (vector, 0xFF, sizeof vector);
  memset (data, 0, sizeof data);
  assert_int_equal (unhex (CAM_CA_IC, data), 32);
  data[32] = 0x80;
  pv_chip_encrypt (PV_CHIP_AES128, key, NULL, vector, sizeof vector, vector);
  pv_chip_encrypt (PV_CHIP_AES128, key, vector, data, sizeof data, data);
  cryptogram = g_bytes_new (data, sizeof data);
  assert_bytes (cryptogram, CAM_DO8A);
}

/* libeac cuts leading zeros: one key in 256. */
static void
counts_the_leading_zeros_of_a_key (void **state)
{
  static const PvChipPaceOffer offer = { PV_CHIP_DH_GM, PV_CHIP_AES128, 0 };
  g_autoptr (PvChipGroup) group = pv_chip_group_new (offer.parameter_id);
  g_autoptr (GBytes) code = g_bytes_new_static ("123456", 6);
  g_autoptr (PvChipPace) pace = NULL;
  g_auto (PvChipKey) map_key = { 0 };
  g_auto (PvChipKey) key = { 0 };
  g_autoptr (GBytes) cryptogram = NULL;
  g_autoptr (GBytes) nonce = NULL;
  g_autoptr (GBytes) their_map_key = NULL;
  g_autoptr (GBytes) generator = NULL;
  g_autoptr (GBytes) theirs = NULL;
  g_autoptr (GBytes) shared = NULL;
  guint8 password_key[16], plain[16], mac_key[16], token[8], expected[8];

  (void) state;
  pv_chip_eac_start ();
  pace = pv_chip_pace_new_eac (&offer, code);
  assert_non_null (pace);
  cryptogram = pace->ops->nonce (pace);
  pv_chip_kdf (offer.cipher, (const guint8 *) "123456", 6, 3, password_key);
  pv_chip_decrypt (offer.cipher, password_key, NULL, g_bytes_get_data (cryptogram, NULL), 16, plain);
  nonce = g_bytes_new (plain, sizeof plain);
  assert_true (pv_chip_group_make_key (group, NULL, &map_key));
  their_map_key = pace->ops->map (pace, map_key.public);
  generator = pv_chip_map_generic (group, nonce, map_key.secret, their_map_key);
  do {
    pv_chip_key_clear (&key);
    assert_true (pv_chip_group_make_key (group, generator, &key));
  } while (((const guint8 *) g_bytes_get_data (key.public, NULL))[0] != 0);
  theirs = pace->ops->agree (pace, key.public);
  assert_int_equal (g_bytes_get_size (theirs), 128);
  shared = pv_chip_group_agree (group, key.secret, theirs);
  pv_chip_kdf (offer.cipher, g_bytes_get_data (shared, NULL), g_bytes_get_size (shared), 2, mac_key);
  pv_chip_pace_token (&offer, mac_key, theirs, token);
  assert_true (pace->ops->check_token (pace, token));
  pace->ops->make_token (pace, token);
  pv_chip_pace_token (&offer, mac_key, key.public, expected);
  assert_memory_equal (token, expected, sizeof token);
}

static void
refuses_what_is_no_element_of_the_group (void **state)
{
  g_autoptr (PvChipGroup) curve = pv_chip_group_new (13);
  g_autoptr (PvChipGroup) field = pv_chip_group_new (0);
  g_autoptr (GBytes) off_curve = NULL;
  g_autoptr (GBytes) infinity = g_bytes_new ("\0", 1);
  g_autoptr (GBytes) one = g_bytes_new ("\1", 1);
  guint8 point[65];

  (void) state;
  unhex (ECGM_PK_IC, point);
  point[64] ^= 1;
  off_curve = g_bytes_new (point, sizeof point);
  assert_null (pv_chip_group_agree (curve, BN_value_one (), off_curve));
  assert_null (pv_chip_group_agree (curve, BN_value_one (), infinity));
  assert_null (pv_chip_group_agree (field, BN_value_one (), one));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (plays_the_worked_examples_of_doc_9303),
    cmocka_unit_test (maps_a_nonce_to_the_elements_of_appendix_h),
    cmocka_unit_test (maps_to_every_group_but_p224),
    cmocka_unit_test (multiplies_the_static_key_of_appendix_i_to_the_mapping_key),
    cmocka_unit_test (encrypts_the_proof_of_appendix_i),
    cmocka_unit_test (counts_the_leading_zeros_of_a_key),
    cmocka_unit_test (refuses_what_is_no_element_of_the_group),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The steps of PACE against the figures of the worked examples. */
#include "eid/pace-internal.h"

#include "hex.h"
#include "tst.h"

#include "examples-pace.h"

typedef struct Example {
  gint id;
  PvMapping mapping;
  const char *oid, *password; /* in hexadecimal */
  const char *z, *s, *map_private, *map_public, *map_peer, *nonce;
  const char *mapped, *key, *public, *peer, *secret, *enc, *mac, *token, *peer_token;
} Example;

#define CAN_HEX "313233343536"

static const Example examples[] = {
  { 13, PV_MAPPING_ECDH_GM, ECGM_OID, ECGM_K, ECGM_Z, ECGM_S, ECGM_SKMAP_IFD, ECGM_PKMAP_IFD, ECGM_PKMAP_IC, NULL,
    ECGM_G_MAPPED, ECGM_SK_IFD, ECGM_PK_IFD, ECGM_PK_IC, ECGM_SHARED_X, ECGM_KS_ENC, ECGM_KS_MAC, ECGM_T_IFD,
    ECGM_T_IC },
  { 0, PV_MAPPING_DH_GM, DHGM_OID, ECGM_K, DHGM_Z, DHGM_S, DHGM_SKMAP_IFD, DHGM_PKMAP_IFD, DHGM_PKMAP_IC, NULL,
    DHGM_G_MAPPED, DHGM_SK_IFD, DHGM_PK_IFD, DHGM_PK_IC, DHGM_SHARED, DHGM_KS_ENC, DHGM_KS_MAC, DHGM_T_IFD, DHGM_T_IC },
  { 13, PV_MAPPING_ECDH_IM, ECIM_OID, CAN_HEX, ECIM_Z, ECIM_S, NULL, NULL, NULL, ECIM_T, ECIM_G_MAPPED, ECIM_SK_IFD,
    ECIM_PK_IFD, ECIM_PK_IC, ECIM_SHARED_X, ECIM_KS_ENC, ECIM_KS_MAC, ECIM_T_IFD, ECIM_T_IC },
  { 0, PV_MAPPING_DH_IM, DHIM_OID, CAN_HEX, DHIM_Z, DHIM_S, NULL, NULL, NULL, DHIM_T, DHIM_G_MAPPED, DHIM_SK_IFD,
    DHIM_PK_IFD, DHIM_PK_IC, DHIM_SHARED, DHIM_KS_ENC, DHIM_KS_MAC, DHIM_T_IFD, DHIM_T_IC },
  { 13, PV_MAPPING_ECDH_CAM, CAM_OID, CAM_K, CAM_Z, CAM_S, CAM_SKMAP_IFD, CAM_PKMAP_IFD, CAM_PKMAP_IC, NULL,
    CAM_G_MAPPED, CAM_SK_IFD, CAM_PK_IFD, CAM_PK_IC, CAM_SHARED_X, CAM_KS_ENC, CAM_KS_MAC, CAM_T_IFD, CAM_T_IC },
  { 13, PV_MAPPING_ECDH_GM, ECGM_OID, CAN_HEX, BSI_Z, BSI_S, BSI_SKMAP_IFD, BSI_PKMAP_IFD, BSI_PKMAP_IC, NULL,
    BSI_G_MAPPED, BSI_SK_IFD, BSI_PK_IFD, BSI_PK_IC, BSI_SHARED_X, BSI_KS_ENC, BSI_KS_MAC, BSI_T_IFD, BSI_T_IC },
};

static BIGNUM *
number (const char *hex)
{
  BIGNUM *bn = NULL;

  assert_true (BN_hex2bn (&bn, hex) > 0);
  return bn;
}

static void
assert_element (const PvDomain *domain, const PvElement *element, const char *expected)
{
  guint8 bytes[PV_DOMAIN_MAX_KEY_BYTES], wanted[PV_DOMAIN_MAX_KEY_BYTES];

  assert_non_null (element);
  assert_true (pv_element_write (domain, element, bytes));
  assert_int_equal (unhex (expected, wanted), domain->key_bytes);
  assert_memory_equal (bytes, wanted, domain->key_bytes);
}

static PvElement *
element (const PvDomain *domain, const char *hex)
{
  guint8 bytes[PV_DOMAIN_MAX_KEY_BYTES];
  PvElement *read = pv_element_read (domain, bytes, unhex (hex, bytes));

  assert_non_null (read);
  return read;
}

static PvElement *
map (const Example *e, const PvDomain *domain)
{
  guint8 s[32], t[32];
  gsize length = unhex (e->s, s);
  g_autoptr (PvElement) generator = pv_element_new_generator (domain);

  if (e->nonce != NULL) {
    unhex (e->nonce, t);
    return pv_pace_map_integrated (domain, PV_CIPHER_AES128, s, t);
  }
  {
    g_autoptr (BIGNUM) key = number (e->map_private);
    g_autoptr (PvElement) public = pv_element_raise (domain, generator, key);
    g_autoptr (PvElement) peer = element (domain, e->map_peer);

    assert_element (domain, public, e->map_public);
    return pv_pace_map_generic (domain, s, length, key, peer);
  }
}

static void
assert_keys_and_tokens (const Example *e, const PvDomain *domain, const PvElement *shared)
{
  PvPaceInfo info = { .cipher = PV_CIPHER_AES128, .oid_length = 10 };
  guint8 secret[PV_DOMAIN_MAX_KEY_BYTES], wanted[PV_DOMAIN_MAX_KEY_BYTES], key[32], token[8];
  gsize length;

  assert_true (pv_element_write_secret (domain, shared, secret));
  assert_int_equal (unhex (e->secret, wanted), domain->field_bytes);
  assert_memory_equal (secret, wanted, domain->field_bytes);
  pv_kdf (PV_CIPHER_AES128, secret, domain->field_bytes, 1, key);
  unhex (e->enc, wanted);
  assert_memory_equal (key, wanted, 16);
  pv_kdf (PV_CIPHER_AES128, secret, domain->field_bytes, 2, key);
  unhex (e->mac, wanted);
  assert_memory_equal (key, wanted, 16);
  unhex (e->oid, info.oid);
  length = unhex (e->peer, wanted);
  pv_pace_token (&info, domain->is_ec, key, wanted, length, token);
  unhex (e->token, wanted);
  assert_memory_equal (token, wanted, 8);
  length = unhex (e->public, wanted);
  pv_pace_token (&info, domain->is_ec, key, wanted, length, token);
  unhex (e->peer_token, wanted);
  assert_memory_equal (token, wanted, 8);
}

static void
agrees_with_every_worked_example (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++) {
    const Example *e = &examples[i];
    g_autoptr (PvDomain) domain = pv_domain_new (e->id);
    guint8 password[32], z[32], s[32], wanted[32];
    gsize length = unhex (e->z, z);
    g_autoptr (PvElement) mapped = NULL;
    g_autoptr (PvElement) public = NULL;
    g_autoptr (PvElement) peer = NULL;
    g_autoptr (PvElement) shared = NULL;
    g_autoptr (BIGNUM) key = number (e->key);

    pv_pace_decrypt_nonce (PV_CIPHER_AES128, password, unhex (e->password, password), z, length, s);
    assert_int_equal (unhex (e->s, wanted), length);
    assert_memory_equal (s, wanted, length);
    mapped = map (e, domain);
    assert_element (domain, mapped, e->mapped);
    public = pv_element_raise (domain, mapped, key);
    assert_element (domain, public, e->public);
    peer = element (domain, e->peer);
    shared = pv_element_raise (domain, peer, key);
    assert_keys_and_tokens (e, domain, shared);
  }
}

static void
makes_the_pseudo_random_numbers_of_the_examples (void **state)
{
  static const struct {
    gint id;
    const char *s, *t, *number;
  } rows[] = { { 13, ECIM_S, ECIM_T, ECIM_RP }, { 0, DHIM_S, DHIM_T, DHIM_RP } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvDomain) domain = pv_domain_new (rows[i].id);
    guint8 s[16], t[16];
    g_autoptr (BIGNUM) got = NULL;
    g_autoptr (BIGNUM) wanted = number (rows[i].number);

    unhex (rows[i].s, s);
    unhex (rows[i].t, t);
    got = pv_pace_integrated_number (domain, PV_CIPHER_AES128, s, t);
    assert_int_equal (BN_cmp (got, wanted), 0);
  }
}

/* No document has an example: that the result is always a point of the curve, and always the same for the same nonces,
 * is what can be said; both ways of the encoding are taken. */
static void
maps_onto_every_curve_with_every_cipher_but_p224 (void **state)
{
  (void) state;
  for (gint id = 0; id <= 18; id++) {
    g_autoptr (PvDomain) domain = pv_domain_new (id);

    for (PvCipher cipher = PV_CIPHER_3DES; domain != NULL && cipher < PV_N_CIPHERS; cipher++)
      for (guint8 seed = 0; seed < (domain->is_ec ? 8 : 1); seed++) {
        guint8 s[32] = { seed }, t[32] = { [5] = 77 };
        g_autoptr (PvElement) mapped = pv_pace_map_integrated (domain, cipher, s, t);
        g_autoptr (PvElement) again = pv_pace_map_integrated (domain, cipher, s, t);
        guint8 bytes[PV_DOMAIN_MAX_KEY_BYTES];
        g_autoptr (PvElement) checked = NULL;

        if (id == PV_DOMAIN_NO_INTEGRATED_ID) {
          assert_null (mapped);
          continue;
        }
        assert_non_null (mapped);
        assert_true (pv_element_equal (domain, mapped, again));
        assert_true (pv_element_write (domain, mapped, bytes));
        checked = pv_element_read (domain, bytes, domain->key_bytes);
        assert_non_null (checked);
      }
  }
}

static void
maps_to_nothing_when_the_chip_cancels_the_nonce_out (void **state)
{
  static const gint ids[] = { 0, 12, 13 };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (PvDomain) domain = pv_domain_new (ids[i]);
    g_autoptr (PvElement) generator = pv_element_new_generator (domain);
    g_autoptr (BIGNUM) one = number ("1");
    g_autoptr (BIGNUM) minus_five = BN_dup (domain->order);
    g_autoptr (PvElement) peer = NULL;
    const guint8 s[16] = { [15] = 5 }, other[16] = { [15] = 6 };
    g_autoptr (PvElement) mapped = NULL;

    BN_sub_word (minus_five, 5);
    peer = pv_element_raise (domain, generator, minus_five);
    assert_null (pv_pace_map_generic (domain, s, sizeof s, one, peer));
    mapped = pv_pace_map_generic (domain, other, sizeof other, one, peer);
    assert_true (pv_element_equal (domain, mapped, generator));
  }
}

static void
reduces_a_nonce_that_is_longer_than_the_order (void **state)
{
  g_autoptr (PvDomain) domain = pv_domain_new (8);
  g_autoptr (PvElement) generator = pv_element_new_generator (domain);
  g_autoptr (BIGNUM) two = number ("2");
  g_autoptr (BIGNUM) long_nonce = BN_dup (domain->order);
  guint8 long_s[32], short_s[32] = { [31] = 9 };
  g_autoptr (PvElement) a = NULL;
  g_autoptr (PvElement) b = NULL;

  (void) state;
  BN_mul_word (long_nonce, 3);
  BN_add_word (long_nonce, 9);
  assert_int_equal (BN_bn2binpad (long_nonce, long_s, sizeof long_s), sizeof long_s);
  a = pv_pace_map_generic (domain, long_s, sizeof long_s, two, generator);
  b = pv_pace_map_generic (domain, short_s, sizeof short_s, two, generator);
  assert_true (pv_element_equal (domain, a, b));
}

static void
checks_chip_authentication_mapping (void **state)
{
  g_auto (PvPaceResult) result = { .parameter_id = 13 };
  guint8 bytes[256], enc[16], wanted[64];
  PvSecurityInfos infos;
  gsize length;

  (void) state;
  unhex (CAM_KS_ENC, enc);
  assert_true (pv_pace_decrypt_cam (PV_CIPHER_AES128, enc, bytes, unhex (CAM_DO8A, bytes), &result.cam_data));
  assert_int_equal (unhex (CAM_CA_IC, wanted), result.cam_data.length);
  assert_memory_equal (result.cam_data.data, wanted, result.cam_data.length);
  pv_card_bytes_add (&result.mapping_key, bytes, unhex (CAM_PKMAP_IC, bytes));
  length = unhex (CAM_SECURITY_INFOS, bytes);
  assert_true (pv_security_infos_parse (bytes, length, &infos, NULL));
  assert_int_equal (infos.n_keys, 1);
  assert_int_equal (infos.keys[0].key_id, 13);
  assert_true (pv_pace_check_cam (&result, infos.keys[0].key, infos.keys[0].key_length));
  result.parameter_id = 12;
  assert_false (pv_pace_check_cam (&result, infos.keys[0].key, infos.keys[0].key_length));
  result.parameter_id = 13;
  result.cam_data.data[5] ^= 1;
  assert_false (pv_pace_check_cam (&result, infos.keys[0].key, infos.keys[0].key_length));
  result.cam_data.data[5] ^= 1;
  assert_true (pv_pace_check_cam (&result, infos.keys[0].key, infos.keys[0].key_length));
  assert_false (pv_pace_check_cam (&result, infos.keys[0].key, infos.keys[0].key_length - 1));
}

/* The same point comes out with the order added, or taken away from zero: one number has one form. */
static void
takes_chip_authentication_data_in_one_form_only (void **state)
{
  g_autoptr (PvDomain) domain = pv_domain_new (13);
  g_auto (PvPaceResult) result = { .parameter_id = 13 };
  g_autoptr (BIGNUM) ca = number (CAM_CA_IC);
  guint8 bytes[256], form[33];
  PvSecurityInfos infos;

  (void) state;
  pv_card_bytes_add (&result.mapping_key, bytes, unhex (CAM_PKMAP_IC, bytes));
  assert_true (pv_security_infos_parse (bytes, unhex (CAM_SECURITY_INFOS, bytes), &infos, NULL));
  assert_int_equal (BN_bn2binpad (ca, form, sizeof form), sizeof form);
  pv_card_bytes_add (&result.cam_data, form, sizeof form);
  assert_true (pv_pace_check_cam (&result, infos.keys[0].key, infos.keys[0].key_length));
  BN_add (ca, ca, domain->order);
  assert_int_equal (BN_bn2binpad (ca, result.cam_data.data, sizeof form), sizeof form);
  assert_false (pv_pace_check_cam (&result, infos.keys[0].key, infos.keys[0].key_length));
  memset (result.cam_data.data, 0, sizeof form);
  assert_false (pv_pace_check_cam (&result, infos.keys[0].key, infos.keys[0].key_length));
}

static void
refuses_chip_authentication_data_that_is_padded_wrong (void **state)
{
  static const guint8 enc[16] = { 1 };
  guint8 iv[16], plain[16] = { 0 }, sealed[16];
  g_auto (PvCardBytes) ca = { 0 };

  (void) state;
  memset (iv, 0xFF, sizeof iv);
  pv_cipher_encrypt_block (PV_CIPHER_AES128, enc, iv, iv);
  pv_cipher_encrypt (PV_CIPHER_AES128, enc, iv, plain, sizeof plain, sealed);
  assert_false (pv_pace_decrypt_cam (PV_CIPHER_AES128, enc, sealed, sizeof sealed, &ca));
  plain[0] = 0x80; /* nothing in it */
  pv_cipher_encrypt (PV_CIPHER_AES128, enc, iv, plain, sizeof plain, sealed);
  assert_false (pv_pace_decrypt_cam (PV_CIPHER_AES128, enc, sealed, sizeof sealed, &ca));
  assert_false (pv_pace_decrypt_cam (PV_CIPHER_AES128, enc, sealed, 15, &ca));
  assert_false (pv_pace_decrypt_cam (PV_CIPHER_AES128, enc, sealed, 0, &ca));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (agrees_with_every_worked_example),
    cmocka_unit_test (makes_the_pseudo_random_numbers_of_the_examples),
    cmocka_unit_test (maps_onto_every_curve_with_every_cipher_but_p224),
    cmocka_unit_test (maps_to_nothing_when_the_chip_cancels_the_nonce_out),
    cmocka_unit_test (reduces_a_nonce_that_is_longer_than_the_order),
    cmocka_unit_test (checks_chip_authentication_mapping),
    cmocka_unit_test (takes_chip_authentication_data_in_one_form_only),
    cmocka_unit_test (refuses_chip_authentication_data_that_is_padded_wrong),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/objects.h>
#include <openssl/x509.h>

#include "eid/chip-auth-internal.h"
#include "eid/transport-script.h"
#include "hex.h"
#include "tst.h"

#include "examples-active-auth.h"

enum { MAX_KEY = 2048 };

static gsize
encode (EVP_PKEY *key, guint8 ret_key[MAX_KEY])
{
  guint8 *at = ret_key;
  int length = i2d_PUBKEY (key, NULL);

  assert_in_range (length, 1, MAX_KEY);
  return (gsize) i2d_PUBKEY (key, &at);
}

static EVP_PKEY *
make_key (const char *kind, OSSL_PARAM *parameters)
{
  EVP_PKEY_CTX *maker = EVP_PKEY_CTX_new_from_name (NULL, kind, NULL);
  EVP_PKEY *key = NULL;

  assert_int_equal (EVP_PKEY_fromdata_init (maker), 1);
  assert_int_equal (EVP_PKEY_fromdata (maker, &key, EVP_PKEY_PUBLIC_KEY, parameters), 1);
  EVP_PKEY_CTX_free (maker);
  return key;
}

static gsize
make_rsa (const char *modulus, guint8 ret_key[MAX_KEY])
{
  guint8 n[256];
  gsize length = unhex (modulus, n), used;
  unsigned int e = 65537;
  EVP_PKEY *key;

  for (gsize i = 0; i < length / 2; i++) { /* native order: little-endian */
    guint8 byte = n[i];

    n[i] = n[length - 1 - i];
    n[length - 1 - i] = byte;
  }
  key = make_key ("RSA",
                  (OSSL_PARAM[]){ OSSL_PARAM_construct_BN (OSSL_PKEY_PARAM_RSA_N, n, length),
                                  OSSL_PARAM_construct_uint (OSSL_PKEY_PARAM_RSA_E, &e), OSSL_PARAM_construct_end () });
  used = encode (key, ret_key);
  EVP_PKEY_free (key);
  return used;
}

static gsize
make_ec (const char *curve, const char *point, const char *encoding, guint8 ret_key[MAX_KEY])
{
  guint8 bytes[160];
  gsize length = unhex (point, bytes), used;
  EVP_PKEY *key = make_key (
    "EC", (OSSL_PARAM[]){ OSSL_PARAM_construct_utf8_string (OSSL_PKEY_PARAM_GROUP_NAME, (char *) curve, 0),
                          OSSL_PARAM_construct_utf8_string (OSSL_PKEY_PARAM_EC_ENCODING, (char *) encoding, 0),
                          OSSL_PARAM_construct_octet_string (OSSL_PKEY_PARAM_PUB_KEY, bytes, length),
                          OSSL_PARAM_construct_end () });

  used = encode (key, ret_key);
  EVP_PKEY_free (key);
  return used;
}

static PvChipProof
check (const guint8 *key, gsize key_length, int nid, const char *challenge, const char *signature)
{
  guint8 rnd[8], bytes[600];

  unhex (challenge, rnd);
  return pv_active_auth_check (key, key_length, nid, rnd, bytes, unhex (signature, bytes));
}

static void
proves_the_signatures_of_the_examples (void **state)
{
  guint8 key[MAX_KEY];
  gsize length;

  (void) state;
  length = make_rsa (AA1024_N, key);
  assert_int_equal (check (key, length, NID_undef, AA_RND, AA1024_SIG), PV_CHIP_PROVEN);
  assert_int_equal (check (key, length, NID_undef, "0102030405060709", AA1024_SIG), PV_CHIP_FAILED);
  assert_false (pv_active_auth_needs_long (key, length));
  length = make_rsa (AA2048_N, key);
  assert_int_equal (check (key, length, NID_undef, AA_RND, AA2048_SIG), PV_CHIP_PROVEN);
  assert_int_equal (check (key, length, NID_undef, AA_RND, AA1024_SIG), PV_CHIP_FAILED);
  assert_true (pv_active_auth_needs_long (key, length));
  length = make_ec ("brainpoolP256r1", AAEC_PUB, OSSL_PKEY_EC_ENCODING_GROUP, key);
  assert_int_equal (check (key, length, NID_sha256, AA_RND, AAEC_SIG), PV_CHIP_PROVEN);
  assert_int_equal (check (key, length, NID_undef, AA_RND, AAEC_SIG), PV_CHIP_PROVEN);
  assert_int_equal (check (key, length, NID_sha1, AA_RND, AAEC_SIG), PV_CHIP_FAILED);
  assert_int_equal (check (key, length, NID_sha256, "0102030405060709", AAEC_SIG), PV_CHIP_FAILED);
  assert_false (pv_active_auth_needs_long (key, length));
}

static void
proves_a_key_whose_curve_is_written_out (void **state)
{
  guint8 key[MAX_KEY];
  gsize length = make_ec ("brainpoolP256r1", AAEC_PUB, OSSL_PKEY_EC_ENCODING_EXPLICIT, key);

  (void) state;
  assert_true (length > 200);
  assert_int_equal (check (key, length, NID_sha256, AA_RND, AAEC_SIG), PV_CHIP_PROVEN);
}

static void
proves_a_signature_in_der_too (void **state)
{
  guint8 key[MAX_KEY], plain[64];
  gsize length = make_ec ("brainpoolP256r1", AAEC_PUB, OSSL_PKEY_EC_ENCODING_GROUP, key);
  g_autofree char *der = NULL;

  (void) state;
  unhex (AAEC_SIG, plain);
  assert_true (plain[0] >= 0x80 && plain[32] >= 0x80); /* each takes a zero in front */
  der = g_strdup_printf ("3046022100%.64s022100%s", AAEC_SIG, AAEC_SIG + 64);
  assert_int_equal (check (key, length, NID_sha256, AA_RND, der), PV_CHIP_PROVEN);
  der[20] ^= 1;
  assert_int_equal (check (key, length, NID_sha256, AA_RND, der), PV_CHIP_FAILED);
}

static void
refuses_signatures_that_are_none (void **state)
{
  static const char *const wrong[] = { "", "00", "30", "3006020101020101", AA1024_F };
  guint8 rsa[MAX_KEY], ec[MAX_KEY];
  gsize rsa_length = make_rsa (AA1024_N, rsa);
  gsize ec_length = make_ec ("brainpoolP256r1", AAEC_PUB, OSSL_PKEY_EC_ENCODING_GROUP, ec);
  g_autofree char *zeros = g_strnfill (256, '0');
  g_autofree char *ones = g_strnfill (256, 'F');
  g_autofree char *ec_zeros = g_strnfill (128, '0');

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    assert_int_equal (check (rsa, rsa_length, NID_undef, AA_RND, wrong[i]), PV_CHIP_FAILED);
    assert_int_equal (check (ec, ec_length, NID_undef, AA_RND, wrong[i]), PV_CHIP_FAILED);
  }
  assert_int_equal (check (rsa, rsa_length, NID_undef, AA_RND, zeros), PV_CHIP_FAILED);
  assert_int_equal (check (rsa, rsa_length, NID_undef, AA_RND, ones), PV_CHIP_FAILED); /* above n */
  assert_int_equal (check (ec, ec_length, NID_undef, AA_RND, ec_zeros), PV_CHIP_FAILED);
}

/* The same number modulo n, written larger. */
static void
takes_a_signature_in_one_form_only (void **state)
{
  guint8 key[MAX_KEY];
  gsize length = make_rsa (AA1024_N, key);
  BIGNUM *n = NULL, *s = NULL;
  char *text;

  (void) state;
  assert_true (BN_hex2bn (&n, AA1024_N) > 0 && BN_hex2bn (&s, AA1024_SIG) > 0);
  BN_add (s, s, n);
  assert_int_equal (BN_num_bytes (s), 128);
  text = BN_bn2hex (s);
  assert_int_equal (check (key, length, NID_undef, AA_RND, text), PV_CHIP_FAILED);
  OPENSSL_free (text);
  BN_free (n);
  BN_free (s);
}

/* Signs M1 as a chip would: header, M1, hash, trailer. */
static gsize
sign (EVP_PKEY *key, guint8 header, int nid, const char *trailer, const guint8 challenge[8], gboolean is_mirrored,
      guint8 *ret_signature)
{
  gsize bytes = (gsize) EVP_PKEY_get_bits (key) / 8, of_trailer = strlen (trailer) / 2, of_hash, at;
  const EVP_MD *method = EVP_get_digestbynid (nid);
  guint8 f[512], input[520];
  BIGNUM *n = NULL, *d = NULL, *m;
  BN_CTX *context = BN_CTX_new ();

  memset (f, 0x5A, sizeof f);
  of_hash = (gsize) EVP_MD_get_size (method);
  f[0] = header;
  at = bytes - of_hash - of_trailer;
  memcpy (input, f + 1, at - 1);
  memcpy (input + at - 1, challenge, 8);
  assert_int_equal (EVP_Digest (input, at + 7, f + at, NULL, method, NULL), 1);
  unhex (trailer, f + at + of_hash);
  m = BN_bin2bn (f, (int) bytes, NULL);
  assert_int_equal (EVP_PKEY_get_bn_param (key, OSSL_PKEY_PARAM_RSA_N, &n), 1);
  assert_int_equal (EVP_PKEY_get_bn_param (key, OSSL_PKEY_PARAM_RSA_D, &d), 1);
  assert_int_equal (BN_mod_exp (m, m, d, n, context), 1);
  if (is_mirrored)
    BN_sub (m, n, m);
  BN_bn2binpad (m, ret_signature, (int) bytes);
  BN_free (m);
  BN_free (n);
  BN_clear_free (d);
  BN_CTX_free (context);
  return bytes;
}

static void
knows_each_trailer_and_the_mirrored_form (void **state)
{
  static const struct {
    guint8 header;
    int nid;
    const char *trailer;
    gboolean is_mirrored;
    PvChipProof proof;
  } rows[] = {
    { 0x6A, NID_sha1, "BC", FALSE, PV_CHIP_PROVEN },     { 0x6A, NID_sha1, "BC", TRUE, PV_CHIP_PROVEN },
    { 0x6A, NID_sha1, "33CC", FALSE, PV_CHIP_PROVEN },   { 0x6A, NID_sha224, "38CC", FALSE, PV_CHIP_PROVEN },
    { 0x6A, NID_sha256, "34CC", FALSE, PV_CHIP_PROVEN }, { 0x6A, NID_sha256, "34CC", TRUE, PV_CHIP_PROVEN },
    { 0x6A, NID_sha384, "36CC", FALSE, PV_CHIP_PROVEN }, { 0x6A, NID_sha512, "35CC", TRUE, PV_CHIP_PROVEN },
    { 0x6A, NID_sha256, "BC", FALSE, PV_CHIP_FAILED },   { 0x6A, NID_sha1, "34CC", FALSE, PV_CHIP_FAILED },
    { 0x6A, NID_sha1, "31CC", FALSE, PV_CHIP_FAILED },   { 0x6A, NID_sha1, "BD", FALSE, PV_CHIP_FAILED },
    { 0x4A, NID_sha1, "BC", FALSE, PV_CHIP_FAILED },     { 0x6B, NID_sha1, "BC", FALSE, PV_CHIP_FAILED },
  };
  static const guint8 challenge[8] = { 9, 8, 7, 6, 5, 4, 3, 2 };
  EVP_PKEY *key = EVP_RSA_gen (1024);
  guint8 encoded[MAX_KEY], signature[512];
  gsize length = encode (key, encoded);

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    gsize bytes = sign (key, rows[i].header, rows[i].nid, rows[i].trailer, challenge, rows[i].is_mirrored, signature);
    PvChipProof proof = pv_active_auth_check (encoded, length, NID_undef, challenge, signature, bytes);

    if (proof != rows[i].proof)
      fail_msg ("row %zu: %d", i, (int) proof);
  }
  EVP_PKEY_free (key);
}

static void
believes_no_key_that_is_weak_or_unknown (void **state)
{
  static const guint8 challenge[8] = { 1 };
  EVP_PKEY *weak = EVP_RSA_gen (768), *koblitz = EVP_EC_gen ("secp256k1"), *short_curve = EVP_EC_gen ("secp160r1");
  guint8 key[MAX_KEY], signature[512] = { 0 };
  gsize length, bytes;

  (void) state;
  length = encode (weak, key);
  bytes = sign (weak, 0x6A, NID_sha1, "BC", challenge, FALSE, signature);
  assert_int_equal (pv_active_auth_check (key, length, NID_undef, challenge, signature, bytes), PV_CHIP_UNKNOWN);
  length = encode (koblitz, key);
  assert_int_equal (pv_active_auth_check (key, length, NID_undef, challenge, signature, 64), PV_CHIP_UNKNOWN);
  length = encode (short_curve, key);
  assert_int_equal (pv_active_auth_check (key, length, NID_undef, challenge, signature, 42), PV_CHIP_UNKNOWN);
  length = make_rsa (AA1024_N, key);
  assert_int_equal (pv_active_auth_check (key, length - 1, NID_undef, challenge, signature, 128), PV_CHIP_UNKNOWN);
  assert_int_equal (pv_active_auth_check (key, 0, NID_undef, challenge, signature, 128), PV_CHIP_UNKNOWN);
  key[length] = 0;
  assert_int_equal (pv_active_auth_check (key, length + 1, NID_undef, challenge, signature, 128), PV_CHIP_UNKNOWN);
  EVP_PKEY_free (weak);
  EVP_PKEY_free (koblitz);
  EVP_PKEY_free (short_curve);
}

static void
asks_the_chip_once_with_a_challenge (void **state)
{
  static const struct {
    const char *modulus, *text;
    PvChipProof proof;
  } rows[] = {
    { AA1024_N, "> 0088000008" AA_RND "00\n< " AA1024_SIG "9000\n", PV_CHIP_PROVEN },
    { AA1024_N, "> 0088000008" AA_RND "00\n< " AA1024_F "9000\n", PV_CHIP_FAILED },
    { AA1024_N, "> 0088000008" AA_RND "00\n< 6985\n", PV_CHIP_FAILED },
    { AA2048_N, "> 00880000000008" AA_RND "0000\n< " AA2048_SIG "9000\n", PV_CHIP_PROVEN },
    { AA2048_N, "> 00880000000008" AA_RND "0000\n< 6700\n> 0088000008" AA_RND "00\n< " AA2048_SIG "9000\n",
      PV_CHIP_PROVEN },
  };
  guint8 challenge[8];

  (void) state;
  unhex (AA_RND, challenge);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvCardTransport) script = pv_card_script_play (rows[i].text, NULL);
    g_autoptr (PvChannel) channel = pv_channel_new (script);
    guint8 key[MAX_KEY];
    gsize length = make_rsa (rows[i].modulus, key);
    PvChipProof proof = PV_CHIP_ABSENT;

    assert_true (pv_active_auth_run_with (channel, key, length, NULL, challenge, &proof, NULL));
    assert_int_equal (proof, rows[i].proof);
    assert_true (pv_card_script_is_done (script));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (proves_the_signatures_of_the_examples),
    cmocka_unit_test (proves_a_key_whose_curve_is_written_out),
    cmocka_unit_test (proves_a_signature_in_der_too),
    cmocka_unit_test (refuses_signatures_that_are_none),
    cmocka_unit_test (takes_a_signature_in_one_form_only),
    cmocka_unit_test (knows_each_trailer_and_the_mirrored_form),
    cmocka_unit_test (believes_no_key_that_is_weak_or_unknown),
    cmocka_unit_test (asks_the_chip_once_with_a_challenge),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

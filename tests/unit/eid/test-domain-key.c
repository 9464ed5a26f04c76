/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "eid/domain-groups.h"
#include "hex.h"
#include "tst.h"

enum { MAX_KEY = 2048 };

static gsize
encode (EVP_PKEY *key, guint8 ret_key[MAX_KEY])
{
  guint8 *at = ret_key;
  int length = i2d_PUBKEY (key, NULL);

  assert_in_range (length, 1, MAX_KEY);
  return (gsize) i2d_PUBKEY (key, &at);
}

static gint
read_id (const guint8 *key, gsize length)
{
  PvDomain *domain;
  PvElement *element;
  gint id;

  if (!pv_public_key_read (key, length, &domain, &element))
    return -1;
  id = domain->id;
  pv_element_free (element);
  pv_domain_free (domain);
  return id;
}

static void
knows_curves_by_name_and_written_out (void **state)
{
  static const struct {
    const char *curve;
    gint id;
  } rows[] = {
    { "prime192v1", 8 },       { "brainpoolP192r1", 9 },  { "secp224r1", 10 },       { "brainpoolP224r1", 11 },
    { "prime256v1", 12 },      { "brainpoolP256r1", 13 }, { "brainpoolP320r1", 14 }, { "secp384r1", 15 },
    { "brainpoolP384r1", 16 }, { "brainpoolP512r1", 17 }, { "secp521r1", 18 },       { "secp256k1", -1 },
    { "brainpoolP256t1", -1 }, { "secp160r1", -1 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    EVP_PKEY *key = EVP_EC_gen (rows[i].curve);
    guint8 bytes[MAX_KEY];
    gsize named = encode (key, bytes), explicit;

    assert_int_equal (read_id (bytes, named), rows[i].id);
    assert_int_equal (EVP_PKEY_set_utf8_string_param (key, OSSL_PKEY_PARAM_EC_ENCODING, OSSL_PKEY_EC_ENCODING_EXPLICIT),
                      1);
    explicit = encode (key, bytes);
    assert_true (explicit > named + 60);
    assert_int_equal (read_id (bytes, explicit), rows[i].id);
    EVP_PKEY_free (key);
  }
}

/* Somebody's own curve, however little it differs, could be made so that the secret is known. */
static void
refuses_a_curve_that_was_changed (void **state)
{
  EVP_PKEY *key = EVP_EC_gen ("brainpoolP256r1");
  guint8 bytes[MAX_KEY];
  gsize length;

  (void) state;
  EVP_PKEY_set_utf8_string_param (key, OSSL_PKEY_PARAM_EC_ENCODING, OSSL_PKEY_EC_ENCODING_EXPLICIT);
  length = encode (key, bytes);
  assert_int_equal (read_id (bytes, length), 13);
  /* Every third byte between the version of the parameters and the key itself. */
  for (gsize i = 24; i + 67 < length; i += 3) {
    bytes[i] ^= 0x01;
    if (read_id (bytes, length) == 13)
      fail_msg ("byte %zu does not matter", i);
    bytes[i] ^= 0x01;
  }
  EVP_PKEY_free (key);
}

static EVP_PKEY *
new_dh (const char *kind, const char *group)
{
  EVP_PKEY_CTX *maker = EVP_PKEY_CTX_new_from_name (NULL, kind, NULL);
  OSSL_PARAM parameters[2] = { OSSL_PARAM_construct_utf8_string (OSSL_PKEY_PARAM_GROUP_NAME, (char *) group, 0),
                               OSSL_PARAM_construct_end () };
  EVP_PKEY *key = NULL;

  assert_int_equal (EVP_PKEY_keygen_init (maker), 1);
  assert_int_equal (EVP_PKEY_CTX_set_params (maker, parameters), 1);
  assert_int_equal (EVP_PKEY_generate (maker, &key), 1);
  EVP_PKEY_CTX_free (maker);
  return key;
}

static void
knows_the_groups_of_numbers_and_no_other (void **state)
{
  static const struct {
    const char *kind, *group;
    gint id;
  } rows[] = {
    { "DHX", "dh_1024_160", 0 }, { "DHX", "dh_2048_224", 1 }, { "DHX", "dh_2048_256", 2 }, { "DH", "ffdhe2048", -1 }
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    EVP_PKEY *key = new_dh (rows[i].kind, rows[i].group);
    guint8 bytes[MAX_KEY];

    assert_int_equal (read_id (bytes, encode (key, bytes)), rows[i].id);
    EVP_PKEY_free (key);
  }
}

static void
refuses_what_is_malformed (void **state)
{
  EVP_PKEY *key = EVP_EC_gen ("prime256v1");
  guint8 bytes[MAX_KEY];
  gsize length = encode (key, bytes);

  (void) state;
  EVP_PKEY_free (key);
  for (gsize cut = 0; cut < length; cut++)
    assert_int_equal (read_id (bytes, cut), -1);
  bytes[length] = 0;
  assert_int_equal (read_id (bytes, length + 1), -1);
  bytes[length - 66] = 1; /* a bit of the last byte unused */
  assert_int_equal (read_id (bytes, length), -1);
  bytes[length - 66] = 0;
  assert_int_equal (read_id (bytes, length), 12);
  bytes[length - 1] ^= 1; /* off the curve */
  assert_int_equal (read_id (bytes, length), -1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (knows_curves_by_name_and_written_out),
    cmocka_unit_test (refuses_a_curve_that_was_changed),
    cmocka_unit_test (knows_the_groups_of_numbers_and_no_other),
    cmocka_unit_test (refuses_what_is_malformed),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

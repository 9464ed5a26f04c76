/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/crypto.h"

#include "hex.h"
#include "tst.h"

/* Doc 9303-11, appendices D, G and H, and section 9.7.1. Chips ignore the parity of DES keys: bit 0 is not compared. */
static const struct {
  PvCipher cipher;
  const char *secret;
  guint counter;
  const char *key;
} derivations[] = {
  { PV_CIPHER_3DES, "239AB9CB282DAF66231DC5A4DF6BFBAE", 1, "AB94FDECF2674FDFB9B391F85D7F76F2" },
  { PV_CIPHER_3DES, "239AB9CB282DAF66231DC5A4DF6BFBAE", 2, "7962D9ECE03D1ACD4C76089DCE131543" },
  { PV_CIPHER_AES128, "28768D20701247DAE81804C9E780EDE582A9996DB4A315020B2733197DB84925", 1,
    "F5F0E35C0D7161EE6724EE513A0D9A7F" },
  { PV_CIPHER_AES128, "28768D20701247DAE81804C9E780EDE582A9996DB4A315020B2733197DB84925", 2,
    "FE251C7858B356B24514B3BD5F4297D1" },
  { PV_CIPHER_AES128, "7E2D2A41C74EA0B38CD36F863939BFA8E9032AAD", 3, "89DED1B26624EC1E634C1989302849DD" },
  { PV_CIPHER_AES128, "313233343536", 3, "591468CDA83D65219CCCB8560233600F" },
  { PV_CIPHER_AES192, "7E2D2A41C74EA0B38CD36F863939BFA8E9032AAD12345678", 3,
    "4487BB60D75E55928AB2406733D060BB600C7FA4AEEAB92B" },
  { PV_CIPHER_AES256, "7E2D2A41C74EA0B38CD36F863939BFA8E9032AAD12345678ABCDEF1234567890", 3,
    "AC92515EDD0F4714CBB46C683CC1A66DEBB68B3CC34F29904DB757AC88988D31" },
};

static void
derives_the_keys_of_the_examples (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (derivations); i++) {
    guint8 secret[64], expected[32], key[32];
    gsize length = unhex (derivations[i].secret, secret);
    gsize key_bytes = unhex (derivations[i].key, expected);
    guint8 mask = derivations[i].cipher == PV_CIPHER_3DES ? 0xFE : 0xFF;

    assert_int_equal (key_bytes, pv_cipher_key_bytes (derivations[i].cipher));
    pv_kdf (derivations[i].cipher, secret, length, derivations[i].counter, key);
    for (gsize k = 0; k < key_bytes; k++)
      assert_int_equal (key[k] & mask, expected[k] & mask);
  }
}

/* Doc 9303-11, appendix D: the cryptogram and the MAC of EXTERNAL AUTHENTICATE. */
static void
encrypts_and_signs_as_basic_access_control_does (void **state)
{
  guint8 key_enc[16], key_mac[16], plain[32], expected[32], mac[8], cryptogram[32], back[32], got[8];

  (void) state;
  unhex ("AB94FDECF2674FDFB9B391F85D7F76F2", key_enc);
  unhex ("7962D9ECE03D1ACD4C76089DCE131543", key_mac);
  unhex ("781723860C06C2264608F919887022120B795240CB7049B01C19B33E32804F0B", plain);
  unhex ("72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2", expected);
  unhex ("5F1448EEA8AD90A7", mac);
  pv_cipher_encrypt (PV_CIPHER_3DES, key_enc, NULL, plain, sizeof plain, cryptogram);
  assert_memory_equal (cryptogram, expected, sizeof expected);
  pv_mac (PV_CIPHER_3DES, key_mac, cryptogram, sizeof cryptogram, got);
  assert_memory_equal (got, mac, sizeof mac);
  pv_cipher_decrypt (PV_CIPHER_3DES, key_enc, NULL, cryptogram, sizeof cryptogram, back);
  assert_memory_equal (back, plain, sizeof plain);
}

/* NIST SP 800-38B, appendix D: messages of 0, 16 and 40 bytes; the first eight bytes of each MAC. */
static void
signs_with_the_first_half_of_a_cmac (void **state)
{
  static const struct {
    PvCipher cipher;
    const char *key;
    const char *macs[3];
  } rows[] = {
    { PV_CIPHER_AES128,
      "2B7E151628AED2A6ABF7158809CF4F3C",
      { "BB1D6929E9593728", "070A16B46B4D4144", "DFA66747DE9AE630" } },
    { PV_CIPHER_AES192,
      "8E73B0F7DA0E6452C810F32B809079E562F8EAD2522C6B7B",
      { "D17DDF46ADAACDE5", "9E99A7BF31E71090", "8A1DE5BE2EB31AAD" } },
    { PV_CIPHER_AES256,
      "603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4",
      { "028962F61B7BF89E", "28A7023F452E8F82", "AAF3D8F1DE5640C2" } },
  };
  static const gsize lengths[] = { 0, 16, 40 };
  guint8 message[64], key[32], expected[8], got[8];

  (void) state;
  unhex ("6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E5130C81C46A35CE411", message);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    unhex (rows[i].key, key);
    for (gsize k = 0; k < G_N_ELEMENTS (lengths); k++) {
      unhex (rows[i].macs[k], expected);
      pv_mac (rows[i].cipher, key, message, lengths[k], got);
      assert_memory_equal (got, expected, sizeof expected);
    }
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (derives_the_keys_of_the_examples),
    cmocka_unit_test (encrypts_and_signs_as_basic_access_control_does),
    cmocka_unit_test (signs_with_the_first_half_of_a_cmac),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

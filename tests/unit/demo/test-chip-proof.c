/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <string.h>

#include "chip-fixture.h"
#include "demo/card/chip-command.h"

/* The key that chip authentication of DG14 speaks of: an uncompressed point, or a number. */
static GBytes *
read_chip_key (ChipTerminal *terminal, gboolean is_ecdh)
{
  /* 0.4.0.127.0.7.2.2.1.{1,2} in front of a SubjectPublicKeyInfo */
  const guint8 oid[] = { 0x06, 0x09, 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x01, is_ecdh ? 2 : 1 };
  const guint8 *found;
  EVP_PKEY *key;
  guint8 bytes[512];
  gsize length = 0;

  assert_int_equal (chip_terminal_read (terminal, 0x0E, 200), 0x9000);
  found = memmem (terminal->data, terminal->length, oid, sizeof oid);
  assert_non_null (found);
  found += sizeof oid;
  key = d2i_PUBKEY (NULL, &found, (long) (terminal->data + terminal->length - found));
  assert_non_null (key);
  if (is_ecdh) {
    assert_int_equal (EVP_PKEY_get_octet_string_param (key, "pub", bytes, sizeof bytes, &length), 1);
  } else {
    BIGNUM *number = NULL;

    assert_int_equal (EVP_PKEY_get_bn_param (key, "pub", &number), 1);
    length = (gsize) EVP_PKEY_get_size (key);
    assert_int_equal (BN_bn2binpad (number, bytes, (int) length), length);
    BN_free (number);
  }
  EVP_PKEY_free (key);
  return g_bytes_new (bytes, length);
}

static const struct {
  const char *text;
  gboolean is_ecdh;
  PvChipCipher cipher;
  int parameter_id;
  gboolean by_kat;
} offers[] = {
  { "ca=ecdh-3des:12\n", TRUE, PV_CHIP_3DES, 12, TRUE },
  { "ca=ecdh-3des:12\nquirks=explicit-curve\n", TRUE, PV_CHIP_3DES, 12, TRUE },
  { "ca=ecdh-3des:13\n", TRUE, PV_CHIP_3DES, 13, FALSE },
  { "ca=ecdh-aes128:13\n", TRUE, PV_CHIP_AES128, 13, FALSE },
  { "ca=ecdh-aes192:16\n", TRUE, PV_CHIP_AES192, 16, FALSE },
  { "ca=ecdh-aes256:18\n", TRUE, PV_CHIP_AES256, 18, FALSE },
  { "ca=dh-aes128:0\nextended=2300\n", FALSE, PV_CHIP_AES128, 0, FALSE },
  { "ca=dh-aes256:2\nextended=2300\n", FALSE, PV_CHIP_AES256, 2, FALSE },
};

static void
run_chip_authentication (ChipTerminal *terminal, PvChip *chip, gsize i, guint16 expected)
{
  guint8 oid[] = {
    0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x03, offers[i].is_ecdh ? 2 : 1, (guint8) (offers[i].cipher + 1)
  };
  g_autoptr (GBytes) key = NULL;

  enter (terminal, chip);
  key = read_chip_key (terminal, offers[i].is_ecdh);
  assert_int_equal (
    chip_terminal_chip_authentication (terminal, oid, offers[i].cipher, offers[i].parameter_id, key, offers[i].by_kat),
    0x9000);
  /* The first answer under the new keys is the proof. */
  assert_int_equal (chip_terminal_read (terminal, 0x01, 100), expected);
}

static void
proves_itself_by_chip_authentication (void **data)
{
  (void) data;
  for (gsize i = 0; i < G_N_ELEMENTS (offers); i++) {
    g_autofree char *text = g_strconcat (PLAIN_GM "[chip]\n", offers[i].text, NULL);
    g_autoptr (PvChip) chip = make_chip (text);
    g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);

    run_chip_authentication (terminal, chip, i, 0x9000);
  }
}

static void
fails_chip_authentication_as_a_clone (void **data)
{
  g_autoptr (PvChip) chip = make_chip (PLAIN_GM "[chip]\nca=ecdh-aes128:13\n[damage]\nclone=ca\n");
  g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);

  (void) data;
  run_chip_authentication (terminal, chip, 3, 0); /* the answer to the clone's own keys is refused by its MAC */
}

/* Whether @signature was made over @challenge by the key in DG15. */
static gboolean
is_rsa_right (EVP_PKEY *key, const guint8 *challenge, const guint8 *signature, gsize length)
{
  guint8 message[256], input[264], hash[32];
  gsize recovered = sizeof message, hash_length = length > 128 ? 32 : 20, trailer = length > 128 ? 2 : 1;
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new (key, NULL);
  unsigned int digest_length;
  gboolean is_number; /* below the modulus, which that of another key need not be */

  assert_int_equal (EVP_PKEY_encrypt_init (context), 1);
  assert_int_equal (EVP_PKEY_CTX_set_rsa_padding (context, RSA_NO_PADDING), 1);
  is_number = EVP_PKEY_encrypt (context, message, &recovered, signature, length) == 1;
  EVP_PKEY_CTX_free (context);
  if (!is_number || message[0] != 0x6A || message[recovered - 1] != (trailer == 2 ? 0xCC : 0xBC))
    return FALSE;
  memcpy (input, message + 1, recovered - 1 - hash_length - trailer);
  memcpy (input + recovered - 1 - hash_length - trailer, challenge, 8);
  EVP_Digest (input, recovered - 1 - hash_length - trailer + 8, hash, &digest_length,
              trailer == 2 ? EVP_sha256 () : EVP_sha1 (), NULL);
  return memcmp (hash, message + recovered - trailer - hash_length, hash_length) == 0;
}

static EVP_PKEY *
read_active_key (ChipTerminal *terminal)
{
  const guint8 *content;
  gsize length;
  EVP_PKEY *key;

  assert_int_equal (chip_terminal_read (terminal, 0x0F, 200), 0x9000);
  content = pv_chip_find_tlv (terminal->data, terminal->length, 0x6F, &length);
  assert_non_null (content);
  key = d2i_PUBKEY (NULL, &content, (long) length);
  assert_non_null (key);
  return key;
}

static const guint8 internal_authenticate[4] = { 0x00, 0x88, 0x00, 0x00 };
static const guint8 challenge[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };

static gboolean
has_right_rsa_signature (const char *text, gsize length)
{
  g_autoptr (PvChip) chip = make_chip (text);
  g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);
  EVP_PKEY *key;
  gboolean is_right;

  enter (terminal, chip);
  key = read_active_key (terminal);
  assert_int_equal (chip_terminal_send (terminal, internal_authenticate, challenge, 8, 256), 0x9000);
  assert_int_equal (terminal->length, length);
  is_right = is_rsa_right (key, challenge, terminal->data, terminal->length);
  EVP_PKEY_free (key);
  return is_right;
}

static void
signs_a_challenge_with_rsa (void **data)
{
  (void) data;
  assert_true (has_right_rsa_signature (PLAIN_GM "[chip]\naa=rsa1024\n", 128));
  assert_true (has_right_rsa_signature (PLAIN_GM "[chip]\naa=rsa2048\n", 256));
  assert_false (has_right_rsa_signature (PLAIN_GM "[chip]\naa=rsa1024\n[damage]\nclone=aa\n", 128));
}

static void
signs_a_challenge_with_an_elliptic_curve_in_der_or_plain (void **data)
{
  g_autoptr (PvChip) plain = make_chip (PLAIN_GM "[chip]\naa=ecdsa\n");
  g_autoptr (PvChip) der = make_chip (PLAIN_GM "[chip]\naa=ecdsa\nquirks=der-signature\n");
  g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  EVP_PKEY *key;

  (void) data;
  enter (terminal, plain);
  assert_int_equal (chip_terminal_send (terminal, internal_authenticate, challenge, 8, 256), 0x9000);
  assert_int_equal (terminal->length, 64);
  enter (terminal, der);
  key = read_active_key (terminal);
  assert_int_equal (chip_terminal_send (terminal, internal_authenticate, challenge, 8, 256), 0x9000);
  assert_int_equal (EVP_DigestVerifyInit (context, NULL, EVP_sha256 (), NULL, key), 1);
  assert_int_equal (EVP_DigestVerify (context, terminal->data, terminal->length, challenge, 8), 1);
  EVP_MD_CTX_free (context);
  EVP_PKEY_free (key);
}

static void
proves_its_static_key_by_its_mapping (void **data)
{
  static const PvChipPaceOffer cam = { PV_CHIP_ECDH_CAM, PV_CHIP_AES256, 13 };
  static const char *const texts[] = { "", "[damage]\nclone=cam\n" };

  (void) data;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *text = g_strconcat ("[access]\ncan=" CAN "\npace=ecdh-cam-aes256:13\n", texts[i], NULL);
    g_autoptr (PvChip) chip = make_chip (text);
    g_autoptr (PvChipGroup) group = pv_chip_group_new (13);
    g_autoptr (GBytes) secret = can_secret ();
    g_autofree ChipTerminal *terminal = g_new0 (ChipTerminal, 1);
    g_autoptr (GBytes) static_key = NULL;
    g_autoptr (GBytes) product = NULL;
    static const guint8 parameters[] = { 0x04, 0x00, 0x7F, 0x00, 0x07, 0x01, 0x02, 0x02, 0x01, 13, 0x03, 0x42, 0x00 };
    const guint8 *found;
    BIGNUM *ca;

    terminal->chip = chip;
    assert_int_equal (chip_terminal_read (terminal, 0x1D, 200), 0x6982); /* not before PACE */
    assert_int_equal (chip_terminal_pace (terminal, &cam, FALSE, TRUE, secret), 0x9000);
    assert_int_equal (terminal->cam_length, 48);
    assert_int_equal (terminal->cam[32], 0x80);
    assert_int_equal (chip_terminal_read (terminal, 0x1D, 200), 0x9000);
    found = memmem (terminal->data, terminal->length, parameters, sizeof parameters);
    assert_non_null (found);
    static_key = g_bytes_new (found + sizeof parameters, 65);
    ca = BN_bin2bn (terminal->cam, 32, NULL);
    product = pv_chip_group_power (group, static_key, ca);
    BN_free (ca);
    assert_non_null (product);
    assert_int_equal (memcmp (g_bytes_get_data (product, NULL), terminal->chip_mapping_key, 65) == 0, i == 0);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (proves_itself_by_chip_authentication),
    cmocka_unit_test (fails_chip_authentication_as_a_clone),
    cmocka_unit_test (signs_a_challenge_with_rsa),
    cmocka_unit_test (signs_a_challenge_with_an_elliptic_curve_in_der_or_plain),
    cmocka_unit_test (proves_its_static_key_by_its_mapping),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, set_up, tear_down);
}

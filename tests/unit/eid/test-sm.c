/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/sm.h"

#include "eid/error.h"
#include "hex.h"
#include "tst.h"

#include "examples-bac.h"
#include "examples-pace.h"
#include "examples-sm.h"

static PvSm *
new_sm (PvCipher cipher, const char *encryption_key, const char *mac_key, const char *ssc)
{
  guint8 enc[32], mac[32], counter[16];

  unhex (encryption_key, enc);
  unhex (mac_key, mac);
  if (ssc != NULL)
    unhex (ssc, counter);
  return pv_sm_new (cipher, enc, mac, ssc != NULL ? counter : NULL);
}

static void
plays (PvSm *sm, const struct sm_vec *rows, gsize count)
{
  for (gsize i = 0; i < count; i++) {
    guint8 bytes[128], expected[128], got[128];
    gsize length, expected_length;
    guint16 sw;
    PvApdu apdu;

    assert_true (pv_apdu_decode (bytes, unhex (rows[i].plain_cmd, bytes), &apdu));
    assert_true (pv_sm_wrap (sm, &apdu, got, sizeof got, &length, NULL));
    expected_length = unhex (rows[i].cmd, expected);
    assert_int_equal (length, expected_length);
    assert_memory_equal (got, expected, length);
    length = unhex (rows[i].rsp, bytes);
    assert_true (pv_sm_unwrap (sm, (apdu.ins & 1) != 0, bytes, length, got, sizeof got, &length, &sw, NULL));
    expected_length = unhex (rows[i].plain_rsp, expected);
    assert_int_equal (length, expected_length - 2);
    assert_memory_equal (got, expected, length);
    assert_int_equal (sw, expected[length] << 8 | expected[length + 1]);
  }
}

static void
speaks_3des_as_in_the_example (void **state)
{
  g_autoptr (PvSm) sm = new_sm (PV_CIPHER_3DES, BAC_KS_ENC, BAC_KS_MAC, BAC_SSC);

  (void) state;
  plays (sm, sm_3des, G_N_ELEMENTS (sm_3des));
}

static void
speaks_aes_of_each_length (void **state)
{
  g_autoptr (PvSm) of_128 = new_sm (PV_CIPHER_AES128, ECGM_KS_ENC, ECGM_KS_MAC, NULL);
  g_autoptr (PvSm) of_192 = new_sm (PV_CIPHER_AES192, SMAES192_KENC, SMAES192_KMAC, NULL);
  g_autoptr (PvSm) of_256 = new_sm (PV_CIPHER_AES256, SMAES256_KENC, SMAES256_KMAC, NULL);
  g_autoptr (PvSm) extended = new_sm (PV_CIPHER_AES128, ECGM_KS_ENC, ECGM_KS_MAC, NULL);

  (void) state;
  plays (of_128, sm_aes128, G_N_ELEMENTS (sm_aes128));
  plays (of_192, sm_aes192, G_N_ELEMENTS (sm_aes192));
  plays (of_256, sm_aes256, G_N_ELEMENTS (sm_aes256));
  plays (extended, sm_aes128_ext, G_N_ELEMENTS (sm_aes128_ext));
}

static void
counts_over_the_end_of_a_byte (void **state)
{
  static const struct sm_vec first = { NULL, "00B0000004", "0CB000000D9701048E08ED6705417E96BA5500", NULL, NULL };
  g_autoptr (PvSm) sm = new_sm (PV_CIPHER_3DES, BAC_KS_ENC, BAC_KS_MAC, "887022120C06C228");
  g_autoptr (PvSm) before = new_sm (PV_CIPHER_3DES, BAC_KS_ENC, BAC_KS_MAC, "00000000FFFFFFFF");
  g_autoptr (PvSm) after = new_sm (PV_CIPHER_3DES, BAC_KS_ENC, BAC_KS_MAC, "0000000100000000");
  guint8 bytes[64], a[64], b[64];
  gsize length;
  PvApdu apdu;

  (void) state;
  assert_true (pv_apdu_decode (bytes, unhex (first.plain_cmd, bytes), &apdu));
  assert_true (pv_sm_wrap (sm, &apdu, a, sizeof a, &length, NULL));
  assert_int_equal (unhex (first.cmd, b), length);
  assert_memory_equal (a, b, length);
  assert_true (pv_sm_wrap (before, &apdu, a, sizeof a, &length, NULL));
  assert_true (pv_sm_wrap (before, &apdu, a, sizeof a, &length, NULL));
  assert_true (pv_sm_wrap (after, &apdu, b, sizeof b, &length, NULL));
  assert_memory_equal (a, b, length);
}

/* What a chip would send under the keys of the AES-128 example after its first command: the objects given, and a MAC
 * that is right for them unless told otherwise. "P" before hexadecimal digits: an encrypted object with this padded
 * plaintext. */
static gsize
forge (const char *objects, const char *sw, guint8 *answer)
{
  static const guint8 counter[16] = { [15] = 2 };
  guint8 enc[16], mac_key[16], message[256] = { 0 }, iv[16];
  gsize length;

  unhex (ECGM_KS_ENC, enc);
  unhex (ECGM_KS_MAC, mac_key);
  memcpy (message, counter, sizeof counter);
  if (objects[0] == 'P') {
    guint8 plain[64];
    gsize plain_length = unhex (objects + 1, plain);

    message[16] = 0x87;
    message[17] = (guint8) (plain_length + 1);
    message[18] = 0x01;
    pv_cipher_encrypt_block (PV_CIPHER_AES128, enc, counter, iv);
    pv_cipher_encrypt (PV_CIPHER_AES128, enc, iv, plain, plain_length, message + 19);
    length = 3 + plain_length;
    length += unhex ("99029000", message + 16 + length);
  } else
    length = unhex (objects, message + 16);
  memcpy (answer, message + 16, length);
  message[16 + length] = 0x80;
  answer[length] = 0x8E;
  answer[length + 1] = 0x08;
  pv_mac (PV_CIPHER_AES128, mac_key, message, 16 + (length / 16 + 1) * 16, answer + length + 2);
  return length + 10 + unhex (sw, answer + length + 10);
}

#define ONE_BLOCK "8711010123456789ABCDEF0123456789ABCDEF"

static const struct {
  const char *what, *objects, *sw;
  gint flip;  /* a byte of the answer to change, from its end; 0 none */
  gint cut;   /* bytes cut off the end in front of the status word */
  gint extra; /* bytes added in front of the status word */
  gboolean is_odd;
  PvCardError code;
} answers[] = {
  { "wrong MAC", "99029000", "9000", 3, 0, 0, FALSE, PV_CARD_ERROR_BAD_DATA },
  { "object changed", "99029000", "9000", 13, 0, 0, FALSE, PV_CARD_ERROR_BAD_DATA },
  { "no DO 99", "P60145F01800000000000000000000000", NULL, 0, 0, 0, FALSE, PV_CARD_ERROR_BAD_DATA },
  { "no object at all", "", "9000", 0, 0, 0, FALSE, PV_CARD_ERROR_BAD_DATA },
  { "DO 99 differs from the status word", "99029000", "6282", 0, 0, 0, FALSE, PV_CARD_ERROR_BAD_DATA },
  { "DO 99 of one byte", "990190", "9000", 0, 0, 0, FALSE, PV_CARD_ERROR_BAD_DATA },
  { "DO 99 of three bytes", "9903900000", "9000", 0, 0, 0, FALSE, PV_CARD_ERROR_BAD_DATA },
  { "DO 99 twice", "9902900099029000", "9000", 0, 0, 0, FALSE, PV_CARD_ERROR_BAD_DATA },
  { "DO 87 twice", ONE_BLOCK ONE_BLOCK "99029000", "9000", 0, 0, 0, FALSE, PV_CARD_ERROR_BAD_DATA },
  { "DO 87 behind DO 99", "99029000" ONE_BLOCK, "9000", 0, 0, 0, FALSE, PV_CARD_ERROR_BAD_DATA },
  { "unknown object",
    "800101"
    "99029000",
    "9000", 0, 0, 0, FALSE, PV_CARD_ERROR_BAD_DATA },
  { "plain object 81",
    "810401020304"
    "99029000",
    "9000", 0, 0, 0, FALSE, PV_CARD_ERROR_BAD_DATA },
  { "DO 85 for an even INS",
    "85100123456789ABCDEF0123456789ABCDEF"
    "99029000",
    "9000", 0, 0, 0, FALSE, PV_CARD_ERROR_BAD_DATA },
  { "DO 87 for an odd INS", ONE_BLOCK "99029000", "9000", 0, 0, 0, TRUE, PV_CARD_ERROR_BAD_DATA },
  { "padding indicator 02", "8711020123456789ABCDEF0123456789ABCDEF99029000", "9000", 0, 0, 0, FALSE,
    PV_CARD_ERROR_BAD_DATA },
  { "DO 87 empty", "870099029000", "9000", 0, 0, 0, FALSE, PV_CARD_ERROR_BAD_DATA },
  { "DO 87 without cryptogram", "87010199029000", "9000", 0, 0, 0, FALSE, PV_CARD_ERROR_BAD_DATA },
  { "DO 87 of half a block", "8709010123456789ABCDEF99029000", "9000", 0, 0, 0, FALSE, PV_CARD_ERROR_BAD_DATA },
  { "padding absent", "P00112233445566778899AABBCCDDEEFF", "9000", 0, 0, 0, FALSE, PV_CARD_ERROR_BAD_DATA },
  { "padding of zeros only", "P00000000000000000000000000000000", "9000", 0, 0, 0, FALSE, PV_CARD_ERROR_BAD_DATA },
  { "padding with a foreign byte", "P60145F01800000000000000000000001", "9000", 0, 0, 0, FALSE,
    PV_CARD_ERROR_BAD_DATA },
  { "a whole block behind the padding", "P00112233445566778899AABBCCDDEE8000000000000000000000000000000000", "9000", 0,
    0, 0, FALSE, PV_CARD_ERROR_BAD_DATA },
  { "padding longer than a block", "P6014800000000000000000000000000000000000000000000000000000000000", "9000", 0, 0, 0,
    FALSE, PV_CARD_ERROR_BAD_DATA },
  { "length beyond the end", "9905900099029000", "9000", 0, 0, 0, FALSE, PV_CARD_ERROR_BAD_DATA },
  { "truncated", "99029000", "9000", 0, 4, 0, FALSE, PV_CARD_ERROR_BAD_DATA },
  { "extra bytes behind the MAC", "99029000", "9000", 0, 0, 3, FALSE, PV_CARD_ERROR_BAD_DATA },
};

/* The keys stand in the first bytes of a PvSm. */
static gboolean
has_key (const PvSm *sm, const char *key)
{
  guint8 bytes[16];

  unhex (key, bytes);
  return memmem (sm, 128, bytes, sizeof bytes) != NULL;
}

static void
assert_ended (PvSm *sm, const guint8 *answer, gsize length, gboolean is_odd, PvCardError code, const char *what)
{
  static const PvApdu read = { 0x00, 0xB0, 0x00, 0x00, NULL, 0, 4 };
  guint8 data[64], command[64];
  gsize data_length = 77;
  guint16 sw = 0x1234;
  GError *error = NULL;

  assert_true (has_key (sm, ECGM_KS_ENC) && has_key (sm, ECGM_KS_MAC));
  if (pv_sm_unwrap (sm, is_odd, answer, length, data, sizeof data, &data_length, &sw, &error))
    fail_msg ("%s: accepted", what);
  if (!g_error_matches (error, PV_CARD_ERROR, (gint) code))
    fail_msg ("%s: %s", what, error->message);
  g_clear_error (&error);
  assert_int_equal (data_length, 77);
  assert_int_equal (sw, 0x1234);
  assert_false (has_key (sm, ECGM_KS_ENC) || has_key (sm, ECGM_KS_MAC));
  assert_false (pv_sm_wrap (sm, &read, command, sizeof command, &data_length, &error));
  g_clear_error (&error);
}

static PvSm *
new_after_a_command (void)
{
  static const PvApdu read = { 0x00, 0xB0, 0x00, 0x00, NULL, 0, 4 };
  PvSm *sm = new_sm (PV_CIPHER_AES128, ECGM_KS_ENC, ECGM_KS_MAC, NULL);
  guint8 command[64];
  gsize length;

  assert_true (pv_sm_wrap (sm, &read, command, sizeof command, &length, NULL));
  return sm;
}

static void
refuses_every_malformed_answer_and_is_over_then (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autoptr (PvSm) sm = new_after_a_command ();
    guint8 answer[256] = { 0 };
    gsize length = forge (answers[i].objects, answers[i].sw != NULL ? answers[i].sw : "9000", answer);

    if (answers[i].sw == NULL) { /* as forged, but without its DO 99 and with a right MAC over the rest */
      g_autofree char *text = g_malloc0 (64);

      for (gsize k = 0; k < 19; k++)
        g_snprintf (text + 2 * k, 3, "%02X", answer[k]);
      length = forge (text, "9000", answer);
    }
    if (answers[i].flip > 0)
      answer[length - (gsize) answers[i].flip] ^= 1;
    if (answers[i].cut > 0) {
      memmove (answer + length - 2 - answers[i].cut, answer + length - 2, 2);
      length -= (gsize) answers[i].cut;
    }
    if (answers[i].extra > 0) {
      memmove (answer + length - 2 + answers[i].extra, answer + length - 2, 2);
      length += (gsize) answers[i].extra;
    }
    assert_ended (sm, answer, length, answers[i].is_odd, answers[i].code, answers[i].what);
  }
}

static void
takes_a_right_answer_made_in_the_same_way (void **state)
{
  g_autoptr (PvSm) sm = new_after_a_command ();
  guint8 answer[256] = { 0 }, data[10];
  gsize length = forge ("P60145F01800000000000000000000000", "9000", answer);
  guint16 sw;

  (void) state;
  assert_true (pv_sm_unwrap (sm, FALSE, answer, length, data, sizeof data, &length, &sw, NULL));
  assert_int_equal (length, 4);
  assert_int_equal (data[0], 0x60);
}

static void
refuses_more_than_was_asked_for (void **state)
{
  g_autoptr (PvSm) sm = new_after_a_command ();
  g_autoptr (GError) error = NULL;
  guint8 answer[256] = { 0 }, data[10];
  gsize length = forge ("P112233445566778899AABB8000000000", "9000", answer);
  guint16 sw;

  (void) state;
  assert_false (pv_sm_unwrap (sm, FALSE, answer, length, data, sizeof data, &length, &sw, &error));
  assert_true (g_error_matches (error, PV_CARD_ERROR, PV_CARD_ERROR_BAD_DATA));
  assert_false (has_key (sm, ECGM_KS_ENC) || has_key (sm, ECGM_KS_MAC));
}

static void
refuses_an_answer_a_second_time (void **state)
{
  g_autoptr (PvSm) sm = new_after_a_command ();
  guint8 answer[256] = { 0 }, data[10], command[64];
  gsize answer_length = forge ("99029000", "9000", answer), length;
  const PvApdu read = { 0x00, 0xB0, 0x00, 0x00, NULL, 0, 4 };
  guint16 sw;

  (void) state;
  assert_true (pv_sm_unwrap (sm, FALSE, answer, answer_length, data, sizeof data, &length, &sw, NULL));
  assert_true (pv_sm_wrap (sm, &read, command, sizeof command, &length, NULL));
  assert_ended (sm, answer, answer_length, FALSE, PV_CARD_ERROR_BAD_DATA, "replay");
}

static void
tells_a_lost_channel_from_a_plain_answer (void **state)
{
  static const struct {
    const char *answer;
    PvCardError code;
  } rows[] = {
    { "6988", PV_CARD_ERROR_LOST },
    { "6987", PV_CARD_ERROR_LOST },
    { "6882", PV_CARD_ERROR_LOST },
    { "9000", PV_CARD_ERROR_BAD_DATA },
    { "6982", PV_CARD_ERROR_BAD_DATA },
    { "60145F019000", PV_CARD_ERROR_BAD_DATA },
    { "6988006988", PV_CARD_ERROR_BAD_DATA },
    { "60145F0104303130365F3606303430303030900060145F0104303130365F36063034303030309000", PV_CARD_ERROR_BAD_DATA },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvSm) sm = new_after_a_command ();
    guint8 answer[64];

    assert_ended (sm, answer, unhex (rows[i].answer, answer), FALSE, rows[i].code, rows[i].answer);
  }
}

static void
knows_how_much_fits (void **state)
{
  static const struct {
    PvCipher cipher;
    gsize answer, data;
  } rows[] = {
    { PV_CIPHER_AES128, 263, 239 }, { PV_CIPHER_3DES, 263, 239 },   { PV_CIPHER_AES256, 260, 239 },
    { PV_CIPHER_3DES, 259, 231 },   { PV_CIPHER_AES128, 259, 223 }, { PV_CIPHER_AES128, 244, 223 },
    { PV_CIPHER_3DES, 244, 223 },   { PV_CIPHER_3DES, 252, 231 },   { PV_CIPHER_AES128, 196, 175 },
    { PV_CIPHER_AES128, 277, 255 }, { PV_CIPHER_3DES, 285, 263 },   { PV_CIPHER_AES128, 20, 0 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_int_equal (pv_sm_max_data_in_answer (rows[i].cipher, rows[i].answer), rows[i].data);
  for (gsize bytes = 100; bytes < 1000; bytes += 37) {
    g_autoptr (PvSm) sm = new_sm (PV_CIPHER_AES128, ECGM_KS_ENC, ECGM_KS_MAC, NULL);
    guint8 data[1024] = { 0 }, command[1100];
    gsize length;
    PvApdu apdu = { 0x00, 0x86, 0x00, 0x00, data, pv_sm_max_data_in_command (PV_CIPHER_AES128, bytes), 256 };

    assert_true (pv_sm_wrap (sm, &apdu, command, sizeof command, &length, NULL));
    assert_true (length <= bytes && length + 40 > bytes);
  }
}

/* How long the answer with so many plain bytes is, for each cipher. */
static void
fits_answers_of_every_length_exactly (void **state)
{
  static const struct {
    gsize data, aes, des;
  } rows[] = { { 160, 196, 188 }, { 223, 244, 244 }, { 224, 260, 252 }, { 231, 260, 252 }, { 232, 260, 260 },
               { 239, 260, 260 }, { 240, 277, 268 }, { 255, 277, 277 }, { 256, 293, 285 } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    assert_true (pv_sm_max_data_in_answer (PV_CIPHER_AES192, rows[i].aes) >= rows[i].data);
    assert_true (pv_sm_max_data_in_answer (PV_CIPHER_AES192, rows[i].aes - 1) < rows[i].data);
    assert_true (pv_sm_max_data_in_answer (PV_CIPHER_3DES, rows[i].des) >= rows[i].data);
    assert_true (pv_sm_max_data_in_answer (PV_CIPHER_3DES, rows[i].des - 1) < rows[i].data);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (speaks_3des_as_in_the_example),
    cmocka_unit_test (speaks_aes_of_each_length),
    cmocka_unit_test (counts_over_the_end_of_a_byte),
    cmocka_unit_test (takes_a_right_answer_made_in_the_same_way),
    cmocka_unit_test (refuses_every_malformed_answer_and_is_over_then),
    cmocka_unit_test (refuses_more_than_was_asked_for),
    cmocka_unit_test (refuses_an_answer_a_second_time),
    cmocka_unit_test (tells_a_lost_channel_from_a_plain_answer),
    cmocka_unit_test (knows_how_much_fits),
    cmocka_unit_test (fits_answers_of_every_length_exactly),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/password.h"

#include "hex.h"
#include "tst.h"

static void
assert_secret (const PvCardPassword *password, const char *expected)
{
  guint8 bytes[32];
  gsize length, expected_length = unhex (expected, bytes);
  const guint8 *secret;

  assert_non_null (password);
  secret = pv_card_password_get_secret (password, &length);
  assert_int_equal (length, expected_length);
  assert_memory_equal (secret, bytes, length);
}

static void
takes_six_digits_as_they_are (void **state)
{
  g_autoptr (PvCardPassword) password = pv_card_password_new_can ("123456");

  (void) state;
  assert_secret (password, "313233343536");
  assert_int_equal (pv_card_password_get_kind (password), PV_PASSWORD_CAN);
  assert_null (pv_card_password_new_can ("12345"));
  assert_null (pv_card_password_new_can ("1234567"));
  assert_null (pv_card_password_new_can ("12345a"));
  assert_null (pv_card_password_new_can (NULL));
}

/* Doc 9303-11, appendices D, G and I; the long number by hand from the MRZ information that appendix D prints. */
static void
hashes_the_fields_of_a_zone (void **state)
{
  static const struct {
    const char *number, *birth, *expiry, *information, *secret;
  } rows[] = {
    { "L898902C", "690806", "940623", "L898902C<369080619406236", "239AB9CB282DAF66231DC5A4DF6BFBAEDF477565" },
    { "L898902C<", "690806", "940623", "L898902C<369080619406236", "239AB9CB282DAF66231DC5A4DF6BFBAEDF477565" },
    { "T22000129", "640812", "101031", "T22000129364081251010318", "7E2D2A41C74EA0B38CD36F863939BFA8E9032AAD" },
    { "C11T002JM", "960812", "231031", "C11T002JM496081222310314", "894D03F148C6265E89845B218856EA34D00EF8E8" },
    { "D23145890734", "340712", "950712", "D23145890734934071279507122", NULL },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvCardPassword) password = pv_card_password_new_mrz (rows[i].number, rows[i].birth, rows[i].expiry);
    g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA1, rows[i].information, -1);

    assert_secret (password, hash);
    assert_int_equal (pv_card_password_get_kind (password), PV_PASSWORD_MRZ);
    if (rows[i].secret != NULL)
      assert_int_equal (g_ascii_strcasecmp (hash, rows[i].secret), 0);
  }
}

static void
refuses_fields_that_are_none (void **state)
{
  (void) state;
  assert_null (pv_card_password_new_mrz ("", "690806", "940623"));
  assert_null (pv_card_password_new_mrz (NULL, "690806", "940623"));
  assert_null (pv_card_password_new_mrz ("l898902c", "690806", "940623"));
  assert_null (pv_card_password_new_mrz ("L8989 2C", "690806", "940623"));
  assert_null (pv_card_password_new_mrz ("12345678901234567890123", "690806", "940623"));
  assert_null (pv_card_password_new_mrz ("L898902C", "69080", "940623"));
  assert_null (pv_card_password_new_mrz ("L898902C", "69080A", "940623"));
  assert_null (pv_card_password_new_mrz ("L898902C", "690806", "9406A1"));
  assert_null (pv_card_password_new_mrz ("L898902C", "690806", NULL));
}

static void
reads_the_lines_of_each_kind (void **state)
{
  static const struct {
    const char *lines, *information;
  } rows[] = {
    { "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
      "D23145890774081221204159" },
    { "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6", "D23145890774081221204159" },
    { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C<3UTO6908061F9406236ZE184226B<<<<<14",
      "L898902C<369080619406236" },
    { "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<",
      "D23145890734934071279507122" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvCardPassword) password = pv_card_password_new_mrz_lines (rows[i].lines);
    g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA1, rows[i].information, -1);

    assert_secret (password, hash);
  }
  assert_null (
    pv_card_password_new_mrz_lines ("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<\n8806923102858CORINNE<<<<<<<6512068F6"));
  assert_null (pv_card_password_new_mrz_lines (
    "I<UTOD231458908<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (takes_six_digits_as_they_are),
    cmocka_unit_test (hashes_the_fields_of_a_zone),
    cmocka_unit_test (refuses_fields_that_are_none),
    cmocka_unit_test (reads_the_lines_of_each_kind),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

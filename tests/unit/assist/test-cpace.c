/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The numbers are those of draft-irtf-cfrg-cpace-21, appendix B.3. */

#include "hex.h"

#include <sodium.h>

#include "assist/cpace.h"
#include "assist/error.h"

static const char session_hex[] = "7e4b4791d6a8ef019b936c79fb7f2c57";
static const char ya_hex[] = "da3d23700a9e5699258aef94dc060dfda5ebb61f02a5ea77fad53f4ff0976d08";
static const char yb_hex[] = "d2316b454718c35362d83d69df6320f38578ed5984651435e2949762d900b80d";
static const char share_a_hex[] = "d6bac480f2c386c394efc7c47adb9925dcd2630b64f240c50f8d0eec482b9157";
static const char share_b_hex[] = "3ea7e0b19560d7c0b0f5734f63b955286dfa8232b5ebe63324e2d9e7433f7258";

static PvCpaceBytes
text (const char *words)
{
  return (PvCpaceBytes){ (const guint8 *) words, strlen (words) };
}

static PvCpaceBytes
view (GBytes *bytes)
{
  return (PvCpaceBytes){ g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes) };
}

/* A scalar of the vectors as a seed: it is below the order, so reducing leaves it as it is. */
static void
start (PvCpace *cpace, const char *scalar, const char *code, const char *channel)
{
  g_autoptr (GBytes) bytes = hex (scalar), session = hex (session_hex);
  guint8 seed[PV_CPACE_SEED_BYTES] = { 0 };

  memcpy (seed, g_bytes_get_data (bytes, NULL), 32);
  assert_true (pv_cpace_start (cpace, text (code), text (channel), view (session), seed));
}

static const char channel[] = "\x0b"
                              "A_initiator"
                              "\x0b"
                              "B_responder";

static void
the_generator_string_is_that_of_the_draft (void **state)
{
  g_autoptr (GBytes) session = hex (session_hex);
  g_autoptr (GBytes) made = pv_cpace_generator_string (text ("Password"), text (channel), view (session));

  (void) state;
  assert_hex (g_bytes_get_data (made, NULL), g_bytes_get_size (made),
              "11435061636552697374726574746f3235350850617373776f726464"
              "00000000000000000000000000000000000000000000000000000000"
              "00000000000000000000000000000000000000000000000000000000"
              "00000000000000000000000000000000000000000000000000000000"
              "00000000000000000000000000000000180b415f696e69746961746f"
              "720b425f726573706f6e646572107e4b4791d6a8ef019b936c79fb7f"
              "2c57");
}

static void
the_shares_are_those_of_the_draft (void **state)
{
  PvCpace a, b;

  (void) state;
  start (&a, ya_hex, "Password", channel);
  start (&b, yb_hex, "Password", channel);
  assert_hex (a.scalar, 32, ya_hex);
  assert_hex (a.share, 32, share_a_hex);
  assert_hex (b.share, 32, share_b_hex);
}

static void
both_sides_get_the_key_of_the_draft (void **state)
{
  static const char expected[] = "b69effbf61b51d56401c0f65601abe428de8206feaaf0e32198896dcae7b35cd"
                                 "2b38950a39dfd5d4a79164614c2984f7daa460b588c1e80c3fa2068af7900447";
  g_autoptr (GBytes) session = hex (session_hex);
  guint8 isk[PV_CPACE_ISK_BYTES];
  PvCpace a, b;

  (void) state;
  start (&a, ya_hex, "Password", channel);
  start (&b, yb_hex, "Password", channel);
  assert_true (pv_cpace_finish (&a, TRUE, view (session), text ("ADa"), b.share, text ("ADb"), isk));
  assert_hex (isk, sizeof isk, expected);
  memset (isk, 0, sizeof isk);
  assert_true (pv_cpace_finish (&b, FALSE, view (session), text ("ADb"), a.share, text ("ADa"), isk));
  assert_hex (isk, sizeof isk, expected);
}

static void
multiplies_as_in_the_draft (void **state)
{
  g_autoptr (GBytes) scalar = hex ("7cd0e075fa7955ba52c02759a6c90dbbfc10e6d40aea8d283e407d88cf538a05");
  g_autoptr (GBytes) point = hex ("2c3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c");
  guint8 result[PV_CPACE_POINT_BYTES];

  (void) state;
  assert_true (pv_cpace_multiply (g_bytes_get_data (scalar, NULL), g_bytes_get_data (point, NULL), result));
  assert_hex (result, sizeof result, "7c13645fe790a468f62c39beb7388e541d8405d1ade69d1778c5fe3e7f6b600e");
}

static void
refuses_shares_that_are_no_element_or_neutral (void **state)
{
  static const char *const invalid[] = {
    "2b3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
  };
  g_autoptr (GBytes) session = hex (session_hex);
  guint8 isk[PV_CPACE_ISK_BYTES] = { 0x5a };
  PvCpace a;

  (void) state;
  start (&a, ya_hex, "Password", channel);
  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++) {
    g_autoptr (GBytes) share = hex (invalid[i]);

    assert_false (
      pv_cpace_finish (&a, TRUE, view (session), text ("ADa"), g_bytes_get_data (share, NULL), text ("ADb"), isk));
    assert_int_equal (isk[0], 0x5a);
  }
}

static gboolean
agree (const char *code, const char *other_channel, const char *other_data)
{
  g_autoptr (GBytes) session = hex (session_hex);
  guint8 ours[PV_CPACE_ISK_BYTES], theirs[PV_CPACE_ISK_BYTES];
  PvCpace a, b;

  start (&a, ya_hex, "123456", channel);
  start (&b, yb_hex, code, other_channel);
  assert_true (pv_cpace_finish (&a, TRUE, view (session), text ("ADa"), b.share, text ("ADb"), ours));
  assert_true (pv_cpace_finish (&b, FALSE, view (session), text ("ADb"), a.share, text (other_data), theirs));
  return memcmp (ours, theirs, sizeof ours) == 0;
}

static void
agrees_only_on_the_same_code_channel_and_data (void **state)
{
  (void) state;
  assert_true (agree ("123456", channel, "ADa"));
  assert_false (agree ("123457", channel, "ADa"));
  assert_false (agree ("123456", "another", "ADa"));
  assert_false (agree ("123456", channel, "ADx"));
}

/* Lengths of two bytes in LEB128 occur with our certificates; the draft's vectors have none. */
static void
long_inputs_have_long_lengths (void **state)
{
  guint8 many[300] = { 0 };
  g_autoptr (GBytes) made =
    pv_cpace_generator_string (text ("1"), (PvCpaceBytes){ many, sizeof many }, (PvCpaceBytes){ many, 1 });
  const guint8 *bytes = g_bytes_get_data (made, NULL);

  (void) state;
  assert_int_equal (g_bytes_get_size (made), 128 + 2 + 300 + 2);
  assert_int_equal (bytes[128], 0xac); /* 300 = 0x2c + 2 * 128 */
  assert_int_equal (bytes[129], 0x02);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_generator_string_is_that_of_the_draft),
    cmocka_unit_test (the_shares_are_those_of_the_draft),
    cmocka_unit_test (both_sides_get_the_key_of_the_draft),
    cmocka_unit_test (multiplies_as_in_the_draft),
    cmocka_unit_test (refuses_shares_that_are_no_element_or_neutral),
    cmocka_unit_test (agrees_only_on_the_same_code_channel_and_data),
    cmocka_unit_test (long_inputs_have_long_lengths),
  };

  tst_init ();
  g_assert (pv_assist_init ());
  return cmocka_run_group_tests (tests, NULL, NULL);
}

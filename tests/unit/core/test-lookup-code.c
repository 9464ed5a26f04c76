/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <string.h>

#include "core/lookup-code.h"
#include "core/wipe.h"

static void
each_way_to_give_a_code_is_read (void **state)
{
  static const struct {
    const char *text;
    PvCodeVerdict verdict;
    const char *code;
    guint length;
  } rows[] = {
    { "BCDFGHJK", PV_CODE_TRACKING, "BCDFGHJK", 8 },
    { "bcdf ghjk", PV_CODE_TRACKING, "BCDFGHJK", 8 },
    { " BCDF\xc2\xa0GHJK\n", PV_CODE_TRACKING, "BCDFGHJK", 8 },
    { "BCDFG HJKLM", PV_CODE_REFERENCE, "BCDFGHJKLM", 10 },
    { "https://demarches.montclair.example/code/BCDFGHJK", PV_CODE_TRACKING, "BCDFGHJK", 8 },
    { "https://demarches.montclair.example/code/bcdfghjk/load", PV_CODE_TRACKING, "BCDFGHJK", 8 },
    { "HTTP S://DEMARCHES.MONTCLAIR.EXAMPLE/CODE/BCDFGHJK?x=1", PV_CODE_TRACKING, "BCDFGHJK", 8 },
    { "https://demarches.montclair.example/", PV_CODE_BAD_CHARACTER, NULL, 0 },
    { "https://demarches.montclair.example/code/", PV_CODE_EMPTY, NULL, 0 },
    { "", PV_CODE_EMPTY, NULL, 0 },
    { "  ", PV_CODE_EMPTY, NULL, 0 },
    { NULL, PV_CODE_EMPTY, NULL, 0 },
    { "BCDFGHJ", PV_CODE_BAD_LENGTH, NULL, 7 },
    { "BCDFGHJKL", PV_CODE_BAD_LENGTH, NULL, 9 },
    { "BCDFGHJKLMN", PV_CODE_BAD_LENGTH, NULL, 11 },
    { "ABCDFGHJ", PV_CODE_BAD_CHARACTER, NULL, 0 },
    { "BCDFGHJ1", PV_CODE_BAD_CHARACTER, NULL, 0 },
    { "BCDFGHJ\xff", PV_CODE_BAD_CHARACTER, NULL, 0 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvSecretStr) code = NULL;
    guint length = 99;
    PvCodeVerdict verdict = pv_code_read (rows[i].text, &code, &length);

    if (verdict != rows[i].verdict || g_strcmp0 (code, rows[i].code) != 0 || length != rows[i].length)
      fail_msg ("row %zu: verdict %d, %s, %u letters", i, verdict, code, length);
  }
}

static void
a_longer_text_than_any_square_holds_is_no_code (void **state)
{
  g_autofree char *text = g_strnfill (PV_CODE_MAX_BYTES + 1, 'B');
  g_autoptr (PvSecretStr) code = NULL, uuid = NULL;
  guint64 cents = 7;
  guint length;

  (void) state;
  assert_int_equal (pv_code_read (text, &code, &length), PV_CODE_BAD_CHARACTER);
  assert_false (pv_uuid_find (text, &uuid));
  assert_false (pv_cents_read (text, &cents));
  assert_int_equal (cents, 7);
}

/* Every text on the way, as each letter comes and as each is taken away. */
static void
what_is_typed_is_grouped_and_can_be_taken_back (void **state)
{
  static const struct {
    const char *typed, *shown;
  } rows[] = {
    { "b", "B" },
    { "bcdf", "BCDF" },
    { "BCDFg", "BCDF G" },
    { "BCDF ", "BCDF" },
    { "BCDF GHJk", "BCDF GHJK" },
    { "BCDF GHJKL", "BCDFG HJKL" },
    { "BCDFG HJKLM", "BCDFG HJKLM" },
    { "BCDFG HJK", "BCDF GHJK" },
    { "BCDFG HJKLMN", "BCDFG HJKLM N" },
    { "HTTP S:", "HTTPS:" },
    { "HTTPS://x/code/BCDF", "HTTPS://x/code/BCDF" },
    { "", "" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvSecretStr) shown = pv_code_tidy (rows[i].typed);

    assert_string_equal (shown, rows[i].shown);
  }
}

static void
a_uuid_is_found_alone_and_in_an_address (void **state)
{
  static const char uuid[] = "0f8b6c1e-52a7-4c0e-9d3b-6a1f2e3d4c5b";
  static const struct {
    const char *text;
    gboolean is_found;
  } rows[] = {
    { "0f8b6c1e-52a7-4c0e-9d3b-6a1f2e3d4c5b", TRUE },
    { "0F8B6C1E-52A7-4C0E-9D3B-6A1F2E3D4C5B", TRUE },
    { "https://demarches.montclair.example/lingo/item/0f8b6c1e-52a7-4c0e-9d3b-6a1f2e3d4c5b/pay/", TRUE },
    { "0f8b6c1e52a74c0e9d3b6a1f2e3d4c5b", FALSE },
    { "0f8b6c1e-52a7-4c0e-9d3b-6a1f2e3d4c5", FALSE },
    { "0f8b6c1e-52a7-4c0e-9d3b-6a1f2e3d4c5b0", FALSE },
    { "a0f8b6c1e-52a7-4c0e-9d3b-6a1f2e3d4c5b", FALSE },
    { "0g8b6c1e-52a7-4c0e-9d3b-6a1f2e3d4c5b", FALSE },
    { "https://demarches.montclair.example/", FALSE },
    { "", FALSE },
    { NULL, FALSE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PvSecretStr) found = NULL;

    if (pv_uuid_find (rows[i].text, &found) != rows[i].is_found)
      fail_msg ("row %zu", i);
    if (rows[i].is_found)
      assert_string_equal (found, uuid);
  }
}

static void
an_amount_is_read_as_people_write_it (void **state)
{
  static const struct {
    const char *text;
    guint64 cents; /* 0: none */
  } rows[] = {
    { "42,50", 4250 },     { "42.50", 4250 },
    { "42,5", 4250 },      { "42", 4200 },
    { "42,", 4200 },       { " 1 042,07 €", 104207 },
    { "0,01", 1 },         { "9999999,99", 999999999 },
    { "10000000", 0 },     { "0", 0 },
    { "0,00", 0 },         { "42,505", 0 },
    { "-42,50", 0 },       { ",50", 0 },
    { "4 2 , 5 0", 4250 }, { "42€50", 0 },
    { "quarante", 0 },     { "", 0 },
    { NULL, 0 },           { "1e3", 0 },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint64 cents = 0;

    if (pv_cents_read (rows[i].text, &cents) != (rows[i].cents > 0) || cents != rows[i].cents)
      fail_msg ("row %zu: %lu", i, (gulong) cents);
  }
}

static void
an_amount_is_shown_with_two_decimals (void **state)
{
  g_autofree char *small = pv_cents_display (7), *large = pv_cents_display (104250);

  (void) state;
  assert_string_equal (small, "€0.07");
  assert_string_equal (large, "€1042.50");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (each_way_to_give_a_code_is_read),
    cmocka_unit_test (a_longer_text_than_any_square_holds_is_no_code),
    cmocka_unit_test (what_is_typed_is_grouped_and_can_be_taken_back),
    cmocka_unit_test (a_uuid_is_found_alone_and_in_an_address),
    cmocka_unit_test (an_amount_is_read_as_people_write_it),
    cmocka_unit_test (an_amount_is_shown_with_two_decimals),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

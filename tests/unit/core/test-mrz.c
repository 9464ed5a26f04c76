/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/mrz.h"

#include <string.h>

/* The public specimens of the card of 2021, of ICAO Doc 9303 and of the French card of 1988. */
#define NEW_CARD "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<\n9007138F3002119FRA<<<<<<<<<<<6\nMARTIN<<MAELYS<GAELLE<MARIE<<<"
#define TD1      "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
#define TD2      "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6"
#define TD3      "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
#define OLD_CARD "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<\n8806923102858CORINNE<<<<<<<6512068F6"

/* Doc 9303-11, appendix D: the number D23145890734 does not fit in nine characters. */
#define LONG_TD1 "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<"

static void
reckons_check_digits (void **state)
{
  static const struct {
    const char *text;
    guint digit;
  } cases[] = {
    { "D23145890", 7 },    { "X4RTBPFW4", 6 }, { "900713", 8 },    { "300211", 9 },
    { "740812", 2 },       { "120415", 9 },    { "L898902C3", 6 }, { "ZE184226B<<<<<", 1 },
    { "880692310285", 8 }, { "651206", 8 },    { "<<<<<<", 0 },    { "", 0 },
  };
  guint digit = 99;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    assert_true (pv_mrz_check_digit (cases[i].text, strlen (cases[i].text), &digit));
    assert_int_equal (digit, cases[i].digit);
  }
  digit = 99;
  assert_false (pv_mrz_check_digit ("D2314589o", 9, &digit));
  assert_int_equal (digit, 99);
}

static void
accepts_the_public_specimens (void **state)
{
  static const struct {
    const char *text;
    PvMrzKind kind;
  } cases[] = { { NEW_CARD, PV_MRZ_TD1 }, { NEW_CARD "\n", PV_MRZ_TD1 }, { TD1, PV_MRZ_TD1 },
                { TD2, PV_MRZ_TD2 },      { TD3, PV_MRZ_TD3 },           { OLD_CARD, PV_MRZ_OLD_FRENCH_CARD } };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    PvMrzKind kind = PV_MRZ_TD2;

    assert_int_equal (pv_mrz_check (cases[i].text, &kind), PV_MRZ_OK);
    assert_int_equal (kind, cases[i].kind);
  }
}

/* @line and @position count from 1; the digit there is raised by one, a < becomes 1. */
static void
names_the_field_that_is_wrong (void **state)
{
  static const struct {
    const char *text;
    guint line, position;
    PvMrzVerdict verdict;
  } cases[] = {
    { NEW_CARD, 1, 15, PV_MRZ_BAD_NUMBER },    { NEW_CARD, 2, 3, PV_MRZ_BAD_BIRTH },
    { NEW_CARD, 2, 9, PV_MRZ_BAD_EXPIRY },     { NEW_CARD, 2, 30, PV_MRZ_BAD_COMPOSITE },
    { NEW_CARD, 1, 30, PV_MRZ_BAD_COMPOSITE }, { NEW_CARD, 2, 19, PV_MRZ_BAD_COMPOSITE },
    { NEW_CARD, 2, 29, PV_MRZ_BAD_COMPOSITE }, { TD2, 2, 35, PV_MRZ_BAD_COMPOSITE },
    { OLD_CARD, 1, 36, PV_MRZ_BAD_COMPOSITE }, { TD2, 2, 3, PV_MRZ_BAD_NUMBER },
    { TD2, 2, 20, PV_MRZ_BAD_BIRTH },          { TD2, 2, 23, PV_MRZ_BAD_EXPIRY },
    { TD2, 2, 36, PV_MRZ_BAD_COMPOSITE },      { TD3, 2, 2, PV_MRZ_BAD_NUMBER },
    { TD3, 2, 14, PV_MRZ_BAD_BIRTH },          { TD3, 2, 22, PV_MRZ_BAD_EXPIRY },
    { TD3, 2, 31, PV_MRZ_BAD_PERSONAL },       { TD3, 2, 44, PV_MRZ_BAD_COMPOSITE },
    { OLD_CARD, 2, 1, PV_MRZ_BAD_NUMBER },     { OLD_CARD, 2, 34, PV_MRZ_BAD_BIRTH },
    { OLD_CARD, 2, 36, PV_MRZ_BAD_COMPOSITE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup (cases[i].text);
    char *p = text;
    PvMrzKind kind;
    PvMrzVerdict verdict;

    for (guint line = 1; line < cases[i].line; line++)
      p = strchr (p, '\n') + 1;
    p += cases[i].position - 1;
    assert_true (g_ascii_isdigit (*p) || *p == '<');
    *p = *p == '<' ? '1' : (char) ('0' + (*p - '0' + 1) % 10);
    verdict = pv_mrz_check (text, &kind);
    if (verdict != cases[i].verdict)
      fail_msg ("row %zu: verdict %d", i, (int) verdict);
  }
}

static void
follows_a_long_number_into_the_optional_field (void **state)
{
  static const struct {
    const char *text;
    PvMrzVerdict verdict;
  } cases[] = {
    { LONG_TD1, PV_MRZ_OK },
    { "I<UTOD23145890<7348<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<",
      PV_MRZ_BAD_NUMBER },
    { "I<UTOD23145890<9<<<<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<",
      PV_MRZ_BAD_NUMBER },
    { "I<UTOD23145890<<<<<<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<",
      PV_MRZ_BAD_NUMBER },
    { "I<UTOD23145890<734900000000000\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<",
      PV_MRZ_BAD_NUMBER },
  };
  PvMrzKind kind;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_int_equal (pv_mrz_check (cases[i].text, &kind), cases[i].verdict);
}

static void
gives_what_a_chip_is_opened_with (void **state)
{
  static const struct {
    const char *text, *number, *birth, *expiry;
  } cases[] = {
    { NEW_CARD, "X4RTBPFW4", "900713", "300211" },
    { LONG_TD1, "D23145890734", "340712", "950712" },
    { TD2, "D23145890", "740812", "120415" },
    { TD3, "L898902C3", "740812", "120415" },
  };
  PvMrzKey key;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    assert_true (pv_mrz_get_key (cases[i].text, &key));
    assert_string_equal (key.number, cases[i].number);
    assert_string_equal (key.birth, cases[i].birth);
    assert_string_equal (key.expiry, cases[i].expiry);
  }
  assert_false (pv_mrz_get_key (OLD_CARD, &key));
  assert_false (pv_mrz_get_key ("IDFRA", &key));
}

static void
refuses_what_is_not_a_zone (void **state)
{
  static const char *const wrong[] = {
    "",
    "\n",
    "\n\n\n",
    "IDFRA",
    "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<\n9007138F3002119FRA<<<<<<<<<<<6",
    NEW_CARD "\n\n",
    NEW_CARD "\nMARTIN<<MAELYS<GAELLE<MARIE<<<",
    "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<\n9007138F3002119FRA<<<<<<<<<<<6\nMARTIN<<MAELYS<GAELLE<MARIE<< ",
    "i<utoeriksson<<anna<maria<<<<<<<<<<<\nd231458907uto7408122f1204159<<<<<<<6",
  };
  PvMrzKind kind = PV_MRZ_TD3;

  (void) state;
  assert_int_equal (pv_mrz_check (NULL, &kind), PV_MRZ_BAD_SHAPE);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_int_equal (pv_mrz_check (wrong[i], &kind), PV_MRZ_BAD_SHAPE);
  assert_int_equal (kind, PV_MRZ_TD3);
}

/* Passport without a personal number: its check digit may be 0 or <, both count 0 in the composite. */
static void
an_empty_personal_number_needs_no_check_digit (void **state)
{
  static const struct {
    const char *end;
    PvMrzVerdict verdict;
  } cases[] = { { "<<<<<<<<<<<<<<08", PV_MRZ_OK },
                { "<<<<<<<<<<<<<<<8", PV_MRZ_OK },
                { "<<<<<<<<<<<<<<18", PV_MRZ_BAD_PERSONAL },
                { "ZE184226B<<<<<<8", PV_MRZ_BAD_PERSONAL } };
  PvMrzKind kind;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strconcat (TD3, NULL);

    memcpy (text + strlen (text) - strlen (cases[i].end), cases[i].end, strlen (cases[i].end));
    assert_int_equal (pv_mrz_check (text, &kind), cases[i].verdict);
  }
}

static void
nobody_is_born_in_the_future (void **state)
{
  static const struct {
    const char *yymmdd;
    guint year, month, day; /* year 0: refused */
  } cases[] = {
    { "900713", 1990, 7, 13 }, { "261124", 2026, 11, 24 }, { "261125", 1926, 11, 25 }, { "270101", 1927, 1, 1 },
    { "000229", 2000, 2, 29 }, { "50<<<<", 1950, 0, 0 },   { "5006<<", 1950, 6, 0 },   { "26<<<<", 2026, 0, 0 },
    { "900000", 1990, 0, 0 },  { "901301", 0, 0, 0 },      { "900230", 0, 0, 0 },      { "9000", 0, 0, 0 },
    { "<<0101", 0, 0, 0 },     { "90<<12", 0, 0, 0 },
  };
  GDate today;

  (void) state;
  assert_true (pv_date_parse ("2026-11-24", &today));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    PvPartialDate date = { 0, 0, 0 };

    assert_int_equal (pv_mrz_parse_birth (cases[i].yymmdd, &today, &date), cases[i].year > 0);
    assert_int_equal (date.year, cases[i].year);
    assert_int_equal (date.month, cases[i].month);
    assert_int_equal (date.day, cases[i].day);
  }
}

static void
expires_in_this_century (void **state)
{
  GDate date;

  (void) state;
  g_date_clear (&date, 1);
  assert_false (pv_mrz_parse_expiry ("300230", &date));
  assert_false (pv_mrz_parse_expiry ("30<<<<", &date));
  assert_false (g_date_valid (&date));
  assert_true (pv_mrz_parse_expiry ("300211", &date));
  assert_int_equal (g_date_get_year (&date), 2030);
  assert_true (pv_mrz_parse_expiry ("991231", &date));
  assert_int_equal (g_date_get_year (&date), 2099);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (reckons_check_digits),
    cmocka_unit_test (accepts_the_public_specimens),
    cmocka_unit_test (names_the_field_that_is_wrong),
    cmocka_unit_test (follows_a_long_number_into_the_optional_field),
    cmocka_unit_test (gives_what_a_chip_is_opened_with),
    cmocka_unit_test (refuses_what_is_not_a_zone),
    cmocka_unit_test (an_empty_personal_number_needs_no_check_digit),
    cmocka_unit_test (nobody_is_born_in_the_future),
    cmocka_unit_test (expires_in_this_century),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

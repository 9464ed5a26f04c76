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

/* Doc 9303-11, appendix D.2: a number of twelve characters. And two made of it: the longest, and one of a TD2. */
#define LONG_CARD "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<"
#define LONGEST   "I<UTOABCDEFGHI<JKLMNOPQRSTUV5<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
#define LONG_TD2  "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<\nD23145890<UTO3407127M95071227349<<<8"

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
  } cases[] = { { NEW_CARD, PV_MRZ_TD1 },  { NEW_CARD "\n", PV_MRZ_TD1 }, { TD1, PV_MRZ_TD1 },
                { TD2, PV_MRZ_TD2 },       { TD3, PV_MRZ_TD3 },           { OLD_CARD, PV_MRZ_OLD_FRENCH_CARD },
                { LONG_CARD, PV_MRZ_TD1 }, { LONGEST, PV_MRZ_TD1 },       { LONG_TD2, PV_MRZ_TD2 } };

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

static void
reads_the_fields (void **state)
{
  static const struct {
    const char *text;
    PvMrzFields fields;
  } cases[] = {
    { NEW_CARD,
      { PV_MRZ_TD1, "ID", "FRA", "X4RTBPFW4", "900713", 'F', "300211", "FRA", "MARTIN", "MAELYS GAELLE MARIE", FALSE,
        "", "" } },
    { TD1,
      { PV_MRZ_TD1, "I", "UTO", "D23145890", "740812", 'F', "120415", "UTO", "ERIKSSON", "ANNA MARIA", FALSE, "",
        "" } },
    { TD2,
      { PV_MRZ_TD2, "I", "UTO", "D23145890", "740812", 'F', "120415", "UTO", "ERIKSSON", "ANNA MARIA", FALSE, "",
        "" } },
    { TD3,
      { PV_MRZ_TD3, "P", "UTO", "L898902C3", "740812", 'F', "120415", "UTO", "ERIKSSON", "ANNA MARIA", FALSE,
        "ZE184226B", "" } },
    { OLD_CARD,
      { PV_MRZ_OLD_FRENCH_CARD, "ID", "FRA", "880692310285", "651206", 'F', "", "FRA", "BERTHIER", "CORINNE", FALSE, "",
        "" } },
    { LONG_CARD,
      { PV_MRZ_TD1, "I", "UTO", "D23145890734", "340712", 'M', "950712", "UTO", "STEVENSON", "PETER JOHN", FALSE, "",
        "" } },
    { LONGEST,
      { PV_MRZ_TD1, "I", "UTO", "ABCDEFGHIJKLMNOPQRSTUV", "740812", 'F', "120415", "UTO", "ERIKSSON", "ANNA MARIA",
        FALSE, "", "" } },
    { LONG_TD2,
      { PV_MRZ_TD2, "I", "UTO", "D23145890734", "340712", 'M', "950712", "UTO", "STEVENSON", "PETER JOHN", FALSE, "",
        "" } },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const PvMrzFields *expected = &cases[i].fields;
    g_auto (PvMrzFields) fields = { 0 };

    assert_int_equal (pv_mrz_read (cases[i].text, &fields), PV_MRZ_OK);
    assert_int_equal (fields.kind, expected->kind);
    assert_string_equal (fields.code, expected->code);
    assert_string_equal (fields.issuer, expected->issuer);
    assert_string_equal (fields.number, expected->number);
    assert_string_equal (fields.birth, expected->birth);
    assert_int_equal (fields.sex, expected->sex);
    assert_string_equal (fields.expiry, expected->expiry);
    assert_string_equal (fields.nationality, expected->nationality);
    assert_string_equal (fields.surname, expected->surname);
    assert_string_equal (fields.given_names, expected->given_names);
    assert_int_equal (fields.may_be_cut, expected->may_be_cut);
    assert_string_equal (fields.optional, expected->optional);
    assert_string_equal (fields.optional_2, expected->optional_2);
  }
}

static void
parts_names_at_two_fillers (void **state)
{
  static const struct {
    const char *line, *surname, *given_names;
    gboolean may_be_cut;
  } cases[] = {
    { "DE<LA<TOUR<<JEAN<LUC<<<<<<<<<<", "DE LA TOUR", "JEAN LUC", FALSE },
    { "MARTIN<<<<<<<<<<<<<<<<<<<<<<<<", "MARTIN", "", FALSE },
    { "MARTIN<<JEAN<<LUC<<<<<<<<<<<<<", "MARTIN", "JEAN LUC", FALSE },
    { "WOLFESCHLEGELSTEINHAUSENBERGER", "WOLFESCHLEGELSTEINHAUSENBERGER", "", TRUE },
    { "MARTIN<<MAXIMILIENNE<BERTHILDE", "MARTIN", "MAXIMILIENNE BERTHILDE", TRUE },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strconcat (TD1, NULL);
    g_auto (PvMrzFields) fields = { 0 };

    memcpy (text + 62, cases[i].line, 30);
    assert_int_equal (pv_mrz_read (text, &fields), PV_MRZ_OK);
    assert_string_equal (fields.surname, cases[i].surname);
    assert_string_equal (fields.given_names, cases[i].given_names);
    assert_int_equal (fields.may_be_cut, cases[i].may_be_cut);
  }
}

/* None of these fields is covered by a check digit, or the digit agrees all the same. */
static void
refuses_what_a_field_cannot_hold (void **state)
{
  static const struct {
    const char *text;
    guint line, position;
    const char *put;
    PvMrzVerdict verdict;
  } cases[] = {
    { TD1, 1, 1, "V", PV_MRZ_BAD_CODE },
    { TD1, 1, 1, "1", PV_MRZ_BAD_CODE },
    { TD1, 1, 3, "U7O", PV_MRZ_BAD_STATE },
    { TD1, 1, 3, "<<<", PV_MRZ_BAD_STATE },
    { TD1, 1, 3, "U<O", PV_MRZ_BAD_STATE },
    { TD1, 2, 8, "0", PV_MRZ_BAD_SEX },
    { TD1, 2, 16, "UT0", PV_MRZ_BAD_STATE },
    { TD1, 3, 3, "1", PV_MRZ_BAD_NAMES },
    { TD1, 3, 1, "<", PV_MRZ_BAD_NAMES },
    { TD2, 1, 8, "0", PV_MRZ_BAD_NAMES },
    { TD3, 1, 44, "5", PV_MRZ_BAD_NAMES },
    { OLD_CARD, 2, 14, "C0RINNE", PV_MRZ_BAD_NAMES },
    { OLD_CARD, 2, 14, "<ORINNE", PV_MRZ_BAD_NAMES },
    { TD1, 2, 1, "7O0812", PV_MRZ_BAD_BIRTH },
    { TD1, 2, 1, "741312", PV_MRZ_BAD_BIRTH },
    { TD1, 2, 1, "740832", PV_MRZ_BAD_BIRTH },
    { TD1, 2, 1, "<<0812", PV_MRZ_BAD_BIRTH },
    { TD1, 2, 9, "121315", PV_MRZ_BAD_EXPIRY },
    { TD1, 2, 9, "12<<<<", PV_MRZ_BAD_EXPIRY },
    { OLD_CARD, 2, 3, "13", PV_MRZ_BAD_NUMBER },
    { LONG_CARD, 1, 16, "734<9", PV_MRZ_BAD_NUMBER },
    { LONG_CARD, 1, 16, "735", PV_MRZ_BAD_NUMBER },
    { LONG_CARD, 1, 16, "7349", PV_MRZ_OK },
    { LONG_CARD, 1, 16, "<<<<", PV_MRZ_BAD_NUMBER },
    { LONG_CARD, 1, 16, "0<<<", PV_MRZ_BAD_NUMBER },
    { LONGEST, 1, 30, "0", PV_MRZ_BAD_NUMBER },
    { LONG_TD2, 2, 29, "734", PV_MRZ_OK },
    { LONG_TD2, 2, 29, "8", PV_MRZ_BAD_NUMBER },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup (cases[i].text);
    char *p = text;
    PvMrzKind kind;
    PvMrzVerdict verdict;

    for (guint line = 1; line < cases[i].line; line++)
      p = strchr (p, '\n') + 1;
    memcpy (p + cases[i].position - 1, cases[i].put, strlen (cases[i].put));
    verdict = pv_mrz_check (text, &kind);
    if (verdict != cases[i].verdict)
      fail_msg ("row %zu: verdict %d", i, (int) verdict);
  }
}

static void
no_beginning_of_a_right_zone_is_wrong (void **state)
{
  static const struct {
    const char *text;
    PvMrzKind kind;
  } cases[] = { { NEW_CARD, PV_MRZ_TD1 },  { TD1, PV_MRZ_TD1 },
                { TD2, PV_MRZ_TD2 },       { TD3, PV_MRZ_TD3 },
                { LONG_CARD, PV_MRZ_TD1 }, { LONGEST, PV_MRZ_TD1 },
                { LONG_TD2, PV_MRZ_TD2 },  { OLD_CARD, PV_MRZ_OLD_FRENCH_CARD } };
  PvMrzFault fault;

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize length = 0; length <= strlen (cases[i].text); length++) {
      g_autofree char *text = g_strndup (cases[i].text, length);

      if (pv_mrz_check_prefix (cases[i].kind, text, &fault) != PV_MRZ_OK)
        fail_msg ("row %zu, %zu characters", i, length);
    }
}

static void
tells_a_fault_as_soon_as_it_is_typed (void **state)
{
  static const struct {
    PvMrzKind kind;
    const char *text; /* without its last character nothing is wrong */
    PvMrzFault fault;
  } cases[] = {
    { PV_MRZ_TD1, "1", { PV_MRZ_BAD_CODE, 1, 1, 2 } },
    { PV_MRZ_TD1, "i", { PV_MRZ_BAD_SHAPE, 1, 1, 1 } },
    { PV_MRZ_TD1, "IDFR4", { PV_MRZ_BAD_STATE, 1, 3, 5 } },
    { PV_MRZ_TD1, "IDFRAX4RTBPFW47", { PV_MRZ_BAD_NUMBER, 1, 6, 15 } },
    { PV_MRZ_TD1, "IDFRAX4RTBPFW4X", { PV_MRZ_BAD_NUMBER, 1, 15, 15 } },
    { PV_MRZ_TD1, "I<UTOD23145890<<", { PV_MRZ_BAD_NUMBER, 1, 6, 15 } },
    { PV_MRZ_TD1, "I<UTOD23145890<7348<", { PV_MRZ_BAD_NUMBER, 1, 6, 15 } },
    { PV_MRZ_TD1, "IDFRAX4RTBPFW46\n", { PV_MRZ_BAD_SHAPE, 1, 16, 16 } },
    { PV_MRZ_TD1, "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<<", { PV_MRZ_BAD_SHAPE, 1, 31, 31 } },
    { PV_MRZ_TD1, "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<\n902", { PV_MRZ_BAD_BIRTH, 2, 1, 6 } },
    { PV_MRZ_TD1, "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<\n9007139", { PV_MRZ_BAD_BIRTH, 2, 1, 7 } },
    { PV_MRZ_TD1, "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<\n9007138W", { PV_MRZ_BAD_SEX, 2, 8, 8 } },
    { PV_MRZ_TD1, "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<\n9007138F3002118", { PV_MRZ_BAD_EXPIRY, 2, 9, 15 } },
    { PV_MRZ_TD1,
      "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<\n9007138F3002119FRA<<<<<<<<<<<7",
      { PV_MRZ_BAD_COMPOSITE, 2, 30, 30 } },
    { PV_MRZ_TD1, NEW_CARD "\nA", { PV_MRZ_BAD_SHAPE, 4, 1, 1 } },
    { PV_MRZ_TD3, "P<UTOERIKSS0", { PV_MRZ_BAD_NAMES, 1, 6, 44 } },
    { PV_MRZ_OLD_FRENCH_CARD, "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<\n8806923102859", { PV_MRZ_BAD_NUMBER, 2, 1, 13 } },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *before = g_strndup (cases[i].text, strlen (cases[i].text) - 1);
    PvMrzFault fault = { PV_MRZ_OK, 99, 99, 99 };

    assert_int_equal (pv_mrz_check_prefix (cases[i].kind, before, &fault), PV_MRZ_OK);
    assert_int_equal (fault.line, 99);
    if (pv_mrz_check_prefix (cases[i].kind, cases[i].text, &fault) != cases[i].fault.verdict
        || fault.verdict != cases[i].fault.verdict || fault.line != cases[i].fault.line
        || fault.first != cases[i].fault.first || fault.last != cases[i].fault.last)
      fail_msg ("row %zu: verdict %d, line %u, %u to %u", i, (int) fault.verdict, fault.line, fault.first, fault.last);
  }
}

static void
arranges_what_a_scanner_types (void **state)
{
  static const struct {
    const char *typed, *text; /* NULL: no zone */
  } cases[] = {
    { NEW_CARD "\n", NEW_CARD },
    { "idfrabertHIER<<<<<<<<<<<<<<<<<<<<<<< 8806923102858corinne<<<<<<<6512068f6\r\n", OLD_CARD },
    { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10", TD3 },
    { "P<UTOERIKSSON", NULL },
    { "", NULL },
    { TD3 TD3, NULL },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = pv_mrz_arrange (cases[i].typed);

    if (cases[i].text == NULL)
      assert_null (text);
    else
      assert_string_equal (text, cases[i].text);
  }
}

static void
repairs_only_where_digits_stand (void **state)
{
  static const struct {
    const char *text, *repaired; /* NULL: it is not right then either */
  } cases[] = {
    { NEW_CARD, NEW_CARD },
    { "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<\n9OO7I3BF3OO2II9FRA<<<<<<<<<<<6\nMARTIN<<MAELYS<GAELLE<MARIE<<<", NEW_CARD },
    { "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<\nBBO692310285BCORINNE<<<<<<<6SIZO68F6", OLD_CARD },
    /* The number may hold letters: not guessed. */
    { "IDFRAX4RT8PFW46<<<<<<<<<<<<<<<\n9007138F3002119FRA<<<<<<<<<<<6\nMARTIN<<MAELYS<GAELLE<MARIE<<<", NULL },
    { "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<\n9007138F3002119FRA<<<<<<<<<<<6\nMART1N<<MAELYS<GAELLE<MARIE<<<", NULL },
    { "IDFRAX4RTBPFW46", NULL },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = pv_mrz_repair (cases[i].text);

    if (cases[i].repaired == NULL)
      assert_null (text);
    else
      assert_string_equal (text, cases[i].repaired);
  }
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
    cmocka_unit_test (refuses_what_is_not_a_zone),
    cmocka_unit_test (reads_the_fields),
    cmocka_unit_test (parts_names_at_two_fillers),
    cmocka_unit_test (refuses_what_a_field_cannot_hold),
    cmocka_unit_test (no_beginning_of_a_right_zone_is_wrong),
    cmocka_unit_test (tells_a_fault_as_soon_as_it_is_typed),
    cmocka_unit_test (arranges_what_a_scanner_types),
    cmocka_unit_test (repairs_only_where_digits_stand),
    cmocka_unit_test (an_empty_personal_number_needs_no_check_digit),
    cmocka_unit_test (nobody_is_born_in_the_future),
    cmocka_unit_test (expires_in_this_century),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What typed lines say of their holder. Specimens of the issuing States; today is 24 November 2026. */

#include "tst.h"

#include "core/identity-zone.h"

static const char card[] = "IDFRAX4RTBPFW46<<<<<<<<<<<<<<<\n"
                           "9007138F3002119FRA<<<<<<<<<<<6\n"
                           "MARTIN<<MAELYS<GAELLE<MARIE<<<";
static const char old_card[] = "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<\n"
                               "8806923102858CORINNE<<<<<<<6512068F6";
static const char passport[] = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                               "L898902C36UTO7408122F1204159ZE184226B<<<<<10";

static PvIdentity *
read_zone (const char *zone)
{
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 24, 11, 2026);
  return pv_identity_new_from_zone (zone, &today);
}

static void
the_holder_is_read_and_nothing_is_proven (void **state)
{
  static const struct {
    const char *zone;
    PvIdentityField field;
    const char *text; /* NULL: not told */
  } cases[] = {
    { card, PV_IDENTITY_SURNAME, "MARTIN" },
    { card, PV_IDENTITY_USED_SURNAME, NULL },
    { card, PV_IDENTITY_GIVEN_NAMES, "MAELYS GAELLE MARIE" },
    { card, PV_IDENTITY_BIRTH_DATE, "1990-07-13" },
    { card, PV_IDENTITY_BIRTH_PLACE, NULL },
    { card, PV_IDENTITY_SEX, "F" },
    { card, PV_IDENTITY_NATIONALITY, "FRA" },
    { card, PV_IDENTITY_NUMBER, "X4RTBPFW4" },
    { card, PV_IDENTITY_EXPIRY, "2030-02-11" },
    { card, PV_IDENTITY_ISSUER, "FRA" },
    { old_card, PV_IDENTITY_SURNAME, "BERTHIER" },
    { old_card, PV_IDENTITY_GIVEN_NAMES, "CORINNE" },
    { old_card, PV_IDENTITY_BIRTH_DATE, "1965-12-06" },
    { old_card, PV_IDENTITY_EXPIRY, NULL },
    { passport, PV_IDENTITY_GIVEN_NAMES, "ANNA MARIA" },
    { passport, PV_IDENTITY_EXPIRY, "2012-04-15" },
    { passport, PV_IDENTITY_ISSUER, "UTO" },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvIdentity) identity = read_zone (cases[i].zone);

    assert_non_null (identity);
    assert_int_equal (identity->verdict, PV_VERDICT_NOT_PROVEN);
    assert_int_equal (identity->reason, PV_REASON_TYPED);
    if (cases[i].text != NULL)
      assert_string_equal (identity->texts[cases[i].field], cases[i].text);
    else
      assert_null (identity->texts[cases[i].field]);
  }
}

/* Residence permits, of France (before and since 2011) and as they begin elsewhere, and a passport; made up. */
static void
who_is_not_french_is_read_from_a_permit_or_a_passport (void **state)
{
  static const struct {
    const char *zone, *surname, *given_names, *birth_date, *sex, *nationality, *issuer, *number;
  } cases[] = {
    { "IRFRAABC12345601234567890<<<<<\n9108242F2903080UKR<<<<<<<<<<<7\nSHEVCHENKO<<OKSANA<PETRIVNA<<<", "SHEVCHENKO",
      "OKSANA PETRIVNA", "1991-08-24", "F", "UKR", "FRA", "ABC123456" },
    { "ARFRA9912345AB4<<<<<<<<<<<<<<<\n9108242M2903080UKR<<<<<<<<<<<2\nKOVALENKO<<TARAS<<<<<<<<<<<<<<", "KOVALENKO",
      "TARAS", "1991-08-24", "M", "UKR", "FRA", "9912345AB" },
    { "RPFRAD987654327<<<<<<<<<<<<<<<\n8508<<7F3112010SYR<<<<<<<<<<<8\nAL<HASAN<<RIMA<<<<<<<<<<<<<<<<", "AL HASAN",
      "RIMA", "1985-08-00", "F", "SYR", "FRA", "D98765432" }, /* the day is not known */
    { "IRFRAABC12345601234567890<<<<<\n0001018M2903080XXB<<<<<<<<<<<3\nNUR<<AMIN<<<<<<<<<<<<<<<<<<<<<", "NUR", "AMIN",
      "2000-01-01", "M", "XXB", "FRA", "ABC123456" }, /* a refugee */
    { "TSFRASHEVCHENKO<<OKSANA<<<<<<<<<<<<<\nA123456784UKR9108242F2903080<<<<<<<2", "SHEVCHENKO", "OKSANA",
      "1991-08-24", "F", "UKR", "FRA", "A12345678" },
    { "P<UKRSHEVCHENKO<<OKSANA<PETRIVNA<<<<<<<<<<<<\nFA123456<6UKR9108242F29030801991082412345<72", "SHEVCHENKO",
      "OKSANA PETRIVNA", "1991-08-24", "F", "UKR", "UKR", "FA123456" },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvIdentity) identity = read_zone (cases[i].zone);
    const struct {
      PvIdentityField field;
      const char *text;
    } said[] = {
      { PV_IDENTITY_SURNAME, cases[i].surname },         { PV_IDENTITY_GIVEN_NAMES, cases[i].given_names },
      { PV_IDENTITY_BIRTH_DATE, cases[i].birth_date },   { PV_IDENTITY_SEX, cases[i].sex },
      { PV_IDENTITY_NATIONALITY, cases[i].nationality }, { PV_IDENTITY_ISSUER, cases[i].issuer },
      { PV_IDENTITY_NUMBER, cases[i].number },
    };

    if (identity == NULL)
      fail_msg ("not read: %s", cases[i].zone);
    for (guint k = 0; k < G_N_ELEMENTS (said); k++)
      assert_string_equal (identity->texts[said[k].field], said[k].text);
  }
}

static void
a_zone_with_a_fault_says_nothing (void **state)
{
  g_autofree char *wrong = g_strdup (card);

  (void) state;
  wrong[14] = '7'; /* check digit of the number */
  assert_null (read_zone (wrong));
  assert_null (read_zone (""));
  assert_null (read_zone ("IDFRA"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_holder_is_read_and_nothing_is_proven),
    cmocka_unit_test (who_is_not_french_is_read_from_a_permit_or_a_passport),
    cmocka_unit_test (a_zone_with_a_fault_says_nothing),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

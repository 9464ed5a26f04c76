/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/date.h"

#include <libintl.h>
#include <locale.h>

#include "core/wipe.h"

#define NBSP "\xc2\xa0"

static void
reads_the_date_that_is_sent (void **state)
{
  static const char *const wrong[] = { "",           "2020-7-13",   "2020-13-01", "2020-02-30",
                                       "13/07/2020", "2020-07-13 ", "2020-07-00", "0999-01-01",
                                       "2021-02-29", "2020-07-1x",  "+020-07-13" };
  GDate date;

  (void) state;
  g_date_clear (&date, 1);
  assert_false (pv_date_parse (NULL, &date));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_false (pv_date_parse (wrong[i], &date));
  assert_false (g_date_valid (&date));

  assert_true (pv_date_parse ("2020-02-29", &date));
  {
    g_autofree char *text = pv_date_print (&date);
    g_autofree char *slashes = pv_date_display_short (&date);

    assert_string_equal (text, "2020-02-29");
    assert_string_equal (slashes, "29/02/2020");
    g_date_clear (&date, 1);
    assert_true (pv_date_parse_slashes (slashes, &date));
    assert_int_equal (g_date_get_day (&date), 29);
    assert_int_equal (g_date_get_month (&date), 2);
    assert_int_equal (g_date_get_year (&date), 2020);
  }
  assert_false (pv_date_parse_slashes ("31/04/2020", &date));
  assert_false (pv_date_parse_slashes ("2020-04-30", &date));
}

static void
reads_records_with_unknown_day (void **state)
{
  static const char *const wrong[] = { "1950-00-12", "1950-13-00", "1950-06-31", "0000-00-00", "1950-06" };
  PvPartialDate date = { 0, 0, 0 };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_false (pv_date_parse_partial (wrong[i], &date));
  assert_int_equal (date.year, 0);
  assert_true (pv_date_parse_partial ("1950-06-00", &date));
  assert_int_equal (date.month, 6);
  assert_int_equal (date.day, 0);
  assert_true (pv_date_parse_partial ("1950-00-00", &date));
  assert_int_equal (date.month, 0);
  assert_true (pv_date_parse_partial ("1952-02-29", &date));
}

static void
judges_three_boxes (void **state)
{
  static const struct {
    const char *day, *month, *year;
    gboolean may_be_partial;
    PvDateVerdict verdict;
    const char *text;
  } cases[] = {
    { "13", "7", "2020", FALSE, PV_DATE_OK, "2020-07-13" },
    { " 3 ", "07", "2020", FALSE, PV_DATE_OK, "2020-07-03" },
    { "٣", "٧", "٢٠٢٠", FALSE, PV_DATE_OK, "2020-07-03" },
    { "", NULL, "  ", FALSE, PV_DATE_EMPTY, NULL },
    { "", "", "", TRUE, PV_DATE_EMPTY, NULL },
    { "", "7", "2020", FALSE, PV_DATE_NO_DAY, NULL },
    { "13", "", "2020", FALSE, PV_DATE_NO_MONTH, NULL },
    { "13", "7", "", FALSE, PV_DATE_NO_YEAR, NULL },
    { "0", "7", "2020", FALSE, PV_DATE_BAD_DAY, NULL },
    { "32", "7", "2020", FALSE, PV_DATE_BAD_DAY, NULL },
    { "un", "7", "2020", FALSE, PV_DATE_BAD_DAY, NULL },
    { "1 3", "7", "2020", FALSE, PV_DATE_BAD_DAY, NULL },
    { "13", "0", "2020", FALSE, PV_DATE_BAD_MONTH, NULL },
    { "13", "13", "2020", FALSE, PV_DATE_BAD_MONTH, NULL },
    { "13", "juin", "2020", FALSE, PV_DATE_BAD_MONTH, NULL },
    { "13", "7", "85", FALSE, PV_DATE_BAD_YEAR, NULL },
    { "13", "7", "0985", FALSE, PV_DATE_BAD_YEAR, NULL },
    { "13", "7", "19855", FALSE, PV_DATE_BAD_YEAR, NULL },
    { "31", "4", "2020", FALSE, PV_DATE_NOT_IN_CALENDAR, NULL },
    { "29", "2", "2021", FALSE, PV_DATE_NOT_IN_CALENDAR, NULL },
    { "29", "2", "1900", FALSE, PV_DATE_NOT_IN_CALENDAR, NULL },
    { "29", "2", "2000", FALSE, PV_DATE_OK, "2000-02-29" },
    { "", "6", "1950", TRUE, PV_DATE_OK, "1950-06-00" },
    { "", "", "1950", TRUE, PV_DATE_OK, "1950-00-00" },
    { "00", "00", "1950", TRUE, PV_DATE_OK, "1950-00-00" },
    { "12", "", "1950", TRUE, PV_DATE_NO_MONTH, NULL },
    { "", "6", "", TRUE, PV_DATE_NO_YEAR, NULL },
    { "12", "6", "1950", TRUE, PV_DATE_OK, "1950-06-12" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    char *text = NULL;
    PvDateVerdict verdict =
      pv_date_check_boxes (cases[i].day, cases[i].month, cases[i].year, cases[i].may_be_partial, &text);

    if (verdict != cases[i].verdict || g_strcmp0 (text, cases[i].text) != 0)
      fail_msg ("%s/%s/%s: verdict %d, %s", cases[i].day, cases[i].month, cases[i].year, (int) verdict, text);
    pv_wipe_str (text);
  }
}

static void
every_wrong_date_has_its_sentence (void **state)
{
  (void) state;
  assert_null (pv_date_error_sentence (PV_DATE_OK));
  for (guint verdict = PV_DATE_OK + 1; verdict < PV_N_DATE_VERDICTS; verdict++) {
    g_autofree char *sentence = pv_date_error_sentence (verdict);

    assert_non_null (sentence);
    assert_true (g_str_has_suffix (sentence, "."));
  }
}

static void
adds_months_without_leaving_the_month (void **state)
{
  static const struct {
    const char *from;
    guint months;
    const char *to;
  } cases[] = {
    { "2026-11-24", 2, "2027-01-24" },  { "2026-12-31", 2, "2027-02-28" }, { "2027-12-31", 2, "2028-02-29" },
    { "2026-08-31", 1, "2026-09-30" },  { "2026-02-28", 1, "2026-03-28" }, { "2026-05-15", 12, "2027-05-15" },
    { "2028-02-29", 12, "2029-02-28" }, { "2026-05-15", 0, "2026-05-15" }, { "9990-05-15", 4000, "9990-05-15" },
  };

  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = NULL;
    GDate date;

    assert_true (pv_date_parse (cases[i].from, &date));
    pv_date_add_months (&date, cases[i].months);
    text = pv_date_print (&date);
    assert_string_equal (text, cases[i].to);
  }
}

static void
births_are_between_1900_and_today (void **state)
{
  static const struct {
    const char *date;
    gboolean is_birth;
  } cases[] = { { "1899-12-31", FALSE }, { "1900-01-01", TRUE }, { "2026-11-24", TRUE }, { "2026-11-25", FALSE } };
  GDate today, date;

  (void) state;
  assert_true (pv_date_parse ("2026-11-24", &today));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    assert_true (pv_date_parse (cases[i].date, &date));
    assert_int_equal (pv_date_is_birth (&date, &today), cases[i].is_birth);
  }
}

/* 2026-11-23T13:32:05Z and 2026-07-13T22:00:00Z */
static const gint64 winter_us = G_GINT64_CONSTANT (1795440725) * G_TIME_SPAN_SECOND;
static const gint64 summer_us = G_GINT64_CONSTANT (1783980000) * G_TIME_SPAN_SECOND;

static void
takes_the_day_of_the_commune (void **state)
{
  g_autoptr (GTimeZone) paris = g_time_zone_new_identifier ("Europe/Paris");
  g_autoptr (GTimeZone) martinique = g_time_zone_new_identifier ("America/Martinique");
  GDate date;

  (void) state;
  assert_true (pv_moment_get_date (summer_us, paris, &date));
  assert_int_equal (g_date_get_day (&date), 14);
  assert_true (pv_moment_get_date (summer_us, martinique, &date));
  assert_int_equal (g_date_get_day (&date), 13);
  assert_false (pv_moment_get_date (G_MAXINT64, paris, &date));
  assert_int_equal (g_date_get_day (&date), 13);
}

static void
assert_shown (char *shown, const char *expected)
{
  assert_string_equal (shown, expected);
  g_free (shown);
}

static void
writes_english_without_translation (void **state)
{
  g_autoptr (GTimeZone) paris = g_time_zone_new_identifier ("Europe/Paris");
  g_autoptr (GTimeZone) nepal = g_time_zone_new_identifier ("+05:45");
  GDate date;

  (void) state;
  assert_true (pv_date_parse ("2026-11-23", &date));
  assert_shown (pv_date_display (&date), "23 November 2026");
  assert_shown (pv_date_display_weekday (&date), "Monday 23 November 2026");
  assert_shown (pv_time_display (9, 5), "9:05");
  assert_shown (pv_time_display (14, 0), "14:00");
  assert_shown (pv_date_display_text ("1950-06-00"), "June 1950, day unknown");
  assert_shown (pv_date_display_text ("1950-00-00"), "1950, day and month unknown");
  assert_shown (pv_date_display_text ("2027-01-01"), "1 January 2027");
  assert_shown (pv_date_display_text ("bientôt"), "bientôt");
  assert_shown (pv_moment_display (winter_us, paris, TRUE), "23 November 2026 at 14:32 (Paris time)");
  assert_shown (pv_moment_display_here (winter_us, paris, TRUE), "23 November 2026 at 14:32");
  assert_shown (pv_moment_display_here (winter_us, paris, FALSE), "23 November 2026 at 14:32 (time not verified)");
  assert_shown (pv_moment_display (winter_us, nepal, TRUE), "23 November 2026 at 19:17 (UTC+05:45)");
}

/* The catalogue that the build compiled, read as at the kiosk. */
static void
writes_french_by_translation (void **state)
{
  g_autoptr (GTimeZone) paris = g_time_zone_new_identifier ("Europe/Paris");
  g_autofree char *sentence = NULL;
  GDate date;

  (void) state;
  g_setenv ("LANGUAGE", "fr", TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("PV_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");

  assert_true (pv_date_parse ("2026-11-23", &date));
  assert_shown (pv_date_display (&date), "23 novembre 2026");
  assert_shown (pv_date_display_weekday (&date), "lundi 23 novembre 2026");
  assert_shown (pv_date_display_text ("2027-01-01"), "1er janvier 2027");
  assert_shown (pv_date_display_text ("1950-08-00"), "août 1950, jour inconnu");
  assert_shown (pv_time_display (14, 32), "14" NBSP "h" NBSP "32");
  assert_shown (pv_time_display (9, 0), "9" NBSP "h");
  assert_shown (pv_moment_display (winter_us, paris, TRUE),
                "23 novembre 2026 à 14" NBSP "h" NBSP "32 (heure de Paris)");
  assert_shown (pv_moment_display (summer_us, paris, FALSE),
                "14 juillet 2026 à 0" NBSP "h" NBSP "00 (heure de Paris, heure non vérifiée)");
  sentence = pv_date_error_sentence (PV_DATE_BAD_YEAR);
  assert_string_equal (sentence, "L’année doit avoir 4 chiffres, comme 1985.");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (reads_the_date_that_is_sent),
    cmocka_unit_test (reads_records_with_unknown_day),
    cmocka_unit_test (judges_three_boxes),
    cmocka_unit_test (every_wrong_date_has_its_sentence),
    cmocka_unit_test (adds_months_without_leaving_the_month),
    cmocka_unit_test (births_are_between_1900_and_today),
    cmocka_unit_test (takes_the_day_of_the_commune),
    cmocka_unit_test (writes_english_without_translation),
    cmocka_unit_test (writes_french_by_translation), /* last: it changes the language */
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

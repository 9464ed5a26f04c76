/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/opening.h"

#include <string.h>

static const char usual[] = "mon-fri 09:00-12:00 14:00-17:30; sat 09:00-12:00";
static const char *const named[] = { "2026-12-24 10:00-11:00", "2026-12-28/2027-01-03 closed", "2026-11-11 09:00-12:00",
                                     NULL };

/* Local time, as "2026-11-30 10:00". */
static gint64
at (const char *text, GTimeZone *zone)
{
  g_autofree char *iso = g_strdup_printf ("%.10sT%s:00", text, text + 11);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (iso, zone);

  assert_non_null (time);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static void
a_named_day_wins_over_a_holiday_and_that_over_the_week (void **state)
{
  static const struct {
    const char *when;
    gboolean is_open;
  } cases[] = {
    { "2026-11-30 08:59", FALSE }, { "2026-11-30 09:00", TRUE },  { "2026-11-30 17:29", TRUE },
    { "2026-11-30 17:30", FALSE }, { "2026-12-24 09:30", FALSE }, { "2026-12-24 10:30", TRUE },
    { "2026-12-25 10:00", FALSE }, { "2026-12-28 10:00", FALSE }, { "2027-01-02 10:00", FALSE },
    { "2027-01-04 10:00", TRUE },  { "2026-11-11 10:00", TRUE },  { "2027-11-11 10:00", FALSE },
    { "2027-05-06 10:00", FALSE }, /* Ascension */
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");
  g_autoptr (PvOpening) opening = pv_opening_new (usual, named, PV_HOLIDAYS_FRANCE, NULL);
  g_autoptr (PvOpening) weekless = pv_opening_new (NULL, named, PV_HOLIDAYS_NONE, NULL);

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (pv_opening_is_open (opening, at (cases[i].when, zone), zone) != cases[i].is_open)
      fail_msg ("%s", cases[i].when);
  assert_true (pv_opening_is_open (weekless, at ("2026-12-25 03:00", zone), zone));
  assert_false (pv_opening_is_open (weekless, at ("2026-12-28 00:00", zone), zone));
  assert_true (pv_opening_is_open (NULL, at ("2026-12-25 03:00", zone), zone));
}

static void
the_next_change_is_found_over_closed_days (void **state)
{
  static const struct {
    const char *when, *next;
  } cases[] = {
    { "2026-11-30 08:00", "2026-11-30 09:00" }, { "2026-11-30 09:00", "2026-11-30 12:00" },
    { "2026-12-05 12:00", "2026-12-07 09:00" }, { "2026-12-23 18:00", "2026-12-24 10:00" },
    { "2026-12-24 11:00", "2026-12-26 09:00" }, { "2026-12-26 13:00", "2027-01-04 09:00" },
  };
  static const char *const works[] = { "2026-12-01/2027-06-30 closed", NULL };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");
  g_autoptr (PvOpening) opening = pv_opening_new (usual, named, PV_HOLIDAYS_FRANCE, NULL);
  g_autoptr (PvOpening) shut = pv_opening_new (usual, works, PV_HOLIDAYS_NONE, NULL);
  g_autoptr (PvOpening) always = pv_opening_new (NULL, NULL, PV_HOLIDAYS_NONE, NULL);

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (pv_opening_next_change (opening, at (cases[i].when, zone), zone) != at (cases[i].next, zone))
      fail_msg ("%s: not %s", cases[i].when, cases[i].next);
  assert_true (pv_opening_next_change (shut, at ("2026-12-01 10:00", zone), zone) == at ("2027-07-01 09:00", zone));
  assert_true (pv_opening_next_change (always, at ("2026-12-01 10:00", zone), zone) == 0);
  assert_true (pv_opening_next_change (NULL, 0, zone) == 0);
}

/* Ministère du Travail, jours fériés; Easter: tables of the Bureau des longitudes. */
static void
public_holidays_are_those_of_the_code_of_labour (void **state)
{
  static const struct {
    const char *date;
    gboolean is_one, is_one_in_alsace;
  } cases[] = {
    { "2026-01-01", TRUE, TRUE }, { "2026-04-03", FALSE, TRUE }, { "2026-04-05", FALSE, FALSE },
    { "2026-04-06", TRUE, TRUE }, { "2026-05-01", TRUE, TRUE },  { "2026-05-08", TRUE, TRUE },
    { "2026-05-14", TRUE, TRUE }, { "2026-05-25", TRUE, TRUE },  { "2026-07-14", TRUE, TRUE },
    { "2026-08-15", TRUE, TRUE }, { "2026-11-01", TRUE, TRUE },  { "2026-11-11", TRUE, TRUE },
    { "2026-12-25", TRUE, TRUE }, { "2026-12-26", FALSE, TRUE }, { "2027-03-29", TRUE, TRUE },
    { "2028-04-17", TRUE, TRUE }, { "2029-04-02", TRUE, TRUE },  { "2030-04-22", TRUE, TRUE },
    { "2038-04-26", TRUE, TRUE }, { "2049-04-19", TRUE, TRUE },  { "2026-12-24", FALSE, FALSE },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    int year, month, day;
    GDate date;

    assert_int_equal (sscanf (cases[i].date, "%d-%d-%d", &year, &month, &day), 3);
    g_date_clear (&date, 1);
    g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
    if (pv_holidays_has (PV_HOLIDAYS_FRANCE, &date) != cases[i].is_one
        || pv_holidays_has (PV_HOLIDAYS_ALSACE, &date) != cases[i].is_one_in_alsace
        || pv_holidays_has (PV_HOLIDAYS_NONE, &date))
      fail_msg ("%s", cases[i].date);
  }
}

static void
what_is_wrong_is_told (void **state)
{
  static const struct {
    const char *hours, *day, *says;
  } cases[] = {
    { "mon 9:00-12:00", NULL, "a time is expected" },
    { NULL, "24/12/2026 closed", "YYYY-MM-DD" },
    { NULL, "2026-02-30 closed", "YYYY-MM-DD" },
    { NULL, "2026-12-24", "are expected after the date" },
    { NULL, "2026-12-24 shut", "a time is expected" },
    { NULL, "2026-12-24 closed at noon", "nothing may follow" },
    { NULL, "2026-12-24 09:00-12:00; 14:00-15:00", "more than the times" },
    { NULL, "2026-12-24 12:00-09:00", "not in order" },
    { NULL, "2026-12-24/2026-12-20 closed", "before the first" },
    { NULL, "2026-12-24/soon closed", "after the “/”" },
    { NULL, "2026-01-01/2027-01-02 closed", "more than a year" },
    { NULL, "2026-12-24closed", "are expected after the date" },
    { NULL, "", "YYYY-MM-DD" },
  };
  static const char *const twice[] = { "2026-12-20/2026-12-25 closed", "2026-12-25 09:00-10:00", NULL };
  g_autoptr (GError) again = NULL;
  g_autoptr (GPtrArray) many = g_ptr_array_new_with_free_func (g_free);

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *const days[] = { cases[i].day, NULL };
    g_autoptr (GError) error = NULL;
    g_autoptr (PvOpening) opening = pv_opening_new (cases[i].hours, days, PV_HOLIDAYS_NONE, &error);

    if (opening != NULL || error == NULL || strstr (error->message, cases[i].says) == NULL)
      fail_msg ("%s: %s", cases[i].day, error != NULL ? error->message : "taken");
  }
  assert_null (pv_opening_new (NULL, twice, PV_HOLIDAYS_NONE, &again));
  assert_non_null (strstr (again->message, "was named before"));
  for (guint i = 0; i <= PV_OPENING_MAX_DAYS; i++)
    g_ptr_array_add (many, g_strdup_printf ("%u-01-01 closed", 2026 + i));
  g_ptr_array_add (many, NULL);
  assert_null (pv_opening_new (NULL, (const char *const *) many->pdata, PV_HOLIDAYS_NONE, NULL));
}

/* ---- against a search minute by minute ---- */

static void
append_spans (GString *text, GRand *random)
{
  guint minute = 0;
  guint n = (guint) g_rand_int_range (random, 1, 4);

  for (guint i = 0; i < n; i++) {
    /* Close to the hours in which clocks are turned, and to midnight. */
    guint from = minute + (guint) g_rand_int_range (random, 0, 3) * 45,
          to = from + (guint) g_rand_int_range (random, 1, 5) * 25;

    if (to > 24 * 60)
      break;
    g_string_append_printf (text, " %02u:%02u-%02u:%02u", from / 60, from % 60, to / 60, to % 60);
    minute = to + (g_rand_boolean (random) ? 0 : (guint) g_rand_int_range (random, 1, 600));
  }
}

static char *
make_hours (GRand *random)
{
  static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    if (g_rand_int_range (random, 0, 5) == 0 && i > 0)
      continue;
    g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", days[i]);
    if (g_rand_int_range (random, 0, 6) == 0)
      g_string_append (text, " 00:00-24:00");
    else
      append_spans (text, random);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* By the calendar of GLib, and the hours of the week alone: another way than the one that is proven. */
static gboolean
is_open_by_hand (const PvOpeningHours *hours, const char *closed_date, gint64 utc_us, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (utc_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *date = g_date_time_format (local, "%Y-%m-%d");

  return !g_str_equal (date, closed_date) && pv_opening_hours_is_open (hours, utc_us, zone);
}

static void
the_next_change_is_the_one_that_a_search_by_the_minute_finds (void **state)
{
  /* The turning of the clock, in UTC; Lord Howe turns it by half an hour, Apia left a whole day out, Santiago turns it at midnight. */
  static const struct {
    const char *zone, *turn;
  } cases[] = {
    { "Europe/Paris", "2026-10-25T01:00:00Z" },        { "Europe/Paris", "2027-03-28T01:00:00Z" },
    { "Australia/Lord_Howe", "2026-10-03T15:30:00Z" }, { "Australia/Lord_Howe", "2027-04-03T15:00:00Z" },
    { "Pacific/Apia", "2011-12-30T10:00:00Z" },        { "America/Santiago", "2026-09-06T04:00:00Z" },
    { "America/Santiago", "2027-04-04T03:00:00Z" },    { "America/Martinique", "2026-10-25T01:00:00Z" },
  };
  enum { TRIES = 60, MINUTES = 3 * 24 * 60, MINUTE_US = 60 * G_USEC_PER_SEC };
  g_autoptr (GRand) random = g_rand_new_with_seed (20261025);
  guint n_found = 0;

  (void) state;
  for (guint i = 0; i < TRIES * G_N_ELEMENTS (cases); i++) {
    const char *name = cases[i % G_N_ELEMENTS (cases)].zone;
    g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (name);
    g_autoptr (GDateTime) turn = g_date_time_new_from_iso8601 (cases[i % G_N_ELEMENTS (cases)].turn, NULL);
    g_autofree char *text = make_hours (random), *date = g_date_time_format (turn, "%Y-%m-%d");
    g_autofree char *closed = g_strdup_printf ("%s closed", date);
    gboolean has_day = g_rand_int_range (random, 0, 3) == 0;
    const char *const days[] = { has_day ? closed : NULL, NULL };
    g_autoptr (PvOpeningHours) hours = pv_opening_hours_parse (text, NULL);
    g_autoptr (PvOpening) opening = pv_opening_new (text, days, PV_HOLIDAYS_NONE, NULL);
    gint64 start =
      (g_date_time_to_unix (turn) + g_rand_int_range (random, -40, 20) * 3600 + g_rand_int_range (random, 0, 60) * 60)
      * G_USEC_PER_SEC;
    gboolean is_open = is_open_by_hand (hours, has_day ? date : "", start, zone);
    gint64 next = pv_opening_next_change (opening, start, zone), expected = 0;

    assert_non_null (opening);
    assert_int_equal (pv_opening_is_open (opening, start, zone), is_open);
    for (gint64 at_us = start + MINUTE_US; expected == 0 && at_us < start + (gint64) MINUTES * MINUTE_US;
         at_us += MINUTE_US)
      if (is_open_by_hand (hours, has_day ? date : "", at_us, zone) != is_open)
        expected = at_us;
    n_found += expected != 0;
    if (expected != 0 ? next != expected : next != 0 && next < start + (gint64) MINUTES * MINUTE_US)
      fail_msg ("%s, %s, %s: from %" G_GINT64_FORMAT ": %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT, name, text,
                has_day ? closed : "", start, next, expected);
  }
  assert_true (n_found > TRIES * G_N_ELEMENTS (cases) / 2);
}

static void
the_week_is_told_in_as_few_lines_as_it_has_kinds_of_days (void **state)
{
  static const struct {
    const char *hours, *lines; /* NULL: always */
  } cases[] = {
    { usual, "Monday – Friday=9:00 – 12:00 · 14:00 – 17:30|Saturday=9:00 – 12:00|Sunday=Closed" },
    { "mon-sun 00:00-24:00", "Every day=0:00 – 24:00" },
    { "tue 10:00-11:00", "Monday=Closed|Tuesday=10:00 – 11:00|Wednesday – Sunday=Closed" },
    { NULL, "" },
  };

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvOpening) opening = pv_opening_new (cases[i].hours, NULL, PV_HOLIDAYS_NONE, NULL);
    g_autoptr (GPtrArray) rows = pv_opening_list_week (opening);
    g_autoptr (GString) lines = g_string_new (NULL);

    for (guint r = 0; r < rows->len; r++) {
      const PvOpeningRow *row = rows->pdata[r];

      g_string_append_printf (lines, "%s%s=%s", r > 0 ? "|" : "", row->days, row->hours);
    }
    assert_string_equal (lines->str, cases[i].lines);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_named_day_wins_over_a_holiday_and_that_over_the_week),
    cmocka_unit_test (the_next_change_is_found_over_closed_days),
    cmocka_unit_test (public_holidays_are_those_of_the_code_of_labour),
    cmocka_unit_test (what_is_wrong_is_told),
    cmocka_unit_test (the_next_change_is_the_one_that_a_search_by_the_minute_finds),
    cmocka_unit_test (the_week_is_told_in_as_few_lines_as_it_has_kinds_of_days),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

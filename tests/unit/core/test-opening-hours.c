/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include "core/opening-hours.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

static const char usual[] = "mon-fri 09:00-12:00 14:00-17:30; sat 09:00-12:00";

/* Local time in Paris, as "2026-11-30 10:00". */
static gint64
at (const char *text, GTimeZone *zone)
{
  g_autofree char *iso = g_strdup_printf ("%.10sT%s:00", text, text + 11);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (iso, zone);

  assert_non_null (time);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static void
tells_whether_somebody_answers (void **state)
{
  static const struct {
    const char *hours, *when;
    gboolean is_open;
  } cases[] = {
    { usual, "2026-11-30 08:59", FALSE }, /* a Monday */
    { usual, "2026-11-30 09:00", TRUE },
    { usual, "2026-11-30 11:59", TRUE },
    { usual, "2026-11-30 12:00", FALSE },
    { usual, "2026-11-30 17:29", TRUE },
    { usual, "2026-12-05 11:00", TRUE },
    { usual, "2026-12-05 15:00", FALSE },
    { usual, "2026-12-06 10:00", FALSE },
    { " TUE,thu 10:00-11:00 ; sun 00:00-24:00 ", "2026-12-01 10:30", TRUE },
    { " TUE,thu 10:00-11:00 ; sun 00:00-24:00 ", "2026-12-02 10:30", FALSE },
    { " TUE,thu 10:00-11:00 ; sun 00:00-24:00 ", "2026-12-06 23:59", TRUE },
    { "mon 09:00-12:00; ", "2026-11-30 10:30", TRUE },
    { NULL, "2026-12-06 03:00", TRUE },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvOpeningHours) hours = cases[i].hours != NULL ? pv_opening_hours_parse (cases[i].hours, NULL) : NULL;

    if (pv_opening_hours_is_open (hours, at (cases[i].when, zone), zone) != cases[i].is_open)
      fail_msg ("%s, %s", cases[i].hours, cases[i].when);
  }
}

static void
finds_the_next_opening_within_two_weeks (void **state)
{
  static const struct {
    const char *hours, *when, *next; /* NULL: none */
  } cases[] = {
    { usual, "2026-11-30 08:00", "2026-11-30 09:00" },
    { usual, "2026-11-30 12:30", "2026-11-30 14:00" },
    { usual, "2026-12-05 12:00", "2026-12-07 09:00" },
    { usual, "2026-12-31 18:00", "2027-01-01 09:00" },
    { "mon 09:00-10:00", "2026-11-30 10:00", "2026-12-07 09:00" },
    /* the clock is put back on 25 October, and forward on 28 March */
    { "sun 09:00-10:00", "2026-10-24 22:00", "2026-10-25 09:00" },
    { "sun 09:00-10:00", "2027-03-27 22:00", "2027-03-28 09:00" },
    { NULL, "2026-11-30 08:00", NULL },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PvOpeningHours) hours = cases[i].hours != NULL ? pv_opening_hours_parse (cases[i].hours, NULL) : NULL;
    gint64 next = 0;
    gboolean is_found = pv_opening_hours_find_next (hours, at (cases[i].when, zone), zone, &next);

    assert_int_equal (is_found, cases[i].next != NULL);
    if (is_found && next != at (cases[i].next, zone))
      fail_msg ("%s, %s: not %s", cases[i].hours, cases[i].when, cases[i].next);
  }
}

static void
what_is_wrong_is_told_with_its_place (void **state)
{
  static const struct {
    const char *text;
    guint at;
  } cases[] = {
    { "", 1 },
    { "monday 09:00-12:00", 1 },
    { "mon", 4 },
    { "mon 9:00-12:00", 5 },
    { "mon 09:00", 10 },
    { "mon 09:00-25:00", 11 },
    { "mon 09:61-10:00", 5 },
    { "mon 12:00-09:00", 16 },
    { "mon 09:00-12:00 11:00-13:00", 28 },
    { "fri-mon 09:00-12:00", 8 },
    { "mon 09:00-12:00; mon 14:00-15:00", 33 },
    { ";", 1 },
    { "mon 09:00-12:00;;", 17 },
    { "mon 09:00-12:00 ; lun 09:00-12:00", 19 },
    { "mon 01:00-02:00 03:00-04:00 05:00-06:00 07:00-08:00 09:00-10:00 11:00-12:00 13:00-14:00", 77 },
  };
  g_autofree char *endless = g_strnfill (PV_OPENING_HOURS_MAX_BYTES + 1, ' ');

  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *place = g_strdup_printf ("character %u:", cases[i].at);

    assert_null (pv_opening_hours_parse (cases[i].text, &error));
    assert_true (g_error_matches (error, PV_OPENING_HOURS_ERROR, PV_OPENING_HOURS_ERROR_BAD));
    if (strstr (error->message, place) == NULL)
      fail_msg ("%s: %s", cases[i].text, error->message);
  }
  assert_null (pv_opening_hours_parse (endless, NULL));
}

static void
assert_sentence (const char *spec, const char *when, const char *expected)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");
  g_autoptr (PvOpeningHours) hours = pv_opening_hours_parse (spec, NULL);
  g_autofree char *sentence = pv_opening_hours_closed_sentence (hours, at (when, zone), zone);

  if (expected == NULL)
    assert_null (sentence);
  else
    assert_string_equal (sentence, expected);
}

static void
says_in_french_when_somebody_answers_again (void **state)
{
  (void) state;
  g_setenv ("LANGUAGE", "fr", TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("PV_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  assert_sentence (usual, "2026-11-30 10:00", NULL);
  assert_sentence (usual, "2026-11-30 12:30", "Personne avant 14\302\240h.");
  assert_sentence (usual, "2026-12-05 12:00", "Personne avant lundi, 9\302\240h.");
  assert_sentence ("mon 09:30-10:00", "2026-11-30 10:00",
                   "Personne avant lundi 7 décembre 2026, 9\302\240h\302\24030.");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (tells_whether_somebody_answers), cmocka_unit_test (finds_the_next_opening_within_two_weeks),
    cmocka_unit_test (what_is_wrong_is_told_with_its_place),
    cmocka_unit_test (says_in_french_when_somebody_answers_again), /* last: it changes the language */
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tst.h"

#include <string.h>

#include "core/calendar.h"

/* 2026-12-03 08:20 UTC, which is 9 h 20 in Paris */
#define STARTS_US G_GINT64_CONSTANT (1796286000000000)

static PvCalendarEvent
sample (void)
{
  return (PvCalendarEvent){
    .uid = "BCDFGHJKLM@parvis",
    .stamp_us = G_GINT64_CONSTANT (1795440720000000),
    .starts_us = STARTS_US,
    .minutes = 20,
    .summary = "Carte d’identité",
    .place = "Hôtel de ville",
  };
}

static void
an_event_has_what_the_standard_demands_and_no_more (void **state)
{
  PvCalendarEvent event = sample ();
  g_autofree char *calendar = pv_calendar_make (&event);

  (void) state;
  assert_string_equal (calendar, "BEGIN:VCALENDAR\r\n"
                                 "VERSION:2.0\r\n"
                                 "PRODID:-//Parvis//FR\r\n"
                                 "BEGIN:VEVENT\r\n"
                                 "UID:BCDFGHJKLM@parvis\r\n"
                                 "DTSTAMP:20261123T133200Z\r\n"
                                 "DTSTART:20261203T082000Z\r\n"
                                 "DTEND:20261203T084000Z\r\n"
                                 "SUMMARY:Carte d’identité\r\n"
                                 "LOCATION:Hôtel de ville\r\n"
                                 "END:VEVENT\r\n"
                                 "END:VCALENDAR\r\n");
}

static void
texts_are_escaped_and_cannot_add_a_line (void **state)
{
  PvCalendarEvent event = sample ();
  g_autofree char *calendar = NULL;

  (void) state;
  event.summary = "a;b,c\\d\ne\rATTENDEE:x";
  event.place = NULL;
  calendar = pv_calendar_make (&event);
  assert_non_null (strstr (calendar, "\r\nSUMMARY:a\\;b\\,c\\\\d\\neATTENDEE:x\r\n"));
  assert_null (strstr (calendar, "\r\nATTENDEE"));
  assert_null (strstr (calendar, "LOCATION"));
}

static void
without_a_length_half_an_hour_is_kept_free (void **state)
{
  PvCalendarEvent event = sample ();
  g_autofree char *calendar = NULL;

  (void) state;
  event.minutes = 0;
  calendar = pv_calendar_make (&event);
  assert_non_null (strstr (calendar, "DTEND:20261203T085000Z\r\n"));
}

/* Whatever the portal's titles are: lines of 75 octets, whole characters, and small enough for a code on paper. */
static void
long_texts_are_folded_and_shortened (void **state)
{
  (void) state;
  for (guint length = 0; length < 2000; length += 37) {
    g_autoptr (GString) text = g_string_new (NULL);
    PvCalendarEvent event = sample ();
    g_autofree char *calendar = NULL;
    g_auto (GStrv) lines = NULL;

    for (guint i = 0; i < length; i++)
      g_string_append (text, i % 3 == 0 ? "é" : i % 3 == 1 ? "," : "x");
    event.summary = text->str;
    event.place = text->str;
    calendar = pv_calendar_make (&event);
    assert_true (strlen (calendar) <= PV_CALENDAR_MAX_BYTES);
    assert_true (g_utf8_validate (calendar, -1, NULL));
    lines = g_strsplit (calendar, "\r\n", -1);
    for (guint i = 0; lines[i] != NULL; i++) {
      assert_true (strlen (lines[i]) <= PV_CALENDAR_MAX_LINE);
      assert_true (g_utf8_validate (lines[i], -1, NULL));
      assert_null (strchr (lines[i], '\n'));
    }
    assert_true (g_str_has_suffix (calendar, "END:VEVENT\r\nEND:VCALENDAR\r\n"));
  }
}

static void
a_time_beyond_all_years_is_none (void **state)
{
  PvCalendarEvent event = sample ();

  (void) state;
  event.starts_us = G_MAXINT64;
  assert_null (pv_calendar_make (&event));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_event_has_what_the_standard_demands_and_no_more),
    cmocka_unit_test (texts_are_escaped_and_cannot_add_a_line),
    cmocka_unit_test (without_a_length_half_an_hour_is_kept_free),
    cmocka_unit_test (long_texts_are_folded_and_shortened),
    cmocka_unit_test (a_time_beyond_all_years_is_none),
  };

  tst_init ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

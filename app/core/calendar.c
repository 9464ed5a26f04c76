/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/calendar.h"

#include <string.h>

#define ELLIPSIS "\u2026"

enum { MIN_PLACE_CHARS = 16, MIN_SUMMARY_CHARS = 24 };

/* RFC 5545, 3.3.11: backslash, semicolon, comma and the end of a line; other controls have no place in a text. */
static char *
escape (const char *text)
{
  GString *escaped = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++) {
    if (*at == '\\' || *at == ';' || *at == ',')
      g_string_append_c (escaped, '\\');
    if (*at == '\n')
      g_string_append (escaped, "\\n");
    else if ((guchar) *at >= 0x20 && *at != 0x7f)
      g_string_append_c (escaped, *at);
  }
  return g_string_free (escaped, FALSE);
}

/* A line of at most 75 octets, its continuation after a space; no character is torn apart. */
static void
add_line (GString *calendar, const char *name, const char *value)
{
  g_autofree char *line = g_strdup_printf ("%s:%s", name, value);
  const char *at = line;
  gsize room = PV_CALENDAR_MAX_LINE;

  while (strlen (at) > room) {
    const char *end = at + room;

    while (end > at && ((guchar) *end & 0xc0) == 0x80)
      end--;
    g_string_append_len (calendar, at, end - at);
    g_string_append (calendar, "\r\n ");
    at = end;
    room = PV_CALENDAR_MAX_LINE - 1;
  }
  g_string_append (calendar, at);
  g_string_append (calendar, "\r\n");
}

static gboolean
add_time (GString *calendar, const char *name, gint64 utc_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (utc_us / G_USEC_PER_SEC);
  g_autofree char *text = utc != NULL ? g_date_time_format (utc, "%Y%m%dT%H%M%SZ") : NULL;

  if (text != NULL)
    add_line (calendar, name, text);
  return text != NULL;
}

static void
add_text (GString *calendar, const char *name, const char *text, glong max_chars)
{
  g_autofree char *start = NULL, *cut = NULL, *escaped = NULL;

  if (text == NULL || *text == '\0' || max_chars <= 0)
    return;
  if (g_utf8_strlen (text, -1) > max_chars) {
    start = g_utf8_substring (text, 0, max_chars - 1);
    cut = g_strconcat (g_strchomp (start), ELLIPSIS, NULL);
  }
  escaped = escape (cut != NULL ? cut : text);
  add_line (calendar, name, escaped);
}

static char *
make (const PvCalendarEvent *event, glong summary_chars, glong place_chars)
{
  g_autoptr (GString) calendar = g_string_new (NULL);
  guint minutes = event->minutes > 0 ? event->minutes : PV_CALENDAR_DEFAULT_MINUTES;

  add_line (calendar, "BEGIN", "VCALENDAR");
  add_line (calendar, "VERSION", "2.0");
  add_line (calendar, "PRODID", "-//Parvis//FR");
  add_line (calendar, "BEGIN", "VEVENT");
  add_line (calendar, "UID", event->uid);
  if (!add_time (calendar, "DTSTAMP", event->stamp_us) || !add_time (calendar, "DTSTART", event->starts_us)
      || !add_time (calendar, "DTEND", event->starts_us + (gint64) minutes * 60 * G_USEC_PER_SEC))
    return NULL;
  add_text (calendar, "SUMMARY", event->summary, summary_chars);
  add_text (calendar, "LOCATION", event->place, place_chars);
  add_line (calendar, "END", "VEVENT");
  add_line (calendar, "END", "VCALENDAR");
  return g_strdup (calendar->str);
}

char *
pv_calendar_make (const PvCalendarEvent *event)
{
  glong summary = event->summary != NULL ? g_utf8_strlen (event->summary, -1) : 0;
  glong place = event->place != NULL ? g_utf8_strlen (event->place, -1) : 0;

  for (;;) {
    char *calendar = make (event, summary, place);
    glong excess = calendar != NULL ? (glong) strlen (calendar) - PV_CALENDAR_MAX_BYTES : 0;
    glong step = MAX (excess / 4, 1); /* four octets at most are one character */

    if (excess <= 0 || (place <= 0 && summary <= MIN_SUMMARY_CHARS))
      return calendar;
    g_free (calendar);
    if (place > MIN_PLACE_CHARS)
      place = MAX (place - step, MIN_PLACE_CHARS);
    else if (summary > MIN_SUMMARY_CHARS)
      summary = MAX (summary - step, MIN_SUMMARY_CHARS);
    else
      place = 0;
  }
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words of dates and times. The C library's names of months are not used: its locale stays C. */

#include "core/date.h"

#include <glib/gi18n-lib.h>

static const char *
month_name (guint month)
{
  static const char *const names[] = {
    NC_ ("month in a date", "January"), NC_ ("month in a date", "February"), NC_ ("month in a date", "March"),
    NC_ ("month in a date", "April"),   NC_ ("month in a date", "May"),      NC_ ("month in a date", "June"),
    NC_ ("month in a date", "July"),    NC_ ("month in a date", "August"),   NC_ ("month in a date", "September"),
    NC_ ("month in a date", "October"), NC_ ("month in a date", "November"), NC_ ("month in a date", "December"),
  };

  g_return_val_if_fail (month >= 1 && month <= G_N_ELEMENTS (names), "");
  return g_dpgettext2 (GETTEXT_PACKAGE, "month in a date", names[month - 1]);
}

const char *
pv_weekday_name (GDateWeekday weekday)
{
  static const char *const names[] = {
    NC_ ("weekday of a date", "Monday"),   NC_ ("weekday of a date", "Tuesday"), NC_ ("weekday of a date", "Wednesday"),
    NC_ ("weekday of a date", "Thursday"), NC_ ("weekday of a date", "Friday"),  NC_ ("weekday of a date", "Saturday"),
    NC_ ("weekday of a date", "Sunday"),
  };

  g_return_val_if_fail (weekday >= G_DATE_MONDAY && weekday <= G_DATE_SUNDAY, "");
  return g_dpgettext2 (GETTEXT_PACKAGE, "weekday of a date", names[weekday - G_DATE_MONDAY]);
}

static char *
display_day (guint day, guint month, guint year)
{
  if (day == 1)
    /* Translators: the first day of a month: month, year */
    return g_strdup_printf (C_ ("date", "1 %s %u"), month_name (month), year);
  /* Translators: day, month, year */
  return g_strdup_printf (C_ ("date", "%u %s %u"), day, month_name (month), year);
}

char *
pv_date_display (const GDate *date)
{
  g_return_val_if_fail (g_date_valid (date), NULL);
  return display_day (g_date_get_day (date), (guint) g_date_get_month (date), g_date_get_year (date));
}

char *
pv_date_display_weekday (const GDate *date)
{
  g_autofree char *day = NULL;

  g_return_val_if_fail (g_date_valid (date), NULL);
  day = pv_date_display (date);
  /* Translators: weekday, date */
  return g_strdup_printf (C_ ("date", "%s %s"), pv_weekday_name (g_date_get_weekday (date)), day);
}

char *
pv_date_display_button (const GDate *date)
{
  static const char *const names[] = {
    NC_ ("short month", "Jan"), NC_ ("short month", "Feb"), NC_ ("short month", "Mar"), NC_ ("short month", "Apr"),
    NC_ ("short month", "May"), NC_ ("short month", "Jun"), NC_ ("short month", "Jul"), NC_ ("short month", "Aug"),
    NC_ ("short month", "Sep"), NC_ ("short month", "Oct"), NC_ ("short month", "Nov"), NC_ ("short month", "Dec"),
  };

  g_return_val_if_fail (g_date_valid (date), NULL);
  return g_strdup_printf ("%u\u00a0%s", g_date_get_day (date),
                          g_dpgettext2 (GETTEXT_PACKAGE, "short month", names[g_date_get_month (date) - 1]));
}

char *
pv_date_display_near (const GDate *date)
{
  const char *weekday, *month;

  g_return_val_if_fail (g_date_valid (date), NULL);
  weekday = pv_weekday_name (g_date_get_weekday (date));
  month = month_name ((guint) g_date_get_month (date));
  if (g_date_get_day (date) == 1)
    /* Translators: the first day of a month: weekday, month */
    return g_strdup_printf (C_ ("date", "%s 1 %s"), weekday, month);
  /* Translators: weekday, day, month */
  return g_strdup_printf (C_ ("date", "%s %u %s"), weekday, g_date_get_day (date), month);
}

char *
pv_time_display_full (guint hour, guint minute)
{
  return g_strdup_printf (C_ ("time of day", "%u:%02u"), hour, minute);
}

char *
pv_date_display_short (const GDate *date)
{
  g_return_val_if_fail (g_date_valid (date), NULL);
  return g_strdup_printf ("%02u/%02u/%04u", g_date_get_day (date), (guint) g_date_get_month (date),
                          g_date_get_year (date));
}

char *
pv_date_display_partial (const PvPartialDate *date)
{
  g_return_val_if_fail (date != NULL, NULL);
  if (date->month == 0)
    return g_strdup_printf (_ ("%u, day and month unknown"), date->year);
  if (date->day == 0)
    /* Translators: month, year */
    return g_strdup_printf (_ ("%s %u, day unknown"), month_name (date->month), date->year);
  return display_day (date->day, date->month, date->year);
}

char *
pv_date_display_text (const char *text)
{
  PvPartialDate date;

  return pv_date_parse_partial (text, &date) ? pv_date_display_partial (&date) : g_strdup (text);
}

char *
pv_time_display (guint hour, guint minute)
{
  if (minute == 0)
    /* Translators: a full hour; in French "14 h" */
    return g_strdup_printf (C_ ("time of day", "%u:00"), hour);
  /* Translators: hour and minutes; in French "14 h 32" */
  return g_strdup_printf (C_ ("time of day", "%u:%02u"), hour, minute);
}

/* NULL for a zone whose name nobody would know: it is told by its distance from UTC. */
static const char *
zone_name (GTimeZone *zone)
{
  static const struct {
    const char *identifier;
    const char *name;
  } zones[] = {
    { "America/Cayenne", NC_ ("zone of a time", "Cayenne time") },
    { "America/Guadeloupe", NC_ ("zone of a time", "Guadeloupe time") },
    { "America/Martinique", NC_ ("zone of a time", "Martinique time") },
    { "America/Miquelon", NC_ ("zone of a time", "Saint-Pierre time") },
    { "Europe/Brussels", NC_ ("zone of a time", "Brussels time") },
    { "Europe/Paris", NC_ ("zone of a time", "Paris time") },
    { "Indian/Mayotte", NC_ ("zone of a time", "Mayotte time") },
    { "Indian/Reunion", NC_ ("zone of a time", "Reunion time") },
    { "Pacific/Noumea", NC_ ("zone of a time", "Noumea time") },
    { "Pacific/Tahiti", NC_ ("zone of a time", "Tahiti time") },
  };
  const char *identifier = g_time_zone_get_identifier (zone);

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    if (g_strcmp0 (identifier, zones[i].identifier) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "zone of a time", zones[i].name);
  return NULL;
}

static GDateTime *
split_moment (gint64 utc_us, GTimeZone *zone, char **ret_day, char **ret_hour)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (utc_us / G_TIME_SPAN_SECOND);
  GDateTime *local = utc == NULL ? NULL : g_date_time_to_timezone (utc, zone);

  if (local == NULL)
    return NULL;
  *ret_day = display_day ((guint) g_date_time_get_day_of_month (local), (guint) g_date_time_get_month (local),
                          (guint) g_date_time_get_year (local));
  *ret_hour = g_strdup_printf (C_ ("time of day", "%u:%02u"), (guint) g_date_time_get_hour (local),
                               (guint) g_date_time_get_minute (local));
  return local;
}

char *
pv_moment_display_here (gint64 utc_us, GTimeZone *zone, gboolean is_clock_verified)
{
  g_autofree char *day = NULL, *hour_text = NULL;
  g_autoptr (GDateTime) local = split_moment (utc_us, zone, &day, &hour_text);

  g_return_val_if_fail (local != NULL, NULL);
  if (!is_clock_verified)
    /* Translators: date, time; the kiosk's clock was not set from the network */
    return g_strdup_printf (_ ("%s at %s (time not verified)"), day, hour_text);
  /* Translators: date, time */
  return g_strdup_printf (_ ("%s at %s"), day, hour_text);
}

char *
pv_moment_display (gint64 utc_us, GTimeZone *zone, gboolean is_clock_verified)
{
  g_autofree char *day = NULL, *hour_text = NULL, *where = NULL;
  g_autoptr (GDateTime) local = split_moment (utc_us, zone, &day, &hour_text);

  g_return_val_if_fail (local != NULL, NULL);
  where = zone_name (zone) != NULL ? g_strdup (zone_name (zone)) : g_date_time_format (local, "UTC%:z");
  if (!is_clock_verified)
    /* Translators: date, time, name of the time zone; the kiosk's clock was not set from the network */
    return g_strdup_printf (_ ("%s at %s (%s, time not verified)"), day, hour_text, where);
  /* Translators: date, time, name of the time zone */
  return g_strdup_printf (_ ("%s at %s (%s)"), day, hour_text, where);
}

char *
pv_date_error_sentence (PvDateVerdict verdict)
{
  switch (verdict) {
  case PV_DATE_OK:
  case PV_N_DATE_VERDICTS:
    return NULL;
  case PV_DATE_EMPTY:
    return g_strdup (_ ("The date is missing. Write the day, the month and the year."));
  case PV_DATE_NO_DAY:
    return g_strdup (_ ("The day is missing. Write it as a number from 1 to 31."));
  case PV_DATE_NO_MONTH:
    return g_strdup (_ ("The month is missing. Write it as a number from 1 to 12."));
  case PV_DATE_NO_YEAR:
    return g_strdup (_ ("The year is missing. Write it with 4 digits, like 1985."));
  case PV_DATE_BAD_DAY:
    return g_strdup (_ ("The day must be between 1 and 31."));
  case PV_DATE_BAD_MONTH:
    return g_strdup (_ ("The month must be between 1 and 12."));
  case PV_DATE_BAD_YEAR:
    return g_strdup (_ ("The year must have 4 digits, like 1985."));
  case PV_DATE_NOT_IN_CALENDAR:
    return g_strdup (_ ("This day does not exist in the calendar. Check the day and the month."));
  }
  return NULL;
}

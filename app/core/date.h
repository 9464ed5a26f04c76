/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* date.h: dates and times as they are sent, typed, shown and reckoned with.
 *
 * Pure: "now", the zone and the language are given from outside. Dates are those of the Gregorian calendar, years 1000
 * to 9999. In the displays a no-break space keeps "14 h 32" on one line.
 */
#pragma once

#include <glib.h>

/* A date of a civil record: month 0 or day 0 is unknown; with an unknown month the day is unknown as well. */
typedef struct PvPartialDate {
  guint16 year;
  guint8 month, day;
} PvPartialDate;

/* YYYY-MM-DD, the form that is sent. @ret_date is untouched on failure. */
gboolean pv_date_parse (const char *text, GDate *ret_date);
/* As pv_date_parse(), also YYYY-MM-00 and YYYY-00-00. */
gboolean pv_date_parse_partial (const char *text, PvPartialDate *ret_date);
/* DD/MM/YYYY, as a French portal writes the limits of a question. */
gboolean pv_date_parse_slashes (const char *text, GDate *ret_date);
/* YYYY-MM-DD. (transfer full) */
char *pv_date_print (const GDate *date) G_GNUC_WARN_UNUSED_RESULT;

typedef enum {
  PV_DATE_OK,
  PV_DATE_EMPTY,           /* nothing in any box */
  PV_DATE_NO_DAY,          /* the box of the day is empty, and the day must be known */
  PV_DATE_NO_MONTH,        /* likewise; also a day without its month */
  PV_DATE_NO_YEAR,         /* the year must always be known */
  PV_DATE_BAD_DAY,         /* not 1 to 31 */
  PV_DATE_BAD_MONTH,       /* not 1 to 12 */
  PV_DATE_BAD_YEAR,        /* not four digits, or below 1000 */
  PV_DATE_NOT_IN_CALENDAR, /* 31 April, 29 February of a common year */
  PV_N_DATE_VERDICTS
} PvDateVerdict;

/**
 * pv_date_check_boxes:
 * @day, @month, @year: (nullable): what was typed, spaces around it allowed
 * @may_be_partial: day, or day and month, may be left empty (civil records)
 * @ret_text: (out) (optional): YYYY-MM-DD with 00 for what is unknown, wipe with pv_wipe_str(); set only when PV_DATE_OK
 */
PvDateVerdict pv_date_check_boxes (const char *day, const char *month, const char *year, gboolean may_be_partial,
                                   char **ret_text);

/* One or two short translated sentences, NULL for PV_DATE_OK. (transfer full) */
char *pv_date_error_sentence (PvDateVerdict verdict) G_GNUC_WARN_UNUSED_RESULT;

/* A person born on this day can be alive: 1 January 1900 to @today. */
gboolean pv_date_is_birth (const GDate *date, const GDate *today);

/* "23 novembre 2026", "1er janvier 2027". (transfer full) */
char *pv_date_display (const GDate *date) G_GNUC_WARN_UNUSED_RESULT;
/* "lundi". (transfer none) */
const char *pv_weekday_name (GDateWeekday weekday);
/* "lundi 23 novembre 2026". (transfer full) */
char *pv_date_display_weekday (const GDate *date) G_GNUC_WARN_UNUSED_RESULT;
/* "23 nov.", for a small button. (transfer full) */
char *pv_date_display_button (const GDate *date) G_GNUC_WARN_UNUSED_RESULT;
/* "lundi 23 novembre", where the year is beyond doubt. (transfer full) */
char *pv_date_display_near (const GDate *date) G_GNUC_WARN_UNUSED_RESULT;
/* "9 h 00": one under the other, all minutes are told. (transfer full) */
char *pv_time_display_full (guint hour, guint minute) G_GNUC_WARN_UNUSED_RESULT;
/* "23/11/2026". (transfer full) */
char *pv_date_display_short (const GDate *date) G_GNUC_WARN_UNUSED_RESULT;
/* "juin 1950, jour inconnu", "1950, jour et mois inconnus"; as pv_date_display() when all is known. (transfer full) */
char *pv_date_display_partial (const PvPartialDate *date) G_GNUC_WARN_UNUSED_RESULT;
/* For @text of a date question; what is not a date comes back as it is. (transfer full) */
char *pv_date_display_text (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_date_add_months:
 *
 * The same day of the month, or the last day of a shorter month: 31 December and two months is 28 or 29 February.
 * @date must be valid; beyond the year 9999 it stays as it is.
 */
void pv_date_add_months (GDate *date, guint months);

/**
 * pv_time_parse:
 * @text: as people type it: "14:32", "14h32", "14 h", "9.05", "1432"; or HH:MM as it is sent
 */
gboolean pv_time_parse (const char *text, guint *ret_hour, guint *ret_minute);
/* "14 h 32", "14 h". (transfer full) */
char *pv_time_display (guint hour, guint minute) G_GNUC_WARN_UNUSED_RESULT;

/* The day it is at @utc_us (microseconds since 1970) in @zone. FALSE: beyond the years of a GDateTime. */
gboolean pv_moment_get_date (gint64 utc_us, GTimeZone *zone, GDate *ret_date);

/**
 * pv_moment_display:
 * @utc_us: microseconds since 1970-01-01T00:00:00Z
 * @zone: of the commune
 * @is_clock_verified: FALSE adds that the time is not verified
 *
 * Returns: (transfer full): "23 novembre 2026 à 14 h 32 (heure de Paris)"; an unnamed zone is told by its distance from
 * UTC. The minutes are always told.
 */
char *pv_moment_display (gint64 utc_us, GTimeZone *zone, gboolean is_clock_verified) G_GNUC_WARN_UNUSED_RESULT;
/* The same for who stands in that zone: "23 novembre 2026 à 14 h 32". (transfer full) */
char *pv_moment_display_here (gint64 utc_us, GTimeZone *zone, gboolean is_clock_verified) G_GNUC_WARN_UNUSED_RESULT;

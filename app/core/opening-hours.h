/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* opening-hours.h: when somebody answers, as an administrator writes it and as a citizen reads it.
 *
 *     mon-fri 09:00-12:00 14:00-17:30; sat 09:00-12:00
 *
 * Rules, separated by semicolons: days (mon tue wed thu fri sat sun, a range of them, or several with commas), then one
 * or more spans of the day; the last one may end at 24:00.  A day that no rule names is closed.  The hours are those of
 * the commune's clock.  Pure: the moment and its zone are arguments.
 */
#pragma once

#include <glib.h>

#define PV_OPENING_HOURS_ERROR (pv_opening_hours_error_quark ())
GQuark pv_opening_hours_error_quark (void);
typedef enum {
  PV_OPENING_HOURS_ERROR_BAD, /* the administrator has something to mend; the message says at which character */
} PvOpeningHoursError;

enum {
  PV_OPENING_HOURS_MAX_BYTES = 512,
  PV_OPENING_HOURS_MAX_SPANS = 6,     /* of a day */
  PV_OPENING_HOURS_HORIZON_DAYS = 14, /* how far the next opening is looked for */
};

typedef struct PvOpeningSpan {
  guint from, to; /* minutes of the day, by the commune's clock; @to does not belong to it */
} PvOpeningSpan;

typedef struct PvOpeningDay {
  PvOpeningSpan spans[PV_OPENING_HOURS_MAX_SPANS]; /* in order */
  guint n_spans;                                   /* 0: closed */
} PvOpeningDay;

typedef struct PvOpeningHours PvOpeningHours;

PvOpeningHours *pv_opening_hours_parse (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_opening_hours_free (PvOpeningHours *hours);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvOpeningHours, pv_opening_hours_free)

/* The times of one day alone: "09:00-12:00 14:00-17:30". Errors: PV_OPENING_HOURS_ERROR. */
gboolean pv_opening_day_parse (const char *text, PvOpeningDay *ret_day, GError **error);
/* (transfer none): what the rules say of this day of the week */
const PvOpeningDay *pv_opening_hours_get_day (const PvOpeningHours *hours, GDateWeekday weekday);

/* @hours: (nullable): NULL is always open; likewise below. */
gboolean pv_opening_hours_is_open (const PvOpeningHours *hours, gint64 utc_us, GTimeZone *zone);
/* The first opening after @utc_us; FALSE: none within the horizon. */
gboolean pv_opening_hours_find_next (const PvOpeningHours *hours, gint64 utc_us, GTimeZone *zone, gint64 *ret_utc_us);
/* "Personne avant 14 h.", "Personne avant lundi 9 h.", "Personne ne répond en ce moment."; NULL while open.
 * (transfer full) */
char *pv_opening_hours_closed_sentence (const PvOpeningHours *hours, gint64 utc_us,
                                        GTimeZone *zone) G_GNUC_WARN_UNUSED_RESULT;

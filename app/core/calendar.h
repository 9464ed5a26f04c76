/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* calendar.h: an appointment as an iCalendar object (RFC 5545), small enough for a QR code that a phone reads. */
#pragma once

#include <glib.h>

enum {
  PV_CALENDAR_MAX_BYTES = 300, /* of the whole: a QR code of 1.5 mm dots stays under 7 cm */
  PV_CALENDAR_MAX_LINE = 75,   /* octets of a line, without its end (RFC 5545, 3.1) */
  PV_CALENDAR_DEFAULT_MINUTES = 30,
};

typedef struct PvCalendarEvent {
  const char *uid;     /* letters, digits, "-", "." and "@" */
  gint64 stamp_us;     /* UTC: when this was made */
  gint64 starts_us;    /* UTC */
  guint minutes;       /* 0: PV_CALENDAR_DEFAULT_MINUTES */
  const char *summary; /* what it is */
  const char *place;   /* (nullable) */
} PvCalendarEvent;

/**
 * pv_calendar_make:
 *
 * One VEVENT with what RFC 5545 (3.6.1) demands and no more. Times in UTC, so that no zone has to be described. A text that
 * would make it larger than PV_CALENDAR_MAX_BYTES is shortened with "…": the place first, then the summary.
 *
 * Returns: (transfer full): with CRLF, folded and escaped; NULL if a time is beyond the years of a GDateTime
 */
char *pv_calendar_make (const PvCalendarEvent *event) G_GNUC_WARN_UNUSED_RESULT;

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* opening.h: when the kiosk serves: the hours of the week, public holidays, and days that are otherwise.
 *
 * A day that is named wins over a public holiday, that one over the week:
 *
 *     2026-12-24 09:00-12:00      other hours
 *     2026-12-25 closed
 *     2026-08-03/2026-08-14 closed
 *
 * Hours are those of the commune's clock, as people read them: where it is put forward, a time that does not exist comes at no
 * moment; where it is put back, one that comes twice counts twice. Pure: the moment and its zone are arguments.
 */
#pragma once

#include "core/opening-hours.h"

#define PV_OPENING_ERROR (pv_opening_error_quark ())
GQuark pv_opening_error_quark (void);
typedef enum {
  PV_OPENING_ERROR_BAD, /* the administrator has something to mend */
} PvOpeningError;

enum {
  PV_OPENING_MAX_DAYS = 200,  /* days and ranges that are named */
  PV_OPENING_MAX_RANGE = 366, /* days of one range */
  PV_OPENING_HORIZON_DAYS =
    400, /* how far a change is looked for: a kiosk that is closed for a year says when it opens */
};

/* Public holidays on which the kiosk is closed. */
typedef enum {
  PV_HOLIDAYS_NONE,
  PV_HOLIDAYS_FRANCE, /* Code du travail, L3133-1: 11 days */
  PV_HOLIDAYS_ALSACE, /* Alsace and Moselle, L3134-13: Good Friday and 26 December too */
} PvHolidays;

/* Immutable, counted; any thread. */
typedef struct PvOpening PvOpening;

/**
 * pv_opening_new:
 * @hours: (nullable): as in opening-hours.h; NULL: every day and night
 * @days: (nullable): named days, as above
 *
 * Errors: PV_OPENING_ERROR, PV_OPENING_HOURS_ERROR.
 */
PvOpening *pv_opening_new (const char *hours, const char *const *days, PvHolidays holidays,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
PvOpening *pv_opening_ref (PvOpening *opening);
void pv_opening_unref (PvOpening *opening);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvOpening, pv_opening_unref)

/* @opening: (nullable): NULL: always; likewise below. */
gboolean pv_opening_is_open (const PvOpening *opening, gint64 utc_us, GTimeZone *zone);
/* The first moment after @utc_us at which it is open and was not, or the other way round; UTC, µs, a whole minute of the commune's
 * clock. 0: none within the horizon. */
gint64 pv_opening_next_change (const PvOpening *opening, gint64 utc_us, GTimeZone *zone);

/* One line of the week: days in a row with the same hours. */
typedef struct PvOpeningRow {
  char *days, *hours; /* "lundi – vendredi", "9 h – 12 h · 14 h – 17 h 30"; or "Fermé" */
} PvOpeningRow;
void pv_opening_row_free (PvOpeningRow *row);
/* The hours of the week in words of the language in use. (transfer full) (element-type PvOpeningRow) Empty: every day and night */
GPtrArray *pv_opening_list_week (const PvOpening *opening) G_GNUC_WARN_UNUSED_RESULT;

/* Whether it is one of those days. */
gboolean pv_holidays_has (PvHolidays holidays, const GDate *date);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/opening-hours.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/date.h"

enum { N_DAYS = 7, DAY_MINUTES = 24 * 60 };

struct PvOpeningHours {
  PvOpeningDay days[N_DAYS]; /* from Monday */
  gboolean is_named[N_DAYS]; /* by a rule */
};

typedef struct {
  const char *text, *at;
  GError **error;
} Reader;

G_DEFINE_QUARK (pv - opening - hours - error - quark, pv_opening_hours_error)

/* ---- reading ---- */

static gboolean
fail (const Reader *reader, const char *what)
{
  g_set_error (reader->error, PV_OPENING_HOURS_ERROR, PV_OPENING_HOURS_ERROR_BAD, "opening hours, character %u: %s",
               (guint) (reader->at - reader->text) + 1, what);
  return FALSE;
}

static void
skip_blanks (Reader *reader)
{
  while (*reader->at == ' ' || *reader->at == '\t')
    reader->at++;
}

static gboolean
read_day (Reader *reader, guint *ret_day)
{
  static const char *const names[N_DAYS] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

  for (guint i = 0; i < N_DAYS; i++)
    if (g_ascii_strncasecmp (reader->at, names[i], 3) == 0 && !g_ascii_isalpha (reader->at[3])) {
      reader->at += 3;
      *ret_day = i;
      return TRUE;
    }
  return fail (reader, "a day is expected: mon, tue, wed, thu, fri, sat or sun");
}

/* "mon", "mon-fri", "mon,wed,fri-sat" */
static gboolean
read_days (Reader *reader, gboolean *ret_days)
{
  guint first, last;

  do {
    if (!read_day (reader, &first))
      return FALSE;
    last = first;
    if (*reader->at == '-') {
      reader->at++;
      if (!read_day (reader, &last))
        return FALSE;
    }
    if (last < first)
      return fail (reader, "the last day comes before the first");
    for (guint i = first; i <= last; i++)
      ret_days[i] = TRUE;
  } while (*reader->at == ',' && reader->at++ != NULL);
  return TRUE;
}

static gboolean
read_minutes (Reader *reader, guint *ret_minutes)
{
  const char *p = reader->at;
  guint hour, minute;

  if (!g_ascii_isdigit (p[0]) || !g_ascii_isdigit (p[1]) || p[2] != ':' || !g_ascii_isdigit (p[3])
      || !g_ascii_isdigit (p[4]) || g_ascii_isdigit (p[5]))
    return fail (reader, "a time is expected: HH:MM");
  hour = (guint) (p[0] - '0') * 10 + (guint) (p[1] - '0');
  minute = (guint) (p[3] - '0') * 10 + (guint) (p[4] - '0');
  if (minute > 59 || hour * 60 + minute > DAY_MINUTES)
    return fail (reader, "no such time");
  reader->at += 5;
  *ret_minutes = hour * 60 + minute;
  return TRUE;
}

static gboolean
read_span (Reader *reader, PvOpeningDay *day)
{
  PvOpeningSpan span;

  if (day->n_spans >= PV_OPENING_HOURS_MAX_SPANS)
    return fail (reader, "too many spans in a day");
  if (!read_minutes (reader, &span.from))
    return FALSE;
  if (*reader->at != '-')
    return fail (reader, "“-” is expected");
  reader->at++;
  if (!read_minutes (reader, &span.to))
    return FALSE;
  if (span.to <= span.from || (day->n_spans > 0 && span.from < day->spans[day->n_spans - 1].to))
    return fail (reader, "the times are not in order");
  day->spans[day->n_spans++] = span;
  return TRUE;
}

static gboolean
read_spans (Reader *reader, PvOpeningDay *day)
{
  do {
    skip_blanks (reader);
    if (!read_span (reader, day))
      return FALSE;
    skip_blanks (reader);
  } while (*reader->at != '\0' && *reader->at != ';');
  return TRUE;
}

static gboolean
read_rule (Reader *reader, PvOpeningHours *hours)
{
  gboolean days[N_DAYS] = { FALSE };
  PvOpeningDay day = { .n_spans = 0 };

  if (!read_days (reader, days) || !read_spans (reader, &day))
    return FALSE;
  for (guint i = 0; i < N_DAYS; i++) {
    if (!days[i])
      continue;
    if (hours->is_named[i])
      return fail (reader, "a day of this rule has one already");
    hours->is_named[i] = TRUE;
    hours->days[i] = day;
  }
  return TRUE;
}

PvOpeningHours *
pv_opening_hours_parse (const char *text, GError **error)
{
  g_autoptr (PvOpeningHours) hours = g_new0 (PvOpeningHours, 1);
  Reader reader = { text, text, error };

  if (strlen (text) > PV_OPENING_HOURS_MAX_BYTES) {
    reader.at += PV_OPENING_HOURS_MAX_BYTES;
    fail (&reader, "too long");
    return NULL;
  }
  do {
    skip_blanks (&reader);
    if (!read_rule (&reader, hours))
      return NULL;
    if (*reader.at == ';')
      reader.at++;
    skip_blanks (&reader);
  } while (*reader.at != '\0'); /* as in a list, the last rule may end with a semicolon, too */
  return g_steal_pointer (&hours);
}

gboolean
pv_opening_day_parse (const char *text, PvOpeningDay *ret_day, GError **error)
{
  Reader reader = { text, text, error };
  PvOpeningDay day = { .n_spans = 0 };

  if (!read_spans (&reader, &day))
    return FALSE;
  if (*reader.at != '\0')
    return fail (&reader, "more than the times of a day");
  *ret_day = day;
  return TRUE;
}

const PvOpeningDay *
pv_opening_hours_get_day (const PvOpeningHours *hours, GDateWeekday weekday)
{
  return &hours->days[weekday - G_DATE_MONDAY];
}

void
pv_opening_hours_free (PvOpeningHours *hours)
{
  g_free (hours);
}

/* ---- asking ---- */

static GDateTime *
local_time (gint64 utc_us, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (utc_us / G_USEC_PER_SEC);

  return utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
}

gboolean
pv_opening_hours_is_open (const PvOpeningHours *hours, gint64 utc_us, GTimeZone *zone)
{
  g_autoptr (GDateTime) now = local_time (utc_us, zone);
  guint minutes;
  const PvOpeningDay *day;

  if (hours == NULL)
    return TRUE;
  if (now == NULL)
    return FALSE;
  minutes = (guint) (g_date_time_get_hour (now) * 60 + g_date_time_get_minute (now));
  day = &hours->days[g_date_time_get_day_of_week (now) - 1];
  for (guint i = 0; i < day->n_spans; i++)
    if (minutes >= day->spans[i].from && minutes < day->spans[i].to)
      return TRUE;
  return FALSE;
}

static gboolean
find_on_day (const PvOpeningHours *hours, GDateTime *noon, gint64 after_us, GTimeZone *zone, gint64 *ret_utc_us)
{
  const PvOpeningDay *day = &hours->days[g_date_time_get_day_of_week (noon) - 1];

  for (guint i = 0; i < day->n_spans; i++) {
    g_autoptr (GDateTime) from = g_date_time_new (zone, g_date_time_get_year (noon), g_date_time_get_month (noon),
                                                  g_date_time_get_day_of_month (noon), (gint) day->spans[i].from / 60,
                                                  (gint) day->spans[i].from % 60, 0);
    gint64 from_us = from != NULL ? g_date_time_to_unix (from) * G_USEC_PER_SEC : 0;

    if (from != NULL && from_us > after_us) {
      *ret_utc_us = from_us;
      return TRUE;
    }
  }
  return FALSE;
}

gboolean
pv_opening_hours_find_next (const PvOpeningHours *hours, gint64 utc_us, GTimeZone *zone, gint64 *ret_utc_us)
{
  g_autoptr (GDateTime) now = local_time (utc_us, zone);
  g_autoptr (GDateTime) noon = NULL;

  if (hours == NULL || now == NULL)
    return FALSE;
  /* From noon to noon: no change of the clock makes a day come twice. */
  noon = g_date_time_new (zone, g_date_time_get_year (now), g_date_time_get_month (now),
                          g_date_time_get_day_of_month (now), 12, 0, 0);
  for (guint i = 0; noon != NULL && i <= PV_OPENING_HOURS_HORIZON_DAYS; i++) {
    g_autoptr (GDateTime) day = g_date_time_add_days (noon, (gint) i);

    if (day != NULL && find_on_day (hours, day, utc_us, zone, ret_utc_us))
      return TRUE;
  }
  return FALSE;
}

/* "lundi"; a week ahead it could be either of two: "lundi 7 décembre 2026". (transfer full) */
static char *
name_day (GDateTime *now, GDateTime *next)
{
  GDate from, to;

  g_date_clear (&from, 1);
  g_date_clear (&to, 1);
  g_date_set_dmy (&from, (GDateDay) g_date_time_get_day_of_month (now), (GDateMonth) g_date_time_get_month (now),
                  (GDateYear) g_date_time_get_year (now));
  g_date_set_dmy (&to, (GDateDay) g_date_time_get_day_of_month (next), (GDateMonth) g_date_time_get_month (next),
                  (GDateYear) g_date_time_get_year (next));
  if (g_date_days_between (&from, &to) == 0)
    return NULL;
  return g_date_days_between (&from, &to) < N_DAYS ? g_strdup (pv_weekday_name (g_date_get_weekday (&to)))
                                                   : pv_date_display_weekday (&to);
}

char *
pv_opening_hours_closed_sentence (const PvOpeningHours *hours, gint64 utc_us, GTimeZone *zone)
{
  g_autoptr (GDateTime) now = local_time (utc_us, zone);
  g_autoptr (GDateTime) next = NULL;
  g_autofree char *time = NULL, *day = NULL;
  gint64 next_us;

  if (pv_opening_hours_is_open (hours, utc_us, zone))
    return NULL;
  if (now == NULL || !pv_opening_hours_find_next (hours, utc_us, zone, &next_us))
    return g_strdup (_ ("Nobody answers at present."));
  next = local_time (next_us, zone);
  time = pv_time_display ((guint) g_date_time_get_hour (next), (guint) g_date_time_get_minute (next));
  day = name_day (now, next);
  if (day == NULL)
    /* Translators: a time of today */
    return g_strdup_printf (_ ("Nobody before %s."), time);
  /* Translators: weekday, time */
  return g_strdup_printf (_ ("Nobody before %s, %s."), day, time);
}

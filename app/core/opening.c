/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/opening.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/date.h"

enum { N_WEEK = 7, DAY_MINUTES = 24 * 60, DATE_CHARS = 10, MINUTE_S = 60 };

typedef struct {
  guint32 first, last; /* as of g_date_get_julian() */
  PvOpeningDay day;
} NamedDays;

struct PvOpening {
  gatomicrefcount references;
  PvOpeningHours *hours; /* (nullable) */
  GArray *named;         /* (element-type NamedDays) */
  PvHolidays holidays;
};

G_DEFINE_QUARK (pv - opening - error - quark, pv_opening_error)

static const PvOpeningDay closed_day = { .n_spans = 0 };
static const PvOpeningDay whole_day = { .spans = { { 0, DAY_MINUTES } }, .n_spans = 1 };

/* ---- reading ---- */

static gboolean
fail (GError **error, const char *item, const char *what)
{
  g_set_error (error, PV_OPENING_ERROR, PV_OPENING_ERROR_BAD, "“%.40s”: %s", item, what);
  return FALSE;
}

static gboolean
parse_date (const char *text, guint32 *ret_day)
{
  g_autofree char *part = g_strndup (text, DATE_CHARS);
  GDate date;

  g_date_clear (&date, 1);
  if (!pv_date_parse (part, &date))
    return FALSE;
  *ret_day = g_date_get_julian (&date);
  return TRUE;
}

static gboolean
parse_named (const char *item, NamedDays *named, GError **error)
{
  const char *at = item;

  while (*at == ' ')
    at++;
  if (!parse_date (at, &named->first))
    return fail (error, item, "a date is expected: YYYY-MM-DD");
  at += DATE_CHARS;
  named->last = named->first;
  if (*at == '/') {
    if (!parse_date (++at, &named->last))
      return fail (error, item, "a date is expected after the “/”: YYYY-MM-DD");
    at += DATE_CHARS;
  }
  if (named->last < named->first)
    return fail (error, item, "the last day comes before the first");
  if (named->last - named->first >= PV_OPENING_MAX_RANGE)
    return fail (error, item, "more than a year");
  if (*at != ' ')
    return fail (error, item, "“closed” or times are expected after the date");
  while (*at == ' ')
    at++;
  named->day = closed_day;
  if (g_ascii_strncasecmp (at, "closed", strlen ("closed")) == 0) {
    for (at += strlen ("closed"); *at == ' ';)
      at++;
    return *at == '\0' || fail (error, item, "nothing may follow “closed”");
  }
  return pv_opening_day_parse (at, &named->day, error);
}

static gboolean
has_day (const PvOpening *opening, const NamedDays *days)
{
  for (guint i = 0; i < opening->named->len; i++) {
    const NamedDays *other = &g_array_index (opening->named, NamedDays, i);

    if (days->first <= other->last && other->first <= days->last)
      return TRUE;
  }
  return FALSE;
}

PvOpening *
pv_opening_new (const char *hours, const char *const *days, PvHolidays holidays, GError **error)
{
  g_autoptr (PvOpening) opening = g_new0 (PvOpening, 1);

  g_atomic_ref_count_init (&opening->references);
  opening->holidays = holidays;
  opening->named = g_array_new (FALSE, TRUE, sizeof (NamedDays));
  if (hours != NULL) {
    opening->hours = pv_opening_hours_parse (hours, error);
    if (opening->hours == NULL)
      return NULL;
  }
  for (guint i = 0; days != NULL && days[i] != NULL; i++) {
    NamedDays named;

    if (i >= PV_OPENING_MAX_DAYS) {
      fail (error, days[i], "too many days");
      return NULL;
    }
    if (!parse_named (days[i], &named, error))
      return NULL;
    if (has_day (opening, &named)) {
      fail (error, days[i], "a day of this one was named before");
      return NULL;
    }
    g_array_append_val (opening->named, named);
  }
  return g_steal_pointer (&opening);
}

PvOpening *
pv_opening_ref (PvOpening *opening)
{
  g_atomic_ref_count_inc (&opening->references);
  return opening;
}

void
pv_opening_unref (PvOpening *opening)
{
  if (opening == NULL || !g_atomic_ref_count_dec (&opening->references))
    return;
  pv_opening_hours_free (opening->hours);
  g_array_unref (opening->named);
  g_free (opening);
}

/* ---- public holidays ---- */

/* Gregorian Easter: Meeus, Jones and Butcher; J. Meeus, Astronomical Algorithms, chapter 8. */
static guint32
easter (guint year)
{
  guint a = year % 19, b = year / 100, c = year % 100;
  guint h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  guint l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  guint m = (a + 11 * h + 22 * l) / 451;
  guint n = h + l - 7 * m + 114;
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) (n % 31 + 1), (GDateMonth) (n / 31), (GDateYear) year);
  return g_date_get_julian (&date);
}

gboolean
pv_holidays_has (PvHolidays holidays, const GDate *date)
{
  static const struct {
    GDateMonth month;
    GDateDay day;
  } fixed[] = { { 1, 1 }, { 5, 1 }, { 5, 8 }, { 7, 14 }, { 8, 15 }, { 11, 1 }, { 11, 11 }, { 12, 25 } };
  static const int after_easter[] = { 1, 39, 50 }; /* Easter Monday, Ascension, Whit Monday */
  GDateMonth month = g_date_get_month (date);
  GDateDay day = g_date_get_day (date);
  gint64 distance = (gint64) g_date_get_julian (date) - easter (g_date_get_year (date));

  if (holidays == PV_HOLIDAYS_NONE)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    if (month == fixed[i].month && day == fixed[i].day)
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (after_easter); i++)
    if (distance == after_easter[i])
      return TRUE;
  return holidays == PV_HOLIDAYS_ALSACE && ((month == G_DATE_DECEMBER && day == 26) || distance == -2);
}

/* ---- asking ---- */

static const PvOpeningDay *
get_day (const PvOpening *opening, const GDate *date)
{
  guint32 julian = g_date_get_julian (date);

  for (guint i = 0; i < opening->named->len; i++) {
    const NamedDays *named = &g_array_index (opening->named, NamedDays, i);

    if (julian >= named->first && julian <= named->last)
      return &named->day;
  }
  if (pv_holidays_has (opening->holidays, date))
    return &closed_day;
  return opening->hours != NULL ? pv_opening_hours_get_day (opening->hours, g_date_get_weekday (date)) : &whole_day;
}

/* Seconds that the commune's clock is ahead of UTC. */
static gint64
get_offset_s (gint64 utc_s, GTimeZone *zone)
{
  return g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, utc_s));
}

/* Days since 1 January 1970, rounded down. */
static gint64
day_of (gint64 s)
{
  gint64 day_s = DAY_MINUTES * MINUTE_S;

  return s >= 0 ? s / day_s : -((day_s - 1 - s) / day_s);
}

/* FALSE: beyond the calendar. */
static gboolean
get_date (gint64 day, GDate *ret_date)
{
  enum { JULIAN_OF_1970 = 719163, LAST = 3000000 };

  if (day <= -JULIAN_OF_1970 || day > LAST)
    return FALSE;
  g_date_clear (ret_date, 1);
  g_date_set_julian (ret_date, (guint32) (day + JULIAN_OF_1970));
  return TRUE;
}

static gboolean
is_open_at (const PvOpening *opening, gint64 utc_s, GTimeZone *zone)
{
  gint64 local_s = utc_s + get_offset_s (utc_s, zone);
  gint64 minute = (local_s - day_of (local_s) * DAY_MINUTES * MINUTE_S) / MINUTE_S;
  const PvOpeningDay *day;
  GDate date;

  if (!get_date (day_of (local_s), &date))
    return FALSE;
  day = get_day (opening, &date);
  for (guint i = 0; i < day->n_spans; i++)
    if (minute >= day->spans[i].from && minute < day->spans[i].to)
      return TRUE;
  return FALSE;
}

static gint64
seconds_of (gint64 utc_us)
{
  return utc_us >= 0 ? utc_us / G_USEC_PER_SEC : -((G_USEC_PER_SEC - 1 - utc_us) / G_USEC_PER_SEC);
}

gboolean
pv_opening_is_open (const PvOpening *opening, gint64 utc_us, GTimeZone *zone)
{
  return opening == NULL || is_open_at (opening, seconds_of (utc_us), zone);
}

/* The first second with another offset than @from_s has, of which @to_s is one. */
static gint64
find_turn (gint64 from_s, gint64 to_s, GTimeZone *zone)
{
  gint64 before = get_offset_s (from_s, zone);

  while (to_s - from_s > 1) {
    gint64 middle = from_s + (to_s - from_s) / 2;

    if (get_offset_s (middle, zone) == before)
      from_s = middle;
    else
      to_s = middle;
  }
  return to_s;
}

typedef struct {
  const PvOpening *opening;
  GTimeZone *zone;
  gint64 after_s;
  gboolean is_open; /* then */
  gint64 best_s;    /* G_MAXINT64: none yet */
} Search;

static void
consider (Search *search, gint64 utc_s)
{
  if (utc_s > search->after_s && utc_s < search->best_s
      && is_open_at (search->opening, utc_s, search->zone) != search->is_open)
    search->best_s = utc_s;
}

/* All moments at which something could change on this local day: its beginning and each end of a span, by the clock as it is before
 * and after a change of it, and that change. */
static void
search_day (Search *search, gint64 day)
{
  gint64 start_s = day * DAY_MINUTES * MINUTE_S;
  /* Clocks are between 12 h behind and 14 h ahead: the local day lies within. */
  gint64 from_s = start_s - 14 * 3600, to_s = start_s + 36 * 3600;
  gint64 offsets[2] = { get_offset_s (from_s, search->zone), get_offset_s (to_s, search->zone) };
  const PvOpeningDay *hours;
  GDate date;

  if (!get_date (day, &date))
    return;
  hours = get_day (search->opening, &date);
  if (offsets[0] != offsets[1])
    consider (search, find_turn (from_s, to_s, search->zone));
  for (guint o = 0; o < G_N_ELEMENTS (offsets); o++) {
    consider (search, start_s - offsets[o]);
    for (guint i = 0; i < hours->n_spans; i++) {
      consider (search, start_s + (gint64) hours->spans[i].from * MINUTE_S - offsets[o]);
      consider (search, start_s + (gint64) hours->spans[i].to * MINUTE_S - offsets[o]);
    }
  }
}

gint64
pv_opening_next_change (const PvOpening *opening, gint64 utc_us, GTimeZone *zone)
{
  Search search = { opening, zone, seconds_of (utc_us), FALSE, G_MAXINT64 };
  gint64 today;

  if (opening == NULL)
    return 0;
  search.is_open = is_open_at (opening, search.after_s, zone);
  today = day_of (search.after_s + get_offset_s (search.after_s, zone));
  /* A day more than the one of the first find: where the clock is turned at midnight, the days lie over each other. */
  for (gint64 day = today - 1; day <= today + PV_OPENING_HORIZON_DAYS; day++) {
    gboolean had_one = search.best_s != G_MAXINT64;

    search_day (&search, day);
    if (had_one)
      break;
  }
  return search.best_s != G_MAXINT64 ? search.best_s * G_USEC_PER_SEC : 0;
}

/* ---- in words ---- */

void
pv_opening_row_free (PvOpeningRow *row)
{
  g_free (row->days);
  g_free (row->hours);
  g_free (row);
}

static char *
say_time (guint minutes)
{
  return pv_time_display (minutes / 60, minutes % 60);
}

static char *
say_hours (const PvOpeningDay *day)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (day->n_spans == 0)
    return g_strdup (C_ ("opening hours", "Closed"));
  for (guint i = 0; i < day->n_spans; i++) {
    g_autofree char *from = say_time (day->spans[i].from), *to = say_time (day->spans[i].to);

    g_string_append (text, i > 0 ? " · " : "");
    /* Translators: opening and closing time; where one reads from the right, with words, which tell the direction */
    g_string_append_printf (text, C_ ("opening hours", "%s – %s"), from, to);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
say_days (guint first, guint last)
{
  const char *from = pv_weekday_name ((GDateWeekday) first), *to = pv_weekday_name ((GDateWeekday) last);

  if (first == G_DATE_MONDAY && last == G_DATE_SUNDAY)
    return g_strdup (C_ ("opening hours", "Every day"));
  if (first == last)
    return g_strdup (from);
  return g_strdup_printf ("%s – %s", from, to);
}

GPtrArray *
pv_opening_list_week (const PvOpening *opening)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_opening_row_free);
  guint first = G_DATE_MONDAY;

  if (opening == NULL || opening->hours == NULL)
    return rows;
  for (guint day = G_DATE_MONDAY; day <= G_DATE_SUNDAY; day++) {
    const PvOpeningDay *hours = pv_opening_hours_get_day (opening->hours, (GDateWeekday) day);
    PvOpeningRow *row;

    /* What is beyond @n_spans is zero. */
    if (day < G_DATE_SUNDAY
        && memcmp (hours, pv_opening_hours_get_day (opening->hours, (GDateWeekday) (day + 1)), sizeof *hours) == 0)
      continue;
    row = g_new0 (PvOpeningRow, 1);
    row->days = say_days (first, day);
    row->hours = say_hours (hours);
    g_ptr_array_add (rows, row);
    first = day + 1;
  }
  return rows;
}

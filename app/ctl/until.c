/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/until.h"

#define SHORT "^([0-9]{1,2})[:h]([0-9]{2})$"
#define LONG  "^([0-9]{4})-([0-9]{2})-([0-9]{2})[T ]([0-9]{1,2}):([0-9]{2})$"

enum { MAX_PARTS = 5 };

/* FALSE: not of that form. */
static gboolean
read_parts (const char *pattern, const char *text, int *ret_parts)
{
  g_autoptr (GRegex) form = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  if (!g_regex_match (form, text, 0, &match))
    return FALSE;
  for (int i = 1; i < g_match_info_get_match_count (match) && i <= MAX_PARTS; i++) {
    g_autofree char *part = g_match_info_fetch (match, i);
    guint64 value = 0;

    g_ascii_string_to_unsigned (part, 10, 0, 9999, &value, NULL);
    ret_parts[i - 1] = (int) value;
  }
  return TRUE;
}

gboolean
pv_until_parse (const char *text, gint64 now_us, GTimeZone *zone, gint64 *ret_until_us)
{
  g_autoptr (GTimeZone) here = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_utc ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = utc != NULL ? g_date_time_to_timezone (utc, here) : NULL;
  g_autoptr (GDateTime) until = NULL;
  int parts[MAX_PARTS] = { 0 };

  if (now == NULL)
    return FALSE;
  if (read_parts (SHORT, text, parts)) {
    until = g_date_time_new (here, g_date_time_get_year (now), g_date_time_get_month (now),
                             g_date_time_get_day_of_month (now), parts[0], parts[1], 0);
    if (until != NULL && g_date_time_compare (until, now) <= 0) {
      GDateTime *tomorrow = g_date_time_add_days (until, 1);

      g_date_time_unref (until);
      until = tomorrow;
    }
  } else if (read_parts (LONG, text, parts)) {
    until = g_date_time_new (here, parts[0], parts[1], parts[2], parts[3], parts[4], 0);
  }
  if (until == NULL || g_date_time_compare (until, now) <= 0
      || g_date_time_difference (until, now) > PV_UNTIL_MAX_DAYS * G_TIME_SPAN_DAY)
    return FALSE;
  *ret_until_us = g_date_time_to_unix (until) * G_USEC_PER_SEC;
  return TRUE;
}

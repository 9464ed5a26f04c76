/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/update-hour.h"

#include <stdio.h>
#include <string.h>

int
pv_update_hour_parse (const char *text)
{
  guint hour = 0, minute = 0;
  char more;

  if (text == NULL || sscanf (text, "%2u:%2u%c", &hour, &minute, &more) != 2 || hour > 23 || minute > 59)
    return -1;
  return (int) (hour * 60 + minute);
}

guint
pv_update_hour_get_delay_min (const PvUpdateHour *hour)
{
  g_autofree char *digest = NULL;
  guint32 number = 0;

  if (hour->spread_min == 0)
    return 0;
  /* A digest, as kiosks of one delivery have names that follow each other. */
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, hour->itself, -1);
  for (guint i = 0; i < 7; i++)
    number = number << 4 | (guint32) g_ascii_xdigit_value (digest[i]);
  return number % hour->spread_min;
}

/* The latest such moment that is not after @now_s. */
static gint64
find_last (const PvUpdateHour *hour, gint64 now_s, GTimeZone *zone)
{
  gint64 delay_s = (gint64) pv_update_hour_get_delay_min (hour) * 60;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_s);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  /* With a delay over midnight it may be that of the day before yesterday. */
  for (int days = 0; days <= 2; days++) {
    g_autoptr (GDateTime) day = g_date_time_add_days (local, -days);
    g_autoptr (GDateTime) moment =
      g_date_time_new (zone, g_date_time_get_year (day), g_date_time_get_month (day),
                       g_date_time_get_day_of_month (day), hour->at_min / 60, hour->at_min % 60, 0);
    gint64 at_s = g_date_time_to_unix (moment) + delay_s;

    if (at_s <= now_s)
      return at_s;
  }
  return now_s;
}

gboolean
pv_update_hour_is_due (const PvUpdateHour *hour, gint64 now_s, GTimeZone *zone, gint64 looked_s, gint64 *ret_left_s)
{
  gint64 last_s = find_last (hour, now_s, zone);

  if (looked_s >= last_s && looked_s <= now_s)
    return FALSE;
  *ret_left_s = MAX (last_s + PV_UPDATE_WINDOW_S - now_s, 0);
  return TRUE;
}

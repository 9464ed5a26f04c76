/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The part of the commune that moves with the calendar: rounds, free slots, and dates in words. */

#include <string.h>

#include "demo/slots.h"

/* The commune's own clock: a slot at 9:00 is at 9:00 there. */
#define TIME_ZONE   "Europe/Paris"
#define CARD_SOURCE "carddef:"

static gint64
read_number (const PvJson *object, const char *key)
{
  gint64 number = 0;

  pv_json_find_int (object, key, 0, 1000, &number, NULL);
  return number;
}

static char *
name_from_list (const PvDemoSite *self, const char *key, int index)
{
  g_autoptr (PvJson) names = pv_json_get_member (pv_demo_site_get_settings (self), key);
  g_autoptr (PvJson) name = names != NULL ? pv_json_get_item (names, index) : NULL;

  return name != NULL ? pv_json_as_text (name) : g_strdup ("?");
}

char *
pv_demo_site_format_day (const PvDemoSite *self, GDateTime *day)
{
  g_autofree char *weekday = name_from_list (self, "weekdays", g_date_time_get_day_of_week (day) - 1);
  g_autofree char *month = name_from_list (self, "months", g_date_time_get_month (day) - 1);
  int number = g_date_time_get_day_of_month (day);

  return g_strdup_printf ("%s %d%s %s", weekday, number, number == 1 ? "er" : "", month);
}

static GDateTime *
to_commune (gint64 time_us)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (TIME_ZONE);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);

  return zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_to_local (utc);
}

GDateTime *
pv_demo_commune_today (gint64 now_us)
{
  g_autoptr (GDateTime) local = to_commune (now_us);

  return g_date_time_new (g_date_time_get_timezone (local), g_date_time_get_year (local), g_date_time_get_month (local),
                          g_date_time_get_day_of_month (local), 0, 0, 0);
}

char *
pv_demo_site_format_time (const PvDemoSite *self, gint64 time_us)
{
  g_autoptr (GDateTime) local = to_commune (time_us);
  g_autofree char *day = pv_demo_site_format_day (self, local);

  return g_strdup_printf ("%s %d à %d\u00a0h\u00a0%02d", day, g_date_time_get_year (local),
                          g_date_time_get_hour (local), g_date_time_get_minute (local));
}

static PvJson *
parse_own (PvJsonWriter *writer)
{
  gsize length;
  const char *text = pv_json_writer_get_text (writer, &length);

  return pv_json_parse (text, length, NULL);
}

/* The next rounds of a lorry, always on the same weekday, the first at least a week away. */
static PvJson *
make_rounds (const PvDemoSite *self, const PvJson *round, gint64 now_us)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();
  g_autoptr (GDateTime) start = pv_demo_commune_today (now_us);
  gint64 weekday = read_number (round, "weekday");
  gint64 count = read_number (round, "count");
  int wait = 7 + (int) ((weekday + 7 - g_date_time_get_day_of_week (start)) % 7);

  pv_json_writer_begin_array (writer, NULL);
  for (int i = 0; i < count; i++) {
    g_autoptr (GDateTime) day = g_date_time_add_days (start, wait + 7 * i);
    g_autofree char *id = g_date_time_format (day, "%Y-%m-%d");
    g_autofree char *text = pv_demo_site_format_day (self, day);

    pv_json_writer_begin_object (writer, NULL);
    pv_json_writer_text (writer, "id", id);
    pv_json_writer_text (writer, "text", text);
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_end_array (writer);
  return parse_own (writer);
}

PvJson *
pv_demo_site_get_cards (const PvDemoSite *self, const char *slug, gint64 now_us)
{
  g_autoptr (PvJson) cards = pv_json_get_member (pv_demo_site_get_settings (self), "cards");
  g_autoptr (PvJson) round = pv_demo_find_item (pv_demo_site_get_settings (self), "rounds", "slug", slug);

  if (round != NULL)
    return make_rounds (self, round, now_us);
  return cards != NULL ? pv_json_get_member (cards, slug) : NULL;
}

PvJson *
pv_demo_site_get_options (const PvDemoSite *self, const PvJson *field, gint64 now_us)
{
  g_autoptr (PvJson) source = pv_json_get_member (field, "data_source");
  g_autoptr (PvJson) agenda = NULL;
  g_autofree char *type = NULL;

  if (source == NULL || pv_json_get_length (source) == 0)
    return NULL;
  type = pv_demo_text (source, "type");
  if (g_str_equal (type, "jsonvalue")) {
    g_autofree char *value = pv_demo_text (source, "value");

    return pv_json_parse (value, strlen (value), NULL);
  }
  if (g_str_has_prefix (type, CARD_SOURCE))
    return pv_demo_site_get_cards (self, type + strlen (CARD_SOURCE), now_us);
  agenda = pv_demo_find_item (pv_demo_site_get_settings (self), "agendas", "source", type);
  return agenda != NULL ? pv_demo_slots_list (self, agenda, NULL, now_us) : NULL;
}

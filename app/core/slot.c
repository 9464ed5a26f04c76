/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/slot.h"

#include <string.h>

#include "core/date.h"

static const char *
find_attribute (const PvOption *option, const char *key)
{
  for (guint i = 0; option->attributes != NULL && option->attributes[i] != NULL; i += 2)
    if (g_str_equal (option->attributes[i], key))
      return option->attributes[i + 1];
  return NULL;
}

static gboolean
read_count (const PvOption *option, const char *key, guint max, guint *ret_count)
{
  const char *text = find_attribute (option, key);
  guint64 count;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, max, &count, NULL))
    return FALSE;
  *ret_count = (guint) count;
  return TRUE;
}

static gboolean
is_set (const PvOption *option, const char *key)
{
  const char *text = find_attribute (option, key);

  return text != NULL && (g_ascii_strcasecmp (text, "true") == 0 || g_str_equal (text, "1"));
}

/* "YYYY-MM-DD HH:MM:SS", or with a "T". */
static gboolean
read_time (const char *text, PvSlot *slot)
{
  g_autofree char *day = NULL, *time = NULL;

  if (text == NULL || strlen (text) < strlen ("YYYY-MM-DD HH:MM") || (text[10] != ' ' && text[10] != 'T'))
    return FALSE;
  day = g_strndup (text, 10);
  time = g_strndup (text + 11, 5);
  return pv_date_parse (day, &slot->day) && pv_time_parse (time, &slot->hour, &slot->minute);
}

static void
read_places (const PvOption *option, PvSlot *slot)
{
  guint n_waiting = 0;

  slot->has_places = read_count (option, "places_available", PV_SLOT_MAX_PLACES, &slot->n_places);
  slot->is_full = is_set (option, "places_full") || (slot->has_places && slot->n_places == 0);
  slot->is_waiting =
    slot->is_full && is_set (option, "places_has_waiting_list")
    && (!read_count (option, "places_waiting_list_available", PV_SLOT_MAX_PLACES, &n_waiting) || n_waiting > 0);
}

/* Chrono's own name of a time ends with it: "titres:2026-12-03-0920". */
static gboolean
read_time_of_id (const char *id, PvSlot *slot)
{
  gsize length = strlen (id);
  g_autofree char *text = NULL;

  if (length < strlen ("YYYY-MM-DD-HHMM") || id[length - 5] != '-' || strspn (id + length - 4, "0123456789") != 4)
    return FALSE;
  text = g_strdup_printf ("%.10s %.2s:%.2s", id + length - 15, id + length - 4, id + length - 2);
  return read_time (text, slot);
}

gboolean
pv_slot_read (const PvOption *option, PvSlot *ret_slot)
{
  *ret_slot = (PvSlot){ .option = option };
  if (!read_time (find_attribute (option, "datetime"), ret_slot) && !read_time_of_id (option->id, ret_slot))
    return FALSE;
  read_count (option, "duration", PV_SLOT_MAX_MINUTES, &ret_slot->minutes);
  ret_slot->place = find_attribute (option, "place");
  read_places (option, ret_slot);
  return TRUE;
}

gboolean
pv_slot_is_free (const PvSlot *slot)
{
  return !slot->option->disabled && (!slot->is_full || slot->is_waiting);
}

static gint
compare (gconstpointer a, gconstpointer b)
{
  const PvSlot *one = a, *other = b;
  gint days = g_date_compare (&one->day, &other->day);

  return days != 0 ? days : (gint) (one->hour * 60 + one->minute) - (gint) (other->hour * 60 + other->minute);
}

GArray *
pv_slots_read (const GPtrArray *options)
{
  GArray *slots = g_array_new (FALSE, FALSE, sizeof (PvSlot));

  for (guint i = 0; i < options->len; i++) {
    PvSlot slot;

    if (pv_slot_read (options->pdata[i], &slot) && (pv_slot_is_free (&slot) || slot.is_full))
      g_array_append_val (slots, slot);
  }
  g_array_sort (slots, compare);
  return slots;
}

gboolean
pv_slots_are_readable (const GPtrArray *options)
{
  PvSlot slot;

  for (guint i = 0; i < options->len; i++)
    if (!pv_slot_read (options->pdata[i], &slot))
      return FALSE;
  return TRUE;
}

gint64
pv_slot_get_start_us (const PvSlot *slot, GTimeZone *zone)
{
  g_autoptr (GDateTime) start =
    g_date_time_new (zone, g_date_get_year (&slot->day), (gint) g_date_get_month (&slot->day),
                     g_date_get_day (&slot->day), (gint) slot->hour, (gint) slot->minute, 0);

  return start != NULL ? g_date_time_to_unix (start) * G_USEC_PER_SEC : 0;
}

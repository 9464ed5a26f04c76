/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/usage.h"

#include <string.h>
#include <unistd.h>

#include "platform/fleet-report.h"

#define FILE_NAME "usage"

enum { DAY_CHARS = 10, MAX_COUNT = 1000000 };

typedef struct Row {
  char day[DAY_CHARS + 1];
  char *slug;
  guint count;
} Row;

struct PvUsage {
  PvDisk *disk; /* borrowed */
  GTimeZone *zone;
  GPtrArray *rows; /* (element-type Row) */
  int folder;
  gboolean is_of_later; /* another release writes that file: it is left as it is */
};

static void
row_free (gpointer data)
{
  g_free (((Row *) data)->slug);
  g_free (data);
}

/* (transfer full) (nullable): NULL of a time that is none. */
static char *
day_of (const PvUsage *usage, gint64 us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, usage->zone) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d") : NULL;
}

static gboolean
is_slug (const char *text)
{
  gsize size = strlen (text);

  return size > 0 && size <= PV_FLEET_MAX_SLUG_BYTES && strpbrk (text, " \t\r\n") == NULL
         && g_utf8_validate (text, -1, NULL);
}

static Row *
find_row (const PvUsage *usage, const char *day, const char *slug)
{
  for (guint i = 0; i < usage->rows->len; i++) {
    Row *row = usage->rows->pdata[i];

    if (strcmp (row->day, day) == 0 && strcmp (row->slug, slug) == 0)
      return row;
  }
  return NULL;
}

static Row *
add_row (PvUsage *usage, const char *day, const char *slug)
{
  Row *row = g_new0 (Row, 1);

  g_strlcpy (row->day, day, sizeof row->day);
  row->slug = g_strdup (slug);
  g_ptr_array_add (usage->rows, row);
  return row;
}

/* A line that is none is left out: nothing of a citizen hangs on it. */
static void
read_line (PvUsage *usage, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 4);
  guint64 count = 0;

  if (g_strv_length (words) == 3 && strlen (words[0]) == DAY_CHARS && is_slug (words[1])
      && g_ascii_string_to_unsigned (words[2], 10, 1, MAX_COUNT, &count, NULL) && usage->rows->len < PV_USAGE_MAX_ROWS
      && find_row (usage, words[0], words[1]) == NULL)
    add_row (usage, words[0], words[1])->count = (guint) count;
}

PvUsage *
pv_usage_open (const char *folder, const char *zone_name, PvDisk *disk, GError **error)
{
  g_autoptr (PvUsage) usage = g_new0 (PvUsage, 1);
  g_autoptr (GBytes) bytes = NULL;

  usage->disk = disk;
  usage->zone = g_time_zone_new_identifier (zone_name);
  if (usage->zone == NULL)
    usage->zone = g_time_zone_new_utc ();
  usage->rows = g_ptr_array_new_with_free_func (row_free);
  usage->folder = pv_disk_open_folder (folder, error);
  if (usage->folder < 0)
    return NULL;
  bytes = pv_disk_read (usage->folder, FILE_NAME, PV_USAGE_MAX_BYTES);
  if (bytes != NULL && g_bytes_get_size (bytes) > 0) {
    g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

    usage->is_of_later = *text == '#';
    for (guint i = 0; lines[i] != NULL; i++)
      read_line (usage, lines[i]);
  }
  return g_steal_pointer (&usage);
}

void
pv_usage_free (PvUsage *usage)
{
  if (usage == NULL)
    return;
  if (usage->folder >= 0)
    close (usage->folder);
  g_ptr_array_unref (usage->rows);
  g_time_zone_unref (usage->zone);
  g_free (usage);
}

static gboolean
save (PvUsage *usage, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;

  if (usage->is_of_later) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "of a later release");
    return FALSE;
  }
  for (guint i = 0; i < usage->rows->len; i++) {
    const Row *row = usage->rows->pdata[i];

    g_string_append_printf (text, "%s %s %u\n", row->day, row->slug, row->count);
  }
  bytes = g_bytes_new (text->str, text->len);
  return pv_disk_replace (usage->disk, usage->folder, FILE_NAME, bytes, error);
}

/* Days of the calendar compare as texts. */
static void
remove_until (PvUsage *usage, const char *day)
{
  for (guint i = usage->rows->len; i > 0; i--)
    if (strcmp (((Row *) usage->rows->pdata[i - 1])->day, day) < 0)
      g_ptr_array_remove_index (usage->rows, i - 1);
}

gboolean
pv_usage_count (PvUsage *usage, const char *slug, gint64 now_us, GError **error)
{
  g_autofree char *day = day_of (usage, now_us),
                  *oldest = day_of (usage, now_us - PV_USAGE_KEEP_DAYS * G_TIME_SPAN_DAY);
  Row *row;

  if (day == NULL || oldest == NULL || !is_slug (slug)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "not a day, or not a name");
    return FALSE;
  }
  remove_until (usage, oldest);
  row = find_row (usage, day, slug);
  if (row == NULL && usage->rows->len >= PV_USAGE_MAX_ROWS) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "too many");
    return FALSE;
  }
  if (row == NULL)
    row = add_row (usage, day, slug);
  row->count = MIN (row->count + 1, MAX_COUNT);
  if (save (usage, error))
    return TRUE;
  if (--row->count == 0)
    g_ptr_array_remove (usage->rows, row);
  return FALSE;
}

char *
pv_usage_find_day (const PvUsage *usage, gint64 now_us)
{
  g_autofree char *today = day_of (usage, now_us);
  const char *oldest = today;

  for (guint i = 0; oldest != NULL && !usage->is_of_later && i < usage->rows->len; i++) {
    const Row *row = usage->rows->pdata[i];

    if (strcmp (row->day, oldest) < 0)
      oldest = row->day;
  }
  return oldest != today ? g_strdup (oldest) : NULL;
}

guint
pv_usage_get (const PvUsage *usage, const char *day, const char *slug)
{
  const Row *row = find_row (usage, day, slug);

  return row != NULL ? row->count : 0;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
pv_usage_list (const PvUsage *usage, const char *day)
{
  GPtrArray *slugs = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < usage->rows->len; i++) {
    const Row *row = usage->rows->pdata[i];

    if (strcmp (row->day, day) == 0)
      g_ptr_array_add (slugs, g_strdup (row->slug));
  }
  g_ptr_array_sort (slugs, compare_texts);
  return slugs;
}

gboolean
pv_usage_remove_day (PvUsage *usage, const char *day, GError **error)
{
  for (guint i = usage->rows->len; i > 0; i--)
    if (strcmp (((Row *) usage->rows->pdata[i - 1])->day, day) == 0)
      g_ptr_array_remove_index (usage->rows, i - 1);
  return save (usage, error);
}

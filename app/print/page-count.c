/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/page-count.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define LATER_VERSION '#'

enum { DATE_LENGTH = 10 };

/* FALSE: no day of the calendar. */
static gboolean
read_date (const char *text, gsize length, GDate *ret_date)
{
  g_autofree char *copy = g_strndup (text, length);
  guint64 year, month, day;

  if (length != DATE_LENGTH || copy[4] != '-' || copy[7] != '-')
    return FALSE;
  copy[4] = copy[7] = '\0';
  if (!g_ascii_string_to_unsigned (copy, 10, 1970, 9999, &year, NULL)
      || !g_ascii_string_to_unsigned (copy + 5, 10, 1, 12, &month, NULL)
      || !g_ascii_string_to_unsigned (copy + 8, 10, 1, 31, &day, NULL)
      || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_set_dmy (ret_date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

static gboolean
read_day (const char *line, PvPageDay *ret_day)
{
  g_auto (GStrv) fields = g_strsplit (line, ";", -1);
  guint64 pages, jobs;
  GDate date;

  if (g_strv_length (fields) != 3 || !read_date (fields[0], strlen (fields[0]), &date)
      || !g_ascii_string_to_unsigned (fields[1], 10, 0, G_MAXINT32, &pages, NULL)
      || !g_ascii_string_to_unsigned (fields[2], 10, 0, G_MAXINT32, &jobs, NULL))
    return FALSE;
  g_strlcpy (ret_day->date, fields[0], sizeof ret_day->date);
  ret_day->n_pages = (guint) pages;
  ret_day->n_jobs = (guint) jobs;
  return TRUE;
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  return strcmp (((const PvPageDay *) a)->date, ((const PvPageDay *) b)->date);
}

GArray *
pv_page_count_read (const char *path, GError **error)
{
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (PvPageDay));
  g_autoptr (GError) local = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gsize size = 0;

  if (!g_file_get_contents (path, &text, &size, &local)) {
    if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
      return g_steal_pointer (&days);
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }
  if (*text == LATER_VERSION) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s: counted by a later version", path);
    return NULL;
  }
  if (size > PV_PAGE_COUNT_MAX_BYTES)
    return g_steal_pointer (&days);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    PvPageDay day;

    if (read_day (lines[i], &day))
      g_array_append_val (days, day);
  }
  g_array_sort (days, compare_days);
  return g_steal_pointer (&days);
}

/* Of @days, or a new one. (transfer none) */
static PvPageDay *
find_day (GArray *days, const char *date)
{
  PvPageDay day = { .n_pages = 0 };

  for (guint i = 0; i < days->len; i++) {
    PvPageDay *known = &g_array_index (days, PvPageDay, i);

    if (strcmp (known->date, date) == 0)
      return known;
  }
  g_strlcpy (day.date, date, sizeof day.date);
  g_array_append_val (days, day);
  return &g_array_index (days, PvPageDay, days->len - 1);
}

static void
append_recent (GString *text, const PvPageDay *day, const GDate *today)
{
  GDate date;

  /* A clock that was ahead leaves days to come: they stay until the clock says so, too. */
  if (read_date (day->date, DATE_LENGTH, &date) && g_date_days_between (&date, today) < PV_PAGE_COUNT_DAYS)
    g_string_append_printf (text, "%s;%u;%u\n", day->date, day->n_pages, day->n_jobs);
}

static guint
add_up (guint a, guint b)
{
  return (guint) MIN ((guint64) a + b, G_MAXINT32);
}

gboolean
pv_page_count_add (const char *path, const char *date, guint n_pages, GError **error)
{
  g_autoptr (GArray) days = pv_page_count_read (path, error);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GString) text = g_string_new (NULL);
  PvPageDay *day;
  GDate today;

  if (days == NULL)
    return FALSE;
  if (!read_date (date, strlen (date), &today)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "not a date");
    return FALSE;
  }
  if (g_mkdir_with_parents (folder, 0700) != 0) {
    g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s: %s", folder, g_strerror (errno));
    return FALSE;
  }
  day = find_day (days, date);
  day->n_pages = add_up (day->n_pages, n_pages);
  day->n_jobs = add_up (day->n_jobs, 1);
  g_array_sort (days, compare_days);
  for (guint i = 0; i < days->len; i++)
    append_recent (text, &g_array_index (days, PvPageDay, i), &today);
  return g_file_set_contents_full (path, text->str, (gssize) text->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

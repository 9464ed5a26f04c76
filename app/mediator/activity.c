/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/activity.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "mediator/activity-csv.h"
#include "platform/log.h"

enum { MAX_FILE_BYTES = 16 * 1024 * 1024 };

/* One line of the file, as it stands there. */
typedef struct Record {
  char *bytes; /* its end included; (nullable): not yet in the file */
  gsize size;
  PvActivityLine *line; /* (nullable): the header, or what cannot be read */
} Record;

/* To notice that a spreadsheet saved it. */
typedef struct Version {
  guint64 inode;
  gint64 size, seconds, nanoseconds;
} Version;

struct PvActivity {
  char *path; /* (nullable) */
  PvActivityLayout layout;
  GPtrArray *records; /* Record, in the order of the file */
  GPtrArray *today;   /* PvActivityLine, borrowed from the records */
  gint64 day;         /* any moment of the day that @today is of */
  Version version;
};

PvActivityLine *
pv_activity_line_copy (const PvActivityLine *line)
{
  PvActivityLine *copy = g_memdup2 (line, sizeof *line);

  copy->kiosk = g_strdup (line->kiosk != NULL ? line->kiosk : "");
  copy->themes = line->themes != NULL ? g_strdupv (line->themes) : g_new0 (char *, 1);
  copy->redirected_to = g_strdup (line->redirected_to);
  copy->age_band = g_strdup (line->age_band);
  return copy;
}

void
pv_activity_line_free (PvActivityLine *line)
{
  if (line == NULL)
    return;
  g_free (line->kiosk);
  g_strfreev (line->themes);
  g_free (line->redirected_to);
  g_free (line->age_band);
  g_free (line);
}

static void
record_free (gpointer data)
{
  Record *record = data;

  g_free (record->bytes);
  pv_activity_line_free (record->line);
  g_free (record);
}

static Record *
record_new (char *bytes, gsize size, PvActivityLine *line)
{
  Record *record = g_new0 (Record, 1);

  *record = (Record){ bytes, size, line };
  return record;
}

static void save_what_waits (PvActivity *activity);

void
pv_activity_free (PvActivity *activity)
{
  if (activity == NULL)
    return;
  save_what_waits (activity);
  g_free (activity->path);
  g_ptr_array_unref (activity->today);
  g_ptr_array_unref (activity->records);
  g_free (activity);
}

/* The file */

static Version
look_at (const char *path)
{
  GStatBuf facts;

  if (g_stat (path, &facts) != 0)
    return (Version){ 0 };
  return (Version){ (guint64) facts.st_ino, facts.st_size, facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec };
}

static gboolean
is_as_we_left_it (const PvActivity *activity)
{
  Version now = look_at (activity->path);

  return memcmp (&now, &activity->version, sizeof now) == 0;
}

static gboolean
take_text (PvActivity *activity, const char *text, gsize size, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (record_free);
  gsize head = pv_activity_line_size (text, size);
  g_autofree char *header = g_strndup (text, head);
  PvActivityLayout layout;

  if (size > 0 && !pv_activity_layout_read (&layout, header)) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: no list of activities; move it away", activity->path);
    return FALSE;
  }
  if (size > 0)
    activity->layout = layout;
  for (gsize at = 0; at < size;) {
    gsize length = pv_activity_line_size (text + at, size - at);

    g_ptr_array_add (records,
                     record_new (g_memdup2 (text + at, length), length,
                                 at > 0 ? pv_activity_line_read (&activity->layout, text + at, length) : NULL));
    at += length;
  }
  /* What could not be written yet is not in the file. */
  for (guint i = 0; i < activity->records->len; i++) {
    const Record *record = activity->records->pdata[i];

    if (record->bytes == NULL)
      g_ptr_array_add (records, record_new (NULL, 0, pv_activity_line_copy (record->line)));
  }
  g_ptr_array_set_size (activity->today, 0);
  g_ptr_array_unref (activity->records);
  activity->records = g_steal_pointer (&records);
  return TRUE;
}

/* No file is an empty one. */
static gboolean
load (PvActivity *activity, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) cause = NULL;
  Version version = look_at (activity->path);
  gsize size = 0;

  if (version.size > MAX_FILE_BYTES) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: too large; move it away", activity->path);
    return FALSE;
  }
  if (!g_file_get_contents (activity->path, &text, &size, &cause)
      && !g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return FALSE;
  }
  if (!take_text (activity, text != NULL ? text : "", size, error))
    return FALSE;
  activity->version = version;
  return TRUE;
}

static void
append (GString *text, const char *bytes, gsize size)
{
  /* The last line of a file may lack its end. */
  if (text->len > 0 && text->str[text->len - 1] != '\n')
    g_string_append (text, "\r\n");
  g_string_append_len (text, bytes, (gssize) size);
}

/* Everything anew, and into place at once: each line as it stood, or as it was written. */
static gboolean
save (PvActivity *activity, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *folder = g_path_get_dirname (activity->path);

  if (activity->records->len == 0 || ((Record *) activity->records->pdata[0])->line != NULL) {
    char *header;

    pv_activity_layout_init (&activity->layout);
    header = pv_activity_header ();
    g_ptr_array_insert (activity->records, 0, record_new (header, strlen (header), NULL));
  }
  for (guint i = 0; i < activity->records->len; i++) {
    const Record *record = activity->records->pdata[i];
    g_autofree char *written =
      record->bytes == NULL ? pv_activity_line_write (&activity->layout, record->line, NULL) : NULL;

    append (text, written != NULL ? written : record->bytes, written != NULL ? strlen (written) : record->size);
  }
  g_mkdir_with_parents (folder, 0700);
  if (!g_file_set_contents_full (activity->path, text->str, (gssize) text->len,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error))
    return FALSE;
  for (guint i = 0; i < activity->records->len; i++) {
    Record *record = activity->records->pdata[i];

    if (record->bytes == NULL) {
      record->bytes = pv_activity_line_write (&activity->layout, record->line, NULL);
      record->size = strlen (record->bytes);
    }
  }
  activity->version = look_at (activity->path);
  return TRUE;
}

PvActivity *
pv_activity_open (const char *path, GError **error)
{
  g_autoptr (PvActivity) activity = g_new0 (PvActivity, 1);

  activity->path = g_strdup (path);
  activity->records = g_ptr_array_new_with_free_func (record_free);
  activity->today = g_ptr_array_new ();
  pv_activity_layout_init (&activity->layout);
  return path == NULL || load (activity, error) ? g_steal_pointer (&activity) : NULL;
}

/* FALSE: what is there now cannot be read, and must not be written over. */
static gboolean
refresh (PvActivity *activity, GError **error)
{
  return activity->path == NULL || is_as_we_left_it (activity) || load (activity, error);
}

/* What cannot be written now is tried again with the next line, and at the end. */
static void
save_what_waits (PvActivity *activity)
{
  g_autoptr (GError) error = NULL;
  gboolean has_any = FALSE;

  for (guint i = 0; i < activity->records->len; i++)
    has_any |= ((const Record *) activity->records->pdata[i])->bytes == NULL;
  if (activity->path != NULL && has_any && !(refresh (activity, &error) && save (activity, &error)))
    pv_log_event (PV_LOG_ERROR, "activity-not-written", PV_LOG_CAUSE (error));
}

/* Today */

static gboolean
is_same_day (gint64 one, gint64 other)
{
  g_autoptr (GDateTime) a = g_date_time_new_from_unix_local (one), b = g_date_time_new_from_unix_local (other);

  return a != NULL && b != NULL && g_date_time_get_year (a) == g_date_time_get_year (b)
         && g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  gint64 one = (*(PvActivityLine *const *) a)->began_utc, other = (*(PvActivityLine *const *) b)->began_utc;

  return one < other ? -1 : one > other;
}

static void
list_today (PvActivity *activity, gint64 now_utc)
{
  activity->day = now_utc;
  g_ptr_array_set_size (activity->today, 0);
  for (guint i = 0; i < activity->records->len; i++) {
    const Record *record = activity->records->pdata[i];

    if (record->line != NULL && is_same_day (record->line->began_utc, now_utc))
      g_ptr_array_add (activity->today, record->line);
  }
  g_ptr_array_sort (activity->today, compare_lines);
}

const GPtrArray *
pv_activity_get_today (PvActivity *activity, gint64 now_utc)
{
  refresh (activity, NULL); /* or what was there */
  list_today (activity, now_utc);
  return activity->today;
}

static guint
index_of (PvActivity *activity, const PvActivityLine *line)
{
  guint index = 0;

  list_today (activity, line->began_utc);
  return g_ptr_array_find (activity->today, line, &index) ? index : 0;
}

guint
pv_activity_add (PvActivity *activity, const PvActivityLine *line)
{
  Record *record = record_new (NULL, 0, pv_activity_line_copy (line));

  g_ptr_array_add (activity->records, record);
  save_what_waits (activity);
  record = g_ptr_array_index (activity->records, activity->records->len - 1); /* the file may have been read again */
  return index_of (activity, record->line);
}

static Record *
find_line (const PvActivity *activity, const PvActivityLine *line)
{
  for (guint i = 0; i < activity->records->len; i++) {
    Record *record = activity->records->pdata[i];

    if (record->line == line)
      return record;
  }
  return NULL;
}

/* The same assistance in what the file holds now. */
static Record *
find_again (const PvActivity *activity, gint64 began_utc, const char *kiosk)
{
  for (guint i = 0; i < activity->records->len; i++) {
    Record *record = activity->records->pdata[i];

    if (record->line != NULL && record->line->began_utc == began_utc && strcmp (record->line->kiosk, kiosk) == 0)
      return record;
  }
  return NULL;
}

gboolean
pv_activity_replace (PvActivity *activity, guint index, const PvActivityLine *line, GError **error)
{
  Record *record = index < activity->today->len ? find_line (activity, activity->today->pdata[index]) : NULL;
  g_autofree char *old = NULL;
  PvActivityLine *copy;

  if (record != NULL) {
    g_autofree char *kiosk = g_strdup (record->line->kiosk);
    gint64 began_utc = record->line->began_utc;

    if (!refresh (activity, error))
      return FALSE;
    record = find_again (activity, began_utc, kiosk);
  }
  if (record == NULL) {
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "no such line today");
    return FALSE;
  }
  copy = pv_activity_line_copy (line);
  pv_activity_line_free (record->line);
  record->line = copy;
  if (record->bytes != NULL) {
    old = g_strndup (record->bytes, record->size);
    g_free (record->bytes);
    record->bytes = pv_activity_line_write (&activity->layout, copy, old);
    record->size = strlen (record->bytes);
  }
  list_today (activity, activity->day);
  return activity->path == NULL || save (activity, error);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/door/log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "assist/audit.h"
#include "link/disk.h"

#define PREFIX "audit-"
#define SUFFIX ".log"

enum { MAX_HEAD_BYTES = 512 };

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the log of the service screen: %s", what);
  return FALSE;
}

static char *
month_file (gint64 now_s, int months_before)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (now_s);
  g_autoptr (GDateTime) then = now != NULL ? g_date_time_add_months (now, -months_before) : NULL;

  return then != NULL ? g_date_time_format (then, PREFIX "%Y-%m" SUFFIX) : NULL;
}

static void
remove_old (PvDisk *disk, int folder, gint64 now_s)
{
  g_autofree char *oldest = month_file (now_s, PV_DOOR_LOG_MONTHS);
  g_auto (GStrv) names = pv_disk_list (folder);

  for (guint i = 0; oldest != NULL && names[i] != NULL; i++)
    if (g_str_has_prefix (names[i], PREFIX) && strlen (names[i]) == strlen (oldest) && strcmp (names[i], oldest) < 0)
      disk->remove (disk, folder, names[i], NULL);
}

/* Where the chain stands, and in which file; a log that is not there yet begins. FALSE: the head is no head. */
static gboolean
read_head (int folder, PvAuditChain *ret_chain, char **ret_file)
{
  g_autoptr (GBytes) bytes = pv_disk_read (folder, PV_AUDIT_HEAD, MAX_HEAD_BYTES);
  g_autofree char *text = NULL;
  gsize size = 0;
  const char *data;

  *ret_chain = (PvAuditChain){ 0 };
  *ret_file = NULL;
  if (bytes == NULL)
    return faccessat (folder, PV_AUDIT_HEAD, F_OK, 0) != 0;
  data = g_bytes_get_data (bytes, &size);
  text = g_strndup (data, size);
  return pv_audit_read_head (text, ret_chain, ret_file);
}

/* What the power left behind the last line that the head names goes. */
static gboolean
append (int folder, const char *name, gsize end, const char *text)
{
  int fd = openat (folder, name, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  gsize size = strlen (text);
  gboolean is_written = fd >= 0 && ftruncate (fd, (off_t) end) == 0 && lseek (fd, 0, SEEK_END) == (off_t) end
                        && write (fd, text, size) == (gssize) size && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return is_written;
}

/* How long the file is up to the line that the head names. FALSE: that line is not there: somebody changed it. */
static gboolean
find_end (int folder, const char *file, const PvAuditChain *chain, gsize *ret_end)
{
  g_autoptr (GBytes) bytes = pv_disk_read (folder, file, PV_DOOR_LOG_MAX_FILE_BYTES);
  g_autofree char *text = NULL;
  gsize size = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (data == NULL)
    return FALSE;
  text = g_strndup (data, size);
  *ret_end = pv_audit_find_head (text, chain);
  return *ret_end > 0;
}

static gboolean
note (PvDisk *disk, int folder, const char *verb, const char *subject, gint64 now_s, GError **error)
{
  g_autofree char *before = NULL, *file = month_file (now_s, 0), *first = NULL, *broken = NULL, *line = NULL,
                  *text = NULL, *head = NULL;
  g_autoptr (GBytes) bytes = NULL;
  PvAuditChain chain;
  gboolean is_whole = read_head (folder, &chain, &before), has_file;
  gsize end = 0;

  /* A clock that was put back begins no earlier month. */
  if (file == NULL || (before != NULL && strcmp (before, PV_AUDIT_NO_FILE) != 0 && strcmp (file, before) < 0)) {
    g_free (file);
    file = g_strdup (before);
  }
  has_file = g_strcmp0 (file, before) == 0 && find_end (folder, file, &chain, &end);
  is_whole &= has_file || g_strcmp0 (file, before) != 0;
  if (!has_file) {
    /* A file that is there already and is not as the head says is kept, for whoever asks why. */
    if (faccessat (folder, file, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
      g_autofree char *aside = g_strdup_printf ("broken-%" G_GINT64_FORMAT, now_s);

      if (!disk->rename (disk, folder, file, aside, error))
        return FALSE;
      is_whole = FALSE;
    }
    first = pv_audit_continue (&chain, (guint64) now_s);
  }
  if (!is_whole)
    broken = pv_audit_append (&chain, (guint64) now_s, PV_AUDIT_BROKEN, NULL);
  line = pv_audit_append (&chain, (guint64) now_s, verb, subject);
  text = g_strconcat (first != NULL ? first : "", broken != NULL ? broken : "", line, NULL);
  if (end + strlen (text) > PV_DOOR_LOG_MAX_FILE_BYTES)
    return fail (error, "this month’s is full");
  if (!append (folder, file, end, text))
    return fail (error, g_strerror (errno));
  head = pv_audit_write_head (&chain, file);
  bytes = g_bytes_new (head, strlen (head));
  return pv_disk_replace (disk, folder, PV_AUDIT_HEAD, bytes, error);
}

gboolean
pv_door_log_note (const char *folder, const char *verb, const char *subject, gint64 now_s, GError **error)
{
  PvDisk *disk = pv_disk_get_default ();
  int fd = pv_disk_open_folder (folder, error);
  gboolean is_noted;

  if (fd < 0)
    return FALSE;
  /* One door at a time: the end of the process gives it back. */
  if (flock (fd, LOCK_EX) != 0) {
    close (fd);
    return fail (error, g_strerror (errno));
  }
  remove_old (disk, fd, now_s);
  is_noted = note (disk, fd, verb, subject, now_s, error);
  close (fd);
  return is_noted;
}

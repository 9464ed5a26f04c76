/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mediator/audit-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assist/audit.h"
#include "link/disk.h"

enum { MONTH_CHARS = 7, SECONDS_OF_DAY = 24 * 60 * 60, HEAD_MAX_BYTES = 256 };

struct PvAuditFile {
  char *folder, *stem, *ending; /* of the path in the settings: ".../audit" and ".log" */
  int folder_fd;
  guint days;
  PvAuditChain chain;
  char month[MONTH_CHARS + 1]; /* of the file that is open */
  int fd;
};

static gboolean
fail (const char *what, GError **error)
{
  int code = errno;

  g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (code), "%s: %s", what, g_strerror (code));
  return FALSE;
}

static void
month_of (gint64 utc, char ret_month[MONTH_CHARS + 1])
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (utc);
  g_autofree char *month = date != NULL ? g_date_time_format (date, "%Y-%m") : NULL;

  g_strlcpy (ret_month, month != NULL ? month : "0000-00", MONTH_CHARS + 1);
}

static char *
name_of (const PvAuditFile *file, const char *month)
{
  return g_strconcat (file->stem, "-", month, file->ending, NULL);
}

static char *
path_of (const PvAuditFile *file, const char *month)
{
  g_autofree char *name = name_of (file, month);

  return g_build_filename (file->folder, name, NULL);
}

/* The lines first: a head that knows more than they say would tell of a cut that nobody made. */
static gboolean
write_head (PvAuditFile *file, GError **error)
{
  g_autofree char *name = name_of (file, file->month);
  char *text = pv_audit_write_head (&file->chain, name);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  if (fdatasync (file->fd) != 0)
    return fail ("audit", error);
  if (pv_disk_replace (pv_disk_get_default (), file->folder_fd, PV_AUDIT_HEAD, bytes, NULL))
    return TRUE;
  errno = EIO;
  return fail (PV_AUDIT_HEAD, error);
}

/* All of @lines, or nothing of them. @chain: after them */
static gboolean
write_lines (PvAuditFile *file, const PvAuditChain *chain, const char *lines, GError **error)
{
  gsize size = strlen (lines);
  ssize_t n = write (file->fd, lines, size);

  if (n == (ssize_t) size) {
    file->chain = *chain;
    write_head (file, NULL); /* tried again with the next line, and when it is to be on the disk */
    return TRUE;
  }
  if (n > 0) {
    struct stat facts;

    /* The disk is full: half a line would break the chain. */
    errno = fstat (file->fd, &facts) == 0 && ftruncate (file->fd, facts.st_size - n) == 0 ? ENOSPC : errno;
  }
  return fail ("audit", error);
}

static gboolean
write_line (PvAuditFile *file, gint64 now_utc, const char *verb, const char *subject, GError **error)
{
  PvAuditChain chain = file->chain;
  g_autofree char *line = pv_audit_append (&chain, (guint64) MAX (now_utc, 0), verb, subject);

  return write_lines (file, &chain, line, error);
}

/* What stood in @path: TRUE if the chain goes on from there. */
static gboolean
read_chain (const char *path, PvAuditChain *chain, guint *ret_line)
{
  g_autofree char *text = NULL;
  gsize size = 0;
  GStatBuf facts;

  *ret_line = 0;
  if (g_stat (path, &facts) != 0 || facts.st_size > PV_AUDIT_FILE_MAX_BYTES
      || !g_file_get_contents (path, &text, &size, NULL) || strlen (text) != size)
    return FALSE;
  return pv_audit_verify (chain, text, ret_line);
}

static gboolean
set_aside (const PvAuditFile *file, const char *path, gint64 now_utc, GError **error)
{
  g_autofree char *name =
    g_strdup_printf ("%s-%s.broken-%" G_GINT64_FORMAT "%s", file->stem, file->month, now_utc, file->ending);
  g_autofree char *to = g_build_filename (file->folder, name, NULL);

  return g_rename (path, to) == 0 || fail (path, error);
}

static gboolean
continue_from (PvAuditFile *file, const PvAuditChain *last, gint64 now_utc, GError **error)
{
  PvAuditChain chain = *last;
  g_autofree char *line = pv_audit_continue (&chain, (guint64) MAX (now_utc, 0));

  return write_lines (file, &chain, line, error);
}

static gboolean
write_number (PvAuditFile *file, gint64 now_utc, const char *verb, guint number, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  return write_line (file, now_utc, verb, text, error);
}

static gboolean
has_begun (const PvAuditChain *chain)
{
  return !sodium_is_zero (chain->hash, sizeof chain->hash);
}

/* The file of this month. @last: end of the chain before it; zero: none. */
static gboolean
open_month (PvAuditFile *file, PvAuditChain last, gint64 now_utc, GError **error)
{
  g_autofree char *path = NULL;
  gboolean is_broken = FALSE;
  guint line = 0;

  month_of (now_utc, file->month);
  path = path_of (file, file->month);
  file->chain = (PvAuditChain){ 0 };
  if (g_file_test (path, G_FILE_TEST_EXISTS) && !read_chain (path, &file->chain, &line)) {
    last = file->chain;
    is_broken = TRUE;
    if (!set_aside (file, path, now_utc, error))
      return FALSE;
  }
  if (file->fd >= 0)
    close (file->fd);
  file->fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  /* Two consoles would write two chains into one file. */
  if (file->fd < 0 || flock (file->fd, LOCK_EX | LOCK_NB) != 0)
    return fail (path, error);
  if (is_broken)
    return continue_from (file, &last, now_utc, error) && write_number (file, now_utc, PV_AUDIT_BROKEN, line, error);
  return has_begun (&file->chain) || continue_from (file, &last, now_utc, error);
}

/* The month in "audit-2026-11.log" or "audit-2026-11.broken-1795440720.log", or NULL. */
static const char *
month_in (const PvAuditFile *file, const char *name)
{
  gsize stem = strlen (file->stem);
  const char *month = name + stem + 1;

  if (!g_str_has_prefix (name, file->stem) || name[stem] != '-' || !g_str_has_suffix (name, file->ending)
      || strlen (month) < MONTH_CHARS)
    return NULL;
  for (guint i = 0; i < MONTH_CHARS; i++)
    if (i == 4 ? month[i] != '-' : !g_ascii_isdigit (month[i]))
      return NULL;
  month += MONTH_CHARS;
  return strcmp (month, file->ending) == 0 || g_str_has_prefix (month, ".broken-") ? month - MONTH_CHARS : NULL;
}

/* The month in which the retention begins. */
static void
oldest_month (const PvAuditFile *file, gint64 now_utc, char ret_month[MONTH_CHARS + 1])
{
  month_of (now_utc - (gint64) file->days * SECONDS_OF_DAY, ret_month);
}

/* Files whose last day is past the retention; and, on the way, the newest one before this month. */
static char *
tidy (PvAuditFile *file, gint64 now_utc)
{
  g_autoptr (GDir) folder = g_dir_open (file->folder, 0, NULL);
  char oldest[MONTH_CHARS + 1], this_month[MONTH_CHARS + 1];
  char *newest = NULL;

  oldest_month (file, now_utc, oldest);
  month_of (now_utc, this_month);
  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;) {
    const char *month = month_in (file, name);
    g_autofree char *path = g_build_filename (file->folder, name, NULL);

    if (month == NULL)
      continue;
    if (strncmp (month, oldest, MONTH_CHARS) < 0)
      g_unlink (path);
    else if (strncmp (month, this_month, MONTH_CHARS) < 0 && strcmp (month + MONTH_CHARS, file->ending) == 0
             && (newest == NULL || strcmp (path, newest) > 0)) {
      g_free (newest);
      newest = g_steal_pointer (&path);
    }
  }
  return newest;
}

static char *
read_file (const PvAuditFile *file, const char *name, gsize max_bytes)
{
  g_autoptr (GBytes) bytes = pv_disk_read (file->folder_fd, name, max_bytes);
  gsize size = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  return data != NULL ? g_strndup (data, size) : NULL;
}

/* The file with the last line. (transfer full) (nullable) */
static char *
find_last (const PvAuditFile *file, gint64 now_utc)
{
  g_auto (GStrv) names = pv_disk_list (file->folder_fd);
  char this_month[MONTH_CHARS + 1];
  const char *last = NULL;

  month_of (now_utc, this_month);
  for (guint i = 0; names[i] != NULL; i++) {
    const char *month = month_in (file, names[i]);
    struct stat facts;

    if (month != NULL && strcmp (month + MONTH_CHARS, file->ending) == 0
        && strncmp (month, this_month, MONTH_CHARS) <= 0 && (last == NULL || strcmp (names[i], last) > 0)
        && fstatat (file->folder_fd, names[i], &facts, AT_SYMLINK_NOFOLLOW) == 0 && facts.st_size > 0)
      last = names[i];
  }
  return g_strdup (last);
}

/* Taken away by right. */
static gboolean
is_past_retention (const PvAuditFile *file, const char *name, gint64 now_utc)
{
  const char *month = month_in (file, name);
  char oldest[MONTH_CHARS + 1];

  oldest_month (file, now_utc, oldest);
  return month != NULL && strncmp (month, oldest, MONTH_CHARS) < 0;
}

/* Whether what was written last is still there. The power may have gone between a line and its head. */
static gboolean
ends_at_head (const PvAuditFile *file, gint64 now_utc)
{
  g_autofree char *head = read_file (file, PV_AUDIT_HEAD, HEAD_MAX_BYTES), *name = NULL, *last = NULL, *text = NULL;
  PvAuditChain chain, before;
  gsize known;

  last = find_last (file, now_utc);
  if (head == NULL)
    return last == NULL;
  if (!pv_audit_read_head (head, &chain, &name))
    return FALSE;
  if (last == NULL || strcmp (last, name) < 0)
    return is_past_retention (file, name, now_utc);
  text = read_file (file, last, PV_AUDIT_FILE_MAX_BYTES);
  if (text == NULL)
    return FALSE;
  if (strcmp (last, name) > 0)
    return strlen (text) <= PV_AUDIT_MAX_WRITE_BYTES && pv_audit_read_continue (text, &before)
           && memcmp (&before, &chain, sizeof before) == 0;
  known = pv_audit_find_head (text, &chain);
  return known > 0 && strlen (text) - known <= PV_AUDIT_MAX_WRITE_BYTES;
}

PvAuditFile *
pv_audit_file_open (const char *path, guint days, gint64 now_utc, GError **error)
{
  g_autoptr (PvAuditFile) file = g_new0 (PvAuditFile, 1);
  g_autofree char *name = g_path_get_basename (path), *before = NULL;
  const char *dot = strrchr (name, '.');
  PvAuditChain last = { 0 };
  gboolean is_whole;
  guint line;

  file->fd = file->folder_fd = -1;
  file->days = days;
  file->folder = g_path_get_dirname (path);
  file->stem = dot != NULL ? g_strndup (name, (gsize) (dot - name)) : g_strdup (name);
  file->ending = g_strdup (dot != NULL ? dot : "");
  if (g_mkdir_with_parents (file->folder, 0700) == 0)
    file->folder_fd = open (file->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file->folder_fd < 0) {
    fail (file->folder, error);
    return NULL;
  }
  is_whole = ends_at_head (file, now_utc);
  before = tidy (file, now_utc);
  if (before != NULL)
    read_chain (before, &last, &line); /* if it is broken: as far as it is good */
  if (!open_month (file, last, now_utc, error)
      || (!is_whole && !write_line (file, now_utc, PV_AUDIT_BROKEN, NULL, error)))
    return NULL;
  write_head (file, NULL);
  return g_steal_pointer (&file);
}

void
pv_audit_file_free (PvAuditFile *file)
{
  if (file == NULL)
    return;
  if (file->fd >= 0)
    close (file->fd);
  if (file->folder_fd >= 0)
    close (file->folder_fd);
  g_free (file->folder);
  g_free (file->stem);
  g_free (file->ending);
  g_free (file);
}

/* A new month begins a new file. */
static gboolean
turn_page (PvAuditFile *file, gint64 now_utc, GError **error)
{
  char month[MONTH_CHARS + 1];

  month_of (now_utc, month);
  if (strcmp (month, file->month) > 0) {
    g_free (tidy (file, now_utc));
    if (!open_month (file, file->chain, now_utc, error))
      return FALSE;
  }
  if (file->fd >= 0)
    return TRUE;
  errno = EBADF;
  return fail ("audit", error);
}

gboolean
pv_audit_file_add (PvAuditFile *file, gint64 now_utc, const char *verb, const char *subject, GError **error)
{
  return turn_page (file, now_utc, error) && write_line (file, now_utc, verb, subject, error);
}

static void
append_part (GString *lines, PvAuditChain *chain, gint64 now_utc, const char *verb, GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autofree char *part = pv_audit_append_bytes (chain, (guint64) MAX (now_utc, 0), verb, data, size);

  g_string_append (lines, part);
}

gboolean
pv_audit_file_add_consent (PvAuditFile *file, gint64 now_utc, GBytes *consent, GBytes *delegation, GError **error)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  PvAuditChain chain;

  if (!turn_page (file, now_utc, error))
    return FALSE;
  chain = file->chain;
  append_part (lines, &chain, now_utc, PV_AUDIT_CONSENT, consent);
  if (delegation != NULL)
    append_part (lines, &chain, now_utc, PV_AUDIT_DELEGATION, delegation);
  return write_lines (file, &chain, lines->str, error);
}

gboolean
pv_audit_file_sync (PvAuditFile *file, GError **error)
{
  return write_head (file, error);
}

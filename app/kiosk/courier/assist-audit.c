/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/assist-audit.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/log.h"

#define AUDIT_PREFIX  "audit-"
#define SUFFIX        ".log"
#define MONTH_PATTERN "YYYY-MM"

enum {
  HEAD_MAX_BYTES = 256,
  DAY_S = 24 * 60 * 60,
  KEPT_FREE_BYTES = 16 * 1024 * 1024, /* of the disk: filings come first */
  HEX_BYTES = 2 * PV_AUDIT_HASH_BYTES,
};

struct PvAssistAudit {
  int folder;     /* owned */
  PvDisk *disk;   /* borrowed */
  PvClock *clock; /* borrowed */
  guint days;
  PvAuditChain chain;
  char *file; /* (nullable): that has the last line */
  /* limits */
  gint64 day;
  gsize day_bytes;
  guint day_consents;
  gboolean is_full;
  gint64 credit, credited_ms; /* thousandths of a line */
};

G_DEFINE_QUARK (pv - assist - audit - error - quark, pv_assist_audit_error)

static guint64
now_s (const PvAssistAudit *audit)
{
  return (guint64) (pv_clock_get_wall_us (audit->clock) / G_USEC_PER_SEC);
}

/* "2026-11" of a name of ours; NULL. */
static const char *
month_of (const char *name)
{
  const char *month = name + strlen (AUDIT_PREFIX);
  const gsize size = strlen (MONTH_PATTERN);

  if (!g_str_has_prefix (name, AUDIT_PREFIX) || strlen (month) != size + strlen (SUFFIX)
      || strcmp (month + size, SUFFIX) != 0 || month[4] != '-')
    return NULL;
  for (gsize i = 0; i < size; i++)
    if (i != 4 && !g_ascii_isdigit (month[i]))
      return NULL;
  return month;
}

/* The last month's file; a try that left it empty does not count. (transfer full) (nullable) */
static char *
find_last (const PvAssistAudit *audit)
{
  g_auto (GStrv) names = pv_disk_list (audit->folder);
  const char *last = NULL;

  for (guint i = 0; names[i] != NULL; i++) {
    struct stat info;

    if (month_of (names[i]) != NULL && (last == NULL || strcmp (names[i], last) > 0)
        && fstatat (audit->folder, names[i], &info, AT_SYMLINK_NOFOLLOW) == 0 && info.st_size > 0)
      last = names[i];
  }
  return g_strdup (last);
}

static gboolean
write_head (PvAssistAudit *audit)
{
  char *text = pv_audit_write_head (&audit->chain, audit->file != NULL ? audit->file : PV_AUDIT_NO_FILE);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));
  g_autoptr (GError) error = NULL;

  if (pv_disk_replace (audit->disk, audit->folder, PV_AUDIT_HEAD, bytes, &error))
    return TRUE;
  pv_log_event (PV_LOG_ERROR, "assist-audit-head-not-written", PV_LOG_CAUSE (error));
  return FALSE;
}

static gboolean
fail_disk (GError **error, int number)
{
  g_set_error (error, PV_ASSIST_AUDIT_ERROR, PV_ASSIST_AUDIT_ERROR_FULL, "the log cannot be written: %s",
               g_strerror (number));
  return FALSE;
}

/* All of @text, or nothing of it. */
static gboolean
append (PvAssistAudit *audit, const char *name, const char *text, GError **error)
{
  int fd = openat (audit->folder, name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  gsize size = strlen (text);
  off_t before = fd >= 0 ? lseek (fd, 0, SEEK_END) : -1;
  int number;

  if (before >= 0 && (gsize) before + size <= PV_ASSIST_AUDIT_MAX_FILE_BYTES && write (fd, text, size) == (ssize_t) size
      && fsync (fd) == 0 && (before > 0 || fsync (audit->folder) == 0)) {
    close (fd);
    return TRUE;
  }
  number = errno != 0 ? errno : ENOSPC;
  if (before >= 0 && ftruncate (fd, before) != 0)
    pv_log_event (PV_LOG_ERROR, "assist-audit-half-a-line", PV_LOG_INT ("errno", errno));
  if (fd >= 0)
    close (fd);
  return fail_disk (error, number);
}

/* A new month begins a new file; not by a clock that nobody sets, and never an earlier month. (transfer full) */
static char *
choose_file (const PvAssistAudit *audit)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc ((gint64) now_s (audit));
  g_autofree char *name = now != NULL ? g_date_time_format (now, AUDIT_PREFIX "%Y-%m" SUFFIX) : NULL;

  if (audit->file != NULL
      && (name == NULL || strcmp (name, audit->file) <= 0 || !pv_clock_is_synchronised (audit->clock)))
    return g_strdup (audit->file);
  return g_steal_pointer (&name);
}

/* Lines that belong together: all of them, or none. (transfer full) */
typedef char *(*Append) (PvAuditChain *chain, guint64 at, gconstpointer data);

static gboolean
write_lines (PvAssistAudit *audit, Append add, gconstpointer data, GError **error)
{
  g_autofree char *file = choose_file (audit), *first = NULL, *lines = NULL, *text = NULL;
  PvAuditChain chain = audit->chain;

  if (file == NULL || audit->disk->get_free_bytes (audit->disk, audit->folder) < KEPT_FREE_BYTES)
    return fail_disk (error, ENOSPC);
  if (g_strcmp0 (file, audit->file) != 0)
    first = pv_audit_continue (&chain, now_s (audit));
  lines = add (&chain, now_s (audit), data);
  text = g_strconcat (first != NULL ? first : "", lines, NULL);
  if (!append (audit, file, text, error))
    return FALSE;
  audit->chain = chain;
  audit->day_bytes += strlen (text);
  g_free (audit->file);
  audit->file = g_steal_pointer (&file);
  return write_head (audit) || fail_disk (error, EIO);
}

static char *
add_line (PvAuditChain *chain, guint64 at, gconstpointer data)
{
  const char *const *words = data;

  return pv_audit_append (chain, at, words[0], words[1]);
}

static gboolean
write_line (PvAssistAudit *audit, const char *verb, const char *subject, GError **error)
{
  const char *const words[] = { verb, subject };

  return write_lines (audit, add_line, words, error);
}

static char *
add_consent (PvAuditChain *chain, guint64 at, gconstpointer data)
{
  GBytes *const *parts = data;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (parts[0], &size);
  g_autofree char *record = pv_audit_append_bytes (chain, at, PV_AUDIT_CONSENT, bytes, size), *delegation = NULL;

  bytes = g_bytes_get_data (parts[1], &size);
  delegation = pv_audit_append_bytes (chain, at, PV_AUDIT_DELEGATION, bytes, size);
  return g_strconcat (record, delegation, NULL);
}

/* What of today is in @text already, so that another start does not begin another day. */
static void
count_day (PvAssistAudit *audit, const char *text)
{
  for (const char *line = text; *line != '\0';) {
    const char *end = strchr (line, '\n');
    const char *rest = line + strspn (line, "0123456789");

    if (end == NULL)
      return;
    if ((gint64) (g_ascii_strtoull (line, NULL, 10) / DAY_S) == audit->day) {
      audit->day_bytes += (gsize) (end + 1 - line);
      audit->day_consents += g_str_has_prefix (rest, " " PV_AUDIT_CONSENT " ") ? 1 : 0;
      audit->is_full = audit->is_full || g_str_has_prefix (rest, " " PV_AUDIT_FULL " ");
    }
    line = end + 1;
  }
}

static gboolean
cut (PvAssistAudit *audit, const char *name, gsize size)
{
  int fd = openat (audit->folder, name, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
  gboolean is_cut = fd >= 0 && ftruncate (fd, (off_t) size) == 0 && fsync (fd) == 0;

  pv_log_event (PV_LOG_WARNING, "assist-audit-unfinished", PV_LOG_INT ("errno", is_cut ? 0 : errno));
  if (fd >= 0)
    close (fd);
  return is_cut;
}

/* Up to the line that the head names; NULL if there is none, or if a line before it was changed. (transfer full) */
static char *
read_up_to_head (const PvAssistAudit *audit, const char *name, const PvAuditChain *head, gsize *ret_rest)
{
  g_autoptr (GBytes) bytes = pv_disk_read (audit->folder, name, PV_ASSIST_AUDIT_MAX_FILE_BYTES);
  gsize size = 0, good;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  g_autofree char *text = g_strndup (data != NULL ? data : "", size);
  PvAuditChain chain = { 0 };

  good = pv_audit_find_head (text, head);
  text[good] = '\0';
  if (good == 0 || !pv_audit_verify (&chain, text, NULL) || memcmp (&chain, head, sizeof chain) != 0)
    return NULL;
  *ret_rest = size - good;
  return g_steal_pointer (&text);
}

/* As far as it is good, for want of a head. */
static PvAuditChain
read_chain (const PvAssistAudit *audit, const char *name)
{
  g_autoptr (GBytes) bytes = pv_disk_read (audit->folder, name, PV_ASSIST_AUDIT_MAX_FILE_BYTES);
  gsize size = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  g_autofree char *text = g_strndup (data != NULL ? data : "", size);
  PvAuditChain chain = { 0 };

  pv_audit_verify (&chain, text, NULL);
  return chain;
}

static gboolean
read_head (const PvAssistAudit *audit, gboolean *ret_is_there, PvAuditChain *ret_head, char **ret_file)
{
  g_autoptr (GBytes) bytes = pv_disk_read (audit->folder, PV_AUDIT_HEAD, HEAD_MAX_BYTES);
  gsize size = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  g_autofree char *text = g_strndup (data != NULL ? data : "", size);

  *ret_is_there = bytes != NULL;
  return strlen (text) == size && pv_audit_read_head (text, ret_head, ret_file);
}

/* A first write of a month that the head does not know yet. */
static void
cut_unfinished_file (PvAssistAudit *audit, const char *head_file)
{
  struct stat info;

  if (strcmp (audit->file, head_file) <= 0 || fstatat (audit->folder, audit->file, &info, AT_SYMLINK_NOFOLLOW) != 0
      || info.st_size > PV_AUDIT_MAX_WRITE_BYTES || !cut (audit, audit->file, 0))
    return;
  g_free (audit->file);
  audit->file = find_last (audit);
}

/* Where the log stands. FALSE: not as it was left. */
static gboolean
recover (PvAssistAudit *audit)
{
  g_autofree char *head_file = NULL, *text = NULL;
  gboolean is_there, has_head = read_head (audit, &is_there, &audit->chain, &head_file);
  gsize rest = 0;

  audit->file = find_last (audit);
  if (!has_head) {
    if (audit->file != NULL)
      audit->chain = read_chain (audit, audit->file);
    return write_head (audit) && !is_there && audit->file == NULL;
  }
  if (audit->file != NULL)
    cut_unfinished_file (audit, head_file);
  if (audit->file == NULL)
    return strcmp (head_file, PV_AUDIT_NO_FILE) == 0;
  text = read_up_to_head (audit, audit->file, &audit->chain, &rest);
  if (text == NULL || rest > PV_AUDIT_MAX_WRITE_BYTES)
    return FALSE;
  count_day (audit, text);
  return rest == 0 || cut (audit, audit->file, strlen (text));
}

PvAssistAudit *
pv_assist_audit_open (const char *folder, PvDisk *disk, PvClock *clock, guint days, GError **error)
{
  int fd = pv_disk_open_folder (folder, error);
  g_autoptr (PvAssistAudit) audit = NULL;

  if (fd < 0)
    return NULL;
  audit = g_new0 (PvAssistAudit, 1);
  audit->folder = fd;
  audit->disk = disk;
  audit->clock = clock;
  audit->days = days;
  audit->day = (gint64) now_s (audit) / DAY_S;
  audit->credit = (gint64) PV_ASSIST_AUDIT_BURST * 1000;
  audit->credited_ms = pv_clock_get_monotonic_ms (clock);
  if (!recover (audit)) {
    pv_log_event (PV_LOG_ERROR, "assist-audit-broken");
    if (!write_line (audit, PV_AUDIT_BROKEN, NULL, error))
      return NULL;
  }
  pv_assist_audit_tidy (audit);
  return g_steal_pointer (&audit);
}

void
pv_assist_audit_free (PvAssistAudit *audit)
{
  if (audit == NULL)
    return;
  close (audit->folder);
  g_free (audit->file);
  g_free (audit);
}

static void
begin_day (PvAssistAudit *audit)
{
  gint64 day = (gint64) now_s (audit) / DAY_S;

  if (day == audit->day)
    return;
  audit->day = day;
  audit->day_bytes = 0;
  audit->day_consents = 0;
  audit->is_full = FALSE;
}

static gboolean
has_credit (PvAssistAudit *audit, GError **error)
{
  gint64 now_ms = pv_clock_get_monotonic_ms (audit->clock);
  gint64 gained = MAX (now_ms - audit->credited_ms, 0) * PV_ASSIST_AUDIT_PER_SECOND;

  audit->credited_ms = now_ms;
  audit->credit = MIN (audit->credit + gained, (gint64) PV_ASSIST_AUDIT_BURST * 1000);
  if (audit->credit < 1000) {
    g_set_error_literal (error, PV_ASSIST_AUDIT_ERROR, PV_ASSIST_AUDIT_ERROR_BUSY, "too many lines at once");
    return FALSE;
  }
  audit->credit -= 1000;
  return TRUE;
}

static gboolean
is_full (GError **error)
{
  g_set_error_literal (error, PV_ASSIST_AUDIT_ERROR, PV_ASSIST_AUDIT_ERROR_FULL, "no more of that today");
  return TRUE;
}

static gboolean
has_room (PvAssistAudit *audit, gboolean is_consent, GError **error)
{
  begin_day (audit);
  if (is_consent && audit->day_consents >= PV_ASSIST_AUDIT_MAX_DAY_CONSENTS)
    return !is_full (error);
  if (audit->day_bytes >= PV_ASSIST_AUDIT_MAX_DAY_BYTES) {
    if (!audit->is_full && write_line (audit, PV_AUDIT_FULL, NULL, NULL))
      pv_log_event (PV_LOG_WARNING, "assist-audit-full");
    audit->is_full = TRUE;
    return !is_full (error);
  }
  return has_credit (audit, error);
}

static gboolean
is_own_verb (const char *verb)
{
  static const char *const own[] = { PV_AUDIT_BROKEN,     PV_AUDIT_CONSENT, PV_AUDIT_CONTINUES,
                                     PV_AUDIT_DELEGATION, PV_AUDIT_FULL,    NULL };

  return g_strv_contains (own, verb) || g_str_has_suffix (verb, PV_AUDIT_MORE);
}

gboolean
pv_assist_audit_note (PvAssistAudit *audit, const char *verb, const char *subject, GError **error)
{
  if (!pv_audit_is_name (verb) || is_own_verb (verb)) {
    g_set_error_literal (error, PV_ASSIST_AUDIT_ERROR, PV_ASSIST_AUDIT_ERROR_BAD, "not a verb");
    return FALSE;
  }
  return has_room (audit, FALSE, error) && write_line (audit, verb, subject, error);
}

gboolean
pv_assist_audit_keep_consent (PvAssistAudit *audit, GBytes *record, GBytes *delegation, GError **error)
{
  GBytes *const parts[] = { record, delegation };

  if (!has_room (audit, TRUE, error) || !write_lines (audit, add_consent, parts, error))
    return FALSE;
  audit->day_consents++;
  return TRUE;
}

/* Seconds UTC after which the month @month is over. */
static gint64
end_of_month (const char *month)
{
  int year = (int) g_ascii_strtoll (month, NULL, 10), number = (int) g_ascii_strtoll (month + 5, NULL, 10);
  g_autoptr (GDateTime) begin =
    number >= 1 && number <= 12 && year >= 1 ? g_date_time_new_utc (year, number, 1, 0, 0, 0) : NULL;
  g_autoptr (GDateTime) end = begin != NULL ? g_date_time_add_months (begin, 1) : NULL;

  return end != NULL ? g_date_time_to_unix (end) : G_MAXINT64;
}

void
pv_assist_audit_tidy (PvAssistAudit *audit)
{
  gint64 oldest = (gint64) now_s (audit) - (gint64) audit->days * DAY_S;
  g_auto (GStrv) names = NULL;

  if (!pv_clock_is_synchronised (audit->clock))
    return;
  /* The head first: whoever verifies must not miss a file that is gone by right. */
  if (audit->file != NULL && end_of_month (month_of (audit->file)) < oldest) {
    g_clear_pointer (&audit->file, g_free);
    write_head (audit);
  }
  names = pv_disk_list (audit->folder);
  for (guint i = 0; names[i] != NULL; i++) {
    const char *month = month_of (names[i]);

    if (month != NULL && end_of_month (month) < oldest)
      audit->disk->remove (audit->disk, audit->folder, names[i], NULL);
  }
}

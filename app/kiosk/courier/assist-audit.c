/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/assist-audit.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/log.h"

#define HEAD          "audit.head"
#define AUDIT_PREFIX  "audit-"
#define CONSENTS      "consents-"
#define SUFFIX        ".log"
#define NO_FILE       "-"
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
month_of (const char *name, const char *prefix)
{
  const char *month = name + strlen (prefix);
  const gsize size = strlen (MONTH_PATTERN);

  if (!g_str_has_prefix (name, prefix) || strlen (month) != size + strlen (SUFFIX) || strcmp (month + size, SUFFIX) != 0
      || month[4] != '-')
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

    if (month_of (names[i], AUDIT_PREFIX) != NULL && (last == NULL || strcmp (names[i], last) > 0)
        && fstatat (audit->folder, names[i], &info, AT_SYMLINK_NOFOLLOW) == 0 && info.st_size > 0)
      last = names[i];
  }
  return g_strdup (last);
}

static gboolean
write_head (PvAssistAudit *audit)
{
  char *text = pv_audit_write_head (&audit->chain, audit->file != NULL ? audit->file : NO_FILE);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));
  g_autoptr (GError) error = NULL;

  if (pv_disk_replace (audit->disk, audit->folder, HEAD, bytes, &error))
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

static gboolean
write_line (PvAssistAudit *audit, const char *verb, const char *subject, GError **error)
{
  g_autofree char *file = choose_file (audit), *line = NULL, *first = NULL, *text = NULL;
  PvAuditChain chain = audit->chain;

  if (file == NULL || audit->disk->get_free_bytes (audit->disk, audit->folder) < KEPT_FREE_BYTES)
    return fail_disk (error, ENOSPC);
  if (g_strcmp0 (file, audit->file) != 0)
    first = pv_audit_continue (&chain, now_s (audit));
  line = pv_audit_append (&chain, now_s (audit), verb, subject);
  text = g_strconcat (first != NULL ? first : "", line, NULL);
  if (!append (audit, file, text, error))
    return FALSE;
  audit->chain = chain;
  audit->day_bytes += strlen (text);
  g_free (audit->file);
  audit->file = g_steal_pointer (&file);
  write_head (audit); /* the line is there; a head that is one line behind is understood */
  return TRUE;
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

/* One write may have reached the disk before the head did: at most the first line of a file and one more. */
static gboolean
is_one_write_ahead (const char *text, const PvAuditChain *head)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = g_strv_length (lines); /* the last one is empty */
  PvAuditChain before;
  char hex[HEX_BYTES + 2] = " ";

  if (n <= 3 && pv_audit_read_continue (text, &before) && memcmp (&before, head, sizeof before) == 0)
    return TRUE;
  for (gsize i = 0; i < PV_AUDIT_HASH_BYTES; i++)
    g_snprintf (hex + 1 + 2 * i, 3, "%02x", head->hash[i]);
  return n >= 3 && g_str_has_suffix (lines[n - 3], hex);
}

/* Cuts off what a power cut left of a line: nobody was told that it is there. */
static void
cut_half_a_line (PvAssistAudit *audit, const char *name)
{
  g_autoptr (GBytes) bytes = pv_disk_read (audit->folder, name, PV_ASSIST_AUDIT_MAX_FILE_BYTES);
  gsize size = 0, whole;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  int fd;

  for (whole = size; whole > 0 && data[whole - 1] != '\n';)
    whole--;
  if (whole == size)
    return;
  g_clear_pointer (&bytes, g_bytes_unref); /* a map of what is cut */
  fd = openat (audit->folder, name, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0 || ftruncate (fd, (off_t) whole) != 0 || fsync (fd) != 0)
    pv_log_event (PV_LOG_ERROR, "assist-audit-half-a-line", PV_LOG_INT ("errno", errno));
  if (fd >= 0)
    close (fd);
}

/* (transfer full) (nullable): if it is text */
static char *
read_text (const PvAssistAudit *audit, const char *name, gsize max)
{
  g_autoptr (GBytes) bytes = pv_disk_read (audit->folder, name, max);
  gsize size = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (bytes == NULL || (size > 0 && memchr (data, '\0', size) != NULL))
    return NULL;
  return g_strndup (data != NULL ? data : "", size);
}

static void
cut_half_lines (PvAssistAudit *audit)
{
  g_auto (GStrv) names = pv_disk_list (audit->folder);

  for (guint i = 0; names[i] != NULL; i++)
    if (month_of (names[i], CONSENTS) != NULL || month_of (names[i], AUDIT_PREFIX) != NULL)
      cut_half_a_line (audit, names[i]);
}

/* Where the log stands. FALSE: not as it was left. */
static gboolean
recover (PvAssistAudit *audit)
{
  g_autofree char *head_text = read_text (audit, HEAD, HEAD_MAX_BYTES), *head_file = NULL, *text = NULL;
  PvAuditChain head = { 0 }, chain = { 0 };
  gboolean has_head = head_text != NULL && pv_audit_read_head (head_text, &head, &head_file);

  audit->file = find_last (audit);
  audit->chain = head;
  if (audit->file == NULL)
    return has_head ? strcmp (head_file, NO_FILE) == 0 : head_text == NULL;
  text = read_text (audit, audit->file, PV_ASSIST_AUDIT_MAX_FILE_BYTES);
  if (text == NULL)
    return FALSE;
  count_day (audit, text);
  pv_audit_read_continue (text, &chain);
  if (!pv_audit_verify (&chain, text, NULL))
    return FALSE;
  if (memcmp (&chain, &head, sizeof chain) == 0)
    return TRUE;
  if (is_one_write_ahead (text, &head)) {
    audit->chain = chain;
    return write_head (audit);
  }
  if (!has_head)
    audit->chain = chain;
  return FALSE;
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
  cut_half_lines (audit);
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
  static const char *const own[] = { PV_AUDIT_BROKEN, PV_AUDIT_CONSENT, PV_AUDIT_CONTINUES, PV_AUDIT_FULL, NULL };

  return g_strv_contains (own, verb);
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
  gsize size, delegation_size;
  const guint8 *bytes = g_bytes_get_data (record, &size),
               *delegation_bytes = g_bytes_get_data (delegation, &delegation_size);
  g_autofree char *first = g_base64_encode (bytes, size), *second = g_base64_encode (delegation_bytes, delegation_size),
                  *line = g_strconcat (first, " ", second, "\n", NULL), *hash = pv_audit_hash_record (bytes, size),
                  *file = choose_file (audit), *name = NULL;

  if (!has_room (audit, TRUE, error))
    return FALSE;
  if (file == NULL)
    return fail_disk (error, ENOSPC);
  /* Of the same month as the line that names it. */
  name = g_strconcat (CONSENTS, file + strlen (AUDIT_PREFIX), NULL);
  if (!append (audit, name, line, error) || !write_line (audit, PV_AUDIT_CONSENT, hash, error))
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
  if (audit->file != NULL && end_of_month (month_of (audit->file, AUDIT_PREFIX)) < oldest) {
    g_clear_pointer (&audit->file, g_free);
    write_head (audit);
  }
  names = pv_disk_list (audit->folder);
  for (guint i = 0; names[i] != NULL; i++) {
    const char *month = month_of (names[i], AUDIT_PREFIX);

    if (month == NULL)
      month = month_of (names[i], CONSENTS);
    if (month != NULL && end_of_month (month) < oldest)
      audit->disk->remove (audit->disk, audit->folder, names[i], NULL);
  }
}

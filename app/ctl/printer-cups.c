/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/printer-cups.h"

#include <string.h>

typedef enum {
  IS_NO,          /* a switch that must be off */
  IS_IN_RANGE,    /* a number of seconds */
  IS_NOT_DEBUG,   /* a level of the log */
  IS_WITHOUT_JOB, /* a format in which neither title nor user stands */
  IS_NOT_ALL,     /* whom jobs are private from */
  IS_NOT_NONE,    /* what of jobs is private */
} Kind;

typedef struct Rule {
  const char *directive;
  Kind kind;
  int min, max;          /* IS_IN_RANGE */
  const char *otherwise; /* (nullable): CUPS' own value, where the file says nothing */
  const char *why, *line;
} Rule;

/* cupsd.conf(5) of CUPS 2.4. */
static const Rule rules[] = {
  { "PreserveJobFiles", IS_NO, 0, 0, "86400", "printed documents stay in the spool", "PreserveJobFiles No" },
  { "PreserveJobHistory", IS_IN_RANGE, 10, 300, "Yes",
    "what was printed when stays known, or is gone before the kiosk saw how it ended", "PreserveJobHistory 60" },
  { "MaxJobTime", IS_IN_RANGE, 1, 300, "10800", "a job may come out hours later, in front of somebody else",
    "MaxJobTime 120" },
  { "MaxHoldTime", IS_IN_RANGE, 1, 300, "0", "a job that is held stays for ever", "MaxHoldTime 60" },
  { "DirtyCleanInterval", IS_IN_RANGE, 0, 0, "30",
    "a CUPS that is killed forgets the jobs of the last seconds, but keeps their documents", "DirtyCleanInterval 0" },
  { "LogLevel", IS_NOT_DEBUG, 0, 0, "warn", "the log has titles and options of jobs", "LogLevel warn" },
  { "PageLogFormat", IS_WITHOUT_JOB, 0, 0, "", "the log of pages has users or titles", "PageLogFormat" },
  { "Browsing", IS_NO, 0, 0, "Yes", "the queues are shown to the network", "Browsing No" },
  { "WebInterface", IS_NO, 0, 0, "Yes", "CUPS serves web pages", "WebInterface No" },
  { "JobPrivateAccess", IS_NOT_ALL, 0, 0, "default", "everybody may read titles and users of jobs",
    "JobPrivateAccess default" },
  { "JobPrivateValues", IS_NOT_NONE, 0, 0, "default", "titles and users of jobs are private from nobody",
    "JobPrivateValues default" },
};

enum { MAX_CONTIMEOUT_S = 10 };

/* Each line "Name value", in turn. FALSE: no more. */
typedef struct Lines {
  char **lines; /* owned */
  guint at;
} Lines;

/* Comments and sections' own lines are passed over; sections' contents are lines like others. */
static gboolean
next_line (Lines *lines, char **ret_name, char **ret_value)
{
  while (lines->lines[lines->at] != NULL) {
    char *name = g_strstrip (lines->lines[lines->at++]);
    gsize length = strcspn (name, " \t");

    if (*name == '\0' || *name == '#')
      continue;
    *ret_value = name + length;
    if (**ret_value != '\0')
      *(*ret_value)++ = '\0';
    g_strchug (*ret_value);
    *ret_name = name;
    return TRUE;
  }
  return FALSE;
}

/* The last that is said counts, as for CUPS. (transfer full) (nullable): NULL if nothing is said */
static char *
find_value (const char *text, const char *directive)
{
  Lines lines = { g_strsplit (text, "\n", -1), 0 };
  char *name, *value, *found = NULL;

  while (next_line (&lines, &name, &value)) {
    if (g_ascii_strcasecmp (name, directive) != 0)
      continue;
    g_free (found);
    found = g_strdup (value);
  }
  g_strfreev (lines.lines);
  return found;
}

static gboolean
is_one_of (const char *value, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (value, words[i]) == 0)
      return TRUE;
  return FALSE;
}

/* "60", "2m", "1h", as CUPS reads times. -1: no number. */
static gint64
read_seconds (const char *value)
{
  char *end;
  gint64 number = g_ascii_strtoll (value, &end, 10);

  if (end == value || number < 0 || number > G_MAXINT32)
    return -1;
  switch (g_ascii_tolower (*end)) {
  case 'w':
    return number * 7 * 24 * 3600;
  case 'd':
    return number * 24 * 3600;
  case 'h':
    return number * 3600;
  case 'm':
    return number * 60;
  default:
    return number;
  }
}

static gboolean
is_fine (const Rule *rule, const char *value)
{
  static const char *const off[] = { "No", "Off", "False", "0", NULL };
  gint64 seconds;

  switch (rule->kind) {
  case IS_NO:
    return is_one_of (value, off);
  case IS_IN_RANGE:
    seconds = read_seconds (value);
    return seconds >= rule->min && seconds <= rule->max;
  case IS_NOT_DEBUG:
    return g_ascii_strncasecmp (value, "debug", 5) != 0;
  case IS_WITHOUT_JOB:
    return strstr (value, "%u") == NULL && strstr (value, "job-name") == NULL && strstr (value, "user-name") == NULL;
  case IS_NOT_ALL:
    return g_ascii_strcasecmp (value, "all") != 0;
  case IS_NOT_NONE:
    return g_ascii_strcasecmp (value, "none") != 0;
  }
  return FALSE;
}

static void G_GNUC_PRINTF (2, 3) say (GPtrArray *findings, const char *format, ...)
{
  va_list values;

  va_start (values, format);
  g_ptr_array_add (findings, g_strdup_vprintf (format, values));
  va_end (values);
}

static void
judge_rules (GPtrArray *findings, const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++) {
    const Rule *rule = &rules[i];
    g_autofree char *value = find_value (text, rule->directive);

    if (is_fine (rule, value != NULL ? value : rule->otherwise))
      continue;
    if (value != NULL)
      say (findings, "cupsd.conf: %s %s: %s; write \"%s\"", rule->directive, value, rule->why, rule->line);
    else
      say (findings, "cupsd.conf: %s is not set: %s; write \"%s\"", rule->directive, rule->why, rule->line);
  }
}

static void
judge_doors (GPtrArray *findings, const char *text)
{
  static const char *const doors[] = { "Listen", "Port", "SSLListen", "SSLPort", NULL };
  Lines lines = { g_strsplit (text, "\n", -1), 0 };
  char *name, *value;

  while (next_line (&lines, &name, &value))
    if (is_one_of (name, doors) && *value != '/')
      say (findings, "cupsd.conf: %s %s: CUPS answers to the network; write only \"Listen /run/cups/cups.sock\"", name,
           value);
  g_strfreev (lines.lines);
}

/* "contimeout=3" of the address, or -1. */
static gint64
get_contimeout (const char *uri)
{
  const char *at = strstr (uri, "contimeout=");

  return at != NULL ? read_seconds (at + strlen ("contimeout=")) : -1;
}

static gboolean
is_in_network (const char *uri)
{
  static const char *const schemes[] = { "ipp:", "ipps:", "socket:", "lpd:", "http:", "https:", "dnssd:", NULL };

  for (guint i = 0; schemes[i] != NULL; i++)
    if (g_str_has_prefix (uri, schemes[i]))
      return TRUE;
  return FALSE;
}

typedef struct Queue {
  char *uri, *policy, *shared, *accepting; /* owned, (nullable) */
} Queue;

static void
keep (char **kept, const char *value)
{
  g_free (*kept);
  *kept = g_strdup (value);
}

/* FALSE: there is no queue of that name. */
static gboolean
find_queue (const char *text, const char *wanted, Queue *ret_queue)
{
  Lines lines = { g_strsplit (text, "\n", -1), 0 };
  g_autofree char *start = g_strconcat (wanted, ">", NULL);
  gboolean is_there = FALSE, is_inside = FALSE;
  char *name, *value;

  while (next_line (&lines, &name, &value)) {
    if (*name == '<') {
      is_inside =
        (strcmp (name, "<Printer") == 0 || strcmp (name, "<DefaultPrinter") == 0) && strcmp (value, start) == 0;
      is_there |= is_inside;
    } else if (is_inside && g_ascii_strcasecmp (name, "DeviceURI") == 0) {
      keep (&ret_queue->uri, value);
    } else if (is_inside && g_ascii_strcasecmp (name, "ErrorPolicy") == 0) {
      keep (&ret_queue->policy, value);
    } else if (is_inside && g_ascii_strcasecmp (name, "Shared") == 0) {
      keep (&ret_queue->shared, value);
    } else if (is_inside && g_ascii_strcasecmp (name, "Accepting") == 0) {
      keep (&ret_queue->accepting, value);
    }
  }
  g_strfreev (lines.lines);
  return is_there;
}

static void
judge_queue (GPtrArray *findings, const char *text, const char *name)
{
  Queue queue = { NULL, NULL, NULL, NULL };

  if (!find_queue (text, name, &queue)) {
    say (findings, "printers.conf: there is no queue \"%s\", which [printer] queue names", name);
    return;
  }
  if (g_strcmp0 (queue.policy, "abort-job") != 0)
    say (findings,
         "queue %s: after a fault its policy is %s: the paper comes out later, or no more comes; "
         "lpadmin -p %s -o printer-error-policy=abort-job",
         name, queue.policy != NULL ? queue.policy : "not said", name);
  if (queue.uri != NULL && is_in_network (queue.uri)) {
    gint64 seconds = get_contimeout (queue.uri);

    if (seconds < 1 || seconds > MAX_CONTIMEOUT_S)
      say (findings,
           "queue %s: it waits for a printer that is off, a week if nothing is said, and prints when it is back; "
           "lpadmin -p %s -v 'ADDRESS?contimeout=3', once its PPD is there",
           name, name);
  }
  if (g_ascii_strncasecmp (queue.shared != NULL ? queue.shared : "No", "Yes", 3) == 0)
    say (findings, "queue %s: it is shared with the network; lpadmin -p %s -o printer-is-shared=false", name, name);
  if (g_ascii_strncasecmp (queue.accepting != NULL ? queue.accepting : "Yes", "No", 2) == 0)
    say (findings, "queue %s: it takes no jobs; cupsaccept %s", name, name);
  g_free (queue.uri);
  g_free (queue.policy);
  g_free (queue.shared);
  g_free (queue.accepting);
}

GPtrArray *
pv_cups_judge (const PvCupsFiles *files, const char *queue)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_free);

  if (files->cupsd != NULL) {
    judge_rules (findings, files->cupsd);
    judge_doors (findings, files->cupsd);
  }
  if (files->printers != NULL && queue != NULL)
    judge_queue (findings, files->printers, queue);
  return findings;
}

char *
pv_cups_get_folder (const char *files, const char *directive)
{
  char *folder = find_value (files, directive);

  if (folder != NULL)
    return folder;
  return g_strdup (strcmp (directive, "CacheDir") == 0 ? "/var/cache/cups" : "/var/spool/cups");
}

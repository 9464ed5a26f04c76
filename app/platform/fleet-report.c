/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/fleet-report.h"

#include <string.h>

#include "platform/carrier-name.h"

enum { TIME_BYTES = 32, WORD_BYTES = 40, DAY_CHARS = 10, COUNT_BYTES = 16, MAX_PROBLEMS = 64, MAX_COUNT = 1000000 };

#define MAX_SECONDS G_GINT64_CONSTANT (253402300799) /* the end of the year 9999 */

static const char *const topics[] = { "presence", "state", "usage" };

static gboolean
is_day (const char *text)
{
  static const char shape[] = "0000-00-00";

  for (gsize i = 0; i < sizeof shape; i++)
    if (shape[i] == '0' ? !g_ascii_isdigit (text[i]) : text[i] != shape[i])
      return FALSE;
  return TRUE;
}

char *
pv_fleet_topic (const char *kiosk, PvFleetTopic topic, const char *day)
{
  return day != NULL ? g_strdup_printf ("f/%s/%s/%s", kiosk, topics[topic], day)
                     : g_strdup_printf ("f/%s/%s", kiosk, topics[topic]);
}

PvFleetTopic
pv_fleet_topic_parse (const char *topic, char **ret_kiosk, char **ret_day)
{
  g_auto (GStrv) levels = g_strsplit (topic, "/", 5);
  guint n = g_strv_length (levels);

  if (n < 3 || strcmp (levels[0], "f") != 0 || !pv_carrier_is_id (levels[1]))
    return PV_FLEET_NO_TOPIC;
  for (guint i = 0; i < G_N_ELEMENTS (topics); i++) {
    gboolean has_day = i == PV_FLEET_USAGE;

    if (strcmp (levels[2], topics[i]) != 0 || n != (has_day ? 4u : 3u) || (has_day && !is_day (levels[3])))
      continue;
    *ret_kiosk = g_strdup (levels[1]);
    *ret_day = has_day ? g_strdup (levels[3]) : NULL;
    return (PvFleetTopic) i;
  }
  return PV_FLEET_NO_TOPIC;
}

char *
pv_fleet_time_to_text (gint64 seconds)
{
  g_autoptr (GDateTime) moment = seconds > 0 ? g_date_time_new_from_unix_utc (seconds) : NULL;

  return moment != NULL ? g_date_time_format (moment, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

static void
write_time (PvJsonWriter *writer, const char *key, gint64 seconds)
{
  g_autofree char *text = pv_fleet_time_to_text (seconds);

  pv_json_writer_text (writer, key, text);
}

static gboolean
bad (GError **error, const char *what)
{
  g_set_error (error, PV_JSON_ERROR, PV_JSON_ERROR_BAD_DATA, "%s", what);
  return FALSE;
}

/* Absent or null: 0. */
static gboolean
find_time (const PvJson *object, const char *key, gint64 *ret_seconds, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GDateTime) moment = NULL;

  *ret_seconds = 0;
  if (!pv_json_find_text (object, key, TIME_BYTES, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  moment = g_date_time_new_from_iso8601 (text, NULL);
  if (moment == NULL || g_date_time_to_unix (moment) < 0 || g_date_time_to_unix (moment) > MAX_SECONDS)
    return bad (error, "not a time of ISO 8601");
  *ret_seconds = g_date_time_to_unix (moment);
  return TRUE;
}

/* The document, if it is an object of a version that we know. */
static PvJson *
open_document (const char *text, gsize size, gsize max, GError **error)
{
  g_autoptr (PvJson) json = pv_json_parse_within (text, size, max, error);
  gint64 version = 0;

  if (json == NULL
      || !pv_json_read_int (json, "version", PV_KIOSK_REPORT_VERSION, PV_KIOSK_REPORT_VERSION, &version, error))
    return NULL;
  return g_steal_pointer (&json);
}

char *
pv_fleet_presence_to_json (const PvFleetPresence *presence)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "version", PV_KIOSK_REPORT_VERSION);
  pv_json_writer_bool (writer, "present", presence->is_present);
  if (presence->is_stopped)
    pv_json_writer_bool (writer, "stopped", TRUE);
  write_time (writer, "since", presence->since_s);
  pv_json_writer_end_object (writer);
  return g_strdup (pv_json_writer_get_text (writer, NULL));
}

gboolean
pv_fleet_presence_from_json (const char *text, gsize size, PvFleetPresence *ret_presence, GError **error)
{
  g_autoptr (PvJson) json = open_document (text, size, PV_FLEET_MAX_PRESENCE_BYTES, error);
  PvFleetPresence presence = { 0 };

  if (json == NULL || !pv_json_read_bool (json, "present", &presence.is_present, error)
      || !pv_json_find_bool (json, "stopped", &presence.is_stopped, error)
      || !find_time (json, "since", &presence.since_s, error))
    return FALSE;
  *ret_presence = presence;
  return TRUE;
}

static void
write_facts (PvJsonWriter *writer, const PvKioskFacts *facts)
{
  pv_json_writer_text (writer, "screen", pv_kiosk_screen_word (facts->screen));
  pv_json_writer_int (writer, "frame_age_s", facts->frame_age_s);
  pv_json_writer_int (writer, "crashes_24h", facts->n_crashes);
  pv_json_writer_text (writer, "printer", pv_kiosk_printer_word (facts->printer));
  pv_json_writer_text (writer, "printer_reason", *facts->printer_reason != '\0' ? facts->printer_reason : NULL);
  pv_json_writer_text (writer, "portal", pv_kiosk_link_word (facts->portal));
  write_time (writer, "portal_answered", facts->portal_answered_s);
  pv_json_writer_text (writer, "assistance", pv_kiosk_link_word (facts->assistance));
  pv_json_writer_begin_object (writer, "outbox");
  pv_json_writer_int (writer, "overdue", facts->n_overdue);
  pv_json_writer_int (writer, "for_an_agent", facts->n_for_agent);
  pv_json_writer_int (writer, "unreadable", facts->n_unreadable);
  pv_json_writer_bool (writer, "can_store", facts->can_store);
  pv_json_writer_end_object (writer);
  pv_json_writer_int (writer, "disk_free_mb", facts->disk_free_mb);
  pv_json_writer_bool (writer, "clock_checked", facts->is_clock_checked);
  pv_json_writer_bool (writer, "maintenance", facts->is_in_maintenance);
  pv_json_writer_bool (writer, "update_on_trial", facts->is_on_trial);
  pv_json_writer_text (writer, "update_refused", *facts->update_refused != '\0' ? facts->update_refused : NULL);
  write_time (writer, "certificate_ends", facts->certificate_ends_s);
}

char *
pv_fleet_report_to_json (const PvKioskReport *report)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "version", PV_KIOSK_REPORT_VERSION);
  pv_json_writer_text (writer, "kiosk", report->kiosk);
  pv_json_writer_text (writer, "label", report->label);
  pv_json_writer_text (writer, "release", report->release);
  write_time (writer, "told", report->told_s);
  write_facts (writer, &report->facts);
  pv_json_writer_begin_array (writer, "problems");
  for (guint i = 0; i < PV_N_KIOSK_PROBLEMS; i++) {
    if (report->since_s[i] == 0)
      continue;
    pv_json_writer_begin_object (writer, NULL);
    pv_json_writer_text (writer, "problem", pv_kiosk_problem_word ((PvKioskProblem) i));
    pv_json_writer_bool (writer, "serious", pv_kiosk_problem_is_serious ((PvKioskProblem) i));
    write_time (writer, "since", report->since_s[i]);
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_end_array (writer);
  pv_json_writer_end_object (writer);
  return g_strdup (pv_json_writer_get_text (writer, NULL));
}

/* A word out of a table; what is none of it is its first, "unknown" or "off". */
static gboolean
read_word (const PvJson *object, const char *key, const char *(*get_word) (guint index), guint n, guint *ret_index,
           GError **error)
{
  g_autofree char *word = NULL;

  if (!pv_json_read_text (object, key, WORD_BYTES, &word, error))
    return FALSE;
  *ret_index = pv_kiosk_word_index (get_word, n, word);
  return TRUE;
}

static gboolean
read_count (const PvJson *object, const char *key, guint *ret_count, GError **error)
{
  gint64 count = 0;

  if (!pv_json_read_int (object, key, 0, G_MAXUINT32, &count, error))
    return FALSE;
  *ret_count = (guint) count;
  return TRUE;
}

static gboolean
is_word (const char *text)
{
  return text[strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

static gboolean
read_printer_reason (const PvJson *json, PvKioskFacts *facts, GError **error)
{
  g_autofree char *reason = NULL;

  if (!pv_json_find_text (json, "printer_reason", PV_KIOSK_MAX_REASON_BYTES - 1, &reason, error))
    return FALSE;
  if (reason != NULL && !is_word (reason))
    return bad (error, "/printer_reason: not a word");
  g_strlcpy (facts->printer_reason, reason != NULL ? reason : "", sizeof facts->printer_reason);
  return TRUE;
}

/* A release that knows nothing of it does not tell. */
static gboolean
read_refused (const PvJson *json, PvKioskFacts *facts, GError **error)
{
  g_autofree char *version = NULL;

  if (!pv_json_find_text (json, "update_refused", PV_KIOSK_MAX_VERSION_BYTES - 1, &version, error))
    return FALSE;
  if (version != NULL && version[strspn (version, "0123456789.")] != '\0')
    return bad (error, "/update_refused: not a version");
  g_strlcpy (facts->update_refused, version != NULL ? version : "", sizeof facts->update_refused);
  return TRUE;
}

static gboolean
read_facts (const PvJson *json, PvKioskFacts *facts, GError **error)
{
  g_autoptr (PvJson) outbox = NULL;
  guint screen = 0, printer = 0, portal = 0, assistance = 0;

  if (!read_word (json, "screen", pv_kiosk_screen_word, PV_N_KIOSK_SCREENS, &screen, error)
      || !read_count (json, "frame_age_s", &facts->frame_age_s, error)
      || !read_count (json, "crashes_24h", &facts->n_crashes, error)
      || !read_word (json, "printer", pv_kiosk_printer_word, PV_N_KIOSK_PRINTERS, &printer, error)
      || !read_printer_reason (json, facts, error)
      || !read_word (json, "portal", pv_kiosk_link_word, PV_N_KIOSK_LINKS, &portal, error)
      || !find_time (json, "portal_answered", &facts->portal_answered_s, error)
      || !read_word (json, "assistance", pv_kiosk_link_word, PV_N_KIOSK_LINKS, &assistance, error)
      || !pv_json_read_object (json, "outbox", &outbox, error)
      || !read_count (outbox, "overdue", &facts->n_overdue, error)
      || !read_count (outbox, "for_an_agent", &facts->n_for_agent, error)
      || !read_count (outbox, "unreadable", &facts->n_unreadable, error)
      || !pv_json_read_bool (outbox, "can_store", &facts->can_store, error)
      || !read_count (json, "disk_free_mb", &facts->disk_free_mb, error)
      || !pv_json_read_bool (json, "clock_checked", &facts->is_clock_checked, error)
      || !pv_json_read_bool (json, "maintenance", &facts->is_in_maintenance, error)
      || !pv_json_read_bool (json, "update_on_trial", &facts->is_on_trial, error) || !read_refused (json, facts, error)
      || !find_time (json, "certificate_ends", &facts->certificate_ends_s, error))
    return FALSE;
  facts->screen = (PvKioskScreen) screen;
  facts->printer = (PvKioskPrinter) printer;
  facts->portal = (PvKioskLink) portal;
  facts->assistance = (PvKioskLink) assistance;
  return TRUE;
}

/* Several that are not known here are one; of these the oldest time counts. */
static gboolean
read_problems (const PvJson *json, PvKioskReport *report, GError **error)
{
  g_autoptr (PvJson) list = NULL;

  if (!pv_json_read_array (json, "problems", MAX_PROBLEMS, &list, error))
    return FALSE;
  for (gsize i = 0; i < pv_json_get_length (list); i++) {
    g_autoptr (PvJson) item = pv_json_get_item (list, i);
    g_autofree char *word = NULL;
    gint64 since_s = 0, *place;

    if (!pv_json_read_text (item, "problem", WORD_BYTES, &word, error) || !find_time (item, "since", &since_s, error))
      return FALSE;
    if (since_s == 0)
      return bad (error, "/problems: one without a time");
    place = &report->since_s[pv_kiosk_problem_from_word (word)];
    *place = *place == 0 ? since_s : MIN (*place, since_s);
  }
  return TRUE;
}

PvKioskReport *
pv_fleet_report_from_json (const char *text, gsize size, GError **error)
{
  g_autoptr (PvJson) json = open_document (text, size, PV_FLEET_MAX_STATE_BYTES, error);
  g_autoptr (PvKioskReport) report = g_new0 (PvKioskReport, 1);

  if (json == NULL || !pv_json_read_text (json, "kiosk", PV_CARRIER_ID_CHARS, &report->kiosk, error)
      || !pv_json_find_text (json, "label", PV_FLEET_MAX_LABEL_BYTES, &report->label, error)
      || !pv_json_read_text (json, "release", PV_FLEET_MAX_RELEASE_BYTES, &report->release, error)
      || !find_time (json, "told", &report->told_s, error) || !read_facts (json, &report->facts, error)
      || !read_problems (json, report, error))
    return NULL;
  if (!pv_carrier_is_id (report->kiosk)) {
    bad (error, "/kiosk: not an identifier");
    return NULL;
  }
  return g_steal_pointer (&report);
}

static void
usage_free (gpointer data)
{
  PvFleetUsage *usage = data;

  g_free (usage->slug);
  g_free (usage->filed);
  g_free (usage);
}

GPtrArray *
pv_fleet_usage_new (void)
{
  return g_ptr_array_new_with_free_func (usage_free);
}

void
pv_fleet_usage_add (GPtrArray *rows, const char *slug, const char *filed)
{
  PvFleetUsage *usage = g_new0 (PvFleetUsage, 1);

  usage->slug = g_strdup (slug);
  usage->filed = g_strdup (filed);
  g_ptr_array_add (rows, usage);
}

char *
pv_fleet_usage_to_json (const char *kiosk, const char *day, guint floor, const GPtrArray *rows)
{
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "version", PV_KIOSK_REPORT_VERSION);
  pv_json_writer_text (writer, "kiosk", kiosk);
  pv_json_writer_text (writer, "day", day);
  pv_json_writer_int (writer, "floor", floor);
  pv_json_writer_begin_array (writer, "procedures");
  for (guint i = 0; i < MIN (rows->len, PV_FLEET_MAX_PROCEDURES); i++) {
    const PvFleetUsage *usage = rows->pdata[i];

    pv_json_writer_begin_object (writer, NULL);
    pv_json_writer_text (writer, "slug", usage->slug);
    pv_json_writer_text (writer, "filed", usage->filed);
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_end_array (writer);
  pv_json_writer_end_object (writer);
  return g_strdup (pv_json_writer_get_text (writer, NULL));
}

static gboolean
is_count (const char *text)
{
  guint64 count;

  return g_ascii_string_to_unsigned (text + (g_str_has_prefix (text, "< ") ? 2 : 0), 10, 0, MAX_COUNT, &count, NULL);
}

GPtrArray *
pv_fleet_usage_from_json (const char *text, gsize size, GError **error)
{
  g_autoptr (PvJson) json = open_document (text, size, PV_FLEET_MAX_USAGE_BYTES, error), list = NULL;
  g_autoptr (GPtrArray) rows = pv_fleet_usage_new ();

  if (json == NULL || !pv_json_read_array (json, "procedures", PV_FLEET_MAX_PROCEDURES, &list, error))
    return NULL;
  for (gsize i = 0; i < pv_json_get_length (list); i++) {
    g_autoptr (PvJson) item = pv_json_get_item (list, i);
    g_autofree char *slug = NULL, *filed = NULL;

    if (!pv_json_read_text (item, "slug", PV_FLEET_MAX_SLUG_BYTES, &slug, error)
        || !pv_json_read_text (item, "filed", COUNT_BYTES, &filed, error))
      return NULL;
    if (!is_count (filed)) {
      bad (error, "/procedures: not a count");
      return NULL;
    }
    pv_fleet_usage_add (rows, slug, filed);
  }
  return g_steal_pointer (&rows);
}

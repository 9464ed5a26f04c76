/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/fleet-view.h"

#include <string.h>

#include "ctl/say.h"

enum { LABEL_CHARS = 28 };

typedef struct Day {
  char *day;
  GPtrArray *rows; /* (element-type PvFleetUsage) */
} Day;

typedef struct Kiosk {
  char *id;
  PvFleetPresence presence;
  PvKioskReport *report; /* (nullable) */
  GPtrArray *days;       /* (element-type Day) */
  gboolean is_unreadable;
} Kiosk;

struct PvFleetView {
  GHashTable *kiosks; /* (element-type utf8 Kiosk) */
  guint max_kiosks;
  gboolean is_full;
};

static const char *const verdict_words[PV_N_FLEET_VERDICTS] = {
  "well", "notice", "stopped", "wrong", "unreadable", "silent", "gone",
};

static void
day_free (gpointer data)
{
  Day *day = data;

  g_free (day->day);
  g_ptr_array_unref (day->rows);
  g_free (day);
}

static void
kiosk_free (gpointer data)
{
  Kiosk *kiosk = data;

  g_free (kiosk->id);
  pv_kiosk_report_free (kiosk->report);
  g_ptr_array_unref (kiosk->days);
  g_free (kiosk);
}

PvFleetView *
pv_fleet_view_new (guint max_kiosks)
{
  PvFleetView *view = g_new0 (PvFleetView, 1);

  view->max_kiosks = max_kiosks;
  view->kiosks = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, kiosk_free);
  return view;
}

void
pv_fleet_view_free (PvFleetView *view)
{
  if (view == NULL)
    return;
  g_hash_table_unref (view->kiosks);
  g_free (view);
}

guint
pv_fleet_view_get_n_kiosks (const PvFleetView *view)
{
  return g_hash_table_size (view->kiosks);
}

static Kiosk *
get_kiosk (PvFleetView *view, const char *id)
{
  Kiosk *kiosk = g_hash_table_lookup (view->kiosks, id);

  if (kiosk != NULL)
    return kiosk;
  if (g_hash_table_size (view->kiosks) >= view->max_kiosks) {
    view->is_full = TRUE;
    return NULL;
  }
  kiosk = g_new0 (Kiosk, 1);
  kiosk->id = g_strdup (id);
  kiosk->days = g_ptr_array_new_with_free_func (day_free);
  g_hash_table_insert (view->kiosks, kiosk->id, kiosk);
  return kiosk;
}

static void
take_report (Kiosk *kiosk, const char *text, gsize size)
{
  PvKioskReport *report = pv_fleet_report_from_json (text, size, NULL);

  /* The broker's rules say whose topic it is; a document that says another name is nobody's. */
  if (report == NULL || strcmp (report->kiosk, kiosk->id) != 0) {
    pv_kiosk_report_free (report);
    kiosk->is_unreadable = TRUE;
    return;
  }
  pv_kiosk_report_free (kiosk->report);
  kiosk->report = report;
  kiosk->is_unreadable = FALSE;
}

static void
take_usage (Kiosk *kiosk, const char *name, const char *text, gsize size)
{
  GPtrArray *rows = pv_fleet_usage_from_json (text, size, NULL);
  Day *day;

  if (rows == NULL)
    return;
  for (guint i = kiosk->days->len; i > 0; i--)
    if (strcmp (((Day *) kiosk->days->pdata[i - 1])->day, name) == 0)
      g_ptr_array_remove_index (kiosk->days, i - 1);
  day = g_new0 (Day, 1);
  day->day = g_strdup (name);
  day->rows = rows;
  g_ptr_array_add (kiosk->days, day);
}

void
pv_fleet_view_take (PvFleetView *view, const char *topic, GBytes *payload)
{
  g_autofree char *id = NULL, *day = NULL;
  PvFleetTopic kind = pv_fleet_topic_parse (topic, &id, &day);
  Kiosk *kiosk = kind != PV_FLEET_NO_TOPIC ? get_kiosk (view, id) : NULL;
  gsize size = 0;
  const char *text = g_bytes_get_data (payload, &size);

  if (kiosk == NULL)
    return;
  switch (kind) {
  case PV_FLEET_PRESENCE:
    if (!pv_fleet_presence_from_json (text, size, &kiosk->presence, NULL))
      kiosk->is_unreadable = TRUE;
    break;
  case PV_FLEET_STATE:
    take_report (kiosk, text, size);
    break;
  case PV_FLEET_USAGE:
    take_usage (kiosk, day, text, size);
    break;
  case PV_FLEET_NO_TOPIC:
    break;
  }
}

/* ---- what to think of it ---- */

/* Whatever the kiosk's own clock says, a report from the future is not old. */
static PvFleetVerdict
judge (const Kiosk *kiosk, gint64 now_s)
{
  PvFleetVerdict verdict = PV_FLEET_VERDICT_WELL;

  if (kiosk->is_unreadable)
    return PV_FLEET_VERDICT_UNREADABLE;
  if (!kiosk->presence.is_present)
    return kiosk->presence.is_stopped ? PV_FLEET_VERDICT_STOPPED : PV_FLEET_VERDICT_GONE;
  if (kiosk->report == NULL)
    return now_s - kiosk->presence.since_s > PV_KIOSK_SILENT_S ? PV_FLEET_VERDICT_SILENT : PV_FLEET_VERDICT_NOTICE;
  if (now_s - kiosk->report->told_s > PV_KIOSK_SILENT_S)
    return PV_FLEET_VERDICT_SILENT;
  for (guint i = 0; i < PV_N_KIOSK_PROBLEMS; i++)
    if (kiosk->report->since_s[i] != 0)
      verdict = MAX (verdict, pv_kiosk_problem_is_serious ((PvKioskProblem) i) ? PV_FLEET_VERDICT_WRONG
                                                                               : PV_FLEET_VERDICT_NOTICE);
  return verdict;
}

/* When the kiosk itself was last heard; 0: never. */
static gint64
last_heard (const Kiosk *kiosk)
{
  return MAX (kiosk->report != NULL ? kiosk->report->told_s : 0, kiosk->presence.since_s);
}

typedef struct Row {
  const Kiosk *kiosk;
  PvFleetVerdict verdict;
} Row;

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *one = a, *two = b;
  const PvKioskReport *first = one->kiosk->report, *second = two->kiosk->report;
  int order;

  if (one->verdict != two->verdict)
    return one->verdict > two->verdict ? -1 : 1;
  order = g_strcmp0 (first != NULL ? first->label : NULL, second != NULL ? second->label : NULL);
  return order != 0 ? order : strcmp (one->kiosk->id, two->kiosk->id);
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const Day *const *) a)->day, (*(const Day *const *) b)->day);
}

/* The worst first. (element-type Row) */
static GArray *
list_rows (const PvFleetView *view, const char *const *kiosks, gint64 now_s, int *ret_status)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));
  GHashTableIter iter;
  gpointer value;

  *ret_status = 0;
  g_hash_table_iter_init (&iter, view->kiosks);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    Row row = { .kiosk = value, .verdict = judge (value, now_s) };

    if (kiosks != NULL && kiosks[0] != NULL && !g_strv_contains (kiosks, row.kiosk->id))
      continue;
    g_ptr_array_sort (row.kiosk->days, compare_days);
    g_array_append_val (rows, row);
    *ret_status = row.verdict >= PV_FLEET_VERDICT_WRONG ? 1 : *ret_status;
  }
  g_array_sort (rows, compare_rows);
  return rows;
}

/* ---- for people ---- */

static const char *
say_verdict (PvFleetVerdict verdict)
{
  switch (verdict) {
  case PV_FLEET_VERDICT_WELL:
    return pv_say ("well", "en ordre");
  case PV_FLEET_VERDICT_NOTICE:
    return pv_say ("worth knowing", "à savoir");
  case PV_FLEET_VERDICT_STOPPED:
    return pv_say ("switched off", "éteinte");
  case PV_FLEET_VERDICT_WRONG:
    return pv_say ("to be mended", "à réparer");
  case PV_FLEET_VERDICT_UNREADABLE:
    return pv_say ("not understood", "illisible");
  case PV_FLEET_VERDICT_SILENT:
    return pv_say ("silent", "muette");
  case PV_FLEET_VERDICT_GONE:
    return pv_say ("cut off", "coupée");
  case PV_N_FLEET_VERDICTS:
    break;
  }
  return "";
}

static const char *
say_problem (PvKioskProblem problem)
{
  switch (problem) {
  case PV_KIOSK_PROBLEM_SCREEN:
    return pv_say ("nothing is on the screen", "écran noir");
  case PV_KIOSK_PROBLEM_OUT_OF_ORDER:
    return pv_say ("the screen says \"out of order\"", "écran « hors service »");
  case PV_KIOSK_PROBLEM_DISK:
    return pv_say ("the disk is full: no request is taken", "disque plein : plus de demande possible");
  case PV_KIOSK_PROBLEM_UNREADABLE:
    return pv_say ("unreadable files in the outbox", "fichiers illisibles dans la boîte d’envoi");
  case PV_KIOSK_PROBLEM_AGENT:
    return pv_say ("requests for an agent to look at", "demandes à faire voir par un agent");
  case PV_KIOSK_PROBLEM_PORTAL:
    return pv_say ("the portal is not reached", "portail injoignable");
  case PV_KIOSK_PROBLEM_OVERDUE:
    return pv_say ("requests wait for more than an hour", "demandes en attente depuis plus d’une heure");
  case PV_KIOSK_PROBLEM_PRINTER:
    return pv_say ("the printer does not print", "l’imprimante n’imprime pas");
  case PV_KIOSK_PROBLEM_CERTIFICATE:
    return pv_say ("its certificate ends within a month", "son certificat expire dans moins d’un mois");
  case PV_KIOSK_PROBLEM_CRASHES:
    return pv_say ("sessions crash", "des visites s’arrêtent par erreur");
  case PV_KIOSK_PROBLEM_ASSISTANCE:
    return pv_say ("mediators cannot be called", "médiateurs injoignables");
  case PV_KIOSK_PROBLEM_CLOCK:
    return pv_say ("the clock follows no time server", "horloge non réglée sur un serveur de temps");
  case PV_KIOSK_PROBLEM_REFUSED:
    return pv_say ("an update was taken back", "une mise à jour a été annulée");
  case PV_KIOSK_PROBLEM_DISK_LOW:
    return pv_say ("little room on the disk", "peu de place sur le disque");
  case PV_KIOSK_PROBLEM_PAPER_LOW:
    return pv_say ("the printer needs care soon", "imprimante à regarder bientôt");
  case PV_KIOSK_PROBLEM_MAINTENANCE:
    return pv_say ("in maintenance", "en entretien");
  case PV_KIOSK_PROBLEM_TRIAL:
    return pv_say ("an update is on trial", "mise à jour à l’essai");
  case PV_KIOSK_PROBLEM_OTHER:
  case PV_N_KIOSK_PROBLEMS:
    break;
  }
  return pv_say ("something that this parvisctl does not know", "un ennui que ce parvisctl ne connaît pas");
}

/* On the clock of who reads. (transfer full) */
static char *
say_time (gint64 seconds)
{
  g_autoptr (GDateTime) moment = seconds > 0 ? g_date_time_new_from_unix_local (seconds) : NULL;

  return moment != NULL ? g_date_time_format (moment, pv_say ("%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M")) : g_strdup ("?");
}

/* What a kiosk wrote must not move the cursor of who reads. */
static char *
make_plain (const char *text)
{
  char *plain = g_utf8_make_valid (text != NULL ? text : "", -1);

  for (char *c = plain; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      memset (c, '?', (gsize) (g_utf8_next_char (c) - c));
  return plain;
}

static void
add_problems (GString *text, const PvKioskReport *report)
{
  for (guint i = 0; i < PV_N_KIOSK_PROBLEMS; i++) {
    g_autofree char *since = say_time (report->since_s[i]);

    if (report->since_s[i] == 0)
      continue;
    g_string_append_printf (text, "    %s", say_problem ((PvKioskProblem) i));
    if (i == PV_KIOSK_PROBLEM_PRINTER && *report->facts.printer_reason != '\0')
      g_string_append_printf (text, " (%s)", report->facts.printer_reason);
    g_string_append_printf (text, pv_say (", since %s\n", ", depuis le %s\n"), since);
  }
}

static void
add_usage (GString *text, const Kiosk *kiosk)
{
  for (guint i = 0; i < kiosk->days->len; i++) {
    const Day *day = kiosk->days->pdata[i];

    g_string_append_printf (text, "    %s\n", day->day);
    for (guint k = 0; k < day->rows->len; k++) {
      const PvFleetUsage *usage = day->rows->pdata[k];
      g_autofree char *slug = make_plain (usage->slug);

      g_string_append_printf (text, "      %s: %s\n", slug, usage->filed);
    }
  }
}

static void
add_kiosk (GString *text, const Row *row, gboolean with_usage)
{
  const PvKioskReport *report = row->kiosk->report;
  g_autofree char *label = make_plain (report != NULL ? report->label : NULL),
                  *release = make_plain (report != NULL ? report->release : NULL);
  glong n = g_utf8_strlen (label, -1);

  g_string_append_printf (text, "%s  %s%*s  %-10s %s\n", row->kiosk->id, label, (int) MAX (LABEL_CHARS - n, 0), "",
                          release, say_verdict (row->verdict));
  if (row->verdict == PV_FLEET_VERDICT_GONE || row->verdict == PV_FLEET_VERDICT_SILENT
      || row->verdict == PV_FLEET_VERDICT_STOPPED) {
    g_autofree char *when = say_time (last_heard (row->kiosk));

    g_string_append_printf (text, pv_say ("    last heard %s\n", "    dernière nouvelle le %s\n"), when);
  }
  if (report != NULL)
    add_problems (text, report);
  if (with_usage)
    add_usage (text, row->kiosk);
}

char *
pv_fleet_view_to_text (const PvFleetView *view, const char *const *kiosks, gboolean with_usage, gint64 now_s,
                       int *ret_status)
{
  g_autoptr (GArray) rows = list_rows (view, kiosks, now_s, ret_status);
  GString *text = g_string_new (NULL);
  guint counts[PV_N_FLEET_VERDICTS] = { 0 };

  for (guint i = 0; i < rows->len; i++) {
    const Row *row = &g_array_index (rows, Row, i);

    counts[row->verdict]++;
    add_kiosk (text, row, with_usage);
  }
  g_string_append_printf (text, pv_say ("%u kiosks", "%u bornes"), rows->len);
  for (guint i = 0; i < PV_N_FLEET_VERDICTS; i++)
    if (counts[i] > 0)
      g_string_append_printf (text, ", %u %s", counts[i], say_verdict ((PvFleetVerdict) i));
  g_string_append_c (text, '\n');
  if (view->is_full)
    g_string_append (text, pv_say ("There are more, which are left out.\n", "Il y en a d’autres, non montrées.\n"));
  return g_string_free (text, FALSE);
}

/* ---- for programs ---- */

static void
write_time (PvJsonWriter *writer, const char *key, gint64 seconds)
{
  g_autofree char *text = pv_fleet_time_to_text (seconds);

  pv_json_writer_text (writer, key, text);
}

static void
write_problems (PvJsonWriter *writer, const PvKioskReport *report)
{
  pv_json_writer_begin_array (writer, "problems");
  for (guint i = 0; report != NULL && i < PV_N_KIOSK_PROBLEMS; i++) {
    if (report->since_s[i] == 0)
      continue;
    pv_json_writer_begin_object (writer, NULL);
    pv_json_writer_text (writer, "problem", pv_kiosk_problem_word ((PvKioskProblem) i));
    pv_json_writer_bool (writer, "serious", pv_kiosk_problem_is_serious ((PvKioskProblem) i));
    write_time (writer, "since", report->since_s[i]);
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_end_array (writer);
}

static void
write_usage (PvJsonWriter *writer, const Kiosk *kiosk)
{
  pv_json_writer_begin_array (writer, "usage");
  for (guint i = 0; i < kiosk->days->len; i++) {
    const Day *day = kiosk->days->pdata[i];

    for (guint k = 0; k < day->rows->len; k++) {
      const PvFleetUsage *usage = day->rows->pdata[k];

      pv_json_writer_begin_object (writer, NULL);
      pv_json_writer_text (writer, "day", day->day);
      pv_json_writer_text (writer, "slug", usage->slug);
      pv_json_writer_text (writer, "filed", usage->filed);
      pv_json_writer_end_object (writer);
    }
  }
  pv_json_writer_end_array (writer);
}

char *
pv_fleet_view_to_json (const PvFleetView *view, const char *const *kiosks, gboolean with_usage, gint64 now_s,
                       int *ret_status)
{
  g_autoptr (GArray) rows = list_rows (view, kiosks, now_s, ret_status);
  g_autoptr (PvJsonWriter) writer = pv_json_writer_new ();

  pv_json_writer_begin_object (writer, NULL);
  pv_json_writer_int (writer, "version", PV_FLEET_JSON_VERSION);
  write_time (writer, "read", now_s);
  pv_json_writer_bool (writer, "complete", !view->is_full);
  pv_json_writer_begin_array (writer, "kiosks");
  for (guint i = 0; i < rows->len; i++) {
    const Row *row = &g_array_index (rows, Row, i);
    const PvKioskReport *report = row->kiosk->report;

    pv_json_writer_begin_object (writer, NULL);
    pv_json_writer_text (writer, "kiosk", row->kiosk->id);
    pv_json_writer_text (writer, "label", report != NULL ? report->label : NULL);
    pv_json_writer_text (writer, "release", report != NULL ? report->release : NULL);
    pv_json_writer_text (writer, "verdict", verdict_words[row->verdict]);
    pv_json_writer_bool (writer, "present", row->kiosk->presence.is_present);
    write_time (writer, "last_heard", last_heard (row->kiosk));
    pv_json_writer_text (writer, "printer_reason",
                         report != NULL && *report->facts.printer_reason != '\0' ? report->facts.printer_reason : NULL);
    write_problems (writer, report);
    if (with_usage)
      write_usage (writer, row->kiosk);
    pv_json_writer_end_object (writer);
  }
  pv_json_writer_end_array (writer);
  pv_json_writer_end_object (writer);
  return g_strdup (pv_json_writer_get_text (writer, NULL));
}

char *
pv_fleet_view_to_metrics (const PvFleetView *view, const char *const *kiosks, gint64 now_s, int *ret_status)
{
  g_autoptr (GArray) rows = list_rows (view, kiosks, now_s, ret_status);
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (PvFleetSample));

  for (guint i = 0; i < rows->len; i++) {
    const Kiosk *kiosk = g_array_index (rows, Row, i).kiosk;
    PvFleetSample sample = { kiosk->report, kiosk->presence.is_present };

    if (kiosk->report != NULL)
      g_array_append_val (samples, sample);
  }
  return pv_fleet_metrics_to_text ((const PvFleetSample *) (gpointer) samples->data, samples->len);
}

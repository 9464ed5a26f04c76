/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/fleet-report.h"

/* Gauges only: a name that ends in _total, and the types info and stateset, are written differently in the two formats. */
typedef enum {
  INFO,
  TOLD,
  CONNECTED,
  SCREEN,
  FRAME_AGE,
  CRASHES,
  PRINTER,
  PORTAL_UP,
  PORTAL_ANSWERED,
  ASSISTANCE_UP,
  OVERDUE,
  FOR_AGENT,
  UNREADABLE,
  CAN_STORE,
  DISK_FREE,
  CLOCK_CHECKED,
  MAINTENANCE,
  ON_TRIAL,
  CERTIFICATE_END,
  PROBLEM,
  PROBLEM_SINCE,
  N_METRICS
} Metric;

const char *const pv_fleet_metric_names[] = {
  [INFO] = "parvis_info",
  [TOLD] = "parvis_told_time_seconds",
  [CONNECTED] = "parvis_fleet_connected",
  [SCREEN] = "parvis_screen",
  [FRAME_AGE] = "parvis_frame_age_seconds",
  [CRASHES] = "parvis_session_crashes_24h",
  [PRINTER] = "parvis_printer",
  [PORTAL_UP] = "parvis_portal_up",
  [PORTAL_ANSWERED] = "parvis_portal_answered_time_seconds",
  [ASSISTANCE_UP] = "parvis_assistance_up",
  [OVERDUE] = "parvis_outbox_overdue",
  [FOR_AGENT] = "parvis_outbox_for_agent",
  [UNREADABLE] = "parvis_outbox_unreadable",
  [CAN_STORE] = "parvis_outbox_can_store",
  [DISK_FREE] = "parvis_disk_free_bytes",
  [CLOCK_CHECKED] = "parvis_clock_checked",
  [MAINTENANCE] = "parvis_maintenance",
  [ON_TRIAL] = "parvis_update_on_trial",
  [CERTIFICATE_END] = "parvis_certificate_end_time_seconds",
  [PROBLEM] = "parvis_problem",
  [PROBLEM_SINCE] = "parvis_problem_since_time_seconds",
  [N_METRICS] = NULL,
};

static const char *const help[N_METRICS] = {
  [INFO] = "Release of Parvis, and what the administrator calls the kiosk.",
  [TOLD] = "When this file was written.",
  [CONNECTED] = "Whether the broker of the fleet is reached.",
  [SCREEN] = "What the screen does: one of the states is 1.",
  [FRAME_AGE] = "Age of the last frame that was drawn.",
  [CRASHES] = "Sessions that crashed in 24 hours.",
  [PRINTER] = "What the printer does: one of the states is 1.",
  [PORTAL_UP] = "Whether the portal answers.",
  [PORTAL_ANSWERED] = "When the portal last told what it offers.",
  [ASSISTANCE_UP] = "Whether the broker of the assistance is reached.",
  [OVERDUE] = "Filings that have waited for more than an hour.",
  [FOR_AGENT] = "Filings that an agent has to look at.",
  [UNREADABLE] = "Files in the outbox that are no filings.",
  [CAN_STORE] = "Whether another filing can be taken.",
  [DISK_FREE] = "Room for filings.",
  [CLOCK_CHECKED] = "Whether the clock follows a time server.",
  [MAINTENANCE] = "Whether the notice of maintenance is shown.",
  [ON_TRIAL] = "Whether an update is not confirmed yet.",
  [CERTIFICATE_END] = "When the certificate for the broker of the fleet ends.",
  [PROBLEM] = "What is wrong: 1.",
  [PROBLEM_SINCE] = "Since when, of what is wrong.",
};

static void
begin (GString *text, Metric metric)
{
  g_string_append_printf (text, "# HELP %s %s\n# TYPE %s gauge\n", pv_fleet_metric_names[metric], help[metric],
                          pv_fleet_metric_names[metric]);
}

/* Of a label: backslash, quote and line end are escaped. */
static void
add_label (GString *text, const char *name, const char *value)
{
  g_string_append_printf (text, "%s=\"", name);
  for (; value != NULL && *value != '\0'; value++) {
    if (*value == '\\' || *value == '"')
      g_string_append_c (text, '\\');
    if (*value == '\n')
      g_string_append (text, "\\n");
    else
      g_string_append_c (text, *value);
  }
  g_string_append_c (text, '"');
}

/* One sample. @name, @value: (nullable): a label beside the kiosk's. */
static void
add (GString *text, Metric metric, const PvKioskReport *report, const char *name, const char *value, gint64 number)
{
  g_string_append_printf (text, "%s{", pv_fleet_metric_names[metric]);
  add_label (text, "kiosk", report->kiosk);
  if (name != NULL) {
    g_string_append_c (text, ',');
    add_label (text, name, value);
  }
  g_string_append_printf (text, "} %" G_GINT64_FORMAT "\n", number);
}

static void
add_time (GString *text, Metric metric, const PvKioskReport *report, gint64 seconds)
{
  if (seconds != 0)
    add (text, metric, report, NULL, NULL, seconds);
}

static void
add_states (GString *text, Metric metric, const PvKioskReport *report, const char *(*get_word) (guint index), guint n,
            guint state)
{
  for (guint i = 0; i < n; i++)
    add (text, metric, report, "state", get_word (i), i == state);
}

static void
add_info (GString *text, const PvKioskReport *report)
{
  g_string_append_printf (text, "%s{", pv_fleet_metric_names[INFO]);
  add_label (text, "kiosk", report->kiosk);
  g_string_append_c (text, ',');
  add_label (text, "label", report->label);
  g_string_append_c (text, ',');
  add_label (text, "release", report->release);
  g_string_append (text, "} 1\n");
}

static void
add_problems (GString *text, const PvKioskReport *report)
{
  for (guint i = 0; i < PV_N_KIOSK_PROBLEMS; i++) {
    g_string_append_printf (text, "%s{", pv_fleet_metric_names[PROBLEM]);
    add_label (text, "kiosk", report->kiosk);
    g_string_append_printf (text, ",problem=\"%s\",serious=\"%s\"} %d\n", pv_kiosk_problem_word ((PvKioskProblem) i),
                            pv_kiosk_problem_is_serious ((PvKioskProblem) i) ? "yes" : "no", report->since_s[i] != 0);
  }
}

static void
add_since (GString *text, const PvKioskReport *report)
{
  for (guint i = 0; i < PV_N_KIOSK_PROBLEMS; i++)
    if (report->since_s[i] != 0)
      add (text, PROBLEM_SINCE, report, "problem", pv_kiosk_problem_word ((PvKioskProblem) i), report->since_s[i]);
}

static void
add_sample (GString *text, Metric metric, const PvFleetSample *sample)
{
  const PvKioskReport *report = sample->report;
  const PvKioskFacts *facts = &report->facts;

  switch (metric) {
  case INFO:
    add_info (text, report);
    break;
  case TOLD:
    add_time (text, metric, report, report->told_s);
    break;
  case CONNECTED:
    add (text, metric, report, NULL, NULL, sample->is_connected != FALSE);
    break;
  case SCREEN:
    add_states (text, metric, report, pv_kiosk_screen_word, PV_N_KIOSK_SCREENS, facts->screen);
    break;
  case FRAME_AGE:
    add (text, metric, report, NULL, NULL, facts->frame_age_s);
    break;
  case CRASHES:
    add (text, metric, report, NULL, NULL, facts->n_crashes);
    break;
  case PRINTER:
    add_states (text, metric, report, pv_kiosk_printer_word, PV_N_KIOSK_PRINTERS, facts->printer);
    break;
  case PORTAL_UP:
    add (text, metric, report, NULL, NULL, facts->portal == PV_KIOSK_LINK_UP);
    break;
  case PORTAL_ANSWERED:
    add_time (text, metric, report, facts->portal_answered_s);
    break;
  case ASSISTANCE_UP:
    if (facts->assistance != PV_KIOSK_LINK_OFF)
      add (text, metric, report, NULL, NULL, facts->assistance == PV_KIOSK_LINK_UP);
    break;
  case OVERDUE:
    add (text, metric, report, NULL, NULL, facts->n_overdue);
    break;
  case FOR_AGENT:
    add (text, metric, report, NULL, NULL, facts->n_for_agent);
    break;
  case UNREADABLE:
    add (text, metric, report, NULL, NULL, facts->n_unreadable);
    break;
  case CAN_STORE:
    add (text, metric, report, NULL, NULL, facts->can_store != FALSE);
    break;
  case DISK_FREE:
    add (text, metric, report, NULL, NULL, (gint64) facts->disk_free_mb * 1000 * 1000);
    break;
  case CLOCK_CHECKED:
    add (text, metric, report, NULL, NULL, facts->is_clock_checked != FALSE);
    break;
  case MAINTENANCE:
    add (text, metric, report, NULL, NULL, facts->is_in_maintenance != FALSE);
    break;
  case ON_TRIAL:
    add (text, metric, report, NULL, NULL, facts->is_on_trial != FALSE);
    break;
  case CERTIFICATE_END:
    add_time (text, metric, report, facts->certificate_ends_s);
    break;
  case PROBLEM:
    add_problems (text, report);
    break;
  case PROBLEM_SINCE:
    add_since (text, report);
    break;
  case N_METRICS:
    break;
  }
}

char *
pv_fleet_metrics_to_text (const PvFleetSample *samples, gsize n_samples)
{
  GString *text = g_string_new (NULL);

  for (Metric metric = 0; metric < N_METRICS; metric++) {
    begin (text, metric);
    for (gsize i = 0; i < n_samples; i++)
      add_sample (text, metric, &samples[i]);
  }
  g_string_append (text, "# EOF\n");
  return g_string_free (text, FALSE);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fleet-report.h: the documents that a kiosk leaves at the broker of the fleet, and its file of metrics.
 *
 * Topics, all retained; the schema is in kiosk-config/fleet/README.md:
 *
 *     f/<kiosk>/presence            whether it is connected; its last will says that it is not
 *     f/<kiosk>/state               core/kiosk-health.h as JSON
 *     f/<kiosk>/usage/<YYYY-MM-DD>  procedures filed on that day, of which few are not told
 *
 * Pure; any thread. What comes from a broker is judged: PV_JSON_ERROR. */
#pragma once

#include "core/kiosk-health.h"
#include "platform/json.h"

#define PV_FLEET_TOPICS "f/+/#"

enum {
  PV_FLEET_MAX_PRESENCE_BYTES = 256,
  PV_FLEET_MAX_STATE_BYTES = 8 * 1024,
  PV_FLEET_MAX_USAGE_BYTES = 32 * 1024, /* what one message may have: platform/mqtt.h */
  PV_FLEET_MAX_PROCEDURES = 300,        /* told of one day */
  PV_FLEET_MAX_LABEL_BYTES = 120,       /* as in the settings */
  PV_FLEET_MAX_RELEASE_BYTES = 64,
  PV_FLEET_MAX_SLUG_BYTES = 60,
  PV_FLEET_STATE_EXPIRY_S = 30 * 24 * 3600, /* then the broker forgets a kiosk that is no more */
  PV_FLEET_USAGE_EXPIRY_S = 35 * 24 * 3600,
};

typedef enum { PV_FLEET_PRESENCE, PV_FLEET_STATE, PV_FLEET_USAGE, PV_FLEET_NO_TOPIC } PvFleetTopic;

/* @day: of PV_FLEET_USAGE, else NULL. (transfer full) */
char *pv_fleet_topic (const char *kiosk, PvFleetTopic topic, const char *day) G_GNUC_WARN_UNUSED_RESULT;
/* @ret_kiosk: 16 hexadecimal digits; @ret_day: of PV_FLEET_USAGE, else NULL. (transfer full) */
PvFleetTopic pv_fleet_topic_parse (const char *topic, char **ret_kiosk, char **ret_day);

typedef struct PvFleetPresence {
  gboolean is_present;
  gboolean is_stopped; /* it said goodbye */
  gint64 since_s;      /* 0: not known, as of a will */
} PvFleetPresence;

char *pv_fleet_presence_to_json (const PvFleetPresence *presence) G_GNUC_WARN_UNUSED_RESULT;
gboolean pv_fleet_presence_from_json (const char *text, gsize size, PvFleetPresence *ret_presence, GError **error);

/* (transfer full) */
char *pv_fleet_report_to_json (const PvKioskReport *report) G_GNUC_WARN_UNUSED_RESULT;
/* What a later release adds is passed over; another version is refused. */
PvKioskReport *pv_fleet_report_from_json (const char *text, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct PvFleetUsage {
  char *slug;
  char *filed; /* pv_kiosk_tell_count() */
} PvFleetUsage;

/* Rows in their order. (element-type PvFleetUsage) */
GPtrArray *pv_fleet_usage_new (void) G_GNUC_WARN_UNUSED_RESULT;
void pv_fleet_usage_add (GPtrArray *rows, const char *slug, const char *filed);
char *pv_fleet_usage_to_json (const char *kiosk, const char *day, guint floor,
                              const GPtrArray *rows) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *pv_fleet_usage_from_json (const char *text, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Of seconds since 1970: "2026-12-01T08:00:00Z"; NULL for 0 and for what is no date. (transfer full) */
char *pv_fleet_time_to_text (gint64 seconds) G_GNUC_WARN_UNUSED_RESULT;

typedef struct PvFleetSample {
  const PvKioskReport *report;
  gboolean is_connected; /* to the broker */
} PvFleetSample;

/* The same facts for the textfile collector of node_exporter: gauges only, readable as OpenMetrics 1.0 and as the text format of
 * Prometheus 0.0.4; each sample has the label kiosk. (transfer full) */
char *pv_fleet_metrics_to_text (const PvFleetSample *samples, gsize n_samples) G_GNUC_WARN_UNUSED_RESULT;
/* Names of all of them, NULL-terminated. */
extern const char *const pv_fleet_metric_names[];

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/courier/fleet.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/courier/usage.h"
#include "link/disk.h"
#include "link/release.h"
#include "platform/carrier-name.h"
#include "platform/fleet-report.h"
#include "platform/local-facts.h"
#include "platform/log.h"
#include "platform/mqtt.h"

#define REPORT_FILE "report"

enum { MEGABYTE = 1000 * 1000, DISK_STEP_MB = 100 };

struct PvFleet {
  /* owned */
  PvMqtt *mqtt; /* (nullable): metrics only */
  PvUsage *usage;
  PvKioskReport *report;
  char *config, *metrics_file; /* metrics_file: (nullable) */
  int folder;                  /* of what is kept over a restart */
  guint tick_id;
  /* borrowed */
  const PvSettings *settings;
  PvClock *clock;

  PvFleetHooks hooks;
  guint time_scale;
  PvKioskPace pace;
  PvKioskFacts told; /* what the supervisor said, and when */
  gint64 told_ms;    /* or when we began */
  gint64 metrics_ms; /* when the file is written again */
  gboolean has_been_told, has_news, is_told_away, is_told_refused, is_told_unwritten;
};

static gint64
now_ms (const PvFleet *fleet)
{
  return pv_clock_get_monotonic_ms (fleet->clock);
}

static gint64
now_s (const PvFleet *fleet)
{
  return pv_clock_get_wall_us (fleet->clock) / G_USEC_PER_SEC;
}

/* Whether it left. */
static gboolean
publish (PvFleet *fleet, PvFleetTopic topic, const char *day, const char *text, guint expiry_s)
{
  g_autofree char *name = pv_fleet_topic (fleet->report->kiosk, topic, day);
  g_autoptr (GBytes) payload = g_bytes_new (text, strlen (text));

  return fleet->mqtt != NULL && pv_mqtt_publish_retained (fleet->mqtt, name, payload, expiry_s, NULL);
}

static void
publish_presence (PvFleet *fleet, gboolean is_present)
{
  const PvFleetPresence presence = { .is_present = is_present, .is_stopped = !is_present, .since_s = now_s (fleet) };
  g_autofree char *text = pv_fleet_presence_to_json (&presence);

  publish (fleet, PV_FLEET_PRESENCE, NULL, text, PV_FLEET_STATE_EXPIRY_S);
}

/* ---- facts ---- */

/* Who has not said anything for long knows nothing. */
static void
fill_screen (const PvFleet *fleet, PvKioskFacts *facts)
{
  gboolean is_stale = !fleet->has_been_told || now_ms (fleet) - fleet->told_ms > PV_KIOSK_SCREEN_STALE_MS;

  if (!is_stale) {
    *facts = fleet->told;
    facts->frame_age_s += (guint) ((now_ms (fleet) - fleet->told_ms) / 1000);
  }
  if (!pv_settings_get_bool (fleet->settings, PV_SETTING_PRINTER_ENABLED)) {
    facts->printer = PV_KIOSK_PRINTER_NONE;
    *facts->printer_reason = '\0';
  }
}

static void
gather (const PvFleet *fleet, PvKioskFacts *facts)
{
  PvLocalFacts local;

  *facts = (PvKioskFacts){ 0 };
  fill_screen (fleet, facts);
  pv_local_facts_read (fleet->settings, fleet->config, pv_clock_get_wall_us (fleet->clock), &local);
  facts->is_in_maintenance = local.is_in_maintenance;
  facts->portal_answered_s = local.portal_answered_s;
  facts->disk_free_mb = (guint) MIN (local.disk_free_bytes / MEGABYTE, G_MAXINT32) / DISK_STEP_MB * DISK_STEP_MB;
  facts->is_clock_checked = pv_clock_is_synchronised (fleet->clock);
  facts->is_on_trial = !pv_release_is_confirmed ();
  g_strlcpy (facts->update_refused, local.update_refused, sizeof facts->update_refused);
  facts->certificate_ends_s = fleet->report->facts.certificate_ends_s;
  fleet->hooks.fill (facts, fleet->hooks.data);
}

/* ---- what is kept: since when something is wrong outlives a restart ---- */

static void
keep (PvFleet *fleet)
{
  g_autofree char *text = pv_fleet_report_to_json (fleet->report);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  if (!pv_disk_replace (pv_disk_get_default (), fleet->folder, REPORT_FILE, bytes, &error))
    pv_log_event (PV_LOG_WARNING, "fleet-not-kept", PV_LOG_CAUSE (error));
}

static void
recall (PvFleet *fleet)
{
  g_autoptr (GBytes) bytes = pv_disk_read (fleet->folder, REPORT_FILE, PV_FLEET_MAX_STATE_BYTES);
  g_autoptr (PvKioskReport) before =
    bytes != NULL ? pv_fleet_report_from_json (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL) : NULL;

  if (before != NULL)
    memcpy (fleet->report->since_s, before->since_s, sizeof before->since_s);
}

/* ---- the file of metrics ---- */

/* Beside it first, under a name that node_exporter does not read: whoever reads has a whole one. Not synced: it is written again
 * in half a minute. */
static gboolean
replace_file (const char *path, const char *text)
{
  g_autofree char *beside = g_strconcat (path, ".XXXXXX", NULL);
  int fd = g_mkstemp_full (beside, O_WRONLY | O_CLOEXEC, 0644);
  gsize size = strlen (text), done = 0;
  gboolean is_whole;

  if (fd < 0)
    return FALSE;
  while (done < size) {
    gssize n = write (fd, text + done, size - done);

    if (n < 0 && errno != EINTR)
      break;
    done += n > 0 ? (gsize) n : 0;
  }
  /* Whatever the mask of our own files is: it is for another login. */
  is_whole = done == size && fchmod (fd, 0644) == 0;
  is_whole = close (fd) == 0 && is_whole;
  if (is_whole && g_rename (beside, path) == 0)
    return TRUE;
  g_unlink (beside);
  return FALSE;
}

static void
write_metrics (PvFleet *fleet)
{
  const PvFleetSample sample = { fleet->report, fleet->mqtt != NULL && pv_mqtt_is_up (fleet->mqtt) };
  g_autofree char *text = NULL;
  gboolean is_written;

  if (fleet->metrics_file == NULL)
    return;
  fleet->metrics_ms = now_ms (fleet) + PV_FLEET_METRICS_MS;
  text = pv_fleet_metrics_to_text (&sample, 1);
  is_written = replace_file (fleet->metrics_file, text);
  if (!is_written && !fleet->is_told_unwritten)
    pv_log_event (PV_LOG_ERROR, "metrics-not-written", PV_LOG_INT ("errno", errno));
  fleet->is_told_unwritten = !is_written;
}

/* ---- usage ---- */

/* Of a day that is over: all that was offered, so that nobody is told from none. */
static char *
describe_day (PvFleet *fleet, const char *day)
{
  guint floor = (guint) pv_settings_get_int (fleet->settings, PV_SETTING_FLEET_USAGE_FLOOR);
  g_autoptr (GPtrArray) counted = pv_usage_list (fleet->usage, day),
                        offered = fleet->hooks.list_slugs (fleet->hooks.data), rows = pv_fleet_usage_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const GPtrArray *lists[] = { counted, offered };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint k = 0; k < lists[i]->len && rows->len < PV_FLEET_MAX_PROCEDURES; k++) {
      const char *slug = lists[i]->pdata[k];
      g_autofree char *filed = pv_kiosk_tell_count (pv_usage_get (fleet->usage, day, slug), floor);

      if (strlen (slug) <= PV_FLEET_MAX_SLUG_BYTES && g_hash_table_add (seen, (gpointer) slug))
        pv_fleet_usage_add (rows, slug, filed);
    }
  return pv_fleet_usage_to_json (fleet->report->kiosk, day, floor, rows);
}

static void
tell_usage (PvFleet *fleet)
{
  g_autofree char *day = pv_usage_find_day (fleet->usage, pv_clock_get_wall_us (fleet->clock));
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (day == NULL || fleet->mqtt == NULL || !pv_mqtt_is_up (fleet->mqtt))
    return;
  text = describe_day (fleet, day);
  if (publish (fleet, PV_FLEET_USAGE, day, text, PV_FLEET_USAGE_EXPIRY_S)
      && !pv_usage_remove_day (fleet->usage, day, &error))
    pv_log_event (PV_LOG_WARNING, "usage-not-kept", PV_LOG_CAUSE (error));
}

void
pv_fleet_note_filed (PvFleet *fleet, const char *slug)
{
  g_autoptr (GError) error = NULL;

  if (fleet->mqtt != NULL && !pv_usage_count (fleet->usage, slug, pv_clock_get_wall_us (fleet->clock), &error))
    pv_log_event (PV_LOG_WARNING, "usage-not-kept", PV_LOG_CAUSE (error));
}

/* ---- when ---- */

static void
tell (PvFleet *fleet)
{
  g_autofree char *text = NULL;

  if (fleet->mqtt == NULL || !pv_mqtt_is_up (fleet->mqtt)
      || !pv_kiosk_pace_is_due (&fleet->pace, fleet->has_news, now_ms (fleet), g_random_int ()))
    return;
  text = pv_fleet_report_to_json (fleet->report);
  if (publish (fleet, PV_FLEET_STATE, NULL, text, PV_FLEET_STATE_EXPIRY_S))
    fleet->has_news = FALSE;
}

static void
look (PvFleet *fleet)
{
  PvKioskFacts facts;

  /* Nobody is told that the screen is dark before it could be lit. */
  if (!fleet->has_been_told && now_ms (fleet) - fleet->told_ms <= PV_KIOSK_SCREEN_STALE_MS)
    return;
  gather (fleet, &facts);
  if (pv_kiosk_report_note (fleet->report, &facts, now_s (fleet))) {
    fleet->has_news = TRUE;
    keep (fleet);
    write_metrics (fleet);
  } else if (now_ms (fleet) >= fleet->metrics_ms)
    write_metrics (fleet);
  tell (fleet);
  tell_usage (fleet);
}

static gboolean
tick_cb (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_CONTINUE;
}

void
pv_fleet_note_screen (PvFleet *fleet, const PvFleetScreen *screen)
{
  fleet->told = (PvKioskFacts){
    .screen = screen->screen,
    .frame_age_s = screen->frame_age_ms / 1000,
    .n_crashes = screen->n_crashes,
    .printer = screen->printer,
  };
  g_strlcpy (fleet->told.printer_reason, screen->printer_reason, sizeof fleet->told.printer_reason);
  fleet->told_ms = now_ms (fleet);
  fleet->has_been_told = TRUE;
  look (fleet);
}

/* ---- the broker ---- */

static void
event_cb (PvMqttEvent event, int reason, gpointer data)
{
  PvFleet *fleet = data;

  if (event == PV_MQTT_REFUSED) {
    if (!fleet->is_told_refused)
      pv_log_event (PV_LOG_WARNING, "fleet-refused", PV_LOG_INT ("reason", reason));
    fleet->is_told_refused = TRUE;
    return;
  }
  if (event == PV_MQTT_UP) {
    pv_log_event (PV_LOG_INFO, "fleet", PV_LOG_INT ("reachable", 1));
    publish_presence (fleet, TRUE);
    /* It may be another broker, or one that has lost what it kept. */
    fleet->has_news = TRUE;
    fleet->pace = (PvKioskPace){ 0 };
    look (fleet);
  } else if (!fleet->is_told_away)
    pv_log_event (PV_LOG_WARNING, "fleet", PV_LOG_INT ("reachable", 0), PV_LOG_INT ("reason", reason));
  fleet->is_told_away = event != PV_MQTT_UP;
  fleet->is_told_refused = FALSE;
}

/* Nothing is subscribed to. */
static void
message_cb (const char *topic, GBytes *payload, gpointer data)
{
  (void) topic;
  (void) payload;
  (void) data;
}

static const char *
get_file (const PvSettings *settings, PvSetting own, PvSetting shared)
{
  const char *path = pv_settings_get_text (settings, own);

  return path != NULL ? path : pv_settings_get_text (settings, shared);
}

static gboolean
connect (PvFleet *fleet, GError **error)
{
  const PvSettings *settings = fleet->settings;
  const char *cert = get_file (settings, PV_SETTING_FLEET_CLIENT_CERT_FILE, PV_SETTING_ASSIST_CLIENT_CERT_FILE);
  const PvFleetPresence gone = { .is_present = FALSE };
  const PvReconnectPlan plan = {
    .first_ms = pv_reconnect_patient.first_ms / fleet->time_scale,
    .longest_ms = pv_reconnect_patient.longest_ms / fleet->time_scale,
    .spread_ms = pv_reconnect_patient.spread_ms / fleet->time_scale,
  };
  const PvMqttHooks hooks = { event_cb, message_cb, fleet };
  g_autofree char *will_text = pv_fleet_presence_to_json (&gone), *topic = NULL;
  g_autoptr (GBytes) will = g_bytes_new (will_text, strlen (will_text));
  PvMqttOptions options = {
    .host = pv_settings_get_text (settings, PV_SETTING_FLEET_BROKER_HOST),
    .port = (guint) pv_settings_get_int (settings, PV_SETTING_FLEET_BROKER_PORT),
    .ca_file = get_file (settings, PV_SETTING_FLEET_CA_FILE, PV_SETTING_ASSIST_CA_FILE),
    .cert_file = cert,
    .key_file = get_file (settings, PV_SETTING_FLEET_CLIENT_KEY_FILE, PV_SETTING_ASSIST_CLIENT_KEY_FILE),
    .plan = &plan,
    .patient_ms = PV_RECONNECT_PATIENCE_MS,
    .is_spread = TRUE,
    .will = will,
  };

  g_clear_pointer (&fleet->report->kiosk, g_free);
  if (!pv_mqtt_certificate_read (cert, &fleet->report->kiosk, &fleet->report->facts.certificate_ends_s)
      || !pv_carrier_is_id (fleet->report->kiosk)) {
    g_set_error (error, PV_MQTT_ERROR, PV_MQTT_ERROR_BAD, "[fleet] client-cert-file: not the certificate of a kiosk");
    return FALSE;
  }
  /* Always the same: the broker ends the connection of a process that was killed, and tells its will, before it lets us in. With a
   * name of chance the will would come after us. */
  options.client_id = fleet->report->kiosk;
  topic = pv_fleet_topic (fleet->report->kiosk, PV_FLEET_PRESENCE, NULL);
  options.will_topic = topic;
  fleet->mqtt = pv_mqtt_new (&options, &hooks, error);
  return fleet->mqtt != NULL;
}

PvFleet *
pv_fleet_new (const PvSettings *settings, const PvFleetOptions *options, const PvFleetHooks *hooks, GError **error)
{
  gboolean is_enabled = pv_settings_get_bool (settings, PV_SETTING_FLEET_ENABLED);
  const char *metrics_file = pv_settings_get_text (settings, PV_SETTING_FLEET_METRICS_FILE);
  g_autofree char *folder = g_build_filename (pv_settings_get_text (settings, PV_SETTING_PATHS_STATE), "fleet", NULL);
  g_autoptr (PvFleet) fleet = NULL;

  if (!is_enabled && metrics_file == NULL)
    return NULL;
  fleet = g_new0 (PvFleet, 1);
  fleet->settings = settings;
  fleet->clock = options->clock;
  fleet->config = g_strdup (options->config);
  fleet->metrics_file = g_strdup (metrics_file);
  fleet->time_scale = MAX (options->time_scale, 1);
  fleet->hooks = *hooks;
  fleet->told_ms = now_ms (fleet);
  fleet->report = g_new0 (PvKioskReport, 1);
  fleet->report->kiosk = g_strdup ("");
  fleet->report->label = g_strdup (pv_settings_get_text (settings, PV_SETTING_FLEET_LABEL));
  fleet->report->release = g_strdup (pv_release_get_name ());
  fleet->folder = pv_disk_open_folder (folder, error);
  if (fleet->folder < 0)
    return NULL;
  recall (fleet);
  fleet->usage =
    pv_usage_open (folder, pv_settings_get_text (settings, PV_SETTING_COMMUNE_TIMEZONE), pv_disk_get_default (), error);
  if (fleet->usage == NULL || (is_enabled && !connect (fleet, error)))
    return NULL;
  fleet->tick_id = g_timeout_add (PV_FLEET_LOOK_MS / fleet->time_scale, tick_cb, fleet);
  return g_steal_pointer (&fleet);
}

void
pv_fleet_free (PvFleet *fleet)
{
  if (fleet == NULL)
    return;
  g_clear_handle_id (&fleet->tick_id, g_source_remove);
  if (fleet->mqtt != NULL && pv_mqtt_is_up (fleet->mqtt))
    publish_presence (fleet, FALSE);
  pv_mqtt_free (fleet->mqtt);
  pv_usage_free (fleet->usage);
  if (fleet->folder >= 0)
    close (fleet->folder);
  pv_kiosk_report_free (fleet->report);
  g_free (fleet->config);
  g_free (fleet->metrics_file);
  g_free (fleet);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/mqtt.h"

#include <mosquitto.h>
#include <string.h>
#include <unistd.h>

#include "platform/mqtt-line.h"

G_DEFINE_QUARK (pv - mqtt - error - quark, pv_mqtt_error)

struct PvMqtt {
  /* owned */
  char *host, *ca_file, *cert_file, *key_file, *client_id;
  char **topics;    /* (nullable) */
  char *will_topic; /* (nullable), like the next */
  GBytes *will;
  GMainContext *context;
  GSource *retry, *deadline, *misc; /* (nullable) */
  PvMqttLine *line;                 /* (nullable): the connection, or the attempt at one */
  guint port;
  guint n_failures; /* since it was up */
  gboolean is_up, is_urgent, wants_retained;
  PvReconnectPlan plan;
  PvMqttHooks hooks;
};

static void attempt (PvMqtt *mqtt);

static void
drop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static GSource *
add_timer (PvMqtt *mqtt, guint ms, GSourceFunc callback)
{
  GSource *source = g_timeout_source_new (ms);

  g_source_set_callback (source, callback, mqtt, NULL);
  g_source_attach (source, mqtt->context);
  return source;
}

static gboolean
retry_cb (gpointer user_data)
{
  PvMqtt *mqtt = user_data;

  drop_source (&mqtt->retry);
  attempt (mqtt);
  return G_SOURCE_REMOVE;
}

/* Many kiosks lose one broker at the same moment; they must not come back at the same moment: a broker makes some hundred
 * handshakes in a second, and those that were given up meanwhile cost it as much. */
static void
plan (PvMqtt *mqtt, gboolean was_up)
{
  PvReconnectPlan plan = mqtt->plan;

  if (mqtt->is_urgent)
    plan.first_ms = plan.longest_ms = MIN (plan.first_ms, PV_MQTT_URGENT_WAIT_MS);
  drop_source (&mqtt->retry);
  mqtt->retry = add_timer (
    mqtt, pv_reconnect_get_wait_ms (&plan, was_up && !mqtt->is_urgent, mqtt->n_failures, g_random_int ()), retry_cb);
}

/* Ends the line; the hook comes last, as it may free us. */
static void
lose (PvMqtt *mqtt, int reason)
{
  gboolean was_up = mqtt->is_up;
  const PvMqttHooks hooks = mqtt->hooks;

  drop_source (&mqtt->deadline);
  drop_source (&mqtt->misc);
  g_clear_pointer (&mqtt->line, pv_mqtt_line_give_up);
  mqtt->is_up = FALSE;
  plan (mqtt, was_up);
  mqtt->n_failures += was_up ? 0 : 1;
  hooks.event (was_up ? PV_MQTT_DOWN : PV_MQTT_FAILED, reason, hooks.data);
}

static gboolean
deadline_cb (gpointer user_data)
{
  lose (user_data, MOSQ_ERR_CONN_LOST);
  return G_SOURCE_REMOVE;
}

static gboolean
misc_cb (gpointer user_data)
{
  PvMqtt *mqtt = user_data;

  pv_mqtt_line_keep (mqtt->line); /* may end in line_ended_cb() */
  return G_SOURCE_CONTINUE;
}

static void
line_ready_cb (gpointer data)
{
  PvMqtt *mqtt = data;

  drop_source (&mqtt->deadline);
  mqtt->is_up = TRUE;
  mqtt->n_failures = 0;
  mqtt->hooks.event (PV_MQTT_UP, 0, mqtt->hooks.data);
}

static void
line_ended_cb (int reason, gpointer data)
{
  lose (data, reason);
}

static void
line_refused_cb (int reason, gpointer data)
{
  PvMqtt *mqtt = data;

  mqtt->hooks.event (PV_MQTT_REFUSED, reason, mqtt->hooks.data);
}

static void
line_message_cb (const char *topic, GBytes *payload, gpointer data)
{
  PvMqtt *mqtt = data;

  mqtt->hooks.message (topic, payload, mqtt->hooks.data);
}

static gboolean
no_line_cb (gpointer user_data)
{
  lose (user_data, MOSQ_ERR_UNKNOWN);
  return G_SOURCE_REMOVE;
}

static void
attempt (PvMqtt *mqtt)
{
  const PvMqttLineOptions options = {
    .host = mqtt->host,
    .port = mqtt->port,
    .ca_file = mqtt->ca_file,
    .cert_file = mqtt->cert_file,
    .key_file = mqtt->key_file,
    .client_id = mqtt->client_id,
    .topics = (const char *const *) mqtt->topics,
    .wants_retained = mqtt->wants_retained,
    .will_topic = mqtt->will_topic,
    .will = mqtt->will,
    .context = mqtt->context,
  };
  const PvMqttLineHooks hooks = { line_ready_cb, line_ended_cb, line_refused_cb, line_message_cb, mqtt };

  mqtt->line = pv_mqtt_line_new (&options, &hooks);
  drop_source (&mqtt->deadline);
  drop_source (&mqtt->misc);
  if (mqtt->line == NULL) {
    mqtt->deadline = add_timer (mqtt, 0, no_line_cb);
    return;
  }
  mqtt->deadline = add_timer (mqtt, mqtt->is_urgent ? PV_MQTT_CONNECT_MS : PV_MQTT_PATIENT_MS, deadline_cb);
  mqtt->misc = add_timer (mqtt, 1000, misc_cb);
}

static gboolean
check_options (const PvMqttOptions *options, GError **error)
{
  const char *const files[] = { options->ca_file, options->cert_file, options->key_file };
  guint n_topics = options->topics != NULL ? g_strv_length ((char **) options->topics) : 0;

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    if (files[i] == NULL || access (files[i], R_OK) != 0) {
      g_set_error (error, PV_MQTT_ERROR, PV_MQTT_ERROR_BAD, "%s: cannot be read",
                   files[i] != NULL ? files[i] : "a file that is not named");
      return FALSE;
    }
  if (options->host == NULL || *options->host == '\0' || options->port == 0 || options->port > G_MAXUINT16
      || n_topics > PV_MQTT_MAX_TOPICS) {
    g_set_error (error, PV_MQTT_ERROR, PV_MQTT_ERROR_BAD, "no host or port, or too many topics");
    return FALSE;
  }
  return TRUE;
}

PvMqtt *
pv_mqtt_new (const PvMqttOptions *options, const PvMqttHooks *hooks, GError **error)
{
  PvMqtt *mqtt;

  if (!check_options (options, error))
    return NULL;
  mqtt = g_new0 (PvMqtt, 1);
  mqtt->host = g_strdup (options->host);
  mqtt->port = options->port;
  mqtt->ca_file = g_strdup (options->ca_file);
  mqtt->cert_file = g_strdup (options->cert_file);
  mqtt->key_file = g_strdup (options->key_file);
  mqtt->client_id = g_strdup (options->client_id);
  mqtt->topics = g_strdupv ((char **) options->topics);
  mqtt->will_topic = g_strdup (options->will_topic);
  mqtt->will = options->will != NULL ? g_bytes_ref (options->will) : NULL;
  mqtt->wants_retained = options->wants_retained;
  mqtt->plan = options->plan != NULL ? *options->plan : pv_reconnect_soon;
  mqtt->context = g_main_context_ref_thread_default ();
  mqtt->hooks = *hooks;
  if (options->is_spread)
    plan (mqtt, TRUE);
  else
    mqtt->retry = add_timer (mqtt, 0, retry_cb);
  return mqtt;
}

void
pv_mqtt_free (PvMqtt *mqtt)
{
  if (mqtt == NULL)
    return;
  drop_source (&mqtt->retry);
  drop_source (&mqtt->deadline);
  drop_source (&mqtt->misc);
  g_clear_pointer (&mqtt->line, pv_mqtt_line_give_up);
  g_main_context_unref (mqtt->context);
  g_strfreev (mqtt->topics);
  g_free (mqtt->will_topic);
  g_clear_pointer (&mqtt->will, g_bytes_unref);
  g_free (mqtt->host);
  g_free (mqtt->ca_file);
  g_free (mqtt->cert_file);
  g_free (mqtt->key_file);
  g_free (mqtt->client_id);
  g_free (mqtt);
}

static gboolean
publish (PvMqtt *mqtt, const char *topic, GBytes *payload, const PvMqttDelivery *delivery, GError **error)
{
  if (g_bytes_get_size (payload) > PV_MQTT_MAX_PAYLOAD_BYTES || strlen (topic) > PV_MQTT_MAX_TOPIC_BYTES) {
    g_set_error (error, PV_MQTT_ERROR, PV_MQTT_ERROR_LARGE, "a message over the limit");
    return FALSE;
  }
  if (!mqtt->is_up) {
    g_set_error (error, PV_MQTT_ERROR, PV_MQTT_ERROR_DOWN, "not connected");
    return FALSE;
  }
  return pv_mqtt_line_publish (mqtt->line, topic, payload, delivery, error);
}

gboolean
pv_mqtt_publish (PvMqtt *mqtt, const char *topic, GBytes *payload, guint quality, guint expiry_s, GError **error)
{
  const PvMqttDelivery delivery = { .quality = quality, .expiry_s = expiry_s };

  g_return_val_if_fail (quality <= 1, FALSE);
  return publish (mqtt, topic, payload, &delivery, error);
}

gboolean
pv_mqtt_publish_retained (PvMqtt *mqtt, const char *topic, GBytes *payload, guint expiry_s, GError **error)
{
  const PvMqttDelivery delivery = { .quality = 1, .expiry_s = expiry_s, .is_retained = TRUE };

  return publish (mqtt, topic, payload, &delivery, error);
}

gboolean
pv_mqtt_is_up (const PvMqtt *mqtt)
{
  return mqtt->is_up;
}

void
pv_mqtt_set_urgent (PvMqtt *mqtt, gboolean is_urgent)
{
  if (mqtt->is_urgent == is_urgent)
    return;
  mqtt->is_urgent = is_urgent;
  if (is_urgent && mqtt->line != NULL && !mqtt->is_up) {
    drop_source (&mqtt->deadline);
    mqtt->deadline = add_timer (mqtt, PV_MQTT_CONNECT_MS, deadline_cb);
  }
  if (!is_urgent || mqtt->retry == NULL)
    return;
  drop_source (&mqtt->retry);
  mqtt->retry = add_timer (mqtt, 0, retry_cb);
}

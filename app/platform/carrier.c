/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "platform/carrier.h"

#include <string.h>

struct PvCarrier {
  PvMqtt *mqtt;
  PvCarrierSide side;
  char *id;
  char **communes;
  PvCarrierHooks hooks;
  gint64 second; /* in which so many came */
  guint n_came, n_presences;
};

static void
event_cb (PvMqttEvent event, int reason, gpointer data)
{
  PvCarrier *carrier = data;

  carrier->hooks.event (event, reason, carrier->hooks.data);
}

/* One who may speak to us could speak without an end; and words of many colleagues leave room for a session. */
static gboolean
is_too_much (PvCarrier *carrier, gboolean is_presence)
{
  gint64 second = g_get_monotonic_time () / G_USEC_PER_SEC;

  if (second != carrier->second)
    carrier->n_came = carrier->n_presences = 0;
  carrier->second = second;
  return is_presence ? carrier->n_presences++ >= PV_CARRIER_MAX_PRESENCES_PER_SECOND
                     : carrier->n_came++ >= PV_CARRIER_MAX_PER_SECOND;
}

/* "<first>/<one of our communes>/<peer>" */
static gboolean
is_of_commune (const PvCarrier *carrier, char **levels, const char *first)
{
  return g_strv_length (levels) == 3 && strcmp (levels[0], first) == 0
         && g_strv_contains ((const char *const *) carrier->communes, levels[1]);
}

static void
message_cb (const char *topic, GBytes *payload, gpointer data)
{
  PvCarrier *carrier = data;
  g_auto (GStrv) levels = g_strsplit (topic, "/", 5);
  guint n = g_strv_length (levels);
  gboolean is_call = carrier->side == PV_CARRIER_MEDIATOR && is_of_commune (carrier, levels, "q");
  gboolean is_presence = is_of_commune (carrier, levels, "p");
  gboolean is_parcel = n == 4 && strcmp (levels[0], carrier->side == PV_CARRIER_KIOSK ? "k" : "m") == 0
                       && strcmp (levels[1], carrier->id) == 0 && strcmp (levels[2], "in") == 0;
  gsize limit =
    is_presence ? PV_CARRIER_MAX_PRESENCE_BYTES : (is_call ? PV_CARRIER_MAX_CALL_BYTES : PV_CARRIER_MAX_PARCEL_BYTES);

  if ((!is_call && !is_parcel && !is_presence) || !pv_carrier_is_id (levels[n - 1])
      || g_bytes_get_size (payload) > limit || is_too_much (carrier, is_presence))
    return;
  if (!is_presence)
    carrier->hooks.parcel (levels[n - 1], is_call, payload, carrier->hooks.data);
  else if (carrier->hooks.presence != NULL)
    carrier->hooks.presence (levels[n - 1], payload, carrier->hooks.data);
}

static gboolean
check_options (const PvCarrierOptions *options, GError **error)
{
  guint n = options->communes != NULL ? g_strv_length ((char **) options->communes) : 0;
  gboolean is_good = options->id != NULL && pv_carrier_is_id (options->id) && n > 0 && n <= PV_CARRIER_MAX_COMMUNES
                     && (options->side == PV_CARRIER_MEDIATOR || n == 1);

  for (guint i = 0; is_good && i < n; i++)
    is_good = pv_carrier_is_commune (options->communes[i]);
  if (!is_good)
    g_set_error (error, PV_MQTT_ERROR, PV_MQTT_ERROR_BAD, "not an identifier, or not communes");
  return is_good;
}

static GPtrArray *
list_topics (const PvCarrierOptions *options)
{
  GPtrArray *topics = g_ptr_array_new_with_free_func (g_free);
  gboolean is_kiosk = options->side == PV_CARRIER_KIOSK;

  g_ptr_array_add (topics, g_strdup_printf ("%s/%s/in/+", is_kiosk ? "k" : "m", options->id));
  for (guint i = 0; options->communes[i] != NULL; i++) {
    if (!is_kiosk)
      g_ptr_array_add (topics, g_strdup_printf ("q/%s/+", options->communes[i]));
    g_ptr_array_add (topics, g_strdup_printf ("p/%s/+", options->communes[i]));
  }
  g_ptr_array_add (topics, NULL);
  return topics;
}

PvCarrier *
pv_carrier_new (const PvCarrierOptions *options, const PvCarrierHooks *hooks, GError **error)
{
  g_autoptr (PvCarrier) carrier = NULL;
  g_autoptr (GPtrArray) topics = NULL;
  g_autofree char *client_id = NULL;
  PvMqttOptions mqtt;
  PvMqttHooks mqtt_hooks = { event_cb, message_cb, NULL };

  if (!check_options (options, error))
    return NULL;
  carrier = g_new0 (PvCarrier, 1);
  carrier->side = options->side;
  carrier->id = g_strdup (options->id);
  carrier->communes = g_strdupv ((char **) options->communes);
  carrier->hooks = *hooks;
  topics = list_topics (options);
  /* A process that was killed is still connected for a moment: a name of one's own does not fight with it. */
  client_id = g_strdup_printf ("%s-%08x", options->id, g_random_int ());
  mqtt = (PvMqttOptions){
    .host = options->host,
    .port = options->port,
    .ca_file = options->ca_file,
    .cert_file = options->cert_file,
    .key_file = options->key_file,
    .client_id = client_id,
    .topics = (const char *const *) topics->pdata,
  };
  mqtt_hooks.data = carrier;
  carrier->mqtt = pv_mqtt_new (&mqtt, &mqtt_hooks, error);
  return carrier->mqtt != NULL ? g_steal_pointer (&carrier) : NULL;
}

void
pv_carrier_free (PvCarrier *carrier)
{
  if (carrier == NULL)
    return;
  pv_mqtt_free (carrier->mqtt);
  g_strfreev (carrier->communes);
  g_free (carrier->id);
  g_free (carrier);
}

static gboolean
is_large (GBytes *bytes, gsize limit, GError **error)
{
  if (g_bytes_get_size (bytes) <= limit)
    return FALSE;
  g_set_error (error, PV_MQTT_ERROR, PV_MQTT_ERROR_LARGE, "a parcel over the limit");
  return TRUE;
}

gboolean
pv_carrier_call (PvCarrier *carrier, GBytes *call, GError **error)
{
  g_autofree char *topic = g_strdup_printf ("q/%s/%s", carrier->communes[0], carrier->id);

  g_return_val_if_fail (carrier->side == PV_CARRIER_KIOSK, FALSE);
  return !is_large (call, PV_CARRIER_MAX_CALL_BYTES, error)
         && pv_mqtt_publish (carrier->mqtt, topic, call, 1, PV_CARRIER_CALL_EXPIRY_S, error);
}

gboolean
pv_carrier_send (PvCarrier *carrier, const char *peer, GBytes *parcel, gboolean is_beat, GError **error)
{
  g_autofree char *topic =
    g_strdup_printf ("%s/%s/in/%s", carrier->side == PV_CARRIER_KIOSK ? "m" : "k", peer, carrier->id);

  g_return_val_if_fail (pv_carrier_is_id (peer), FALSE);
  return !is_large (parcel, PV_CARRIER_MAX_PARCEL_BYTES, error)
         && pv_mqtt_publish (carrier->mqtt, topic, parcel, is_beat ? 0 : 1, PV_CARRIER_EXPIRY_S, error);
}

gboolean
pv_carrier_tell_presence (PvCarrier *carrier, GBytes *presence, GError **error)
{
  g_return_val_if_fail (carrier->side == PV_CARRIER_MEDIATOR, FALSE);
  if (is_large (presence, PV_CARRIER_MAX_PRESENCE_BYTES, error))
    return FALSE;
  for (guint i = 0; carrier->communes[i] != NULL; i++) {
    g_autofree char *topic = g_strdup_printf ("p/%s/%s", carrier->communes[i], carrier->id);

    if (!pv_mqtt_publish (carrier->mqtt, topic, presence, 0, PV_CARRIER_EXPIRY_S, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
pv_carrier_is_up (const PvCarrier *carrier)
{
  return pv_mqtt_is_up (carrier->mqtt);
}

void
pv_carrier_set_urgent (PvCarrier *carrier, gboolean is_urgent)
{
  pv_mqtt_set_urgent (carrier->mqtt, is_urgent);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* broker-end.h: one end at a test's broker: a carrier, or a bare connection, and what came. */
#pragma once

#include "tst.h"

#include "mosquitto-broker.h"

#include "platform/carrier.h"

enum { END_WAIT_MS = 20 * 1000 };

typedef struct End {
  PvCarrier *carrier;
  PvMqtt *mqtt; /* instead */
  GPtrArray *parcels, *peers;
  GPtrArray *presences; /* bytes */
  guint n_events[PV_MQTT_REFUSED + 1];
  int reason;
  gint64 up_us;
} End;

static inline void
end_event_cb (PvMqttEvent event, int reason, gpointer data)
{
  End *end = data;

  end->n_events[event]++;
  end->reason = reason;
  if (event == PV_MQTT_UP)
    end->up_us = g_get_monotonic_time ();
}

static inline void
end_parcel_cb (const char *peer, gboolean is_call, GBytes *bytes, gpointer data)
{
  End *end = data;

  g_ptr_array_add (end->parcels, g_bytes_ref (bytes));
  g_ptr_array_add (end->peers, g_strconcat (is_call ? "call " : "", peer, NULL));
}

static inline void
end_presence_cb (const char *peer, GBytes *bytes, gpointer data)
{
  End *end = data;

  (void) peer;
  g_ptr_array_add (end->presences, g_bytes_ref (bytes));
}

static inline void
end_message_cb (const char *topic, GBytes *payload, gpointer data)
{
  end_parcel_cb (topic, FALSE, payload, data);
}

static inline End *
end_new_empty (void)
{
  End *end = g_new0 (End, 1);

  end->parcels = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  end->peers = g_ptr_array_new_with_free_func (g_free);
  end->presences = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  return end;
}

static inline char *
end_file (const BrokerPerson *person, const char *name)
{
  return g_build_filename (person->folder, name, NULL);
}

static inline GBytes *
end_read_base64 (const BrokerPerson *person, const char *name)
{
  g_autofree char *path = end_file (person, name), *text = NULL;
  guchar *bytes;
  gsize size = 0;

  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  bytes = g_base64_decode (text, &size);
  return g_bytes_new_take (bytes, size);
}

/* @authority: who vouches for the broker; of another person, if that is from another root. */
static inline End *
end_new_at (const Broker *broker, PvCarrierSide side, const BrokerPerson *person, guint port, const char *communes,
            const BrokerPerson *authority)
{
  End *end = end_new_empty ();
  g_auto (GStrv) list = g_strsplit (communes, ",", -1);
  g_autofree char *ca = end_file (authority, "brokers.pem"), *cert = end_file (person, "broker-client.pem"),
                  *key = end_file (person, "broker-client.key");
  const PvCarrierOptions options = {
    side, person->id, (const char *const *) list, "127.0.0.1", port, ca, cert, key,
  };
  const PvCarrierHooks hooks = { end_event_cb, end_parcel_cb, end_presence_cb, end };
  g_autoptr (GError) error = NULL;

  (void) broker;
  end->carrier = pv_carrier_new (&options, &hooks, &error);
  if (end->carrier == NULL)
    fail_msg ("%s", error->message);
  return end;
}

static inline End *
end_new (const Broker *broker, PvCarrierSide side, const BrokerPerson *person, const char *communes)
{
  return end_new_at (broker, side, person, side == PV_CARRIER_KIOSK ? broker->kiosk_port : broker->mediator_port,
                     communes, person);
}

/* One that does not keep to its own topics. */
static inline End *
end_new_bare (guint port, const BrokerPerson *person, const char *topic)
{
  End *end = end_new_empty ();
  g_autofree char *ca = end_file (person, "brokers.pem"), *cert = end_file (person, "broker-client.pem"),
                  *key = end_file (person, "broker-client.key");
  g_autofree char *client_id = g_strdup_printf ("%s-%08x", person->id, g_random_int ());
  const char *topics[] = { topic, NULL };
  const PvMqttOptions options = {
    .host = "127.0.0.1",
    .port = port,
    .ca_file = ca,
    .cert_file = cert,
    .key_file = key,
    .client_id = client_id,
    .topics = topics,
  };
  const PvMqttHooks hooks = { end_event_cb, end_message_cb, end };

  end->mqtt = pv_mqtt_new (&options, &hooks, NULL);
  assert_non_null (end->mqtt);
  return end;
}

static inline void
end_free (End *end)
{
  pv_carrier_free (end->carrier);
  pv_mqtt_free (end->mqtt);
  g_ptr_array_unref (end->parcels);
  g_ptr_array_unref (end->peers);
  g_ptr_array_unref (end->presences);
  g_free (end);
}

/* Runs the main loop until *@number is at least @least. */
static inline gboolean
end_wait (const guint *number, guint least)
{
  gint64 until = g_get_monotonic_time () + END_WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (*number < least && g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  return *number >= least;
}

static inline gboolean
end_wait_up (End *end)
{
  return end_wait (&end->n_events[PV_MQTT_UP], 1);
}

/* Connected and subscribed, or refused. */
static inline gboolean
end_wait_answer (const End *end)
{
  gint64 until = g_get_monotonic_time () + END_WAIT_MS * G_TIME_SPAN_MILLISECOND;

  while (end->n_events[PV_MQTT_UP] + end->n_events[PV_MQTT_FAILED] == 0 && g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  return end->n_events[PV_MQTT_UP] + end->n_events[PV_MQTT_FAILED] > 0;
}

static inline void
end_pump (guint ms)
{
  gint64 until = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static inline GBytes *
end_number (guint number)
{
  return g_bytes_new (&number, sizeof number);
}

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mqtt.h: one connection to a message broker, MQTT 5 over TLS 1.3, kept up.
 *
 * libmosquitto on the main loop; no other file includes it. Only the connecting, which libmosquitto does blocking, runs
 * in a thread of its own: it is given up after PV_MQTT_PATIENT_MS and cleans up after itself. Each connection is a new
 * one: nothing is kept at the broker, nor here, from one to the next, and what could not be sent is refused, not queued.
 * The caller sends again what matters.
 *
 * Nothing is sent or accepted retained but where that was asked for: what the fleet's broker keeps of a kiosk is read there
 * long after. Certificates are always verified, both ways.
 *
 * For one thread, the one whose default main context was current when it was made. */
#pragma once

#include "core/reconnect.h"

#define PV_MQTT_ERROR (pv_mqtt_error_quark ())
GQuark pv_mqtt_error_quark (void);

typedef enum {
  PV_MQTT_ERROR_BAD,   /* files or options that cannot be used: an administrator has to mend them */
  PV_MQTT_ERROR_DOWN,  /* not connected: not sent */
  PV_MQTT_ERROR_FULL,  /* connected, and the broker is slow: not sent */
  PV_MQTT_ERROR_LARGE, /* over the limit: not sent */
} PvMqttError;

enum {
  PV_MQTT_MAX_PAYLOAD_BYTES = 33 * 1024,
  PV_MQTT_MAX_TOPIC_BYTES = 128,
  PV_MQTT_MAX_TOPICS = 129, /* subscribed to */
  PV_MQTT_MAX_WAITING = 64, /* messages that the broker has not acknowledged */
  PV_MQTT_MAX_WAITING_BYTES = 1 << 20,
  PV_MQTT_CONNECT_MS = 5000,      /* from the name to the last acknowledged subscription, while somebody waits */
  PV_MQTT_PATIENT_MS = 20 * 1000, /* the same, while nobody does: a crowd comes back at one broker */
  PV_MQTT_UNHEARD_MS = 6000,      /* what was sent and not acknowledged by the other machine ends the connection */
  PV_MQTT_KEEPALIVE_S = 30,
  PV_MQTT_URGENT_WAIT_MS = 1000, /* the longest while somebody waits for it */
  PV_MQTT_MAX_GIVEN_UP = 8,      /* threads that still wait for the kernel */
};

typedef struct PvMqttOptions {
  const char *host;
  guint port;
  const char *ca_file; /* who may vouch for the broker */
  const char *cert_file, *key_file;
  const char *client_id;
  const char *const *topics;   /* subscribed to on each connection, at quality 1; (nullable): none */
  const PvReconnectPlan *plan; /* (nullable): pv_reconnect_soon */
  gboolean is_spread;          /* also the first attempt waits as if a connection had been lost: many start at once */
  gboolean wants_retained;     /* what the broker keeps comes first, and whatever comes may be retained */
  /* (nullable): what the broker tells, retained, when the connection ends without a goodbye */
  const char *will_topic;
  GBytes *will;
} PvMqttOptions;

typedef enum {
  PV_MQTT_UP,      /* and subscribed to all topics */
  PV_MQTT_DOWN,    /* it was up; it tries again by itself */
  PV_MQTT_FAILED,  /* an attempt failed; it tries again by itself */
  PV_MQTT_REFUSED, /* the broker did not take a message: its rules do not let us; the connection stays up */
} PvMqttEvent;

/* Called from the main loop, never from inside a function of this file. They may free the connection. */
typedef struct PvMqttHooks {
  /* @reason: libmosquitto's error, or MQTT's reason code from 128; for logs. */
  void (*event) (PvMqttEvent event, int reason, gpointer data);
  void (*message) (const char *topic, GBytes *payload, gpointer data);
  gpointer data;
} PvMqttHooks;

typedef struct PvMqtt PvMqtt;

/**
 * pv_mqtt_new:
 * @options: copied
 * @hooks: copied
 *
 * Looks at the files, and begins to connect.
 */
PvMqtt *pv_mqtt_new (const PvMqttOptions *options, const PvMqttHooks *hooks, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Says goodbye if connected; never waits. */
void pv_mqtt_free (PvMqtt *mqtt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvMqtt, pv_mqtt_free)

/**
 * pv_mqtt_publish:
 * @quality: 0 or 1; never 2, which stalls when a broker restarts
 * @expiry_s: how long the broker may keep it
 *
 * Returns: FALSE if it is surely not sent
 */
gboolean pv_mqtt_publish (PvMqtt *mqtt, const char *topic, GBytes *payload, guint quality, guint expiry_s,
                          GError **error);
/* The same, at quality 1; the broker keeps the last one of each topic for who subscribes later. */
gboolean pv_mqtt_publish_retained (PvMqtt *mqtt, const char *topic, GBytes *payload, guint expiry_s, GError **error);
gboolean pv_mqtt_is_up (const PvMqtt *mqtt);
/* Somebody waits for the connection: it is tried at once, and then more often. */
void pv_mqtt_set_urgent (PvMqtt *mqtt, gboolean is_urgent);

/* Who a client of a broker is: common name and end of the first certificate in a file of PEM; seconds since 1970.
 * @ret_name: (transfer full). FALSE: there is none in it, or it cannot be read. */
gboolean pv_mqtt_certificate_read (const char *path, char **ret_name, gint64 *ret_ends_s);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mqtt-line.h: one connection to a broker, from the attempt to its end. Private to mqtt*.c. */
#pragma once

#include "platform/mqtt.h"

typedef struct PvMqttLineOptions {
  const char *host;
  guint port;
  const char *ca_file, *cert_file, *key_file, *client_id;
  const char *const *topics; /* (nullable) */
  gboolean wants_retained;
  const char *will_topic; /* (nullable), like the next */
  GBytes *will;
  GMainContext *context;
} PvMqttLineOptions;

typedef struct PvMqttDelivery {
  guint quality, expiry_s;
  gboolean is_retained;
} PvMqttDelivery;

/* From the main loop, and never from inside libmosquitto: each may end with pv_mqtt_line_give_up(). */
typedef struct PvMqttLineHooks {
  void (*ready) (gpointer data);
  void (*ended) (int reason, gpointer data);   /* give it up */
  void (*refused) (int reason, gpointer data); /* a message */
  void (*message) (const char *topic, GBytes *payload, gpointer data);
  gpointer data;
} PvMqttLineHooks;

typedef struct PvMqttLine PvMqttLine;

/* Begins to connect; @options are copied. NULL: the files are not what they should be, or too many threads still wait. */
PvMqttLine *pv_mqtt_line_new (const PvMqttLineOptions *options, const PvMqttLineHooks *hooks) G_GNUC_WARN_UNUSED_RESULT;
/* No hook is called any more. Frees it at once, or when its thread has come back. */
void pv_mqtt_line_give_up (PvMqttLine *line);
/* To be called each second: keepalive. */
void pv_mqtt_line_keep (PvMqttLine *line);
gboolean pv_mqtt_line_publish (PvMqttLine *line, const char *topic, GBytes *payload, const PvMqttDelivery *delivery,
                               GError **error);

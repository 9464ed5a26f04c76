/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mqtt-socket.h: libmosquitto's socket on the main loop. Private to mqtt*.c. */
#pragma once

#include <glib.h>

struct mosquitto;

/* After each reading and writing; @rc: libmosquitto's. It may destroy source and client. */
typedef void (*PvMqttSocketStepped) (int rc, gpointer data);

/* A connected client; destroy the source before the client. NULL: it is not connected any more. */
GSource *pv_mqtt_socket_watch (struct mosquitto *mosq, GMainContext *context, PvMqttSocketStepped stepped,
                               gpointer data) G_GNUC_WARN_UNUSED_RESULT;

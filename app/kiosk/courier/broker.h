/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* broker.h: the kiosk's place at the broker: who we are there, and which session has the line.
 *
 * Connected all day, so that a call need not wait. The kiosk's own key stays here: it lends its name to a session's key.
 * Main thread. */
#pragma once

#include "assist/certificate.h"
#include "platform/carrier.h"
#include "platform/settings.h"

typedef struct PvBroker PvBroker;

/* One session, whether it has the line or not. */
typedef struct PvBrokerUser {
  void (*link) (gboolean is_up, gpointer data);
  void (*received) (const char *peer, GBytes *parcel, gpointer data); /* only who has the line */
  void (*presence) (GBytes *presence, gpointer data); /* of a mediator of the commune, says the broker */
  gpointer data;
} PvBrokerUser;

/* NULL without an error if the settings have no assistance; else with PV_MQTT_ERROR_BAD, PV_SECRET_ERROR or
 * PV_ASSIST_ERROR if what they name is not what it should be. */
PvBroker *pv_broker_new (const PvSettings *settings, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* After all its users are gone. */
void pv_broker_free (PvBroker *broker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvBroker, pv_broker_free)

/* @user is borrowed until it is removed, which gives the line back. */
void pv_broker_add_user (PvBroker *broker, const PvBrokerUser *user);
void pv_broker_remove_user (PvBroker *broker, const PvBrokerUser *user);
gboolean pv_broker_is_up (const PvBroker *broker);

/* FALSE: another has it. */
gboolean pv_broker_take (PvBroker *broker, const PvBrokerUser *user);
void pv_broker_give_back (PvBroker *broker, const PvBrokerUser *user);
gboolean pv_broker_has (const PvBroker *broker, const PvBrokerUser *user);

GBytes *pv_broker_get_certificate (const PvBroker *broker);
/* For twelve hours from now. @key: PV_CERTIFICATE_KEY_BYTES */
GBytes *pv_broker_delegate (const PvBroker *broker, const guint8 *key) G_GNUC_WARN_UNUSED_RESULT;

/* Not sent: FALSE with PV_MQTT_ERROR. */
gboolean pv_broker_call (PvBroker *broker, GBytes *call, GError **error);
gboolean pv_broker_send (PvBroker *broker, const char *peer, GBytes *parcel, gboolean is_beat, GError **error);

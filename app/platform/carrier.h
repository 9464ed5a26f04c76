/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* carrier.h: brings the parcels of an assistance from kiosk to mediator and back, through a broker.
 *
 * Kiosks and mediators use the same: section 10 of app/assist/PROTOCOL.md, which asks neither order nor delivery nor
 * secrecy of it. A parcel is bytes that were signed or sealed elsewhere; nothing here opens one. Who sent one is the last
 * level of its topic, which the broker's rules enforce and the protocol does not believe.
 *
 *     q/<commune>/<kiosk>         that kiosk      -> mediators of the commune: calls
 *     k/<kiosk>/in/<mediator>     that mediator   -> that kiosk
 *     m/<mediator>/in/<kiosk>     that kiosk      -> that mediator
 *     p/<commune>/<mediator>      that mediator   -> kiosks and mediators of the commune: presence
 *
 * No will is left at the broker: its topic would have to name the mediator before there is one, and nobody vouches for
 * it. The heartbeats of the protocol tell that somebody is gone.
 *
 * SIGPIPE must be ignored. Threads: as mqtt.h. */
#pragma once

#include "platform/carrier-name.h"
#include "platform/mqtt.h"

enum {
  PV_CARRIER_CALL_EXPIRY_S = 10,
  PV_CARRIER_EXPIRY_S = 30,
  PV_CARRIER_MAX_PER_SECOND = 200, /* parcels that came; more are dropped */
  PV_CARRIER_MAX_PRESENCES_PER_SECOND = 50,
};

typedef enum { PV_CARRIER_KIOSK, PV_CARRIER_MEDIATOR } PvCarrierSide;

typedef struct PvCarrierOptions {
  PvCarrierSide side;
  const char *id;              /* ours, as in the certificate of TLS */
  const char *const *communes; /* of a kiosk: one */
  const char *host;
  guint port;
  const char *ca_file, *cert_file, *key_file;
} PvCarrierOptions;

/* From the main loop, never from inside a function of this file; they may free the carrier. */
typedef struct PvCarrierHooks {
  void (*event) (PvMqttEvent event, int reason, gpointer data);
  /* @peer: who sent it, says the broker. @is_call: a call, to a mediator. */
  void (*parcel) (const char *peer, gboolean is_call, GBytes *bytes, gpointer data);
  /* (nullable) */
  void (*presence) (const char *peer, GBytes *bytes, gpointer data);
  gpointer data;
} PvCarrierHooks;

typedef struct PvCarrier PvCarrier;

/* Copies all; begins to connect. NULL with PV_MQTT_ERROR_BAD. */
PvCarrier *pv_carrier_new (const PvCarrierOptions *options, const PvCarrierHooks *hooks,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_carrier_free (PvCarrier *carrier);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvCarrier, pv_carrier_free)

/* A kiosk's call to the mediators of its commune. FALSE: not sent, with PV_MQTT_ERROR. */
gboolean pv_carrier_call (PvCarrier *carrier, GBytes *call, GError **error);
/* @is_beat: a heartbeat, which is worth nothing later. FALSE: not sent; the protocol sends again what matters. */
gboolean pv_carrier_send (PvCarrier *carrier, const char *peer, GBytes *parcel, gboolean is_beat, GError **error);
/* A mediator's presence, to each of its communes. Lost is lost: it is told again soon. FALSE: not sent to all of them. */
gboolean pv_carrier_tell_presence (PvCarrier *carrier, GBytes *presence, GError **error);
gboolean pv_carrier_is_up (const PvCarrier *carrier);
/* While somebody calls or is helped: a lost connection is tried again each second. */
void pv_carrier_set_urgent (PvCarrier *carrier, gboolean is_urgent);

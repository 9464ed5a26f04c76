/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* assist-courier.h: a session's line to the courier's assistance, org.parvis.Assist1: what it says is checked for form
 * and size, and believed nothing.
 *
 * It connects again by itself; each call ends within its own limit, and nothing waits in a growing queue: what cannot be
 * sent is lost, and the protocol sends again what matters. Main thread; no callback after pv_assist_courier_free(). */
#pragma once

#include <gio/gio.h>

enum {
  PV_ASSIST_COURIER_CALL_MS = 8000,
  PV_ASSIST_COURIER_RETRY_MS = 1000,
  PV_ASSIST_COURIER_BUSY_MS = 250,    /* pause while the session before has the line */
  PV_ASSIST_COURIER_OPEN_MS = 10000,  /* then the line is not to be had */
  PV_ASSIST_COURIER_CLOSE_MS = 20000, /* for what must be kept; then it is lost */
  PV_ASSIST_COURIER_MAX_CALLS = 16,   /* parcels without an answer; the courier takes 32 of anything */
};

typedef enum {
  PV_ASSIST_REACH_NONE, /* the courier says that there is no assistance here */
  PV_ASSIST_REACH_AWAY, /* the courier is away, or the broker */
  PV_ASSIST_REACH_UP,
} PvAssistReach;

typedef struct PvAssistCourierEvents {
  void (*reach) (PvAssistReach reach, gpointer user_data);
  /* The line is ours, perhaps again after a cut. NULL, NULL: it is not to be had. */
  void (*opened) (GBytes *certificate, GBytes *delegation, gpointer user_data);
  void (*received) (GBytes *parcel, gpointer user_data);
  /* Of any mediator, with or without the line. */
  void (*presence) (GBytes *presence, gpointer user_data);
} PvAssistCourierEvents;

typedef struct PvAssistCourier PvAssistCourier;

PvAssistCourier *pv_assist_courier_new (const char *socket_path, const PvAssistCourierEvents *events,
                                        gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void pv_assist_courier_free (PvAssistCourier *courier);
PvAssistReach pv_assist_courier_get_reach (const PvAssistCourier *courier);

/* Takes the line for a session's key (PV_CERTIFICATE_KEY_BYTES), and takes it again after each cut until it is closed. */
void pv_assist_courier_open (PvAssistCourier *courier, const guint8 *key);
/* Given back once what must be kept was said. */
void pv_assist_courier_close (PvAssistCourier *courier);

void pv_assist_courier_call (PvAssistCourier *courier, GBytes *call);
/* @peer: PV_CERTIFICATE_ID_BYTES */
void pv_assist_courier_send (PvAssistCourier *courier, const guint8 *peer, GBytes *parcel, gboolean is_beat);
/* To be kept: said in this order, again if it must be. @field: (nullable) */
void pv_assist_courier_note (PvAssistCourier *courier, const char *verb, const char *field);
void pv_assist_courier_keep_consent (PvAssistCourier *courier, GBytes *record);

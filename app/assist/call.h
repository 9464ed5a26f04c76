/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* call.h: a kiosk's call for help, as the mediators of the commune hear it: signed, short-lived, without a word on the
 * citizen or the procedure.  PROTOCOL.md, section 4.1. */
#pragma once

#include "assist/certificate.h"

enum {
  PV_ASSIST_VERSION = 1,        /* of the protocol that this code speaks */
  PV_ASSIST_OLDEST_VERSION = 1, /* and the oldest that it accepts */
  PV_ASSIST_CATALOGUE_BYTES = 32,
  PV_CALL_RANDOM_BYTES = 16,
  PV_CALL_MAX_SECONDS = 120,
  PV_CALL_SLACK_SECONDS = 300, /* between two clocks */
  PV_CALL_MAX_BYTES = 2048,
  PV_CALL_MAX_PHONE_BYTES = 32,
};

typedef enum { PV_CALL_RINGING, PV_CALL_TAKEN, PV_CALL_WITHDRAWN, PV_N_CALL_STATES } PvCallState;

typedef struct PvCall {
  guint8 newest, oldest; /* versions that the kiosk speaks */
  guint8 catalogue[PV_ASSIST_CATALOGUE_BYTES];
  PvCallState state;
  gboolean is_here; /* a mediator in the room is wanted */
  guint8 group;     /* who should hear it: 1, then 2 */
  char *phone;      /* (nullable): of the room; digits, spaces and "+-.()" */
  guint8 random[PV_CALL_RANDOM_BYTES];
  guint64 created, expires; /* seconds UTC */
  GBytes *certificate;      /* of the kiosk */
  GBytes *delegation;
} PvCall;

void pv_call_free (PvCall *call);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvCall, pv_call_free)

gboolean pv_call_is_phone (const char *text);

/* @secret: of the session's own key. NULL if the phone is none. */
GBytes *pv_call_sign (const PvCall *call, const guint8 *secret) G_GNUC_WARN_UNUSED_RESULT;

/**
 * pv_call_open:
 * @mediator: ours: the kiosk must be of one of its communes
 * @ret_kiosk: (out) (optional): who calls
 *
 * Reads a call and checks everything: form, certificate, delegation, signature, time.
 */
PvCall *pv_call_open (const guint8 *bytes, gsize size, const PvCertificate *mediator, const PvCertificateRoot *roots,
                      gsize n_roots, guint64 now, PvCertificate **ret_kiosk, GError **error) G_GNUC_WARN_UNUSED_RESULT;

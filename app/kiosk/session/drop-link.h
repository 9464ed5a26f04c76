/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* drop-link.h: one document from a citizen's phone, through the relay, which cannot read it.
 *
 * A random place (128 bits) and a random key (AES-256-GCM) are made here; both stand in the address that the QR code shows,
 * the key only after the "#", which no browser sends. The phone encrypts; the courier takes the ciphertext away; it is opened
 * here. Main thread only; callbacks are never called from within a call, nor after pv_drop_link_free().
 */
#pragma once

#include "core/capture.h"
#include "core/drop.h"
#include "kiosk/session/courier-link.h"

typedef struct PvDropLink PvDropLink;

typedef struct PvDropEvents {
  /* READY with the address, RECEIVING, or FAILED (OFFLINE, EXPIRED, CUT, TOO_LARGE). */
  void (*report) (const PvCaptureReport *report, gpointer user_data);
  /* Whole and authentic; not yet looked at. (transfer none): wiped when freed */
  void (*arrived) (GBytes *upload, gpointer user_data);
} PvDropEvents;

enum {
  PV_DROP_SECONDS = 600,
  PV_DROP_POLL_MS = 2000,
};

/* @page_url: [documents] drop-url. @rules: what the phone is told to be taken; read before this returns. */
PvDropLink *pv_drop_link_new (PvCourierLink *courier, const char *page_url, const PvCaptureRules *rules,
                              const PvDropEvents *events, gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
/* The place at the relay is closed, if it is still empty: before pv_courier_link_free(). */
void pv_drop_link_free (PvDropLink *link);

/* For tests, at once after pv_drop_link_new(): how often it asks, and when it gives up. */
void pv_drop_link_set_pace (PvDropLink *link, guint poll_ms, guint total_ms);

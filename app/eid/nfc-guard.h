/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* nfc-guard.h: watches over the calls into libnfc, which block. A thread of its own interrupts the one that runs, when it
 * is cancelled or has lasted too long, again and again until it returns: one interruption may come between two waits of
 * a driver and be lost (each that is lost costs libnfc's UART driver one file descriptor). */
#pragma once

#include <nfc/nfc.h>

#include <glib.h>

typedef struct PvNfcGuard PvNfcGuard;

typedef enum {
  PV_NFC_END_BY_ITSELF,
  PV_NFC_END_TIMED_OUT,
  PV_NFC_END_CANCELLED,
} PvNfcEnd;

/* @device: to outlive the guard. */
PvNfcGuard *pv_nfc_guard_new (nfc_device *device) G_GNUC_WARN_UNUSED_RESULT;
void pv_nfc_guard_free (PvNfcGuard *guard);

/* Around each call. FALSE: cancelled, and the call must not be made. */
gboolean pv_nfc_guard_enter (PvNfcGuard *guard, guint limit_ms) G_GNUC_WARN_UNUSED_RESULT;
PvNfcEnd pv_nfc_guard_leave (PvNfcGuard *guard);
/* FALSE as soon as it is cancelled. */
gboolean pv_nfc_guard_wait (PvNfcGuard *guard, guint ms);

/* From any thread. */
void pv_nfc_guard_cancel (PvNfcGuard *guard);
void pv_nfc_guard_rearm (PvNfcGuard *guard);
gboolean pv_nfc_guard_is_cancelled (PvNfcGuard *guard);

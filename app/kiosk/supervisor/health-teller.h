/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* health-teller.h: tells the courier what only the supervisor sees: the screen, and the printer, whose service lets nobody else in.
 *
 * Asks the printer service and tells the courier (org.parvis.Health1), now and then; what is away now is asked again the next
 * time. Only where the settings want it told ([fleet]). Main thread. */
#pragma once

#include <gio/gio.h>

#include "core/kiosk-health.h"

enum {
  PV_HEALTH_TELLER_MS = 20 * 1000, /* PV_KIOSK_SCREEN_STALE_MS is more than four of these */
  PV_HEALTH_TELLER_CALL_MS = 2000, /* to connect, and for an answer */
};

typedef struct PvHealthTellerFacts {
  PvKioskScreen screen;
  guint frame_age_ms, n_crashes;
} PvHealthTellerFacts;

typedef PvHealthTellerFacts (*PvHealthTellerLook) (gpointer user_data);

typedef struct PvHealthTeller PvHealthTeller;

/* @time_scale: divides the pauses, for tests. Tells nothing before pv_health_teller_aim(). */
PvHealthTeller *pv_health_teller_new (guint time_scale, PvHealthTellerLook look,
                                      gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void pv_health_teller_free (PvHealthTeller *teller);
/* @courier_path: (nullable): of its socket; NULL: nothing is told. @printer_path: (nullable): NULL: there is no printer. */
void pv_health_teller_aim (PvHealthTeller *teller, const char *courier_path, const char *printer_path);
/* Something has changed: told at once. */
void pv_health_teller_hurry (PvHealthTeller *teller);

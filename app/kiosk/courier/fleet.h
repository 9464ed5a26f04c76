/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fleet.h: tells how this kiosk is: to the broker of the fleet, and to a file for Prometheus.
 *
 * A client and a broker of their own: what is kept there is retained, and the assistance's broker keeps nothing. It only
 * speaks: nothing is subscribed to, so nobody can give the kiosk an order here. Main thread. */
#pragma once

#include "core/kiosk-health.h"
#include "core/reconnect.h"
#include "platform/clock.h"
#include "platform/settings.h"

enum {
  PV_FLEET_LOOK_MS = 5000,     /* how often the facts are looked at */
  PV_FLEET_METRICS_MS = 30000, /* how often the file is written, besides changes */
};

typedef struct PvFleet PvFleet;

/* What the courier knows: fills @facts in. */
typedef struct PvFleetHooks {
  void (*fill) (PvKioskFacts *facts, gpointer data);
  /* Slugs of all procedures that are offered. (transfer container) (element-type utf8) */
  GPtrArray *(*list_slugs) (gpointer data);
  gpointer data;
} PvFleetHooks;

typedef struct PvFleetOptions {
  const char *config; /* folder of the settings */
  PvClock *clock;     /* borrowed */
  guint time_scale;   /* 1; tests: waits go by so many times faster */
} PvFleetOptions;

/* NULL without an error if the settings want neither; else with PV_MQTT_ERROR_BAD or G_IO_ERROR. @settings: borrowed; @hooks:
 * copied. */
PvFleet *pv_fleet_new (const PvSettings *settings, const PvFleetOptions *options, const PvFleetHooks *hooks,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Says goodbye to the broker. */
void pv_fleet_free (PvFleet *fleet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvFleet, pv_fleet_free)

typedef struct PvFleetScreen {
  PvKioskScreen screen;
  guint frame_age_ms, n_crashes;
  PvKioskPrinter printer;
  const char *printer_reason; /* a word */
} PvFleetScreen;

/* What the supervisor told. */
void pv_fleet_note_screen (PvFleet *fleet, const PvFleetScreen *screen);
/* The portal has a filing of this form. */
void pv_fleet_note_filed (PvFleet *fleet, const char *slug);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* reconnect.h: how long a client waits before it connects to a server again.
 *
 * Ten thousand kiosks lose one server in the same second, and must not come back in the same second. What is chosen at random
 * comes in as an argument: pure, any thread.
 */
#pragma once

#include <glib.h>

typedef struct PvReconnectPlan {
  guint
    first_ms; /* after the first attempt that failed, at most; doubled with each further one, and at least half of it */
  guint longest_ms; /* ... up to this */
  guint spread_ms;  /* before the first attempt after a connection that was there: within this time */
} PvReconnectPlan;

enum { PV_RECONNECT_LEAST_MS = 500 }; /* however little chance has chosen */

/* A broker that somebody may need soon: that of the assistance. */
extern const PvReconnectPlan pv_reconnect_soon;
/* Nobody waits for it: presence and health. No attempt is followed by another within the time over which all were spread, so
 * that ten thousand kiosks make at most 10,000 / 60 s = 167 attempts in a second on an average, as long as it takes; one
 * Mosquitto was seen to take 577 handshakes of TLS in a second (kiosk-config/fleet/README.md). */
extern const PvReconnectPlan pv_reconnect_patient;

/**
 * pv_reconnect_get_wait_ms:
 * @was_up: the connection was there before; also the very first one, where power came back to a whole region
 * @n_failures: attempts that failed since, this one left out
 * @random: any number
 */
guint pv_reconnect_get_wait_ms (const PvReconnectPlan *plan, gboolean was_up, guint n_failures, guint32 random);

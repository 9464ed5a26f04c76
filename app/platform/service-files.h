/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service-files.h: where the programs behind the service screen meet. Root alone writes there: beside /run/parvis, in which the
 * services make their sockets, and beside /var/lib/parvis. */
#pragma once

#include "platform/settings.h"

#define PV_SERVICE_SOCKET "door.sock" /* parvis-door answers one request on each connection */
#define PV_SERVICE_ASKED                                                                                               \
  "asked" /* for the supervisor: a key that this kiosk takes is plugged in; what it says does not matter */
#define PV_SERVICE_BLOCK  "key"    /* what stands on it; root's */
#define PV_SERVICE_DEVICE "device" /* where it is; root's */
#define PV_SERVICE_TOKEN  "token"  /* root's: the PIN was right */
#define PV_SERVICE_LOCK   "lock"   /* of PINs: service-lock.h; survives a restart */

/* /run/parvis-service. (transfer full) */
char *pv_service_files_runtime (const PvSettings *settings);
/* /var/lib/parvis-service: the lock and the log. (transfer full) */
char *pv_service_files_state (const PvSettings *settings);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* health-line.h: Health1 for one connection: what the supervisor sees of screen and printer. Main thread. */
#pragma once

#include <gio/gio.h>

#include "kiosk/courier/fleet.h"

typedef struct PvHealthLine PvHealthLine;

/* @fleet: (nullable): borrowed; without one what is told is taken and forgotten. */
PvHealthLine *pv_health_line_new (GDBusConnection *connection, PvFleet *fleet) G_GNUC_WARN_UNUSED_RESULT;
void pv_health_line_free (PvHealthLine *line);

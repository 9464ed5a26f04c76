/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* assist-line.h: org.parvis.Assist1, for one session's connection. Main thread. */
#pragma once

#include <gio/gio.h>

#include "kiosk/courier/assist-audit.h"
#include "kiosk/courier/broker.h"

typedef struct PvAssistLine PvAssistLine;

/* @broker: (nullable): borrowed; without one the line says that there is no assistance
 * @audit: (nullable): borrowed; there if @broker is */
PvAssistLine *pv_assist_line_new (GDBusConnection *connection, PvBroker *broker,
                                  PvAssistAudit *audit) G_GNUC_WARN_UNUSED_RESULT;
/* Gives the line back. */
void pv_assist_line_free (PvAssistLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvAssistLine, pv_assist_line_free)

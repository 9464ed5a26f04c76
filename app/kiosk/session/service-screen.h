/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service-screen.h: the service screen put together: core/service.h, the window, the door, voice, printer and card reader.
 * Main thread. */
#pragma once

#include "platform/settings.h"

enum { PV_SERVICE_OVER_MS = 3000 }; /* that its last screen is left to be read */

typedef struct PvServiceScreen PvServiceScreen;

/* @settings outlive it; @config: their folder; @supervisor_fd: -1: alone, and shown at once; @id: name at the printer.
 * @ended: it is over. */
PvServiceScreen *pv_service_screen_new (const PvSettings *settings, const char *config, int supervisor_fd,
                                        const char *id, void (*ended) (gpointer),
                                        gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void pv_service_screen_free (PvServiceScreen *screen);

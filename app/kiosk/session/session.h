/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* session.h: one citizen, from the welcome screen to goodbye.
 *
 * Puts the journey (all rules), the window (all drawing) and the lines to courier, printer and supervisor together:
 * intentions and answers go into the journey, its effects go out. Main thread only. */
#pragma once

#include <glib.h>

#include "platform/settings.h"

typedef struct PvSession PvSession;

/**
 * pv_session_new:
 * @settings: (transfer none): outlives the session
 * @config: their folder
 * @supervisor_fd: -1: alone, for development: visible at once, ends at goodbye
 * @id: the random name at the printer
 * @ended: the process must exit
 */
PvSession *pv_session_new (const PvSettings *settings, const char *config, int supervisor_fd, const char *id,
                           void (*ended) (gpointer), gpointer user_data);
void pv_session_free (PvSession *session);
/* @until_us: UTC; 0: until somebody ends it. Of a session that nobody has touched. */
void pv_session_show_maintenance (PvSession *session, gint64 until_us);
/* From now on it serves nobody. */
void pv_session_show_out_of_order (PvSession *session);

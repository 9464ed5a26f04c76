/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* setup-screen.h: the first-start assistant put together: core/setup.h, the window, parvis-provision, voice and card reader.
 * Main thread. */
#pragma once

#include "platform/settings.h"

typedef struct PvSetupScreen PvSetupScreen;

/* @settings outlive it: what is right of them, which is little; @config: their folder; @supervisor_fd: -1: alone, and shown at once.
 * @ended: the supervisor wants it to end. */
PvSetupScreen *pv_setup_screen_new (const PvSettings *settings, const char *config, int supervisor_fd,
                                    void (*ended) (gpointer), gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void pv_setup_screen_free (PvSetupScreen *screen);

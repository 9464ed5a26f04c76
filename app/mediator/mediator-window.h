/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mediator-window.h: the mediator's window: sign-in, then calls at the side and one thing at a time beside them. */
#pragma once

#include <adwaita.h>

#include "mediator/desk.h"

#define PV_TYPE_MEDIATOR_WINDOW (pv_mediator_window_get_type ())
G_DECLARE_FINAL_TYPE (PvMediatorWindow, pv_mediator_window, PV, MEDIATOR_WINDOW, AdwApplicationWindow)

/**
 * pv_mediator_window_new:
 * @settings_path: of the console
 * @presence: once signed in; PV_N_PRESENCES: as the console begins
 */
PvMediatorWindow *pv_mediator_window_new (GtkApplication *application, const char *settings_path, PvPresence presence);
/* As if the passphrase had been typed. */
void pv_mediator_window_sign_in (PvMediatorWindow *window, const char *passphrase);
PvDesk *pv_mediator_window_get_desk (PvMediatorWindow *window);
/* The verbs of the session, "session.": for tests. (transfer none) */
GActionGroup *pv_mediator_window_get_session_actions (PvMediatorWindow *window);
/* The keys of all actions; once for an application. */
void pv_mediator_window_set_keys (GtkApplication *application);

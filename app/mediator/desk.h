/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* desk.h: the console as the windows see it: its hooks as signals, and what must be remembered of the session that runs.
 *
 * Signals, none of them inside a verb:
 * - "link", "colleagues", "session", "mirror" ()
 * - "calls" (gboolean is_new)
 * - "quick" (guint), a PvQuick
 * - "answer" (guint id, guint result), a PvResult
 * - "noted" (): another line of pv_desk_get_notes()
 * - "signed-in" (): there is a console from here on */
#pragma once

#include "mediator/console.h"

#define PV_TYPE_DESK (pv_desk_get_type ())
G_DECLARE_FINAL_TYPE (PvDesk, pv_desk, PV, DESK, GObject)

/* One line of the log of this session: no value is in it. */
typedef struct PvDeskNote {
  gint64 at_utc; /* seconds */
  char *verb, *field;
} PvDeskNote;

PvDesk *pv_desk_new (void);
/* Reads the settings and the mediator's own certificate. */
gboolean pv_desk_load (PvDesk *desk, const char *settings_path, GError **error);
/* (nullable) (transfer none): once loaded */
const PvConsoleSettings *pv_desk_get_settings (PvDesk *desk);
/* (nullable) (transfer none): whose key it is, read but not verified, before the passphrase is given */
const PvCertificate *pv_desk_get_certificate (PvDesk *desk);
/* Opens the key, which takes a second by design, and then the console. @passphrase is copied. Errors: as the key
 * store's and pv_console_new()'s. */
void pv_desk_sign_in_async (PvDesk *desk, const char *passphrase, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
gboolean pv_desk_sign_in_finish (PvDesk *desk, GAsyncResult *result, GError **error);
/* Ends the session that runs, says goodbye, forgets the key. */
void pv_desk_sign_out (PvDesk *desk);

/* NULL: not signed in. (transfer none) */
PvConsole *pv_desk_get_console (PvDesk *desk);
/* Joins, and remembers the call. */
gboolean pv_desk_join (PvDesk *desk, const PvWaitingCall *call, const char *digits, GError **error);
/* IDLE without a session. */
PvMediatorState pv_desk_get_state (PvDesk *desk);
gboolean pv_desk_is_in_session (PvDesk *desk);
/* The call that was joined last: its kiosk, place, phone. (nullable) (transfer none) */
const PvWaitingCall *pv_desk_get_call (PvDesk *desk);
/* When it was joined, monotonic. */
gint64 pv_desk_get_joined_ms (PvDesk *desk);
/* (transfer none) (element-type PvDeskNote) */
const GPtrArray *pv_desk_get_notes (PvDesk *desk);
/* (nullable): the right may be used now */
gboolean pv_desk_has (PvDesk *desk, PvRight right);
/* Where the person of this session is referred to: written into its activity line when it ends. */
void pv_desk_refer (PvDesk *desk, const char *to);

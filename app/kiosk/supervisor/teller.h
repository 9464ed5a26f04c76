/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* teller.h: tells the printer service which sessions have ended.
 *
 * One after the other, until the service has answered; while it is away with growing pauses, and not for ever: a printer
 * service that starts clears whatever it finds. Main thread.
 */
#pragma once

#include <gio/gio.h>

enum {
  PV_TELLER_CONNECT_MS = 2000,
  PV_TELLER_CALL_MS = 5000, /* org.parvis.Printer1: SessionEnded takes at most 3 s */
  PV_TELLER_PAUSE_MS = 1000,
  PV_TELLER_MAX_PAUSE_MS = 30 * 1000,
  PV_TELLER_MAX_TRIES = 12, /* about four minutes */
  PV_TELLER_MAX_WAITING = 64,
};

/* Nothing is waiting any more. */
typedef void (*PvTellerIdle) (gpointer user_data);

typedef struct PvTeller PvTeller;

/* @time_scale: divides the pauses, for tests */
PvTeller *pv_teller_new (const char *socket_path, guint time_scale, PvTellerIdle idle,
                         gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void pv_teller_free (PvTeller *teller);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvTeller, pv_teller_free)

/* The service is found there from now on. */
void pv_teller_aim (PvTeller *teller, const char *socket_path);
/* @session: the name that the session printed under */
void pv_teller_tell (PvTeller *teller, const char *session);
gboolean pv_teller_is_idle (const PvTeller *teller);

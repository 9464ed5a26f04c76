/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mediator-console.h: a console for the windows, without a broker: the two machines of an assistance, one beside the
 * other, and a citizen whom the test moves.  It stands in for app/mediator/console.c, key-store.c and ring.c. */
#pragma once

#include "mediator/console.h"

#define FAKE_PASSPHRASE "trois petits chats"

/* The console that the window made last. */
PvConsole *fake_console_get (void);
/* Somebody calls at the kiosk; its hooks are called. */
void fake_console_call (PvConsole *console);
/* The six digits on the kiosk's screen. (transfer full) */
char *fake_console_code (PvConsole *console);
void fake_console_add_colleague (PvConsole *console, const char *name, PvPresence presence);
void fake_console_set_up (PvConsole *console, gboolean is_up);
/* The kiosk shows @screen; takes it. */
void fake_console_show (PvConsole *console, PvScreenState *screen);
/* What the citizen does. */
void fake_console_touch (PvConsole *console, PvTouch touch);
void fake_console_decide (PvConsole *console, gboolean is_accepted);
void fake_console_quick (PvConsole *console, PvQuick quick);
void fake_console_set_private (PvConsole *console, gboolean is_private);
/* What the last verb was, as the window gave it: "point street". (transfer none) */
const char *fake_console_last_verb (PvConsole *console);
/* What the street is now, after all that was accepted and set. (transfer none) */
const char *fake_console_street (PvConsole *console);
/* Languages of the mirror that the kiosk was asked for: "fr;as-read;". (transfer none) */
const char *fake_console_languages (PvConsole *console);
void fake_console_cut (PvConsole *console, gboolean is_cut);
/* How often a call began to ring; it is silent here. */
guint fake_ring_count (void);

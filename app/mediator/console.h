/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* console.h: what the mediator's console does, without a window: listens, rings, joins, helps, notes.
 *
 * One mediator, signed in; several calls in turn, one at a time.  It owns the carrier and the protocol's machine; a
 * window shows what it says and calls its verbs.  Main thread only. Nothing of a citizen is ever written down. */
#pragma once

#include <gio/gio.h>

#include "assist/machine-mediator.h"
#include "assist/presence.h"
#include "mediator/activity.h"
#include "mediator/console-settings.h"

/* Somebody waits. */
typedef struct PvWaitingCall {
  char *id;    /* of the kiosk, 16 hexadecimal */
  char *kiosk; /* "Borne de l'accueil" */
  char *place; /* "Ville de Montclair" */
  char *phone; /* (nullable): of the room */
  gboolean is_here;
  guint group;
  gint64 since_ms; /* monotonic */
} PvWaitingCall;

typedef struct PvColleague {
  char *id, *name, *place;
  PvPresence presence;
} PvColleague;

typedef struct PvConsole PvConsole;

/* Each may be called at any time from the main loop, never inside a verb. All may be NULL. */
typedef struct PvConsoleHooks {
  void (*link) (gboolean is_up, gpointer data);
  /* @is_new: one that has not rung before, and that this mediator should hear now */
  void (*calls) (gboolean is_new, gpointer data);
  void (*colleagues) (gpointer data);
  void (*session) (gpointer data); /* state or rights changed: look at the machine */
  void (*mirror) (gpointer data);
  void (*quick) (PvQuick quick, gpointer data);
  void (*answer) (guint32 id, PvResult result, gpointer data);
  void (*noted) (const char *verb, const char *field, gpointer data); /* a line of the log of this session */
  gpointer data;
} PvConsoleHooks;

/* @secret: PV_CERTIFICATE_SECRET_BYTES, copied into locked memory. NULL with an error if the settings are not usable. */
PvConsole *pv_console_new (const PvConsoleSettings *settings, const guint8 *secret, const PvConsoleHooks *hooks,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Ends the session that runs, and says goodbye to the colleagues. */
void pv_console_free (PvConsole *console);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvConsole, pv_console_free)

const PvCertificate *pv_console_get_self (const PvConsole *console);
gboolean pv_console_is_up (const PvConsole *console);
void pv_console_set_presence (PvConsole *console, PvPresence presence);
PvPresence pv_console_get_presence (const PvConsole *console);
/* Oldest first. (transfer none) (element-type PvWaitingCall): until the next change */
const GPtrArray *pv_console_get_calls (const PvConsole *console);
/* (transfer none) (element-type PvColleague) */
const GPtrArray *pv_console_get_colleagues (const PvConsole *console);

/* Answers a call with the digits that the citizen told. One session at a time. */
gboolean pv_console_join (PvConsole *console, const char *call_id, const char *digits, GError **error);
/* The machine of the session that runs or has just ended; NULL: none. (transfer none) */
const PvAssistMediator *pv_console_get_session (const PvConsole *console);
/* As the verbs of assist/machine-mediator.h, with what goes out. */
void pv_console_ask (PvConsole *console, PvRight right);
void pv_console_give_back (PvConsole *console, PvRight right);
guint32 pv_console_command (PvConsole *console, PvCommandKind kind, const char *target, const char *text);
/* Asks the citizen; with their consent the session ends, and the colleague is called. */
void pv_console_hand_over (PvConsole *console, const char *colleague_name);
/* The mirror as the citizen reads it, or in the language of this program again; what is seen is the citizen's choice, not this. */
void pv_console_show_as_read (PvConsole *console, gboolean is_as_read);
void pv_console_end (PvConsole *console);

/* Today's calls, one entry for each session. (transfer none) */
PvActivity *pv_console_get_activity (PvConsole *console);

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* console-private.h: shared by console*.c. */
#pragma once

#include "core/opening-hours.h"
#include "mediator/audit-file.h"
#include "mediator/call-list.h"
#include "mediator/console.h"
#include "platform/carrier.h"
#include "platform/clock.h"
#include "platform/secret.h"

/* What is to be told to the window, from the main loop. */
typedef enum {
  PV_TELL_LINK,
  PV_TELL_CALLS,
  PV_TELL_COLLEAGUES,
  PV_TELL_SESSION,
  PV_TELL_MIRROR,
  PV_TELL_QUICK,
  PV_TELL_ANSWER,
  PV_TELL_NOTED,
} PvTellKind;

typedef struct PvTell {
  PvTellKind kind;
  gboolean flag; /* up, or new */
  guint32 id;
  guint code;
  char *verb, *field;
} PvTell;

/* What the console knows of the session for its own papers; never a value. */
typedef struct PvSessionNotes {
  char *kiosk_id, *kiosk;
  GBytes *delegation; /* of the key that signs consents for the kiosk */
  gboolean is_here, has_begun, is_over, used_hand;
  PvMediatorState state;     /* told last */
  gboolean had[PV_N_RIGHTS]; /* told last */
  gint64 began_utc;
  guint n_set, n_accepted;
  GHashTable *commands; /* id -> "propose adresse" */
} PvSessionNotes;

struct PvConsole {
  PvConsoleHooks hooks;
  PvClock *clock;
  /* who we are */
  PvCertificate *self;
  GBytes *certificate;
  PvSecret *secret;
  PvCertificateRoot *roots;
  guint n_roots;
  PvAssistIdentity identity;
  /* from the settings */
  guint group;
  PvOpeningHours *hours; /* (nullable): always */
  GTimeZone *zone;       /* of this computer */
  char **revoked;        /* (nullable): ids */
  /* owned */
  PvCarrier *carrier;
  PvCallList *calls;
  PvPresenceBoard *board;
  GPtrArray *colleagues; /* PvColleague: who is on the board */
  PvAssistMediator *machine;
  PvSessionNotes notes;
  PvActivity *activity;
  PvAuditFile *audit;
  GQueue tells; /* PvTell */
  guint tell_id, timer_id;
  gboolean is_told_away, is_told_refused; /* in the log */
  PvPresence presence;
  /* what was said last of ourselves */
  PvPresence said;
  guint64 said_created;
  gint64 said_ms, say_again_ms;
};

PvAssistTime pv_console_now (const PvConsole *console);
gboolean pv_console_is_helping (const PvConsole *console);

/* console.c */
PvTell *pv_console_tell (PvConsole *console, PvTellKind kind);
/* Rings if there is something new to hear; @has_changed: the list did. */
void pv_console_ring (PvConsole *console, gboolean has_changed);
/* Within the hours. */
gboolean pv_console_is_open (const PvConsole *console);
/* After anything that may have moved a deadline. */
void pv_console_schedule (PvConsole *console);

/* console-presence.c */
GPtrArray *pv_console_new_colleagues (void);
/* After the board changed. */
void pv_console_list_colleagues (PvConsole *console);
/* Who is in a session is busy; outside the hours nobody rings here. */
PvPresence pv_console_effective_presence (const PvConsole *console);
/* If it changed, if it is time, or @is_news: to a new connection. */
void pv_console_say_presence (PvConsole *console, gboolean is_news);
void pv_console_say_goodbye (PvConsole *console);

/* console-session.c: the session's outputs, and what is written down of it */
void pv_console_begin_notes (PvConsole *console, const PvWaitingCall *call, GBytes *delegation);
void pv_console_clear_notes (PvSessionNotes *notes);
/* Sends, notes and tells whatever the machine put out. */
void pv_console_collect (PvConsole *console);
/* In the log, and in the window. @field: (nullable) */
void pv_console_note (PvConsole *console, const char *verb, const char *field);
void pv_console_note_command (PvConsole *console, guint32 id, PvCommandKind kind, const char *target);
const char *pv_console_right_name (PvRight right);

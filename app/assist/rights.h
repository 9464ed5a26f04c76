/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* rights.h: what a mediator may do, right by right, as a small pure machine of the kiosk.
 *
 * A right comes from a touch of the citizen on the question that asks for it, and from nothing else: silence is
 * refusal, no right brings another, and the hand is lent for a minute at a time.  Any touch takes the hand back, but
 * for the one on the button that lends it longer.  Whoever is verified is shown to the citizen until the session ends,
 * whether the link holds or not.  PROTOCOL.md, section 8.
 *
 * A plain value: it may be copied and compared. Times are monotonic milliseconds of the caller.
 */
#pragma once

#include <glib.h>

enum {
  PV_RIGHTS_QUESTION_MS = 60 * 1000,
  PV_RIGHTS_LEASE_MS = 60 * 1000,
  PV_RIGHTS_RESUME_MS = 120 * 1000,
  PV_RIGHTS_IDLE_MS = 120 * 1000, /* nobody does anything */
  PV_RIGHTS_MAX_REFUSALS = 2,     /* running, of whatever: then nothing is asked for a while */
  PV_RIGHTS_QUIET_MS = 30 * 1000,
};

typedef enum {
  PV_RIGHT_SHOW,    /* see and show */
  PV_RIGHT_PROPOSE, /* fill in, for the citizen to accept */
  PV_RIGHT_HAND,    /* take the hand, by the minute */
  PV_N_RIGHTS
} PvRight;

typedef enum {
  PV_RIGHTS_CLOSED, /* nobody is verified */
  PV_RIGHTS_OPEN,
  PV_RIGHTS_LOST, /* the link; may come back within PV_RIGHTS_RESUME_MS */
  PV_RIGHTS_ENDED,
} PvRightsState;

typedef enum {
  PV_END_NONE,
  PV_END_CITIZEN, /* "Arrêter l'aide" */
  PV_END_MEDIATOR,
  PV_END_LOST,
  PV_END_IDLE,
  PV_END_PROCEDURE, /* it is over, or the citizen left */
  PV_END_HANDOVER,  /* the citizen agreed: a colleague is called */
  PV_N_ENDS
} PvEnd;

/* What the citizen touched. */
typedef enum {
  PV_TOUCH_ELSEWHERE, /* anything that is not of the assistance */
  PV_TOUCH_GRANT,     /* on the question that is asked now */
  PV_TOUCH_REFUSE,
  PV_TOUCH_RENEW,     /* lend the hand for another minute */
  PV_TOUCH_STEP_DOWN, /* take the highest right back */
  PV_TOUCH_STOP,      /* end the assistance */
  PV_N_TOUCHES
} PvTouch;

typedef struct PvRights {
  PvRightsState state;
  PvEnd end;
  gboolean is_granted[PV_N_RIGHTS];
  gboolean has_question;
  PvRight question;
  gboolean asks_handover; /* instead: to pass to a colleague, which is no right */
  gboolean is_paused;     /* the screen is private: nothing flows */
  guint n_refused;        /* since the last yes */
  gint64 quiet_until_ms;
  gint64 question_until_ms, lease_until_ms, lost_until_ms, idle_until_ms;
} PvRights;

void pv_rights_open (PvRights *rights, gint64 now_ms);
/* The mediator asks; FALSE: not now (another question, already granted, no right to show yet, or
 * refused too often just now). */
gboolean pv_rights_ask (PvRights *rights, PvRight right, gint64 now_ms);
/* The mediator asks to pass to a colleague. Granted, it ends the session. */
gboolean pv_rights_ask_handover (PvRights *rights, gint64 now_ms);
void pv_rights_touch (PvRights *rights, PvTouch touch, gint64 now_ms);
/* The mediator gives a right back. */
void pv_rights_give_back (PvRights *rights, PvRight right);
/* The mediator did something that is allowed. */
void pv_rights_note_activity (PvRights *rights, gint64 now_ms);
void pv_rights_set_paused (PvRights *rights, gboolean is_paused);
void pv_rights_lose_link (PvRights *rights, gint64 now_ms);
void pv_rights_regain_link (PvRights *rights, gint64 now_ms);
void pv_rights_finish (PvRights *rights, PvEnd end);
void pv_rights_tick (PvRights *rights, gint64 now_ms);
/* When a tick has something to do; G_MAXINT64: never. */
gint64 pv_rights_next_deadline_ms (const PvRights *rights);

/* May be used at this moment. */
gboolean pv_rights_has (const PvRights *rights, PvRight right);
/* The screen goes to the mediator. */
gboolean pv_rights_mirror_flows (const PvRights *rights);
/* Who helps, what they may do, and Stop are on the screen. */
gboolean pv_rights_banner_is_shown (const PvRights *rights);

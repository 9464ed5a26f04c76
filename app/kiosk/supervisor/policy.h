/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* policy.h: which session is shown, which is kept warm, which must go, and when.
 *
 * Pure: an event and the time go in, commands come out; no process, no clock, no input or output. Whoever owns it
 * carries the commands out in their order, calls again with what came of them, and calls pv_policy_tick() at the time of
 * pv_policy_get_wake_ms(). Times are monotonic milliseconds and must not go back. One thread.
 */
#pragma once

#include <glib.h>

enum {
  PV_POLICY_MAX_SESSIONS = 4,              /* shown, warm, and two that are on their way out */
  PV_POLICY_READY_MS = 30 * 1000,          /* from the start until it can be shown */
  PV_POLICY_SHOW_MS = 10 * 1000,           /* from Show to Shown */
  PV_POLICY_FINISH_MS = 2 * 1000,          /* from Finish to the exit; then it is killed */
  PV_POLICY_STUCK_MS = 5 * 1000,           /* a killed process that stays is not waited for */
  PV_POLICY_PING_MS = 5 * 1000,            /* architecture, "Watch" */
  PV_POLICY_SILENT_MS = 10 * 1000,         /* the same */
  PV_POLICY_FRAME_AGE_MS = 7500,           /* an older frame counts as no answer: each ping asks for a frame */
  PV_POLICY_DEADLINE_GRACE_MS = 10 * 1000, /* architecture, "One resource, one owner" */
  PV_POLICY_MAX_AGE_MS = 60 * 60 * 1000,   /* "and every hour" */
  PV_POLICY_CRASHES = 3,                   /* so many crashes ... */
  PV_POLICY_CRASHES_MS = 60 * 1000,        /* ... within so long: out of order */
  PV_POLICY_TRY_AGAIN_MS = 60 * 1000,      /* then a session is tried this often */
  PV_POLICY_BACKOFF_MS = 500,              /* before the start after the second failure; doubles with each one */
  PV_POLICY_MAX_BACKOFF_MS = 30 * 1000,
  PV_POLICY_FORGIVE_MS = 2 * 60 * 1000, /* without a failure: the next one is the first again */
  PV_POLICY_GOODBYE_MS = 5 * 1000,      /* that a goodbye is left to be read before the service screen */
  PV_POLICY_STOP_MS = 1000,             /* at the end of the program, instead of FINISH_MS */
  PV_POLICY_STOP_STUCK_MS = 500,        /* and instead of STUCK_MS */
};

typedef enum {
  PV_POLICY_START,         /* a hidden session; if that fails, the answer is pv_policy_exited() */
  PV_POLICY_START_SERVICE, /* the service screen instead: otherwise it is as a session */
  PV_POLICY_SHOW,
  PV_POLICY_OUT_OF_ORDER, /* it shows "out of order"; comes before its Show */
  PV_POLICY_PING,
  PV_POLICY_FINISH,
  PV_POLICY_KILL,
  PV_POLICY_TELL_PRINTER, /* the session is gone */
  PV_POLICY_FEED,         /* the shown session lives: tell whoever watches over us */
} PvPolicyVerb;

typedef enum {
  PV_POLICY_BECAUSE_NOTHING,
  PV_POLICY_BECAUSE_NOT_READY,
  PV_POLICY_BECAUSE_NOT_SHOWN,
  PV_POLICY_BECAUSE_SILENT,
  PV_POLICY_BECAUSE_DEADLINE,
  PV_POLICY_BECAUSE_NOT_FINISHED,
  PV_POLICY_BECAUSE_OUTDATED,
  PV_POLICY_BECAUSE_STOPPING,
} PvPolicyReason;

typedef struct PvPolicyCommand {
  PvPolicyVerb verb;
  guint session;
  PvPolicyReason reason; /* of a kill, for the log */
} PvPolicyCommand;

typedef struct PvPolicy PvPolicy;

/* Begins with a START. */
PvPolicy *pv_policy_new (gint64 now_ms) G_GNUC_WARN_UNUSED_RESULT;
void pv_policy_free (PvPolicy *policy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvPolicy, pv_policy_free)

/* The next command, FALSE if there is none; to be called until then after each event. */
gboolean pv_policy_take (PvPolicy *policy, PvPolicyCommand *ret_command);

/* Signals of a session. What does not fit its state, or comes from a session that is gone, changes nothing. */
void pv_policy_ready (PvPolicy *policy, guint session, gint64 now_ms);
void pv_policy_shown (PvPolicy *policy, guint session, gint64 now_ms);
void pv_policy_touched (PvPolicy *policy, guint session, gint64 now_ms);
void pv_policy_goodbye (PvPolicy *policy, guint session, gint64 now_ms);
/* @seconds: 0: no deadline */
void pv_policy_deadline (PvPolicy *policy, guint session, guint seconds, gint64 now_ms);
void pv_policy_answered (PvPolicy *policy, guint session, guint frame_age_ms, gint64 now_ms);

/* The process is gone, or could not be started. Returns: whether nobody had asked for it, which is a crash. */
gboolean pv_policy_exited (PvPolicy *policy, guint session, gint64 now_ms);

/* Settings, catalogue or day have changed: what nobody has touched is replaced. */
void pv_policy_replace (PvPolicy *policy, gint64 now_ms);
/* While the settings are wrong: whoever runs has the good ones, so nothing grows old, and nothing starts but what a dark
 * screen or a goodbye needs. */
void pv_policy_hold (PvPolicy *policy, gboolean is_holding, gint64 now_ms);
/* Whoever looks after the kiosk wants the service screen, or no longer. It never lives beside a session: whoever is served
 * finishes first, then every session ends, and only then it starts. It is shown until it ends; then sessions come again. Its end is
 * no crash, and it neither begins nor ends "out of order". */
void pv_policy_service (PvPolicy *policy, gboolean is_wanted, gint64 now_ms);
/* All sessions end, nothing starts. */
void pv_policy_stop (PvPolicy *policy, gint64 now_ms);
void pv_policy_tick (PvPolicy *policy, gint64 now_ms);

/* When to tick, G_MAXINT64: no need. */
gint64 pv_policy_get_wake_ms (const PvPolicy *policy);
/* After pv_policy_stop(): nothing is left to wait for. */
gboolean pv_policy_is_done (const PvPolicy *policy);
/* Too many crashes; "out of order" is on the screen, or will be. */
gboolean pv_policy_is_out_of_order (const PvPolicy *policy);
/* The session on the screen is somebody's, and has not said goodbye. */
gboolean pv_policy_is_serving (const PvPolicy *policy);
/* Nobody is being served: whatever is shown, nobody has touched it, and nobody is at goodbye. */
gboolean pv_policy_is_idle (const PvPolicy *policy);
/* 0: nothing is on the screen. */
guint pv_policy_get_shown (const PvPolicy *policy);

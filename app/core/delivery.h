/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* delivery.h: when a filing in the outbox is sent, searched for, sent again, or left alone.
 *
 * Pure rules.  The one that matters: after an ambiguous answer it is sent again only when two searches, the first of
 * them late enough for the portal to have finished, prove that it is not there; a form that cannot be searched is never
 * sent again by itself.
 *
 * "ms" is a monotonic clock of this process: a wrong wall clock must not shorten a wait. Only age is told by the wall
 * clock ("us", UTC), and only to raise and to expire.
 */
#pragma once

#include <glib.h>

typedef enum {
  PV_DELIVERY_QUEUED,   /* to be sent, at due_ms */
  PV_DELIVERY_SENDING,  /* from before a worker may send until its answer is on the disk */
  PV_DELIVERY_DOUBT,    /* may have arrived: to be searched for, at due_ms */
  PV_DELIVERY_RECEIVED, /* the portal has it */
  PV_DELIVERY_UNKNOWN,  /* may have arrived and cannot be searched for: an agent must look */
  PV_DELIVERY_REFUSED,  /* the portal refuses it for good: an agent must look */
  PV_DELIVERY_DRAFTED,  /* it was a draft, and the portal has it */
  PV_DELIVERY_RETURNED, /* surely not sent, and told to the citizen, who is still there and chooses another time */
  PV_N_DELIVERY_STATES
} PvDeliveryState;

typedef enum {
  PV_DELIVERY_START,         /* a worker is about to be started to send it */
  PV_DELIVERY_NOT_SENT,      /* surely not sent, or surely not taken: later */
  PV_DELIVERY_ACCEPTED,      /* positive answer */
  PV_DELIVERY_DRAFT_KEPT,    /* positive answer to a draft */
  PV_DELIVERY_REJECTED,      /* surely not taken, now or later */
  PV_DELIVERY_AMBIGUOUS,     /* sent, and no clear answer */
  PV_DELIVERY_WORKER_LOST,   /* it ended without an answer, or we were restarted */
  PV_DELIVERY_FOUND,         /* a search found it */
  PV_DELIVERY_ABSENT,        /* a search proves that it is not there now */
  PV_DELIVERY_SEARCH_FAILED, /* a search told nothing, and nothing was sent after it */
  PV_DELIVERY_SLOT_TAKEN,    /* nothing was sent: the time is no longer free, and the citizen is there to be told */
  PV_N_DELIVERY_EVENTS
} PvDeliveryEvent;

typedef enum {
  PV_DELIVERY_REST,
  PV_DELIVERY_SEND,
  PV_DELIVERY_SEARCH_AND_SEND, /* by one worker: send only if the search says ABSENT */
  PV_DELIVERY_SEARCH,
} PvDeliveryAction;

enum {
  /* A workflow of the portal may take a minute after the connection is gone; twice that is waited for. */
  PV_DELIVERY_SETTLE_MS = 120 * 1000,
  PV_DELIVERY_FIRST_RETRY_MS = 5 * 1000, /* doubles up to: */
  PV_DELIVERY_LAST_RETRY_MS = 5 * 60 * 1000,
  PV_DELIVERY_RAISE_HOURS = 24,
};

typedef struct PvDelivery {
  PvDeliveryState state;
  gboolean has_doubt; /* it was in doubt once: never sent without a search before */
  guint attempts;     /* that failed in a row */
  gboolean can_search;
  gint64 created_us;
  /* not kept over a restart */
  gint64 due_ms;
  gint64 doubt_ms; /* since when nothing of ours can still be sending */
} PvDelivery;

/* A new filing. @can_search: the form carries the kiosk reference, and it is no draft (a search finds none). */
void pv_delivery_init (PvDelivery *delivery, gboolean can_search, gint64 created_us, gint64 now_ms);

/* After a restart, from what the disk says. What was SENDING is lost, see PV_DELIVERY_WORKER_LOST. */
void pv_delivery_resume (PvDelivery *delivery, PvDeliveryState state, gboolean has_doubt, guint attempts,
                         gint64 now_ms);

/**
 * pv_delivery_step:
 * @random: any number; spreads the retries of many kiosks by a quarter
 *
 * Returns: FALSE, and nothing changed, if @event cannot happen in this state
 */
gboolean pv_delivery_step (PvDelivery *delivery, PvDeliveryEvent event, gint64 now_ms, guint32 random);

/* What is to be done once due_ms has come. */
PvDeliveryAction pv_delivery_get_action (const PvDelivery *delivery);
/* QUEUED and DOUBT: not before @ms (the portal asked for it), or at once (it answers again). */
void pv_delivery_postpone (PvDelivery *delivery, gint64 ms);
void pv_delivery_hurry (PvDelivery *delivery, gint64 ms);

/* Nothing more happens by itself. */
gboolean pv_delivery_is_final (const PvDelivery *delivery);
/* An agent should look: refused, unknown, or not there after a day. */
gboolean pv_delivery_is_raised (const PvDelivery *delivery, gint64 now_us);
/* Older than the commune keeps filings. */
gboolean pv_delivery_has_expired (const PvDelivery *delivery, guint keep_days, gint64 now_us);

/* "queued", "sending" ...: on the disk, in the log, for the administrator. */
const char *pv_delivery_state_name (PvDeliveryState state);
gboolean pv_delivery_state_from_name (const char *name, PvDeliveryState *ret_state);

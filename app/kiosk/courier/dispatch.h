/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* dispatch.h: what happens to the filings of the outbox, and when.
 *
 * Carries out the rules of core/delivery.h: chooses what is due, has the start of an attempt on the disk before a worker
 * runs, and its result before it is forgotten. It has no timer: whoever owns it calls pv_dispatch_run() at the time that
 * the last call named, and after each change. Main thread.
 */
#pragma once

#include "kiosk/courier/records.h"
#include "kiosk/courier/runner.h"
#include "link/outbox-store.h"
#include "platform/clock.h"

enum {
  PV_DISPATCH_MAX_WORKERS = 2,
  PV_DISPATCH_KEEP_TOLD_MINUTES = 15, /* after the answer, for a session that must be told again */
  PV_DISPATCH_SAVE_AGAIN_MS = 10 * 1000,
  PV_DISPATCH_MAX_TELLS = 3,
};

typedef struct PvDispatchHooks {
  /* @digest: (nullable): of what can be signed about it, see report.h */
  void (*outcome) (const char *ref, GBytes *sealed, GBytes *digest, gpointer data);
  /* Something changed: call pv_dispatch_run() soon. */
  void (*changed) (gpointer data);
  /* What a worker saw of the portal. */
  void (*reachable) (gboolean is_reachable, gpointer data);
  /* The portal has a filing of this form, and the disk knows; (nullable). */
  void (*received) (const char *slug, gpointer data);
  gpointer data;
} PvDispatchHooks;

typedef struct PvDispatch PvDispatch;

/* All borrowed; they outlive it. @keep_days: how long what could not be delivered is kept; nothing is removed for its age
 * while @clock is not synchronised. */
PvDispatch *pv_dispatch_new (PvOutboxStore *store, PvRecords *records, PvRunner *runner, PvClock *clock,
                             const PvDispatchHooks *hooks, guint keep_days) G_GNUC_WARN_UNUSED_RESULT;
/* Workers still running are no longer heard; the disk says that they may have sent. */
void pv_dispatch_free (PvDispatch *dispatch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDispatch, pv_dispatch_free)

/* As pv_outbox_store_add(); what is already known of it is told again. */
gboolean pv_dispatch_store (PvDispatch *dispatch, const char *ref, GBytes *container, GError **error);

/* Does what is due. Returns: monotonic ms of the next thing to do; G_MAXINT64: nothing but hourly tidying */
gint64 pv_dispatch_run (PvDispatch *dispatch);

/* Before an orderly end: nothing new is begun. */
void pv_dispatch_stop (PvDispatch *dispatch);
guint pv_dispatch_get_n_running (const PvDispatch *dispatch);
/* Filings that an agent should look at. */
guint pv_dispatch_get_n_raised (const PvDispatch *dispatch);

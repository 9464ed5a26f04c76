/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* outbox-store.h: the outbox on the disk.
 *
 *   REF.filing    the sealed container, written once
 *   REF.state     what is known of its delivery, replaced whole at every change (key file)
 *   REF.exported  an agent has taken it (parvisctl): no longer sent
 *   DIGEST.done   it was delivered: a session that asks again with the same container is told so
 *
 * Everything is on the disk before a function returns TRUE. Ciphertext only: the store has no key. One process at a
 * time; main thread.
 */
#pragma once

#include "core/delivery.h"
#include "link/disk.h"
#include "link/outbox-format.h"

#define PV_OUTBOX_STORE_ERROR (pv_outbox_store_error_quark ())
GQuark pv_outbox_store_error_quark (void);

typedef enum {
  PV_OUTBOX_STORE_ERROR_FULL,     /* told before the citizen begins; try again when there is room */
  PV_OUTBOX_STORE_ERROR_BAD_DATA, /* not a container, or not of this reference */
  PV_OUTBOX_STORE_ERROR_CONFLICT, /* another filing has this reference */
  PV_OUTBOX_STORE_ERROR_DISK,     /* the disk refused: nothing is promised */
  PV_OUTBOX_STORE_ERROR_BUSY,     /* another process has the outbox */
} PvOutboxStoreError;

enum {
  PV_OUTBOX_STORE_MAX_ITEMS = 2000,
  PV_OUTBOX_STORE_MAX_STATE_BYTES = 256 * 1024,
  PV_OUTBOX_STORE_RESERVE_BYTES = 128 * 1024 * 1024, /* never filled: two of the largest filings, and the system */
  PV_OUTBOX_STORE_DONE_DAYS = 2,
};

typedef struct PvOutboxItem {
  PvOutboxHeader *header;
  PvDelivery delivery;
  char *reason;         /* (nullable): why the last attempt failed, of a fixed set of words: log and parvisctl */
  GBytes *outcome;      /* (nullable): newest, sealed to the session */
  gint64 changed_us;    /* UTC, when the state last changed */
  gboolean is_exported; /* as seen last */
  gsize size;
  char *id; /* first 8 digits of its digest: how the log calls it; NULL until asked for */
} PvOutboxItem;

typedef struct PvOutboxStore PvOutboxStore;

/**
 * pv_outbox_store_open:
 * @folder: made if need be
 * @disk: borrowed
 *
 * Reads all items; what was being sent when the power went is in doubt now, and that is on the disk when this returns.
 */
PvOutboxStore *pv_outbox_store_open (const char *folder, PvDisk *disk, gint64 now_us, gint64 now_ms,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* For looking at it while the courier runs: nothing is locked, changed or removed. */
PvOutboxStore *pv_outbox_store_open_to_read (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_outbox_store_free (PvOutboxStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvOutboxStore, pv_outbox_store_free)

/* Oldest first. (transfer none) (element-type PvOutboxItem) */
const GPtrArray *pv_outbox_store_get_items (const PvOutboxStore *store);
PvOutboxItem *pv_outbox_store_find (const PvOutboxStore *store, const char *ref);
/* Files that are no containers, or that a newer release wrote, or whose state it wrote: kept as they are, not sent, and for an
 * administrator. */
guint pv_outbox_store_get_n_unreadable (const PvOutboxStore *store);
/* For tests: another margin than PV_OUTBOX_STORE_RESERVE_BYTES. */
void pv_outbox_store_set_reserve (PvOutboxStore *store, guint64 bytes);
gboolean pv_outbox_store_can_store (PvOutboxStore *store);

/**
 * pv_outbox_store_add:
 * @ret_item: (out) (transfer none) (nullable): the item; NULL if this very container was delivered before
 *
 * Returns: TRUE once the disk has it, also if it had it already
 */
gboolean pv_outbox_store_add (PvOutboxStore *store, const char *ref, GBytes *container, gint64 now_us, gint64 now_ms,
                              PvOutboxItem **ret_item, GError **error);

/**
 * pv_outbox_store_update:
 * @delivery: its next state
 * @reason: (nullable)
 * @outcome: (nullable): keeps the one it has
 *
 * The item changes only once the disk has it.
 */
gboolean pv_outbox_store_update (PvOutboxStore *store, PvOutboxItem *item, const PvDelivery *delivery,
                                 const char *reason, GBytes *outcome, gint64 now_us, GError **error);

/* Delivered and told: leaves a mark and removes it. @item is gone afterwards, unless this fails. */
gboolean pv_outbox_store_finish (PvOutboxStore *store, PvOutboxItem *item, GError **error);
/* Kept as long as the commune keeps filings. @item is gone afterwards, unless this fails. */
gboolean pv_outbox_store_forget (PvOutboxStore *store, PvOutboxItem *item, GError **error);
/* Removes old marks of delivered filings. */
void pv_outbox_store_tidy (PvOutboxStore *store, gint64 now_us);

/* The container, for reading; the caller closes it. -1: gone. */
int pv_outbox_store_open_filing (const PvOutboxStore *store, const PvOutboxItem *item);
const char *pv_outbox_store_get_id (const PvOutboxStore *store, PvOutboxItem *item);
/* Whether an agent has taken it by now: then the courier does not send it any more, or it would be there twice. */
gboolean pv_outbox_store_check_exported (const PvOutboxStore *store, PvOutboxItem *item);

/**
 * pv_outbox_store_claim:
 *
 * By parvisctl, for an agent. The mark is written first and the state read again after it, as the courier notes "sending"
 * first and looks for the mark after that: one of the two always sees the other.
 *
 * Returns: FALSE with BUSY if it is being sent right now, and nothing is marked
 */
gboolean pv_outbox_store_claim (PvOutboxStore *store, PvOutboxItem *item, GError **error);
/* The export did not come about. */
void pv_outbox_store_unclaim (PvOutboxStore *store, PvOutboxItem *item);

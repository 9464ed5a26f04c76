/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service.h: org.parvis.Courier1, Assist1 and Health1, for each session that connects, and for the supervisor. Main thread. */
#pragma once

#include "kiosk/courier/assist-audit.h"
#include "kiosk/courier/broker.h"
#include "kiosk/courier/cache.h"
#include "kiosk/courier/dispatch.h"
#include "kiosk/courier/fleet.h"
#include "kiosk/courier/look-ups.h"
#include "link/receipt-key.h"

typedef struct PvService PvService;

/**
 * pv_service_new:
 * @path: of the socket
 * @outbox_key: public half, PV_OUTBOX_KEY_BYTES
 * @session_user: (nullable): login of the sessions, if it is not ours
 *
 * Listens when it returns; @cache and @records are borrowed. NULL with PV_LINK_ERROR.
 */
PvService *pv_service_new (const char *path, const guint8 *outbox_key, const char *session_user, PvCache *cache,
                           PvRecords *records, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pv_service_free (PvService *service);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvService, pv_service_free)

/* Before the first session comes, which is before the main loop runs; borrowed. Without it there is no assistance. */
void pv_service_set_assist (PvService *service, PvBroker *broker, PvAssistAudit *audit);
/* For what is neither kept nor sealed; before the main loop runs. Borrowed: outlives the sessions. */
void pv_service_set_portal (PvService *service, PvPortal *portal);
/* Likewise; borrowed. Without it nothing can be looked up. */
void pv_service_set_look_ups (PvService *service, PvLookUpDesk *desk);
/* Where filings go; until then they are refused as "Busy". Borrowed; NULL takes it away. */
void pv_service_set_dispatch (PvService *service, PvDispatch *dispatch);
void pv_service_set_reachable (PvService *service, gboolean is_reachable);
void pv_service_set_can_store (PvService *service, gboolean can_store);
/* What receipts are signed with; before the main loop runs. (nullable), borrowed. */
void pv_service_set_signer (PvService *service, const PvReceiptSigner *signer);
/* Who is told what the supervisor sees; before the main loop runs. (nullable), borrowed. */
void pv_service_set_fleet (PvService *service, PvFleet *fleet);
/* To the session that stored it, if it is still there. @digest: (nullable): of what can be signed about it */
void pv_service_tell_outcome (PvService *service, const char *ref, GBytes *sealed, GBytes *digest);

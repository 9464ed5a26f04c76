/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* rig.h: a demo portal, a courier, and a session's end of the wire, as separate processes that can be killed. */
#pragma once

#include "core/outcome.h"
#include "core/submission.h"
#include "demo/store.h"
#include "link/outbox-store.h"
#include "link/outbox-format.h"
#include "pv-link-courier1.h"

enum { RIG_DEADLINE_MS = 60 * 1000 };

typedef struct RigFiling {
  char *ref, *slug;
  gboolean has_ref_field;
  PvOutboxKeys *keys; /* the session's one-shot pair */
  GBytes *container;
  PvOutcome *outcome; /* (nullable): newest that was told */
  guint n_told;
} RigFiling;

typedef struct Rig {
  char *folder;
  PvOutboxKeys *keys; /* of the outbox */
  GSubprocess *demo, *courier;
  guint portal_port, relay_port, control_port;
  guint time_scale;
  guint n_logs;
  GDBusConnection *connection; /* (nullable) */
  PvLinkCourier1 *proxy;       /* (nullable) */
  GPtrArray *filings;          /* (element-type RigFiling) */
} Rig;

/* Starts the demo portal and writes settings and keys; no courier yet. NULL if that fails. */
Rig *rig_new (guint time_scale);
/* FALSE: a process wrote of a fault of its own, a sanitizer's report or a warning; it is repeated on standard error. */
gboolean rig_free (Rig *rig);

gboolean rig_start_courier (Rig *rig);
/* Its state on a disk of its own of so many megabytes, gone with it; other processes see none of it. FALSE where nobody
 * may mount that. */
gboolean rig_start_courier_on_disk (Rig *rig, guint megabytes);
/* SIGKILL, and waits for its end. */
void rig_kill_courier (Rig *rig);
void rig_stop_demo (Rig *rig);
gboolean rig_start_demo (Rig *rig);
/* SIGKILL, and waits for its end: what it was told not to do is forgotten, what it stored is not. */
void rig_kill_demo (Rig *rig);
/* SIGKILL to a worker of the courier, if one runs. */
gboolean rig_kill_worker (Rig *rig);

/* More settings, in a file of their own; before the courier starts. */
void rig_add_settings (Rig *rig, const char *name, const char *text);
/* What the demo answers to a GET on its control port; NULL if it does not. (transfer full) */
char *rig_ask_demo (Rig *rig, const char *path);
/* How many requests of one kind came to the portal, as it counts them itself. */
guint rig_count_requests (Rig *rig, const char *kind);
/* {"faults": ...} */
gboolean rig_set_faults (Rig *rig, const char *json);

/* A filing of a fictional person, not yet stored. @slug: a form of the demo. */
RigFiling *rig_new_filing (Rig *rig, const char *slug, const char *ref_field, PvOutboxPurpose purpose);
/* The same with a document of @document_size bytes for the field "photo" (of "signalement-rue"). */
RigFiling *rig_new_filing_with_document (Rig *rig, const char *slug, PvOutboxPurpose purpose, gsize document_size);
/* The largest value in the portal's database that a filing of that form has, in bytes as it is stored. */
gsize rig_measure_filed (Rig *rig, const RigFiling *filing);
/* The same of a submission; its note is to hold its reference. */
RigFiling *rig_add_submission (Rig *rig, const PvSubmission *submission);
/* A random kiosk reference. (transfer full) */
char *rig_make_ref (void);
/* As a session does: connects, stores, and asks again with the same container until there is an answer. */
gboolean rig_store (Rig *rig, RigFiling *filing);
/* One try; the D-Bus name of the error, or NULL if it was stored. (transfer full) */
char *rig_try_store (Rig *rig, RigFiling *filing);
gboolean rig_connect (Rig *rig);
/* As a session that is over: rig_connect() is the next one. A connection that was only closed may not say so at once. */
void rig_disconnect (Rig *rig);

/* Runs the main loop so long. */
void rig_pump (Rig *rig, guint ms);
/* Until every filing of the outbox is in a state that does not change, as the disk says. */
gboolean rig_wait_settled (Rig *rig, guint timeout_ms);
/* Until the newest outcome told of @filing is of this kind. */
gboolean rig_wait_outcome (Rig *rig, RigFiling *filing, PvOutcomeKind kind, guint timeout_ms);
/* Until the courier says that the portal answers, or that it does not. */
gboolean rig_wait_reachable (Rig *rig, gboolean is_reachable, guint timeout_ms);
/* Until the disk says that the last attempt to send @filing ended for @reason. */
gboolean rig_wait_reason (Rig *rig, const RigFiling *filing, const char *reason, guint timeout_ms);
/* As the disk says; PV_N_DELIVERY_STATES if it is not there. */
PvDeliveryState rig_state_of (Rig *rig, const RigFiling *filing);
/* How often it is in the portal's database. */
guint rig_count_filed (Rig *rig, const RigFiling *filing);
/* The submissions of @filing, and the searches for it, as the portal got them. (transfer full) (element-type PvDemoCall) */
GPtrArray *rig_list_calls (Rig *rig, const RigFiling *filing);
/* The portal's database, beside the portal. (transfer full) (nullable) */
PvDemoStore *rig_open_portal (Rig *rig);

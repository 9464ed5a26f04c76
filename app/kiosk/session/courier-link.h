/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* courier-link.h: a session's line to the courier. It connects again by itself; each call ends within its own limit.
 *
 * Main thread only. Callbacks are never called after pv_courier_link_free(). */
#pragma once

#include <gio/gio.h>

#include "core/catalogue.h"
#include "core/outcome.h"
#include "core/submission.h"
#include "kiosk/session/proof-link.h"

typedef struct PvCourierLink PvCourierLink;
typedef struct _PvLinkCourier1 PvLinkCourier1;

/* What the courier says; each may be called at any time while the line is up. */
typedef struct PvCourierEvents {
  /* The line came up, went down, or the courier's disk filled up or emptied. */
  void (*state) (gboolean is_up, gboolean can_store, gpointer user_data);
  /* (transfer none); NULL: could not be had. The answer to pv_courier_link_fetch_... */
  void (*catalogue) (PvCatalogue *catalogue, gpointer user_data);
  void (*procedure) (const char *slug, PvProcedure *procedure, gpointer user_data);
  /* @options: (transfer full) (nullable) */
  void (*options) (const char *path, GPtrArray *options, gpointer user_data);
  /* The disk has it, or cannot take it. */
  void (*stored) (gboolean is_stored, gpointer user_data);
  void (*outcome) (const PvOutcome *outcome, gpointer user_data);
  /* (nullable): what proves a receipt of it, see proof-link.h; may come again, and says more then */
  PvProofFunc proof;
} PvCourierEvents;

enum {
  PV_COURIER_CALL_MS = 8000,
  PV_COURIER_RETRY_MS = 1000,
  PV_COURIER_MAX_CATALOGUE_BYTES = 4 * 1024 * 1024,
  PV_COURIER_MAX_PROCEDURE_BYTES = 4 * 1024 * 1024,
};

PvCourierLink *pv_courier_link_new (const char *socket_path, const PvCourierEvents *events, gpointer user_data);
void pv_courier_link_free (PvCourierLink *link);
/* org.parvis.Courier1 at its other end, for calls that are nobody else's; NULL while the line is down. (transfer none) */
GDBusProxy *pv_courier_link_get_proxy (PvCourierLink *link);

/* Asked again by itself when the line comes up, until it is there. */
void pv_courier_link_fetch_catalogue (PvCourierLink *link);
void pv_courier_link_fetch_procedure (PvCourierLink *link, const char *slug);
/* @path: of the question; its last part is the field that is asked for */
void pv_courier_link_fetch_options (PvCourierLink *link, const char *slug, const char *path);

/**
 * pv_courier_link_store:
 * @submission: (transfer none): sealed here; nothing readable leaves the process
 *
 * While the line is down it is tried again, with the same reference, until pv_courier_link_forget().
 */
void pv_courier_link_store (PvCourierLink *link, const PvSubmission *submission);
/**
 * pv_courier_link_set_practice:
 *
 * TRUE: before anything else the courier is told to refuse what this connection may want to write, also after the line was
 * down. FALSE: a new connection takes its place.
 */
void pv_courier_link_set_practice (PvCourierLink *link, gboolean is_practising);
/* Stops trying to store, and drops the key to the answer. */
void pv_courier_link_forget (PvCourierLink *link);

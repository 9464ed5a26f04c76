/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* signature.h: who may call the demo portal.
 *
 * The signed query of Publik: HMAC over the raw query string up to "&signature=", a timestamp within 30 s, a nonce that
 * is used once; or HTTP Basic with the same accesses.  The refusals are the sentences that w.c.s. answers (`err_desc`).
 */
#pragma once

#include <glib.h>

#define PV_DEMO_ACCESS_ERROR (pv_demo_access_error_quark ())
GQuark pv_demo_access_error_quark (void);

typedef enum {
  PV_DEMO_ACCESS_ERROR_DENIED, /* message: the err_desc to answer with status 403 */
} PvDemoAccessError;

enum {
  PV_DEMO_WINDOW_S = 30,           /* each way, and how long a nonce is remembered */
  PV_DEMO_NONCE_MAX_BYTES = 128,   /* what follows is ignored */
  PV_DEMO_QUERY_MAX_BYTES = 8192,  /* longer query strings are refused */
  PV_DEMO_MAX_NONCES = 100 * 1000, /* more calls within the window are refused */
};

/* A key made in the portal's back office. */
typedef struct PvDemoAccess {
  char *id;
  char *key;
  char *role; /* (nullable): without one, the key may do everything */
} PvDemoAccess;

typedef struct PvDemoSignatures PvDemoSignatures;

PvDemoSignatures *pv_demo_signatures_new (void) G_GNUC_WARN_UNUSED_RESULT;
void pv_demo_signatures_free (PvDemoSignatures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvDemoSignatures, pv_demo_signatures_free)

/* @role: (nullable).  An access of the same id is replaced. */
void pv_demo_signatures_add (PvDemoSignatures *self, const char *id, const char *key, const char *role);

/**
 * pv_demo_signatures_check:
 * @query: (nullable): the query string as it came, still percent-encoded
 * @now_us: the portal's clock, UTC, microseconds
 *
 * Remembers the nonce of an accepted call.  The rules and their order are those of w.c.s. (wcs/api_utils.py).
 *
 * Returns: (transfer none): the access that signed, valid as long as @self; NULL with the refusal in @error
 */
const PvDemoAccess *pv_demo_signatures_check (PvDemoSignatures *self, const char *query, gint64 now_us, GError **error);

/* @header: (nullable): value of Authorization.  NULL, without error, if it is not Basic or does not match. */
const PvDemoAccess *pv_demo_signatures_check_basic (PvDemoSignatures *self, const char *header);

/**
 * pv_demo_query_get:
 *
 * The decoded value of the parameter @name, if it occurs exactly once and is UTF-8 without NUL.  (transfer full) (nullable)
 */
char *pv_demo_query_get (const char *query, const char *name) G_GNUC_WARN_UNUSED_RESULT;

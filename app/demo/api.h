/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* api.h: the calls of the portal and of the relay, without HTTP around them.
 *
 * Who called is already known; faults, delays and connections are server.c's.  Addresses in the answers begin with
 * PV_DEMO_BASE.
 */
#pragma once

#include "demo/reply.h"
#include "demo/signature.h"
#include "demo/site.h"

enum {
  PV_DEMO_MAX_BODY_BYTES = 80 * 1024 * 1024, /* a filing of 48 MB of documents, in base64 */
};

typedef struct PvDemoPortal {
  PvDemoSite *site;
  PvDemoStore *store;
  struct PvDemoPrefill *prefill; /* (nullable): the other site */
} PvDemoPortal;

typedef struct PvDemoRequest {
  const char *method;
  const char *path;         /* decoded */
  const char *query;        /* (nullable): as it came */
  const char *content_type; /* (nullable) */
  const char *body;         /* (nullable) */
  gsize body_size;
  const PvDemoAccess *access; /* (nullable): the relay, which signs with a key without a role */
  gint64 now_us;              /* the portal's clock */
  const char *deleted_slug;   /* (nullable) */
  const char *disabled_slug;  /* (nullable) */
  gboolean is_sold_out;       /* somebody else was faster, whatever the list said */
} PvDemoRequest;

/* The kind of a call as faults name it: list, schema, options, submit, find, follow, read, invoice, prefill, book,
 * bookings, or other. */
const char *pv_demo_call_name (const char *method, const char *path);

/* Calls of the portal, below /api/.  (transfer full) */
PvDemoReply *pv_demo_api_answer (PvDemoPortal *portal, const PvDemoRequest *request) G_GNUC_WARN_UNUSED_RESULT;
/* Calls of the other site, below /api/public/, which need no key.  (transfer full) */
PvDemoReply *pv_demo_public_answer (PvDemoPortal *portal, const PvDemoRequest *request) G_GNUC_WARN_UNUSED_RESULT;
/* Calls of the relay: its own, and those that it passes on.  (transfer full) */
PvDemoReply *pv_demo_relay_answer (PvDemoPortal *portal, const PvDemoRequest *request) G_GNUC_WARN_UNUSED_RESULT;

/* A time of the commune, ISO 8601.  (transfer full) */
char *pv_demo_format_time (gint64 time_us) G_GNUC_WARN_UNUSED_RESULT;
/* {form, number, tracking_code, received, draft, values, context}, indented by nothing.  (transfer full) */
char *pv_demo_filing_to_json (const PvDemoFiling *filing) G_GNUC_WARN_UNUSED_RESULT;

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* judge.h: what an answer of the portal, or of the relay in front of it, means for the caller. Pure. */
#pragma once

#include "platform/json.h"
#include "portal/portal.h"

typedef enum {
  PV_PUBLIK_CALL_READ,   /* may be repeated */
  PV_PUBLIK_CALL_SUBMIT, /* whatever is not a clear answer is AMBIGUOUS */
  PV_PUBLIK_CALL_BOOK,   /* likewise; Chrono, which may say TAKEN */
} PvPublikCall;

/* A complete HTTP answer. */
typedef struct PvPublikAnswer {
  guint status;
  const char *body;
  gsize size;
  gint64 date_us;       /* header Date, UTC; 0 = none */
  gint64 now_us;        /* when it came, by our clock */
  gint64 retry_after_s; /* header Retry-After; -1 = none */
} PvPublikAnswer;

/**
 * pv_publik_judge:
 *
 * `err` decides, not the status alone: w.c.s. refuses with 200, and its crash after storing a filing has an `err` too.
 *
 * Returns: (transfer full): the document of a positive answer; NULL with PV_PORTAL_ERROR
 */
PvJson *pv_publik_judge (PvPublikCall call, const PvPublikAnswer *answer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bundle-state.h: what the last fetching of bundles said, for whoever looks after the kiosk, and the serials below which nothing
 * is taken any more. STORE/state.ini, replaced as a whole; nobody but "parvisctl settings pull" writes it. */
#pragma once

#include "platform/bundle.h"
#include "platform/settings-layers.h"

enum { PV_BUNDLE_STATE_VERSION = 1, PV_BUNDLE_STATE_MAX_BYTES = 16 * 1024 };

typedef enum {
  PV_BUNDLE_RESULT_NONE,        /* never asked */
  PV_BUNDLE_RESULT_INSTALLED,   /* a new one counts */
  PV_BUNDLE_RESULT_UNCHANGED,   /* the one that counts is the newest */
  PV_BUNDLE_RESULT_ABSENT,      /* the server has none, and none counts */
  PV_BUNDLE_RESULT_UNREACHABLE, /* not fetched; what counted counts */
  PV_BUNDLE_RESULT_REFUSED,     /* fetched, and not taken; what counted counts */
  PV_BUNDLE_N_RESULTS
} PvBundleResult;

typedef struct {
  PvBundleResult result;
  char *reason;       /* (nullable): a sentence, of UNREACHABLE and REFUSED */
  char *scope;        /* (nullable): of whom the rest is */
  gint64 serial;      /* the highest that ever counted; 0: none */
  char *digest;       /* (nullable): of it */
  char *expires;      /* (nullable): "2027-01-31" */
  gint64 installed_s; /* seconds UTC; 0: never */
  gint64 checked_s;   /* the last fetching, whatever it said */
  gint64 good_s;      /* the last that said INSTALLED, UNCHANGED or ABSENT */
} PvBundleFacts;

typedef struct {
  PvBundleFacts facts[PV_N_LAYERS]; /* of PV_LAYER_PLATFORM and PV_LAYER_COMMUNE only */
} PvBundleState;

/* What is not there, or cannot be read, is empty. (transfer full) */
PvBundleState *pv_bundle_state_read (const char *store) G_GNUC_WARN_UNUSED_RESULT;
/* FALSE with PV_BUNDLE_ERROR_DISK */
gboolean pv_bundle_state_write (const PvBundleState *state, const char *store, GError **error);
void pv_bundle_state_free (PvBundleState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvBundleState, pv_bundle_state_free)

/* "refused"; a word as for the log. */
const char *pv_bundle_result_get_name (PvBundleResult result);

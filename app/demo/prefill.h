/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* prefill.h: beside the commune's portal, a site that plays démarche numérique: forms that are begun by anybody, and gone
 * on with there. What was begun lives as long as the program. */
#pragma once

#include "demo/pages.h"

enum {
  PV_DEMO_PREFILL_MAX_FILES = 1000,
  PV_DEMO_PREFILL_BURST = 15, /* calls in so many seconds, as the real site */
  PV_DEMO_PREFILL_BURST_S = 15,
  PV_DEMO_PREFILL_DAYS = 5,
};

typedef struct PvDemoPrefill PvDemoPrefill;

/* @site: outlives it; its "demarches" are the forms */
PvDemoPrefill *pv_demo_prefill_new (const PvDemoSite *site) G_GNUC_WARN_UNUSED_RESULT;
void pv_demo_prefill_free (PvDemoPrefill *self);

/* POST /api/public/v1/demarches/NUMBER/dossiers, and GET of it with prefill_token=A,B.  (transfer full) */
PvDemoReply *pv_demo_prefill_answer (PvDemoPrefill *self, const PvDemoRequest *request,
                                     const char *number) G_GNUC_WARN_UNUSED_RESULT;
/* The page "/commencer/PATH?prefill_token=TOKEN": what was begun, and what is left to do.  (transfer full) (nullable): not
 * one of its pages */
PvDemoReply *pv_demo_prefill_answer_page (PvDemoPrefill *self, PvDemoPages *pages, const char *path, const char *query,
                                          gint64 now_us) G_GNUC_WARN_UNUSED_RESULT;

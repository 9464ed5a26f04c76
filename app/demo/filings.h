/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* filings.h: the calls that file, and that read what was filed. */
#pragma once

#include "demo/api.h"

/* Whether a flag of the query is set, as w.c.s. reads flags. */
gboolean pv_demo_query_is_on (const char *query, const char *name);
/* The form, if it exists for this call.  (transfer none) (nullable) */
const PvJson *pv_demo_request_find_form (PvDemoPortal *portal, const PvDemoRequest *request, const char *slug);

/* Each: (transfer full) */
PvDemoReply *pv_demo_filings_submit (PvDemoPortal *portal, const PvDemoRequest *request,
                                     const char *slug) G_GNUC_WARN_UNUSED_RESULT;
PvDemoReply *pv_demo_filings_show (PvDemoPortal *portal, const PvDemoRequest *request, const char *slug,
                                   const char *id) G_GNUC_WARN_UNUSED_RESULT;
PvDemoReply *pv_demo_filings_list (PvDemoPortal *portal, const PvDemoRequest *request,
                                   const char *slug) G_GNUC_WARN_UNUSED_RESULT;
PvDemoReply *pv_demo_filings_show_code (PvDemoPortal *portal, const PvDemoRequest *request,
                                        const char *code) G_GNUC_WARN_UNUSED_RESULT;

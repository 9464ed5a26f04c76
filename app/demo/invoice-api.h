/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* invoice-api.h: the calls of Lingo, and the relay's own about one invoice. Each answer: (transfer full) */
#pragma once

#include "demo/api.h"

PvDemoReply *pv_demo_lingo_regies (PvDemoPortal *portal) G_GNUC_WARN_UNUSED_RESULT;
/* Of one payer, who must be named. */
PvDemoReply *pv_demo_lingo_invoices (PvDemoPortal *portal, const PvDemoRequest *request,
                                     const char *regie) G_GNUC_WARN_UNUSED_RESULT;
PvDemoReply *pv_demo_lingo_invoice (PvDemoPortal *portal, const char *regie,
                                    const char *uuid) G_GNUC_WARN_UNUSED_RESULT;
PvDemoReply *pv_demo_lingo_pdf (PvDemoPortal *portal, const char *regie, const char *uuid) G_GNUC_WARN_UNUSED_RESULT;

/* app/portal/README.md: nothing of an account, and the same "no" for an unknown uuid and for a wrong amount. */
PvDemoReply *pv_demo_relay_invoice (PvDemoPortal *portal, const PvDemoRequest *request) G_GNUC_WARN_UNUSED_RESULT;
PvDemoReply *pv_demo_relay_invoice_pdf (PvDemoPortal *portal, const PvDemoRequest *request) G_GNUC_WARN_UNUSED_RESULT;

/* All of them, with what is needed to try one out: for the control port. (transfer full) */
char *pv_demo_invoices_to_json (PvDemoPortal *portal) G_GNUC_WARN_UNUSED_RESULT;

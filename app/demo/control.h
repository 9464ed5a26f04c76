/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* control.h: the calls of the third port: faults, the agent's part, the cards, and what was filed. */
#pragma once

#include "demo/desk.h"
#include "demo/faults.h"
#include "demo/pages.h"
#include "demo/printers.h"

/* @desk: (nullable): no virtual reader; @printers: (nullable): none.  (transfer full) */
PvDemoReply *pv_demo_control_answer (PvDemoPortal *portal, PvDemoFaults *faults, PvDemoPages *pages, PvDemoDesk *desk,
                                     PvDemoPrinters *printers, const PvDemoRequest *request) G_GNUC_WARN_UNUSED_RESULT;

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* control.h: the calls of the third port: faults, the agent's part, and what was filed. */
#pragma once

#include "demo/faults.h"
#include "demo/pages.h"

/* (transfer full) */
PvDemoReply *pv_demo_control_answer (PvDemoPortal *portal, PvDemoFaults *faults, PvDemoPages *pages,
                                     const PvDemoRequest *request) G_GNUC_WARN_UNUSED_RESULT;

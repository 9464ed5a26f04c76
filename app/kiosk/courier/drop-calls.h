/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* drop-calls.h: OpenDrop and TakeDrop of Courier1: a document of a citizen's phone, which stays encrypted here. Nothing of
 * it is kept or logged; the session alone has the key. Main thread.
 */
#pragma once

#include "portal/portal.h"
#include "pv-link-courier1.h"

/* Answers @invocation, now or later. @portal: (nullable): then as if there were no relay; referenced */
void pv_drop_calls_open (PvPortal *portal, GDBusMethodInvocation *invocation, const char *id);
void pv_drop_calls_take (PvPortal *portal, GDBusMethodInvocation *invocation, const char *id);

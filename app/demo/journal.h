/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* journal.h: which filings were submitted and searched for, and what the caller was told, faults included.
 *
 * The rows are in the store (pv_demo_store_list_calls()), from before a call is answered: they tell of an attempt that
 * left nothing else behind. Of a filing they keep what tells it from others: its kiosk reference, or, of a form without
 * a field for that, the comment of the context.
 */
#pragma once

#include "demo/api.h"
#include "demo/faults.h"

/* @call: as pv_demo_call_name() says. The number of its row; 0: a call that is not noted, or the disk has no room. */
gint64 pv_demo_journal_begin (PvDemoPortal *portal, const char *call, const PvDemoRequest *request);

/* Before the answer leaves; not called if there is none. @number: 0 does nothing. @reply: what is answered but for
 * @trouble. */
void pv_demo_journal_end (PvDemoPortal *portal, gint64 number, const char *call, const PvDemoReply *reply,
                          const PvDemoTrouble *trouble);

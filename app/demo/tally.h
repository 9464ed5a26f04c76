/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* tally.h: how many requests of each kind came in since the start, refused and failed ones too. */
#pragma once

#include <glib.h>

typedef struct PvDemoTally PvDemoTally;

PvDemoTally *pv_demo_tally_new (void);
void pv_demo_tally_free (PvDemoTally *tally);

/* @kind: as pv_demo_call_name() says; static */
void pv_demo_tally_add (PvDemoTally *tally, const char *kind);
/* {"list": 2, "submit": 1, "total": 3}: kinds that came, in the order of their names.  (transfer full) */
char *pv_demo_tally_to_json (PvDemoTally *tally);

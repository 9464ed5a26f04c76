/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* assist-sheet.h: what was done in one assistance, for the screen at its end and, if the citizen wants, a paper.
 *
 * Verbs and the names of fields as the citizen read them; never a value. */
#pragma once

#include "core/receipt.h"

enum { PV_ASSIST_SHEET_MAX_LINES = 100 };

typedef struct PvAssistSheet {
  char *language; /* (nullable) */
  char *commune, *place;
  char *mediator, *mediator_place;
  char *began, *ended; /* as words: "30 novembre 2026, 10 h 12" */
  char *how_it_ended;
  GPtrArray *rights; /* (element-type PvReceiptLine): when, and what was allowed, refused or taken back */
  GPtrArray *lines;  /* (element-type utf8): sentences about all else, in order */
} PvAssistSheet;

PvAssistSheet *pv_assist_sheet_new (void) G_GNUC_WARN_UNUSED_RESULT;
void pv_assist_sheet_free (PvAssistSheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvAssistSheet, pv_assist_sheet_free)

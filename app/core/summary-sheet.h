/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* summary-sheet.h: the answers of a filing as the citizen gave them, on a paper for their own use. Personal data. */
#pragma once

#include "core/receipt.h"

typedef struct PvSummarySheet {
  char *language; /* (nullable) */
  guint text_percent;
  char *commune, *place;
  char *procedure;
  char *made;       /* when, as words */
  char *reference;  /* (nullable): for reading */
  GPtrArray *lines; /* (element-type PvReceiptLine): as the check shows them, masked as there */
} PvSummarySheet;

PvSummarySheet *pv_summary_sheet_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* Wipes what it says. */
void pv_summary_sheet_free (PvSummarySheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PvSummarySheet, pv_summary_sheet_free)

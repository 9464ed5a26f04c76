/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/summary-sheet.h"

#include "core/wipe.h"

PvSummarySheet *
pv_summary_sheet_new (void)
{
  PvSummarySheet *sheet = g_new0 (PvSummarySheet, 1);

  sheet->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_receipt_line_free);
  return sheet;
}

void
pv_summary_sheet_free (PvSummarySheet *sheet)
{
  if (sheet == NULL)
    return;
  g_free (sheet->language);
  g_free (sheet->commune);
  g_free (sheet->place);
  g_free (sheet->procedure);
  g_free (sheet->made);
  pv_wipe_str (sheet->reference);
  g_ptr_array_unref (sheet->lines);
  g_free (sheet);
}

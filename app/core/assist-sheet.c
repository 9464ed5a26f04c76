/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/assist-sheet.h"

PvAssistSheet *
pv_assist_sheet_new (void)
{
  PvAssistSheet *sheet = g_new0 (PvAssistSheet, 1);

  sheet->rights = g_ptr_array_new_with_free_func ((GDestroyNotify) pv_receipt_line_free);
  sheet->lines = g_ptr_array_new_with_free_func (g_free);
  return sheet;
}

void
pv_assist_sheet_free (PvAssistSheet *sheet)
{
  if (sheet == NULL)
    return;
  g_free (sheet->language);
  g_free (sheet->commune);
  g_free (sheet->place);
  g_free (sheet->mediator);
  g_free (sheet->mediator_place);
  g_free (sheet->began);
  g_free (sheet->ended);
  g_free (sheet->how_it_ended);
  g_ptr_array_unref (sheet->rights);
  g_ptr_array_unref (sheet->lines);
  g_free (sheet);
}

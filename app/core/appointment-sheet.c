/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/appointment-sheet.h"

#include "core/wipe.h"

PvAppointmentSheet *
pv_appointment_sheet_new (void)
{
  return g_new0 (PvAppointmentSheet, 1);
}

void
pv_appointment_sheet_free (PvAppointmentSheet *sheet)
{
  if (sheet == NULL)
    return;
  g_free (sheet->language);
  g_free (sheet->commune);
  g_free (sheet->place);
  g_free (sheet->procedure);
  pv_wipe_str (sheet->when);
  g_free (sheet->to_confirm);
  g_free (sheet->where);
  g_free (sheet->directions);
  g_free (sheet->bring);
  g_free (sheet->change);
  g_free (sheet->reference_label);
  pv_wipe_str (sheet->reference);
  pv_wipe_str (sheet->calendar);
  g_free (sheet);
}

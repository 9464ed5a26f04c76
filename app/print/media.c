/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/media.h"

G_DEFINE_QUARK (pv_print_error, pv_print_error)

static const char *const names[] = { [PV_PRINT_MEDIA_ROLL_80MM] = "roll-80mm", [PV_PRINT_MEDIA_A4] = "a4" };

const char *
pv_print_media_to_string (PvPrintMedia media)
{
  g_return_val_if_fail (media < G_N_ELEMENTS (names), names[PV_PRINT_MEDIA_A4]);
  return names[media];
}

gboolean
pv_print_media_from_string (const char *text, PvPrintMedia *ret_media)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_strcmp0 (text, names[i]) == 0) {
      *ret_media = (PvPrintMedia) i;
      return TRUE;
    }
  }
  return FALSE;
}

double
pv_print_mm_to_pt (double mm)
{
  return mm * 72.0 / 25.4;
}

double
pv_print_pt_to_mm (double pt)
{
  return pt * 25.4 / 72.0;
}

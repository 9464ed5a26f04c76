/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "print/media.h"

G_DEFINE_QUARK (pv_print_error, pv_print_error)

static const char *const names[] = {
  [PV_PRINT_MEDIA_ROLL_58MM] = "roll-58mm",
  [PV_PRINT_MEDIA_ROLL_80MM] = "roll-80mm",
  [PV_PRINT_MEDIA_ROLL_112MM] = "roll-112mm",
  [PV_PRINT_MEDIA_A4] = "a4",
  [PV_PRINT_MEDIA_A5] = "a5",
};

/* The heads of receipt printers are 48, 72 and 104 mm wide, in the middle of the roll. */
static const PvPrintSheet sheets[] = {
  [PV_PRINT_MEDIA_ROLL_58MM] = { 58, 0, 5, 3, 5 },   [PV_PRINT_MEDIA_ROLL_80MM] = { 80, 0, 4, 3, 5 },
  [PV_PRINT_MEDIA_ROLL_112MM] = { 112, 0, 4, 4, 5 }, [PV_PRINT_MEDIA_A4] = { 210, 297, 20, 15, 12 },
  [PV_PRINT_MEDIA_A5] = { 148, 210, 13, 11, 10 },
};

const PvPrintSheet *
pv_print_media_get_sheet (PvPrintMedia media)
{
  g_return_val_if_fail (media < G_N_ELEMENTS (sheets), &sheets[PV_PRINT_MEDIA_A4]);
  return &sheets[media];
}

static guint longest_roll_mm = PV_PRINT_MAX_ROLL_MM;

void
pv_print_media_set_longest_mm (guint longest_mm)
{
  longest_roll_mm =
    longest_mm > 0 ? CLAMP (longest_mm, PV_PRINT_SHORTEST_MAX_MM, PV_PRINT_MAX_ROLL_MM) : PV_PRINT_MAX_ROLL_MM;
}

guint
pv_print_media_get_longest_mm (void)
{
  return longest_roll_mm;
}

gboolean
pv_print_media_is_roll (PvPrintMedia media)
{
  return pv_print_media_get_sheet (media)->height_mm <= 0;
}

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

/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* scanner-private.h: between scanner.c and scanner-options.c. */
#pragma once

#include "kiosk/decode/sane-library.h"
#include "kiosk/decode/scanner.h"

struct PvScanner {
  PvSane sane;
  SANE_Handle handle;
  char *name; /* owned */
  guint dpi;  /* as it was set; 0: the scanner does not say */
};

/* A4 at the nearest resolution, in grey or colour, from the glass if there is one. What a scanner does not have stays. */
void pv_scanner_choose_options (PvScanner *scanner, gboolean wants_colour);
PvCaptureTrouble pv_scanner_trouble_of_status (SANE_Status status);
